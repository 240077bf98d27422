/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of system calls, by name, each ended by NULL; those that an architecture does not have are passed
 * over. Inside sandbox/ only. */
#ifndef VSAUDIT_SANDBOX_CALLS_H
#define VSAUDIT_SANDBOX_CALLS_H

/* No decoder and no detector needs them: who makes them is ended (SIGSYS). */
extern const char *const calls_that_end[];
/* They start a program or a process: a worker that makes them is ended. */
extern const char *const calls_that_start[];
/* Refused to a program with EPERM: honest ones try them and go on. */
extern const char *const calls_refused[];
/* Refused with ENOSYS, as an older kernel would: their arguments lie in memory, where no filter sees them,
 * and every library has another way. */
extern const char *const calls_unknown[];
/* Refused with EACCES where there is no network, as is `socket`. A pair of
 * sockets, which threads of one program talk by, stays. */
extern const char *const calls_of_network[];
/* What a worker needs that serves at a socket which was opened before. */
extern const char *const calls_that_serve[];
/* All that a worker may do, but for what depends on an argument (filter.c). */
extern const char *const calls_of_worker[];

#endif
