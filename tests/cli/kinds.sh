# Kinds of systems: what vsaudit list systems prints of each may be pasted into a scenario, and runs.
# shellcheck shell=bash
set -u
top=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/../drawn.bash"

echo "1..17"
cd "$SCRATCH" || exit 1
pictures=120
clip a.y4m abcdefgz
cat >set.yaml <<'YAML'
schema: vsaudit/dataset/1
id: set
licence: CC0-1.0
clips:
  - {id: a, file: a.y4m, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 8, end_s: 12}]}
annotators:
  - {id: anna, truth: [truth.csv]}
  - {id: bert, truth: [truth.csv]}
YAML
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,12\nevent,a,camera-tampering,8,12\n' >truth.csv

# What the examples name: a detector, a library, a log, a network, a product with its settings, a sealed list.
sed -n '/^    import json, sys/,/^    *say("end" if/p' "$top/README.md" | sed 's/^    //; s/\["limit"\]/["threshold"] * 100/' >detector.py
gcc -shared -fPIC -I "$top/analyzer/include" "$top/analyzer/include/motion_system.c" -o libmine.so -lm
printf 'clip,behaviour,onset_s\na,camera-tampering,8.5\n' >vendor.csv
PYTHONPATH=$tree/tests PYTHONDONTWRITEBYTECODE=1 python3 -c 'import onnx_writer; onnx_writer.blind("yolox_nano.onnx", 416, 80)'

sed 's/^cameras = /sys.argv[1:] = open(sys.argv[3]).read().split()\n&/' "$top/tests/fake-product" >motion
chmod +x motion
echo '@camera@ @sink@' >motion.conf
printf 'schema: vsaudit/alert-map/1\nformat: json\ncolumns: {state: state, id: id, time: time}\ntime: unix\nbehaviour: camera-tampering\n' >motion-alerts.yaml
printf 'clip,behaviour,onset_s\nclip-0001,camera-tampering,8.5\n' >returned.csv
mkdir -p capsule/clips && cp a.y4m capsule/clips/clip-0001.mp4
(cd capsule && sha256sum clips/clip-0001.mp4 >SHA256SUMS)
mkdir capsule-kept && cat >capsule-kept/sealed.json <<JSON
{"schema": "vsaudit/capsule-seal/1", "seed": "$(printf '%064d' 7)", "audit": "all", "behaviours": ["camera-tampering"],
 "files": [{"name": "set.yaml", "sha256": "$(sha256sum <set.yaml | cut -d' ' -f1)"},
           {"name": "truth.csv", "sha256": "$(sha256sum <truth.csv | cut -d' ' -f1)"}],
 "clips": [{"name": "clip-0001", "file": "clips/clip-0001.mp4", "sha256": "$(sha256sum <a.y4m | cut -d' ' -f1)", "dataset": "set", "clip": "a",
            "appearance": 1, "canary": false, "scene": null, "events": [], "duration_us": 12000000, "rate": 10.0}]}
JSON
sha256sum <capsule-kept/sealed.json | cut -d' ' -f1 >capsule/seal.sha256
export PATH=/usr/bin:$PATH # the product is a script of Debian’s Python

"$VSAUDIT" list systems >list.txt
kinds=$(sed -n 's/^\([a-z][a-z-]*\)  *[a-z].*/\1/p' list.txt)
{
    printf 'schema: vsaudit/scenario/1\nid: all\ntitle: {en: All, fr: Tous}\nbehaviour: camera-tampering\ndataset: set.yaml\nsystems:\n'
    sed -n 's/^ *- {id: /  - {id: /p' list.txt
} >all.yaml
ok "every kind has an example of its own" [ "$(grep -c '^  - {' all.yaml)" = "$(wc -w <<<"$kinds")" ]
"$VSAUDIT" check all.yaml >log 2>&1
status=$?
expect 0 "$(wc -w <<<"$kinds") systems" "all of them may be pasted into one scenario"
run all.yaml -o all -j2 --no-pictures --format csv
expect 0 "replays done" "and run"
ok "what is started is named before" eval '[ "$(grep -cE "all.yaml:[0-9]+: starts the (program “python3 detector.py|plug-in “libmine.so|product “motion -n -c)" log)" = 3 ]'
for kind in $kinds; do
    python3 - "$kind" <<'PYTHON'
import json, sys
of = [e for e in json.load(open("all/results.json"))["scenarios"][0]["evaluations"] if e["system_kind"] == sys.argv[1]]
alerts = {"alerts": 1, "reference": 1, "annotator": 1, "program": 1, "null": 0, "network": 1, "live": 1, "capsule": 1}
sys.exit(not (len(of) == 1 and of[0]["exposure"]["clips"] == 1 and of[0]["worst_case"] is None and alerts.get(sys.argv[1], of[0]["counts"]["alerts"]) == of[0]["counts"]["alerts"]))
PYTHON
    result $? "the example of $kind judges the clip"
done
for words in "command     what is started, and its arguments" "size        side of the square picture that it takes; default 640"; do
    ok "list tells the keys of a kind: ${words%% *}" grep -q -F "$words" list.txt
done
