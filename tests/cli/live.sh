# Live systems (kind: live): products that watch a camera over drawn clips, good ones, and each way to go wrong.
# shellcheck shell=bash
set -u
examples=$(realpath "$(dirname "$0")/../../scenarios/live")
product=$(realpath "$(dirname "$0")/../fake-product")
watcher=$(realpath "$(dirname "$0")/../watch-reference")
. "$(dirname "$0")/../drawn.bash"

echo "1..63"
cd "$SCRATCH" || exit 1
export PATH=/usr/bin:$PATH # the product is a script of Debian’s Python
pictures=30
clip a.y4m abcdefgz
clip b.y4m azbyc
clip c.y4m zyxabc
cp "$product" product
entry() { # id file
    printf '  - {id: %s, file: %s, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 2, end_s: 3}]}\n' "$1" "$2"
}
dataset "$(entry a a.y4m && entry b b.y4m)"
cp set.yaml two.yaml
dataset "$(entry a a.y4m && entry b b.y4m && entry c c.y4m)"
cp set.yaml three.yaml
dataset "$(entry a a.y4m)"
printf 'schema: vsaudit/alert-map/1\nformat: json\ncolumns: {state: state, id: id, time: time}\ntime: unix\nbehaviour: camera-tampering\n' >map.yaml

audit() { # file, dataset, systems
    printf 'schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\nbehaviour: camera-tampering\ndataset: %s\nsystems:\n%s\n' "$2" "$3" >"$1"
}
live() { # id, how it is started, more
    local more=${3:-'sinks: [{kind: webhook}]'}
    printf '  - {id: %s, kind: live, command: [./product, "@camera@", "@sink@"%s], map: map.yaml, connect_s: 20, warm_up_s: 1, settle_s: 1, drain_s: 2, flashes: 0, %s}\n' \
        "$1" "${2:+, $2}" "$more"
}
says() { # folder, system, expression over its evaluation that must be true
    python3 - "$@" <<'PYTHON'
import json, sys
for e in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    if e["system"] == sys.argv[2]:
        c, g, l, s = e["counts"], e["engine"], e["engine"]["live"], e["latency"]["median_s"]
        if eval(sys.argv[3]):
            sys.exit(0)
        print("#", c, e["latency"], g)
sys.exit(1)
PYTHON
}
start() { # folder, scenario…: in the background, since it takes as long as its clips; some at a time, since two of them must not wait for a processor
    local name=$1
    shift
    while (($(jobs -rp | wc -l) >= 9)); do sleep 0.2; done
    "$VSAUDIT" run "$@" -o "$name" --format html >"$name.log" 2>&1 &
    eval "pid_$name=\$!"
}
try() { # how: a product that is started so, in an audit and a folder of that name
    audit "$1.yaml" set.yaml "$(live "$1" "${2:-$1}" "${3:-}")"
    [ $# -lt 4 ] || sed -i "$4" "$1.yaml"
    start "$1" "$1.yaml"
}
ends() { # status, folders: each ends so
    local folder wrong=0
    for folder in "${@:2}"; do
        finish "$folder"
        [ $status -eq "$1" ] || { echo "# $folder ended with $status, expected $1" && tail -n 3 log && wrong=1; }
    done
    return $wrong
}
finish() { # folder: sets status, and log
    local pid=pid_$1
    wait "${!pid}"
    status=$?
    cp "$1.log" log
}

# ---- what check refuses

refused() { # what is written of the system, words, description
    audit r.yaml set.yaml "  - {id: r, kind: live, $1}"
    "$VSAUDIT" check r.yaml >log 2>&1
    status=$?
    expect 3 "$2" "$3"
}
hook='sinks: [{kind: webhook}]'
command='command: [./product, "@camera@"]'
refused "$command, map: map.yaml" "sinks" "no sink: nothing can be heard"
refused "$command, $hook" "map" "no map: no message can be read"
refused "$command, map: nowhere.yaml, $hook" "there is no" "a map that is not there"
refused "$command, map: set.yaml, $hook" "which is the manifest of the clips" "a map that is the truth"
cp product not-a-map
refused "$command, map: not-a-map, $hook" "not-a-map:" "a map that is none"
sed 's/camera-tampering/loitering/' map.yaml >other-map.yaml
refused "$command, map: other-map.yaml, $hook" "other-map.yaml:1:1: found no kind of alert that is “camera-tampering”" "a map that can give no alert that is asked for"
refused 'command: [./product, "@camra@"], map: map.yaml, '"$hook" "r.yaml:7:46: systems[0].command[1]: found the placeholder @camra@" "a placeholder that there is not"
printf 'address @camera@\nsend @sink:door@\n' >template.conf
refused "$command, config: template.conf, map: map.yaml, $hook" "template.conf:2:6: found the placeholder @sink:door@" "nor in a template, by its line"
refused "map: map.yaml, $hook" "without a port" "a web hook without a port for a product that runs already"
refused "map: map.yaml, config: template.conf, sinks: [{kind: webhook, address: '8080'}]" "a template without a command" "a template that nobody is given"
refused "$command, map: map.yaml, sinks: [{kind: webhook}, {kind: webhook}]" "a second sink" "two sinks of one name"
refused "$command, map: map.yaml, camera: {user: ann}, $hook" "a user without a password_file" "a user without a password"
elsewhere=$(mktemp --suffix=.csv)
echo secret >"$elsewhere"
refused "$command, map: map.yaml, camera: {user: ann, password_file: $elsewhere}, $hook" "or in a folder given with --allow" "a camera’s password out of another folder, which the product is told"
refused "$command, map: map.yaml, sinks: [{kind: onvif, address: 'http://127.0.0.1:1/', user: ann, password_file: $elsewhere}]" "or in a folder given with --allow" "and a sink’s, which whoever is at its address is told"
rm "$elsewhere"
refused "$command, map: map.yaml, camera: {address: 'http://127.0.0.1/x'}, $hook" "rtsp://" "an address that is none of a camera"
python3 -c 'import socket,time; s=socket.socket(); s.bind(("127.0.0.1",0)); s.listen(); print(s.getsockname()[1], flush=True); time.sleep(600)' >port &
holder=$!
while [ ! -s port ]; do sleep 0.1; done
refused "map: map.yaml, sinks: [{kind: webhook, address: '$(cat port)'}]" "expected a port to listen at that is free here" "a port that somebody has"
kill $holder

# ---- products, all at once: each run is as long as its clips. The longest first.

free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }
waits() { # folder: until it is ready for a product that runs already
    for ((i = 0; i < 200; i++)); do grep -q 'expected to watch' "$1.log" && break; sleep 0.1; done
}
has_motion=$(command -v motion >/dev/null && command -v curl >/dev/null && echo yes)
if [ -n "$has_motion" ]; then
    cp "$examples"/motion* .
    "$VSAUDIT" synth "$examples/walk.yaml" -o walk --quiet >log 2>&1
    start motion motion.yaml --dataset walk/dataset.yaml
fi
# Broken off in the middle of a chain.
audit half.yaml two.yaml "$(live half)"
(
    timeout -s INT 14 "$VSAUDIT" run half.yaml -o half >half.log 2>&1
    { [ -e half/store.sqlite ] && [ ! -e half/results.json ] && ! ls -d half/scratch-* >/dev/null 2>&1; } && touch half.clean
    exec "$VSAUDIT" run half.yaml -o half --resume >half.log 2>&1
) &
pid_half=$!
# The reference behind a camera, started by itself: it reads the camera, and posts what vsaudit reference-program says.
pictures=180
clip long.y4m abcdefgz
pictures=30
has_reference=$(ffmpeg -hide_banner -loglevel error -y -i long.y4m -c:v mjpeg -q:v 3 -pix_fmt yuvj420p -huffman default a.avi && echo yes)
if [ -n "$has_reference" ]; then
    sed 's/a\.y4m/a.avi/; s/start_s: 2, end_s: 3/start_s: 12, end_s: 18/' set.yaml >mjpeg.yaml
    camera=$(free_port) sink=$(free_port)
    audit same.yaml mjpeg.yaml "  - {id: inside, kind: reference}
  - {id: outside, kind: live, map: map.yaml, connect_s: 20, warm_up_s: 1, settle_s: 4, drain_s: 2, flashes: 0, camera: {address: 'rtsp://127.0.0.1:$camera/hall'}, sinks: [{kind: webhook, address: '$sink'}]}"
    start same same.yaml
    waits same
    "$watcher" "rtsp://127.0.0.1:$camera/hall" "http://127.0.0.1:$sink/" "$VSAUDIT" camera-tampering 64x48 10 >watcher.log 2>&1 &
    watching=$!
    wait "$pid_same" # with few others beside it: it is held to one picture
    same=$?
    kill $watching 2>/dev/null
fi
audit whole.yaml three.yaml "$(live whole)"
start whole whole.yaml
audit dies.yaml three.yaml "$(live dies dies=2)"
start dies dies.yaml
audit good.yaml two.yaml "$(live good '' 'flashes: 1, sinks: [{kind: webhook}]' | sed 's/flashes: 0, //')"
start good good.yaml
# A product that runs already.
camera=$(free_port) sink=$(free_port)
audit runs.yaml set.yaml "  - {id: runs, kind: live, map: map.yaml, connect_s: 20, warm_up_s: 1, settle_s: 1, drain_s: 2, flashes: 0, camera: {address: 'rtsp://127.0.0.1:$camera/hall'}, sinks: [{kind: webhook, address: '$sink'}]}"
start runs runs.yaml
waits runs
./product "rtsp://127.0.0.1:$camera/hall" "http://127.0.0.1:$sink/" >product.log 2>&1 &
runner=$!
# Two scenarios over the same clips: a product is not told what is asked, and shown them once.
printf 'schema: vsaudit/alert-map/1\nformat: json\ncolumns: {id: id, time: time, state: state, behaviour: state}\ntime: unix\nbehaviours: {new: camera-tampering, end: loitering}\nstates: {new: whole, end: whole}\n' >both.yaml
sed 's/camera-tampering: all/camera-tampering: all, loitering: all/' set.yaml >watched.yaml
audit one.yaml watched.yaml "$(live shared | sed 's/map.yaml/both.yaml/')"
sed 's/behaviour: camera-tampering/behaviour: loitering/; s/^id: tampering/id: loitering/' one.yaml >other.yaml
start shared one.yaml other.yaml
# A manifest that is read from two places, for clips of which a product is shown fewer the second time: what is known of each is found.
cp two.yaml again.yaml
audit first.yaml two.yaml "$(live gone exits)"
audit second.yaml again.yaml "$(live gone exits)"
sed -i 's/^id: tampering/id: again/; s/^systems:/clips: {ids: [b]}\n&/' second.yaml
start places first.yaml second.yaml
has_mqtt=$(command -v mosquitto_pub >/dev/null && { command -v mosquitto || [ -x /usr/sbin/mosquitto ]; } >/dev/null && echo yes)
[ -z "$has_mqtt" ] || try mqtt mqtt 'sinks: [{kind: mqtt, broker: true, topics: ["alarms/#"]}]'
try udp udp 'camera: {transport: udp}, sinks: [{kind: webhook}]'
try refused_way udp 'camera: {transport: tcp}, sinks: [{kind: webhook}]' 's/connect_s: 20/connect_s: 2/'
printf 'secret\n' >password.txt
try named is= 'camera: {user: ann, password_file: password.txt, width: 96, height: 64}, sinks: [{kind: webhook}]' 's#"@camera@"#"rtsp://@user@:@password@@@camera-host@:@camera-port@/@camera-name@"#'
try exits
try never never '' 's/connect_s: 20/connect_s: 1/'
try late late=1.2
try later late=5.5
try twice
try rubbish
try form 'form, kept'
try chunked
try early 'early, lost-end'
try leaves leaves=0.5
# Reported of real products: requests that put all into the query, bodies that were promised and not sent, “Expect”, clocks that
# are set, several connections of one product.
try get
try short
try expects expect
try clock clock=3600 '' 's/flashes: 0/flashes: 1/'
try pair
try floods floods=2

finish good
expect 0 "4 of 4 replays done" "a product is shown every clip"
says good good 'c["hits"] == 2 and c["misses"] == 0 and c["alerts"] == 2'
result $? "what it told is scored"
says good good '0 <= s <= 0.9 and 0 < l["delay_us"] < 1500000 and abs(l["own_us"] - l["delay_us"]) < 500000'
result $? "its delay is measured, by the clips and by the flashes, and its clock"
says good good 'l["outside"] >= 1 and l["losses"] == 0 and l["recoded"] == 2 and g["failures"] == []'
result $? "alarms of flashes and of cuts between clips are told, and not scored"
late=$(grep -o 'No picture was sent more than [0-9.]* s' good/report.en.html | grep -o '[0-9.]* s$')
says good good "l['late_most_us'] <= 1e6 * float('${late% s}')"
result $? "no picture was later than the report says"
grep -q 'Alerts that began while no clip was shown' good/report.en.html && grep -q 'une autre exécution peut donner d’autres alertes' good/report.fr.html
result $? "the report says so in both languages, and that another run may differ"
"$VSAUDIT" report good --bundle bag --quiet >log 2>&1 && mkdir away && mv bag away && (cd away && "$VSAUDIT" verify bag) >log 2>&1
status=$?
expect 0 "results.json is the same, byte for byte" "its bundle is verified where no product is"
"$VSAUDIT" lock good.yaml -o good.lock >log 2>&1 && grep -q '"map.yaml"\|map.yaml' good.lock && grep -q product good.lock
result $? "a lock holds the product and the map"
run good.yaml -o good --resume
expect 0 "4 kept from an earlier session" "a run that is done is not played again"

ends 3 exits never && ends 0 late later twice
result $? "bad products fail, the others do not"
for case in "exits|ended with status 1, before it watched the camera" "never|did not watch the camera within 1 s"; do
    way=${case%%|*}
    says "$way" "$way" "len(g['failures']) == 1 and '${case#*|}' in g['failures'][0]['text']" && grep -qF "${case#*|}" "$way/report.fr.html"
    result $? "one that $way is told in one line"
done
says late late 'c["hits"] == 1 and l["late"] == 1 and 1.2 <= s <= 2.5'
result $? "a message while the last picture stands is the clip’s, with the delay that it has"
says later later 'c["hits"] == 0 and c["alerts"] == 0 and l["late"] == 0'
result $? "one that comes later is none of it"
says twice twice 'c["hits"] == 1 and c["alerts"] == 1 and l["doubled"] >= 1'
result $? "what is said twice counts once, and is told"

ends 0 rubbish form chunked early leaves
result $? "odd products do not disturb"
says rubbish rubbish 'c["hits"] == 1 and c["alerts"] == 1 and l["wrong"] >= 4 and len(g["remarks"]) >= 1'
result $? "rubbish is counted and told, and hides no alarm"
says form form 'c["hits"] == 1 and l["wrong"] == 0' && says chunked chunked 'c["hits"] == 1 and l["wrong"] == 0 and l["broken"] == 0'
result $? "forms over one connection, and bodies in pieces"
says early early 'c["hits"] == 1 and c["alerts"] == 1 and l["on_before"] == 1 and l["outside"] >= 1'
result $? "an alarm that was on before the clip is none of it; one without an end is"
says leaves leaves 'c["hits"] == 1 and l["losses"] == 1 and 300000 < l["away_us"] < 3000000'
result $? "leaving the camera is told, with how long"

ends 0 get short expects clock pair floods
result $? "what real products were seen to do"
says get get 'c["hits"] == 1 and l["wrong"] == 0'
result $? "an alarm told by the query of a GET is one"
says short short 'c["hits"] == 1 and c["alerts"] == 1 and l["broken"] >= 1'
result $? "a body that was promised and not sent is told; the second try counts once"
says expects expects 'c["hits"] == 1 and l["broken"] == 0'
result $? "one that waits to be told to continue is told so"
says clock clock 'c["hits"] == 1 and c["alerts"] == 1 and l["disordered"] >= 1 and 0 <= s < 1'
result $? "a clock that is set back moves no alert, and is told"
says pair pair 'c["hits"] == 1 and l["losses"] == 0 and l["away_us"] == 0'
result $? "one of two connections that goes is no loss"
says floods floods 'c["hits"] == 1 and l["messages"] > 200 and c["alerts"] > 100 and l["losses"] == 0'
result $? "a flood of alarms is heard, and each that is another counts"

# ---- one product for all clips; passwords, ways, brokers; one that runs already

finish runs
kill $runner 2>/dev/null
expect 0 "runs: expected to watch rtsp://127.0.0.1:$camera/hall within 20 s, its messages come by webhook at $sink" "a product that runs already is waited for, which is said"
says runs runs 'c["hits"] == 1 and c["alerts"] == 1 and g["command"] == []' && grep -q 'It was started by others' runs/report.en.html
result $? "and heard"
if [ -n "$has_mqtt" ]; then
    finish mqtt
    expect 0 "2 of 2 replays done" "a product that publishes to a broker (MQTT), which is started for it"
    says mqtt mqtt 'c["hits"] == 1 and c["alerts"] == 1 and l["sinks"] == ["mqtt"]'
    result $? "is heard"
else
    skip "a product that publishes to a broker (MQTT)" "mosquitto is not installed"
    skip "is heard" "mosquitto is not installed"
fi
ends 0 whole && says whole whole 'c["hits"] == 3 and c["alerts"] == 3 and g["restarts"] == 0'
result $? "one process watches all clips, in the order of the audit"
finish dies
expect 3 "5 of 6 replays done, 1 failed" "one that ends"
says dies dies 'c["hits"] == 2 and g["restarts"] == 1 and len(g["failures"]) == 1 and g["failures"][0]["clip"] == "b" and "ended with status 1" in g["failures"][0]["text"]'
result $? "loses that clip, the rest goes on with a new one, and this is said"
ends 0 udp named && ends 3 refused_way && says udp udp 'c["hits"] == 1'
result $? "pictures over UDP"
says refused_way refused_way 'len(g["failures"]) == 1 and "did not watch the camera" in g["failures"][0]["text"]'
result $? "a way that the camera does not give: it never watches"
says named named 'c["hits"] == 1' && ! grep -rq secret named/results.json named/report.en.html
result $? "a camera with a password, and of another size; the password is in no report"

finish shared
expect 0 "2 of 2 replays done" "scenarios over the same clips share what a product is shown"
says shared shared 'c["hits"] == 1 and c["alerts"] == 1'
result $? "and what it told"
finish places
expect 3 "2 of 5 replays done, 3 failed" "one manifest in two places is one"

finish half
[ -e half.clean ]
result $? "one that is broken off leaves no folder of a product behind"
expect 0 "4 of 4 replays done" "a chain that was broken off is gone on with"
says half half 'c["hits"] == 2 and c["alerts"] == 2 and g["restarts"] == 0'
result $? "from its beginning"

# ---- the reference, behind a camera, says what it says inside

if [ -n "$has_reference" ]; then
    status=$same
    cp same.log log
    expect 0 "2 of 2 replays done" "the reference behind a camera, in real time"
    late_us=100000
    [ "${VARIANT:-}" = san ] && late_us=1000000 # sanitizers make the program slow
    python3 - same $late_us <<'PYTHON'
import json, sys
inside, outside = json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]
a, b = (e["clips"][0]["alerts"] for e in (inside, outside))
print("#", a, b)
sys.exit(not (len(a) == len(b) == 1 and 0 <= b[0]["decided_us"] - a[0]["decided_us"] <= int(sys.argv[2])))
PYTHON
    result $? "raises the alert that it raises inside, within one picture"
else
    skip "the reference behind a camera" "ffmpeg cannot draw the clip"
    skip "raises the alert that it raises inside" "ffmpeg cannot draw the clip"
fi

# ---- Debian's motion, unchanged

if [ -n "$has_motion" ]; then
    finish motion
    expect 0 "replays done" "motion, audited by the scenario that is shipped"
    says motion motion 'c["hits"] >= 1 and 0 <= s < 5 and l["messages"] >= 1 and g["failures"] == []'
    result $? "finds who walks through the picture"
else
    skip "motion, audited by the scenario that is shipped" "motion is not installed"
    skip "finds who walks through the picture" "motion is not installed"
fi
