/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/products/deepstream.h"

#include <math.h>

void deep_book_init(IdBook *book, int64_t history)
{
    id_book_init(book, sizeof(DeepObject) + (size_t)history * sizeof(DeepPlace), DEEPSTREAM_FORGET_US);
}

static DeepPlace mean_place(const DeepObject *object, int64_t history, int64_t first, int count)
{
    DeepPlace mean = {0, 0, 0, 0};
    for (int64_t i = first; i < first + count; i++) {
        const DeepPlace *place = &object->places[i % history];
        mean.x += place->x;
        mean.y += place->y;
        mean.w += place->w;
        mean.h += place->h;
    }
    return (DeepPlace){mean.x / count, mean.y / count, mean.w / count, mean.h / count};
}

void deep_object_move(DeepObject *object, int64_t history, PixelFrame frame)
{
    const Box box = object->sighted.box;
    const int left = (int)(box.x * frame.width), top = (int)(box.y * frame.height);
    const int w = (int)(box.w * frame.width), h = (int)(box.h * frame.height);
    object->now = (DeepPlace){left + w / 2, top + h / 2, w, h};
    object->places[object->pictures % history] = object->now;
    object->pictures++;
    const int64_t window = MIN(object->pictures, history);
    double x = 0, y = 0, xx = 0, yy = 0, height = 0;
    for (int64_t i = 0; i < window; i++) {
        const DeepPlace *place = &object->places[i];
        x += place->x;
        y += place->y;
        xx += (double)place->x * place->x;
        yy += (double)place->y * place->y;
        height += place->h;
    }
    const double n = (double)window;
    object->mean_height = height / n;
    object->variance_x = xx / n - (x / n) * (x / n);
    object->variance_y = yy / n - (y / n) * (y / n);
    /* The two first places while there are not all yet, then the four oldest. */
    object->past = object->pictures < history ? mean_place(object, history, 0, (int)MIN(object->pictures, 2))
                                              : mean_place(object, history, object->pictures, 4);
}

bool deep_object_in_zone(const DeepObject *object, const Polygon *zone, PixelFrame frame)
{
    if (zone == NULL)
        return true;
    const int x = object->now.x, y = object->now.y + (int)object->mean_height / 2;
    bool inside = false;
    for (size_t i = 0; i < zone->count; i++) {
        const Pixel a = pixel_of(frame, zone->points[i]);
        const Pixel b = pixel_of(frame, zone->points[(i + 1) % zone->count]);
        if ((y >= a.y && y < b.y) || (y < a.y && y >= b.y)) {
            const int64_t slope = a.y - b.y, run = b.x - a.x;
            const int64_t offset = (int64_t)b.y * a.x - (int64_t)b.x * a.y;
            const int64_t at = -(run * y + offset) / slope;
            inside ^= at >= 0 && at <= x;
        }
    }
    return inside;
}

double deep_object_travel(const DeepObject *object)
{
    const double dx = object->now.x - object->past.x;
    const double dy = object->now.y + object->now.h / 2 - (object->past.y + object->past.h / 2);
    return floor(dx * dx + dy * dy);
}
