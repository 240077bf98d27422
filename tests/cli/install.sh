# make install: everything in its place, and the program works from there; the manual, the completions, the schemas and the CI files.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
root=$SCRATCH/tree share=$SCRATCH/tree/opt/share

# The program is built already; only what is asked for is made again, never a package installed. An administrator's umask is narrow.
umask 077
mkdir -p "$root/opt/share/man"
make --no-print-directory install VSAUDIT_HAS_DEPS=1 -o deps DESTDIR="$root" PREFIX=/opt VARIANT="${VARIANT:-release}" >"$SCRATCH/log" 2>&1
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$SCRATCH/log" | tail -20
result $status "make install works with DESTDIR and PREFIX"
find "$root/opt" -mindepth 1 ! -path "$share" ! -path "$share/man" ! -perm -a+r -o -mindepth 1 -type d ! -path "$share" ! -path "$share/man" ! -perm -a+x >"$SCRATCH/private"
sed 's/^/# not for everybody: /' "$SCRATCH/private" | head -20
[ ! -s "$SCRATCH/private" ]
result $? "whatever the umask, everybody can read what was installed"
umask 022
for file in bin/vsaudit share/man/man1/vsaudit.1 share/bash-completion/completions/vsaudit share/zsh/site-functions/_vsaudit \
    share/fish/vendor_completions.d/vsaudit.fish share/vsaudit/scenarios/sample-audit.yaml share/vsaudit/schema/audit.schema.json \
    share/vsaudit/ci/gitlab-ci.yml share/doc/vsaudit/README.md share/doc/vsaudit/scenarios/README.md \
    include/vsaudit/vsaudit.h lib/libvsaudit.so lib/pkgconfig/vsaudit.pc share/doc/vsaudit/analyzer/include/README.md; do
    [ -s "$root/opt/$file" ] || echo "$file"
done >"$SCRATCH/lacking"
sed 's/^/# not installed: /' "$SCRATCH/lacking"
[ ! -s "$SCRATCH/lacking" ]
result $? "program, library, manual, completions, schemas, scenarios and docs are there"
(cd "$SCRATCH" && "$root/opt/bin/vsaudit" --version && "$root/opt/bin/vsaudit" check "$share/vsaudit/scenarios/savari/crowd-limit.yaml" 2>&1 | grep -q dataset) >/dev/null
result $? "the installed program runs from any folder"
(cd "$SCRATCH" && "$root/opt/bin/vsaudit" conform crowd-limit | tail -1 | grep -q ' 0 failed')
result $? "and finds the conformance vectors that were installed"
(cd "$share/doc/vsaudit" && grep -r -o -E '!\[[^]]*\]\([^)]*\)' --include='*.md' . | sed -E 's/^(.*)\/[^/]*\.md:.*\((.*)\)$/\1\/\2/' | xargs ls) >"$SCRATCH/pictures" 2>&1
[ $? -eq 0 ] && [ -s "$SCRATCH/pictures" ]
result $? "every picture that an installed page shows is there"
grep -r -h -o -E '^dataset: .*' "$share/vsaudit/scenarios" | sed -n -E 's/^dataset: \.\.\/\.\.\/build\/(sample[^/]*)\/dataset\.yaml$/\1/p' | sort -u >"$SCRATCH/sets"
while read -r set; do ls "$share/vsaudit/datasets/$set/"*.yaml; done <"$SCRATCH/sets" >"$SCRATCH/scenes" 2>&1
[ $? -eq 0 ] && [ "$(wc -l <"$SCRATCH/sets")" -ge 2 ] && (cd "$share/vsaudit" && "$root/opt/bin/vsaudit" check $(cat "$SCRATCH/scenes")) >/dev/null 2>&1
result $? "the scenes of every drawn data set that an installed scenario names are there"

page=$share/man/man1/vsaudit.1
if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning "$page" >"$SCRATCH/lint" 2>&1
    [ ! -s "$SCRATCH/lint" ]
    status=$?
    sed 's/^/# /' "$SCRATCH/lint"
    result $status "mandoc finds nothing wrong with the manual page"
else
    skip "mandoc finds nothing wrong with the manual page" "mandoc is not installed"
fi
for command in $("$VSAUDIT" --help | sed -n '/^Commands:/,/^$/p' | awk '/^  [a-z]/ {print $1}'); do
    grep -q "^\.SS vsaudit $command " "$page" || echo "no $command in the manual"
    for file in share/bash-completion/completions/vsaudit share/zsh/site-functions/_vsaudit share/fish/vendor_completions.d/vsaudit.fish; do
        grep -q -w -e "$command" "$root/opt/$file" || echo "no $command in $file"
        for option in $("$VSAUDIT" "$command" --help | grep -o -E '^  (-[a-z], )?--[a-z-]+' | grep -o -E -e '--[a-z-]+' | grep -v -e '--help'); do
            grep -q -w -e "${option#--}" "$root/opt/$file" || echo "no $option of $command in $file"
        done
    done
done >"$SCRATCH/lacking"
sed 's/^/# /' "$SCRATCH/lacking" | head
[ ! -s "$SCRATCH/lacking" ]
result $? "manual and completions know every command and option that --help knows"
bash -n "$share/bash-completion/completions/vsaudit"
result $? "bash can read its completion"
complete_words() { # words…; prints what bash would offer for the last one
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _vsaudit; printf "%s\n" "${COMPREPLY[@]}"' \
        "$share/bash-completion/completions/vsaudit" "$@"
}
[ "$(complete_words vsaudit ver)" = verify ] && complete_words vsaudit report --b | grep -qx -e --bundle && complete_words vsaudit list sche | grep -qx schema &&
    [ "$(complete_words vsaudit draft -b loitering,cam)" = loitering,camera-tampering ] && [ "$(complete_words vsaudit conform runn)" = running ] &&
    [ -z "$(complete_words vsaudit run --jobs '')" ] && complete_words vsaudit check READ | grep -qx README.md
result $? "bash completes commands, options, behaviours, kinds and files"
for shell in zsh fish; do
    file=$(find "$share/$shell" -type f)
    if command -v $shell >/dev/null; then
        $shell -n "$file"
        result $? "$shell can read its completion"
    else
        skip "$shell can read its completion" "$shell is not installed"
    fi
done
refuse "another shell is named" 2 "expected bash, zsh or fish" "$VSAUDIT" list completion tcsh 2>/dev/null

# ---- schemas
for kind in audit scenario dataset catalogue alert-map scene results; do
    "$VSAUDIT" list schema $kind >"$SCRATCH/$kind.json" && cmp "$SCRATCH/$kind.json" "reports/schema/$kind.schema.json"
    result $? "reports/schema/$kind.schema.json is what the program prints (make schema writes it)"
done
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    for kind in audit scenario dataset catalogue scene; do
        mapfile -t files < <(find scenarios datasets reports tests/fuzz/corpus -name '*.yaml' -exec grep -l "^schema: vsaudit/$kind/[0-9]" {} +)
        [ "${#files[@]}" -gt 0 ] && tests/schema-validate "reports/schema/$kind.schema.json" "${files[@]}"
        result $? "all ${#files[@]} $kind files that are shipped fit their schema"
    done
    for pair in scenario:claim-decimal-comma scenario:alerts-ragged scenario:no-systems scenario:condition-without-filter scene:scene-misspelt; do
        file=tests/data/refused/${pair#*:}.yaml
        [ -e "$file" ] || continue
        ! tests/schema-validate "reports/schema/${pair%%:*}.schema.json" "$file" >/dev/null
        result $? "${pair#*:} does not"
    done
    mkdir -p "$SCRATCH/s"
    printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\nevent,a,camera-tampering,100,160\n' >"$SCRATCH/s/truth.csv"
    printf 'clip,behaviour,onset_s\na,camera-tampering,101\na,camera-tampering,900\n' >"$SCRATCH/s/log.csv"
    "$VSAUDIT" score --truth "$SCRATCH/s/truth.csv" --alerts "$SCRATCH/s/log.csv" -o "$SCRATCH/s/out" --protocols all --quiet
    tests/schema-validate reports/schema/results.schema.json "$SCRATCH/s/out/results.json" tests/golden/*/results.json
    result $? "results.json of a score, and those of the golden reports, fit theirs"
    for edit in 's/"hits": [0-9]*/"hits": "many"/' 's/"verdict_counts"/"verdicts"/' 's/"schema": "[^"]*"/"schema": "vsaudit\/results\/9"/' \
        's/"outcome": "hit"/"outcome": "perhaps"/'; do
        sed "$edit" "$SCRATCH/s/out/results.json" >"$SCRATCH/s/broken.json"
        ! cmp -s "$SCRATCH/s/out/results.json" "$SCRATCH/s/broken.json" && ! tests/schema-validate reports/schema/results.schema.json "$SCRATCH/s/broken.json" >/dev/null
        result $? "after $edit it does not"
    done
    python3 - reports/ci/github-actions.yml reports/ci/gitlab-ci.yml <<'PY'
import sys, yaml
for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read()
    assert isinstance(yaml.safe_load(text), dict), name
    for word in ("vsaudit run", "summary.en.md", "--bundle", "vsaudit verify", "junit.xml"):
        assert word in text, (name, word)
PY
    result $? "the CI files are YAML, and run, bundle and verify"
else
    skip "shipped YAML and results.json fit their schemas, broken ones do not" "python3-jsonschema or python3-yaml is not installed"
fi
# What the GitLab job does, done here: its script lines, in a shell that ends at the first failure.
(
    cd "$SCRATCH" && mkdir -p ci && cd ci && printf '#!/bin/sh\nexec "%s" "$@"\n' "$VSAUDIT" >vsaudit && chmod +x vsaudit
    PATH=$PWD:$PATH
    printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n  - {id: a, duration_s: 3600}\ntruth: [truth.csv]\n' >set.yaml
    printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a,camera-tampering,0,3600\n' >truth.csv
    printf 'clip,behaviour,onset_s\n' >log.csv
    for i in $(seq 40); do echo "a,camera-tampering,$((i * 80))"; done >>log.csv
    printf 'schema: vsaudit/scenario/1\nid: t\ntitle: T\nbehaviour: camera-tampering\ndataset: set.yaml\nsystems: [{id: v, kind: alerts, path: log.csv}]\nscope: these_clips\nclaims: [{id: few, text: few, reading: {metric: false_alerts_per_camera_hour, op: "<=", value: 1}}]\n' >my.yaml
    sed -n '/^  script:/,/^  artifacts:/p' "$top/reports/ci/gitlab-ci.yml" | sed -n 's/^    - //p' | sed 's/vsaudit run \(.*\) -j "$(nproc)"/vsaudit score \1/' >script.sh
    AUDIT=my.yaml bash -e script.sh >log 2>&1
    [ $? -eq 1 ] && grep -q "Result: The bundle is consistent" log && [ -s evidence.tar ]
)
result $? "the GitLab job shows the summary, bundles, verifies, and ends with 1 for a refuted claim"

make --no-print-directory uninstall -o deps DESTDIR="$root" PREFIX=/opt >/dev/null 2>&1
[ "$(find "$root" -mindepth 1 | sort | tr '\n' ' ')" = "$root/opt $share $share/man " ]
result $? "make uninstall leaves no file, and no folder but those that were there before"
echo "1..$n"
