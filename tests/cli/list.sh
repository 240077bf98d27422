#!/usr/bin/env bash
# vsaudit list: every kind in its form, and what it refuses.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$SCRATCH" || exit 1
kinds="behaviours, semantics, parameters, protocols, metrics, systems, conditions, probes, formats, law"
has() { # description, kind, whole lines on the standard input that follow each other in the list
    # shellcheck disable=SC2086
    "$VSAUDIT" list $2 >list.txt 2>err.txt && python3 -c '
import sys
listed, wanted = open("list.txt", encoding="utf-8").read(), sys.stdin.read()
sys.exit(0 if "\n" + wanted in "\n" + listed else "# not in the list:\n" + wanted)'
    result $? "$1"
}
has "a behaviour: norm, words, counters" behaviours <<'T'
agitation: Agitation between people
  Two people within “reach” box heights of each other both move to and fro: over “window” the way of the foot point (in steps of 0.2 s, with the changes of the box's height) exceeds the displacement by “restlessness” box heights per second. It is a weak sign of a fight: a dance, a game or a greeting look the same.
  begins: The instant since which this has been so, interruptions of up to “gap_tolerance” aside.
  ends:   The instant since which this is no longer so, once this has lasted “off_delay”, or when the object is seen for the last time.
  alarm:  When it has been so for “on_delay”.
  labels: agitation
  must not be fooled by: hug, sport, dance, running for a train, people meeting, jitter of the boxes
  counts objects: objects of the classes watched that were in the zone
T
has "a product's words: norm, difference, source, parameters" semantics <<'T'
onvif of abandoned-object (ONVIF Analytics Service 20.12: ObjectAbandoned)
  An object that is not part of the normal scene has been in the field for at least the threshold. The specification knows no owner and nobody who attends it; its “Sensitivity” is left to the maker and is not reproduced.
  begins: The instant since which it has stood there.
  ends:   The first picture on which it is gone.
  alarm:  When the threshold is reached, and not before perception reports it as static.
  differs: No owner: a thing that stands there long enough is “abandoned”, whoever is beside it.
  source: https://github.com/onvif/specs/blob/ae44f9e/doc/Analytics.xml
    zone                   default none, text
        Name of the zone that is watched; without it, the whole picture
    stay                   default 10, 0 to 86400 s
        TimeThreshold: the least time for which the thing must have been there
T
has "and this program's own" semantics <<'T'
vsaudit-1: the behaviours' own norms (vsaudit list behaviours), for each of them
T
has "parameters: text, choices, seconds, numbers with a unit" parameters <<'T'
abandoned-object (systems[].params of the kind reference)
    zone                   default none, text
        Name of the zone that is watched; without it, the whole picture
    boundary               default inside, one of inside, outside
        Whether a point on the zone's border is inside or outside
    owner                  default required, one of required, ignored
        Whether the thing must be unattended (required) or the stay alone counts (ignored)
    stay                   default 10, 0 to 86400 s
        How long the thing must have stood there
    unattended             default 8, 0 to 86400 s
        How long nobody must have been near it
    radius                 default 1.5, 0 to 100 box heights
        Who is nearer than this is with the thing; heights of the person's own box
T
"$VSAUDIT" list parameters >list.txt
ok "perception's are among them" grep -q -x -F 'perception (perception: of a scenario)' list.txt
ok "and a switch" grep -q ' default \(true\|false\), true or false$' list.txt
"$VSAUDIT" list protocols >list.txt
ok "a protocol has its title" grep -q -x 'eval-1: Alerts against events, one to one, by onset' list.txt
ok "its parameters" grep -q -x -F '    pre                    default 2, 0 to 3600 s' list.txt
ok "a number without a unit" grep -q -x '    [a-z_]*  *default [0-9.]*, [0-9.e+]* to [0-9.e+]*' list.txt
ok "and what must be given" grep -q -x '    recall_bias            must be given, [0-9.]* to [0-9.e+]*' list.txt
"$VSAUDIT" list metrics >list.txt
ok "metrics, one a line" eval 'grep -q -x p_miss list.txt && grep -q -x precision list.txt && ! grep -q " " list.txt'
has "kinds of systems" systems <<'T'
alerts     a log of alerts in the native CSV or JSON form, as a vendor's product wrote it
T
has "conditions" conditions <<'T'
as-recorded  the clip as it is
any other    {id: …, filter: …} with a graph of libavfilter, applied to every picture in colour and
             before it is scaled, such as "eq=brightness=-0.3,gblur=sigma=2"
T
has "formats with their files" formats <<'T'
junit  junit.xml
       for CI: a refuted claim or a probe that was not passed is a failure, a failed job an error
T
"$VSAUDIT" list --help >list.txt
ok "the help has every kind" eval 'for kind in ${kinds//,/}; do grep -q "^  $kind  *[a-z]" list.txt || exit 1; done'
ok "and what comes with a word more" grep -q -x '  schema KIND the JSON Schema of a YAML file .*' list.txt

files="results, audit, scenario, dataset, catalogue, alert-map, scene"
ok "the schema of each file" eval 'for kind in ${files//,/}; do "$VSAUDIT" list schema $kind | python3 -c "import json, sys; sys.exit(not json.load(sys.stdin)[\"\$schema\"])" || exit 1; done'
ok "each its own" [ "$(for kind in ${files//,/}; do "$VSAUDIT" list schema "$kind" | sha256sum; done | sort -u | wc -l)" = 7 ]
ok "the completions know the kinds" eval 'for shell in bash zsh fish; do "$VSAUDIT" list completion $shell | grep "behaviours.*semantics.*formats.*schema" >/dev/null || exit 1; done'
commands=$("$VSAUDIT" --help | sed -n '/^Commands:/,/^$/p' | awk '/^  [a-z]/ {print $1}')
"$VSAUDIT" list man >man.txt
ok "the manual has each command once" [ "$(sed -n 's/^\.SS vsaudit \([a-z-]*\) .*/\1/p' man.txt)" = "$commands" ]
has "and a command's options, as they are written" man <<'T'
.SS vsaudit keygen \-o KEY
make a key to sign evidence bundles with
.TP
\fB\-o\fR, \fB\-\-output\fR=\fIKEY\fR
file of the secret key; the public one is KEY.pub
.TP
\fB\-q\fR, \fB\-\-quiet\fR
print only the key's id
.TP
\fB\-\-json\fR
print the outcome as JSON, schema vsaudit/outcome/1
.PP
T
has "bash completes options, and files behind those that take one" "completion bash" <<'T'
    keygen)
        case $previous in
        --output|-o) compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")); return ;;
        esac
        options='--help --output --quiet --json'
        ;;
T
has "so does fish" "completion fish" <<'T'
complete -c vsaudit -n __fish_use_subcommand -f -a keygen -d 'make a key to sign evidence bundles with'
complete -c vsaudit -n '__fish_seen_subcommand_from keygen' -l output -s o -r -F -d 'file of the secret key; the public one is KEY.pub'
complete -c vsaudit -n '__fish_seen_subcommand_from keygen' -l quiet -s q -d 'print only the key’s id'
T
ok "and zsh" eval '"$VSAUDIT" list completion zsh | grep -F -A4 "    keygen)" | grep -q -F "[file of the secret key; the public one is KEY.pub]:file:_files"'
ok "the manual page" eval '"$VSAUDIT" list man | grep "^\.TH VSAUDIT 1" >/dev/null'
refuse "no kind" 2 "vsaudit list: found no kind, expected one of $kinds" "$VSAUDIT" list
refuse "an unknown kind" 2 "vsaudit list: found “x”, expected one of $kinds" "$VSAUDIT" list x
refuse "two kinds" 2 "vsaudit list: found several kinds, expected one of $kinds" "$VSAUDIT" list metrics systems
refuse "a word behind the manual page" 2 "vsaudit list: found several kinds, expected one of $kinds" "$VSAUDIT" list man x
refuse "an unknown schema" 2 "vsaudit list: schema: found “x”, expected one of $files" "$VSAUDIT" list schema x
refuse "a schema of nothing" 2 "vsaudit list: schema: found no kind of file, expected one of $files" "$VSAUDIT" list schema
refuse "a schema of two" 2 "vsaudit list: found several kinds" "$VSAUDIT" list schema audit scenario
refuse "an unknown shell" 2 "vsaudit list: completion: found “ksh”, expected bash, zsh or fish" "$VSAUDIT" list completion ksh
refuse "no shell" 2 "vsaudit list: completion: found no shell, expected bash, zsh or fish" "$VSAUDIT" list completion
refuse "two shells" 2 "vsaudit list: found several kinds" "$VSAUDIT" list completion bash zsh
echo "1..$n"
