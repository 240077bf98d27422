#!/usr/bin/env bash
# A sample of treated alerts: drawn from a vendor's log, judged on sheets that went through spreadsheets, bounded and tested.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"

# ---- a log as cities have them: 60 alerts of two cameras, every fifth deleted; one row twice, one that is no alert
mkdir photos
{
    printf 'N°;Caméra;Date;Heure;Type;Fiabilité;Statut;Photo\r\n'
    for i in $(seq 1 60); do
        camera="Hall A" state=Traité
        [ $((i % 3)) -eq 0 ] && camera="Quai 2"
        [ $((i % 5)) -eq 0 ] && state=Supprimé
        printf '%d;%s;%02d/03/2024;%02d:00:00;Caméra masquée;9%d,5 %%;%s;photos\\%d.jpg\r\n' "$i" "$camera" $((i % 28 + 1)) $((i % 24)) \
            $((i % 10)) "$state" "$i"
        [ $((i % 2)) -eq 0 ] && echo "picture $i" >"photos/$i.jpg"
    done
    printf '1;Hall A;02/03/2024;01:00:00;Caméra masquée;91,5 %%;Traité;photos\\1.jpg\r\n'
    printf '99;Hall A;02/03/2024;01:00:00;Démarrage;;Traité;\r\n'
} | iconv -f UTF-8 -t WINDOWS-1252 >export.csv
cat >map.yaml <<'E'
schema: vsaudit/alert-map/1
delimiter: semicolon
decimal: comma
encoding: WINDOWS-1252
columns: {camera: Caméra, date: Date, time: Heure, behaviour: Type, confidence: Fiabilité, number: N°, picture: Photo, treated: Statut}
time: "%d/%m/%Y %H:%M:%S"
confidence_max: 100
behaviours: {Caméra masquée: camera-tampering}
ignore: [Démarrage]
E
sample() { "$VSAUDIT" sample "$@"; }
draw() { sample draw export.csv --map map.yaml --treated Traité --by camera --lang fr "$@"; }

# ---- plan
ok "a plan counts every row" eval 'sample plan export.csv --map map.yaml --treated Traité --by camera --size 24 >log 2>&1 &&
    grep -q "^62 rows: 60 alerts, 1 that repeats another, 1 to ignore, 0 that go on" log && grep -q "^12 alerts left out, as they were not treated" log &&
    grep -q "16 of     32  Hall A" log && grep -q "8 of     16  Quai 2" log && grep -q "^24 of 48 alerts to judge" log'
ok "and leaves no trace" [ ! -e export.csv.draws ]
ok "a size for a half-width, without a log" eval 'sample plan --population 1000 --half-width 5% >log && grep -q "^2[5-9][0-9] of 1000 alerts to judge" log'
ok "a size for a power" eval 'sample plan --population 2000 --claim "<= 10 %" --power 0.8 >log && grep -q "of 2000 alerts to judge, power 0\.8" log'
refuse "a power wants a claim" 2 "--power: found no --claim" sample plan --population 10 --power 0.8
refuse "one size and no more" 2 "found no size or two" sample plan --population 10 --size 3 --each 2
refuse "a claim that all logs fulfil is none" 2 "--claim: found “<= 100 %”" sample plan --population 10 --size 3 --claim '<= 100 %'
refuse "a word that the log never says" 2 "--treated: found “Traite”, expected words that the log says of its alerts: Supprimé, Traité" \
    sample plan export.csv --map map.yaml --treated Traite --size 5
refuse "more strata than are drawn" 2 "would get none" sample plan export.csv --map map.yaml --by camera,day,hour --size 3
refuse "a part that there is not" 2 "--by: found “colour”" sample plan export.csv --map map.yaml --by colour --size 3
refuse "hours of a log without a clock" 3 "found an alert without a clock’s time, expected it for --by hour" \
    sample plan "$tree/tests/data/sample-own.csv" --by hour --size 2
refuse "a stratum that there is not" 2 "--of: found no stratum “Hall B”" sample plan export.csv --map map.yaml --by camera --each 2 --of 'Hall B=3'
refuse "more than a stratum holds" 2 "it has no more" sample plan export.csv --map map.yaml --by camera --each 2 --of 'Quai 2=21'

# ---- draw
draw --size 24 --claim '< 10 %' --claim-text 'moins d’une sur dix' -o one >said 2>err
ok "a sample is drawn" [ -f one/draw.json -a -f one/judge-1.csv -a -f one/judge-2.csv -a -f one/README.fr.md ]
ok "its SHA-256 is printed" grep -q "SHA-256 of the draw: $(sha256sum <one/draw.json | cut -c1-64)" said
ok "pictures that are there are copied under names that tell nothing, the others are told" \
    eval 'found=$(find one/pictures -type f | wc -l); [ "$found" -gt 0 ] && [ "$(grep -c "pictures/" one/judge-1.csv)" -eq "$found" ] && grep -q "$((24 - found)) pictures are not in the folder" err'
ok "no confidence and no state on a sheet" eval '! grep -q -E "9[0-9],5|Trait" one/judge-1.csv one/judge-2.csv'
ok "two orders of the same alerts" eval '! cmp -s one/judge-1.csv one/judge-2.csv && cmp -s <(sort one/judge-1.csv) <(sort one/judge-2.csv)'
ok "a sheet opens in a French spreadsheet" eval '[ "$(head -c 3 one/judge-1.csv | od -An -tx1 | tr -d " ")" = efbbbf ] && head -1 one/judge-1.csv | grep -q ";Jugement;"'
ok "none that was not treated" eval 'sed "s/^[^;]*;[^;]*;[^;]*;[^;]*;//" one/judge-1.csv | tail -n +2 | cut -d";" -f1 | awk "\$1 % 5 == 0 || \$1 > 60 {bad = 1} END {exit bad}"'
refuse "a second draw is not made in silence" 2 "export.csv was drawn from already (1 time" draw --size 24 -o two
ok "and writes nothing" [ ! -e two ]
refuse "nor over the first" 2 "one is there already" draw --size 24 --again "lost" -o one
draw --size 24 --again "the first was lost" -o two >said 2>err
ok "without a seed the same alerts are drawn again" cmp -s one/judge-1.csv two/judge-1.csv
"$VSAUDIT" keygen -o our.key >log
draw --size 24 --again "another seed" --seed 7 --key our.key -o three >said 2>err
ok "another seed draws others" eval '! cmp -s <(sort one/judge-1.csv) <(sort three/judge-1.csv)'
ok "the draws stand in the record" [ "$(wc -l <export.csv.draws)" -eq 3 ]
sample score three judge-1.csv judge-2.csv --log export.csv --key our.key.pub -o third >log 2>&1
ok "the third draw: who signed, who chose the seed, how often it was drawn before" eval 'grep -q "The draw is signed by the key [0-9a-f]\{64\}" log &&
    grep -q "seed “7”, which who drew them chose" log && grep -q "drawn from 2 times before. The reason given for drawing again: “another seed”" log && ! grep -q "after this" log'
sample score two judge-1.csv judge-2.csv --log export.csv -o second >log 2>&1
ok "the second: one more after it" grep -q 'drawn from 1 time more after this draw' log
refuse "a draw that nobody signed" 5 "two/draw.json.sig: is not there" sample score two judge-1.csv --key our.key.pub -o x
sed 's/"7"/"8"/' three/draw.json >draw.json && cp three/draw.json kept.json && cp draw.json three/draw.json
refuse "a draw changed after it was signed" 5 "the signature is not one of what it stands beside" sample score three judge-1.csv -o x
cp kept.json three/draw.json
sed '$s/./&&/20' export.csv >other.csv && cp export.csv.draws other.csv.draws
refuse "another log" 5 "expected that of the log that was drawn from" sample score three judge-1.csv --log other.csv -o x
rm -f other.csv.draws
cp export.csv.draws kept.draws
sed -i 1d export.csv.draws
refuse "a line taken out of the record is seen" 5 "export.csv.draws:1: found other lines before it" draw --size 24 --again "x" -o four
refuse "a reason without a first draw" 2 "--again: found a reason, expected none" sample draw "$tree/tests/data/sample-own.csv" --size 2 --again x -o four

# ---- judged: two say the same of all but some
fill() { # sheet, word for every line by its number in the log (awk)
    awk -F';' -v OFS=';' 'NR > 1 {number = $5; word = ""; '"$2"'; $7 = word; sub(/;\r$/, ";", $0)} {sub(/\r$/, ""); print}' "$1"
}
# false: numbers that 4 divides; two differ on number 1 to 3, one leaves out 7; both cannot tell 8
fill one/judge-1.csv 'word = number % 4 == 0 ? "Fausse" : "vraie"; if (number == 8) word = "indécidable"' >first.csv
fill one/judge-2.csv 'word = number % 4 == 0 ? "FAUX" : "VRAI"; if (number == 8) word = "INDECIDABLE"' >second.csv
ok "sheets are checked" eval 'sample check one first.csv second.csv >log && grep -q "ok: first.csv: 24 of 24 alerts judged" log'
sample score one first.csv second.csv -o out >log 2>&1
status=$?
false=$(awk -F';' 'NR > 1 && $5 % 4 == 0 && $5 != 8' one/judge-1.csv | wc -l)
ok "the false ones are counted" grep -q "\"wrong\": $false," out/sample.json
ok "both agree" grep -q 'Two people judged 24 alerts, 24 of them alike; κ = 1.00' log
ok "reports in both languages, tables and results" [ -f out/report.en.html -a -f out/report.fr.html -a -f out/summary.fr.md -a -f out/strata.csv -a -f out/alerts.csv ]
ok "the claim of the draw is judged" grep -q '“less than 10% false” holds with 4 false alerts or fewer among these 48' log
ok "no claim without a word of the log alone" grep -q 'said of this log alone' log
ok "what it cannot say is said" eval 'grep -q "How many events the system missed" out/summary.en.md && grep -q "12 of the log were left out" out/summary.en.md && grep -q "nobody stated for how many hours" out/summary.en.md'
ok "a verdict is the exit status" eval '{ grep -q "\"verdict\": \"refuted\"" out/sample.json && [ $status -eq 1 ]; } || { ! grep -q "\"verdict\": \"refuted\"" out/sample.json && [ $status -eq 0 ]; }'
fill one/judge-1.csv 'word = "fausse"' >all-false.csv
sample score one all-false.csv -o one-judge >log 2>&1
status=$?
expect 1 "refuted, p" "all false refute the claim"
ok "one judge alone is told" grep -q "One person judged alone" log
fill one/judge-2.csv 'word = "vraie"' >all-true.csv
sample score one all-true.csv --log export.csv -o out-true >log 2>&1
status=$?
expect 5 "export.csv.draws:1: found other lines" "the record of draws is looked at with the log"

# ---- what spreadsheets do
{ head -1 first.csv; tail -n +2 first.csv | sort -r; } | iconv -f UTF-8 -t WINDOWS-1252//TRANSLIT 2>/dev/null | sed '1s/^?//' >sorted.csv
tr ';' '\t' <second.csv | sed '1s/^\xef\xbb\xbf//' | iconv -f UTF-8 -t UTF-16 >tabs.csv
sample score one sorted.csv tabs.csv -o out2 >log 2>&1
ok "sorted, in Windows-1252, in UTF-16 with tabs: the same" cmp -s <(grep -v sha256 out/sample.json | grep -v '"file"') <(grep -v sha256 out2/sample.json | grep -v '"file"')
sed -n '1,13p' first.csv >half.csv
sample score one half.csv second.csv -o out3 >log 2>&1
ok "rows that are missing stand in both bounds" grep -q '12 alerts were judged by one of the two alone' log
ok "and make a sheet to agree on" [ "$(wc -l <out3/disagreements.csv)" -eq 13 ]
tail -n +14 first.csv >rest && { head -1 first.csv; cat rest; } >agreed.csv
sample score one half.csv second.csv --agreed agreed.csv -o out3 >log 2>&1
ok "what was agreed on settles them" eval 'grep -q "\"wrong\": $false," out3/sample.json && grep -q "\"single\": 0" out3/sample.json && [ ! -e out3/disagreements.csv ]'
sed 's/;vraie/;fausse/' first.csv >against.csv
refuse "an agreed sheet that contradicts both is refused" 3 "expected nothing or “real”: it was judged so already" sample score one first.csv second.csv --agreed against.csv -o x
refuse "one sheet is not two people’s" 3 "are the same bytes" sample score one first.csv first.csv -o x
sed '2s/^[A-Z]*/AAAAAAAA/' first.csv >foreign.csv
refuse "a foreign alert" 3 "foreign.csv:2:1: Alerte: found “AAAAAAAA”, expected an alert of this sample" sample score one foreign.csv -o x
{ cat first.csv; tail -1 first.csv; } >twice.csv
refuse "an alert twice" 3 "expected each alert once: it stands in line 25 too" sample check one twice.csv
cat err.txt >log
sed '3s/;vraie\|;Fausse\|;indécidable/;peut-être/' first.csv >word.csv
refuse "a word that is none" 3 "expected nothing, or one of" sample score one word.csv -o x
awk -F';' -v OFS=';' 'NR == 1 {print; next} {id[NR] = $1; rest[NR] = substr($0, length($1) + 1)} END {for (i = 2; i <= NR; i++) print id[i == NR ? 2 : i + 1] rest[i]}' first.csv >shifted.csv
refuse "a column sorted by itself" 3 "were the columns sorted one by one? Sort whole rows" sample score one shifted.csv -o x
printf 'PK\003\004rubbish' >book.csv
refuse "a spreadsheet's own file" 3 "book.csv" sample score one book.csv -o x
sed 's/"drawn": 24/"drawn": 23/' one/draw.json >bent.json && mkdir bent && mv bent.json bent/draw.json
refuse "a draw that does not add up" 3 "found no draw that adds up" sample score bent first.csv -o x
refuse "a draw that is not the published one" 5 "expected that which was published" sample score one first.csv --published 00 -o x
refuse "a second claim" 2 "one was fixed with the draw" sample score one first.csv --claim '< 5 %' -o x

# ---- none, one, all
printf 'clip,behaviour,onset_s\n' >none.csv
sample draw none.csv --size 5 --claim '< 10 %' -o none >log 2>&1
sample score none judge-1.csv judge-2.csv -o none-out >log 2>&1
status=$?
expect 0 "This log holds no alerts to draw from" "a log without alerts has no share"
ok "and its claim cannot be tested" eval 'grep -q "\"verdict\": \"not_testable\"" none-out/sample.json && grep -q "\"low\": null" none-out/sample.json'
cp "$tree/tests/data/sample-own.csv" own.csv
sample draw own.csv --size 100 --judges 1 -o own >log 2>&1
awk -F, -v OFS=, 'NR > 1 {$7 = NR == 2 ? "false" : "true"} {sub(/\r$/, ""); print}' own/judge-1.csv >own-filled.csv
sample score own own-filled.csv --claim '<= 25 %' -o own-out >log 2>&1
status=$?
expect 0 "Of the 4 alerts of this log, 1 are false (25%): all of them were judged." "a census is a point"
ok "a claim stated when the sheets are read is told" grep -q "was stated when the sheets were read" log
ok "hours give a rate, and whose they are" eval 'sample score own own-filled.csv --hours 8 -o own-out >log && grep -q "Whether the 8 camera-hours that were stated for this log are right; with them it is 0.125 to 0.125" own-out/summary.en.md'
rm -rf outside && mkdir outside && echo secret >outside/secret.jpg && ln -s ../outside/secret.jpg photos/link.jpg
LC_ALL=C sed 's#photos\\2\.jpg#..\\outside\\secret.jpg#; s#photos\\4\.jpg#link.jpg#; s#photos\\##' export.csv >escape.csv
sample draw escape.csv --map map.yaml --each 60 --pictures "$PWD/photos" -o escape >log 2>&1
ok "no picture is taken from outside of the pictures' folder" eval '[ "$(find escape/pictures -type f | wc -l)" -eq 28 ] && ! grep -rq secret escape/pictures'
echo "1..$n"
