/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers put in order that keep where they stood. */
#ifndef VSAUDIT_SCORING_RANKED_H
#define VSAUDIT_SCORING_RANKED_H

#include <stddef.h>

typedef struct {
    double value; /* no NAN */
    size_t index;
} Ranked;

/* Of two Ranked, for a sort: the smallest first, of equal ones that which stood first; and the other way. */
int ranked_rising(const void *a, const void *b);
int ranked_falling(const void *a, const void *b);

#endif
