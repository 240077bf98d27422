#!/usr/bin/env bash
# Small inputs that once gave a wrong number: each gives what is right. They lie in the folder named by VSAUDIT_CASES; each is copied before use.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
echo "1..37"
if [ -z "${VSAUDIT_CASES:-}" ] || ! command -v python3 >/dev/null; then
    while [ $n -lt 37 ]; do skip "a case" "VSAUDIT_CASES does not name the folder of the cases, or python3 is not installed"; done
    exit 0
fi
cp -R "$VSAUDIT_CASES/." . && chmod -R u+w .
here=$PWD

enter() { # case: its folder, the program's report on it in log and err, nothing of an earlier run
    cd "$here/$1" || { echo "# no case $1"; cd "$here" || exit 1; }
    rm -rf out out-*
}
run() { # scenario
    timeout 120 "$VSAUDIT" run "$1" -o out --no-pictures --no-observations --format csv -j 1 >log 2>err
    status=$?
}
score() { # arguments
    timeout 120 "$VSAUDIT" score "$@" -o out --format csv,md >log 2>err
    status=$?
}
# Whether a Python expression holds of out/results.json: k, q: first clip's first condition and its quality record; e: first evaluation; x, c: its exposure and counts;
# verdicts: of its claims; us: microseconds a second; told: what the terminal and the quality record say, in small letters.
holds() {
    python3 - "$1" <<'P'
import json, sys
try:
    j = json.load(open('out/results.json'))
    k = j['clips'][0]['conditions'][0]
    q = k['quality'] or {}
    e = j['scenarios'][0]['evaluations'][0]
    x, c, us = e['exposure'], e['counts'], 1000000
    verdicts = [claim['verdict'] for claim in e['claims']]
    told = (open('log').read() + open('err').read() + json.dumps(q.get('remarks'), ensure_ascii=False) + json.dumps(j['limits'], ensure_ascii=False)).lower()
    if eval(sys.argv[1]):
        sys.exit(0)
    print('# status', k['status'], k['reason'], 'camera_us', x['camera_us'], 'not_decoded_us', x['not_decoded_us'], {n: v for n, v in c.items() if v}, verdicts, q.get('remarks'))
except Exception as why:
    print('#', repr(why), open('err').read()[:300])
sys.exit(1)
P
}
ends() { # description, status wanted: how the program ended
    [ "$status" -eq "$2" ] || echo "# ended with $status, expected $2: $(head -c 300 err)"
    ok "$1" test "$status" -eq "$2"
}

# ---- clocks, lengths, streams
enter 1-time-jump-counts-as-hours
run scenario.yaml
ok "a clock that leaps back: 20 s of pictures are 20 s watched" holds '19.9 * us <= x["camera_us"] <= 20.1 * us and q["frames"] == 200'
ok "and support no claim, nor refute it" holds 'len(verdicts) == 1 and verdicts[0] not in ("supported", "refuted")'
ok "the leap is told with place and size" holds '"clock" in told and "12.000" in told'
enter 2-ts-clock-restart
run scenario.yaml
ok "a clock that restarts: all 200 pictures count" holds 'q["frames"] == 200 and 19.9 * us <= x["camera_us"] <= 20.1 * us and k["status"] == "done"'
ok "what is covered from 10 to 15 s is found there" awk -F, 'NR > 1 && $8 >= 9.5 && $8 <= 10.5 && $10 >= 14.5 && $10 <= 15.5 {found = 1} END {exit !found}' out/alerts.csv
enter 3-mkv-start-offset
run scenario.yaml
ends "a Matroska file that begins at 5 s ends well" 0
ok "and is whole" holds 'k["status"] == "done" and not q["truncated"] and x["camera_us"] == 20 * us and x["not_decoded_us"] == 0'
enter 3c-fmp4-unknown-duration
run scenario.yaml
ends "a fragmented MP4 of unknown length ends well" 0
ok "and lasts 1.001 s" holds 'k["status"] == "done" and not q["truncated"] and x["camera_us"] == 1001000'
enter 4-cut-fmp4-with-later-event
run scenario.yaml
ok "a cut clip with an event behind the cut: what is there is counted, 20 s in all" holds 'k["status"] == "done" and 8.9 * us <= x["camera_us"] + x["no_score_us"] <= 10.1 * us and x["camera_us"] + x["no_score_us"] + x["not_decoded_us"] + x["not_seen_us"] == 20 * us'
ok "the event behind the cut is not scored" holds 'c["events"] == 0 and c["events_not_scored"] == 1'
enter 5-duration-guard-silent
run scenario.yaml
ok "a clip shorter than stated, without a sign of a cut, is refused with both lengths" grep -q '11\.300 s .* 20\.000 s that duration_s states' err log
cp ../3-mkv-start-offset/clip.mkv . && sed -i 's/clip.ts/clip.mkv/; s/duration_s: 20/duration_s: 12/' dataset.yaml && rm -rf out
run scenario.yaml
ok "one longer than stated is told, or refused" grep -q -E '12(\.0+)? (s|seconds)|duration_s' err log
enter 6-motion-only-gaps
run scenario.yaml
ok "three bursts of 4 s are 12 s watched" holds '11.7 * us <= x["camera_us"] <= 12.3 * us'
ok "no pause is a lost signal" holds 'c["false_strict"] == 0'
ok "the pauses are told" holds '"600.0" in told or "1200" in told or "1,200" in told'
enter 7-picture-rate
sed -i 's/^\( *- {id: [a-z]*,\)/\1 rate: 10,/' dataset.yaml
run scenario.yaml
ok "29 pictures at the stated rate of 10 are 2.9 s" holds 'j["clips"][0]["clip"] == "c" and k["duration_us"] == 2.9 * us'
ok "a sequence with missing numbers is read on" holds 'j["clips"][1]["conditions"][0]["quality"]["frames"] == 95'
enter 14-second-video-stream-unread
run scenario.yaml
ok "two streams: which is read is said" holds '"stream" in told'
ok "and what is left out is no watched time, what is read is" holds '(q["frames"] == 200 and 19.9 * us <= x["camera_us"] <= 20.1 * us) or ("130" in told and x["camera_us"] <= 7.1 * us)'

# ---- truth and logs
enter 8-overlapping-events
score --truth truth.csv --alerts vendor.csv
ok "two people at once: 2 of 2 found, 0 false" holds 'c["events"] == 2 and c["hits"] == 2 and c["false_strict"] == 0'
enter 8b-virat-real-truth
score --truth truth.csv --alerts vendor.csv
ok "a public benchmark's 52 instances are 52 events" holds 'c["events"] == 52'
enter 10-unknown-camera-is-silence
"$VSAUDIT" import alert-log log.csv --map map.yaml --dataset dataset.yaml -o alerts.csv >log 2>err
status=$?
ends "a camera that the dataset does not have is an error" 3
ok "that names it and the nearest" grep -q 'Front Door.*front_door' err
enter 11-draft-passes-over-links
ln -sf ../store/a.mp4 clips/b.mp4
"$VSAUDIT" draft clips -b camera-tampering -o out >log 2>err
named() { # files: each is a clip of the draft or named as passed over
    local file
    for file in "$@"; do
        grep -qF "$file" out/dataset.yaml err || { echo "# no word of $file" && return 1; }
    done
}
ok "a draft takes or names every file of its folder, links too" named a.mp4 b.mp4 dvr.dav dvr.264
enter repeated-row
score scenario.yaml
ok "the same row twice is one alert" holds 'c["alerts"] == 1 and c["hits"] == 1 and c["false_strict"] == 0'
ok "and refutes nothing" holds 'len(verdicts) == 1 and verdicts[0] not in ("supported", "refuted")'
ok "which is told" holds '"identical" in told or "twice" in told or "repeat" in told or "same row" in told'
enter stat-alerts-unwatched
score s.yaml
ok "600 alerts outside the watched time support no claim" holds 'len(verdicts) == 1 and verdicts[0] not in ("supported", "refuted")'
ok "are counted" holds 'c["alerts_unwatched"] == 600'
ok "and stand where a reader looks: on the terminal and among the limits" holds '"600" in open("log").read() + open("err").read() and "600" in json.dumps(j["limits"])'

# ---- statistics
enter stat-paired-extremes
for s in s s2 s3 s4 s5; do
    score "$s.yaml"
    { [ $status -le 1 ] && holds 'len(verdicts) == 1 or any(v["claims"] for v in j["scenarios"][0]["evaluations"])'; } || { echo "# $s ends with $status"; break; }
    rm -rf out
done
ok "one system finds all, the other none: a verdict for each of five claims" test $status -le 1
enter stat-curve
score --truth truth.csv --alerts a.csv
ok "the curve at 0.9 is the log cut at 0.9: 2 found, 0 false" holds '[(p["hits"], p["false_alerts"]) for p in e["curve"]["points"] if p["threshold"] == 0.9] == [(2, 0)]'

# ---- rules, scenes, hostile files
cd "$here" || exit 1
"$VSAUDIT" conform --vectors vectors-fare-evasion fare-evasion >log 2>err
ok "people at a gate are judged in the order in which they cross" grep -q '^18 passed, 0 failed' log
enter scene-missing-key
"$VSAUDIT" check scene-min.yaml >log 2>err
status=$?
ends "a scene without a key is refused" 3
mkdir -p "$here/hostile-clips" && cd "$here/hostile-clips" || exit 1
cat >dataset.yaml <<'E'
schema: vsaudit/dataset/1
id: d
clips:
  - {id: gap, file: gap1e9.mkv, coverage: {camera-tampering: all}}
  - {id: ledger, file: clip-ledger.mkv, coverage: {camera-tampering: all}}
E
sed 's/^systems:.*/systems: [{id: reference, kind: reference}]/' ../2-ts-clock-restart/scenario.yaml >scenario.yaml
rm -rf out
run scenario.yaml
ok "clips with stamps 10^9 s apart end, and count no time without pictures" holds 'x["camera_us"] < 600 * us'
mkdir -p "$here/spoof" && cd "$here/spoof" && tar xf ../spoof.tar || exit 1
"$VSAUDIT" verify bag >log 2>err
status=$?
{ [ $status -eq 5 ] && ! grep -q -a -P '[\x00-\x08\x0b-\x1f\x7f]' log err; } || status=1
ok "a bundle's file names draw nothing on the terminal, and it ends with 5" test $status -eq 5
