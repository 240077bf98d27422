/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pace.h"

#include <glib.h>
#include <stdlib.h>
#include <time.h>

#define COUNT 1000000

static int compare(const void *a, const void *b)
{
    const guint32 left = *(const guint32 *)a, right = *(const guint32 *)b;
    return left < right ? -1 : left > right;
}

double pace_used(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

double pace_of_sorting(void)
{
    g_autofree guint32 *numbers = g_new(guint32, COUNT);
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (int i = 0; i < COUNT; i++)
        numbers[i] = g_rand_int(random);
    const double start = pace_used();
    qsort(numbers, COUNT, sizeof *numbers, compare);
    return pace_used() - start;
}
