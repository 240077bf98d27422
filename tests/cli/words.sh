#!/usr/bin/env bash
# One word a thing: every text keeps to reports/texts/glossary.md, and tests/words sees each kind of slip.
set -uo pipefail
cd "$(dirname "$0")/../.."
. tests/tap.bash
ok "every text keeps to the glossary and to the typography of its language" tests/words

mkdir -p "$SCRATCH/tree"
cp -r reports scenarios "$SCRATCH/tree/"
# slip WHAT FILE FROM TO SAID: the change is told with these words
slip() {
    local file=$SCRATCH/tree/$2
    cp "$file" "$SCRATCH/kept"
    sed -i "s"$'\001'"$3"$'\001'"$4"$'\001' "$file"
    if cmp -s "$file" "$SCRATCH/kept"; then
        ok "$1 (the text to be changed is there)" false
    else
        tests/words "$SCRATCH/tree" >"$SCRATCH/said"
        ok "$1" grep -q -- "$5" "$SCRATCH/said"
    fi
    cp "$SCRATCH/kept" "$file"
}
fr=reports/texts/fr.json
slip "another word for a thing" $fr '"glossary.claim": "Allégation"' '"glossary.claim": "Affirmation"' 'glossary has “allégation”'
slip "another ending of it" $fr '"timeline.false.other": "{n} fausses alertes"' '"timeline.false.other": "{n} fausses alarmes"' 'timeline.false.other.*glossary has “fausse alerte”'
slip "one that stands in a choice by number" $fr 'n?événement détecté|événements détectés' 'n?événement trouvé|événements détectés' 'glossary has “événement détecté”'
slip "another word in English" reports/texts/en.json '"timeline.false.other": "{n} false alerts"' '"timeline.false.other": "{n} false positives"' 'glossary has “false alert”'
slip "the fallacy of overlapping intervals" reports/texts/en.json '"strata.intro": "' '"strata.intro": "Where intervals overlap, differences mean nothing. ' 'strata.intro.*where the glossary has'
slip "a limit that nobody claimed" $fr '"column.claim_limit": "Limite de la lecture"' '"column.claim_limit": "Limite alléguée"' 'glossary has “limite de la lecture”'
slip "a threshold that nobody declared" $fr '"curve.is_declared": "journal entier"' '"curve.is_declared": "seuil déclaré"' 'glossary has “seuil”'
slip "a plural in brackets" $fr '{n} {n?détecté|détectés}' '{n} détecté(s)' 'a plural in brackets'
slip "a mark without its space" $fr '"limit.remark": "{name} : {remark}"' '"limit.remark": "{name}; {remark}"' 'limit.remark: no space before'
slip "a colon without its space" $fr '"limit.remark": "{name} : {remark}"' '"limit.remark": "{name}: {remark}"' 'limit.remark: no space before'
slip "English quotation marks" $fr '"control.null": "' '"control.null": "“Ici”, ' 'no French quotation marks'
slip "an identifier in a sentence" $fr '"control.null": "' '"control.null": "Avec gap_tolerance, ' 'an identifier in a French sentence'
slip "an English word in a sentence" $fr '"control.null": "' '"control.null": "Avec recall, ' 'an English word in a French sentence'
slip "a place that one language lacks" $fr '"limit.remark": "{name} : {remark}"' '"limit.remark": "{name} : remarque"' 'places differ'
slip "a text that one language lacks" $fr '^ "limit.remark": .*$' '' 'lacks “limit.remark”'
slip "a slip in the page" reports/README.fr.md '^# Auditer' '# Une fausse alarme : auditer' 'README.fr.md:1: .*glossary has'
slip "a slip in a norm" $fr '"norm.running.title": "Course"' '"norm.running.title": "Alarme de course"' 'norm.running.title.*glossary has'
slip "a slip in a scenario" scenarios/savari/fare-evasion.yaml 'Fraude au portillon' 'Fraude tarifaire' 'scenarios/savari/fare-evasion.yaml:.*glossary has'
slip "a broken row of the glossary" reports/texts/glossary.md "^| claim | claim |" "| claim | claim | claim |" "expected 7"
echo "1..$n"
