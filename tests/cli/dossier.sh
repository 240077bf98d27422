# What an audit says besides its scenarios: public information with states and evidence, opinions, replies, another country's catalogue, paper.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA

score() { # arguments; sets status, writes log
    "$VSAUDIT" score "$@" >log 2>&1
    status=$?
}
audit() { # lines after the head
    { printf 'schema: vsaudit/audit/1\nid: my\ntitle: {en: My audit, fr: Mon audit}\nscenarios: [s.yaml]\n'; cat; } >my.yaml
}
section() { # language id: the words of a section, markup taken out, on one line
    tr '\n' ' ' <"out/report.$1.html" | grep -o "<section id=\"$2\".*" | sed 's/<section\|<nav/\n&/g' | grep -m1 "<section id=\"$2\"" |
        sed 's/<[^>]*>/ /g; s/\xc2\xa0\|\xe2\x80\xaf/ /g; s/  */ /g'
}
says() { # language section words
    section "$1" "$2" | grep -q -F -- "$3"
}
hash() {
    sha256sum <"$1" | cut -c1-64
}

mkdir data
printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n  - {id: a, file: a.mp4, duration_s: 3600}\ntruth: [truth.csv]\n' >data/set.yaml
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\nevent,a,camera-tampering,100,160\n' >data/truth.csv
printf 'clip,behaviour,onset_s\na,camera-tampering,101\n' >vendor.csv
tampering_scenario data/set.yaml '[{id: vendor, kind: alerts, path: vendor.csv}]' >s.yaml

# ---- nothing filled in
audit </dev/null
score my.yaml -o out
blanks() { # language words: how often they stand in the table
    section "$1" public | grep -o -- "$2" | wc -l
}
[ "$(blanks fr 'non renseigné par l’audit')" = 15 ] && [ "$(blanks en 'not filled in by the audit [^:]')" = 15 ] &&
    says fr public "Renseignés : 0 ; demandés et non communiqués : 0 ; refusés : 0 ; non renseignés par l’audit : 15" &&
    says en public "Filled in: 0; asked for and not communicated: 0; refused: 0; not filled in by the audit: 15"
result $? "with nothing filled in each of the fifteen items is said to be blank, and the count says so"
accuses() { # whether a page says of anybody that something was withheld, or lacks a duty
    grep -q -i -E 'not communicated \(|non communiqué \(|refused \(|refusé \(|class="absent"|nothing shows|rien ne montre' out/report.en.html out/report.fr.html ||
        says en summary "told" || says fr summary "public"
}
! accuses
result $? "and blanks accuse nobody, on the first page or elsewhere"
audit <<'YAML'
public_information: {poster: on each mast, web_page: "https://example.org", derogation: not_applicable}
YAML
score my.yaml -o out
says en public "Filled in: 3; asked for and not communicated: 0; refused: 0; not filled in by the audit: 12" && ! accuses
result $? "three filled in and twelve blank accuse nobody"
audit <<'YAML'
public_information: {poster: {state: not_communicated, asked: 2024-03-01, date: 2024-04}, web_page: {state: refused, date: 2024-03-02}}
YAML
score my.yaml -o out
accuses && says en public "not communicated (asked for: 1 March 2024; no answer by: April 2024)" && says en public "refused (2 March 2024)" &&
    says fr summary "demandés et non communiqués : 1 ; refusés : 1" && says fr public "non renseignés par l’audit : 13"
result $? "what was asked for in vain and what was refused stand with their days, and are counted on the first page"
audit </dev/null
score my.yaml -o out
says fr opinions "Aucun avis" && says fr replies "Fournisseur" && says fr human "avant toute vérification humaine" && says fr claims "aucune allégation"
result $? "a section without anything to say says so"
[ "$(grep -o '<h2 id="h-[a-z]*">[0-9A-Z]*' out/report.fr.html | sed 's/.*>//' | tr '\n' ' ')" = "S $(seq -s' ' 7) $(echo {A..M}) " ]
result $? "the summary, findings numbered and annexes lettered in their order"

# ---- filled in
printf 'Texte de l’affiche\n' >poster.txt
printf 'Ligne une\n\tligne <deux> & trois\n' >reply.txt
printf '%%PDF-1.4 \0\1' >letter.pdf
audit <<'YAML'
identity: {funder: self, legal_basis: {text: {fr: arrêté n° 12, en: order no. 12}, date: 2023-05, evidence: letter.pdf}}
system: {vendor: Acme, calibration: {state: not_applicable}}
public_information:
  poster: {evidence: poster.txt, date: 2024-02-01}
  retention: {state: refused, date: 2024-02-03}
  told_before: {state: reported, text: {fr: ni habitants ni conseil, en: neither inhabitants nor council}, source: a report}
opinions: [{from: {fr: Des agents, en: Agents}, text: "Cela  aide.", language: fr}]
replies:
  - {from: Acme, role: vendor, asked: 2024-03-01, date: 2024-03-09, file: reply.txt, language: fr}
  - {from: The city, role: operator, asked: 2024-03-01, state: no_reply, date: 2024-04-01}
YAML
score my.yaml -o out
says fr public "en date du 1er février 2024" && says fr public "$(hash poster.txt)" && says en public "1 February 2024"
result $? "evidence is named with its hash, dates as people write them"
says fr public "refusé (3 février 2024)" && says fr summary "non communiqués : 0 ; refusés : 1" && says fr public "selon d’autres sources : ni habitants ni conseil"
result $? "a refusal is told from silence, and what others report from both"
says fr identity "mai 2023" && says fr system "sans objet" && says fr identity "non précisé"
result $? "a month is a date; not applicable is not unknown"
grep -q -F 'Ligne une' out/report.fr.html && grep -q -F 'ligne &lt;deux&gt; &amp; trois' out/report.fr.html && says fr replies "$(hash reply.txt)"
result $? "a reply is printed as it came, with its hash"
says fr replies "Sans réponse au 1er avril 2024" && says fr opinions "Cela aide."
result $? "who did not reply is told, and users’ words stand apart"
python3 - "$(hash poster.txt)" <<'PY' 2>log || sed 's/^/# /' log
import json, sys
audit = json.load(open("out/results.json"))["audit"]
assert {"path": "poster.txt", "sha256": sys.argv[1], "role": "public_information.poster"} in audit["files"], audit["files"]
assert len(audit["files"]) == 3
assert audit["public_information"]["retention"]["state"] == "refused"
assert audit["opinions"][0]["text"] == "Cela  aide."
PY
[ ! -s log ]
result $? "results.json lists the evidence files with their hashes"

# ---- the lock
"$VSAUDIT" lock my.yaml -q
score my.yaml -o out
grep -q '"state": "unchanged"' out/results.json
result $? "evidence is locked with the audit"
printf 'x' >>reply.txt
score my.yaml -o out
grep -q '"state": "unchanged"' out/results.json
result $? "a reply may come later"
printf 'x' >>poster.txt
score my.yaml -o out
grep -A1 -F '"file": "poster.txt"' out/results.json | grep -q -F '"what": "changed"' && grep -q '<li>poster.txt' out/report.fr.html
result $? "a changed piece of evidence is named"
rm my.yaml.lock

# ---- what is refused
wrong() { # message; the audit's lines on stdin
    audit
    refuse "$1" 3 "$1" "$VSAUDIT" check my.yaml
}
wrong 'my.yaml:5:30: public_information.poster: found “given” with neither text nor evidence' <<<'public_information: {poster: {state: given}}'
wrong 'my.yaml:5:30: public_information.poster: found “given”, expected what was given' <<<'public_information: {poster: given}'
wrong 'my.yaml:5:41: public_information.poster.evidence: found “none.txt”, expected the path of a file' <<<'public_information: {poster: {evidence: none.txt}}'
wrong 'public_information.poster.evidence: found “/dev/zero”, expected a file in this file’s folder' <<<'public_information: {poster: {evidence: /dev/zero}}'
wrong 'public_information.poster.evidence: found “data”, expected an ordinary file' <<<'public_information: {poster: {evidence: data}}'
wrong 'public_information.postr: found an item that the catalogue of obligations does not ask about, expected one of poster,' <<<'public_information: {postr: x}'
wrong 'expected one of given, refused, not_communicated, not_applicable, reported' <<<'public_information: {poster: {state: maybe}}'
wrong 'public_information.poster.date: found “2024-02-30”, expected a date as 2023-02-01, 2023-02 or 2023' <<<'public_information: {poster: {text: x, date: 2024-02-30}}'
wrong 'my.yaml:5:30: public_information.poster: found “not_communicated” without “asked”' <<<'public_information: {poster: {state: not_communicated, date: 2024-01-01}}'
wrong 'my.yaml:5:30: public_information.poster: found “not_communicated”, expected {state: not_communicated, asked: 2024-03-01}' <<<'public_information: {poster: not_communicated}'
wrong 'public_information.poster: found “refused”, expected {state: refused, date: 2024-03-01}' <<<'public_information: {poster: refused}'
wrong 'public_information.poster: found “refused” without “date”, expected the day of the refusal' <<<'public_information: {poster: {state: refused, asked: 2024-01-01}}'
wrong 'public_information.poster: found “reported”, expected what is reported and by whom' <<<'public_information: {poster: reported}'
wrong 'public_information.poster: found “reported” without “text” or without “source”' <<<'public_information: {poster: {state: reported, text: x}}'
wrong 'public_information.poster.date: found “2024-01-01”, expected a date not before “asked” (2024-01-02)' <<<'public_information: {poster: {state: refused, asked: 2024-01-02, date: 2024-01-01}}'
wrong 'public_information.poster: found a list, expected text' <<<'public_information: {poster: [a, b]}'
wrong 'identity.comissioner: found an unknown key, expected perhaps “commissioner”' <<<'identity: {comissioner: me}'
wrong 'found both “text” and “file”' <<<'replies: [{from: A, role: vendor, text: x, file: reply.txt}]'
wrong 'found neither “text” nor “file”' <<<'replies: [{from: A, role: vendor}]'
wrong 'expected a date not before “asked”' <<<'replies: [{from: A, role: vendor, text: x, asked: 2024-03-02, date: 2024-03-01}]'
wrong 'catalogue: found “none.yaml”, expected the path of a catalogue' <<<'catalogue: none.yaml'
: >empty.txt
wrong 'expected a file that is not empty' <<<'public_information: {poster: {evidence: empty.txt}}'

# ---- another country
cat >other.yaml <<'YAML'
schema: vsaudit/catalogue/1
id: atlantis
country: AT
title: {en: Law of Atlantis, fr: Droit de l’Atlantide}
state_of_law: 2025-01-01
public_information:
  - {key: sign, title: {en: A sign, fr: Un panneau}, gap: {en: no sign was seen, fr: nul panneau n’a été vu}, article: "§ 7"}
YAML
audit <<<'catalogue: other.yaml
public_information: {sign: {state: not_communicated, asked: 2024-03-01}}'
score my.yaml -o out
says fr public "nul panneau n’a été vu" && says fr public "§ 7" && says fr public "Droit de l’Atlantide" && ! says fr public "R253-6" &&
    says fr summary "demandés et non communiqués : 1 ; refusés : 0 ; éléments : 1"
result $? "another country’s catalogue asks its own questions"
audit </dev/null
score my.yaml --catalogue other.yaml -o out
says en public "§ 7" && ! says en public "no sign was seen" && grep -q "\"sha256\": \"$(hash other.yaml)\"" out/results.json
result $? "the command line may name it too, and its hash is in the results"
sed 's/key: sign/key: sign, nonsense: 1/' other.yaml >bad.yaml
refuse "a faulty catalogue is told with its place" 3 'bad.yaml:7:17: public_information[0].nonsense: found an unknown key' "$VSAUDIT" check bad.yaml
ok "the catalogue that is built in passes the check" "$VSAUDIT" check -q "$top/reports/catalogue/france.yaml"

# ---- before and after people looked
printf 'clip,behaviour,onset_s\na,camera-tampering,101\na,camera-tampering,900\na,camera-tampering,1800\n' >vendor.csv
printf 'clip,behaviour,onset_s\na,camera-tampering,900\n' >kept.csv
sed -i 's/path: vendor.csv}/&, {id: staff, kind: alerts, path: kept.csv, after_validation_of: vendor}/' s.yaml
score my.yaml -o out
says en human "had found: 1, of which the validation lost 1; false alerts: 2, of which it let 1 pass" &&
    ! says fr incidents "précèdent toute validation"
result $? "what people threw away and let pass is counted beside what the system raised"
sed -i 's/after_validation_of: vendor/after_validation_of: vendro/' s.yaml
refuse "a validation is of a system of the scenario" 3 'after_validation_of: found “vendro”, expected' "$VSAUDIT" check s.yaml

# ---- on paper
mkdir none
refuse "without a program that prints, the message names one" 4 'found neither weasyprint nor chromium' env PATH="$PWD/none" "$VSAUDIT" report out --format pdf -q
if command -v weasyprint >/dev/null && command -v pdfinfo >/dev/null; then
    "$VSAUDIT" report out --format pdf -q >log 2>&1 && cp out/report.fr.pdf first.pdf && "$VSAUDIT" report out --format pdf -q >log 2>&1
    cmp first.pdf out/report.fr.pdf && pdfinfo first.pdf | grep -q 'Tagged: *yes' && grep -a -q 'Outlines' first.pdf
    result $? "the PDF is tagged, has bookmarks, and is the same bytes again"
else
    skip "the PDF is tagged, has bookmarks, and is the same bytes again" "weasyprint or pdfinfo is not installed"
fi
echo "1..$n"
