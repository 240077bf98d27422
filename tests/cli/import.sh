#!/usr/bin/env bash
# A vendor's own table of alerts, read with a map.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
echo 1..17

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
sed 's#%d/%m/%Y#%m/%Y#' map.yaml >pattern.yaml
refuse "a time that is written otherwise is refused" 3 'vendor.csv:2:24: Heure: found “08:01:30,5”, expected a time written as' take_it pattern.yaml
sed 's/Attroupement: crowd-limit/Attroupement: crowd-limits/' map.yaml >behaviour.yaml
refuse "a behaviour that there is not is refused" 3 'perhaps “crowd-limit”' take_it behaviour.yaml
sed 's/camera: Caméra/camera: Camera/' map.yaml >column.yaml
refuse "a column that the log does not have is refused" 3 'Camera: found no such column' take_it column.yaml
refuse "without a map it is a wrong usage" 2 'needs --map FILE' "$VSAUDIT" import alert-log vendor.csv -o alerts.csv

sed 's/2024-03-12 18:00:00/2024-03-12 08:01:00/' clips.yaml >twice.yaml
refuse "a time in two clips of a camera is refused" 3 'found a time in two clips, “morning” and “evening”' take_it map.yaml twice.yaml

# The same log by a clock with a zone: in winter Paris is an hour before UTC.
sed 's/\(recorded_at: [^}]*\)/\1+01:00/' clips.yaml >zoned.yaml
refuse "a clip with an offset needs a clock with a zone" 3 'expected the log’s clock to have a zone too' take_it map.yaml zoned.yaml
{ cat map.yaml; echo 'zone: Europe/Paris'; } >paris.yaml
take paris.yaml zoned.yaml
ok "with both the times are the same" grep -q '^morning,camera-tampering,90.500,' alerts.csv

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
