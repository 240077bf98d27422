/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/outline.h"

#include <glib.h>
#include <math.h>

#define BEYOND_DOUBT 2.0

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

/* How much the mean colour under the mask differs from that round it, in levels. */
static double contrast(const VisionImage *mask, const VisionRect *box, const VisionImage *picture)
{
    const int margin = MAX(3, MIN(box->w, box->h) / 4);
    int64_t inside[3] = {0}, around[3] = {0}, in = 0, out = 0;
    for (int y = MAX(0, box->y - margin); y < MIN(picture->height, box->y + box->h + margin); y++) {
        for (int x = MAX(0, box->x - margin); x < MIN(picture->width, box->x + box->w + margin); x++) {
            const bool set = mask->data[(ptrdiff_t)y * mask->stride + x] != 0;
            const uint8_t *p =
                picture->data + (ptrdiff_t)y * picture->stride + (ptrdiff_t)x * picture->channels;
            in += set;
            out += !set;
            for (int c = 0; c < picture->channels; c++)
                (set ? inside : around)[c] += p[c];
        }
    }
    double square = 0;
    for (int c = 0; c < picture->channels && in > 0 && out > 0; c++) {
        const double d = (double)inside[c] / (double)in - (double)around[c] / (double)out;
        square += d * d;
    }
    return sqrt(square);
}

/* How many times more the place stood out in the background than it does now. */
static double stood_out(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                        const VisionImage *background)
{
    const double edges =
        (outline_strength(mask, box, background) + 2) / (outline_strength(mask, box, now) + 2);
    return edges * (contrast(mask, box, background) + 2) / (contrast(mask, box, now) + 2);
}

bool outline_is_hole(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                     const VisionImage *background)
{
    return stood_out(mask, box, now, background) > 1;
}

bool outline_is_ghost(const VisionImage *mask, const VisionRect *box, const VisionImage *now,
                      const VisionImage *background)
{
    return stood_out(mask, box, now, background) > BEYOND_DOUBT;
}
