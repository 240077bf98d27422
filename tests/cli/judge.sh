# One judge of input: whatever “run” would refuse before it begins, “check” refuses with the same sentence.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..29"
pictures=30
clip a.y4m abcdefgz
echo junk >junk.onnx
mkfifo pipe.onnx
clips() { # members of the clip
    printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n  - {id: a, file: a.y4m, camera: c, scene: {zones: {door: [[0,0],[1,0],[1,1]]}, lines: {gate: [[0,0.5],[1,0.5]]}}, coverage: {camera-tampering: all, intrusion: all, line-crossing: all, loitering: all, crowd-limit: all, wrong-way: all}%s}\n' "$1" >set.yaml
}
rule() { # behaviour, systems, further lines
    printf 'schema: vsaudit/scenario/1\nid: one\ntitle: {en: T, fr: T}\nbehaviour: %s\ndataset: set.yaml\nsystems: [%s]\n%s\n' "$1" "$2" "${3:-}" >s.yaml
}
same() { # words that both must say
    local checked ran
    "$VSAUDIT" check s.yaml >check.out 2>check.err
    checked=$?
    "$VSAUDIT" run s.yaml -o out -q >run.out 2>run.err
    ran=$?
    rm -rf out
    sed -i 's/^vsaudit run: //; s/ (and [0-9]* more: “vsaudit check” lists them all)$//' run.err
    head -n 1 check.err >first
    [ $checked -eq 3 ] && [ $ran -eq 3 ] && cmp -s first run.err && grep -q -F -- "$1" first
    result $? "check and run refuse: $1"
    # shellcheck disable=SC2154
    [ "$checked" -eq 3 ] && [ "$ran" -eq 3 ] || sed 's/^/# /' check.err run.err
}
reference='{id: reference, kind: reference}'
clips ""
rule intrusion '{id: reference, kind: reference, params: {zone: nowhere}}'
same "s.yaml:6:1: scenario “one”, system “reference”, clip “a”: found no zone “nowhere” on this clip"
rule line-crossing '{id: reference, kind: reference, params: {line: nowhere}}'
same "found no line “nowhere” on this clip, expected one of “gate”"
rule wrong-way "$reference"
same "found no line “way” on this clip"
rule loitering '{id: reference, kind: reference, params: {zone: nowhere}}'
same "found no zone “nowhere”"
rule crowd-limit '{id: reference, kind: reference, params: {nope: 1}}'
same "systems[0].params.nope: found an unknown name"
while IFS='|' read -r filter words; do
    rule camera-tampering "$reference" "conditions: [{id: m, filter: \"$filter\"}]"
    same "$words"
done <<'LIST'
movie=x.mp4[a];[in][a]overlay|the filter 'movie' is not allowed
drawtext=textfile=/etc/passwd|the filter 'drawtext' is not allowed
crop=10:10|it would move the picture away
gblur=sigma=nope|[gblur] [Eval] Undefined constant
recompress=qp=99|expected recompress=qp=N with N from 1 to 51
nofilter|there is no filter 'nofilter'
split|exactly one open input and one open output
LIST
while IFS='|' read -r perception words; do
    rule camera-tampering "$reference" "perception: {$perception}"
    same "$words"
done <<'LIST'
detector: onnx, model: none.onnx|none.onnx”, which is no file
detector: onnx, model: pipe.onnx|pipe.onnx”, which is no file
detector: onnx, model: junk.onnx|s.yaml:7:37: perception.model:
detector: onnx|found onnx without a model
width: 3|perception.width: found “3”
detector: onnx, model: junk.onnx, labels: none.txt|none.txt”, which is no file
LIST
rule camera-tampering '{id: v, kind: alerts, path: none.csv}'
same "none.csv: found no such file"
printf 'clip,onset_s,behaviour\nb,4,camera-tampering\n' >v.csv
rule camera-tampering '{id: v, kind: alerts, path: v.csv}'
same "v.csv:2:1: clip: found “b”"
printf 'clip,onset_s,behaviour\na,-4,camera-tampering\n' >v.csv
same "v.csv:2:3: onset_s: found “-4”"
rule camera-tampering '{id: v, kind: annotator, annotator: bob}'
same "expected an annotator of the dataset"
rule camera-tampering "$reference" 'protocol: eval-9'
same "protocol: found “eval-9”"
clips ', duration_s: 3, events: [{behaviour: camera-tampering, start_s: 50, end_s: 60}]'
rule camera-tampering "$reference"
same "events[0].end_s: found 60.000"
clips ""
rule intrusion '{id: reference, kind: reference, params: {zone: nowhere}}'
cp s.yaml t.yaml
rule camera-tampering "$reference"
printf 'schema: vsaudit/audit/1\nid: all\ntitle: {en: A, fr: A}\nscenarios: [s.yaml, t.yaml]\n' >audit.yaml
refuse "two scenarios of one id are refused by check too" 3 "t.yaml: id: found “one”" \
    "$VSAUDIT" check audit.yaml

{
    echo "clip,onset_s,behaviour"
    for ((i = 0; i < 80; i++)); do echo "b$i,4,camera-tampering"; done # a name is told once, whatever its rows
} >v.csv
rule camera-tampering '{id: v, kind: alerts, path: v.csv}'
refuse "run says how many more there are" 3 "(and 79 more: “vsaudit check” lists them all)" "$VSAUDIT" run s.yaml -o out
"$VSAUDIT" check s.yaml >out.txt 2>err.txt
[ "$(grep -c 'expected a clip of the dataset' err.txt)" -eq 80 ]
result $? "and check does list them all"
sed -i 's/^b[0-9]*,/b,/' v.csv
printf 'schema: vsaudit/alert-map/1\ncolumns: {clip: clip, time: onset_s}\ntime: hh:mm:ss\nbehaviour: camera-tampering\nclips: {b: a}\n' >map.yaml
refuse "of a table that check cannot read it is not promised" 3 "(and 79 more)" \
    "$VSAUDIT" import alert-log v.csv --map map.yaml --dataset set.yaml -o out.csv
rule camera-tampering "$reference"
"$VSAUDIT" check s.yaml >out.txt 2>err.txt && grep -q "^ok: s.yaml" out.txt
result $? "what is in order is"
