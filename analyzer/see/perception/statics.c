/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/statics.h"

#include "perception/outline.h"
#include "perception/picture.h"
#include "perception/tracker.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#define FAST_US (US_PER_SECOND / 4) /* time constant of the fast background */
#define FAST_CHANGE 12.0f           /* grey levels that differ from it: the pixel changes */
#define FORGET 4                    /* a pixel that is not still loses its time this many times faster */
#define FORGET_BARE 20              /* and one that is background again so many times */
#define CANDIDATE_US (3 * US_PER_SECOND / 10) /* still for this long: kept from being absorbed */
#define UNCOVERED_US US_PER_SECOND  /* a thing is told not sooner than this after a person stood before it */
#define GONE_US (2 * US_PER_SECOND) /* a thing not seen for this long is over */
#define BARE 0.3       /* share of foreground up to which the place of a thing that has gone is bare */
#define SAME_THING 0.3 /* overlap (share of the larger box) of one thing on two pictures */

struct StaticFinder {
    const PerceptionSettings *settings;
    float *fast;        /* fast background, grey levels */
    int64_t *still_us;  /* per pixel: how long it has been foreground and still */
    VisionImage mask;   /* pixels still for static_delay */
    VisionImage early;  /* pixels still for CANDIDATE_US */
    GArray *found;      /* of StaticThing */
    GArray *candidates; /* of VisionRect */
    int64_t next_id, last_us;
};

StaticFinder *static_finder_new(const PerceptionSettings *settings, GError **error)
{
    (void)error;
    StaticFinder *finder = g_new0(StaticFinder, 1);
    finder->settings = settings;
    finder->found = g_array_new(FALSE, FALSE, sizeof(StaticThing));
    finder->candidates = g_array_new(FALSE, FALSE, sizeof(VisionRect));
    finder->next_id = 1;
    return finder;
}

DEFINE_FREE(static_finder_free, StaticFinder, finder, g_free(finder->fast), g_free(finder->still_us),
            picture_clear(&finder->mask), picture_clear(&finder->early), g_array_unref(finder->found),
            g_array_unref(finder->candidates))

const GArray *static_finder_found(const StaticFinder *finder)
{
    return finder->found;
}

static void open_stream(StaticFinder *finder, const VisionImage *grey, int64_t t_us)
{
    const size_t pixels = (size_t)grey->width * (size_t)grey->height;
    finder->fast = g_new0(float, pixels);
    finder->still_us = g_new0(int64_t, pixels);
    picture_init(&finder->mask, grey->width, grey->height, 1);
    picture_init(&finder->early, grey->width, grey->height, 1);
    finder->last_us = t_us;
    for (int y = 0; y < grey->height; y++)
        for (int x = 0; x < grey->width; x++)
            finder->fast[y * grey->width + x] = (float)grey->data[(ptrdiff_t)y * grey->stride + x];
}

/* How long each pixel has been foreground without changing. */
static void count_still(StaticFinder *finder, const VisionImage *grey, const VisionImage *foreground,
                        int64_t t_us)
{
    const int64_t step_us = t_us - finder->last_us;
    const float rate = fminf(1, (float)step_us / (float)FAST_US);
    const int64_t most_us = 2 * finder->settings->static_delay_us;
    for (int y = 0; y < grey->height; y++) {
        for (int x = 0; x < grey->width; x++) {
            const size_t i = (size_t)y * (size_t)grey->width + (size_t)x;
            const float difference = (float)grey->data[(ptrdiff_t)y * grey->stride + x] - finder->fast[i];
            finder->fast[i] += rate * difference;
            const bool still = foreground->data[i] != 0 && fabsf(difference) < FAST_CHANGE;
            const int64_t lost_us = (foreground->data[i] != 0 ? FORGET : FORGET_BARE) * step_us;
            const int64_t us = finder->still_us[i] + (still ? step_us : -lost_us);
            finder->still_us[i] = CLAMP(us, 0, most_us);
            finder->mask.data[i] = finder->still_us[i] >= finder->settings->static_delay_us ? 255 : 0;
            finder->early.data[i] = finder->still_us[i] >= CANDIDATE_US ? 255 : 0;
        }
    }
}

/* A person who stands there, or a car, is no static object: what lies in the box of one is not judged before
 * it has stood there without them for a while. */
static void wait_for_tracks(StaticFinder *finder, const GPtrArray *tracks)
{
    const VisionImage *mask = &finder->mask;
    const int64_t most_us = MAX(0, finder->settings->static_delay_us - UNCOVERED_US);
    for (guint i = 0; i < tracks->len; i++) {
        const Track *track = g_ptr_array_index(tracks, i);
        const bool stands = track->class == OBJECT_PERSON || track->class == OBJECT_VEHICLE;
        if (track->state == TRACK_TENTATIVE || !stands)
            continue;
        const VisionRect box = track_box(track, mask->width, mask->height);
        for (int y = box.y; y < MIN(mask->height, box.y + box.h); y++) {
            for (int x = box.x; x < MIN(mask->width, box.x + box.w); x++) {
                const int at = y * mask->width + x;
                finder->still_us[at] = MIN(finder->still_us[at], most_us);
                mask->data[at] = 0;
            }
        }
    }
}

static double common_area(const VisionRect *a, const VisionRect *b)
{
    const int w = MIN(a->x + a->w, b->x + b->w) - MAX(a->x, b->x);
    const int h = MIN(a->y + a->h, b->y + b->h) - MAX(a->y, b->y);
    return w > 0 && h > 0 ? (double)w * h : 0;
}

static double overlap_of_larger(const VisionRect *a, const VisionRect *b)
{
    return common_area(a, b) / fmax((double)a->w * a->h, (double)b->w * b->h);
}

static StaticThing *find_known(StaticFinder *finder, const VisionRect *box)
{
    for (guint i = 0; i < finder->found->len; i++) {
        StaticThing *thing = &g_array_index(finder->found, StaticThing, i);
        if (overlap_of_larger(box, &thing->box) >= SAME_THING)
            return thing;
    }
    return NULL;
}

static double share_in_box(const VisionImage *mask, const VisionRect *box)
{
    guint64 inside = 0, all = 0;
    for (int y = MAX(0, box->y); y < MIN(mask->height, box->y + box->h); y++) {
        for (int x = MAX(0, box->x); x < MIN(mask->width, box->x + box->w); x++) {
            inside += mask->data[y * mask->width + x] != 0;
            all++;
        }
    }
    return all > 0 ? (double)inside / (double)all : 0;
}

static bool is_hidden(const VisionImage *mask, const VisionRect *box, const GPtrArray *tracks)
{
    for (guint i = 0; i < tracks->len; i++) {
        const Track *track = g_ptr_array_index(tracks, i);
        const VisionRect other = track_box(track, mask->width, mask->height);
        if (track->state != TRACK_TENTATIVE && common_area(box, &other) > BARE * box->w * box->h)
            return true;
    }
    return false;
}

/* Where something has gone the background is learnt, and the place is foreground no more; the thing is gone
 * all the same. It is until something else stays there: its place stays bare but for those who pass by. */
static void keep_gone(StaticFinder *finder, const VisionImage *foreground, const GPtrArray *tracks,
                      int64_t t_us)
{
    for (guint i = 0; i < finder->found->len; i++) {
        StaticThing *thing = &g_array_index(finder->found, StaticThing, i);
        if (thing->removed && t_us - thing->since_us < finder->settings->hold_us &&
            (share_in_box(foreground, &thing->box) <= BARE || is_hidden(foreground, &thing->box, tracks)))
            thing->seen_us = t_us;
    }
}

static void match_things(StaticFinder *finder, const VisionImage *grey, const Foreground *foreground,
                         const GPtrArray *tracks, int64_t t_us)
{
    const double least = finder->settings->min_area * grey->width * grey->height;
    g_autoptr(GArray) components = components_find(&finder->mask, 255);
    for (guint i = 0; i < components->len; i++) {
        const Component *component = &g_array_index(components, Component, i);
        if ((double)component->area < least)
            continue;
        StaticThing *known = find_known(finder, &component->box);
        if (known != NULL) {
            known->seen_us = t_us;
            continue;
        }
        const bool removed = outline_is_hole(&finder->mask, &component->box, foreground_picture(foreground),
                                             foreground_background(foreground));
        const StaticThing thing = {finder->next_id++, component->box, removed,
                                   t_us - finder->settings->static_delay_us, t_us};
        g_array_append_val(finder->found, thing);
    }
    keep_gone(finder, foreground_mask(foreground), tracks, t_us);
    for (guint i = finder->found->len; i > 0; i--) {
        if (t_us - g_array_index(finder->found, StaticThing, i - 1).seen_us > GONE_US)
            g_array_remove_index(finder->found, i - 1);
    }
    g_array_set_size(finder->candidates, 0);
    g_autoptr(GArray) early = components_find(&finder->early, 255);
    for (guint i = 0; i < early->len; i++) {
        const Component *component = &g_array_index(early, Component, i);
        if ((double)component->area < least || find_known(finder, &component->box) != NULL ||
            outline_is_hole(&finder->early, &component->box, foreground_picture(foreground),
                            foreground_background(foreground)))
            continue;
        g_array_append_val(finder->candidates, component->box);
    }
}

bool static_finder_update(StaticFinder *finder, const VisionImage *grey, const Foreground *foreground,
                          const GPtrArray *tracks, int64_t t_us, GError **error)
{
    if (finder->fast == NULL)
        open_stream(finder, grey, t_us);
    count_still(finder, grey, foreground_mask(foreground), t_us);
    wait_for_tracks(finder, tracks);
    finder->last_us = t_us;
    if (!picture_check(vision_close(&finder->mask, 3), "morphology", error))
        return false;
    match_things(finder, grey, foreground, tracks, t_us);
    return true;
}

void static_finder_add_held(const StaticFinder *finder, GArray *boxes, int64_t t_us)
{
    g_array_append_vals(boxes, finder->candidates->data, finder->candidates->len);
    for (guint i = 0; i < finder->found->len; i++) {
        const StaticThing *thing = &g_array_index(finder->found, StaticThing, i);
        /* Where something has gone, the background may be learnt: what was behind it is no news. */
        if (!thing->removed && t_us - thing->since_us < finder->settings->hold_us)
            g_array_append_val(boxes, thing->box);
    }
}
