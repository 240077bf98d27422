# Looks are counted: a plan, the log, what is taken back, and five ways to cheat it.
# shellcheck shell=bash
set -u
tests=$(cd "$(dirname "$0")/.." && pwd)
. "$(dirname "$0")/../drawn.bash"

score() { # arguments; scores alert logs: sets status, writes log
    "$VSAUDIT" score "$@" --format junit,md >log 2>&1
    status=$?
}
says() { # folder, words of results.json
    grep -q -F -- "$2" "$1/results.json"
}
log_of() { # how many false alerts, one every 50 minutes, on clips a to j
    echo clip,behaviour,onset_s
    for ((i = 0; i < $1; i++)); do echo "$(printf '%b' "\\x$(printf %x $((97 + i % 10)))"),camera-tampering,$((100 + i / 10 * 3000))"; done
}
set_of() { # ids of clips, of ten hours each
    printf 'schema: vsaudit/dataset/1\nid: set\ntruth: [truth.csv]\nclips:\n' >set.yaml
    echo kind,clip,behaviour,start_s,end_s >truth.csv
    for id in "$@"; do
        printf '  - {id: %s, camera: k%s, duration_s: 36000}\n' "$id" "$id" >>set.yaml
        echo "coverage,$id,camera-tampering,0,36000" >>truth.csv
    done
}
audit_of() { # lines of the claim
    tampering_scenario set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' \
        "claims: [{id: few, text: few, scope: these_clips, $1 reading: {metric: false_alerts_per_camera_hour, op: \"<=\", value: 0.5}}]" >s.yaml
}

echo "1..44"
set_of {a..j}
audit_of ''
"$VSAUDIT" lock s.yaml >log 2>&1
log_of 30 >vendor.csv
score s.yaml -o out
says out '"supported": 1,' && says out '"number": 1,'
result $? "the first look under a lock is the verdict"
[ "$status" -eq 0 ] && ! grep -q '<skipped' out/junit.xml
result $? "for JUnit, too"
cp out/results.json first.json
cp out/looks.jsonl first.looks
log_of 31 >vendor.csv
score s.yaml -o out
says out '"not_established": 1,' && says out '"lost": "again"' && says out '"number": 2,' && says out 'under a lock without a plan of looks'
result $? "another log is a second look, which establishes nothing"
grep -q 'not established' out/junit.xml && grep -q 'not established' out/summary.en.md && ! grep -q 'supported\*\*' out/summary.en.md
result $? "and JUnit and Markdown say so"
log_of 90 >vendor.csv
score s.yaml -o out
[ "$status" -eq 0 ] && says out '"number": 3,' && says out '"of_these_clips": "refuted"'
result $? "nor is a claim refuted by it: the exit status is 0"
[ "$(wc -l <out/looks.jsonl)" = 3 ] && cmp -s out/looks.jsonl s.yaml.lock.looks
result $? "the log has a line for each, in the folder and beside the lock"
log_of 30 >vendor.csv
score s.yaml -o out
cmp out/results.json first.json && [ "$(wc -l <out/looks.jsonl)" = 3 ]
result $? "the first look again is the first look, byte for byte, and no new line"

# five ways to cheat
log_of 31 >vendor.csv
score s.yaml -o elsewhere
says elsewhere '"number": 2,'
result $? "another folder for results changes nothing: the log beside the lock counts"
rm -r elsewhere
mv s.yaml.lock.looks kept
score s.yaml -o out
says out '"number": 2,'
result $? "the log beside the lock removed: that of the folder counts"
rm s.yaml.lock
"$VSAUDIT" lock s.yaml >log 2>&1
log_of 32 >vendor.csv
score s.yaml -o out
says out '"what": "looked"' && says out '"state": "changed"' && grep -q 'times before the lock was made' out/summary.en.md
result $? "a lock removed and made anew is told: the clips had been scored before"
grep -q '"lost": "again"' out/results.json
result $? "and establishes nothing"
sed -i 's/id: vendor/id: other/' s.yaml
log_of 33 >vendor.csv
score s.yaml -o out
says out '"lost": "again"'
result $? "a system under another name is the same system where the lock has changed"
sed -i 's/id: other/id: vendor/' s.yaml
sed -i 's/id: a,/id: z,/' set.yaml && sed -i 's/^\(coverage\),a,/\1,z,/' truth.csv && log_of 34 | sed 's/^a,/z,/' >vendor.csv
score s.yaml -o out
says out '"lost": "again"'
result $? "so is a clip under another id"
set_of {a..j}
log_of 35 >vendor.csv
sed '2d' out/looks.jsonl >cut && cp out/looks.jsonl whole && cp cut out/looks.jsonl && rm s.yaml.lock.looks
score s.yaml -o out
expect 5 "line 2: found a look that does not follow on the one before" "a line taken out breaks the chain"
sed '1s/"time":"2/"time":"1/' whole >out/looks.jsonl
score s.yaml -o out
expect 5 "line 1: found a look that was altered after it was written" "a clock put back afterwards, too"
rm -r out

# plans
audit_of 'looks: {plan: horizon, camera_hours: 200},'
rm -f s.yaml.lock*
log_of 30 >vendor.csv
score s.yaml -o out
says out '"lost": "early"' && says out 'this look is exploratory, as the plan is one verdict at 200 camera-hours (100 camera-hours'
result $? "a look before the horizon is exploratory, with a lock or without"
grep -q 'not established' out/junit.xml && [ "$status" -eq 0 ]
result $? "in JUnit and the exit status as well"
log_of 31 >vendor.csv
set_of {a..t}
score s.yaml -o out
says out '"lost": "exchanged"'
result $? "where what had been looked at was exchanged, the verdict at the horizon is another test"
rm -r out
set_of {a..j}
score s.yaml -o out
set_of {a..t}
score s.yaml -o out
says out '"supported": 1,' && says out 'It is the one verdict of the plan: 200 camera-hours.'
result $? "at the horizon it is read"
log_of 32 >vendor.csv
score s.yaml -o out
says out '"lost": "again"' && says out 'the one verdict of the plan was read in an earlier look'
result $? "once"
rm -r out
audit_of 'looks: {plan: anytime},'
set_of {a..j}
log_of 60 >vendor.csv
score s.yaml -o out
says out '"not_established": 1,' && says out '"plan": "anytime"' && says out ' more camera-hours without a false alert needed'
result $? "at any time it is said how much more is needed of the same"
log_of 20 >vendor.csv
score s.yaml -o out2
says out2 '"supported": 1,' && says out2 'It holds however often one looked'
result $? "few alerts support it at every look"
p=$(grep -o '"p_support": [0-9.e-]*' out2/results.json | head -1 | cut -d' ' -f2)
awk -v p="$p" 'BEGIN { exit !(p > 0.00001 && p < 0.01) }'
result $? "with the p of the e-process, which is larger than the exact one"
score s.yaml -o out
says out '"lost": "exchanged"'
result $? "but not where the alerts were exchanged"
audit_of 'looks: {plan: anytime, camera_hours: 3},'
score s.yaml -o out3
expect 3 "found a bound of “anytime”" "a bound of anytime is refused"
audit_of 'looks: {plan: horizon},'
score s.yaml -o out3
expect 3 "found no bound, expected when the verdict is read" "a horizon without one, too"
audit_of 'looks: {plan: horizon, end: soon},'
score s.yaml -o out3
expect 3 "expected a date as 2027-03-31" "and a day that is none"

# a horizon is read for itself alone
rm -rf out
claims_of() { # the second claim
    tampering_scenario set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' \
        "claims: [{id: few, text: few, scope: these_clips, looks: {plan: horizon, camera_hours: 200}, reading: {metric: false_alerts_per_camera_hour, op: \"<=\", value: 0.5}}, $1]" >s.yaml
}
first_lost() { # what the first claim has lost
    grep -A1 '"reached": ' "$1/results.json" | sed -n '2s/.*"lost": \([^,]*\).*/\1/p'
}
for other in '{id: words, text: words, not_testable: no figure}' \
    '{id: soon, text: soon, looks: {plan: horizon, camera_hours: 100}, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.5}}' \
    '{id: always, text: always, looks: {plan: anytime}, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.5}}'; do
    rm -rf out
    claims_of "$other"
    set_of {a..j}
    log_of 30 >vendor.csv
    score s.yaml -o out
    set_of {a..t}
    score s.yaml -o out
    [ "$(first_lost out)" = null ] && says out 'It is the one verdict of the plan: 200 camera-hours.'
    result $? "another claim does not read it: ${other:5:6}"
done
sed -i 's/id: few,/id: fewer,/' s.yaml
log_of 31 >vendor.csv
score s.yaml -o out
[ "$(first_lost out)" = '"again"' ]
result $? "nor does another name for it make it unread"

# of two systems that are compared neither is an excuse
rm -rf out
sed 's/^systems:.*/systems: [{id: va, kind: alerts, path: va.csv}, {id: vb, kind: alerts, path: vb.csv}]/; /^claims:/d' s.yaml >c.yaml
echo 'claims: [{id: better, text: better, scope: these_clips, system: va, looks: {plan: horizon, camera_hours: 200}, reading: {metric: rate_ratio, against: vb, op: "<=", value: 1}}]' >>c.yaml
set_of {a..j}
log_of 20 >va.csv
log_of 60 >vb.csv
score c.yaml -o out
[ "$(first_lost out)" = '"early"' ]
result $? "a comparison has a horizon"
cp -r out early
set_of {a..t}
log_of 61 >vb.csv
score c.yaml -o out
[ "$(first_lost out)" = '"exchanged"' ]
result $? "where the other's alerts were exchanged, it is another test"
rm -r out && mv early out
log_of 60 >vb.csv
score c.yaml -o out
[ "$(first_lost out)" = null ] && says out 'It is the one verdict of the plan: 200 camera-hours.'
result $? "where they were not, it is read"
log_of 62 >vb.csv
score c.yaml -o out
[ "$(first_lost out)" = '"again"' ]
result $? "and by another log of either it is not read again"

# the day on which footage ends
rm -rf out
audit_of 'looks: {plan: horizon, end: 2027-03-31},'
set_of {a..j}
sed -i 's/duration_s/recorded_at: "2027-03-30T14:00:00", duration_s/' set.yaml
log_of 20 >vendor.csv
score s.yaml -o out
[ "$(first_lost out)" = '"early"' ]
result $? "a clip that ends at midnight shows nothing of the next day"
sed -i 's/T14:00:00/T14:00:01/' set.yaml
score s.yaml -o out2
[ "$(first_lost out2)" = null ]
result $? "one that ends a second later does"

# one family
audit_of ''
sed -i 's/^systems:.*/systems: [{id: v0, kind: alerts, path: v0.csv}, {id: v1, kind: alerts, path: v1.csv}, {id: v2, kind: alerts, path: v2.csv}]/' s.yaml
for i in 0 1 2; do log_of $((36 + i * 4)) >v$i.csv; done
score s.yaml -o family
says family '"verdict_unadjusted": "supported"' && says family '"supported": 0,' && says family 'One of 3 tests of this claim'
result $? "three systems under one claim are one family: the best of them is not enough"
[ "$status" -eq 0 ] && ! grep -q 'supported, p' family/summary.en.md
result $? "and no sentence says supported"

# the bundle
rm -rf out s.yaml.lock* bag && audit_of '' && set_of {a..j} && "$VSAUDIT" lock s.yaml >log 2>&1
log_of 30 >vendor.csv && score s.yaml -o out && log_of 31 >vendor.csv && score s.yaml -o out
"$VSAUDIT" report out --bundle bag >log 2>&1
verify bag
expect 0 "Looks: 2 lines" "the log is in the bundle, and checked"
reseal() { "$tests/resign" bag >/dev/null 2>&1; }
cp bag/data/looks.jsonl whole
sed '1d' whole >bag/data/looks.jsonl && reseal
verify bag
expect 5 "does not follow on the one before" "a line taken out there is found"
head -1 whole >bag/data/looks.jsonl && reseal
verify bag
[ "$status" -eq 5 ] && grep -q 'looks.jsonl' log
result $? "so is the last one"
rm bag/data/looks.jsonl && reseal
verify bag
[ "$status" -eq 5 ] && grep -q 'looks.jsonl' log
result $? "and the whole log"
cp first.looks bag/data/looks.jsonl && reseal
verify bag
[ "$status" -eq 5 ] && grep -q 'looks.jsonl' log
result $? "and the log of another study"
