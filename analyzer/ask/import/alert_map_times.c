/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the rows of a log and the clips were: whether the log's clock looks shifted, and what is said of a log
 * of which nothing lies in any clip. */
#include "import/alert_map_internal.h"
#include "records/free.h"

#include <string.h>

typedef struct {
    GArray *onsets, *swapped; /* of int64_t: µs of the Unix clock */
} Stream;

struct MapTimes {
    GHashTable *streams; /* name -> Stream * */
    GDateTime *first, *last;
    int64_t first_us, last_us; /* from the clip's first frame; TIME_UNKNOWN: none */
};

DEFINE_DESTROY(stream_free, Stream, stream, g_array_unref(stream->onsets), g_array_unref(stream->swapped))

MapTimes *map_times_new(void)
{
    MapTimes *times = g_new0(MapTimes, 1);
    times->streams = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stream_free);
    times->first_us = times->last_us = TIME_UNKNOWN;
    return times;
}

void map_times_free(MapTimes *times)
{
    g_hash_table_unref(times->streams);
    g_clear_pointer(&times->first, g_date_time_unref);
    g_clear_pointer(&times->last, g_date_time_unref);
    g_free(times);
}

static int64_t unix_us(GDateTime *when)
{
    return g_date_time_to_unix(when) * US_PER_SECOND + g_date_time_get_microsecond(when);
}

static void keep(GDateTime **slot, GDateTime *when)
{
    g_clear_pointer(slot, g_date_time_unref);
    *slot = g_date_time_ref(when);
}

void map_times_add(MapTimes *times, const char *name, GDateTime *when)
{
    Stream *stream = g_hash_table_lookup(times->streams, name);
    if (stream == NULL) {
        stream = g_new(Stream, 1);
        stream->onsets = g_array_new(FALSE, FALSE, sizeof(int64_t));
        stream->swapped = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_hash_table_insert(times->streams, g_strdup(name), stream);
    }
    const int64_t at_us = unix_us(when);
    g_array_append_val(stream->onsets, at_us);
    g_autoptr(GTimeZone) zone = g_time_zone_ref(g_date_time_get_timezone(when));
    g_autoptr(GDateTime) swapped = g_date_time_new(
        zone, g_date_time_get_year(when), g_date_time_get_day_of_month(when), g_date_time_get_month(when),
        g_date_time_get_hour(when), g_date_time_get_minute(when), g_date_time_get_seconds(when));
    if (swapped != NULL) {
        const int64_t swapped_us = unix_us(swapped);
        g_array_append_val(stream->swapped, swapped_us);
    }
    if (times->first == NULL || g_date_time_compare(when, times->first) < 0)
        keep(&times->first, when);
    if (times->last == NULL || g_date_time_compare(when, times->last) > 0)
        keep(&times->last, when);
}

void map_times_add_relative(MapTimes *times, int64_t at_us)
{
    const bool none = times->first_us == TIME_UNKNOWN;
    times->first_us = none ? at_us : MIN(times->first_us, at_us);
    times->last_us = none ? at_us : MAX(times->last_us, at_us);
}

static gint compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* When clips of that name, of a camera of that name, or any clips ("") were filmed. */
static void collect_filmed(const MapReading *reading, const char *name, SpanList *filmed)
{
    span_list_init(filmed);
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        const char *own = reading->map->columns.clip != NULL ? clip->id : clip->camera;
        g_autoptr(GDateTime) start = alert_clock_clip_start(&reading->clock, clip);
        if (start == NULL || clip->duration_us == TIME_UNKNOWN || (*name != '\0' && strcmp(name, own) != 0))
            continue;
        span_list_add(filmed, unix_us(start), unix_us(start) + clip->duration_us + 1);
    }
}

ShiftSuspicion map_times_suspect(const MapReading *reading)
{
    const guint count = g_hash_table_size(reading->times->streams);
    g_autofree ShiftStream *streams = g_new0(ShiftStream, count);
    g_autofree SpanList *filmed = g_new0(SpanList, count);
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, reading->times->streams);
    for (guint i = 0; g_hash_table_iter_next(&iter, &name, &value); i++) {
        const Stream *stream = value;
        g_array_sort(stream->onsets, compare_times);
        g_array_sort(stream->swapped, compare_times);
        collect_filmed(reading, name, &filmed[i]);
        streams[i] = (ShiftStream){stream->onsets, stream->swapped, &filmed[i], NULL};
    }
    const ShiftSuspicion suspicion = shift_suspect(streams, count);
    for (guint i = 0; i < count; i++)
        span_list_clear(&filmed[i]);
    return suspicion;
}

static char *describe_clips(const MapReading *reading)
{
    g_autoptr(GDateTime) first = NULL, last = NULL;
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        g_autoptr(GDateTime) start = alert_clock_clip_start(&reading->clock, clip);
        if (start == NULL || clip->duration_us == TIME_UNKNOWN)
            continue;
        g_autoptr(GDateTime) end = g_date_time_add(start, clip->duration_us);
        if (first == NULL || g_date_time_compare(start, first) < 0)
            keep(&first, start);
        if (last == NULL || g_date_time_compare(end, last) > 0)
            keep(&last, end);
    }
    if (first == NULL)
        return g_strdup("the clips do not say when they were recorded");
    g_autofree char *from = g_date_time_format(first, "%F %T"), *to = g_date_time_format(last, "%F %T");
    return g_strdup_printf("the clips from %s to %s", from, to);
}

char *map_times_describe(const MapReading *reading)
{
    const MapTimes *times = reading->times;
    if (times->first == NULL) {
        g_autofree char *from = time_format_clock(times->first_us), *to = time_format_clock(times->last_us);
        return g_strdup_printf("the log’s times run from %s to %s from a clip’s first frame, which is beyond "
                               "the duration_s of the clips that it names",
                               from, to);
    }
    g_autofree char *from = g_date_time_format(times->first, "%F %T");
    g_autofree char *to = g_date_time_format(times->last, "%F %T");
    g_autofree char *clips = describe_clips(reading);
    return g_strdup_printf("the log’s times run from %s to %s, %s", from, to, clips);
}
