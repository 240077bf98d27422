/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandboxed.h"

#include "records/free.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

char *sandboxed_scratch;  /* may be written */
char *sandboxed_readable; /* a file that may be read */
char *sandboxed_outside;  /* a file that may not be touched */
static char *other;       /* where the last two lie */

/* What fails ends with its errno. */
int sandboxed_number(long result)
{
    return result < 0 ? errno : 0;
}

void sandboxed_spec(SandboxSpec *spec, SandboxKind kind)
{
    sandbox_spec_init(spec, kind);
    sandbox_spec_read(spec, sandboxed_readable);
    sandbox_spec_write(spec, sandboxed_scratch);
}

Sandbox *sandboxed_last; /* of the program that was tried last */

pid_t sandboxed_start(const SandboxSpec *spec, Act act)
{
    sandbox_free(sandboxed_last);
    sandboxed_last = spec->kind == SANDBOX_PROGRAM ? sandbox_new(spec, NULL) : NULL;
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        Sandbox *sandbox = sandboxed_last != NULL ? sandboxed_last : sandbox_new(spec, NULL);
        if (sandbox == NULL || !sandbox_enter(sandbox))
            _exit(SANDBOXED_NOT_ENTERED);
        errno = 0;
        _exit(act());
    }
    return pid;
}

/* The status of a child that tries; of a worker or of a program. */
int sandboxed_try_with(const SandboxSpec *spec, Act act)
{
    const pid_t pid = sandboxed_start(spec, act);
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

int sandboxed_try(SandboxKind kind, Act act)
{
    g_auto(SandboxSpec) spec;
    sandboxed_spec(&spec, kind);
    return sandboxed_try_with(&spec, act);
}

void assert_ends_with(int status, int number)
{
    if (!WIFEXITED(status) || WEXITSTATUS(status) != number)
        fail_msg("found the status 0x%x, expected an end with %d (%s)", status, number, strerror(number));
}

void assert_killed_by(int status, int number)
{
    if (!WIFSIGNALED(status) || WTERMSIG(status) != number)
        fail_msg("found the status 0x%x, expected SIG%s", status, sigabbrev_np(number));
    assert_false(WCOREDUMP(status));
}

void assert_explained(int status, const char *words)
{
    const char *found = sandbox_explain(sandboxed_last, status);
    if (found == NULL || strstr(found, words) == NULL)
        fail_msg("found “%s”, expected “%s”", found != NULL ? found : "nothing", words);
}

/* Both kinds. */
void assert_each(Act act, int number)
{
    assert_ends_with(sandboxed_try(SANDBOX_WORKER, act), number);
    assert_ends_with(sandboxed_try(SANDBOX_PROGRAM, act), number);
}

int sandboxed_read(void)
{
    return sandboxed_number(open(sandboxed_readable, O_RDONLY));
}

int sandboxed_work(void)
{
    volatile unsigned i = 0;
    while (i + 1 != 0)
        i = i < 1000 ? i + 1 : 0;
    return 0;
}

int sandboxed_set_up(void **state)
{
    (void)state;
    sandboxed_scratch = g_dir_make_tmp("vsaudit-scratch-XXXXXX", NULL);
    other = g_dir_make_tmp("vsaudit-other-XXXXXX", NULL);
    sandboxed_readable = g_build_filename(other, "readable", NULL);
    sandboxed_outside = g_build_filename(other, "outside", NULL);
    assert_true(g_file_set_contents(sandboxed_readable, "r", 1, NULL));
    assert_true(g_file_set_contents(sandboxed_outside, "#!/bin/sh\n", -1, NULL));
    assert_int_equal(chmod(sandboxed_outside, 0700), 0);
    return 0;
}

int sandboxed_tear_down(void **state)
{
    (void)state;
    sandbox_free(sandboxed_last);
    scratch_remove(sandboxed_scratch);
    scratch_remove(other);
    FREE_EACH(sandboxed_scratch, sandboxed_readable, sandboxed_outside, other);
    return 0;
}
