#!/usr/bin/env bash
# Controls that look at no picture (kinds random and always), and what every report says of systems that are no better than chance.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
echo "1..24"
cat >dataset.yaml <<'E'
schema: vsaudit/dataset/1
id: four
title: {en: Four clips, fr: Quatre clips}
truth: [truth.csv]
clips:
  - {id: c1, file: c1.mp4, camera: a, duration_s: 3600, coverage: {camera-tampering: all}}
  - {id: c2, file: c2.mp4, camera: a, duration_s: 1800, coverage: {camera-tampering: all}}
  - {id: c3, file: c3.mp4, camera: b, duration_s: 3600.5, coverage: {camera-tampering: [[0, 3000]]}}
  - {id: c4, file: c4.mp4, camera: c, duration_s: 600, coverage: {camera-tampering: all}}
E
cat >truth.csv <<'E'
clip,behaviour,start_s,end_s
c1,camera-tampering,100,130
c1,camera-tampering,900.5,960
c2,camera-tampering,12.25,20
c3,camera-tampering,2000,2010
c3,camera-tampering,2100,2130
E
sed '1s/.*/clip,behaviour,onset_s,end_s/' truth.csv >perfect.csv
# One alert a minute, whatever happens: 150 in two hours and a half.
awk 'BEGIN {print "clip,behaviour,onset_s"; split("3600 1800 3000 600", s, " ")
    for (c = 1; c <= 4; c++) for (t = 30; t < s[c]; t += 60) print "c" c ",camera-tampering," t}' >minute.csv
printf 'clip,behaviour,onset_s\nc4,camera-tampering,300\n' >never-right.csv
scenario() { # systems
    tampering_scenario dataset.yaml $'\n'"$1" 'scope: these_clips
claims:
  - {id: few, text: few errors, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 1, alpha: 0.05}}'
}
scenario '  - {id: perfect, kind: alerts, path: perfect.csv}
  - {id: minute, kind: alerts, path: minute.csv}
  - {id: wrong, kind: alerts, path: never-right.csv}
  - {id: silent, kind: "null"}
  - {id: random, kind: random, rate: 60}
  - {id: other-seed, kind: random, rate: 60, seed: 2}
  - {id: like-minute, kind: random, rate: as minute, lasts_s: 0}
  - {id: always, kind: always}
  - {id: once, kind: always, every_s: 0}' >scenario.yaml
"$VSAUDIT" score scenario.yaml -o out >table 2>err
status=$?
ok "controls are scored beside the systems" [ "$status" -eq 1 ]
figure() { # system key -> the first such value of its evaluation
    awk -v wanted="\"$1\"" -v key="\"$2\":" '
        $1 == "\"system\":" {name = $2; sub(/,$/, "", name)}
        name == wanted && $1 == key && $2 != "{" {sub(/,$/, "", $2); print $2; exit}' out/results.json
}

# ---- chance
# The windows of the five events last 42, 71.5, 19.75, 22 and 42 s; at one alert a minute an event is found with 1 - exp(-s / 60).
hits=$(figure minute hits)
expected=$(awk -v k="$hits" 'BEGIN {n = split("42 71.5 19.75 22 42", s, " ")
    for (set = 0; set < 2 ^ n; set++) {p = 1; found = 0
        for (i = 1; i <= n; i++) {q = 1 - exp(-s[i] / 60); bit = int(set / 2 ^ (i - 1)) % 2; p *= bit ? q : 1 - q; found += bit}
        if (found >= k) tail += p}
    printf "%.5f", tail}')
ok "one alert a minute is 60 an hour" [ "$(figure minute alerts_per_camera_hour)" = 60.0 ]
ok "the probability by chance is that of the formula ($expected)" [ "$(printf %.5f "$(figure minute p)")" = "$expected" ]
ok "one alert a minute finds some, but is not better" [ "$hits" -gt 0 -a "$(figure minute better)" = false ]
ok "the log made from the truth is" [ "$(figure perfect better)" = true ]
ok "the report says so of the one" grep -q "Nothing here shows that it does better than chance: alerts at random moments" out/report.en.html
ok "in French too" grep -q "Rien ne montre ici qu’il fasse mieux que le hasard" out/report.fr.html
limits() { awk '/^ "limits"/,/^ \]/' out/results.json | grep '"en"'; }
limits >limits
ok "and among the limits, once" [ "$(grep -c "(minute, .*Nothing here shows that it does better than chance" limits)" = 1 ]
ok "of the other it says that it is better" grep -q "Better than chance on this footage" out/report.en.html
ok "and no limit" [ "$(grep -c "(perfect, .*chance" limits)" = 0 ]
ok "who found nothing is told in other words" grep -q "(wrong, .*It found none of 5 events" limits
ok "no control is held against chance" [ -z "$(figure random better)$(figure always better)$(figure silent better)" ]

# ---- random
moments() { grep '^tampering,random,.*,c[12],' "$1/alerts.csv" | cut -d, -f5-10; }
alerts() { grep -h "^tampering,$1," out/alerts.csv | cut -d, -f2- | cut -d, -f2-; }
alerts random >first
ok "about 60 an hour are drawn" [ "$(wc -l <first)" -ge 110 -a "$(wc -l <first)" -le 190 ]
ok "in watched time alone" [ "$(figure random alerts_unwatched)" = 0 ]
ok "another seed draws others" [ "$(alerts other-seed | cmp -s - first; echo $?)" = 1 ]
ok "as often as another system draws the same as its rate" [ "$(alerts like-minute | awk -F, '{print $4}')" = "$(awk -F, '{print $4}' first)" ]
ok "no claim is about a control" [ "$(grep -c '"id": "few"' out/results.json)" = 3 ]
ok "the report says what the grey rows are" grep -q "One that alerts at random moments shows what chance finds at its rate" out/report.en.html
ok "and names them" grep -q "Control: alerts at random (other-seed)" out/report.en.html

# ---- always
ok "who alerts every ten seconds finds all" [ "$(figure always hits) $(figure always misses)" = "5 0" ]
ok "at the price of all other alerts" [ "$(figure always false_strict)" = 895 ]
ok "or alerts once a clip" [ "$(figure once alerts) $(figure once hits)" = "4 0" ]

# ---- the same whatever stands beside it
scenario '  - {id: random, kind: random, rate: 60}' | sed '/^claims/,$d' >alone.yaml
sed -i '/  - {id: c[34],/d' dataset.yaml && sed -i '/^c3/d' truth.csv
"$VSAUDIT" score alone.yaml -o alone --quiet >err 2>&1
status=$?
ok "a control may stand alone" [ "$status" -eq 0 ]
ok "a clip's alerts depend on no other clip and no other system" cmp <(moments alone) <(moments out)
