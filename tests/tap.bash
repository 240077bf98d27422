# For the scripts in tests/cli: results in TAP, one line each.
# shellcheck shell=bash
: "${VSAUDIT:?names the program}" "${SCRATCH:?names an empty folder}"
n=0
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) # of the sources
ok() { # description, command… that must succeed
    n=$((n + 1))
    local what=$1
    shift
    if "$@"; then echo "ok $n - $what"; else echo "not ok $n - $what"; fi
}
refuse() { # description, exit status, message on stderr, command…
    local what=$1 status=$2 message=$3
    shift 3
    "$@" >out.txt 2>err.txt
    local got=$?
    if [ "$got" -ne "$status" ] || ! grep -q -F -- "$message" err.txt; then
        echo "# status $got, said: $(head -c 400 err.txt)"
        ok "$what" false
    else
        ok "$what" true
    fi
}
result() { # status, description
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
skip() { # description, reason
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}
expect() { # status, words, description, of the last command: its exit status in $status and what it said in the file log
    local right=0
    # shellcheck disable=SC2154
    [ "$status" -eq "$1" ] && grep -q -F -- "$2" log || right=1
    [ $right -eq 0 ] || { echo "# status $status, expected $1 and “$2”:"; sed 's/^/# /' log; }
    result $right "$3"
}
tampering_scenario() { # dataset, systems, more lines: a scenario of camera tampering, on the standard output
    printf 'schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\nbehaviour: camera-tampering\n'
    printf 'dataset: %s\nsystems: %s\n%s' "$1" "$2" "${3:+$3$'\n'}"
}
tampering_dataset() { # id, title in English, in French, lines of clips: a dataset with its truth in truth.csv, on the standard output
    printf 'schema: vsaudit/dataset/1\nid: %s\ntitle: {en: %s, fr: %s}\ntruth: [truth.csv]\nclips:\n%s\n' "$@"
}
