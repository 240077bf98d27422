/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A published protocol is never edited: eval-1 gives, to the last digit, what it gave on the day before
 * eval-2 came. The fingerprint below was taken with the program of that day over the same random clips. */
#include "draw_clips.h"
#include "scoring/curve.h"

#include <stdlib.h>

#include "unit.h"

static void write_clip(GString *text, const EvalClipResult *clip)
{
    for (size_t i = 0; i < clip->alert_count; i++)
        g_string_append_printf(text, "a %s %" G_GINT64_FORMAT "\n",
                               alert_outcome_name(clip->alerts[i].outcome), clip->alerts[i].event);
    for (size_t i = 0; i < clip->event_count; i++)
        g_string_append_printf(text, "e %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                               event_outcome_name(clip->events[i].outcome), clip->events[i].alert,
                               clip->events[i].outcome == EVENT_HIT ? clip->events[i].latency_us
                                                                    : (int64_t)-1);
    for (guint i = 0; i < clip->scored.spans->len; i++)
        g_string_append_printf(text, "s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                               g_array_index(clip->scored.spans, Span, i).start_us,
                               g_array_index(clip->scored.spans, Span, i).end_us);
}

static void write_figures(GString *text, const EvalFigures *f)
{
    const int64_t counts[] = {f->camera_us,
                              f->no_score_us,
                              f->not_decoded_us,
                              f->not_annotated_us,
                              f->events,
                              f->hits,
                              f->misses,
                              f->alerts,
                              f->false_strict,
                              f->false_lenient,
                              f->duplicates,
                              f->not_scored,
                              f->events_not_scored,
                              f->clips_alarmed.numerator,
                              f->windows_alarmed.numerator,
                              f->sensitivity[0].hits,
                              f->sensitivity[0].false_strict,
                              f->sensitivity[1].hits,
                              f->sensitivity[1].false_strict};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        g_string_append_printf(text, "%" G_GINT64_FORMAT " ", counts[i]);
    /* Sums and quotients only: they are the same on every machine. */
    g_string_append_printf(
        text, "%.17g %.17g %.17g %.17g %.17g %.17g\n", f->false_alerts_per_camera_hour.value,
        isnan(f->p_miss.value) ? -1 : f->p_miss.value, isnan(f->precision.value) ? -1 : f->precision.value,
        isnan(f->latency_median_s) ? -1 : f->latency_median_s,
        isnan(f->latency_p90_s) ? -1 : f->latency_p90_s,
        isnan(f->overdispersion.phi) ? -1 : f->overdispersion.phi);
}

static void write_curve(GString *text, const Curve *curve)
{
    g_string_append_printf(text, "c %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", (int)curve->reason,
                           curve->alerts, curve->without);
    for (guint i = 0; curve->points != NULL && i < curve->points->len; i++) {
        const CurvePoint *point = &g_array_index(curve->points, CurvePoint, i);
        g_string_append_printf(text, "%.17g %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %.17g %.17g %.17g\n",
                               point->threshold, point->hits, point->false_alerts, point->p_miss,
                               point->false_rate, point->cost);
    }
}

TEST(gives_what_it_gave)
{
    enum { CLIPS = 4, AUDITS = 1500 };
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, 2026);
    g_autoptr(GString) text = g_string_new(NULL);
    EvalSettings settings;
    assert_true(eval_settings_load(&protocol_eval1, NULL, &settings, NULL));
    for (int audit = 0; audit < AUDITS; audit++) {
        const Sizes sizes = {.events = 15,
                             .alerts = 40,
                             .length_s = 60 + 60 * (unsigned long)(audit % 5),
                             .levels = 5,
                             .all_confident = audit % 2 == 0};
        Drawn drawn[CLIPS];
        EvalClip clips[CLIPS];
        for (size_t c = 0; c < CLIPS; c++) {
            draw_clip(random, &sizes, &drawn[c]);
            clips[c] = drawn[c].clip;
            clips[c].failed = draw(random, 12) == 0;
        }
        g_autoptr(EvalResult) result = eval_evaluate(clips, CLIPS, &settings);
        g_autoptr(Curve) curve = curve_trace(clips, result, &settings);
        for (size_t c = 0; c < CLIPS; c++)
            write_clip(text, &result->clips[c]);
        write_figures(text, &result->figures);
        write_curve(text, curve);
        for (size_t c = 0; c < CLIPS; c++)
            drawn_clear(&drawn[c]);
    }
    gsl_rng_free(random);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
    assert_string_equal(sha256, "a26511ec9801d3f7f325439f21dcd909997f69906a538893722f555c3c15e6fb");
}

UNIT_TESTS(NULL, NULL)
