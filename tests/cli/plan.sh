# vsaudit plan: the published figures, and what a scenario's footage can show.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

plan() { # arguments; sets status, writes log
    "$VSAUDIT" plan "$@" >log 2>&1
    status=$?
}

echo "1..21"
plan --limit 0.1 --unit camera_hour
expect 0 "At best: 30 camera-hours without a false alert support it." "hours without a false alert"
expect 0 "from 219 camera-hours on it is supported with a probability of at least 80 % (in 219: by at most 14 false alerts)" "hours from which on the power is 80 %"
expect 0 "from 102 camera-hours on it is refuted with a probability of at least 80 % (in 102: by at least 17 false alerts)" "hours to refute"
plan --limit 0.0417 --unit camera_hour --have 20
expect 0 "They cannot support the claim, whatever comes out: no false alert at all would support at most 0.15 false alerts per camera-hour" "too little footage is said to be"
expect 0 "72 camera-hours without a false alert" "and how much it takes (20 there, 52 more)"
plan --limit 0.1 --unit camera_hour --have 50
expect 0 "support the claim with at most 1 false alert; none at all would support at most 0.0599" "what 50 hours can support"
expect 0 "From 10 false alerts on they refute it." "and what refutes in them"
plan --limit 0.1 --unit event --have 61
expect 0 "At best: 29 events without a missed event support it." "events without a miss"
expect 0 "They support the claim with at most 2 missed events" "61 events allow two misses"
plan --limit 0.1 --unit event --have 28
expect 0 "They cannot support the claim" "28 events show nothing"
plan --limit 0.1 --unit camera_hour --ratio 0.5 --json
expect 0 '"errors": 14' "JSON for programs"
plan --limit 0.1 --unit camera_hour --ratio 1
expect 2 "--ratio: found a truth next to the limit" "a truth at the limit has no plan"
plan --limit 0.1 --unit week
expect 2 "--unit: found “week”, expected camera_hour, passage, event or alert" "an unknown unit is named"
plan --limit x --unit event
expect 2 "--limit: found “x”" "a wrong limit too"

printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n  - {id: a, file: a.mp4, duration_s: 180000, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 16, end_s: 24}]}\n' >set.yaml
scenario 'claims:
  - {id: few, text: few errors, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 0.1}}
  - {id: sees, text: sees all, reading: {metric: p_miss, op: "<=", value: 0.1}}
  - {id: right, text: right nine times in ten, reading: {metric: precision, op: ">=", value: 0.9}}
  - {id: words, text: reliable, not_testable: {en: no figure, fr: aucun chiffre}}'
plan s.yaml
expect 0 "There are 50 camera-hours." "a scenario's footage is counted from its manifest"
expect 0 "There are 1 events. They cannot support the claim" "and its events"
expect 0 "10 % of the alerts wrong" "at least nine in ten right is at most one in ten wrong"
expect 0 "claim words: there is no plan for it: it cannot be tested as worded" "a claim without a figure is told"

# Against another system or condition. 0.9^29 and 0.95^59 are the first below 0.05; of the alerts of both, from each number on the power is
# 0.8 by the binomial distribution (60 of them would be too few for “half”).
sed -i 's/coverage: {camera-tampering: all}, events: \[/&{behaviour: camera-tampering, start_s: 36, end_s: 44, certainty: dont_care}, /' set.yaml
scenario 'claims:
  - {id: half, text: T, system: reference, reading: {metric: rate_ratio, against: other, op: "<=", value: 0.5, alpha: 0.1}}
  - {id: more, text: T, system: reference, reading: {metric: rate_ratio, against: other, op: ">=", value: 2}}
  - {id: alike, text: T, system: reference, condition: dim, reading: {metric: rate_ratio, against_condition: as-recorded, op: within, value: 2}}
  - {id: fewer, text: T, system: reference, reading: {metric: miss_difference, against: other, op: "<=", margin: 0.1}}
  - {id: zero, text: T, system: reference, reading: {metric: miss_difference, against: other, op: "<=", margin: 0}}
  - {id: same, text: T, system: reference, condition: dim, reading: {metric: miss_difference, against_condition: as-recorded, op: within, margin: 0.05}}'
sed -i 's/{id: none, kind: "null"}/{id: other, kind: reference}/' s.yaml
plan s.yaml
diff - log >difference <<'TEXT'
tampering, claim half: at most 0.5 times the false alerts of other (α = 0.1)
  If the true ratio is 0.25: from 61 false alerts of both together on, in equal hours, it is supported with a probability of at least 80 %.
  If the true ratio is 1: from 45 false alerts of both together on, in equal hours, it is refuted with a probability of at least 80 %.
  It is to speak of places like these: that takes at least 10 cameras as well, and there is 1. With fewer it is not established, whatever comes out.
tampering, claim more: at least 2 times the false alerts of other (α = 0.05)
  If the true ratio is 4: from 79 false alerts of both together on, in equal hours, it is supported with a probability of at least 80 %.
  If the true ratio is 1: from 60 false alerts of both together on, in equal hours, it is refuted with a probability of at least 80 %.
  It is to speak of places like these: that takes at least 10 cameras as well, and there is 1. With fewer it is not established, whatever comes out.
tampering, claim alike: between 0.5 and 2 times the false alerts of as-recorded (α = 0.05)
  If the true ratio is 1: from 81 false alerts of both together on, in equal hours, it is supported with a probability of at least 80 %.
  If the true ratio is 4: from 98 false alerts of both together on, in equal hours, it is refuted with a probability of at least 80 %.
  It is to speak of places like these: that takes at least 10 cameras as well, and there is 1. With fewer it is not established, whatever comes out.
tampering, claim fewer: misses at most 10 % of the events more than other (α = 0.05)
  At best: 29 events support it, if none is missed by one of the two alone.
  There are 1 events. They cannot support the claim, unless the other misses more.
  It is to speak of places like these: that takes at least 10 cameras as well, and there is 1. With fewer it is not established, whatever comes out.
tampering, claim zero: misses at most 0 % of the events more than other (α = 0.05)
  With a margin of 0 it is supported only if the other misses more; no number of events is enough by itself.
  There are 1 events.
  It is to speak of places like these: that takes at least 10 cameras as well, and there is 1. With fewer it is not established, whatever comes out.
tampering, claim same: misses at most 5 % of the events more than as-recorded, and that one no more than this one (α = 0.05)
  At best: 59 events support it, if none is missed by one of the two alone.
  There are 1 events. They cannot support the claim, unless the other misses more.
  It is to speak of places like these: that takes at least 10 cameras as well, and there is 1. With fewer it is not established, whatever comes out.
TEXT
result $? "comparisons have their plans"
plan s.yaml --json
holds() { tr -d ' \n' <log | grep -q -F "$1"; }
ok "for programs too: a ratio" holds '{"scenario":"tampering","claim":"more","metric":"rate_ratio","op":">=","limit":2.0,"alpha":0.05,"against":"other","events_at_best":null,"needs":[{"ratio":4.0,"verdict":"supported","false_alerts":79},{"ratio":1.0,"verdict":"refuted","false_alerts":60}],"scope":"places_like_these","cameras":1,"cameras_at_least":10}'
ok "and a margin" holds '{"scenario":"tampering","claim":"same","metric":"miss_difference","op":"within","limit":0.05,"alpha":0.05,"against_condition":"as-recorded","events_at_best":59,"needs":[],"scope":"places_like_these","cameras":1,"cameras_at_least":10}'
