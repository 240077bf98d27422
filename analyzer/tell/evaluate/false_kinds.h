/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of error a false alert is, by rule: a duplicate; a cross-trigger, when it matches an event of
 * another behaviour; a near miss, when its onset lies within twice the tolerance of an event of its own; else
 * unlabelled until people have looked (evaluate/adjudication.h). */
#ifndef VSAUDIT_EVALUATE_FALSE_KINDS_H
#define VSAUDIT_EVALUATE_FALSE_KINDS_H

#include "config/dataset.h"
#include "scoring/eval.h"

typedef enum { FALSE_NOT, FALSE_DUPLICATE, FALSE_CROSS_TRIGGER, FALSE_NEAR_MISS, FALSE_UNLABELLED } FalseKind;
enum { FALSE_KINDS = FALSE_UNLABELLED + 1 };

/* "duplicate", "cross_trigger", "near_miss", "unlabelled"; NULL for FALSE_NOT. */
const char *false_kind_name(FalseKind kind);

/* The kind of each of a clip's alerts (of Alert *) by its result, in their order; adds to the counts of each
 * kind. Caller frees. */
guint8 *false_kinds_find(const Clip *clip, const char *behaviour, const GPtrArray *alerts,
                         const EvalClipResult *result, const EvalSettings *settings,
                         int64_t counts[FALSE_KINDS]);

#endif
