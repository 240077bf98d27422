# vsaudit report --bundle, keygen, verify: what was published, and whether a byte of it was changed.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../drawn.bash"

flip() { # file byte: another value in one place
    local old
    old=$(tail -c +$(($2 + 1)) "$1" | head -c 1 | od -An -tu1 | tr -d ' ')
    # shellcheck disable=SC2059
    printf "\\x$(printf %02x $((old ^ ${3:-1})))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
manifests() { # folder: makes both manifests anew, as a forger with sha256sum would
    (cd "$1" && find data -type f | LC_ALL=C sort | xargs sha256sum >manifest-sha256.txt &&
        find . -type f ! -path './data/*' ! -name tagmanifest-sha256.txt | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum >tagmanifest-sha256.txt)
}
unsign() { # folder: as if it had never been signed
    rm -f "$1"/attestation/{statement.dsse.json,signed-bytes.bin,signature.bin,public-key.pem}
}

# An audit with a tree of folders, a vendor's log, a lock, and an unpinned clip.
mkdir -p audit/deep audit/lists clips
cd audit || exit 1
clip ../clips/a.y4m abcdefgz
clip ../clips/b.y4m qwertyui
dataset "$(entry a ../clips/a.y4m)
$(entry b ../clips/b.y4m)"
printf 'clip,behaviour,onset_s,confidence\na,camera-tampering,17,0.5\nb,camera-tampering,3.1,0.25\n' >lists/vendor.csv
scenario '  - {id: vendor, kind: alerts, path: ../lists/vendor.csv}
scope: these_clips
claims: [{id: few, text: few errors, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 20}}]'
sed -i 's/^dataset: .*/dataset: ..\/set.yaml/' s.yaml
mv s.yaml deep/
printf 'schema: vsaudit/audit/1\nid: my\ntitle: My audit\nscenarios: [deep/s.yaml]\n' >my.yaml
cd ..
"$VSAUDIT" lock audit/my.yaml --quiet
"$VSAUDIT" run audit/my.yaml -o run --quiet
ran=$?

# ---- keys
"$VSAUDIT" keygen -o our.key >keygen.txt
result $? "keygen writes a pair of keys"
[ "$(stat -c %a our.key)" = 600 ] && [ -s our.key.pub ]
result $? "nobody else may read the secret key"
id=$(sed -n 's/^Key id: *//p' keygen.txt)
cp our.key before.key
refuse "a key is never replaced" 2 "our.key.pub: is there already" "$VSAUDIT" keygen -o our.key
cmp -s our.key before.key
result $? "and is as it was"
"$VSAUDIT" keygen -o other.key --quiet >other.id
chmod 644 before.key
refuse "a secret key that others may read is not used" 3 "before.key: found mode 0644" "$VSAUDIT" report run --bundle none --key before.key
refuse "a public key does not sign" 3 "expected a secret key" "$VSAUDIT" report run --bundle none --key our.key.pub
refuse "nor does --key do anything without --bundle" 2 "found --key without --bundle" "$VSAUDIT" report run --key our.key

# ---- writing
[ "$ran" -le 1 ] && "$VSAUDIT" report run --bundle bag --key our.key >log 2>&1
result $? "report --bundle writes a signed bundle"
rm -rf audit-away && mv audit audit-away
"$VSAUDIT" report run --bundle again --key our.key --quiet && diff -r bag again
result $? "twice the same bytes, and without the audit's own files"
refuse "a bundle is never written over" 2 "bag is there already" "$VSAUDIT" report run --bundle bag
for file in results.json report.fr.html report.en.html alerts.csv run.json replays.jsonl versions.txt commands.txt inputs/files/audit/my.yaml \
    inputs/files/audit/my.yaml.lock inputs/files/audit/deep/s.yaml inputs/files/audit/set.yaml inputs/files/audit/lists/vendor.csv; do
    [ -s "bag/data/$file" ] || echo "# bag/data/$file is not there"
done >lacking
cat lacking
[ ! -s lacking ]
result $? "it holds audit, scenarios, manifests, logs, lock, alerts, results, reports and commands"
! grep -rlaF "$SCRATCH" bag
result $? "and no path of the machine that made it"

# ---- checking
verify bag
expect 0 "by an unknown key, $id" "an untouched bundle is whole; whose key it is, is not known"
verify bag --key our.key.pub
expect 0 "since it was signed by the key that you trust" "with the public key, it is"
verify bag --key "$id"
expect 0 "by the key that you trust" "with the key's id, too"
verify bag --key other.key.pub
expect 5 "attestation/public-key.pem: signed by the key $id, expected the key $(cat other.id)" "another key is told"
(cd bag && sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt)
result $? "sha256sum says that every file is as listed"
if command -v openssl >/dev/null; then
    (cd bag && openssl pkeyutl -verify -pubin -inkey attestation/public-key.pem -rawin -in attestation/signed-bytes.bin \
        -sigfile attestation/signature.bin) >log 2>&1
    result $? "openssl says that the signature is good"
    [ "$(openssl pkey -pubin -in bag/attestation/public-key.pem -outform DER | sha256sum | cut -c1-64)" = "$id" ]
    result $? "and prints the same key id"
    openssl genpkey -algorithm ed25519 -out foreign.key 2>/dev/null && chmod 600 foreign.key &&
        "$VSAUDIT" report run --bundle foreign --key foreign.key --quiet && "$VSAUDIT" verify foreign --quiet
    result $? "a key made by openssl signs, too"
else
    for what in "openssl says that the signature is good" "and prints the same key id" "a key made by openssl signs, too"; do
        skip "$what" "openssl is not installed"
    done
fi
tail -c "$(wc -c <bag/attestation/statement.json)" bag/attestation/signed-bytes.bin | cmp - bag/attestation/statement.json
result $? "what is signed ends with the statement"
if command -v python3 >/dev/null; then
    python3 - <<'PY'
import base64, hashlib, json
envelope = json.load(open("bag/attestation/statement.dsse.json"))
statement = base64.b64decode(envelope["payload"], validate=True)
kind = envelope["payloadType"].encode()
assert b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(statement), statement) == open("bag/attestation/signed-bytes.bin", "rb").read()
assert base64.b64decode(envelope["signatures"][0]["sig"]) == open("bag/attestation/signature.bin", "rb").read()
statement = json.loads(statement)
assert statement["_type"] == "https://in-toto.io/Statement/v1"
for subject in statement["subject"]:
    assert hashlib.sha256(open("bag/" + subject["name"], "rb").read()).hexdigest() == subject["digest"]["sha256"]
assert "manifest-sha256.txt" in {s["name"] for s in statement["subject"]}
PY
    result $? "the envelope and the statement are what the standards say, and speak of these files"
else
    skip "the envelope and the statement are what the standards say, and speak of these files" "python3 is not installed"
fi
"$VSAUDIT" report run --bundle plain --quiet
verify plain
expect 0 "Without a signature" "a bundle without a key is unsigned, and says so"
verify plain --key our.key.pub
expect 5 "the bundle has no signature" "which is not enough where a key is expected"

# ---- every byte counts
while IFS= read -r name; do
    size=$(stat -c %s "bag/$name")
    missed=
    for place in 0 $((size / 2)) $((size - 1)); do
        fresh
        flip "x/$name" "$place"
        verify x
        [ "$status" -eq 5 ] && grep -q -F "$name" log && grep -q "^Result: ALTERED" log || missed="$missed $place"
    done
    [ -z "$missed" ] || { echo "# not told at:$missed"; sed 's/^/# /' log; }
    [ -z "$missed" ]
    result $? "one byte of $name is told, with its name"
done < <(cd bag && find . -type f | sed 's|^\./||' | LC_ALL=C sort)
fresh
flip x/tagmanifest-sha256.txt "$(grep -abo '[a-f]' x/tagmanifest-sha256.txt | head -1 | cut -d: -f1)" 32
verify x
expect 5 "tagmanifest-sha256.txt" "a hash in capital letters is told"
fresh
mv x/data/report.fr.html x/swap && mv x/data/report.en.html x/data/report.fr.html && mv x/swap x/data/report.en.html
verify x
expect 5 "data/report.en.html: holds the bytes of another file: it was swapped with data/report.fr.html" "two files that were swapped are told"
fresh
rm x/data/alerts.csv
verify x
expect 5 "data/alerts.csv: missing" "a file that was taken out is told"
fresh
echo hello >x/data/evil.html
verify x
expect 5 "data/evil.html: added" "a file that was put in is told"
fresh
truncate -s 63 x/attestation/signature.bin
verify x
expect 5 "attestation/signature.bin" "a signature that was cut is told"
manifests x
verify x
expect 5 "attestation/signature.bin: found 63 bytes" "with new manifests, too"

# ---- a forger who makes everything consistent
number() { # file: another count of hits in results.json
    sed -i '0,/"hits": [0-9]*/s/"hits": [0-9]*/"hits": 77/' "$1/data/results.json"
}
fresh
number x
verify x
expect 5 "data/results.json: changed" "a number that was edited is told"
manifests x
verify x
expect 5 "scenarios[0].evaluations[0].counts.hits: found 77, expected" "with new manifests, the first value that differs is told"
grep -q "attestation/statement.json: does not speak of this bag" log
result $? "and that the statement is of another bag"
forge() { # a bundle by somebody who has the program, and changes what it makes: signed with another key
    rm -rf x forged
    cp -r run forged
    number_in=$1
    "$number_in" forged
    "$VSAUDIT" report forged --bundle x --key other.key >log 2>&1
    status=$?
}
in_run() { sed -i '0,/"hits": [0-9]*/s/"hits": [0-9]*/"hits": 77/' "$1/results.json"; }
forge in_run
expect 5 "counts.hits: found 77, expected" "the program makes no bundle of numbers that do not follow"
if command -v python3 >/dev/null; then
    fresh
    unsign x
    number x
    sed -i 's/few errors/few errors!/' x/data/report.en.html
    python3 - <<'PY'
import hashlib, json, os
def sha(name): return hashlib.sha256(open("x/" + name, "rb").read()).hexdigest()
statement = json.load(open("x/attestation/statement.json"))
lines = [l.split("  ", 1)[1].rstrip("\n") for l in open("x/manifest-sha256.txt")]
open("x/manifest-sha256.txt", "w").write("".join(f"{sha(n)}  {n}\n" for n in lines))
for subject in statement["subject"]: subject["digest"]["sha256"] = sha(subject["name"])
open("x/attestation/statement.json", "w").write(json.dumps(statement, separators=(",", ":"), ensure_ascii=False))
tags = sorted(n for n in ["README.txt", "attestation/statement.json", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"])
open("x/tagmanifest-sha256.txt", "w").write("".join(f"{sha(n)}  {n}\n" for n in tags))
PY
    verify x
    expect 5 "counts.hits: found 77, expected" "a forger who makes manifests and statement anew is found by the numbers"
    grep -q "data/report.en.html: is not what results.json gives" log && ! grep -q "does not speak of this bag" log
    result $? "and by the report"
else
    skip "a forger who makes manifests and statement anew is found by the numbers" "python3 is not installed"
    skip "and by the report" "python3 is not installed"
fi
fresh
sed -i 's/camera-tampering,3.1/camera-tampering,20/' x/data/inputs/files/audit/lists/vendor.csv
manifests x
verify x
expect 5 "data/results.json: " "alerts that were edited are told by the numbers"
fresh
sed -i 's/^systems/sytems/' x/data/inputs/files/audit/deep/s.yaml
manifests x
verify x
expect 5 "data/inputs/files/audit/deep/s.yaml" "a scenario that can no longer be read is told with its name"

# ---- hostile bags
hostile() { # words, description
    verify x
    expect 5 "$1" "$2"
    [ "$(grep -c '^vsaudit verify:' log)" -ge 1 ] || echo "# nothing said"
}
fresh
ln -s /etc/passwd x/data/passwd
hostile "“data/passwd” is a link" "a link is refused"
fresh
rm -r x/data/inputs && ln -s /etc x/data/inputs
hostile "“data/inputs” is a link" "a linked folder is refused"
fresh
printf '%064d  data/../../../etc/passwd\n' 0 >>x/manifest-sha256.txt
hostile "leads out of the bag" "a name that leads out is refused"
fresh
printf '%064d  /etc/passwd\n' 0 >>x/manifest-sha256.txt
hostile "is an absolute path" "an absolute name is refused"
fresh
head -1 x/manifest-sha256.txt >>x/manifest-sha256.txt
hostile "is listed twice" "a name that is listed twice is refused"
fresh
printf '%064d  data/\xff\xfe\n' 0 >>x/manifest-sha256.txt
hostile "is not UTF-8" "a name that is not UTF-8 is refused"
fresh
: >$'x/data/\xff'
hostile "is not UTF-8" "a file whose name is not UTF-8 is refused"
fresh
rm x/bagit.txt
hostile "bagit.txt: missing" "a bag without its declaration is told"
fresh
sed -i 's/1\.0/9.9/' x/bagit.txt
hostile "expected BagIt-Version 1.0" "another version of BagIt is told"
fresh
truncate -s 100M x/tagmanifest-sha256.txt
hostile "expected at most" "a huge manifest is not read"
fresh
mkfifo x/data/pipe
hostile "is no file" "a pipe is refused, not read"
mkdir nothing
verify nothing
expect 3 "found no bag" "an empty folder is no bag"
verify nowhere
expect 3 "found no folder of that name" "nor is one that is not there"
fresh
sed -i 's|"files/.*||; s|"deep|"../deep|; s|"audit/my.yaml"|"../../../../audit-away/my.yaml"|' x/data/inputs/index.json
manifests x
verify x
expect 5 "name that cannot be used" "a list of inputs that leads out is refused"
fresh
sed -i 's|\.\./lists|../../../../../../lists|' x/data/inputs/files/audit/deep/s.yaml
manifests x
verify x
[ "$status" -eq 5 ] && ! grep -q "cannot be read.*audit-away" log
result $? "a scenario cannot reach out of the bundle"

# ---- one file
"$VSAUDIT" report run --bundle one.tar --key our.key --quiet && "$VSAUDIT" report run --bundle two --tar --key our.key --quiet && cmp one.tar two
result $? "a tar file is the same bytes twice"
verify one.tar --key our.key.pub
expect 0 "signed by the key that you trust" "and is checked like a folder"
tar -tvf one.tar 2>tar.err | awk '{print $2, $6}' | sort >names && [ ! -s tar.err ] && grep -q "my-bundle/data/results.json" names && ! grep -qv '^0/0 ' names
result $? "tar reads it: owner 0, one folder"
mkdir untarred && tar -xf one.tar -C untarred && diff -r untarred/my-bundle bag
result $? "and it holds the same files"
head -c 30000 one.tar >cut.tar
verify cut.tar
expect 5 "cut.tar: " "a tar file that was cut is told"
verify our.key.pub
expect 3 "found no whole tar archive" "another file is no bag"
mkdir -p t/my && ln -s /etc t/my/data && tar -C t -cf link.tar my
verify link.tar
expect 5 "is a link" "a tar file with a link is refused"
rm -r t && mkdir -p t/my && echo >t/my/a && ln t/my/a t/my/b && tar -C t -cf hard.tar my
verify hard.tar
expect 5 "is a link" "with a hard link, too"
rm -r t && mkdir -p t/my && echo >t/evil && (cd t/my && tar -P -cf ../../up.tar ../evil)
verify up.tar
expect 5 "leads out of the bag" "with a name that leads out, too"
[ ! -e evil ] && [ ! -e /tmp/evil ]
result $? "and nothing is written there"
rm -r t && mkdir -p t/my && echo >t/my/a && tar -C t -cf twice.tar my && tar -C t -rf twice.tar my/a
verify twice.tar
expect 5 "comes twice" "a name that comes twice is refused"

# ---- the clips at hand
verify bag --replay --clips clips -j2
expect 0 "the audit was run again from its clips; the results are the same" "a replay gives the same results"
clip clips/b.y4m other123
verify bag --replay --clips clips -j2
expect 5 "but the replay gives" "another clip under the same name is found by a replay"
rm clips/b.y4m
verify bag --replay --clips clips -j2
expect 3 "not replayed: 1 clip is not at hand (b)" "a clip that is not there is told"
[ -z "$(find bag -newer one.tar -type f)" ] && diff -r bag again
result $? "nothing was written into the bag"

# ---- a score, from files alone
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\nevent,a,camera-tampering,100,160\n' >truth.csv
printf 'clip,behaviour,onset_s\na,camera-tampering,101\na,camera-tampering,900\n' >log.csv
"$VSAUDIT" score --truth truth.csv --alerts "$SCRATCH/log.csv" -o score --quiet && "$VSAUDIT" report score --bundle score-bag --key our.key --quiet
result $? "a score from two files is bundled"
verify score-bag
expect 0 "scored again from the truth and the alerts" "and checked"
verify score-bag --replay
expect 0 "Video: the audit was scored from alert logs; nothing was replayed then or now." "and a replay of it says that there is none"
# A bare environment speaks no language; files have their names all the same.
dataset '  - {id: a, file: a.mp4, duration_s: 3600, coverage: {camera-tampering: all}}'
mv set.yaml données.yaml
printf 'clip,behaviour,onset_s\na,camera-tampering,16\n' >été.csv
tampering_scenario données.yaml '[{id: v, kind: alerts, path: été.csv}]' >bare.yaml
LC_ALL=C "$VSAUDIT" score bare.yaml -o résultat --quiet && LC_ALL=C "$VSAUDIT" report résultat --bundle bare.tar --key our.key --quiet
result $? "names beyond ASCII are bundled where LC_ALL is C"
tar -tf bare.tar --quoting-style=literal >names && grep -q '/été\.csv$' names && grep -q '/données\.yaml$' names
result $? "and stand in the tar file as they are"
LC_ALL=C "$VSAUDIT" verify bare.tar --key our.key.pub >log 2>&1
status=$?
expect 0 "Nothing was altered" "there an honest bundle is whole, too"
LC_ALL=C "$VSAUDIT" score --truth été.csv --alerts été.csv -o x >log 2>&1
status=$?
expect 3 "été.csv:1:16: found the unknown column" "and arguments beyond ASCII are understood"
mkdir old && cp score/results.json old/
refuse "a run without its inputs is told how to get them" 3 "found no copies of its inputs" "$VSAUDIT" report old --bundle old-bag
echo "1..$n"
