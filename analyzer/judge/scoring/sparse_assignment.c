/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/sparse_assignment.h"

#include <glib.h>
#include <stdbool.h>

typedef struct {
    int64_t missed, burden, error, doubt; /* doubt = -confidence */
} Cost;

typedef struct {
    Cost distance;
    size_t column;
} HeapEntry;

typedef struct {
    const SparseEdge *edges;
    const size_t *first;
    size_t rows, columns;
    Cost *row_price, *column_price; /* potentials: cost - row - column >= 0; column <= 0, 0 while free */
    size_t *column_of_row, *row_of_column;
    Cost *distance;
    size_t *from; /* the row from which a column was reached */
    bool *reached, *settled;
    GArray *touched; /* of size_t: columns whose `reached` is set */
    GArray *heap;    /* of HeapEntry */
} Problem;

static const Cost unmatched_cost = {1, 0, 0, 0};

static Cost plus(Cost a, Cost b)
{
    return (Cost){a.missed + b.missed, a.burden + b.burden, a.error + b.error, a.doubt + b.doubt};
}

static Cost minus(Cost a, Cost b)
{
    return (Cost){a.missed - b.missed, a.burden - b.burden, a.error - b.error, a.doubt - b.doubt};
}

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

static bool is_zero(Cost a)
{
    return a.missed == 0 && a.burden == 0 && a.error == 0 && a.doubt == 0;
}

static Cost edge_cost(const SparseEdge *edge)
{
    return (Cost){0, edge->burden, edge->error, -edge->confidence};
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

static void relax_row(Problem *problem, size_t row, Cost base)
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
static void shift_back(Problem *problem, size_t column, size_t start)
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
static void add_row(Problem *problem, size_t start)
{
    g_array_set_size(problem->heap, 0);
    g_array_set_size(problem->touched, 0);
    size_t loser = start; /* the row that goes without if that is cheapest */
    Cost best = minus(unmatched_cost, problem->row_price[start]);
    size_t target = SPARSE_NONE;
    relax_row(problem, start, (Cost){0, 0, 0, 0});
    while (problem->heap->len > 0) {
        const HeapEntry entry = heap_pop(problem->heap);
        const size_t column = entry.column;
        if (problem->settled[column] || less(problem->distance[column], entry.distance))
            continue;
        if (less(best, entry.distance))
            break;
        const size_t row = problem->row_of_column[column];
        if (row == SPARSE_NONE) {
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
    if (target != SPARSE_NONE) {
        shift_back(problem, target, start);
    } else if (loser != start) {
        const size_t given_up = problem->column_of_row[loser];
        problem->column_of_row[loser] = SPARSE_NONE;
        shift_back(problem, given_up, start);
    }
}

/* ---- the last rule: among equals, the earliest columns to the first rows. Another matching is as good
 * exactly when it uses tight edges only and covers every column with a price. */

static bool is_tight(const Problem *problem, size_t row, size_t edge)
{
    return is_zero(minus(minus(edge_cost(&problem->edges[edge]), problem->row_price[row]),
                         problem->column_price[problem->edges[edge].column]));
}

static bool may_be_free(const Problem *problem, size_t column)
{
    return column == SPARSE_NONE || is_zero(problem->column_price[column]);
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
static bool find_way(const Problem *problem, Paths *paths, size_t displaced, size_t fixed, size_t wanted,
                     bool ends_free, size_t *last, size_t *end)
{
    size_t head = 0, tail = 0;
    bool found = false;
    const size_t search = ++paths->search;
    paths->seen[displaced] = search;
    paths->parents[displaced] = SPARSE_NONE;
    paths->queue[tail++] = displaced;
    while (head < tail) {
        const size_t row = paths->queue[head++];
        if (ends_free && !found && is_zero(minus(unmatched_cost, problem->row_price[row]))) {
            found = true;
            *last = row;
            *end = SPARSE_NONE;
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
            if (owner == SPARSE_NONE) {
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
static bool find_cover(const Problem *problem, Paths *paths, size_t column, size_t fixed, size_t *first)
{
    size_t head = 0, tail = 0;
    const size_t search = ++paths->search;
    size_t open = column, parent = SPARSE_NONE;
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
                size_t after = SPARSE_NONE;
                for (size_t at = row; at != SPARSE_NONE; at = paths->parents[at]) {
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
static bool give_earlier(Problem *problem, Paths *paths, size_t row, size_t column)
{
    const size_t old = problem->column_of_row[row];
    const size_t owner = problem->row_of_column[column];
    if (owner != SPARSE_NONE && owner <= row)
        return false;
    size_t cover = SPARSE_NONE, last = SPARSE_NONE, end = SPARSE_NONE;
    bool releasable = may_be_free(problem, old);
    /* A way to the old column needs nobody else; any other must leave it free or covered. */
    if (owner == SPARSE_NONE || !find_way(problem, paths, owner, row, old, releasable, &last, &end)) {
        if (releasable && owner != SPARSE_NONE)
            return false;
        if (!releasable) {
            if (!find_cover(problem, paths, old, row, &cover))
                return false;
            if (owner != SPARSE_NONE && !find_way(problem, paths, owner, row, old, true, &last, &end))
                return false;
        }
    }
    if (old != SPARSE_NONE)
        problem->row_of_column[old] = SPARSE_NONE;
    /* The two paths share no row: one that did would have been a way to the old column. */
    for (size_t at = last; at != SPARSE_NONE; at = paths->parents[at]) {
        const size_t former = problem->column_of_row[at];
        problem->column_of_row[at] = end;
        if (end != SPARSE_NONE)
            problem->row_of_column[end] = at;
        end = former;
    }
    size_t open = old;
    for (size_t at = cover; at != SPARSE_NONE; at = paths->next[at]) {
        const size_t former = problem->column_of_row[at];
        problem->column_of_row[at] = open;
        problem->row_of_column[open] = at;
        open = former;
        if (former != SPARSE_NONE)
            problem->row_of_column[former] = SPARSE_NONE;
    }
    problem->column_of_row[row] = column;
    problem->row_of_column[column] = row;
    return true;
}

static void prefer_early(Problem *problem)
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

void sparse_assignment_solve(const SparseEdge *edges, const size_t *first, size_t rows, size_t columns,
                             size_t *column_of_row)
{
    g_autofree Cost *row_price = g_new0(Cost, rows), *column_price = g_new0(Cost, columns);
    g_autofree Cost *distance = g_new0(Cost, columns);
    g_autofree size_t *row_of_column = g_new(size_t, columns), *from = g_new0(size_t, columns);
    g_autofree bool *reached = g_new0(bool, columns), *settled = g_new0(bool, columns);
    g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) heap = g_array_new(FALSE, FALSE, sizeof(HeapEntry));
    Problem problem = {.edges = edges,
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
        row_of_column[i] = SPARSE_NONE;
    for (size_t row = 0; row < rows; row++) {
        column_of_row[row] = SPARSE_NONE;
        /* Start from the cheapest edge's cost, so that all reduced costs are >= 0. */
        row_price[row] = unmatched_cost;
        for (size_t i = first[row]; i < first[row + 1]; i++) {
            const Cost reduced = minus(edge_cost(&edges[i]), column_price[edges[i].column]);
            if (less(reduced, row_price[row]))
                row_price[row] = reduced;
        }
        add_row(&problem, row);
    }
    prefer_early(&problem);
}
