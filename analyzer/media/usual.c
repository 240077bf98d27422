/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/usual.h"

#include <glib.h>
#include <stdlib.h>

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

Usual usual_step(const UsualHistory *history, const int64_t *after_us, int count, int64_t most_us,
                 int64_t fallback_us)
{
    int64_t all[USUAL_MOST];
    int used = 0, too_long = 0;
    for (int i = 0; i < history->count + count; i++) {
        const int64_t step = i < history->count ? history->steps[i] : after_us[i - history->count];
        if (step > most_us)
            too_long++;
        else if (step > 0 && used < USUAL_MOST)
            all[used++] = step;
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
