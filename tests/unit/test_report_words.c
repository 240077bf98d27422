/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader new to the matter could take wrongly: counts, limits, p, what is still needed. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "report_sample.h"

#include "config/system_kind.h"
#include "evaluate/results_evaluation.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/html/html.h"
#include "sandbox/layers.h"
#include "scoring/rate.h"

#include <math.h>
#include <string.h>

static json_t *evaluation_of(json_t *results)
{
    json_t *scenario = json_array_get(json_object_get(results, "scenarios"), 0);
    return json_array_get(json_object_get(scenario, "evaluations"), 0);
}

static void assert_page(const json_t *results, const Texts *texts, const char *part, bool there)
{
    gsize length = 0;
    g_autofree char *page = html_render(results, texts, NULL, NULL, &length);
    assert_non_null(page);
    if ((strstr(page, part) != NULL) != there)
        fail_msg("\"%s\" %s", part, there ? "is missing" : "must not be there");
}

TEST(p_has_one_format)
{
    const struct {
        double p;
        const char *en, *fr;
    } rows[] = {{0.99904, ">\u00a00.99", ">\u202f0,99"},
                {1, ">\u00a00.99", ">\u202f0,99"},
                {0.00002, "<\u00a00.0001", "<\u202f0,0001"},
                {0, "<\u00a00.0001", "<\u202f0,0001"},
                {0.01234, "0.0123", "0,0123"},
                {(double)NAN, "—", "—"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *en = texts_p(english, rows[i].p), *fr = texts_p(french, rows[i].p);
        assert_string_equal(en, rows[i].en);
        assert_string_equal(fr, rows[i].fr);
    }
}

TEST(needed_says_how_much_more_and_in_all)
{
    assert_page(sample, english, "114\u00a0h of footage more (116\u00a0h in all)", true);
    assert_page(sample, french, "encore 114\u00a0h d’images (116\u00a0h en tout)", true);
    assert_page(sample, english, "29 more (29 in all)", true);
}

TEST(few_cameras_are_not_resampled)
{
    json_t *copy = json_deep_copy(sample);
    json_t *clusters =
        json_pack("{s:i,s:{s:{s:f,s:f}}}", "cameras", 4, "bootstrap", "percentile", "low", 1.25, "high", 1.5);
    json_object_set_new(evaluation_of(copy), "clusters", clusters);
    assert_page(copy, english, "[1.25\u00a0–\u00a01.50]", false);
    assert_page(copy, english, "fewer than 5 cameras", true);
    json_object_set_new(clusters, "cameras", json_integer(5));
    json_object_set_new(json_object_get(evaluation_of(copy), "counts"), "false_strict", json_integer(0));
    json_t *interval = json_object_get(json_object_get(clusters, "bootstrap"), "percentile");
    json_object_set_new(interval, "low", json_real(0));
    json_object_set_new(interval, "high", json_real(0));
    assert_page(copy, english, "[0\u00a0–\u00a00]", false);
    json_decref(copy);
}

TEST(one_camera_is_this_camera)
{
    json_t *copy = json_deep_copy(sample);
    assert_page(copy, english, "In one day, a camera like these would raise about", true);
    json_object_set_new(json_object_get(evaluation_of(copy), "exposure"), "cameras", json_integer(1));
    assert_page(copy, english, "In one day, this camera would raise about", true);
    assert_page(copy, french, "En un jour, cette caméra émettrait environ", true);
    json_decref(copy);
}

TEST(unread_clips_are_not_counted_as_tested)
{
    json_t *copy = json_deep_copy(sample);
    json_t *clips = json_array(), *totals = json_object_get(copy, "totals");
    static const char *const states[] = {"done", "failed", "missing", "done"};
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autofree char *name = g_strdup_printf("clip-%zu", i);
        json_array_append_new(clips,
                              json_pack("{s:s,s:s,s:s,s:[{s:s,s:s}]}", "dataset", "d", "clip", name, "camera",
                                        "c", "conditions", "condition", "as-recorded", "status", states[i]));
    }
    json_object_set_new(copy, "clips", clips);
    json_object_set_new(totals, "clips", json_integer(4));
    assert_page(copy, english, "2 of 4 clips could be read", true);
    assert_page(copy, french, "2 séquences sur 4 ont pu être lues", true);
    json_decref(copy);
}

/* What a document of another version lacks is no number, and no sentence is made of it. */
TEST(what_is_not_there_is_no_number)
{
    static const char *const missing[] = {"hits", "misses", "events", "false_strict"};
    json_t *copy = json_deep_copy(sample), *scenario = json_array_get(json_object_get(copy, "scenarios"), 0);
    json_t *evaluation = evaluation_of(copy), *other = json_deep_copy(evaluation);
    json_object_set_new(scenario, "agreement", json_pack("[{s:s,s:s}]", "first", "Ada", "second", "Bo"));
    json_object_set_new(evaluation, "log", json_object());
    json_object_set_new(evaluation, "ignored_alerts", json_object());
    json_object_set_new(other, "after_validation_of", json_incref(json_object_get(other, "system")));
    for (size_t i = 0; i < G_N_ELEMENTS(missing); i++)
        json_object_set_new(json_object_get(evaluation, "counts"), missing[i],
                            i > 0 ? json_null() : json_integer(-1)); /* as earlier versions wrote it */
    json_array_append_new(json_object_get(scenario, "evaluations"), other);
    json_object_del(json_object_get(copy, "totals"), "clips");
    json_object_set_new(copy, "clips",
                        json_pack("[{s:s,s:s,s:[{s:s,s:s,s:{}}]}]", "dataset", "d", "clip", "a", "conditions",
                                  "condition", "as-recorded", "status", "failed", "quality"));
    assert_page(copy, english, "<td class=\"num\" data-label=\"Events\">— / —</td>", true);
    assert_page(copy, english, "223,372", false);
    assert_page(copy, english, "9223372", false);
    assert_page(copy, english, "It missed all", false);
    assert_page(copy, english, "on clips that the scenario does not choose.", false);
    assert_page(copy, english, "It missed the only", false);
    assert_page(copy, english, "−1<", false);
    g_autofree char *junit = junit_render(copy);
    assert_null(strstr(junit, "9223372"));
    json_decref(copy);
}

TEST(the_daily_limit_is_the_interval_s)
{
    json_t *limits = json_array();
    json_t *scenario = json_pack("{s:s}", "id", "s");
    json_t *evaluation = json_pack("{s:s,s:s,s:{s:f,s:i},s:{s:i,s:i},s:{s:f}}", "system", "x", "condition",
                                   "y", "exposure", "camera_hours", 1.5, "cameras", 12, "counts", "events", 1,
                                   "false_strict", 0, "per_day", "high", 3106.4);
    results_append_limits(scenario, evaluation, limits);
    assert_int_equal(json_array_size(limits), 1);
    const json_t *limit = json_array_get(limits, 0);
    assert_non_null(strstr(json_string_value(json_object_get(limit, "en")), "up to 3,106 a day"));
    assert_non_null(strstr(json_string_value(json_object_get(limit, "fr")), "jusqu’à 3\u202f106 par jour"));
    json_object_set_new(json_object_get(evaluation, "per_day"), "high", json_real(2.46));
    results_append_limits(scenario, evaluation, limits);
    assert_non_null(
        strstr(json_string_value(json_object_get(json_array_get(limits, 1), "fr")), "jusqu’à 2,5 par jour"));
    json_decref(evaluation);
    json_decref(scenario);
    json_decref(limits);
}

TEST(the_page_bears_the_date_of_the_run)
{
    json_t *copy = json_deep_copy(sample);
    assert_page(copy, english, "Date of the run not known.", true);
    json_object_set_new(copy, "run_finished", json_string("2026-04-03T21:58:30Z"));
    assert_page(copy, english, "Run finished on 3 April 2026, 21:58 UTC.", true);
    assert_page(copy, french, "Exécution terminée le 3 avril 2026 à 21:58 UTC.", true);
    json_decref(copy);
}

/* The kind of the first system becomes one that runs. */
static bool let_a_program_run(json_t *document)
{
    json_t *scenario = json_array_get(json_object_get(document, "scenarios"), 0);
    json_t *evaluation = json_array_get(json_object_get(scenario, "evaluations"), 0);
    for (unsigned kind = 0; system_kind_names[kind] != NULL; kind++) {
        if (system_kind_at(kind)->runs) {
            json_object_set_new(evaluation, "system_kind", json_string(system_kind_names[kind]));
            return true;
        }
    }
    return false;
}

TEST(what_held_programs_is_said)
{
    json_t *copy = json_deep_copy(sample);
    json_object_set_new(
        copy, "run_sandbox",
        json_pack("{s:[s,s,s],s:[s]}", "held", "files", "calls", "newer", "missing", "processes"));
    assert_page(copy, english, "ran confined", false);
    if (!let_a_program_run(copy))
        skip();
    assert_page(
        copy, english,
        "ran confined. The machine held them in: the files that they open, what they ask of the system "
        "and newer.",
        true);
    assert_page(copy, english, "What the machine could not hold: the processes that they see", true);
    assert_page(copy, french, "les fichiers qu’ils ouvrent, ce qu’ils demandent au système et newer.", true);
    for (int i = 0; i < SANDBOX_LAYERS; i++) {
        assert_non_null(texts_find_word(english, "sandbox_layer", sandbox_layers()[i].id));
        assert_non_null(texts_find_word(french, "sandbox_layer", sandbox_layers()[i].id));
    }
    json_object_del(copy, "run_sandbox");
    assert_page(copy, english, "By what the programs under test were confined is not known.", true);
    json_decref(copy);
}

/* A leap is told with its place and size, in both languages, and beside the rate that rests on the clip. */
TEST(a_mended_clock_stands_beside_its_rate)
{
    assert_page(sample, english, "No leap, pause, restart or stray time was found.", true);
    assert_page(sample, english, "put right", false);
    json_t *copy = json_deep_copy(sample);
    json_t *clip = json_array_get(json_object_get(copy, "clips"), 0);
    json_t *condition = json_array_get(json_object_get(clip, "conditions"), 0);
    json_t *quality = json_object_get(condition, "quality");
    json_object_set_new(quality, "findings",
                        json_pack("[{s:s,s:I,s:I,s:i},{s:s,s:I,s:I,s:i}]", "kind", "leap_back", "at_us",
                                  (json_int_t)12000000, "by_us", (json_int_t)-1000000000, "pictures", 0,
                                  "kind", "stray", "at_us", (json_int_t)15000000, "by_us",
                                  (json_int_t)37600000000, "pictures", 2));
    json_object_set_new(quality, "finding_totals",
                        json_pack("{s:{s:i},s:{s:i}}", "leap_back", "count", 1, "stray", "count", 3));
    json_object_set_new(quality, "video_streams", json_integer(2));
    json_object_set_new(quality, "stream", json_integer(1));
    json_t *exposure = json_object_get(evaluation_of(copy), "exposure");
    json_object_set_new(exposure, "clock_mended_clips", json_integer(1));
    json_object_set_new(
        json_object_get(json_object_get(evaluation_of(copy), "rates"), "false_alerts_per_camera_hour"),
        "clock_mended_clips", json_integer(1));
    assert_page(copy, english, "the file’s clock falls back by 1,000\u00a0s", true);
    assert_page(copy, french, "l’horloge du fichier recule de 1\u202f000\u00a0s", true);
    assert_page(copy, english, "2 pictures have stray times, 37,600\u00a0s away", true);
    assert_page(copy, english, "and 2 more, in results.json", true);
    assert_page(copy, english, "the file has 2 video streams; number 2 was read", true);
    assert_page(copy, english, "† the clock of 1 clip was put right", true);
    assert_page(copy, english, "The clock of 1 clip behind these figures leaps", true);
    assert_page(copy, french, "L’horloge de 1 séquence, derrière ces chiffres,", true);
    assert_page(copy, french, "† l’horloge de 1 séquence a été rectifiée", true);
    g_autofree char *terminal = terminal_render(copy, english);
    assert_non_null(strstr(terminal, "†\n"));
    assert_non_null(strstr(terminal, "† Rests on clips whose file clock leaps"));
    g_autofree char *markdown = markdown_render(copy, french);
    assert_non_null(strstr(markdown, "† |\n"));
    assert_non_null(strstr(markdown, "† Repose sur des séquences"));
    json_decref(copy);
}

/* Three events of one time stand beneath each other, a later one in the first lane again. */
TEST(events_of_one_time_have_lanes)
{
    json_t *copy = json_deep_copy(sample);
    json_t *clip = json_array_get(json_object_get(evaluation_of(copy), "clips"), 0);
    static const int seconds[][2] = {{1, 5}, {2, 6}, {3, 4}, {6, 7}};
    json_t *events = json_array();
    for (size_t i = 0; i < G_N_ELEMENTS(seconds); i++)
        json_array_append_new(events, json_pack("{s:I,s:I,s:s,s:s}", "start_us",
                                                (json_int_t)seconds[i][0] * US_PER_SECOND, "end_us",
                                                (json_int_t)seconds[i][1] * US_PER_SECOND, "outcome", "miss",
                                                "label", "covered"));
    json_object_set_new(clip, "duration_us", json_integer(10 * US_PER_SECOND));
    json_object_set_new(clip, "scored_spans", json_pack("[[i,i]]", 0, 10000000));
    json_object_set(clip, "events", events);
    static const char *const rects[] = {
        "x=\"10.000%\" y=\"20\" width=\"40.000%\" height=\"12\" class=\"event-miss\"",
        "x=\"20.000%\" y=\"36\" width=\"40.000%\" height=\"12\" class=\"event-miss\"",
        "x=\"30.000%\" y=\"52\" width=\"10.000%\" height=\"12\" class=\"event-miss\"",
        "x=\"60.000%\" y=\"20\" width=\"10.000%\" height=\"12\" class=\"event-miss\"",
        "x=\"0.000%\" y=\"20\" width=\"100.000%\" height=\"48\" class=\"band\"",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rects); i++)
        assert_page(copy, english, rects[i], true);
    json_array_remove(events, 1);
    json_array_remove(events, 1);
    assert_page(copy, english, "y=\"20\" width=\"40.000%\" height=\"18\" class=\"event-miss\"", true);
    json_decref(events);
    json_decref(copy);
}

/* How long the clips are is one thing, how much of them a figure rests on another. */
TEST(clips_and_scored_time_have_their_names)
{
    assert_page(sample, english, ", on clips of ", true);
    assert_page(sample, english, "Only their scored time counts; it stands with each figure.", true);
    assert_page(sample, english, " of scored time with ", true);
    assert_page(sample, french, "sur des séquences d’une durée totale de ", true);
    assert_page(sample, french, "Cela repose sur une durée évaluée de ", true);
    g_autofree char *markdown = markdown_render(sample, french);
    assert_null(strstr(markdown, "**: “"));
}

UNIT_TESTS(report_sample_load, report_sample_drop)
