#!/usr/bin/env bash
# vsaudit conform: the vectors pass, a wrong one is told with what differs, and what cannot be run is refused.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
tree=$(cd "$(dirname "$0")/../.." && pwd)
vectors=$tree/tests/conformance/behaviours
cd "$SCRATCH"
ok "all vectors pass" eval '"$VSAUDIT" conform --vectors "$vectors" >out && grep -q " passed, 0 failed$" out'
behaviours=$("$VSAUDIT" list behaviours | grep -c "^[a-z-]*: ")
ok "each behaviour has vectors" eval '[ "$(grep " 5/s " out | cut -d" " -f1 | cut -d/ -f1 | sort -u | wc -l)" -eq "$behaviours" ]'
ok "one behaviour alone" eval '"$VSAUDIT" conform intrusion --vectors "$vectors" >out && ! grep -v "^intrusion[ /].*\| failed$" out'
ok "--list runs nothing and says what there is" eval '"$VSAUDIT" conform --list loitering --vectors "$vectors" | grep "^loitering *stays " >/dev/null'
ok "--json for programs" eval '"$VSAUDIT" conform weapon --json --vectors "$vectors" | grep "\"failed\": 0" >/dev/null'
ok "the vectors of the source tree are found" eval '(cd "$tree" && "$VSAUDIT" conform weapon >/dev/null)'
mkdir -p wrong/intrusion
sed 's/"onset_s": 5/"onset_s": 7/' "$vectors/intrusion/enters.json" >wrong/intrusion/enters.json
ok "the sed above has changed something" eval '! cmp -s wrong/intrusion/enters.json "$vectors/intrusion/enters.json"'
ok "a vector that does not hold fails, with what was found" eval '"$VSAUDIT" conform --vectors wrong >out; [ $? -eq 1 ] && grep -q "FAILED: found presence onset 5" out'
ok "an unknown behaviour is a usage error" eval '"$VSAUDIT" conform intrusoin 2>err; [ $? -eq 2 ] && grep -q "perhaps “intrusion”" err'
ok "a folder without vectors is bad input" eval 'mkdir -p empty; "$VSAUDIT" conform --vectors empty 2>err; [ $? -eq 3 ] && grep -q "found no vectors" err'
echo '{"schema": "vsaudit/vector/2"}' >wrong/intrusion/broken.json
ok "a broken vector is bad input, with its name" eval '"$VSAUDIT" conform --vectors wrong 2>err; [ $? -eq 3 ] && grep -q "broken.json" err'

# Products' words, and a program of somebody else's.
ok "products' words have vectors of their own" eval '"$VSAUDIT" conform --semantics frigate --vectors "$vectors" >out && grep -q "^loitering/frigate *stays-summed .*passed$" out && ! grep -v "/frigate \| failed$" out'
ok "an unknown semantics is a usage error" eval '"$VSAUDIT" conform --semantics frigat 2>err; [ $? -eq 2 ] && grep -q "expected a semantics" err'
ok "two sizes of picture are tried" eval '"$VSAUDIT" conform --semantics onvif --vectors "$vectors" >out && grep -q " 400 lines *passed$" out && grep -q " 800 lines *passed$" out'
engine=$tree/tests/conformance/example-engine
"$VSAUDIT" conform --program "$engine" --vectors "$vectors" intrusion >out
status=$?
ok "a program passes some vectors" eval 'grep -q "^intrusion *enters .*passed$" out && grep -q "^intrusion *flicker .*passed$" out'
ok "and fails others, with what it said" eval '[ $status -eq 1 ] && grep -q "^intrusion *border-outside .*FAILED: found presence" out'
ok "its table is told as JSON too" eval '"$VSAUDIT" conform --json --program "$engine" --vectors "$vectors" intrusion | grep -c "\"passed\": true" >count; [ "$(cat count)" -gt 50 ]'
mkdir -p few/intrusion && cp "$vectors/intrusion/enters.json" few/intrusion
fails() { # command, what is said
    "$VSAUDIT" conform --timeout "${patience:-0.5}" --program "$1" --vectors few >out
    [ $? -eq 1 ] && grep -q -F -- "$2" out && [ "$(grep -c FAILED out)" -eq 6 ]
}
ok "a program that is not there fails every case" fails "./not-there" "the program cannot be started"
ok "so does one that fails" fails "false" "the program ended with status 1, expected 0"
ok "one that crashes" fails "sh -c 'kill -SEGV \$\$'" "the program was ended by signal 11"
ok "one that hangs" fails "sleep 60" "the program took longer than 0.5 s"
ok "one that leaves a child behind, which is ended with it" eval \
    'SECONDS=0; fails "sh -c \"sleep 30 & exit 0\"" "found no alert, expected" && [ $SECONDS -lt 20 ]'
ok "one that takes more than 2 GiB of memory" eval 'patience=10 fails "python3 -c \"x = bytearray(3 << 30)\"" "the program ended with status 1"'
mkdir -p home elsewhere && echo secret >home/key && echo 'clip,behaviour,onset_s' >elsewhere/answers.csv
ok "one that reads what is not named to it" fails "sh -c 'cat home/key || exit 9'" "the program ended with status 9"
ok "one that writes elsewhere" fails "sh -c 'echo x >home/written || exit 9'" "the program ended with status 9"
ok "one that wants a network" fails "bash -c 'echo >/dev/tcp/127.0.0.1/9'" "the program ended with status 1"
ok "none of that has left a trace" [ ! -e home/written ]
reads=(--program "sh -c 'cat elsewhere/answers.csv && echo x >\$HOME/x'" --vectors few)
"$VSAUDIT" conform "${reads[@]}" >out
ok "what a program needs is named to it" eval 'grep -q "the program ended with status 1" out && { "$VSAUDIT" conform --reads elsewhere "${reads[@]}" >out; grep -q "found no alert, expected" out; }'
ok "one that prints nonsense" fails "echo hello" "the program its output"
ok "one that says nothing" fails "true" "found no alert, expected"
ok "one that answers for another clip" fails "printf 'clip,behaviour,onset_s\\nother,intrusion,5\\n'" "found “other”, expected “enters”"
echo "1..$n"
