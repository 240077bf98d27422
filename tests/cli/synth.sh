#!/usr/bin/env bash
# vsaudit synth: the same bytes for any number of workers, files that the loader takes, bad scripts refused with their place.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.."
says() { grep -q -F -- "$1" "$SCRATCH/out" || { sed 's/^/# /' "$SCRATCH/out"; return 1; }; }
scene() { # id, seed
    cat >"$SCRATCH/$1.yaml" <<YAML
schema: vsaudit/scene/1
id: $1
camera: c
seed: $2
duration_s: 2
size: [160, 90]
rate: 12.5
tags: [tampering]
attributes: {lighting: day}
backdrop: {kind: platform, gates: [-1, 0, 1], horizon: 0.1}
scene: {lines: {gate: [[0.9, 0.7], [0.1, 0.7]]}}
validation_log: true
flows:
  - {kind: pedestrians, per_minute: 60, validates: true, ways: [{path: [[0.5, 1.1], [0.5, 0.4]]}]}
tampering:
  - {kind: covered, start_s: 1, end_s: 1.8, ramp_s: 0.2}
YAML
}
echo 1..13
scene one 4
scene two 5
"$VSAUDIT" synth "$SCRATCH/one.yaml" "$SCRATCH/two.yaml" -o "$SCRATCH/a" -j1 >"$SCRATCH/out" 2>&1
ok "renders with one worker" test $? -eq 0
ok "says what it made" says "2 clips, 4.0 s of footage"
"$VSAUDIT" synth "$SCRATCH/one.yaml" "$SCRATCH/two.yaml" -o "$SCRATCH/b" -j2 --quiet >"$SCRATCH/out" 2>&1
ok "renders with two workers" test $? -eq 0
ok "is silent when asked" test ! -s "$SCRATCH/out"
ok "the folders hold the same bytes" diff -r "$SCRATCH/a" "$SCRATCH/b"
ok "another seed gives another clip" bash -c "! cmp -s '$SCRATCH/a/one.mp4' '$SCRATCH/a/two.mp4'"
ok "nothing half done is left" test -z "$(ls -A "$SCRATCH/a" | grep part)"
ok "the truth has the act" grep -q "^event,one,camera-tampering,1.000,1.800,covered,scored" "$SCRATCH/a/truth.csv"
"$VSAUDIT" check "$SCRATCH/a/dataset.yaml" >"$SCRATCH/out" 2>&1
ok "the manifest is accepted, hashes and truth included" test $? -eq 0
printf 'schema: vsaudit/scene/1\nid: bad\ncamera: c\nseed: 1\nduration_s: 2\nbackdrop: {kind: moon}\n' >"$SCRATCH/bad.yaml"
"$VSAUDIT" synth "$SCRATCH/bad.yaml" -o "$SCRATCH/c" >"$SCRATCH/out" 2>&1
ok "a bad script is bad input" test $? -eq 3
ok "and is told by place" says "bad.yaml:6:18: backdrop.kind: found “moon”, expected"
ok "and nothing is made of it" test ! -e "$SCRATCH/c"
"$VSAUDIT" synth >"$SCRATCH/out" 2>&1
ok "no script at all is wrong usage" test $? -eq 2
