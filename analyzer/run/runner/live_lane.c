/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_lane.h"

#include "records/free.h"
#include "runner/message.h"

#include <string.h>

enum { REMARKS_MOST = 20 };

void live_lane_init(LiveLane *lane, const LiveOptions *live, Camera *camera, const char *const *behaviours)
{
    *lane = (LiveLane){.live = live,
                       .camera = camera,
                       .alarms = alarms_new(behaviours),
                       .play = -1,
                       .waits_since_us = TIME_UNKNOWN,
                       .show = {.flashes = -1}};
}

static void clear_clip(LiveLane *lane)
{
    live_show_clear(&lane->show);
    g_clear_pointer(&lane->remarks, g_ptr_array_unref);
    lane->order = NULL;
}

void live_lane_clear(LiveLane *lane)
{
    clear_clip(lane);
    alarms_free(lane->alarms);
}

bool live_lane_play(LiveLane *lane, const WorkerJob *order, bool first, bool last, GError **error)
{
    clear_clip(lane);
    lane->order = order;
    lane->remarks = g_ptr_array_new_with_free_func(g_free);
    lane->waits_since_us = TIME_UNKNOWN;
    if (!live_show_make(&lane->show, lane->live, order, first, error))
        return false;
    lane->show.arrived.play = lane->play + 1;
    if (!camera_play(
            lane->camera,
            &(CameraPlay){
                .shows = lane->show.shows, .count = lane->show.count, .wait_viewers = 1, .farewell = last},
            error))
        return false;
    lane->play++;
    return true;
}

/* ---- while it is shown */

void live_lane_remark(LiveLane *lane, const char *text)
{
    if (lane->remarks->len < REMARKS_MOST &&
        !g_ptr_array_find_with_equal_func(lane->remarks, text, g_str_equal, NULL))
        g_ptr_array_add(lane->remarks, g_strdup(text));
}

/* When the clip's last picture was held first, once it was. */
static void look_for_end(LiveLane *lane)
{
    Moment held, last;
    ArrivedShow *show = &lane->show.arrived;
    if (show->ended_us != TIME_UNKNOWN || !camera_moment_of(lane->camera, lane->play, show->drain, 0, &held))
        return;
    show->ended_us = held.wall_us;
    if (camera_moment(lane->camera, held.wall_us - 1, &last) && last.play == lane->play &&
        last.show == show->clip)
        show->last_us = last.newest_us;
}

guint live_lane_hear(LiveLane *lane, const GPtrArray *mapped, int64_t arrived_us, bool counted)
{
    Moment moment;
    look_for_end(lane);
    const bool any = camera_moment(lane->camera, arrived_us, &moment);
    const Arrived arrived = arrival_of(any ? &moment : NULL, arrived_us, &lane->show.arrived);
    return counted ? alarms_add_more(lane->alarms, mapped, &arrived)
                   : alarms_add(lane->alarms, mapped, &arrived);
}

LaneState live_lane_look(LiveLane *lane, bool *watched, GError **error)
{
    const CameraState state = camera_wait(lane->camera, 0, error);
    if (state == CAMERA_FAILED)
        return LANE_FAILED;
    if (state == CAMERA_ENDED)
        return LANE_ENDED;
    *watched = *watched || state == CAMERA_PLAYING;
    const int64_t now_us = g_get_monotonic_time();
    if (state != CAMERA_WAITING)
        lane->waits_since_us = TIME_UNKNOWN;
    else if (lane->waits_since_us == TIME_UNKNOWN)
        lane->waits_since_us = now_us;
    else if (now_us - lane->waits_since_us > lane->live->connect_us)
        return LANE_UNWATCHED;
    return LANE_SHOWING;
}

int64_t live_lane_done_us(LiveLane *lane)
{
    Moment moment;
    const ArrivedShow *show = &lane->show.arrived;
    if (!camera_moment(lane->camera, g_get_monotonic_time(), &moment) || moment.play != lane->play ||
        moment.show < show->clip)
        return 0;
    return moment.show == show->clip ? moment.newest_us : show->duration_us;
}

bool live_lane_black(LiveLane *lane, Moment *black)
{
    return lane->show.flashes >= 0 &&
           camera_moment_of(lane->camera, lane->play, lane->show.flashes, 0, black);
}

/* ---- the result */

static bool note_audience(LiveLane *lane, Absence *watched)
{
    Moment first;
    g_autoptr(GArray) audience = camera_audience(lane->camera);
    g_autofree int64_t *walls = g_new0(int64_t, audience->len + 1);
    g_autofree guint *viewers = g_new0(guint, audience->len + 1);
    for (guint i = 0; i < audience->len; i++) {
        walls[i] = g_array_index(audience, Audience, i).wall_us;
        viewers[i] = g_array_index(audience, Audience, i).viewers;
    }
    const ArrivedShow *show = &lane->show.arrived;
    if (!camera_moment_of(lane->camera, lane->play, show->clip, 0, &first))
        first.wall_us = show->ended_us;
    *watched = arrival_absence(walls, viewers, audience->len, first.wall_us, show->ended_us);
    return watched->ever;
}

static void describe_live(LiveLane *lane, const AlarmCounts *alarms, const Absence *watched,
                          const CameraCounts *counts, json_t *live)
{
    const struct {
        const char *key;
        int64_t value;
    } rows[] = {
        {"messages", alarms->messages},   {"ignored", alarms->ignored},   {"nothing", alarms->nothing},
        {"wrong", alarms->wrong},         {"retained", alarms->retained}, {"outside", alarms->outside},
        {"on_before", alarms->on_before}, {"late", alarms->late},         {"doubled", alarms->doubled},
        {"alone", alarms->alone},         {"unasked", alarms->unasked},   {"disordered", alarms->disordered},
        {"away_us", watched->away_us},    {"losses", watched->losses},    {"late_most_us", counts->late_us}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        json_object_set_new(live, rows[i].key, json_integer((json_int_t)rows[i].value));
    const char *reason = camera_reason(lane->camera);
    json_object_set_new(live, "recoded", reason != NULL ? json_string(reason) : json_null());
}

static json_t *describe_remarks(const LiveLane *lane)
{
    json_t *remarks = json_array();
    for (guint i = 0; i < lane->remarks->len; i++)
        json_array_append_new(remarks, json_string(g_ptr_array_index(lane->remarks, i)));
    return remarks;
}

static GPtrArray *make_looks(const PlanJob *job, const GPtrArray *alerts, json_t *said)
{
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *planned = &g_array_index(job->looks, PlanLook, i);
        LookRecord *record = look_record_new(planned->scenario->id, planned->system->id);
        for (guint a = 0; a < alerts->len; a++) {
            const Alert *alert = g_ptr_array_index(alerts, a);
            if (strcmp(alert->behaviour, planned->scenario->behaviour) == 0)
                g_ptr_array_add(record->alerts, alert_copy(alert));
        }
        record->said = json_incref(said);
        g_ptr_array_add(looks, record);
    }
    return looks;
}

static json_t *make_message(const WorkerJob *order, const GPtrArray *looks)
{
    const PlanJob *job = order->job;
    const JobRecord *seen = order->seen;
    g_autoptr(JobRecord) record = job_record_new(job->index, job->dataset->id, job->clip->id,
                                                 job->condition->id, job->perception_digest);
    JobRecord result = *record; /* borrows */
    result.quality = seen->quality;
    result.duration_us = live_show_length_us(order);
    result.aspect = seen->aspect;
    result.file_sha256 = seen->file_sha256;
    return message_build(&result, looks);
}

json_t *live_lane_finish(LiveLane *lane, json_t *besides, const char *name, GError **error)
{
    AlarmCounts counts;
    Absence watched;
    CameraCounts sent;
    look_for_end(lane);
    g_autoptr(GPtrArray) alerts = alarms_take(lane->alarms, live_show_length_us(lane->order), &counts);
    g_autoptr(GPtrArray) faults = alarms_faults(lane->alarms);
    for (guint i = 0; i < faults->len; i++)
        live_lane_remark(lane, g_ptr_array_index(faults, i));
    if (!note_audience(lane, &watched)) {
        json_decref(besides);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "the product “%s”: it did not watch the camera while the clip was shown", name);
        return NULL;
    }
    camera_counts(lane->camera, &sent);
    describe_live(lane, &counts, &watched, &sent, besides);
    const GPtrArray *words = lane->live->product.command;
    const PlanJob *job = lane->order->job;
    json_t *said = json_pack("{s:s,s:n,s:n,s:n,s:n,s:n,s:I,s:I,s:o,s:o}", "name",
                             words->len > 0 ? (const char *)g_ptr_array_index(words, 0) : job->engine->id,
                             "version", "format", "width", "height", "rate", "pictures",
                             (json_int_t)(sent.sent - lane->before_pictures), "dropped",
                             (json_int_t)(sent.dropped - lane->before_dropped), "remarks",
                             describe_remarks(lane), "live", besides);
    g_autoptr(GPtrArray) looks = make_looks(job, alerts, said);
    json_decref(said);
    return make_message(lane->order, looks);
}

void live_lane_end(LiveLane *lane)
{
    CameraCounts counts;
    AlarmCounts unused;
    camera_counts(lane->camera, &counts);
    lane->before_pictures = counts.sent;
    lane->before_dropped = counts.dropped;
    g_ptr_array_unref(alarms_take(lane->alarms, 0, &unused));
    g_ptr_array_unref(alarms_faults(lane->alarms));
    lane->order = NULL;
}
