/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process with three pipes: what is written to it, what it prints, the tail of what it says on standard
 * error. Never blocks on one of them while another is full. Knows nothing of a protocol. Inside systems/
 * only.
 *
 * The process stays in the process group of whoever started it, is killed when that one dies, and gets a
 * small environment that is the same everywhere: PATH, LANG=C.UTF-8, TZ=UTC, and Python's output unbuffered.
 */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_PIPE_H
#define VSAUDIT_SYSTEMS_PROGRAM_PIPE_H

#include "records/error.h"
#include "sandbox/sandbox.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/uio.h>

typedef struct {
    const char *const *argv;        /* argv[0] is a path */
    const char *folder;             /* where it starts; NULL: here */
    const char *scratch;            /* its own folder */
    const Sandbox *sandbox;         /* what it may do; NULL: all (for tests) */
    const char *const *environment; /* NAME=VALUE, besides the small one, ended by NULL; NULL: nothing */
    bool prints;          /* what it says on its standard output is no answer, and kept like the other */
    bool ended_by_others; /* whoever started it may not kill it, and ends with all of its process group */
} ProgramStart;

typedef struct ProgramPipe ProgramPipe;

/* NULL with an INPUT error when it cannot be started (HARNESS: no pipe, no process). From now on SIGPIPE is
 * ignored by the calling process. */
ProgramPipe *program_pipe_start(const ProgramStart *start, GError **error);
/* What is to be written next, after what waits already: `head` is copied, `rows` (may be NULL) is not and
 * must live until program_pipe_pending is 0. */
void program_pipe_queue(ProgramPipe *pipe, const char *head, size_t length, const struct iovec *rows,
                        size_t count);
size_t program_pipe_pending(const ProgramPipe *pipe); /* bytes that were not written yet; 0 once it is deaf */
int64_t program_pipe_written(const ProgramPipe *pipe); /* bytes in all */
int64_t program_pipe_taken(const ProgramPipe *pipe);   /* bytes in all that it has read out of the pipe */
/* Waits for news at most so long (µs, 0: not at all), writes and reads what can be. True when something was
 * written or read. */
bool program_pipe_step(ProgramPipe *pipe, int64_t wait_us);
/* A line without its end that was read and not yet taken; NULL: none. `length` is at most most + 1 where the
 * line is longer than that. It lives until the next call of this or of step. */
const char *program_pipe_line(ProgramPipe *pipe, size_t most, size_t *length);
/* Reads what is there of its standard error, without waiting, within reason. */
void program_pipe_drain(ProgramPipe *pipe);
bool program_pipe_is_over(const ProgramPipe *pipe);    /* it closed its output, and all was taken */
bool program_pipe_has_output(const ProgramPipe *pipe); /* something was read and not taken */
void program_pipe_close_input(ProgramPipe *pipe);
/* Waits so long for its end; false: it has not ended. `status` as waitpid gives it. */
bool program_pipe_wait(ProgramPipe *pipe, int64_t wait_us, int *status);
/* The last 4 KiB of its standard error as valid UTF-8, "" when there is none. Caller frees. */
char *program_pipe_log(const ProgramPipe *pipe);
void program_pipe_free(ProgramPipe *pipe); /* kills it; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ProgramPipe, program_pipe_free)

#endif
