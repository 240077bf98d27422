/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Optimal assignment (the Hungarian method by shortest augmenting paths, Jonker and Volgenant 1987). */
#ifndef VSAUDIT_PERCEPTION_ASSIGNMENT_H
#define VSAUDIT_PERCEPTION_ASSIGNMENT_H

#include <stddef.h>

/* A pair that must not be matched. */
#define ASSIGNMENT_FORBIDDEN 1e9
#define ASSIGNMENT_NONE ((size_t)-1)

/* Matches rows with columns so that the sum over matched pairs of (cost - unmatched) is least, where leaving
 * a row unmatched costs `unmatched`. cost[row * columns + column] is finite and >= 0; a pair that costs more
 * than `unmatched` is never made. row_column[row] becomes the column or ASSIGNMENT_NONE. Of equal solutions
 * the same one is found every time. */
void assignment_solve(const double *cost, size_t rows, size_t columns, double unmatched, size_t *row_column);

#endif
