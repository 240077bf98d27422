/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small shapes that occur all over results.json. */
#ifndef VSAUDIT_RESULTS_RESULTS_JSON_H
#define VSAUDIT_RESULTS_RESULTS_JSON_H

#include "config/scenario.h"
#include "records/text.h"
#include "results/record_parts.h"
#include "scoring/eval.h"

#include <jansson.h>

#define RESULTS_DIGITS 12 /* of a number in the file */

/* All return new references. */
double results_rounded(double value);     /* to the twelve significant digits of the file */
json_t *results_number(double value);     /* NAN and infinities are null */
json_t *results_time(int64_t t_us);       /* TIME_UNKNOWN is null */
json_t *results_string(const char *text); /* NULL is null; bytes that are not UTF-8 are replaced */
/* In every language; takes the phrase. NULL: null. */
json_t *results_said(Phrase *phrase);
json_t *results_text(const char *en,
                     const char *fr); /* {"en": …, "fr": …}; a missing language takes the other's text */
/* Of data sets and claims: one wording, or the same for both languages, is somebody's own and stays a plain
 * string. */
json_t *results_own_words(const char *en, const char *fr);
/* The values in force of a table's options, as a user would write them: {"window": "10", …}; empty when the
 * params are wrong. */
json_t *results_parameters(const OptionRow *table, size_t size, const ParamList *params);
json_t *results_rate(const Rate *rate);
ResultsRate results_rate_of(const Rate *rate); /* the same as a record, of static strings */
ResultsRate results_timed_rate_of(const EvalFigures *figures, const Rate *rate);
/* A rate of these figures; where some of their clips had a clock that was put right, it says how many. */
json_t *results_timed_rate(const EvalFigures *figures, const Rate *rate);
json_t *results_box(Box box); /* [x, y, w, h] or null */
/* Of an array of char *, or NULL: as a member of a record, which is there though it may be empty. It points
 * into the array. */
ResultsStrings results_strings(const GPtrArray *strings);

#endif
