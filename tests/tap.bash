# For the scripts in tests/cli: results in TAP, one line each.
# shellcheck shell=bash
n=0
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
