/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual page and the shells' completions, made from the tables of commands and options: they cannot say
 * anything else than --help. */
#ifndef VSAUDIT_CLI_MANUAL_H
#define VSAUDIT_CLI_MANUAL_H

#include <glib.h>

/* The page vsaudit(1) in roff. Caller frees. */
char *manual_page(void);
/* The completion for a shell, “bash”, “zsh” or “fish”; `kinds`: words that “vsaudit list” takes,
 * NULL-terminated. NULL for another shell. Caller frees. */
char *manual_completion(const char *shell, const char *const *kinds);

#endif
