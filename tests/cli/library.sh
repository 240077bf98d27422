# libvsaudit as another program meets it: installed in a folder of its own, found through pkg-config, compiled against; its numbers are those
# of `vsaudit score` of the same data, by every protocol.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1
prefix=$SCRATCH/installed
variant=${VARIANT:-release}
make --no-print-directory install VSAUDIT_HAS_DEPS=1 -o deps PREFIX="$prefix" VARIANT="$variant" >"$SCRATCH/log" 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$SCRATCH/log" | tail -20
result $status "make install installs it"
api() { sed -n "s/^#define VSAUDIT_API_$1 //p" analyzer/include/vsaudit/base.h; }
soname=libvsaudit.so.$(api MAJOR)
library=$prefix/lib/$soname.$(api MINOR)
[ -f "$library" ] && [ "$(readlink "$prefix/lib/$soname")" = "${library##*/}" ] && [ "$(readlink "$prefix/lib/libvsaudit.so")" = "$soname" ]
result $? "library and links are there"
readelf -d "$library" | grep -q "SONAME.*\[$soname\]"
result $? "its soname is that of its headers"

# ---- what it shows and what it needs
nm -D --defined-only "$library" | awk '{print $NF}' | sort >"$SCRATCH/exported"
grep -v '^vsaudit_' "$SCRATCH/exported" | sed 's/^/# exported: /'
[ -s "$SCRATCH/exported" ] && ! grep -q -v '^vsaudit_' "$SCRATCH/exported"
result $? "only names that begin with vsaudit_ are exported"
cat "$prefix"/include/vsaudit/{base,score,rule,vsaudit}.h | grep -o -E '\bvsaudit_[a-z_]+\(' | tr -d '(' | sort -u | diff - "$SCRATCH/exported" >"$SCRATCH/differ"
status=$?
sed 's/^/# /' "$SCRATCH/differ"
result $status "they are exactly the functions that the headers declare"
readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -v -E '^(libglib-2\.0|libjansson|libgsl|libgslcblas|libRmath|libm|libc|ld-linux.*)\.so' |
    { [ "$variant" = release ] && cat || grep -v -E '^lib(asan|ubsan|gcov)\.so'; } >"$SCRATCH/needed"
sed 's/^/# needs /' "$SCRATCH/needed"
[ ! -s "$SCRATCH/needed" ]
result $? "it needs GLib, jansson and mathematics alone"
ldd "$library" | grep -E 'libav|libsw|opencv|sqlite|libxml|archive|cairo|sodium|libgio' >"$SCRATCH/heavy"
sed 's/^/# needs in the end /' "$SCRATCH/heavy"
[ ! -s "$SCRATCH/heavy" ]
result $? "nothing of video, vision, databases or files comes with it"

# ---- headers
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
[ "$(pkg-config --modversion vsaudit)" = "$(cat VERSION)" ] && [ "$(pkg-config --variable=prefix vsaudit)" = "$prefix" ]
result $? "pkg-config finds it, in its version"
read -r -a cflags < <(pkg-config --cflags vsaudit)
read -r -a libs < <(pkg-config --libs vsaudit)
[ "$variant" != san ] || libs+=("-fsanitize=address,undefined")
export LD_LIBRARY_PATH=$prefix/lib
headers_compile() { # compiler arguments…
    local header
    for header in "$prefix"/include/vsaudit/*.h; do
        echo "#include <vsaudit/${header##*/}>" | "$@" -Wall -Wextra -pedantic -Werror -fsyntax-only "${cflags[@]}" - >"$SCRATCH/log" 2>&1 || { sed 's/^/# /' "$SCRATCH/log"; return 1; }
    done
}
for standard in c99 c11 c17; do
    headers_compile gcc -std=$standard -x c
    result $? "each header compiles alone as $standard without a warning"
done
for standard in c++11 c++17; do
    headers_compile g++ -std=$standard -x c++
    result $? "and as $standard"
done
! grep -r -E 'glib|gboolean|\bg[A-Z][a-zA-Z]*\b|GError|GArray' "$prefix/include/vsaudit" | grep -v -F "GLib's rule"
result $? "no type of GLib stands in them"

# ---- the example
gcc -std=c99 -Wall -Wextra -pedantic -Werror "${cflags[@]}" "$prefix/share/doc/vsaudit/analyzer/include/example.c" "${libs[@]}" -o "$SCRATCH/example" >"$SCRATCH/log" 2>&1
status=$?
sed 's/^/# /' "$SCRATCH/log"
result $status "the example compiles against the installed library"
g++ -x c++ -Wall -Wextra -Werror "${cflags[@]}" analyzer/include/example.c "${libs[@]}" -o "$SCRATCH/example-c++" >"$SCRATCH/log" 2>&1
status=$?
sed 's/^/# /' "$SCRATCH/log"
result $status "as C++ too"
"$SCRATCH/example" >"$SCRATCH/said" && "$SCRATCH/example-c++" | cmp -s - "$SCRATCH/said"
result $? "and runs"
plugins() { # compiler arguments…
    local example
    for example in null motion; do
        "$@" -Wall -Wextra -pedantic -Werror -shared -fPIC "${cflags[@]}" "$prefix/share/doc/vsaudit/analyzer/include/${example}_system.c" \
            -o "$SCRATCH/lib$example.so" >"$SCRATCH/log" 2>&1 || { sed 's/^/# /' "$SCRATCH/log"; return 1; }
        [ "$(nm -D --defined-only "$SCRATCH/lib$example.so" | awk '{print $NF}')" = vsaudit_system ] || return 1
    done
}
plugins gcc -std=c99 -fvisibility=hidden -x c
result $? "the two plug-ins compile against the installed header, and export their one function"
plugins g++ -std=c++11 -fvisibility=hidden -x c++
result $? "as C++ too"
cat >"$SCRATCH/truth.csv" <<'CSV'
kind,clip,behaviour,start_s,end_s
coverage,a,camera-tampering,0,3600
event,a,camera-tampering,100,130
event,a,camera-tampering,900,930
event,a,camera-tampering,2000,2030
CSV
printf 'clip,behaviour,onset_s\na,camera-tampering,101.5\na,camera-tampering,112\na,camera-tampering,1500\na,camera-tampering,2003\n' >"$SCRATCH/log.csv"
"$VSAUDIT" score --truth "$SCRATCH/truth.csv" --alerts "$SCRATCH/log.csv" -o "$SCRATCH/out" --quiet >/dev/null 2>&1
if command -v python3 >/dev/null; then
    python3 - "$SCRATCH/out/results.json" "$SCRATCH/said" <<'PY'
import json, re, sys
evaluation = json.load(open(sys.argv[1]))["scenarios"][0]["evaluations"][0]
said = open(sys.argv[2]).read().splitlines()
counts = evaluation["counts"]
line = f"hits {counts['hits']}, misses {counts['misses']}, false {counts['false_strict']}, of them repeated {counts['duplicates']}"
assert said[0] == line and counts["hits"] == 2 and counts["duplicates"] == 1, (said[0], line)
rates = evaluation["rates"]
compared = 0
for name, rate in rates.items():
    row = next((row for row in said if row.startswith(name + ":")), None)
    if row is None:
        continue
    compared += 1
    if rate["value"] is None:
        assert row == f"{name}: not defined, {rate['reason']}", (row, rate)
        continue
    numbers = [float(x) for x in re.findall(r"-?[0-9.]+(?:e[-+]?[0-9]+)?$|-?[0-9.]+(?:e[-+]?[0-9]+)?(?=,| to)", row)]
    expected = [rate["value"], rate["interval"]["low"], rate["interval"]["high"]]
    assert all(abs(a - b) <= 1e-8 * max(1, abs(b)) for a, b in zip(numbers, expected)) and len(numbers) == 3, (row, rate)
assert compared >= 6, compared
PY
    result $? "its counts, rates and intervals are those of vsaudit score"
else
    skip "its counts, rates and intervals are those of vsaudit score" "python3 is not installed"
fi

# ---- many clips, every protocol: a program that reads the same files and prints what the library says
cat >"$SCRATCH/reads.c" <<'C'
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vsaudit/vsaudit.h>
enum { CLIPS = 12, MOST = 200 };
static VsauditEvent events[CLIPS][MOST];
static VsauditAlert alerts[CLIPS][MOST];
static size_t event_count[CLIPS], alert_count[CLIPS];
static int64_t time_of(const char *text) { return *text ? (int64_t)(strtod(text, NULL) * 1e6 + 0.5) : VSAUDIT_TIME_UNKNOWN; }
static void split(char *line, char *cells[8])
{
    for (int i = 0; i < 8; i++) {
        cells[i] = line;
        line = line + strcspn(line, ",\n");
        if (*line) *line++ = 0;
    }
}
int main(int argc, char **argv)
{
    char line[256], *cells[8];
    FILE *truth = fopen(argv[argc - 2], "r"), *log = fopen(argv[argc - 1], "r");
    VsauditError error;
    for (int row = 0; fgets(line, sizeof line, truth); row++) {
        split(line, cells); /* kind,clip,behaviour,start_s,end_s,certainty */
        if (row == 0 || strcmp(cells[0], "event") != 0) continue;
        const int clip = cells[1][0] - 'a';
        VsauditEvent *event = &events[clip][event_count[clip]++];
        vsaudit_event_init(event, sizeof *event, NULL);
        event->start_us = time_of(cells[3]), event->end_us = time_of(cells[4]);
        if (strcmp(cells[5], "dont_care") == 0) event->flags = VSAUDIT_EVENT_DONT_CARE;
    }
    for (int row = 0; fgets(line, sizeof line, log); row++) {
        split(line, cells); /* clip,behaviour,onset_s,decided_s,end_s,confidence */
        if (row == 0) continue;
        const int clip = cells[0][0] - 'a';
        VsauditAlert *alert = &alerts[clip][alert_count[clip]++];
        vsaudit_alert_init(alert, sizeof *alert, NULL);
        alert->onset_us = time_of(cells[2]), alert->decided_us = time_of(cells[3]), alert->end_us = time_of(cells[4]);
        if (*cells[5]) alert->confidence = strtod(cells[5], NULL);
    }
    const VsauditOption ilids[] = {{"window", "10"}, {"recall_bias", "0.5"}};
    const VsauditSpan covered = {0, 1800000000};
    const char *id;
    for (size_t p = 0; (id = vsaudit_protocol_id(p)) != NULL; p++) {
        VsauditScoring *scoring = NULL;
        VsauditScore *score = NULL;
        VsauditCounts c;
        VsauditFigure f;
        if (vsaudit_scoring_new(id, ilids, strcmp(id, "ilids") == 0 ? 2 : 0, &scoring, &error) != VSAUDIT_OK) return fprintf(stderr, "%s\n", error.message), 1;
        for (int i = 0; i < CLIPS; i++) {
            VsauditClip clip;
            vsaudit_clip_init(&clip, sizeof clip, NULL);
            clip.duration_us = 1800000000;
            clip.coverage = &covered, clip.coverage_count = 1;
            clip.events = events[i], clip.event_count = event_count[i], clip.event_size = sizeof events[i][0];
            clip.alerts = alerts[i], clip.alert_count = alert_count[i], clip.alert_size = sizeof alerts[i][0];
            if (vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error) != VSAUDIT_OK) return fprintf(stderr, "%s\n", error.message), 1;
        }
        if (vsaudit_scoring_score(scoring, &score, &error) != VSAUDIT_OK || vsaudit_score_counts(score, &c, sizeof c, &error) != VSAUDIT_OK)
            return fprintf(stderr, "%s\n", error.message), 1;
        printf("%s events %" PRId64 "\n%s hits %" PRId64 "\n%s misses %" PRId64 "\n%s alerts %" PRId64 "\n%s false %" PRId64 "\n%s duplicates %" PRId64
               "\n%s not_scored %" PRId64 "\n%s ignored %" PRId64 "\n%s ends_assumed %" PRId64 "\n",
               id, c.events, id, c.hits, id, c.misses, id, c.alerts, id, c.false_strict, id, c.duplicates, id, c.alerts_not_scored, id, c.ignored, id, c.ends_assumed);
        for (size_t i = 0; vsaudit_score_figure(score, i, &f, sizeof f, NULL) == VSAUDIT_OK; i++)
            printf("%s figure %s %.17g %.17g %.17g %s\n", id, f.name, f.value, f.low, f.high, f.reason ? f.reason : "-");
        vsaudit_score_free(score);
        vsaudit_scoring_free(scoring);
    }
    return 0;
}
C
gcc -std=c99 -Wall -Wextra "${cflags[@]}" "$SCRATCH/reads.c" "${libs[@]}" -o "$SCRATCH/reads" >"$SCRATCH/log" 2>&1
status=$?
sed 's/^/# /' "$SCRATCH/log"
result $status "a program that reads files of its own compiles"
awk -v truth="$SCRATCH/truth.csv" -v log_="$SCRATCH/log.csv" 'BEGIN {
    srand(20230412)
    print "kind,clip,behaviour,start_s,end_s,certainty" >truth
    print "clip,behaviour,onset_s,decided_s,end_s,confidence" >log_
    for (i = 0; i < 12; i++) {
        clip = substr("abcdefghijkl", i + 1, 1)
        print "coverage," clip ",camera-tampering,0,1800," >truth
        for (start = 20 + int(rand() * 60); start < 1700; start += 40 + int(rand() * 200)) {
            length_ = 1 + int(rand() * 30)
            print "event," clip ",camera-tampering," start "," start + length_ "," (rand() < 0.1 ? "dont_care" : "") >truth
            while (rand() < 0.6) {
                onset = start + int(rand() * 20)
                print clip ",camera-tampering," onset "." int(rand() * 900 + 100) "," (rand() < 0.5 ? onset + 3 : "") "," (rand() < 0.7 ? onset + 5 + int(rand() * 20) : "") "," int(rand() * 1000) / 1000 >log_
            }
        }
        for (k = int(rand() * 6); k > 0; k--)
            print clip ",camera-tampering," int(rand() * 1790) ".25,,," int(rand() * 1000) / 1000 >log_
    }
}'
"$SCRATCH/reads" "$SCRATCH/truth.csv" "$SCRATCH/log.csv" >"$SCRATCH/said"
result $? "and runs"
for protocol in eval-2 eval-1; do
    printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n' >"$SCRATCH/set.yaml"
    for clip in a b c d e f g h i j k l; do printf '  - {id: %s, duration_s: 1800}\n' $clip; done >>"$SCRATCH/set.yaml"
    printf 'truth: [truth.csv]\n' >>"$SCRATCH/set.yaml"
    printf 'schema: vsaudit/scenario/1\nid: t\ntitle: T\nbehaviour: camera-tampering\ndataset: set.yaml\nprotocol: %s\nsystems: [{id: v, kind: alerts, path: log.csv}]\n' $protocol >"$SCRATCH/t.yaml"
    "$VSAUDIT" score "$SCRATCH/t.yaml" -o "$SCRATCH/out-$protocol" --protocols 'all,ilids(window=10,recall_bias=0.5)' --quiet >"$SCRATCH/log" 2>&1 || sed 's/^/# /' "$SCRATCH/log"
done
if command -v python3 >/dev/null; then
    python3 - "$SCRATCH" <<'PY'
import json, math, sys
folder = sys.argv[1]
said, figures = {}, {}
for row in open(folder + "/said"):
    words = row.split()
    if words[1] == "figure":
        figures[words[0], words[2]] = (*map(float, words[3:6]), words[6])
    else:
        said[words[0], words[1]] = int(words[2])
def same(a, b):
    return b is None and math.isnan(a) or b is not None and abs(a - b) <= 1e-10 * max(1, abs(b)) # results.json has twelve digits
seen = 0
for own in ("eval-2", "eval-1"):
    evaluation = json.load(open(f"{folder}/out-{own}/results.json"))["scenarios"][0]["evaluations"][0]
    counts = evaluation["counts"]
    for name, key in dict(events="events", hits="hits", misses="misses", false="false_strict", duplicates="duplicates", alerts="alerts", not_scored="not_scored").items():
        assert said[own, name] == counts[key], (own, name, said[own, name], counts[key])
    for name, rate in evaluation["rates"].items():
        if (own, name) not in figures:
            continue
        value, low, high, reason = figures[own, name]
        assert same(value, rate["value"]) and (rate["value"] is None or same(low, rate["interval"]["low"]) and same(high, rate["interval"]["high"])), (own, name, rate)
        assert reason == (rate["reason"] or "-"), (own, name, reason, rate)
        seen += 1
    assert same(figures[own, "latency_median_s"][0], evaluation["latency"]["median_s"])
    assert same(figures[own, "latency_p90_s"][0], evaluation["latency"]["p90_s"])
    clusters = evaluation["clusters"]
    assert same(figures[own, "overdispersion"][0], clusters["overdispersion"])
    by_camera = figures[own, "false_alerts_per_camera_hour_by_camera"]
    assert same(by_camera[1], clusters["bootstrap"]["percentile"]["low"]) and same(by_camera[2], clusters["bootstrap"]["percentile"]["high"])
    if own == "eval-1":
        continue
    for row in evaluation["protocols"]:
        peer = row["id"]
        assert row["scored"], row
        for name, key in dict(events="truths", hits="detections", misses="misses", alerts="alerts", false="false_alarms", ignored="ignored", ends_assumed="ends_assumed").items():
            assert said[peer, name] == row[key], (peer, name, said[peer, name], row[key])
        for name, value in row["figures"].items():
            assert same(figures[peer, name][0], value), (peer, name, value)
            seen += 1
assert seen > 50 and said["eval-2", "hits"] > 50 and said["eval-2", "duplicates"] > 5, (seen, said["eval-2", "hits"])
print("#", seen, "figures compared,", said["eval-2", "hits"], "hits")
PY
    result $? "by every protocol its counts and figures are those of vsaudit score"
else
    skip "by every protocol its counts and figures are those of vsaudit score" "python3 is not installed"
fi
make --no-print-directory uninstall -o deps PREFIX="$prefix" >/dev/null 2>&1
[ ! -e "$prefix/lib" ] && [ ! -e "$prefix/include" ]
result $? "make uninstall takes it away"
echo "1..$n"
