/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every event and every alert of a document of results, clip by clip.
 *
 * A million alerts are 150 MB as records and more than a gigabyte as a tree of JSON. So a fresh document says
 * of the clips of its evaluations (evaluations[].clips[]) only what concerns each clip as a whole: "events"
 * and "alerts" are null there. A Detail holds the records, and makes the lists of one clip when they are
 * asked for. A document read from a file has its lists, and needs no Detail: every function here takes NULL
 * for it.
 *
 * Several threads may read one Detail and its document at the same time. */
#ifndef VSAUDIT_EVALUATE_DETAIL_H
#define VSAUDIT_EVALUATE_DETAIL_H

#include "evaluate/clip_facts.h"
#include "evaluate/false_kinds.h"

#include "results/document.h"

#include <jansson.h>

/* One evaluation, scored. */
typedef struct {
    const Scenario *scenario;
    GArray *facts;  /* of ClipFacts */
    GArray *inputs; /* of EvalClip, as many */
    EvalResult *result;
    guint8 **kinds; /* of every clip: FalseKind of every alert */
} Scored;

Scored *scored_new(const Scenario *scenario); /* nothing in it yet */
void scored_free(Scored *scored);             /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scored, scored_free)
/* Of the i-th clip's coverage, what no picture vouches for, without what was not decoded; 0 when it failed.
 */
int64_t scored_not_seen_us(const Scored *scored, size_t i);
/* A clip as a whole, with null in place of its lists. */
json_t *scored_describe_clip(const Scored *scored, size_t i);

typedef struct Detail Detail;

/* Takes the systems, to whose alert logs the facts of the evaluations point. The audit must outlive it. */
Detail *detail_new(Systems *systems);
void detail_free(Detail *detail); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Detail, detail_free)
/* Takes what is behind an evaluation, which must outlive the detail. */
void detail_add(Detail *detail, const json_t *evaluation, Scored *scored);

/* How many records the i-th clip's list ("events" or "alerts") has. */
size_t detail_count(const Detail *detail, const json_t *evaluation, size_t i, const char *list);
/* The kinds (FalseKind) of its alerts, for those who need no more of them; NULL when the document has the
 * list. */
const guint8 *detail_false_kinds(const Detail *detail, const json_t *evaluation, size_t i);
/* That list; a new reference. */
json_t *detail_open_list(const Detail *detail, const json_t *evaluation, size_t i, const char *list);
/* The same as records: a clip that has that list and nothing else. */
ResultsJudgedClip *detail_load_list(const Detail *detail, const json_t *evaluation, size_t i,
                                    const char *list);
/* The i-th clip with its lists; a new reference. */
json_t *detail_open_clip(const Detail *detail, const json_t *evaluation, size_t i);
/* The same, and from now on detail_kept_clip returns it, so that its records stay where they are. One thread
 * at a time. */
const json_t *detail_keep_clip(const Detail *detail, const json_t *evaluation, size_t i);
/* The i-th clip with its lists when it was kept, or the document has them; else without. */
const json_t *detail_kept_clip(const Detail *detail, const json_t *evaluation, size_t i);
/* Puts all lists into the document, for those who change records there. */
void detail_fill(const Detail *detail, json_t *results);

#endif
