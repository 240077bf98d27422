# --json of every command: one document, and nothing else, on standard output.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"

echo "1..21"
cd "$SCRATCH" || exit 1
ask() { # arguments; sets status, writes out.json, errors to err
    "$VSAUDIT" "$@" --json >out.json 2>err
    status=$?
}
holds() { # a Python expression over the document `d`
    python3 -c 'import json, sys
d = json.load(open("out.json", encoding="utf-8"))
sys.exit(not eval(sys.argv[1]))' "$1" || { head -c 600 out.json | sed 's/^/# /'; return 1; }
}
is_outcome() { # command, exit status, more of the document
    [ "$status" -eq "$2" ] && holds "d['schema'] == 'vsaudit/outcome/1' and d['command'] == '$1' and d['status'] == $2 and isinstance(d['lines'], list) and ($3)"
}

without=$("$VSAUDIT" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' | while read -r command; do
    "$VSAUDIT" "$command" --help | grep -q -e '^  --json' || echo "$command"
done | tr '\n' ' ')
ok "every command has it but those that stream" [ "$without" = "listen reference-program " ]

for command in $("$VSAUDIT" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
    case $command in doctor | listen | reference-program | synth | camera | run | plan | compare | conform) continue ;; esac
    ask "$command"
    is_outcome "$command" 2 'len(d["error"]) > 10' || echo "$command" >>silent
done
ok "what is wrong with the call is in the document" [ ! -e silent ]
ask check --no-such-option
ok "wrong options are told on standard error alone" [ "$status" -eq 2 -a ! -s out.json -a -s err ]

printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\nevent,a,camera-tampering,100,160\n' >truth.csv
printf 'kind,clip,behaviour,start_s,end_s\nevent,a,camera-tampering,100,16O\n' >wrong.csv
printf 'clip,behaviour,onset_s\na,camera-tampering,101\n' >log.csv
ask check truth.csv wrong.csv
ok "check: a file each" is_outcome check 3 '[f["state"] for f in d["files"]] == ["ok", "wrong"] and d["files"][0]["problems"] == [] and d["files"][0]["summary"].startswith("truth: 1 event")'
ok "check: each problem with its place" holds '"wrong.csv:2:" in d["files"][1]["problems"][0] and d["files"][1]["summary"] is None'
ok "check: problems stand on standard error, too" grep -q 'wrong.csv:2:' err
ask score --truth truth.csv --alerts log.csv -o out
ok "score: the folder and the verdicts" is_outcome score 0 'd["folder"] == "out" and d["verdicts"]["refuted"] == 0 and any("Report (en)" in line for line in d["lines"])'
ok "score: the report is written all the same" [ -s out/results.json ]
ask report out --format csv
ok "report" is_outcome report 0 'd["folder"] == "out"'
ask lock out/audit/audit.yaml
ok "lock: what it does not cover" is_outcome lock 0 'd["lock"] == "out/audit/audit.yaml.lock" and d["uncovered"] == []'
ask keygen -o our.key
ok "keygen: the id" is_outcome keygen 0 'len(d["key_id"]) == 64 and d["secret_key"] == "our.key"'
"$VSAUDIT" report out --bundle bag --key our.key --quiet
ask verify bag --key our.key.pub
ok "verify: what was checked and what was not" is_outcome verify 0 'len(d["checked"]) >= 3 and d["faults"] == [] and d["conclusion"] in " ".join(d["lines"])'
echo >>bag/data/results.json
ask verify bag
ok "verify: faults" is_outcome verify 5 'any("results.json" in fault for fault in d["faults"])'
printf 'clip,behaviour,onset_s\na,intrusion,1\na,intrusion,2\n' >truth-less.csv
ask adjudicate export out -o judge.csv
ok "adjudicate: how many" is_outcome adjudicate 0 'd["to_judge"] == 0'
ask sample draw truth-less.csv --size 1 -o drawn
ok "sample draw: how many, and the hash" is_outcome sample 0 'd["drawn"] == 1 and d["population"] == 2 and len(d["draw_sha256"]) == 64'
ask sample score drawn judge-1.csv
ok "sample score: all of it" is_outcome sample 0 'd["sample"]["counts"]["missing"] == 1 and d["sample"]["share"]["high_alerts"] == 2'
ask list parameters
ok "list: tables" is_outcome list 0 '[p for o in d["items"] if o["of"] == "running" for p in o["parameters"] if p["name"] == "zone"][0]["type"] == "text" and [p for o in d["items"] if o["of"] == "camera-tampering" for p in o["parameters"] if p["name"] == "frozen_time"][0]["max"] == 86400'
lists=0
for kind in behaviours semantics parameters protocols metrics systems probes formats; do
    ask list $kind
    is_outcome list 0 'len(d["items"]) > 3' || lists=1
done
ok "list: all kinds" [ $lists -eq 0 ]
ask doctor
ok "doctor: a finding each, the printers among them" holds 'set(f["state"] for f in d["findings"]) <= {"ok", "absent", "missing"} and sum(f["what"].startswith("PDF: ") for f in d["findings"]) == 4'
"$VSAUDIT" doctor >plain
ok "doctor names what prints PDF" grep -q '^\(ok\|absent\) *PDF: weasyprint' plain
refuse "a mistyped command is told which was meant" 2 "found no command “scroe”, expected perhaps “score”" "$VSAUDIT" scroe
