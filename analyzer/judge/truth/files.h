/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What truth files and alert logs share. Inside truth/ only. */
#ifndef VSAUDIT_TRUTH_FILES_H
#define VSAUDIT_TRUTH_FILES_H

#include "truth/table.h"

/* The whole file with a NUL behind it; caller frees. NULL after having reported. `what` stands in messages:
 * "a truth file". */
char *file_read(const char *path, const char *what, size_t *length, Problems *problems);
/* A format of our own that is CSV, or JSON with a list of the same rows. */
typedef struct {
    const Column *columns;
    size_t count;
    const char *schema;       /* of the JSON; NULL: CSV only */
    const char *const *lists; /* of the JSON, NULL-terminated, in the order in which they are read */
} FileFormat;

/* Whether the text is JSON by its first character; steps over a byte order mark in that case. */
bool file_is_json(const char **bytes, size_t *length);
/* Calls `each` for every sound row of the text; what is wrong is reported. False when it is no text at all.
 * `table` is filled in: what later problems are told by. */
bool file_parse(const FileFormat *format, const char *bytes, size_t length, const char *name,
                RowFunction each, void *user, Problems *problems, Table *table);
/* The same for a file of CSV. True when nothing was wrong. `sha256` may be NULL; else the hash, caller frees.
 */
bool file_load_csv(const FileFormat *format, const char *path, const char *what, RowFunction each, void *user,
                   char **sha256, Problems *problems);
/* A cell that holds one of `behaviours` (NULL = any text); false after having reported. */
bool file_get_behaviour(const Row *row, size_t column, const char *const *behaviours, const char **out);

#endif
