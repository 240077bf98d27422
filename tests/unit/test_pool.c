/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/pool.h"

#include "sandbox/filter.h"
#include "sandbox/landlock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

typedef enum {
    ACT_RETURN,
    ACT_BIG,
    ACT_FAIL,
    ACT_CRASH,
    ACT_HANG,
    ACT_EXIT,
    ACT_EAT,
    ACT_GARBAGE,
    ACT_KILLED,
    ACT_LEAVE_CHILD,
    ACT_SLOW_BUT_LONG,
    ACT_CLAIM,
    ACT_READ,
    ACT_EXEC,
} Act;

enum { BIG = 3000000, LIMIT_MIB = 256 };

static const char *own_file; /* that a confined worker may read */

static bool access_by_opening(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static json_t *act(gconstpointer job, PoolPulse *pulse, GError **error)
{
    const Act what = *(const Act *)job;
    atomic_store(&pulse->done_us, 1000);
    switch (what) {
    case ACT_RETURN:
        return json_pack("{s:i}", "pid", (int)getpid());
    case ACT_BIG: {
        g_autofree char *text = g_strnfill(BIG, 'a');
        return json_pack("{s:s}", "text", text);
    }
    case ACT_FAIL:
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY, "not the file it was");
        return NULL;
    case ACT_CRASH:
        fprintf(stderr, "last words\n");
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
        abort();
    case ACT_HANG:
        for (;;)
            pause();
    case ACT_EXIT:
        _exit(7);
    case ACT_EAT:
        for (;;) {
            char *memory = g_malloc(8 << 20);
            memset(memory, 1, 8 << 20);
        }
    case ACT_GARBAGE:
        if (write(3, "xxxxnonsense", 12) < 0)
            abort();
        _exit(0);
    case ACT_KILLED:
        kill(getpid(), SIGKILL);
        abort();
    case ACT_LEAVE_CHILD:
        if (fork() == 0) {
            for (;;)
                pause();
        }
        return json_pack("{s:i}", "pid", (int)getpid());
    case ACT_SLOW_BUT_LONG:
        atomic_store(&pulse->total_us, 3600 * US_PER_SECOND);
        for (int i = 0; i < 3600; i++)
            pool_pulse_step(pulse, i);
        g_usleep(700000);
        return json_object();
    case ACT_CLAIM: /* a clip's header, and one leap of its clock */
        atomic_store(&pulse->total_us, INT64_MAX);
        pool_pulse_step(pulse, 0);
        atomic_store(&pulse->done_us, 1000000000 * US_PER_SECOND);
        g_usleep(20 * G_USEC_PER_SEC);
        return json_object();
    case ACT_READ:
        return json_pack("{s:b,s:b}", "own", access_by_opening(own_file), "other",
                         access_by_opening("/etc/passwd"));
    case ACT_EXEC:
        execl("/bin/true", "true", NULL);
        return json_object();
    }
    abort();
}

typedef struct {
    guint ended[32]; /* how often each job was reported */
    json_t *results[32];
    char *reasons[32];
    VsauditErrorCode faults[32];
    char *logs[32];
    guint count, stop_after;
    volatile sig_atomic_t *cancel;
} Seen;

static bool note(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    Seen *seen = user;
    seen->ended[index]++;
    seen->count++;
    seen->results[index] = json_incref(outcome->result);
    seen->reasons[index] = g_strdup(outcome->reason);
    seen->logs[index] = g_strdup(outcome->cost.log);
    seen->faults[index] = outcome->fault;
    if (seen->cancel != NULL)
        *seen->cancel = 1;
    if (seen->stop_after != 0 && seen->count >= seen->stop_after) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "the disk is full");
        return false;
    }
    return true;
}

static void clear(Seen *seen)
{
    for (size_t i = 0; i < G_N_ELEMENTS(seen->ended); i++) {
        json_decref(seen->results[i]);
        g_free(seen->reasons[i]);
        g_free(seen->logs[i]);
    }
}

static bool run(const Act *acts, guint count, PoolSpec spec, Seen *seen, GError **error)
{
    gconstpointer jobs[32];
    for (guint i = 0; i < count; i++)
        jobs[i] = &acts[i];
    spec.work = act;
    spec.ended = note;
    spec.user = seen;
    if (spec.time_floor_s == 0)
        spec.time_floor_s = 60;
    const bool ok = pool_run(&spec, jobs, count, error);
    /* Nothing may be left behind. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    return ok;
}

static void assert_reason(const Seen *seen, guint index, const char *words)
{
    assert_null(seen->results[index]);
    if (seen->reasons[index] == NULL || strstr(seen->reasons[index], words) == NULL)
        fail_msg("job %u: found the reason “%s”, expected “%s”", index,
                 seen->reasons[index] != NULL ? seen->reasons[index] : "(none)", words);
}

TEST(test_results_come_back)
{
    const Act acts[] = {ACT_RETURN, ACT_BIG, ACT_RETURN, ACT_RETURN, ACT_RETURN};
    for (int64_t workers = 1; workers <= 8; workers *= 2) {
        Seen seen = {0};
        g_autoptr(GError) error = NULL;
        assert_true(run(acts, G_N_ELEMENTS(acts), (PoolSpec){.workers = workers}, &seen, &error));
        for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
            assert_int_equal(seen.ended[i], 1);
            assert_non_null(seen.results[i]);
            assert_null(seen.reasons[i]);
        }
        assert_int_equal(json_string_length(json_object_get(seen.results[1], "text")), BIG);
        /* Each in a process of its own. */
        assert_int_not_equal(json_integer_value(json_object_get(seen.results[0], "pid")), getpid());
        assert_int_not_equal(json_integer_value(json_object_get(seen.results[0], "pid")),
                             json_integer_value(json_object_get(seen.results[2], "pid")));
        clear(&seen);
    }
}

TEST(test_a_bad_worker_costs_only_its_job)
{
    const Act acts[] = {ACT_CRASH, ACT_RETURN, ACT_EXIT, ACT_GARBAGE, ACT_FAIL, ACT_KILLED, ACT_RETURN};
    Seen seen = {0};
    g_autoptr(GError) error = NULL;
    assert_true(run(acts, G_N_ELEMENTS(acts), (PoolSpec){.workers = 2}, &seen, &error));
    assert_int_equal(seen.count, G_N_ELEMENTS(acts));
    assert_non_null(seen.results[1]);
    assert_non_null(seen.results[6]);
    assert_reason(&seen, 0, "crashed (SIGSEGV, Segmentation fault)");
    assert_string_equal(seen.logs[0], "last words\n");
    assert_reason(&seen, 2, "without a result (exit status 7)");
    assert_reason(&seen, 3, "cannot be read");
    assert_reason(&seen, 4, "not the file it was");
    assert_reason(&seen, 5, "SIGKILL");
    assert_int_equal(seen.faults[0], VSAUDIT_ERROR_HARNESS);
    assert_int_equal(seen.faults[4], VSAUDIT_ERROR_INTEGRITY);
    clear(&seen);
}

TEST(test_a_hanging_worker_is_stopped)
{
    const Act acts[] = {ACT_HANG, ACT_RETURN, ACT_SLOW_BUT_LONG, ACT_CLAIM};
    Seen seen = {0};
    g_autoptr(GError) error = NULL;
    const PoolSpec spec = {.workers = 1, .time_floor_s = 0.3, .time_factor = 0.1};
    assert_true(run(acts, G_N_ELEMENTS(acts), spec, &seen, &error));
    assert_reason(&seen, 0, "time limit of 1 s (0.1 times the footage that it delivered, at least 0.3 s)");
    assert_non_null(seen.results[1]);
    assert_non_null(seen.results[2]); /* slower than the floor, but it has given many pictures */
    assert_reason(&seen, 3, "time limit");
    clear(&seen);
}

TEST(test_no_clip_sets_its_own_limit)
{
    const PoolSpec spec = {.time_factor = 60, .time_floor_s = 600};
    const int64_t second = US_PER_SECOND, hour = 3600 * US_PER_SECOND;
    assert_float_equal(pool_time_limit(&spec, hour, 25 * 3600, 0), 60 * 3600, 1e-3); /* an honest one */
    assert_float_equal(pool_time_limit(&spec, INT64_MAX, 25, 0), 1500, 1e-3);
    assert_float_equal(pool_time_limit(&spec, INT64_MAX, 2, 0), 600, 1e-3);
    assert_float_equal(pool_time_limit(&spec, hour, 0, 0), 600, 1e-3);
    assert_float_equal(pool_time_limit(&spec, 20 * second, 500, 0), 1200, 1e-3);
    assert_float_equal(pool_time_limit(&spec, 0, 0, 100000000000), 600 + 10000, 1e-3);
}

/* A hole in a file is no content. */
TEST(test_a_claimed_size_weighs_nothing)
{
    g_autofree char *path = NULL;
    const int file = g_file_open_tmp("vsaudit-weight-XXXXXX", &path, NULL);
    assert_true(file >= 0);
    assert_int_equal(write(file, "content", 7), 7);
    assert_int_equal(fsync(file), 0);
    assert_int_equal(pool_weigh_file(path), 7);
    if (ftruncate(file, (off_t)1 << 40) == 0) /* not every file system takes such a size */
        assert_true(pool_weigh_file(path) < 1 << 20);
    close(file);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(pool_weigh_file(path), 0);
    assert_int_equal(pool_weigh_file("/"), 0);
}

TEST(test_a_greedy_worker_is_stopped)
{
#ifdef __SANITIZE_ADDRESS__
    print_message("no memory limits under AddressSanitizer\n");
    skip();
#endif
    const Act acts[] = {ACT_EAT, ACT_RETURN};
    Seen seen = {0};
    g_autoptr(GError) error = NULL;
    const PoolSpec spec = {.workers = 1, .memory_mib = LIMIT_MIB};
    assert_true(run(acts, G_N_ELEMENTS(acts), spec, &seen, &error));
    assert_reason(&seen, 0, "more memory than its limit of 256 MiB");
    assert_non_null(seen.results[1]);
    clear(&seen);
}

TEST(test_grandchildren_do_not_hold_the_pool)
{
    const Act acts[] = {ACT_LEAVE_CHILD};
    Seen seen = {0};
    g_autoptr(GError) error = NULL;
    const int64_t start_us = g_get_monotonic_time();
    assert_true(run(acts, 1, (PoolSpec){.workers = 1}, &seen, &error));
    assert_true(g_get_monotonic_time() - start_us < 60 * US_PER_SECOND); /* the grandchild never ends */
    assert_non_null(seen.results[0]);
    clear(&seen);
}

TEST(test_cancel_keeps_what_is_done)
{
    const Act acts[] = {ACT_RETURN, ACT_HANG, ACT_RETURN};
    static volatile sig_atomic_t cancel = 0;
    Seen seen = {.cancel = &cancel};
    g_autoptr(GError) error = NULL;
    assert_true(run(acts, G_N_ELEMENTS(acts), (PoolSpec){.workers = 1, .cancel = &cancel}, &seen, &error));
    assert_int_equal(seen.count, 1);
    assert_non_null(seen.results[0]);
    clear(&seen);
}

TEST(test_stops_when_results_cannot_be_kept)
{
    const Act acts[] = {ACT_RETURN, ACT_HANG, ACT_HANG};
    Seen seen = {.stop_after = 1};
    g_autoptr(GError) error = NULL;
    assert_false(run(acts, G_N_ELEMENTS(acts), (PoolSpec){.workers = 3}, &seen, &error));
    assert_string_equal(error->message, "the disk is full");
    clear(&seen);
}

/* A parent that is killed takes its workers along. */
TEST(test_workers_die_with_the_parent)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans become this process's children */
    fflush(NULL);
    const pid_t parent = fork();
    if (parent == 0) {
        const Act acts[] = {ACT_HANG, ACT_HANG};
        const gconstpointer jobs[] = {&acts[0], &acts[1]};
        Seen seen = {0};
        const PoolSpec spec = {
            .workers = 2, .work = act, .ended = note, .user = &seen, .time_floor_s = 60, .memory_mib = 0};
        const struct itimerval soon = {.it_value = {.tv_usec = 300000}};
        setitimer(ITIMER_REAL, &soon,
                  NULL); /* SIGALRM's default ends it without any farewell, like kill -9 */
        pool_run(&spec, jobs, 2, NULL);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(parent, &status, 0), parent);
    assert_true(WIFSIGNALED(status));
    guint orphans = 0;
    for (int tries = 0; orphans < 2 && tries < 200; tries++) {
        if (waitpid(-1, &status, WNOHANG) > 0) {
            orphans++;
            assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        } else {
            g_usleep(10000);
        }
    }
    assert_int_equal(orphans, 2);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void confine(gconstpointer job, SandboxSpec *spec)
{
    (void)job;
    sandbox_spec_read(spec, own_file);
}

TEST(a_worker_is_confined)
{
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("vsaudit-pool-XXXXXX", &path, NULL);
    assert_true(fd >= 0);
    own_file = path;
    const Act acts[] = {ACT_READ, ACT_EXEC};
    Seen seen = {0};
    g_autoptr(GError) error = NULL;
    assert_true(run(acts, 2, (PoolSpec){.workers = 1, .confine = confine}, &seen, &error));
    assert_true(json_is_true(json_object_get(seen.results[0], "own")));
    if (landlock_abi() > 0)
        assert_true(json_is_false(json_object_get(seen.results[0], "other")));
    if (filter_is_offered()) {
        assert_reason(&seen, 1, "its file may be made to break in");
        assert_int_equal(seen.faults[1], VSAUDIT_ERROR_HARNESS);
    }
    clear(&seen);
    close(fd);
    unlink(path);
}

UNIT_TESTS(NULL, NULL)
