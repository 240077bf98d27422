#!/usr/bin/env bash
# Each sentence of the results against the figures that it speaks of: the table of tests/sentences, held to runs that say as many of
# them as alert logs can, and to results in which something is wrong.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
hold=$tree/tests/sentences
ok "each text that is a verdict, a caution or a headline has a condition" "$hold" --rows
ok "the fixed results hold" "$hold" "$tree/tests/golden/scored/results.json"

# Twelve cameras on three days, an hour each; ten events.
{
    echo 'schema: vsaudit/dataset/1'
    echo 'id: d'
    echo 'clips:'
    for i in $(seq 12); do echo "  - {id: c$i, camera: k$i, duration_s: 36000, recorded_at: 2024-03-$((10 + i % 3)) 08:00:00, coverage: {camera-tampering: all}}"; done
    echo 'truth: [truth.csv]'
} >many.yaml
{
    echo 'kind,clip,behaviour,start_s,end_s'
    for i in $(seq 10); do echo "event,c$i,camera-tampering,1000,1060"; done
} >truth.csv
sed 's/camera: k[0-9]*, //; s/, recorded_at: [^,]* [^,]*//' many.yaml >unnamed.yaml
sed -n '1,3p;4,5p;$p' many.yaml >few.yaml
head -3 truth.csv >few-truth.csv
sed -i 's/truth.csv/few-truth.csv/' few.yaml
log() { # name, false alerts a camera, events found
    {
        echo 'clip,behaviour,onset_s'
        for i in $(seq "$3"); do echo "c$i,camera-tampering,1001"; done
        for i in $(seq "$4" "$5"); do for f in $(seq "$2"); do echo "c$i,camera-tampering,$((2000 + f * 60))"; done; done
    } >"$1.csv"
}
log good 0 10 1 0
log bad 9 4 1 12
log one 40 10 1 1
log two 3 2 1 2
echo 'clip,behaviour,onset_s' >empty.csv
log twin 9 4 1 12
scenario() { # dataset, scope, systems, claims
    printf 'schema: vsaudit/scenario/1\nid: s\ntitle: {en: S, fr: S}\nbehaviour: camera-tampering\ndataset: %s\nscope: %s\nsystems:\n' "$1" "$2"
    for system in $3; do echo "  - {id: $system, kind: alerts, path: $system.csv}"; done
    echo 'claims:'
    local n=0
    while IFS= read -r reading; do
        for system in $3; do
            n=$((n + 1))
            echo "  - {id: r$n, text: claimed, system: $system, $reading}"
        done
    done
}
readings='reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.5}
reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0}
reading: {metric: p_miss, op: "<=", value: 0.2}
reading: {metric: precision, op: ">=", value: 0.9}
reading: {metric: analysis_time_divided_by, op: ">=", value: 30, p_miss_limit: 0.1}
reading: {metric: analysis_time_divided_by, op: ">=", value: 30, p_miss_limit: 0.5, review_s: 20}
confirmatory: true, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.03}
confirmatory: true, reading: {metric: p_miss, op: "<=", value: 0.5}'
logs='good bad one empty twin'
scenario many.yaml places_like_these "$logs" <<<"$readings" >places.yaml
scenario many.yaml these_clips "$logs" <<<"$readings" >clips.yaml
scenario unnamed.yaml places_like_these "$logs" <<<"$readings" >nameless.yaml
scenario few.yaml places_like_these 'two empty' <<<"$readings" >few-cameras.yaml
scenario few.yaml these_clips 'two' <<<"$readings" >few-clips.yaml
scenario many.yaml places_like_these 'good bad' <<'R' >pairs.yaml
reading: {metric: rate_ratio, against: one, op: "<=", value: 0.9}
reading: {metric: rate_ratio, against: one, op: ">=", value: 2}
reading: {metric: rate_ratio, against: one, op: within, value: 3}
reading: {metric: miss_difference, against: one, op: "<=", margin: 0.05}
reading: {metric: miss_difference, against: one, op: within, margin: 0.1}
R
sed -i 's/^claims:/  - {id: one, kind: alerts, path: one.csv}\nclaims:/' pairs.yaml
scenario many.yaml these_clips "$logs" <<<'reading: {metric: precision_at_prevalence, op: ">=", value: 0.5}' |
    sed 's/^scope:/prevalence: {value: 0.5, unit: per_camera_hour, source: a guess}\n&/' >frequent.yaml
{ # a log that lies outside of the watched time, and one whose rows repeat
    echo 'clip,behaviour,onset_s'
    for f in $(seq 30); do echo "c1,camera-tampering,$((20000 + f * 60))"; done
    echo 'c2,camera-tampering,100'
    echo 'c2,camera-tampering,100'
} >late.csv
sed 's/coverage: {camera-tampering: all}/coverage: {camera-tampering: [[0, 18000]]}/' many.yaml >half.yaml
scenario half.yaml places_like_these 'late good' <<<"$readings" >late.yaml
runs=
for run in places clips nameless few-cameras few-clips pairs frequent late; do
    "$VSAUDIT" score $run.yaml -o out-$run --quiet --format csv 2>err
    status=$?
    [ $status -le 1 ] || sed 's/^/# /' err
    ok "scored: $run" [ $status -le 1 ]
    "$hold" --seen seen out-$run/results.json >said
    result $? "its sentences hold: $run"
    head -5 said | sed 's/^/# /'
    runs="$runs out-$run/results.json"
done
missing=
for key in claim.said.false_alerts_per_camera_hour claim.said.p_miss claim.said.precision claim.said.precision_at_prevalence claim.said.rate_ratio \
    claim.said.miss_difference claim.said.analysis_time_divided_by claim.not_testable.analysis_time_divided_by claim.p claim.since \
    claim.anew.event claim.family claim.adjusted_not_supported claim.adjusted claim.adjusted_not_supported scope.few_cameras scope.unnamed_cameras scope.few_days scope.these_clips scope.alone \
    scope.never unfit.unwatched unfit.silent limit.few_cameras limit.no_false_alert remark.unwatched remark.does_not_fit remark.repeated remark.empty \
    remark.twin chance.better chance.none; do
    grep -qx "$key" seen || missing="$missing $key"
done
ok "the runs say what they were made to say${missing:+ (not:$missing)}" [ -z "$missing" ]

# What is wrong in the figures is seen.
turned() { # description, Python that changes the claim c of the evaluation e in the document d
    python3 - "$2" <<'P'
import json, sys
d = json.load(open("out-clips/results.json"))
e = d["scenarios"][0]["evaluations"][1]
c = e["claims"][0]
exec(sys.argv[1])
json.dump(d, open("turned.json", "w"))
P
    "$hold" turned.json >said 2>&1
    local status=$?
    ok "told: $1" [ $status -eq 1 ]
}
turned "another verdict" 'c["verdict"] = "supported" if c["verdict"] != "supported" else "refuted"'
turned "another count" 'c["observed"]["numerator"] += 1'
turned "another limit" 'c["reading"]["value"] = 0.6'
turned "more footage" 'c["observed"]["denominator"] *= 1.1'
turned "another p" 'c["p_refute"] = 0.2'
turned "another scope" 'c["scope"]["speaks_of"] = "places_like_these"'
turned "a sentence of nobody" 'c["sentence"]["en"] += " Well done."'
turned "a language that says something else" 'c["sentence"]["fr"] = d["scenarios"][0]["evaluations"][0]["claims"][2]["sentence"]["fr"]'
turned "chance turned round" 'e["chance"]["better"] = not e["chance"]["better"]'
turned "another number of cameras" 'e["exposure"]["cameras"] = 2; d["limits"] = [{"en": "S (bad, as recorded): only 4 cameras: errors of one camera come together, so the true uncertainty is wider than the interval shown, and other places may differ.", "fr": "x"}]'
echo "1..$n"
