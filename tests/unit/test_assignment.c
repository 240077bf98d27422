/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The solver by itself; test_matching.c tries it on whole clips against every matching that there is. */
#include "assignment/assignment.h"

#include <glib.h>
#include <math.h>

#include "unit.h"

/* The least total by trying everything: rows from `row` on, columns in `used` taken. */
static double try_all(const double *cost, size_t rows, size_t columns, double unmatched, size_t row,
                      unsigned used)
{
    if (row == rows)
        return 0;
    double least = unmatched + try_all(cost, rows, columns, unmatched, row + 1, used);
    for (size_t j = 0; j < columns; j++) {
        if ((used >> j & 1u) != 0 || cost[row * columns + j] > unmatched)
            continue;
        const double rest = try_all(cost, rows, columns, unmatched, row + 1, used | 1u << j);
        least = fmin(least, cost[row * columns + j] + rest);
    }
    return least;
}

TEST(a_table_is_solved_at_the_least_sum)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    for (int round = 0; round < 400; round++) {
        const size_t rows = (size_t)g_rand_int_range(rand, 0, 6),
                     columns = (size_t)g_rand_int_range(rand, 0, 6);
        double cost[36];
        for (size_t i = 0; i < rows * columns; i++)
            cost[i] = g_rand_int_range(rand, 0, 5) == 0 ? (double)INFINITY : g_rand_int_range(rand, 0, 20);
        size_t match[6];
        assignment_solve_table(cost, rows, columns, 12, match);
        double total = 0;
        unsigned used = 0;
        for (size_t i = 0; i < rows; i++) {
            if (match[i] == ASSIGNMENT_NONE) {
                total += 12;
                continue;
            }
            assert_true(match[i] < columns && (used >> match[i] & 1u) == 0);
            used |= 1u << match[i];
            assert_true(cost[i * columns + match[i]] <= 12);
            total += cost[i * columns + match[i]];
        }
        assert_true(fabs(total - try_all(cost, rows, columns, 12, 0, 0)) < 1e-9);
    }
}

/* The order of the sums: more pairs before less burden before less error before more confidence; then the
 * smallest column to the first row. */
TEST(sums_are_looked_at_in_their_order)
{
    static const struct {
        AssignmentEdge edges[4]; /* two of each of two rows */
        size_t columns[2];
    } cases[] = {
        /* the second row has column 0 alone: two pairs at any price */
        {{{0, 0, 0, 0}, {1, 1000, -9, 5}, {0, 0, 0, 0}, {0, 0, 0, 0}}, {1, 0}},
        {{{0, 9, 0, 0}, {1, 0, 9, 1}, {0, 0, 9, 1}, {1, 9, 0, 0}}, {0, 1}}, /* burden */
        {{{0, 3, 9, 0}, {1, 4, 0, 0}, {0, 4, 0, 0}, {1, 5, 9, 0}}, {0, 1}}, /* equal errors, confidence */
        {{{0, 3, 0, 0}, {1, 3, 0, 0}, {0, 3, 0, 0}, {1, 3, 0, 0}}, {0, 1}}, /* all equal */
        {{{0, 3, 0, 0}, {1, 1, 0, 0}, {0, 1, 0, 0}, {1, 3, 0, 0}}, {1, 0}}, /* error */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const size_t first[] = {0, 2, i == 0 ? 3 : 4};
        size_t columns[2];
        assignment_solve(cases[i].edges, first, 2, 2, columns);
        assert_int_equal(columns[0], cases[i].columns[0]);
        assert_int_equal(columns[1], cases[i].columns[1]);
    }
}

TEST(a_pair_as_dear_as_none_is_made_and_one_dearer_is_not)
{
    size_t column;
    assignment_solve_table((const double[]){2}, 1, 1, 2, &column);
    assert_int_equal(column, 0);
    assignment_solve_table((const double[]){2 + 1e-15}, 1, 1, 2, &column);
    assert_true(column == ASSIGNMENT_NONE);
    assignment_solve_table((const double[]){NAN}, 1, 1, 2, &column);
    assert_true(column == ASSIGNMENT_NONE);
}

UNIT_TESTS(NULL, NULL)
