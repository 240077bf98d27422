/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/given.h"

#include "records/observation_io.h"
#include "runner/message.h"
#include "runner/onlookers.h"

bool given_is(const char *path)
{
    return path != NULL && (g_str_has_suffix(path, ".jsonl") || g_str_has_suffix(path, ".jsonl.gz"));
}

json_t *given_run(const WorkerJob *order, JobRecord *record, PoolPulse *pulse, GError **error)
{
    const PlanJob *job = order->job;
    if (job->condition->filter != NULL || job->probe != NULL) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found the condition “%s” on a clip of observations, expected as-recorded alone: a filter "
            "needs pictures",
            job->clip->path, job->condition->id);
        return NULL;
    }
    g_autoptr(ObservationReader) reader = observation_reader_open(job->clip->path, error);
    if (reader == NULL)
        return NULL;
    g_autoptr(ClipQuality) quality = clip_quality_new();
    quality->container = g_strdup("observations");
    g_ptr_array_add(quality->remarks,
                    g_strdup("No video: the rules looked at observations that this program did not make."));
    record->aspect = observation_reader_header(reader)->aspect;
    g_autoptr(Onlookers) onlookers = onlookers_new(job, record->aspect);
    if (!onlookers_show_all(onlookers, reader, pulse, quality, error))
        return NULL;
    if (quality->frames == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no observation, expected one at least", job->clip->path);
        return NULL;
    }
    if (!worker_check_truth(job, quality, error))
        return NULL;
    record->duration_us = quality->duration_us;
    JobRecord result = *record; /* borrows */
    result.quality = quality;
    return message_build(&result, onlookers_finish(onlookers, quality->duration_us));
}
