#!/usr/bin/env bash
# Truth as people have it: events at once, the same event twice, ends a little beyond the clip, doubtful events.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH"
unset VSAUDIT_DATA
export XDG_CACHE_HOME=$SCRATCH/cache
counts() { # folder, system: events hits misses false duplicates
    tr -d '\r' <"$1/scenarios.csv" | awk -F, -v wanted="$2" 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i; next}
        $2 == wanted {print $at["events"], $at["hits"], $at["misses"], $at["false_strict"], $at["duplicates"]}'
}
says() { # description, line on stdout, file
    "$VSAUDIT" check "$3" >out 2>err
    ok "$1" [ "$?:$(cat out)" = "0:$2" ]
}

# Two people loiter at once: two alerts are two hits.
cat >two.csv <<'E'
kind,clip,behaviour,start_s,end_s,label,x,y,w,h
coverage,c,loitering,0,3600,,,,,
event,c,loitering,10,60,loitering,0.1,0.1,0.1,0.3
event,c,loitering,15,90,loitering,0.6,0.1,0.1,0.3
E
printf 'clip,behaviour,onset_s\nc,loitering,30\nc,loitering,35\n' >vendor.csv
"$VSAUDIT" score --truth two.csv --alerts vendor.csv -o two -q
ok "two events at once and two alerts: 2 of 2 found, none false" [ "$(counts two vendor)" = "2 2 0 0 0" ]
ok "the table of events tells them apart by their boxes" [ "$(grep -c '^loitering,vendor,.*,hit,.*,0\.[16],0.1,0.1,0.3' two/events.csv)" -eq 2 ]

# The same times, told apart by tracks alone, and one that begins with them and outlasts them: three alerts at one moment.
cat >three.csv <<'E'
kind,clip,behaviour,start_s,end_s,label,track
coverage,c,loitering,0,3600,,
event,c,loitering,10,60,loitering,1
event,c,loitering,10,60,loitering,2
event,c,loitering,10,900,loitering,
E
printf 'clip,behaviour,onset_s\nc,loitering,10\nc,loitering,10\nc,loitering,10.001\nc,loitering,50\n' >three-alerts.csv
"$VSAUDIT" score --truth three.csv --alerts vendor.csv --alerts three=three-alerts.csv -o three -q --protocols actev-sdl-v2
ok "one alert can be a hit of one event only" [ "$(counts three vendor)" = "3 2 1 0 0" ]
ok "a silent system misses each of them" [ "$(counts three silence)" = "3 0 3 0 0" ]
says "check counts them" "ok: three.csv: truth: 3 events, 1 coverage span" three.csv

# The same event twice is a slip: it would be one that nobody can find.
sed '3{p;p}' three.csv >twice.csv
refuse "the same event twice is refused with both lines" 3 'twice.csv:4:19: start_s: found the same event as in line 3, expected it once (or, if two events are alike, a track or a note for each)' "$VSAUDIT" check twice.csv
refuse "by score too" 3 'twice.csv:4:19: start_s: found the same event as in line 3' "$VSAUDIT" score --truth twice.csv --alerts vendor.csv -o twice -q

# Doubtful events are no events.
cat >doubtful.csv <<'E'
kind,clip,behaviour,start_s,end_s,label,certainty
coverage,c,loitering,0,3600,,
event,c,loitering,10,60,loitering,
event,c,loitering,100,160,loitering,dont_care
event,c,loitering,150,170,loitering,dont_care
E
says "check counts doubtful events as such in a truth file" "ok: doubtful.csv: truth: 1 event and 2 doubtful ones, 1 coverage span" doubtful.csv
"$VSAUDIT" score --truth doubtful.csv --alerts vendor.csv -o doubtful -q
says "in a dataset" "ok: doubtful/audit/dataset.yaml: dataset draft: 1 clip, 1 event and 2 doubtful ones, 1 clip not on this machine" doubtful/audit/dataset.yaml
"$VSAUDIT" check doubtful/audit/audit.yaml >out
ok "and in an audit" grep -q '1 event and 2 doubtful ones, 2 systems' out

# An end a few pictures beyond the clip's is cut, aloud; one farther beyond is an error.
cat >set.yaml <<'E'
schema: vsaudit/dataset/1
id: set
truth: [ends.csv]
clips: [{id: c, file: c.mp4, duration_s: 100}]
E
cat >s.yaml <<'E'
schema: vsaudit/scenario/1
id: s
title: s
behaviour: loitering
dataset: set.yaml
systems: [{id: vendor, kind: alerts, path: vendor.csv}]
E
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,c,loitering,0,100.04\nevent,c,loitering,20,100.48\n' >ends.csv
"$VSAUDIT" score s.yaml -o ends >out 2>err
ok "an end a little beyond the clip is cut" [ "$?:$(grep -c '"end_us": 100000000' ends/results.json):$(grep -c '"camera_us": 100000000' ends/results.json)" = 0:1:1 ]
ok "aloud" grep -q 'vsaudit score: set.yaml:4: clip “c”: 2 ends in its truth lie up to 0.480 s beyond its length of 100.000 s and are cut to it' err
"$VSAUDIT" check set.yaml >out 2>err
ok "check says so too" [ "$?:$(grep -c 'warning: set.yaml:4: clip “c”: 2 ends' err)" = 0:1 ]
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,c,loitering,0,100\nevent,c,loitering,20,101\n' >ends.csv
refuse "one farther beyond is an error" 3 "ends.csv:3:22: end_s: found 101.000, expected at most the clip's duration of 100.000 s" "$VSAUDIT" check set.yaml

# Two runs are compared event by event, also where events share their times.
printf 'kind,clip,behaviour,start_s,end_s,track\ncoverage,c,loitering,0,100,\nevent,c,loitering,20,60,1\nevent,c,loitering,20,60,2\n' >ends.csv
printf 'clip,behaviour,onset_s\nc,loitering,20\n' >vendor.csv
"$VSAUDIT" score s.yaml -o before -q
printf 'clip,behaviour,onset_s\n' >vendor.csv
"$VSAUDIT" score s.yaml -o after -q
"$VSAUDIT" compare before after >out 2>err
ok "one of two events of one time is a new miss" grep -q 'missed         1      2      1      0' out
echo "1..$n"
