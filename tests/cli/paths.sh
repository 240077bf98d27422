# Programs that are handed the clip's file (input: path): a copy under a number, and times that they tell themselves.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..37"
cd "$SCRATCH" || exit 1
pictures=120
clip covered-lens.y4m abcdefgz
clip second.y4m azbyc
entry() { # id file
    printf '  - {id: %s, file: %s, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 8, end_s: 12}]}\n' "$1" "$2"
}
dataset "$(entry a covered-lens.y4m && entry b second.y4m)"

# A detector that opens the file itself (YUV4MPEG2): when the mean of the luma falls below the limit.
cat >reader.py <<'PYTHON'
import json, os, sys
def say(**message): print(json.dumps(message), flush=True)
how = json.loads(input())["settings"]
say(type="hello", protocol="system/1", name="reader", **json.loads(how.get("hello", "{}")))
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "end":
        say(type="end")
        continue
    path = message["path"]
    if "eval" in how:
        try:
            say(type="remark", text=str(eval(how["eval"])))
        except Exception as error:
            say(type="remark", text=type(error).__name__)
    with open(path, "rb") as file:
        rate = int(next(word for word in file.readline().decode().split() if word[0] == "F")[1:].split(":")[0])
        number, since = 0, None
        while file.readline():
            luma = file.read(64 * 48)
            file.read(64 * 24)
            if sum(luma) < 60 * len(luma) and since is None:
                since = number * 1000000 // rate
                say(type="alert", behaviour="camera-tampering", onset_us=since + how.get("late", 0))
            number += 1
    say(type="ready")
PYTHON
audit() { # systems, more lines
    printf 'schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\nbehaviour: camera-tampering\ndataset: set.yaml\nsystems:\n  - {id: reference, kind: reference}\n%s\n%s\n' "$1" "${2:-}" >s.yaml
}
reader() { # id settings more
    printf '  - {id: %s, kind: program, command: [python3, reader.py], input: path%s%s}\n' "$1" "${2:+, settings: {$2\}}" "${3:-}"
}
says() { # folder, system, expression over its evaluation that must be true
    python3 - "$@" <<'PYTHON'
import json, sys
for e in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    if e["system"] == sys.argv[2]:
        g, said = e["engine"], [r["text"] for r in e["engine"]["remarks"]]
        if eval(sys.argv[3]):
            sys.exit(0)
        print("#", e["counts"], e["latency"], g)
sys.exit(1)
PYTHON
}

audit "$(reader mine)"
"$VSAUDIT" check s.yaml >log 2>&1
status=$?
expect 0 "2 systems" "a path in place of pictures is in order"
run s.yaml -o one -j2 --no-pictures
expect 0 "4 of 4 replays done" "a program reads the clips itself"
says one mine 'e["counts"]["hits"] == 2 and e["counts"]["false_strict"] == 0'
result $? "and finds what is there"
says one mine 'e["latency"] == {"n": 0, "median_s": None, "p90_s": None, "censored": 0, "reason": "not_measured"} and not any("latency_us" in v and v["latency_us"] is not None for c in e["clips"] for v in c["events"])'
result $? "how late it alerted is not measured, and said to be so"
says one mine 'g["input"] == "path" and g["format"] is None and g["pictures"] == 0 and g["width"] == 64'
result $? "results say how it was fed"
grep -q "It was handed each clip as a file" one/report.en.html && grep -q "On lui a remis chaque séquence" one/report.fr.html && grep -q "not measured: the system told the times itself" one/report.en.html
result $? "the report too, in both languages"
ok "no copy is left" [ -z "$(find one -name 'given*' -o -name 'scratch*' -o -name '*.y4m')" ]
run s.yaml -o two -j1 --no-pictures
same_results one two
result $? "the same for every number of workers"
run s.yaml -o one --resume --no-pictures
same_results one two
result $? "and once more with --resume"
"$VSAUDIT" report one --bundle bag >log 2>&1 && verify bag
expect 0 "" "a bundle of it verifies"
audit "$(reader mine "" ", starts: run")"
run s.yaml -o chain -j2 --no-pictures
says chain mine 'e["counts"]["hits"] == 2 and g["starts"] == "run"'
result $? "one process may be handed them all, one after the other"

# ---- what it sees of the clip, and can do to it
peek() { # id expression
    printf '  - {id: %s, kind: program, command: [python3, reader.py], input: path, settings: {eval: "%s"}}\n' "$1" "$2"
}
touch -d 2001-02-03 ./*.y4m
before=$(cat ./*.y4m | sha256sum)
audit "$(peek name 'os.path.basename(path)')
$(peek date 'os.stat(path).st_mtime > 1100000000')
$(peek links 'os.stat(path).st_nlink == 1 and os.path.realpath(path) == path')
$(peek writes "open(path, 'r+b').write(b'x')")
$(peek renames "os.rename(path, path + '.x')")
$(peek deletes 'os.unlink(path)')
$(peek plants "os.symlink('/etc/passwd', os.path.dirname(path) + '/x')")
$(peek around 'sorted(os.listdir(os.path.dirname(path)))')
$(peek original "open('$PWD/covered-lens.y4m', 'rb').read(1)")
$(peek truth "open('$PWD/set.yaml').read()")"
run s.yaml -o peeks --no-pictures
says peeks name 'said == ["1.y4m", "1.y4m"] or said == ["1.y4m", "2.y4m"]'
result $? "its name is a number"
says peeks date 'said == ["True", "True"]'
result $? "its date is that of the copy"
says peeks links 'said == ["True", "True"]'
result $? "it is no link to the original"
for how in writes renames deletes plants original truth; do
    says peeks $how 'len(said) == 2 and all(text in ("PermissionError", "OSError") for text in said) and e["counts"]["hits"] == 2'
    result $? "one that $how is refused, and goes on"
done
says peeks around 'all(len(eval(text)) == 1 for text in said)'
result $? "no other clip lies beside it"
ok "the clips are as they were" [ "$(cat ./*.y4m | sha256sum)" = "$before" ]

# ---- what it may not say
audit "$(reader beyond 'late: 5000000')
$(reader shape "hello: '{\"format\": \"gray\"}'")
$(reader frames "hello: '{\"input\": \"frames\"}'")"
run s.yaml -o bad --no-pictures
expect 3 "2 of 8 replays done" "what is wrong costs that program its clips"
says bad beyond 'all("expected a time from 0 to 12000000" in f["text"] for f in g["failures"])'
result $? "an alert beyond the clip’s end"
says bad shape 'all("hello.format: found one with the input path, expected none" in f["text"] for f in g["failures"])'
result $? "a say in how pictures are shown"
says bad frames 'all("hello.input: found “frames”, expected path" in f["text"] for f in g["failures"])'
result $? "another input than the scenario’s"

# ---- who knows the file, and who looks at it (probe renamed)
cat >knows.py <<'PYTHON'
import hashlib, json, os, sys
def say(**message): print(json.dumps(message), flush=True)
how = json.loads(input())["settings"]
say(type="hello", protocol="system/1", name="knows")
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "end":
        say(type="end")
        continue
    file = open(message["path"], "rb").read()
    known = {"sha256": hashlib.sha256(file).hexdigest(), "size": str(os.path.getsize(message["path"])), "nothing": "x"}[how["by"]]
    if known in ("x", *how["known"].split()):
        say(type="alert", behaviour="camera-tampering", onset_us=5000000)
    say(type="ready")
PYTHON
knows() { # id by clips
    local known=$([ "$2" = size ] && stat -c %s "${@:3}" | tr '\n' ' ' || sha256sum "${@:3}" | cut -c 1-64 | tr '\n' ' ')
    printf '  - {id: %s, kind: program, command: [python3, knows.py], input: path, settings: {by: %s, known: "%s"}}\n' "$1" "$2" "$known"
}
probed() { # run, system: state, written anew, what it means
    python3 - "$@" <<'PYTHON'
import json, sys
for e in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    for probe in e.get("probes", []):
        if e["system"] == sys.argv[2] and probe["id"] == "renamed":
            print(probe["state"], probe["written_anew"], probe["meaning"]["en"] if probe["meaning"] else "")
PYTHON
}
printf 'schema: vsaudit/audit/1\nid: known\ntitle: {en: Known, fr: Connu}\nscenarios: [s.yaml]\nprobes: [renamed]\n' >known.yaml
# films as they are recorded, and as they are drawn here
printf 'schema: vsaudit/scene/1\nid: film\ncamera: film\nseed: 1\nduration_s: 12\nrate: 5\nsize: [128, 72]\nbackdrop: {kind: street, horizon: 0.12, camera_m: 4}\n' >film.yaml
"$VSAUDIT" synth film.yaml -o films --quiet >/dev/null && mv films/film.mp4 .
dataset "$(entry a covered-lens.y4m && entry f film.mp4)"
audit "$(reader honest | sed 's/input: path/&, settings: {x: ""}/; s/reader.py/knows.py/; s/x: ""/by: nothing, known: ""/')
$(knows bytes sha256 covered-lens.y4m film.mp4)
$(knows length size covered-lens.y4m film.mp4)"
sed -i '/kind: reference/d' s.yaml
run known.yaml -o known --no-pictures -j2
expect 0 "replays done" "programs that are handed files are probed"
[[ "$(probed known honest)" = "pass 2 It goes neither by the name"* ]]
result $? "who knows no file passes, on files that were written anew"
[[ "$(probed known bytes)" = "fail 2 It goes by the name of a clip, or by the size or the bytes of its file"* ]]
result $? "one that knows them by their SHA-256 is caught"
[[ "$(probed known length)" = "fail 2 "* ]]
result $? "one that knows them by their size is caught"
dataset "$(entry a covered-lens.y4m && entry b second.y4m)"
audit "$(reader looks)"
run known.yaml -o looks --no-pictures
[[ "$(probed looks looks)" = "pass 2 "* ]]
result $? "one that looks at the pictures finds the same in them"
run known.yaml -o again --no-pictures
same_results looks again
result $? "every time"
"$VSAUDIT" report looks --bundle looked >log 2>&1 && verify looked
expect 0 "" "a bundle of it verifies"

# ---- what a file cannot be
refused() { # systems, more lines, words, description
    audit "$1" "$2"
    "$VSAUDIT" check s.yaml >log 2>&1
    status=$?
    expect 3 "$3" "$4"
}
refused "$(reader mine)" 'conditions: [as-recorded, {id: dim, filter: "eq=brightness=-0.05"}]' "found a path where the condition “dim” is asked for" "a condition, which is about pictures"
refused "$(reader mine "" ", pace: real-time")" "" "fed at another pace than step" "a clock"
refused "$(reader mine "" ", gives: observations")" "" "found a path for a program that gives observations" "observations"
audit "$(reader mine)"
printf '  - {id: c, files: [{file: covered-lens.y4m}, {file: second.y4m}], coverage: {camera-tampering: all}}\n' >>set.yaml
run s.yaml -o several --no-pictures
expect 3 "found a clip of several files, expected one file" "a clip of several files"
