/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-to-one assignment at the least cost, of alerts to events as of tracks to blobs.
 *
 * Costs have a strict order of importance and are integers, so that there are no floating ties.
 * Rows are matched with columns over the given edges: as many as possible, then least burden, then least
 * error, then most confidence; of what is still equal the matching that gives the smallest column to the
 * first row, then to the second, and so on (no column counts as last), which leaves exactly one. Successive
 * shortest augmenting paths with potentials (Jonker and Volgenant 1987), then alternating paths over tight
 * edges for the last rule. */
#ifndef VSAUDIT_ASSIGNMENT_ASSIGNMENT_H
#define VSAUDIT_ASSIGNMENT_ASSIGNMENT_H

#include <stddef.h>
#include <stdint.h>

#define ASSIGNMENT_NONE SIZE_MAX

typedef struct {
    size_t column;
    int64_t error;      /* to be small */
    int64_t confidence; /* to be large */
    int64_t burden;     /* to be small before these; 0 or more, left out by those who have none */
} AssignmentEdge;

/* Row i has the edges [first[i], first[i + 1]), ordered by column. Fills column_of_row[rows]. */
void assignment_solve(const AssignmentEdge *edges, const size_t *first, size_t rows, size_t columns,
                      size_t *column_of_row);

/* The same for a full table of costs[row * columns + column], each at least 0, where leaving a row without a
 * column costs `unmatched` (at most 64): the sum of both is least, in steps of 2^-40; the last rule as above.
 * A pair that costs more than `unmatched`, INFINITY for one, is never made. */
void assignment_solve_table(const double *costs, size_t rows, size_t columns, double unmatched,
                            size_t *column_of_row);

#endif
