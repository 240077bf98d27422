/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_run.h"

#include "records/free.h"
#include "runner/engine_asked.h"
#include "runner/engine_said.h"
#include "runner/live_ear.h"

#include <stdio.h>
#include <string.h>

#define LOOK_US 50000 /* how often to look after the product and the camera */

/* What came of one order. */
typedef struct {
    json_t *message;
    GError *failure;
    bool done;
} Outcome;

/* A chain that is being shown, on one camera or on several at the same time. */
typedef struct {
    LiveStage stage;
    EngineAsked asked;
    LiveLane *lanes; /* stage.lanes of them; NULL: not there yet */
    LiveEar ear;
    PoolPulse *pulse;
    const WorkerJob *orders;
    guint begun;       /* orders, from the first on, whose clip was begun */
    guint sent;        /* … and of which the parent has been told */
    Outcome *outcomes; /* by order */
    GError *cause;     /* why nothing more can be shown; NULL: it can */
    int64_t before_us; /* footage of clips that are over */
    bool watched;      /* somebody ever did */
    bool hopeless;     /* … nor would a new one be: it never watched */
} LiveTalk;

static void clear_talk(LiveTalk *talk)
{
    live_stage_strike(&talk->stage);
    for (guint i = 0; talk->lanes != NULL && i < talk->stage.lanes; i++)
        live_lane_clear(&talk->lanes[i]);
    for (guint i = 0; i < talk->orders->chain_length; i++) {
        json_decref(talk->outcomes[i].message);
        g_clear_error(&talk->outcomes[i].failure);
    }
    g_clear_error(&talk->cause);
    g_free(talk->outcomes);
    g_free(talk->lanes);
    engine_asked_clear(&talk->asked);
}

DEFINE_CLEAR(live_talk_clear, LiveTalk, talk, clear_talk(talk))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LiveTalk, live_talk_clear)

/* ---- what went wrong */

static const char *name_of(const LiveTalk *talk, char **command)
{
    *command = engine_said_command(talk->orders->job->engine_description);
    return **command != '\0' ? *command : talk->stage.system->id;
}

/* The product has ended: that is told, and it is shown nothing more. */
static bool note_end(LiveTalk *talk)
{
    Product *product = talk->stage.product;
    g_autofree char *how = product != NULL && talk->cause == NULL ? product_ended(product) : NULL;
    if (how == NULL)
        return false;
    g_autofree char *command = NULL, *log = product_log(product);
    talk->hopeless = !talk->watched;
    fputs(log, stderr);
    g_set_error(&talk->cause, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "the product “%s”: %s%s",
                name_of(talk, &command), how, talk->watched ? "" : ", before it watched the camera");
    return true;
}

static GError *fail_waiting(LiveTalk *talk, const LiveLane *lane)
{
    g_autofree char *command = NULL;
    const bool again = talk->watched && lane->order->job->probe == &probe_table[PROBE_INTERRUPTED];
    const bool several = talk->stage.lanes > 1;
    GError *failure =
        g_error_new(VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "the product “%s”: it did not watch the camera %s%s%swithin %.0f s",
                    name_of(talk, &command), several ? talk->stage.places[lane->order->job->lane].name : "",
                    several ? " " : "", again ? "again " : "", (double)talk->stage.live->connect_us / 1e6);
    talk->hopeless = !talk->watched;
    /* One that watches others is left to these. */
    if (talk->cause == NULL && (talk->hopeless || (talk->stage.product != NULL && !several)))
        talk->cause = g_error_copy(failure);
    return failure;
}

static void note_flood(LiveTalk *talk)
{
    g_autofree char *command = NULL;
    if (talk->cause == NULL && live_ear_is_flooded(&talk->ear))
        g_set_error(&talk->cause, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "the product “%s”: it told %d alarms on one clip", name_of(talk, &command), ALARMS_MOST);
}

/* ---- while it is shown */

static void step_pulse(LiveTalk *talk)
{
    int64_t pictures = 0, done_us = talk->before_us;
    for (guint i = 0; i < talk->stage.lanes; i++) {
        CameraCounts counts;
        camera_counts(talk->stage.cameras[i], &counts);
        pictures += counts.sent;
        done_us += talk->lanes[i].order != NULL ? live_lane_done_us(&talk->lanes[i]) : 0;
    }
    atomic_store(&talk->pulse->pictures, pictures);
    atomic_store(&talk->pulse->done_us, done_us);
}

/* ---- the result of a clip */

/* The clip is over: what came of it, or why nothing did. What was heard of it and of the sinks since the last
 * one that ended is none of the next one’s, also where it failed. */
static void end_clip(LiveTalk *talk, LiveLane *lane, GError *failure)
{
    Outcome *outcome = &talk->outcomes[lane->order - talk->orders];
    g_autofree char *command = NULL;
    if (failure == NULL)
        outcome->message =
            live_lane_finish(lane, live_ear_describe(&talk->ear, lane), name_of(talk, &command), &failure);
    outcome->failure = failure;
    outcome->done = true;
    live_ear_forget(&talk->ear);
    talk->before_us += live_show_length_us(lane->order);
    live_lane_end(lane);
}

/* Nothing more can be shown: all that is being shown is lost by it. */
static void end_all(LiveTalk *talk)
{
    for (guint i = 0; i < talk->stage.lanes; i++) {
        if (talk->lanes[i].order != NULL)
            end_clip(talk, &talk->lanes[i], g_error_copy(talk->cause));
    }
}

/* ---- the chain */

/* Begins clips whose camera is free, in their order: no later one before an earlier, so that those that were
 * begun stand at the front when the product ends. */
static void begin_clips(LiveTalk *talk)
{
    const guint count = talk->orders->chain_length;
    while (talk->begun < count) {
        const WorkerJob *order = &talk->orders[talk->begun];
        LiveLane *lane = &talk->lanes[order->job->lane];
        GError *failure = NULL;
        if (lane->order != NULL)
            return;
        const bool last = talk->begun + 1 == count && talk->stage.lanes == 1;
        talk->begun++;
        if (!live_lane_play(lane, order, lane->play < 0, last, &failure))
            end_clip(talk, lane, failure);
    }
}

/* How a clip is getting on; ends it when it is over. */
static void look_at(LiveTalk *talk, LiveLane *lane)
{
    GError *failure = NULL;
    switch (live_lane_look(lane, &talk->watched, &failure)) {
    case LANE_SHOWING:
        return;
    case LANE_ENDED:
        live_ear_hear_rest(&talk->ear);
        note_flood(talk);
        break;
    case LANE_UNWATCHED:
        if (!note_end(talk))
            failure = fail_waiting(talk, lane);
        break;
    case LANE_FAILED:
        break;
    }
    if (failure == NULL && talk->cause != NULL)
        failure = g_error_copy(talk->cause);
    end_clip(talk, lane, failure);
}

/* Whether some clip is still shown. */
static bool look(LiveTalk *talk)
{
    bool shown = false;
    for (guint i = 0; i < talk->stage.lanes; i++) {
        LiveLane *lane = &talk->lanes[i];
        if (lane->order != NULL)
            look_at(talk, lane);
        shown = shown || lane->order != NULL;
    }
    return shown;
}

/* Tells the parent of orders that are done, in their order, of `count` all but the last. */
static void tell(LiveTalk *talk, guint count)
{
    for (; talk->sent + 1 < count && talk->outcomes[talk->sent].done; talk->sent++) {
        Outcome *outcome = &talk->outcomes[talk->sent];
        pool_send_part(g_steal_pointer(&outcome->message), outcome->failure);
    }
}

/* Until all is shown, or nothing more can be. */
static void show_all(LiveTalk *talk)
{
    while (talk->cause == NULL) {
        begin_clips(talk);
        const bool shown = look(talk);
        note_flood(talk);
        tell(talk, talk->begun);
        if (!shown && talk->begun == talk->orders->chain_length)
            return;
        if (!shown || note_end(talk))
            continue;
        live_ear_hear(&talk->ear, LOOK_US);
        step_pulse(talk);
    }
    end_all(talk);
}

/* What comes of the last of so many orders; the parent is told of the others. */
static json_t *finish(LiveTalk *talk, guint count, GError **error)
{
    tell(talk, count);
    Outcome *last = &talk->outcomes[count - 1];
    if (last->failure != NULL)
        g_propagate_error(error, g_steal_pointer(&last->failure));
    return g_steal_pointer(&last->message);
}

/* A product that never watched will not watch the others either. */
static json_t *give_up(LiveTalk *talk, GError **error)
{
    for (guint i = 0; i < talk->orders->chain_length; i++) {
        Outcome *outcome = &talk->outcomes[i];
        if (!outcome->done)
            outcome->failure = g_error_copy(talk->cause);
        outcome->done = true;
    }
    return finish(talk, talk->orders->chain_length, error);
}

json_t *live_run(const WorkerJob *orders, PoolPulse *pulse, GError **error)
{
    EngineAsked asked;
    engine_asked_init(&asked, orders->job);
    g_auto(LiveTalk) talk = {
        .orders = orders, .pulse = pulse, .outcomes = g_new0(Outcome, orders->chain_length), .asked = asked};
    int64_t total_us = 0;
    for (guint i = 0; i < orders->chain_length; i++)
        total_us += live_show_length_us(&orders[i]);
    atomic_store(&pulse->total_us, total_us);
    if (!live_stage_set(&talk.stage, orders, &talk.cause))
        return give_up(&talk, error);
    talk.lanes = g_new0(LiveLane, talk.stage.lanes);
    for (guint i = 0; i < talk.stage.lanes; i++)
        live_lane_init(&talk.lanes[i], talk.stage.live, talk.stage.cameras[i],
                       (const char *const *)(void *)talk.asked.ids->pdata);
    live_ear_init(&talk.ear, &talk.stage, talk.lanes);
    show_all(&talk);
    return talk.hopeless ? give_up(&talk, error) : finish(&talk, talk.begun, error);
}
