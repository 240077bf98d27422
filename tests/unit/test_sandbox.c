/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child for each thing that must not be: it enters the sandbox, tries, and ends with errno (0: it could).
 */
#include "sandbox/filter.h"
#include "sandbox/landlock.h"
#include "sandbox/layers.h"
#include "sandbox/limits.h"
#include "sandboxed.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "unit.h"

/* ---- files */

static int read_outside(void)
{
    return sandboxed_number(open(sandboxed_outside, O_RDONLY));
}

static int read_by_link(void)
{
    g_autofree char *link = g_build_filename(sandboxed_scratch, "link", NULL);
    if (access(link, F_OK) != 0 && symlink(sandboxed_outside, link) != 0 && errno != ENOSYS)
        return 99;
    return sandboxed_number(open(link, O_RDONLY));
}

static int read_secret(void)
{
    return sandboxed_number(open("/etc/shadow", O_RDONLY));
}

static int write_allowed(void)
{
    g_autofree char *path = g_build_filename(sandboxed_scratch, "made", NULL);
    const int fd = open(path, O_WRONLY | O_CREAT, 0600);
    return fd < 0 || write(fd, "x", 1) != 1 || unlink(path) != 0 ? errno : 0;
}

static int write_readable(void)
{
    return sandboxed_number(open(sandboxed_readable, O_WRONLY));
}

static int write_outside(void)
{
    return sandboxed_number(open("/tmp/vsaudit-must-not-be-made", O_WRONLY | O_CREAT, 0600));
}

static int cut_outside(void)
{
    return sandboxed_number(truncate(sandboxed_readable, 0));
}

static int remove_outside(void)
{
    return sandboxed_number(unlink(sandboxed_readable));
}

static int change_mode(void)
{
    return sandboxed_number(chmod(sandboxed_readable, 0777));
}

TEST(files_are_held)
{
    assert_each(sandboxed_read, 0);
    assert_each(write_allowed, 0);
    if (landlock_abi() == 0)
        skip();
    assert_each(read_outside, EACCES);
    assert_each(read_secret, EACCES);
    assert_each(write_readable, EACCES);
    assert_each(write_outside, EACCES);
    assert_each(remove_outside, EACCES);
    g_autofree char *link = g_build_filename(sandboxed_scratch, "link", NULL);
    assert_int_equal(symlink(sandboxed_outside, link), 0);
    assert_each(read_by_link, EACCES);
    if (!filter_is_offered())
        return;
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, cut_outside), EACCES);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, change_mode), EPERM);
    assert_ends_with(sandboxed_try(SANDBOX_WORKER, cut_outside), ENOSYS);
    assert_ends_with(sandboxed_try(SANDBOX_WORKER, change_mode), ENOSYS);
}

/* ---- limits */

static int allocate_much(void)
{
    /* Without reserve, or the kernel would refuse so much by itself. */
    const int how = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    return mmap(NULL, (size_t)100 << 30, PROT_READ | PROT_WRITE, how, -1, 0) == MAP_FAILED ? errno : 0;
}

static int write_much(void)
{
    g_autofree char *path = g_build_filename(sandboxed_scratch, "large", NULL);
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return fd < 0 || ftruncate(fd, (off_t)10 << 30) != 0 ? errno : 0;
}

static int open_many(void)
{
    for (int i = 0; i < 100; i++) {
        if (dup(STDIN_FILENO) < 0)
            return errno;
    }
    return 0;
}

static int dump_core(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0;
}

TEST(limits_are_held)
{
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    spec.memory_mib = 1024;
    spec.processor_s = 1;
    spec.file_mib = 100;
    spec.open_files = 32;
    if (limits_hold_memory())
        assert_ends_with(sandboxed_try_with(&spec, allocate_much), ENOMEM);
    if (!limits_under_valgrind())
        assert_ends_with(sandboxed_try_with(&spec, open_many), EMFILE);
    assert_ends_with(sandboxed_try_with(&spec, dump_core), 0);
    const int slow = sandboxed_try_with(&spec, sandboxed_work);
    assert_killed_by(slow, SIGXCPU);
    assert_explained(slow, "SIGXCPU");
    const int large = sandboxed_try_with(&spec, write_much);
    assert_killed_by(large, SIGXFSZ);
    assert_explained(large, "SIGXFSZ");
    assert_null(sandbox_explain(sandboxed_last, 0));
    assert_null(sandbox_explain(sandboxed_last, SIGSEGV));
}

/* ---- what ends */

static int trace(void)
{
    return sandboxed_number(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int mount_something(void)
{
    return sandboxed_number(syscall(SYS_mount, "none", "/mnt", "tmpfs", 0, NULL));
}

static int load_module(void)
{
    return sandboxed_number(syscall(SYS_finit_module, 0, "", 0));
}

static int run_program(void)
{
    char *const argv[] = {(char *)"true", NULL};
    execv("/usr/bin/true", argv);
    return errno;
}

static int run_readable(void)
{
    char *const argv[] = {(char *)"true", NULL};
    execv(sandboxed_outside, argv);
    return errno;
}

static int start_process(void)
{
    const pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid < 0 ? errno : 0;
}

TEST(what_nobody_needs_ends)
{
    if (!filter_is_offered())
        skip();
    static const Act acts[] = {trace, mount_something, load_module};
    for (size_t i = 0; i < G_N_ELEMENTS(acts); i++) {
        assert_killed_by(sandboxed_try(SANDBOX_PROGRAM, acts[i]), SIGSYS);
        assert_killed_by(sandboxed_try(SANDBOX_WORKER, acts[i]), SIGSYS);
    }
    assert_killed_by(sandboxed_try(SANDBOX_WORKER, run_program), SIGSYS);
    assert_killed_by(sandboxed_try(SANDBOX_WORKER, start_process), SIGSYS);
    assert_explained(sandboxed_try(SANDBOX_PROGRAM, trace), "SIGSYS");
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, run_program), 0);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, start_process), 0);
    if (landlock_abi() > 0)
        assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, run_readable), EACCES);
}

/* ---- others */

static int leave_the_session(void)
{
    return sandboxed_number(setsid());
}

static int leave_the_group(void)
{
    return sandboxed_number(setpgid(0, 0));
}

static int clone_into_namespace(void)
{
    const long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0)
        _exit(0);
    return sandboxed_number(pid);
}

/* Of capabilities: none but that of root over files, and none that an exec could bring back. */
static int count_capabilities(void)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/self/status", &text, NULL, NULL))
        return 90;
    static const char *const sets[] = {"CapInh:\t", "CapPrm:\t", "CapEff:\t", "CapBnd:\t"};
    for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
        const char *line = strstr(text, sets[i]);
        /* A set that nobody was given stays as it was: only root can give up what an exec brings. */
        const bool given = geteuid() == 0 || i < G_N_ELEMENTS(sets) - 1;
        if (line == NULL || (given && (g_ascii_strtoull(line + strlen(sets[i]), NULL, 16) & ~2ULL) != 0))
            return 91 + (int)i;
    }
    return 0;
}

static int make_namespace(void)
{
    return sandboxed_number(unshare(CLONE_NEWUSER));
}

static int kill_all(void)
{
    return sandboxed_number(kill(-1, 0));
}

static int kill_parent(void)
{
    return sandboxed_number(kill(getppid(), 0));
}

static int gain(void)
{
    return sandboxed_number(chown(sandboxed_scratch, 1, 1));
}

static int use_uring(void)
{
    return sandboxed_number(syscall(SYS_io_uring_setup, 1, NULL));
}

static void *idle(void *data)
{
    return data;
}

static int start_thread(void)
{
    pthread_t thread;
    const int failed = pthread_create(&thread, NULL, idle, NULL);
    return failed != 0 ? failed : pthread_join(thread, NULL);
}

TEST(others_are_out_of_reach)
{
    if (!filter_is_offered())
        skip();
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, leave_the_session), EPERM);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, leave_the_group), EPERM);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, clone_into_namespace), EPERM);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, count_capabilities), 0);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, make_namespace), EPERM);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, kill_all), EPERM);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, gain), EPERM);
    assert_each(use_uring, ENOSYS);
    assert_each(start_thread, 0);
    assert_ends_with(sandboxed_try(SANDBOX_WORKER, kill_parent), ENOSYS);
    if (landlock_abi() >= 6)
        assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, kill_parent), EPERM);
}

static int crash(void)
{
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
    return 0;
}

static int see_others(void)
{
    g_autoptr(GDir) all = g_dir_open("/proc", 0, NULL);
    int count = 0;
    const char *name;
    while (all != NULL && (name = g_dir_read_name(all)) != NULL)
        count += g_ascii_isdigit(*name);
    return count;
}

static int use_shared_memory(void)
{
    return sandboxed_number(open("/dev/shm/vsaudit-test", O_RDWR | O_CREAT, 0600));
}

TEST(a_program_is_alone)
{
    assert_killed_by(sandboxed_try(SANDBOX_PROGRAM, crash), SIGSEGV);
    if (layers_namespaces()->proc)
        assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, see_others), 2);
    if (layers_namespaces()->shm)
        assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, use_shared_memory), 0);
    else if (landlock_abi() > 0)
        assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, use_shared_memory), EACCES);
    assert_int_not_equal(access("/dev/shm/vsaudit-test", F_OK), 0);
}

TEST(layers_say_what_holds)
{
    json_t *layers = sandbox_describe();
    assert_int_equal(json_array_size(json_object_get(layers, "held")) +
                         json_array_size(json_object_get(layers, "missing")),
                     SANDBOX_LAYERS);
    assert_int_equal(json_integer_value(json_object_get(layers, "landlock")), landlock_abi());
    json_decref(layers);
}

TEST(environment_holds_no_secret)
{
    g_setenv("VSAUDIT_TEST_TOKEN", "secret", TRUE);
    g_auto(GStrv) words = sandbox_environment("/tmp/s");
    assert_true(g_strv_contains((const char *const *)words, "HOME=/tmp/s"));
    assert_true(g_strv_contains((const char *const *)words, "TMPDIR=/tmp/s"));
    for (char **word = words; *word != NULL; word++)
        assert_null(strstr(*word, "secret"));
}

/* What nobody has said otherwise (sandbox.h). */
TEST(usual_limits)
{
    g_auto(SandboxSpec) worker, program;
    sandbox_spec_init(&worker, SANDBOX_WORKER);
    sandbox_spec_init(&program, SANDBOX_PROGRAM);
    assert_int_equal(worker.file_mib, 65536);
    assert_int_equal(worker.folder_mib, 0);
    assert_int_equal(worker.tasks, 0);
    assert_int_equal(worker.open_files, 0);
    assert_int_equal(program.file_mib, 4096);
    assert_int_equal(program.folder_mib, 4096);
    assert_int_equal(program.tasks, 512);
    assert_int_equal(program.open_files, 1024);
    assert_true(worker.memory_mib == 0 && program.memory_mib == 0);
    assert_true(worker.processor_s == 0 && program.processor_s == 0);
    assert_true(worker.kind == SANDBOX_WORKER && program.kind == SANDBOX_PROGRAM);
    assert_true(worker.readable->len == 0 && worker.writable->len == 0);
    sandbox_spec_read(&worker, NULL);
    sandbox_spec_read(&worker, "/a");
    sandbox_spec_write(&worker, "/b");
    assert_true(worker.readable->len == 1 && worker.writable->len == 1);
    assert_string_equal(g_ptr_array_index(worker.readable, 0), "/a");
    assert_string_equal(g_ptr_array_index(worker.writable, 0), "/b");
}

UNIT_TESTS(sandboxed_set_up, sandboxed_tear_down)
