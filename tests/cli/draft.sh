#!/usr/bin/env bash
# From a folder of clips and a vendor's table to an audit that runs.
set -uo pipefail
scene=$(cd "$(dirname "$0")/../.." && pwd)/datasets/sample/crowd-square.yaml
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
echo 1..22

sed -e 's/^duration_s: .*/duration_s: 30/' -e 's/^rate: .*/rate: 5/' "$scene" >scene.yaml
"$VSAUDIT" synth scene.yaml -o drawn --quiet >log 2>&1 || sed 's/^/# /' log
mkdir -p my/clips/deeper
cp drawn/*.mp4 my/clips/deeper/Gare.mp4
cp drawn/*.mp4 my/clips/Gare.mp4
echo "no video" >my/clips/notes.txt
echo "no video" >my/clips/broken.avi
printf 'Caméra;Heure;Type;Score\nGare;00:00:12;Sabotage;0,9\n' >vendor.csv
printf 'clip,behaviour,onset_s\nGare,camera-tampering,3\n' >native.csv

"$VSAUDIT" draft my/clips -b camera-tampering -o my --alerts Vendeur=vendor.csv --alerts native.csv --watched >log 2>&1
result $? "the files are drafted"
ok "a file that is no video is named" grep -q 'my/clips/broken.avi: not a video' log
ok "only video files are taken" test "$(grep -c '  - id:' my/dataset.yaml)" -eq 3
ok "clips of one name get ids of their own" grep -q '"Gare-2"' my/dataset.yaml
ok "their files are named from the audit's folder" grep -q 'file: "clips/deeper/Gare.mp4"' my/dataset.yaml
ok "with length and hash" test "$(grep -c 'duration_s: 30.000' my/dataset.yaml)" -eq 2
ok "what was watched is entered when somebody says so" grep -q '^coverage,Gare,camera-tampering,0,30.000' my/truth.csv
ok "an alert log is entered as it is" grep -q '^  - {id: native, kind: alerts' my/scenario-camera-tampering.yaml
ok "another table is not, but gets a map" grep -q '^  # - {id: Vendeur' my/scenario-camera-tampering.yaml
ok "with its delimiter and columns" grep -q '^delimiter: semicolon' my/map-Vendeur.yaml
ok "what the public was told is a list of questions" grep -q '^#   poster: ""' my/audit.yaml
"$VSAUDIT" run my/audit.yaml -o report --no-pictures --quiet >log 2>&1
status=$?
ok "the draft runs as it is" test $status -eq 0

sed -i -e 's/^  camera: .*/  clip: "Caméra"/' -e 's/^time: .*/time: hh:mm:ss/' my/map-Vendeur.yaml
printf 'decimal: comma\nbehaviours: {Sabotage: camera-tampering}\n' >>my/map-Vendeur.yaml
"$VSAUDIT" import alert-log vendor.csv --map my/map-Vendeur.yaml --dataset my/dataset.yaml -o my/alerts-Vendeur.csv >log 2>&1
ok "the map, filled in, reads the table" grep -q '^Gare,camera-tampering,12.000,12.000,,,0.9,' my/alerts-Vendeur.csv

refuse "nothing is written over" 3 'expected none: a draft writes over nothing' \
    "$VSAUDIT" draft my/clips -b camera-tampering -o my
refuse "an unknown behaviour is refused" 2 'expected perhaps “camera-tampering”' \
    "$VSAUDIT" draft my/clips -b camera-tamperin -o other
"$VSAUDIT" draft my/clips/Gare.mp4 -b camera-tampering -o plain --quiet >log 2>&1
ok "unless somebody says so, nothing counts as watched" test "$(wc -l <plain/truth.csv)" -eq 1

{ printf '\xff\xfe'; iconv -f UTF-8 -t UTF-16LE vendor.csv; } >wide.csv
"$VSAUDIT" draft my/clips/Gare.mp4 -b camera-tampering -o wide --alerts Wide=wide.csv --quiet >log 2>&1
ok "a table in UTF-16 is known by its first bytes" grep -q '^encoding: UTF-16' wide/map-Wide.yaml
ok "and its columns are read" grep -q 'Caméra' wide/map-Wide.yaml

mkdir formula
cp my/clips/Gare.mp4 'formula/=1+1.mp4'
cp my/clips/Gare.mp4 "formula/'=1+1.mp4"
cp my/clips/Gare.mp4 'formula/-1,"a".mp4'
"$VSAUDIT" draft formula -b camera-tampering -o drafted --watched --quiet >log 2>&1
ok "a file’s name becomes no formula" [ "$(LC_ALL=C sort drafted/truth.csv | cut -d, -f2- | grep -v '^clip')" = \
    "\"'-1,\"\"a\"\"\",camera-tampering,0,30.000,,
''=1+1,camera-tampering,0,30.000,,
'=1+1,camera-tampering,0,30.000,," ]
ok "and is read back as it is" "$VSAUDIT" check drafted/audit.yaml
refuse "a table that is not there is named" 3 'none.csv: Failed to open' \
    "$VSAUDIT" draft my/clips/Gare.mp4 -b camera-tampering -o none --alerts none.csv
long=$(printf 'a%.0s' {1..70})
cp native.csv "$long.csv"
"$VSAUDIT" draft my/clips/Gare.mp4 -b camera-tampering -o long --alerts "$long.csv" --quiet >log 2>&1
ok "a long name gives an id of sixty letters" grep -q "^  - {id: ${long:0:60}, kind: alerts" long/scenario-camera-tampering.yaml
