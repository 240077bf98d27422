# For the scripts in tests/cli: whole audits over small clips that are drawn here, without any video tool. Who takes this in stands
# in the folder for scratch, with a cache of its own and no other data.
# shellcheck shell=bash disable=SC2154
. "$(dirname "${BASH_SOURCE[0]}")/tap.bash"
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
run() { # arguments; sets status, writes log
    "$VSAUDIT" run "$@" >log 2>&1
    status=$?
}
verify() { # arguments; sets status, writes log
    "$VSAUDIT" verify "$@" >log 2>&1
    status=$?
}
fresh() { # an untouched copy of the bag, in x
    rm -rf x
    cp -r bag x
}
same_results() { # folder folder
    cmp "$1/results.json" "$2/results.json" && [ -s "$1/results.json" ]
}

# A raw clip (YUV4MPEG2, 64x48, 10 pictures a second): texture, with the lens covered over the last third.
pictures=240
clip() { # file letters
    yes "$2" | head -c 3072 >luma
    head -c 3072 /dev/zero | tr '\0' '\025' >dark
    head -c 1536 /dev/zero | tr '\0' '\200' >chroma
    { echo FRAME && cat luma chroma; } >seen
    { echo FRAME && cat dark chroma; } >covered
    {
        echo "YUV4MPEG2 W64 H48 F10:1 Ip A1:1 C420jpeg"
        for ((i = 0; i < pictures; i++)); do
            if ((i < pictures * 2 / 3)); then cat seen; else cat covered; fi
        done
    } >"$1"
}

dataset() { # lines of clips
    printf 'schema: vsaudit/dataset/1\nid: set\nlicence: CC0-1.0\nclips:\n%s\n' "$1" >set.yaml
}
entry() { # id file
    printf '  - {id: %s, file: %s, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 16, end_s: 24, label: covered}]}\n' "$1" "$2"
}
scenario() { # extra lines
    cat >s.yaml <<YAML
schema: vsaudit/scenario/1
id: tampering
title: {en: Tampering, fr: Sabotage}
behaviour: camera-tampering
dataset: set.yaml
conditions: [as-recorded, {id: dim, filter: "eq=brightness=-0.05"}, {id: soft, filter: "gblur=sigma=1"}]
systems:
  - {id: reference, kind: reference}
  - {id: none, kind: "null"}
$1
YAML
}

# For systems that are asked beside the reference: two clips of 12 s, of which the lens is covered from 8 s on.
two_clips() {
    pictures=120
    clip a.y4m abcdefgz
    clip b.y4m azbyc
    entry() { # id file
        printf '  - {id: %s, file: %s, coverage: {camera-tampering: all}, events: [{behaviour: camera-tampering, start_s: 8, end_s: 12}]}\n' "$1" "$2"
    }
    dataset "$(entry a a.y4m && entry b b.y4m)"
}
audit() { # systems beside the reference, a line each
    tampering_scenario set.yaml "
  - {id: reference, kind: reference}
$1" >s.yaml
}
