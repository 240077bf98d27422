# Probes: programs that know the clips, their place, their size, the clock …, each caught by its probe and by no other; honest ones pass.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..53"

# Vertical stripes, with the left half dark from a second on; 64 x 48, 5 pictures a second.
cat >draw.py <<'PYTHON'
import sys
name, dark_from, pictures, width, height = sys.argv[1], *map(int, sys.argv[2:6])
seen = bytes(90 + 20 * (x // 8 % 5) for x in range(width)) * height
covered = bytes(21 if x < width // 2 else 90 + 20 * (x // 8 % 5) for x in range(width)) * height
chroma = bytes([128]) * ((width + 1) // 2 * ((height + 1) // 2) * 2)
with open(name, "wb") as out:
    out.write(b"YUV4MPEG2 W%d H%d F5:1 Ip A1:1 C420jpeg\n" % (width, height))
    for i in range(pictures):
        out.write(b"FRAME\n" + (covered if i >= 5 * dark_from else seen) + chroma)
PYTHON
python3 draw.py a.y4m 8 60 64 48
python3 draw.py b.y4m 7 60 64 48
clips() { # where the zone of b ends
    printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n'
    printf '  - {id: a, file: a.y4m, duration_s: 12, coverage: {intrusion: all}, scene: {zones: {door: [[0,0.1],[0.4,0.1],[0.4,0.9],[0,0.9]]}, lines: {sill: [[0,0.5],[0.4,0.5]]}}, events: [{behaviour: intrusion, start_s: 8, end_s: 12}]}\n'
    printf '  - {id: b, file: b.y4m, duration_s: 12, coverage: {intrusion: all}, scene: {zones: {door: [[0,0.1],[0.4,0.1],[0.4,%s],[0,%s]]}, lines: {sill: [[0,0.5],[0.4,0.5]]}}, events: [{behaviour: intrusion, start_s: 7, end_s: 12}]}\n' "$1" "$1"
}
clips 0.9 >set.yaml

# Tells when its zone becomes dark. What it goes by besides is its setting.
cat >dark.py <<'PYTHON'
import json, random, sys
source = sys.stdin.buffer
def say(**message): print(json.dumps(message), flush=True)
settings = json.loads(source.readline())["settings"]
goes_by = settings["goes_by"]
say(type="hello", protocol="system/1", name=goes_by, format="gray", starts=settings.get("starts", "clip"))
clips = 0
for line in source:
    message = json.loads(line)
    if message["type"] == "clip":
        clip, clips, told, dark, last = message, clips + 1, False, 0, 0
        zone = message["behaviours"][0]["zones"]["door"]
        left, right, low = min(p[0] for p in zone), max(p[0] for p in zone), max(p[1] for p in zone)
        if goes_by == "place": left, right = 0, 0.4
        if goes_by == "nothing": say(type="remark", text=json.dumps([*zone[0], *[x for p in message["behaviours"][0]["lines"]["sill"] for x in p]]))
    if message["type"] == "frame":
        picture, t, w, h = source.read(message["bytes"]), message["t_us"], message["width"], message["height"]
        if goes_by == "steps" and t - last > 1000000: sys.exit(7)
        last = t
        rows = [picture[y * w + int(left * w) + 1:y * w + int(right * w) - 1] for y in range(h // 4, h // 2)]
        is_dark = sum(map(sum, rows)) < 40 * sum(map(len, rows))
        dark += is_dark
        alert = is_dark and not told
        if goes_by == "names": alert = alert and clip["clip"] in ("1", "2")
        if goes_by == "size": alert = alert and (w, h) == (64, 48)
        if goes_by == "state": alert = alert and clips == 1
        if goes_by == "clock": alert = t >= 8000000 and not told
        if goes_by == "pictures": alert = dark == 10
        if goes_by == "values": alert = alert and len(set(picture)) == 5
        if goes_by == "cameras": alert = alert and int(clip["clip"]) % 2 == 1
        if goes_by == "drawing": alert = not told and t >= (8000000 if low > 0.85 else 7000000)
        if goes_by == "noise": alert = not told
        if alert:
            told = True
            confidence = random.random() if goes_by == "chance" else 0.5
            say(type="alert", behaviour=clip["behaviours"][0]["id"], onset_us=t, confidence=confidence)
    say(type="end" if message["type"] == "end" else "ready")
PYTHON

audit() { # file of the audit, probes, lines of systems
    cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: dark
title: {en: Dark, fr: Sombre}
behaviour: intrusion
dataset: set.yaml
systems:
$3
YAML
    printf 'schema: vsaudit/audit/1\nid: probed\ntitle: {en: Probed, fr: Soumis}\nscenarios: [s.yaml]\nprobes: %s\n' "$2" >"$1"
}
system() { # what it goes by, in one process for all clips
    printf '  - {id: %s, kind: program, command: [python3, dark.py], starts: run, settings: {goes_by: %s, starts: run}}\n' "$1" "$1"
}
probes() { # folder system state…: the probes of that state
    python3 - "$@" <<'PYTHON'
import json, sys
for evaluation in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    if evaluation["system"] == sys.argv[2]:
        print(*[probe["id"] for probe in evaluation["probes"] if probe["state"] == sys.argv[3]])
PYTHON
}
figure() { # folder system probe key
    python3 - "$@" <<'PYTHON'
import json, sys
for evaluation in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    for probe in evaluation.get("probes", []):
        if (evaluation["system"], probe["id"]) == (sys.argv[2], sys.argv[3]):
            print(json.dumps(probe[sys.argv[4]]))
PYTHON
}
sqlite() { # folder query
    python3 -c 'import sqlite3, sys; print(*[row[0] for row in sqlite3.connect(sys.argv[1] + "/store.sqlite").execute(sys.argv[2])])' "$@"
}
is() { # found, expected, description
    [ "$1" = "$2" ] || echo "# found “$1”, expected “$2”"
    [ "$1" = "$2" ]
    result $? "$3"
}

all="repeat order renamed mirrored delayed half-rate half-size re-encoded empty-hour interrupted cameras-exchanged"
audit audit.yaml '{empty_s: 9}' "$(for way in nothing names place size state chance clock pictures values cameras noise steps; do system $way; done)
  - {id: fresh, kind: program, command: [python3, dark.py], settings: {goes_by: nothing}}"
"$VSAUDIT" check audit.yaml >log 2>&1
status=$?
expect 0 "probe order does not apply to system fresh of scenario dark: Every clip has a process" "check says to whom a probe does not apply"
expect 0 "probes: 269 replays besides 28" "and how many replays the probes cost"
"$VSAUDIT" plan audit.yaml >log 2>&1
status=$?
expect 0 "probes: 269 replays besides 28" "which the plan says, too"
run audit.yaml -o one -j2 --format html,md,junit
expect 3 "of them 269 for probes" "a run says so too, and that a probe made a system fail"
is "$(probes one nothing pass)" "$all" "an honest program passes all"
is "$(probes one fresh pass)" "repeat renamed mirrored delayed half-rate half-size re-encoded empty-hour interrupted" "so does one that is started for each clip, but for the order and for cameras on which the same is drawn, which say nothing of it"
is "$(probes one names fail)" "renamed" "one that knows the clips by name is caught by their names"
is "$(probes one state fail)" "order" "one that keeps state from clip to clip, by their order"
is "$(probes one size fail)" "half-size" "one that knows their size, by their size"
is "$(probes one chance fail)" "repeat" "one that throws dice, by the repeat"
is "$(probes one chance pass)" "empty-hour" "after which no other can be told from chance"
is "$(figure one chance mirrored reason)" '"unrepeatable"' "which is said"
is "$(probes one place fail)" "mirrored" "one that knows the place, by the mirror"
is "$(probes one clock fail)" "delayed empty-hour interrupted" "one that knows the time, by the delay, and where nothing happens"
is "$(probes one pictures fail)" "half-rate" "one that counts pictures, by their rate"
is "$(probes one values fail)" "half-size re-encoded" "one that knows the values, by another compression (and by the size, which changes them too)"
is "$(probes one cameras fail)" "cameras-exchanged" "one that knows the cameras, by exchanging them"
is "$(probes one noise fail)" "empty-hour" "one that always alerts at once, by the empty scene"
is "$(probes one steps fail)" "interrupted" "one that dies of an interruption, by that"
is "$(figure one steps interrupted failed), $(figure one steps interrupted reason)" '2, "failed"' "which counts the clips that it failed on"
python3 - one <<'PYTHON'
import json, sqlite3, sys
store = sqlite3.connect(sys.argv[1] + "/store.sqlite")
told = {condition: json.loads(said)["remarks"][0] for condition, said in store.execute(
    "SELECT condition, said FROM job JOIN look ON look.job = job.id WHERE clip = 'a' AND system = 'nothing' AND status = 'done'")}
def numbers(text): return [round(number, 9) for number in json.loads(text)]
recorded, mirrored = told["as-recorded"], told["probe:mirrored"]
sys.exit(not (numbers(recorded) == [0, 0.1, 0, 0.5, 0.4, 0.5] and numbers(mirrored) == [1, 0.1, 0.6, 0.5, 1, 0.5] and told["probe:delayed"] == recorded))
PYTHON
result $? "zones and lines are mirrored, and a line’s ends change places"
is "$(figure one nothing delayed moved_s) $(figure one nothing interrupted moved_s) $(figure one nothing repeat recorded)" "0.5 3.0 2" "by how much alerts moved is told"
is "$(figure one pictures half-rate apart_s)" 1.9 "and how far apart those lie that are not the same"
is "$(figure one noise empty-hour probed)" 1 "and how many there were in the empty scene"
grep -q 'Probe not passed: clips under other names. It goes by the name of a clip' one/report.en.html && grep -q 'Épreuve non réussie.*: séquences sous d’autres noms' one/report.fr.html
result $? "the first page warns beside the verdicts, in both languages"
grep -q 'half the size | ⚠️ not passed' one/summary.en.md && grep -q 'moitié de la taille | ⚠️ non réussie' one/summary.fr.md
result $? "the tables of the Markdown have them"
grep -q 'Dark, names: probes not passed (clips under other names)' one/results.json
result $? "they are limits of the results"
python3 - one/junit.xml <<'PYTHON'
import sys, xml.etree.ElementTree as tree
cases = {case.get("name"): [child.tag for child in case] for case in tree.parse(sys.argv[1]).getroot().iter("testcase")}
sys.exit(not (cases["probe renamed [names, as-recorded]"] == ["failure"] and cases["probe renamed [nothing, as-recorded]"] == [] and cases["probe order [fresh, as-recorded]"] == ["skipped"]))
PYTHON
result $? "and cases of JUnit"

# The probes enter no rate; the same comes of them for any number of workers, gone on with, scored again elsewhere.
audit audit.yaml '{run: [order, half-size, interrupted], empty_s: 9}' "$(system nothing; system size; system steps)"
sed '/^probes:/d' audit.yaml >without.yaml
run audit.yaml -o two -j2
is "$(probes two size pass) $(probes two size fail)" "repeat order interrupted half-size" "the repeat is always among them"
run without.yaml -o plain -j2
python3 - two plain <<'PYTHON'
import json, sys
two, plain = [json.load(open(folder + "/results.json")) for folder in sys.argv[1:]]
def bare(results):
    for evaluation in results["scenarios"][0]["evaluations"]: evaluation.pop("probes", None)
    return [results[key] for key in ("scenarios", "totals", "clips", "verdict_counts")]
sys.exit(bare(two) != bare(plain))
PYTHON
result $? "without the probes all figures are the same"
run audit.yaml -o three -j1
same_results two three
result $? "results.json is the same for -j1 and -j2"
python3 - three <<'PYTHON'
import sqlite3, sys
store = sqlite3.connect(sys.argv[1] + "/store.sqlite")
store.execute("PRAGMA foreign_keys = ON")
store.execute("UPDATE job SET status = 'pending', quality = NULL, digest = NULL WHERE condition = 'probe:half-size' AND clip = 'b'")
store.execute("DELETE FROM look WHERE job IN (SELECT id FROM job WHERE status = 'pending')")
store.commit()
PYTHON
run audit.yaml -o three -j2 --resume
expect 3 "kept from an earlier session" "a run is gone on with"
same_results two three
result $? "to the same results"
sed -i 's/order, half-size/half-size/' audit.yaml
run audit.yaml -o three --resume
expect 2 "holds another run: " "other probes are another run"
sed -i 's/half-size/order, half-size/' audit.yaml
"$VSAUDIT" lock audit.yaml -o audit.lock >log 2>&1 && sed -i 's/half-size, //' audit.yaml && run audit.yaml -o locked --lock audit.lock && grep -q 'but changed since' log
result $? "a lock holds what was asked of the probes"
"$VSAUDIT" report two --bundle bag --quiet >log 2>&1 && mkdir away && mv bag away && (cd away && "$VSAUDIT" verify bag) >log 2>&1
status=$?
expect 0 "results.json is the same, byte for byte" "a bundle is scored again, with its probes"

# Cameras on which other zones are drawn: alerts may differ, but not be the other camera's.
clips 0.8 >set.yaml
audit audit.yaml '[cameras-exchanged]' "$(system drawing; system nothing; system cameras)"
run audit.yaml -o drawn -j2
is "$(probes drawn drawing fail) $(probes drawn nothing pass) $(probes drawn cameras not_applicable)" "cameras-exchanged repeat cameras-exchanged cameras-exchanged" "where other zones are drawn, only the other camera’s alerts are held against a system"
is "$(figure drawn cameras cameras-exchanged reason)" '"zones_differ"' "and what cannot be decided is said"

# A line that tells a way keeps its ends in the mirror, though another scenario of the same program has them changed.
clips 0.9 >set.yaml
audit audit.yaml '[mirrored]' '  - {id: fresh, kind: program, command: [python3, dark.py], settings: {goes_by: nothing}}'
sed -i 's/coverage: {/&wrong-way: all, /' set.yaml
sed 's/^id: dark/id: way/; s/^behaviour: .*/behaviour: wrong-way/' s.yaml >way.yaml
sed -i 's/\[s.yaml\]/[s.yaml, way.yaml]/' audit.yaml
run audit.yaml -o ways -j2
python3 - ways <<'PYTHON'
import json, sqlite3, sys
store = sqlite3.connect(sys.argv[1] + "/store.sqlite")
told = {(scenario, condition): [round(number, 9) for number in json.loads(json.loads(said)["remarks"][0])][2:] for scenario, condition, said in store.execute(
    "SELECT scenario, condition, said FROM job JOIN look ON look.job = job.id WHERE clip = 'a'")}
print("#", told)
recorded = [0, 0.5, 0.4, 0.5]
sys.exit(told != {("dark", "as-recorded"): recorded, ("way", "as-recorded"): recorded, ("dark", "probe:repeat"): recorded, ("way", "probe:repeat"): recorded,
                  ("dark", "probe:mirrored"): [0.6, 0.5, 1, 0.5], ("way", "probe:mirrored"): [1, 0.5, 0.6, 0.5]})
PYTHON
result $? "who goes along a line still does in the mirror"

# What check refuses.
refused() { # probes, words, description
    audit bad.yaml "$1" "$(system nothing)"
    "$VSAUDIT" check bad.yaml >log 2>&1
    status=$?
    expect 3 "$2" "$3"
}
refused '[repeat, mirored]' 'bad.yaml:5:18: probes[1]: found “mirored”, expected a probe, perhaps “mirrored”' "a probe that there is not"
refused '[repeat, repeat]' 'found “repeat” a second time' "one twice"
refused '{clips: [a, nowhere]}' 'probes.clips[1]: found “nowhere”, expected a clip of one of the scenarios' "a clip that there is not"
refused '{empty_s: 0}' 'probes.empty_s: found “0”' "an empty scene without length"
refused '{tolerance: 1}' 'expected perhaps “tolerance_s”' "a setting that there is not"
audit bad.yaml '[mirrored]' "$(system nothing)"
printf 'conditions: [{id: dim, filter: "eq=brightness=-0.05"}, as-recorded]\n' >>s.yaml
"$VSAUDIT" check bad.yaml >log 2>&1
status=$?
expect 0 "probe mirrored does not apply to system nothing of scenario dark: The clips are not shown as recorded" "one process for all clips must see them as recorded first"
"$VSAUDIT" list probes >log 2>&1
status=$?
expect 0 "cameras-exchanged two cameras exchanged" "list explains the probes"

# Odd sizes, one clip alone, no alert, a clip of which only some are compared.
python3 draw.py odd.y4m 99 60 63 47
printf 'schema: vsaudit/dataset/1\nid: odd\nlicence: CC0-1.0\nclips:\n  - {id: odd, file: odd.y4m, coverage: {intrusion: all}, scene: {zones: {door: [[0,0],[1,0],[1,1],[0,1]]}, lines: {sill: [[0,0],[1,1]]}}}\n' >set.yaml
audit odd.yaml '{empty_s: 2}' "$(system nothing)"
run odd.yaml -o odd
is "$status $(sqlite odd "SELECT json_extract(said, '$.width') || 'x' || json_extract(said, '$.height') FROM job JOIN look ON look.job = job.id WHERE condition = 'probe:half-size'")" "0 31x23" "a clip of odd size is shown at half of it"
is "$(probes odd nothing not_applicable)" "order cameras-exchanged" "of one clip there is no order, and no other camera"
grep -q 'No alert that counts on 1 clip, neither as recorded nor under the probe: that says little' odd/report.en.html
result $? "a pass without alerts says little, and this is said"

# A live system: in real time, and by a new start of the product for each probe.
mkdir live && cp "$tree/tests/fake-product" live/product
printf 'schema: vsaudit/alert-map/1\nformat: json\ncolumns: {state: state, id: id, time: time}\ntime: unix\nbehaviour: camera-tampering\n' >live/map.yaml
pictures=30
clip live/c.y4m abcdefgz
clip live/d.y4m azbyc
printf 'schema: vsaudit/dataset/1\nid: live\nlicence: CC0-1.0\nclips:\n  - {id: c, file: c.y4m, coverage: {camera-tampering: all}}\n  - {id: d, file: d.y4m, coverage: {camera-tampering: all}}\n' >live/set.yaml
printf 'schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\nbehaviour: camera-tampering\ndataset: set.yaml\nsystems:\n  - {id: product, kind: live, command: [./product, "@camera@", "@sink@"], map: map.yaml, connect_s: 10, warm_up_s: 1, settle_s: 1, drain_s: 2, flashes: 0, sinks: [{kind: webhook}]}\n' >live/s.yaml
printf 'schema: vsaudit/audit/1\nid: live\ntitle: {en: Live, fr: En direct}\nscenarios: [s.yaml]\nprobes: [order, mirrored]\n' >live/live.yaml
PATH=/usr/bin:$PATH "$VSAUDIT" run live/live.yaml -o lively -q >live.log 2>&1 &
live=$!
pictures=240

# Our own rules: inside, as a program.
cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: tampering
title: {en: Tampering, fr: Sabotage}
behaviour: camera-tampering
dataset: tampering.yaml
systems:
  - {id: inside, kind: reference}
  - {id: outside, kind: program, command: [$VSAUDIT, reference-program], starts: run}
YAML
clip x.y4m abcdefgz
clip y.y4m azbyc
pictures=40
clip short.y4m azbyc
printf 'schema: vsaudit/dataset/1\nid: t\nlicence: CC0-1.0\nclips:\n  - {id: x, file: x.y4m, coverage: {camera-tampering: all}}\n  - {id: y, file: y.y4m, coverage: {camera-tampering: all}}\n  - {id: short, file: short.y4m, coverage: {camera-tampering: all}}\n' >tampering.yaml
printf 'schema: vsaudit/audit/1\nid: own\ntitle: {en: Own, fr: Propre}\nscenarios: [s.yaml]\nprobes: {run: all, empty_s: 20}\n' >own.yaml
run own.yaml -o own -j2
expect 0 "replays done" "the reference is probed, too"
is "$(probes own inside fail)$(probes own outside fail)" "" "and fails none, inside or as a program"
is "$(probes own outside pass)" "$all" "of which the program’s passes all"
wait $live
is "$? $(probes lively product pass) $(figure lively product order matched) $(figure lively product repeat exact)" "0 repeat order mirrored 2 false" "a live product is probed, within the tolerance, since it goes by the clock"
