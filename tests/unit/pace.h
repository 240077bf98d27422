/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast this machine is just now, so that a test of speed says the same on any machine, busy or idle, with
 * or without sanitizers: what is judged is a ratio of processor times, never seconds.
 */
#ifndef VSAUDIT_TESTS_PACE_H
#define VSAUDIT_TESTS_PACE_H

/* Processor seconds that this process has used. */
double pace_used(void);
/* Processor seconds that sorting a million numbers takes here and now, about 0.15 on a desktop computer of
 * 2020. */
double pace_of_sorting(void);

#endif
