#!/usr/bin/env bash
# vsaudit capsule: clips that tell nothing, the same bytes from the same seed, a seal that holds; an honest log and one that
# was touched up by hand told apart.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"

# Six small clips: three with the lens covered, three without; each of its own kind of file and full of words.
scene() { # id seconds tampering
    printf 'schema: vsaudit/scene/1\nid: %s\ncamera: %s\nseed: %d\nduration_s: %s\nsize: [128, 72]\nrate: 10\n' "$1" "$1" "${#1}" "$2"
    printf 'tags: [%s]\nbackdrop: {kind: street, horizon: 0.12, camera_m: 4}\n' "${4:-x}"
    printf 'flows:\n  - {kind: pedestrians, per_minute: 6, sway: 0.7, ways: [{path: [[-0.3, 0.88], [1.3, 0.88]]}]}\n'
    printf 'tampering: %s\n' "$3"
}
covered() { printf '[{kind: covered, start_s: %s, end_s: %s, ramp_s: 0.2, share: 1}]' "$1" "$2"; }
scene very-secret-one 40 "$(covered 12.3 24.1)" >1.yaml
scene very-secret-two 44 "$(covered 20.7 33.2)" >2.yaml
scene very-secret-three 36 "$(covered 9.4 19.9)" >3.yaml
scene very-secret-four 40 '[]' >4.yaml
scene very-secret-five 38 '[]' >5.yaml
scene very-secret-six 30 '[]' canary >6.yaml
"$VSAUDIT" synth ?.yaml -o set --quiet || exit 1
# One of them says a lot of itself.
if command -v ffmpeg >/dev/null; then
    ffmpeg -v error -f lavfi -i sine=duration=20 -i set/very-secret-two.mp4 -map 1:v -map 0:a -c:v copy -c:a aac -metadata title=very-secret \
        -metadata creation_time=2024-05-06T07:08:09Z -metadata:s:v handler_name=very-secret -t 44 said.mp4 && mv said.mp4 set/very-secret-two.mp4
    awk -v sum="$(sha256sum <set/very-secret-two.mp4 | cut -c1-64)" '/id:.*very-secret-two/ {inside = 1} inside && /sha256:/ {sub(/[0-9a-f]+$/, sum); inside = 0} {print}' set/dataset.yaml >new.yaml
    mv new.yaml set/dataset.yaml
fi
tampering_scenario set/dataset.yaml '[{id: reference, kind: reference}]' 'clips: {exclude_tags: [canary]}' >s.yaml
seed=$(printf '%064d' 42)
make() { # folder, options
    "$VSAUDIT" capsule make s.yaml -o "$@" >log 2>&1
    status=$?
}
"$VSAUDIT" keygen -o our.key --quiet >key-id
make a --seed "$seed" --repeats 0.5 --canaries 1 --key our.key
expect 0 "a (11 clips, of them 3 again and 3 canaries)" "a capsule is made"
make b --seed "$seed" --repeats 0.5 --canaries 1 --key our.key
ok "the same seed gives the same bytes" eval 'diff -r a b && diff -r a-kept b-kept'
make c --repeats 0.5 --canaries 1
ok "another seed gives another order" eval '[ $status -eq 0 ] && ! cmp -s a-kept/sealed.json c-kept/sealed.json && ! cmp -s a/seal.sha256 c/seal.sha256'
make a --seed "$seed"
expect 2 "never written over" "a capsule is not written over"
make d --seed 12
expect 2 "expected 64 hex digits" "a short seed is refused"
refuse "a share above one is refused" 2 "--repeats" "$VSAUDIT" capsule make s.yaml -o d --repeats 1.5
ok "nothing is left of what was refused" eval '[ ! -e d ] && [ ! -e d.part ] && [ ! -e d-kept ]'

ok "the sums are right" eval '(cd a && sha256sum --quiet -c SHA256SUMS)'
ok "all that is in it is in the sums" eval '[ "$(cd a && find . -type f ! -name "SHA256SUMS*" -printf "%P\n" | sort)" = "$(cut -c67- a/SHA256SUMS)" ]'
ok "the seal's hash is in the capsule, and printed" eval 'sum=$(sha256sum <a-kept/sealed.json | cut -c1-64) && [ "$(cat a/seal.sha256)" = "$sum" ] && "$VSAUDIT" capsule make s.yaml -o e --seed "$seed" --repeats 0.5 --canaries 1 >log 2>&1 && grep -q "$sum" log'
ok "the sealed list is for its owner alone" eval '[ "$(stat -c %a a-kept)" = 700 ]'
ok "no name, place or word of the clips' makers is in the capsule" eval '! grep -rqaE "very-secret|x264|Lav[cf]5|Lav[cf]6|$(basename "$SCRATCH")|tampering:|vsaudit synth" a'
ok "names are neutral" eval '[ "$(ls a/clips | tr "\n" " ")" = "$(printf "clip-%04d.mp4 " $(seq 11))" ]'
ok "all files have one time" eval '[ "$(find a/clips -printf "%Ts\n" | sort -u)" = 946684800 ]'
ok "no two files have one hash or one size" eval '[ "$(sha256sum a/clips/* | cut -c1-64 | sort -u | wc -l)" = 11 ] && [ "$(stat -c %s a/clips/* | sort -u | wc -l)" = 11 ]'
if command -v ffprobe >/dev/null; then
    for clip in a/clips/*; do
        ffprobe -v error -show_entries format_tags:stream_tags:chapter:program -of compact "$clip" | sort
    done | sort -u >told
    ok "what the files say of themselves is the same of all" eval '[ "$(wc -l <told)" = 2 ] && ! grep -qE "creation_time|encoder|title|comment" told'
else
    skip "what the files say of themselves is the same of all" "no ffprobe"
fi
field() { # of the sealed list: a field of each clip, a line each
    awk -v key="\"$1\":" '$1 == key {sub(/,$/, "", $2); gsub(/"/, "", $2); print $2}' "${2:-a-kept}/sealed.json"
}
ok "the sealed list names every clip" eval '[ "$(field clip | sort | uniq -c | sort -rn | awk "{print \$1}" | head -4 | tr "\n" " ")" = "2 2 2 2 " ] && [ "$(field canary | grep -c true)" = 3 ]'
ok "the clip that the dataset calls a canary is one, though the scenario leaves it out" eval 'field clip | grep -qx very-secret-six'

# What a clip tells is the same as before it went in: the reference sees the same at the same time.
"$VSAUDIT" run s.yaml -o before --no-pictures --quiet >/dev/null 2>&1
tampering_scenario a/dataset.yaml '[{id: reference, kind: reference}]' >inside.yaml
"$VSAUDIT" run inside.yaml -o inside --no-pictures --quiet >log 2>&1
chains() { grep -o '"luma_chain": *"[0-9a-f]*"' "$1/results.json" | sort -u; }
ok "the pictures and their times are those of the clips" eval '[ "$(chains before | wc -l)" = 5 ] && [ "$(comm -12 <(chains before) <(chains inside) | wc -l)" = 5 ]'
ok "instructions are there in both languages, with the words that count" eval 'grep -q "camera-tampering" a/README.fr.md && grep -q "11 clips" <(sed "s/video clips/clips/" a/README.en.md) && grep -q "11 séquences" a/README.fr.md'
ok "the head of the log is there" eval '[ "$(cat a/answers.csv)" = "clip,behaviour,onset_s,decided_s,end_s,confidence" ]'
ok "the capsule's dataset can be checked" eval '"$VSAUDIT" check a/dataset.yaml >/dev/null'

# A stream without times, and several files in one clip, are left out aloud.
if command -v ffmpeg >/dev/null; then
    ffmpeg -v error -i set/very-secret-one.mp4 -c copy -bsf:v h264_mp4toannexb -f h264 set/raw.264
    sed '/^  - id:/,$d' set/dataset.yaml >set/raw.yaml
    cat >>set/raw.yaml <<'E'
  - {id: raw, file: raw.264, rate: 10, coverage: {camera-tampering: all}}
  - {id: very-secret-four, file: very-secret-four.mp4, coverage: {camera-tampering: all}}
E
    sed -i '/^truth:/d' set/raw.yaml
    make raw --dataset set/raw.yaml --canaries 0 --repeats 0
    expect 0 "clip “raw” is left out" "what cannot be re-muxed is said"
else
    skip "what cannot be re-muxed is said" "no ffmpeg"
fi

# What comes back. An honest log: the reference's own alerts on the capsule's clips, as a system there would write them.
python3 - inside/results.json >honest.csv <<'E'
import json, sys
print("clip,behaviour,onset_s,decided_s,end_s,confidence")
for clip in json.load(open(sys.argv[1]))["scenarios"][0]["evaluations"][0]["clips"]:
    for alert in clip["alerts"]:
        print("%s,camera-tampering,%.6f,%.6f,," % (clip["clip"], alert["onset_us"] / 1e6, alert["decided_us"] / 1e6))
E
score() { # folder, arguments
    "$VSAUDIT" capsule score a "${@:2}" -o "$1" >log 2>&1
    status=$?
}
finding() { # folder, finding: "state count of"
    python3 - "$1/results.json" "$2" <<'E'
import json, sys
for finding in json.load(open(sys.argv[1]))["capsule"]["systems"][0]["findings"]:
    if finding["id"] == sys.argv[2]:
        print(finding["state"], finding["count"], finding["of"])
E
}
shows() { # folder, finding, what it must show
    [ "$(finding "$1" "$2")" = "$3" ] || { echo "# $2: $(finding "$1" "$2")"; return 1; }
}
score honest vendor=honest.csv --published "$(cat a/seal.sha256)" --key our.key.pub
expect 0 "same clip, same alerts: all 2 answers to 3 clips" "an honest log is scored"
ok "its figures are those of the clips themselves" eval '[ "$(python3 -c "
import json
for folder in (\"before\", \"honest\"):
    counts = json.load(open(folder + \"/results.json\"))[\"scenarios\"][0][\"evaluations\"][0][\"counts\"]
    print(counts[\"hits\"], counts[\"misses\"], counts[\"false_strict\"])" | sort -u | wc -l)" = 1 ]'
ok "nothing fails in it" eval '! grep -q "\"state\": \"fail\"" honest/results.json'
ok "the same answers are no second system" eval '! grep -q vendor-again honest/results.json'
ok "its canary was found, nothing was raised where nothing happens" eval 'shows honest canary_events "pass 0 1" && shows honest canary_empty "pass 0 2"'
ok "the report says it in both languages" eval 'grep -q "What the capsule shows" honest/report.en.html && grep -q "Ce que montrent les séquences remises" honest/report.fr.html'
ok "results.json names the signer and the seal" eval 'grep -q "\"signer\": \"$(cat key-id)\"" honest/results.json && grep -q "\"seal_sha256\": \"$(cat a/seal.sha256)\"" honest/results.json'
cp honest/results.json first.json
score honest vendor=honest.csv --key our.key.pub
ok "scored again, the same bytes" cmp first.json honest/results.json
"$VSAUDIT" report honest --bundle bag >log 2>&1 && "$VSAUDIT" verify bag >log 2>&1
status=$?
expect 0 "results.json is the same, byte for byte" "its bundle can be verified"
sed -i 's/"onset_us": 12400000/"onset_us": 12400001/' bag/data/capsule.json
"$VSAUDIT" verify bag >log 2>&1
ok "an altered answer in a bundle is told" [ $? -eq 5 ]

# The same log, touched up: a false alert taken from one appearance, a missed event added, times rounded by hand.
repeated=($(awk -F'"' '/"name": "clip-/ {name = $4} /"clip": "very-secret-(one|two)"/ {print name}' a-kept/sealed.json))
awk -F, -v OFS=, -v one="${repeated[0]}" -v two="${repeated[1]}" 'NR == 1 || $1 == one {print; next} {$3 = int($3); $4 = int($4) + 1; print}' honest.csv >touched.csv
empty=$(awk -F'"' '/"name": "clip-/ {name = $4} /"clip": "very-secret-(four|five)"/ {print name; exit}' a-kept/sealed.json)
canary=$(awk -F'"' '/"name": "clip-/ {name = $4} /"start_us"/ {print name; exit}' a-kept/sealed.json)
{ grep -v "^$canary," touched.csv && for second in 7 11 23 30; do echo "$empty,camera-tampering,$second,$((second + 1)),,"; done; } >touched2.csv
score touched vendor=touched2.csv
expect 0 "does not agree" "a log that was touched up is scored"
ok "it does not answer the same clips alike" eval '[[ "$(finding touched repeat_alerts)" = fail* ]] && [[ "$(finding touched repeat_times)" = fail* ]]'
ok "its times are rounded" eval '[[ "$(finding touched whole_seconds)" = fail* ]]'
ok "it misses an event that nobody can miss" shows touched canary_events "fail 1 1"
ok "what fails limits its figures, on the page of limits" grep -q "does not fit a system that runs alone in everything, or fits something else as well (same clip, same alerts, same clip, same times" touched/results.json
ok "its later answers are a system of their own" grep -q '"system": "vendor-again-2"' touched/results.json
ok "no sentence accuses" eval '! grep -oE "\"(sentence|meaning)\": \{[^}]*" touched/results.json | grep -qiE "fraud|cheat|forge|lie[sd]|trich|fraude|mensong"'

# Systems that look seldom are no people; people who write whole seconds alone are seen on the clips that were drawn.
cat >looks.py <<'E'
import csv, json, math, sys
looks, decimals = float(sys.argv[1]), sys.argv[2]
print("clip,behaviour,onset_s")
for clip in json.load(open("a-kept/sealed.json"))["clips"]:
    seen = clip.get("events") and [clip["events"][0]["start_us"] / 1e6] or []
    for moment in [12.345, 17.89, 21.05, 26.71] + seen: # it is busy, and looks at the first picture when it is time again
        rate = round(clip["rate"], 3)
        print("%s,camera-tampering,%s" % (clip["name"], decimals % (math.ceil(math.ceil(moment * looks) / looks * rate - 1e-9) / rate)))
E
for looks in 1 2 5 10; do
    python3 looks.py $looks %.3f >seldom.csv
    score seldom vendor=seldom.csv
    ok "a system that looks $looks times a second is no person" eval '[[ "$(finding seldom whole_seconds)" = pass* ]]'
done
python3 looks.py 1 %.0f >typed.csv
score typed vendor=typed.csv
ok "whole seconds alone are seen where there is no picture" eval '[[ "$(finding typed whole_seconds)" = fail* ]] && grep -q "of them on drawn clips that have no picture within 5 ms" typed/results.json'
drawn=$(awk -F'"' '/"name": "clip-/ {name = $4} /"canary": true/ {print name}' a-kept/sealed.json | tr '\n' ' ')
awk -F, -v drawn=" $drawn" 'index(drawn, " " $1 " ") == 0' typed.csv >undrawn.csv
score undrawn vendor=undrawn.csv
ok "elsewhere nothing is said of them" eval '[[ "$(finding undrawn whole_seconds)" = not_applicable* ]]'

# As a system of an audit among others: sealed list and log are read anew each time.
sealed() { # folder, keys of the system, more systems
    tampering_scenario set/dataset.yaml "[{id: vendor, kind: capsule, $2}, {id: silent, kind: \"null\"}${3:-}]" 'clips: {exclude_tags: [canary]}' >sealed.yaml
    "$VSAUDIT" score sealed.yaml -o "$1" --lang en,fr >log 2>&1
    status=$?
}
key="seal: a-kept/sealed.json, published: $(cat a/seal.sha256)"
sealed among "path: honest.csv, $key" ", {id: later, kind: capsule, path: touched2.csv, seal: a-kept/sealed.json}"
expect 0 "Control: never alerts" "systems of kind capsule are scored among others"
ok "check reads them" eval '"$VSAUDIT" check sealed.yaml >/dev/null'
cat >alike.py <<'E'
import json
def load(folder): return json.load(open(folder + "/results.json"))
among, honest, touched = load("among"), load("honest"), load("touched")
evaluations = among["scenarios"][0]["evaluations"]
assert [e["system_kind"] for e in evaluations] == ["capsule", "null", "capsule"]
for evaluation, alone in (evaluations[0], honest), (evaluations[2], touched):
    other = alone["scenarios"][0]["evaluations"][0]
    assert evaluation["counts"] == other["counts"] and evaluation["rates"] == other["rates"], evaluation["counts"]
for system, alone in zip(among["capsule"]["systems"], (honest, touched)):
    other = alone["capsule"]["systems"][0]
    assert system["findings"] == other["findings"] and system["sha256"] == other["sha256"]
assert {i["file"] for i in among["inputs"] if i["kind"] == "seal"} == {"sealed.json"}
assert sum("does not fit a system that runs alone in everything" in limit["en"] for limit in among["limits"]) == 1
E
ok "with the figures and findings of capsule score" python3 alike.py
ok "JUnit has what they show" eval 'grep -q "<testsuite name=\"capsule\" tests=\"22\"" among/junit.xml && grep -q "<testcase classname=\"capsule\" name=\"canary_events \[later\]\"><failure type=\"capsule\" message=" among/junit.xml && grep -q "<testcase classname=\"capsule\" name=\"canary_events \[vendor\]\"></testcase>" among/junit.xml'
ok "so has a table" eval '[ "$(head -1 among/capsule.csv | tr -d "\r")" = system,file,sha256,alerts,finding,state,count,of,expected,p,sentence_en,sentence_fr,meaning_en,meaning_fr ] && [ "$(wc -l <among/capsule.csv)" = 23 ] && grep -q "^later,touched2.csv,.*,canary_events,fail,1,1," among/capsule.csv'
ok "and the short report, in both languages" eval 'grep -q "^| events that nobody can miss | ⚠️ does not agree |" among/summary.en.md && grep -q "^| events that nobody can miss | pass |" among/summary.en.md && grep -q "^## Ce que montrent les séquences remises" among/summary.fr.md'
ok "a run without a capsule has no such table" [ ! -e before/capsule.csv ]
"$VSAUDIT" report among --bundle sealed-bag >log 2>&1 && mkdir hidden && mv sealed-bag hidden && (cd hidden && "$VSAUDIT" verify sealed-bag) >log 2>&1
status=$?
expect 0 "results.json is the same, byte for byte" "its bundle is scored again from the sealed list and the log"
sealed wrong "path: honest.csv, seal: a-kept/sealed.json, published: $(cat c/seal.sha256)"
expect 3 "as was published" "a sealed list that is not the published one is refused"
sealed wrong "path: honest.csv, $key" ", {id: other, kind: capsule, path: honest.csv, seal: c-kept/sealed.json}"
expect 3 "found a second sealed list (system “other”)" "so is a second capsule"
sealed wrong "path: honest.csv"
expect 3 "seal" "so is one without its list"
# The capsule itself is held against the list as “capsule score” does it.
ok "who signed it is named" grep -q "\"signer\": \"$(cat key-id)\"" among/results.json
cp -r a touched-a && cp -r a-kept touched-a-kept && printf x >>touched-a/clips/clip-0003.mp4
sealed wrong "path: honest.csv, seal: touched-a-kept/sealed.json"
expect 3 "touched-a/clips/clip-0003.mp4: found SHA-256" "an altered clip is refused, in the folder beside the list"
rm -r touched-a && cp -r a touched-a && sed -i 's/clip-0003/clip-0033/' touched-a/SHA256SUMS
sealed wrong "path: honest.csv, seal: touched-a-kept/sealed.json"
expect 3 "found no line for clips/clip-0003.mp4, which is in the sealed list" "so are other sums"
cp a/SHA256SUMS touched-a/SHA256SUMS && sed -i '$s/README/readme/' touched-a/SHA256SUMS && printf '%s  readme\n' "$(sha256sum </dev/null | cut -c1-64)" >>touched-a/SHA256SUMS && : >touched-a/readme
sealed wrong "path: honest.csv, seal: touched-a-kept/sealed.json"
expect 3 "the signature is not one of what it stands beside" "and sums that are not the signed ones"
sealed wrong "path: honest.csv, $key, key: other.pub"
expect 3 "other.pub" "a key that is not there is told"
"$VSAUDIT" keygen -o stranger.key --quiet >/dev/null
sealed wrong "path: honest.csv, $key, key: stranger.key.pub"
expect 3 "is another key than the one that must have signed" "another signer is refused"
sealed wrong "path: honest.csv, $key" ", {id: later, kind: capsule, path: touched2.csv, seal: a-kept/sealed.json, key: stranger.key.pub}"
expect 3 "is another key than the one that must have signed" "also where a second system names the key"
sealed wrong "path: honest.csv, $key, folder: nowhere"
expect 3 "folder: found no folder" "a capsule that is not there is asked for"
sealed wrong "path: honest.csv, $key, folder: c"
expect 3 "is another capsule's" "another capsule is refused"
sealed stated "path: honest.csv, seal: touched-a-kept/sealed.json, folder: a, key: our.key.pub"
expect 0 "Control: never alerts" "the right one is taken by its name"
cp set/truth.csv truth.kept && sed -i 's/,12\.300,/,12.299,/' set/truth.csv
sealed wrong "path: honest.csv, $key"
expect 3 "which was not sealed with the capsule" "and truth that was changed since"
cp truth.kept set/truth.csv

# What is not as it was: exit status 5, with its name.
cp -r a x && printf x >>x/clips/clip-0003.mp4
refuse "an altered clip is named" 5 "x/clips/clip-0003.mp4" "$VSAUDIT" capsule score x honest.csv --kept a-kept -o y
cp -r a-kept k && sed -i 's/"canary": true/"canary": false/' k/sealed.json
refuse "an edited seal is named" 5 "k/sealed.json: found SHA-256" "$VSAUDIT" capsule score a honest.csv --kept k -o y
refuse "another capsule's seal is named" 5 "is another capsule's" "$VSAUDIT" capsule score a honest.csv --kept c-kept -o y
refuse "a seal that is not the published one is named" 5 "as was published" "$VSAUDIT" capsule score a honest.csv --published "$(cat c/seal.sha256)" -o y
rm x/clips/clip-0003.mp4
refuse "a missing clip is named" 5 "x/clips/clip-0003.mp4" "$VSAUDIT" capsule score x honest.csv --kept a-kept -o y
rm -rf x && cp -r a x && sha256sum k/sealed.json | cut -c1-64 >x/seal.sha256
(cd x && sha256sum README.en.md README.fr.md answers.csv clips/* dataset.yaml seal.sha256 >SHA256SUMS)
refuse "sums that were made anew are not the signed ones" 5 "SHA256SUMS.sig" "$VSAUDIT" capsule score x honest.csv --kept k -o y
"$VSAUDIT" keygen -o other.key --quiet >/dev/null
refuse "another key is named" 5 "is another key" "$VSAUDIT" capsule score a honest.csv --key other.key.pub -o y
cp set/truth.csv truth.kept && sed -i 's/,12\.300,/,12.299,/' set/truth.csv
refuse "truth that was changed since is named" 5 "truth.csv: is not as it was when the capsule was sealed" "$VSAUDIT" capsule score a honest.csv -o y
cp truth.kept set/truth.csv
rm -rf x && cp -r c x && sed -i '1i\\' x/SHA256SUMS && printf x >>x/clips/clip-0003.mp4
refuse "an empty line in the sums hides nothing behind it" 5 "x/SHA256SUMS: found a line that names no file" "$VSAUDIT" capsule score x honest.csv --kept c-kept -o y
rm -rf x && cp -r c x && sed -i '/clip-0002/d' x/SHA256SUMS
refuse "a clip that is sealed and not in the sums is named" 5 "x/SHA256SUMS: found no line for clips/clip-0002.mp4, which is in the sealed list" "$VSAUDIT" capsule score x honest.csv --kept c-kept -o y
rm -rf x && cp -r c x && printf x >>x/clips/clip-0002.mp4
(cd x && sed -i "/clip-0002/d" SHA256SUMS && sha256sum clips/clip-0002.mp4 >>SHA256SUMS)
refuse "a clip that is another than was sealed is named, whatever the sums say" 5 "as the sealed list says" "$VSAUDIT" capsule score x honest.csv --kept c-kept -o y
for file in SHA256SUMS seal.sha256; do
    rm -rf x && cp -r c x && rm x/$file
    refuse "a capsule without $file cannot be read" 3 "x/$file: cannot be read: Failed to open file" "$VSAUDIT" capsule score x honest.csv --kept c-kept -o y
done
ok "nothing is written of what was refused" [ ! -e y ]

# The audit may have gone elsewhere.
cp -r . ../moved.$$ && mv ../moved.$$ moved && rm moved/a-kept/audit.txt
refuse "an audit that is nowhere is asked for" 3 "or --audit FILE" "$VSAUDIT" capsule score moved/a honest.csv -o y
score elsewhere vendor=honest.csv --kept moved/a-kept --audit moved/s.yaml
ok "it is taken from where it is now" eval '[ $status -eq 0 ] && [[ "$(finding elsewhere repeat_alerts)" = pass* ]]'

# Logs that do not fit.
refuse "a clip that is not in the capsule is named with its place" 3 "bad.csv:2:1: clip: found “clip-0099”" eval 'printf "clip,behaviour,onset_s\nclip-0099,camera-tampering,1\n" >bad.csv; "$VSAUDIT" capsule score a bad.csv -o y'
refuse "a time after the clip's end is named with its place" 3 "bad.csv:2:28: onset_s" eval 'printf "clip,behaviour,onset_s\n%s,camera-tampering,999\n" "${repeated[0]}" >bad.csv; "$VSAUDIT" capsule score a bad.csv -o y'
refuse "a behaviour that is not asked about is named" 3 "intrusion" eval 'printf "clip,behaviour,onset_s\n%s,intrusion,1\n" "${repeated[0]}" >bad.csv; "$VSAUDIT" capsule score a bad.csv -o y'
refuse "two logs of one name are refused" 3 "a second log of a system “v”" "$VSAUDIT" capsule score a v=honest.csv v=touched.csv -o y
refuse "make and score do not share their options" 2 "found an option of make" "$VSAUDIT" capsule score a honest.csv --repeats 0.5

# A log in a form of its own, by a map.
awk -F, 'NR > 1 {printf "%s;tamper;%s\n", $1, $3}' honest.csv | sed '1i Video;Alarm;Seconds' >own.txt
cat >map.yaml <<'E'
schema: vsaudit/alert-map/1
delimiter: semicolon
columns: {clip: Video, behaviour: Alarm, time: Seconds}
time: seconds
behaviours: {tamper: camera-tampering}
E
score mapped vendor=own.txt --map map.yaml
ok "a log in a form of its own is read by a map" eval '[ $status -eq 0 ] && [[ "$(finding mapped repeat_alerts)" = "$(finding honest repeat_alerts)" ]]'
sed -i 's/^behaviours:/ignore: [test]\n&/' map.yaml
printf '%s;test;1\n%s;tamper;900\n' "${repeated[0]}" "${repeated[0]}" >>own.txt
score left vendor=own.txt --map map.yaml
ok "rows that its map leaves out are counted" grep -q "own.txt: of .* rows 1 are to be ignored by the map, 1 lie outside of every clip and 0 end" log
echo "1..$n"
