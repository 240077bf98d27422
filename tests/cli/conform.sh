#!/usr/bin/env bash
# vsaudit conform: the vectors pass, a wrong one is told with what differs, and what cannot be run is refused.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
tree=$(cd "$(dirname "$0")/../.." && pwd)
vectors=$tree/tests/conformance/behaviours
cd "$SCRATCH"
ok "all vectors pass" eval '"$VSAUDIT" conform --vectors "$vectors" >out && grep -q " passed, 0 failed$" out'
behaviours=$("$VSAUDIT" list behaviours | grep -c "^[a-z-]*: ")
ok "each behaviour has vectors" eval '[ "$(grep " 5/s " out | cut -d" " -f1 | sort -u | wc -l)" -eq "$behaviours" ]'
ok "one behaviour alone" eval '"$VSAUDIT" conform intrusion --vectors "$vectors" >out && ! grep -v "^intrusion \| failed$" out'
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
echo "1..$n"
