# The report of the sample document in a real browser: accessibility rules, no sideways scrolling, opened quickly.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1
echo "1..2"
mkdir -p "$SCRATCH/run"
cp tests/data/results-sample.json "$SCRATCH/run/results.json"
"$VSAUDIT" report "$SCRATCH/run" -q >"$SCRATCH/log" 2>&1
timeout 300 scripts/check-accessibility "$SCRATCH"/run/report.*.html >"$SCRATCH/axe" 2>&1
status=$?
sed 's/^/# /' "$SCRATCH/axe" | head -n 40
if [ $status -eq 77 ]; then
    skip "axe-core finds nothing in the reports, and they fit a phone" "$(tail -n 1 "$SCRATCH/axe")"
    skip "the check finds what is wrong" "no browser"
    exit 0
fi
result $status "axe-core finds nothing in the reports, and they fit a phone"
# The check itself is tried on a page with known faults.
echo '<!DOCTYPE html><html><head><title>x</title></head><body><img src="x.png"><div style="width:2000px">x</div></body></html>' >"$SCRATCH/bad.html"
timeout 300 scripts/check-accessibility "$SCRATCH/bad.html" >"$SCRATCH/bad" 2>&1
[ $? -eq 1 ] && grep -q 'image-alt' "$SCRATCH/bad" && grep -q 'html-has-lang' "$SCRATCH/bad" && grep -q 'the page is 2' "$SCRATCH/bad"
result $? "the check finds what is wrong"
