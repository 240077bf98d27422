/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading results.json without trusting it: a missing key, a null and a value of another type all read as
 * "not there", never as zero. Nothing here owns or changes the document. */
#ifndef VSAUDIT_RESULTS_MODEL_H
#define VSAUDIT_RESULTS_MODEL_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* The value at a path of keys ("counts.hits"); NULL when any step is missing, and for null. */
const json_t *model_get(const json_t *json, const char *path);
/* NULL when it is not a string. */
const char *model_string(const json_t *json, const char *path);
/* NAN when it is not a number. */
double model_number(const json_t *json, const char *path);
/* `unknown` when it is not a whole number. */
int64_t model_integer(const json_t *json, const char *path, int64_t unknown);
/* False when it is not true. */
bool model_true(const json_t *json, const char *path);
/* Number of members of the array at path; 0 when it is none. */
size_t model_count(const json_t *json, const char *path);
/* The i-th member of the array at path; NULL beyond its end. */
const json_t *model_member(const json_t *json, const char *path, size_t i);
/* Twelve significant digits, as results.json is written, so that a table made from the document in memory and
 * one made from the file are the same; "" for NAN. Caller frees. */
char *model_format_exact(double value);

/* An evaluation that stands on so little footage (some, but less than one camera-hour) that its rates must
 * not be spread over a day without a warning. */
bool model_is_short(const json_t *evaluation);

/* Calls `visit` for every evaluation, in the document's order. */
typedef void (*ModelVisitor)(const json_t *scenario, const json_t *evaluation, void *user);
void model_visit_evaluations(const json_t *results, ModelVisitor visit, void *user);

/* The most clips of an evaluation that hold the very pictures of others. */
int64_t model_copied_clips(const json_t *results);

#endif
