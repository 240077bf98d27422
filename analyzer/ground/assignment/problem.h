/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the solver and its last rule share; for this room alone. */
#ifndef VSAUDIT_ASSIGNMENT_PROBLEM_H
#define VSAUDIT_ASSIGNMENT_PROBLEM_H

#include "assignment/assignment.h"

#include <glib.h>
#include <stdbool.h>

/* In this order of importance. */
typedef struct {
    int64_t missed, burden, error, doubt; /* doubt = -confidence */
} Cost;

typedef struct {
    const AssignmentEdge *edges;
    const size_t *first;
    size_t rows, columns;
    Cost *row_price, *column_price; /* potentials: cost - row - column >= 0; column <= 0, 0 while free */
    size_t *column_of_row, *row_of_column;
    Cost *distance;
    size_t *from; /* the row from which a column was reached */
    bool *reached, *settled;
    GArray *touched; /* of size_t: columns whose `reached` is set */
    GArray *heap;    /* of HeapEntry */
} AssignmentProblem;

static const Cost unmatched_cost = {1, 0, 0, 0};

static inline Cost plus(Cost a, Cost b)
{
    return (Cost){a.missed + b.missed, a.burden + b.burden, a.error + b.error, a.doubt + b.doubt};
}

static inline Cost minus(Cost a, Cost b)
{
    return (Cost){a.missed - b.missed, a.burden - b.burden, a.error - b.error, a.doubt - b.doubt};
}

static inline bool is_zero(Cost a)
{
    return a.missed == 0 && a.burden == 0 && a.error == 0 && a.doubt == 0;
}

static inline Cost edge_cost(const AssignmentEdge *edge)
{
    return (Cost){0, edge->burden, edge->error, -edge->confidence};
}

/* Of all matchings as good as the one that was found, leaves the one that the header's last rule names. */
void assignment_prefer_early(AssignmentProblem *problem);

#endif
