/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program says of itself on its first line. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_HELLO_H
#define VSAUDIT_SYSTEMS_PROGRAM_HELLO_H

#include "systems/program_talk.h"

/* Fills `hello`; INPUT error when it is another protocol than ours, or not what the scenario says. */
bool program_hello_read(const ProgramLine *line, const char *input, const char *gives, const char *starts,
                        TalkHello *hello, GError **error);
const char *program_hello_format(TalkFormat format); /* "gray", "bgr", "gray+bgr" */

#endif
