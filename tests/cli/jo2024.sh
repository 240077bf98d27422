#!/usr/bin/env bash
# Events of decree 2023-828 on three drawn clips: each is found, nobody's model for weapons is needed, and the eighth is there.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/tap.bash
echo 1..9
"$VSAUDIT" check scenarios/jo2024/*.yaml >"$SCRATCH/out" 2>&1
# The clips are drawn below; only their absence may be told.
ok "the scenarios are well formed but for clips that are not drawn yet" bash -c "! grep -v 'dataset\|^ok:' '$SCRATCH/out'"
ok "each of the eight events has one" test "$(grep -h '^legal:' scenarios/jo2024/*.yaml | sort -u | grep -c ': [1-8]}')" -eq 8
"$VSAUDIT" synth datasets/sample-behaviours/{fire-bin,falls,yard}.yaml -o "$SCRATCH/drawn" -j 2 >"$SCRATCH/log" 2>&1
ok "three scenes are drawn" grep -q "3 clips" "$SCRATCH/log"
ok "the truth has the fire" grep -q "^event,fire-bin,fire-start,15.000,50.000,flame" "$SCRATCH/drawn/truth.csv"
"$VSAUDIT" run scenarios/jo2024/{weapon,intrusion,person-down,fire-start}.yaml --dataset "$SCRATCH/drawn/dataset.yaml" \
    -o "$SCRATCH/run" -j 2 >"$SCRATCH/log" 2>&1
status=$?
ok "the run ends well, weapons without a model included" test $status -eq 0
hits() { # behaviour: how many events the reference found
    awk -F, -v scenario="$1" '$1 ~ scenario && $2 == "reference" && /,hit,/ {n++} END {print n + 0}' "$SCRATCH/run/alerts.csv"
}
ok "both presences in the yard are found" test "$(hits intrusion)" -eq 2
ok "both falls are found" test "$(hits person-down)" -eq 2
ok "the fire is found" test "$(hits fire-start)" -eq 1
ok "nobody counts the weapon as found or missed" bash -c "! grep '^jo2024-2-weapon' '$SCRATCH/run/events.csv'"
