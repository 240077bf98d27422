/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/claims.h"
#include "scoring/log_fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static LogFit fit_of(int64_t alerts, int64_t unwatched)
{
    return (LogFit){.is_log = true, .alerts = alerts, .unwatched = unwatched, .share = LOG_FIT_SHARE};
}

static void more_than_the_share_is_doubtful(void **state)
{
    (void)state;
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

static void what_missing_alerts_would_bring_is_taken_back(void **state)
{
    (void)state;
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

static void the_sentence_says_why(void **state)
{
    (void)state;
    const ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, 0.0417, 0.05, 0.95};
    ClaimResult result = claim_judge_rate(&reading, 0, 120, RATE_PER_CAMERA_HOUR);
    assert_int_equal(result.verdict, VERDICT_SUPPORTED);
    const LogFit fit = fit_of(600, 600);
    assert_true(claim_hold(&result, &fit));
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    Sentence sentence = claim_sentence(&result);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_than_the_share_is_doubtful),
        cmocka_unit_test(what_missing_alerts_would_bring_is_taken_back),
        cmocka_unit_test(the_sentence_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
