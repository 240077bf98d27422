/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_run.h"

#include "media/replay.h"
#include "records/free.h"
#include "runner/clip_request.h"
#include "runner/engine_asked.h"
#include "runner/engine_boxes.h"
#include "runner/engine_path.h"
#include "runner/engine_said.h"
#include "runner/folder.h"
#include "runner/given.h"
#include "runner/message.h"
#include "runner/onlookers.h"
#include "runner/probe_show.h"
#include "runner/signal_gap.h"
#include "systems/engine.h"

#include <stdio.h>
#include <string.h>

/* A system that has been started, and the clip that it is shown. */
typedef struct {
    const WorkerJob *order; /* of the clip */
    TalkSpec spec;
    char *scratch;    /* the program's own folder */
    char *given;      /* of input path: the folder of the clip's copy; else NULL */
    Sandbox *sandbox; /* of the program */
    ProgramTalk *talk;
    uint32_t refused;   /* how often it was refused a network, when its last clip had ended */
    bool dead;          /* it failed, and cannot be shown another clip */
    guint place, begun; /* among the orders: of the clip, of the last one that was shown it */
    /* of the clip: */
    JobRecord *record;
    ClipRequest files; /* what the replay points into */
    Replay *replay;
    ProbeShow *shown;
    EngineAsked asked;
    int width, height;    /* of the pictures that were shown; 0: none yet */
    int64_t shown_us;     /* of input path: how much there is to see, a second a picture at most */
    char *path;           /* of input path: the copy; NULL: not handed over */
    bool anew;            /* the copy was written anew (engine_path.h) */
    Onlookers *onlookers; /* of a system that gives observations, with what it observes; else NULL */
    EngineBoxes *boxes;
    SignalGap gap;
    Observation seen; /* what it observed on the picture that is shown now */
} Feed;

DEFINE_CLEAR(clear_clip, Feed, feed, probe_show_free(feed->shown), replay_close(feed->replay),
             clip_request_clear(&feed->files), engine_asked_clear(&feed->asked),
             engine_path_take_back(feed->path), g_free(feed->path), onlookers_free(feed->onlookers),
             engine_boxes_free(feed->boxes), job_record_free(feed->record))

DEFINE_CLEAR(feed_clear, Feed, feed, program_talk_free(feed->talk), engine_talk_clear(&feed->spec),
             sandbox_free(feed->sandbox), g_free(feed->scratch), g_free(feed->given))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Feed, feed_clear)

/* A fault of the system, as told: with its command in front. It is shown nothing more. */
static bool blame(Feed *feed, GError *cause, GError **error)
{
    feed->dead = true;
    if (feed->talk != NULL) {
        g_autofree char *log = program_talk_log(feed->talk);
        fputs(log, stderr);
    }
    g_autofree char *command = engine_said_command(feed->order->job->engine_description);
    const char *kind = json_string_value(json_object_get(feed->order->job->engine_description, "kind"));
    g_prefix_error(&cause, "the %s “%s”: ", strcmp(kind, "plugin") == 0 ? "plug-in" : "program", command);
    g_propagate_error(error, cause);
    return false;
}

/* ---- what it observes */

static bool take_boxes(const json_t *boxes, int64_t t_us, void *user, GError **error)
{
    Feed *feed = user;
    observation_clear(&feed->seen);
    observation_init(&feed->seen, t_us);
    return engine_boxes_read(feed->boxes, boxes, &feed->seen, error);
}

static bool show_nothing(const Observation *nothing, void *user, GError **error)
{
    (void)error;
    onlookers_show(((Feed *)user)->onlookers, nothing);
    return true;
}

/* It has said what it had to say of the picture; the rules look at that. */
static bool look(Feed *feed, const ReplayFrame *frame, GError **error)
{
    if (!signal_gap_step(&feed->gap, frame->t_us, show_nothing, feed, error))
        return false;
    feed->seen.duration_us = frame->duration_us;
    onlookers_show(feed->onlookers, &feed->seen);
    return true;
}

/* ---- the pictures */

static ReplayRequest request_of(const TalkHello *hello, const PlanJob *job)
{
    return (ReplayRequest){.max_width = hello->width,
                           .max_height = hello->height,
                           .stretch = hello->width > 0 && hello->height > 0,
                           .max_rate = hello->rate,
                           .colour = hello->format != TALK_GRAY,
                           .no_luma = hello->format == TALK_BGR || hello->format == TALK_I420,
                           .hash = true,
                           .condition = job->condition->filter};
}

static bool open_replay(Feed *feed, GError **error)
{
    const PlanJob *job = feed->order->job;
    if (given_is(job->clip->path)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found a clip of observations, expected a video: a system that runs needs pictures",
                    job->clip->path);
        return false;
    }
    if (feed->given != NULL && !engine_path_fits(job, error))
        return false;
    /* Of a file that is handed over the clip's length and quality alone are looked for. */
    ReplayRequest request =
        feed->given != NULL ? (ReplayRequest){.hash = true} : request_of(program_talk_hello(feed->talk), job);
    clip_request_init(&feed->files, job->clip, &request);
    feed->replay = replay_open(job->clip->path, &request, error);
    if (feed->replay != NULL)
        feed->shown = probe_show_new(job, feed->replay);
    return feed->replay != NULL;
}

static TalkClip clip_of(const Feed *feed, const char *name)
{
    return (TalkClip){.name = name,
                      .width = feed->width,
                      .height = feed->height,
                      .aspect = feed->record->aspect,
                      .behaviours = feed->asked.json,
                      .ids = (const char *const *)(void *)feed->asked.ids->pdata};
}

static bool begin(Feed *feed, const ReplayFrame *frame, GError **error)
{
    const char *label = feed->order->job->label;
    g_autofree char *name =
        label != NULL ? g_strdup(label) : g_strdup_printf("%u", feed->order->chain_place + 1);
    feed->width = frame->width;
    feed->height = frame->height;
    feed->record->aspect = replay_aspect(feed->replay);
    if (feed->spec.observed != NULL)
        feed->onlookers = onlookers_new(feed->order->job, feed->record->aspect);
    const TalkClip clip = clip_of(feed, name);
    if (!program_talk_begin(feed->talk, &clip, error))
        return false;
    feed->begun = feed->place;
    return true;
}

static bool show(Feed *feed, const ReplayFrame *frame, GError **error)
{
    GError *cause = NULL;
    if (feed->given != NULL) {
        feed->width = frame->width;
        feed->height = frame->height;
        feed->shown_us += CLAMP(frame->duration_us, 0, US_PER_SECOND);
        return true;
    }
    observation_clear(&feed->seen);
    observation_init(&feed->seen, frame->t_us);
    if ((feed->width > 0 || begin(feed, frame, &cause)) && program_talk_show(feed->talk, frame, &cause))
        return feed->onlookers == NULL || look(feed, frame, error);
    return blame(feed, cause, error);
}

static bool show_all(Feed *feed, PoolPulse *pulse, int64_t before_us, GError **error)
{
    const int64_t promised_us =
        probe_show_length_us(feed->order->job, replay_quality(feed->replay)->duration_promised_us);
    if (promised_us > 0)
        atomic_store(&pulse->total_us, before_us + promised_us);
    for (;;) {
        ReplayFrame frame;
        switch (probe_show_next(feed->shown, &frame, error)) {
        case REPLAY_ERROR:
            return false;
        case REPLAY_END:
            return true;
        case REPLAY_FRAME:
            if (!show(feed, &frame, error))
                return false;
            pool_pulse_step(pulse, before_us + frame.t_us);
            break;
        }
    }
}

/* The clip is known from end to end, and is given as a file. False with the fault of whoever has it. */
static bool hand_over(Feed *feed, int64_t duration_us, GError **error)
{
    const char *label = feed->order->job->label;
    g_autofree char *name =
        label != NULL ? g_strdup(label) : g_strdup_printf("%u", feed->order->chain_place + 1);
    g_autofree char *sha256 = clip_request_hashes(&feed->files, feed->replay);
    feed->record->aspect = replay_aspect(feed->replay);
    feed->path = engine_path_give(feed->order->job, sha256, feed->given, name, &feed->anew, error);
    if (feed->path == NULL)
        return false;
    GError *cause = NULL;
    TalkClip clip = clip_of(feed, name);
    clip.path = feed->path;
    clip.end_us = duration_us;
    clip.shown_us = feed->shown_us;
    if (!program_talk_begin(feed->talk, &clip, &cause))
        return blame(feed, cause, error);
    feed->begun = feed->place;
    return true;
}

/* ---- the result */

/* Its alerts, sorted out among those that ask; or what our rules made of its observations. Caller unrefs. */
static GPtrArray *make_looks(Feed *feed, int64_t duration_us)
{
    const PlanJob *job = feed->order->job;
    g_autoptr(GPtrArray) alerts = program_talk_take(feed->talk);
    for (guint i = 0; feed->given != NULL && i < alerts->len; i++) {
        Alert *alert = g_ptr_array_index(alerts, i);
        alert->decided_us = alert->onset_us; /* as of a log that does not say */
    }
    if (feed->onlookers != NULL)
        return g_ptr_array_ref((GPtrArray *)onlookers_finish(feed->onlookers, duration_us));
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *planned = &g_array_index(job->looks, PlanLook, i);
        LookRecord *record = look_record_new(planned->scenario->id, planned->system->id);
        for (guint a = 0; a < alerts->len; a++) {
            const Alert *alert = g_ptr_array_index(alerts, a);
            if (strcmp(alert->behaviour, planned->scenario->behaviour) == 0)
                g_ptr_array_add(record->alerts, alert_copy(alert));
        }
        g_ptr_array_add(looks, record);
    }
    return looks;
}

static json_t *build(Feed *feed, const ClipQuality *quality)
{
    json_t *said = engine_said(program_talk_hello(feed->talk), program_talk_counts(feed->talk), feed->width,
                               feed->height);
    if (feed->anew)
        json_object_set_new(said, "written_anew", json_true());
    SandboxSeen seen;
    if (sandbox_seen(feed->sandbox, &seen) && seen.network > feed->refused) {
        json_object_set_new(said, "network_refused", json_true());
        feed->refused = seen.network;
    }
    g_autoptr(GPtrArray) looks = make_looks(feed, quality->duration_us);
    for (guint i = 0; i < looks->len; i++)
        ((LookRecord *)g_ptr_array_index(looks, i))->said = json_incref(said);
    json_decref(said);
    feed->record->duration_us = quality->duration_us;
    feed->record->file_sha256 = clip_request_hashes(&feed->files, feed->replay);
    JobRecord result = *feed->record; /* borrows */
    result.quality = (ClipQuality *)quality;
    return message_build(&result, looks);
}

static json_t *finish(Feed *feed, bool last, GError **error)
{
    const PlanJob *job = feed->order->job;
    ClipQuality *quality = (ClipQuality *)replay_quality(feed->replay);
    if (feed->width == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no picture that could be decoded, expected a video", job->clip->path);
        return NULL;
    }
    quality->duration_us = probe_show_length_us(feed->order->job, quality->duration_us);
    if (feed->given != NULL && !hand_over(feed, quality->duration_us, error))
        return NULL;
    GError *cause = NULL;
    if (!program_talk_end(feed->talk, quality->duration_us, &cause)) {
        blame(feed, cause, error);
        return NULL;
    }
    json_t *message = worker_check_truth(job, quality, error) ? build(feed, quality) : NULL;
    if (last && !program_talk_close(feed->talk, &cause)) {
        json_decref(message);
        g_clear_error(error);
        blame(feed, cause, error);
        return NULL;
    }
    return message;
}

/* The clip broke off: the system is told that it is over, for the sake of those that follow. */
static void break_off(Feed *feed)
{
    GError *cause = NULL;
    if (feed->dead || feed->width == 0 || feed->given != NULL)
        return;
    if (program_talk_end(feed->talk, MAX(replay_quality(feed->replay)->duration_us, 0), &cause)) {
        g_ptr_array_unref(program_talk_take(feed->talk));
        return;
    }
    g_autoptr(GError) told = NULL;
    blame(feed, cause, &told);
}

static json_t *run_clip(Feed *feed, const WorkerJob *order, bool last, PoolPulse *pulse, GError **error)
{
    const PlanJob *job = order->job;
    const int64_t before_us = atomic_load(&pulse->done_us);
    feed->order = order;
    feed->record = job_record_new(job->index, job->dataset->id, job->clip->id, job->condition->id,
                                  job->perception_digest);
    feed->files = (ClipRequest){0};
    feed->replay = NULL;
    feed->shown = NULL;
    feed->width = 0;
    feed->shown_us = 0;
    feed->path = NULL;
    feed->anew = false;
    feed->onlookers = NULL;
    feed->boxes = engine_boxes_new();
    feed->gap = (SignalGap){0};
    observation_init(&feed->seen, 0);
    engine_asked_init(&feed->asked, job);
    json_t *message = NULL;
    if (open_replay(feed, error) && show_all(feed, pulse, before_us, error))
        message = finish(feed, last, error);
    else if (!last)
        break_off(feed);
    observation_clear(&feed->seen);
    clear_clip(feed);
    return message;
}

/* ---- the start */

/* Before the worker is confined: a confined one starts nothing. */
static bool start_program(Feed *feed, GError **error)
{
    const SystemSpec *system = feed->order->job->engine;
    const Engine *engine = engine_of(system);
    g_auto(SandboxSpec) limits;
    sandbox_spec_init(&limits, SANDBOX_PROGRAM);
    engine->confine(system, &limits);
    feed->scratch = folder_make_scratch(feed->order->folder, feed->order->job->index, error);
    if (feed->scratch == NULL)
        return false;
    sandbox_spec_write(&limits, feed->scratch);
    engine->prepare(system, &feed->spec);
    if (feed->spec.input != NULL) {
        feed->given = folder_make_given(feed->order->folder, feed->order->job->index, error);
        if (feed->given == NULL)
            return false;
        sandbox_spec_read(&limits, feed->given);
    }
    feed->sandbox = sandbox_new(&limits, error);
    if (feed->sandbox == NULL)
        return false;
    feed->spec.start.scratch = feed->scratch;
    feed->spec.start.sandbox = feed->sandbox;
    feed->spec.start.ended_by_others = true;
    feed->spec.observed = engine->observes(system) ? take_boxes : NULL;
    feed->spec.user = feed;
    GError *cause = NULL;
    g_autofree char *log = NULL;
    feed->talk = program_talk_start(&feed->spec, &log, &cause);
    if (feed->talk != NULL)
        return true;
    fputs(log != NULL ? log : "", stderr);
    return blame(feed, cause, error);
}

/* What the worker may read of all clips that it will show. */
static void confine_chain(gconstpointer job, SandboxSpec *spec)
{
    const WorkerJob *orders = job;
    for (guint i = 0; i < orders->chain_length; i++)
        worker_confine(&orders[i], spec);
    g_autofree char *given = folder_given(orders->folder, orders->job->index);
    sandbox_spec_write(spec, given); /* where there is one */
}

json_t *engine_run(const WorkerJob *orders, PoolPulse *pulse, GError **error)
{
    g_auto(Feed) feed = {.order = orders};
    if (!start_program(&feed, error) || !pool_confine(confine_chain, orders, error))
        return NULL;
    for (guint i = 0;; i++) {
        g_autoptr(GError) cause = NULL;
        const bool last = i + 1 == orders->chain_length;
        feed.place = i;
        json_t *message = run_clip(&feed, &orders[i], last, pulse, &cause);
        if (feed.dead && feed.begun < i && program_talk_was_late(feed.talk))
            return message_build_late(feed.begun, cause->message);
        if (last || feed.dead) {
            if (cause != NULL)
                g_propagate_error(error, g_steal_pointer(&cause));
            return message;
        }
        pool_send_part(message, cause);
    }
}
