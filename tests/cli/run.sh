# vsaudit run: whole audits over clips drawn here, without any video tool.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..33"
corpus=$tree/tests/fuzz/corpus/replay
clip a.y4m abcdefgz
clip b.y4m azbyc
clip c.y4m "zza az"
good=$(entry a a.y4m && entry b b.y4m && entry c c.y4m)
dataset "$good"
scenario ""

run s.yaml -o one -j1
expect 0 "9 of 9 replays done" "a run ends well"
run s.yaml -o two -j2
expect 0 "9 of 9 replays done" "with -j2 too"
same_results one two
result $? "results.json is the same for -j1 and -j2"
grep -q '"onset_us"' one/results.json && ls one/observations/*.gz >/dev/null
result $? "something was seen, and the measurements were saved"

# What a terminal shows meanwhile, on one line that is written over.
if command -v script >/dev/null; then
    script -q -e -c "'$VSAUDIT' run s.yaml -o watched -j1" /dev/null >shown 2>&1
    ok "a terminal shows how far it is" eval 'tr "\r" "\n" <shown | grep -q -E "9 of 9 replays, 0\.060 of 0\.060 footage-hours, [0-9.]+× real time, 0:00 left"'
    tr '\r' '\n' <shown | sed -n -E 's/^.*K([0-9]+) of 9 replays, ([0-9.]+) of .*/\1 \2/p' >steps
    ok "from one replay to the next, never back" eval 'sort -c -n steps && [ "$(sort -u steps | wc -l)" -ge 3 ]'
else
    skip "a terminal shows how far it is" "script is not installed"
    skip "from one replay to the next, never back" "script is not installed"
fi

# Killed in the middle, then resumed.
"$VSAUDIT" run s.yaml -o killed -j1 >/dev/null 2>&1 &
pid=$!
for ((i = 0; i < 2000; i++)); do
    [ "$(find killed/observations -name '*.gz' 2>/dev/null | wc -l)" -ge 3 ] && break
    sleep 0.01
done
kill -9 $pid
wait $pid 2>/dev/null
! [ -e killed/results.json ]
result $? "kill -9 comes before the end"
run s.yaml -o killed
expect 2 "go on with --resume" "an unfinished run needs --resume"
run s.yaml -o killed -j2 --resume
expect 0 "kept from an earlier session" "--resume goes on without repeating"
same_results one killed
result $? "results.json is the same as without the kill"

# Ctrl-C ends in order. (A background job of a script ignores SIGINT, so the other signal is sent.)
"$VSAUDIT" run s.yaml -o stopped -j1 >log 2>&1 &
pid=$!
for ((i = 0; i < 2000; i++)); do
    [ "$(find stopped/observations -name '*.gz' 2>/dev/null | wc -l)" -ge 2 ] && break
    sleep 0.01
done
kill -TERM $pid
wait $pid
status=$?
expect 4 "interrupted" "an interrupted run says so"
run s.yaml -o stopped --resume
expect 0 "kept from an earlier session" "and can be resumed"
same_results one stopped
result $? "to the same results"

# A finished run.
cp one/results.json before.json
run s.yaml -o one
expect 0 "9 kept from an earlier session" "a finished run is taken as it is"
cmp one/results.json before.json
result $? "and gives the same results again"
scenario "claims: [{id: c, text: never fails, not_testable: {en: no number, fr: aucun chiffre}}]"
run s.yaml -o one
expect 0 "9 kept from an earlier session" "a claim can be added without replaying"
scenario ""
sed -i 's/kind: reference}/kind: reference, params: {on_delay: 2}}/' s.yaml
run s.yaml -o one
expect 2 "rule “tampering/reference” has changed since" "another rule is another run"
scenario ""

# Bad clips, each with its sentence; the good ones are kept.
: >empty.mp4
echo "Dear Sir or Madam" >text.mp4
head -c 6500 "$corpus/a.avi" >cut.avi
dataset "$good
$(entry gone gone.mp4 && entry empty empty.mp4 && entry text text.mp4)
  - {id: cut, file: cut.avi, coverage: {camera-tampering: all}}
  - {id: late, file: b.y4m, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 20, end_s: 90}]}"
run s.yaml -o bad
expect 3 "12 of 24 replays done" "bad clips cost themselves only: exit status 3, the others are replayed"
expect 3 "clip “gone” (set, as-recorded): “gone.mp4” is not there" "a missing clip"
expect 3 "empty.mp4: the clip is empty (zero bytes)" "a clip of zero bytes"
expect 3 "text.mp4: not a video that can be read" "a text file named .mp4"
expect 3 "cut: clip “cut” (set, as-recorded):" "a cut clip"
expect 3 "to 90.000 s, expected it to end within the clip, which lasts 24.000 s" "truth beyond the clip's end"
[ -s bad/results.json ] && [ -s bad/report.en.html ] && [ -s bad/report.fr.html ]
result $? "the report is written all the same"
grep -q "cut: cut (as-recorded): [0-9.]* s without a sound picture" bad/summary.en.md
result $? "and its summary names the cut clip"

# A file that is not what its hash says is worse than one that is not there.
found=$(sha256sum <a.y4m | cut -c1-64)
dataset "$(entry b b.y4m)
  - {id: other, file: a.y4m, sha256: $(printf '%064d' 7), coverage: {camera-tampering: all}}"
run s.yaml -o altered
expect 5 "failed: clip “other” (set, as-recorded): “a.y4m” is not the file that the manifest names: SHA-256 $found, expected 0000" "a file with another hash than the manifest's"
expect 5 "3 of 6 replays done" "costs its clip only"
sed -i "s/sha256: 0*7/sha256: $found/" set.yaml
run s.yaml -o altered2
expect 0 "6 of 6 replays done" "the right hash is no fault"

# Wrong input that is told before anything is replayed.
dataset "$good"
scenario ""
sed -i 's/eq=brightness/eqq=brightness/' s.yaml
run s.yaml -o wrong
expect 3 "condition “dim”" "a wrong filter graph"
scenario ""
sed -i 's/kind: reference}/kind: reference, params: {on_dela: 2}}/' s.yaml
run s.yaml -o wrong
expect 3 "expected perhaps “on_delay”" "a misspelt parameter"
scenario ""
printf 'clip,behaviour,onset_s\na,camera-tampering,16\nq,camera-tampering,16\n' >vendor.csv
sed -i 's/- {id: none, kind: "null"}/- {id: vendor, kind: alerts, path: vendor.csv}/' s.yaml
run s.yaml -o wrong
expect 3 "vendor.csv:3:1: clip: found “q”, expected a clip of the dataset" "an alert for an unknown clip"
[ ! -e wrong/store.sqlite ]
result $? "and nothing was replayed for them"

# One folder, one process.
scenario ""
"$VSAUDIT" run s.yaml -o shared -j1 >/dev/null 2>&1 &
pid=$!
for ((i = 0; i < 2000; i++)); do
    [ -e shared/store.sqlite ] && break
    sleep 0.01
done
run s.yaml -o shared
kill -9 $pid
wait $pid 2>/dev/null
expect 2 "another vsaudit is running in this folder" "two runs do not share a folder"
