/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/usual.h"

#include <glib.h>
#include <stdlib.h>

#define ALONE 8 /* so many times longer than the steps beside it */

void usual_remember(UsualHistory *history, int64_t step_us)
{
    history->steps[history->at] = step_us;
    history->at = (history->at + 1) % USUAL_BEFORE;
    history->count = MIN(history->count + 1, USUAL_BEFORE);
}

static int compare(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The steps in the order in which they were made. */
static int64_t step_at(const UsualHistory *history, const int64_t *after_us, int i)
{
    const int first = history->count < USUAL_BEFORE ? 0 : history->at;
    return i < history->count ? history->steps[(first + i) % USUAL_BEFORE] : after_us[i - history->count];
}

/* Much longer than both its neighbours, where a camera can have filmed those: between two bursts of pictures.
 */
static bool is_alone(const int64_t *steps, int count, int i)
{
    bool has_neighbour = false;
    for (int k = i - 1; k <= i + 1; k += 2) {
        if (k < 0 || k >= count || steps[k] <= USUAL_NEAR_US)
            continue;
        has_neighbour = true;
        if (steps[i] / ALONE <= steps[k])
            return false;
    }
    return has_neighbour;
}

Usual usual_step(const UsualHistory *history, const int64_t *after_us, int count, int64_t most_us,
                 int64_t fallback_us)
{
    int64_t steps[USUAL_MOST], all[USUAL_MOST];
    int used = 0, too_long = 0;
    const int total = MIN(history->count + count, USUAL_MOST);
    for (int i = 0; i < total; i++)
        steps[i] = step_at(history, after_us, i);
    for (int i = 0; i < total; i++) {
        if (steps[i] > most_us)
            too_long++;
        else if (steps[i] > 0 && !is_alone(steps, total, i))
            all[used++] = steps[i];
    }
    if (used == 0) {
        const int64_t step = too_long > 1 ? most_us : MIN(fallback_us, most_us);
        return (Usual){step, step};
    }
    if (used + too_long == 1)
        all[0] = MIN(all[0], fallback_us);
    qsort(all, (size_t)used, sizeof all[0], compare);
    return (Usual){all[3 * (used - 1) / 4], all[(used - 1) / 2]};
}
