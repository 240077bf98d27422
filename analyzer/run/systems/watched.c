/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/watched.h"

int64_t watched_length(const Clip *clip, const JobRecord *job)
{
    if (job->duration_us == TIME_UNKNOWN)
        return clip->duration_us;
    const GArray *lost = job->quality != NULL ? job->quality->undecoded.spans : NULL;
    const int64_t lost_us =
        lost != NULL && lost->len > 0 ? g_array_index(lost, Span, lost->len - 1).end_us : 0;
    return MAX(job->duration_us, lost_us);
}

void watched_lost(const JobRecord *job, SpanList *out)
{
    const ClipQuality *quality = job->quality;
    span_list_clear(out);
    span_list_init(out);
    if (quality == NULL)
        return;
    span_list_copy(out, &quality->undecoded);
    for (guint i = 0; i < quality->unseen.spans->len; i++) {
        const Span *span = &g_array_index(quality->unseen.spans, Span, i);
        span_list_add(out, span->start_us, span->end_us);
    }
}

void watched_spans(const Clip *clip, const char *behaviour, const JobRecord *job, SpanList *out)
{
    span_list_init(out);
    const int64_t length_us = watched_length(clip, job);
    if (length_us == TIME_UNKNOWN)
        return;
    g_auto(SpanList) coverage = {NULL}, lost = {NULL};
    if (!clip_coverage(clip, behaviour, length_us, &coverage))
        return;
    span_list_init(&lost);
    watched_lost(job, &lost);
    span_list_add(out, 0, length_us);
    span_list_intersect_list(out, &coverage);
    span_list_subtract_list(out, &lost);
}
