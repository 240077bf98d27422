/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/live_show.h"

#include "runner/probe_show.h"

#include <inttypes.h>

#define GREY_US US_PER_SECOND /* between two clips */

static bool is_probe(const PlanJob *job, ProbeId probe)
{
    return job->probe == &probe_table[probe];
}

int64_t live_show_length_us(const WorkerJob *order)
{
    return probe_show_length_us(order->job, order->seen->duration_us);
}

/* ---- pictures */

/* A graph that begins with a round of compression has to begin with it; half the size is that of what the
 * product would be shown. */
static char *make_condition(const LiveOptions *live, const PlanJob *job)
{
    const char *filter = job->condition->filter;
    if (live->camera.width == 0)
        return g_strdup(filter);
    g_autofree char *scale =
        g_strdup_printf("scale=%" PRId64 ":%" PRId64, live->camera.width, live->camera.height);
    if (filter == NULL)
        return g_steal_pointer(&scale);
    const bool first = is_probe(job, PROBE_HALF_SIZE);
    return g_strjoin(",", first ? scale : filter, first ? filter : scale, NULL);
}

static const uint8_t *next_empty(void *user)
{
    ReplayFrame frame;
    probe_scene_show(user, &frame);
    return frame.bgr;
}

static bool make_scene(LiveShow *show, const PlanJob *job, ReplayRequest request, GError **error)
{
    request.colour = request.no_luma = request.no_chain = true;
    request.condition = show->condition;
    show->scene = probe_scene_new(PROBE_SHOW_SAMPLES);
    g_autoptr(Replay) replay = replay_open(job->clip->path, &request, error);
    ReplayFrame frame;
    ReplayStatus status = REPLAY_ERROR;
    while (replay != NULL && (status = replay_next(replay, &frame, error)) == REPLAY_FRAME)
        probe_scene_add(show->scene, &frame);
    if (status == REPLAY_ERROR)
        return false;
    const int64_t step_us = probe_scene_step_us(show->scene);
    if (step_us <= 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no picture to make an empty scene of, expected one", job->clip->path);
        return false;
    }
    probe_scene_show(show->scene, &frame);
    show->made = (FeedMade){.width = frame.width,
                            .height = frame.height,
                            .stride = frame.bgr_stride,
                            .step_us = step_us,
                            .lasts_us = job->probe_us,
                            .next = next_empty,
                            .user = show->scene};
    return true;
}

/* ---- the programme */

static void add(LiveShow *show, Show thing)
{
    g_assert(show->count < LIVE_SHOWS_MOST);
    show->shows[show->count++] = thing;
}

static void add_clip(LiveShow *show, const WorkerJob *order)
{
    const PlanJob *job = order->job;
    const bool cut = is_probe(job, PROBE_INTERRUPTED) && order->seen->duration_us > job->probe_us;
    add(show, (Show){.kind = SHOW_CLIP,
                     .files = show->files.paths,
                     .starts_us = show->files.starts_us,
                     .rate = job->clip->rate,
                     .condition = show->condition,
                     .sha256 = show->files.count == 1 ? order->seen->file_sha256 : NULL,
                     .mirrored = is_probe(job, PROBE_MIRRORED),
                     .made = show->scene != NULL ? &show->made : NULL,
                     .cut_us = cut ? job->probe_us : 0,
                     .lasts_us = cut ? PROBE_GAP_US : 0});
    show->arrived.later_us = is_probe(job, PROBE_DELAYED) ? PROBE_DELAY_US : 0;
    show->arrived.cut_us = cut ? job->probe_us : 0;
    show->arrived.gap_us = cut ? PROBE_GAP_US : 0;
}

bool live_show_make(LiveShow *show, const LiveOptions *live, const WorkerJob *order, bool flashes,
                    GError **error)
{
    *show = (LiveShow){.flashes = -1};
    ReplayRequest request = {0};
    clip_request_init(&show->files, order->job->clip, &request);
    show->condition = make_condition(live, order->job);
    if (is_probe(order->job, PROBE_EMPTY_HOUR) && !make_scene(show, order->job, request, error))
        return false;
    add(show, (Show){.kind = SHOW_GREY, .lasts_us = flashes ? live->warm_up_us : GREY_US});
    if (flashes && live->flashes > 0) {
        show->flashes = (int)show->count;
        add(show, (Show){.kind = SHOW_FLASHES, .flashes = (int)live->flashes, .lasts_us = LIVE_FLASH_US});
        add(show, (Show){.kind = SHOW_GREY, .lasts_us = live->drain_us});
    }
    const int64_t later_us = is_probe(order->job, PROBE_DELAYED) ? PROBE_DELAY_US : 0;
    add(show, (Show){.kind = SHOW_HELD, .lasts_us = live->settle_us + later_us});
    show->arrived =
        (ArrivedShow){.clip = (int)show->count,
                      .drain = (int)show->count + 1,
                      .ended_us = TIME_UNKNOWN,
                      .duration_us = show->scene != NULL ? order->job->probe_us : order->seen->duration_us,
                      .drain_us = live->drain_us};
    add_clip(show, order);
    add(show, (Show){.kind = SHOW_HELD, .lasts_us = live->drain_us});
    return true;
}

void live_show_clear(LiveShow *show)
{
    clip_request_clear(&show->files);
    g_free(show->condition);
    probe_scene_free(show->scene);
    *show = (LiveShow){.flashes = -1};
}
