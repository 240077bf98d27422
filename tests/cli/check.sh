#!/usr/bin/env bash
# vsaudit check: what it says of files that are in order (tests/cli/refused.sh has those that are not).
set -uo pipefail
n=0
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
echo "1..$n"
