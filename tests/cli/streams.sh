# What the program inherits (signals, descriptors, limits) and what it prints to: an output that fails is an error.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..33"
pictures=60
clip a.y4m abcdefgz
dataset "$(entry a a.y4m)"
sed -i 's/file: a.y4m/&, duration_s: 6/; s/start_s: 16, end_s: 24/start_s: 4, end_s: 6/' set.yaml
scenario ""
printf 'clip,onset_s,behaviour\na,4.5,camera-tampering\n' >vendor.csv
printf 'schema: vsaudit/alert-map/1\ncolumns: {clip: clip, time: onset_s}\ntime: seconds\nbehaviour: camera-tampering\n' >map.yaml
tampering_scenario set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' >logs.yaml
timeout 120 env --ignore-signal=CHLD "$VSAUDIT" run s.yaml -o run >log 2>&1
status=$?
expect 0 "3 of 3 replays done" "a run ends where the end of children is ignored"
timeout 120 env --block-signal=CHLD,INT,TERM,PIPE "$VSAUDIT" run s.yaml -o blocked >log 2>&1
status=$?
expect 0 "3 of 3 replays done" "and where signals are blocked"
same_results run blocked
result $? "with the same results"
timeout 120 "$VSAUDIT" run s.yaml -o closed -q <&- >&- 2>&-
[ $? -eq 0 ] && same_results run closed
result $? "a run without any standard stream writes the same and prints into no file of its own"

unwritten() { # description, command…
    local what=$1
    shift
    "$@" >/dev/full 2>err.txt
    [ $? -eq 4 ] && grep -q "standard output: cannot be written" err.txt
    result $? "$what: a full disk behind standard output ends with 4"
}
unwritten help "$VSAUDIT" --help
unwritten "help of a command" "$VSAUDIT" check --help
unwritten version "$VSAUDIT" --version
unwritten check "$VSAUDIT" check s.yaml
unwritten list "$VSAUDIT" list behaviours
unwritten doctor "$VSAUDIT" doctor
unwritten "run" "$VSAUDIT" run s.yaml -o run --json
unwritten score "$VSAUDIT" score logs.yaml -o scored
unwritten report "$VSAUDIT" report run -o again
unwritten compare "$VSAUDIT" compare run blocked
unwritten "plan" "$VSAUDIT" plan --limit 0.1 --unit camera_hour
unwritten adjudicate "$VSAUDIT" adjudicate export run -o list.csv
unwritten conform "$VSAUDIT" conform --list
unwritten schema "$VSAUDIT" list schema audit
refuse "a program that is refuted and cannot say so does not end with 1" 4 "standard output: cannot be written" \
    bash -c '"$VSAUDIT" check nothing.yaml s.yaml >/dev/full'
"$VSAUDIT" import alert-log vendor.csv --map map.yaml --dataset set.yaml -o /dev/full >out.txt 2>err.txt
status=$?
cat err.txt >log
expect 4 "/dev/full: cannot be written: No space left on device" "a table that is written to a full device"
"$VSAUDIT" import alert-log vendor.csv --map map.yaml --dataset set.yaml -o /dev/stdout -q >imported.csv 2>err.txt
[ $? -eq 0 ] && [ -L /dev/stdout ] && grep -q "^a,camera-tampering,4.500" imported.csv
result $? "/dev/stdout is written to, and stays what it is"
"$VSAUDIT" import alert-log vendor.csv --map map.yaml --dataset set.yaml -o /dev/stdout -q 2>err.txt | cat >piped.csv
cmp imported.csv piped.csv
result $? "through a pipe too"
{
    sleep 0.2
    "$VSAUDIT" list schema results 2>err.txt
    echo $? >code
} | true
[ "$(cat code)" = 4 ] && grep -q "standard output: cannot be written" err.txt
result $? "a reader that goes away is told"
case ${LD_PRELOAD-} in
*faketime*) skip "closed standard output" "faketime opens a file of its own in its place" ;;
*) refuse "closed standard output" 4 "standard output: cannot be written (Bad file descriptor)" bash -c '"$VSAUDIT" list behaviours >&-' ;;
esac
"$VSAUDIT" check s.yaml -q >&-
result $? "which is no fault of what prints nothing"
limited() { # kibibytes, command…
    local size=$1
    shift
    (ulimit -f "$size" && "$@") >out.txt 2>err.txt
}
limited 4 "$VSAUDIT" score logs.yaml -o limited
status=$?
cat err.txt >log
expect 4 "cannot be read or written: File too large" "the largest size of a file (SIGXFSZ) is an error with a sentence"
[ -z "$(find limited -name '*.part' -o -name '.goutputstream-*' -o -name '*.??????' ! -name '*.sqlite' -type f)" ]
result $? "and leaves nothing half written behind"
(ulimit -f 1 && "$VSAUDIT" list schema results >big.txt) 2>err.txt
[ $? -eq 4 ] && grep -q "standard output: cannot be written" err.txt
result $? "on standard output too"
touch run/observations/left.part run/observations/.goutputstream-ABC
run s.yaml -o run
expect 0 "3 kept from an earlier session" "what a killed worker left"
[ ! -e run/observations/left.part ] && [ ! -e run/observations/.goutputstream-ABC ]
result $? "is removed by the next run"

cp -r run foreign
rm foreign/store.sqlite*
python3 - <<'PY' 2>/dev/null || sqlite3 foreign/store.sqlite 'CREATE TABLE t (a)' || :
import sqlite3
c = sqlite3.connect("foreign/store.sqlite"); c.execute("CREATE TABLE t (a)"); c.commit(); c.close()
PY
if [ -s foreign/store.sqlite ]; then
    before=$(sha256sum <foreign/store.sqlite)
    run s.yaml -o foreign
    expect 3 "found a database of another program, expected the store of a run" "another program's database is bad input"
    [ "$before" = "$(sha256sum <foreign/store.sqlite)" ] && [ ! -e foreign/store.sqlite-wal ]
    result $? "and is not touched"
else
    skip "another program's database is bad input" "nothing here makes one"
    skip "and is not touched" "nothing here makes one"
fi
printf '\0\0\3\350' | dd of=blocked/store.sqlite bs=1 seek=60 conv=notrunc 2>/dev/null
run s.yaml -o blocked
expect 3 "found a store of version 1000, expected at most" "a newer store is bad input"
