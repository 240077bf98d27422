/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Within section 11: kinds of errors, by the program, by people, and by Ward's classes. */
#include "report/html/science.h"

#include <math.h>

/* ---- kinds of false alerts */

static void class_rows(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const char *const keys[] = {"duplicate", "cross_trigger", "near_miss", "unlabelled"};
    static const char *const judged[] = {"false",  "nuisance",  "true_event",
                                         "unsure", "disagreed", "not_judged"};
    Page *page = user;
    const json_t *adjudication = model_get(evaluation, "adjudication");
    if (!(model_integer(evaluation, "counts.false_strict", 0) > 0))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *label = g_strconcat("column.class_", keys[i], NULL);
        g_autofree char *path = g_strconcat("false_alert_kinds.", keys[i], NULL);
        g_autofree char *count = texts_integer(page->texts, model_integer(evaluation, path, 0));
        page_cell(page, label, "num", count);
    }
    page_cell_open(page, "column.class_judged", "");
    for (size_t i = 0; adjudication != NULL && i < G_N_ELEMENTS(judged); i++) {
        const int64_t n = model_integer(adjudication, judged[i], 0);
        g_autofree char *count = texts_integer(page->texts, n);
        if (n == 0)
            continue;
        g_autofree char *line =
            g_strdup_printf("%s: %s", texts_word(page->texts, "judged", judged[i]), count);
        g_autofree char *spaced = texts_typography(page->texts, line);
        page_element(page, "div", spaced, NULL);
    }
    const char *cause = NULL;
    json_t *number = NULL;
    json_object_foreach((json_t *)model_get(adjudication, "causes"), cause, number)
    {
        g_autofree char *line =
            g_strdup_printf("%s: %" JSON_INTEGER_FORMAT, cause, json_integer_value(number));
        g_autofree char *spaced = texts_typography(page->texts, line);
        page_element(page, "div", spaced, "class", "minor", NULL);
    }
    if (adjudication == NULL)
        page_text(page, texts_get(page->texts, "alert_kinds.nobody"));
    page_close(page);
    page_close(page);
}

static void count_false(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    *(int64_t *)user += model_integer(evaluation, "counts.false_strict", 0);
}

static void write_kinds(Page *page)
{
    static const char *const columns[] = {"column.evaluation",
                                          "column.class_duplicate",
                                          "column.class_cross_trigger",
                                          "column.class_near_miss",
                                          "column.class_unlabelled",
                                          "column.class_judged",
                                          NULL};
    int64_t errors = 0;
    model_visit_evaluations(page->results, count_false, &errors);
    if (errors == 0)
        return;
    html_heading(page, "h3", "alert_kinds.heading");
    page_say(page, "p", "alert_kinds.intro", NULL);
    const json_t *judged = model_get(page->results, "adjudication");
    if (judged != NULL) {
        g_autofree char *kappa = texts_significant(page->texts, model_number(judged, "kappa"), 2);
        g_autofree char *both = texts_integer(page->texts, model_integer(judged, "judged_by_both", 0));
        g_autofree char *alike = texts_integer(page->texts, model_integer(judged, "agreed", 0));
        g_autofree char *line = texts_format(page->texts, "alert_kinds.agreement", "both", both, "alike",
                                             alike, "kappa", kappa, NULL);
        page_element(page, "p", line, NULL);
    }
    page_table_open(page, texts_get(page->texts, "alert_kinds.caption"), "cards");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, class_rows, page);
    page_table_close(page);
}

/* ---- errors as Ward names them */

static void two_cell(Page *page, const char *column, const char *key, int64_t first, int64_t second)
{
    g_autofree char *a = texts_integer(page->texts, first), *b = texts_integer(page->texts, second);
    g_autofree char *text = texts_format(page->texts, key, "a", a, "b", b, NULL);
    page_cell(page, column, "num", text);
}

static void time_cell(Page *page, const char *column, const json_t *classes, const char *path)
{
    g_autofree char *text = texts_duration(page->texts, (double)model_integer(classes, path, 0) / 3600e6);
    page_cell(page, column, "num", text);
}

static void class_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    const json_t *classes = model_get(evaluation, "error_classes");
    if (!html_has_alerts(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    html_integer_cell(page, "column.correct", classes, "correct");
    html_integer_cell(page, "column.deletions", classes, "deletions");
    html_integer_cell(page, "column.insertions", classes, "insertions");
    two_cell(page, "column.fragmented", "classes.fragmented", model_integer(classes, "fragmented", 0),
             model_integer(classes, "fragments", 0));
    two_cell(page, "column.merged", "classes.merged", model_integer(classes, "merged", 0),
             model_integer(classes, "merging", 0));
    html_integer_cell(page, "column.overfilled", classes, "overfilled");
    html_integer_cell(page, "column.underfilled", classes, "underfilled");
    time_cell(page, "column.insertion_time", classes, "insertion_us");
    g_autofree char *excess =
        texts_significant(page->texts, model_number(evaluation, "time_false_alarm.excess"), 3);
    g_autofree char *outside =
        texts_significant(page->texts, model_number(evaluation, "time_false_alarm.outside"), 3);
    page_cell(page, "column.tfa_excess", "num", excess);
    page_cell(page, "column.tfa_outside", "num", outside);
    page_close(page);
}

static void write_classes(Page *page)
{
    static const char *const columns[] = {"column.evaluation", "column.correct",     "column.deletions",
                                          "column.insertions", "column.fragmented",  "column.merged",
                                          "column.overfilled", "column.underfilled", "column.insertion_time",
                                          "column.tfa_excess", "column.tfa_outside", NULL};
    if (!html_any_evaluation(page, html_has_alerts))
        return;
    html_heading(page, "h3", "classes.heading");
    page_say(page, "p", "classes.intro", NULL);
    page_table_open(page, texts_get(page->texts, "classes.caption"), "cards wide");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, class_row, page);
    page_table_close(page);
}

void html_write_kinds(Page *page)
{
    write_kinds(page);
    write_classes(page);
}
