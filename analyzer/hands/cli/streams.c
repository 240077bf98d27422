/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/streams.h"

#include "records/error.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A closed descriptor is taken by the null device, in its wrong direction where an attempt to use it is to
 * fail. */
static void take_descriptor(int number, int mode)
{
    if (fcntl(number, F_GETFD) >= 0 || errno != EBADF)
        return;
    const int null = open("/dev/null", mode);
    if (null >= 0 && null != number) {
        dup2(null, number);
        close(null);
    }
}

static void prepare_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGCHLD, SIG_DFL); /* ignored, the workers' ends would never be told */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

/* Before anybody's exit status, also that of --help, which GLib ends itself. */
static void finish_output(void)
{
    errno = 0;
    const bool failed = ferror(stdout) != 0;
    const bool lost = fflush(stdout) != 0;
    const int number = errno;
    if (!failed && !lost && (fclose(stdout) == 0 || errno == EBADF))
        return;
    fprintf(stderr, "vsaudit: standard output: cannot be written%s%s%s\n", lost ? " (" : "",
            lost ? strerror(number) : "", lost ? ")" : "");
    _exit(EXIT_HARNESS);
}

void streams_prepare(void)
{
    take_descriptor(STDIN_FILENO, O_RDONLY);
    take_descriptor(STDOUT_FILENO, O_RDONLY);
    take_descriptor(STDERR_FILENO, O_WRONLY);
    prepare_signals();
    atexit(finish_output);
}
