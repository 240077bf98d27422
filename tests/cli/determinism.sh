# The sample audit on a part of the drawn clips: results.json must be the same bytes for any number of workers, after kill -9 and
# --resume, on a second run, and from saved observations.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
run() { # arguments; prints what went wrong when the harness failed
    "$VSAUDIT" run scenarios/sample-audit.yaml --dataset "$SCRATCH/sample/dataset.yaml" "$@" >"$SCRATCH/log" 2>&1
    status=$?
    [ $status -le 1 ] || { echo "# exit status $status"; sed 's/^/# /' "$SCRATCH/log"; }
    return $((status > 1))
}
same() { # folder: has the results and the pictures of the first run
    [ -s "$SCRATCH/one/results.json" ] && cmp "$SCRATCH/one/results.json" "$SCRATCH/$1/results.json" &&
        diff -rq "$SCRATCH/one/evidence" "$SCRATCH/$1/evidence"
}

echo "1..11"
cd "$(dirname "$0")/../.." || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache
unset VSAUDIT_DATA
scenes=(datasets/sample/{tamper-spray,road-collision,gates-force,crowd-concourse}.yaml)
"$VSAUDIT" synth "${scenes[@]}" -o "$SCRATCH/sample" -j 2 >"$SCRATCH/log" 2>&1
result $? "the clips are drawn"
run -o "$SCRATCH/one" -j1 --quiet
result $? "one worker"
run -o "$SCRATCH/two" -j2 --quiet
result $? "two workers"
same two
result $? "the same results and pictures"

"$VSAUDIT" run scenarios/sample-audit.yaml --dataset "$SCRATCH/sample/dataset.yaml" -o "$SCRATCH/killed" -j2 --quiet >/dev/null 2>&1 &
pid=$!
for ((i = 0; i < 6000; i++)); do
    [ "$(find "$SCRATCH/killed/observations" -name '*.gz' 2>/dev/null | wc -l)" -ge 2 ] && break
    sleep 0.02
done
kill -9 $pid
wait $pid 2>/dev/null
[ ! -e "$SCRATCH/killed/results.json" ] && [ -e "$SCRATCH/killed/store.sqlite" ]
result $? "kill -9 in the middle"
run -o "$SCRATCH/killed" -j2 --resume
result $? "is gone on with"
grep -q 'kept from an earlier session' "$SCRATCH/log"
result $? "without repeating what was done"
same killed
result $? "the same results and pictures"

cp "$SCRATCH/two/results.json" "$SCRATCH/before.json"
run -o "$SCRATCH/two" -j2 --quiet && cmp "$SCRATCH/before.json" "$SCRATCH/two/results.json"
result $? "a second run in the same folder gives the same results"
run -o "$SCRATCH/observed" -j2 --quiet --from-observations "$SCRATCH/one"
result $? "from saved observations"
same observed
result $? "the same results and pictures"
