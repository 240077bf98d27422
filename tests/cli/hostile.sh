#!/usr/bin/env bash
# vsaudit run on damaged clips and wrong files: a clear sentence each, the right exit status, and the good clips' results are kept.
# (Missing, empty and text files, and truth beyond a clip's end, are in run.sh; files refused before a run in refused.sh.)
set -u
. "$(dirname "$0")/../tap.bash"
run() { # arguments; sets status, writes log
    "$VSAUDIT" run "$@" >log 2>&1
    status=$?
}
says() { # file words description
    local right=0
    grep -q -F -- "$2" "$1" || { right=1; echo "# “$2” is not in $1"; }
    result $right "$3"
}
# Of the reference, the first system of the scenario, in a run's results.json.
figure() { # folder key
    awk -v key="\"$2\":" '$1 == key {value = $2; sub(/,$/, "", value); print value; exit}' "$1/results.json"
}
status_of() { # folder clip: how its replay ended
    awk -v clip="\"$2\"," '$1 == "\"clip\":" {here = $2 == clip} here && $1 == "\"status\":" {print $2; exit}' "$1/results.json" | tr -d '",'
}
patch() { # file offset bytes-as-escapes
    # shellcheck disable=SC2059
    printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
big_endian() { # file offset: the 32-bit number there
    od -A n -t u4 --endian=big -j "$2" -N 4 "$1" | tr -d ' '
}
box_at() { # file name: the offset of the last box of this name
    echo $(($(grep -a -b -o "$2" "$1" | tail -n 1 | cut -d: -f1) - 4))
}
# An mp4 with its index (moov) in front of the pictures (mdat), as a camera's web page gives it: every chunk's place moves by the index's length.
index_first() { # in out
    local mdat moov size stco count i
    mdat=$(box_at "$1" mdat) moov=$(box_at "$1" moov)
    size=$(($(stat -c %s "$1") - moov))
    { head -c "$mdat" "$1"; tail -c "$size" "$1"; head -c "$moov" "$1" | tail -c +$((mdat + 1)); } >"$2"
    stco=$(box_at "$2" stco)
    count=$(big_endian "$2" $((stco + 12)))
    for ((i = 0; i < count; i++)); do
        patch "$2" $((stco + 16 + 4 * i)) "$(printf '%08x' $(($(big_endian "$2" $((stco + 16 + 4 * i))) + size)) | sed 's/../\\x&/g')"
    done
}
half() { # in out
    head -c $(($(stat -c %s "$1") / 2)) "$1" >"$2"
}
entry() { # id file [sha256]
    printf '  - {id: %s, file: %s, %scoverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 5, end_s: 9, label: covered}]}\n' \
        "$1" "$2" "${3:+sha256: $3, }"
}
dataset() { # entries
    printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n%s\n' "$1" >set.yaml
}

cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
tampering_scenario set.yaml '[{id: reference, kind: reference}]' >s.yaml
scene() { # id seed
    cat <<Y
schema: vsaudit/scene/1
id: $1
camera: $1
seed: $2
duration_s: 12
rate: 10
size: [192, 108]
backdrop: {kind: street}
description: a street, its camera covered for four seconds
tampering:
  - {kind: covered, start_s: 5, end_s: 9}
Y
}
scene one 1 >one.scene.yaml
scene two 2 >two.scene.yaml
"$VSAUDIT" synth one.scene.yaml two.scene.yaml -o . >synth.log 2>&1
[ -s one.mp4 ] && [ -s two.mp4 ]
result $? "clips are drawn"

# The good ones alone.
good=$(entry one one.mp4 && entry two two.mp4)
dataset "$good"
run s.yaml -o clean
expect 0 "2 of 2 replays done" "good clips are replayed"
result "$([ "$(figure clean camera_us)" = 24000000 ]; echo $?)" "their time is the denominator"

# The same beside damaged ones.
half one.mp4 last.mp4
index_first one.mp4 first.mp4
half first.mp4 half.mp4
cp one.mp4 flipped.mp4
middle=$(($(stat -c %s one.mp4) / 3))
for ((i = 0; i < 40; i++)); do patch flipped.mp4 $((middle + 97 * i)) '\xa5\x5a\xff\x00\xff'; done
dataset "$good
$(entry whole first.mp4 && entry half half.mp4 && entry last last.mp4 && entry flipped flipped.mp4)"
run s.yaml -o damaged -j2
expect 3 "clip “last” (set, as-recorded):" "an mp4 cut before its index is a failed replay: exit status 3"
expect 3 "last.mp4" "and the file is named"
result "$([ "$(status_of damaged last)" = failed ]; echo $?)" "it is failed in the results"
result "$([ "$(status_of damaged one)" = done ] && [ "$(status_of damaged two)" = done ]; echo $?)" "the good ones are done"
result "$([ "$(status_of damaged whole)" = done ]; echo $?)" "so is one with its index in front"
result "$(grep -q '“whole”' log; echo $((1 - $?)))" "about which nothing is said"
chain() { # folder clip
    awk -v clip="\"$2\"," '$1 == "\"clip\":" {here = $2 == clip} here && $1 == "\"luma_chain\":" {print $2; exit}' "$1/results.json"
}
result "$([ -n "$(chain clean one)" ] && [ "$(chain clean one)" = "$(chain damaged whole)" ] && [ "$(chain clean one)" = "$(chain damaged one)" ]; echo $?)" \
    "the order of a file's parts does not change a picture"
result "$([ "$(status_of damaged half)" != "" ] && [ "$(chain damaged half)" != "$(chain clean one)" ]; echo $?)" "half a clip is not taken for the whole"
awk '$1 == "\"clip\":" {here = $2 == "\"half\","} here && /"truncated": true/ {found = 1} END {exit !found}' damaged/results.json
result $? "half of an mp4 with the index in front is known to be cut"
for kept in one two; do
    for key in luma_chain frames; do
        a=$(awk -v clip="\"$kept\"," -v key="\"$key\":" '$1 == "\"clip\":" {here = $2 == clip} here && $1 == key {print $2; exit}' clean/results.json)
        b=$(awk -v clip="\"$kept\"," -v key="\"$key\":" '$1 == "\"clip\":" {here = $2 == clip} here && $1 == key {print $2; exit}' damaged/results.json)
        result "$([ -n "$a" ] && [ "$a" = "$b" ]; echo $?)" "$key of clip “$kept” is as without the damaged ones"
    done
done
lost=$(figure damaged not_decoded_us) scored=$(figure damaged camera_us)
echo "# scored $scored µs, not decoded $lost µs"
result "$([ "$lost" -gt 5000000 ]; echo $?)" "what was not decoded is counted"
result "$([ "$scored" -ge 36000000 ] && [ "$((scored + lost))" -le 60000000 ]; echo $?)" "and is not in the denominator"
result "$(grep -A 20 '"outcome": "not_scored"' damaged/results.json | grep -q .; echo $?)" "an event that began while nothing was decoded is not judged"
for language in en fr; do
    says "damaged/report.$language.html" "last" "the failed clip is in the report ($language)"
done
awk '/<h[23][^>]*>Jobs that failed/ {here = 1} here && /last/ {found = 1} END {exit !found}' damaged/report.en.html
result $? "under the jobs that failed"
cp damaged/report.en.html first.html
"$VSAUDIT" report damaged >/dev/null 2>&1
cmp -s damaged/report.en.html first.html
result $? "the report can be made again from the results"

# Another file than the manifest's.
sum=$(sha256sum one.mp4 | cut -d' ' -f1)
dataset "$(entry one one.mp4 "$sum" && entry two two.mp4 "$sum")"
run s.yaml -o integrity
expect 5 "clip “two” (set, as-recorded):" "a wrong SHA-256 is a fault of integrity: exit status 5"
result "$([ "$(status_of integrity one)" = done ]; echo $?)" "the file with the right one is replayed"
cp two.mp4 other.mp4
dataset "$(entry two other.mp4 "${sum//[0-9]/0}")"
run s.yaml -o integrity2
expect 5 "other.mp4" "and the file is named"

# Conditions that would move the picture away from its truth.
dataset "$good"
cp s.yaml moved.yaml
echo 'conditions: [as-recorded, {id: turned, filter: "hflip"}]' >>moved.yaml
run moved.yaml -o moved
expect 3 "'hflip' is not allowed: it would move the picture" "a condition that moves the picture is refused"

# Wrong files.
sed 's/camera-tampering/camera-tamperin/' s.yaml >wrong.yaml
run wrong.yaml -o wrong
expect 3 "wrong.yaml:4:12: behaviour: found “camera-tamperin”" "an unknown behaviour, with its place"
printf 'schema: vsaudit/scenario/1\nid: [tampering\ntitle: x\n' >bad.yaml
run bad.yaml -o wrong
expect 3 "bad.yaml:3:" "bad YAML, with its line"
run nothing.yaml -o wrong
expect 3 "nothing.yaml" "a scenario that is not there"
[ ! -e wrong ]
result $? "and no folder was made for them"
echo "1..$n"
