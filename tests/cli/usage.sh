#!/usr/bin/env bash
# What a newcomer types first.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
ok "no command is a usage error" eval '"$VSAUDIT" >out 2>err; [ $? -eq 2 ] && grep -q "Usage:" err'
ok "--help goes to stdout" eval '"$VSAUDIT" --help >out && grep -q "Exit status" out'
ok "an unknown command is named" eval '"$VSAUDIT" frobnicate 2>err; [ $? -eq 2 ] && grep -q frobnicate err'
ok "--version" eval '"$VSAUDIT" --version | grep -q "^vsaudit [0-9]"'
for command in $("$VSAUDIT" --help | sed -n '/^Commands:/,/^$/p' | awk '/^  [a-z]/ {print $1}'); do
    ok "$command --help explains itself" eval '"$VSAUDIT" '"$command"' --help | grep -q "Usage:"'
    ok "$command refuses an unknown option" eval '"$VSAUDIT" '"$command"' --no-such-option 2>err; [ $? -eq 2 ]'
    ok "$command --help says what its exit statuses mean" eval '"$VSAUDIT" '"$command"' --help | grep -q "^Exit status: 0 .*2 wrong"'
done
ok "doctor finds this machine fit" eval '"$VSAUDIT" doctor >out; [ $? -eq 0 ] && grep -q "H.264" out'
ok "doctor finds a wrong VSAUDIT_DATA, and says so, not that a package is missing" eval 'VSAUDIT_DATA=/nowhere "$VSAUDIT" doctor >out; [ $? -eq 3 ] && grep -q "VSAUDIT_DATA names a folder that is not there" out && ! grep -q install-deps out'
ok "list behaviours prints norms" eval '"$VSAUDIT" list behaviours | grep "^camera-tampering:" >/dev/null'
echo "1..$n"
