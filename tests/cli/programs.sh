# Programs under test (kind: program): whole audits over drawn clips; good ones, and each way to go wrong.
# shellcheck shell=bash
set -u
examples=$(realpath "$(dirname "$0")/../../scenarios/programs")
readme=$(realpath "$(dirname "$0")/../../README.md")
. "$(dirname "$0")/../drawn.bash"

echo "1..66"
two_clips

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
run s.yaml -o refused --no-programs
expect 3 's.yaml:8: found the program “python3 dark.py”, expected no system that is to be started (--no-programs)' "a stranger’s programs may be refused"
run s.yaml -o one -j1 --format html
expect 0 "8 of 8 replays done" "a program is shown every clip, once for each of its variants"
expect 0 'vsaudit run: s.yaml:8: starts the program “python3 dark.py”, confined (--no-programs refuses)' "and each is named before"
says one mine >log
grep -q '"hits": 2.*"misses": 0.*"median_s": 0.*"name": "dark", "version": "1.2"' log
result $? "what it alerted is scored, its delay measured by the harness"
grep -q '"file": "dark.py", "sha256": "'"$(sha256sum <dark.py | cut -d' ' -f1)" log && grep -q '"settings": {"limit": 60}' log
result $? "it is told by its files’ hashes and its settings"
[ "$(grep -o '"chosen"' log | wc -l)" = 2 ] && grep -q '"limit": "250".*"hits": 0.*"false_strict": 2.*"limit": "1".*"hits": 0.*"false_strict": 0' log
result $? "its variants are points of the curve"
grep -q 'It calls itself “dark”, version 1.2' one/report.en.html && grep -q 'Il se nomme .*dark.*, version 1.2' one/report.fr.html
result $? "the report says in both languages what it is"
grep -q 'The machine held them in: the files that they open, ' one/report.en.html && ! grep -q 'network of live systems' one/report.en.html
result $? "what they were held by is told, and nothing of live systems, of which there is none"
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

# One that is refused the network and goes on is judged, and the report says so.
sed '/^import/a import socket\ntry: socket.create_connection(("127.0.0.1", 9))\nexcept OSError: pass' dark.py >phones.py
audit "$(sed "s/dark.py/phones.py/" <<<"$mine")"
run s.yaml -o phones --no-pictures
python3 - phones/results.json <<'PYTHON'
import json, sys
e = json.load(open(sys.argv[1]))["scenarios"][0]["evaluations"]
told = [x["engine"].get("network_refused") for x in e if x.get("engine")]
print("#", told)
sys.exit(set(told) != {2})
PYTHON
result $? "a program that asked for a network and ended well is told"
grep -q 'On 2 clips that it ended it asked for a network and was refused' phones/report.en.html && grep -q 'il a demandé un réseau, qui lui a été refusé' phones/report.fr.html && ! grep -q 'it asked for a network' one/report.en.html
result $? "in the report, and only there"

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
    "calls|it ended with status 1, expected its “hello” (it had been refused the network)" \
    "spies|it ended with status 9, expected its “hello”"; do
    said=$(says bad "${case%%|*}" | python3 -c 'import json,sys; e=json.load(sys.stdin)[2]; print(e["name"], len(e["failures"]), e["failures"][0]["text"])')
    [[ $said == "None 2 "*"${case#*|}"* ]] && grep -qF "${case#*|}" bad/report.en.html && grep -qF "${case#*|}" bad/report.fr.html
    result $? "one that ${case%%|*} is told in one line: $said"
done
grep -q 'vsaudit run: failed: system “exits”, clip “' log
result $? "the terminal names the system that failed"
[ "$(says bad mine)" = "$(says one mine)" ]
result $? "the others are judged as without them"
"$VSAUDIT" run s.yaml -o again -j1 -q >/dev/null 2>&1
same_results bad again
result $? "failures are the same words on every run"
"$VSAUDIT" list systems | grep -q 'kind: program, command: \[python3, detector.py\]'
result $? "list shows how one is written"

# What is plainly wrong is told before anything is run.
wrong() { # what is written of the system, words, description
    audit "  - {id: p, kind: program, $1}"
    "$VSAUDIT" check s.yaml >log 2>&1
    status=$?
    expect 3 "$2" "$3"
}
wrong 'command: [python3, nofile.py]' "found “nofile.py”, expected a file (there is no “nofile.py”)" "a script that is not there"
wrong 'command: [sh, nothing, 1]' "found “nothing”, expected a file" "by whatever name, where an interpreter is given it"
wrong 'command: [python3, dark.py, weights.onnx]' "found “weights.onnx”, expected a file" "nor what it reads"
wrong 'command: [python3, dark.py], variants: []' "variants" "no variant"

# Settings are numbers or texts as they are written; pictures come as i420 too.
cat >planes.py <<'PYTHON'
import json, sys
source = sys.stdin.buffer
def say(**message): print(json.dumps(message), flush=True)
settings = json.loads(source.readline())["settings"]
say(type="hello", protocol="system/1", name="planes", format="i420", width=33, height=25)
for line in source:
    message = json.loads(line)
    if message["type"] == "frame":
        picture = source.read(message["bytes"])
        assert (message["width"], message["height"], message["format"]) == (33, 25, "i420") and len(picture) == 33 * 25 + 2 * 17 * 13
        grey = all(abs(value - 128) <= 1 for value in picture[33 * 25:])
        if message["t_us"] == 0:
            say(type="remark", text=f"{settings} {grey} {min(picture[:825]) >= 16}")
    say(type="end" if message["type"] == "end" else "ready")
PYTHON
audit '  - {id: planes, kind: program, command: [python3, planes.py], settings: {bare: 1, quoted: "1", truth: true, text: "true"}}'
run s.yaml -o planes --no-pictures
expect 0 "4 of 4 replays done" "a program may ask for i420, in odd sizes"
says planes planes | grep -qF "{'bare': 1, 'quoted': '1', 'truth': True, 'text': 'true'} True True" && says planes planes | grep -q '"format": "i420"'
result $? "a setting in quotation marks is a text"

# What a bundle holds is scored again elsewhere, without the programs.
"$VSAUDIT" report bad --bundle bag --quiet >log 2>&1 && mkdir away && mv bag away && (cd away && "$VSAUDIT" verify bag) >log 2>&1
status=$?
expect 0 "results.json is the same, byte for byte" "a bundle is verified where no program is"
grep -q 'not checked  Alerts of systems that ran' log && ! grep -q 'can run everything again' log
result $? "which says that what programs alerted was not looked at, and cannot be run again from it"

# A scenario in another folder, by a path from here: its program is started there.
mkdir sub && cp dark.py set.yaml ./*.y4m sub/
{ echo '#!/usr/bin/env python3' && cat dark.py; } >sub/exec.py && chmod +x sub/exec.py
tampering_scenario set.yaml '[{id: words, kind: program, command: [python3, dark.py], settings: {limit: 60}}, {id: file, kind: program, command: [./exec.py], settings: {limit: 60}}]' >sub/s.yaml
run sub/s.yaml -o sub/out
expect 0 "6 of 6 replays done" "a scenario may be named by a path from here"

# One process for all clips, in their order; when it fails, the rest goes on in a new one.
cat >count.py <<'PYTHON'
import json, sys
source = sys.stdin.buffer
def say(**message): print(json.dumps(message), flush=True)
fails = json.loads(source.readline())["settings"]["fails"]
say(type="hello", protocol="system/1", name="count", format="gray", starts="run")
clips = 0
for line in source:
    message = json.loads(line)
    if message["type"] == "clip":
        clips += 1
        say(type="remark", text="clip %s, my %d." % (message["clip"], clips))
        if int(message["clip"]) == fails: sys.exit(5)
    if message["type"] == "frame":
        source.read(message["bytes"])
    say(type="end" if message["type"] == "end" else "ready")
PYTHON
cp a.y4m c.y4m
dataset "$(entry a a.y4m && entry b b.y4m && entry c c.y4m)"
audit '  - {id: whole, kind: program, command: [python3, count.py], starts: run, settings: {fails: 0}}
  - {id: broken, kind: program, command: [python3, count.py], starts: run, settings: {fails: 2}}'
run s.yaml -o chain1 -j1
expect 3 "8 of 9 replays done, 1 failed" "one process is shown all clips"
says chain1 whole | grep -q 'clip 1, my 1.*clip 2, my 2.*clip 3, my 3.*"restarts": 0'
result $? "in the order of the audit"
says chain1 broken | grep -q 'clip 1, my 1.*clip 3, my 1.*ended with status 5.*"restarts": 1'
result $? "where it fails, the rest goes on in a new one, and this is said"
"$VSAUDIT" run s.yaml -o chain2 -j2 -q >/dev/null 2>&1
"$VSAUDIT" run s.yaml -o chain2 -q --resume >/dev/null 2>&1
same_results chain1 chain2
result $? "to the same results with -j2 and --resume"
echo 'YUV4MPEG2 W32 H32 F5:1 C420jpeg' >empty.y4m
dataset "$(entry a a.y4m && entry b empty.y4m && entry c c.y4m)"
audit '  - {id: broken, kind: program, command: [python3, count.py], starts: run, settings: {fails: 1}}'
run s.yaml -o chain3 -j1
says chain3 broken | grep -q 'clip 3, my 1.*"restarts": 1'
result $? "which is said too where the new one’s first clip has no picture"
sed -i 's/int(message\["clip"\]) == fails:/message["clip"] in str(fails):/' count.py
cp a.y4m d.y4m && cp a.y4m e.y4m
dataset "$(for c in a b c d e; do entry $c $c.y4m; done)"
audit '  - {id: first, kind: program, command: [python3, count.py], starts: run, settings: {fails: 23}}
  - {id: last, kind: program, command: [python3, count.py], starts: run, settings: {fails: 245}}
  - {id: none, kind: program, command: [python3, count.py], starts: run, settings: {fails: 12345}}
  - {id: like-none, kind: random, rate: as none}'
run s.yaml -o chain4 -j1
said=$(for s in first last none; do says chain4 $s | grep -o '"restarts": .'; done)
[ "$said" = $'"restarts": 2\n"restarts": 2\n"restarts": 4' ]
result $? "a new process that ends no clip is counted as well"
sed 's/clips += 1/&; place = message["clip"]/; s/^    say(type="end" if/    late = message["type"] == "end" and place == "2"\n&/; $a\    if late:\n        time.sleep(0.5)\n        say(type="alert", behaviour="camera-tampering", onset_us=0)' count.py | sed 's/import json, sys/&, time/' >late.py
audit '  - {id: late, kind: program, command: [python3, late.py], starts: run, settings: {fails: 9}}'
run s.yaml -o chain5 -j1
expect 3 "9 of 10 replays done, 1 failed" "a line after the end of a clip"
says chain5 late | grep -q 'clip 1, my 1.*clip 3, my 1.*"failures": \[{"clip": "b", "text": "the program .*found something after its [^{]*"restarts": 1'
result $? "costs that clip, however late it comes, and not the next"
"$VSAUDIT" report chain4 --bundle bag4 --quiet >log 2>&1 && "$VSAUDIT" verify bag4 >log 2>&1
status=$?
expect 0 "results.json is the same, byte for byte" "and is the same number in a bundle"
"$VSAUDIT" verify bag4 --replay >log 2>&1
[ -d bag4/data/evidence ] && grep -q 'nothing was replayed again' log && grep -q 'not checked  Pictures' log
result $? "whose pictures are not taken again, with --replay either"
python3 - chain4/results.json <<'PYTHON'
import json, sys
last = json.load(open(sys.argv[1]))["scenarios"][0]["evaluations"][-1]
reasons = {clip["reason"] for clip in last["clips"]}
print(last["system"], last["exposure"]["camera_us"], reasons)
sys.exit(not (last["system"] == "like-none" and last["exposure"]["camera_us"] == 0
              and reasons == {"how often “none” alerts is unknown: it judged no watched time"}))
PYTHON
result $? "alerts at the rate of a system that failed everywhere are unknown, not none"

# Observations: the reference's rule looks at what a program sees.
cat >boxes.py <<'PYTHON'
import json, sys
source = sys.stdin.buffer
def say(**message): print(json.dumps(message), flush=True)
source.readline()
say(type="hello", protocol="system/1", name="boxes", format="gray", gives="observations")
for line in source:
    message = json.loads(line)
    if message["type"] == "frame":
        source.read(message["bytes"])
        say(type="observation", t_us=message["t_us"],
            boxes=[{"class": "person", "id": 7, "box": [message["t_us"] / 16e6, 0.4, 0.1, 0.3]}])
    say(type="end" if message["type"] == "end" else "ready")
PYTHON
printf 'schema: vsaudit/dataset/1\nid: zones\nlicence: CC0-1.0\nclips:\n  - {id: a, file: a.y4m, coverage: {intrusion: all}, scene: {zones: {door: [[0.3,0],[0.6,0],[0.6,1],[0.3,1]]}}, events: [{behaviour: intrusion, start_s: 4, end_s: 9}]}\n' >zones.yaml
cat >s.yaml <<'YAML'
schema: vsaudit/scenario/1
id: intrusion
title: {en: Intrusion, fr: Intrusion}
behaviour: intrusion
dataset: zones.yaml
systems:
  - {id: boxes, kind: program, command: [python3, boxes.py], gives: observations, params: {zone: door, on_delay: 0.5}, settings: {zone: 1}, variants: [{id: other, settings: {zone: 2}}, {id: more, settings: {extra: 3}}]}
  - {id: nowhere, kind: program, command: [python3, boxes.py], gives: observations, params: {zone: door, on_delay: 60}}
YAML
run s.yaml -o boxes
expect 0 "5 of 5 replays done" "a program may give observations"
says boxes boxes | grep -q '"hits": 1, "misses": 0, "alerts": 1' && says boxes nowhere | grep -q '"hits": 0, "misses": 1, "alerts": 0'
result $? "at which the reference’s rule looks, with its parameters"
says boxes boxes | grep -q '"values": {"zone": "2"}, "chosen": false.*"values": {"zone": "1", "extra": "3"}, "chosen": false'
result $? "its variants are told by what each was told, and none is the system’s own"

# The reference behind the protocol says what it says inside.
cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: tampering
title: {en: Tampering, fr: Sabotage}
behaviour: camera-tampering
dataset: set.yaml
systems:
  - {id: inside, kind: reference, params: {on_delay: 1.5}}
  - {id: outside, kind: program, command: [$VSAUDIT, reference-program], settings: {on_delay: 1.5}}
YAML
run s.yaml -o both
python3 - both <<'PYTHON'
import json, sys
text = open(sys.argv[1] + "/results.json").read()
inside, outside = json.loads(text)["scenarios"][0]["evaluations"]
other = {"system", "system_kind", "parameters", "engine"}
same = all(json.dumps(inside.get(key)).replace(".inside.", ".outside.") == json.dumps(outside.get(key)) for key in {*inside, *outside} - other)
sys.exit(not (same and inside["counts"]["alerts"] > 0))
PYTHON
result $? "vsaudit reference-program: the very figures and alerts of the reference inside"

# The same alerts are the same figures, whether a program says them or a log: also by the protocols that look at ends.
cat >hindsight.py <<'PYTHON'
import json, sys
source = sys.stdin.buffer
def say(**message): print(json.dumps(message), flush=True)
source.readline()
say(type="hello", protocol="system/1", name="hindsight", format="gray")
for line in source:
    message = json.loads(line)
    if message["type"] == "frame": source.read(message["bytes"])
    if message["type"] == "end":
        say(type="alert", behaviour="camera-tampering", onset_us=8500000, end_us=9500000, confidence=0.5)
        say(type="end")
    else:
        say(type="ready")
PYTHON
dataset "$(entry a a.y4m)"
audit '  - {id: told, kind: program, command: [python3, hindsight.py]}
  - {id: written, kind: alerts, path: hindsight.csv}'
printf 'clip,behaviour,onset_s,decided_s,end_s,confidence\na,camera-tampering,8.5,12,9.5,0.5\n' >hindsight.csv
run s.yaml -o both-ways --protocols all
python3 - both-ways/results.json <<'PYTHON'
import json, sys
told, written = json.load(open(sys.argv[1]))["scenarios"][0]["evaluations"][1:]
figures = {row["id"]: row.get("figures") for row in told["protocols"]}
print(figures)
def plain(value): # pictures are named after their system
    if isinstance(value, dict): return {key: plain(one) for key, one in value.items() if key not in ("picture", "strip")}
    return [plain(one) for one in value] if isinstance(value, list) else value
told, written = plain(told), plain(written)
sys.exit(not (told["counts"]["hits"] == 1 and told["latency"]["median_s"] == 4 and figures["trecvid-sed"] and
              all(told[key] == written[key] for key in ("counts", "latency", "rates", "protocols", "clips"))))
PYTHON
result $? "alerts of a program and of a log that says the same are the same by every protocol"

# Who speaks of a clip once all is seen: a time at its end is not one that nobody watched, where alerts would count as neither right nor false.
sed 's/onset_us=8500000, end_us=9500000/onset_us=message["t_us"]/' hindsight.py >last.py
audit '  - {id: told, kind: program, command: [python3, last.py]}'
run s.yaml -o last
python3 - last/results.json <<'PYTHON'
import json, sys
counts = json.load(open(sys.argv[1]))["scenarios"][0]["evaluations"][1]["counts"]
print(counts)
sys.exit(not (counts["hits"] == 1 and counts["alerts_unwatched"] == 0))
PYTHON
result $? "an alert at the clip's very end counts"

# What it reads it may print, and what it is asked it must not be told.
cp set.yaml copied.txt
"$VSAUDIT" keygen -o k.key >log 2>&1
mkdir -p elsewhere/audit && printf 'weights\n' >elsewhere/weights.bin
given() { # file, words, description
    printf 'schema: vsaudit/scenario/1\nid: s\ntitle: {en: s, fr: s}\nbehaviour: camera-tampering\ndataset: ../../set.yaml\nsystems:\n  - {id: p, kind: program, command: [python3, dark.py], files: [%s]}\n' "$1" >elsewhere/audit/s.yaml
    cp dark.py elsewhere/audit/
    "$VSAUDIT" check elsewhere/audit/s.yaml --allow "$PWD" >log 2>&1
    status=$?
    expect 3 "$2" "$3"
}
given ../../set.yaml "which is the manifest of the clips" "the truth is not handed to a program"
given ../../copied.txt "which is the manifest of the clips" "nor is a copy of it"
given ../../a.y4m "which is a clip of the audit" "nor a clip"
given ../../k.key "holds a secret key" "nor a secret key, which it might print"
given s.yaml "which is a scenario of the audit" "nor its own scenario"
printf 'schema: vsaudit/scenario/1\nid: s\ntitle: {en: s, fr: s}\nbehaviour: camera-tampering\ndataset: ../../set.yaml\nsystems:\n  - {id: p, kind: program, command: [python3, dark.py], files: [../weights.bin]}\n' >elsewhere/audit/s.yaml
"$VSAUDIT" check elsewhere/audit/s.yaml >log 2>&1
status=$?
expect 3 "or in a folder given with --allow" "nor a file from elsewhere, unless --allow says so"
# An interpreter may read what lies about it; a program of the audit's own, in bin/ and named by its place, may not.
mkdir -p bin && cat >bin/spy.sh <<SH
#!/bin/sh
cat "$PWD/set.yaml" >/dev/null 2>&1 && exit 7
exec sh "\$1" :
SH
chmod +x bin/spy.sh
dataset "$(entry a a.y4m)"
audit "  - {id: spy, kind: program, command: [$PWD/bin/spy.sh, talk.sh]}"
run s.yaml -o spy
expect 0 "2 of 2 replays done" "nor what lies beside a program of the audit"

# The detector on the first page works as it stands there.
dataset "$(entry a a.y4m && entry b b.y4m && entry c c.y4m)"
sed -n '/^    import json, sys/,/^    *say("end" if/p' "$readme" | sed 's/^    //' >first.py
cat >s.yaml <<'YAML'
schema: vsaudit/scenario/1
id: tampering
title: {en: Tampering, fr: Sabotage}
behaviour: camera-tampering
dataset: set.yaml
systems:
  - {id: first, kind: program, command: [python3, first.py], settings: {limit: 60}}
  - {id: reference, kind: reference}
YAML
run s.yaml -o first
expect 0 "6 of 6 replays done" "the detector of the first page runs"
says first first | grep -q '"hits": 3, "misses": 0, "alerts": 3'
result $? "and finds every covered lens"

# The example: motion in a zone by OpenCV, at three thresholds.
export PATH=/usr/bin:$PATH # Debian’s Python, which has the package
if python3 -c 'import cv2' 2>/dev/null; then
    "$VSAUDIT" synth "$examples/../../datasets/sample-behaviours/yard.yaml" -o yard --quiet >log 2>&1
    run "$examples/motion.yaml" --dataset yard/dataset.yaml -o motion
    expect 0 "4 of 4 replays done" "the detector of scenarios/programs runs on the drawn yard"
    says motion motion | python3 -c 'import json,sys; e=json.load(sys.stdin); p=e[3]["points"]; hits=[x["hits"] for x in p]; print(hits, [x["false_strict"] for x in p]); sys.exit(not (len(p) == 3 and hits[0] >= hits[2] and hits[1] > 0))'
    result $? "at three thresholds, of which it misses most at the highest"
else
    skip "the detector of scenarios/programs" "python3-opencv is not installed"
    skip "at three thresholds" "python3-opencv is not installed"
fi
