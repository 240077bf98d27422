/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which false alerts, missed events and hits a report shows, when there are too many to show all: a random
 * sample by a seed that is printed, stratified by cause, so that nobody chooses.
 *
 * A stratum is a scenario, a system, a condition and (of alerts) a kind: the cause that two people named,
 * else duplicate, cross_trigger, near_miss or unlabelled. Each stratum gives one at least, and a share of the
 * rest in proportion to its size (largest remainder). Within a stratum the first by the SHA-256 of
 * "seed/scenario/system/condition/dataset/clip/list/index" are taken: anybody can draw the sample again. The
 * controls, which never alert and miss everything, are left out. */
#ifndef VSAUDIT_EVALUATE_SAMPLE_H
#define VSAUDIT_EVALUATE_SAMPLE_H

#include "evaluate/detail.h"

#define SAMPLE_SEED 1
/* So many false alerts and missed events a report shows, and of so many pictures are taken, one a stratum at
 * least. */
enum {
    SAMPLE_SHOWN_ALERTS = 40,
    SAMPLE_SHOWN_MISSES = 20,
    SAMPLE_SHOWN_HITS = 12,
    SAMPLE_KEPT_ALERTS = 500,
    SAMPLE_KEPT_MISSES = 250,
    SAMPLE_KEPT_HITS = 12
};

typedef enum { SAMPLE_FALSE_ALERTS, SAMPLE_MISSES, SAMPLE_HITS, SAMPLE_LISTS } SampleList;
/* How many of each a report shows. */
extern const size_t sample_shown[SAMPLE_LISTS];

typedef struct {
    const json_t *scenario, *evaluation;
    char *kind; /* of the alerts; NULL for misses */
    bool cause; /* the kind is a cause in somebody's words */
    size_t total, drawn;
} SampleStratum;

typedef struct {
    int64_t seed;
    size_t total, drawn;
    GPtrArray *strata;  /* of SampleStratum *, in the document's order */
    GHashTable *chosen; /* set of const json_t *: the records that were drawn */
    GPtrArray *order;   /* of const json_t *: the same, the first of every stratum first */
} Sample;

/* Draws `size` records, or all where there are no more, or one a stratum where there are more strata. The
 * results and their detail (NULL: the document has all) must outlive the sample. The clips of what was drawn
 * are kept (detail_keep_clip). */
Sample *sample_draw(const json_t *document, const Detail *detail, SampleList list, int64_t seed, size_t size);
void sample_free(Sample *sample); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sample, sample_free)
bool sample_has(const Sample *sample, const json_t *record);

#endif
