/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: numbered pictures in a folder, named by a pattern such as "folder/frame%04d.jpg". */
#ifndef VSAUDIT_MEDIA_SEQUENCE_H
#define VSAUDIT_MEDIA_SEQUENCE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int64_t first, last; /* numbers found */
    GArray *numbers;     /* of int64_t, ascending; less than last - first + 1 when some are missing */
} Sequence;

void sequence_free(Sequence *sequence); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sequence, sequence_free)

/* Whether the last part of the path has exactly one %d or %0Nd. */
bool sequence_is_pattern(const char *path);
/* Looks into the folder. NULL with an INPUT error: no such folder, no picture of that name. */
Sequence *sequence_find(const char *pattern, GError **error);

#endif
