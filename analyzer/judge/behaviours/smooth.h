/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The median of a measured value over the last while, weighed by how long each value stood, so that the
 * picture rate does not matter. */
#ifndef VSAUDIT_BEHAVIOURS_SMOOTH_H
#define VSAUDIT_BEHAVIOURS_SMOOTH_H

#include <glib.h>
#include <stdint.h>

typedef struct {
    int64_t window_us;
    GArray *samples; /* those that reach into the window */
    GArray *sorted;  /* work space */
    double median;
} Smooth;

void smooth_init(Smooth *smooth, int64_t window_us);
void smooth_clear(Smooth *smooth); /* zeroed memory is fine */
/* Takes in the value at t_us, which stands until the next; times rise. The value that was not exceeded for
 * half of the window so far; the value itself while it is the only one. */
double smooth_add(Smooth *smooth, int64_t t_us, double value);
/* What the last smooth_add gave; 0 before the first. */
double smooth_value(const Smooth *smooth);

#endif
