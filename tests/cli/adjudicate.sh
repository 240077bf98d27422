#!/usr/bin/env bash
# Kinds of false alerts, and two people's blind judgement of them.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
cat >truth.csv <<'E'
kind,clip,behaviour,start_s,end_s
coverage,c1,camera-tampering,0,3600
coverage,c1,crowd-limit,0,3600
event,c1,camera-tampering,100,130
event,c1,crowd-limit,1000,1100
E
cat >secret-vendor.csv <<'E'
clip,behaviour,onset_s
c1,camera-tampering,101
c1,camera-tampering,110
c1,camera-tampering,145
c1,camera-tampering,1050
c1,camera-tampering,2000
c1,camera-tampering,3000
E
"$VSAUDIT" score --truth truth.csv --alerts secret-vendor.csv -o out --quiet
ok "a cross-trigger, a near miss, a duplicate and two without explanation" [ "$(grep -A5 -m1 '"false_alert_kinds"' out/results.json | tr -d ' \n')" = '"false_alert_kinds":{"duplicate":1,"cross_trigger":1,"near_miss":1,"unlabelled":2},' ]
ok "the false alerts are exported" eval '"$VSAUDIT" adjudicate export out -o list.csv --seed 7 >said'
ok "the seed is printed" grep -q 'list.csv: 4 false alerts to judge, seed 7' said
ok "what is left out is told, with the reason" grep -q -F 'list.left-out.csv: not to be judged: 1 repeated, 1 true, 0 not scored, 0 outside watched time' said
ok "alert by alert" eval '[ "$(grep -c . list.left-out.csv)" = 3 ] && grep -q "^camera-tampering,[^,]*,c1,[^,]*,110.000,repeated: a further alert" list.left-out.csv && grep -q ",101.000,true: matched" list.left-out.csv'
ok "and that list names no system either" eval '! grep -q -i secret list.left-out.csv'
ok "without the system's name" eval '! grep -q -i secret list.csv'
cp list.csv again.csv && "$VSAUDIT" adjudicate export out -o list.csv --seed 7 >said
ok "the same seed gives the same order" cmp -s list.csv again.csv
"$VSAUDIT" adjudicate export out -o other.csv --seed 8 >said
ok "another seed gives another order" eval '! cmp -s list.csv other.csv && cmp -s <(sort list.csv) <(sort other.csv)'
judge() { # class by time
    awk -F, -v OFS=, -v at145="$1" -v at1050="$2" -v at2000="$3" -v at3000="$4" '
        NR > 1 {$8 = $6 == "145.000" ? at145 : $6 == "1050.000" ? at1050 : $6 == "2000.000" ? at2000 : at3000} {print}' list.csv
}
judge true_event nuisance:crowd false false >ann.csv
judge true_event nuisance:people unsure "" >bob.csv
ok "two judgements are compared" eval '"$VSAUDIT" adjudicate import out ann.csv bob.csv >said'
ok "agreement and kappa are printed" grep -q '3 of 4 false alerts judged by both, 2 alike, kappa 0.571' said
ok "disagreements are listed" grep -q ': false / unsure' said
"$VSAUDIT" report out -o report --lang en --format html >table
ok "the report prints what was judged beside the raw counts" eval 'grep -q "κ = 0.57" report/report.en.html && grep -q "crowd / people" report/report.en.html'
cp out/results.json before.json
"$VSAUDIT" score --truth truth.csv --alerts secret-vendor.csv -o out --quiet
ok "a later scoring keeps it" [ "$(grep -A6 -m1 '"adjudication": {' out/results.json | tr -d ' \n')" = '"adjudication":{"false":0,"nuisance":1,"true_event":1,"unsure":0,"disagreed":1,"not_judged":1,' ]
ok "raw counts stay" [ "$(grep -m1 '"false_strict"' before.json)" = "$(grep -m1 '"false_strict"' out/results.json)" ]
sed 's/true_event/maybe/' ann.csv >wrong.csv
"$VSAUDIT" adjudicate import out wrong.csv bob.csv >said 2>err
status=$?
ok "a judgement that is none is refused with its place" eval '[ $status -eq 3 ] && grep -q "wrong.csv:[0-9]*:[0-9]*: class: found “maybe”, expected false, nuisance:CAUSE" err'
sed '2s/^[^,]*/0123456789abcdef/' ann.csv >foreign.csv
"$VSAUDIT" adjudicate import out foreign.csv bob.csv >said 2>err
ok "an alert of another run is refused" grep -q 'foreign.csv:2: alert: found “0123456789abcdef”, expected an alert that this run has' err
cat >formula-truth.csv <<'E'
kind,clip,behaviour,start_s,end_s
coverage,@x,camera-tampering,0,3600
coverage,"=HYPERLINK(""http://example.org"",""a"")",camera-tampering,0,3600
coverage,-1+1,camera-tampering,0,3600
E
cat >formula.csv <<'E'
clip,behaviour,onset_s,label,note
@x,camera-tampering,5,=1+1,-1+1
"=HYPERLINK(""http://example.org"",""a"")",camera-tampering,6,,
-1+1,camera-tampering,7,,
E
"$VSAUDIT" score --truth formula-truth.csv --alerts formula.csv -o formula --quiet >said 2>err
"$VSAUDIT" adjudicate export formula -o formulas.csv >said 2>err
harmless() { # file
    [ -s "$1" ] && ! grep -E -q '(^|,)"?[=+@-]' "$1" && grep -q -F "'@x," "$1" && grep -q -F "'-1+1," "$1" &&
        grep -q -F "\"'=HYPERLINK(\"\"http" "$1"
}
ok "no cell to judge begins a formula" harmless formulas.csv
ok "numbers stay numbers" grep -q ',5.000,' formulas.csv
ok "nor does one of the report" harmless formula/alerts.csv
sed '2,$s/,,$/,false,-1+1/' formulas.csv >judged.csv
ok "the list is read back" eval '"$VSAUDIT" adjudicate import formula judged.csv judged.csv >said 2>err && grep -q "3 of 3 false alerts judged by both, 3 alike" said'
echo "1..$n"
