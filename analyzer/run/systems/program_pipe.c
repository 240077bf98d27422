/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_pipe.h"

#include "records/free.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    LOG_TAIL = 4096,
    LOG_READS = 256,
    PIPE_SIZE = 1 << 20, /* what an unprivileged process may ask for */
    READ_AT_ONCE = 65536,
    UNTAKEN_MOST = 4 << 20, /* more than any line; then it waits until its lines are taken */
    IOV_AT_ONCE = 256,
    REAP_MS = 2,
    STATUS_NOT_STARTED = 126,
};

struct ProgramPipe {
    pid_t pid; /* 0: its end has been seen */
    bool ended_by_others;
    int status;
    int in, out, log; /* -1: closed */
    GArray *waiting;  /* of struct iovec: to be written, the first `at` are */
    guint at;
    GPtrArray *heads; /* what `waiting` points to and is ours */
    size_t pending;
    int64_t written;
    GByteArray *read;   /* from `from` on: read and not taken */
    guint from, looked; /* no line ends before `looked` */
    GByteArray *tail;
};

/* ---- the child's side */

/* What a program in Python prints must not wait in a buffer, nor leave files beside the scenario. */
static char **make_environment(const char *scratch, const char *const *more)
{
    char **words = sandbox_environment(scratch != NULL ? scratch : "/nonexistent");
    for (; more != NULL && *more != NULL; more++) {
        const char *value = strchr(*more, '=');
        g_autofree char *name = g_strndup(*more, (gsize)(value - *more));
        words = g_environ_setenv(words, name, value + 1, TRUE);
    }
    words = g_environ_setenv(words, "PYTHONUNBUFFERED", "1", TRUE);
    words = g_environ_setenv(words, "PYTHONDONTWRITEBYTECODE", "1", TRUE);
    return g_environ_setenv(words, "PYTHONHASHSEED", "0", TRUE);
}

static G_NORETURN void become(const ProgramStart *start, char **environment, pid_t parent, int in, int out,
                              int log)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(STATUS_NOT_STARTED);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    signal(SIGPIPE, SIG_DFL);
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (start->folder != NULL && chdir(start->folder) != 0) {
        perror(start->folder);
        _exit(STATUS_NOT_STARTED);
    }
    if (start->sandbox != NULL && !sandbox_enter(start->sandbox))
        _exit(STATUS_NOT_STARTED);
    execve(start->argv[0], (char *const *)(const void *)start->argv, environment);
    perror("cannot be executed");
    _exit(STATUS_NOT_STARTED);
}

/* ---- the parent's side */

static void close_both(int ends[2])
{
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
    }
}

ProgramPipe *program_pipe_start(const ProgramStart *start, GError **error)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, log[2] = {-1, -1};
    g_auto(GStrv) environment = make_environment(start->scratch, start->environment);
    signal(SIGPIPE, SIG_IGN);
    pid_t pid = -1;
    const pid_t parent = getpid();
    if (pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 && pipe2(log, O_CLOEXEC) == 0) {
        fflush(NULL);
        pid = fork();
    }
    if (pid == 0)
        become(start, environment, parent, in[0], start->prints ? log[1] : out[1], log[1]);
    if (pid < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "cannot start a process (%s)",
                    g_strerror(errno));
        close_both(in);
        close_both(out);
        close_both(log);
        return NULL;
    }
    close(in[0]);
    close(out[1]);
    close(log[1]);
    ProgramPipe *pipe = g_new0(ProgramPipe, 1);
    pipe->pid = pid;
    pipe->ended_by_others = start->ended_by_others;
    pipe->in = in[1];
    pipe->out = out[0];
    pipe->log = log[0];
    fcntl(pipe->in, F_SETPIPE_SZ, PIPE_SIZE); /* smaller is slower, not wrong */
    fcntl(pipe->in, F_SETFL, O_NONBLOCK);
    fcntl(pipe->out, F_SETFL, O_NONBLOCK);
    fcntl(pipe->log, F_SETFL, O_NONBLOCK);
    pipe->waiting = g_array_new(FALSE, FALSE, sizeof(struct iovec));
    pipe->heads = g_ptr_array_new_with_free_func(g_free);
    pipe->read = g_byte_array_new();
    pipe->tail = g_byte_array_new();
    return pipe;
}

static void forget_waiting(ProgramPipe *pipe)
{
    g_array_set_size(pipe->waiting, 0);
    g_ptr_array_set_size(pipe->heads, 0);
    pipe->at = 0;
    pipe->pending = 0;
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

void program_pipe_queue(ProgramPipe *pipe, const char *head, size_t length, const struct iovec *rows,
                        size_t count)
{
    if (pipe->in < 0)
        return;
    char *copy = g_memdup2(head, length);
    const struct iovec first = {copy, length};
    g_ptr_array_add(pipe->heads, copy);
    g_array_append_val(pipe->waiting, first);
    if (count > 0)
        g_array_append_vals(pipe->waiting, rows, (guint)count);
    pipe->pending += length;
    for (size_t i = 0; i < count; i++)
        pipe->pending += rows[i].iov_len;
}

size_t program_pipe_pending(const ProgramPipe *pipe)
{
    return pipe->pending;
}

int64_t program_pipe_written(const ProgramPipe *pipe)
{
    return pipe->written;
}

int64_t program_pipe_taken(const ProgramPipe *pipe)
{
    int unread = 0;
    if (pipe->in < 0 || ioctl(pipe->in, FIONREAD, &unread) != 0)
        return pipe->written;
    return pipe->written - unread;
}

static void skip_written(ProgramPipe *pipe, size_t count)
{
    pipe->written += (int64_t)count;
    pipe->pending -= count;
    while (count > 0) {
        struct iovec *next = &g_array_index(pipe->waiting, struct iovec, pipe->at);
        const size_t done = MIN(count, next->iov_len);
        next->iov_base = (char *)next->iov_base + done;
        next->iov_len -= done;
        count -= done;
        if (next->iov_len == 0)
            pipe->at++;
    }
    if (pipe->pending == 0)
        forget_waiting(pipe);
}

static bool write_some(ProgramPipe *pipe)
{
    bool any = false;
    while (pipe->pending > 0) {
        const struct iovec *next = &g_array_index(pipe->waiting, struct iovec, pipe->at);
        const ssize_t count = writev(pipe->in, next, (int)MIN(pipe->waiting->len - pipe->at, IOV_AT_ONCE));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            break;
        if (count < 0) { /* it listens no more: what it said before it ended is read all the same */
            close_end(&pipe->in);
            forget_waiting(pipe);
            break;
        }
        skip_written(pipe, (size_t)count);
        any = true;
    }
    return any;
}

/* Drops what has been taken, so that memory does not grow. */
static void compact(ProgramPipe *pipe)
{
    if (pipe->from == 0)
        return;
    g_byte_array_remove_range(pipe->read, 0, pipe->from);
    pipe->looked -= MIN(pipe->looked, pipe->from);
    pipe->from = 0;
}

static bool read_some(ProgramPipe *pipe)
{
    uint8_t bytes[READ_AT_ONCE];
    const ssize_t count = read(pipe->out, bytes, sizeof bytes);
    if (count > 0) {
        compact(pipe);
        g_byte_array_append(pipe->read, bytes, (guint)count);
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        close_end(&pipe->out);
    }
    return count > 0;
}

static bool read_log(ProgramPipe *pipe)
{
    uint8_t bytes[LOG_TAIL];
    const ssize_t count = read(pipe->log, bytes, sizeof bytes);
    if (count > 0) {
        g_byte_array_append(pipe->tail, bytes, (guint)count);
        if (pipe->tail->len > LOG_TAIL)
            g_byte_array_remove_range(pipe->tail, 0, pipe->tail->len - LOG_TAIL);
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
        close_end(&pipe->log);
    }
    return count > 0;
}

/* What is there, within reason: a grandchild may go on for ever. */
void program_pipe_drain(ProgramPipe *pipe)
{
    for (int i = 0; i < LOG_READS && pipe->log >= 0 && read_log(pipe); i++)
        continue;
}

bool program_pipe_step(ProgramPipe *pipe, int64_t wait_us)
{
    if (pipe->pending > 0 && write_some(pipe))
        wait_us = 0;
    const bool has_room = pipe->read->len - pipe->from < UNTAKEN_MOST;
    struct pollfd polled[] = {{.fd = has_room ? pipe->out : -1, .events = POLLIN},
                              {.fd = pipe->log, .events = POLLIN},
                              {.fd = pipe->pending > 0 ? pipe->in : -1, .events = POLLOUT}};
    const struct timespec wait = {wait_us / G_USEC_PER_SEC, wait_us % G_USEC_PER_SEC * 1000};
    if (ppoll(polled, G_N_ELEMENTS(polled), &wait, NULL) <= 0)
        return false;
    bool any = false;
    if (polled[1].revents != 0)
        read_log(pipe);
    if (polled[0].revents != 0)
        any = read_some(pipe);
    if (polled[2].revents != 0)
        any = write_some(pipe) || any;
    return any;
}

const char *program_pipe_line(ProgramPipe *pipe, size_t most, size_t *length)
{
    const guint start = MAX(pipe->looked, pipe->from);
    const uint8_t *end =
        start < pipe->read->len ? memchr(pipe->read->data + start, '\n', pipe->read->len - start) : NULL;
    const char *line = (const char *)pipe->read->data + pipe->from;
    const size_t waiting = pipe->read->len - pipe->from;
    pipe->looked = pipe->read->len;
    if (end == NULL && waiting <= most && (pipe->out >= 0 || waiting == 0))
        return NULL;
    *length = end != NULL ? (size_t)((const char *)end - line) : waiting;
    pipe->from += (guint)*length + (end != NULL);
    pipe->looked = pipe->from;
    *length = MIN(*length, most + 1);
    return line;
}

bool program_pipe_is_over(const ProgramPipe *pipe)
{
    return pipe->out < 0 && pipe->from >= pipe->read->len;
}

bool program_pipe_has_output(const ProgramPipe *pipe)
{
    return pipe->from < pipe->read->len;
}

void program_pipe_close_input(ProgramPipe *pipe)
{
    close_end(&pipe->in);
    forget_waiting(pipe);
}

bool program_pipe_wait(ProgramPipe *pipe, int64_t wait_us, int *status)
{
    const int64_t until_us = g_get_monotonic_time() + wait_us;
    while (pipe->pid != 0) {
        const pid_t ended = waitpid(pipe->pid, &pipe->status, WNOHANG);
        if (ended == pipe->pid) {
            pipe->pid = 0;
            break;
        }
        if (g_get_monotonic_time() > until_us)
            return false;
        program_pipe_drain(pipe); /* or it would wait for room there for ever */
        g_usleep(REAP_MS * 1000);
    }
    program_pipe_drain(pipe);
    *status = pipe->status;
    return true;
}

char *program_pipe_log(const ProgramPipe *pipe)
{
    return g_utf8_make_valid(pipe->tail->len > 0 ? (const char *)pipe->tail->data : "",
                             (gssize)pipe->tail->len);
}

static void clear_program_pipe(ProgramPipe *pipe)
{
    close_end(&pipe->in);
    close_end(&pipe->out);
    close_end(&pipe->log);
    if (pipe->pid != 0 && !pipe->ended_by_others) {
        kill(pipe->pid, SIGKILL);
        while (waitpid(pipe->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    g_array_unref(pipe->waiting);
    g_ptr_array_unref(pipe->heads);
    g_byte_array_unref(pipe->read);
    g_byte_array_unref(pipe->tail);
}

DEFINE_FREE(program_pipe_free, ProgramPipe, pipe, clear_program_pipe(pipe))
