# Probes of live systems: products that know the camera’s name, a place in the picture, or that do not bear an interruption or a still
# scene, each caught by its probe and by no other; an honest one passes them. All at once, since they go by the clock.
# shellcheck shell=bash
set -u
product=$(realpath "$(dirname "$0")/../fake-product")
. "$(dirname "$0")/../drawn.bash"

echo "1..14"
export PATH=/usr/bin:$PATH # the product is a script of Debian’s Python
cp "$product" product
# Stripes; from 2 s on all of it is dark (a), or the left half (c). 3 s, 10 pictures a second.
python3 - <<'PYTHON'
seen = bytes(120 + x % 16 for x in range(64)) * 48
for name, width in (("a.y4m", 64), ("c.y4m", 32)):
    dark = bytes(21 if x < width else 120 + x % 16 for x in range(64)) * 48
    with open(name, "wb") as out:
        out.write(b"YUV4MPEG2 W64 H48 F10:1 Ip A1:1 C420jpeg\n")
        for i in range(30):
            out.write(b"FRAME\n" + (dark if i >= 20 else seen) + bytes([128]) * 1536)
PYTHON
printf 'schema: vsaudit/alert-map/1\nformat: json\ncolumns: {state: state, id: id, time: time}\ntime: unix\nbehaviour: camera-tampering\n' >map.yaml
manifest() { # file, clips, scene
    printf 'schema: vsaudit/dataset/1\nid: %s\nlicence: CC0-1.0\nclips:\n' "$1"
    for clip in $2; do printf '  - {id: %s, file: %s.y4m, duration_s: 3, coverage: {camera-tampering: all}%s}\n' "$clip" "$clip" "$3"; done
}
manifest whole a '' >whole.yaml
manifest half c '' >half.yaml
manifest drawn a ', scene: {zones: {door: [[0,0],[0.5,0],[0.5,1],[0,1]]}}' >drawn.yaml
live() { # id, how, more
    printf '  - {id: %s, kind: live, command: [./product, "@camera@", "@sink@"%s], map: map.yaml, connect_s: 20, warm_up_s: 1, settle_s: 1, drain_s: 1, flashes: 0, sinks: [{kind: webhook}]%s}\n' \
        "$1" "${2:+, $2}" "${3:-}"
}
start() { # name, dataset, probes, systems: in the background
    printf 'schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\nbehaviour: camera-tampering\ndataset: %s\nsystems:\n%s\n' "$2" "$4" >"$1-s.yaml"
    printf 'schema: vsaudit/audit/1\nid: %s\ntitle: {en: Live, fr: En direct}\nscenarios: [%s-s.yaml]\nprobes: {run: %s, empty_live_s: 4}\n' "$1" "$1" "$3" >"$1.yaml"
    "$VSAUDIT" run "$1.yaml" -o "$1" --format html >"$1.log" 2>&1 &
    eval "$1=\$!"
}
figure() { # folder system probe expression
    python3 - "$@" <<'PYTHON'
import json, sys
for evaluation in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    for probe in evaluation.get("probes", []):
        if (evaluation["system"], probe["id"]) == (sys.argv[2], sys.argv[3]):
            if eval(sys.argv[4], {"p": probe}):
                sys.exit(0)
            print("#", {k: v for k, v in probe.items() if k not in ("sentence", "meaning")})
sys.exit(1)
PYTHON
}
for probe in renamed mirrored delayed interrupted empty-hour; do
    start "${probe%-*}" whole.yaml "[$probe, cameras-exchanged]" "$(live honest)"
done
start names whole.yaml '[renamed]' "$(live names named=/camera)"
start places half.yaml '[mirrored]' "$(live left left)"
start faints whole.yaml '[interrupted]' "$(live faints faints)"
start nervous whole.yaml '[empty-hour]' "$(live nervous nervous)"
printf 'anything' >usual.conf
printf 'for the mirror' >mirrored.conf
start zones drawn.yaml '[mirrored]' "$(live untold)"
start told drawn.yaml '[mirrored]' "$(live told '"@config@"' ', config: usual.conf, mirrored_config: mirrored.conf')"
audit_refused() { # what is written of the system, words, description
    printf 'schema: vsaudit/scenario/1\nid: r\ntitle: {en: R, fr: R}\nbehaviour: camera-tampering\ndataset: whole.yaml\nsystems:\n%s\n' "$1" >r.yaml
    "$VSAUDIT" check r.yaml >log 2>&1
    status=$?
    expect 3 "$2" "$3"
}
audit_refused "$(live r '' ', mirrored_config: mirrored.conf')" "found a template for mirrored pictures without one for others" "a mirrored configuration needs a usual one"
printf '@nothing@' >odd.conf
audit_refused "$(live r '' ', config: usual.conf, mirrored_config: odd.conf')" "odd.conf:1:1: found the placeholder @nothing@" "whose placeholders are checked likewise"

for probe in renamed mirrored; do
    wait "${!probe}"
    figure $probe honest $probe 'p["state"] == "pass" and p["recorded"] == 1 and p["matched"] == 1 and abs(p["moved_s"] or 0) < 0.6'
    result $? "an honest product passes “$probe”"
done
wait "$delayed"
figure delayed honest delayed 'p["state"] == "pass" and p["matched"] == 1 and 0.2 < p["moved_s"] < 0.8'
result $? "with half a second more of the first picture it alarms half a second later in what it was shown"
wait "$interrupted"
figure interrupted honest interrupted 'p["state"] == "pass" and p["matched"] == 1 and 2.5 < p["moved_s"] < 3.9'
result $? "a camera that goes and comes back: what comes after is found, as much later"
wait "$empty"
figure empty honest empty-hour 'p["state"] == "pass" and p["probed"] == 0 and 3.9 < p["hours"] * 3600 < 4.1'
result $? "in an empty scene it is silent, for as long as was asked, which is told"
figure empty honest cameras-exchanged 'p["state"] == "not_applicable" and p["reason"] in ("one_address", "one_camera")'
result $? "two cameras cannot be exchanged where there is one"
wait "$names"
figure names names renamed 'p["state"] == "fail" and p["recorded"] == 1 and p["probed"] == 0'
result $? "one that knows the camera’s name is caught by another name"
wait "$places"
figure places left mirrored 'p["state"] == "fail" and p["recorded"] == 1 and p["probed"] == 0'
result $? "one that knows a place in the picture, by the mirror"
wait "$faints"
figure faints faints interrupted 'p["state"] == "fail" and p["failed"] == 1'
result $? "one that ends when the camera is gone, by the interruption"
wait "$nervous"
figure nervous nervous empty-hour 'p["state"] == "fail" and p["probed"] >= 2'
result $? "one that alarms at anything, by the empty scene"
wait "$zones"
figure zones untold mirrored 'p["state"] == "not_applicable" and p["reason"] == "zones_untold"'
result $? "where zones belong to the clips, the mirror says nothing of a product that cannot be told them"

wait "$told"
figure told told mirrored 'p["state"] == "pass"'
result $? "unless it has a configuration for it"
