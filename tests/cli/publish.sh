#!/usr/bin/env bash
# What every command that scores does at its end: which reports, in which languages, where; and what it says when one cannot be written.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
cat >set.yaml <<'Y'
schema: vsaudit/dataset/1
id: set
clips:
  - {id: a, file: a.mp4, duration_s: 3600, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 16, end_s: 24}]}
Y
printf 'clip,behaviour,onset_s\na,camera-tampering,16\n' >log.csv
tampering_scenario set.yaml '[{id: v, kind: alerts, path: log.csv}]' >s.yaml
score() { # folder, arguments…
    local out=$1
    shift
    "$VSAUDIT" score s.yaml -o "$out" "$@" >log 2>err
}

score all
result $? "scored"
ok "all formats that need not be asked for, in both languages" [ "$(cd all && echo *.html *.md junit.xml *.csv)" = "report.en.html report.fr.html summary.en.md summary.fr.md junit.xml $(cd all && echo *.csv)" ]
ok "no paper, unless asked for" eval '! ls all/*.pdf 2>/dev/null'
ok "where they are is said" eval 'grep -q -x "Report (en): all/report.en.html" log && grep -q -x "Report (fr): all/report.fr.html" log'
ok "nothing is said of paper" eval '! grep -q "On paper" log'
score french --lang fr --format html,md
ok "one language, two formats" [ "$(cd french && echo *.html *.md *.xml)" = "report.fr.html summary.fr.md *.xml" ]
ok "the table speaks it" eval 'grep -q "par caméra-heure\|caméra" log && grep -q -x "Report (fr): french/report.fr.html" log && ! grep -q "Report (en)" log'
score quiet --quiet
ok "--quiet says nothing" eval '! [ -s log ] && [ -s quiet/report.en.html ]'
refuse "an unknown language" 2 'vsaudit score: --lang: found “de”, expected one of fr, en, or several: fr,en' "$VSAUDIT" score s.yaml -o x --lang en,de
refuse "an unknown format" 2 'vsaudit score: --format: found “doc”, expected some of html, csv, junit, md, pdf' "$VSAUDIT" score s.yaml -o x --format html,doc
refuse "no way to mask" 2 'vsaudit run: --blur: found “some”, expected persons, all or none' "$VSAUDIT" run s.yaml -o x --blur some
refuse "no such evidence" 2 'vsaudit run: --evidence: found “films”, expected stills or clips' "$VSAUDIT" run s.yaml -o x --evidence films

# A folder stands where the file was.
for out in no-results no-report both; do score $out --quiet; done
rm no-results/results.json no-report/report.en.html both/results.json both/report.en.html
mkdir -p no-results/results.json/held no-report/report.en.html/held both/results.json/held both/report.en.html/held
refuse "results that cannot be written are named" 4 'no-results/results.json' "$VSAUDIT" score s.yaml -o no-results --quiet
refuse "so is a report" 4 'no-report/report.en.html' "$VSAUDIT" score s.yaml -o no-report --quiet
refuse "and of both the results, on which the other rests" 4 'both/results.json' "$VSAUDIT" score s.yaml -o both --quiet
score no-part --quiet
mkdir no-part/results.json.part
refuse "results that cannot be begun are named, too" 4 'no-part/results.json: cannot be written: ' "$VSAUDIT" score s.yaml -o no-part --quiet
echo "1..$n"
