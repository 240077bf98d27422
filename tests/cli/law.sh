# The law in a report: each text for the time, place and use that it bound, its force, and how far it was read; what check refuses of a catalogue.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
top=$(cd "$(dirname "$0")/../.." && pwd)
france=$top/reports/catalogue/france.yaml
cd "$SCRATCH" || exit 1
unset VSAUDIT_DATA

mkdir data
printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n  - {id: a, file: a.mp4, duration_s: 3600}\ntruth: [truth.csv]\n' >data/set.yaml
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\nevent,a,camera-tampering,100,160\n' >data/truth.csv
printf 'clip,behaviour,onset_s\na,camera-tampering,101\n' >vendor.csv
tampering_scenario data/set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' >s.yaml
printf 'legal: {decree_2023_828: none}\n' >>s.yaml
report() { # the audit's lines after its scenarios: makes out/
    printf 'schema: vsaudit/audit/1\nid: my\ntitle: {en: My audit, fr: Mon audit}\nscenarios: [s.yaml]\n%s\n' "$1" >my.yaml
    rm -rf out
    "$VSAUDIT" score my.yaml -o out >log 2>&1
}
section() { # language id: its words on one line
    tr '\n' ' ' <"out/report.$1.html" | sed 's/<section/\n&/g' | grep -m1 "<section id=\"$2\"" |
        sed 's/<[^>]*>/ /g; s/\xc2\xa0\|\xe2\x80\xaf/ /g; s/  */ /g'
}
says() { # language section words
    section "$1" "$2" | grep -q -F -- "$3"
}

# ---- which text is shown
report 'trial: {from: 2020-06, to: 2022-01, country: FR, uses: [deferred], bodies: [municipality]}'
says fr public "art. L. 251-3 du CSI, ancienne rédaction loi ou règlement ; en vigueur du 1er mai 2012 au 20 mai 2023" &&
    ! says fr public "art. R. 253-6" && ! says fr public "art. L. 255-1" && ! says fr public "loi n° 2023-380 du 19 mai 2023, art. 10" && ! says fr public "n° 2023-939 du 11 octobre 2023, art" &&
    ! says fr public "recommandation n° 18" && says fr public "pays : FR ; début : juin 2020 ; fin : janvier 2022 ; usage : différé ; utilisateur : commune"
result $? "for a trial of 2020-2022 the rule of that time stands, and nothing that came later"
says en public "no text of the catalogue that bound the trial asks for it" && says en public "Council of State, Commune de Nice, no. 506370" && says en public "images of the road. decision of a court after the trial"
result $? "what came later stands among the steps, as that"
python3 - "$(section en public)" <<'PY' 2>err
import re, sys
words = re.search(r"Texts of the catalogue: (\d+); shown: (\d+)\. .* not yet in force: (\d+); no longer in force: (\d+); of another country: (\d+); for other uses or other bodies: (\d+)", sys.argv[1])
count, *parts = map(int, words.groups())
assert count == sum(parts), words.group()
PY
result $? "those left out are counted by reason, and the sum is the whole"
report 'trial: {from: 2023-08-31, to: 2025-03-31, country: FR, uses: [real_time], bodies: [state]}'
says fr public "décret n° 2023-828 du 28 août 2023, art. 2" && says fr public "loi ou règlement ; en vigueur du 31 août 2023 au 31 mars 2025" && ! says fr public "ancienne rédaction"
result $? "on its first and on its last day a text binds"
report 'trial: {from: 2025-04-01, to: 2025-06, country: FR, uses: [real_time], bodies: [municipality]}'
! says fr public "art. 10 loi ou règlement" && ! says fr public "décret n° 2023-828 du 28 août 2023, art. 2" && ! says fr public "règlement (UE) 2024/1689, art. 26" && says fr public "art. R. 253-6, I du CSI" &&
    says fr scenarios "mais la liste, en vigueur du 31 août 2023 au 31 mars 2025, ne s’appliquait pas à l’essai à sa date"
result $? "the day after it does not, nor does what comes in 2027, and the list of events is no measure"
report 'trial: {from: 2023-01, to: 2024-06, country: FR, uses: [real_time], bodies: [municipality]}'
says en public "art. R. 253-6, I du CSI law; in force since 30 November 2023" && says en public "It bound the trial for a part of its time at least." && says en public "ancienne rédaction"
result $? "for a trial that spans the change both rules stand, each for its part"
report 'trial: {from: 2026-02, country: FR, uses: [real_time], bodies: [municipality]}'
says en public "Conseil d’État, 30 janvier 2026, Commune de Nice, n° 506370 decision of a court; in force since 30 January 2026" && says en public "prEN 18281 draft, not in force; of 19 March 2026" && ! says en public "retail"
result $? "decisions stand apart from drafts, which bind nobody; what is for shops is left out"
report 'trial: {from: 2024-01, to: 2024-02, country: DE, uses: [real_time], bodies: [municipality]}'
says en public "règlement (UE) 2016/679 (RGPD), art. 12 à 14" && ! says en public "du CSI law" && says en scenarios "the list is no law of the trial’s country"
result $? "in Germany the Union's law stands, and none of the French"
report 'trial: {from: 2024-01, to: 2024-02, country: US, uses: [real_time], bodies: [municipality]}'
says en public "shown: 0" && ! says en public "Texts that bind"
result $? "outside the Union none does"
report ''
says en public "country: not stated; from: not stated; to: not stated; use: not stated; used by: not stated" && says en public "What the audit does not state of the trial leaves open" &&
    says en public "Whether it bound the trial is open" && says en public "art. R. 253-6, I du CSI" && ! says en public "Not shown, because"
result $? "where the audit says nothing of the trial all are shown, with that reservation"
says en public "not at the source but here: github.com/legalize-dev/legalize-fr" && says fr public "recommandation, sans force obligatoire" && says en public "from a secondary source"
result $? "where a text was read, and which force it has, stand with it"

# ---- no verdict under the words of somebody whose product was not run
claim() { # a claim's further keys: scores one false alert in an hour against a limit of a thousandth
    printf 'clip,behaviour,onset_s\na,camera-tampering,101\na,camera-tampering,900\n' >vendor.csv
    tampering_scenario data/set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' >s.yaml
    printf 'scope: these_clips\nclaims:\n  - {id: few, text: very few errors, %s, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.001}}\n' "$1" >>s.yaml
    report ''
    status=$?
}
came() { # the verdict and the outcome in results.json
    [ "$(python3 -c 'import json; claim = json.load(open("out/results.json"))["scenarios"][0]["evaluations"][0]["claims"][0]; print(claim["verdict"], claim.get("outcome"))')" = "$1" ]
}
claim 'source: Acme'
[ $status -eq 1 ] && came "refuted None" && says en verdicts "refuted" && grep -q '<failure type="refuted"' out/junit.xml
result $? "a vendor's claim is refuted by what the vendor's log says"
claim 'source: Acme, about: another_product'
[ $status -eq 0 ] && came "other_system refuted" && says en verdicts "no verdict: another system was run" && says en verdicts "These words are about another product, which was not run: no verdict on them. The system that ran is beyond the limit of this reading." &&
    says fr verdicts "pas de verdict : un autre système a été exécuté"
result $? "where another product is meant the page says so, and exit status 0"
[ "$(grep -o 'class="verdict [a-z_]*"' out/report.en.html out/report.fr.html | cut -d: -f2 | sort -u)" = 'class="verdict other_system"' ] && ! grep -q '<failure' out/junit.xml && grep -q '<skipped message="no verdict: another system was run' out/junit.xml &&
    grep -q '1 claim without a verdict' log
result $? "and no verdict stands under the words, in no format"
"$VSAUDIT" report out --bundle bag >log 2>&1 && "$VSAUDIT" verify bag >log 2>&1
result $? "a bundle of it verifies"
claim 'about: another_product'
came "other_system refuted"
result $? "as it is without a source, when the scenario says so"
report ''

# ---- the annex
report ''
says fr annexes "Mise en correspondance, sans allégation de conformité" && says fr annexes "Un bon score ne rend pas un usage licite" && says fr annexes "art. 4, III · liste des indicateurs non couvert" &&
    says en annexes "art. 15, 3 · accuracy levels and metrics declared in the instructions claims held against what was measured scenarios[].evaluations[].claims[] " && says en annexes "art. 15, 5 · resilience to attacks not covered"
result $? "each row of the mapping has a clause, our figure and where it stands, or says that it is not covered"
python3 - "$france" "$top/reports/schema/results.schema.json" <<'PY' 2>err
import json, re, sys
schema, lines = json.load(open(sys.argv[2])), open(sys.argv[1], encoding="utf-8").read()
def step(node, key):
    while True:
        if "$ref" in node: node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in node: node = next(one for one in node["anyOf"] if one.get("type") != "null")
        elif "items" in node: node = node["items"]
        else: break
    return node["properties"][key]
ways = {way for found in re.findall(r'fields: \[(".*?")\]', lines) for way in re.findall(r'"([^"]+)"', found)}
assert len(ways) > 20
for way in ways:
    node = schema
    for key in way.replace("[]", "").split("."): node = step(node, key)
PY
result $? "every place in results.json that it names is one of the schema"

# ---- what check refuses
catalogue() { # schema's number; what follows the head
    { printf 'schema: vsaudit/catalogue/%s\nid: c\ncountry: FR\ntitle: t\nstate_of_law: 2026-01-01\npublic_information: [{key: a, title: A}]\n' "$1"; cat; } >c.yaml
}
wrong() { # message; lines on stdin
    catalogue "${number:-2}"
    refuse "$1" 3 "$1" "$VSAUDIT" check c.yaml
}
wrong 'c.yaml:7:87: obligations[0].in_force_to: found “2023-01-01”, expected a day not before “in_force_from” (2023-01-02)' <<<'obligations: [{id: x, title: X, binding: law, in_force_from: 2023-01-02, in_force_to: 2023-01-01}]'
wrong 'obligations[0].in_force_from: found “2023-02”, expected a date as 2023-02-01' <<<'obligations: [{id: x, title: X, binding: law, in_force_from: 2023-02}]'
wrong 'obligations[0].binding: found “lax”, expected one of law, decision, opinion, recommendation, standard, draft' <<<'obligations: [{id: x, title: X, binding: lax}]'
wrong 'obligations[0]: found no “binding”, expected whether it is a law' <<<'obligations: [{id: x, title: X}]'
wrong 'obligations[0].mark: found “read” without “source” or without “read_at”' <<<'obligations: [{id: x, title: X, binding: law, mark: read, read_at: 2026-01-01}]'
wrong 'found “secondary” without “source” or without “read_at”' <<<'obligations: [{id: x, title: X, binding: law, mark: secondary, source: s}]'
wrong 'obligations[0].applies_to[1]: found “city”, expected one of real_time, deferred, statistics, state, municipality' <<<'obligations: [{id: x, title: X, binding: law, applies_to: [state, city]}]'
wrong 'obligations[0].territory: found “EU”, expected the catalogue’s country, or the id of one of “territories”' <<<'obligations: [{id: x, title: X, binding: law, territory: EU}]'
wrong 'obligations[1]: found a mapping, expected a key that no other obligation has (“x” is there already)' <<<'obligations: [{id: x, title: X, binding: law}, {id: x, title: Y, binding: law}]'
wrong 'obligations[0].bindin: found an unknown key, expected perhaps “binding”' <<<'obligations: [{id: x, title: X, binding: law, bindin: law}]'
wrong 'legal_status[0]: found no “date”, expected the day on which it happened' <<<'legal_status: [{text: X, binding: law}]'
wrong 'legal_list.events[0].behaviours[0]: found “intrusoin”' <<<'legal_list: {title: L, binding: law, events: [{number: 1, title: E, behaviours: [intrusoin]}]}'
number=1 wrong 'obligations[0].binding: found a key of vsaudit/catalogue/2, expected one of vsaudit/catalogue/1' <<<'obligations: [{id: x, title: X, binding: law}]'
catalogue 2 <<<'obligations: [{id: x, title: X, binding: law, in_force_from: 2023-01-02, in_force_to: 2023-01-02}]'
ok "one day is a time in force" "$VSAUDIT" check -q c.yaml
sed -i 's/{key: a, title: A}/{key: a, title: A, asked_by: [x, y]}/' c.yaml
refuse "an item names obligations that are there" 3 'public_information[0].asked_by[1]: found “y”, expected the id of an obligation of this catalogue' "$VSAUDIT" check c.yaml
catalogue 1 <<<'obligations: [{id: x, title: X, article: § 1, date: 2020-01-01, mark: read}]'
cp c.yaml first.yaml
report 'catalogue: first.yaml'
"$VSAUDIT" check -q first.yaml && says en public "X § 1 read in the source, text of 1 January 2020"
result $? "a catalogue of the first schema is read as it always was"
trial() { # message; the trial
    printf 'schema: vsaudit/audit/1\nid: my\ntitle: T\nscenarios: [s.yaml]\ntrial: %s\n' "$2" >my.yaml
    refuse "$1" 3 "$1" "$VSAUDIT" check my.yaml
}
trial 'trial.country: found “fr”, expected two capital letters as FR' '{country: fr}'
trial 'trial.to: found “2022”, expected a date not before “from” (2023-01)' '{from: 2023-01, to: 2022}'
trial 'trial.from: found “2023-02-30”, expected a date as 2023-02-01, 2023-02 or 2023' '{from: 2023-02-30}'
trial 'trial.uses[0]: found “live”, expected one of real_time, deferred, statistics' '{uses: [live]}'
trial 'trial.bodies[0]: found “real_time”, expected one of state, municipality, transport, shop, vendor' '{bodies: [real_time]}'

# ---- what is built in
"$VSAUDIT" list law >law.txt
ok "the list of texts has each with its force and its reading" test "$(grep -c '^  \(read\|read_in_part\|secondary\|unverified\)\(;\|$\)' law.txt)" -eq "$(grep -c '^[a-z0-9_-]*: ' law.txt)"
has() { grep -q -F -- "$1" law.txt; }
has "Conseil d’État, 30 janvier 2026, Commune de Nice, n° 506370; decision; of 2026-01-30" && has "prEN 18281; draft; of 2026-03-19" && has "EN IEC 62676-6:2026; standard" && has "ISO/IEC 30137-4:2021; standard" &&
    has "Assemblée nationale, n° 1142 et 2400; draft; of 2026-02-16" && has "Regulation (EU) 2026/1744" && has "art. R. 252-16 du CSI; law"
result $? "what was missing is there"
python3 - "$france" <<'PY' 2>err
import re, sys
text = open(sys.argv[1], encoding="utf-8").read().split("\nobligations:")[0]
asked = dict(re.findall(r"- key: (\w+)\n(?:    (?!asked_by).*\n)*    asked_by: \[(.*)\]", text))
articles = dict(re.findall(r"  - id: (\S+)\n(?:    (?!article).*\n)*    article: \"(.*)\"", open(sys.argv[1], encoding="utf-8").read()))
of = lambda item: " ".join(articles[one] for one in asked[item].split(", ") if one)
# articles that do not hold what was printed of them
for item, article in {"places_and_dates": "R. 253-6", "web_page": "R. 253-6", "events_looked_for": "L. 255-1", "cameras_concerned": "L. 255-1",
                      "prefect_order": "L. 252-4", "told_before": "L. 255-1", "evaluation_published": "R. 25"}.items():
    assert article not in of(item), (item, of(item))
for item, article in {"prefect_order": "R. 252-16", "cameras_concerned": "R. 252-16", "web_page": "2023-939", "events_looked_for": "2023-380",
                      "evaluation_published": "art. 10, XI", "derogation": "2023-380", "impact_assessment": "art. 90"}.items():
    assert article in of(item), (item, of(item))
PY
result $? "no item names an article that does not hold it"
echo "1..$n"
