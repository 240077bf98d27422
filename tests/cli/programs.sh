# Programs under test (kind: program): whole audits over drawn clips; good ones, and each way to go wrong.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..23"
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
pictures=120
clip a.y4m abcdefgz
clip b.y4m azbyc
entry() { # id file
    printf '  - {id: %s, file: %s, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 8, end_s: 12}]}\n' "$1" "$2"
}
dataset "$(entry a a.y4m && entry b b.y4m)"

# A detector of a covered lens: the mean of a grey picture below a threshold.
cat >dark.py <<'PYTHON'
import json, sys
source = sys.stdin.buffer
def say(**message): print(json.dumps(message), flush=True)
limit = json.loads(source.readline())["settings"]["limit"]
say(type="hello", protocol="system/1", name="dark", version="1.2", format="gray", rate=5)
since = None
for line in source:
    message = json.loads(line)
    if message["type"] == "frame":
        picture = source.read(message["bytes"])
        dark = sum(picture) < limit * len(picture)
        if dark and since is None:
            since = message["t_us"]
            say(type="alert", behaviour="camera-tampering", onset_us=since, id="a%d" % since)
        elif not dark and since is not None:
            say(type="alert-end", id="a%d" % since, end_us=message["t_us"])
            since = None
    if message["type"] == "end":
        say(type="remark", text="that was clip " + ("a" if since else "?"))
        say(type="end")
        since = None
    else:
        say(type="ready")
PYTHON

# One in shell that answers everything; the words behind it change what it does.
cat >talk.sh <<'SH'
ready() { echo '{"type":"ready"}'; }
on_frame() { :; }
on_end() { echo '{"type":"end"}'; }
eval "$1"
read -r line
echo '{"type":"hello","protocol":"system/1","name":"talk","format":"gray"}'
while read -r line; do
    case $line in
    *'"type":"frame"'*) n=${line##*'"bytes":'} && head -c "${n%?}" >/dev/null && on_frame && ready ;;
    *'"type":"end"'*) on_end ;;
    *) ready ;;
    esac
done
SH

audit() { # systems
    cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: tampering
title: {en: Tampering, fr: Sabotage}
behaviour: camera-tampering
dataset: set.yaml
systems:
  - {id: reference, kind: reference}
$1
YAML
}
bad() { # what it does
    printf '  - {id: %s, kind: program, command: [sh, talk.sh, %s], limits: {start_s: 1, processor_x: 1}}\n' "$1" "$2"
}
says() { # folder system: its engine and counts as one line of JSON
    python3 - "$1" "$2" <<'PYTHON'
import json, sys
results = json.load(open(sys.argv[1] + "/results.json"))
for evaluation in results["scenarios"][0]["evaluations"]:
    if evaluation["system"] == sys.argv[2]:
        print(json.dumps([evaluation["counts"], evaluation["latency"], evaluation["engine"], evaluation.get("sweep")]))
PYTHON
}

mine='  - {id: mine, kind: program, command: [python3, dark.py], settings: {limit: 60}, variants: [{id: high, settings: {limit: 250}}, {id: low, settings: {limit: 1}}]}'
audit "$mine"
"$VSAUDIT" check s.yaml >log 2>&1
result $? "check starts nothing and is content"
run s.yaml -o one -j1 --format html
expect 0 "8 of 8 replays done" "a program is shown every clip, once for each of its variants"
says one mine >log
grep -q '"hits": 2.*"misses": 0.*"median_s": 0.*"name": "dark", "version": "1.2"' log
result $? "what it alerted is scored, its delay measured by the harness"
grep -q '"file": "dark.py", "sha256": "'"$(sha256sum <dark.py | cut -d' ' -f1)" log && grep -q '"settings": {"limit": 60}' log
result $? "it is told by its files’ hashes and its settings"
[ "$(grep -o '"chosen"' log | wc -l)" = 2 ] && grep -q '"limit": "250".*"hits": 0.*"false_strict": 2.*"limit": "1".*"hits": 0.*"false_strict": 0' log
result $? "its variants are points of the curve"
grep -q 'It calls itself “dark”, version 1.2' one/report.en.html && grep -q 'Il se nomme .*dark.*, version 1.2' one/report.fr.html
result $? "the report says in both languages what it is"
grep -q 'It remarked on clip a: “that was clip a”' one/report.en.html
result $? "its remarks are in the report"
run s.yaml -o two -j2
expect 0 "8 of 8" "with -j2 too"
same_results one two
result $? "results.json is the same for -j1 and -j2"
sed -i 's/"alert",/"alert",  /' dark.py
run s.yaml -o one --resume
expect 2 "holds another run: engine" "a program that was changed makes it another run"
sed -i 's/"alert",  /"alert",/' dark.py
"$VSAUDIT" lock s.yaml -o s.lock >log 2>&1 && grep -q 'dark.py' s.lock && ! grep -q 'bin/python3' s.lock
result $? "a lock holds its files, not the machine’s interpreter"

# Each way to go wrong costs that system its clip, and no other.
audit "$mine
$(bad hangs '"on_frame() { sleep 9; }"')
$(bad rubbish '"on_frame() { echo hallo; }"')
$(bad exits '"exit 3"')
$(bad crashes '"on_frame() { kill -SEGV $$; }"')
$(bad late '"on_end() { echo $line >/dev/null; ready() { :; }; echo {\\\"type\\\":\\\"end\\\"}; echo {\\\"type\\\":\\\"ready\\\"}; }"')
  - {id: eats, kind: program, command: [python3, -c, \"x = bytearray(100 << 30)\"], limits: {start_s: 5}}
  - {id: calls, kind: program, command: [python3, -c, 'import socket; socket.create_connection((\"127.0.0.1\", 9))']}
  - {id: spies, kind: program, command: [sh, -c, 'cat $SCRATCH/home/.ssh/id_ed25519 || exit 9']}"
mkdir -p home/.ssh && echo secret >home/.ssh/id_ed25519
run s.yaml -o bad -j2 --format html
expect 3 "8 of 24 replays done, 16 failed" "bad programs fail, all else is done"
for case in \
    "hangs|it took too long, expected a “ready”" \
    "rubbish|line 3 of its output: found “hallo”, expected a JSON object" \
    "exits|it ended with status 3, expected its “hello”" \
    "crashes|it was ended by SIGSEGV, expected a “ready”" \
    "late|found something after its “end”" \
    "eats|it ended with status 1, expected its “hello”" \
    "calls|it ended with status 1, expected its “hello”" \
    "spies|it ended with status 9, expected its “hello”"; do
    said=$(says bad "${case%%|*}" | python3 -c 'import json,sys; e=json.load(sys.stdin)[2]; print(e["name"], len(e["failures"]), e["failures"][0]["text"])')
    [[ $said == "None 2 "*"${case#*|}"* ]] && grep -qF "${case#*|}" bad/report.en.html && grep -qF "${case#*|}" bad/report.fr.html
    result $? "one that ${case%%|*} is told in one line: $said"
done
[ "$(says bad mine)" = "$(says one mine)" ]
result $? "the others are judged as without them"
"$VSAUDIT" run s.yaml -o again -j1 -q >/dev/null 2>&1
same_results bad again
result $? "failures are the same words on every run"
"$VSAUDIT" list systems | grep -q 'kind: program, command: \[python3, detector.py\]'
result $? "list shows how one is written"
