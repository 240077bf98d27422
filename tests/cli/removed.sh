#!/usr/bin/env bash
# A thing that has gone stays gone, also once the background has learnt the bare place: the drawn theft is found.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/tap.bash
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
echo 1..3
"$VSAUDIT" synth datasets/sample-behaviours/taken.yaml -o "$SCRATCH/drawn" --quiet >"$SCRATCH/log" 2>&1
result $? "the scene is drawn"
cat >"$SCRATCH/s.yaml" <<'Y'
schema: vsaudit/scenario/1
id: removed
title: {en: Removed, fr: Retiré}
behaviour: removed-object
dataset: drawn/dataset.yaml
systems: [{id: reference, kind: reference}]
Y
"$VSAUDIT" run "$SCRATCH/s.yaml" -o "$SCRATCH/run" --no-pictures --quiet >"$SCRATCH/log" 2>&1
result $? "it is judged"
ok "the removal is found" grep -q '^removed,reference,.*,hit,' "$SCRATCH/run/events.csv"
