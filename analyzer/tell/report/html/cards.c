/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results in words: what was tested, and system by system what came out. */
#include "report/html/sections.h"

#include <math.h>

static void paragraph(Page *page, char *text)
{
    page_element(page, "p", text, NULL);
    g_free(text);
}

/* How many clips of the whole could not be read under any condition. */
static size_t count_unread(const Results *results)
{
    g_autoptr(GHashTable) read = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) unread = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < results->clips.count; i++) {
        const ResultsClip *clip = &results->clips.at[i];
        g_autofree char *name = g_strdup_printf("%s\n%s", clip->dataset, clip->clip);
        for (size_t j = 0; j < clip->conditions.count; j++) {
            const char *status = clip->conditions.at[j].status;
            const bool failed = g_strcmp0(status, "failed") == 0 || g_strcmp0(status, "missing") == 0;
            g_hash_table_add(failed ? unread : read, g_strdup(name));
        }
    }
    size_t count = 0;
    GHashTableIter all;
    gpointer name;
    g_hash_table_iter_init(&all, unread);
    while (g_hash_table_iter_next(&all, &name, NULL))
        count += !g_hash_table_contains(read, name);
    return count;
}

static void write_basis(Page *page)
{
    const ResultsTotals *totals = &page->results->totals;
    g_autofree char *hours = texts_duration(page->texts, totals->camera_hours);
    const int64_t all = totals->clips;
    const int64_t unread = all != RESULTS_UNKNOWN ? (int64_t)count_unread(page->results) : 0;
    g_autofree char *of = texts_integer(page->texts, all);
    g_autofree char *clips = texts_count(page->texts, unread > 0 ? "summary.clips_read" : "count.clips",
                                         unread > 0 ? MAX(all - unread, 0) : all, "all", of, NULL);
    g_autofree char *cameras = texts_count(page->texts, "count.cameras", totals->cameras, NULL);
    g_autofree char *scenarios =
        texts_count(page->texts, "count.scenarios", (int64_t)page->results->scenarios.count, NULL);
    paragraph(page, texts_format(page->texts, "summary.basis", "scenarios", scenarios, "hours", hours,
                                 "clips", clips, "cameras", cameras, NULL));
    int64_t failed = totals->failed_jobs;
    if (failed > 0) {
        page_open(page, "p", "class", "warning", NULL);
        g_autofree char *text = texts_count(page->texts, "summary.failed", failed, NULL);
        page_text(page, text);
        page_close(page);
    }
}

/* Less than one camera-hour: the counts, and no figure per day. */
static void write_short_alarms(Page *page, const ResultsEvaluation *evaluation, const char *hours)
{
    const int64_t wrong = evaluation->counts.false_strict;
    g_autofree char *counts = wrong == 0
                                  ? texts_format(page->texts, "summary.short_none", "hours", hours, NULL)
                                  : texts_count(page->texts, "summary.short", wrong, "hours", hours, NULL);
    page_element(page, "p", counts, "class", "plain", NULL);
}

static void write_alarm_sentence(Page *page, const ResultsEvaluation *evaluation)
{
    g_auto(NumberText) day = {NULL};
    double value = evaluation->per_day.value;
    texts_interval(page->texts, value, evaluation->per_day.low, evaluation->per_day.high, false, &day);
    g_autofree char *hours = texts_duration(page->texts, evaluation->exposure.camera_hours);
    if (!isnan(value) && results_is_short(evaluation)) {
        write_short_alarms(page, evaluation, hours);
        return;
    }
    const char *camera = texts_get(
        page->texts, evaluation->exposure.cameras > 1 ? "summary.cameras_like_these" : "summary.this_camera");
    page_open(page, "p", "class", "plain", NULL);
    char *text;
    if (isnan(value)) {
        g_autofree char *reason = html_reason(page, evaluation->rates.false_alerts_per_camera_hour.reason);
        text = texts_format(page->texts, "summary.per_day_unknown", "reason", reason, NULL);
    } else if (!(value > 0)) {
        text = texts_format(page->texts, "summary.per_day_zero", "hours", hours, "camera", camera, "high",
                            day.high != NULL ? day.high : "—", NULL);
    } else if (day.low == NULL || day.high == NULL) {
        text = texts_format(page->texts, "summary.per_day_bare", "camera", camera, "value", day.value, NULL);
    } else {
        text = texts_format(page->texts, "summary.per_day", "camera", camera, "value", day.value, "low",
                            day.low, "high", day.high, NULL);
    }
    page_text(page, text);
    g_free(text);
    page_close(page);
}

static void write_miss_sentence(Page *page, const ResultsEvaluation *evaluation)
{
    const ResultsRate *rate = &evaluation->rates.p_miss;
    int64_t events = evaluation->counts.events;
    if (isnan(rate->value)) {
        g_autofree char *reason = html_reason(page, rate->reason);
        paragraph(page, texts_format(page->texts, "summary.misses_unknown", "reason", reason, NULL));
        return;
    }
    g_auto(NumberText) share = {NULL};
    figures_rate(page->texts, rate, &share);
    const int64_t misses = evaluation->counts.misses;
    g_autofree char *missed = texts_integer(page->texts, misses);
    g_autofree char *of = texts_integer(page->texts, events);
    const bool none = misses == 0, all = misses == events && misses != RESULTS_UNKNOWN;
    const char *key = none ? "summary.misses_none" : all ? "summary.misses_all" : "summary.misses";
    paragraph(page, texts_count(page->texts, key, none || all ? events : misses, "missed", missed, "events",
                                of, "low", share.low != NULL ? share.low : "—", "high",
                                share.high != NULL ? share.high : "—", NULL));
}

/* A warning about so many clips, where there are any: that their clock was put right, that they are copies.
 */
static void warn_of_clips(Page *page, const char *key, int64_t clips)
{
    if (clips <= 0)
        return;
    g_autofree char *text = texts_count(page->texts, key, clips, NULL);
    page_element(page, "p", text, "class", "warning", NULL);
}

/* That nothing shows it to be better than alerts at random times. */
static void write_chance(Page *page, const ResultsEvaluation *evaluation)
{
    const ResultsChance *chance = &evaluation->chance;
    if (!results_given(chance->better) || results_true(chance->better))
        return;
    page_open(page, "p", "class", "warning", NULL);
    page_localized(page, chance->sentence);
    page_close(page);
}

/* One block a system as it was recorded; other conditions and the control stand in the table. */
static bool belongs_in_words(const ResultsScenario *scenario, const ResultsEvaluation *evaluation)
{
    const char *first = scenario->evaluations.at[0].condition;
    return !page_is_control(evaluation) && g_strcmp0(evaluation->condition, first) == 0;
}

static void write_system(Page *page, const ResultsEvaluation *evaluation)
{
    g_autofree char *system = page_system_name(page, evaluation);
    g_autofree char *heading =
        texts_format(page->texts, "summary.system", "system", system, "kind",
                     texts_word(page->texts, "system_kind", evaluation->system_kind), NULL);
    page_element(page, "h4", heading, NULL);
    /* what the figures cannot bear comes before them */
    html_write_log_remarks(page, evaluation, NULL);
    warn_of_clips(page, "summary.clock_mended", evaluation->exposure.clock_mended_clips);
    warn_of_clips(page, "short.copied_clips", evaluation->exposure.copied_clips);
    write_alarm_sentence(page, evaluation);
    write_miss_sentence(page, evaluation);
    write_chance(page, evaluation);
    g_autofree char *hours = texts_duration(page->texts, evaluation->exposure.camera_hours);
    g_autofree char *events = texts_count(page->texts, "count.events", evaluation->counts.events, NULL);
    g_autofree char *cameras = texts_count(page->texts, "count.cameras", evaluation->exposure.cameras, NULL);
    paragraph(page, texts_format(page->texts, "summary.rests", "hours", hours, "events", events, "cameras",
                                 cameras, NULL));
    html_write_probe_cautions(page, evaluation);
}

typedef struct {
    Page *page;
    const ResultsScenario *open; /* whose card is open; NULL: none */
    size_t shown, left_out;
} Cards;

static void close_card(Cards *cards)
{
    if (cards->open == NULL)
        return;
    if (cards->shown + cards->left_out == 0)
        page_say(cards->page, "p", "summary.no_system", "warning");
    if (cards->left_out > 0) {
        g_autofree char *text =
            texts_count(cards->page->texts, "summary.more", (int64_t)cards->left_out, NULL);
        page_element(cards->page, "p", text, "class", "minor", NULL);
    }
    page_close(cards->page);
}

static void open_card(Cards *cards, const ResultsScenario *scenario)
{
    *cards = (Cards){cards->page, scenario, 0, 0};
    g_autofree char *title = page_title(cards->page, scenario->title, NULL, scenario->id);
    page_open(cards->page, "div", "class", "card", NULL);
    page_element(cards->page, "h3", title, NULL);
}

static void write_evaluation(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Cards *cards = user;
    if (cards->open != scenario) {
        close_card(cards);
        open_card(cards, scenario);
    }
    if (belongs_in_words(scenario, evaluation)) {
        cards->shown++;
        write_system(cards->page, evaluation);
    } else {
        cards->left_out += !page_is_control(evaluation);
    }
}

void html_write_cards(Page *page)
{
    Cards cards = {.page = page};
    write_basis(page);
    results_visit_products_first(page->results, write_evaluation, &cards);
    close_card(&cards);
    for (size_t i = 0; i < page->results->scenarios.count; i++) {
        const ResultsScenario *scenario = &page->results->scenarios.at[i];
        if (scenario->evaluations.count > 0)
            continue; /* else not even a control ran */
        open_card(&cards, scenario);
        close_card(&cards);
    }
}
