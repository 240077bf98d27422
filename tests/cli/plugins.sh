# Systems of kind plugin in whole audits over drawn clips: a good one, and what each fault costs.
# shellcheck shell=bash
set -u
top=$(realpath "$(dirname "$0")/../..")
. "$(dirname "$0")/../drawn.bash"

echo "1..22"
two_clips
compile() { # source library options…
    gcc -shared -fPIC -I "$top/analyzer/include" "${@:3}" "$top/$1" -o "$2" -pthread -lm
}
says() { # folder system: counts and engine, a line each
    python3 - "$1" "$2" <<'PYTHON'
import json, sys
for evaluation in json.load(open(sys.argv[1] + "/results.json"))["scenarios"][0]["evaluations"]:
    if evaluation["system"] == sys.argv[2]:
        print(json.dumps(evaluation["counts"]), json.dumps(evaluation["engine"]), json.dumps(evaluation.get("sweep")), sep="\n")
PYTHON
}

compile analyzer/include/motion_system.c libmotion.so
audit '  - {id: mine, kind: plugin, library: ./libmotion.so, settings: {share: 0.3}, variants: [{id: deaf, settings: {share: 1.5}}]}'
run s.yaml -o one -j1 --format html
expect 0 "6 of 6 replays done" "a plug-in is shown every clip, once for each of its variants"
says one mine >log
status=$?
expect 0 '"hits": 2, "misses": 0, "alerts": 2' "what it alerted is scored"
ok "it is told by its kind" grep -q '"system_kind": "plugin"' one/results.json
expect 0 "\"file\": \"./libmotion.so\", \"sha256\": \"$(sha256sum <libmotion.so | cut -d' ' -f1)\"" "and by the hash of its library"
expect 0 '"name": "motion", "version": "1"' "and by its own name"
ok "a variant is a point of the curve" [ "$(sed -n 3p log | grep -c '"share": "1.5".*"hits": 0')" = 1 ]
ok "the report says in both languages where its alerts come from" grep -q "a library that was shown the pictures" one/report.en.html
ok "in French too" grep -q "bibliothèque à qui l’on a montré les images" one/report.fr.html
run s.yaml -o two -j2
ok "results.json is the same for -j1 and -j2" same_results one two
"$VSAUDIT" report one --bundle bag >log 2>&1 && verify bag
expect 0 "" "a bundle of it verifies, without the library"

# ---- what is said when it is not well
audit '  - {id: gone, kind: plugin, library: libgone.so}'
"$VSAUDIT" check s.yaml >log 2>&1
status=$?
expect 3 "s.yaml:8:39: systems[1].library: found “libgone.so”, expected a shared library" "check misses a library that is not there"
audit '  - {id: none, kind: plugin}'
"$VSAUDIT" check s.yaml >log 2>&1
status=$?
expect 3 "systems[1].library: found no such key" "and a plug-in without one"
# How long they may take to start, and the one that hangs to answer; sanitizers make the host slow.
if [ "${VARIANT:-}" = san ]; then patience=15; else patience=2; fi
printf '#!/bin/sh\n' >libtext.so
audit '  - {id: text, kind: plugin, library: libtext.so}'
"$VSAUDIT" check s.yaml >log 2>&1
status=$?
expect 3 "libtext.so: found no shared library (ELF), expected a plug-in" "check misses a library that is none"
bad() { # id, options for the compiler
    compile tests/faulty_plugin.c "lib$1.so" "${@:2}"
    printf '  - {id: %s, kind: plugin, library: lib%s.so, limits: {start_s: %s, processor_x: 1}}\n' "$1" "$1" $patience
}
audit "  - {id: mine, kind: plugin, library: libmotion.so}
$(bad crashes -DFAULT=CRASH && bad hangs -DFAULT=HANG && bad exits -DFAULT=EXITS && bad version -DFAULT=VERSION && bad other -DOTHER_NAME)
$(bad beyond -DFAULT=BEYOND && bad late -DFAULT=LATE && bad fails -DFAULT=FRAME_FAILS)"
run s.yaml -o bad -j2 --format html
expect 3 "4 of 20 replays done, 16 failed" "bad plug-ins fail, all else is done"
for case in \
    "crashes|the plug-in “libcrashes.so”: it was ended by SIGABRT, expected a “ready”" \
    "hangs|the plug-in “libhangs.so”: it took too long, expected a “ready”" \
    "exits|the plug-in “libexits.so”: it ended with status 7, expected a “ready”" \
    "version|the plug-in “libversion.so”: found version 2 of vsaudit/system.h, expected 1" \
    "other|the plug-in “libother.so”: found no function vsaudit_system, expected it (vsaudit/system.h)" \
    "beyond|alert.onset_us: found 3600100000, expected a time from 0 to 100000" \
    "late|the plug-in “liblate.so”: it alerted after the last clip’s end, expected nothing more" \
    "fails|the plug-in “libfails.so”: frame failed: the picture is too dark"; do
    said=$(says bad "${case%%|*}" | sed -n 2p | python3 -c 'import json,sys; e=json.load(sys.stdin); print(len(e["failures"]), e["failures"][0]["text"])')
    [[ $said == "2 "*"${case#*|}"* ]] && grep -qF "${case#*|}" bad/report.fr.html
    result $? "one that ${case%%|*} is told in one line: $said"
done
