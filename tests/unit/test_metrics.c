/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of metrics, and that whatever scoring may name by a key has words in every language. */
#include "scoring/metrics.h"

#include "language/embedded.h"
#include "scoring/claims.h"
#include "scoring/panel.h"
#include "scoring/verdict.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "unit.h"

#define S(seconds) ((int64_t)(seconds)*US_PER_SECOND)

/* ---- words */

/* Appends the key for each language whose own file has no such text: no language is lent to here. */
static void want(GString *missing, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void want(GString *missing, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *key = g_strdup_vprintf(format, list);
    va_end(list);
    for (const char *const *language = embedded_languages; *language != NULL; language++) {
        g_autofree char *name = g_strdup_printf("texts/%s.json", *language);
        json_t *texts = json_loads(embedded_text(name), 0, NULL);
        assert_non_null(texts);
        const char *text = json_string_value(json_object_get(texts, key));
        if (text == NULL || *text == '\0')
            g_string_append_printf(missing, " %s (%s)", key, *language);
        json_decref(texts);
    }
}

TEST(every_key_has_words_in_every_language)
{
    g_autoptr(GString) missing = g_string_new(NULL);
    for (int name = 0; name < METRIC_NONE; name++) {
        const Metric *metric = metric_of((ClaimMetric)name);
        want(missing, "metric.%s", metric_names[name]);
        want(missing, "claim.said.%s", metric_names[name]);
        if (metric->kind == METRIC_IS_RATE || metric->kind == METRIC_IS_SHARE)
            want(missing, "claim.needed.%s", rate_unit_name(metric->unit));
        if (metric->kind == METRIC_IS_BOUNDED)
            want(missing, "claim.said.%s.undefined", metric_names[name]);
        static const char *const of_comparisons[] = {"found", "undefined", "at_most", "within", "needed"};
        for (size_t i = 0; i < G_N_ELEMENTS(of_comparisons) && metric->kind == METRIC_IS_COMPARISON; i++)
            want(missing, "claim.said.%s.%s", metric_names[name], of_comparisons[i]);
    }
    for (int verdict = VERDICT_SUPPORTED; verdict <= VERDICT_NOT_TESTABLE; verdict++)
        want(missing, "%s", verdict_key((Verdict)verdict));
    for (int reason = UNDEFINED_NOT + 1; reason <= UNDEFINED_NOT_TESTABLE; reason++)
        want(missing, "reason.%s", undefined_reason_name((UndefinedReason)reason));
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++) {
        g_autoptr(Phrase) title = protocol_title(*protocol), definition = protocol_definition(*protocol);
        want(missing, "%s", phrase_key(title));
        want(missing, "%s", phrase_key(definition));
        if (!(*protocol)->for_scenarios && strcmp((*protocol)->id, "segment") != 0)
            want(missing, "panel.rule.%s", (*protocol)->id);
    }
    if (missing->len > 0)
        fail_msg("reports/texts must say%s", missing->str);
    want(missing, "no.such.key");
    assert_string_equal(missing->str, " no.such.key (en) no.such.key (fr)");
}

/* What `phrase` says must be a text, not a key that has none. */
static void assert_said(Phrase *phrase, const char *english)
{
    g_autofree char *words = phrase_render(phrase, texts_of("en"));
    assert_string_equal(words, english);
    phrase_free(phrase);
}

TEST(every_reason_can_be_said)
{
    ClaimResult result = {.verdict = VERDICT_NOT_TESTABLE, .reason = UNDEFINED_NO_EVENT};
    assert_said(claim_sentence(&result), "Not testable: no event in the data.");
    result.reason = UNDEFINED_NO_PREVALENCE;
    assert_said(claim_sentence(&result), "Not testable: the scenario states no prevalence.");
    result.reason = UNDEFINED_NO_COUNTER;
    assert_said(claim_sentence(&result), "Not testable: passages were not counted on every clip.");
}

/* ---- the table */

TEST(names_are_found)
{
    for (int name = 0; name < METRIC_NONE; name++) {
        assert_int_equal(metric_find(metric_names[name]), name);
        assert_string_equal(metric_name((ClaimMetric)name), metric_names[name]);
    }
    assert_int_equal(metric_find("recall"), METRIC_NONE);
    assert_int_equal(metric_find(NULL), METRIC_NONE);
    assert_string_equal(metric_name(METRIC_NONE), "none");
    assert_int_equal(metric_of(METRIC_NONE)->kind, METRIC_IS_UNTESTABLE);
    assert_true(metric_compares(METRIC_RATE_RATIO) && metric_compares(METRIC_MISS_DIFFERENCE));
    assert_false(metric_compares(METRIC_ANALYSIS_TIME) || metric_compares(METRIC_NONE));
}

TEST(keys_have_owners)
{
    assert_true(metric_takes_key(METRIC_RATE_RATIO, "against"));
    assert_true(metric_takes_key(METRIC_MISS_DIFFERENCE, "margin"));
    assert_false(metric_takes_key(METRIC_RATE_RATIO, "margin"));
    assert_false(metric_takes_key(METRIC_P_MISS, "review_s"));
    assert_true(metric_takes_key(METRIC_P_MISS, "alpha"));
    g_autofree char *both = metric_owners("against_condition"), *one = metric_owners("p_miss_limit"),
                    *all = metric_owners("alpha");
    assert_string_equal(both, "rate_ratio and miss_difference");
    assert_string_equal(one, "analysis_time_divided_by");
    assert_null(all);
}

/* Two cameras of an hour: a hit, a miss and two false alerts, 30 passages; so each metric's counts differ. */
TEST(counts_are_those_of_the_figures_and_of_the_cameras)
{
    Event events[] = {{.start_us = S(100), .end_us = S(110), .certainty = CERTAINTY_SCORED},
                      {.start_us = S(900), .end_us = S(910), .certainty = CERTAINTY_SCORED}};
    Alert alerts[3];
    for (size_t i = 0; i < G_N_ELEMENTS(alerts); i++)
        alerts[i] = (Alert){.onset_us = S(101 + 300 * i),
                            .decided_us = S(102 + 300 * i),
                            .end_us = TIME_UNKNOWN,
                            .confidence = (double)NAN};
    g_autoptr(GPtrArray) truth = g_ptr_array_new(), said = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(events); i++)
        g_ptr_array_add(truth, &events[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(alerts); i++)
        g_ptr_array_add(said, &alerts[i]);
    const EvalClip clips[] = {
        {.camera = "one", .duration_us = S(3600), .events = truth, .alerts = said, .passages = 20},
        {.camera = "two", .duration_us = S(3600), .passages = 10}};
    EvalSettings settings;
    assert_true(eval_settings_load(&protocol_eval2, NULL, &settings, NULL));
    g_autoptr(EvalResult) result = eval_evaluate(clips, 2, &settings);
    g_autoptr(GArray) cameras = cameras_sum(clips, result->clips, 2);
    assert_int_equal(cameras->len, 2);
    static const struct {
        ClaimMetric metric;
        int64_t count;
        double exposure;
    } wanted[] = {{METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, 2, 2},
                  {METRIC_FALSE_ALERTS_PER_PASSAGE, 2, 30},
                  {METRIC_P_MISS, 1, 2},
                  {METRIC_PRECISION, 1, 3}};
    size_t seen = 0;
    for (int name = 0; name <= METRIC_NONE; name++) {
        const Metric *metric = metric_of((ClaimMetric)name);
        if (metric->kind != METRIC_IS_RATE && metric->kind != METRIC_IS_SHARE) {
            assert_null(metric->of_camera);
            continue;
        }
        const Rate *rate = metric_rate(metric, &result->figures);
        assert_int_equal(wanted[seen].metric, name);
        assert_int_equal(rate->unit, metric->unit);
        assert_int_equal(rate->numerator, wanted[seen].count);
        assert_true(rate->denominator == wanted[seen].exposure);
        int64_t count = 0;
        double exposure = 0;
        for (guint i = 0; i < cameras->len && metric->of_camera != NULL; i++) {
            int64_t part = 0;
            double share = 0;
            metric->of_camera(&g_array_index(cameras, CameraTotals, i), &part, &share);
            count += part;
            exposure += share;
        }
        assert_true(metric->of_camera == NULL ||
                    (count == rate->numerator && fabs(exposure - rate->denominator) < 1e-12));
        seen++;
    }
    assert_int_equal(seen, G_N_ELEMENTS(wanted));
}

UNIT_TESTS(NULL, NULL)
