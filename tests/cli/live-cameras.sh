# A live system that watches several cameras at the same time: clips of different cameras are shown together, its messages are held to
# the right one, those that name none are told; cameras exchanged; one that ends costs what is being shown.
# shellcheck shell=bash
set -u
product=$(realpath "$(dirname "$0")/../fake-product")
. "$(dirname "$0")/../drawn.bash"

echo "1..19"
export PATH=/usr/bin:$PATH # the product is a script of Debian’s Python
cp "$product" product
# Stripes, then all dark for the last two seconds; 10 pictures a second.
draw() { # file, seconds
    python3 - "$@" <<'PYTHON'
import sys
name, seconds = sys.argv[1], int(sys.argv[2])
seen = bytes(120 + x % 16 for x in range(64)) * 48
with open(name, "wb") as out:
    out.write(b"YUV4MPEG2 W64 H48 F10:1 Ip A1:1 C420jpeg\n")
    for i in range(10 * seconds):
        out.write(b"FRAME\n" + (bytes([21]) * 3072 if i >= 10 * seconds - 20 else seen) + bytes([128]) * 1536)
PYTHON
}
printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n' >set.yaml
for clip in a1:hall:3 a2:hall:4 b1:yard:7 c1:gate:5 c2:gate:3; do
    IFS=: read -r id camera seconds <<<"$clip"
    draw "$id.y4m" "$seconds"
    printf '  - {id: %s, file: %s.y4m, camera: %s, duration_s: %s, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: %s, end_s: %s}]}\n' \
        "$id" "$id" "$camera" "$seconds" "$((seconds - 2))" "$seconds" >>set.yaml
done
map() { printf 'schema: vsaudit/alert-map/1\nformat: json\ncolumns: {state: state, id: id, time: time%s}\ntime: unix\nbehaviour: camera-tampering\n' "$1"; }
map ', camera: camera' >map.yaml
map '' >blind.yaml
scenario() { # file, clips, systems
    printf 'schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\nbehaviour: camera-tampering\ndataset: set.yaml\n%ssystems:\n%s\n' "$2" "$3" >"$1"
}
live() { # id, how, cameras, more, map
    local more=${4:-'sinks: [{kind: webhook}]'}
    printf '  - {id: %s, kind: live, command: [./product, "@camera@", "@sink@"%s], map: %s, cameras: %s, connect_s: 20, warm_up_s: 1, settle_s: 1, drain_s: 1, flashes: 0, %s}\n' \
        "$1" "${2:+, $2}" "${5:-map.yaml}" "$3" "$more"
}
start() { # name of file and folder: in the background
    "$VSAUDIT" run "$1.yaml" -o "$1" --format html >"$1.log" 2>&1 &
    eval "$1=\$!"
}
says() { # folder, system, expression over its evaluation that must be true
    python3 - "$@" <<'PYTHON'
import json, sys
for e in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    if e["system"] == sys.argv[2]:
        c, g, l, s = e["counts"], e["engine"], e["engine"]["live"], e["latency"]["median_s"]
        p = {probe["id"]: probe for probe in e.get("probes", [])}
        if eval(sys.argv[3]):
            sys.exit(0)
        print("#", c, e["latency"], g["failures"], g["remarks"], l, {k: (v["state"], v["reason"]) for k, v in p.items()})
sys.exit(1)
PYTHON
}
started=$(date +%s)
scenario three.yaml '' "$(live three '' 0)"
start three
scenario two.yaml '' "$(live two '' 2)"
start two
scenario lost.yaml 'clips: {ids: [a1, b1]}
' "$(live lost is=cellar 0)"
start lost
scenario mute.yaml 'clips: {ids: [a1, b1]}
' "$(live mute is= 0)"
start mute
scenario sinks.yaml 'clips: {ids: [a1, b1]}
' "$(live sinks 'is=, named=camera-2' 0 'sinks: [{kind: webhook, id: first, camera: 1}, {kind: webhook, id: second, camera: 2}]' | sed 's/"@sink@"/"@sink:second@"/')"
start sinks
printf '# of all\nwatch @camera@ as @camera-number@\nsend @sink@\n' >all.conf
printf 'name @camera-name@\nurl @camera@\n' >one.conf
cat >reads.py <<'PYTHON'
import os, sys
folder = sys.argv[2]
with open(sys.argv[1]) as config:
    lines = config.read().split("\n")
watched = [line.split()[1:] for line in lines if line.startswith("watch")]
files = sorted(os.listdir(folder))
told = [open(os.path.join(folder, name)).read() for name in files]
fine = (len(lines) == 5 and [w[2] for w in watched] == ["1", "2"] and files == ["camera-1.conf", "camera-2.conf"]
        and all(f"url {w[0]}\n" in text for w, text in zip(watched, told)) and os.environ["VSAUDIT_CAMERAS"].split() == [w[0] for w in watched])
if not fine:
    sys.exit(f"found {lines} {files} {told}")
os.execv(sys.executable, [sys.executable, "product", *[w[0] for w in watched], lines[3].split()[1]])
PYTHON
scenario told.yaml 'clips: {ids: [a1, b1]}
' "$(live told '' 0 'config: all.conf, camera_config: one.conf, files: [product], sinks: [{kind: webhook}]' | sed 's/\[.\/product.*"@sink@"\]/[python3, reads.py, "@config@", "@camera-configs@"]/')"
start told
scenario dies.yaml '' "$(live dies dies=1 0)"
start dies
for way in honest knows; do
    scenario $way-s.yaml 'clips: {ids: [a1, c2]}
' "$(live $way "$([ $way = honest ] || echo named=camera-1)" 0)"
    printf 'schema: vsaudit/audit/1\nid: %s\ntitle: {en: Live, fr: En direct}\nscenarios: [%s-s.yaml]\nprobes: [cameras-exchanged]\n' $way $way >$way.yaml
    start $way
done

scenario r.yaml '' "$(live r '' 65)"
"$VSAUDIT" check r.yaml >log 2>&1
status=$?
expect 3 "cameras: found “65”" "more cameras than there can be are refused"

wait "$three"
result $? "three cameras are watched at the same time"
took=$(($(date +%s) - started))
says three three 'c["hits"] == 5 and c["alerts"] == 5 and 0 <= s < 0.9 and l["cameras"] == 3 and l["unplaced"] == 0 and g["failures"] == []'
result $? "each alarm is held to the clip of its camera"
says three three 'l["outside"] <= 10 and l["losses"] == 0'
result $? "and none is lost"
grep -q 'It watched 3 cameras at the same time' three/report.en.html && grep -q 'Il a regardé 3 caméras en même temps' three/report.fr.html
result $? "the report says how many"
[ "$took" -lt 40 ]
result $? "it takes as long as the longest camera (about 20 s; one after the other it were 45 s), not as all together ($took s)"
wait "$two"
says two two 'c["hits"] == 5 and c["alerts"] == 5 and l["cameras"] == 2'
result $? "with fewer addresses than cameras some take turns"
order() { # folder
    python3 -c 'import sqlite3, sys; print(*[row[0] for row in sqlite3.connect(sys.argv[1] + "/store.sqlite").execute("SELECT clip FROM job WHERE engine IS NOT NULL ORDER BY id")])' "$1"
}
[ "$(order three)" = "a1 b1 c1 a2 c2" ] || echo "# $(order three)"
[ "$(order three)" = "a1 b1 c1 a2 c2" ]
result $? "jobs stand in the order in which their clips begin"
wait "$lost"
says lost lost 'c["alerts"] == 0 and l["unplaced"] >= 2 and any("found the camera “cellar”" in r["text"] for r in g["remarks"])'
result $? "messages about a camera that is not there are counted and told"
grep -q 'Messages, or rows of messages, that named none of these cameras, and were not scored: ' lost/report.en.html
result $? "in the report, too"
wait "$mute"
says mute mute 'c["alerts"] == 0 and l["unplaced"] >= 2 and any("names no camera" in r["text"] for r in g["remarks"])'
result $? "so are those that name none"
wait "$sinks"
says sinks sinks 'c["hits"] == 1 and c["alerts"] == 1 and l["unplaced"] == 0'
result $? "unless the sink is one camera’s"
wait "$told"
result $? "a template’s line that names the camera stands there for each; each has a file of its own"
says told told 'c["hits"] == 2 and c["alerts"] == 2'
result $? "with which it watches all"
wait "$dies"
says dies dies 'len(g["failures"]) >= 3 and all("ended with status 1" in f["text"] for f in g["failures"])'
result $? "one that ends costs what is being shown on every camera"
says dies dies 'g["restarts"] >= 1 and len(g["failures"]) <= 5'
result $? "and the rest goes on with a new one"
wait "$honest"
says honest honest 'p["cameras-exchanged"]["state"] == "pass" and p["cameras-exchanged"]["matched"] == 2'
result $? "an honest product does not mind that two cameras are exchanged"
wait "$knows"
says knows knows 'p["cameras-exchanged"]["state"] == "fail"'
result $? "one that knows which camera is which is caught by it"
"$VSAUDIT" run two.yaml -o two --resume --format html >log 2>&1
status=$?
expect 0 "10 kept from an earlier session" "a run of several cameras that is done is not played again"
