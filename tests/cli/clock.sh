# Clips whose clocks leap, restart, pause or promise wrongly: the inputs of the case folder, where it is beside the checkout. The right
# values of each are tested on drawn clips in tests/unit/test_media_clock.c and test_media_timeline.c.
# shellcheck shell=bash disable=SC2034
set -u
. "$(dirname "$0")/../tap.bash"

echo "1..12"
cases=${VSAUDIT_CASES:-$(cd "$(dirname "$0")/../.." && pwd)/../shared/cases}
cd "$SCRATCH" || exit 1
export XDG_CACHE_HOME=$SCRATCH/cache

# Runs a case; its exit status in $status, the results in one line each in the file log.
replay() { # folder
    rm -rf case
    cp -r "$cases/$1" case && chmod -R u+w case
    (cd case && timeout 120 "$VSAUDIT" run scenario.yaml -o out --no-pictures --no-observations --format csv -j 1) >said 2>&1
    status=$?
    tr -d ' \n' <case/out/results.json >log 2>/dev/null
}
check() { # folder, exit status, words of the results, description
    if [ ! -d "$cases/$1" ]; then
        skip "$4" "the case folder is not there"
        return
    fi
    [ "$1" = "$last" ] || replay "$1"
    last=$1
    expect "$2" "$3" "$4"
}
last=
check 1-time-jump-counts-as-hours 0 '"watched_us":20000000' "a leap of the clock is no footage"
check 1-time-jump-counts-as-hours 0 '"kind":"leap_back","at_us":12000000' "where it leaps is told"
check 1-time-jump-counts-as-hours 0 '"supported":0' "20 s support no claim"
check 2-ts-clock-restart 0 '"frames":200' "no picture is lost to a restart"
check 2-ts-clock-restart 0 '"onset_us":10000000' "and what comes after it is found at its place"
check 3-mkv-start-offset 0 '"duration_promised_us":20000000' "an end is not taken for a length"
check 3c-fmp4-unknown-duration 0 '"duration_promised_us":null' "all ones promise nothing"
check 6-motion-only-gaps 0 '"unseen_us":1200100000' "pauses are not watched"
check 6-motion-only-gaps 0 '"false_strict":0' "and no alarm in them is false"
check 14-second-video-stream-unread 0 '"watched_us":20000000' "a stream that follows another is read on"
check 14-second-video-stream-unread 0 '"kind":"next_stream","at_us":7000000' "and told"
if [ -d "$cases/hostile-clips" ]; then
    cp "$cases/hostile-clips/gap1e9.mkv" case/clip.ts
    (cd case && timeout 60 "$VSAUDIT" run scenario.yaml -o again --no-pictures -j 1) >log 2>&1
    status=$?
    expect 0 "1 of 1 replays done" "a step of a thousand million seconds ends at once"
else
    skip "a step of a thousand million seconds ends at once" "the case folder is not there"
fi
