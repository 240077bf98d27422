# What a vendor's system said about clips that could not be replayed, or not to their end, is listed and counted as not scored.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..9"
corpus=$tree/tests/fuzz/corpus/replay
clip a.y4m abcdefgz
echo "Dear Sir or Madam" >text.mp4
head -c 6500 "$corpus/a.avi" >cut.avi
dataset "$(entry a a.y4m && entry gone gone.mp4 && entry text text.mp4)
  - {id: cut, file: cut.avi, coverage: {camera-tampering: all}}"
printf 'clip,behaviour,onset_s\na,camera-tampering,16\ntext,camera-tampering,2\ntext,camera-tampering,3\ngone,camera-tampering,4\ncut,camera-tampering,1.2\n' >log.csv
tampering_scenario set.yaml '[{id: vendor, kind: alerts, path: log.csv}]' >s.yaml
run s.yaml -o out --no-pictures
expect 3 "2 of 4 replays done" "two clips cannot be replayed"
[ "$(wc -l <out/alerts.csv)" -eq 6 ] && [ "$(grep -c '"onset_us"' out/results.json)" -eq 5 ]
result $? "every alert of the log is listed"
[ "$(grep -c ',text,.*,not_scored,.*,clip_failed' out/alerts.csv)" -eq 2 ]
result $? "those on a clip that failed as not scored, with the reason"
grep -q ',gone,.*,not_scored,.*,clip_missing' out/alerts.csv && grep -q '"reason": "clip_missing"' out/results.json
result $? "that on a missing clip too"
grep -q '"failed_alerts": 3' out/results.json
result $? "they are counted in the worst case"
grep -q '3 alerts raised there are not scored' out/report.en.html && grep -q '3 alertes y figurent' out/report.fr.html
result $? "and its sentence says so"
grep -q ',cut,.*,unwatched,.*,not_decoded' out/alerts.csv
result $? "an alert in what is missing of a cut clip"
grep -A1 'name="job set/cut' out/junit.xml | grep -q 'skipped message="cut short: '
result $? "the cut clip is named in junit.xml"
grep -q '"en": "Cut short: cut (as-recorded)' out/results.json
result $? "and in the limits"
