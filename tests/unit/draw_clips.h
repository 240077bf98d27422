/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random clips for the tests of the protocols: events and alerts at whole seconds, so that ties are frequent,
 * doubtful events, time without annotation or decoding, boxes in columns a fifth of the picture wide. */
#ifndef VSAUDIT_TESTS_DRAW_CLIPS_H
#define VSAUDIT_TESTS_DRAW_CLIPS_H

#include "scoring/eval.h"

#include <gsl/gsl_rng.h>
#include <math.h>

#define S(seconds) ((int64_t)(seconds)*US_PER_SECOND)

typedef struct {
    GPtrArray *events, *alerts;
    SpanList coverage, undecoded;
    EvalClip clip;
} Drawn;

typedef struct {
    unsigned long events, alerts, length_s, levels; /* at most; confidences are 0/levels, 1/levels … */
    bool all_confident;
} Sizes;

static inline unsigned long draw(gsl_rng *random, unsigned long below)
{
    return gsl_rng_uniform_int(random, below);
}

static inline Box draw_box(gsl_rng *random)
{
    const unsigned long place = draw(random, 6);
    return place >= 4 ? BOX_NONE : (Box){0.2 * (double)place, 0.1, 0.2, 0.5};
}

static inline void draw_clip(gsl_rng *random, const Sizes *sizes, Drawn *drawn)
{
    *drawn = (Drawn){.events = event_array_new(), .alerts = alert_array_new()};
    span_list_init(&drawn->coverage);
    span_list_init(&drawn->undecoded);
    const int64_t length = (int64_t)sizes->length_s;
    /* One draw a statement: the order of arguments is the compiler's own. */
    const int64_t first = (int64_t)draw(random, 3), last = length - (int64_t)draw(random, 6);
    span_list_add(&drawn->coverage, S(first), S(last));
    const int64_t lost = (int64_t)draw(random, sizes->length_s);
    span_list_add(&drawn->undecoded, S(lost), S(lost + (int64_t)draw(random, 4)));
    for (unsigned long i = draw(random, sizes->events + 1); i > 0; i--) {
        const int64_t start = (int64_t)draw(random, sizes->length_s);
        Event *event = event_new("x", S(start), S(start + 1 + (int64_t)draw(random, 8)));
        event->box = draw_box(random);
        event->certainty = draw(random, 5) == 0 ? CERTAINTY_DONT_CARE : CERTAINTY_SCORED;
        g_ptr_array_add(drawn->events, event);
    }
    for (unsigned long i = draw(random, sizes->alerts + 1); i > 0; i--) {
        const int64_t onset = (int64_t)draw(random, sizes->length_s + 4) - 2;
        Alert *alert = alert_new("x", S(onset), S(onset + (int64_t)draw(random, 3)));
        alert->box = draw_box(random);
        if (sizes->all_confident || draw(random, 4) > 0)
            alert->confidence = (double)draw(random, sizes->levels + 1) / (double)sizes->levels;
        g_ptr_array_add(drawn->alerts, alert);
    }
    drawn->clip = (EvalClip){.duration_us = S(length),
                             .coverage = &drawn->coverage,
                             .undecoded = &drawn->undecoded,
                             .events = drawn->events,
                             .alerts = drawn->alerts,
                             .passages = -1};
}

static inline void drawn_clear(Drawn *drawn)
{
    g_ptr_array_unref(drawn->events);
    g_ptr_array_unref(drawn->alerts);
    span_list_clear(&drawn->coverage);
    span_list_clear(&drawn->undecoded);
}

#endif
