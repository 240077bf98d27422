# vsaudit verify against forgers who make everything consistent again (tests/resign): files put in, taken out, renamed, listed and
# signed anew, numbers altered under another version's name. None may end with 0; what was done must be named.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"
root=$tree/tests
export XDG_CACHE_HOME=$SCRATCH/cache KEYS=$SCRATCH
if ! command -v python3 >/dev/null || ! command -v openssl >/dev/null; then
    skip "forged bundles" "python3 or openssl is not installed"
    echo "1..$n"
    exit 0
fi

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
scope: these_clips
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
fresh
version
change 'd["scenarios"][0]["evaluations"][0]["exposure"]["camera_us"] += 0.5'
grep -rl '^behaviour: camera-tampering' x/data/inputs/files | xargs sed -i '/^behaviour:/a protocol: eval-99'
resign
verify x
told 5 "exposure.camera_us: found " "a number of another kind, where nothing can be scored again, is told"
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
told 5 "data/alerts.csv" "a list that was cut is not what the tables say"
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
told 4 "NOT VERIFIED: the numbers of this bundle were not verified: data/results.json (new); data/report.en.html." "an honest bundle of another version is not called altered, nor confirmed"
grep -q "1 place of results.json, first “new”" log && grep -q "data/report.en.html: is worded otherwise" log && ! grep -q "no fault was found" log
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
# a time such as 0:03.0 is no number by itself: it is told as other words
shown = list(re.finditer(r'>[^<:]*?([0-9]+)[^<:]*?<' if sys.argv[1].endswith("html") else r'[ ,"]([0-9]+)', text))
one = shown[len(shown) // 2]
open(sys.argv[1], "w", newline="").write(text[:one.start(1)] + str(int(one[1]) + 1) + text[one.end(1):])
PY
    resign
    verify x
    told 5 "data/$file: " "a number altered in $file under another build's name is told"
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

# ---- tables: one number, with line ends or words of another version
row() { # table, column, value: of x, in its last row that has such a cell; with other line ends
    python3 - "x/data/$1" "$2" "$3" <<'PY'
import csv, sys
name, column, value = sys.argv[1:]
rows = list(csv.reader(open(name, newline="")))
place = rows[0].index(column)
[row for row in rows[1:] if row[place]][-1][place] = value
csv.writer(open(name, "w", newline=""), lineterminator="\n").writerows(rows)
PY
}
while read -r table column; do
    fresh
    version
    row "$table" "$column" 0.125
    resign
    verify x
    told 5 ", column $column: says 0.125 where results.json gives" "a number of $table under another version's name is told"
done <<'LIST'
scenarios.csv false_per_hour
claims.csv p_support
alerts.csv onset_s
clips.csv duration_s
curve.csv p_miss
events.csv end_s
LIST
fresh
version
row claims.csv verdict supported
resign
verify x
told 5 ", column verdict: says supported where results.json gives" "so is a verdict"
fresh
version
sed -i '$d' x/data/alerts.csv
resign
verify x
told 5 "says 0 rows where results.json gives 1" "so is a row that was left out"
fresh
version
sed -i '1s/false_per_day,/false_a_day,/; s/$/,7/; 1s/,7$/,new/; s/\r//' x/data/scenarios.csv
resign
verify x
told 4 "NOT VERIFIED: the numbers of this bundle were not verified: data/scenarios.csv" "columns that this version does not know are told, not called altered"
fresh
version
sed -i 's/few errors/few mistakes/; s/1 false alert /7 false alert /g' x/data/report.en.html
resign
verify x
told 5 "data/report.en.html: says 7 where results.json gives 1" "a number beside words of another version is told"
fresh
version
change 'c = d["scenarios"][0]["evaluations"][-1]["claims"][0]["sentence"]; import re; c["en"] = re.sub("[0-9]+", "77", c["en"], count=1)'
resign
verify x
told 5 "sentence.en: found" "so is one in a sentence of results.json"

# ---- inputs that this version cannot score, and results that say what they like
unscored() { # python statements about results.json: of another version with a key that is new
    fresh
    version
    echo "novelty: 1" >>x/data/inputs/files/audit/s.yaml
    change "e = d['scenarios'][0]['evaluations'][-1]; $1"
    resign
    verify x
}
unscored pass
told 4 "NOT VERIFIED: the numbers of this bundle were not verified" "an honest bundle that cannot be scored is told, not called altered"
grep -q "no fault was found" log
result $((1 - $?)) "nor are its numbers called free of fault"
grep -q "Sums: what results.json counts of its own rows" log && grep -q "all [0-9]* files are the same" log
result $? "what can be checked of it is"
unscored 'e["exposure"]["camera_us"] = 3600000000'
told 5 "REFUSED: its numbers do not follow from its own truth and alerts." "a number alone that does not follow from its own rows is refused"
unscored 'e["counts"]["false_strict"] = 0'
told 5 "ALTERED: 6 things are not what this bundle says." "with reports that say another one it is altered"
while IFS='|' read -r statement words; do
    unscored "$statement"
    told 5 "$words" "where nothing can be scored, $words is held against the rest"
done <<'LIST'
e["counts"]["false_strict"] = 0|counts.false_strict: found 0
e["counts"]["misses"] = 0|counts.misses: found 0
e["exposure"]["camera_hours"] = 1000.5|exposure.camera_hours: found 1000.5
e["exposure"]["camera_us"] = 3600000000|exposure.camera_us: found 3600000000
e["rates"]["p_miss"]["numerator"] = 0|rates.p_miss.numerator: found 0
e["rates"]["p_miss"]["value"] = 0.0625|rates.p_miss.value: found 0.0625
e["rates"]["precision"]["interval"]["low"] = 0.875|rates.precision.interval.low: found 0.875
e["per_day"]["value"] = 0.5|per_day.value: found 0.5
e["claims"][0]["observed"]["numerator"] = 77|claims[0].observed.numerator: found 77
e["claims"][0]["p_support"] = 0.01|claims[0].p_support: found 0.01
e["claims"][0]["verdict"] = "supported"|claims[0].verdict: found supported
d["verdict_counts"]["supported"] = 2|verdict_counts.supported: found 2
e["clips"][0]["duration_us"] = 99000000|clips[0].duration_us: found 99000000
d["clips"][0]["conditions"][0]["quality"]["frames"] = 5|quality.frames: found 5
d["clips"].pop(0)|clips: found nothing
d["scenarios"][0]["evaluations"][0]["clips"][0]["alerts"][0]["onset_us"] += 5|alerts[0].onset_us: found
LIST
fresh
version
echo "novelty: 1" >>x/data/inputs/files/audit/s.yaml
row scenarios.csv false_per_hour 0.125
resign
verify x
told 5 "data/scenarios.csv: line" "nor may a table say otherwise than the results"
fresh
version
echo "novelty: 1" >>x/data/inputs/files/audit/s.yaml
sed -i 's/"duration_us":12000000/"duration_us":90000000/g' x/data/replays.jsonl
resign
verify x
told 5 "duration_us: found 12000000, expected 90000000, which follows from data/replays.jsonl" "lengths of replays that were altered are told by the results"

# ---- run.json
facts() { # python statements about run.json, as the variable s its first session
    python3 -c 'import json, sys
d = json.load(open("x/data/run.json"))
s = d["sessions"][0]
exec(sys.argv[1])
open("x/data/run.json", "w").write(json.dumps(d, indent=1, ensure_ascii=False) + "\n")' "$1"
}
while IFS='|' read -r statement words; do
    fresh
    facts "$statement"
    resign
    verify x
    told 5 "$words" "$words in run.json is held against the replays"
done <<'LIST'
s["footage_s"] = 20000.5|footage_s: found 20000.5
s["footage_s"] = 1.5|footage_s: found 1.5
s["jobs"] = 100|jobs: found 100
s["jobs"] = 1|jobs: found 1
s["speed"] = s["speed"] * 2|speed: found
s["finished"] = None|jobs: found 2
d["sessions"].append(dict(s, footage_s=500.5))|footage_s: found 5
LIST

# ---- what is honest
sed 's/$/\r/' our.key.pub >crlf.pub
printf '%s' "$(cat our.key.pub)" >open.pub
verify bag --key crlf.pub
expect 0 "by the key that you trust" "a public key with the line ends of another system is read"
verify bag --key open.pub
expect 0 "by the key that you trust" "so is one whose last line is not ended"
"$VSAUDIT" run audit/s.yaml -o unobserved --no-observations --quiet >log 2>&1
"$VSAUDIT" report unobserved --bundle masked --key our.key --quiet
verify masked --key our.key.pub --replay --clips clips
expect 0 "taken again from the clips; all" "a run that kept no observations is replayed without"
fresh
sed -i 's/"status":"done",/"status":"done","observations":false,/' x/data/replays.jsonl
resign our.key
verify x --replay --clips clips
told 5 "is not the picture that the clips give" "one that kept them is no such run"

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
for signal in TERM KILL; do
    rm -rf tmp
    mkdir tmp
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
