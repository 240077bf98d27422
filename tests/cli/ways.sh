# The reference, asked in every way there is: inside, as a program, as a plug-in, and from saved observations. The figures and alerts are the very same.
# shellcheck shell=bash
set -u
top=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/../drawn.bash"

echo "1..18"
cd "$SCRATCH" || exit 1
gcc -shared -fPIC -I "$top/analyzer/include" "$top/tests/reference_plugin.c" -o libreference.so
result $? "the reference is a library of one line"
for scene in noparking fight; do
    "$VSAUDIT" synth "$top/datasets/sample-behaviours/$scene.yaml" -o $scene --quiet >log 2>&1 || cat log
done
pictures=120
clip covered.y4m abcdefgz
behaviours="agitation camera-tampering crowd-movement fare-evasion intrusion line-crossing loitering removed-object running stopped-vehicle wrong-way"
coverage="$(sed 's/ /: all, /g' <<<"$behaviours"): all"
lines="{line: [[0.5, 0.1], [0.5, 0.95]], gate: [[0.4, 0.1], [0.4, 0.95]], way: [[0.2, 0.6], [0.8, 0.6]]}"
{
    printf 'schema: vsaudit/dataset/1\nid: drawn\nlicence: CC0-1.0\nclips:\n'
    for file in noparking/noparking.mp4 fight/fight.mp4 covered.y4m; do
        id=${file##*/}
        printf '  - {id: %s, file: %s, coverage: {%s}, scene: {zones: {hall: [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]]}, lines: %s}}\n' "${id%.*}" "$file" "$coverage" "$lines"
    done
} >set.yaml
see='{width: 192, rate: 8}'
scenarios=()
for behaviour in $behaviours; do
    cat >"$behaviour.yaml" <<YAML
schema: vsaudit/scenario/1
id: $behaviour
title: {en: $behaviour, fr: $behaviour}
behaviour: $behaviour
dataset: set.yaml
perception: $see
systems:
  - {id: inside, kind: reference}
  - {id: program, kind: program, command: [$VSAUDIT, reference-program], settings: {perception.width: 192, perception.rate: 8}}
  - {id: plugin, kind: plugin, library: ./libreference.so, settings: {perception.width: 192, perception.rate: 8}}
YAML
    grep -v 'program\|plugin' "$behaviour.yaml" >"$behaviour.alone.yaml"
    scenarios+=("$behaviour.yaml")
done
run "${scenarios[@]}" -o ways -j2 --no-pictures --format csv
expect 0 "9 of 9 replays done" "every way sees each clip once, whatever the number of behaviours"

compare() { # behaviour: the evaluations but for what the system is; none is empty
    python3 - ways "$1" <<'PYTHON'
import json, sys
scenarios = json.load(open(sys.argv[1] + "/results.json"))["scenarios"]
ways = {e["system"]: e for s in scenarios if s["id"] == sys.argv[2] for e in s["evaluations"]}
described = {"system", "system_kind", "parameters", "engine"}
# What a rule counts besides its alerts no system that runs can tell, nor is there a rate of it.
uncounted = {"counters", "false_alerts_per_passage"}
def without(value):
    if isinstance(value, list):
        return [without(item) for item in value]
    return {k: without(v) for k, v in value.items() if k not in uncounted} if isinstance(value, dict) else value
for way in ways:
    ways[way] = without(ways[way])
def stripped(way): return json.dumps({k: v for k, v in ways[way].items() if k not in described}, sort_keys=True).replace("." + way + ".", ".system.")
alerts = ways["inside"]["counts"]["alerts"]
print("#", sys.argv[2], {way: e["counts"]["alerts"] for way, e in ways.items()})
for way in "program", "plugin":
    for key in ways["inside"].keys() - described:
        if stripped(way) != stripped("inside") and ways[way].get(key) != ways["inside"].get(key):
            print("#", way, key)
sys.exit(not (len(ways) == 3 and alerts > 0 and stripped("inside") == stripped("program") == stripped("plugin")))
PYTHON
}
for behaviour in $behaviours; do
    compare "$behaviour"
    result $? "$behaviour: program and plug-in say what is said inside"
done

# From observations, which hold no picture: the whole of results.json.
run ./*.alone.yaml -o alone -j2 --no-pictures --format csv
expect 0 "3 of 3 replays done" "inside, alone"
run ./*.alone.yaml -o again --from-observations alone -j2 --no-pictures --format csv
expect 0 "3 of 3 replays done" "from its observations"
same_results alone again
result $? "from observations results.json is the same, byte by byte"
python3 - <<'PYTHON'
import json, sys
alone = {s["id"]: s["evaluations"][0]["clips"] for s in json.load(open("alone/results.json"))["scenarios"]}
ways = {s["id"]: s["evaluations"][0]["clips"] for s in json.load(open("ways/results.json"))["scenarios"]}
sys.exit(not (alone == ways and len(ways) == 11))
PYTHON
result $? "and that of the comparison, clip by clip"

# What is wrong with its settings is told in one line, by the plug-in too.
cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: wrong
title: {en: Wrong, fr: Faux}
behaviour: running
dataset: set.yaml
systems:
  - {id: plugin, kind: plugin, library: ./libreference.so, settings: {perception.width: 3}}
YAML
run s.yaml -o wrong --no-pictures
expect 3 "open failed: perception.width: found “3”" "a wrong setting is told"
