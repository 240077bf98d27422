/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a confined program may start, what all of it together may take, and that nothing of it is left. */
#include "sandbox/filter.h"
#include "sandbox/keeper.h"
#include "sandbox/layers.h"
#include "sandbox/limits.h"
#include "sandboxed.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

/* ---- a program that has started others */

enum { TASKS = 20 };

static int start_many(void)
{
    int started = 0;
    for (int i = 0; i < 10000; i++) {
        const pid_t pid = fork();
        if (pid == 0) {
            for (;;)
                pause();
        }
        if (pid < 0)
            return errno == EAGAIN && started < TASKS ? EAGAIN : 90;
        started++;
    }
    return 91;
}

static void *wait_on(void *data)
{
    pause();
    return data;
}

static int start_many_threads(void)
{
    for (int i = 0; i < 10000; i++) {
        pthread_t thread;
        const int failed = pthread_create(&thread, NULL, wait_on, NULL);
        if (failed != 0)
            return i < TASKS ? failed : 90;
    }
    return 91;
}

/* One after another, never many at once. */
static int start_in_turn(void)
{
    for (int i = 0; i < 5 * TASKS; i++) {
        const pid_t pid = fork();
        if (pid == 0)
            _exit(0);
        if (pid < 0 || waitpid(pid, NULL, 0) != pid)
            return errno;
    }
    return 0;
}

TEST(tasks_are_counted)
{
    g_auto(SandboxSpec) spec;
    SandboxSeen seen;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    spec.tasks = TASKS;
    if (!filter_can_ask())
        skip();
    assert_ends_with(sandboxed_try_with(&spec, start_in_turn), 0);
    assert_true(sandbox_seen(sandboxed_last, &seen));
    assert_int_equal(seen.tasks, 0);
    assert_ends_with(sandboxed_try_with(&spec, start_many), EAGAIN);
    assert_true(sandbox_seen(sandboxed_last, &seen));
    assert_true(seen.tasks >= 1);
    assert_int_equal(seen.network, 0);
    assert_ends_with(sandboxed_try_with(&spec, start_many_threads), EAGAIN);
}

enum { SHARES = 4 };

/* Each takes what it may; together it is too much. */
static G_NORETURN void share(void (*use)(void))
{
    for (int i = 1; i < SHARES; i++) {
        if (fork() == 0)
            break;
    }
    use();
    for (;;)
        pause();
}

static void take_memory(void)
{
    const size_t size = (size_t)40 << 20;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        _exit(90);
    memset(memory, 1, size);
}

static void take_time(void)
{
    sandboxed_work();
}

static int share_memory(void)
{
    share(take_memory);
}

static int share_time(void)
{
    share(take_time);
}

/* What was there before the fork is one memory, not four. */
static int inherit_memory(void)
{
    take_memory();
    for (int i = 1; i < SHARES; i++) {
        if (fork() == 0) {
            for (;;)
                pause();
        }
    }
    g_usleep(1500000);
    return 0;
}

TEST(sums_are_held)
{
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    spec.memory_mib = 100;
    if (limits_hold_memory()) {
        const int greedy = sandboxed_try_with(&spec, share_memory);
        assert_killed_by(greedy, SIGKILL);
        assert_explained(greedy, "all its processes together had more memory");
        assert_ends_with(sandboxed_try_with(&spec, inherit_memory), 0);
    }
    spec.memory_mib = 0;
    spec.processor_s = 2;
    const int busy = sandboxed_try_with(&spec, share_time);
    assert_killed_by(busy, SIGKILL);
    assert_explained(busy, "all its processes together had used up their time");
}

static int left[2]; /* a pipe whose writing end whatever is left holds open */

static int leave_one_behind(void)
{
    if (fork() == 0) {
        if (fork() == 0) {
            for (;;)
                pause();
        }
        _exit(0);
    }
    wait(NULL);
    return 7;
}

static int stay_with_one(void)
{
    leave_one_behind();
    if (write(left[1], "x", 1) != 1)
        return 90;
    for (;;)
        pause();
}

static void assert_nothing_left(void)
{
    struct pollfd end = {.fd = left[0], .events = POLLIN};
    char byte;
    close(left[1]);
    if (poll(&end, 1, 5000) != 1 || read(left[0], &byte, 1) != 0)
        fail_msg("a process is left behind");
    close(left[0]);
}

TEST(nothing_is_left_behind)
{
    assert_int_equal(pipe(left), 0);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, leave_one_behind), 7);
    assert_nothing_left();
    if (!layers_namespaces()->processes)
        skip();
    /* nor when whoever started it kills it */
    g_auto(SandboxSpec) spec;
    char byte;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    assert_int_equal(pipe(left), 0);
    const pid_t keeper = sandboxed_start(&spec, stay_with_one);
    assert_int_equal(read(left[0], &byte, 1), 1);
    assert_int_equal(kill(keeper, SIGKILL), 0);
    assert_int_equal(waitpid(keeper, NULL, 0), keeper);
    assert_nothing_left();
}

/* The keeper alone, as where no namespace may be made. */
TEST(nothing_is_left_behind_without_namespaces)
{
    static const Namespaces none;
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, SANDBOX_PROGRAM);
    KeeperPage *page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(page != MAP_FAILED);
    page->status = -1;
    assert_int_equal(pipe(left), 0);
    const pid_t pid = fork();
    if (pid == 0) {
        int door = -1;
        _exit(keeper_begin(&spec, &none, page, &door) ? leave_one_behind() : SANDBOXED_NOT_ENTERED);
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_ends_with(status, 7);
    assert_nothing_left();
    munmap(page, sizeof *page);
}

/* ---- what its folder holds in all */

/* Some KiB into a file of its own, which is removed at once where it shall have no name; then it waits. */
static int fill(const char *name, int kib, bool removed)
{
    static const char block[1024] = "x";
    g_autofree char *path = g_build_filename(sandboxed_scratch, name, NULL);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0)
        return errno;
    for (int i = 0; i < kib; i++) {
        if (write(file, block, sizeof block) != sizeof block)
            return 97;
    }
    fsync(file); /* blocks are counted once they are there */
    if (removed)
        unlink(path);
    return 0;
}

static int wait_a_while(void)
{
    usleep(1500 * 1000);
    return 0;
}

static int write_little(void)
{
    const int failed = fill("little", 300, false);
    return failed != 0 ? failed : wait_a_while();
}

static int write_many(void)
{
    for (int i = 0; i < 4; i++) {
        char name[] = "many-0";
        name[5] = (char)('0' + i);
        if (fill(name, 400, false) != 0)
            return 97;
    }
    return wait_a_while();
}

static int write_nameless(void)
{
    return fill("nameless", 1600, true) != 0 ? 97 : wait_a_while();
}

/* What one process of several has open is one file. */
static int share_nameless(void)
{
    if (fill("shared", 500, true) != 0)
        return 97;
    for (int i = 0; i < 4; i++) {
        if (fork() == 0)
            _exit(wait_a_while());
    }
    while (wait(NULL) > 0)
        continue;
    return 0;
}

static int make_empty_ones(void)
{
    for (int i = 0; i < 300; i++) {
        g_autofree char *path = g_strdup_printf("%s/empty-%d", sandboxed_scratch, i);
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return 97;
    }
    return wait_a_while();
}

static int dig_deep(void)
{
    if (chdir(sandboxed_scratch) != 0)
        return 97;
    for (int i = 0; i < 70; i++) {
        if ((mkdir("d", 0700) != 0 && errno != EEXIST) || chdir("d") != 0)
            return 97;
    }
    return wait_a_while();
}

TEST(what_a_folder_holds_is_added_up)
{
    static const Act too_much[] = {write_many, write_nameless, make_empty_ones, dig_deep};
    for (size_t i = 0; i < G_N_ELEMENTS(too_much) + 2; i++) {
        char *const kept = sandboxed_scratch;
        sandboxed_scratch = g_dir_make_tmp("vsaudit-folder-XXXXXX", NULL);
        g_auto(SandboxSpec) spec;
        sandboxed_spec(&spec, SANDBOX_PROGRAM);
        spec.folder_mib = 1;
        if (i < G_N_ELEMENTS(too_much)) {
            const int status = sandboxed_try_with(&spec, too_much[i]);
            assert_killed_by(status, SIGKILL);
            assert_explained(status, "its folder held more than it may");
        } else {
            assert_ends_with(sandboxed_try_with(&spec, i % 2 == 0 ? write_little : share_nameless), 0);
        }
        scratch_remove(sandboxed_scratch);
        g_free(sandboxed_scratch);
        sandboxed_scratch = kept;
    }
}

UNIT_TESTS(sandboxed_set_up, sandboxed_tear_down)
