#!/usr/bin/env bash
# scripts/fetch-datasets: takes what may be taken, keeps no file with a wrong hash. A local folder stands for the network.
set -uo pipefail
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.."
says() { grep -q -F -- "$1" "$SCRATCH/out" || { sed 's/^/# /' "$SCRATCH/out"; return 1; }; }
echo 1..9
unset VSAUDIT_DATA
export XDG_CACHE_HOME=$SCRATCH/cache VSAUDIT_TEST_MIRROR=$SCRATCH/mirror
mkdir -p "$VSAUDIT_TEST_MIRROR"
printf 'good clip' >"$VSAUDIT_TEST_MIRROR/good.mp4"
printf 'other bytes' >"$VSAUDIT_TEST_MIRROR/bad.mp4"
good=$(printf 'good clip' | sha256sum | cut -d' ' -f1)
none=$(printf '' | sha256sum | cut -d' ' -f1)
cat >"$SCRATCH/d.yaml" <<YAML
schema: vsaudit/dataset/1
id: d
licence: CC-BY-4.0
clips:
  - {id: good, file: clips/good.mp4, sha256: $good, url: "https://example.org/good.mp4"}
  - {id: bad, file: clips/bad.mp4, sha256: $none, url: "https://example.org/bad.mp4"}
  - {id: closed, file: clips/closed.mp4, sha256: $none, url: "https://example.org/closed.mp4", licence: CC-BY-NC-SA-4.0}
  - {id: nowhere, file: clips/nowhere.mp4, sha256: $none}
  - {id: outside, file: ../outside.mp4, sha256: $none, url: "https://example.org/good.mp4"}
YAML
scripts/fetch-datasets "$SCRATCH/d.yaml" >"$SCRATCH/out" 2>&1
status=$?
ok "a wrong hash gives status 3" [ "$status" = 3 ]
ok "the good clip is there" cmp -s "$SCRATCH/clips/good.mp4" "$VSAUDIT_TEST_MIRROR/good.mp4"
ok "the clip with the wrong hash is not kept" [ ! -e "$SCRATCH/clips/bad.mp4" -a ! -e "$SCRATCH/clips/bad.mp4.part" ]
ok "the wrong hash is named" says "bad: found SHA-256"
ok "a licence that does not allow it is said" says "closed: skipped: the licence “CC-BY-NC-SA-4.0”"
ok "a clip without address is said" says "nowhere: skipped: the manifest gives no address"
ok "a path out of the folder is refused" says "outside: skipped"
printf 'good ' >"$SCRATCH/clips/good.mp4.part"
rm "$SCRATCH/clips/good.mp4"
scripts/fetch-datasets "$SCRATCH/d.yaml" >"$SCRATCH/out" 2>&1
ok "an interrupted download is resumed" cmp -s "$SCRATCH/clips/good.mp4" "$VSAUDIT_TEST_MIRROR/good.mp4"
scripts/fetch-datasets "$SCRATCH/d.yaml" >"$SCRATCH/out" 2>&1
ok "what is there is not fetched again" says "good: is there"
