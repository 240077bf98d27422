/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "eval2_oracle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Event *event_at(const Eval2Oracle *oracle, size_t i)
{
    return g_ptr_array_index(oracle->clip->events, i);
}

static const Alert *alert_at(const Eval2Oracle *oracle, size_t i)
{
    return g_ptr_array_index(oracle->clip->alerts, i);
}

static int64_t second_of(int64_t t_us)
{
    return t_us / US_PER_SECOND + ORACLE_BEFORE;
}

static bool apart(Box a, Box b)
{
    return a.w > 0 && b.w > 0 && fabs(a.x - b.x) > 0.3;
}

static bool in_window(const Eval2Oracle *oracle, const Event *event, int64_t t_us)
{
    return t_us >= event->start_us - oracle->settings->pre_us &&
           t_us <= event->end_us + oracle->settings->post_us;
}

static bool allowed(const Eval2Oracle *oracle, size_t event, size_t alert)
{
    const Event *e = event_at(oracle, event);
    const Alert *a = alert_at(oracle, alert);
    return in_window(oracle, e, a->onset_us) &&
           (oracle->settings->boxes != EVAL_BOXES_REQUIRE || !apart(e->box, a->box));
}

static void oracle_times(Eval2Oracle *oracle)
{
    const EvalClip *clip = oracle->clip;
    for (int64_t s = 0; s < ORACLE_SECONDS; s++) {
        const int64_t t = S(s - ORACLE_BEFORE);
        oracle->watched[s] = t >= 0 && t < clip->duration_us && span_list_contains(clip->coverage, t) &&
                             !span_list_contains(clip->undecoded, t);
        oracle->scored[s] = oracle->watched[s];
    }
    for (size_t i = 0; i < clip->events->len; i++) {
        const Event *event = event_at(oracle, i);
        bool doubtful = event->certainty == CERTAINTY_DONT_CARE;
        for (size_t j = 0; j < clip->events->len; j++) {
            const Event *other = event_at(oracle, j);
            doubtful = doubtful || (other->certainty == CERTAINTY_DONT_CARE &&
                                    event->start_us >= other->start_us && event->start_us < other->end_us);
        }
        oracle->event_scored[i] = !doubtful && oracle->watched[second_of(event->start_us)];
        for (int64_t s = 0; s < ORACLE_SECONDS && !oracle->event_scored[i]; s++)
            if (in_window(oracle, event, S(s - ORACLE_BEFORE)))
                oracle->scored[s] = false;
    }
}

static int by_parts(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] < b[i] || a[i] > b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static bool event_before(const Eval2Oracle *oracle, size_t x, size_t y)
{
    const Event *a = event_at(oracle, x), *b = event_at(oracle, y);
    const double left[] = {(double)a->start_us, (double)a->end_us, a->box.x, a->box.y, a->box.w, (double)x},
                 right[] = {(double)b->start_us, (double)b->end_us, b->box.x, b->box.y, b->box.w, (double)y};
    return by_parts(left, right, 6) < 0;
}

static bool alert_before(const Eval2Oracle *oracle, size_t x, size_t y)
{
    const Alert *a = alert_at(oracle, x), *b = alert_at(oracle, y);
    const double left[] = {(double)a->onset_us,
                           (double)a->decided_us,
                           a->box.x,
                           a->box.y,
                           a->box.w,
                           isnan(a->confidence) ? 1 : -a->confidence,
                           (double)x},
                 right[] = {(double)b->onset_us,
                            (double)b->decided_us,
                            b->box.x,
                            b->box.y,
                            b->box.w,
                            isnan(b->confidence) ? 1 : -b->confidence,
                            (double)y};
    return by_parts(left, right, 7) < 0;
}

static void oracle_order(Eval2Oracle *oracle)
{
    for (size_t i = 0; i < oracle->clip->events->len; i++)
        if (oracle->event_scored[i])
            oracle->event_order[oracle->event_count++] = i;
    for (size_t i = 0; i < oracle->clip->alerts->len; i++)
        if (oracle->watched[second_of(alert_at(oracle, i)->onset_us)] &&
            (oracle->threshold < 0 || alert_at(oracle, i)->confidence >= oracle->threshold))
            oracle->alert_order[oracle->alert_count++] = i;
    for (size_t i = 0; i < oracle->event_count; i++)
        for (size_t j = i + 1; j < oracle->event_count; j++)
            if (event_before(oracle, oracle->event_order[j], oracle->event_order[i])) {
                const size_t other = oracle->event_order[i];
                oracle->event_order[i] = oracle->event_order[j];
                oracle->event_order[j] = other;
            }
    for (size_t i = 0; i < oracle->alert_count; i++)
        for (size_t j = i + 1; j < oracle->alert_count; j++)
            if (alert_before(oracle, oracle->alert_order[j], oracle->alert_order[i])) {
                const size_t other = oracle->alert_order[i];
                oracle->alert_order[i] = oracle->alert_order[j];
                oracle->alert_order[j] = other;
            }
}

static void oracle_compare(Eval2Oracle *oracle)
{
    int64_t score[5] = {0};
    for (size_t i = 0; i < oracle->event_count; i++) {
        if (oracle->choice[i] < 0) {
            score[0]++;
            continue;
        }
        const Event *event = event_at(oracle, oracle->event_order[i]);
        const Alert *alert = alert_at(oracle, oracle->alert_order[oracle->choice[i]]);
        score[1] += !oracle->scored[second_of(alert->onset_us)];
        score[2] += apart(event->box, alert->box);
        score[3] += llabs(alert->onset_us - event->start_us);
        score[4] -= isnan(alert->confidence) ? -1 : (int64_t)llround(alert->confidence * 1e9);
    }
    int order = oracle->any ? 0 : -1;
    for (int i = 0; i < 5 && order == 0; i++)
        order = score[i] < oracle->best_score[i] ? -1 : score[i] > oracle->best_score[i];
    for (size_t i = 0; i < oracle->event_count && order == 0; i++) {
        const int64_t mine = oracle->choice[i] < 0 ? ORACLE_MOST : oracle->choice[i],
                      best = oracle->best[i] < 0 ? ORACLE_MOST : oracle->best[i];
        order = mine < best ? -1 : mine > best;
    }
    if (order < 0) {
        oracle->any = true;
        memcpy(oracle->best, oracle->choice, sizeof oracle->best);
        memcpy(oracle->best_score, score, sizeof score);
    }
}

static void oracle_try(Eval2Oracle *oracle, size_t place)
{
    if (place == oracle->event_count) {
        oracle_compare(oracle);
        return;
    }
    for (int64_t i = -1; i < (int64_t)oracle->alert_count; i++) {
        if (i >= 0 &&
            (oracle->used[i] || !allowed(oracle, oracle->event_order[place], oracle->alert_order[i])))
            continue;
        if (i >= 0)
            oracle->used[i] = true;
        oracle->choice[place] = i;
        oracle_try(oracle, place + 1);
        if (i >= 0)
            oracle->used[i] = false;
    }
}

void eval2_oracle_judge(Eval2Oracle *oracle)
{
    oracle_times(oracle);
    oracle_order(oracle);
    oracle_try(oracle, 0);
    for (size_t i = 0; i < oracle->clip->alerts->len; i++) {
        const int64_t onset = alert_at(oracle, i)->onset_us;
        oracle->event_of[i] = -1;
        oracle->outcomes[i] = !oracle->watched[second_of(onset)]  ? ALERT_UNWATCHED
                              : !oracle->scored[second_of(onset)] ? ALERT_NOT_SCORED
                                                                  : ALERT_FALSE;
        for (size_t e = 0; e < oracle->event_count && oracle->outcomes[i] == ALERT_FALSE; e++)
            if (allowed(oracle, oracle->event_order[e], i))
                oracle->outcomes[i] = ALERT_DUPLICATE;
    }
    for (size_t e = 0; e < oracle->event_count; e++) {
        if (oracle->best[e] < 0)
            continue;
        const size_t alert = oracle->alert_order[oracle->best[e]];
        oracle->outcomes[alert] = ALERT_HIT;
        oracle->event_of[alert] = (int64_t)oracle->event_order[e];
        oracle->hits++;
        oracle->elsewhere +=
            apart(event_at(oracle, oracle->event_order[e])->box, alert_at(oracle, alert)->box);
    }
    for (size_t i = 0; i < oracle->alert_count; i++)
        oracle->false_strict += oracle->outcomes[oracle->alert_order[i]] == ALERT_FALSE ||
                                oracle->outcomes[oracle->alert_order[i]] == ALERT_DUPLICATE;
}
