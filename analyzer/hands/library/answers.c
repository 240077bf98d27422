/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/answers.h"

#include "library/library.h"

#include <string.h>

static VsauditStatus check_question(const VsauditScore *score, const void *answer, size_t size, size_t own,
                                    const char *what, VsauditError *error)
{
    if (score == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "score: found NULL, expected a handle");
    return library_check_size(answer, size, own, own, what, error);
}

VsauditStatus vsaudit_score_counts(const VsauditScore *score, VsauditCounts *counts, size_t size,
                                   VsauditError *error)
{
    const VsauditStatus status = check_question(score, counts, size, sizeof *counts, "counts", error);
    if (status == VSAUDIT_OK)
        memcpy(counts, &score->counts, size);
    return status;
}

VsauditStatus vsaudit_score_figure(const VsauditScore *score, size_t index, VsauditFigure *figure,
                                   size_t size, VsauditError *error)
{
    const VsauditStatus status = check_question(score, figure, size, sizeof *figure, "figure", error);
    if (status != VSAUDIT_OK)
        return status;
    if (index >= score->figures->len)
        return library_fail(error, VSAUDIT_NOT_FOUND, "index: found %zu, expected less than %u", index,
                            score->figures->len);
    memcpy(figure, &g_array_index(score->figures, VsauditFigure, index), size);
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_score_figure_named(const VsauditScore *score, const char *name, VsauditFigure *figure,
                                         size_t size, VsauditError *error)
{
    const VsauditStatus status = check_question(score, figure, size, sizeof *figure, "figure", error);
    if (status != VSAUDIT_OK)
        return status;
    if (name == NULL)
        return library_fail(error, VSAUDIT_MISUSE, "name: found NULL, expected a figure's name");
    for (guint i = 0; i < score->figures->len; i++)
        if (strcmp(g_array_index(score->figures, VsauditFigure, i).name, name) == 0)
            return vsaudit_score_figure(score, i, figure, size, error);
    return library_fail(error, VSAUDIT_NOT_FOUND,
                        "name: found “%s”, expected a figure that this protocol has", name);
}

/* ---- matches */

static VsauditStatus find_clip(const VsauditScore *score, size_t clip, const EvalClipResult **out,
                               VsauditError *error)
{
    if (score->peer)
        return library_fail(error, VSAUDIT_NOT_FOUND, "this protocol gives no matches: eval-1 and eval-2 do");
    if (clip >= score->result->clip_count)
        return library_fail(error, VSAUDIT_NOT_FOUND, "clip: found %zu, expected less than %zu", clip,
                            score->result->clip_count);
    *out = &score->result->clips[clip];
    return VSAUDIT_OK;
}

static VsauditStatus check_number(size_t number, size_t count, const char *what, VsauditError *error)
{
    if (number >= count)
        return library_fail(error, VSAUDIT_NOT_FOUND, "%s: found %zu, expected less than %zu", what, number,
                            count);
    return VSAUDIT_OK;
}

static int64_t alert_outcome(AlertOutcome outcome)
{
    switch (outcome) {
    case ALERT_HIT:
        return VSAUDIT_ALERT_HIT;
    case ALERT_DUPLICATE:
        return VSAUDIT_ALERT_DUPLICATE;
    case ALERT_FALSE:
        return VSAUDIT_ALERT_FALSE;
    case ALERT_NOT_SCORED:
        return VSAUDIT_ALERT_NOT_SCORED;
    case ALERT_UNWATCHED:
        return VSAUDIT_ALERT_UNWATCHED;
    case ALERT_OUTCOMES:
        break;
    }
    g_assert_not_reached();
}

static int64_t event_outcome(EventOutcome outcome)
{
    switch (outcome) {
    case EVENT_HIT:
        return VSAUDIT_EVENT_HIT;
    case EVENT_MISS:
        return VSAUDIT_EVENT_MISS;
    case EVENT_NOT_SCORED:
        return VSAUDIT_EVENT_NOT_SCORED;
    }
    g_assert_not_reached();
}

/* The clip in which that alert or event ("alert", "event") stands, of a question that is well put. */
static VsauditStatus find_row(const VsauditScore *score, size_t clip, size_t row, const char *what,
                              const void *result, size_t size, size_t known, const EvalClipResult **found,
                              VsauditError *error)
{
    VsauditStatus status = check_question(score, result, size, known, "result", error);
    if (status == VSAUDIT_OK)
        status = find_clip(score, clip, found, error);
    if (*found == NULL)
        return status;
    const bool is_alert = strcmp(what, "alert") == 0;
    return check_number(row, is_alert ? (*found)->alert_count : (*found)->event_count, what, error);
}

VsauditStatus vsaudit_score_alert(const VsauditScore *score, size_t clip, size_t alert,
                                  VsauditAlertResult *result, size_t size, VsauditError *error)
{
    const EvalClipResult *found = NULL;
    const VsauditStatus status =
        find_row(score, clip, alert, "alert", result, size, sizeof *result, &found, error);
    if (status != VSAUDIT_OK)
        return status;
    const AlertResult *own = &found->alerts[alert];
    const VsauditAlertResult answer = {alert_outcome(own->outcome), own->event, own->elsewhere};
    memcpy(result, &answer, size);
    return VSAUDIT_OK;
}

VsauditStatus vsaudit_score_event(const VsauditScore *score, size_t clip, size_t event,
                                  VsauditEventResult *result, size_t size, VsauditError *error)
{
    const EvalClipResult *found = NULL;
    const VsauditStatus status =
        find_row(score, clip, event, "event", result, size, sizeof *result, &found, error);
    if (status != VSAUDIT_OK)
        return status;
    const EventResult *own = &found->events[event];
    const VsauditEventResult answer = {event_outcome(own->outcome), own->alert, own->latency_us};
    memcpy(result, &answer, size);
    return VSAUDIT_OK;
}
