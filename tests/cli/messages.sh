#!/usr/bin/env bash
# Logs of JSON, of JSON by lines and of XML, read with a map: every row is accounted for.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
echo 1..28
cat >clips.yaml <<'Y'
schema: vsaudit/dataset/1
id: town
clips:
  - {id: morning, camera: yard, duration_s: 600, recorded_at: "2024-03-12T08:00:00+01:00"}
  - {id: other, camera: gate, duration_s: 600, recorded_at: "2024-03-12T08:00:00+01:00"}
Y
take() { # log, map: into alerts.csv; what is told into the files log and err, the status in $status
    "$VSAUDIT" import alert-log "$1" --map "$2" --dataset clips.yaml -o alerts.csv >log 2>err
    status=$?
}
told() { grep -q -F -- "$1" log; }
from() { "$VSAUDIT" import alert-log "$1" --map "$2" --dataset clips.yaml -o alerts.csv; }

# ---- one document
cat >json.yaml <<'Y'
schema: vsaudit/alert-map/1
format: json
rows: data.alarms[*]
columns: {camera: $.site.camera, time: at, behaviour: what.kind, confidence: what.score, label: "what.zones[*]", id: id, state: state}
time: unix
confidence_max: 100
behaviours: {zone: intrusion}
ignore: [alive]
only: {"what.zones[*]": a}
states: {raised: new, cleared: end}
Y
# 2024-03-12 08:00:10 in Paris is 1710226810
cat >alarms.json <<'J'
{"site": {"camera": "yard"}, "data": {"alarms": [
  {"id": 1, "at": 1710226810.25, "state": "raised", "what": {"kind": "zone", "score": 55, "zones": ["a", "b"]}},
  {"id": 1, "at": 1710226811, "state": "update", "what": {"kind": "zone", "score": 90, "zones": ["a"]}},
  {"id": 2, "at": 1710226812, "state": "raised", "what": {"kind": "zone", "zones": ["b"]}},
  {"id": 1, "at": 1710226815.5, "state": "cleared", "what": {"kind": "zone", "score": 10, "zones": ["a"]}},
  {"id": 1, "at": 1710226815.5, "state": "cleared", "what": {"kind": "zone", "zones": ["a"]}},
  {"id": 3, "at": 1710226816, "state": "cleared", "what": {"kind": "zone", "zones": ["a"]}},
  {"id": 4, "at": 1710226820, "state": "raised", "what": {"kind": "alive", "zones": ["a"]}},
  {"id": 5, "at": 1710220000, "state": "raised", "what": {"kind": "zone", "zones": ["a"]}},
  {"id": 5, "at": 1710220001, "state": "cleared", "what": {"kind": "zone", "zones": ["a"]}},
  {"id": 6, "at": 1710226830, "state": "raised", "what": {"kind": "zone", "zones": ["a"]}}
]}}
J
"$VSAUDIT" check json.yaml >log
result $? "a map of JSON is sound"
take alarms.json json.yaml
ok "it is read" [ "$status" -eq 0 ]
ok "beginning, going on and end are one alert, with the highest confidence" grep -q '^morning,intrusion,10.250,10.250,15.500,a,0.9,' alerts.csv
ok "one that does not end has no end" grep -q '^morning,intrusion,30.000,30.000,,a,,' alerts.csv
ok "nothing else is taken" [ "$(wc -l <alerts.csv)" -eq 3 ]
ok "every row is accounted for" told 'alerts.csv: 10 rows: 2 alerts, 2 of a kind to ignore, 2 outside of every clip, 3 that go on with another or end it, 1 that ends an alert that none began'
ok "what has not ended is told" told '1 alert that began and did not end in the log'
ok "what was said twice is told" grep -q '1 row says the state once more' err
ok "what lies elsewhere is told with its line" told 'alarms.json:9: '
"$VSAUDIT" check alerts.csv >/dev/null
result $? "what comes out is a log"
sed 's/"kind": "alive"/"kind": "alife"/' alarms.json >word.json
refuse "a word that the map does not name is told with its line and path" 3 'word.json:8: data.alarms[6]: what.kind: found “alife”, expected a word that json.yaml names' from word.json json.yaml
sed 's/1710226811,/"1710226811x",/' alarms.json >time.json
refuse "so is a time" 3 'time.json:3: data.alarms[1]: at: found “1710226811x”, expected a time written as “unix”' from time.json json.yaml
sed 's/1710226815.5/1710226805.5/' alarms.json >back.json
refuse "an end before its beginning is refused" 3 'back.json:5: data.alarms[3]: at: found “1710226805.5”, expected a time that is not before that of the row that began the alert' from back.json json.yaml
sed '5s/,$//' alarms.json >broken.json
refuse "broken JSON is told with its place" 3 'broken.json:6:3: found broken JSON' from broken.json json.yaml
echo '{"data": {"alarms": []}}' >none.json
take none.json json.yaml
ok "a document without a row is told" eval 'told "0 rows: 0 alerts" && told "1 document without a row"'

# ---- one document a line
sed 's/^format: json/format: ndjson/; s/^rows: .*//; s/\$\.site\.camera/camera/' json.yaml >lines.yaml
sed -n 's/^  {\(.*\)}\(,\|\)$/{"camera": "yard", \1}/p' alarms.json >alarms.ndjson
take alarms.ndjson lines.yaml
ok "the same by lines" eval '[ $status -eq 0 ] && grep -q "^morning,intrusion,10.250,10.250,15.500,a,0.9," alerts.csv && told "10 rows: 2 alerts, 2 of a kind to ignore, 2 outside of every clip, 3 that go on with another or end it, 1 that ends an alert that none began"'
refuse "lines are no single document, which is told" 3 '(one document a line: format: ndjson)' from alarms.ndjson json.yaml
{ head -3 alarms.ndjson; echo '{"id": 9,'; } >cut.ndjson
refuse "a line that was cut is told with its number" 3 'cut.ndjson:4:' from cut.ndjson lines.yaml
sed '2s/"id": 1/"id": [1, 2]/' alarms.ndjson >list.ndjson
refuse "a list where a word was meant is told" 3 'list.ndjson:2: id: found a list, expected text, a number, true or false' from list.ndjson lines.yaml

# ---- XML
cat >xml.yaml <<'Y'
schema: vsaudit/alert-map/1
format: xml
rows: //Alarm
columns: {camera: ../@camera, time: Time, behaviour: "@type", end: Until, note: "Zone"}
time: iso
behaviours: {zone: intrusion}
cameras: {Hof: yard}
Y
cat >alarms.xml <<'X'
<?xml version="1.0" encoding="ISO-8859-1"?>
<v:Log xmlns:v="urn:vendor"><v:Camera camera="Hof">
  <v:Alarm type="zone"><v:Time>2024-03-12T07:00:10.5Z</v:Time><v:Until>2024-03-12T08:00:12+01:00</v:Until><v:Zone>Stra&#xDF;e</v:Zone><v:Zone>b</v:Zone></v:Alarm>
  <v:Alarm type="zone"><v:Time>2024-03-12T08:00:20+01:00</v:Time></v:Alarm>
</v:Camera></v:Log>
X
take alarms.xml xml.yaml
ok "XML is read by XPath, whatever the prefixes" eval '[ $status -eq 0 ] && grep -q "^morning,intrusion,10.500,10.500,12.000,,,\"Straße, b\"" alerts.csv && grep -q "^morning,intrusion,20.000," alerts.csv'
sed 's/08:00:20+01:00/08:00:20/' alarms.xml >bare.xml
refuse "a time without an offset is told with its line and row" 3 'bare.xml:4: Alarm[2]: Time: found “2024-03-12T08:00:20”, expected a time written as “iso”' from bare.xml xml.yaml
{ cat xml.yaml; echo 'zone: Europe/Paris'; } >zoned.yaml
take bare.xml zoned.yaml
ok "unless the map has a zone" grep -q '^morning,intrusion,20.000,' alerts.csv
sed 's/<v:Log/<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "\&a;\&a;\&a;\&a;">]>&/' alarms.xml >bomb.xml
refuse "entities are refused" 3 'bomb.xml:2: found a document type (<!DOCTYPE>), expected none' from bomb.xml xml.yaml
head -c 300 alarms.xml >half.xml
refuse "broken XML is told with its line" 3 'half.xml:4:42: found broken XML' from half.xml xml.yaml
sed 's#^rows: .*#rows: count(//Alarm)#' xml.yaml >number.yaml
refuse "a path of the rows that finds no elements is told" 3 'the map’s path of the rows finds no elements' from alarms.xml number.yaml

# ---- tables have states too
cat >table.yaml <<'Y'
schema: vsaudit/alert-map/1
columns: {camera: cam, time: t, id: no, state: s}
time: "%Y-%m-%d %H:%M:%S"
zone: Europe/Paris
behaviour: intrusion
states: {"on": new, "off": end}
only: {site: north}
Y
printf 'no,cam,site,t,s\n1,yard,north,2024-03-12 08:00:10,on\n2,yard,south,2024-03-12 08:00:11,on\n1,gate,north,2024-03-12 08:00:12,on\n1,yard,north,2024-03-12 08:00:13,off\n' >table.csv
take table.csv table.yaml
ok "rows of a table are joined by id and camera" eval '[ $status -eq 0 ] && grep -q "^morning,intrusion,10.000,10.000,13.000," alerts.csv && grep -q "^other,intrusion,12.000,12.000,," alerts.csv && told "4 rows: 2 alerts, 1 of a kind to ignore, 0 outside of every clip, 1 that go"'
sed 's/^only: .*/only: {area: north}/' table.yaml >area.yaml
refuse "a column that only names must be there" 3 'area' from table.csv area.yaml
sed 's/time: t,/time: t, clock: u,/' table.yaml >key.yaml
refuse "an unknown key is refused by check" 3 'clock' "$VSAUDIT" check key.yaml
