#!/usr/bin/env bash
# Which files of a folder a draft takes for clips: links, unusual endings, files that are no clip.
set -uo pipefail
# shellcheck source=tests/drawn.bash disable=SC1091
. "$(dirname "$0")/../drawn.bash"
echo 1..30

# shellcheck disable=SC2034 # read by clip
pictures=50
mkdir -p store clips/cam-a/2024-03-12 clips/cam-b clips/frames plain
clip store/one.y4m abc
clip store/two.y4m abd
base64 -d >grey.jpg <<'JPEG'
/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eHg4eTk5ub
m7q6srLZ2eD/////xABKAAEAAAAAAAAAAAAAAAAAAAAAAQEAAAAAAAAAAAAAAAAAAAAAEAEAAAAAAAAAAAAAAAAAAAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgAEAAQ
AwEiAAIRAAMRAP/aAAwDAQACEQMRAD8AAA//2Q==
JPEG

# as git-annex, DVC and shares of recorders have it
ln -s ../../../store/one.y4m clips/cam-a/2024-03-12/morning.mp4
ln -s ../../store/two.y4m clips/cam-b/evening.dav
ln -s ../store/annexed.mp4 clips/gone.mp4
ln -s ../clips clips/round
ln -s ../store/two.y4m clips/again.264
cp store/one.y4m clips/nameless
for _ in 1 2 3 4 5; do cat grey.jpg; done >clips/door.mjpeg
echo 'const a: number = 1' >clips/program.ts
echo 'some notes' >clips/notes
echo 'outs:' >clips/elsewhere.mp4.dvc
head -c 3000 /dev/zero | tr '\0' '\001' >clips/blob
mkfifo clips/pipe.avi
printf 'no video' >clips/broken.mp4
printf 'no video' >clips/$'two\nlines.avi'
cp store/one.y4m clips/.hidden.mkv
cp grey.jpg clips/frames/1.jpg
cp grey.jpg clips/frames/2.jpg

timeout 120 "$VSAUDIT" draft clips -b camera-tampering -o out --watched >log 2>&1
result $? "a folder of links, odd endings and broken files is drafted"
set=out/dataset.yaml
entry_of() { # id: the lines of its entry
    awk -v id="  - id: \"$1\"" '/^  - id:|^#/ {on = $0 == id} on' $set
}
has() { entry_of "$1" | grep -q -F -- "$2"; } # id text
passed() { grep -q -F -- "$1: passed over: $2" log && grep -q -F -- "#   $1: $2" $set; }

ok "the clips, no more and no fewer" test "$(grep -c '^  - id:' $set)" -eq 7
ok "a link to a file is followed" has morning 'duration_s: 5.000'
ok "so is one with an ending of a recorder's own" has evening 'duration_s: 5.000'
ok "what an ending says is not believed over the content" has again 'duration_s: 5.000'
ok "a video without an ending is known by its first bytes" has nameless 'duration_s: 5.000'
ok "a sub-folder's name is the camera" has morning 'camera: "cam-a"'
ok "of each" has evening '    camera: "cam-b"'
ok "a clip beside the sub-folders has none" has nameless '    # camera: which one'
ok "the same bytes are told" has evening 'the same bytes as "again"'
ok "on standard error, too" grep -q 'clips/cam-b/evening.dav: has the same bytes as the clip “again”' log
ok "a stream without a clock gets a rate to be filled in" has door '    rate:  # pictures a second, to be filled in'
ok "and no length, which would hang on it" eval '! entry_of door | grep -q duration_s'
ok "nor coverage" eval '! grep -q "^coverage,door," out/truth.csv'
ok "which is said" grep -q 'clips/door.mjpeg: has no clock of its own' log
ok "a clip that cannot be read is named and stays" has broken 'could not be read when this file was drafted'
ok "a name of two lines gives an id of one" has two-lines 'could not be read'
ok "a link to nothing is named with where it leads" passed clips/gone.mp4 'it is a link to “../store/annexed.mp4”, where nothing is'
ok "a program in TypeScript is no clip" passed clips/program.ts 'it is text'
ok "what only stands for a clip is named" passed clips/elsewhere.mp4.dvc 'it stands for a clip that is not here'
ok "a pipe is not waited for" passed clips/pipe.avi 'it is no regular file'
ok "bytes that nobody can read are named" passed clips/blob 'not a video that can be read'
ok "so is a hidden clip" passed clips/.hidden.mkv 'it is hidden'
ok "and a folder of pictures" passed clips/frames '2 pictures are in it'
ok "notes are not" eval '! grep -q clips/notes log'
refuse "the rate is asked for until it is there" 3 'rate: found nothing, expected a number' "$VSAUDIT" check out/audit.yaml
sed -i 's/^    rate:.*/    rate: 5/' $set
ok "and then all is well" "$VSAUDIT" check out/audit.yaml

cp store/one.y4m plain/a.mp4
"$VSAUDIT" draft plain -b camera-tampering -o flat --quiet >log 2>&1
ok "in a folder without sub-folders nothing is said of cameras" grep -q '    # camera: which one' flat/dataset.yaml
"$VSAUDIT" draft plain plain/a.mp4 ./plain -b camera-tampering -o thrice --quiet >log 2>&1
ok "a file that is named again is one clip" test "$(grep -c '^  - id:' thrice/dataset.yaml)" -eq 1
mkdir empty && echo text >empty/program.ts
refuse "a folder without a clip says what was passed over" 3 'found no video file but those passed over' \
    "$VSAUDIT" draft empty -b camera-tampering -o none
