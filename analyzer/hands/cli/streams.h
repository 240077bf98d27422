/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program inherits and what it leaves: signals, and the three standard streams. */
#ifndef VSAUDIT_CLI_STREAMS_H
#define VSAUDIT_CLI_STREAMS_H

/* Called first of all. Whatever the caller left: no signal is blocked, children are waited for, a full disk
 * or a closed pipe is an error of the write and not the end of the program, and the descriptors 0, 1 and 2
 * are taken, so that no file of ours becomes somebody's standard output.
 *
 * At the end of the program, however it comes to that, standard output is flushed: if anything that was
 * printed could not be written, that is said and the exit status is EXIT_HARNESS. */
void streams_prepare(void);

#endif
