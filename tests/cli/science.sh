#!/usr/bin/env bash
# What score says beyond the rates: network, kinds of errors, cameras, curve; and what it says when it cannot.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
tampering_dataset two 'Two clips' 'Deux clips' '  - {id: c1, file: c1.mp4, camera: a, duration_s: 36000, attributes: {lighting: day, age: adult}, coverage: {camera-tampering: all}}
  - {id: c2, file: c2.mp4, camera: b, duration_s: 36000, attributes: {lighting: night, age: child}, coverage: {camera-tampering: all}}' >dataset.yaml
printf 'clip,behaviour,start_s,end_s\nc1,camera-tampering,100,200\nc2,camera-tampering,900,960\n' >truth.csv
printf 'clip,behaviour,onset_s,end_s,confidence\nc1,camera-tampering,100,110,0.9\nc1,camera-tampering,150,160,0.5\nc2,camera-tampering,5000,5030,0.4\n' >sure.csv
cut -d, -f1-4 sure.csv >unsure.csv
tampering_scenario dataset.yaml '[{id: sure, kind: alerts, path: sure.csv}, {id: unsure, kind: alerts, path: unsure.csv}]' "strata: [lighting, age]
prevalence: {value: 0.01, unit: per_camera_hour, source: a guess}
network: {cameras: 225, hours_per_day: 24, operators: 3, source: the operator's letter}" >scenario.yaml
"$VSAUDIT" score scenario.yaml -o out --quiet || echo "# score failed"
value() { # key -> its first value
    sed -n "s/^ *\"$1\": \([^,{]*\),\{0,1\}$/\1/p" out/results.json | head -1
}
# 2 false (one a duplicate) in 20 h: 0.1 per camera-hour, 5400 camera-hours a day
within() { # key -> its value member
    awk -v key="\"$1\":" '$1 == key {found = 1} found && $1 == "\"value\":" {sub(/,$/, "", $2); print $2; exit}' out/results.json
}
ok "the load of the network is projected" [ "$(within false_alerts_per_day)" = "540.0" ]
ok "for an operator's hour" [ "$(within false_alerts_per_operator_hour)" = "7.5" ]
ok "for an operator's shift" [ "$(within false_alerts_per_operator_shift)" = "60.0" ]
ok "true alerts come from the prevalence" [ "$(value true_alerts_per_day)" = "27.0" ]
ok "an event in two alerts is fragmented" [ "$(value fragmented)/$(value fragments)" = "1/2" ]
ok "an alert for nothing is an insertion" [ "$(value insertions)/$(value deletions)" = "1/1" ]
ok "each of few cameras stands by itself" [ "$(grep -c '"camera": "b"' out/results.json)" -ge 4 ]
ok "alerts with confidence give a curve" [ "$(grep -c '"declared": {' out/results.json)" -eq 1 ]
ok "alerts without give the reason" [ "$(grep -c '"reason": "no_confidence"' out/results.json)" -eq 1 ]
for language in fr en; do
    ok "the page has a chart with words for it ($language)" grep -q '<svg[^>]*role="img"[^>]*aria-label="[^"]' out/report.$language.html
    ok "no text is missing ($language)" eval "! grep -q -E '>(curve|load|classes|clusters|column|figure|protocols|analysis)\.[a-z_]+' out/report.$language.html"
done
ok "strata are set against each other" [ "$(grep -c '"detectable_ratio"' out/results.json)" -eq 2 ]
ok "groups of people are not, unless asked for" [ "$(grep -c '"reason": "groups_off"' out/results.json)" -eq 2 ]
ok "and the page says why" grep -q 'people_groups: true' out/report.fr.html
echo 'people_groups: true' >>scenario.yaml
"$VSAUDIT" score scenario.yaml -o groups --quiet
ok "asked for, they are" [ "$(grep -c '"detectable_ratio"' groups/results.json)" -eq 4 ]
sed -i 's/cameras: 225/cameras: 0/' scenario.yaml
"$VSAUDIT" check scenario.yaml 2>err >&2
ok "a network without cameras is refused" grep -q "network.cameras: found “0”, expected" err
echo "1..$n"
