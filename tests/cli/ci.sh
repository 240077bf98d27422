# The templates for CI, run as their services would: a regression turns the job red and is named in a table.
# shellcheck shell=bash
set -u
. "$(dirname "$0")/../tap.bash"
top=$(cd "$(dirname "$0")/../.." && pwd)

echo "1..11"
if ! python3 -c 'import yaml' 2>/dev/null; then
    for i in $(seq 11); do echo "ok $i # SKIP python3-yaml is not installed"; done
    exit 0
fi
cd "$SCRATCH" || exit 1
mkdir bin
# No clip is there to be run: the logs are scored.
cat >bin/vsaudit <<SH
#!/bin/bash
[ "\$1" != run ] || set -- score "\${@:2}"
exec "$VSAUDIT" "\$@"
SH
chmod +x bin/vsaudit
printf 'schema: vsaudit/dataset/1\nid: set\nclips:\n  - {id: "a|b", duration_s: 3600}\n  - {id: c, duration_s: 3600}\ntruth: [truth.csv]\n' >set.yaml
printf 'kind,clip,behaviour,start_s,end_s\ncoverage,a|b,camera-tampering,0,3600\ncoverage,c,camera-tampering,0,3600\nevent,a|b,camera-tampering,100,160\nevent,c,camera-tampering,200,260\n' >truth.csv
printf 'schema: vsaudit/scenario/1\nid: t\ntitle: T\nbehaviour: camera-tampering\ndataset: set.yaml\nsystems: [{id: v, kind: alerts, path: log.csv}]\n' >my.yaml
log() { # alerts "clip,onset" on the command line
    echo clip,behaviour,onset_s
    for alert in "$@"; do echo "${alert%,*},camera-tampering,${alert#*,}"; done
}
# The steps of a job, one file each; what a service does around them.
python3 - "$top" <<'PY'
import sys, yaml
top = sys.argv[1]
github = yaml.safe_load(open(top + "/reports/ci/github-actions.yml", encoding="utf-8"))
steps = [s["run"] for s in github["jobs"]["audit"]["steps"] if "run" in s and "apt-get" not in s["run"] and "git clone" not in s["run"]]
for i, step in enumerate(steps):
    open(f"github.{i}.sh", "w", encoding="utf-8").write(step.replace(' -j "$(nproc)"', ""))
assert "pull_request" in github[True], "on: pull_request"
gitlab = yaml.safe_load(open(top + "/reports/ci/gitlab-ci.yml", encoding="utf-8"))
open("gitlab.sh", "w", encoding="utf-8").write("\n".join(gitlab["audit"]["script"]).replace(' -j "$(nproc)"', "") + "\n")
for name, text in (("github", github["env"]), ("gitlab", gitlab["variables"])):
    assert text["BASELINE"] == "baseline", name
PY
result $? "the templates are YAML, run on pull requests and name a baseline"
github() { # sets status; the page is in summary.md
    rm -rf report evidence.tar summary.md
    : >summary.md
    status=0
    for step in github.*.sh; do
        AUDIT=my.yaml BASELINE=baseline GITHUB_STEP_SUMMARY=$PWD/summary.md PATH=$PWD/bin:$PATH bash -e "$step" >>log 2>&1 || status=1
    done
}
gitlab() { # sets status; the log is in log
    rm -rf report evidence.tar compare.md
    AUDIT=my.yaml BASELINE=baseline PATH=$PWD/bin:$PATH bash -e gitlab.sh >log 2>&1
    status=$?
}

log 'a|b,101' c,201 c,900 >log.csv
github
[ "$status" -eq 0 ] && grep -q "No baseline" summary.md
result $? "GitHub: without a baseline nothing is compared, aloud"
gitlab
[ "$status" -eq 0 ] && grep -q "No baseline" log
result $? "GitLab: likewise"
mkdir baseline && cp report/results.json baseline/
github
[ "$status" -eq 0 ] && grep -q "0 new misses, 0 new false alerts" summary.md
result $? "GitHub: the same results are green"
gitlab
[ "$status" -eq 0 ] && grep -q "0 new misses, 0 new false alerts" log
result $? "GitLab: likewise"

log 'a|b,101' c,901 'a|b,500' 'a|b,700' c,1100 c,1300 c,1500 >log.csv
named() { # file
    grep -q '^\*\*1 new miss, 5 new false alerts\.\*\*$' "$1" && grep -qF '| new miss | t | v | as-recorded | c | 200.000 s |' "$1" &&
        grep -qF '| new false alert | t | v | as-recorded | a\|b | 500.000 s |' "$1" && [ "$(grep -c '^| new false alert |' "$1")" -eq 5 ]
}
github
[ "$status" -eq 1 ]
result $? "GitHub: five new false alerts and a new miss turn the job red"
named summary.md
result $? "and each is named in a table on its page"
gitlab
[ "$status" -eq 1 ]
result $? "GitLab: red"
named compare.md && named log
result $? "and named in the log and in compare.md"
grep -qF '| 🔺 | t | v | as-recorded | 2 | 0 → 1 of 2 | 1 | 0 | 1 | 1 → 6 | 5 | 0 | 0.5 |' compare.md
result $? "the row of the evaluation has both runs' counts"
mv report/results.json baseline/
log 'a|b,101' c,201 >log.csv
gitlab
[ "$status" -eq 0 ] && grep -q "0 new misses, 0 new false alerts" compare.md && grep -qF '| ✔ | t | v | as-recorded | 2 | 1 → 0 of 2 | 0 | 1 |' compare.md
result $? "what only gets better is green"
