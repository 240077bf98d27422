/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What truth files and alert logs share. Inside truth/ only. */
#ifndef VSAUDIT_TRUTH_FILES_H
#define VSAUDIT_TRUTH_FILES_H

#include "truth/table.h"

/* The whole file with a NUL behind it; caller frees. NULL after having reported. `what` stands in messages:
 * "a truth file". */
char *file_read(const char *path, const char *what, size_t *length, Problems *problems);
/* Whether the text is JSON by its first character; steps over a byte order mark in that case. */
bool file_is_json(const char **bytes, size_t *length);
/* A cell that holds one of `behaviours` (NULL = any text); false after having reported. */
bool file_get_behaviour(const Row *row, size_t column, const char *const *behaviours, const char **out);

#endif
