# The report of the sample document, judged by tools that are not ours.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1

echo "1..7"
mkdir -p "$SCRATCH/run"
cp tests/data/results-sample.json "$SCRATCH/run/results.json"
# From a folder that has nothing of the source tree.
(cd "$SCRATCH" && "$VSAUDIT" report run -o out) >"$SCRATCH/log" 2>&1
status=$?
# The sample refutes a claim, and the status says so.
[ $status -eq 1 ] || sed 's/^/# /' "$SCRATCH/log"
[ $status -eq 1 ] && [ -s "$SCRATCH/out/report.fr.html" ] && [ -s "$SCRATCH/out/junit.xml" ]
result $? "vsaudit report writes every format from any folder, and exits 1 for a refuted claim"
out=$SCRATCH/out
for language in fr en; do
    if command -v tidy >/dev/null; then
        tidy -errors -quiet "$out/report.$language.html" >"$SCRATCH/tidy" 2>&1
        status=$?
        sed 's/^/# /' "$SCRATCH/tidy" | head -n 20
        result $status "tidy finds nothing in report.$language.html"
    else
        skip "tidy finds nothing in report.$language.html" "tidy is not installed"
    fi
done
if command -v xmllint >/dev/null; then
    xmllint --noout --nonet --schema tests/data/junit.xsd "$out/junit.xml" >"$SCRATCH/xsd" 2>&1
    status=$?
    sed 's/^/# /' "$SCRATCH/xsd"
    result $status "junit.xml keeps to the schema in tests/data"
    sed 's/ tests="[0-9]*"//' "$out/junit.xml" >"$SCRATCH/uncounted.xml"
    ! xmllint --noout --nonet --schema tests/data/junit.xsd "$SCRATCH/uncounted.xml" 2>/dev/null
    result $? "the schema refuses a suite without its count"
else
    skip "junit.xml keeps to the schema in tests/data" "xmllint is not installed"
    skip "the schema refuses a suite without its count" "xmllint is not installed"
fi
if command -v python3 >/dev/null; then
    python3 - "$out" <<'PY'
import csv, glob, os, sys
for name in glob.glob(sys.argv[1] + "/*.csv"):
    rows = list(csv.reader(open(name, newline="", encoding="utf-8")))
    # the sample has no sweep, no curve, no second wording or protocol: these tables are a head alone
    full = os.path.basename(name) in ("scenarios.csv", "claims.csv", "clips.csv", "alerts.csv", "events.csv")
    assert len(rows) > full and all(len(row) == len(rows[0]) for row in rows), name
assert len(glob.glob(sys.argv[1] + "/*.csv")) == 12
PY
    result $? "Python reads the CSV tables, every row as long as its head"
else
    skip "Python reads the CSV tables, every row as long as its head" "python3 is not installed"
fi
! grep -l -E 'https?://[^"]*\.(js|css|png|jpg|woff)|<script|<link|@import' "$out"/report.*.html
result $? "the report loads nothing from anywhere"
