# What a manifest states of a clip: its length, its rate, its files, the clock of its truth.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

column() { # folder column: of the reference
    tr -d '\r' <"$1/scenarios.csv" | awk -F, -v wanted="$2" 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == wanted) at = i; next} $2 == "reference" {print $at; exit}'
}
onsets() { # folder
    tr -d '\r' <"$1/alerts.csv" | awk -F, '$2 == "reference" {print $5, $8}'
}
plain() { # the scenario as recorded only
    scenario "" && sed -i '/^conditions/d' s.yaml
}
refused() { # words, description: of check
    "$VSAUDIT" check set.yaml >log 2>&1
    status=$?
    expect 3 "$1" "$2"
}

echo "1..37"
clip whole.y4m ab
plain
E='coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 16, end_s: 24, label: covered}]'

# ---- the stated length
dataset "  - {id: a, file: whole.y4m, duration_s: 24.3, $E}"
run s.yaml -o length --no-pictures
expect 0 "1 of 1 replays done" "a length that is rounded a little is fine"
ok "the clip counts as long as its pictures are" [ "$(column length camera_hours)" = "$(awk 'BEGIN {printf "%.17g", 24 / 3600}')" -o "$(column length camera_hours | cut -c1-9)" = 0.0066666 ]
dataset "  - {id: a, file: whole.y4m, duration_s: 25, $E}"
run s.yaml -o longer --no-pictures
expect 3 "set.yaml:5:1: clip “a”: found 24.000 s from the first picture to the end of the last, expected the 25.000 s that duration_s states (to within 0.500 s)" "a clip that is shorter than stated is refused"
ok "and counts for nothing" [ "$(column longer camera_hours)" = 0 ]
dataset "  - {id: a, file: whole.y4m, duration_s: 20, coverage: {camera-tampering: all}}"
run s.yaml -o shorter --no-pictures
expect 3 "expected the 20.000 s that duration_s states" "so is one that is longer"
dataset "  - {id: a, file: whole.y4m, $(echo "$E" | sed 's/end_s: 24/end_s: 24.4/')}"
run s.yaml -o beyond --no-pictures
expect 0 "1 of 1 replays done" "an end a little beyond the pictures is cut"
ok "the terminal says so" grep -q 'vsaudit run: set.yaml:5: clip “a”: 1 end in its truth lies up to 0.400 s beyond its last picture and is cut to it' log
ok "the report says so" grep -q 'Ends in the ground truth that lie a little outside their clip and were cut to it: a (as-recorded, 0.4 s) at most.' beyond/results.json
ok "the event ends with the clip" grep -q '"end_us": 24000000' beyond/results.json
dataset "  - {id: a, file: whole.y4m, $(echo "$E" | sed 's/end_s: 24/end_s: 25/')}"
run s.yaml -o far --no-pictures
expect 3 "found a true event camera-tampering from 16.000 s to 25.000 s, expected it to end within the clip, which lasts 24.000 s" "one farther beyond is an error"

# ---- the rate of numbered pictures
mkdir pictures
for ((i = 1; i <= 29; i++)); do
    { printf 'P5 64 48 255\n' && yes ab | head -c 3072; } >"pictures/p$(printf %04d $i).pgm"
done
dataset '  - {id: a, file: "pictures/p%04d.pgm", rate: 10, duration_s: 2.9, coverage: {camera-tampering: all}}'
run s.yaml -o rate --no-pictures
expect 0 "1 of 1 replays done" "29 pictures at 10 a second are 2.9 s"
dataset '  - {id: a, file: "pictures/p%04d.pgm", rate: 5, coverage: {camera-tampering: all}}'
run s.yaml -o half-rate --from-observations rate --no-pictures
expect 3 "clip “a” was measured by another rate, or its files began elsewhere; run it from video" "observations by another rate are refused"
dataset '  - {id: a, file: "pictures/p%04d.pgm", duration_s: 2.9, coverage: {camera-tampering: all}}'
run s.yaml -o no-rate --no-pictures
expect 3 "or state the rate: these pictures have no clock of their own" "without the rate they are 1.16 s, which the stated length does not let pass"
dataset '  - {id: a, file: "pictures/p%04d.pgm", rate: 0, coverage: {camera-tampering: all}}'
refused "set.yaml:5:47: clips[0].rate: found “0”, expected a number from 0.001 to 1000" "a rate of 0 is none"

# ---- several files
head -c "$(head -1 whole.y4m | wc -c)" whole.y4m >head.y4m
half=$(((64 * 48 * 3 / 2 + 6) * 120))
{ cat head.y4m && tail -c +"$(($(wc -c <head.y4m) + 1))" whole.y4m | head -c $half; } >one.y4m
{ cat head.y4m && tail -c $half whole.y4m; } >two.y4m
dataset "  - {id: a, files: [one.y4m, two.y4m], duration_s: 24, $E}"
run s.yaml -o files --no-pictures
expect 0 "1 of 1 replays done" "two files that follow each other are one clip"
dataset "  - {id: a, file: whole.y4m, duration_s: 24, $E}"
run s.yaml -o file --no-pictures
ok "with the same alerts as in one file" [ "$(onsets files)" = "$(onsets file)" -a -n "$(onsets files)" ]
ok "and the same hours" [ "$(column files camera_hours)" = "$(column file camera_hours)" ]
ok "results.json has the hash of each" [ "$(grep -c "\"sha256\": \"$(sha256sum <one.y4m | cut -d' ' -f1)\"\|\"sha256\": \"$(sha256sum <two.y4m | cut -d' ' -f1)\"" files/results.json)" -eq 2 ]
P='coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 104, end_s: 112, label: covered}]'
dataset "  - {id: a, files: [one.y4m, {file: two.y4m, start_s: 100}], duration_s: 112, $P}"
run s.yaml -o pause --no-pictures
expect 0 "1 of 1 replays done" "with a pause between"
ok "the pause is not watched" [ "$(column pause camera_hours)" = "$(column file camera_hours)" ]
ok "it is told" [ "$(column pause not_seen_us)" = 88000000 ]
ok "the event is found at its place" [ "$(onsets pause | grep -c 'a 104\.')" -eq 1 -a "$(column pause hits)" = 1 ]
dataset "  - {id: a, recorded_at: 2024-03-12 14:05:30, files: [one.y4m, {file: two.y4m, recorded_at: 2024-03-12 14:07:10}], duration_s: 112, $P}"
run s.yaml -o clock --no-pictures
ok "stated by the camera's clock it is the same pause" [ "$(column clock not_seen_us)" = 88000000 ]
dataset "  - {id: a, files: [one.y4m, three.y4m], $E}"
run s.yaml -o missing --no-pictures
expect 3 "file 2 of 2: “three.y4m” is not there" "a second file that is missing is told, and nothing is scored"
dataset "  - {id: a, files: [{file: one.y4m, recorded_at: 2024-03-12 14:07:00}, {file: two.y4m, recorded_at: 2024-03-12 14:05:00}], $E}"
refused "found a file that begins at -120.000 s after one that begins at 0.000 s, expected the files in the order of time" "files in the wrong order are an error"
dataset "  - {id: a, files: [one.y4m, one.y4m], $E}"
refused "found the file “one.y4m” a second time, expected each file once" "so is the same file twice"
dataset "  - {id: a, file: one.y4m, files: [two.y4m], $E}"
refused "found “file” beside “files”" "and one file beside several"
dataset "  - {id: a, files: [{file: one.y4m, sha256: $(sha256sum <one.y4m | cut -d' ' -f1)}, {file: two.y4m, sha256: $(sha256sum <one.y4m | cut -d' ' -f1)}], $E}"
run s.yaml -o hashes --no-pictures
expect 5 "file 2 of 2: “two.y4m” is not the file that the manifest names" "the hash of the second is looked at"
"$VSAUDIT" check set.yaml >log 2>&1
status=$?
expect 5 "1 clip here with another hash" "by check too"

# ---- what rests on all the files
dataset "  - {id: a, files: [one.y4m, two.y4m], $E}"
"$VSAUDIT" lock s.yaml -o s.lock >log 2>&1
ok "a lock holds both files" [ "$(grep -c '\.y4m"' s.lock)" -eq 2 ]
run s.yaml -o kept --no-pictures
cp two.y4m two.keep && { cat head.y4m && tail -c $half whole.y4m | tr '\025' '\026'; } >two.y4m
run s.yaml -o kept --no-pictures --resume
expect 5 "is no longer the file that was replayed" "a second file that has changed is noticed when a run goes on"
mv two.keep two.y4m
run s.yaml -o signed --no-pictures
"$VSAUDIT" report signed --bundle bag --quiet
mkdir clips && cp one.y4m two.y4m clips
"$VSAUDIT" verify bag --replay --clips clips -j2 >log 2>&1
status=$?
expect 0 "the audit was run again from its clips; the results are the same" "a bundle is run again from both files"
rm clips/two.y4m
"$VSAUDIT" verify bag --replay --clips clips -j2 >log 2>&1
status=$?
expect 3 "not replayed: 1 clip is not at hand (a)" "and not from the first alone"
run s.yaml --lock s.lock -o locked --no-pictures
"$VSAUDIT" report locked --bundle fixed --quiet >log 2>&1
"$VSAUDIT" verify fixed >log 2>&1
status=$?
expect 0 "The bundle is consistent in itself" "a bundle under a lock keeps the hashes of both"
half_hash=$(sha256sum <two.y4m | cut -d' ' -f1)
sed -i "s/$half_hash/$(sha256sum <whole.y4m | cut -d' ' -f1)/" fixed/data/replays.jsonl
"$tree/tests/resign" fixed
"$VSAUDIT" verify fixed >log 2>&1
status=$?
expect 5 "clip “a”: found a replay of a file with SHA-256" "and is refused when a replay says that it was of another second file"

# ---- the clock of the truth
dataset "  - {id: a, file: whole.y4m, times: file_clock, $E}"
run s.yaml -o player --no-pictures
expect 0 "1 of 1 replays done" "truth on the file's clock"
ok "is the same where the file begins with its first picture" [ "$(column player hits):$(column player misses)" = "$(column file hits):$(column file misses)" ]
