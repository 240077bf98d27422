#!/usr/bin/env bash
# The claims made for Savari: the shipped audit on a few drawn clips. Too short to support anything; what cannot be tested says why.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
"$VSAUDIT" synth datasets/sample/{gates-force,crowd-concourse,road-collision}.yaml -o "$SCRATCH/sample" -j 2 >"$SCRATCH/log" 2>&1
"$VSAUDIT" run scenarios/savari-claims.yaml --dataset "$SCRATCH/sample/dataset.yaml" -o "$SCRATCH/run" -j 2 --quiet >"$SCRATCH/log" 2>&1
ok "the audit runs" [ $? -le 1 ]
sentences() { # number verdict: how many say so of reading a
    grep -o -E "\"$1 false alerts? in [^\"]*, limit 0.0417 per camera-hour: $2" "$SCRATCH/run/results.json" | wc -l
}
are() { # claim verdict: all four scenarios say so
    [ "$(awk -F, -v claim="$1" -v verdict="$2" '$4 == claim { n++; good += index($0, "," verdict ",") > 0 } END { print n + 0, good + 0 }' \
        "$SCRATCH/run/claims.csv")" = "4 4" ]
}
ok "as worded it cannot be tested" are very-few-errors not_testable
ok "a false alert in minutes refutes reading a of these clips alone, none is too little to establish it" \
    [ "$(($(sentences 0 'not established, a new test would need [0-9]+ camera-hours') + $(sentences '[1-9][0-9]*' 'not established, since there w.* Of these clips alone: refuted, p [=<]')))" = 4 ]
ok "where there was none nothing is refuted" [ "$(sentences 0 '.*refuted')" = 0 ]
ok "reading b needs a prevalence" are very-few-errors-b not_testable
ok "which is said" grep -q 'No prevalence is known' "$SCRATCH/run/results.json"
ok "nothing is said of words about a product that was not run: reading a, c and d" eval 'are very-few-errors-a other_system && are very-few-errors-c other_system && are very-few-errors-d other_system'
ok "reading c needs more events" [ "$(grep -c '"outcome": "not_established"' "$SCRATCH/run/results.json")" -ge 4 ]
ok "no verdict stands under the words of Thales" eval '! cat "$SCRATCH"/run/report.*.html | grep -q "class=\"verdict \(refuted\|supported\|not_established\)\""'
ok "the sentence is whole, with its scope" grep -q 'dans les phases critiques des enquêtes' "$SCRATCH/run/report.fr.html"
ok "the source is the written contribution, and no date is made up for it" eval 'grep -q "contribution écrite remise à l’issue de son audition (sans date" "$SCRATCH/run/report.fr.html" && ! grep -q "\"date\": \"2023-02-01\"" "$SCRATCH/run/results.json"'
ok "time saved cannot be tested by replay" are time-divided-by-30 not_testable
ok "its bound is printed" grep -q 'leaves a person 120 s per hour of video.*so at most .* s an alert' "$SCRATCH/run/results.json"
# Words that only English has, in what a French reader sees; quoted program messages are marked as English.
english() {
    tr '\n' ' ' <"$SCRATCH/run/report.fr.html" | sed -E 's/<style>.*<\/style>//; s/<(a|span|code)[^>]*lang="en"[^>]*>[^<]*<\/(a|span|code)>//g; s/<[^>]*>/ /g' |
        grep -o -E '.{0,30}[ («](the|of|was|were|with|without|from|not|which|for|nobody|alerts|drawn|dated|clips)[ ,;)].{0,20}' | grep -v -- '--protocols'
}
words=$(english)
[ -z "$words" ] || printf '%s\n' "$words" | sed 's/^/# /'
ok "no English is left in the French report" [ -z "$words" ]
ok "what the public of Reims was told is printed with its source" grep -q 'n’a semble-t-il fait l’objet d’aucune information' "$SCRATCH/run/report.fr.html"
ok "the law of the time of the trial is shown, not what came later" eval 'grep -q "art. L. 251-3 du CSI, ancienne rédaction" "$SCRATCH/run/report.fr.html" && ! grep -q "art. R. 253-6, I du CSI" "$SCRATCH/run/report.fr.html"'
ok "a made-up reply says that it is one" grep -q 'Exemple fictif : personne n’a écrit ceci' <(sed 's/\xe2\x80\xaf/ /g' "$SCRATCH/run/report.fr.html")
echo "1..$n"
