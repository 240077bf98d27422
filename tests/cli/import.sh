#!/usr/bin/env bash
# A vendor's own table of alerts, read with a map.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
echo 1..54

cat >clips.yaml <<'Y'
schema: vsaudit/dataset/1
id: town
clips:
  - {id: morning, camera: station, duration_s: 600, recorded_at: 2024-03-12 08:00:00}
  - {id: evening, camera: station, duration_s: 600, recorded_at: 2024-03-12 18:00:00}
  - {id: square, camera: square, duration_s: 900, recorded_at: 2024-03-12 08:00:00}
Y
{
    printf 'Numéro;Caméra;Date;Heure;Type;Score;Opérateur\r\n'
    printf '1;Gare Nord;12/03/2024;08:01:30,5;Sabotage caméra;87,5 %%;Dupont\r\n'
    printf '2;Gare Nord;12/03/2024;18:09:59;Attroupement;60;\r\n'
    printf '3;Place;12/03/2024;08:00:00;Démarrage;;\r\n'
    printf '4;Place;13/03/2024;08:00:00;Attroupement;44;\r\n'
} | iconv -t WINDOWS-1252 >vendor.csv
cat >map.yaml <<'Y'
schema: vsaudit/alert-map/1
delimiter: semicolon
decimal: comma
encoding: WINDOWS-1252
columns: {camera: Caméra, date: Date, time: Heure, behaviour: Type, confidence: Score}
time: "%d/%m/%Y %H:%M:%S"
confidence_max: 100
behaviours: {Sabotage caméra: camera-tampering, Attroupement: crowd-limit}
ignore: [Démarrage]
cameras: {Gare Nord: station, Place: square}
Y
take() { "$VSAUDIT" import alert-log vendor.csv --map "$1" --dataset "${2:-clips.yaml}" -o alerts.csv >log 2>&1; }
take_it() { "$VSAUDIT" import alert-log vendor.csv --map "$1" --dataset "${2:-clips.yaml}" -o alerts.csv; }
"$VSAUDIT" check map.yaml >log
result $? "the map is sound"
take map.yaml
result $? "a semicolon table in an old encoding, with a clock's times, is read"
ok "the clock's time becomes one from the clip's first frame" grep -q '^morning,camera-tampering,90.500,90.500,,,0.875,' alerts.csv
ok "the clip is the one that the camera recorded then" grep -q '^evening,crowd-limit,599.000,' alerts.csv
ok "nothing else is taken" test "$(wc -l <alerts.csv)" -eq 3
ok "what is ignored and what lies outside is counted" grep -q '4 rows: 2 alerts, 1 of a kind to ignore, 1 outside of every clip' log
ok "and named" grep -q 'vendor.csv:5: square, 2024-03-13 08:00:00 lies outside of every clip' log
"$VSAUDIT" check alerts.csv >log
result $? "the result is an alert log"

sed 's/^ignore.*//' map.yaml >unknown.yaml
refuse "a kind that the map does not name is refused" 3 'vendor.csv:4:29: Type: found “Démarrage”, expected a word that unknown.yaml names' \
    take_it unknown.yaml
sed 's#%d/%m/%Y#%Y-%m-%d#' map.yaml >pattern.yaml
refuse "a time that is written otherwise is refused" 3 'vendor.csv:2:24: Heure: found “08:01:30,5”, expected a time written as' take_it pattern.yaml
sed 's/Attroupement: crowd-limit/Attroupement: crowd-limits/' map.yaml >behaviour.yaml
refuse "a behaviour that there is not is refused" 3 'perhaps “crowd-limit”' take_it behaviour.yaml
sed 's/camera: Caméra/camera: Camera/' map.yaml >column.yaml
refuse "a column that the log does not have is refused" 3 'Camera: found no such column' take_it column.yaml
refuse "without a map it is a wrong usage" 2 'needs --map FILE' "$VSAUDIT" import alert-log vendor.csv -o alerts.csv

sed 's/2024-03-12 18:00:00/2024-03-12 08:01:00/' clips.yaml >twice.yaml
refuse "a time in two clips of a camera is refused" 3 'found a time in two clips, “morning” and “evening”' take_it map.yaml twice.yaml

# An alert on the border of two segments belongs to the one that begins, in whatever order they are named.
sed 's/2024-03-12 18:00:00/2024-03-12 08:10:00/' clips.yaml >next.yaml
awk 'NR == 4 {first = $0; next} {print} NR == 5 {print first}' next.yaml >reversed.yaml
printf 'Caméra;Date;Heure;Type;Score\nGare Nord;12/03/2024;08:10:00;Attroupement;60\n' | iconv -t WINDOWS-1252 >border.csv
border() { "$VSAUDIT" import alert-log border.csv --map map.yaml --dataset "$1" -o alerts.csv --quiet && grep -q '^evening,crowd-limit,0.000,' alerts.csv; }
ok "an alert on a border belongs to the segment that begins" border next.yaml
ok "in whatever order the segments are named" border reversed.yaml
sed 's/2024-03-12 18:00:00/2024-03-12 08:01:30/' clips.yaml >within.yaml
sed 's/08:10:00/08:01:30/' border.csv >started.csv
for_border() { "$VSAUDIT" import alert-log started.csv --map map.yaml --dataset within.yaml -o alerts.csv; }
refuse "a time at which a clip begins within another is in two clips" 3 'found a time in two clips' for_border

# The same log by a clock with a zone: in winter Paris is an hour before UTC.
sed 's/\(recorded_at: [^}]*\)/\1+01:00/' clips.yaml >zoned.yaml
refuse "a clip with an offset needs a clock with a zone" 3 'expected the log’s clock to have a zone too' take_it map.yaml zoned.yaml
{ cat map.yaml; echo 'zone: Europe/Paris'; } >paris.yaml
take paris.yaml zoned.yaml
ok "with both the times are the same" grep -q '^morning,camera-tampering,90.500,' alerts.csv

# ---- names that match nothing
for_names() { # map, log: into alerts.csv
    "$VSAUDIT" import alert-log "$2" --map "$1" --dataset clips.yaml -o alerts.csv
}
cat >names.yaml <<'Y'
schema: vsaudit/alert-map/1
columns: {camera: camera, time: at}
time: "%Y-%m-%d %H:%M:%S"
behaviour: camera-tampering
Y
printf 'schema: vsaudit/alert-map/1\nformat: ndjson\ncolumns: {camera: camera}\nbehaviour: camera-tampering\n' >timeless.yaml
refuse "a map without a time, which a log does not have by itself" 3 \
    'timeless.yaml: columns: found no time, expected its column or path: a log has no times of arrival' take_it timeless.yaml
names() { # rows…
    { echo camera,at; printf '%s\n' "$@"; } >names.csv
}
names 'STATION,2024-03-12 08:01:30' 'STATION,2024-03-12 08:02:30'
rm -f alerts.csv
refuse "a camera that differs in case is named with the nearest, once" 3 \
    'names.csv:2:1: camera: found “STATION”, expected a camera of clips.yaml, or a word that names.yaml names under cameras or ignore_cameras, perhaps “station”' \
    for_names names.yaml names.csv
ok "and nothing is written" [ ! -e alerts.csv ] && [ "$(grep -c STATION err.txt)" -eq 1 ]
names 'Parking 2,2024-03-12 08:01:30'
refuse "a camera that is near no other too" 3 'found “Parking 2”, expected a camera of clips.yaml, or a word' for_names names.yaml names.csv
names ',2024-03-12 08:01:30'
refuse "a row without a camera is not any camera's" 3 'names.csv:2:1: camera: found nothing, expected a camera’s name' for_names names.yaml names.csv
sed '$acameras: {Nord: stations}' names.yaml >target.yaml
refuse "a camera in the map that the dataset does not have" 3 'target.yaml:5:17: cameras.Nord: found “stations”, expected a camera of clips.yaml, perhaps “station”' \
    for_names target.yaml names.csv
sed 's/behaviour: .*/behaviours: {Sabotage: camera-tampering}/; s/camera: camera,/camera: camera, behaviour: kind,/' names.yaml >kinds.yaml
printf 'camera,at,kind\nstation,2024-03-12 08:01:30,SABOTAGE\n' >kinds.csv
refuse "a kind that differs in case" 3 'found “SABOTAGE”, expected a word that kinds.yaml names, under behaviours or under ignore, perhaps “Sabotage”' for_names kinds.yaml kinds.csv

# ---- the sum of the rows
names 'station,2024-03-12 08:01:30' 'station,2024-03-12 08:01:30' 'Parking 2,2024-03-12 08:01:30' 'square,2024-03-13 08:01:30' 'square,2024-03-12 08:01:30'
sed '$aignore_cameras: [Parking 2]' names.yaml >passed.yaml
for_names passed.yaml names.csv >log 2>err
ok "every row is accounted for" grep -q -F '5 rows: 2 alerts, 0 of a kind to ignore, 1 outside of every clip, 1 of a clip or a camera to ignore, 1 that repeats another' log
ok "what repeats another is one alert" [ "$(grep -c '^morning,' alerts.csv)" -eq 1 ]
ok "and is told" grep -q -F 'names.csv: 1 row repeats an earlier row in every cell (line 3)' err
printf 'camera,at,id\nstation,2024-03-12 08:01:30,17\nstation,2024-03-12 08:01:30,18\n' >ids.csv
for_names names.yaml ids.csv >log 2>err
ok "rows that differ in what the map passes over are told apart" grep -q -F '1 of the repeated rows is not the same in the log' err
sed 's/at}/at, note: id}/' names.yaml >ids.yaml
for_names ids.yaml ids.csv >log 2>err
ok "with their column named they are two" [ "$(grep -c '^morning,' alerts.csv)" -eq 2 ]

# ---- a clock of another day
names 'station,2024-03-13 08:01:30' 'station,2024-03-13 08:03:30' 'square,2024-03-13 08:05:30'
refuse "a log of which nothing lies in a clip says when both are" 3 \
    'names.csv: found 3 rows of interest and none that lies in a clip of clips.yaml, expected the log of these clips: the log’s times run from 2024-03-13 08:01:30 to 2024-03-13 08:05:30, the clips from 2024-03-12 08:00:00 to 2024-03-12 18:10:00. Other times would fit, though these rows do not suffice to show that the log is shifted: 0 of 3 alerts in clips by its times, 3 with 1 day taken from every time' \
    for_names names.yaml names.csv
names 'station,2024-12-03 08:01:30' 'square,2024-12-03 08:05:30'
refuse "day and month exchanged" 3 '2 with day and month exchanged' for_names names.yaml names.csv
names 'station,2024-03-12 09:01:30' 'station,2024-03-12 09:02:30' 'station,2024-03-12 09:03:30' 'square,2024-03-12 09:04:30' 'square,2024-03-12 09:13:30' \
    'square,2024-03-12 09:11:30' 'station,2024-03-12 19:04:30' 'station,2024-03-12 08:00:30'
for_names names.yaml names.csv >log 2>err
ok "most of a log an hour late: a warning with the counts both ways" \
    grep -q -F 'names.csv: warning: The log looks shifted: 1 of 8 alerts in clips by its times, 7 with 1 hour taken from every time; nothing was put right.' err
ok "nothing was put right" [ "$(wc -l <alerts.csv)" -eq 2 ]
printf 'camera,at\n' >names.csv
for_names names.yaml names.csv >log 2>err
ok "an empty log is told" grep -q 'names.csv: warning: no row became an alert' err
sed 's/%Y-%m-%d %H/%H/' names.yaml >no-date.yaml
refuse "a time without a date" 3 'no-date.yaml:3:7: time: found “%H:%M:%S”, expected a year in it too' for_names no-date.yaml names.csv
sed 's/%H:%M:%S/%I:%M:%S/' names.yaml >half.yaml
refuse "hours up to twelve without their half of the day" 3 'expected %p beside hours up to twelve' for_names half.yaml names.csv

{ cat names.yaml; echo 'zone: Europe/Paris'; } >gap.yaml
names 'station,2024-03-31 02:30:00'
refuse "a time that the zone does not have" 3 'names.csv:2:9: at: found “2024-03-31 02:30:00”, expected a time written as “%Y-%m-%d %H:%M:%S” (time: in gap.yaml), not in the hour that a change of clocks leaves out' \
    for_names gap.yaml names.csv
# On 27 October 2024 the clocks of Paris showed 02:30 at 00:30 and at 01:30 of UTC.
autumn() { # recorded_at
    sed -n '/^clips:/q;p' clips.yaml
    printf 'clips:\n  - {id: night, file: a.mp4, camera: station, duration_s: 3600, recorded_at: "%s"}\n' "$1"
}
autumn 2024-10-27T00:00:00Z >first-night.yaml
autumn 2024-10-27T01:00:00Z >second-night.yaml
autumn 2024-10-27T02:00:00 >local-night.yaml
names 'station,2024-10-27 02:30:00'
for_night() { "$VSAUDIT" import alert-log "${3:-names.csv}" --map "$1" --dataset "$2" -o alerts.csv >log 2>err; }
for_night gap.yaml first-night.yaml
ok "a time shown twice is the first, and told" \
    sh -c 'grep -q "^night,camera-tampering,1800.000," alerts.csv && grep -q "warning: 1 row lies in an hour that the change of clocks repeats" err'
for_night gap.yaml second-night.yaml
ok "or the one that lies in a clip" grep -q '^night,camera-tampering,1800.000,' alerts.csv
for_night gap.yaml local-night.yaml
ok "the clip's own time too is the first" grep -q '^night,camera-tampering,1800.000,' alerts.csv
# The row that ends it is held against the time that was taken.
sed 's/^columns: {/&state: state, /' gap.yaml >begun.yaml
printf 'camera,at,state\nstation,2024-10-27 02:30:00,new\nstation,2024-10-27 03:00:00,end\n' >begun.csv
for_night begun.yaml second-night.yaml begun.csv
ok "what began in that hour ends when it ended" grep -q '^night,camera-tampering,1800.000,1800.000,3600.000,' alerts.csv
sed 's/%S"/%S %z"/' names.yaml >offset.yaml
printf 'camera,at\nstation,2024-10-27 02:30:00 +0100\n' >offset.csv
for_night offset.yaml second-night.yaml offset.csv
ok "an offset in the log leaves no doubt" sh -c 'grep -q "^night,camera-tampering,1800.000," alerts.csv && ! grep -q warning err'
for_offset() { for_night offset.yaml local-night.yaml offset.csv || { cat err >&2; return 3; }; }
refuse "and needs one in the dataset" 3 'found no offset from UTC in recorded_at, expected one' for_offset
printf 'file|at|what\nA.MP4|00:01:02.25|tamper\nA.MP4|0:10:01|tamper\n' >vendor.csv
cat >relative.yaml <<'Y'
schema: vsaudit/alert-map/1
delimiter: bar
columns: {clip: file, time: at}
time: hh:mm:ss
shift_s: -2
behaviour: camera-tampering
clips: {A.MP4: morning}
Y
take relative.yaml
ok "times within the clip, a late clock put right" grep -q '^morning,camera-tampering,60.250,' alerts.csv
printf 'file|at|what\nA.MP4|0:30:02|tamper\n' >vendor.csv
refuse "a log of which no time lies in its clip" 3 'the log’s times run from 30:00.0 to 30:00.0 from a clip’s first frame, which is beyond the duration_s of the clips that it names' \
    take_it relative.yaml
printf 'file|at|what\nMorning.mp4|0:00:03|tamper\n' >vendor.csv
refuse "a clip’s name with its ending" 3 'found “Morning.mp4”, expected a clip of clips.yaml, or a word that relative.yaml names under clips or ignore_clips, perhaps “morning”' \
    take_it relative.yaml
sed '$aignore_clips: [Morning.mp4]' relative.yaml >passed.yaml
take passed.yaml
ok "unless the map says to ignore it" grep -q '1 row: 0 alerts, 0 of a kind to ignore, 0 outside of every clip, 1 of a clip or a camera to ignore' log

# Words of the table that a spreadsheet would run, and what looks like its cure.
cat >formula.yaml <<'Y'
schema: vsaudit/alert-map/1
delimiter: bar
columns: {clip: file, time: at, label: what, note: why}
time: hh:mm:ss
behaviour: camera-tampering
Y
printf 'schema: vsaudit/dataset/1\nid: town\nclips: [{id: morning, camera: station, duration_s: 600}]\n' >formula-clips.yaml
cat >vendor.csv <<'E'
file|at|what|why
morning|0:00:01|=1+1|-1
morning|0:00:02|'=1+1|'hall'
morning|0:00:03|@x|+1
E
take formula.yaml formula-clips.yaml
ok "no word becomes a formula, no apostrophe of the vendor’s is lost" [ "$(cut -d, -f1-8 alerts.csv)" = "clip,behaviour,onset_s,decided_s,end_s,label,confidence,note
morning,camera-tampering,1.000,1.000,,'=1+1,,'-1
morning,camera-tampering,2.000,2.000,,''=1+1,,'hall'
morning,camera-tampering,3.000,3.000,,'@x,,'+1" ]
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,morning,camera-tampering,0,600\n' >formula-truth.csv
"$VSAUDIT" score --truth formula-truth.csv --alerts alerts.csv -o formula --quiet >log 2>&1
label() { # text
    grep -q -F "\"label\": \"$1\"" formula/results.json
}
ok "scored, the words are the vendor’s again" eval 'label "=1+1" && label "'"'"'=1+1" && label "@x"'
ok "and harmless again in the report’s table" eval "grep -q -F \",''=1+1,\" formula/alerts.csv && grep -q -F \",'=1+1,\" formula/alerts.csv"

# ---- ends, by the clock and from the clip's start
printf 'schema: vsaudit/dataset/1\nid: town\nclips: [{id: morning, camera: station, duration_s: 600, recorded_at: 2024-03-12 08:00:00}]\n' >ends-clips.yaml
cat >ends.yaml <<'Y'
schema: vsaudit/alert-map/1
delimiter: bar
columns: {camera: camera, time: from, end: to}
time: "%Y-%m-%d %H:%M:%S"
behaviour: camera-tampering
Y
printf 'camera|from|to\nstation|2024-03-12 08:00:10|2024-03-12 08:00:14.5\nstation|2024-03-12 08:01:00|2024-03-12 08:01:00\n' >vendor.csv
take ends.yaml ends-clips.yaml
ok "an end by the clock is as far behind the onset" [ "$(cut -d, -f3,5 alerts.csv | tr '\n' ' ')" = "onset_s,end_s 10.000,14.500 60.000,60.000 " ]
sed 's/camera: camera, /clip: camera, /; s/^time: .*/time: seconds/' ends.yaml >relative-ends.yaml
printf 'camera|from|to\nmorning|10|14.5\n' >vendor.csv
take relative-ends.yaml ends-clips.yaml
ok "and one from the clip's start stands as it is" [ "$(cut -d, -f3,5 alerts.csv | tr '\n' ' ')" = "onset_s,end_s 10.000,14.500 " ]
