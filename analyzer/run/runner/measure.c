/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/measure.h"

#include "media/replay.h"
#include "records/free.h"
#include "records/shown.h"
#include "runner/pool.h"
#include "runner/worker_files.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_WORKERS = 8 };

/* As in a run (runner.c), but a file that says nothing for so long is given up sooner. */
static const double usual_factor = 60, usual_patience_s = 120;
static const int64_t memory_mib = 4096;

typedef struct {
    const char *path;
    const MeasureRequest *request;
} Job;

typedef struct {
    const Job *jobs;
    GPtrArray *measures; /* of Measure * */
    guint ended;
    bool shown;
} Session;

DEFINE_DESTROY(measure_free, Measure, measure, g_free(measure->reason))

/* ---- the worker's side */

static json_t *decode(gconstpointer data, PoolPulse *pulse, GError **error)
{
    const Job *job = data;
    const bool whole = job->request->all_pictures;
    const ReplayRequest request = {.max_width = whole ? job->request->width : 16,
                                   .max_rate = whole ? 0 : 1,
                                   .no_chain = job->request->no_chain,
                                   .colour = job->request->bgr,
                                   .no_luma = job->request->bgr,
                                   .hash = job->request->bgr};
    const int64_t start_us = g_get_monotonic_time();
    g_autoptr(Replay) replay = replay_open(job->path, &request, error);
    if (replay == NULL)
        return NULL;
    const ClipQuality *quality = replay_quality(replay);
    if (quality->duration_promised_us > 0)
        atomic_store(&pulse->total_us, quality->duration_promised_us);
    ReplayFrame frame;
    ReplayStatus status;
    while ((status = replay_next(replay, &frame, error)) == REPLAY_FRAME)
        pool_pulse_step(pulse, frame.t_us);
    if (status == REPLAY_ERROR)
        return NULL;
    return json_pack("{s:I,s:I,s:b,s:f}", "duration_us", (json_int_t)quality->duration_us, "frames",
                     (json_int_t)quality->frames, "no_clock", quality->synthetic_times, "decode_s",
                     (double)(g_get_monotonic_time() - start_us) / US_PER_SECOND);
}

static void confine(gconstpointer job, SandboxSpec *spec)
{
    worker_files_add(spec, ((const Job *)job)->path);
}

/* ---- the parent's side */

static int64_t weigh(gconstpointer data)
{
    return pool_weigh_file(((const Job *)data)->path);
}

static bool note(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    (void)error;
    Session *session = user;
    Measure *measure = g_ptr_array_index(session->measures, index);
    const char *path = session->jobs[index].path;
    json_int_t duration_us = 0, frames = 0;
    int no_clock = 0;
    session->ended++;
    if (outcome->result == NULL) {
        const bool named = g_str_has_prefix(outcome->reason, path);
        measure->reason = g_strdup_printf("%s%s%s", named ? "" : path, named ? "" : ": ", outcome->reason);
        measure->fault = outcome->fault;
    } else if (json_unpack(outcome->result, "{s:I,s:I,s:b,s:F}", "duration_us", &duration_us, "frames",
                           &frames, "no_clock", &no_clock, "decode_s", &measure->decode_s) != 0) {
        measure->reason = g_strdup_printf("%s: its reader sent nothing that can be used", path);
        measure->fault = VSAUDIT_ERROR_HARNESS;
    } else {
        measure->duration_us = duration_us;
        measure->frames = frames;
        measure->no_clock = no_clock != 0;
    }
    return true;
}

static void tick(const PoolRunning *running, guint count, void *user)
{
    const Session *session = user;
    if (!session->shown || count == 0)
        return;
    g_autofree char *name = g_path_get_basename(session->jobs[running[0].index].path);
    g_autofree char *shown = shown_text(name);
    fprintf(stderr, "\r\033[Kreading clip %u of %u: %s", session->ended + 1, session->measures->len, shown);
}

GPtrArray *measure_clips(const GPtrArray *paths, const MeasureRequest *request, GError **error)
{
    g_autoptr(GPtrArray) measures = g_ptr_array_new_with_free_func(measure_free);
    g_autofree Job *jobs = g_new0(Job, MAX(paths->len, 1));
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < paths->len; i++) {
        jobs[i] = (Job){g_ptr_array_index(paths, i), request};
        g_ptr_array_add(list, &jobs[i]);
        Measure *measure = g_new0(Measure, 1);
        measure->duration_us = TIME_UNKNOWN;
        g_ptr_array_add(measures, measure);
    }
    Session session = {.jobs = jobs, .measures = measures, .shown = request->shown && isatty(STDERR_FILENO)};
    const PoolSpec spec = {.work = decode,
                           .confine = confine,
                           .workers = CLAMP((int64_t)g_get_num_processors(), 1, MOST_WORKERS),
                           .time_factor = request->factor > 0 ? request->factor : usual_factor,
                           .time_floor_s = request->patience_s > 0 ? request->patience_s : usual_patience_s,
                           .memory_mib = memory_mib,
                           .weight = weigh,
                           .ended = note,
                           .tick = tick,
                           .user = &session};
    const bool ran = pool_run(&spec, (const gconstpointer *)list->pdata, list->len, error);
    if (session.shown)
        fprintf(stderr, "\r\033[K");
    return ran ? g_steal_pointer(&measures) : NULL;
}
