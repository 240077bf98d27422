#!/usr/bin/env bash
# The same footage under several names: it is told before and after the run, and no claim is judged by it.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..16"
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
    tampering_scenario set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' >s.yaml
    cat >>s.yaml <<YAML
scope: these_clips
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

# What the dataset says, without any film: one file by its name, one camera at one time.
stated() { # what the second clip says
    cat >set.yaml <<YAML
schema: vsaudit/dataset/1
id: d
title: {en: D, fr: D}
clips:
  - {id: a, file: gone.mp4, camera: one, duration_s: 36000, recorded_at: "2024-03-05T08:00:00Z", coverage: {camera-tampering: all}}
  - {id: b, duration_s: 36000, coverage: {camera-tampering: all}, $1}
YAML
    sed -i 's/value: 100000/value: 0.5/' s.yaml
    rm -rf out
    "$VSAUDIT" check s.yaml >log 2>err
    "$VSAUDIT" score s.yaml -o out --format md,csv >>log 2>>err
}
stated 'camera: two, file: gone.mp4'
ok "one file by its name is one footage" sh -c 'grep -q "is the file of clip “a”" err && grep -q "few errors.*not_established" out/claims.csv'
stated 'camera: one, file: other.mp4, recorded_at: "2024-03-05T08:30:00Z"'
ok "and so is one camera at one time" sh -c 'grep -q "was filmed by camera “one” while clip “a” was" err && grep -q "few errors.*not_established" out/claims.csv'
stated 'camera: one, file: other.mp4, recorded_at: "2024-03-05T18:00:00Z"'
ok "the next recording of a camera is further footage" sh -c '! grep -q "clip “a”" err && grep -q "few errors.*supported" out/claims.csv'
stated 'camera: two, file: other.mp4, recorded_at: "2024-03-05T08:00:00Z"'
ok "and so is another camera's" grep -q 'few errors.*supported' out/claims.csv

# A log whose alerts all name another condition does not show that the system saw this one.
printf 'conditions: [as-recorded, {id: rain, filter: "noise=alls=9"}]\n' >>s.yaml
sed -i 's/id: few,/id: few, condition: rain,/; s/id: many,/id: many, condition: rain,/' s.yaml
printf 'clip,onset_s,behaviour\na,5,camera-tampering\na,50,camera-tampering\n' >vendor.csv
rm -rf out
"$VSAUDIT" score s.yaml -o out --format md,csv >log 2>&1
ok "silence under a condition that no alert names bears no verdict" sh -c 'grep -q "few errors.*not_established" out/claims.csv && grep -q "many errors.*not_established" out/claims.csv'
ok "and the sentence says why" grep -q 'no alert of the log names this condition' out/summary.en.md
