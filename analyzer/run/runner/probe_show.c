/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/probe_show.h"

#include "records/free.h"
#include "runner/probe_scene.h"

#include <string.h>

/* The step of a clip with one picture. */
#define STEP_US (US_PER_SECOND / 25)

struct ProbeShow {
    const PlanJob *job;
    ProbeId probe; /* PROBE_COUNT: none, or one that the replay alone sees to */
    Replay *replay;
    uint8_t *luma, *bgr; /* PROBE_MIRRORED */
    ReplayFrame first;   /* PROBE_DELAYED: the one that stands longer */
    int64_t standing_us; /* … and how much of it was shown; the whole delay: all */
    bool started;
    ProbeScene *scene; /* PROBE_EMPTY_HOUR */
    int64_t shown;     /* … pictures of it */
};

static ProbeId probe_of(const PlanJob *job)
{
    return job->probe != NULL ? (ProbeId)(job->probe - probe_table) : PROBE_COUNT;
}

ProbeShow *probe_show_new(const PlanJob *job, Replay *replay)
{
    ProbeShow *show = g_new0(ProbeShow, 1);
    show->job = job;
    show->replay = replay;
    show->probe = probe_of(job);
    return show;
}

DEFINE_FREE(probe_show_free, ProbeShow, show, g_free(show->luma), g_free(show->bgr),
            probe_scene_free(show->scene))

/* ---- mirrored */

static void mirror_rows(const uint8_t *from, int stride, int width, int height, int bytes, uint8_t *to)
{
    for (int y = 0; y < height; y++) {
        const uint8_t *row = from + (size_t)y * (size_t)stride;
        uint8_t *out = to + (size_t)y * (size_t)stride;
        for (int x = 0; x < width; x++)
            memcpy(out + (size_t)x * (size_t)bytes, row + (size_t)(width - 1 - x) * (size_t)bytes,
                   (size_t)bytes);
    }
}

static void mirror(ProbeShow *show, ReplayFrame *frame)
{
    enum { BGR_BYTES = 3 };
    const size_t height = (size_t)frame->height;
    if (frame->luma != NULL) {
        if (show->luma == NULL)
            show->luma = g_malloc0((size_t)frame->luma_stride * height);
        mirror_rows(frame->luma, frame->luma_stride, frame->width, frame->height, 1, show->luma);
        frame->luma = show->luma;
    }
    if (frame->bgr != NULL) {
        if (show->bgr == NULL)
            show->bgr = g_malloc0((size_t)frame->bgr_stride * height);
        mirror_rows(frame->bgr, frame->bgr_stride, frame->width, frame->height, BGR_BYTES, show->bgr);
        frame->bgr = show->bgr;
    }
}

/* ---- later */

/* The first picture once more, until the delay is over; its memory lives until the replay is asked again. */
static void stand(ProbeShow *show, ReplayFrame *frame)
{
    const int64_t step_us = show->first.duration_us > 0 ? show->first.duration_us : STEP_US;
    *frame = show->first;
    frame->t_us = show->first.t_us + show->standing_us;
    frame->duration_us = MIN(step_us, PROBE_DELAY_US - show->standing_us);
    show->standing_us += frame->duration_us;
}

static ReplayStatus next_delayed(ProbeShow *show, ReplayFrame *frame, GError **error)
{
    if (!show->started) {
        const ReplayStatus status = replay_next(show->replay, &show->first, error);
        if (status != REPLAY_FRAME)
            return status;
        show->started = true;
    }
    if (show->standing_us < PROBE_DELAY_US) {
        stand(show, frame);
        return REPLAY_FRAME;
    }
    if (show->first.width > 0) {
        *frame = show->first;
        show->first.width = 0;
    } else {
        const ReplayStatus status = replay_next(show->replay, frame, error);
        if (status != REPLAY_FRAME)
            return status;
    }
    frame->t_us += PROBE_DELAY_US;
    return REPLAY_FRAME;
}

static ReplayStatus next_interrupted(ProbeShow *show, ReplayFrame *frame, GError **error)
{
    const ReplayStatus status = replay_next(show->replay, frame, error);
    if (status == REPLAY_FRAME && frame->t_us >= show->job->probe_us)
        frame->t_us += PROBE_GAP_US;
    return status;
}

/* ---- the empty scene */

static ReplayStatus next_empty(ProbeShow *show, ReplayFrame *frame, GError **error)
{
    if (show->scene == NULL) {
        show->scene = probe_scene_new(PROBE_SHOW_SAMPLES);
        for (;;) {
            const ReplayStatus status = replay_next(show->replay, frame, error);
            if (status == REPLAY_ERROR)
                return status;
            if (status == REPLAY_END)
                break;
            probe_scene_add(show->scene, frame);
        }
    }
    const int64_t step_us = probe_scene_step_us(show->scene);
    if (step_us <= 0 || show->shown * step_us >= show->job->probe_us)
        return REPLAY_END;
    probe_scene_show(show->scene, frame);
    frame->t_us = show->shown++ * step_us;
    frame->duration_us = MIN(step_us, show->job->probe_us - frame->t_us);
    return REPLAY_FRAME;
}

/* ---- all */

ReplayStatus probe_show_next(ProbeShow *show, ReplayFrame *frame, GError **error)
{
    switch (show->probe) {
    case PROBE_DELAYED:
        return next_delayed(show, frame, error);
    case PROBE_INTERRUPTED:
        return next_interrupted(show, frame, error);
    case PROBE_EMPTY_HOUR:
        return next_empty(show, frame, error);
    default: {
        const ReplayStatus status = replay_next(show->replay, frame, error);
        if (status == REPLAY_FRAME && show->probe == PROBE_MIRRORED)
            mirror(show, frame);
        return status;
    }
    }
}

int64_t probe_show_length_us(const PlanJob *job, int64_t duration_us)
{
    if (duration_us <= 0)
        return duration_us;
    switch (probe_of(job)) {
    case PROBE_DELAYED:
        return duration_us + PROBE_DELAY_US;
    case PROBE_INTERRUPTED:
        return duration_us > job->probe_us ? duration_us + PROBE_GAP_US : duration_us;
    case PROBE_EMPTY_HOUR:
        return job->probe_us;
    default:
        return duration_us;
    }
}
