# What a finished run may be used for again: the files must still be those that were replayed.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..25"
pictures=60
clip a.y4m abcdefgz
clip b.y4m azbyc
sed_truth() { sed -i 's/start_s: 16, end_s: 24/start_s: 4, end_s: 6/' set.yaml; }
dataset "$(entry a a.y4m && entry b b.y4m)"
sed_truth
scenario "claims: [{id: c, text: never fails, not_testable: {en: no number, fr: aucun chiffre}}]"
run s.yaml -o one
expect 0 "6 of 6 replays done" "a run over unpinned clips"
cp one/results.json before.json

grep -q "not locked before the run: exploratory" one/report.en.html &&
    grep -q "n’a pas été verrouillée avant l’exécution" one/report.fr.html &&
    ! grep -q "was fixed before the run" one/report.en.html
result $? "without a lock no reading is said to be older than the run"
"$VSAUDIT" lock s.yaml >log 2>&1
run s.yaml -o locked
grep -q "was fixed before the run (locked on [1-9][0-9]* [A-Z][a-z]* [0-9]*)" locked/report.en.html
result $? "with a lock it is"
rm s.yaml.lock

cp b.y4m kept.y4m
printf 'x' | dd of=b.y4m bs=1 seek=5000 conv=notrunc 2>/dev/null
run s.yaml -o one
expect 5 "clip “b” (set) is no longer the file that was replayed: found SHA-256 $(sha256sum <b.y4m | cut -c1-64), expected $(sha256sum <kept.y4m | cut -c1-64); --again starts anew" "a changed clip is noticed"
run s.yaml -o one --resume
expect 5 "is no longer the file that was replayed" "with --resume too"
cmp one/results.json before.json
result $? "and nothing new is published"
rm b.y4m
run s.yaml -o one
expect 3 "clip “b” (set) was replayed, but its file is no longer there" "a clip that has gone is noticed"
mkdir b.y4m
run s.yaml -o folder
expect 3 "b.y4m” is a folder, not a clip" "a folder is no clip"
rmdir b.y4m
mv kept.y4m b.y4m
run s.yaml -o one
expect 0 "6 kept from an earlier session" "the same bytes again are the same clip"
# The looks that there were meanwhile are remembered (look_log); all else is the same.
without_looks() { sed '/^ "look_log": {/,/^ }/d' "$1"; }
cmp <(without_looks one/results.json) <(without_looks before.json) && [ -s one/results.json ]
result $? "with the same results"

run s.yaml -o one -j 0
expect 2 "-j: found a number below 1" "no workers are refused"
rm one/results.json
"$VSAUDIT" report one >log 2>&1
status=$?
expect 3 "one: the run there is unfinished: go on with vsaudit run --resume" "no report of an unfinished run"
"$VSAUDIT" report nowhere >log 2>&1
status=$?
expect 3 "nowhere: no run there" "nor of a folder that is not there"

# A folder with files of somebody else.
printf 'clip,behaviour,onset_s\na,camera-tampering,4.5\n' >vendor.csv
mkdir mine
cp vendor.csv mine/alerts.csv
refused() { # words description: the last command, and the user's file is as it was
    expect 2 "$1" "$2"
    cmp -s vendor.csv mine/alerts.csv
    result $? "and the file is as it was"
}
run s.yaml -o mine
refused "mine: “alerts.csv” is there, was not written by vsaudit, and would be overwritten" "a run does not overwrite a user's file"
"$VSAUDIT" report locked -o mine >log 2>&1
status=$?
refused "“alerts.csv” is there" "nor does a report"
tampering_scenario set.yaml '[{id: vendor, kind: alerts, path: mine/alerts.csv}]' >score.yaml
sed -i 's/, coverage/, duration_s: 6, coverage/' set.yaml
score() {
    "$VSAUDIT" score "$@" >log 2>&1
    status=$?
}
score score.yaml -o mine
refused "mine: holds an input of the audit: " "nor does a score"
score score.yaml -o scored
expect 0 "" "a score into a new folder"
cp score.yaml other.yaml
score other.yaml -o scored
expect 2 "scored: holds a score of something else" "the score of another file is not written over"
score score.yaml -o scored
expect 0 "" "that of the same file is"

grep -A2 '"kind": "alerts"' scored/results.json | grep -q "$(sha256sum <mine/alerts.csv | cut -c1-64)"
result $? "the alert log's fingerprint is in the results"
grep -q "$(sha256sum <mine/alerts.csv | cut -c1-64)" scored/report.en.html && grep -q "journal d’alertes" scored/report.fr.html
result $? "and in the report"
! grep -q "on the audit file" scored/report.en.html && grep -q "the same command on the scenarios" scored/report.en.html
result $? "which does not speak of an audit file where there is none"
