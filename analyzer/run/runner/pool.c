/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    TICK_MS = 200,
    REAP_MS = 5,             /* how often to look for the end of a worker that has closed its pipe */
    LOG_TAIL = 4000,         /* bytes of a worker's stderr that are kept */
    MESSAGE_MAX = 256 << 20, /* a longer message is taken for garbage */
    READ_PER_S = 10000000,   /* bytes, from a slow disk */
    BLOCK = 512,             /* the unit of st_blocks */
    CHILD_PIPE = 3,          /* the worker's end of the pipe */
};

/* 30 years: a header can claim more than can be added up. */
static const int64_t footage_most_us = (int64_t)30 * 365 * 86400 * 1000000;

typedef struct {
    pid_t pid; /* 0: free */
    guint index;
    int pipe; /* -1 once the worker has closed it */
    int log;  /* an unnamed file that is the worker's stderr */
    GByteArray *bytes;
    int64_t started_us, bytes_to_read;
    PoolPulse *pulse;
    char *verdict; /* set when the parent killed it: why */
} Slot;

/* ---- the worker's side */

void pool_pulse_step(PoolPulse *pulse, int64_t done_us)
{
    atomic_store(&pulse->done_us, done_us);
    atomic_fetch_add(&pulse->pictures, 1);
}

static bool write_all(int fd, const void *data, size_t size)
{
    const char *bytes = data;
    while (size > 0) {
        const ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

static bool send_message(int fd, const json_t *message)
{
    char *text = json_dumps(message, JSON_COMPACT);
    const size_t size = text != NULL ? strlen(text) : 0;
    const uint32_t length = (uint32_t)size;
    const bool sent =
        size > 0 && size <= MESSAGE_MAX && write_all(fd, &length, sizeof length) && write_all(fd, text, size);
    free(text);
    return sent;
}

static void limit_memory(int64_t memory_mib)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* its shadow memory alone is larger than any limit */
    if (memory_mib > 0) {
        const rlim_t bytes = (rlim_t)memory_mib << 20;
        const struct rlimit limit = {bytes, bytes};
        setrlimit(RLIMIT_DATA, &limit);
    }
#else
    (void)memory_mib;
#endif
}

/* Leaves the worker with its pipe, its log and nothing else of the parent's. */
static void detach(const PoolSpec *spec, pid_t parent, int pipe, int log)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_HARNESS); /* the parent died before it could be noticed */
    /* In a group of its own Ctrl-C reaches the parent only, which then ends the workers. */
    setpgid(0, 0);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    dup2(pipe, CHILD_PIPE);
    close_range(CHILD_PIPE + 1, ~0U, 0);
    limit_memory(spec->memory_mib);
}

bool pool_confine(PoolConfine add, gconstpointer job, GError **error)
{
    if (add == NULL)
        return true;
    g_auto(SandboxSpec) limits;
    sandbox_spec_init(&limits, SANDBOX_WORKER);
    add(job, &limits);
    g_autoptr(Sandbox) sandbox = sandbox_new(&limits, error);
    if (sandbox == NULL)
        return false;
    if (sandbox_enter(sandbox))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                "the worker could not be confined, and read nothing; its log says why");
    return false;
}

/* Takes `result`; NULL: the error. False when it could not be sent. */
static bool send_outcome(json_t *result, const GError *error)
{
    json_t *message = NULL;
    if (result != NULL)
        message = json_pack("{s:o}", "result", result);
    else
        message = json_pack("{s:i,s:s}", "code",
                            error->domain == VSAUDIT_ERROR ? error->code : (int)VSAUDIT_ERROR_INPUT, "error",
                            error->message);
    if (message == NULL)
        g_printerr("the result is no JSON\n");
    const bool sent = message != NULL && send_message(CHILD_PIPE, message);
    json_decref(message);
    return sent;
}

void pool_send_part(json_t *result, const GError *failure)
{
    if (!send_outcome(result, failure))
        _exit(EXIT_HARNESS);
}

static G_NORETURN void run_worker(const PoolSpec *spec, gconstpointer job, PoolPulse *pulse)
{
    g_autoptr(GError) error = NULL;
    json_t *result = pool_confine(spec->confine, job, &error) ? spec->work(job, pulse, &error) : NULL;
    const bool sent = send_outcome(result, error);
    fflush(NULL);
    /* Not exit(): what the parent registered to be done at its end is not the worker's to do. */
    _exit(sent ? EXIT_DONE : EXIT_HARNESS);
}

/* ---- the parent's side */

static bool start(const PoolSpec *spec, Slot *slot, const gconstpointer *jobs, guint index, GError **error)
{
    int ends[2] = {-1, -1};
    const int log = memfd_create("vsaudit-worker", MFD_CLOEXEC);
    if (log < 0 || pipe2(ends, O_CLOEXEC) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot start a worker (%s)",
                    g_strerror(errno));
        if (log >= 0)
            close(log);
        return false;
    }
    atomic_store(&slot->pulse->done_us, 0);
    atomic_store(&slot->pulse->total_us, 0);
    atomic_store(&slot->pulse->pictures, 0);
    fflush(NULL); /* or the worker would write what waits in the parent's buffers again */
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        detach(spec, parent, ends[1], log);
        run_worker(spec, jobs[index], slot->pulse);
    }
    close(ends[1]);
    if (pid < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot start a worker (%s)",
                    g_strerror(errno));
        close(ends[0]);
        close(log);
        return false;
    }
    setpgid(pid, pid); /* whichever of the two comes first */
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    slot->pid = pid;
    slot->index = index;
    slot->bytes_to_read = spec->weight != NULL ? spec->weight(jobs[index]) : 0;
    slot->pipe = ends[0];
    slot->log = log;
    slot->bytes = g_byte_array_new();
    slot->started_us = g_get_monotonic_time();
    return true;
}

static void read_pipe(Slot *slot)
{
    uint8_t buffer[65536];
    while (slot->pipe >= 0) {
        const ssize_t got = read(slot->pipe, buffer, sizeof buffer);
        if (got > 0 && slot->bytes->len <= MESSAGE_MAX) {
            g_byte_array_append(slot->bytes, buffer, (guint)got);
        } else if (got == 0) {
            close(slot->pipe);
            slot->pipe = -1;
        } else if (got < 0 && errno != EINTR) {
            return;
        }
    }
}

static char *read_log_tail(int log)
{
    const off_t size = lseek(log, 0, SEEK_END);
    if (size <= 0)
        return NULL;
    const off_t from = MAX((off_t)0, size - LOG_TAIL);
    g_autofree char *text = g_malloc0(LOG_TAIL + 1);
    if (pread(log, text, LOG_TAIL, from) <= 0)
        return NULL;
    return g_utf8_make_valid(text, -1);
}

/* The message that begins at `*from`, which is moved behind it; NULL: there is no whole one. */
static json_t *parse_message(const GByteArray *bytes, guint *from)
{
    uint32_t length = 0;
    if (bytes->len - *from <= sizeof length)
        return NULL;
    memcpy(&length, bytes->data + *from, sizeof length);
    if (length > bytes->len - *from - sizeof length)
        return NULL;
    const char *text = (const char *)bytes->data + *from + sizeof length;
    *from += (guint)sizeof length + length;
    return json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
}

/* False: it is no outcome. */
static bool read_outcome(const json_t *message, PoolPart *part)
{
    json_t *result = json_object_get(message, "result");
    const char *text = json_string_value(json_object_get(message, "error"));
    *part = (PoolPart){.fault = VSAUDIT_ERROR_HARNESS};
    if (result != NULL) {
        part->result = json_incref(result);
    } else if (text != NULL) {
        part->fault = (VsauditErrorCode)json_integer_value(json_object_get(message, "code"));
        part->reason = g_strdup(text);
    }
    return part->result != NULL || part->reason != NULL;
}

static void part_clear(gpointer data)
{
    PoolPart *part = data;
    json_decref(part->result);
    g_free(part->reason);
}

/* All whole messages, of PoolPart; `rest` becomes true when there is more than these. */
static GArray *read_parts(const GByteArray *bytes, bool *rest)
{
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(PoolPart));
    g_array_set_clear_func(parts, part_clear);
    guint from = 0;
    bool fine = true;
    while (fine && from < bytes->len) {
        PoolPart part;
        json_t *message = parse_message(bytes, &from);
        fine = read_outcome(message, &part);
        if (fine)
            g_array_append_val(parts, part);
        json_decref(message);
    }
    *rest = !fine;
    return parts;
}

static char *describe_signal(const PoolSpec *spec, int number, const JobCost *cost)
{
    const int64_t limit_kib = spec->memory_mib * 1024;
    const bool starved = cost->log != NULL && strstr(cost->log, "failed to allocate") != NULL;
    if (limit_kib > 0 && (starved || cost->peak_rss_kib > limit_kib / 4 * 3))
        return g_strdup_printf("the worker needed more memory than its limit of %" PRId64
                               " MiB and was ended by SIG%s",
                               spec->memory_mib, sigabbrev_np(number));
    if (number == SIGSYS)
        return g_strdup(
            "the worker asked the system for what no reader of clips needs, and was ended (SIGSYS); "
            "its file may be made to break in");
    if (number == SIGXFSZ)
        return g_strdup("the worker was ended when it wrote a file larger than it may (SIGXFSZ)");
    if (number == SIGKILL)
        return g_strdup(
            "the worker was killed from outside (SIGKILL); perhaps the machine ran out of memory");
    return g_strdup_printf("the worker crashed (SIG%s, %s)", sigabbrev_np(number), sigdescr_np(number));
}

/* The worker has ended: what came of it. */
static void judge(const PoolSpec *spec, Slot *slot, int status, PoolOutcome *outcome)
{
    bool rest = false;
    outcome->fault = VSAUDIT_ERROR_HARNESS;
    outcome->parts = read_parts(slot->bytes, &rest);
    if (slot->verdict != NULL) {
        outcome->reason = g_steal_pointer(&slot->verdict);
        return;
    }
    if (WIFSIGNALED(status)) {
        outcome->reason = describe_signal(spec, WTERMSIG(status), &outcome->cost);
        return;
    }
    if (!rest && outcome->parts->len > 0) {
        const PoolPart *last = &g_array_index(outcome->parts, PoolPart, outcome->parts->len - 1);
        outcome->result = json_incref(last->result);
        outcome->fault = last->fault;
        outcome->reason = g_strdup(last->reason);
        g_array_set_size(outcome->parts, outcome->parts->len - 1);
    } else if (rest) {
        outcome->reason = g_strdup("the worker sent a result that cannot be read");
    } else {
        outcome->reason =
            g_strdup_printf("the worker ended without a result (exit status %d)", WEXITSTATUS(status));
    }
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void release(Slot *slot)
{
    if (slot->pipe >= 0)
        close(slot->pipe);
    close(slot->log);
    g_byte_array_unref(slot->bytes);
    g_clear_pointer(&slot->verdict, g_free);
    slot->pid = 0;
}

/* Looks whether the worker has ended; then reports and frees the slot. False only with an error. */
static bool reap(const PoolSpec *spec, Slot *slot, GError **error)
{
    int status = 0;
    struct rusage usage;
    const pid_t pid = wait4(slot->pid, &status, WNOHANG, &usage);
    if (pid != slot->pid)
        return true;
    kill(-slot->pid, SIGKILL); /* what it may have started itself */
    read_pipe(slot);
    PoolOutcome outcome = {
        .cost = {.wall_s = (double)(g_get_monotonic_time() - slot->started_us) / 1e6,
                 .cpu_s = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
                 .peak_rss_kib = usage.ru_maxrss,
                 .log = read_log_tail(slot->log)},
        .done_us = atomic_load(&slot->pulse->done_us),
    };
    judge(spec, slot, status, &outcome);
    release(slot);
    const bool ok = spec->ended(slot->index, &outcome, spec->user, error);
    json_decref(outcome.result);
    g_free(outcome.reason);
    g_array_unref(outcome.parts);
    g_free(outcome.cost.log);
    return ok;
}

static int64_t footage_of(const PoolSpec *spec, const Slot *slot, const gconstpointer *jobs)
{
    const int64_t hint = spec->length != NULL ? spec->length(jobs[slot->index]) : 0;
    const int64_t total = atomic_load(&slot->pulse->total_us), done = atomic_load(&slot->pulse->done_us);
    return MIN(MAX(hint, MAX(total, done)), footage_most_us);
}

double pool_time_limit(const PoolSpec *spec, int64_t footage_us, int64_t pictures, int64_t bytes)
{
    const double footage_s = fmin((double)footage_us / 1e6, (double)pictures);
    return fmax(spec->time_floor_s, spec->time_factor * footage_s) + (double)bytes / READ_PER_S;
}

int64_t pool_weigh_file(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return 0;
    /* Some file systems do not count blocks; a file of holes alone is read fast. */
    return status.st_blocks > 0 ? MIN((int64_t)status.st_size, (int64_t)status.st_blocks * BLOCK)
                                : (int64_t)status.st_size;
}

static void enforce_time(const PoolSpec *spec, Slot *slot, const gconstpointer *jobs)
{
    const double limit_s = pool_time_limit(spec, footage_of(spec, slot, jobs),
                                           atomic_load(&slot->pulse->pictures), slot->bytes_to_read) +
                           (spec->grace_s != NULL ? spec->grace_s(jobs[slot->index]) : 0);
    const double spent_s = (double)(g_get_monotonic_time() - slot->started_us) / 1e6;
    if (spent_s <= limit_s || slot->verdict != NULL)
        return;
    slot->verdict =
        g_strdup_printf("the worker was stopped at its time limit of %.0f s (%g times the footage that it "
                        "delivered, at least %g s)",
                        ceil(limit_s), spec->time_factor, spec->time_floor_s);
    kill(-slot->pid, SIGKILL);
}

static void tick(const PoolSpec *spec, const Slot *slots, const gconstpointer *jobs)
{
    if (spec->tick == NULL)
        return;
    g_autofree PoolRunning *running = g_new0(PoolRunning, (gsize)spec->workers);
    guint count = 0;
    for (int64_t i = 0; i < spec->workers; i++) {
        if (slots[i].pid != 0)
            running[count++] = (PoolRunning){.index = slots[i].index,
                                             .done_us = atomic_load(&slots[i].pulse->done_us),
                                             .total_us = footage_of(spec, &slots[i], jobs)};
    }
    spec->tick(running, count, spec->user);
}

/* Waits for news of the workers, a short while at most. */
static void wait_for_news(const PoolSpec *spec, Slot *slots)
{
    g_autofree struct pollfd *polled = g_new0(struct pollfd, (gsize)spec->workers);
    nfds_t count = 0;
    bool closed = false;
    for (int64_t i = 0; i < spec->workers; i++) {
        if (slots[i].pid == 0)
            continue;
        if (slots[i].pipe >= 0)
            polled[count++] = (struct pollfd){.fd = slots[i].pipe, .events = POLLIN};
        else
            closed = true;
    }
    poll(polled, count, closed ? REAP_MS : TICK_MS);
}

static void kill_all(const PoolSpec *spec, Slot *slots)
{
    for (int64_t i = 0; i < spec->workers; i++) {
        if (slots[i].pid == 0)
            continue;
        kill(-slots[i].pid, SIGKILL);
        kill(slots[i].pid, SIGKILL); /* in case its group is not there yet */
        while (waitpid(slots[i].pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        release(&slots[i]);
    }
}

static guint count_running(const PoolSpec *spec, const Slot *slots)
{
    guint count = 0;
    for (int64_t i = 0; i < spec->workers; i++)
        count += slots[i].pid != 0;
    return count;
}

/* Gives free slots the next jobs. A start that fails is an error only when no worker runs: else it is tried
 * again when one has ended. */
static bool fill_slots(const PoolSpec *spec, Slot *slots, const gconstpointer *jobs, guint count, guint *next,
                       GError **error)
{
    for (int64_t i = 0; i < spec->workers && *next < count; i++) {
        if (slots[i].pid != 0)
            continue;
        g_autoptr(GError) cause = NULL;
        if (start(spec, &slots[i], jobs, *next, &cause)) {
            (*next)++;
        } else if (count_running(spec, slots) == 0) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return false;
        } else {
            return true;
        }
    }
    return true;
}

static bool is_cancelled(const PoolSpec *spec)
{
    return spec->cancel != NULL && *spec->cancel != 0;
}

bool pool_run(const PoolSpec *spec, const gconstpointer *jobs, guint count, GError **error)
{
    g_assert(spec->workers >= 1);
    const size_t size = (size_t)spec->workers * sizeof(PoolPulse);
    PoolPulse *pulses = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pulses == MAP_FAILED) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot share memory with workers (%s)",
                    g_strerror(errno));
        return false;
    }
    g_autofree Slot *slots = g_new0(Slot, (gsize)spec->workers);
    for (int64_t i = 0; i < spec->workers; i++)
        slots[i].pulse = &pulses[i];

    guint next = 0;
    int64_t ticked_us = 0;
    bool ok = true;
    while (ok && !is_cancelled(spec) && (next < count || count_running(spec, slots) > 0)) {
        ok = fill_slots(spec, slots, jobs, count, &next, error);
        if (!ok)
            break;
        wait_for_news(spec, slots);
        for (int64_t i = 0; ok && i < spec->workers; i++) {
            if (slots[i].pid == 0)
                continue;
            read_pipe(&slots[i]);
            enforce_time(spec, &slots[i], jobs);
            ok = reap(spec, &slots[i], error);
        }
        const int64_t now_us = g_get_monotonic_time();
        if (now_us - ticked_us >= TICK_MS * 1000) {
            ticked_us = now_us;
            tick(spec, slots, jobs);
        }
    }
    kill_all(spec, slots);
    munmap(pulses, size);
    return ok;
}
