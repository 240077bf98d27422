#!/usr/bin/env bash
# Who translated a vendor's table into an alert log: the record beside it, in the report and in the bundle; and logs that nobody uses.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
mkdir audit vendor
cd audit || exit 1
cat >dataset.yaml <<'Y'
schema: vsaudit/dataset/1
id: town
clips:
  - {id: hall, camera: hall, duration_s: 7200, recorded_at: 2024-03-12 08:00:00, coverage: {camera-tampering: all}}
Y
cat >export.csv <<'C'
Camera;Date;Hour;Kind
Hall 1;12/03/2024;08:01:30;Tampering
Hall 1;12/03/2024;08:01:30;Tampering
Hall 1;12/03/2024;08:40:00;Tampering
Hall 1;12/03/2024;09:00:00;Restart
Hall 1;13/03/2024;09:00:00;Tampering
C
cat >map-Vendor.yaml <<'Y'
schema: vsaudit/alert-map/1
delimiter: semicolon
columns: {camera: Camera, date: Date, time: Hour, behaviour: Kind}
time: "%d/%m/%Y %H:%M:%S"
behaviours: {Tampering: camera-tampering}
ignore: [Restart]
cameras: {Hall 1: hall}
Y
sed 's/^behaviours/# another\nbehaviours/' map-Vendor.yaml >map-Other.yaml
scenario() { # systems
    printf 'schema: vsaudit/scenario/1\nid: s\ntitle: S\nbehaviour: camera-tampering\ndataset: dataset.yaml\nsystems:\n%s\n' "$1"
}
import() { "$VSAUDIT" import alert-log export.csv --map map-Vendor.yaml --dataset dataset.yaml -o alerts-Vendor.csv --quiet 2>/dev/null; }
import
ok "the import leaves a record beside the log" [ -s alerts-Vendor.csv.origin.json ]
sum() { sha256sum "$1" | cut -d' ' -f1; }
ok "table, map and log stand there with their hashes" eval 'for file in export.csv map-Vendor.yaml alerts-Vendor.csv; do grep -q "$(sum $file)" alerts-Vendor.csv.origin.json || exit 1; done'
ok "and every row is accounted for" eval 'tr -d " \n" <alerts-Vendor.csv.origin.json | grep -q "\"rows\":5,\"alerts\":2,\"repeated\":1,\"ignored\":1,\"ignored_places\":0,\"elsewhere\":1,"'

scenario '  - {id: Vendor, kind: alerts, path: alerts-Vendor.csv}' >s.yaml
"$VSAUDIT" score s.yaml -o ../out >/dev/null 2>../err
ok "a log that was to be judged and is not is told" grep -q 'map-Other.yaml: warning: drafted for the alerts of “Other”, but no scenario has a system of that name' ../err
"$VSAUDIT" check s.yaml >../said 2>../err
ok "by check as well" grep -q 'map-Other.yaml: warning: drafted for the alerts of “Other”' ../err
ok "of the one that is used nothing is told" eval '! grep -q "map-Vendor.yaml: warning" ../err'
ok "and by the report" eval 'grep -q "A log of the alerts of “Other” was to be judged (map-Other.yaml), and no scenario uses it" ../out/report.en.html && grep -q "aucun scénario ne l’utilise" ../out/report.fr.html'
ok "the report tells who translated the log" eval 'grep -q "Who translated the alert logs" ../out/report.en.html && grep -q "5 rows: 2 alerts; the same once more: 1; of a kind to ignore: 1;" ../out/report.en.html && grep -q "$(sum export.csv)" ../out/report.en.html && grep -q "unchanged since it was translated" ../out/report.en.html'
ok "in French" eval 'grep -q "Qui a traduit les journaux d’alertes" ../out/report.fr.html && grep -q "5 lignes" ../out/report.fr.html'
"$VSAUDIT" report ../out --bundle ../bag --quiet
kept() { find ../bag/data/inputs -name "$1" | grep -q .; }
ok "the bundle holds the vendor's own table, the map and the record" eval 'kept export.csv && kept map-Vendor.yaml && kept alerts-Vendor.csv.origin.json && kept map-Other.yaml'
"$VSAUDIT" verify ../bag >../said 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' ../said
ok "and is verified from them" [ $status -eq 0 ]

echo 'hall,camera-tampering,6000,6000,,,,,,,' >more
head -2 alerts-Vendor.csv | tail -1 | sed 's/^hall,camera-tampering,[^,]*,[^,]*,/hall,camera-tampering,6000,6000,/' >>alerts-Vendor.csv
"$VSAUDIT" score s.yaml -o ../changed --quiet 2>/dev/null
ok "a log that was changed since is named" eval 'grep -q "the alert log was changed since it was translated from the table export.csv" ../changed/report.en.html && grep -q "\"unchanged\": false" ../changed/results.json'
import
echo 'Hall 1;12/03/2024;08:50:00;Tampering' >>export.csv
"$VSAUDIT" score s.yaml -o ../gone --quiet 2>/dev/null
ok "a table that is another now is not passed off as the one that was read" eval 'grep -q "not at hand, or changed" ../gone/report.en.html && ! grep -q "\"kind\": \"table\"" ../gone/results.json'
scenario '  - {id: Vendor, kind: "null"}' >s.yaml
"$VSAUDIT" check s.yaml >../said 2>../err
ok "a system of that name is not missed" eval '! grep -q "map-Vendor.yaml: warning" ../err'
scenario '  - {id: silence, kind: "null"}' >s.yaml
"$VSAUDIT" check s.yaml >../said 2>../err
ok "one without a system is" grep -q 'map-Vendor.yaml: warning: drafted for the alerts of “Vendor”' ../err
echo "1..$n"
