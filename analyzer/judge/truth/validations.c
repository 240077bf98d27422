/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "truth/files.h"
#include "truth/truth.h"

static const Column columns[] = {{"time_s", true}, {"note", false}};

static void read_row(const Row *row, void *user)
{
    GArray *times = user;
    int64_t time_us = 0;
    if (!table_get_seconds(row, 0, &time_us))
        return;
    if (time_us < 0)
        table_expected(row, 0, "0 or more seconds from the clip's first frame");
    else
        g_array_append_val(times, time_us);
}

static int compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

GArray *validations_load(const char *path, Problems *problems)
{
    static const FileFormat format = {.columns = columns, .count = G_N_ELEMENTS(columns)};
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!file_load_csv(&format, path, "a CSV file of validation times", read_row, times, NULL, problems))
        return NULL;
    g_array_sort(times, compare_times);
    return g_steal_pointer(&times);
}
