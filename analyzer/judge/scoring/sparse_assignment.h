/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sparse assignment with costs in a strict order of importance, all in integers.
 *
 * Rows are matched with columns over the given edges: as many as possible, then least burden, then least
 * error, then most confidence; of what is still equal the matching that gives the smallest column to the
 * first row, then to the second, and so on (no column counts as last). Successive shortest augmenting paths
 * with potentials, then alternating paths over tight edges for the last rule. */
#ifndef VSAUDIT_SCORING_SPARSE_ASSIGNMENT_H
#define VSAUDIT_SCORING_SPARSE_ASSIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#define SPARSE_NONE SIZE_MAX

typedef struct {
    size_t column;
    int64_t error;      /* to be small */
    int64_t confidence; /* to be large */
    int64_t burden;     /* to be small before these; 0 or more, left out by those who have none */
} SparseEdge;

/* Row i has the edges [first[i], first[i + 1]), ordered by column. Fills column_of_row[rows]. */
void sparse_assignment_solve(const SparseEdge *edges, const size_t *first, size_t rows, size_t columns,
                             size_t *column_of_row);

#endif
