# Clips that hold observations in place of video, and CAVIAR's tracks.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..9"
data=${VSAUDIT_DATA:-}
{
    echo '{"schema": "vsaudit/observations/1", "aspect": 1}'
    for t in $(seq 0 5 195); do
        echo "{\"t_us\": $((t * 100000)), \"tracks\": [{\"id\": 1, \"class\": \"person\", \"box\": [0.4, 0.2, 0.1, 0.4]}]}"
    done
} >hall.jsonl
cat >dataset.yaml <<'E2'
schema: vsaudit/dataset/1
id: tracks
clips:
  - id: hall
    file: hall.jsonl
    duration_s: 20
    coverage: {loitering: all}
    events: [{behaviour: loitering, start_s: 0, end_s: 20}]
E2
cat >s.yaml <<'E2'
schema: vsaudit/scenario/1
id: s
title: tracks
behaviour: loitering
dataset: dataset.yaml
systems: [{id: reference, kind: reference}]
E2
run s.yaml -o out -j1
expect 0 "1 of 1 replays done" "observations stand in for video"
grep -q "^s,reference,as-recorded,tracks,hall,hall,0,0.000000,15.000000,20.000000,loitering" out/alerts.csv
result $? "and the rule looks at them"
[ -z "$(ls out/evidence 2>/dev/null)" ] && grep -q "did not make" out/results.json
result $? "there are no pictures, and the record says whose observations they are"
run s.yaml -o out2 -j1
same_results out out2
result $? "a second run gives the same bytes"
echo 'conditions: [{id: dark, filter: "eq=brightness=-0.2"}]' >>s.yaml
run s.yaml -o out3 -j1
expect 3 "a filter needs pictures" "a condition is refused"
sed -i '/conditions/d' s.yaml
echo '{"t_us": 5, "hat": 1}' >>hall.jsonl
run s.yaml -o out4 -j1
expect 3 "hall.jsonl:42" "a damaged line is named"

rows=
IFS=: read -r -a folders <<<"$data"
for folder in ${folders[@]+"${folders[@]}"}; do
    [ -z "$rows" ] && [ -e "$folder/caviar_tracks/movementB.csv" ] && rows=$folder/caviar_tracks/movementB.csv
done
refuse "an unknown row is refused" 3 "bad.csv:1: found “hat|1”" bash -c 'echo "hat|1" >bad.csv; exec "$VSAUDIT" import caviar-tracks bad.csv -o caviar'
if [ -n "$rows" ]; then
    "$VSAUDIT" import caviar-tracks "$rows" -o caviar && "$VSAUDIT" check caviar/dataset.yaml >log 2>&1
    result $? "CAVIAR's rows become a dataset"
    grep -q "1 clip, 18 events" log
    result $? "with the runs and stays that people marked"
else
    skip "CAVIAR's rows become a dataset" "no folder of VSAUDIT_DATA has caviar_tracks/movementB.csv"
    skip "with the runs and stays that people marked" "the same"
fi
