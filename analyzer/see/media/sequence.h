/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: numbered pictures in a folder, named by a pattern such as "folder/frame%04d.jpg". */
#ifndef VSAUDIT_MEDIA_SEQUENCE_H
#define VSAUDIT_MEDIA_SEQUENCE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t first, last; /* numbers found, empty files too */
    GArray *numbers;     /* of int64_t, ascending; less than last - first + 1 when some are missing */
    GArray *empty;       /* of int64_t, ascending: files without a byte, which are not among the numbers */
} Sequence;

void sequence_free(Sequence *sequence); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sequence, sequence_free)

/* Whether the last part of the path has exactly one %d or %0Nd. */
bool sequence_is_pattern(const char *path);
/* Looks into the folder. NULL with an INPUT error: no such folder, no picture of that name, all are empty. */
Sequence *sequence_find(const char *pattern, GError **error);
/* The numbers, the first five of them: "50, 51, 52, 53, 54, …". Caller frees. */
char *sequence_list(const GArray *numbers);
/* The numbers between first and last of which there is no file, of int64_t; the first `most` of them. Caller
 * unrefs. */
GArray *sequence_missing(const Sequence *sequence, guint most);

#endif
