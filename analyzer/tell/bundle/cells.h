/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table (CSV) of a bundle that another version or build made, against the one that this program writes from
 * the same results: whatever words or columns that version has, a number is a number.
 *
 * Compared are the cells of columns that both have, row by row; rows are matched by what names them
 * (scenario, system, condition, clip, …). Numbers, and cells of one word (verdicts, outcomes, ids), must be
 * the same; a sentence may be worded otherwise, but not hold other numbers in the same words. */
#ifndef VSAUDIT_BUNDLE_CELLS_H
#define VSAUDIT_BUNDLE_CELLS_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *place, *found, *expected; /* the first cell or row that must not differ, "line 3, column p_miss";
                                       NULL = none */
    guint others;                   /* columns, rows and sentences that could not be compared */
    char *other;                    /* the first of these; NULL = none */
} CellsDifference;

/* `name`: of the table, "claims.csv". `known_form`: this program knows all that the results say, so that an
 * empty cell of its own means that there is nothing. Clear with cells_difference_clear. */
void cells_compare(const char *name, const char *found, const char *expected, bool known_form,
                   CellsDifference *difference);
void cells_difference_clear(CellsDifference *difference);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CellsDifference, cells_difference_clear)

#endif
