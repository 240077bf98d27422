/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The programs and libraries of others that a command is about to start. */
#ifndef VSAUDIT_CLI_PROGRAMS_H
#define VSAUDIT_CLI_PROGRAMS_H

#include "config/scenario.h"

/* Names each on standard error, with the place where the audit says so. With `refused` none may be started:
 * then an INPUT error names the first, and nothing is printed. False with an error. */
bool programs_announce(const char *command, const Audit *audit, bool refused, GError **error);

#endif
