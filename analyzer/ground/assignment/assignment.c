/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assignment/problem.h"

#include <math.h>

typedef struct {
    Cost distance;
    size_t column;
} HeapEntry;

static bool less(Cost a, Cost b)
{
    if (a.missed != b.missed)
        return a.missed < b.missed;
    if (a.burden != b.burden)
        return a.burden < b.burden;
    if (a.error != b.error)
        return a.error < b.error;
    return a.doubt < b.doubt;
}

static void heap_push(GArray *heap, HeapEntry entry)
{
    g_array_append_val(heap, entry);
    HeapEntry *entries = (HeapEntry *)(void *)heap->data;
    guint place = heap->len - 1;
    while (place > 0 && less(entry.distance, entries[(place - 1) / 2].distance)) {
        entries[place] = entries[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    entries[place] = entry;
}

static HeapEntry heap_pop(GArray *heap)
{
    HeapEntry *entries = (HeapEntry *)(void *)heap->data;
    const HeapEntry top = entries[0];
    const HeapEntry last = entries[heap->len - 1];
    g_array_set_size(heap, heap->len - 1);
    guint place = 0;
    for (;;) {
        guint child = 2 * place + 1;
        if (child >= heap->len)
            break;
        if (child + 1 < heap->len && less(entries[child + 1].distance, entries[child].distance))
            child++;
        if (!less(entries[child].distance, last.distance))
            break;
        entries[place] = entries[child];
        place = child;
    }
    if (heap->len > 0)
        entries[place] = last;
    return top;
}

static void relax_row(AssignmentProblem *problem, size_t row, Cost base)
{
    for (size_t i = problem->first[row]; i < problem->first[row + 1]; i++) {
        const size_t column = problem->edges[i].column;
        const Cost reduced = minus(minus(edge_cost(&problem->edges[i]), problem->row_price[row]),
                                   problem->column_price[column]);
        const Cost distance = plus(base, reduced);
        if (problem->reached[column] && !less(distance, problem->distance[column]))
            continue;
        if (!problem->reached[column])
            g_array_append_val(problem->touched, column);
        problem->reached[column] = true;
        problem->distance[column] = distance;
        problem->from[column] = row;
        heap_push(problem->heap, (HeapEntry){distance, column});
    }
}

/* Hands `column` to the row that reached it, that row's former column to the row that reached that, and so on
 * back to the start. */
static void shift_back(AssignmentProblem *problem, size_t column, size_t start)
{
    for (;;) {
        const size_t row = problem->from[column];
        const size_t former = problem->column_of_row[row];
        problem->row_of_column[column] = row;
        problem->column_of_row[row] = column;
        if (row == start)
            return;
        column = former;
    }
}

/* Adds one row by the cheapest alternating path; the path may also leave some row without a column. */
static void add_row(AssignmentProblem *problem, size_t start)
{
    g_array_set_size(problem->heap, 0);
    g_array_set_size(problem->touched, 0);
    size_t loser = start; /* the row that goes without if that is cheapest */
    Cost best = minus(unmatched_cost, problem->row_price[start]);
    size_t target = ASSIGNMENT_NONE;
    relax_row(problem, start, (Cost){0, 0, 0, 0});
    while (problem->heap->len > 0) {
        const HeapEntry entry = heap_pop(problem->heap);
        const size_t column = entry.column;
        if (problem->settled[column]) /* since by a shorter path: this entry is what is left of a longer one */
            continue;
        if (less(best, entry.distance))
            break;
        const size_t row = problem->row_of_column[column];
        if (row == ASSIGNMENT_NONE) {
            target = column;
            best = entry.distance;
            break;
        }
        problem->settled[column] = true;
        const Cost give_up = plus(entry.distance, minus(unmatched_cost, problem->row_price[row]));
        if (less(give_up, best)) {
            best = give_up;
            loser = row;
        }
        relax_row(problem, row, entry.distance);
    }
    problem->row_price[start] = plus(problem->row_price[start], best);
    for (guint i = 0; i < problem->touched->len; i++) {
        const size_t column = g_array_index(problem->touched, size_t, i);
        if (problem->settled[column] && less(problem->distance[column], best)) {
            const Cost slack = minus(best, problem->distance[column]);
            const size_t row = problem->row_of_column[column];
            problem->column_price[column] = minus(problem->column_price[column], slack);
            problem->row_price[row] = plus(problem->row_price[row], slack);
        }
        problem->reached[column] = problem->settled[column] = false;
    }
    if (target != ASSIGNMENT_NONE) {
        shift_back(problem, target, start);
    } else if (loser != start) {
        const size_t given_up = problem->column_of_row[loser];
        problem->column_of_row[loser] = ASSIGNMENT_NONE;
        shift_back(problem, given_up, start);
    }
}

void assignment_solve(const AssignmentEdge *edges, const size_t *first, size_t rows, size_t columns,
                      size_t *column_of_row)
{
    g_autofree Cost *row_price = g_new0(Cost, rows), *column_price = g_new0(Cost, columns);
    g_autofree Cost *distance = g_new0(Cost, columns);
    g_autofree size_t *row_of_column = g_new(size_t, columns), *from = g_new0(size_t, columns);
    g_autofree bool *reached = g_new0(bool, columns), *settled = g_new0(bool, columns);
    g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) heap = g_array_new(FALSE, FALSE, sizeof(HeapEntry));
    AssignmentProblem problem = {.edges = edges,
                                 .first = first,
                                 .rows = rows,
                                 .columns = columns,
                                 .row_price = row_price,
                                 .column_price = column_price,
                                 .column_of_row = column_of_row,
                                 .row_of_column = row_of_column,
                                 .distance = distance,
                                 .from = from,
                                 .reached = reached,
                                 .settled = settled,
                                 .touched = touched,
                                 .heap = heap};
    for (size_t i = 0; i < columns; i++)
        row_of_column[i] = ASSIGNMENT_NONE;
    for (size_t row = 0; row < rows; row++) {
        column_of_row[row] = ASSIGNMENT_NONE;
        /* Start from the cheapest edge's cost, so that all reduced costs are >= 0. */
        row_price[row] = unmatched_cost;
        for (size_t i = first[row]; i < first[row + 1]; i++) {
            const Cost reduced = minus(edge_cost(&edges[i]), column_price[edges[i].column]);
            if (less(reduced, row_price[row]))
                row_price[row] = reduced;
        }
        add_row(&problem, row);
    }
    assignment_prefer_early(&problem);
}

/* ---- a full table */

static int64_t cost_steps(double cost)
{
    return (int64_t)llround(ldexp(cost, 40));
}

/* Every row gets a column of its own that stands for none: so all have one, and the sum of errors decides. */
void assignment_solve_table(const double *costs, size_t rows, size_t columns, double unmatched,
                            size_t *column_of_row)
{
    g_assert(unmatched >= 0 && unmatched <= 64);
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(AssignmentEdge));
    g_autofree size_t *first = g_new(size_t, rows + 1);
    for (size_t row = 0; row < rows; row++) {
        first[row] = edges->len;
        for (size_t column = 0; column < columns; column++) {
            const double cost = costs[row * columns + column];
            if (!(cost <= unmatched))
                continue;
            const AssignmentEdge edge = {.column = column, .error = cost_steps(cost)};
            g_array_append_val(edges, edge);
        }
        const AssignmentEdge none = {.column = columns + row, .error = cost_steps(unmatched)};
        g_array_append_val(edges, none);
    }
    first[rows] = edges->len;
    assignment_solve((const AssignmentEdge *)(const void *)edges->data, first, rows, columns + rows,
                     column_of_row);
    for (size_t row = 0; row < rows; row++)
        if (column_of_row[row] >= columns)
            column_of_row[row] = ASSIGNMENT_NONE;
}
