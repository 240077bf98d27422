#!/usr/bin/env bash
# vsaudit score reads the JSON of NIST's ActEV evaluations and gives its public scorer's numbers; what is wrong in it is named with its place.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
echo "1..50"

# One file of 3000 frames at 30 per second (5/3 minutes); by hand: 1 overlaps the first reference by 50 frames, 2 nothing, 3 the second by 20 frames only.
cat >files.json <<'E'
{"a.mp4": {"framerate": 30, "selected": {"1": 1, "3001": 0}}}
E
echo '{"Closing": {}, "Opening": {}}' >activities.json
cat >reference.json <<'E'
{"filesProcessed": ["a.mp4"], "activities": [
  {"activity": "Closing", "activityID": 1, "localization": {"a.mp4": {"100": 1, "200": 0}}},
  {"activity": "Closing", "activityID": 2, "localization": {"a.mp4": {"1000": 1, "1100": 0}}}]}
E
cat >system.json <<'E'
{"filesProcessed": ["a.mp4"], "activities": [
  {"activity": "Closing", "activityID": 1, "presenceConf": 0.9, "alertFrame": 160, "localization": {"a.mp4": {"150": 1, "250": 0}}},
  {"activity": "Closing", "activityID": 2, "presenceConf": 0.6, "localization": {"a.mp4": {"2000": 1, "2100": 0}}},
  {"activity": "Closing", "activityID": 3, "presenceConf": 0.3, "localization": {"a.mp4": {"1080": 1, "1180": 0}}}]}
E
score() { # folder, arguments…
    local out=$1
    shift
    "$VSAUDIT" score --actev-reference reference.json --actev-system system.json --actev-files files.json --actev-activities activities.json -o "$out" "$@"
}
value() { # table, key: the last column of the row that begins with the key
    awk -F'|' -v key="$2|" 'index($0, key) == 1 {print $NF; found++} END {exit found != 1}' "$1"
}
is() { # description, table, key, number
    local got
    got=$(value "$2" "$3") || got=nothing
    if awk -v a="$got" -v b="$4" 'BEGIN {n = "^-?[0-9.]+(e-?[0-9]+)?$"; exit !(a ~ n && b ~ n ? a - b < 1e-9 && b - a < 1e-9 : a == b)}'; then
        ok "$1" true
    else
        echo "# $3: found $got, expected $4"
        ok "$1" false
    fi
}
score one >log 2>err
status=$?
expect 0 "ActEV_SDL_V2: 1 files, 2 references, 3 system instances" "the newest protocol is the default, and said"
ok "references, found, missed and false alarms of each activity are printed" grep -q -E '^Closing +2 +1 +1 +2 ' log
ok "an activity without a reference is left out aloud" grep -q 'left out with 0 system instances: Opening' err
is "the hit" one/actev/alignment.csv "Closing|CD|1|1|0.9|2" '{"presenceconf_congruence": 1}'
ok "the miss and both false alarms" test "$(grep -c -E '^Closing\|(MD\|2\|None|FA\|None\|[23])\|' one/actev/alignment.csv)" = 3
is "frames of the pair in common" one/actev/pair_metrics.csv "Closing|1|1|temporal_intersection" 50
is "of either" one/actev/pair_metrics.csv "Closing|1|1|temporal_union" 150
is "of the system alone" one/actev/pair_metrics.csv "Closing|1|1|temporal_fa" 50
is "a protocol that compares by seconds has no overlap share" one/actev/pair_metrics.csv "Closing|1|1|temporal_intersection-over-union" None
is "misses along the curve" one/actev/scores_by_activity.csv "Closing|p_miss@0.3rfa" 0.5
is "localisation" one/actev/scores_by_activity.csv "Closing|n-mide" 0.517241379310345
is "time of false alarms" one/actev/scores_by_activity_and_threshold.csv "Closing|0.3|tfa_numer" 230
is "time without reference" one/actev/scores_by_activity_and_threshold.csv "Closing|0.3|tfa_denom" 2800
is "mean over activities" one/actev/scores_aggregated.csv "mean-p_miss@0.3rfa" 0.5
# eval-2: onsets 150 and 1080 lie in the windows [start - 2 s, end + 10 s]; 100 s = 1/36 h; the first decided 60 frames after the start.
ok "protocol eval-2 beside it: 2 of 2 found, 1 false in 1/36 h, 36 an hour" awk -F'|' '$1 == "Closing" {exit !($3 == 2 && $4 == 2 && $7 == 1 && $11 > 35.999 && $11 < 36.001)}' one/actev/eval_2.csv

ok "and its delay, from alertFrame where there is one: 2 s and 80 frames, half of both" awk -F'|' '$1 == "Closing" {exit !($17 > 2.333 && $17 < 2.334)}' one/actev/eval_2.csv

score points --actev-points 2 -q
ok "two thresholds of three: the first and the last" test "$(awk -F'|' '$3 == "rfa" {printf "%s ", $2}' points/actev/scores_by_activity_and_threshold.csv)" = "0.3 0.9 "
# 3001 frames, a tenth: 300; 100 + 100 < 300, 300 is not less.
score pruned --actev-prune 0.1 >log 2>err
ok "pruned to less than a tenth of the frames" test "$(grep -c -E '\|(CD|FA)\|' pruned/actev/alignment.csv)" = 2
ok "and said" grep -q '1 of 3 system instances pruned: of each activity the surest are kept while they are on for less than 300 frames' err
score secol --actev-protocol ActEV18_AD_1SECOL -q
is "ActEV18_AD_1SECOL: one second in common, weighed by confidence alone" secol/actev/alignment.csv "Closing|CD|1|1|0.9|1.000001" '{"presenceconf_congruence": 1}'
score tfa --actev-protocol actev18-ad-tfa -q
is "ActEV18_AD_TFA: overlap of more than a fifth" tfa/actev/pair_metrics.csv "Closing|1|1|temporal_intersection-over-union" 0.333333333333333
is "and the time outside every reference" tfa/actev/scores_by_activity_and_threshold.csv "Closing|0.3|tfa_numer" 230
echo '{"wpmiss.numerator": 7, "wpmiss.denominator": 9}' >p.json
score parameters --actev-parameters p.json -q
is "parameters of a file" parameters/actev/scores_by_activity.csv "Closing|w_p_miss@0.3rfa" 0.727272727272727
score all --actev-all-activities -q
is "all activities of the index, if wanted" all/actev/scores_by_activity.csv "Opening|n-mide" None

# An instance with a pause: 100-150 and 180-200 against 100-200: 70 in common, 100 of either.
cp system.json whole.json
sed 's/{"150": 1, "250": 0}/{"100": 1, "150": 0, "180": 1, "200": 0}/' whole.json >system.json
score spans --actev-protocol ActEV18_AD_TFA -q
is "an instance with a pause: what is in common" spans/actev/pair_metrics.csv "Closing|1|1|temporal_intersection" 70
is "what is missed" spans/actev/pair_metrics.csv "Closing|1|1|temporal_miss" 30
is "its share" spans/actev/pair_metrics.csv "Closing|1|1|temporal_intersection-over-union" 0.7
is "its localisation: nothing false" spans/actev/scores_by_activity.csv "Closing|n-mide" 0.3
# Half of 180-200 is not selected.
# Two instances at once over one reference: nothing of it outside, 60 frames in excess.
cp whole.json system.json
sed 's/{"150": 1, "250": 0}/{"100": 1, "200": 0}/; s/{"2000": 1, "2100": 0}/{"120": 1, "180": 0}/' whole.json >system.json
score outside --actev-protocol ActEV18_AD_TFA -q
is "time of false alarms outside every reference" outside/actev/scores_by_activity_and_threshold.csv "Closing|0.6|tfa_numer" 0
score excess --actev-protocol ActEV_SDL_V1 -q
is "and in excess of the references" excess/actev/scores_by_activity_and_threshold.csv "Closing|0.6|tfa_numer" 60
cp whole.json system.json
cp files.json whole-files.json
echo '{"a.mp4": {"framerate": 30, "selected": {"1": 1, "190": 0, "220": 1, "3001": 0}}}' >files.json
score partly -q
ok "instances partly outside the selected frames do not count" test "$(grep -c '' partly/actev/alignment.csv)" = 4
# frames 1 to 190 and 220 to 3001: 2970 thirtieths of a second
ok "hours are those of all selected spans" awk -F'|' '$1 == "Closing" {exit !($2 == 0.0275)}' partly/actev/eval_2.csv
score kept --actev-keep-outside -q
ok "but do if wanted" test "$(grep -c '|CD|1|1|' kept/actev/alignment.csv)" = 1
cp whole-files.json files.json
echo '{"filesProcessed": ["a.mp4"], "activities": []}' >system.json
score silent -q
ok "a system that found nothing misses all" awk -F'|' '$1 == "Closing" {exit !($3 == 2 && $5 == 2)}' silent/actev/eval_2.csv

wrong() { # what, place and message, sed script for the system
    sed "$3" whole.json >system.json
    refuse "$1" 3 "$2" score bad
}
wrong "no frame that is on" 'system.json:3:81: activities[1].localization: found no frame that is on' 's/{"2000": 1, "2100": 0}/{"2000": 0, "2100": 0}/'
wrong "no end" 'activities[1].localization: found no end after frame 2100' 's/"2100": 0/"2100": 1/'
wrong "frames that are none" 'found “20x” for a frame' 's/"2000": 1/"20x": 1/'
wrong "a file that is not in the index, with the nearest" 'found the file “a.mp5”, which the file index does not have, expected one of its files (nearest: a.mp4)' '3s/a.mp4/a.mp5/'
wrong "NaN" 'system.json:3:' 's/"presenceConf": 0.6/"presenceConf": NaN/'
wrong "a confidence in quotes" 'activities[1].presenceConf: found no number' 's/"presenceConf": 0.6/"presenceConf": "0.6"/'
wrong "an instance in two files" 'found 2 files, expected one' 's/{"a.mp4": {"2000"/{"b.mp4": {"1": 1, "2": 0}, "a.mp4": {"2000"/'
wrong "the same frame twice" 'system.json:3:' 's/"2000": 1/"2100": 1/'
wrong "none of its activities in the index" 'found no instance of any activity of the activity index (first: “closing”), expected its names: Closing' 's/"Closing"/"closing"/'
wrong "a file that was not processed" 'found no “a.mp4”, expected every file of the file index' 's/"filesProcessed": \["a.mp4"\]/"filesProcessed": []/'
sed 's/"activityID": 3/"activityID": 2/; 4s/Closing/Clsing/' whole.json >system.json
score twice >log 2>err
ok "an activity that the index does not have is counted and named" grep -q 'system.json: 1 system instance not counted: of an activity that the activity index does not have (first: “Clsing”)' err
ok "so is an id that stands twice" grep -q 'system.json: 1 system instance with an id that another one has' err
cp whole.json system.json
echo '{"a.mp4": {"framerate": 0, "selected": {"1": 1, "3001": 0}}}' >files.json
refuse "a rate of 0" 3 'files.json:1:11: a.mp4: found no framerate above 0' score bad
cp whole-files.json files.json
refuse "a part of the files" 2 'expected all of --actev-reference' "$VSAUDIT" score --actev-system system.json -o bad
refuse "an unknown protocol" 2 'expected one of ActEV18_AD, ' score bad --actev-protocol ActEV17

# The public scorer's own cases.
compare() { # their table, ours, columns of the key, column of the value
    awk -F'|' -v keys="$3" -v at="$4" -v points="$5" '
        function key(i, k) {k = $1; for (i = 2; i <= keys; i++) k = k "|" ((points && i == 2) ? sprintf("%.5f", $i) : $i); return k}
        FNR == 1 {next}
        NR == FNR {ours[key()] = $at; count++; next}
        {
            k = key(); compared++
            if (!(k in ours)) {print "# missing: " k; bad = 1; next}
            a = ours[k]; b = $at; d = a - b; if (d < 0) d = -d; s = b < 0 ? -b : b; if (s < 1) s = 1
            if ((a == "None") != (b == "None") || d > 1e-6 * s) {print "# " k ": found " a ", expected " b; bad = 1}
        }
        END {if (keys == 4 && count != compared) {print "# " count " rows, expected " compared; bad = 1}; print compared + 0 > "figures"; exit bad}' "$2" "$1"
}
name="the public scorer's own cases, every table"
if [ -z "${VSAUDIT_CONFORMANCE:-}" ]; then
    skip "$name" "VSAUDIT_CONFORMANCE does not name the folder of the peers' cases"
else
    right=0 figures=0 cases=0
    theirs=$VSAUDIT_CONFORMANCE/actev
    while IFS=$'\t' read -r test protocol arguments; do
        options=()
        # shellcheck disable=SC2086
        set -- $arguments
        while [ $# -gt 0 ]; do
            case $1 in
            -s) options+=(--actev-system "$theirs/$2"); shift ;;
            -r) options+=(--actev-reference "$theirs/$2"); shift ;;
            -a) options+=(--actev-activities "$theirs/$2"); shift ;;
            -f) options+=(--actev-files "$theirs/$2"); shift ;;
            -p) options+=(--actev-parameters "$theirs/$2"); shift ;;
            -t) options+=(--actev-points "$2"); shift ;;
            -P) options+=(--actev-prune "$2"); shift ;;
            -n | -c | -o) shift ;;
            -i) options+=(--actev-keep-outside) ;;
            -F | --ignore-extraneous-files) options+=(--actev-ignore-extraneous) ;;
            -m) options+=(--actev-ignore-missing) ;;
            -I) options+=(--actev-all-activities) ;;
            esac
            shift
        done
        # Older versions of the scorer also list activities without a reference: their list of figures tells.
        if [ "$(sed 1d "$theirs/expected/$test/scores_by_activity.csv" | cut -d'|' -f1 | sort -u | wc -l)" -gt \
            "$(grep -o '"activity": *"[^"]*"' "$theirs/inputs/$(basename "$(sed 's/.*-r \([^ ]*\).*/\1/' <<<"$arguments")")" | sort -u | wc -l)" ]; then
            options+=(--actev-all-activities)
        fi
        "$VSAUDIT" score -q --actev-protocol "$protocol" -o "peer-$test" "${options[@]}" 2>err || { echo "# $test: $(head -c 300 err)"; right=1; continue; }
        cases=$((cases + 1))
        for table in alignment:4:6:0 pair_metrics:4:5:0 scores_by_activity:2:3:0 scores_aggregated:1:2:0 scores_by_activity_and_threshold:3:4:1; do
            IFS=: read -r file keys at points <<<"$table"
            compare "$theirs/expected/$test/$file.csv" "peer-$test/actev/$file.csv" "$keys" "$at" "$points" || { echo "# $test: $file"; right=1; }
            figures=$((figures + $(cat figures)))
        done
    done < <(sed 1d "$theirs/tests.tsv")
    echo "# $cases cases, $figures figures compared"
    result $right "$name"
fi
