/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/outline.h"

#include <glib.h>
#include <math.h>

/* Mean strength of edges along the outline of the component in one picture (grey or colour, first channel).
 */
static double outline_strength(const VisionImage *mask, const VisionRect *box, const VisionImage *picture)
{
    double sum = 0;
    int64_t count = 0;
    for (int y = MAX(1, box->y); y < MIN(picture->height - 1, box->y + box->h); y++) {
        for (int x = MAX(1, box->x); x < MIN(picture->width - 1, box->x + box->w); x++) {
            const uint8_t *m = mask->data + (ptrdiff_t)y * mask->stride + x;
            if (m[0] == 0 || (m[-1] != 0 && m[1] != 0 && m[-mask->stride] != 0 && m[mask->stride] != 0))
                continue;
            const ptrdiff_t step = picture->channels, row = picture->stride;
            const uint8_t *p = picture->data + y * row + x * step;
            sum += hypot(p[step] - p[-step], p[row] - p[-row]);
            count++;
        }
    }
    return count > 0 ? sum / (double)count : 0;
}

bool outline_is_hole(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                     const VisionImage *background)
{
    return outline_strength(mask, box, background) > outline_strength(mask, box, now);
}
