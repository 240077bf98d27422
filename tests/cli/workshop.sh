#!/usr/bin/env bash
# What those who work on the program use: one test by name, how each file is compiled, what is installed for which purpose.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1

# A wrong name is told before anything is built.
says() { # words, names…
    local words=$1
    shift
    tests/one release "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
    [ $? -eq 2 ] && [ ! -s "$SCRATCH/out" ] && grep -q -F -e "$words" "$SCRATCH/err" || { sed 's/^/# /' "$SCRATCH/err"; return 1; }
}
ok "no name: an example is shown" says "make test T=matching"
ok "a letter too few: the near name is told" says "there is no test ‘matchin’; near to it: matching" matchin
ok "a letter too many, with folder and ending" says "there is no test ‘unit/test_matchings’; near to it: matching" tests/unit/test_matchings.c
ok "part of a name: those that hold it come first" says "near to it: savari-claims" savari
ok "a wrong one among right ones" says "there is no test ‘zzzzzzzz’" matching zzzzzzzz
ok "nothing near: none is named" eval '! grep -q near "$SCRATCH/err"'

# In a copy, since it writes beside the Makefile.
mkdir -p "$SCRATCH/copy"
cp -r Makefile VERSION analyzer tests "$SCRATCH/copy/"
make --no-print-directory -C "$SCRATCH/copy" VSAUDIT_HAS_DEPS=1 CC="ccache gcc" commands >"$SCRATCH/log" 2>&1
ok "compile_commands.json is written without a compiler" [ -s "$SCRATCH/copy/compile_commands.json" ]
if python3 -c '' 2>/dev/null; then
    python3 - "$SCRATCH/copy" <<'PY'
import json, pathlib, sys
top = pathlib.Path(sys.argv[1])
entries = json.loads((top / "compile_commands.json").read_text())
named = sorted(entry["file"] for entry in entries)
there = sorted(str(p.relative_to(top)) for folder in ("analyzer", "tests") for p in (top / folder).rglob("*") if p.suffix in (".c", ".cpp"))
assert named == there, set(there) ^ set(named)
assert all(entry["command"].startswith(("gcc ", "g++ ")) for entry in entries), "wrappers are left away"
assert any('\'"' in entry["command"] for entry in entries), "quotes of the version"
PY
    result $? "it is JSON, and names every C and C++ file of analyzer/ and tests/ once"
else
    skip "it is JSON, and names every C and C++ file of analyzer/ and tests/ once" "python3 is not installed"
fi
scripts/install-deps --list >"$SCRATCH/plain"
scripts/install-deps --workshop --list >"$SCRATCH/workshop"
grep -q -x clang-tidy "$SCRATCH/workshop" && ! grep -q -x clang-tidy "$SCRATCH/plain" && grep -q -x -F -f "$SCRATCH/plain" "$SCRATCH/workshop"
result $? "the workshop's tools are installed only for the workshop"
make --no-print-directory help >"$SCRATCH/help"
missing=$(make --no-print-directory -p -n -o deps help 2>/dev/null | sed -n 's/^\.PHONY: //p' | tr ' ' '\n' | grep -v -x -E 'all|deps|workshop-deps|program|tests|help|commands|uninstall|clean' | sort -u |
    while read -r target; do grep -q -w -e "make $target" "$SCRATCH/help" || echo "$target"; done | xargs)
[ -z "$missing" ] || echo "# make help lacks: $missing"
ok "make help names every target for people" [ -z "$missing" ]
echo "1..$n"
