/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_ear.h"

enum { HEARD_AT_ONCE = 1000 };

void live_ear_init(LiveEar *ear, const LiveStage *stage, LiveLane *lanes)
{
    *ear = (LiveEar){.stage = stage,
                     .lanes = lanes,
                     .told = {.clock_offset_us = TIME_UNKNOWN},
                     .delay_us = TIME_UNKNOWN,
                     .own_us = TIME_UNKNOWN};
}

/* The first alarm that the flashes caused says how long the way is, from the picture to here. One that alarms
 * at grey may alarm at any time: of such a one nothing can be told. */
static void measure(LiveEar *ear, LiveLane *lane, const GPtrArray *mapped, const SinkMessage *message)
{
    Moment black;
    const LiveOptions *live = ear->stage->live;
    if (lane->show.flashes < 0 || ear->delay_us != TIME_UNKNOWN)
        return;
    if (!live_lane_black(lane, &black) || message->arrived_us < black.wall_us) {
        ear->early++;
        return;
    }
    if (ear->early > 0 || message->arrived_us > black.wall_us + live->flashes * LIVE_FLASH_US +
                                                    LIVE_FLASH_US / 2 + live->drain_us)
        return;
    ear->delay_us = message->arrived_us - black.wall_us;
    const int64_t black_unix_us = message->wall_us - ear->delay_us;
    for (guint i = 0; i < mapped->len; i++) {
        const MappedAlert *row = g_ptr_array_index(mapped, i);
        if (row->kind == MAPPED_ALERT && row->time_us != TIME_UNKNOWN && ear->own_us == TIME_UNKNOWN)
            ear->own_us = row->time_us - black_unix_us;
    }
}

static GPtrArray *read_message(LiveEar *ear, const SinkMessage *message)
{
    const SinkSpec *sink = g_ptr_array_index(ear->stage->live->sinks, message->sink);
    const bool is_topic = sink->kind == SINK_MQTT;
    g_autofree char *name = g_strdup_printf("message %" G_GUINT64_FORMAT, message->number);
    const AlertMessage asked = {.name = name,
                                .sink = message->id,
                                .from = message->from,
                                .method = message->method,
                                .topic = is_topic ? message->path : NULL,
                                .path = is_topic ? NULL : message->path,
                                .query = message->query,
                                .content_type = message->content_type,
                                .bytes = g_bytes_get_data(message->body, NULL),
                                .length = g_bytes_get_size(message->body),
                                .cut = message->length > g_bytes_get_size(message->body)};
    return alert_mapper_read(ear->stage->mapper, &asked);
}

/* Of which camera a row is; NULL: of none that is known. What is no alert is the first one’s that is shown
 * something: it is counted once. */
static LiveLane *find_lane(LiveEar *ear, const MappedAlert *row, const SinkSpec *sink)
{
    if (ear->stage->lanes == 1)
        return &ear->lanes[0];
    if (row != NULL && row->kind == MAPPED_ALERT) {
        const int named = row->camera != NULL ? live_stage_find(ear->stage, row->camera) : -1;
        if (named >= 0 || row->camera != NULL)
            return named >= 0 ? &ear->lanes[named] : NULL;
        return sink->camera > 0 && sink->camera <= ear->stage->lanes ? &ear->lanes[sink->camera - 1] : NULL;
    }
    guint first = 0;
    while (first + 1 < ear->stage->lanes && ear->lanes[first].order == NULL)
        first++;
    return &ear->lanes[first];
}

enum { NAME_SHOWN = 60 };

static void remark_unplaced(LiveEar *ear, const MappedAlert *row)
{
    LiveLane *first = find_lane(ear, NULL, NULL);
    const bool is_long = row->camera != NULL && g_utf8_strlen(row->camera, -1) > NAME_SHOWN;
    g_autofree char *start = is_long ? g_utf8_substring(row->camera, 0, NAME_SHOWN) : NULL;
    g_autofree char *text =
        row->camera != NULL
            ? g_strdup_printf(
                  "found the camera “%s%s”, expected the name or number of one that is played: %s",
                  is_long ? start : row->camera, is_long ? "…" : "", ear->stage->places[0].name)
            : g_strdup("found a message that names no camera, expected one of several: the map says where "
                       "(columns: camera), or a sink for each camera");
    ear->unplaced++;
    if (first->order != NULL)
        live_lane_remark(first, text);
}

/* A message in several parts: what it says of each camera. */
static void hear_rows(LiveEar *ear, const GPtrArray *mapped, const SinkMessage *message)
{
    const SinkSpec *sink = g_ptr_array_index(ear->stage->live->sinks, message->sink);
    bool counted = false; /* the message itself */
    for (guint lane = 0; lane < ear->stage->lanes; lane++) {
        g_autoptr(GPtrArray) own = g_ptr_array_new();
        for (guint i = 0; i < mapped->len; i++) {
            if (find_lane(ear, g_ptr_array_index(mapped, i), sink) == &ear->lanes[lane])
                g_ptr_array_add(own, g_ptr_array_index(mapped, i));
        }
        if (own->len == 0)
            continue;
        if (live_lane_hear(&ear->lanes[lane], own, message->arrived_us, counted) > 0)
            measure(ear, &ear->lanes[lane], own, message);
        counted = true;
    }
    for (guint i = 0; i < mapped->len; i++) {
        if (find_lane(ear, g_ptr_array_index(mapped, i), sink) == NULL)
            remark_unplaced(ear, g_ptr_array_index(mapped, i));
    }
    g_autoptr(GPtrArray) nothing = g_ptr_array_new();
    if (!counted)
        live_lane_hear(find_lane(ear, NULL, sink), nothing, message->arrived_us, false);
}

static void hear(LiveEar *ear, const SinkMessage *message)
{
    if (message->retained) {
        live_lane_hear(find_lane(ear, NULL, NULL), NULL, message->arrived_us, false);
        return;
    }
    g_autoptr(GPtrArray) mapped = read_message(ear, message);
    hear_rows(ear, mapped, message);
}

/* So many at most: one that floods must not keep us from the camera. */
void live_ear_hear(LiveEar *ear, int64_t wait_us)
{
    for (int i = 0; i < HEARD_AT_ONCE; i++) {
        g_autoptr(SinkMessage) message = sink_set_poll(ear->stage->sinks, wait_us);
        if (message == NULL)
            return;
        hear(ear, message);
        wait_us = 0;
    }
}

bool live_ear_is_flooded(const LiveEar *ear)
{
    for (guint i = 0; i < ear->stage->lanes; i++) {
        if (alarms_flooded(ear->lanes[i].alarms))
            return true;
    }
    return false;
}

/* All that had come by now, however much: it is of the clip that has ended. */
void live_ear_hear_rest(LiveEar *ear)
{
    const int64_t now_us = g_get_monotonic_time();
    for (bool more = true; more && !live_ear_is_flooded(ear);) {
        g_autoptr(SinkMessage) message = sink_set_poll(ear->stage->sinks, 0);
        if (message != NULL)
            hear(ear, message);
        more = message != NULL && message->arrived_us <= now_us;
    }
}

/* ---- what was heard */

static json_t *time_or_null(int64_t t_us)
{
    return t_us != TIME_UNKNOWN ? json_integer(t_us) : json_null();
}

static void set_count(json_t *object, const char *key, int64_t value)
{
    json_object_set_new(object, key, json_integer((json_int_t)value));
}

static void add_counts(const LiveEar *ear, SinkCounts *all)
{
    *all = (SinkCounts){.clock_offset_us = TIME_UNKNOWN};
    for (guint i = 0; i < ear->stage->live->sinks->len; i++) {
        SinkCounts counts;
        sink_set_count(ear->stage->sinks, i, &counts);
        all->cut += counts.cut;
        all->dropped += counts.dropped;
        all->refused += counts.refused;
        all->broken += counts.broken;
        all->lost += counts.lost;
        all->deaf_us += counts.deaf_us;
        if (all->clock_offset_us == TIME_UNKNOWN)
            all->clock_offset_us = counts.clock_offset_us;
    }
}

json_t *live_ear_describe(LiveEar *ear, LiveLane *lane)
{
    SinkCounts all;
    add_counts(ear, &all);
    for (guint i = 0; i < ear->stage->live->sinks->len; i++) {
        g_autoptr(GPtrArray) notes = sink_set_notes(ear->stage->sinks, i);
        for (guint n = 0; n < notes->len; n++)
            live_lane_remark(lane, g_ptr_array_index(notes, n));
    }
    json_t *live = json_object();
    set_count(live, "cut", (int64_t)(all.cut - ear->told.cut));
    set_count(live, "dropped", (int64_t)(all.dropped - ear->told.dropped));
    set_count(live, "refused", (int64_t)(all.refused - ear->told.refused));
    set_count(live, "broken", (int64_t)(all.broken - ear->told.broken));
    set_count(live, "sink_losses", (int64_t)(all.lost - ear->told.lost));
    set_count(live, "deaf_us", all.deaf_us - ear->told.deaf_us);
    json_object_set_new(live, "clock_offset_us", time_or_null(all.clock_offset_us));
    json_object_set_new(live, "delay_us", time_or_null(ear->delay_us));
    json_object_set_new(live, "own_us", time_or_null(ear->own_us));
    set_count(live, "early", ear->early);
    set_count(live, "cameras", ear->stage->lanes);
    set_count(live, "unplaced", ear->unplaced);
    return live;
}

void live_ear_forget(LiveEar *ear)
{
    add_counts(ear, &ear->told);
    ear->unplaced = 0;
}
