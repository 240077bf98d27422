"""Which tests execute which line: for tests/mutate, which chooses by that the tests of a mutant.

A copy of the tree in build/mutate-coverage is built with VARIANT=cov (optimised a little: a third of the time), and each unit test and each script of tests/cli runs once, its
counts apart (GCOV_PREFIX). Written is build/mutate-coverage.json; a test is run again only when its own text, or a file that it
executes, is another. Processes that are killed, that leave by _exit or that are confined to a folder leave no counts: the tests
that mutate-rooms names stand in for those.
"""
import concurrent.futures, hashlib, json, os, pathlib, shutil, signal, subprocess, sys, tempfile, threading

LONGEST = 300  # seconds
COV = pathlib.Path("build/cov")


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_source(name):
    return name.startswith("analyzer/") and name.endswith((".c", ".cpp", ".h"))


def copy_tree(top, copy, names):
    """The tracked files, those that changed alone; what is no longer tracked goes."""
    for name in names:
        to = copy / name
        if not to.is_symlink() and to.is_file() and (top / name).is_file() and to.read_bytes() == (top / name).read_bytes():
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        to.unlink(missing_ok=True)
        shutil.copy(top / name, to, follow_symlinks=False)
    listed = set(names)
    for folder in ("analyzer", "tests", "reports", "scenarios", "datasets", "scripts"):
        for path in list((copy / folder).rglob("*")):
            if not path.is_dir() and str(path.relative_to(copy)) not in listed:
                path.unlink()


def run(copy, name, command, environment, counts):
    """Seconds of processor time that the test took, however busy the machine is; its counts are in the folder `counts`."""
    with tempfile.TemporaryDirectory(prefix="mutate-") as scratch:
        process = subprocess.Popen(command, cwd=copy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                                   start_new_session=True, env={**environment, "SCRATCH": scratch, "VSAUDIT": str(copy / COV / "vsaudit"),
                                                                "GCOV_PREFIX": str(counts), "GCOV_PREFIX_STRIP": str(len(copy.parts) - 1)})
        end = threading.Timer(LONGEST, lambda: os.killpg(process.pid, signal.SIGTERM))  # what ran by then is counted
        end.start()
        _, process.returncode, used = os.wait4(process.pid, 0)
        end.cancel()
        try:
            os.killpg(process.pid, signal.SIGKILL)  # what the session begun for this test has left
        except ProcessLookupError:
            pass
    return used.ru_utime + used.ru_stime


def ask_gcov(copy, files):
    """source → {line with code: how often it ran}; of notes without counts nothing ran"""
    lines = {}
    said = subprocess.run(["gcov", "--json-format", "--stdout", *map(str, files)], cwd=copy, capture_output=True, text=True).stdout
    for record in said.splitlines():
        if record.startswith("{"):
            for source in json.loads(record)["files"]:
                name = os.path.normpath(source["file"])
                if is_source(name):
                    of = lines.setdefault(name, {})
                    for line in source["lines"]:
                        of[line["line_number"]] = of.get(line["line_number"], 0) + line["count"]
    return lines


def mask(lines):
    return f"{sum(1 << line for line in lines):x}"


def read_counts(copy, counts):
    """source → mask of the lines that ran"""
    files = [data for data in counts.rglob("*.gcda") if not is_nothing(data)]
    for data in files:
        data.with_suffix(".gcno").symlink_to(copy / data.relative_to(counts).with_suffix(".gcno"))
    found = ask_gcov(copy, files) if files else {}
    return {source: mask(line for line, count in of.items() if count > 0) for source, of in found.items() if any(of.values())}


def measure(top, names, tests, flags, path, jobs):
    """Runs the tests that need it and writes the map anew; `tests` is name → (its own file, command in the copy)."""
    copy = top / "build" / "mutate-coverage"
    written = top / "build" / "mutate-coverage.json"
    copy.mkdir(parents=True, exist_ok=True)
    copy_tree(top, copy, names)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("VSAUDIT") and key != "LANGUAGE"}
    environment.update(LC_ALL="C.UTF-8", CMOCKA_MESSAGE_OUTPUT="TAP", G_DEBUG="fatal-criticals", PATH=path, VSAUDIT_HAS_DEPS="1")
    built = subprocess.run(["make", "--no-print-directory", *flags, "VARIANT=cov", "CFLAGS=-O1", "CXXFLAGS=-O1", f"-j{jobs}", "program", "tests"], cwd=copy,
                           env=environment, capture_output=True, text=True)
    if built.returncode != 0:
        sys.exit(built.stdout + built.stderr + "\ntests/mutate: the tree does not build with VARIANT=cov")
    code = {source: mask(lines) for source, lines in ask_gcov(copy, sorted((copy / COV / "analyzer").rglob("*.gcno"))).items()}
    before = json.loads(written.read_text()) if written.exists() else {"tests": {}}
    shas = {name: sha(top / name) for name in names if is_source(name)}
    done, due = {}, []
    for name, (own, command) in tests.items():
        old = before["tests"].get(name)
        if old and old["sha"] == sha(top / own) and all(shas.get(source) == known for source, known in old["sources"].items()):
            done[name] = old
        else:
            due.append(name)

    def keep():
        written.write_text(json.dumps({"sources": {source: shas[source] for source in code}, "code": code, "tests": dict(done)}))

    def one(name):
        own, command = tests[name]
        with tempfile.TemporaryDirectory(prefix="mutate-counts-") as folder:
            counts = pathlib.Path(folder)
            seconds = run(copy, name, command, environment, counts)
            ran = read_counts(copy, counts)
        done[name] = {"sha": sha(top / own), "seconds": round(seconds, 2), "sources": {source: shas[source] for source in ran}, "ran": ran}
        print(f"coverage {len(done)} of {len(tests)}: {name} {seconds:.1f} s, {len(ran)} files", flush=True)
        if len(done) % 10 == 0:
            keep()

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, due))
    keep()


class Coverage:
    """The map, as it was measured; of a file that has another text since then no line is known, only who executes any of it."""

    def __init__(self, top):
        known = json.loads((top / "build" / "mutate-coverage.json").read_text())
        self.seconds = {name: test["seconds"] for name, test in known["tests"].items()}
        self.code = {source: int(code, 16) for source, code in known["code"].items()}
        self.same = {source: (top / source).exists() and sha(top / source) == text for source, text in known["sources"].items()}
        self.ran = {source: {} for source in self.code}
        for name, test in known["tests"].items():
            for source, ran in test["ran"].items():
                self.ran.setdefault(source, {})[name] = int(ran, 16)
                if test["sources"][source] != known["sources"].get(source):
                    self.same[source] = False

    def executing(self, source, line, heads):
        """(what is known, tests): "executed", "never" for a line with code that no test executed, "unknown" for a table, for which
        those stand that execute anything of the file, or all where it has no code. `heads` are the lines at which something of the
        file's own level begins: a statement of several lines has its count at the first."""
        if source not in self.code:
            return "unknown", list(self.seconds)
        if self.same[source]:
            at = line
            while at > 0 and not self.code[source] >> at & 1 and at not in heads:
                at -= 1
            if at > 0 and self.code[source] >> at & 1:
                found = [name for name, ran in self.ran[source].items() if ran >> at & 1]
                return ("executed" if found else "never"), found
        return "unknown", list(self.ran[source])
