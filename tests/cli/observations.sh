# vsaudit run --from-observations: rules over saved observations, without the video; and parameter sweeps.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..22"
clip a.y4m abcdefgz
clip b.y4m azbyc
clip c.y4m "zza az"
dataset "$(entry a a.y4m && entry b b.y4m && entry gone gone.y4m)
  - {id: false-alert, file: c.y4m, coverage: {camera-tampering: all}}"
scenario ""

run s.yaml -o video -j2
expect 3 "9 of 12 replays done" "a run from video, with a clip that is missing"
run s.yaml -o again --from-observations video -j2
expect 3 "9 of 12 replays done" "the same from its observations"
same_results video again
result $? "results.json is the same as from video, missing clip and pictures included"
grep -q '"observations_of": "video"' again/run.json
result $? "run.json says what it was made of"
diff -r video/evidence again/evidence && [ -n "$(ls video/evidence)" ]
result $? "and the evidence pictures are the same"
run s.yaml -o thrice --from-observations again
expect 3 "9 of 12 replays done" "a run from observations can serve in its turn"
same_results video thrice
result $? "with the same results"

# Another parameter: as a run from video would have it, and without the footage.
sed -i 's/kind: reference}/kind: reference, params: {on_delay: 4}}/' s.yaml
run s.yaml -o other --no-pictures
run s.yaml -o other2 --from-observations video --no-pictures
expect 3 "9 of 12 replays done" "another parameter from the same observations"
same_results other other2 && ! cmp -s other/results.json again/results.json
result $? "gives what the video gives with that parameter"
mkdir away && mv ./*.y4m away
run s.yaml -o blind --from-observations video --no-pictures
expect 3 "9 of 12 replays done" "the video may be gone"
same_results other blind
result $? "with the same results"
mv away/*.y4m .

# What was measured must be what would be measured.
scenario "perception: {width: 64}"
run s.yaml -o refused --from-observations video
expect 3 "clip “a” (as-recorded) was measured with other perception settings" "other perception settings are refused"
scenario ""
sed -i 's/gblur=sigma=1/gblur=sigma=2/' s.yaml
run s.yaml -o refused --from-observations video
expect 3 "condition “soft” had another filter graph in that run" "another filter is refused"
scenario ""
cp b.y4m keep.y4m && cp a.y4m b.y4m
run s.yaml -o refused --from-observations video
expect 5 "clip “b” was measured on a file with SHA-256 $(sha256sum <keep.y4m | cut -c1-64), expected $(sha256sum <a.y4m | cut -c1-64)" "another file is refused"
mv keep.y4m b.y4m
run s.yaml -o none --no-observations --no-pictures
run s.yaml -o refused --from-observations none
expect 3 "no observations were saved for clip “a” (as-recorded)" "a run without observations cannot serve"
run s.yaml -o video --from-observations video
expect 2 "found the folder that the run is to be written into" "a run is not written over what it reads"
cp -r video damaged
sed -i 's/./x/' damaged/observations/set.a.dim.*.gz
run s.yaml -o hurt --from-observations damaged
expect 3 ".jsonl.gz:1: found damaged data" "a damaged file of observations costs its clip"

# A sweep tries other values on the same measurements.
scenario ""
sed -i 's/kind: reference}/kind: reference, sweep: {on_delay: [0.5, 1, 4], off_delay: [1, 30]}}/' s.yaml
run s.yaml -o sweep --from-observations video --no-pictures
expect 3 "9 of 12 replays done" "a sweep over two parameters"
[ "$(grep -c '"chosen":' sweep/results.json)" -eq $((6 * 3)) ]
result $? "has a point for every combination, under every condition"
scenario ""
sed -i 's/kind: reference}/kind: reference, params: {on_delay: 4, off_delay: 30}}/' s.yaml
run s.yaml -o single --from-observations video --no-pictures
counts() { # of the first object that begins after the given line
    awk -v from="$1" 'index($0, from) {on = 1} on && /"(events|hits|misses|false_strict)":/ {gsub(/[ ,]/, ""); print; if (++n == 4) exit}' "$2"
}
awk '/"sweep"/ {on = 1} on' sweep/results.json | awk '/"on_delay": "4"/ {on = 1} on' >points.json
[ "$(counts '"off_delay": "30"' points.json | sort)" = "$(counts '"counts"' single/results.json | sort)" ] && [ "$(counts '"counts"' single/results.json | wc -l)" -eq 4 ]
result $? "a point has the figures of a run with these values"
grep -q 'If a parameter were set otherwise' sweep/report.en.html && ! grep -q 'If a parameter were set otherwise' single/report.en.html
result $? "the report shows the curve where there is one"
sed -i 's/params: {on_delay: 4, off_delay: 30}/sweep: {on_delay: [1, x]}/' s.yaml
run s.yaml -o wrong
expect 3 "systems[0].sweep.on_delay: found “x”" "a wrong value is refused with its place"
