/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/analysis_time.h"
#include "scoring/claims.h"
#include "scoring/eval.h"

#include "said.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define S(seconds) ((int64_t)(seconds)*US_PER_SECOND)

static EvalSettings default_settings(void)
{
    EvalSettings settings;
    assert_true(eval_settings_load(&protocol_eval1, NULL, &settings, NULL));
    return settings;
}

static GPtrArray *make_events(const int64_t *times, size_t count)
{
    GPtrArray *events = event_array_new();
    for (size_t i = 0; i < count; i++)
        g_ptr_array_add(events, event_new("x", times[2 * i], times[2 * i + 1]));
    return events;
}

static GPtrArray *make_alerts(const int64_t *onsets, size_t count)
{
    GPtrArray *alerts = alert_array_new();
    for (size_t i = 0; i < count; i++)
        g_ptr_array_add(alerts, alert_new("x", onsets[i], onsets[i] + S(1)));
    return alerts;
}

TEST(frozen_defaults)
{
    const EvalSettings settings = default_settings();
    assert_int_equal(settings.pre_us, S(2));
    assert_int_equal(settings.post_us, S(10));
    assert_int_equal(settings.window_us, S(10));
    assert_true(settings.level == 0.95);
    assert_ptr_equal(protocol_find("eval-1"), &protocol_eval1);
    assert_null(protocol_find("eval-0"));
    assert_null(protocol_find("actev-sdl-v2")); /* listed for comparison, not for scenarios */
}

TEST(windows_of_doubtful_events_hold_both_ends)
{
    const EvalSettings settings = default_settings();
    const int64_t times[] = {S(100), S(130)};
    const int64_t onsets[] = {S(98) - 1, S(98), S(140), S(140) + 1};
    g_autoptr(GPtrArray) events = make_events(times, 1);
    g_autoptr(GPtrArray) alerts = make_alerts(onsets, 4);
    ((Event *)g_ptr_array_index(events, 0))->certainty = CERTAINTY_DONT_CARE;
    const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    static const AlertOutcome outcomes[] = {ALERT_FALSE, ALERT_NOT_SCORED, ALERT_NOT_SCORED, ALERT_FALSE};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(result->clips[0].alerts[i].outcome, outcomes[i]);
}

TEST(shares_below_one_stay_below)
{
    static const struct {
        double share;
        const char *text;
    } cases[] = {{0.9999, "99.99%"}, {0.9995, "99.95%"}, {0.999, "99.9%"},
                 {1, "100%"},        {0.1234, "12.3%"},  {0, "0%"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = texts_percent(texts_of("en"), cases[i].share);
        assert_string_equal(text, cases[i].text);
    }
}

TEST(any_number_has_its_words)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {{(double)NAN, "—"},           {(double)INFINITY, "∞"}, {-(double)INFINITY, "-∞"},
                 {1e-15, "0.000000000000001"}, {-0.0417, "-0.0417"},    {1234567, "1,234,567"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = texts_number(texts_of("en"), cases[i].value, 3);
        assert_string_equal(text, cases[i].text);
    }
    g_autofree char *large = texts_number(texts_of("fr"), 1e300, 3),
                    *small = texts_number(texts_of("en"), 5e-324, 3);
    assert_true(g_utf8_strlen(large, -1) == 301 + 100 && strlen(small) == 328); /* no digit is cut off */
    g_autofree char *share = texts_percent(texts_of("en"), (double)NAN);
    assert_string_equal(share, "—");
}

/* One hour: a hit with a duplicate, a miss, a false alert, an alert in a don't-care event, one outside the
 * coverage, one in undecoded time, and an event that begins outside the coverage with its alert inside. */
TEST(every_outcome)
{
    const EvalSettings settings = default_settings();
    const int64_t times[] = {S(100), S(120),  S(500),  S(510), S(800),
                             S(820), S(3590), S(3700), S(300), S(301)};
    const int64_t onsets[] = {S(101), S(115), S(1500), S(805), S(3650), S(2005), S(3605), S(50)};
    g_autoptr(GPtrArray) events = make_events(times, 5);
    g_autoptr(GPtrArray) alerts = make_alerts(onsets, 8);
    ((Event *)g_ptr_array_index(events, 2))->certainty = CERTAINTY_DONT_CARE;
    g_auto(SpanList) coverage, undecoded;
    span_list_init(&coverage);
    span_list_init(&undecoded);
    span_list_add(&coverage, S(60), S(3580));
    span_list_add(&coverage, S(3600), S(4000));
    span_list_add(&undecoded, S(2000), S(2010));
    const EvalClip clip = {.id = "a",
                           .camera = "one",
                           .duration_us = S(4000),
                           .coverage = &coverage,
                           .undecoded = &undecoded,
                           .events = events,
                           .alerts = alerts,
                           .passages = 40};
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    const EvalClipResult *only = &result->clips[0];
    static const AlertOutcome outcomes[] = {ALERT_HIT,        ALERT_DUPLICATE,  ALERT_FALSE,
                                            ALERT_NOT_SCORED, ALERT_NOT_SCORED, ALERT_NOT_SCORED,
                                            ALERT_NOT_SCORED, ALERT_NOT_SCORED};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(only->alerts[i].outcome, outcomes[i]);
    static const EventOutcome event_outcomes[] = {EVENT_HIT, EVENT_MISS, EVENT_NOT_SCORED, EVENT_NOT_SCORED,
                                                  EVENT_MISS};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(only->events[i].outcome, event_outcomes[i]);
    assert_int_equal(only->events[0].alert, 0);
    assert_int_equal(only->events[0].latency_us, S(2));
    assert_int_equal(only->alerts[1].event, 0);
    assert_int_equal(only->alerts[2].event, -1);
    /* 4000 s, of which 80 without annotation, 10 not decoded; around the doubtful event 2 + 20 + 10, around
     * the one that begins outside 3600 to 3710. */
    const EvalFigures *figures = &result->figures;
    assert_int_equal(figures->not_annotated_us, S(80));
    assert_int_equal(figures->not_decoded_us, S(10));
    /* A window holds both its ends: one microsecond more each. */
    assert_int_equal(figures->no_score_us, S(32 + 110) + 2);
    assert_int_equal(figures->camera_us, S(4000 - 80 - 10 - 32 - 110) - 2);
    assert_int_equal(figures->hits, 1);
    assert_int_equal(figures->misses, 2);
    assert_int_equal(figures->false_strict, 2);
    assert_int_equal(figures->false_lenient, 1);
    assert_int_equal(figures->duplicates, 1);
    assert_int_equal(figures->not_scored, 5);
    assert_int_equal(figures->alerts, 3);
    assert_true(figures->p_miss.value == 2.0 / 3);
    assert_true(figures->precision.value == 1.0 / 3);
    assert_true(fabs(figures->false_alerts_per_camera_hour.value - 2 / (3767.999998 / 3600)) < 1e-12);
    assert_true(figures->false_alerts_per_passage.value == 2.0 / 40);
    assert_true(fabs(figures->per_day - 24 * figures->false_alerts_per_camera_hour.value) < 1e-12);
    assert_true(figures->latency_median_s == 2 && figures->latency_censored == 2);
    assert_int_equal(figures->clips_alarmed.reason, UNDEFINED_NO_CLIP);
    assert_true(isnan(figures->clips_alarmed.value));
    assert_int_equal((int64_t)figures->windows_alarmed.numerator, 1);
    assert_int_equal(figures->cameras, 1);
    assert_true(isnan(figures->bootstrap.percentile.low));
    assert_int_equal(figures->failed_clips, 0);
}

/* eval-2: an alert outside the watched time is never matched, whatever is within its reach, and never false.
 * Coverage 60 s to 1000 s, of which 200 s to 210 s were not decoded; events at 60, 195 and 990. */
TEST(alerts_in_unwatched_time_are_neither_right_nor_false)
{
    const int64_t times[] = {S(60), S(70), S(195), S(199), S(990), S(995)};
    const int64_t onsets[] = {S(60) - 1, S(200), S(210) - 1, S(210), S(1000), S(500), S(1500)};
    g_autoptr(GPtrArray) events = make_events(times, 3);
    g_autoptr(GPtrArray) alerts = make_alerts(onsets, 7);
    g_auto(SpanList) coverage, undecoded;
    span_list_init(&coverage);
    span_list_init(&undecoded);
    span_list_add(&coverage, S(60), S(1000));
    span_list_add(&undecoded, S(200), S(210));
    const EvalClip clip = {.duration_us = S(1200),
                           .coverage = &coverage,
                           .undecoded = &undecoded,
                           .events = events,
                           .alerts = alerts,
                           .passages = -1};
    EvalSettings settings;
    assert_true(eval_settings_load(&protocol_eval2, NULL, &settings, NULL));
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    static const AlertOutcome outcomes[] = {ALERT_UNWATCHED, ALERT_UNWATCHED, ALERT_UNWATCHED, ALERT_FALSE,
                                            ALERT_UNWATCHED, ALERT_FALSE,     ALERT_UNWATCHED};
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(result->clips[0].alerts[i].outcome, outcomes[i]);
    assert_int_equal(result->figures.misses, 3);
    assert_int_equal(result->figures.false_strict, 2);
    assert_int_equal(result->figures.alerts, 2);
    assert_int_equal(result->figures.not_scored, 0);
    assert_int_equal(result->figures.alerts_unwatched, 5);
    /* By eval-1 three of them are hits; the count of those in unwatched time is the same. */
    const EvalSettings first = default_settings();
    g_autoptr(EvalResult) before = eval_evaluate(&clip, 1, &first);
    assert_int_equal(before->figures.hits, 3);
    assert_int_equal(before->figures.alerts_unwatched, 5);
}

TEST(windows_are_counted_by_hand)
{
    const EvalSettings settings = default_settings();
    /* 100 s = 10 windows; the event's reach 28..50 (ends included) touches those from 20 to 60. */
    g_autoptr(GPtrArray) events = make_events((const int64_t[]){S(30), S(40)}, 1);
    g_autoptr(GPtrArray) alerts = make_alerts((const int64_t[]){S(31), S(70), S(75), S(0), S(52)}, 5);
    const EvalClip clip = {.duration_us = S(105), .events = events, .alerts = alerts, .passages = -1};
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    assert_int_equal((int64_t)result->figures.windows_alarmed.denominator, 6);
    assert_int_equal(result->figures.windows_alarmed.numerator, 2);
    assert_int_equal(result->figures.false_alerts_per_passage.reason, UNDEFINED_NO_COUNTER);
}

TEST(tolerance_changes_what_is_found)
{
    const EvalSettings settings = default_settings();
    g_autoptr(GPtrArray) events =
        make_events((const int64_t[]){S(100), S(110), S(200), S(210), S(300), S(310)}, 3);
    g_autoptr(GPtrArray) alerts = make_alerts((const int64_t[]){S(101), S(218), S(325)}, 3);
    const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(result->figures.hits, 2);
    assert_int_equal(result->figures.sensitivity[0].hits, 1);
    assert_int_equal(result->figures.sensitivity[0].false_strict, 2);
    assert_int_equal(result->figures.sensitivity[1].hits, 3);
    assert_int_equal(result->figures.sensitivity[1].false_strict, 0);
    assert_true(result->figures.sensitivity[1].p_miss == 0);
}

TEST(truth_scores_all_and_silence_nothing)
{
    const EvalSettings settings = default_settings();
    const int64_t times[] = {S(100), S(130), S(400), S(401), S(900), S(950)};
    g_autoptr(GPtrArray) events = make_events(times, 3);
    for (int shift = 0; shift <= 60; shift += 60) {
        g_autoptr(GPtrArray) alerts =
            make_alerts((const int64_t[]){times[0] - S(shift), times[2] - S(shift), times[4] - S(shift)}, 3);
        const EvalClip clip = {.duration_us = S(3600), .events = events, .alerts = alerts, .passages = -1};
        g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
        assert_int_equal(result->figures.hits, shift == 0 ? 3 : 0);
        assert_int_equal(result->figures.false_strict, shift == 0 ? 0 : 3);
    }
    const EvalClip clip = {.duration_us = S(3600), .events = events, .passages = -1};
    g_autoptr(EvalResult) silent = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(silent->figures.misses, 3);
    assert_int_equal(silent->figures.false_strict, 0);
    assert_int_equal(silent->figures.precision.reason, UNDEFINED_NO_ALERT);
    assert_int_equal(silent->figures.latency_reason, UNDEFINED_NO_HIT);
    assert_true(isnan(silent->figures.latency_median_s));
    const EvalClip nothing = {.duration_us = 0, .passages = -1};
    g_autoptr(EvalResult) empty = eval_evaluate(&nothing, 1, &settings);
    assert_int_equal(empty->figures.false_alerts_per_camera_hour.reason, UNDEFINED_NO_EXPOSURE);
    assert_int_equal(empty->figures.p_miss.reason, UNDEFINED_NO_EVENT);
    assert_string_equal(undefined_reason_name(empty->figures.p_miss.reason), "no_event");
}

TEST(failed_clips_and_strata)
{
    const EvalSettings settings = default_settings();
    g_autoptr(GPtrArray) events = make_events((const int64_t[]){S(100), S(130)}, 1);
    g_autoptr(GPtrArray) right = make_alerts((const int64_t[]){S(100)}, 1);
    g_autoptr(GPtrArray) wrong = make_alerts((const int64_t[]){S(1000)}, 1);
    const EvalClip clips[] = {
        {.camera = "one", .duration_us = S(3600), .events = events, .alerts = right, .passages = -1},
        {.camera = "two", .duration_us = S(3600), .alerts = wrong, .passages = -1},
        {.camera = "two", .duration_us = S(3600), .passages = -1},
        {.camera = "three", .failed = true, .duration_us = S(1800), .events = events, .passages = -1}};
    const char *const light[] = {"night", "day", "night", NULL};
    g_autoptr(EvalResult) result = eval_evaluate(clips, 4, &settings);
    const EvalFigures *figures = &result->figures;
    assert_int_equal(figures->clips, 3);
    assert_int_equal(figures->cameras, 2);
    assert_int_equal(figures->events, 1);
    assert_int_equal(figures->clips_alarmed.numerator, 1);
    assert_int_equal((int64_t)figures->clips_alarmed.denominator, 2);
    assert_int_equal(figures->failed_clips, 1);
    assert_true(figures->failed_camera_hours == 0.5);
    assert_true(figures->p_miss_if_all_missed == 0.5 && figures->p_miss_if_all_hit == 0);
    assert_true(figures->false_rate_if_none == 1 / 3.5);
    assert_int_equal(result->clips[3].events[0].outcome, EVENT_NOT_SCORED);
    assert_true(figures->bootstrap.percentile.high >= 0);
    const Said worst = said(eval_worst_case_sentence(figures));
    assert_string_equal(worst.en,
                        "1 clip failed (0.5 camera-hours); the false alerts that it would have raised "
                        "cannot be bounded; with its 1 event, the share of missed events lies "
                        "between 0% and 50%.");
    assert_string_equal(
        worst.fr,
        "1 séquence en échec (0,5 heure-caméra)\u202f; le nombre de fausses alertes qu’elle aurait "
        "produites ne peut être borné\u202f; avec son seul événement, la part d’événements manqués se "
        "situe entre 0\u202f% et 50\u202f%.");
    g_free(worst.en);
    g_free(worst.fr);
    g_autoptr(GArray) strata = eval_strata(clips, result, light, &settings);
    assert_int_equal(strata->len, 3);
    assert_string_equal(g_array_index(strata, EvalStratum, 0).value, "day");
    assert_int_equal(g_array_index(strata, EvalStratum, 0).figures.false_strict, 1);
    assert_string_equal(g_array_index(strata, EvalStratum, 1).value, "night");
    assert_int_equal(g_array_index(strata, EvalStratum, 1).figures.hits, 1);
    assert_int_equal(g_array_index(strata, EvalStratum, 1).clips, 2);
    assert_null(g_array_index(strata, EvalStratum, 2).value);
}

/* What failed clips hold, one of each and several. */
TEST(the_worst_case_agrees_in_number)
{
    static const struct {
        EvalFigures figures;
        const char *en, *fr;
    } cases[] = {
        {{.failed_clips = 1, .failed_camera_hours = 1, .failed_alerts = 1},
         "1 clip failed (1 camera-hour); 1 alert raised there is not scored; the false alerts that it would "
         "have raised "
         "cannot be bounded.",
         "1 séquence en échec (1 heure-caméra)\u202f; 1 alerte y figure et n’est pas évaluée\u202f; le "
         "nombre de fausses "
         "alertes qu’elle aurait produites ne peut être borné."},
        {{.failed_clips = 2,
          .failed_camera_hours = (double)NAN,
          .failed_alerts = 3,
          .failed_events = 1,
          .p_miss_if_all_missed = 0.5},
         "2 clips of unknown length failed; 3 alerts raised there are not scored; the false alerts that they "
         "would have "
         "raised cannot be bounded; with their 1 event, the share of missed events lies between 0% and 50%.",
         "2 séquences en échec, de durée inconnue\u202f; 3 alertes y figurent et ne sont pas évaluées\u202f; "
         "le nombre de "
         "fausses alertes qu’elles auraient produites ne peut être borné\u202f; avec leur seul événement, la "
         "part "
         "d’événements manqués se situe entre 0\u202f% et 50\u202f%."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Said worst = said(eval_worst_case_sentence(&cases[i].figures));
        assert_string_equal(worst.en, cases[i].en);
        assert_string_equal(worst.fr, cases[i].fr);
        g_free(worst.en);
        g_free(worst.fr);
    }
}

static void check_claim(const ClaimResult *result, Verdict verdict, const char *en, const char *fr)
{
    assert_int_equal(result->verdict, verdict);
    const Said sentence = said(claim_sentence(result));
    assert_string_equal(sentence.en, en);
    assert_string_equal(sentence.fr, fr);
    g_free(sentence.en);
    g_free(sentence.fr);
}

TEST(passages_by_the_truth_come_first)
{
    /* An hour of which 0 to 600 s and 1200 s to 1830 s are annotated: of 30 passages in the first half hour
     * two thirds are scored, of 7 in the minute after it a half, rounded down, of 5 later none. */
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(CountSpan));
    const CountSpan spans[] = {{{0, S(1800)}, 30}, {{S(1800), S(1860)}, 7}, {{S(1860), S(1900)}, 5}};
    g_array_append_vals(counts, spans, 3);
    g_auto(SpanList) coverage;
    span_list_init(&coverage);
    span_list_add(&coverage, 0, S(600));
    span_list_add(&coverage, S(1200), S(1830));
    EvalClip clip = {.duration_us = S(3600), .coverage = &coverage, .passages = 99, .true_passages = counts};
    const EvalSettings settings = default_settings();
    g_autoptr(EvalResult) result = eval_evaluate(&clip, 1, &settings);
    assert_int_equal(result->figures.passages, 20 + 3);
    assert_false(result->figures.passages_own);
    clip.true_passages = NULL;
    g_autoptr(EvalResult) own = eval_evaluate(&clip, 1, &settings);
    assert_true(own->figures.passages == 99 && own->figures.passages_own);
    const ClaimReading reading = {METRIC_FALSE_ALERTS_PER_PASSAGE, true, 0.1, 0.05, 0.95, false};
    const ClaimResult judged = claim_judge(&reading, &own->figures, NAN);
    check_claim(
        &judged, VERDICT_SUPPORTED,
        "0 false alerts in 99 passages (by the system’s own count), limit 0.1 per passage: supported, "
        "p <\u00a00.0001.",
        "0 fausse alerte en 99 passages (selon le propre décompte du système), limite 0,1 par "
        "passage\u202f: étayée, p <\u202f0,0001.");
}

TEST(claims_get_their_verdict)
{
    ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, 0.1, 0.05, 0.95, false};
    ClaimResult result = claim_judge_rate(&reading, 12, 50, RATE_PER_CAMERA_HOUR);
    assert_true(fabs(result.p_refute - 0.005453091913) < 5e-13);
    check_claim(&result, VERDICT_REFUTED,
                "12 false alerts in 50 camera-hours, limit 0.1 per camera-hour: refuted, p = 0.00545.",
                "12 fausses alertes en 50 heures-caméra, limite 0,1 par heure-caméra\u202f: réfutée, "
                "p = 0,00545.");
    reading.value = 0.0417;
    result = claim_judge_rate(&reading, 0, 20, RATE_PER_CAMERA_HOUR);
    assert_true(result.needed_hours == 52);
    check_claim(&result, VERDICT_NOT_ESTABLISHED,
                "0 false alerts in 20 camera-hours, limit 0.0417 per camera-hour: not established, 52 more "
                "camera-hours without a false alert needed.",
                "0 fausse alerte en 20 heures-caméra, limite 0,0417 par heure-caméra\u202f: non établie, il "
                "faudrait encore 52 heures-caméra sans fausse alerte.");
    /* 71.84 hours in all: as whole hours 72, however many of them this test had. */
    for (double hours = 20; hours < 21; hours += 0.1) {
        result = claim_judge_rate(&reading, 0, hours, RATE_PER_CAMERA_HOUR);
        claim_renew(&result, hours);
        assert_true(result.needed_hours == 72);
    }
    result = claim_judge_rate(&reading, 0, 72, RATE_PER_CAMERA_HOUR);
    assert_int_equal(result.verdict, VERDICT_SUPPORTED);
    result = claim_judge_rate(&reading, 2, 0, RATE_PER_PASSAGE);
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    assert_true(result.p_refute == 1 && result.p_support == 1 && result.needed_events > 0);
    result = claim_judge_rate(&reading, 0, 0, RATE_PER_CAMERA_HOUR);
    assert_true(result.verdict == VERDICT_NOT_ESTABLISHED && result.needed_hours == 72);
    reading.value = 0;
    assert_int_equal(claim_judge_rate(&reading, 1, 20, RATE_PER_CAMERA_HOUR).verdict, VERDICT_REFUTED);
    assert_int_equal(claim_judge_rate(&reading, 0, 1e6, RATE_PER_CAMERA_HOUR).verdict,
                     VERDICT_NOT_ESTABLISHED);
    reading = (ClaimReading){METRIC_P_MISS, true, 0.05, 0.05, 0.95, false};
    result = claim_judge_proportion(&reading, 0, 59, RATE_PER_EVENT);
    assert_int_equal(result.verdict, VERDICT_SUPPORTED);
    result = claim_judge_proportion(&reading, 1, 60, RATE_PER_EVENT);
    assert_int_equal(result.needed_events, 33);
    check_claim(&result, VERDICT_NOT_ESTABLISHED,
                "1 of 60 events missed, limit 5%: not established, 33 more events without a miss needed.",
                "1 manqué sur 60 événements, limite 5\u202f%\u202f: non établie, il faudrait encore 33 "
                "événements sans en manquer.");
    assert_int_equal(claim_judge_proportion(&reading, 12, 100, RATE_PER_EVENT).verdict, VERDICT_REFUTED);
    assert_int_equal(claim_judge_proportion(&reading, 0, 0, RATE_PER_EVENT).needed_events, 59);
    reading = (ClaimReading){METRIC_PRECISION, false, 0.9, 0.05, 0.95, false};
    assert_int_equal(claim_judge_proportion(&reading, 29, 29, RATE_PER_ALERT).verdict, VERDICT_SUPPORTED);
    result = claim_judge_proportion(&reading, 28, 28, RATE_PER_ALERT);
    assert_true(result.verdict == VERDICT_NOT_ESTABLISHED && result.needed_events == 1);
    assert_int_equal(claim_judge_proportion(&reading, 10, 20, RATE_PER_ALERT).verdict, VERDICT_REFUTED);
}

TEST(precision_at_prevalence_is_judged_by_bounds)
{
    EvalFigures figures = {.hits = 95, .events = 100, .false_strict = 0, .camera_hours = 1000};
    figures.false_alerts_per_camera_hour =
        rate_poisson(0, 1000, RATE_PER_CAMERA_HOUR, 0.95, UNDEFINED_NO_EXPOSURE);
    const ClaimReading reading = {METRIC_PRECISION_AT_PREVALENCE, false, 0.9, 0.05, 0.95, false};
    assert_int_equal(claim_judge(&reading, &figures, NAN).verdict, VERDICT_NOT_TESTABLE);
    /* Bounds at 2.5 % each: recall >= 0.887, false rate <= 0.003689: 0.1 * 0.887 / (0.0887 + 0.0037) = 0.96;
     * with prevalence 0.01 only 0.706. */
    ClaimResult result = claim_judge(&reading, &figures, 0.1);
    assert_int_equal(result.verdict, VERDICT_SUPPORTED);
    result = claim_judge(&reading, &figures, 0.01);
    assert_int_equal(result.verdict, VERDICT_NOT_ESTABLISHED);
    assert_true(result.p_support > 0.05 && result.needed_hours > 1000);
    figures.false_strict = 1000;
    figures.false_alerts_per_camera_hour =
        rate_poisson(1000, 1000, RATE_PER_CAMERA_HOUR, 0.95, UNDEFINED_NO_EXPOSURE);
    result = claim_judge(&reading, &figures, 0.1);
    assert_int_equal(result.verdict, VERDICT_REFUTED);
    const ClaimReading none = {METRIC_NONE, true, 0, 0.05, 0.95, false};
    result = claim_judge(&none, &figures, NAN);
    check_claim(&result, VERDICT_NOT_TESTABLE, "Not testable in these words.", "Non testable en ces termes.");
}

/* A figure that rests on clips whose clock was put right says so beside itself. */
TEST(a_mended_clock_stands_beside_the_count)
{
    EvalFigures figures = {.false_strict = 0, .camera_hours = 20, .mended_clips = 1};
    figures.false_alerts_per_camera_hour =
        rate_poisson(0, 20, RATE_PER_CAMERA_HOUR, 0.95, UNDEFINED_NO_EXPOSURE);
    const ClaimReading reading = {METRIC_FALSE_ALERTS_PER_CAMERA_HOUR, true, 0.2, 0.05, 0.95, false};
    ClaimResult result = claim_judge(&reading, &figures, NAN);
    check_claim(
        &result, VERDICT_SUPPORTED,
        "0 false alerts in 20 camera-hours (the clock of one clip was put right), limit 0.2 per "
        "camera-hour: supported, p = 0.0183.",
        "0 fausse alerte en 20 heures-caméra (l’horloge d’une séquence a été rectifiée), limite 0,2 par "
        "heure-caméra\u202f: étayée, p = 0,0183.");
    figures.passages_own = true; /* no matter of camera-hours */
    figures.mended_clips = 12;
    result = claim_judge(&reading, &figures, NAN);
    check_claim(
        &result, VERDICT_SUPPORTED,
        "0 false alerts in 20 camera-hours (the clocks of 12 clips were put right), limit 0.2 per "
        "camera-hour: supported, p = 0.0183.",
        "0 fausse alerte en 20 heures-caméra (les horloges de 12 séquences ont été rectifiées), limite 0,2 "
        "par heure-caméra\u202f: étayée, p = 0,0183.");
    assert_false(result.own_count);
}

static AnalysisTimeResult judge_time(AnalysisTimeReading reading, int64_t alerts, double hours,
                                     int64_t misses, int64_t events)
{
    const EvalFigures figures = {
        .alerts = alerts, .camera_hours = hours, .misses = misses, .hits = events - misses, .events = events};
    return analysis_time_judge(&reading, &figures);
}

TEST(time_saved_needs_few_alerts_and_few_misses)
{
    /* One thirtieth of an hour is 120 s; at 20 s an alert that is 6 alerts. */
    AnalysisTimeReading reading = {30, 1, 0, 20, 0.1, 0.05, 0.95};
    /* 29 alerts in 10 h: 2.9 per hour, 58 s of 3600 s. No miss in 29 events: 0.9^29. */
    AnalysisTimeResult result = judge_time(reading, 29, 10, 0, 29);
    assert_int_equal(result.verdict, VERDICT_SUPPORTED);
    assert_true(result.allowed_s == 120 && result.allowed_alerts_per_hour == 6);
    assert_true(fabs(result.p_support - pow(0.9, 29)) < 1e-12);
    assert_true(fabs(result.factor - 3600 / 58.0) < 1e-9);
    assert_true(fabs(result.implied_s_per_alert - 120 / 2.9) < 1e-9);
    assert_int_equal(judge_time(reading, 28, 10, 0, 28).verdict, VERDICT_NOT_ESTABLISHED);

    /* 12 alerts in an hour: P(12 or more | 6) = 0.0201, twice that for one of two parts. */
    result = judge_time(reading, 12, 1, 0, 0);
    assert_int_equal(result.verdict, VERDICT_REFUTED);
    assert_true(fabs(result.p_refute - 2 * 0.020092) < 1e-5 && result.factor == 15);
    /* 11 alone would be enough (0.0426), as one of two parts it is not. */
    assert_int_equal(judge_time(reading, 11, 1, 0, 0).verdict, VERDICT_NOT_ESTABLISHED);
    /* Nobody is troubled and half is missed: P(4 or more of 8 | 0.1) = 0.00502. */
    const EvalFigures figures = {.camera_hours = 1, .misses = 4, .hits = 4, .events = 8};
    result = analysis_time_judge(&reading, &figures);
    assert_int_equal(result.verdict, VERDICT_REFUTED);
    assert_true(fabs(result.p_refute - 2 * 0.005024) < 1e-5 && isnan(result.factor));
    Said sentence = said(analysis_time_sentence(&reading, &result, &figures, &(Scope){0}));
    assert_string_equal(sentence.en,
                        "Time divided by 30 leaves a person 120 s per hour of video; there were 0 "
                        "alerts per camera-hour, and at 20 s an alert 6 are allowed. Time saved "
                        "says nothing of missed events: 4 of 8 here (limit 10%): refuted, "
                        "p = 0.01.");
    g_free(sentence.en);
    g_free(sentence.fr);

    /* Against fast-forward at four times the speed 30 s and 1.5 alerts are left. */
    reading.viewing_speed = 4;
    result = judge_time(reading, 0, 1, 0, 0);
    assert_true(result.allowed_s == 30 && result.allowed_alerts_per_hour == 1.5);
    /* A set-up of 36 s per hour is more than that. */
    reading.setup_share = 0.01;
    result = judge_time(reading, 0, 1, 0, 0);
    assert_true(fabs(result.allowed_s + 6) < 1e-9 && result.allowed_alerts_per_hour == 0);
    assert_int_equal(result.verdict, VERDICT_REFUTED);
    assert_true(fabs(result.factor - 25) < 1e-9);
    /* Without a measured time only the bound is known. */
    reading = (AnalysisTimeReading){30, 1, 0, NAN, 0.1, 0.05, 0.95};
    result = judge_time(reading, 12, 1, 0, 0);
    assert_int_equal(result.verdict, VERDICT_NOT_TESTABLE);
    assert_true(result.implied_s_per_alert == 10 && isnan(result.p_refute) && isnan(result.factor));
}

UNIT_TESTS(NULL, NULL)
