/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/components.h"

/* A run of set pixels in one row: [start, end). */
typedef struct {
    int y, start, end;
    guint parent; /* index of a run of the same component; a root points to itself */
} Run;

static guint find_root(GArray *runs, guint i)
{
    Run *all = (Run *)(void *)runs->data;
    while (all[i].parent != i) {
        all[i].parent = all[all[i].parent].parent;
        i = all[i].parent;
    }
    return i;
}

/* The smaller index stays the root, so the order of components is that of their first pixels. */
static void join(GArray *runs, guint a, guint b)
{
    const guint i = find_root(runs, a), j = find_root(runs, b);
    g_array_index(runs, Run, MAX(i, j)).parent = MIN(i, j);
}

/* Appends the runs of row y and joins them with those of the row above, which begin at `above`. */
static void add_row(GArray *runs, const VisionImage *mask, uint8_t value, int y, guint above)
{
    const uint8_t *row = mask->data + (size_t)y * (size_t)mask->stride;
    const guint first = runs->len;
    guint upper = above;
    for (int x = 0; x < mask->width; x++) {
        if (row[x] != value)
            continue;
        const int start = x;
        while (x < mask->width && row[x] == value)
            x++;
        const Run run = {y, start, x, runs->len};
        g_array_append_val(runs, run);
        while (upper < first && g_array_index(runs, Run, upper).end < start)
            upper++;
        for (guint i = upper; i < first && g_array_index(runs, Run, i).start <= run.end; i++)
            join(runs, i, runs->len - 1);
    }
}

GArray *components_find(const VisionImage *mask, uint8_t value)
{
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(Run));
    guint above = 0;
    for (int y = 0; y < mask->height; y++) {
        const guint begin = runs->len;
        add_row(runs, mask, value, y, above);
        above = begin;
    }
    GArray *components = g_array_new(FALSE, FALSE, sizeof(Component));
    g_autofree guint *number = g_new0(guint, runs->len + 1);
    for (guint i = 0; i < runs->len; i++) {
        const Run run = g_array_index(runs, Run, i);
        const guint root = find_root(runs, i);
        if (root == i) {
            number[i] = components->len;
            const Component fresh = {{run.start, run.y, run.end - run.start, 1}, 0, 0, 0};
            g_array_append_val(components, fresh);
        }
        Component *component = &g_array_index(components, Component, number[root]);
        const int right = MAX(component->box.x + component->box.w, run.end);
        component->box.x = MIN(component->box.x, run.start);
        component->box.w = right - component->box.x;
        component->box.h = run.y + 1 - component->box.y;
        const int length = run.end - run.start;
        component->area += length;
        component->cx += 0.5 * (double)length * (double)(run.start + run.end - 1);
        component->cy += (double)length * (double)run.y;
    }
    for (guint i = 0; i < components->len; i++) {
        Component *component = &g_array_index(components, Component, i);
        component->cx /= (double)component->area;
        component->cy /= (double)component->area;
    }
    return components;
}
