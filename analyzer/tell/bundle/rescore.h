/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring again from what a bundle holds: inputs/, replays.jsonl, adjudication.json, run.json.
 *
 * replays.jsonl has one line a replay: clip, condition, what was measured of the file, and what the built-in
 * behaviours said. With the alert logs and the truth in inputs/ it is all that results.json is made from. */
#ifndef VSAUDIT_BUNDLE_RESCORE_H
#define VSAUDIT_BUNDLE_RESCORE_H

#include "bundle/inputs.h"
#include "store/store.h"

#define REPLAYS_FILE "replays.jsonl"

/* Writes FOLDER/replays.jsonl from a run's store. The audit is that of the run. */
bool rescore_keep_replays(const Audit *audit, Store *store, const char *folder, GError **error);

/* The results that follow, but for the pictures. `folder` has replays.jsonl and the like; nothing is written
 * into it. Caller owns; NULL with an error that names the file. */
json_t *rescore(const Inputs *inputs, const char *folder, GError **error);

/* Puts into `results` the names of pictures that `other`, the same results with pictures, has at the same
 * places; false with the first name (caller frees) that is no file of `names` (of char *, relative to
 * results.json). */
bool rescore_take_pictures(json_t *results, const json_t *other, const GPtrArray *names, char **missing);

/* Keys that only a run with the clips at hand can set; their values name pictures. */
bool rescore_is_picture_key(const char *key);
/* A value as it is written, shortened; “nothing” for NULL. Caller frees. */
char *rescore_value_text(const json_t *value);
/* The first value in which two documents differ: "scenarios[0].evaluations[1].counts.hits", and the two
 * values as they are written ("nothing" where one lacks it). False when there is none. Caller frees all
 * three. */
bool rescore_find_difference(const json_t *found, const json_t *expected, char **path, char **found_text,
                             char **expected_text);

#endif
