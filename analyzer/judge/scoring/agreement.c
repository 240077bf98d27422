/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/agreement.h"

#include "scoring/matching.h"

#include <math.h>

/* Certain events that begin where both watched. */
static GArray *choose_events(const GPtrArray *events, const SpanList *watched)
{
    GArray *chosen = g_array_new(FALSE, FALSE, sizeof(MatchEvent));
    for (guint i = 0; events != NULL && i < events->len; i++) {
        const Event *event = g_ptr_array_index(events, i);
        const MatchEvent one = {.start_us = event->start_us, .end_us = event->end_us};
        if (event->certainty == CERTAINTY_SCORED && span_list_contains(watched, event->start_us))
            g_array_append_val(chosen, one);
    }
    return chosen;
}

static int64_t match(const GArray *truth, const GArray *other, const EvalSettings *settings)
{
    /* Of two people one is not the other's truth: where each drew a box is left aside. */
    const MatchRules rules = {settings->pre_us, settings->post_us, MATCH_BOXES_IGNORED};
    g_autofree MatchAlert *alerts = g_new0(MatchAlert, other->len + 1);
    g_autofree int64_t *alert_of_event = g_new0(int64_t, truth->len + 1);
    g_autofree int64_t *event_of_alert = g_new0(int64_t, other->len + 1);
    for (guint i = 0; i < other->len; i++)
        alerts[i] =
            (MatchAlert){.onset_us = g_array_index(other, MatchEvent, i).start_us, .confidence = (double)NAN};
    return (int64_t)matching_assign((const MatchEvent *)(const void *)truth->data, truth->len, alerts,
                                    other->len, &rules, alert_of_event, event_of_alert);
}

static bool has_event(const GArray *events, int64_t start_us, int64_t end_us)
{
    for (guint i = 0; i < events->len; i++) {
        const MatchEvent *event = &g_array_index(events, MatchEvent, i);
        if (event->start_us < end_us && event->end_us > start_us)
            return true;
    }
    return false;
}

static void count_windows(const SpanList *watched, const GArray *first, const GArray *second,
                          int64_t window_us, Agreement *agreement)
{
    for (guint i = 0; i < watched->spans->len; i++) {
        const Span *span = &g_array_index(watched->spans, Span, i);
        int64_t start_us = (span->start_us + window_us - 1) / window_us * window_us;
        for (; start_us + window_us <= span->end_us; start_us += window_us) {
            const bool a = has_event(first, start_us, start_us + window_us);
            const bool b = has_event(second, start_us, start_us + window_us);
            agreement->windows++;
            agreement->both += a && b;
            agreement->only_first += a && !b;
            agreement->only_second += !a && b;
            agreement->neither += !a && !b;
        }
    }
}

Agreement agreement_measure(const AgreementClip *clips, size_t count, const EvalSettings *settings)
{
    Agreement agreement = {0};
    for (size_t i = 0; i < count; i++) {
        const AgreementClip *clip = &clips[i];
        g_autoptr(GArray) first = choose_events(clip->first, clip->watched);
        g_autoptr(GArray) second = choose_events(clip->second, clip->watched);
        agreement.watched_us += span_list_total(clip->watched);
        agreement.first_events += first->len;
        agreement.second_events += second->len;
        agreement.matched_first += match(first, second, settings);
        agreement.matched_second += match(second, first, settings);
        count_windows(clip->watched, first, second, settings->window_us, &agreement);
    }
    const double events = (double)(agreement.first_events + agreement.second_events);
    agreement.f1_first = events > 0 ? 2 * (double)agreement.matched_first / events : (double)NAN;
    agreement.f1_second = events > 0 ? 2 * (double)agreement.matched_second / events : (double)NAN;
    const int64_t table[] = {agreement.both, agreement.only_first, agreement.only_second, agreement.neither};
    agreement.kappa = statistics_kappa(table, 2);
    return agreement;
}
