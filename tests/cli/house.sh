#!/usr/bin/env bash
# The house: includes point down the list of rooms in analyzer/README.md, every room stands on it, every header
# compiles alone and is guarded by its own name, no type lives in two rooms, a table that fills structs does not compile
# for a member of another type.
# shellcheck shell=bash
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/tap.bash"
cd "$root" || exit 1
echo 1..6

mapfile -t rooms < <(sed -n 's/^| [^|]*| `\([a-z]*\)\/` |.*/\1/p' analyzer/README.md)
mapfile -t there < <(find analyzer -mindepth 2 -maxdepth 2 -type d -printf '%f\n' | sort)
ok "analyzer/README.md lists every room" \
    [ "$(printf '%s\n' "${rooms[@]}" | sort | xargs)" = "${there[*]}" ]

runs_up() {
    grep -roE '^#include "[a-z]+/' analyzer/*/ --include=*.c --include=*.h --include=*.cpp |
        awk -F'[/:"]' -v rooms="${rooms[*]}" '
            BEGIN { n = split(rooms, list, " "); for (i = 1; i <= n; i++) rank[list[i]] = i }
            NF > 4 { from = $3; to = $(NF - 1); if (rank[to] > rank[from] || !(to in rank)) { print; bad = 1 } }
            END { exit bad }'
}
ok "no include points up" runs_up

guarded() {
    local header guard bad=0
    while read -r header; do
        guard=VSAUDIT_$(cut -d/ -f3- <<<"$header" | tr 'a-z/.-' 'A-Z___')
        grep -q "^#ifndef $guard\$" "$header" && grep -q "^#define $guard\$" "$header" || { echo "# $header: expected $guard"; bad=1; }
    done < <(find analyzer -name '*.h')
    return $bad
}
ok "every header is guarded by its own name" guarded

flags=$(for floor in analyzer/*/; do printf -- '-I%s ' "$floor"; done)
libs=$(pkg-config --cflags glib-2.0 gio-unix-2.0 jansson libavformat libavcodec libavutil libavfilter libswscale yaml-0.1 sqlite3 libxml-2.0 cairo libsodium libarchive gsl libRmath)
alone() {
    # shellcheck disable=SC2086
    find analyzer -name '*.h' ! -path '*/products/*' | sort |
        xargs -P2 -I{} sh -c 'gcc -std=c17 -D_GNU_SOURCE -fsyntax-only -x c '"$flags $libs"' {} 2>&1 | grep -E "error" && echo "# {}" && exit 255; true'
}
ok "every header compiles alone" alone

two_rooms() {
    find analyzer -name '*.h' -exec grep -HoE '^\} [A-Z][A-Za-z]+;|^typedef (struct|enum|union) [A-Za-z]+ [A-Z][A-Za-z]+;' {} + |
        sed -E 's#^analyzer/[a-z]+/([a-z]+)/[^:]*:.* ([A-Za-z]+);#\2 \1#' | sort -u | awk '$1 == last && $2 != room { print "# " $1; bad = 1 } { last = $1; room = $2 } END { exit bad }'
}
ok "no type lives in two rooms" two_rooms

# A row of each kind, with the member that it is right for; it must be wrong for all others.
typed() {
    local file=$SCRATCH/typed.c member kind row line=7 bad=0
    local -A right wrong
    cat >"$file" <<'END'
#include "yaml/yaml_table.h"
typedef struct { int64_t n; } Group;
extern const OptionRow group_options[]; extern const YamlTable table; extern const char *const choices[];
typedef struct { bool flag; int64_t whole; double number; char *text; int choice; Group group; unsigned odd;
    TextPair pair; GPtrArray *list; GArray *array; Point point; ParamList *params; } S;

END
    while read -r member kind row; do
        for other in flag whole number text choice group odd pair list array point params; do
            # shellcheck disable=SC2059
            printf "const $kind row_$line[] = { $row };\n" "$other" >>"$file"
            if [ "$other" = "$member" ]; then right[$line]="$row"; else wrong[$line]="$row with $other"; fi
            line=$((line + 1))
        done
    done <<'END'
flag OptionRow BOOL_OPTION("x", S, %s, "true")
whole OptionRow INT_OPTION("x", S, %s, 0, 1, "1", "")
number OptionRow NUMBER_OPTION("x", S, %s, 0, 1, "1", "")
whole OptionRow SECONDS_OPTION("x", S, %s, 0, 1, "1")
text OptionRow STRING_OPTION("x", S, %s, NULL)
choice OptionRow CHOICE_OPTION("x", S, %s, choices, "a")
group OptionRow GROUP_OPTIONS(S, %s, Group, group_options, NULL)
END
    # shellcheck disable=SC2086
    gcc -std=c17 -D_GNU_SOURCE -fsyntax-only -fmax-errors=0 -ftrack-macro-expansion=0 $flags $libs "$file" 2>&1 |
        sed -n 's/^[^ ]*typed.c:\([0-9]*\):.*error:.*/\1/p' | sort -un >"$SCRATCH/refused"
    for line in "${!right[@]}"; do grep -qx "$line" "$SCRATCH/refused" && { echo "# refused: ${right[$line]}"; bad=1; }; done
    for line in "${!wrong[@]}"; do grep -qx "$line" "$SCRATCH/refused" || { echo "# compiles: ${wrong[$line]}"; bad=1; }; done
    [ "${#right[@]}" -gt 6 ] && return $bad
}
ok "a row of a table does not compile for a member of another type" typed
