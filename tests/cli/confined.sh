# An audit may come from a stranger: it must not have the reader's own files printed, copied or quoted.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..80"
pictures=30
mkdir audit elsewhere
clip audit/a.y4m abcdefgz
"$VSAUDIT" keygen -o key >/dev/null
"$VSAUDIT" keygen -o audit/inside.key >/dev/null
cp key audit/poster.txt
echo "root:x:0:0: a private line" >private
echo "a private line" >elsewhere/words.txt
echo "the poster" >audit/words.txt
ln -s ../key audit/link.txt
ln -s ../private audit/link.csv
ln -s ../elsewhere/words.txt audit/away.txt
ln -s words.txt audit/near.txt
printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n' >audit/ssh.txt
printf 'PuTTY-User-Key-File-3: ssh-ed25519\n' >audit/putty.txt
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3\n' >elsewhere/truth.csv
cp elsewhere/truth.csv audit/truth.csv
printf 'clip,onset_s,behaviour\na,1,camera-tampering\n' >audit/log.csv
cp audit/log.csv elsewhere/log.csv

write() { # truth, log, public information, replies, perception
    printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\ntruth: ["%s"]\nclips:\n  - {id: a, file: a.y4m, duration_s: 3}\n' "$1" >audit/set.yaml
    printf 'schema: vsaudit/scenario/1\nid: one\ntitle: {en: T, fr: T}\nbehaviour: camera-tampering\ndataset: set.yaml\nsystems: [{id: v, kind: alerts, path: "%s"}]\n%s\n' "$2" "${5:-}" >audit/s.yaml
    printf 'schema: vsaudit/audit/1\nid: all\ntitle: {en: A, fr: A}\nscenarios: [s.yaml]\n%s\n%s\n' "${3:-}" "${4:-}" >audit/audit.yaml
}
evidence() { write truth.csv log.csv "public_information: {purposes: {text: x, evidence: \"$1\"}}"; }
reply() { write truth.csv log.csv "" "replies: [{from: V, role: vendor, date: 2024-01-01, file: \"$1\"}]"; }
opinion() { write truth.csv log.csv "" "opinions: [{from: V, date: 2024-01-01, file: \"$1\"}]"; }
silent() { ! grep -q -r "private line\|PRIVATE KEY" log out.txt err.txt run 2>/dev/null; }
refused() { # description, words
    for command in check "run -q -o run" "score -q -o run"; do
        # shellcheck disable=SC2086
        "$VSAUDIT" $command audit/audit.yaml >out.txt 2>err.txt
        status=$?
        cp err.txt log
        [ "$status" -eq 3 ] && grep -q -F -- "$2" log && silent
        result $? "$1 (${command%% *})"
        [ "$status" -eq 3 ] || sed 's/^/# /' log
        rm -rf run
    done
}
unreported() { # after a refusal: there is nothing to report or to bundle
    "$VSAUDIT" run audit/audit.yaml -q -o run >out.txt 2>err.txt
    refuse "$1: nothing to report" 3 "no run there" "$VSAUDIT" report run
    refuse "$1: nothing to bundle" 3 "found no finished run" "$VSAUDIT" report run --bundle bag
    [ ! -e bag ] && silent
    result $? "$1: nothing is written"
    rm -rf run
}
taken() { # description, options…
    local what=$1
    shift
    "$VSAUDIT" check audit/audit.yaml "$@" >out.txt 2>err.txt
    status=$?
    result "$status" "$what"
    [ "$status" -eq 0 ] || sed 's/^/# /' err.txt
}
for kind in evidence reply opinion; do
    $kind ../key
    refused "$kind: ../key" "found “../key”, expected a file in this file’s folder"
    $kind "$SCRATCH/private"
    refused "$kind: an absolute path" "expected a file in this file’s folder"
done
evidence ../key
unreported "../key"
evidence /etc/passwd
refused "evidence: /etc/passwd" "found “/etc/passwd”, expected a file in this file’s folder"
unreported "/etc/passwd"
evidence link.txt
refused "evidence: a link to a key" "found “link.txt”, expected a file in this file’s folder, links followed"
unreported "a link to a key"
evidence away.txt
refused "evidence: a link that leads away" "expected a file in this file’s folder, links followed"
evidence poster.txt
refused "a key under another name" "holds a secret key"
reply ssh.txt
refused "somebody else's key" "holds a secret key"
opinion putty.txt
refused "a key of PuTTY" "holds a secret key"
write ../key log.csv
refused "truth: ../key" "set.yaml: truth: found “../key”, expected a file in this file’s folder, or a table or YAML by its name"
write link.csv log.csv
refused "truth: a link to a private file" "found “link.csv”, expected a file in this file’s folder, or a table"
write truth.csv /etc/passwd
refused "log: /etc/passwd" "found “/etc/passwd”, expected a file in this file’s folder, or a table"
write poster.txt log.csv
refused "truth: a key in the folder" "found a secret key, expected"
write truth.csv log.csv "" "" "perception: {detector: onnx, model: $SCRATCH/private, labels: ../elsewhere/words.txt}"
"$VSAUDIT" check audit/audit.yaml >out.txt 2>log
status=$?
expect 3 "as model, expected" "network: a private file"
grep -q "found “../elsewhere/words.txt” as labels, expected" log
result $? "and the names of its classes"

evidence words.txt
taken "a file of the folder is taken"
evidence near.txt
taken "so is a link within it"
evidence ../elsewhere/words.txt
taken "and one out of a folder that was given" --allow elsewhere
refuse "a folder that is not there is not allowed" 2 "--allow: found “nowhere”, which is no folder" \
    "$VSAUDIT" check audit/audit.yaml --allow nowhere
write ../elsewhere/truth.csv ../elsewhere/log.csv
taken "tables may lie elsewhere"
evidence ../elsewhere/words.txt
"$VSAUDIT" run audit/audit.yaml -q -o run --allow elsewhere >log 2>&1
[ -s run/results.json ]
result $? "a run with an allowed folder"
for link in no yes; do
    if [ $link = yes ]; then
        evidence away.txt
        "$VSAUDIT" run audit/audit.yaml -q -o run --allow elsewhere >log 2>&1
    fi
    refuse "what a run was allowed, its bundle is not (link: $link)" 3 "elsewhere/words.txt”, which lies elsewhere" \
        "$VSAUDIT" report run --bundle bag
    [ ! -e bag ] && [ ! -e bag.part ]
    result $? "and nothing is left of it"
    "$VSAUDIT" report run -q --bundle bag --allow elsewhere >log 2>&1 && "$VSAUDIT" verify bag >log 2>&1 &&
        ! grep -q -r -F "$SCRATCH" bag/data/inputs && [ -z "$(find bag -name allowed.json)" ]
    status=$?
    result $status "unless it is allowed there too; the places of this machine stay out"
    [ $status -eq 0 ] || sed 's/^/# /' log
    rm -rf bag
done
evidence words.txt
"$VSAUDIT" run audit/audit.yaml -q -o run >log 2>&1
"$VSAUDIT" report run -q --bundle bag >log 2>&1 && [ ! -e run/allowed.json ]
result $? "a run of its own files alone needs no leave"

# ---- clips

of_clip() { # file
    write truth.csv log.csv
    sed -i "s|file: a.y4m|file: \"$1\"|" audit/set.yaml
}
ln -s ../private audit/film.mp4
cp audit/a.y4m elsewhere/a.y4m
cp audit/a.y4m elsewhere/a.film
of_clip "$SCRATCH/private"
refused "a clip that is called none" "expected a file in this file’s folder, or a film or picture by its first bytes or its name"
of_clip film.mp4
refused "a link to such a file" "found “film.mp4”, expected a file in this file’s folder, or a film"
of_clip ../elsewhere/a.y4m
taken "a video may lie elsewhere"
of_clip ../elsewhere/a.film
taken "under any name, by its first bytes"
