/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is wrong with some input files, found in one go.
 *
 * Loaders add every problem that they see and read on, so that a user mends a file once and not line by line.
 * A command that only needs to stop takes the first one (problems_to_error); `vsaudit check` prints them all.
 */
#ifndef VSAUDIT_RECORDS_PROBLEMS_H
#define VSAUDIT_RECORDS_PROBLEMS_H

#include <glib.h>
#include <stdbool.h>

/* Of one file no more than this many are kept: the rest is most often a consequence of the first ones. */
#define PROBLEMS_PER_FILE 50

typedef struct Problems Problems;

Problems *problems_new(void);
/* The same without that limit: for a command whose work it is to list them all. */
Problems *problems_new_whole(void);
void problems_free(Problems *problems); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Problems, problems_free)

/* Adds “file:line:column: path: message”. `file` may be NULL; line 0 = the file as a whole, column 0 = the
 * line as a whole; `path` ("clips[3].events[0].end_s") may be NULL or empty. */
void problems_add(Problems *problems, const char *file, int line, int column, const char *path,
                  const char *format, ...) G_GNUC_PRINTF(6, 7);
/* Adds an error made elsewhere that carries its own place, as it is. */
void problems_add_error(Problems *problems, const GError *cause);

guint problems_count(const Problems *problems);
/* Whether there are more than are kept, so that it no longer pays to look for the place of one. */
bool problems_full(const Problems *problems);
/* The messages, one sentence each, without newline: files in the order in which they first had a problem,
 * within a file by line and column. Array of char *, caller unrefs. */
GPtrArray *problems_list(const Problems *problems);
/* True when there are none. Else sets an INPUT error with the first message and how many more there are,
 * which “vsaudit check” on the same files must then list. */
bool problems_to_error(const Problems *problems, GError **error);
/* The same for files that “vsaudit check” cannot read by themselves (a vendor's table, lists of judgements, a
 * program's output). */
bool problems_first_to_error(const Problems *problems, GError **error);

#endif
