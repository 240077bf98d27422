# One rule in the words of several products: figures, verdicts and the sentence come for each, on the same footage.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..18"

# Somebody is in the zone for five seconds, leaves it, and comes back for five more.
cat >scene.yaml <<'YAML'
schema: vsaudit/scene/1
id: twice
description: "Two stays of one person in the zone, with a walk outside between them."
camera: hall
seed: 7
duration_s: 40
rate: 10
backdrop: {kind: square, horizon: 0.12, camera_m: 5}
scene: {zones: {spot: [[0.55, 0.4], [0.95, 0.4], [0.95, 0.9], [0.55, 0.9]]}, lines: {middle: [[0.55, 0.2], [0.55, 0.95]]}}
actors:
  - {id: walker, at_s: 4, speed: 1.2, look: 5, path: [[0.1, 0.65], {to: [0.7, 0.65], until_s: 17}, {to: [0.35, 0.65], until_s: 24}, {to: [0.7, 0.65], until_s: 34}, [0.1, 0.65]]}
YAML
"$VSAUDIT" synth scene.yaml -o drawn >log 2>&1
status=$?
[ -s drawn/twice.mp4 ] || sed 's/^/# /' log
result $status "the clip is drawn"
cat >set.yaml <<'YAML'
schema: vsaudit/dataset/1
id: set
licence: CC0-1.0
synthetic: true
clips:
  - id: twice
    file: drawn/twice.mp4
    scene: {zones: {spot: [[0.55, 0.4], [0.95, 0.4], [0.95, 0.9], [0.55, 0.9]]}, lines: {middle: [[0.55, 0.2], [0.55, 0.95]]}}
    coverage: {loitering: all, line-crossing: all, wrong-way: all}
YAML
scenario() { # behaviour, semantics, parameters
    cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: words
title: {en: Words, fr: Mots}
behaviour: $1
dataset: set.yaml
systems:
  - {id: rule, kind: reference, semantics: $2, params: {$3}}
  - {id: none, kind: "null"}
scope: these_clips
claims:
  - {id: few, text: "few errors", system: rule, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 1, alpha: 0.05}}
YAML
}
row() { awk -F, -v wording="$1" '$5 == wording {print $9 " " $10}' "$2/wordings.csv"; } # alerts, false alerts

scenario loitering "[vsaudit-1, onvif, frigate, dlstreamer]" "zone: spot, dwell: 12, gap_tolerance: 2"
run s.yaml -o out --no-pictures
expect 1 "1 of 1 replays done" "four wordings in one run; a claim is refuted in one of them"
[ "$(row vsaudit-1 out)" = "0 0" ] && [ "$(row onvif out)" = "0 0" ] && [ "$(row dlstreamer out)" = "0 0" ] && [ "$(row frigate out)" = "1 1" ]
right=$?
[ $right -eq 0 ] || sed 's/^/# /' out/wordings.csv
result $right "two stays of less than the dwell are loitering for Frigate alone, which adds them up"
grep -q '"changing_verdicts": \[$' out/results.json && grep -q 'the wording alone moves the false alerts from 0 (vsaudit-1) to 90 (frigate) per camera-hour' out/results.json
result $? "the sentence names the range and whose words give it"
grep -q 'The verdict on “few” depends on it: not established with vsaudit-1, not established with onvif, refuted with frigate, not established with dlstreamer.' out/results.json
result $? "and the verdict that changes"
grep -q 'If the words meant what products mean by them' out/report.en.html && grep -q 'Si les mots voulaient dire' out/report.fr.html
result $? "the report has the section in both languages"
grep -q 'href="https://github.com/onvif/specs/' out/report.en.html && grep -q 'Les séjours\|les séjours' out/report.fr.html
result $? "with sources and the words that differ"
grep -q 'without effect here, as this wording has no such parameter: gap_tolerance' out/report.en.html
result $? "and says which parameter a wording does not have"
grep -q '^| frigate | 0 | 0 | 1 |' out/summary.en.md
result $? "the Markdown summary has the table"
run s.yaml -o again --from-observations out --no-pictures
same_results out again
result $? "the same from observations"

scenario loitering frigate "zone: spot, dwell: 12"
run s.yaml -o single --no-pictures --from-observations out
expect 1 "1 of 1 replays done" "one wording alone"
grep -q '"system": "rule"' single/results.json && ! grep -q '"wordings"' single/results.json && [ "$(wc -l <single/wordings.csv)" -eq 1 ]
result $? "is a system of its own name, with nothing beside it"

refuse_scenario() { # words, description
    "$VSAUDIT" check s.yaml >log 2>&1
    status=$?
    expect 3 "$1" "$2"
}
scenario wrong-way "[vsaudit-1, onvif]" ""
refuse_scenario "systems[0].semantics[1]: found “onvif”, which has no rule for wrong-way, expected one that has: vsaudit-1 and deepstream" \
    "a product without the rule is refused, with those that have one"
scenario line-crossing "[onvif, onvifs]" "line: middle"
refuse_scenario "s.yaml:7:52: systems[0].semantics[1]: found “onvifs”, expected a semantics, perhaps “onvif”" "an unknown name too"
scenario line-crossing "[onvif, deepstream]" "line: middle, settel: 1, mode: fast"
refuse_scenario "found “settel”, expected a parameter that at least one of these semantics has" "a parameter that none has too"
grep -q 'mode: found “fast”, expected one of loose, balanced, strict' log
result $? "and a wrong value of a parameter that only one has"

# The audit that is shipped, on two drawn clips.
"$VSAUDIT" synth "$tree"/datasets/sample/crowd-{border,concourse}.yaml -o sample -j 2 >log 2>&1
run "$tree/scenarios/wordings.yaml" --dataset sample/dataset.yaml -o shipped --no-pictures -j 2
result $((status > 1)) "the shipped audit runs"
awk -F, '$5 == "vsaudit-1" {own = $11} $5 == "deepstream" {other = $11} END {exit !(own == 0 && other > 0)}' shipped/wordings.csv
right=$?
[ $right -eq 0 ] || sed 's/^/# /' shipped/wordings.csv
result $right "different words give different rates on the same footage"
