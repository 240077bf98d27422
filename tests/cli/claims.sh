#!/usr/bin/env bash
# Claims beyond a single limit: time saved, and Holm's correction over confirmatory claims.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
cat >dataset.yaml <<'E'
schema: vsaudit/dataset/1
id: d
clips: [{id: c, duration_s: 108000, coverage: {camera-tampering: all}}]
E
echo "clip,behaviour,onset_s" >none.csv
cat >scenario.yaml <<'E'
schema: vsaudit/scenario/1
id: s
title: S
behaviour: camera-tampering
dataset: dataset.yaml
systems: [{id: v, kind: alerts, path: none.csv}]
claims:
  - {id: a, text: a, confirmatory: true, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.1}}
  - {id: b, text: b, confirmatory: true, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.5}}
  - {id: t, text: divided by 30, reading: {metric: analysis_time_divided_by, op: ">=", value: 30, p_miss_limit: 0.1}}
E
"$VSAUDIT" score scenario.yaml -o out --quiet
ok "p = 0.0498 is enough alone, and among two confirmatory claims still, being the larger" eval 'grep -q "p_support_adjusted\": 0.0497" out/results.json'
sed 's/value: 0.5}/value: 0.11}/' scenario.yaml >two.yaml
"$VSAUDIT" score two.yaml -o two --quiet
ok "a verdict is lost when the smaller p fails Holm's first step" grep -q '"supported": 0,' two/results.json
ok "the verdict without correction is kept" grep -q '"verdict_unadjusted": "supported"' two/results.json
ok "time saved is not testable by replay; the bound is printed" grep -q 'Not testable by replay.*leaves a person 120 s per hour of video' out/results.json
"$VSAUDIT" report out >/dev/null
ok "its limit is a factor, not a share" grep -q 'analysis time is divided ≥ 30, with a share of events missed ≤ 10%' out/report.en.html
sed 's/, p_miss_limit: 0.1//' scenario.yaml >bare.yaml
"$VSAUDIT" score bare.yaml -o bare 2>err
ok "without a limit on misses it is refused" grep -q 'found no “p_miss_limit”' err
echo "1..$n"
