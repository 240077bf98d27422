/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/worker.h"

#include "config/settle.h"
#include "media/replay.h"
#include "perception/perception.h"
#include "records/file_hash.h"
#include "records/free.h"
#include "records/observation_io.h"
#include "runner/clip_request.h"
#include "runner/engine_run.h"
#include "runner/given.h"
#include "runner/live_run.h"
#include "runner/message.h"
#include "runner/onlookers.h"
#include "runner/probe_show.h"
#include "runner/signal_gap.h"
#include "runner/worker_files.h"
#include "systems/engine.h"

#include <errno.h>
#include <string.h>

typedef struct {
    const WorkerJob *order;
    JobRecord *record;
    ClipRequest files; /* what the replay points into */
    Replay *replay;
    ProbeShow *shown;
    Perception *perception;    /* NULL when nobody looks */
    ObservationWriter *writer; /* from the first picture on, unless nothing is saved */
    Onlookers *onlookers;      /* from the first picture on */
    SignalGap gap;
    bool started;
} Work;

DEFINE_CLEAR(work_clear, Work, work, observation_writer_free(work->writer), perception_free(work->perception),
             probe_show_free(work->shown), replay_close(work->replay), clip_request_clear(&work->files),
             job_record_free(work->record), onlookers_free(work->onlookers))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

char *worker_observations_name(const PlanJob *job)
{
    g_autofree char *clip = clip_id_for_file(job->clip->id);
    char *name = g_strdup_printf("observations/%s.%s.%s.%.8s.jsonl.gz", job->dataset->id, clip,
                                 job->condition->id, job->perception_digest);
    /* Ids are plain words by the loader's rules; a file name must not depend on that. */
    for (char *c = name + strlen("observations/"); *c != '\0'; c++) {
        if (*c == '/')
            *c = '_';
    }
    return name;
}

/* ---- the file */

/* SHA-256 of a regular file; NULL without an error for anything else (an image sequence). */
static char *hash_clip(const char *path, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return NULL;
    char *hash = file_hash(path, NULL);
    if (hash == NULL)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read (%s)", path,
                    g_strerror(errno));
    return hash;
}

/* Of observations that stand in for a video; a video is hashed as it is decoded. */
static bool check_given(Work *work, GError **error)
{
    const Clip *clip = work->order->job->clip;
    g_autoptr(GError) cause = NULL;
    work->record->file_sha256 = hash_clip(clip->path, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (clip->sha256 == NULL || work->record->file_sha256 == NULL ||
        g_ascii_strcasecmp(clip->sha256, work->record->file_sha256) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: found a file with SHA-256 %s, expected %s as the manifest says", clip->path,
                work->record->file_sha256, clip->sha256);
    return false;
}

/* ---- truth */

/* The behaviours that are scored on the clip, NULL-terminated; caller frees the array. */
static const char **scored_behaviours(const PlanJob *job)
{
    const char **ids = g_new0(const char *, job->scenarios->len + 1);
    for (guint s = 0; s < job->scenarios->len; s++)
        ids[s] = ((const Scenario *)g_ptr_array_index(job->scenarios, s))->behaviour;
    return ids;
}

bool worker_check_truth(const PlanJob *job, ClipQuality *quality, GError **error)
{
    if (job->probe != NULL)
        return true; /* it is checked by the job as recorded, and no rate comes of this one */
    g_autofree const char **behaviours = scored_behaviours(job);
    return settle_check_length(job->dataset, job->clip, behaviours, quality, error) &&
           settle_truth(job->dataset, (Clip *)job->clip, quality, behaviours, false, NULL, error);
}

/* ---- pictures */

static bool open_work(Work *work, GError **error)
{
    const PlanJob *job = work->order->job;
    PerceptionSettings *settings = perception_settings_new(job->perception, error);
    if (settings == NULL)
        return false;
    ReplayRequest request = perception_request(settings);
    request.condition = job->condition->filter;
    if (job->looks->len > 0)
        work->perception = perception_new(settings, error);
    const bool seeing = job->looks->len == 0 || work->perception != NULL;
    perception_settings_free(settings);
    if (!seeing)
        return false;
    clip_request_init(&work->files, job->clip, &request);
    request.hash = true;
    work->replay = replay_open(job->clip->path, &request, error);
    if (work->replay == NULL)
        return false;
    work->shown = probe_show_new(job, work->replay);
    return true;
}

/* The rules start with the first picture, whose shape they need to know. */
static bool begin(Work *work, GError **error)
{
    const PlanJob *job = work->order->job;
    work->record->aspect = replay_aspect(work->replay);
    work->onlookers = onlookers_new(job, work->record->aspect);
    if (!work->order->save_observations || work->perception == NULL)
        return true;
    work->record->observations = worker_observations_name(job);
    g_autofree char *path = g_build_filename(work->order->folder, work->record->observations, NULL);
    const ObservationHeader header = {.clip = job->clip->id,
                                      .condition = job->condition->id,
                                      .aspect = work->record->aspect,
                                      .perception = job->perception_digest};
    work->writer = observation_writer_open(path, &header, error);
    return work->writer != NULL;
}

static bool show(Work *work, const Observation *observation, GError **error)
{
    onlookers_show(work->onlookers, observation);
    return work->writer == NULL || observation_writer_add(work->writer, observation, error);
}

static bool show_nothing(const Observation *nothing, void *user, GError **error)
{
    return show(user, nothing, error);
}

static bool handle_frame(Work *work, const ReplayFrame *frame, GError **error)
{
    if (!work->started && !begin(work, error))
        return false;
    work->started = true;
    if (work->perception == NULL)
        return true;
    if (!signal_gap_step(&work->gap, frame->t_us, show_nothing, work, error))
        return false;
    g_auto(Observation) observation;
    observation_init(&observation, frame->t_us);
    return perception_observe(work->perception, frame, &observation, error) &&
           show(work, &observation, error);
}

static bool replay_all(Work *work, PoolPulse *pulse, GError **error)
{
    for (;;) {
        ReplayFrame frame;
        switch (probe_show_next(work->shown, &frame, error)) {
        case REPLAY_ERROR:
            return false;
        case REPLAY_END:
            return true;
        case REPLAY_FRAME:
            if (!handle_frame(work, &frame, error))
                return false;
            pool_pulse_step(pulse, frame.t_us);
            break;
        }
    }
}

/* ---- the result */

static json_t *finish(Work *work, GError **error)
{
    /* The record is complete, and nobody else reads it: what the manifest says of the clip is added to it. */
    ClipQuality *quality = (ClipQuality *)replay_quality(work->replay);
    if (!work->started) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no picture that could be decoded, expected a video",
                    work->order->job->clip->path);
        return NULL;
    }
    quality->duration_us = probe_show_length_us(work->order->job, quality->duration_us);
    if (!worker_check_truth(work->order->job, quality, error))
        return NULL;
    if (work->writer != NULL && !observation_writer_finish(work->writer, error))
        return NULL;
    work->record->duration_us = quality->duration_us;
    work->record->file_sha256 = clip_request_hashes(&work->files, work->replay);
    JobRecord result = *work->record; /* borrows */
    result.quality = quality;
    return message_build(&result, onlookers_finish(work->onlookers, quality->duration_us));
}

void worker_confine(gconstpointer job, SandboxSpec *spec)
{
    const WorkerJob *order = job;
    worker_files_add_clip(spec, order->job->clip);
    if (order->job->engine != NULL)
        return;
    if (order->job->looks->len > 0)
        worker_files_perception(order->job->perception, spec);
    g_autofree char *observations = g_build_filename(order->folder, "observations", NULL);
    if (order->save_observations)
        sandbox_spec_write(spec, observations);
}

json_t *worker_run(gconstpointer job, PoolPulse *pulse, GError **error)
{
    const WorkerJob *order = job;
    const PlanJob *plan = order->job;
    if (plan->engine != NULL && engine_of(plan->engine)->is_live)
        return live_run(order, pulse, error);
    if (plan->engine != NULL)
        return engine_run(order, pulse, error);
    g_auto(Work) work = {
        .order = order,
        .record = job_record_new(plan->index, plan->dataset->id, plan->clip->id, plan->condition->id,
                                 plan->perception_digest),
    };
    if (!pool_confine(worker_confine, order, error))
        return NULL;
    if (given_is(plan->clip->path) && !check_given(&work, error))
        return NULL;
    if (given_is(plan->clip->path))
        return given_run(order, work.record, pulse, error);
    if (!open_work(&work, error))
        return NULL;
    const int64_t promised_us =
        probe_show_length_us(work.order->job, replay_quality(work.replay)->duration_promised_us);
    if (promised_us > 0)
        atomic_store(&pulse->total_us, promised_us);
    return replay_all(&work, pulse, error) ? finish(&work, error) : NULL;
}
