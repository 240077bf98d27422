/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/products/idbook.h"

#include <math.h>

static const char *const directions[] = {"any", "left_to_right", "right_to_left", NULL};

const OptionRow product_options[] = {
    STRING_OPTION("line", ProductSettings, line, "line"),
    CHOICE_OPTION("direction", ProductSettings, direction, directions, "any"),
    INT_OPTION("stream_height", ProductSettings, stream_height, 16, 16384, "1080", "px"),
    OPTION_END,
};

const char *const product_no_words[] = {NULL};

void id_book_init(IdBook *book, size_t size, int64_t forget_us)
{
    g_assert(size >= sizeof(Sighted));
    *book = (IdBook){.size = size, .forget_us = forget_us, .objects = g_ptr_array_new_with_free_func(g_free)};
}

void id_book_clear(IdBook *book)
{
    g_clear_pointer(&book->objects, g_ptr_array_unref);
}

static Sighted *find(const IdBook *book, int64_t id)
{
    for (guint i = 0; i < book->objects->len; i++) {
        Sighted *object = g_ptr_array_index(book->objects, i);
        if (object->id == id)
            return object;
    }
    return NULL;
}

static void sight(IdBook *book, const TrackObservation *track, int64_t t_us)
{
    Sighted *object = find(book, track->id);
    if (track->state != TRACK_CONFIRMED) {
        if (object != NULL)
            object->predicted = track->state == TRACK_COASTING;
        return;
    }
    if (object == NULL) {
        object = g_malloc0(book->size);
        object->id = track->id;
        g_ptr_array_add(book->objects, object);
    }
    object->seen = true;
    object->unseen = 0;
    object->seen_us = t_us;
    object->box = track->box;
    object->foot = track->foot;
    if (track->class != OBJECT_UNKNOWN)
        object->class = track->class;
}

static void end_alert(Sighted *object, int64_t t_us)
{
    if (object->alert != NULL)
        object->alert->end_us = t_us;
    object->alert = NULL;
}

bool id_book_observe(IdBook *book, const Observation *observation)
{
    if (!observation->signal)
        return false;
    const int64_t t_us = observation->t_us;
    for (guint i = 0; i < book->objects->len; i++) {
        Sighted *object = g_ptr_array_index(book->objects, i);
        object->seen = object->predicted = false;
        object->unseen++;
    }
    for (size_t i = 0; i < observation->track_count; i++)
        sight(book, &observation->tracks[i], t_us);
    for (guint i = 0; i < book->objects->len;) {
        Sighted *object = g_ptr_array_index(book->objects, i);
        const bool gone = book->keep > 0 && object->unseen > book->keep;
        if (gone || (book->keep == 0 && !object->seen && !object->predicted))
            end_alert(object, t_us);
        if (gone || t_us - object->seen_us > book->forget_us)
            g_ptr_array_remove_index(book->objects, i);
        else
            i++;
    }
    return true;
}

static Alert *raise_alert(const Sighted *object, const char *behaviour, const char *label, int64_t onset_us,
                          int64_t t_us, GPtrArray *alerts)
{
    Alert *alert = alert_new(behaviour, onset_us, t_us);
    alert->label = g_strdup(label);
    alert->box = object->box;
    alert->track_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_array_append_val(alert->track_ids, object->id);
    g_ptr_array_add(alerts, alert);
    return alert;
}

void sighted_tell(Sighted *object, bool state, const char *behaviour, const char *label, int64_t onset_us,
                  int64_t t_us, GPtrArray *alerts)
{
    if (!state)
        end_alert(object, t_us);
    else if (object->alert == NULL)
        object->alert = raise_alert(object, behaviour, label, onset_us, t_us, alerts);
}

void id_book_tell(const IdBook *book, SightedState has_state, void *state, const char *behaviour,
                  const char *label, int64_t t_us, GPtrArray *alerts)
{
    for (guint i = 0; i < book->objects->len; i++) {
        Sighted *object = g_ptr_array_index(book->objects, i);
        int64_t onset_us = t_us;
        if (!object->seen)
            continue;
        const bool has = has_state(state, object, t_us, &onset_us);
        sighted_tell(object, has, behaviour, label, onset_us, t_us, alerts);
    }
}

void sighted_tell_once(const Sighted *object, const char *behaviour, const char *label, int64_t onset_us,
                       int64_t t_us, GPtrArray *alerts)
{
    raise_alert(object, behaviour, label, onset_us, t_us, alerts)->end_us = t_us;
}

PixelFrame pixel_frame(int64_t height, double aspect)
{
    return (PixelFrame){round(aspect * (double)height), (double)height};
}

Pixel pixel_of(PixelFrame frame, Point point)
{
    return (Pixel){(int)(point.x * frame.width), (int)(point.y * frame.height)};
}

bool product_takes_way(int direction, bool rightwards)
{
    return direction == PRODUCT_ANY_WAY || (direction == PRODUCT_LEFT_TO_RIGHT) == rightwards;
}

void product_tell_crossing(const Sighted *object, const WatchSettings *watch, const ProductSettings *product,
                           bool rightwards, int64_t onset_us, int64_t t_us, GPtrArray *alerts)
{
    if (watch_takes(watch, object->class) && product_takes_way(product->direction, rightwards))
        sighted_tell_once(object, "line-crossing", rightwards ? "left_to_right" : "right_to_left", onset_us,
                          t_us, alerts);
}

void product_flush(void *state, int64_t end_us, GPtrArray *alerts)
{
    (void)state;
    (void)end_us;
    (void)alerts;
}

void product_close(void *state)
{
    id_book_clear(state);
}
