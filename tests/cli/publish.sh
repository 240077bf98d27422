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
refuse "results that cannot be begun are named, too" 4 'no-part/results.json: cannot be written: Is a directory' "$VSAUDIT" score s.yaml -o no-part --quiet
# Paper: programs of these names, which note how they are called.
mkdir old new chromium broken silent
cat >old/weasyprint <<'X'
#!/bin/sh
case "$1" in --help) echo usage; exit 0;; esac
for last; do :; done
echo "$SOURCE_DATE_EPOCH $*" >>"$CALLED"
echo "made by weasyprint" >"$last"
X
sed 's|echo usage|echo "usage: --pdf-variant pdf/ua-1"|' old/weasyprint >new/weasyprint
cat >chromium/chromium <<'X'
#!/bin/sh
echo "$*" >>"$CALLED"
for word; do case "$word" in --print-to-pdf=*) echo "made by chromium" >"${word#--print-to-pdf=}";; esac; done
X
printf '#!/bin/sh\necho first >&2\necho "no font" >&2\nexit 1\n' >broken/weasyprint
printf '#!/bin/sh\nexit 0\n' >silent/weasyprint
chmod +x old/weasyprint new/weasyprint chromium/chromium broken/weasyprint silent/weasyprint
print() { # folders of programs: prints the French report of “paper”; sets status
    export CALLED=$SCRATCH/called
    rm -f called paper/report.fr.pdf
    PATH="$1:/usr/bin:/bin" "$VSAUDIT" report paper --lang fr --format pdf >log 2>err
    status=$?
}
score paper --quiet
print "$SCRATCH/new:$SCRATCH/chromium"
ok "weasyprint prints, where there are both" grep -q -x 'made by weasyprint' paper/report.fr.pdf
ok "tagged, with an identifier that follows from the page, and without a clock" grep -q -E '^0 --quiet --encoding utf-8 --pdf-variant pdf/ua-1 --pdf-identifier [0-9a-f]{64} /[^ ]*/page.html /[^ ]*/page.pdf$' called
ok "where it is is said" grep -q -x 'On paper (fr): paper/report.fr.pdf' log
ok "nothing is left behind" [ ! -e "$(dirname "$(sed 's/.* //' called)")" ]
print "$SCRATCH/old"
ok "an older weasyprint is not asked for tags" grep -q -E '^0 --quiet --encoding utf-8 /[^ ]*/page.html /[^ ]*/page.pdf$' called
print "$SCRATCH/broken"
ok "a program that fails is an error" [ $status -eq 4 ]
ok "and is quoted by its last line" grep -q -F 'broken/weasyprint: the PDF could not be printed: no font' err
print "$SCRATCH/silent"
ok "one that prints nothing is no success" [ $status -eq 4 ]
ok "and does not say why" grep -q -F 'silent/weasyprint: the PDF could not be printed: it does not say why' err
if PATH=/usr/bin:/bin command -v weasyprint >/dev/null; then
    for what in 1 2; do skip "chromium prints, $what" "weasyprint is installed"; done
else
    print "$SCRATCH/chromium"
    ok "else chromium prints" grep -q -x 'made by chromium' paper/report.fr.pdf
    ok "tagged, with bookmarks, without a head and with a profile of its own" grep -q -E -e '^--headless --disable-gpu --no-first-run --no-pdf-header-footer --export-tagged-pdf --generate-pdf-document-outline --user-data-dir=/[^ ]*/profile --print-to-pdf=/[^ ]*/page.pdf (--no-sandbox )?file:///[^ ]*/page.html$' called
fi
echo "1..$n"
