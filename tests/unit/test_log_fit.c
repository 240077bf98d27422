/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/claims.h"
#include "scoring/log_fit.h"

#include "said.h"

#include <string.h>

#include "unit.h"

static LogFit fit_of(int64_t alerts, int64_t unwatched)
{
    return (LogFit){.is_log = true, .alerts = alerts, .unwatched = unwatched, .share = LOG_FIT_SHARE};
}

TEST(more_than_the_share_is_doubtful)
{
    static const struct {
        int64_t alerts, unwatched;
        bool doubtful;
    } cases[] = {{0, 0, false},  {1, 0, false},     {1, 1, true},     {20, 1, false},  {19, 1, true},
                 {40, 2, false}, {1000, 50, false}, {1000, 51, true}, {600, 600, true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const LogFit fit = fit_of(cases[i].alerts, cases[i].unwatched);
        assert_int_equal(log_fit_is_doubtful(&fit), cases[i].doubtful);
    }
    LogFit made_here = fit_of(1, 1);
    made_here.is_log = false;
    assert_false(log_fit_is_doubtful(&made_here));
    assert_false(log_fit_is_doubtful(NULL));
}

TEST(what_missing_alerts_would_bring_is_taken_back)
{
    static const struct {
        ClaimMetric metric;
        bool at_most;
        Verdict judged, given;
    } cases[] = {
        {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, VERDICT_SUPPORTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, VERDICT_REFUTED, VERDICT_REFUTED},
        {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, false, VERDICT_REFUTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_FALSE_ALERTS_PER_PASSAGE, false, VERDICT_REFUTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_P_MISS, true, VERDICT_SUPPORTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_P_MISS, true, VERDICT_REFUTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_P_MISS, false, VERDICT_REFUTED, VERDICT_REFUTED},
        {METRIC_PRECISION, false, VERDICT_REFUTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_PRECISION, false, VERDICT_SUPPORTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_ANALYSIS_TIME, false, VERDICT_SUPPORTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_RATE_RATIO, true, VERDICT_REFUTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_MISS_DIFFERENCE, true, VERDICT_SUPPORTED, VERDICT_NOT_ESTABLISHED},
        {METRIC_P_MISS, true, VERDICT_NOT_TESTABLE, VERDICT_NOT_TESTABLE},
    };
    const LogFit doubtful = fit_of(10, 5), sound = fit_of(100, 5);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(log_fit_verdict(&doubtful, cases[i].metric, cases[i].at_most, cases[i].judged),
                         cases[i].given);
        assert_int_equal(log_fit_verdict(&sound, cases[i].metric, cases[i].at_most, cases[i].judged),
                         cases[i].judged);
    }
}

TEST(the_sentence_says_why)
{
    const ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, 0.0417, 0.05, 0.95, false};
    ClaimResult result = claim_judge_rate(&reading, 0, 120, RATE_PER_CAMERA_HOUR);
    assert_int_equal(result.verdict, VERDICT_SUPPORTED);
    const LogFit fit = fit_of(600, 600);
    assert_true(claim_hold(&result, &fit));
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    Said sentence = said(claim_sentence(&result));
    assert_string_equal(
        sentence.en, "0 false alerts in 120 camera-hours, limit 0.0417 per camera-hour: not established, "
                     "since 600 of 600 alerts of the log fell where nobody watched: the log does not fit the "
                     "watched hours.");
    assert_non_null(strstr(sentence.fr, "non établie, car 600 alertes du journal sur 600 tombent hors de la "
                                        "durée visionnée"));
    g_free(sentence.en);
    g_free(sentence.fr);
    assert_false(claim_hold(&result, &fit));
}

static LogFit shifted_fit(void)
{
    LogFit fit = fit_of(8, 0);
    fit.shift = (ShiftSuspicion){.kind = SHIFT_CONSTANT,
                                 .suspected = true,
                                 .shift_us = -US_PER_HOUR,
                                 .alerts = 8,
                                 .inside = 8,
                                 .inside_shifted = 8,
                                 .events = 8,
                                 .found_shifted = 8};
    return fit;
}

TEST(a_suspected_shift_takes_back_every_verdict)
{
    static const ClaimMetric metrics[] = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR,
                                          METRIC_FALSE_ALERTS_PER_PASSAGE,
                                          METRIC_P_MISS,
                                          METRIC_PRECISION,
                                          METRIC_PRECISION_AT_PREVALENCE,
                                          METRIC_ANALYSIS_TIME,
                                          METRIC_RATE_RATIO,
                                          METRIC_MISS_DIFFERENCE};
    LogFit fit = shifted_fit();
    assert_true(log_fit_is_doubtful(&fit));
    assert_false(log_fit_is_unwatched(&fit));
    for (size_t i = 0; i < 2 * G_N_ELEMENTS(metrics); i++) {
        const ClaimMetric metric = metrics[i / 2];
        const bool at_most = i % 2 == 0;
        assert_int_equal(log_fit_verdict(&fit, metric, at_most, VERDICT_SUPPORTED), VERDICT_NOT_ESTABLISHED);
        assert_int_equal(log_fit_verdict(&fit, metric, at_most, VERDICT_REFUTED), VERDICT_NOT_ESTABLISHED);
        assert_int_equal(log_fit_verdict(&fit, metric, at_most, VERDICT_NOT_TESTABLE), VERDICT_NOT_TESTABLE);
    }
    fit.shift.suspected = false; /* the best of other readings, but no better than chance */
    assert_false(log_fit_is_doubtful(&fit));
    assert_int_equal(log_fit_verdict(&fit, METRIC_P_MISS, true, VERDICT_REFUTED), VERDICT_REFUTED);
}

TEST(the_sentence_says_the_shift_and_the_remedy)
{
    const ClaimReading reading = {METRIC_P_MISS, true, 0.5, 0.05, 0.95, false};
    ClaimResult result = claim_judge_proportion(&reading, 8, 8, RATE_PER_EVENT);
    assert_int_equal(result.verdict, VERDICT_REFUTED);
    const LogFit fit = shifted_fit();
    assert_true(claim_hold(&result, &fit));
    Said sentence = said(claim_sentence(&result));
    assert_string_equal(
        sentence.en, "8 of 8 events missed, limit 50%: not established, since the clock of the log looks "
                     "shifted (0 of 8 events detected by its times, 8 with 1 hour taken from every time): "
                     "set the clock in the map of the log (zone, shift_s), or ask the vendor which clock the "
                     "log follows.");
    assert_non_null(strstr(sentence.fr, "non établie, car l’horloge du journal paraît décalée (0 événement "
                                        "détecté sur 8 avec ses heures, 8 avec des heures reculées de 1"));
    g_free(sentence.en);
    g_free(sentence.fr);
    LogFit both = shifted_fit();
    both.unwatched = 8;
    g_autofree char *reason = said_in_english(log_fit_reason(&both));
    assert_true(g_str_has_prefix(reason,
                                 "8 of 8 alerts of the log fell where nobody watched: the log does not fit "
                                 "the watched hours, and the clock of the log looks shifted (0 of 8"));
}

/* One alert is no “1 alerts”. */
TEST(one_alert_is_said_as_one)
{
    const LogFit fit = fit_of(1, 1);
    Said reason = said(log_fit_reason(&fit));
    assert_true(g_str_has_prefix(reason.en, "1 of 1 alert of the log fell where nobody watched"));
    assert_true(g_str_has_prefix(reason.fr, "1 alerte du journal sur 1 tombe hors"));
    g_free(reason.en);
    g_free(reason.fr);
}

TEST(what_people_left_inherits_the_doubts)
{
    const LogFit shifted = shifted_fit(), unwatched = fit_of(10, 5);
    LogFit left = fit_of(8, 0);
    log_fit_inherit(&left, &shifted);
    assert_true(left.before);
    assert_int_equal(log_fit_verdict(&left, METRIC_P_MISS, true, VERDICT_REFUTED), VERDICT_NOT_ESTABLISHED);
    g_autofree char *reason = said_in_english(log_fit_reason(&left));
    assert_true(g_str_has_prefix(reason, "the clock of the log before validation looks shifted"));
    left = shifted_fit();
    log_fit_inherit(&left, &unwatched);
    assert_true(left.shift.suspected);
    left = fit_of(8, 0);
    log_fit_inherit(&left, NULL);
    assert_false(log_fit_is_doubtful(&left));
}

TEST(silence_supports_with_a_caution)
{
    LogFit silent = fit_of(0, 0);
    silent.silent = true;
    Said caution = said(log_fit_silence(&silent, VERDICT_SUPPORTED));
    assert_string_equal(caution.en, "the log holds no alert of this kind at all for these clips; whether the "
                                    "system was running is not shown by the log");
    assert_non_null(strstr(caution.fr, "il ne montre pas si le système fonctionnait"));
    g_free(caution.en);
    g_free(caution.fr);
    assert_null(log_fit_silence(&silent, VERDICT_NOT_ESTABLISHED));
    LogFit left = silent;
    log_fit_inherit(&left, &silent);
    assert_true(left.silent);
    const LogFit alerting = fit_of(3, 0); /* of which people left nothing: the system ran */
    log_fit_inherit(&left, &alerting);
    assert_null(log_fit_silence(&left, VERDICT_SUPPORTED));
}

UNIT_TESTS(NULL, NULL)
