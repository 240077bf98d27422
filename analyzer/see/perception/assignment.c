/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/assignment.h"

#include <glib.h>
#include <stdbool.h>

/* Every row gets a column of its own that stands for "unmatched", so a full matching always exists. Columns
 * are numbered from 1 below; column 0 is where the search for a row begins. */
void assignment_solve(const double *cost, size_t rows, size_t columns, double unmatched, size_t *row_column)
{
    const size_t all = columns + rows;
    g_autofree double *row_price = g_new0(double, rows + 1);
    g_autofree double *column_price = g_new0(double, all + 1);
    g_autofree double *distance = g_new(double, all + 1);
    g_autofree size_t *column_row = g_new0(size_t, all + 1); /* row + 1 matched to the column, 0 none */
    g_autofree size_t *previous = g_new0(size_t, all + 1);
    g_autofree bool *done = g_new(bool, all + 1);
    for (size_t row = 1; row <= rows; row++) {
        column_row[0] = row;
        for (size_t j = 0; j <= all; j++) {
            distance[j] = G_MAXDOUBLE;
            done[j] = false;
        }
        size_t at = 0;
        do {
            done[at] = true;
            const size_t i = column_row[at];
            double least = G_MAXDOUBLE;
            size_t nearest = 0;
            for (size_t j = 1; j <= all; j++) {
                if (done[j])
                    continue;
                double pair = unmatched;
                if (j <= columns)
                    pair = MIN(cost[(i - 1) * columns + j - 1], ASSIGNMENT_FORBIDDEN);
                else if (j - columns != i)
                    pair = ASSIGNMENT_FORBIDDEN;
                const double reduced = pair - row_price[i] - column_price[j];
                if (reduced < distance[j]) {
                    distance[j] = reduced;
                    previous[j] = at;
                }
                if (distance[j] < least) {
                    least = distance[j];
                    nearest = j;
                }
            }
            for (size_t j = 0; j <= all; j++) {
                if (done[j]) {
                    row_price[column_row[j]] += least;
                    column_price[j] -= least;
                } else {
                    distance[j] -= least;
                }
            }
            at = nearest;
        } while (column_row[at] != 0);
        while (at != 0) {
            const size_t from = previous[at];
            column_row[at] = column_row[from];
            at = from;
        }
    }
    for (size_t i = 0; i < rows; i++)
        row_column[i] = ASSIGNMENT_NONE;
    for (size_t j = 1; j <= columns; j++) {
        if (column_row[j] != 0 && cost[(column_row[j] - 1) * columns + j - 1] <= unmatched)
            row_column[column_row[j] - 1] = j - 1;
    }
}
