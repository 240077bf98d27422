#!/usr/bin/env bash
# Live messages as people with a product on the table see them: a web hook, a broker of MQTT, a device of ONVIF, a stream
# of alerts; what a map makes of them; and what enemies send.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$SCRATCH" || exit 1
echo 1..64
V=$VSAUDIT
listening= device=
end() { # ends what this script began
    [ -z "$device" ] || kill "$device" 2>/dev/null
    [ -z "$listening" ] || kill "$listening" 2>/dev/null
}
trap end EXIT
begin() { # arguments: listens in the background into the files out and err, and waits until it is ready
    : >err # that of the one before is not to be read
    "$V" listen "$@" >out 2>err &
    listening=$!
    for _ in $(seq 150); do grep -q '^ready' err && return 0; kill -0 $listening 2>/dev/null || return 1; sleep 0.1; done
    return 1
}
finish() { # waits for its end; its status in $status
    wait "$listening"
    status=$?
    listening=
}
url() { sed -n 's/^listening at \(http.*\)/\1/p' err; }
port() { sed -n 's/^listening at mqtt:.*:\([0-9]*\)$/\1/p' err; }
post() { curl -s -m 20 -o /dev/null -w '%{http_code}' "$@"; }
line() { # number, words of that line of out, blanks taken away
    sed -n "$1p" out | tr -d ' ' | grep -q -F -- "$2"
}
is_json() { python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]' "$1"; }

# ---- the command
begin webhook --for 30 -n 2
post "$(url)%ff?a=b" -d x >/dev/null && post "$(url)" -H 'Content-Type: application/json' -d '{"a":1,"a":2}' >/dev/null
finish
head -1 out | grep -qF $'"path":"/\xef\xbf\xbd"'
result $? "a path that is no text is shown all the same"
sed -n 2p out | grep -qF '"body":"{\"a\":1,\"a\":2}"'
result $? "nor is one of two values of a key lost"
refuse "more seconds than there are are a wrong usage" 2 'no negative or endless number' "$V" listen webhook --for 1e300
refuse "without a sink it is a wrong usage" 2 'expected at least one sink' "$V" listen
refuse "an unknown sink is named with those that there are" 2 'found the sink “webhok”, expected one of webhook, mqtt, onvif, alertstream' "$V" listen webhok
refuse "an address of another kind is refused" 2 'expected one that begins with mqtt:// or mqtts://' "$V" listen mqtt:http://h
refuse "a password on the command line is refused" 2 'found a password in the address' "$V" listen onvif:http://a:b@127.0.0.1/x
refuse "an option that no sink takes is refused" 2 'no sink of a kind that it is for' "$V" listen webhook --topic a
refuse "where nobody answers it says so" 4 'no message can arrive' "$V" listen mqtt:mqtt://127.0.0.1:1 --for 2
cat >table.yaml <<'Y'
schema: vsaudit/alert-map/1
columns: {time: t, clip: c}
behaviour: intrusion
Y
refuse "a map of a table is refused" 3 'found a table, expected json or xml' "$V" listen webhook --map table.yaml

# ---- the web hook, with a map
cat >map.yaml <<'Y'
schema: vsaudit/alert-map/1
format: json
columns: {camera: camera, time: time, behaviour: kind, confidence: score, id: id, state: state}
time: iso
confidence_max: 100
behaviours: {zone: intrusion}
ignore: [alive]
states: {begin: new}
cameras: {"7": yard}
Y
"$V" check map.yaml >log
result $? "a map of JSON is sound"
begin webhook --map map.yaml --count 7 --for 60
result $? "a web hook listens"
u=$(url)
ok "on loopback" grep -q '^listening at http://127\.0\.0\.1:[0-9]*/$' err
ok "JSON is answered with 200" [ "$(post -d '{"camera": 7, "time": "2024-05-01T12:00:00.5+02:00", "kind": "zone", "score": 87.5, "id": "a1", "state": "begin"}' "$u"hook/x?k=v)" = 200 ]
ok "a form too" [ "$(post -d camera=7 -d time=2024-05-01T10:00:04Z -d kind=zone -d id=a1 -d state=end "$u")" = 200 ]
ok "the end once more" [ "$(post -G -d camera=7 -d time=2024-05-01T10:00:03Z -d kind=zone -d id=a1 -d state=end "$u")" = 200 ]
post -d '{"kind": "alive"}' "$u" >/dev/null
post -d '{"kind": "zonne", "state": "begin"}' "$u" >/dev/null
post -X PUT --data-binary $'\xff\xfe{' "$u" >/dev/null
post -d '{"kind": ' "$u" >/dev/null
finish
ok "it ends after the messages that were asked for" [ "$status" -eq 0 ]
ok "each message is a line of JSON" is_json out
ok "with its time, its sink, its path and its body" eval 'line 1 "\"sink\":\"webhook\"" && line 1 "\"path\":\"/hook/x\",\"query\":\"k=v\"" && line 1 "\"body\":{\"camera\":7" && grep -q "\"arrived\":\"20[0-9-]*T[0-9:]*\.[0-9]*Z\",\"monotonic_us\":[0-9]*" out'
ok "and what the map makes of it" line 1 '"read":[{"is":"alert","behaviour":"intrusion","state":"new","alert":1,"so":"begins","id":"a1","camera":"yard","confidence":0.875,"time":"2024-05-01T10:00:00.500000Z"}]'
ok "the end joins the beginning" line 2 '"state":"end","alert":1,"so":"ends","id":"a1"'
ok "what comes twice and out of order is told" line 3 '"so":"goeson","doubled":true,"out_of_order":true'
ok "what is ignored is told" line 4 '"read":[{"is":"ignored"}]'
ok "why a word is not read is told, with the nearest" eval 'sed -n 5p out | grep -q -F "message 5:1: kind: found “zonne”, expected a word that map.yaml names, under behaviours or under ignore, perhaps “zone”"'
ok "bytes that are no text are kept as they are" eval 'line 6 "\"body_base64\":\"//57\"" && line 6 "\"is\":\"wrong\""'
ok "broken JSON is kept as text" eval 'line 7 "\"body\":\"{" && line 7 "foundbrokenJSON"'
ok "the sum says all of it" grep -q '^by the map: 3 rows of alerts, 1 ignored, 0 messages without a row, 3 that cannot be read; 1 doubled, 1 out of order; 0 alerts have not ended$' err
cat >again.yaml <<'Y'
schema: vsaudit/alert-map/1
format: ndjson
columns: {camera: body.camera, time: body.time, behaviour: body.kind, id: body.id, state: body.state}
only: {body.kind: zone}
time: iso
behaviours: {zone: intrusion}
states: {begin: new}
cameras: {"7": yard}
Y
cat >set.yaml <<'Y'
schema: vsaudit/dataset/1
id: yard
clips: [{id: noon, camera: yard, duration_s: 60, recorded_at: "2024-05-01T09:59:50Z"}]
Y
"$V" import alert-log out --map again.yaml --dataset set.yaml -o again.csv >log 2>&1
status=$?
ok "what was printed is a log that can be imported" eval '[ $status -eq 0 ] && grep -q "^noon,intrusion,10.500," again.csv'

# ---- users, tokens
printf 's&cret\n' >password
begin webhook --user cam --password-file password --token k3y --count 1 --for 60
u=$(url)
ok "the address holds the token" grep -q '/k3y$' err
ok "without a password it is refused" [ "$(post -d a "$u")" = 401 ]
ok "with a wrong one too" [ "$(post -u cam:other -d a "$u")" = 401 ]
ok "without the token too" [ "$(post -u 'cam:s&cret' -d a "${u%k3y}")" = 404 ]
ok "with all of it not" [ "$(post -u 'cam:s&cret' -d a "$u/more")" = 200 ]
finish
ok "refusals are counted, and no message" grep -q ': 1 message, 3 refused$' err

# ---- MQTT
if command -v mosquitto_pub >/dev/null && { command -v mosquitto || [ -x /usr/sbin/mosquitto ]; } >/dev/null; then
    begin mqtt --broker --topic 'cam/+/alarm' --count 2 --for 60
    result $? "a broker of its own is started"
    mosquitto_pub -h 127.0.0.1 -p "$(port)" -t cam/7/alarm -m '{"on": true}'
    mosquitto_pub -h 127.0.0.1 -p "$(port)" -t cam/7/other -m no
    head -c 200000 /dev/zero | tr '\0' x | mosquitto_pub -h 127.0.0.1 -p "$(port)" -t cam/8/alarm -s
    finish
    ok "messages of the topics arrive, others do not" eval '[ "$(wc -l <out)" -eq 2 ] && line 1 "\"topic\":\"cam/7/alarm\"" && line 1 "\"body\":{\"on\":true}" && line 2 "\"topic\":\"cam/8/alarm\",\"bytes\":200000"'
    ok "the broker is gone afterwards" eval '! mosquitto_pub -h 127.0.0.1 -p "$(port)" -t a -m b 2>/dev/null'
    begin mqtt --broker --user cam --password-file password --count 1 --for 60
    ok "a broker with a password refuses others" eval '! mosquitto_pub -h 127.0.0.1 -p "$(port)" -t a -m no 2>/dev/null'
    mosquitto_pub -h 127.0.0.1 -p "$(port)" -u cam -P 's&cret' -t a -m yes
    finish
    ok "and takes those who know it" line 1 '"topic":"a","bytes":3,"body":"yes"'
    begin mqtt --broker --count 10000 --for 60
    seq 10000 | mosquitto_pub -h 127.0.0.1 -p "$(port)" -t many -l -q 1
    finish
    ok "ten thousand messages at once arrive, or are told as dropped" eval '[ "$(wc -l <out)" -eq 10000 ] && line 10000 "\"body\":\"10000\"}"'
    p=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    PATH=$PATH:/usr/sbin
    mosquitto -p "$p" >/dev/null 2>&1 &
    broker=$!
    for _ in $(seq 50); do mosquitto_pub -h 127.0.0.1 -p "$p" -t kept -m old -r 2>/dev/null && break; sleep 0.1; done
    begin "mqtt:mqtt://127.0.0.1:$p" --count 2 --for 60
    kill $broker
    wait $broker 2>/dev/null
    mosquitto -p "$p" >/dev/null 2>&1 &
    broker=$!
    for _ in $(seq 100); do mosquitto_pub -h 127.0.0.1 -p "$p" -t now -m new 2>/dev/null; kill -0 $listening 2>/dev/null || break; sleep 0.2; done
    finish
    kill $broker
    wait $broker 2>/dev/null
    ok "what a broker had kept is told from what happens" eval 'line 1 "\"topic\":\"kept\",\"bytes\":3,\"retained\":true" && ! line 2 retained'
    ok "a broker that goes and comes back is found again, and told" eval 'line 2 "\"body\":\"new\"" && grep -q "1 time the connection was lost" err'
else
    for what in "what a broker had kept is told from what happens" "a broker that goes and comes back is found again, and told" "a broker of its own is started" "messages of the topics arrive, others do not" "the broker is gone afterwards" \
        "a broker with a password refuses others" "and takes those who know it" "ten thousand messages at once arrive, or are told as dropped"; do
        skip "$what" "needs mosquitto and mosquitto-clients"
    done
fi

# ---- devices
"$here/fake-device" port asked &
device=$!
for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done
d=127.0.0.1:$(cat port)
cat >onvif.yaml <<'Y'
schema: vsaudit/alert-map/1
format: xml
rows: //NotificationMessage
columns: {time: Message/Message/@UtcTime, behaviour: "substring-after(Topic, ':')", state: "Message/Message/Data/SimpleItem[@Name='IsMotion']/@Value"}
time: iso
behaviours: {RuleEngine/CellMotionDetector/Motion: intrusion}
states: {"true": new, "false": end}
Y
begin "onvif:http://cam@$d/onvif/event_service" --password-file password --map onvif.yaml --count 2 --for 60
result $? "an ONVIF device is subscribed to"
finish
ok "its messages are pulled and read" eval 'line 1 "\"behaviour\":\"intrusion\",\"state\":\"new\",\"alert\":1,\"so\":\"begins\"" && line 2 "\"state\":\"end\",\"alert\":1,\"so\":\"ends\""'
ok "with a token of the device’s time, and the parameters that it wanted back" eval '! grep -q "wrong token\|without the parameter" asked'
ok "the device’s clock is told" grep -q 'the device’s clock is 3[56][0-9][0-9]\.[0-9] s early' err
ok "messages are pulled where the user said, not where the device says" eval 'grep -q "the device says that messages are at http://10.1.2.3/onvif/pull?n=1; they are pulled from http://$d/onvif/pull?n=1" err && grep -q "^/onvif/pull?n=1 PullMessages" asked'
ok "a subscription that is lost is made again, and told" eval '[ "$(grep -c CreatePullPoint asked)" -eq 2 ] && grep -q "1 time the connection was lost" err && grep -q "pulling messages failed: the subscription is gone" err'
ok "it is ended at the end" grep -q '^/onvif/pull?n=1 Unsubscribe$' asked
printf 'wrong\n' >wrong
for case in "onvif/event_service:not authorized" "fault/event:no more subscriptions" "bomb/event:found a document type" "huge/event:found an answer of more than"; do
    refuse "a device that answers ${case%%:*} in vain is told" 4 "${case#*:}" "$V" listen "onvif:http://cam@$d/${case%%:*}" --password-file wrong --for 3
done
begin "alertstream:http://cam@$d" --password-file password --count 4 --for 60
result $? "a stream of alerts is read"
finish
ok "its parts are messages, those without a length too" eval 'line 1 "<eventState>active</eventState>" && line 2 "<eventState>inactive</eventState>" && line 4 "\"body\":{\"eventType\":\"AMR\"}"'
ok "a picture among them is cut, and told" eval 'line 3 "\"content_type\":\"image/jpeg\",\"bytes\":2000003,\"cut\":true" && grep -q "1 longer than what is kept of one" err'
ok "a part is told with its last byte, not with the next part" python3 -c '
import json
times = [json.loads(line)["monotonic_us"] for line in open("out", encoding="utf-8")]
raise SystemExit(not times[1] - times[0] > 300000)'
refuse "an answer that is no stream is told" 4 'expected 200 and multipart/mixed with a boundary' "$V" listen "alertstream:http://$d/plain/answer" --for 2
begin "alertstream:http://$d/endless/head" --for 2
finish
ok "a head without end is told" grep -q 'found a part whose head does not end' err
begin "alertstream:http://$d/cut/stream" --count 2 --for 20
finish
ok "a stream that breaks off is read again, and told" eval '[ "$(wc -l <out)" -eq 2 ] && grep -q "broken off, [12] times* the connection was lost" err'
kill $device
wait $device 2>/dev/null
device=

# ---- enemies
begin webhook --for 60
u=$(url)
hostport=${u#http://}
hostport=${hostport%/}
head -c 100000000 /dev/zero >big
code=$(post --data-binary @big "$u")
rm big
for i in $(seq 300); do exec {fd}<>"/dev/tcp/${hostport%:*}/${hostport#*:}" && printf 'POST / HTTP/1.1\r\nX-%s: ' "$i" >&$fd; done 2>/dev/null
printf '[%.0s' $(seq 50000) >deep
post --data-binary @deep "$u" >/dev/null
after=$(post -d last "$u")
memory=$(awk '/VmHWM/ {print $2}' /proc/$listening/status)
kill -INT $listening
finish
ok "a body of 100 MB is answered, cut and told" eval '[ "$code" = 200 ] && line 1 "\"bytes\":100000000,\"cut\":true"'
ok "connections that hold their place keep nobody out" [ "$after" = 200 ]
most=200000
[ "${VARIANT:-release}" != san ] || most=2000000 # sanitizers keep what was freed
ok "none of it takes memory" [ "${memory:-9999999}" -lt $most ]
ok "an interrupt ends it in order" eval '[ "$status" -eq 0 ] && grep -q ": 3 messages, 1 longer than what is kept of one, [0-9]* broken off" err'
