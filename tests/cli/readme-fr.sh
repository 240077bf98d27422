#!/usr/bin/env bash
# reports/README.fr.md: its files and its commands, as printed and in order, on a small drawn clip.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/tap.bash
cp reports/README.fr.md "$SCRATCH/page"
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA

# The first indented block after the line with these words.
block() {
    awk -v wanted="$1" '
        index($0, wanted) {found = 1; next}
        found && /^    / {inside = 1; print substr($0, 5); next}
        found && inside {exit}' page
}
run() { # the commands of the page that begin so, as printed
    local command status
    grep "^    build/vsaudit $1 " page | sed 's/^    //' >commands
    while IFS= read -r command; do
        bash -c "$command" >out 2>err </dev/null
        status=$?
        [ $status -le 1 ] || sed 's/^/# /' err
        # 1: the claim is refuted, which is what the page shows
        ok "$command" [ $status -le 1 ]
    done <commands
}
mkdir -p mon-audit/clips build
ln -s "$VSAUDIT" build/vsaudit
cat >scene.yaml <<'Y'
schema: vsaudit/scene/1
id: hall
camera: hall
seed: 7
duration_s: 60
size: [160, 90]
rate: 5
backdrop: {kind: street}
tampering:
  - {kind: covered, start_s: 20, end_s: 30, ramp_s: 0.2}
Y
"$VSAUDIT" synth scene.yaml -o drawn --quiet
mv drawn/hall.mp4 mon-audit/clips/
block "que \`export.csv\` contienne" >mon-audit/export.csv
ok "the page shows a whole export.csv" [ "$(wc -l <mon-audit/export.csv)" -eq 4 ]

run draft
ok "five files are drafted" [ "$(find mon-audit -maxdepth 1 \( -name "*.yaml" -o -name truth.csv \) | wc -l)" -eq 5 ]
block "Voici un \`truth.csv\`" >mon-audit/truth.csv
block "Voici un \`map-Fournisseur.yaml\`" >mon-audit/map-Fournisseur.yaml
block "Voici un \`scenario-camera-tampering.yaml\`" >mon-audit/scenario-camera-tampering.yaml
block "Dans \`dataset.yaml\`, sous la séquence" | sed 's/^/    /' >>mon-audit/dataset.yaml
run import
ok "two rows become alerts" [ "$(wc -l <mon-audit/alerts-Fournisseur.csv)" -eq 3 ]
cp drawn/truth.csv mon-audit/affiche.jpg # any file serves as the evidence
block "Par exemple" >>mon-audit/audit.yaml
for command in plan check lock run keygen report verify capsule sample; do
    run $command
done
ok "the report says that nothing changed since the lock" grep -q 'verrouill' mon-rapport/report.fr.html
ok "what was not filled in is said to be that" grep -qi 'non renseigné par l’audit' mon-rapport/report.fr.html
ok "the vendor has one false alert" grep -q 'Fournisseur' mon-rapport/alerts.csv
echo "1..$n"
