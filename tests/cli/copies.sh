#!/usr/bin/env bash
# The same footage under several names: it is told before and after the run, and no claim is judged by it.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..10"
cd "$SCRATCH" || exit 1
unset VSAUDIT_DATA
pictures=60
clip a.y4m abcdefgz
clip other.y4m hgfedcba
cp a.y4m copy.y4m
printf 'clip,onset_s,behaviour\n' >vendor.csv
audit() { # file of the second clip
    cat >set.yaml <<YAML
schema: vsaudit/dataset/1
id: d
title: {en: D, fr: D}
clips:
  - {id: a, file: a.y4m, camera: one, coverage: {camera-tampering: all}}
  - {id: b, file: $1, camera: two, coverage: {camera-tampering: all}}
YAML
    cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: s
title: {en: S, fr: S}
behaviour: camera-tampering
dataset: set.yaml
systems: [{id: vendor, kind: alerts, path: vendor.csv}]
claims:
  - {id: few, text: few errors, source: x, date: 2024-01-15, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 100000, alpha: 0.05}}
  - {id: many, text: many errors, source: x, date: 2024-01-15, reading: {metric: false_alerts_per_camera_hour, op: ">=", value: 100000, alpha: 0.05}}
YAML
    rm -rf out
    "$VSAUDIT" run s.yaml -o out --no-pictures >log 2>err
}
verdicts() {
    grep -o '"verdict": *"[a-z_]*"' out/results.json | sed 's/.*: *//' | tr -d '"\n'
}
audit other.y4m
status=$?
ok "two clips of two films bear verdicts" sh -c "[ $status -eq 1 ] && [ \"$(verdicts)\" = supportedrefuted ]"
ok "and nothing is said of copies" sh -c '! grep -q "very pictures" log err out/summary.en.md'
audit a.y4m
status=$?
ok "one file under two names bears none" sh -c "[ $status -eq 0 ] && grep -q 'few errors.*not_established' out/claims.csv && grep -q 'many errors.*not_established' out/claims.csv"
ok "the sentence says why" grep -q 'not established, since 1 clip (.* s) holds the very pictures of another' out/summary.en.md
ok "the terminal says it" grep -q '1 clip holds the very pictures of another one' log
ok "and so does the report in French" sh -c 'grep -q "contient exactement les images d’une autre" out/report.fr.html'
ok "and its limits name both" sh -c 'tr "\n" " " <out/results.json | grep -q "Clips that hold the very pictures of another: b = a"'
"$VSAUDIT" check s.yaml >log 2>err
ok "check says it before" grep -q 'set.yaml:6: clip “b” is the file of clip “a”' err
audit copy.y4m
ok "a copy of the file is the same footage" grep -q 'holds the very pictures of another one' log
sed -i 's/copy.y4m/other.y4m/' set.yaml
"$VSAUDIT" check s.yaml >log 2>err
ok "check says nothing of two films" sh -c '! grep -q "is the file of" err'
