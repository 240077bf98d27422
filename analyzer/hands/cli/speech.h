/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language in which the program talks to whoever types: help, “draft” and “check”. It is that of the
 * locale (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), where there are texts for it, else English. Errors are
 * English, and so is all that programs read: --json, CSV, the manual page, completions. */
#ifndef VSAUDIT_CLI_SPEECH_H
#define VSAUDIT_CLI_SPEECH_H

#include "language/texts.h"

#include <stdarg.h>

/* Never NULL. Lives as long as the program. */
const Texts *speech_texts(void);
/* From now on programs listen (--json): in English. */
void speech_to_programs(void);
/* The text of the key that `format` makes, in another language than English; `english` itself where there is
 * none. Both live as long as the program. */
const char *speech_help(const char *english, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Of an option of a command: its own text, or that of all options of that name. */
const char *speech_option(const char *command, const char *option, const char *english);

#endif
