#!/usr/bin/env bash
# Where the footage is from, and how certain a verdict is: an audit that says all of it, half, nothing; what contradicts itself.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"

# 24 cameras, each filmed for six hours in every season, at four times of the day; 576 camera-hours and 30 false alerts.
clips() {
    awk 'BEGIN { for (c = 1; c <= 24; c++) for (s = 0; s < 4; s++)
        printf "  - {id: c%d-%d, camera: c%d, duration_s: 21600, recorded_at: \"2024-%02d-%02dT%02d:00:00\", coverage: {camera-tampering: all}}\n",
            c, s, c, s * 3 + 2, c, s * 6 }'
}
echo "kind,clip,behaviour,start_s,end_s" >truth.csv
awk 'BEGIN { print "clip,behaviour,onset_s"; for (i = 0; i < 30; i++) printf "c%d-%d,camera-tampering,%d\n", i % 24 + 1, i % 4, 600 + i * 100 }' >alerts.csv
tampering_scenario dataset.yaml '[{id: vendor, kind: alerts, path: alerts.csv}]' 'claims:
  - {id: few, text: few false alerts, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.5}}
  - {id: here, text: few here, scope: these_clips, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.5}}
  - {id: fewer, text: fewer, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.05}}
  - {id: words, text: reliable, not_testable: no figure}' >scenario.yaml
audit() { # what the data set says, what the audit says
    { tampering_dataset set "A set" "Un jeu" "$(clips)"; printf '%s\n' "$1"; } >dataset.yaml
    printf 'schema: vsaudit/audit/1\nid: a\ntitle: {en: A, fr: A}\nscenarios: [scenario.yaml]\n%s\n' "$2" >audit.yaml
}
score() { # into a folder of that name; more arguments
    rm -rf "$1"
    "$VSAUDIT" score audit.yaml -o "$@" --quiet >log 2>&1
}
levels() { awk -F, -v RS='\r\n' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "certainty") at = i - NF } NR > 1 { printf "%s%s=%s", (n++ ? " " : ""), $4, $(NF + at) }' "$1/claims.csv"; }
reasons() { # folder, claim: its reasons with their levels
    awk -F, -v RS='\r\n' -v claim="$2" 'NR > 1 && $4 == claim { printf "%s%s:%s:%s", (n++ ? " " : ""), $7, $9, $10 }' "$1/certainty.csv"
}
same() { # description, found, expected
    [ "$2" = "$3" ] || printf '# found    %s\n# expected %s\n' "$2" "$3"
    ok "$1" test "$2" = "$3"
}

all='sampling:
  how: random_periods
  chosen_by: independent
  chooser: A university
  purpose: To count
  stands_for: {en: "24 streets", fr: "24 rues"}
  period: {from: 2024-01, to: 2024-12}
annotation: {by: Two students, people: 2, blind: yes, absence: yes, agreement: {figure: kappa, value: 0.8}}'
audit "$all" 'conflict_of_interest: {ran_by: independent, paid_by: independent, declared: None}'
"$VSAUDIT" lock audit.yaml >/dev/null 2>&1
score full
same "an audit that says all of it and is locked: high; none where no verdict was reached" "$(levels full)" "few=high here=high fewer= words="
same "no reason against it" "$(reasons full few)" ""
for place in 'drawn at random from a period' 'independent (A university)' '24 streets' 'January 2024 – December 2024' 'Two students' 'Cohen’s κ = 0.8' \
    'Certainty: high' 'Nothing that is looked for lowers it.' 'For 2 claims no verdict was reached, and no certainty is printed'; do
    ok "the report says: $place" grep -q -F -- "$place" full/report.en.html
done
ok "and the French one" grep -q -F 'tirées au sort dans une période' full/report.fr.html
ok "and the summary" grep -q -F 'How the footage was chosen: drawn at random from a period' full/summary.en.md
ok "and the table of data sets" grep -q -F 'set,A set,false,96,random_periods,independent,A university,To count,24 streets,2024-01,2024-12,,Two students,2,yes,yes,kappa,0.8' full/datasets.csv
ok "footage drawn by lot is not said to be chosen" sh -c '! grep -q -e "How the clips were chosen is not known" -e "not drawn at random from what cameras see" full/report.en.html'
ok "no blank is told where there is none" sh -c '! sed -n "/id=\"data\"/,/id=\"protocol\"/p" full/report.en.html | grep -q "not filled in by the audit"'
rm -f audit.yaml.lock

# Half of it: chosen by hand, by the vendor, who also ran it; one annotator; blank is what is left out.
audit 'sampling: {how: by_hand, chosen_by: vendor, period: {from: 2024, to: 2024}}
annotation: {people: 1, absence: unknown}' 'conflict_of_interest: {ran_by: vendor}'
score half
same "an audit that says half" "$(levels half)" "few=very_low here=very_low fewer= words="
same "its reasons" "$(reasons half few)" "one_annotator:found:1 blind_not_known:not_filled_in:1 absence_not_known:unknown:1 chosen_by_hand:found:1 chosen_with_a_stake:found:1 not_locked:found:1 stake:found:1"
same "those of a verdict on these clips alone" "$(reasons half here)" "one_annotator:found:1 blind_not_known:not_filled_in:1 absence_not_known:unknown:1 not_locked:found:1 stake:found:1"
ok "unknown is told as such" grep -q -F 'no event (96 clips): not known, as the audit says.' half/report.en.html

audit '' ''
score blank
same "an audit that says nothing" "$(levels blank)" "few=very_low here=very_low fewer= words="
same "its blanks" "$(reasons blank few)" "annotators_not_known:not_filled_in:1 blind_not_known:not_filled_in:1 absence_not_known:not_filled_in:1 choice_not_known:not_filled_in:1 chooser_not_known:not_filled_in:1 not_locked:found:1 stake_not_known:not_filled_in:1"
ok "a blank is told as not filled in" grep -q -F 'How the footage of “A set” was chosen: not filled in by the audit.' blank/report.en.html
ok "and says no more than that the choice is not known" grep -q -F 'How the clips were chosen is not known of all of them' blank/report.en.html

# An audit's own answers hold for data sets that have none, and for no others.
audit '' "$all
conflict_of_interest: {ran_by: independent, paid_by: independent}"
"$VSAUDIT" lock audit.yaml >/dev/null 2>&1
score inherited
same "an audit may say it for its data sets; but these results were looked at before they were locked" "$(reasons inherited few)" "locked_late:found:1"
same "which lowers it" "$(levels inherited)" "few=moderate here=moderate fewer= words="
rm -f audit.yaml.lock
audit 'sampling: {how: by_hand, chosen_by: independent}' "$all"
score own
same "a data set's own answer goes before" "$(reasons own few)" "chosen_by_hand:found:1 not_locked:found:1 stake_not_known:not_filled_in:1"

# What only half of the year or the day was filmed for.
audit 'sampling: {how: whole_period, period: {from: 2024-02, to: 2024-12}, hours: [6, 12]}' ''
clips_before=$(grep -c 'id: c' dataset.yaml)
sed -i '/id: c[0-9]*-[03],/d' dataset.yaml
sed -i '/^c[0-9]*-[03],/d' alerts.csv
ok "the case is what it is meant to be" test "$(grep -c 'id: c' dataset.yaml)" -eq $((clips_before / 2))
score part
ok "seasons that are missing are told" sh -c 'grep -q "seasons_missing,indirectness,found,1,2,4" part/certainty.csv'
ok "of the day only the hours that are due count" sh -c '! grep -q day_missing part/certainty.csv'

# ---- check
wrong() { # description, message, what the data set says, what the audit says
    audit "$3" "${4:-}"
    refuse "$1" 3 "$2" "$VSAUDIT" check audit.yaml
}
wrong "a word that is none is refused" 'sampling.how: found “randomly”, expected one of random_periods, whole_period, by_hand, unknown' 'sampling: {how: randomly}'
wrong "all of no period" 'sampling.how: found “whole_period” without “period”, expected “period: {from: 2024-07-01, to: 2024-07-31}” beside it' 'sampling: {how: whole_period}'
wrong "drawn from nothing" 'sampling.how: found “random_periods” with neither “period” nor “stands_for”' 'sampling: {how: random_periods}'
wrong "a period that ends before it begins" 'sampling.period.to: found “2023-12”, expected a date not before “from” (2024-01)' 'sampling: {period: {from: 2024-01, to: 2023-12}}'
wrong "a clip outside of the period" 'sampling.period: found 2024-03 to 2024-12, but 24 of 96 clips of “set” were recorded outside of it (“c1-0” on 2024-02-01)' 'sampling: {period: {from: 2024-03, to: 2024-12}}'
wrong "a month that is none is told once" 'sampling.period.from: found “2024-13”' 'sampling: {period: {from: 2024-13, to: 2025}}'
ok "and no clip is blamed for it" sh -c '! grep -q "recorded outside" err.txt'
wrong "and of the audit's" 'audit.yaml:5:' '' 'sampling: {period: {from: 2024-03, to: 2024-12}}'
wrong "no hours at all" 'sampling.hours: found a list, expected two hours of the day that differ' 'sampling: {hours: [18, 18]}'
wrong "from midnight to midnight backwards" 'sampling.hours: found a list, expected two hours' 'sampling: {hours: [24, 0]}'
wrong "an hour that no day has" 'sampling.hours[1]: found “25”' 'sampling: {hours: [18, 25]}'
wrong "agreement with nobody" 'annotation.agreement: found agreement beside “people: 1”' 'annotation: {people: 1, agreement: {figure: f1, value: 0.9}}'
wrong "agreement below what it can be" 'annotation.agreement.value: found “-0.1”, expected a figure from 0 to 1' 'annotation: {people: 2, agreement: {figure: f1, value: -0.1}}'
wrong "nobody who marked it" 'annotation.people: found “0”' 'annotation: {people: 0}'
wrong "sampling of what is drawn" 'sampling: found “sampling” beside “synthetic: true”' 'synthetic: true
sampling: {how: by_hand}'
wrong "a part that nobody has" 'conflict_of_interest.ran_by: found “friend”, expected one of vendor, operator, controller, opponent, independent, unknown' '' 'conflict_of_interest: {ran_by: friend}'

# ---- draft: its questions, once the sign # is gone and they are answered, are what check takes
printf 'coverage,c1-0,camera-tampering,0,3600\n' >>truth.csv
printf 'clip,behaviour,onset_s\nc1-0,camera-tampering,5\n' >alerts.csv
"$VSAUDIT" score --truth truth.csv --alerts alerts.csv -o drafted --quiet >log 2>&1
cd drafted/audit || exit 1
ok "a drafted data set asks how its footage was chosen" grep -q '^#   how: ""  # random_periods, whole_period, by_hand, unknown: ' dataset.yaml
ok "and who marked it" grep -q '^#   people: ""  # how many marked each clip' dataset.yaml
ok "a drafted audit asks who ran the test" grep -q '^#   ran_by: ""  # vendor, operator,' audit.yaml
sed -i -E '/^# (sampling|annotation|conflict_of_interest):/,/^[^#]/ s/^# ( *[a-z_]+:)/\1/
    s/(how: )""/\1by_hand/; s/((chosen|ran|paid)_by: )""/\1vendor/; s/(from: )""/\12024-01/; s/(to: )""/\12024-02/; s/\[\]/[8, 18]/; s/(people: )""/\12/
    s/((blind|absence): )""/\1no/; s/(figure: )""/\1f1/; s/(value: )""/\10.5/; s/^( +[a-z_]+: )""/\1words/' dataset.yaml audit.yaml
ok "answered, they are taken" "$VSAUDIT" check audit.yaml
ok "none was left a comment" sh -c '! grep -q "^# *\(how\|people\|ran_by\):" dataset.yaml audit.yaml'
echo "1..$n"
