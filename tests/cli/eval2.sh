#!/usr/bin/env bash
# Protocol eval-2 from the command line: unwatched alerts, the curve, boxes, extremes of paired claims, and what stands beside eval-1.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
echo "1..26"

scenario() { # file, further lines on stdin
    { printf 'schema: vsaudit/scenario/1\nid: s\ntitle: S\nbehaviour: camera-tampering\ndataset: dataset.yaml\n' && cat; } >"$1"
}
score() { # scenario, folder: sets status, writes log
    "$VSAUDIT" score "$1" -o "$2" --quiet >log 2>&1
    status=$?
}

printf 'schema: vsaudit/dataset/1\nid: d\ntruth: [truth.csv]\nclips:\n  - {id: cam1, duration_s: 3600}\n' >dataset.yaml
cat >truth.csv <<'E'
kind,clip,behaviour,start_s,end_s,label,x,y,w,h
coverage,cam1,camera-tampering,0,3000,,,,,
event,cam1,camera-tampering,100,130,covered,0.1,0.1,0.2,0.2
event,cam1,camera-tampering,1000,1030,covered,,,,
event,cam1,camera-tampering,2990,2995,covered,,,,
E
cat >a.csv <<'E'
clip,behaviour,onset_s,confidence,x,y,w,h
cam1,camera-tampering,100,0.3,0.6,0.1,0.2,0.2
cam1,camera-tampering,101,0.9,0.7,0.1,0.2,0.2
cam1,camera-tampering,1000,0.3,,,,
cam1,camera-tampering,1001,0.9,,,,
cam1,camera-tampering,3001,0.5,,,,
E
echo 'systems: [{id: v, kind: alerts, path: a.csv}]' | scenario s.yaml
score s.yaml two
ok "a scenario that names no protocol is judged by eval-2" eval '[ $status -eq 0 ] && grep -q "\"id\": \"eval-2\"" two/results.json'
ok "an alert beyond what was annotated is no hit, and is counted" eval 'grep -q "\"alerts_unwatched\": 1" two/results.json && grep -q "\"hits\": 2," two/results.json && grep -q ",unwatched,.*,not_annotated" two/alerts.csv'
ok "cut at 0.9 the log finds two of three, nothing false" grep -q '^s,v,as-recorded,0.9,2,0,' two/curve.csv
ok "a hit that touches nothing of the event is told" eval 'grep -q "\"hits_elsewhere\": 1" two/results.json && grep -q "right in time, elsewhere in the picture" two/report.en.html && grep -q "au bon moment, ailleurs dans" two/report.fr.html'
ok "and marked in its row" eval 'head -1 two/alerts.csv | grep -q "elsewhere" && grep -q "^s,v,as-recorded,d,cam1,[^,]*,0,100.*,true" two/alerts.csv'
printf 'systems: [{id: v, kind: alerts, path: a.csv}]\nprotocol_params: {boxes: require}\n' | scenario require.yaml
score require.yaml require
ok "or refused with a parameter, and the report says so" eval 'grep -q "\"hits\": 1," require/results.json && grep -q "\"hits_elsewhere\": 0" require/results.json && grep -q "\"altered\": true" require/results.json'
printf 'systems: [{id: v, kind: alerts, path: a.csv}]\nprotocol: eval-1\n' | scenario one.yaml
score one.yaml one
ok "by eval-1 it is a hit, as before" eval '[ $status -eq 0 ] && grep -q "\"hits\": 3," one/results.json && grep -q "\"hits_elsewhere\": null" one/results.json'
ok "and its curve keeps the matches of the whole log" grep -q '^s,v,as-recorded,0.9,0,2,' one/curve.csv
printf 'systems: [{id: v, kind: alerts, path: a.csv}]\nprotocol: eval-1\nprotocol_params: {boxes: require}\n' | scenario refused.yaml
refuse "eval-1 knows no boxes" 3 "boxes" "$VSAUDIT" check refused.yaml
ok "both are listed" eval '"$VSAUDIT" list protocols >listed && grep -q "^eval-1: " listed && grep -q "^eval-2: " listed && grep -q "^    boxes " listed'
ok "the report gives its text in both languages" eval 'grep -q "it is neither right nor false and has a count of its own" two/report.en.html && grep -q "n’est ni juste ni fausse et elle est comptée" two/report.fr.html'

"$VSAUDIT" compare one two >log 2>&1
ok "runs under different protocols are not compared silently" grep -q 'NOT BY THE SAME RULES: A was judged by eval-1, B by eval-2;' log
"$VSAUDIT" compare two require >log 2>&1
ok "nor under other parameters" grep -q 'B by eval-2 with other parameters' log
"$VSAUDIT" compare two two --json >log 2>&1
ok "under the same rules nothing is said" grep -q '"same_rules": true' log
sed 's/^id: s$/id: t/' one.yaml >other.yaml
score s.yaml both
"$VSAUDIT" score s.yaml other.yaml -o both --quiet >log 2>&1
ok "two protocols in one audit are both explained" eval '[ "$(grep -o "Named protocol: eval-[12]" both/report.en.html | sort -u | wc -l)" -eq 2 ]'

# A lock knows the protocol.
"$VSAUDIT" lock s.yaml -o plan.lock --quiet >log 2>&1 || "$VSAUDIT" lock s.yaml >log 2>&1
ok "a lock names the protocol" eval 'grep -q "\"protocol\": \"eval-2\"" ./*.lock* 2>/dev/null || grep -rq "\"protocol\": \"eval-2\"" --include="*lock*" .'

# One finds all, the other none: an end of the interval is the border, and nothing breaks.
paired() { # folder, alerts of new, of old, margin
    mkdir -p "$1"
    cp dataset.yaml "$1"
    printf 'kind,clip,behaviour,start_s,end_s\ncoverage,cam1,camera-tampering,0,3600\nevent,cam1,camera-tampering,100,130\nevent,cam1,camera-tampering,1000,1030\nevent,cam1,camera-tampering,2000,2030\n' >"$1/truth.csv"
    local file
    for file in new:$2 old:$3; do
        { echo clip,behaviour,onset_s; tr , '\n' <<<"${file#*:}" | sed 's/^/cam1,camera-tampering,/'; } >"$1/${file%%:*}.csv"
    done
    (cd "$1" && scenario s.yaml <<E
systems: [{id: new, kind: alerts, path: new.csv}, {id: old, kind: alerts, path: old.csv}]
scope: these_clips
claims:
  - {id: good, text: misses no more, system: ${5:-new}, reading: {metric: miss_difference, against: ${6:-old}, op: "<=", margin: $4}}
E
        score s.yaml out
        echo "$status" >status)
}
value() { # folder, pattern
    tr -d '\n ' <"$1/out/results.json" | grep -q -F -- "$2"
}
paired all 101,1001,2001 3000 0.05
ok "all against none ends with a verdict" [ "$(cat all/status)" -eq 0 ]
ok "the interval of the difference begins at -1 and ends at 0.123" eval 'value all "\"low\":-1.0,\"high\":0.12299" || value all "\"low\":-1,\"high\":0.12299"'
ok "three events are not enough: p = 0.475^3" eval 'value all "\"p_support\":0.10717" && value all "\"verdict\":\"not_established\""'
paired two-of-three 101,1001 3000 0.05
ok "two of three against none" eval 'value two-of-three "\"low\":-0.938508" && value two-of-three "\"p_support\":0.1371"'
paired worse 101,1001,2001 3000 0.05 old new
ok "none against all" eval '(value worse "\"low\":-0.12299" && value worse "\"high\":1") && value worse "\"p_refute\":0.1447"'
paired strict 101,1001,2001 3000 0
ok "with a margin of 0 by McNemar: 1/8" value strict '"p_support":0.125,'

# Shares that differ by camera more than chance: the variance is the binomial one.
mkdir shares && cd shares || exit 1
{
    printf 'schema: vsaudit/dataset/1\nid: d\ntruth: [truth.csv]\nclips:\n'
    for c in $(seq 0 11); do echo "  - {id: c$c, camera: k$c, duration_s: 72000}"; done
} >dataset.yaml
echo kind,clip,behaviour,start_s,end_s >truth.csv
echo clip,behaviour,onset_s >a.csv
for c in $(seq 0 11); do
    echo "coverage,c$c,camera-tampering,0,72000" >>truth.csv
    for i in $(seq 20); do echo "event,c$c,camera-tampering,$((i * 1000)),$((i * 1000 + 10))" >>truth.csv; done
    for i in $(seq $((c % 2 == 0 ? 15 : 7)) 20); do echo "c$c,camera-tampering,$((i * 1000 + 1))" >>a.csv; done
done
scenario s.yaml <<'E'
systems: [{id: v, kind: alerts, path: a.csv}]
claims:
  - {id: m1, text: at most 60 % missed, reading: {metric: p_miss, op: "<=", value: 0.6}}
E
score s.yaml out
cd ..
ok "the dispersion of shares has p = 6.7e-5" value shares '"overdispersion_p":6.6958'
ok "and takes the verdict back" grep -q 'not established, since the 12 cameras may differ too much for it to hold of others. Of these clips alone: supported' shares/out/report.en.html
ok "the interval by camera states its level" eval 'grep -q "allowing for cameras that differ: 39.3% to 60.7%, 90% interval" shares/out/report.en.html && grep -q "en admettant que les caméras diffèrent" shares/out/report.fr.html && value shares "\"level\":0.9,"'

# A collar in whole microseconds: 0.2 s is reached exactly.
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,cam1,camera-tampering,0,3000\nevent,cam1,camera-tampering,100.3,100.5\n' >truth.csv
printf 'clip,behaviour,onset_s\ncam1,camera-tampering,100.1\ncam1,camera-tampering,100.700001\n' >a.csv
printf 'systems: [{id: v, kind: alerts, path: a.csv}]\nprotocol_params: {pre: 0.2, post: 0.2}\n' | scenario collar.yaml
score collar.yaml collar
ok "an onset exactly 0.2 s before is a hit, one a microsecond beyond is false" eval 'grep -q "\"hits\": 1," collar/results.json && grep -q "\"false_lenient\": 1," collar/results.json'
