/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last rule: among equals, the earliest columns to the first rows. Another matching is as good
 * exactly when it uses tight edges only and covers every column with a price. */
#include "assignment/problem.h"

static bool is_tight(const AssignmentProblem *problem, size_t row, size_t edge)
{
    return is_zero(minus(minus(edge_cost(&problem->edges[edge]), problem->row_price[row]),
                         problem->column_price[problem->edges[edge].column]));
}

static bool may_be_free(const AssignmentProblem *problem, size_t column)
{
    return column == ASSIGNMENT_NONE || is_zero(problem->column_price[column]);
}

/* Work space of the alternating paths; `seen` holds the number of the search that saw a row last, so that
 * nothing need be cleared between searches. */
typedef struct {
    size_t *column_first, *column_edges; /* the edges of each column */
    size_t *row_of_edge;
    size_t *queue, *parents, *next;
    size_t *seen;
    size_t search;
} Paths;

/* Rows after `fixed` move along tight edges, beginning with `displaced`, which must leave its column. Finds a
 * way to `wanted` (the column that `fixed` leaves; may be none), else, if `ends_free`, to a free column or to
 * going without. The path runs from *last back through parents[]; *end is the column that *last takes. */
static bool find_way(const AssignmentProblem *problem, Paths *paths, size_t displaced, size_t fixed,
                     size_t wanted, bool ends_free, size_t *last, size_t *end)
{
    size_t head = 0, tail = 0;
    bool found = false;
    const size_t search = ++paths->search;
    paths->seen[displaced] = search;
    paths->parents[displaced] = ASSIGNMENT_NONE;
    paths->queue[tail++] = displaced;
    while (head < tail) {
        const size_t row = paths->queue[head++];
        if (ends_free && !found && is_zero(minus(unmatched_cost, problem->row_price[row]))) {
            found = true;
            *last = row;
            *end = ASSIGNMENT_NONE;
        }
        for (size_t i = problem->first[row]; i < problem->first[row + 1]; i++) {
            const size_t column = problem->edges[i].column;
            if (column == problem->column_of_row[row] || !is_tight(problem, row, i))
                continue;
            if (column == wanted) {
                *last = row;
                *end = column;
                return true;
            }
            const size_t owner = problem->row_of_column[column];
            if (owner == ASSIGNMENT_NONE) {
                if (ends_free && !found) {
                    found = true;
                    *last = row;
                    *end = column;
                }
            } else if (owner > fixed && paths->seen[owner] != search) {
                paths->seen[owner] = search;
                paths->parents[owner] = row;
                paths->queue[tail++] = owner;
            }
        }
    }
    return found;
}

/* Finds rows after `fixed` by which `column`, which must be covered, is covered again: *first takes it, the
 * row next[] of that takes the first's column, and so on; the last one's column may go free. */
static bool find_cover(const AssignmentProblem *problem, Paths *paths, size_t column, size_t fixed,
                       size_t *first)
{
    size_t head = 0, tail = 0;
    const size_t search = ++paths->search;
    size_t open = column, parent = ASSIGNMENT_NONE;
    for (;;) {
        for (size_t i = paths->column_first[open]; i < paths->column_first[open + 1]; i++) {
            const size_t edge = paths->column_edges[i];
            const size_t row = paths->row_of_edge[edge];
            if (row <= fixed || paths->seen[row] == search || problem->column_of_row[row] == open ||
                !is_tight(problem, row, edge))
                continue;
            paths->seen[row] = search;
            paths->parents[row] = parent;
            if (may_be_free(problem, problem->column_of_row[row])) {
                /* Turn the chain round: from the column outwards. */
                size_t after = ASSIGNMENT_NONE;
                for (size_t at = row; at != ASSIGNMENT_NONE; at = paths->parents[at]) {
                    paths->next[at] = after;
                    after = at;
                }
                *first = after;
                return true;
            }
            paths->queue[tail++] = row;
        }
        if (head == tail)
            return false;
        parent = paths->queue[head++];
        open = problem->column_of_row[parent];
    }
}

/* Gives `row` the earlier `column`, if the rows after it can make room at no cost. */
static bool give_earlier(AssignmentProblem *problem, Paths *paths, size_t row, size_t column)
{
    const size_t old = problem->column_of_row[row];
    const size_t owner = problem->row_of_column[column];
    if (owner != ASSIGNMENT_NONE && owner <= row)
        return false;
    size_t cover = ASSIGNMENT_NONE, last = ASSIGNMENT_NONE, end = ASSIGNMENT_NONE;
    bool releasable = may_be_free(problem, old);
    /* A way to the old column needs nobody else; any other must leave it free or covered. */
    if (owner == ASSIGNMENT_NONE || !find_way(problem, paths, owner, row, old, releasable, &last, &end)) {
        if (releasable && owner != ASSIGNMENT_NONE)
            return false;
        if (!releasable) {
            if (!find_cover(problem, paths, old, row, &cover))
                return false;
            if (owner != ASSIGNMENT_NONE && !find_way(problem, paths, owner, row, old, true, &last, &end))
                return false;
        }
    }
    if (old != ASSIGNMENT_NONE)
        problem->row_of_column[old] = ASSIGNMENT_NONE;
    /* The two paths share no row: one that did would have been a way to the old column. */
    for (size_t at = last; at != ASSIGNMENT_NONE; at = paths->parents[at]) {
        const size_t former = problem->column_of_row[at];
        problem->column_of_row[at] = end;
        if (end != ASSIGNMENT_NONE)
            problem->row_of_column[end] = at;
        end = former;
    }
    size_t open = old;
    for (size_t at = cover; at != ASSIGNMENT_NONE; at = paths->next[at]) {
        const size_t former = problem->column_of_row[at];
        problem->column_of_row[at] = open;
        problem->row_of_column[open] = at;
        open = former;
        if (former != ASSIGNMENT_NONE)
            problem->row_of_column[former] = ASSIGNMENT_NONE;
    }
    problem->column_of_row[row] = column;
    problem->row_of_column[column] = row;
    return true;
}

void assignment_prefer_early(AssignmentProblem *problem)
{
    const size_t rows = problem->rows, count = problem->first[rows];
    g_autofree size_t *column_first = g_new0(size_t, problem->columns + 1);
    g_autofree size_t *column_edges = g_new(size_t, count), *row_of_edge = g_new(size_t, count);
    g_autofree size_t *queue = g_new(size_t, rows), *parents = g_new(size_t, rows);
    g_autofree size_t *next = g_new(size_t, rows), *seen = g_new0(size_t, rows);
    for (size_t i = 0; i < count; i++)
        column_first[problem->edges[i].column + 1]++;
    for (size_t i = 0; i < problem->columns; i++)
        column_first[i + 1] += column_first[i];
    for (size_t row = rows; row-- > 0;) /* backwards: column_first ends as the start of each column */
        for (size_t i = problem->first[row]; i < problem->first[row + 1]; i++) {
            row_of_edge[i] = row;
            column_edges[--column_first[problem->edges[i].column + 1]] = i;
        }
    /* The fill has moved every start one place up: entry c + 1 now holds where column c begins. */
    for (size_t i = 0; i < problem->columns; i++)
        column_first[i] = column_first[i + 1];
    column_first[problem->columns] = count;
    Paths paths = {column_first, column_edges, row_of_edge, queue, parents, next, seen, 0};
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = problem->first[row]; i < problem->first[row + 1]; i++) {
            const size_t column = problem->edges[i].column;
            if (column >= problem->column_of_row[row]) /* none is the largest of all */
                break;
            if (is_tight(problem, row, i) && give_earlier(problem, &paths, row, column))
                break;
        }
    }
}
