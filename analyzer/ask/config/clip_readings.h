/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the words of an index.json are read for the behaviours: which event types mean an event of which
 * behaviour on which clip, and what is drawn on the clip's picture. Kept in a file of its own, because the
 * index says what was seen and knows no behaviour.
 *
 *   {"schema": "vsaudit/readings/1",
 *    "zones": {"name": [[x, y], …]},                       drawn on every clip
 *    "clips": {"ID": {"camera": "…", "zones": {…}, "lines": {"name": [[x, y], [x, y]]},
 *                     "coverage": ["behaviour", …],        watched for these in its whole length
 *                     "events": [{"types": ["word", …], "behaviour": "…", "label": "…",
 *                                 "note": "…", "least_s": 0, "joined": false}]}}}
 *
 * `note`: only events whose note has these words count; `least_s`: only those that last so long. `joined`:
 * the first event of the types and all that follow are one, from the start of the first to the end of the
 * last. What a clip's readings say of a behaviour replaces what the program's own table makes of the index.
 */
#ifndef VSAUDIT_CONFIG_CLIP_READINGS_H
#define VSAUDIT_CONFIG_CLIP_READINGS_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

/* The file's content, checked; the caller decrefs. NULL with an INPUT error. */
json_t *clip_readings_load(const char *path, GError **error);
/* The readings of one clip; NULL when there are none or `readings` is NULL. Borrowed. */
const json_t *clip_readings_find(const json_t *readings, const char *clip);
/* The camera that the clip is of, as its readings (may be NULL) say; NULL when they do not. Borrowed. */
const char *clip_readings_camera(const json_t *clip_readings);
/* Whether the clip's readings (may be NULL) say of the behaviour which events it has. */
bool clip_readings_has_events(const json_t *clip_readings, const char *behaviour);
/* Whether they say that the clip was watched for the behaviour. */
bool clip_readings_covers(const json_t *clip_readings, const char *behaviour);
/* Appends the manifest's rows of the events that the clip's readings make of those of the index. */
void clip_readings_append_events(GString *out, const json_t *clip_readings, const json_t *clip);
/* Appends the rows of zones ("zones") or lines ("lines"): those of every clip, then the clip's own. Returns
 * how many. */
size_t clip_readings_append_shapes(GString *out, const json_t *readings, const json_t *clip_readings,
                                   const char *kind);

#endif
