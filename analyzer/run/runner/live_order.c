/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_order.h"

#include "config/dataset.h"

#define UNKNOWN_US (60 * US_PER_SECOND)

/* A camera of the dataset. */
typedef struct {
    const char *name; /* NULL: that of clips that name none */
    int64_t length_us;
    guint lane;
} Place;

static int64_t length_of(const LiveOptions *live, const Clip *clip)
{
    return live->settle_us + live->drain_us + (clip->duration_us > 0 ? clip->duration_us : UNKNOWN_US);
}

/* Which of them it is; `len`: none. */
static guint find_place(const GArray *places, const char *name)
{
    guint i = 0;
    while (i < places->len && g_strcmp0(g_array_index(places, Place, i).name, name) != 0)
        i++;
    return i;
}

static GArray *collect(const LiveOptions *live, const GPtrArray *clips)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        const guint at = find_place(places, clip->camera);
        const Place place = {.name = clip->camera, .lane = at};
        if (at == places->len)
            g_array_append_val(places, place);
        g_array_index(places, Place, at).length_us += length_of(live, clip);
    }
    return places;
}

static guint count_lanes(const LiveOptions *live, guint places)
{
    const guint most = live->cameras > 0 ? (guint)live->cameras : LIVE_CAMERAS_MOST;
    return CLAMP(places, 1, most);
}

guint live_order_lanes(const LiveOptions *live, const GPtrArray *clips)
{
    g_autoptr(GArray) places = collect(live, clips);
    return count_lanes(live, places->len);
}

/* Of those that are left the longest, the first among equals. */
static guint longest(const GArray *places, const bool *taken)
{
    guint found = places->len;
    for (guint i = 0; i < places->len; i++) {
        if (!taken[i] && (found == places->len || g_array_index(places, Place, i).length_us >
                                                      g_array_index(places, Place, found).length_us))
            found = i;
    }
    return found;
}

static void share(GArray *places, guint lanes)
{
    g_autofree bool *taken = g_new0(bool, places->len + 1);
    g_autofree int64_t *loads_us = g_new0(int64_t, lanes);
    for (guint done = 0; done < places->len; done++) {
        const guint next = longest(places, taken);
        Place *place = &g_array_index(places, Place, next);
        taken[next] = true;
        place->lane = 0;
        for (guint lane = 1; lane < lanes; lane++)
            place->lane = loads_us[lane] < loads_us[place->lane] ? lane : place->lane;
        loads_us[place->lane] += place->length_us;
    }
}

GHashTable *live_order_assign(const LiveOptions *live, const GPtrArray *clips)
{
    g_autoptr(GArray) places = collect(live, clips);
    GHashTable *lanes = g_hash_table_new(NULL, NULL);
    const guint count = count_lanes(live, places->len);
    if (count < places->len)
        share(places, count);
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        g_hash_table_insert(
            lanes, (gpointer)clip,
            GUINT_TO_POINTER(g_array_index(places, Place, find_place(places, clip->camera)).lane));
    }
    return lanes;
}

static guint lane_of(GHashTable *lanes, const Clip *clip)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(lanes, clip));
}

GPtrArray *live_order_begin(const LiveOptions *live, const GPtrArray *clips, GHashTable *lanes)
{
    GPtrArray *order = g_ptr_array_new();
    g_autofree bool *begun = g_new0(bool, clips->len + 1);
    int64_t free_us[LIVE_CAMERAS_MOST] = {0}; /* from when on each address can show the next */
    while (order->len < clips->len) {
        guint next = clips->len;
        bool seen[LIVE_CAMERAS_MOST] = {false}; /* the first that is left of each address alone */
        for (guint i = 0; i < clips->len; i++) {
            const guint lane = lane_of(lanes, g_ptr_array_index(clips, i));
            if (begun[i] || seen[lane])
                continue;
            seen[lane] = true;
            if (next == clips->len || free_us[lane] < free_us[lane_of(lanes, g_ptr_array_index(clips, next))])
                next = i;
        }
        const Clip *clip = g_ptr_array_index(clips, next);
        begun[next] = true;
        free_us[lane_of(lanes, clip)] += length_of(live, clip);
        g_ptr_array_add(order, (gpointer)clip);
    }
    return order;
}
