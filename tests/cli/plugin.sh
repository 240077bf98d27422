#!/usr/bin/env bash
# Plug-ins (vsaudit/system.h): the process that holds one, by hand; what each fault of a library is told as.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
cd "$SCRATCH"
echo "1..26"
compile() { # source library options…
    gcc -Wall -Wextra -Werror -shared -fPIC -I "$top/analyzer/include" "${@:3}" "$top/$1" -o "$2" -pthread -lm
}
faulty() { # fault: libFAULT.so
    compile tests/faulty_plugin.c "lib$1.so" "-DFAULT=$1"
}
frame() { # time, brightness: a line and 64 bytes
    printf '{"type":"frame","t_us":%s,"duration_us":200000,"width":8,"height":8,"format":"gray","damaged":false,"bytes":64}\n' "$1"
    head -c 64 /dev/zero | tr '\0' "$2"
}
hello='{"type":"hello","protocol":"system/1","harness":"by hand","settings":{"share":0.3}}'
talk() { # clips
    echo "$hello"
    for ((i = 1; i <= $1; i++)); do
        printf '{"type":"clip","clip":"%s","width":8,"height":8,"format":"gray","aspect":1.0,"rate":null,"behaviours":[{"id":"intrusion","zones":{},"lines":{}}]}\n' "$i"
        frame 0 A && frame 200000 z && frame 400000 z
        echo '{"type":"end","t_us":600000}'
    done
}
host() { # library clips: sets status, writes said and log
    talk "${2:-1}" | timeout 20 "$VSAUDIT" plugin-host "$1" >said 2>log
    status=$?
}

# ---- the examples
compile analyzer/include/motion_system.c libmotion.so -std=c99 -pedantic && compile analyzer/include/null_system.c libnull.so -std=c99 -pedantic
result $? "the examples compile"
host ./libmotion.so 2
cat >expected <<'E'
{"type":"hello","protocol":"system/1","name":"motion","format":"gray","width":160,"height":0,"rate":5.0,"version":"1"}
{"type":"ready"}
{"type":"ready"}
{"type":"alert","behaviour":"intrusion","onset_us":200000,"id":"1"}
{"type":"ready"}
{"type":"alert-end","id":"1","end_us":400000}
{"type":"ready"}
{"type":"end"}
E
ok "motion is told when it begins and when it ends, clip by clip" [ "$status $(cat said)" = "0 $(cat expected && sed 1d expected)" ]
ok "and nothing else is said" [ ! -s log ]
hello=${hello/0.3/1.5} host libmotion.so
ok "its settings reach it; a library needs no slash" [ "$status $(grep -c alert said)" = "0 0" ]
hello=${hello/0.3/-1} host libmotion.so
expect 3 "vsaudit plugin-host: libmotion.so: open failed: share: expected more than 0" "what it refuses is told in its words"
host libnull.so
ok "the other example never alerts" [ "$status $(grep -c ready said) $(grep -c '"alert"' said)" = "0 4 0" ]
faulty NONE && host libNONE.so
ok "a sound plug-in alerts" [ "$status $(grep -c '"alert"' said)" = "0 2" ]
faulty TALKS && host libTALKS.so
ok "what a library prints is no part of the talk" [ "$status $(grep -c '"alert"' said) $(grep -c 'here I am\|nonsense' said)" = "0 2 0" ]
ok "it goes to the log" [ "$(grep -c 'here I am\|nonsense' log)" = 4 ]

# ---- no plug-in
refused() { # library words description
    host "$1"
    expect 3 "$2" "$3"
}
refused ./missing.so "plugin-host: ./missing.so: cannot be read: No such file" "no file"
printf '#!/bin/sh\n' >script.so
refused script.so "script.so: found no shared library (ELF), expected a plug-in" "no library at all"
: >empty.so
refused empty.so "empty.so: found no shared library (ELF)" "an empty file"
refused "$VSAUDIT" "cannot be loaded: " "a program"
cp libnull.so arm.so
case $(uname -m) in x86_64) other='\xb7' name=arm64 ;; *) other='\x3e' name=x86-64 ;; esac
printf "$other\\x00" | dd of=arm.so bs=1 seek=18 conv=notrunc 2>/dev/null
refused arm.so "arm.so: found a library for $name with 64 bits, expected one for" "a library for another processor"
head -c 3000 libnull.so >cut.so
refused cut.so "cut.so: found a library that is cut short" "half a library"
compile tests/faulty_plugin.c libother.so -DOTHER_NAME && refused libother.so "libother.so: found no function vsaudit_system, expected it (vsaudit/system.h)" "a library without the function"
faulty VERSION && refused libVERSION.so "libVERSION.so: found version 2 of vsaudit/system.h, expected 1" "a plug-in of another version"
faulty NO_NAME && refused libNO_NAME.so "libNO_NAME.so: found a name or a release that is no text" "a plug-in without a name"
faulty OPENS_NOT && refused libOPENS_NOT.so "libOPENS_NOT.so: open failed: found no licence, expected one" "a plug-in that does not open"
faulty FRAME_FAILS && refused libFRAME_FAILS.so "libFRAME_FAILS.so: frame failed: the picture is too dark" "a picture that fails"

# ---- out of turn
out_of_turn="it alerted outside of frame and clip_end, or from another thread, expected it only during these calls"
faulty EARLY && host libEARLY.so 2
expect 3 "libEARLY.so: $out_of_turn" "an alert of the clip before"
faulty THREAD && refused libTHREAD.so "libTHREAD.so: $out_of_turn" "an alert from another thread"
faulty LATE && refused libLATE.so "libLATE.so: it alerted after the last clip’s end, expected nothing more" "an alert after the end"
faulty NOT_A_NUMBER && refused libNOT_A_NUMBER.so "libNOT_A_NUMBER.so: frame: found a confidence or a box that is no number" "a confidence that is no number"
faulty NOT_UTF8 && refused libNOT_UTF8.so "libNOT_UTF8.so: frame: found text that is no UTF-8" "a label in another encoding"
echo hi | "$VSAUDIT" plugin-host libnull.so >said 2>log
status=$?
expect 3 "found no “hello” of system/1 on standard input" "somebody else at the other end"
