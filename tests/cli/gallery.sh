# More than 500 false alerts: a sample is shown, the rest is listed, and the page stays small and opens quickly.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$SCRATCH" || exit 1
unset VSAUDIT_DATA
echo "1..15"
for id in hall door; do
    cat >"$id.yaml" <<YAML
schema: vsaudit/scene/1
id: $id
camera: $id
seed: 7
duration_s: 60
size: [640, 360]
rate: 5
backdrop: {kind: platform, gates: [-1, 0, 1], horizon: 0.1}
scene: {lines: {gate: [[0.9, 0.7], [0.1, 0.7]]}, zones: {hall: [[0.1, 0.3], [0.9, 0.3], [0.9, 0.95], [0.1, 0.95]]}}
flows:
  - {kind: pedestrians, per_minute: 30, validates: true, ways: [{path: [[0.5, 1.1], [0.5, 0.4]]}]}
tampering:
  - {kind: covered, start_s: 50, end_s: 55, ramp_s: 0.2}
YAML
done
"$VSAUDIT" synth hall.yaml door.yaml -o drawn --quiet >log 2>&1 || sed 's/^/# /' log
# 256 alerts a clip before anything happens, 3 of them near the event's onset
for id in hall door; do
    for ((i = 0; i < 256; i++)); do
        printf '%s,camera-tampering,%d.%d,0.%d,covered,0.%d,0.4,0.1,0.2\n' $id $((i / 5)) $((i % 5 * 2)) $((i % 90 + 10)) $((i % 8 + 1))
    done
done | sed '1i clip,behaviour,onset_s,confidence,label,x,y,w,h' >vendor.csv
cat >s.yaml <<'YAML'
schema: vsaudit/scenario/1
id: tampering
title: {en: Camera tampering, fr: Sabotage de caméra}
behaviour: camera-tampering
dataset: drawn/dataset.yaml
systems:
  - {id: vendor, kind: alerts, path: vendor.csv}
YAML
start=$(date +%s)
"$VSAUDIT" run s.yaml -o run --quiet >log 2>&1
status=$?
[ $status -le 1 ] || sed 's/^/# /' log
result $((status > 1)) "the audit runs"
echo "# $(($(date +%s) - start)) s in all, $(find run/evidence -name '*.jpg' | wc -l) pictures"
false=$(tr -d ' \n' <run/results.json | grep -o '"false_strict":[0-9]*' | head -n 1 | cut -d : -f 2)
ok "more than 500 alerts are false ($false)" test "$false" -gt 500
ok "500 of them, no more, and both hits have their three pictures" test "$(find run/evidence -name '*.jpg' | wc -l)" -eq 1506
grep -q "Shown are 4[0-9] of $false false and repeated alerts, drawn at random with seed 1, by cause" run/report.en.html
result $? "the page says how many were drawn of how many, and by which seed"
grep -q "4[0-9] des $false alertes fausses ou répétées sont montrées, tirées au hasard avec la graine 1, par cause" run/report.fr.html
result $? "the French page too"
for language in en fr; do
    size=$(stat -c %s run/report.$language.html)
    ok "report.$language.html stays below 5 MB ($size bytes)" test "$size" -lt 5000000
done
embedded=$(grep -o 'src="data:image/jpeg' run/report.en.html | wc -l)
ok "the drawn strips are embedded ($embedded pictures)" test "$embedded" -ge 120
ok "the others are linked" test "$(grep -o 'href="evidence/[^"]*.jpg"' run/report.en.html | sort -u | wc -l)" -eq 502
undated() { # page: what it says but the minute in which the run ended, which it must say
    grep -q -E "$minute" "$1" && sed -E "s/$minute/(then)/g" "$1"
}
minute='[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}, [0-9]{2}:[0-9]{2} UTC'
"$VSAUDIT" run s.yaml -o again -j1 --quiet >log 2>&1
undated run/report.en.html >first.html
undated again/report.en.html >second.html
cmp -s run/results.json again/results.json && cmp -s first.html second.html && diff -rq run/evidence again/evidence >/dev/null && [ -s first.html ]
result $? "a second run with another number of workers gives the same bytes, pictures too"
head -n 3 vendor.csv >few.csv
sed 's/vendor.csv/few.csv/' s.yaml >few.yaml
"$VSAUDIT" run few.yaml -o film --evidence clips --quiet >log 2>&1
"$VSAUDIT" run few.yaml -o film2 --evidence clips --quiet -j1 >log 2>&1
# two false alerts and, on two clips, a missed event each
ok "short clips are written on demand" test "$(find film/evidence -name '*.mp4' -size +10k | wc -l)" -eq 4
diff -rq film/evidence film2/evidence >/dev/null
result $? "the same bytes every time"
ok "the page links to them" test "$(grep -o 'href="evidence/[^"]*.mp4"' film/report.fr.html | sort -u | wc -l)" -eq 4
refuse "another kind of evidence is refused" 2 "--evidence: found “films”, expected stills or clips" "$VSAUDIT" run few.yaml -o no --evidence films
if command -v node >/dev/null && command -v "${CHROMIUM:-chromium}" >/dev/null; then
    echo '<!DOCTYPE html><html lang="en"><title>A word</title><p>A word</p></html>' >word.html
    # how long each took is printed, and asserted nowhere: a loaded machine may take any time
    node "$top/scripts/page.mjs" load "$PWD/word.html" "$PWD/run/report.fr.html" >load 2>&1
    sed 's/^/# /' load
    ok "the page opens in a browser" grep -qE '^[0-9]+' <(sed -n 2p load)
else
    skip "the page opens in a browser" "node or chromium is not installed"
fi
