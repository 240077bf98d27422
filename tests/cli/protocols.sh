#!/usr/bin/env bash
# --protocols: the field's protocols beside the scenario's, in score and in report; nothing made up, nothing rewritten.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
tampering_dataset one 'One clip' 'Un clip' '  - {id: c1, file: c1.mp4, camera: a, duration_s: 3600, coverage: {camera-tampering: all}}' >dataset.yaml
printf 'clip,behaviour,start_s,end_s\nc1,camera-tampering,100,130\nc1,camera-tampering,900,960\n' >truth.csv
printf 'clip,behaviour,onset_s,end_s\nc1,camera-tampering,100,130\nc1,camera-tampering,930,960\nc1,camera-tampering,2000,\n' >alerts.csv
tampering_scenario dataset.yaml '[{id: vendor, kind: alerts, path: alerts.csv}, {id: silent, kind: "null"}]' >scenario.yaml
"$VSAUDIT" score scenario.yaml -o plain --quiet
"$VSAUDIT" score scenario.yaml -o all --quiet --protocols 'all'
"$VSAUDIT" score scenario.yaml -o some --quiet --protocols 'ilids(window=10,recall_bias=0.5),collar'
ok "nothing beside the scenario's protocol unless asked for" eval '! grep -q "\"protocols\": \[" plain/results.json'
ids() { sed -n '/"protocols": \[/,/^   *"clips": \[/p' "$1" | sed -n 's/^ *"id": "\(.*\)",$/\1/p' | tr '\n' ' '; }
all="$(ids all/results.json)"
ok "all means every protocol of the field, once" \
    [ "$all" = "actev18-ad actev19-ad actev19-ad-v2 actev-sdl-v1 actev-sdl-v2 srl-ad-v1 srl-ad-v2 srl-ad-v3 trecvid-sed collar segment intersection ilids " ]
ok "i-LIDS is not scored without its parameters" grep -q "Not scored: window and recall_bias must be given" all/results.json
ok "with them it is" grep -q '"recall_bias": "0.5"' some/results.json
ok "the report shows the table in French" grep -q "D’où vient la différence" all/report.fr.html
"$VSAUDIT" report plain -o later --quiet --protocols all
ok "report adds them to the results beside the new report" cmp -s all/results.json later/results.json
ok "and writes the same page" cmp -s all/report.en.html later/report.en.html
cp plain/results.json before.json
"$VSAUDIT" report plain --quiet --protocols all 2>err
ok "a run's own results are never rewritten" [ $? -eq 2 ]
ok "and it says so" grep -q "never rewritten" err
"$VSAUDIT" report plain -o ./plain/ --quiet --protocols all 2>err
ok "not under another name either" [ $? -eq 2 ]
ok "they are as they were" cmp -s before.json plain/results.json
"$VSAUDIT" score scenario.yaml -o no --protocols actev 2>err
ok "an unknown protocol is a usage error" [ $? -eq 2 ]
ok "that lists the known ones" grep -q "actev-sdl-v2, " err
"$VSAUDIT" list protocols >list
ok "list says which parameters must be given" grep -q "recall_bias  *must be given" list
echo "1..$n"
