# Networks under test (kind: network): two side by side under the rules of the reference, and those that cannot run.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..43"
cd "$SCRATCH" || exit 1
pictures=60
clip a.y4m abcdefgz
cat >set.yaml <<'YAML'
schema: vsaudit/dataset/1
id: zones
licence: CC0-1.0
clips:
  - {id: a, file: a.y4m, coverage: {intrusion: all}, scene: {zones: {door: [[0,0],[0.5,0],[0.5,1],[0,1]]}}, events: [{behaviour: intrusion, start_s: 0, end_s: 5}]}
YAML

# Networks of a few hundred kilobytes, with answers that are always the same.
cat >networks.py <<'PYTHON'
import math
from onnx_writer import constant, ints, node, one, save, tensor

# a person in the left half, and one in the right half: the picture of 64x48 lies 32x24 in the middle of the square
constant("left.onnx", [8, 16, 6, 12, 1, 0.9, 0.1, 30, 16, 1, 1, 0, 0, 0], 1, 2, 7)
constant("right.onnx", [24, 16, 6, 12, 1, 0.9, 0.1, 30, 16, 1, 1, 0, 0, 0], 1, 2, 7)
# the first again by columns: 1x6x7 is read so by two labels, and by its shape alone as seven columns of six rows
constant("columns.onnx", [8, 30, 0, 0, 0, 0, 0, 16, 16, 0, 0, 0, 0, 0, 6, 1, 0, 0, 0, 0, 0, 12, 1, 0, 0, 0, 0, 0, 0.9, 0, 0, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 0, 0], 1, 6, 7)
constant("flat.onnx", [1, 2, 3, 4], 2, 2)
constant("nan.onnx", [8, 16, 6, 12, 1, math.nan, 0, 30, 16, 1, 1, 0, 0, 0], 1, 2, 7)
constant("shares.onnx", [0.25, 0.5, 0.2, 0.4, 1, 0.9, 0.1] * 63, 1, 63, 7)
save("crash.onnx", [node("Conv", ["picture", "w"], "answer", ints("kernel_shape", [1, 1]), one("group", 0))], [tensor("w", 1, [3, 3, 1, 1], bytes(36))], [1, 3, 32, 32])
save("huge.onnx", [node("Conv", ["picture", "w"], "answer", ints("kernel_shape", [1, 1]), ints("pads", [1000000] * 4))], [tensor("w", 1, [3, 3, 1, 1], bytes(36))], [1, 3, 32, 32])
PYTHON
PYTHONPATH=$tree/tests PYTHONDONTWRITEBYTECODE=1 python3 networks.py || exit 1
printf 'person\ncar\n' >two.txt
printf 'person\ncar\nbus\n' >three.txt
head -c 1000 left.onnx >cut.onnx
: >empty.onnx
mkfifo pipe.onnx
scenario() { # systems, more lines: an intrusion into the left half
    printf 'schema: vsaudit/scenario/1\nid: intrusion\ntitle: {en: Intrusion, fr: Intrusion}\nbehaviour: intrusion\ndataset: set.yaml\nsystems:\n%s\n%s\n' "$1" "${2:-}" >s.yaml
}
network() { # id model more
    printf '  - {id: %s, kind: network, model: %s, size: 32, params: {zone: door, on_delay: 1}%s}\n' "$1" "$2" "${3-, labels: two.txt}"
}
says() { # run, python expression over e (evaluations by system) and r
    python3 -c '
import json, sys
r = json.load(open(sys.argv[1] + "/results.json"))
e = {x["system"]: x for x in r["scenarios"][0]["evaluations"]}
sys.exit(not eval(sys.argv[2]))' "$1" "$2"
}
replays() { # run: how many replays were stored
    python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1] + "/store.sqlite").execute("SELECT count(*) FROM job").fetchone()[0])' "$1"
}

# ---- two of them side by side
scenario "$(network left left.onnx && network right right.onnx && network same columns.onnx ', labels: two.txt, layout: yolov8')
  - {id: reference, kind: reference, params: {zone: door, on_delay: 1}}"
"$VSAUDIT" check s.yaml >log 2>&1
status=$?
expect 0 "4 systems" "networks that run are in order"
run s.yaml -o two
expect 0 "4 of 4 replays done" "each sees the clip for itself"
says two 'e["left"]["counts"]["hits"] == 1 and e["right"]["counts"]["hits"] == 0 and e["reference"]["counts"]["hits"] == 0'
result $? "what one sees the others do not"
says two 'e["same"]["clips"][0]["alerts"][0]["onset_us"] == e["left"]["clips"][0]["alerts"][0]["onset_us"]'
result $? "a stated layout is followed"
hash=$(sha256sum left.onnx | cut -c 1-64)
says two "e['left']['detector']['sha256'] == '$hash' and e['left']['detector']['labels'] == 'two.txt' and 'detector' not in e['reference']"
result $? "results hold the network by its hash"
says two 'len(r["clips"]) == 1 and len(r["clips"][0]["conditions"]) == 1'
result $? "of the clip one replay tells, the scenario’s own"
grep -q "Sees with the network left.onnx: SHA-256 $hash" two/report.en.html && grep -q "Voit avec le réseau left.onnx" two/report.fr.html
result $? "and so does the report"
run s.yaml -o two --resume
expect 0 "" "a run that is done is gone on with"
run s.yaml -o four -j 3
same_results two four
result $? "with three workers the same"
"$VSAUDIT" run s.yaml -o again --from-observations two >log 2>&1 && same_results two again
result $? "from saved observations the same"
"$VSAUDIT" report two --bundle bag >log 2>&1
verify bag
expect 0 "" "a bundle holds networks, and is checked by them"
[ -n "$(find bag/data -name left.onnx)" ] && [ -n "$(find bag/data -name right.onnx)" ] && [ -n "$(find bag/data -name columns.onnx)" ]
result $? "all of them"
verify bag --replay --clips .
expect 0 "" "clips are seen again by them"

# ---- one replay for all that see alike
scenario "$(network left left.onnx && network eager left.onnx ', labels: two.txt, sweep: {on_delay: [0.5, 2]}')
  - {id: reference, kind: reference, params: {zone: door, on_delay: 1}}" 'perception: {detector: onnx, model: left.onnx, labels: two.txt, detector_size: 32}'
run s.yaml -o shared
ok "networks that see alike share a replay, with the reference too" [ "$(replays shared)" = 1 ]
says shared 'e["left"]["counts"] == e["reference"]["counts"] and e["left"]["counts"]["hits"] == 1 and [p["hits"] for p in e["eager"]["sweep"]["points"]].count(1) >= 2'
result $? "and say the same"

# ---- the lock holds them
scenario "$(network left left.onnx)"
"$VSAUDIT" lock s.yaml --quiet
grep -q "$hash" s.yaml.lock && grep -q two.txt s.yaml.lock
result $? "the lock holds the network and its labels"
cp left.onnx kept.onnx && cp right.onnx left.onnx
run s.yaml -o changed
says changed 'any(c["file"] == "left.onnx" for c in r["lock"]["changed"])'
result $? "and tells that another one took its place"
run s.yaml -o two
expect 2 "holds another run" "which is another run"
mv kept.onnx left.onnx

# ---- those that cannot run
refused() { # network's words, message, description
    scenario "$(network n "$1" "${4-, labels: two.txt}")"
    "$VSAUDIT" check s.yaml >log 2>&1
    status=$?
    expect 3 "$2" "$3"
}
refused cut.onnx "s.yaml:7:35: model: cut.onnx: found a file that cannot be read as a network" "a network that is cut short"
refused empty.onnx "found a file that cannot be read as a network" "an empty file"
refused pipe.onnx "systems[0].model: found “pipe.onnx”, expected a file" "no file at all"
refused /etc/passwd "expected a file in this file’s folder" "a file from elsewhere"
refused flat.onnx "found an output of shape 2x2, expected" "an answer that nobody can read"
refused left.onnx "expected 1x1x" "another layout than stated" ', labels: two.txt, layout: ssd'
refused nan.onnx "holds no number" "an answer that is no number"
refused shares.onnx "found boxes that are not in pixels" "boxes in another unit"
refused left.onnx "found 3 labels (three.txt) for a network with 2 classes" "labels of another network" ', labels: three.txt'
refused left.onnx "found a network with 2 classes and no labels" "classes that nobody names" ''
printf 'cat\ndog\n' >animals.txt
printf 'bus\ntruck\n' >wheels.txt
words="(person, pedestrian, people, rider)"
refused left.onnx "s.yaml:7:99: labels: found the labels cat, dog, of which the rule intrusion (system “n”) looks for none, expected one that names a person $words" "labels of nobody for whom the rule looks" ', labels: animals.txt'
"$VSAUDIT" run s.yaml -o nobody >log 2>&1
status=$?
expect 3 "of which the rule intrusion (system “n”) looks for none" "a run does not begin with them"
refused left.onnx "found the labels bus, truck, of which the rule intrusion (system “n”) looks for none, expected one that names a person $words" "labels of vehicles alone, for a rule about persons" ', labels: wheels.txt'
watching() { # classes, labels
    scenario "  - {id: n, kind: network, model: left.onnx, size: 32, labels: $2, params: {zone: door, classes: $1}}"
    "$VSAUDIT" check s.yaml >log 2>&1
    status=$?
}
watching vehicle wheels.txt
expect 0 "1 system" "they do for a rule about vehicles"
watching both wheels.txt
expect 0 "1 system" "and for one about both"
watching any animals.txt
expect 0 "1 system" "one about any object needs none of them"
watching both animals.txt
expect 3 "expected one that names a person $words or a vehicle (bicycle," "what would do is said"
scenario '  - {id: reference, kind: reference, params: {zone: door, on_delay: 1}}
  - {id: cars, kind: reference, params: {zone: door, classes: vehicle}}' 'perception: {detector: onnx, model: left.onnx, labels: wheels.txt, detector_size: 32}'
"$VSAUDIT" check s.yaml >log 2>&1
status=$?
expect 3 "s.yaml:9:56: perception.labels: found the labels bus, truck, of which the rule intrusion (system “reference”)" "so it is of the scenario’s own network"
ok "only of the system whose rule it is" [ "$(grep -c 'looks for none' log)" = 1 ]
refused crash.onnx "found “crash.onnx”, on which the worker crashed" "one on which OpenCV dies: nothing else is lost"
refused huge.onnx "does not run on a picture of 32x32 pixels" "one that takes more memory than there is"
refused left.onnx "found an unknown key, expected perhaps “size”" "a key that there is not" ', labels: two.txt, sizes: 64'
refused left.onnx "found several semantics for a network" "several semantics" ', labels: two.txt, semantics: [vsaudit-1, onvif]'
refused left.onnx "confidence: found “1.5”" "a wrong threshold, which is told once" ', labels: two.txt, confidence: 1.5'
ok "once" [ "$(grep -c confidence log)" = 1 ]
