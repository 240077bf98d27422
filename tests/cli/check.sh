#!/usr/bin/env bash
# vsaudit check: what it says of files that are in order (tests/cli/refused.sh has those that are not).
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
says() { # description, line, file
    n=$((n + 1))
    "$VSAUDIT" check "$3" >out 2>err
    local status=$?
    if [ "$status" -eq 0 ] && [ ! -s err ] && [ "$(cat out)" = "$2" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        echo "# status $status: $(head -c 300 out err)"
    fi
}
cd "$SCRATCH"
printf 'clip,behaviour,onset_s,label\nany clip,camera-tampering,3,lens blocked\n' >alerts.csv
says "a vendor may call its alerts as it likes" "ok: alerts.csv: alerts: 1 alert" alerts.csv
printf 'kind,clip,behaviour,start_s,end_s,label\ncoverage,a,camera-tampering,0,60,\nevent,a,camera-tampering,3,5,covered\n' >truth.csv
says "truth with a kind of event that the behaviour has" "ok: truth.csv: truth: 1 event, 1 coverage span" truth.csv
cat >scene.yaml <<'S'
schema: vsaudit/scene/1
id: empty-street
camera: street
seed: 1
duration_s: 2
backdrop: {kind: street}
S
says "a scene script" "ok: scene.yaml: scene empty-street: 2 s, 20 pictures" scene.yaml
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
mkdir data && echo right >data/elsewhere.mp4 && echo wrong >clip.mp4
cat >pinned.yaml <<E
schema: vsaudit/dataset/1
id: pinned
clips: [{id: a, file: clip.mp4, duration_s: 60, sha256: $(sha256sum <data/elsewhere.mp4 | cut -d' ' -f1), coverage: {camera-tampering: all}}]
E
"$VSAUDIT" check pinned.yaml >out 2>err
ok "a clip with another hash is exit status 5" [ $? -eq 5 ]
ok "and said to be here" grep -q '1 clip here with another hash' out
ok "with the place and both hashes" grep -q 'pinned.yaml:3: clip “a”: “clip.mp4” is not the file that the manifest names: SHA-256 .*, expected ' err
VSAUDIT_DATA=$SCRATCH/data "$VSAUDIT" check pinned.yaml >out 2>err
ok "with the right file elsewhere all is in order" [ $? -eq 0 ]
ok "but the wrong one is not passed over in silence" grep -q 'pinned.yaml:3: clip “a”: warning: “clip.mp4” was passed over' err
printf 'clip,behaviour,onset_s\na,camera-tampering,3\n' >vendor.csv
cat >scenario.yaml <<'E'
schema: vsaudit/scenario/1
id: s
title: s
behaviour: camera-tampering
dataset: pinned.yaml
systems: [{id: v, kind: alerts, path: vendor.csv}]
E
VSAUDIT_DATA=$SCRATCH/data "$VSAUDIT" score scenario.yaml -o out1 >out 2>err
ok "a score says so too" grep -q '“clip.mp4” was passed over' err
ok "and its report" grep -q 'the file beside the manifest is another one' out1/report.en.html
echo "1..$n"
