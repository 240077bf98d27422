#!/usr/bin/env bash
# The error of the crowd's count: true numbers from the scene script, readings from the reference, both in results.json.
set -uo pipefail
cd "$(dirname "$0")/../.."
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
n=0
check() { # description, then a command that must succeed
    n=$((n + 1))
    if "${@:2}"; then echo "ok $n - $1"; else echo "not ok $n - $1"; fi
}
errors() { tr -d ' \n' <"$1" | grep -o '"count_error":{[^}]*}'; }
echo 1..9
sed -e 's/^duration_s: .*/duration_s: 30/' -e 's/^rate: .*/rate: 5/' datasets/sample/crowd-square.yaml >"$SCRATCH/scene.yaml"
"$VSAUDIT" synth "$SCRATCH/scene.yaml" -o "$SCRATCH/drawn" --quiet >"$SCRATCH/out" 2>&1
check "the scene is drawn" test $? -eq 0
check "its truth begins with nobody in the zone" grep -q '^count,crowd-square,crowd-limit,0.000,.*,0$' "$SCRATCH/drawn/truth.csv"
"$VSAUDIT" check "$SCRATCH/drawn/dataset.yaml" "$SCRATCH/drawn/truth.csv" >"$SCRATCH/out" 2>&1
check "and is accepted" grep -Eq 'truth: .*, [0-9]+ counts' "$SCRATCH/out"
cat >"$SCRATCH/s.yaml" <<'Y'
schema: vsaudit/scenario/1
id: crowd
title: {en: Crowd, fr: Foule}
behaviour: crowd-limit
dataset: drawn/dataset.yaml
systems:
  - {id: reference, kind: reference, params: {zone: square, limit: 5}}
  - {id: silent, kind: "null"}
Y
"$VSAUDIT" run "$SCRATCH/s.yaml" -o "$SCRATCH/run" --no-pictures --quiet >"$SCRATCH/out" 2>&1
check "it is judged" test $? -eq 0
errors "$SCRATCH/run/results.json" >"$SCRATCH/errors"
check "a reading every second is compared" grep -Eq '"n":(29|30),.*"reason":null' "$SCRATCH/errors"
check "the reference is off by less than three persons" grep -Eq '"mae":[0-2]\.' "$SCRATCH/errors"
check "a system that does not count has a reason" grep -q '"n":0,"bias":null,"mae":null,"largest":null,"reason":"no_count"' "$SCRATCH/errors"
check "the page shows it" grep -q 'mean error' "$SCRATCH/run/report.en.html"
sed -i '/^count/d' "$SCRATCH/drawn/truth.csv"
"$VSAUDIT" run "$SCRATCH/s.yaml" -o "$SCRATCH/none" --no-pictures --quiet >"$SCRATCH/out" 2>&1
errors "$SCRATCH/none/results.json" >"$SCRATCH/errors"
check "without true numbers there is no error" test "$(grep -c '"reason":"no_count_truth"' "$SCRATCH/errors")" = 2
