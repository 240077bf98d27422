/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "records/error.h"
#include "scoring/ilids.h"
#include "scoring/panel.h"

#include "said.h"

#include <math.h>
#include <string.h>

#define S US_PER_SECOND

static PanelSpan span(double start, double end)
{
    return (PanelSpan){.start_us = time_from_seconds(start),
                       .end_us = time_from_seconds(end),
                       .decided_us = time_from_seconds(start),
                       .confidence = (double)NAN};
}

TEST(takes_the_first_alarm_of_the_window)
{
    const IlidsEvent events[] = {{10 * S, 40 * S}, {100 * S, 110 * S}, {200 * S, 260 * S}};
    /* 12: found; 15 and 30: within the first event, ignored; 60: false; 215: too late, ignored; 300: false */
    const int64_t alarms[] = {12 * S, 15 * S, 30 * S, 60 * S, 215 * S, 300 * S};
    IlidsCounts counts = {0};
    ilids_count(events, 3, alarms, 6, 10 * S, &counts);
    assert_int_equal(counts.detections, 1);
    assert_int_equal(counts.misses, 2);
    assert_int_equal(counts.false_alarms, 2);
    assert_int_equal(counts.ignored, 3);
    /* R = 1/3, P = 1/3: F = 1/3 whatever the bias */
    assert_true(fabs(ilids_f(&counts, 0.5) - 1.0 / 3) < 1e-12);
    counts.false_alarms = 0; /* P = 1: F = (a + 1) / 3 / (1/3 + a) */
    assert_true(fabs(ilids_f(&counts, 0.5) - 0.6) < 1e-12);
    counts.detections = 0;
    counts.false_alarms = 1;
    assert_true(ilids_f(&counts, 0.5) == 0);
    assert_true(isnan(ilids_f(&(IlidsCounts){.alarms = 1, .false_alarms = 1}, 0.5)));
}

TEST(window_ends_are_inside)
{
    const IlidsEvent event = {10 * S, 12 * S};
    const int64_t at_end = 20 * S, behind = 20 * S + 1;
    IlidsCounts counts = {0};
    ilids_count(&event, 1, &at_end, 1, 10 * S, &counts);
    assert_int_equal(counts.detections, 1);
    ilids_count(&event, 1, &behind, 1, 10 * S, &counts);
    assert_int_equal(counts.detections, 1);
    assert_int_equal(counts.false_alarms, 1);
}

static PanelChoices *parse(const char *text)
{
    GError *error = NULL;
    PanelChoices *choices = panel_choices_parse(text, &error);
    assert_null(error);
    assert_non_null(choices);
    return choices;
}

TEST(all_means_every_peer)
{
    g_autoptr(PanelChoices) choices = parse("ilids(window=10, recall_bias=0.5),all");
    guint peers = 0;
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        peers += !(*protocol)->for_scenarios;
    assert_int_equal(choices->choices->len, peers);
    const PanelChoice *last = &g_array_index(choices->choices, PanelChoice, peers - 1);
    assert_string_equal(last->protocol->id, "ilids");
    assert_int_equal(((const IlidsSettings *)last->settings)->window_us, 10 * S);
}

TEST(refuses_wrong_lists)
{
    static const char *const wrong[][2] = {
        {"actev", "found “actev”"},
        {"eval-1", "found “eval-1”"},
        {"", "found “”"},
        {"collar(0.3)", "expected name=value"},
        {"collar(colar=0.3)", "expected perhaps “collar”"},
        {"ilids(window=-1)", "found “-1”, expected seconds"},
        {"segment,", "found “”"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(panel_choices_parse(wrong[i][0], &error));
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE));
        assert_non_null(strstr(error->message, wrong[i][1]));
    }
}

/* One clip of 1000 s. Events: 100-130, 500-560. Alerts: right at the first; 20 s late on the second; one more
 * of half a second at its end; one where nothing is. */
static const PanelRow *score(const char *text, PanelRow *row, Said *sentence)
{
    const PanelSpan events[] = {span(100, 130), span(500, 560)};
    PanelSpan alerts[] = {span(100.1, 130), span(520, 550), span(559.8, 560.3), span(800, 801)};
    alerts[3].end_assumed = true;
    const PanelFile file = {events, alerts, 2, 4, 1000 * S};
    const PanelInput input = {&file, 1, "eval-1", 2, 2};
    g_autoptr(PanelChoices) choices = parse(text);
    panel_score(&g_array_index(choices->choices, PanelChoice, 0), &input, row);
    if (sentence != NULL)
        *sentence = said(panel_sentence(row, &input));
    return row;
}

static void assert_counts(const char *text, int64_t detections, int64_t misses, int64_t false_alarms)
{
    PanelRow row;
    score(text, &row, NULL);
    assert_true(row.scored);
    assert_int_equal(row.detections, detections);
    assert_int_equal(row.misses, misses);
    assert_int_equal(row.false_alarms, false_alarms);
}

TEST(judges_by_each_rule)
{
    assert_counts("actev-sdl-v2", 2, 0, 2);
    assert_counts("actev19-ad", 2, 0, 2);
    assert_counts("srl-ad-v3", 2, 0, 2); /* 30 of 60 s: 0.5 > 0.4 */
    assert_counts("trecvid-sed", 2, 0, 2);
    assert_counts("collar", 1, 1, 3); /* 20 s late is no hit */
    assert_counts("collar(collar=25)", 2, 0, 2);
    assert_counts("segment", 61, 29, 2);    /* 100..129, 520..549, 559; 560 and 800 wrong */
    assert_counts("intersection", 2, 0, 2); /* 0.2 of the 0.5 s are covered: refused */
    assert_counts("intersection(truth_tolerance=0.6)", 1, 1, 2);
    assert_counts("ilids(window=10,recall_bias=1)", 1, 1, 1); /* 520 and 559.8 are ignored */
}

TEST(gives_each_protocol_its_figures)
{
    PanelRow row;
    score("actev-sdl-v2", &row, NULL);
    assert_string_equal(row.figures[1].name, "w_p_miss");
    assert_true(fabs(row.figures[1].value - 8.0 / 12) < 1e-12);
    assert_true(fabs(row.figures[2].value - 2 / (1000.0 / 60)) < 1e-12);
    score("trecvid-sed", &row, NULL);
    assert_string_equal(row.figures[2].name, "ndcr");
    assert_true(fabs(row.figures[2].value - 1.0 / 18 * 7.2) < 1e-12);
}

TEST(does_not_make_up_ilids_values)
{
    PanelRow row;
    Said sentence;
    score("ilids(window=10)", &row, &sentence);
    assert_false(row.scored);
    assert_non_null(strstr(sentence.en, "Not scored: window and recall_bias must be given"));
    assert_non_null(strstr(sentence.fr, "Non évalué"));
    g_free(sentence.en);
    g_free(sentence.fr);
}

TEST(tells_why_it_differs)
{
    PanelRow row;
    Said sentence;
    score("collar", &row, &sentence);
    assert_true(g_str_has_prefix(
        sentence.en, "1 found event fewer, 1 false alert more than with eval-1; here onset and end must"));
    assert_true(g_str_has_suffix(
        sentence.en, "1 alert without a stated end is taken to last until decided, one second at least."));
    assert_true(
        g_str_has_prefix(sentence.fr, "1 événement détecté de moins, 1 fausse alerte de plus qu’avec"));
    g_free(sentence.en);
    g_free(sentence.fr);
    score("trecvid-sed", &row, &sentence);
    assert_true(g_str_has_prefix(sentence.en, "The same counts as with eval-1; here the middle"));
    g_free(sentence.en);
    g_free(sentence.fr);
}

TEST(scores_nothing_without_time)
{
    g_autoptr(PanelChoices) choices = parse("collar");
    PanelRow row;
    panel_score(&g_array_index(choices->choices, PanelChoice, 0), &(PanelInput){0}, &row);
    assert_false(row.scored);
}

UNIT_TESTS(NULL, NULL)
