/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of errors, by the program, by people, and by Ward's classes. */
#include "report/html/science.h"

#include <math.h>

/* ---- kinds of false alerts */

static bool has_false_alerts(const ResultsEvaluation *evaluation)
{
    return evaluation->counts.false_strict > 0;
}

static void class_rows(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    const ResultsFalseAlertKinds *kinds = &evaluation->false_alert_kinds;
    const ResultsAdjudicated *people = &evaluation->adjudication;
    const struct {
        const char *word;
        int64_t count;
    } judged[] = {{"false", people->false_ones},      {"nuisance", people->nuisance},
                  {"true_event", people->true_event}, {"unsure", people->unsure},
                  {"disagreed", people->disagreed},   {"not_judged", people->not_judged}};
    Page *page = user;
    if (!has_false_alerts(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    html_integer_cell(page, "column.class_duplicate", kinds->duplicate);
    html_integer_cell(page, "column.class_cross_trigger", kinds->cross_trigger);
    html_integer_cell(page, "column.class_near_miss", kinds->near_miss);
    html_integer_cell(page, "column.class_unlabelled", kinds->unlabelled);
    page_cell_open(page, "column.class_judged", "");
    for (size_t i = 0; i < G_N_ELEMENTS(judged); i++) {
        if (judged[i].count == RESULTS_UNKNOWN || judged[i].count == 0)
            continue;
        g_autofree char *count = texts_integer(page->texts, judged[i].count);
        g_autofree char *line =
            g_strdup_printf("%s: %s", texts_word(page->texts, "judged", judged[i].word), count);
        g_autofree char *spaced = texts_typography(page->texts, line);
        page_element(page, "div", spaced, NULL);
    }
    const char *cause = NULL;
    json_t *number = NULL;
    json_object_foreach((json_t *)people->causes, cause, number)
    {
        g_autofree char *line =
            g_strdup_printf("%s: %" JSON_INTEGER_FORMAT, cause, json_integer_value(number));
        g_autofree char *spaced = texts_typography(page->texts, line);
        page_element(page, "div", spaced, "class", "minor", NULL);
    }
    if (people->json == NULL)
        page_text(page, texts_get(page->texts, "alert_kinds.nobody"));
    page_close(page);
    page_close(page);
}

void html_write_kinds(Page *page)
{
    static const char *const columns[] = {"column.evaluation",
                                          "column.class_duplicate",
                                          "column.class_cross_trigger",
                                          "column.class_near_miss",
                                          "column.class_unlabelled",
                                          "column.class_judged",
                                          NULL};
    if (!html_part_open(page, has_false_alerts, "alert_kinds.heading", "alert_kinds.intro"))
        return;
    const ResultsAgreementOfJudges *judged = &page->results->adjudication;
    if (judged->json != NULL) {
        g_autofree char *kappa = texts_significant(page->texts, judged->kappa, 2);
        g_autofree char *both = texts_integer(page->texts, judged->judged_by_both);
        g_autofree char *alike = texts_integer(page->texts, judged->agreed);
        g_autofree char *line = texts_format(page->texts, "alert_kinds.agreement", "both", both, "alike",
                                             alike, "kappa", kappa, NULL);
        page_element(page, "p", line, NULL);
    }
    html_evaluations_table(page, "alert_kinds.caption", "cards", columns, class_rows);
}

/* ---- errors as Ward names them */

static void two_cell(Page *page, const char *column, const char *key, int64_t first, int64_t second)
{
    g_autofree char *a = texts_integer(page->texts, first), *b = texts_integer(page->texts, second);
    g_autofree char *text = texts_format(page->texts, key, "a", a, "b", b, NULL);
    page_cell(page, column, "num", text);
}

static void time_cell(Page *page, const char *column, int64_t us)
{
    g_autofree char *text = texts_duration(page->texts, results_double(us) / 3600e6);
    page_cell(page, column, "num", text);
}

static void class_row(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    const ResultsErrorClasses *classes = &evaluation->error_classes;
    if (!html_has_alerts(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    html_integer_cell(page, "column.correct", classes->correct);
    html_integer_cell(page, "column.deletions", classes->deletions);
    html_integer_cell(page, "column.insertions", classes->insertions);
    two_cell(page, "column.fragmented", "classes.fragmented", classes->fragmented, classes->fragments);
    two_cell(page, "column.merged", "classes.merged", classes->merged, classes->merging);
    html_integer_cell(page, "column.overfilled", classes->overfilled);
    html_integer_cell(page, "column.underfilled", classes->underfilled);
    time_cell(page, "column.insertion_time", classes->insertion_us);
    html_number_cell(page, "column.tfa_excess", evaluation->time_false_alarm.excess);
    html_number_cell(page, "column.tfa_outside", evaluation->time_false_alarm.outside);
    page_close(page);
}

void html_write_classes(Page *page)
{
    static const char *const columns[] = {"column.evaluation", "column.correct",     "column.deletions",
                                          "column.insertions", "column.fragmented",  "column.merged",
                                          "column.overfilled", "column.underfilled", "column.insertion_time",
                                          "column.tfa_excess", "column.tfa_outside", NULL};
    if (html_part_open(page, html_has_alerts, "classes.heading", "classes.intro"))
        html_evaluations_table(page, "classes.caption", "cards wide", columns, class_row);
}
