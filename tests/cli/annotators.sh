#!/usr/bin/env bash
# Several people on the same clips: agreement, people as systems, the truth before and after adjudication.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
cat >dataset.yaml <<'E'
schema: vsaudit/dataset/1
id: people
truth: [truth-2.csv]
truth_version: 2, adjudicated
earlier_truth: [{id: "1", truth: [truth-1.csv]}]
annotators:
  - {id: A, truth: [a.csv]}
  - {id: B, truth: [b.csv]}
clips:
  - {id: c1, duration_s: 600, coverage: {camera-tampering: all}}
  - {id: c2, duration_s: 300, coverage: {camera-tampering: all}}
E
rows() { echo "kind,clip,behaviour,start_s,end_s"; printf '%s\n' "$@"; }
rows event,c1,camera-tampering,100,130 event,c2,camera-tampering,50,60 event,c1,camera-tampering,400,420 >truth-2.csv
rows event,c1,camera-tampering,100,130 >truth-1.csv
rows event,c1,camera-tampering,101,130 event,c2,camera-tampering,50,60 >a.csv
rows coverage,c1,camera-tampering,0,600 event,c1,camera-tampering,100,129 event,c1,camera-tampering,500,510 >b.csv
printf 'clip,behaviour,onset_s\nc1,camera-tampering,101\nc1,camera-tampering,401\n' >alerts.csv
cat >scenario.yaml <<'E'
schema: vsaudit/scenario/1
id: tampering
title: Tampering
behaviour: camera-tampering
dataset: dataset.yaml
systems:
  - {id: vendor, kind: alerts, path: alerts.csv}
  - {id: person-A, kind: annotator, annotator: A}
  - {id: person-B, kind: annotator, annotator: B}
E
ok "people are scored as systems" "$VSAUDIT" score scenario.yaml -o out --quiet
# results.json of the first scenario as lines “path value”, from the one member or element a line that the program writes.
paths() {
    awk '{
        match($0, /^ */); depth = RLENGTH; text = substr($0, depth + 1); sub(/,$/, "", text)
        if (text ~ /^[]}]/) next
        name = ""
        if (depth > 0 && kind[depth - 1] == "[") name = seen[depth]++
        else if (match(text, /^"[^"]*": /)) { name = substr(text, 2, RLENGTH - 4); text = substr(text, RLENGTH + 1) }
        path[depth] = (depth > 1 ? path[depth - 1] "." : "") name
        if (text == "{" || text == "[") { kind[depth] = text; seen[depth + 1] = 0; next }
        gsub(/^"|"$/, "", text)
        print path[depth], text
    }' out/results.json
}
value() { # path within the first scenario
    paths | sed -n "s/^scenarios\.0\.$1 //p"
}
counts() { echo "$(value "evaluations.$1.counts.hits") $(value "evaluations.$1.counts.misses") $(value "evaluations.$1.counts.false_strict")"; }
ok "person A: two found, one missed, none false" [ "$(counts 1)" = "2 1 0" ]
ok "person B: only the clip that B watched counts" [ "$(counts 2) $(value evaluations.2.exposure.camera_us)" = "1 1 1 600000000" ]
ok "people are compared with each other, then with the truth" [ "$(value agreement.0.first) $(value agreement.0.second) $(value agreement.1.first) $(value agreement.2.second)" = "A B null B" ]
ok "only what both watched" [ "$(value agreement.0.watched_us) $(value agreement.0.first_events) $(value agreement.0.second_events)" = "600000000 1 2" ]
ok "F1 by events" [ "$(value agreement.0.matched_first_as_truth) $(value agreement.0.f1_first_as_truth)" = "1 0.666666666667" ]
ok "windows of ten seconds" [ "$(value agreement.0.windows.both) $(value agreement.0.windows.only_first) $(value agreement.0.windows.only_second) $(value agreement.0.windows.neither)" = "3 0 1 56" ]
ok "the version of the truth is told" [ "$(value truth_version)" = "2, adjudicated" ]
ok "the vendor against the adjudicated truth" [ "$(counts 0)" = "2 1 0" ]
ok "and against the earlier one" [ "$(value evaluations.0.earlier_truth.0.version) $(value evaluations.0.earlier_truth.0.counts.hits) $(value evaluations.0.earlier_truth.0.counts.misses) $(value evaluations.0.earlier_truth.0.counts.false_strict)" = "1 1 0 1" ]
ok "the report has both tables" [ "$(grep -c -E 'How well people agree|Before and after adjudication' out/report.en.html)" -ge 2 ]
ok "in French too" grep -q 'L’accord entre annotateurs' out/report.fr.html
sed 's/annotator: B}/annotator: C}/' scenario.yaml >stranger.yaml
"$VSAUDIT" score stranger.yaml -o stranger >/dev/null 2>err
ok "an annotator that the dataset does not have is refused" grep -q 'stranger.yaml:9:.*annotator: found “C”, expected an annotator of the dataset' err
echo "1..$n"
