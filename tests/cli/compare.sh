# vsaudit compare: two versions of a product on the same footage.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

compare() { # arguments; sets status, writes log
    "$VSAUDIT" compare "$@" >log 2>&1
    status=$?
}
version() { # folder id, alert log on stdin
    { echo clip,behaviour,onset_s && cat; } >"$1.csv"
    tampering_scenario "${3:-set.yaml}" "[{id: $2, kind: alerts, path: $1.csv}, {id: silent, kind: \"null\"}]" >"$1.yaml"
    "$VSAUDIT" score "$1.yaml" -o "$1" --quiet >log 2>&1 || cat log
}
manifest() { # clips
    echo 'schema: vsaudit/dataset/1'
    printf 'id: set\nclips:\n'
    for clip in "$@"; do
        printf '  - {id: %s, file: %s.mp4, duration_s: 3600, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 100, end_s: 160}, {behaviour: camera-tampering, start_s: 1000, end_s: 1060}]}\n' "$clip" "$clip"
    done
}

echo "1..19"
manifest a b c d e f >set.yaml
T=,camera-tampering,
version v1 vendor <<LOG
a${T}101
b${T}101
c${T}1001
a${T}500
b${T}700
c${T}2000
LOG
version v2 vendor <<LOG
a${T}101
a${T}1001
b${T}1001
c${T}1001
a${T}501
c${T}2000
d${T}300
d${T}310
e${T}300
LOG

compare v1 v1
expect 0 "missed         9      9      0      0" "a run has nothing new against itself"
compare v1 v2 --fail-on new-misses
expect 1 "missed         9      8      1      2" "one new miss, two gone; --fail-on is met"
expect 1 "false          3      5      3      1        1" "three new false alerts, one gone, one moved, one the same"
expect 1 "clip b at 100.000 s" "the new miss has a clip and a time"
expect 1 "clip a at 500.000 s, now at 501.000 s" "a moved alert has both times"
expect 1 "clip d at 310.000 s" "a new alert has a clip and a time"
expect 1 "may well be chance (McNemar, exact, p = 1)" "a paired test on the events"
expect 1 "more on 2 clips, fewer on 1: may well be chance (sign test, exact, p = 1)" "and one on the clips"
compare v1 v2 --fail-on new-false-alerts
expect 1 "New false alerts" "--fail-on new-false-alerts"
compare v1 v2
expect 0 "New false alerts" "without --fail-on the status is 0"
compare v1 v2 --within 0.5
expect 0 "false          3      5      4      2        0" "with a narrower --within a moved alert is gone and new"
compare v1 v2 --json
expect 0 '"schema": "vsaudit/compare/1"' "JSON for programs"
cp log first && compare v1 v2 --json && cmp first log
result $? "the same bytes again"

# Enough pairs to tell the runs apart: 6 misses less on 6 events that changed, p = 2 / 2^6.
manifest a b c d e f >set.yaml
: | version old vendor
for clip in a b c d e f; do echo "$clip${T}101"; done | version new vendor
compare old new
expect 0 "Misses: the runs differ (McNemar, exact, p = 0.031)" "six of six changed pairs are no chance"

# Other ids, other clips.
sed -n '2,$p' v2.csv | version renamed vendor-2
compare v1 renamed
expect 3 "found no scenario, system and condition that v1 has too" "other ids are not held together by themselves"
compare v1 renamed --pair vendor=vendor-2
expect 0 "tampering, vendor → vendor-2, as-recorded: 6 clips, 12 events" "but by --pair"
manifest a b c >few.yaml
sed -n '2,$p' v1.csv | version less vendor few.yaml
compare v1 less
expect 0 "left out: clip f (only_in_a)" "a clip that only one run has is left out, aloud"
compare v1 nowhere
expect 3 "nowhere/results.json" "a folder without results"
compare v1 v2 --fail-on anything
expect 2 "--fail-on: found “anything”" "a word that --fail-on does not know"
