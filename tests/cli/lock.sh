# vsaudit lock: what was fixed before the run, and what has changed since.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

score() { # arguments; scores alert logs: sets status, writes log
    "$VSAUDIT" score "$@" >log 2>&1
    status=$?
}
state() { # word: what results.json of the last score says
    grep -q "\"state\": \"$1\"" out/results.json
}
changed() { # file what, in results.json and in the English and the French report
    grep -A1 -F "\"file\": \"$1\"" out/results.json | grep -q -F "\"what\": \"$2\"" && grep -q -F "<li>$1: " out/report.en.html &&
        grep -q -F "<li>$1" out/report.fr.html
}
write_all() {
    printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n  - {id: a, file: a.mp4, duration_s: 3600}\ntruth: [truth.csv]\n' >data/set.yaml
    printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\nevent,a,camera-tampering,100,160\n' >data/truth.csv
    tampering_scenario data/set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' \
        $'scope: these_clips\nclaims: [{id: few, text: few errors, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 20}}]' >s.yaml
    printf 'schema: vsaudit/audit/1\nid: my\ntitle: My audit\nscenarios: [s.yaml]\n' >my.yaml
}

echo "1..32"
mkdir data
printf 'clip,behaviour,onset_s\na,camera-tampering,101\n' >vendor.csv
write_all

score my.yaml -o out
expect 0 "Exploratory:" "without a lock the terminal says exploratory"
state unlocked && grep -q 'Exploratory:' out/report.en.html && grep -q 'Exploratoire' out/report.fr.html
result $? "and so does the report, in both languages"
rm -r out # a look before the lock would be told: see looks.sh
"$VSAUDIT" lock my.yaml >log 2>&1
status=$?
expect 0 "my.yaml.lock: locked on" "a lock is written beside the audit"
expect 0 "1 clip is not covered, having no SHA-256 in its manifest and no file here; nothing will say whether it changes: a" "what it cannot hold is said"
"$VSAUDIT" lock my.yaml >log 2>&1
status=$?
expect 2 "a lock is not replaced" "a lock is not replaced"
score my.yaml -o out
expect 0 ", unchanged:" "unchanged, the terminal says so"
state unchanged && grep -q 'Locked on [0-9]* [A-Z][a-z]* 20[0-9]*, [0-9:]* UTC, unchanged' out/report.en.html && grep -q 'Verrouillé le [0-9er]* [a-zéû]* 20[0-9]* à [0-9:]* UTC' out/report.fr.html
result $? "and so does the report"
grep -q "\"sha256\": \"$(sha256sum <my.yaml.lock | cut -c1-64)\"" out/results.json
result $? "with the hash of the lock"
cp out/results.json first.json
score my.yaml -o out
cmp first.json out/results.json
result $? "the same bytes again: the date is the lock's"
mkdir moved && cp -r my.yaml my.yaml.lock s.yaml data vendor.csv moved
(cd moved && "$VSAUDIT" score my.yaml -o ../moved-out) >log 2>&1
cp moved-out/results.json out/
state unchanged
result $? "a folder may be moved as a whole"
grep -q 'One clip is not covered by the lock' out/report.en.html && grep -q 'Une séquence n’est pas couverte' out/report.fr.html
result $? "the report says which clip the lock does not hold"
mv vendor.csv vendor.kept
"$VSAUDIT" lock my.yaml -o without-log.lock >log 2>&1
mv vendor.kept vendor.csv
rm -r out
score my.yaml -o out --lock without-log.lock
state unchanged
result $? "an alert log that comes after the lock is a result, no change"
echo clip >data/a.mp4
"$VSAUDIT" lock my.yaml -o with-clip.lock >log 2>&1
status=$?
grep -q '"role": "clip"' with-clip.lock && ! grep -q 'not covered' log
result $? "a clip without a hash is hashed when it is there"
rm -r out
score my.yaml -o out --lock with-clip.lock
state unchanged
result $? "and holds"
echo other >data/a.mp4
score my.yaml -o out --lock with-clip.lock
state changed && changed data/a.mp4 changed
result $? "a change of the clip is told with its name"
rm data/a.mp4
score my.yaml -o out --lock with-clip.lock
changed data/a.mp4 removed
result $? "and that it has gone"

# Every locked input, changed by a byte that means nothing.
for file in my.yaml s.yaml data/set.yaml data/truth.csv vendor.csv; do
    printf 'clip,behaviour,onset_s\na,camera-tampering,101\n' >vendor.csv
    write_all
    if [ "${file##*.}" = csv ]; then printf '\n' >>"$file"; else echo '# x' >>"$file"; fi
    score my.yaml -o out
    state changed && changed "$file" changed
    result $? "a change of $file is told with its name"
done
# The files that a scenario names elsewhere: a network with its labels, tickets that were validated, what one annotator saw.
printf 'clip,behaviour,onset_s\na,camera-tampering,101\n' >vendor.csv
write_all
echo network >net.onnx
echo person >labels.txt
printf 'time_s\n5\n' >data/tickets.csv
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\n' >data/anna.csv
sed -i 's/duration_s: 3600}/duration_s: 3600, scene: {validations: tickets.csv}}/' data/set.yaml
echo 'annotators: [{id: anna, truth: [anna.csv]}]' >>data/set.yaml
echo 'perception: {detector: onnx, model: net.onnx, labels: labels.txt}' >>s.yaml
"$VSAUDIT" lock my.yaml -o all.lock >log 2>&1
for file in net.onnx labels.txt data/tickets.csv data/anna.csv; do
    cp "$file" kept
    echo >>"$file"
    score my.yaml -o out --lock all.lock
    state changed && changed "$file" changed
    result $? "a change of $file is told with its name"
    cp kept "$file"
done
write_all
printf 'kind,clip,behaviour,start_s,end_s\nevent,a,camera-tampering,300,360\n' >data/more.csv
sed -i 's/truth.csv/truth.csv, more.csv/' data/set.yaml
score my.yaml -o out
changed data/more.csv added
result $? "a truth file that was added is told"
write_all
sed 's/vsaudit\/dataset/&/' data/set.yaml >other.yaml
sed -i 's/truth.csv/data\/truth.csv/' other.yaml
score my.yaml -o out --dataset other.yaml
changed other.yaml added && changed data/set.yaml removed
result $? "another dataset is told"
sed 's/"version": "[^"]*"/"version": "0.0.1"/' my.yaml.lock >old.lock
score my.yaml -o out --lock old.lock
changed vsaudit program
result $? "another version of the program is told"
sed 's/"post": "[^"]*"/"post": "99"/' my.yaml.lock >old.lock
score my.yaml -o out --lock old.lock
changed s.yaml protocol
result $? "other parameters of the protocol are told"
score my.yaml -o out --lock none.lock
expect 3 "none.lock: cannot be read" "a lock that is named must be there"
echo '{"schema": "vsaudit/lock/1"}' >old.lock
score my.yaml -o out --lock old.lock
expect 3 "expected a whole lock" "and whole"

# A lock made when the results were there already.
clip a.y4m abcdefgz
dataset "$(entry a a.y4m)"
scenario ""
run s.yaml -o video --no-pictures --quiet
sed 's/"date": "[^"]*"/"date": "2199-01-01T00:00:00Z"/' my.yaml.lock >late.lock
run s.yaml -o video --no-pictures --lock late.lock
expect 0 "the lock was made after the first clip had been replayed" "a lock that came after the run is told"
