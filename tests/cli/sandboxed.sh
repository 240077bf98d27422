#!/usr/bin/env bash
# Workers are confined: what a clip says cannot open another file, nor the network, and each layer is told: by doctor and in run.json.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../drawn.bash"

echo "1..14"
pictures=120

"$VSAUDIT" doctor >doctor.txt 2>&1
layers() { sed -n "s/^$1 *sandbox: \([a-z]*\) .*/\1/p" doctor.txt | sort | xargs; }
ok "doctor says every layer" [ "$({ layers ok; layers absent; } | xargs -n1 | sort | xargs)" = "calls files loopback memory network number privileges processes" ]

# ---- what runs is confined

mkdir clips elsewhere
clip clips/good.y4m abcdefgz
dataset "  - {id: good, file: clips/good.y4m, coverage: {camera-tampering: all}}"
tampering_scenario set.yaml '[{id: reference, kind: reference}]' >s.yaml
run s.yaml -o out -j 1
expect 0 "1 of 1 replays done" "a clip is replayed"
run_says() { python3 -c "import json; print(' '.join(sorted(json.load(open('out/run.json'))['sessions'][0]['environment']['sandbox']['$1'])))"; }
ok "run.json lists what was held" [ "$(run_says held)" = "$(layers ok)" ]
ok "and what was not" [ "$(run_says missing)" = "$(layers absent)" ]
missing=$(layers absent)
if [ -n "$missing" ]; then
    ok "what is missing is said aloud" grep -q "not held by the sandbox on this machine: " log
else
    ok "nothing is said where all is held" sh -c '! grep -q "not held by the sandbox" log'
fi
ok "results.json names no layer" sh -c '! grep -q -i -e landlock -e seccomp -e sandbox out/results.json'

# A worker that is slow enough to be looked at.
pictures=6000
clip clips/long.y4m abcdefgz
dataset "  - {id: long, file: clips/long.y4m, coverage: {camera-tampering: all}}"
"$VSAUDIT" run s.yaml -o slow -j 1 -q --no-pictures >/dev/null 2>&1 &
parent=$!
seen=none
while kill -0 $parent 2>/dev/null && [ "$seen" = none ]; do
    seen=$(cat /proc/[0-9]*/status 2>/dev/null | awk -v parent=$parent '$1 == "PPid:" {ours = $2 == parent} $1 == "NoNewPrivs:" {new = $2}
        $1 == "Seccomp:" && ours && $2 == 2 && new == 1 {seen = 1} END {print seen ? "confined" : "none"}')
done
kill $parent 2>/dev/null
wait $parent 2>/dev/null
if grep -q "^ok *sandbox: calls" doctor.txt; then
    ok "a worker is seen under a filter, without new privileges" [ "$seen" = confined ]
else
    skip "a worker is seen under a filter, without new privileges" "no seccomp here"
fi

# ---- clips that are lists of other files

pictures=120
clip elsewhere/secret.y4m zyxwvuts
python3 -c '
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        open("asked", "a").write(self.path + "\n")
        self.send_response(200); self.end_headers(); self.wfile.write(open("elsewhere/secret.y4m", "rb").read())
    def log_message(self, *words): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
open("port.part", "w").write(str(server.server_port))
import os; os.rename("port.part", "port")
server.serve_forever()' &
server=$!
for ((i = 0; i < 100; i++)); do [ -s port ] && break; sleep 0.1; done
url="http://127.0.0.1:$(cat port)/secret.y4m"
list() { # file, what it names
    case $1 in
    *.m3u8) printf '#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\n%s\n#EXT-X-ENDLIST\n' "$2" >"clips/$1" ;;
    *) printf 'ffconcat version 1.0\nfile %s\n' "$2" >"clips/$1" ;;
    esac
}
list file.m3u8 "$SCRATCH/elsewhere/secret.y4m"
list passwd.m3u8 "file:///etc/passwd"
list web.m3u8 "$url"
list file.ffconcat "../elsewhere/secret.y4m"
list passwd.ffconcat "/etc/passwd"
list web.ffconcat "$url"
all=$(for name in file.m3u8 passwd.m3u8 web.m3u8 file.ffconcat passwd.ffconcat web.ffconcat; do
    echo "  - {id: ${name/./-}, file: clips/$name, coverage: {camera-tampering: all}}"
done)
dataset "$all
  - {id: good, file: clips/good.y4m, coverage: {camera-tampering: all}}"
run s.yaml -o lists
for name in file.m3u8 passwd.m3u8 web.m3u8 file.ffconcat passwd.ffconcat web.ffconcat; do
    expect 3 "clip “${name/./-}” (set, as-recorded):" "a list that names what is not its own is no clip: $name"
done
kill $server
wait $server 2>/dev/null
ok "the network was not asked, the other clip was, and no file's words got out" \
    sh -c '[ ! -e asked ] && grep -q "\"status\": \"done\"" lists/results.json && ! grep -q -r "root:" log lists'
