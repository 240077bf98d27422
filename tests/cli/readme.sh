#!/usr/bin/env bash
# README.md, “Audit your own clips”: its files and its commands, as printed and in order, on a small drawn clip.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/tap.bash
sed -n '/^## Audit your own clips/,/^## What is in the numbers/p' README.md >"$SCRATCH/section"
cd "$SCRATCH"
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA

# The indented block after the line that begins with this word.
block() { # beginning of a line
    awk -v wanted="$1" '
        index($0, wanted) == 1 {found = 1; next}
        found && /^    / {inside = 1; print substr($0, 5); next}
        found && inside && !/^ *$/ {exit}
        found && inside {print ""}' section | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
}
mkdir -p my-audit/clips build
ln -s "$VSAUDIT" build/vsaudit
ln -s "$OLDPWD/scenarios" scenarios
for file in truth.csv vendor.csv dataset.yaml scenario.yaml; do
    block "\`$file\`:" >"my-audit/$file"
    ok "README.md shows a whole $file" [ -s "my-audit/$file" ]
done
cat >cam1.yaml <<'E'
schema: vsaudit/scene/1
id: cam1
camera: station-hall
seed: 7
duration_s: 60
size: [160, 90]
rate: 5
backdrop: {kind: street}
tampering:
  - {kind: covered, start_s: 20, end_s: 30, ramp_s: 0.2}
E
"$VSAUDIT" synth cam1.yaml -o drawn --quiet
mv drawn/cam1.mp4 my-audit/clips/
ok "a clip of that name and length is drawn" [ -s my-audit/clips/cam1.mp4 ]

# Every command of the section, as printed; none refutes the claim of a system that makes no error.
sed -n 's/^    \(build\/vsaudit .*\)$/\1/p' section >commands
ok "README.md shows the commands" [ "$(wc -l <commands)" -ge 9 ]
while IFS= read -r command; do
    case $command in *scenarios/live/motion*)
        skip "${command%%  *}" "it takes minutes of a product's own time: live.sh tries such scenarios"
        continue ;;
    esac
    bash -c "$command" >out 2>err </dev/null
    status=$?
    [ $status -eq 0 ] || sed 's/^/# /' err
    ok "${command%%  *}" [ $status -eq 0 ]
done <commands
for file in my-report/report.en.html my-report/report.fr.html my-score/report.en.html my-start/audit/audit.yaml my-audit/scenario.yaml; do
    ok "there is $file" [ -s "$file" ]
done
ok "the vendor's alert is a hit with and without video" \
    [ "$(cat my-report/results.json my-score/results.json my-start/results.json | grep -c '"outcome": "hit"')" -ge 6 ]
ok "the claim's origin is in the report" grep -q 'brochure, page 3' my-report/report.en.html
# A command named in prose that the program does not have would send a newcomer astray.
for command in $(grep -o 'build/vsaudit [a-z]*' section | cut -d' ' -f2 | sort -u); do
    ok "$command is a command" eval '"$VSAUDIT" --help | grep -q "^  '"$command"' "'
done
echo "1..$n"
