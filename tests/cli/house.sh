#!/usr/bin/env bash
# The house: includes point down the list of rooms in analyzer/README.md, every room stands on it, every header
# compiles alone and is guarded by its own name, no type lives in two rooms, a table that fills structs does not compile
# for a member of another type.
# shellcheck shell=bash
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/tap.bash"
cd "$root" || exit 1
echo 1..10

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
libs=$(pkg-config --cflags glib-2.0 gio-unix-2.0 jansson libavformat libavcodec libavutil libavfilter libswscale yaml-0.1 sqlite3 libxml-2.0 cairo libsodium libarchive libseccomp libsoup-3.0 libmosquitto gsl libRmath)
alone() {
    # shellcheck disable=SC2086
    find analyzer -name '*.h' ! -path '*/products/*' | sort |
        xargs -P2 -I{} sh -c 'gcc -std=c17 -D_GNU_SOURCE -fsyntax-only -x c '"$flags $libs"' {} 2>&1 | grep -E "error" && echo "# {}" && exit 255; true'
}
ok "every header compiles alone" alone

two_rooms() {
    find analyzer -name '*.h' -exec grep -HoE '^\} [A-Z][A-Za-z]+;|^typedef (struct|enum|union) [A-Za-z]+ [A-Z][A-Za-z]+;|^RESULTS_RECORD\([a-z_]+, [A-Z][A-Za-z]+,' {} + |
        sed -E 's#^analyzer/[a-z]+/([a-z]+)/[^:]*:.* ([A-Za-z]+)[;,]#\2 \1#' | sort -u | awk '$1 == last && $2 != room { print "# " $1; bad = 1 } { last = $1; room = $2 } END { exit bad }'
}
ok "no type lives in two rooms" two_rooms

# A file whose line N is a row of a table, named in right[N] or in wrong[N]: the right ones compile, no other does, and there
# are more right ones than so many.
judge_rows() { # file least
    local line bad=0
    # shellcheck disable=SC2086
    gcc -std=c17 -D_GNU_SOURCE -fsyntax-only -fmax-errors=0 -ftrack-macro-expansion=0 $flags $libs "$1" 2>&1 |
        sed -n "s/^[^ ]*$(basename "$1"):\([0-9]*\):.*error:.*/\1/p" | sort -un >"$SCRATCH/refused"
    for line in "${!right[@]}"; do grep -qx "$line" "$SCRATCH/refused" && { echo "# refused: ${right[$line]}"; bad=1; }; done
    for line in "${!wrong[@]}"; do grep -qx "$line" "$SCRATCH/refused" || { echo "# compiles: ${wrong[$line]}"; bad=1; }; done
    [ "${#right[@]}" -gt "$2" ] && return $bad
}

# A row of each kind, with the member that it is right for; it must be wrong for all others.
typed() {
    local file=$SCRATCH/typed.c member kind row line=7
    local -A right=() wrong=()
    cat >"$file" <<'END'
#include "yaml/yaml_table.h"
typedef struct { int64_t n; } Group; typedef enum { ODD } Odd;
extern const OptionRow group_options[]; extern const YamlTable table; extern const char *const choices[];
typedef struct { bool flag; int64_t whole; double number; char *text; int choice; Group group; Odd odd;
    TextPair pair; GPtrArray *list; GArray *array; Point point; ParamList *params; } S;

END
    while read -r member kind row; do
        for other in flag whole number text choice group odd pair list array point params; do
            # shellcheck disable=SC2059
            printf "const $kind row_$line[] = { $row };\n" "$other" >>"$file"
            if [[ ,$member, = *,$other,* ]]; then right[$line]="$row"; else wrong[$line]="$row with $other"; fi
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
flag YamlField BOOL_FIELD("x", S, %s, .help = "")
whole YamlField INT_FIELD("x", S, %s, .help = "")
number YamlField NUMBER_FIELD("x", S, %s, .help = "")
whole YamlField SECONDS_FIELD("x", S, %s, .help = "")
choice,odd YamlField CHOICE_FIELD("x", S, %s, choices, .help = "")
text YamlField TEXT_FIELD("x", S, %s, .help = "")
text YamlField ID_FIELD("x", S, %s, .help = "")
text YamlField SHA256_FIELD("x", S, %s, .help = "")
pair YamlField PAIR_FIELD("x", S, %s, .help = "")
list YamlField TEXTS_FIELD("x", S, %s, .help = "")
list YamlField LIST_FIELD("x", S, %s, &table, .help = "")
array YamlField NUMBERS_FIELD("x", S, %s, .help = "")
array YamlField POINTS_FIELD("x", S, %s, .help = "")
point YamlField POINT_FIELD("x", S, %s, .help = "")
params YamlField PARAMS_FIELD("x", S, %s, .help = "")
END
    judge_rows "$file" 22
}
ok "a row of a table does not compile for a member of another type" typed

# The same of the tables of results.json: each kind of a line with each kind of a member.
typed_results() {
    local line=8 member row other file=$SCRATCH/results.c
    local -A right=() wrong=()
    cat >"$file" <<'END'
#include "results/fields_internal.h"
struct result_s { const json_t *json; const char *string; ResultsBool flag; int64_t whole; double number;
    const json_t *text; ResultsStrings strings; ResultsTexts texts; ResultsIntegers counts; ResultsNumbers numbers;
    ResultsSpans spans; Box box; ResultsRate record; RESULTS_LIST(ResultsRate) list; ResultsStatements map; bool odd;
    int narrow; };


END
    while read -r member row; do
        for other in string flag whole number text strings texts counts numbers spans box record list map odd narrow; do
            # shellcheck disable=SC2059
            printf "const ResultField row_$line = { $row };\n" "$other" >>"$file"
            if [ "$other" = "$member" ]; then right[$line]="$row"; else wrong[$line]="$row with $other"; fi
            line=$((line + 1))
        done
    done <<'END'
string AT(s, %s, STRING)
string AT(s, %s, WORD)
flag AT(s, %s, BOOL)
whole AT(s, %s, COUNT)
whole AT(s, %s, INTEGER)
whole AT(s, %s, TIME)
number AT(s, %s, NUMBER)
text AT(s, %s, TEXT)
text AT(s, %s, MAP)
strings AT(s, %s, STRINGS)
texts AT(s, %s, TEXTS)
counts AT(s, %s, COUNTS)
numbers AT(s, %s, NUMBERS)
spans AT(s, %s, SPANS)
box AT(s, %s, BOX)
record RECORD_AT(s, %s, rate)
list LIST_AT(s, %s, rate)
map MAP_AT(s, %s, statement)
END
    judge_rows "$file" 17
}
ok "nor does a row of the tables of results.json" typed_results

# Words for people are in reports/texts/: no C file holds French, in letters or in words, but these, which read what French
# people write. A file that holds none is taken off the list.
read_french="
    analyzer/ask/draft/draft_files.c           names of folders that name no camera
    analyzer/ask/draft/draft_folder.c          headings of alert logs
    analyzer/tell/report/html/scenarios.c      quotation marks of the norms, in any language"
french='[àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ«»]|"[^"]*(^|[ "])(la|le|les|une|dans|pour|avec|sur|du|des|aux|est|sont|pas|qui)[ "]'
no_french() {
    LC_ALL=C.UTF-8 grep -rlP "$french" analyzer --include='*.c' --include='*.h' --include='*.cpp' | sort |
        while read -r file; do # comments may quote
            # all is read: a pipe that is closed early would pass for a file without any
            [ "$(gcc -fpreprocessed -dD -E -P -x c "$file" 2>/dev/null | LC_ALL=C.UTF-8 grep -cP "$french")" -gt 0 ] && echo "$file"
        done >"$SCRATCH/holding"
    sort <<<"$read_french" | awk 'NF { print $1 }' >"$SCRATCH/listed"
    diff "$SCRATCH/listed" "$SCRATCH/holding" | sed -n 's/^</# holds no French, take it off the list:/p; s/^>/# holds French:/p' >"$SCRATCH/french"
    cat "$SCRATCH/french"
    [ ! -s "$SCRATCH/french" ] && [ -s "$SCRATCH/listed" ]
}
ok "no C file holds words for French readers" no_french

ok "every text of the reports is asked for" tests/texts-unused
ok "every text keeps to reports/texts/glossary.md and its typography (tests/words)" tests/words
