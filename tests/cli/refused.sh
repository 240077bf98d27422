#!/usr/bin/env bash
# Every input in tests/data/refused is refused with status 3 and exactly the message beside it.
# To write the expectations anew after a deliberate change: UPDATE=1, then read the difference.
set -uo pipefail
cd "$(dirname "$0")/../data/refused"
unset VSAUDIT_DATA
export XDG_CACHE_HOME=$SCRATCH/cache
files=$(find . -maxdepth 1 -name '*.yaml' -o -maxdepth 1 -name '*.csv' -o -maxdepth 1 -name '*.json' | sed 's|^\./||' | LC_ALL=C sort)
echo "1..$(wc -w <<<"$files")"
n=0
for file in $files; do
    n=$((n + 1))
    "$VSAUDIT" check "$file" >"$SCRATCH/stdout" 2>"$SCRATCH/stderr"
    status=$?
    [ -z "${UPDATE:-}" ] || cp "$SCRATCH/stderr" "$file.expected"
    if [ "$status" = 3 ] && [ ! -s "$SCRATCH/stdout" ] && diff "$file.expected" "$SCRATCH/stderr" >"$SCRATCH/diff"; then
        echo "ok $n - $file"
    else
        echo "not ok $n - $file (status $status)"
        sed 's/^/# /' "$SCRATCH/diff"
    fi
done
