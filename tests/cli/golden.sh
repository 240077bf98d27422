#!/usr/bin/env bash
# Scores the alert logs of tests/golden anew: every value of results.json must be what it was. The reports made from it are held
# cell by cell in tests/unit/test_golden.c. After a wanted change: tests/golden-renew --results.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
golden=$(cd "$(dirname "$0")/../golden" && pwd)
cd "$SCRATCH" || exit 1
"$golden/make-results" "$VSAUDIT" "$SCRATCH" scored >log 2>&1 || sed 's/^/# /' log
ok "the logs are scored" [ -s scored/results.json ]
# one member or element a line; what is in common shows where
others=$(cd "$golden/../../reports/texts" && printf '%s|' *.json | sed 's/\.json//g; s/\ben|//; s/\bfr|//; s/|$//')
plain() { sed -E "/^ *\"(${others:-none})\": \"/d; s/,\$//" "$1"; } # in English and French, whatever other languages there are
diff -U4 <(plain "$golden/scored/results.json") <(plain scored/results.json) >difference
status=$?
[ $status -eq 0 ] || sed -n '3,80s/^/# /p' difference
result $status "every value of results.json is what it was"
echo "1..$n"
