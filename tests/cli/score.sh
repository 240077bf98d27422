#!/usr/bin/env bash
# vsaudit score: an alert log made from the truth is perfect, the same log 30 s late is worth nothing, silence misses all.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
tampering_dataset four 'Four clips' 'Quatre clips' '  - {id: c1, file: c1.mp4, camera: a, duration_s: 3600, coverage: {camera-tampering: all}}
  - {id: c2, file: c2.mp4, camera: a, duration_s: 1800, coverage: {camera-tampering: all}}
  - {id: c3, file: c3.mp4, camera: b, duration_s: 3600.5, coverage: {camera-tampering: [[0, 3000]]}}
  - {id: c4, file: c4.mp4, camera: c, duration_s: 600, coverage: {camera-tampering: all}}' >dataset.yaml
cat >truth.csv <<'E'
clip,behaviour,start_s,end_s,label
c1,camera-tampering,100,130,covered
c1,camera-tampering,900.5,960,moved
c2,camera-tampering,12.25,20,covered
c3,camera-tampering,2000,2010,defocused
c3,camera-tampering,2100,2130,covered
E
awk -F, 'NR == 1 {print "clip,behaviour,onset_s,end_s,label"; next} {print $1 "," $2 "," $3 "," $4 "," $5}' truth.csv >perfect.csv
awk -F, 'NR == 1 {print "clip,behaviour,onset_s"; next} {print $1 "," $2 "," $4 + 30}' truth.csv >late.csv
tampering_scenario dataset.yaml '
  - {id: reference, kind: reference}
  - {id: perfect, kind: alerts, path: perfect.csv}
  - {id: late, kind: alerts, path: late.csv}
  - {id: silent, kind: "null"}' 'claims:
  - {id: few, system: late, text: very few errors, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.1, alpha: 0.05}}
scope: these_clips' >scenario.yaml
"$VSAUDIT" score scenario.yaml -o out >table 2>err
status=$?
ok "a refuted claim is exit status 1" [ "$status" -eq 1 ]
ok "the reference is left out aloud" grep -q "“reference” is left out" err
figures() { # system -> camera_us hits misses false_strict
    awk -v wanted="\"$1\"" '
        $1 == "\"system\":" {name = $2; sub(/,$/, "", name)}
        name == wanted && /"(hits|misses|false_strict|camera_us)":/ && !($1 in seen) {
            seen[$1] = 1; value = $2; sub(/,$/, "", value); printf "%s%s ", $1, value}' out/results.json
}
ok "the log made from the truth is perfect" [ "$(figures perfect)" = '"camera_us":9000000000 "hits":5 "misses":0 "false_strict":0 ' ]
ok "thirty seconds late it finds nothing" [ "$(figures late)" = '"camera_us":9000000000 "hits":0 "misses":5 "false_strict":5 ' ]
ok "silence misses all and raises nothing" [ "$(figures silent)" = '"camera_us":9000000000 "hits":0 "misses":5 "false_strict":0 ' ]
ok "hours that were not annotated are told" grep -q '"not_annotated_us": 600500000' out/results.json
for file in report.fr.html report.en.html scenarios.csv alerts.csv junit.xml summary.fr.md run.json; do
    ok "$file is written" [ -s "out/$file" ]
done
cp out/results.json first.json
"$VSAUDIT" score scenario.yaml -o out --quiet >quiet 2>&1
ok "a second score gives the same bytes" cmp -s first.json out/results.json
ok "--quiet says nothing" [ ! -s quiet ]
rm -rf again && "$VSAUDIT" report out -o again --lang fr,en --format html,md >/dev/null
ok "report alone writes the same page" cmp -s out/report.fr.html again/report.fr.html
ok "report writes only what was asked for" [ "$(ls again | tr '\n' ' ')" = "report.en.html report.fr.html summary.en.md summary.fr.md " ]

sed 's/, duration_s: 3600,/,/' dataset.yaml >short.yaml
refuse "a clip without a length is named" 3 'clip “c1”: found no duration_s' "$VSAUDIT" score scenario.yaml --dataset short.yaml -o out2
sed 's/c2,camera-tampering,12.25/c9,camera-tampering,12.25/' perfect.csv >wrong.csv
sed 's/perfect.csv/wrong.csv/' scenario.yaml >wrong.yaml
refuse "an alert for an unknown clip is named with its row" 3 'wrong.csv:4' "$VSAUDIT" score wrong.yaml -o out3
sed 's/2100/99999/; s/2130/100000/' truth.csv >beyond.csv
sed 's/truth.csv/beyond.csv/' dataset.yaml >beyond.yaml
refuse "truth beyond the clip's end is refused" 3 'beyond.csv:6' "$VSAUDIT" score scenario.yaml --dataset beyond.yaml -o out4

# ---- alerts that are not scored do not vanish in silence
{ cat perfect.csv; echo c1,crowd-limit,5,,; echo c4,crowd-limit,5,,; echo c2,crowd-density,7,,; } >more.csv
sed 's/perfect.csv/more.csv/; s/^systems:/clips: {ids: [c1, c2, c4]}\nsystems:/' scenario.yaml >more.yaml
"$VSAUDIT" score more.yaml -o more >table 2>err
ok "alerts for other behaviours and other clips are told, one line a log" \
    grep -q -F 'more.csv: 5 of 8 alerts are for other behaviours (crowd-limit 2, crowd-density 1) or on clips that are not chosen (2) and are not scored here' err
ok "and counted in results.json" eval 'tr -d " \n" <more/results.json | grep -q -F "\"ignored_alerts\":{\"alerts\":8,\"other_behaviours\":{\"crowd-limit\":2,\"crowd-density\":1},\"other_clips\":2}"'
ok "and shown in the report" grep -q 'its log holds 8 alerts; not counted above are 3 for other behaviours (crowd-limit 2, crowd-density 1) and 2 on clips' more/report.en.html
ok "nothing is said of a log that is scored whole" eval '! grep -q "perfect.csv" err && [ "$(grep -c "not scored here" err)" = 2 ]'
refuse "an unknown language is a usage error" 2 'found “xx”' "$VSAUDIT" score scenario.yaml --lang xx
refuse "an unknown format is a usage error" 2 'found “docx”' "$VSAUDIT" report out --format docx
refuse "a folder without results is bad input" 3 'nowhere: no run there' "$VSAUDIT" report nowhere
mkdir -p foreign && sed 's/"schema": "vsaudit\/results\/1"/"schema": "else"/' out/results.json >foreign/results.json
refuse "results of another schema are refused" 3 'found “else”' "$VSAUDIT" report foreign

# ---- truth and alert logs alone
cat >alone.csv <<'E'
kind,clip,behaviour,start_s,end_s,label
coverage,Gare du Nord / 3,camera-tampering,0,3600,
coverage,cam 2,camera-tampering,0,1800,
coverage,cam 2,crowd-limit,600,1800,
event,Gare du Nord / 3,camera-tampering,100,130,covered
event,cam 2,camera-tampering,12.25,20,moved
event,cam 2,crowd-limit,700,800,
E
cat >"Vendor X.csv" <<'E'
clip,behaviour,onset_s,label
Gare du Nord / 3,camera-tampering,101,lens blocked
Gare du Nord / 3,crowd-limit,5,
cam 2,crowd-limit,1500,
E
echo "clip,behaviour,onset_s" >none.csv
"$VSAUDIT" score --truth alone.csv --alerts "Vendor X.csv" --alerts mute=none.csv -o alone >table 2>err
ok "truth and logs are scored without YAML" [ $? -eq 0 ]
ok "alerts on clips that nobody watched are told" grep -q 'Vendor X.csv: 1 alert is not counted' err
ok "the audit to build on is named" grep -q 'Audit to build on: alone/audit/audit.yaml' table
figure() { # system, number of the scenario, key
    awk -v wanted="\"$1\"" -v nth="$2" -v key="\"$3\":" '
        $1 == "\"behaviour\":" {scenario++}
        $1 == "\"system\":" {name = $2; sub(/,$/, "", name)}
        scenario == nth && name == wanted && $1 == key {value = $2; sub(/,$/, "", value); print value; exit}' alone/results.json
}
ok "hours are those of the coverage rows" [ "$(figure Vendor-X 1 camera_us) $(figure Vendor-X 2 camera_us)" = "5400000000 1200000000" ]
ok "hits, misses and false alerts are counted" [ "$(figure Vendor-X 1 hits) $(figure Vendor-X 1 misses) $(figure Vendor-X 2 false_strict)" = "1 1 1" ]
ok "a named log is a system of that name" [ "$(figure mute 1 misses)" = 2 ]
ok "the draft is in order" "$VSAUDIT" check --quiet alone/audit/audit.yaml
cp alone/results.json first.json
"$VSAUDIT" score alone/audit/audit.yaml -o from-draft --quiet
ok "the draft gives the same results" cmp -s first.json from-draft/results.json
"$VSAUDIT" score --truth alone.csv --alerts "Vendor X.csv" --alerts mute=none.csv -o alone --quiet 2>err
ok "a second time too" cmp -s first.json alone/results.json
grep -v coverage alone.csv >bare.csv
refuse "truth without coverage is told the row to add" 3 'coverage,Gare du Nord / 3,camera-tampering,0,3600' "$VSAUDIT" score --truth bare.csv --alerts none.csv -o bare
ok "and nothing is left behind" [ ! -e bare ]
sed 's/^coverage,cam 2,crowd.*/coverage,cam 2,crowd-limit,900,1800,/' alone.csv >outside.csv
refuse "faults name the user's own file, with line and column" 3 'outside.csv:7:25: start_s: found an event outside' "$VSAUDIT" score --truth outside.csv --alerts none.csv -o outside
printf 'clip,behaviour,onset_s\ncam 9,crowd-limit,5\n' >stranger.csv
refuse "an alert for a clip that the truth does not know" 3 'stranger.csv:2' "$VSAUDIT" score --truth alone.csv --alerts stranger.csv -o stranger
refuse "two logs of one name" 2 'the system “none” a second time' "$VSAUDIT" score --truth alone.csv --alerts none.csv --alerts none.csv -o twice
refuse "--truth alone" 2 'without --alerts' "$VSAUDIT" score --truth alone.csv
refuse "--alerts alone" 2 'without --truth' "$VSAUDIT" score --alerts none.csv
echo "# mine" >alone/audit/dataset.yaml
refuse "an audit that was changed is not overwritten" 3 'dataset.yaml: found a file that is no draft' "$VSAUDIT" score --truth alone.csv --alerts none.csv -o alone
# A page over 100,000 false alerts, most of them on one clip.
awk 'BEGIN {print "clip,behaviour,onset_s"; for (i = 0; i < 100000; i++) printf "c%d,camera-tampering,%.2f\n", i % 50 ? 1 : 2, (i * 7919 % 179000) / 100}' >flood.csv
sed -e '/kind: alerts/d' -e '/kind: reference/d' -e 's/^claims:/  - {id: many, kind: alerts, path: flood.csv}\nclaims:/' -e 's/system: late/system: many/' scenario.yaml >flood.yaml
"$VSAUDIT" score flood.yaml -o flood -q
ok "a page over 100,000 false alerts stays under 5 MB" [ "$(stat -c %s flood/report.fr.html)" -lt 5000000 ]
ok "and says where the rest is" grep -q 'not drawn here; .* in events.csv and alerts.csv' flood/report.en.html

# Many alerts: made clip by clip from the log, and again from results.json, the reports are the same bytes.
awk 'BEGIN {print "clip,behaviour,onset_s,confidence,x,y,w,h"; for (i = 0; i < 3000; i++) printf "c%d,camera-tampering,%.3f,%.7f,0.1234567,0.2,0.3,0.4\n", 1 + i % 4, (i * 7919 % 5990) / 10, (i % 97) / 97}' >many.csv
sed -e '/kind: alerts/d' -e '/kind: reference/d' -e 's/^claims:/  - {id: many, kind: alerts, path: many.csv}\nclaims:/' -e 's/system: late/system: many/' scenario.yaml >many.yaml
"$VSAUDIT" score many.yaml -o many -q
"$VSAUDIT" report many -o made-again -q
for file in alerts.csv events.csv scenarios.csv report.en.html report.fr.html summary.en.md; do
    ok "reports made from memory and from the file are the same: $file" cmp -s many/$file made-again/$file
done
ok "every alert is in results.json" [ "$(grep -c '"onset_us":' many/results.json)" -eq 3000 ]
ok "and in the table" [ "$(wc -l <many/alerts.csv)" -eq 3001 ]
printf 'clip,behaviour,onset_s\nc3,camera-tampering,3300\n' >outside-coverage.csv
sed -e 's/many.csv/outside-coverage.csv/' many.yaml >outside.yaml
"$VSAUDIT" score outside.yaml -o late-annotated -q
ok "an alert outside the annotated time says why it is not scored" grep -q 'unwatched,.*,not_annotated' late-annotated/alerts.csv
(ulimit -f 40 && "$VSAUDIT" score many.yaml -o limited -q >/dev/null 2>err.txt)
status=$?
[ "$status" -eq 4 ] && grep -q -F 'ulimit -f' err.txt && ! grep -q Success err.txt
result $? "a limit on the size of files is named"
[ "$status" -eq 4 ] || sed 's/^/# /' err.txt
echo "1..$n"
