/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: a condition is a libavfilter graph, and before it, if asked for, a round of compression:
 *   condition = graph | recompress | recompress "," graph
 *   recompress = "recompress=qp=" 1..51          (H.264 at a constant quantiser, a key picture every 50)
 * Only filters that compute pictures from pictures are let in (condition_filters): none that reads or writes
 * a file, opens a network connection, or makes up time. */
#ifndef VSAUDIT_MEDIA_CONDITION_H
#define VSAUDIT_MEDIA_CONDITION_H

#include "media/av.h"
#include "media/pixels.h"

typedef struct Condition Condition;

extern const char *const condition_filters[]; /* sorted, NULL-terminated */

/* See replay_check_condition. */
bool condition_check(const char *text, GError **error);
/* `text` must have passed condition_check; pictures are turned first. */
Condition *condition_new(const char *text, Turn turn);
void condition_free(Condition *condition); /* NULL is fine */
/* Gives it a picture with pts in µs (its content is taken), or NULL for the end. False with an INPUT error
 * when the graph does not work for such pictures. */
bool condition_push(Condition *condition, AVFrame *frame, GError **error);
/* The next picture that is ready, pts in µs. False without an error: push first, or the end was reached. */
bool condition_pull(Condition *condition, AVFrame *frame, GError **error);

#endif
