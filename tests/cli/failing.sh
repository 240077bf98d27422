# A disk that fails once (tests/failing): at each call to a file in turn, every command that writes tells it or has done all that it
# does otherwise. None ends as if all were well with less, and none leaves half a file under a name.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
root=$tree/tests
cd "$SCRATCH" || exit 1
unset VSAUDIT_DATA
export XDG_CACHE_HOME=$SCRATCH/cache
commands=("score" "report" "a bundle" "verify" "lock" "check" "plan" "adjudicate export" "adjudicate import" "compare" "keygen" "import")
if ! command -v python3 >/dev/null || ! ${CC:-gcc} --version >/dev/null 2>&1; then
    for command in "${commands[@]}"; do skip "$command" "python3 or a compiler is not installed"; done
    echo "1..$n"
    exit 0
fi
# shellcheck disable=SC2086
${CC:-gcc} -O1 -shared -fPIC -o failing.so "$root/failing.c" -ldl || exit 1

mkdir audit && cd audit || exit 1
cat >set.yaml <<'YAML'
schema: vsaudit/dataset/1
id: set
licence: CC0-1.0
truth: [truth.csv]
clips:
  - {id: a, camera: hall, duration_s: 36000, attributes: {lighting: day}, coverage: {running: all}}
  - {id: b, camera: door, duration_s: 36000, attributes: {lighting: night}, coverage: {running: all}}
YAML
printf 'kind,clip,behaviour,start_s,end_s\nevent,a,running,1000,1060\nevent,a,running,5000,5060\nevent,b,running,700,760\n' >truth.csv
printf 'clip,behaviour,onset_s,end_s,confidence\na,running,1005,1050,0.9\na,running,9000,9010,0.4\nb,running,701,740,0.8\nb,running,20000,20005,0.3\n' >vendor.csv
cat >s.yaml <<'YAML'
schema: vsaudit/scenario/1
id: street
title: {en: A street, fr: Une rue}
behaviour: running
dataset: set.yaml
systems:
  - {id: vendor, kind: alerts, path: vendor.csv}
  - {id: silent, kind: "null"}
claims:
  - {id: few, text: "few errors", system: vendor, confirmatory: true, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 9}}
YAML
cat >my.yaml <<'YAML'
schema: vsaudit/audit/1
id: mine
title: {en: Mine, fr: Le mien}
scenarios: [s.yaml]
replies:
  - {from: Acme, role: vendor, asked: 2024-03-01, date: 2024-03-09, file: reply.txt, language: fr}
YAML
printf 'Rien à dire.\n' >reply.txt
printf 'schema: vsaudit/alert-map/1\ncolumns: {camera: camera, time: at}\ntime: "%%Y-%%m-%%d %%H:%%M:%%S"\nbehaviour: running\n' >map.yaml
printf 'camera,at\nhall,2024-03-12 08:01:30\nhall,2024-03-12 09:02:30\n' >theirs.csv
printf 'schema: vsaudit/dataset/1\nid: dated\nclips:\n  - {id: a, camera: hall, duration_s: 36000, recorded_at: "2024-03-12T08:00:00"}\n' >dated.yaml
"$VSAUDIT" keygen -o key -q >../log 2>&1
"$VSAUDIT" score my.yaml -o out -q >>../log 2>&1
"$VSAUDIT" adjudicate export out -o list.csv >>../log 2>&1
awk -F, -v OFS=, 'NR > 1 {$8 = "false"} {print}' list.csv >ann.csv
cp ann.csv bob.csv
"$VSAUDIT" report out --bundle bag --key key -q >>../log 2>&1
cd ..
sound() { # description, command…
    local what=$1
    shift
    SCRATCH=$SCRATCH "$root/failing" failing.so audit "$VSAUDIT" "$@" >found
    local status=$?
    grep '^#' found
    result $status "$what: whichever call to the disk fails, it is told"
}
sound score score my.yaml -o new -q
sound report report out -q
sound "a bundle" report out --bundle other --key key -q
sound verify verify bag
sound lock lock my.yaml -o my.lock -q
sound check check my.yaml
sound plan plan my.yaml
sound "adjudicate export" adjudicate export out -o new.csv
sound "adjudicate import" adjudicate import out ann.csv bob.csv
sound compare compare out out --json
sound keygen keygen -o new -q
sound import import alert-log theirs.csv --map map.yaml --dataset dated.yaml -o alerts.csv
echo "1..$n"
