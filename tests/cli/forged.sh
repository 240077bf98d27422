# vsaudit verify against forgers who make everything consistent again (tests/resign): files put in, taken out, renamed, listed and
# signed anew, numbers altered under another version's name. None may end with 0; what was done must be named.
# shellcheck shell=bash
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/drawn.bash"
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache KEYS=$SCRATCH
unset VSAUDIT_DATA
if ! command -v python3 >/dev/null || ! command -v openssl >/dev/null; then
    skip "forged bundles" "python3 or openssl is not installed"
    echo "1..$n"
    exit 0
fi

verify() { # arguments; sets status, writes log
    "$VSAUDIT" verify "$@" >log 2>&1
    status=$?
}
fresh() { # an untouched copy of the bag, in x
    rm -rf x
    cp -r bag x
}
resign() { # [key]: x is made consistent again; signed by another key than ours unless one is given
    "$root/resign" x "${1-other.key}"
}
change() { # python statements about results.json, as the variable d
    python3 -c 'import json, sys
d = json.load(open("x/data/results.json"))
exec(sys.argv[1])
open("x/data/results.json", "w").write(json.dumps(d, indent=1, ensure_ascii=False) + "\n")' "$1"
}
version() { # x says that another version made it, wherever its program would say so
    local ours
    ours=$(sed -n '1s/^scored by: vsaudit //p' x/data/versions.txt)
    sed -i "s/${ours//./\\.}/9.9.9/g" x/data/*.html x/data/*.md x/data/junit.xml x/data/*.csv
    change 'd["program"]["version"] = "9.9.9"'
    sed -i 's/^scored by: .*/scored by: vsaudit 9.9.9/' x/data/versions.txt
    sed -i 's/^Bag-Software-Agent: .*/Bag-Software-Agent: vsaudit 9.9.9/' x/bag-info.txt
    sed -i 's/^ "program": ".*"/ "program": "9.9.9"/' x/data/inputs/index.json
}
build() { # x says that another build of this version made it
    sed -i 's/^build: .*/build: 0123456789abcdef/' x/data/versions.txt
}
told() { # status, words, description: after verify; and no word that it is sound
    if grep -q "Nothing was altered\|consistent in itself" log; then
        sed 's/^/# /' log
        result 1 "$3"
    else
        expect "$@"
    fi
}

# Two short clips; what an audit can have: a lock, a vendor's log, pictures, two people's judgements.
mkdir audit clips
cd audit || exit 1
pictures=120
clip ../clips/a.y4m abcdefgz
clip ../clips/b.y4m qwertyui
dataset "$(entry a ../clips/a.y4m | sed 's/16, end_s: 24/8, end_s: 12/')
$(entry b ../clips/b.y4m | sed 's/16, end_s: 24/8, end_s: 12/')"
printf 'clip,behaviour,onset_s,confidence\na,camera-tampering,9,0.5\nb,camera-tampering,3.1,0.25\n' >vendor.csv
scenario '  - {id: vendor, kind: alerts, path: vendor.csv}
claims: [{id: few, text: few errors, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 20}}]'
sed -i 's/^conditions: .*/conditions: [as-recorded]/' s.yaml
cd ..
"$VSAUDIT" lock audit/s.yaml --quiet
"$VSAUDIT" run audit/s.yaml -o run --quiet >run.log 2>&1
ran=$?
"$VSAUDIT" keygen -o our.key --quiet >/dev/null
"$VSAUDIT" keygen -o other.key --quiet >/dev/null
[ "$ran" -le 1 ] && "$VSAUDIT" report run --bundle bag --key our.key --quiet && "$VSAUDIT" verify bag --key our.key.pub --quiet
result $? "an honest bundle is whole"
fresh
resign our.key && diff -r x bag
result $? "whoever has the key makes the same bytes by other tools"

# ---- every file: taken out, doubled; some renamed; everything listed and signed anew
while IFS= read -r name; do
    case $name in
        attestation/* | *manifest-sha256.txt | bag-info.txt) continue ;;
        data/evidence/*) # one stands for all
            [ -z "${seen:-}" ] || continue
            seen=yes
            ;;
    esac
    fresh
    rm "x/$name"
    [ "$name" != data/results.json ] || echo '{"scenarios": []}' >x/data/results.json
    resign
    verify x
    told 5 "$name" "$name taken out and signed anew is told"
done < <(cd bag && find . -type f | sed 's|^\./||' | LC_ALL=C sort)
for name in README.txt data/run.json data/replays.jsonl data/alerts.csv data/inputs/index.json data/inputs/files/audit/set.yaml; do
    fresh
    mv "x/$name" "x/$name.old"
    resign
    verify x
    told 5 "$name" "$name renamed and signed anew is told"
done
fresh
(cd x && find . -type f ! -path './attestation/*' | while IFS= read -r name; do cp "$name" "${name%/*}/Copy of ${name##*/}"; done)
resign
verify x
missed=$(cd x && find . -name 'Copy of *' | sed 's|^\./||' | while IFS= read -r name; do grep -q -F "$name: added" ../log || echo "$name"; done)
[ "$status" -eq 5 ] && [ -z "$missed" ]
result $? "every file that was doubled and signed anew is told by its name"
[ -z "$missed" ] || echo "# not told: $missed"
for folder in $(cd bag && find . -type d | sed 's|^\./||; s|^\.$||'); do
    fresh
    echo hello >"x/${folder:+$folder/}new.txt"
    resign our.key
    verify x --key our.key.pub
    told 5 "${folder:+$folder/}new.txt: added" "a file put into /$folder is told, even when the trusted key signed it"
done
for name in attestation/evil.txt attestation/README.txt attestation/statement.json.old; do
    fresh
    echo hello >"x/$name"
    resign our.key
    verify x --key our.key.pub
    told 5 "$name: added" "$name is none of the five files of attestation/"
done
fresh
mkdir x/new x/data/new x/attestation/new
verify x --key our.key.pub
grep -q "^vsaudit verify: new/: added" log && grep -q "data/new/: added" log
result $? "empty folders are told"
told 5 "attestation/new/: added" "wherever they are"
fresh
resign
verify x --key our.key.pub
told 5 "public-key.pem: signed by the key" "the same bundle signed by another key is not ours"
fresh
cp other.key.pub x/attestation/public-key.pem
(cd x && find . -type f ! -path './data/*' ! -name tagmanifest-sha256.txt | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum >tagmanifest-sha256.txt)
verify x
told 5 "attestation/signature.bin: is not a signature of this bag" "a key that was put in place of another is told"

# ---- another version, another build
number='d["scenarios"][0]["evaluations"][0]["counts"]["hits"] = 77'
for key in our.key other.key ""; do
    fresh
    version
    change "$number"
    resign "$key"
    verify x
    told 5 "counts.hits: found 77, expected 2" "a number altered under another version's name is told (signed: ${key:-not})"
done
fresh
version
change "$number"
change 'd["schema"] = "vsaudit/results/9"'
resign
verify x
told 5 "counts.hits: found 77, expected 2" "and under another form's name"
fresh
version
change 'd["scenarios"][0]["evaluations"].pop(0)'
resign
verify x
told 5 "data/results.json: scenarios[0].evaluations" "so is an evaluation that was left out"
fresh
version
change 'd["scenarios"][0]["evaluations"][0]["clips"][0]["alerts"] = []'
resign
verify x
told 4 "CANNOT BE VERIFIED" "a list that was cut is not confirmed"
fresh
version
change 'd["lock"]["state"] = "unlocked"'
resign
verify x
told 5 "lock.state" "the state of the lock is compared, too"
fresh
version
resign
verify x
expect 0 "every number, verdict and name that vsaudit 9.9.9 and this program both write is the same" "another version that writes the same is confirmed"
fresh
version
change 'd["new"] = 5'
sed -i 's/few errors/few mistakes/' x/data/report.en.html
resign
verify x
told 4 "CANNOT BE VERIFIED" "an honest bundle of another version is not called altered, nor confirmed"
grep -q "1 place of results.json, first “new”" log && grep -q "1 of them, first data/report.en.html" log
result $? "and what was not compared is named"
fresh
version
change 'd["schema"] = "vsaudit/results/9"'
resign
verify x
told 4 "cannot be verified by this version" "nor one in a form that this program does not know"
fresh
version
sed -i 's/^behaviour:/behavior:/' x/data/inputs/files/audit/s.yaml
resign
verify x
told 4 "cannot be verified by this version" "nor one whose inputs it cannot read"
fresh
version
PREDICATE='{"sealed": true}' resign
verify x
told 4 "sealed" "a statement that says more than this version knows is not confirmed"
fresh
PREDICATE='{"sealed": true}' resign
verify x
told 5 "predicate.sealed" "under this version's name it is told"
fresh
change 'd["schema"] = "vsaudit/results/9"'
resign
verify x
told 5 "data/results.json: schema" "another form under this version's name is told"
fresh
build
resign our.key
verify x --key our.key.pub
expect 0 "Nothing was altered" "another build that writes the same bytes is confirmed"
fresh
build
sed -i 's/few errors/few mistakes/' x/data/report.en.html
resign
verify x
told 4 "data/report.en.html" "an honest bundle of another build with other words is not called altered"
for file in report.en.html summary.fr.md scenarios.csv junit.xml; do
    fresh
    build
    python3 - "x/data/$file" <<'PY'
import re, sys
text = open(sys.argv[1], newline="").read()
shown = list(re.finditer(r'>[^<]*?([0-9]+)[^<]*?<' if sys.argv[1].endswith("html") else r'[ ,"]([0-9]+)', text))
one = shown[len(shown) // 2]
open(sys.argv[1], "w", newline="").write(text[:one.start(1)] + str(int(one[1]) + 1) + text[one.end(1):])
PY
    resign
    verify x
    told 5 "data/$file: says" "a number altered in $file under another build's name is told"
done
fresh
sed -i 's/few errors/few mistakes/' x/data/report.en.html
resign
verify x
told 5 "data/report.en.html: is not what results.json gives" "under this build's name it is"
fresh
build
change "$number"
resign
verify x
told 5 "counts.hits: found 77, expected 2" "another build's numbers must follow as well"

# ---- tar files
"$VSAUDIT" report run --bundle one.tar --key our.key --quiet
crafted() { # python statements about the members of one.tar, a list m of (TarInfo, bytes)
    python3 - "$1" <<'PY'
import copy, io, sys, tarfile
with tarfile.open("one.tar") as tar:
    m = [(info, tar.extractfile(info).read()) for info in tar]
top = m[0][0].name.split("/")[0]
def entry(name, data=b"", **values):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in values.items(): setattr(info, key, value)
    return info, data
exec(sys.argv[1])
with tarfile.open("x.tar", "w", format=tarfile.PAX_FORMAT) as tar:
    for info, data in m: tar.addfile(info, io.BytesIO(data))
PY
    verify x.tar --key our.key.pub
}
crafted 'pass'
expect 0 "Nothing was altered" "a tar file written by another program is the same bundle"
crafted 'm.append(m[3])'
told 5 "comes twice" "a member that comes twice is told"
crafted 'm.append(entry(top + "/./data/results.json", b"{}"))'
told 5 "/./data/results.json" "a name with a dot is told"
crafted 'm.append(entry(top + "//data/results.json", b"{}"))'
told 5 "//data/results.json" "a name with an empty part is told"
crafted 'm.append(entry(top + "/data/results.json", type=tarfile.DIRTYPE))'
told 5 "data/results.json" "a folder in place of a file is told"
crafted 'm.insert(0, entry(top + "/data/results.json/x", b"x"))'
told 5 "data/results.json" "a file in place of a folder, too"
crafted 'm.append(entry(top + "/data/Results.json", b"{}"))'
told 5 "data/Results.json: added" "a name in other letters is told"
crafted 'm.append(entry(top + "/data/e\u0301.txt", b"{}"))'
told 5 ".txt: added" "so is one with an accent of its own"
crafted 'm.append(entry(top + "/data/hole", type=tarfile.CHRTYPE))'
told 5 "is no file" "a device is told"
crafted 'm.append(entry(top + "/data/hard", type=tarfile.LNKTYPE, linkname=top + "/data/results.json"))'
told 5 "is a link" "a hard link is told"
crafted 'm.append(entry(top + "/data/\x1b[2J\x1b[HResult: Nothing was touched", b"x"))'
raw=$(grep -c $'\x1b' log)
[ "$status" -eq 5 ] && grep -q -F 'data/\x1b[2J' log && [ "$raw" -eq 0 ]
result $? "a name that would draw on the terminal is written out, and told"
crafted 'm.append(entry(top + "/data/\u202etxt.exe", b"x"))'
[ "$status" -eq 5 ] && grep -q -F 'data/\u202etxt.exe' log
result $? "so is one that turns letters around"
{ cat one.tar && tar -c bag/README.txt; } >x.tar
verify x.tar
told 5 "bag/README.txt" "what stands behind the end of a tar file is told"
head -c $(($(stat -c %s one.tar) / 2)) one.tar >x.tar
verify x.tar
told 5 "x.tar" "half a tar file is told"
crafted 'm += [entry(f"{top}/data/evidence/{i}", b"") for i in range(20000)]'
told 5 "data/evidence/0: added" "twenty thousand files more are told"
fresh
truncate -s 70G x/data/alerts.csv
verify x
told 5 "data/alerts.csv" "a file larger than any bundle is told, not read"

# ---- what is no fault of the bundle
(
    ulimit -f 60
    trap '' XFSZ
    exec "$VSAUDIT" verify one.tar
) >log 2>&1
status=$?
told 4 "cannot be unpacked into" "no room for temporary files is the machine's fault, and the place is named"
TMPDIR=$SCRATCH/nowhere "$VSAUDIT" verify one.tar >log 2>&1
status=$?
told 4 "nowhere" "so is a folder for temporary files that is not there"
mkdir tmp
for signal in TERM KILL; do
    TMPDIR=$SCRATCH/tmp "$VSAUDIT" verify bag --replay --clips clips >log 2>&1 &
    process=$!
    for _ in $(seq 400); do
        [ -z "$(ls tmp)" ] || break
        sleep 0.05
    done
    kill -"$signal" "$process" 2>/dev/null
    wait "$process" 2>/dev/null
    for _ in $(seq 400); do
        [ -n "$(ls tmp)" ] || break
        sleep 0.05
    done
    [ -z "$(ls tmp)" ]
    result $? "nothing is left behind by a check that ended by SIG$signal"
done

# ---- other libraries
environment() { # x says that another library decoded
    sed -i 's/"libavcodec": "[^"]*"/"libavcodec": "61.3.100"/' x/data/run.json
}
grep -q '"processor"' bag/data/run.json && grep -q '"opencv"' bag/data/run.json && grep -q '"libswscale"' bag/data/run.json
result $? "a run says by which libraries and on which processor"
verify bag --replay --clips clips
expect 0 "taken again from the clips; all" "the same libraries give the same results and pictures"
picture=$(cd bag/data && ls evidence/*.jpg | head -1)
quantised() { # times: a bundle, in x, whose first picture was written with a coarser quantisation
    rm -rf seen x
    cp -r run seen
    python3 - "seen/$picture" "$1" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = data.index(b"\xff\xdb") + 5
for i in range(1, 64): data[at + i] = min(255, int(float(sys.argv[2]) * data[at + i] + 0.5))
open(sys.argv[1], "wb").write(data)
PY
    "$VSAUDIT" report seen --bundle x --key other.key --quiet
}
quantised 1.1
environment
resign
verify x --replay --clips clips
expect 0 "though libraries or processor may be others" "other libraries that give the same are told"
grep -q "written by another encoder" log
result $? "pictures that another encoder wrote are compared by their pixels"
quantised 9
verify x --replay --clips clips
told 5 "data/$picture: is not the picture" "by the same libraries a picture must be the same"
environment
resign
verify x --replay --clips clips
told 4 "NOT REPRODUCED HERE" "by others one that shows something else is not confirmed"
mkdir other-clips
cp clips/a.y4m other-clips/a.y4m
cp clips/a.y4m other-clips/b.y4m
fresh
environment
resign
verify x --replay --clips other-clips
told 5 "is another file" "another clip is told whatever decodes it"
if command -v sqlite3 >/dev/null; then
    # An honest bundle of a program that saw otherwise: the alerts of the built-in behaviour come 0.2 s later.
    cp -r run other
    sqlite3 other/store.sqlite "UPDATE alert SET onset_us = onset_us + 200000, decided_us = decided_us + 200000, end_us = NULL; UPDATE job SET digest = ''"
    "$VSAUDIT" run audit/s.yaml -o other --resume --quiet >log 2>&1
    "$VSAUDIT" report other --bundle moved --key other.key --quiet
    verify moved
    expect 0 "only --replay shows that the clips give them" "what cannot be told without the clips is said"
    verify moved --replay --clips clips
    told 5 "but the replay gives" "alerts that the clips do not give are told by a replay"
    rm -rf x
    cp -r moved x
    environment
    resign
    verify x --replay --clips clips
    told 4 "cannot be reproduced here: decoded by other libraries (libavcodec 61.3.100 then" "by other libraries nothing is said for or against it"
    sed -i 's/"environment": {/"older": {/' x/data/run.json
    resign
    verify x --replay --clips clips
    told 4 "which libraries decoded then is not known" "nor where it is not known which"

    # ---- the store
    cp -r run edited
    sqlite3 edited/store.sqlite "DELETE FROM alert"
    refuse "alerts that were deleted from the store are told when the run goes on" 5 "is not what its replay gave" "$VSAUDIT" run audit/s.yaml -o edited --resume --quiet
    refuse "and when it is signed" 5 "is not what its replay gave" "$VSAUDIT" report edited --bundle no --key our.key
    rm -rf edited && cp -r run edited
    sqlite3 edited/store.sqlite "UPDATE job SET duration_us = duration_us * 2"
    refuse "so is a length that was changed" 5 "is not what its replay gave" "$VSAUDIT" report edited --bundle no --key our.key
else
    for what in 1 2 3 4 5 6 7; do skip "altered stores, $what" "sqlite3 is not installed"; done
fi

# ---- what the numbers rest on
fresh
a=$(sed -n '1s/.*"file_sha256":"\([0-9a-f]*\)".*/\1/p' x/data/replays.jsonl) b=$(sed -n '2s/.*"file_sha256":"\([0-9a-f]*\)".*/\1/p' x/data/replays.jsonl)
sed -i "s/$a/SWAP/; s/$b/$a/; s/SWAP/$b/" x/data/replays.jsonl
resign
verify x
told 5 "replays.jsonl:1: clip “a”: found a replay of a file with SHA-256" "two clips' hashes that were swapped are told"
fresh
sed -i 's/"looks":\[.*\]/"looks":[]/' x/data/replays.jsonl
resign
verify x
told 5 "found no alerts of system “reference”" "alerts of a built-in behaviour that were left out are told"
fresh
sed -i 's/events: \[{/events: [{behaviour: camera-tampering, start_s: 1, end_s: 2}, {/' x/data/inputs/files/audit/set.yaml
resign
verify x
told 5 "data/results.json" "an event that was put into the truth is told by the numbers"
fresh
change 'd["pictures"]["blur"] = "all"'
resign
verify x
told 5 "pictures.blur" "pictures that are said to be blurred otherwise are told"
fresh
sed -i 's/numbers/figures/' x/README.txt
sed -i 's/the key/any key/' x/README.txt
resign
verify x
told 5 "README.txt: is not what the program writes" "another README is told"
echo "1..$n"
