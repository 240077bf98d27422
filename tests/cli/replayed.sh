# An honest bundle is never called altered by the replay: of clips that failed or are missing, of a run without
# observations, of numbered pictures. And nothing that is said of a clip names a folder of the machine.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..14"
pictures=120
mkdir -p private/clips
clip private/clips/good.y4m abcdefgz
head -c 300 private/clips/good.y4m >private/clips/cut.y4m
echo "no video at all" >private/clips/junk.mp4
cp private/clips/good.y4m private/clips/long.y4m
"$VSAUDIT" keygen -o key >/dev/null
audit() { # lines of clips
    printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n%s\n' "$1" >private/set.yaml
    tampering_scenario set.yaml '[{id: reference, kind: reference}]' >private/s.yaml
}
bundle() { # options of run…
    rm -rf out bag
    "$VSAUDIT" run private/s.yaml -o out -q "$@" >/dev/null 2>&1
    "$VSAUDIT" report out --bundle bag --key key -q >/dev/null 2>&1
}
again() { # options of verify…
    "$VSAUDIT" verify bag --key key.pub --replay -j 1 "$@" >log 2>&1
    status=$?
}
good='  - {id: good, file: clips/good.y4m, coverage: {camera-tampering: all}}'
failing="$good
  - {id: cut, file: clips/cut.y4m, coverage: {camera-tampering: all}}
  - {id: junk, file: clips/junk.mp4, coverage: {camera-tampering: all}}
  - {id: long, file: clips/long.y4m, duration_s: 20, coverage: {camera-tampering: all}}
  - {id: away, file: /nowhere/at/all/film.mp4, coverage: {camera-tampering: all}}
  - {id: lost, file: clips/lost.mp4, coverage: {camera-tampering: all}}
  - {id: parts, files: [{file: clips/good.y4m}, {file: clips/gone.y4m}], coverage: {camera-tampering: all}}
  - {id: series, file: \"frames/%04d.jpg\", coverage: {camera-tampering: all}}"

# ---- failures

audit "$failing"
bundle --no-pictures
again --clips private
expect 0 "the results are the same" "clips that failed and clips that are missing: the replay holds"
"$VSAUDIT" run "$PWD/private/s.yaml" -o absolute -q --no-pictures >/dev/null 2>&1
(cd private && "$VSAUDIT" run s.yaml -o ../beside -q --no-pictures >/dev/null 2>&1)
ok "an absolute path gives the same results" same_results out absolute
ok "and so does a call from the folder itself" same_results out beside
ok "no folder of the machine is named" sh -c '! grep -r -l -a -F -e "$PWD" -e "private/" out/results.json absolute/results.json absolute/store.sqlite absolute/*.html absolute/*.csv'
ok "but the files are, as the manifest writes them" grep -q -F '“clips/lost.mp4” is not there' absolute/results.json
ok "the junk too" grep -q -F '"clips/junk.mp4: ' absolute/results.json

# ---- clips that came or went since

cp private/clips/good.y4m private/clips/lost.mp4
again --clips private
expect 0 "1 clip was missing then and at hand now (lost)" "a clip that was missing then may be there now"
rm private/clips/lost.mp4
mkdir less && cp -r private/clips less/ && rm less/clips/junk.mp4
again --clips less
expect 3 "1 clip failed then and cannot be found now (junk)" "of a failed clip that is not at hand that is said"
ok "and nothing is called altered" sh -c '! grep -q ALTERED log'
rm less/clips/good.y4m
again --clips less
expect 3 "not replayed: 1 clip is not at hand (good)" "a good clip that is not at hand ends the replay" 
rm -rf less

# ---- numbered pictures

mkdir private/frames
for ((i = 1; i <= 12; i++)); do
    { printf 'P5\n64 48\n255\n' && cat luma; } >"private/frames/$(printf %04d "$i").pgm"
done
audit '  - {id: series, file: "frames/%04d.pgm", rate: 10, coverage: {camera-tampering: all}}'
bundle --no-pictures
ok "numbered pictures are read" grep -q '"status": "done"' out/results.json
again --clips private
expect 0 "the results are the same" "numbered pictures are replayed"
again --clips private/frames
expect 0 "the results are the same" "from their own folder too"
again --clips private/clips
expect 3 "not replayed: 1 clip is not at hand (series)" "where they are not at hand that is said"
