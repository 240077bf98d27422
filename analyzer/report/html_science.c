/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further analysis: what the field's other protocols say. Only what results.json holds is shown. */
#include "report/html_science.h"

#include <math.h>

typedef bool (*Presence)(const json_t *evaluation);
typedef struct {
    Presence has;
    bool found;
} Search;

static void look(const json_t *scenario, const json_t *evaluation, void *user)
{
    (void)scenario;
    Search *search = user;
    search->found = search->found || search->has(evaluation);
}

static bool any_evaluation(const Page *page, Presence has)
{
    Search search = {has, false};
    model_visit_evaluations(page->results, look, &search);
    return search.found;
}

static void count_cell(Page *page, const char *label, const json_t *object, const char *path)
{
    const int64_t value = model_integer(object, path, -1);
    g_autofree char *text = value < 0 ? g_strdup("—") : texts_integer(page->texts, value);
    page_cell(page, label, "num", text);
}

/* ---- strata against each other */

static void contrast_rows(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    for (size_t i = 0; i < model_count(evaluation, "strata"); i++) {
        const json_t *attribute = model_member(evaluation, "strata", i);
        for (size_t j = 0; j < model_count(attribute, "strata"); j++) {
            const json_t *stratum = model_member(attribute, "strata", j);
            const json_t *contrast = model_get(stratum, "contrast");
            if (contrast == NULL)
                continue;
            const char *value = model_string(stratum, "value"), *other = model_string(contrast, "reference");
            const char *unknown = texts_get(page->texts, "not_stated");
            g_autofree char *pair = g_strdup_printf(
                "%s / %s", value != NULL ? texts_word(page->texts, "attribute_value", value) : unknown,
                other != NULL ? texts_word(page->texts, "attribute_value", other) : unknown);
            const char *name = texts_word(page->texts, "attribute", model_string(attribute, "attribute"));
            g_autofree char *words =
                texts_format(page->texts, "strata.name", "attribute", name, "value", pair, NULL);
            g_auto(NumberText) ratio = {NULL};
            texts_interval(page->texts, model_number(contrast, "ratio"),
                           model_number(contrast, "interval.low"), model_number(contrast, "interval.high"),
                           false, &ratio);
            g_autofree char *difference =
                texts_significant(page->texts, model_number(contrast, "difference"), 3);
            g_autofree char *detectable =
                texts_significant(page->texts, model_number(contrast, "detectable_ratio"), 2);
            g_autofree char *p = texts_p(page->texts, model_number(contrast, "p"));
            page_open(page, "tr", NULL);
            html_evaluation_cell(page, scenario, evaluation);
            page_cell(page, "column.stratum", "", words);
            page_cell(page, "column.ratio", "num", ratio.both != NULL ? ratio.both : "—");
            page_cell(page, "column.rate_difference", "num", difference);
            page_cell(page, "column.ratio_p", "num", p);
            page_cell(page, "column.detectable", "num", detectable);
            page_cell(page, "column.four_fifths", "",
                      texts_get(page->texts, model_true(contrast, "four_fifths") ? "yes" : "no"));
            page_close(page);
        }
    }
}

static bool has_contrast(const json_t *evaluation)
{
    for (size_t i = 0; i < model_count(evaluation, "strata"); i++) {
        const json_t *attribute = model_member(evaluation, "strata", i);
        for (size_t j = 0; j < model_count(attribute, "strata"); j++) {
            if (model_get(model_member(attribute, "strata", j), "contrast") != NULL)
                return true;
        }
    }
    return false;
}

static bool has_groups_off(const json_t *evaluation)
{
    for (size_t i = 0; i < model_count(evaluation, "strata"); i++)
        if (g_strcmp0(model_string(model_member(evaluation, "strata", i), "reason"), "groups_off") == 0)
            return true;
    return false;
}

static void write_contrasts(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.stratum",    "column.ratio",       "column.rate_difference",
        "column.ratio_p",    "column.detectable", "column.four_fifths", NULL};
    if (!any_evaluation(page, has_contrast) && !any_evaluation(page, has_groups_off))
        return;
    html_heading(page, "h3", "contrast.heading");
    if (any_evaluation(page, has_contrast)) {
        page_say(page, "p", "contrast.intro", NULL);
        page_table_open(page, texts_get(page->texts, "contrast.caption"), "cards wide");
        page_table_head(page, columns);
        model_visit_evaluations(page->results, contrast_rows, page);
        page_table_close(page);
    }
    if (any_evaluation(page, has_groups_off))
        page_say(page, "p", "contrast.groups_off", NULL);
}

/* ---- protocols side by side */

static bool has_protocols(const json_t *evaluation)
{
    return model_count(evaluation, "protocols") > 0;
}

static void figures_cell(Page *page, const json_t *row)
{
    page_cell_open(page, "column.figures", "num");
    const char *name;
    json_t *value;
    bool any = false;
    json_object_foreach((json_t *)model_get(row, "figures"), name, value)
    {
        g_autofree char *number =
            texts_significant(page->texts, json_is_number(value) ? json_number_value(value) : (double)NAN, 3);
        g_autofree char *line = texts_format(page->texts, "results.counter", "name",
                                             texts_word(page->texts, "figure", name), "value", number, NULL);
        if (any)
            page_void(page, "br", NULL);
        page_text(page, line);
        any = true;
    }
    if (!any)
        page_text(page, "—");
    page_close(page);
}

static void parameters_line(Page *page, const json_t *row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)model_get(row, "parameters"), name, value)
    {
        if (json_is_string(value))
            g_string_append_printf(text, "%s%s = %s", text->len > 0 ? ", " : "", name,
                                   json_string_value(value));
    }
    if (text->len == 0)
        return;
    page_void(page, "br", NULL);
    page_element(page, "span", text->str, "class", "minor", NULL);
}

static void protocol_rows(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    if (!has_protocols(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    const char *id = model_string(scenario, "protocol.id");
    page_cell(page, "column.protocol", "", id != NULL ? id : "eval-1");
    count_cell(page, "column.hits", evaluation, "counts.hits");
    count_cell(page, "column.misses", evaluation, "counts.misses");
    count_cell(page, "column.false", evaluation, "counts.false_strict");
    page_cell(page, "column.figures", "num", "—");
    page_cell(page, "column.difference", "", texts_get(page->texts, "protocols.main"));
    page_close(page);
    for (size_t i = 0; i < model_count(evaluation, "protocols"); i++) {
        const json_t *row = model_member(evaluation, "protocols", i);
        page_open(page, "tr", NULL);
        html_evaluation_cell(page, scenario, evaluation);
        page_cell_open(page, "column.protocol", "");
        page_text(page, model_string(row, "id"));
        parameters_line(page, row);
        if (g_strcmp0(model_string(row, "unit"), "segment") == 0) {
            page_void(page, "br", NULL);
            page_element(page, "span", texts_get(page->texts, "protocols.segments"), "class", "minor", NULL);
        }
        page_close(page);
        count_cell(page, "column.hits", row, "detections");
        count_cell(page, "column.misses", row, "misses");
        count_cell(page, "column.false", row, "false_alarms");
        figures_cell(page, row);
        page_cell_open(page, "column.difference", "");
        page_localized(page, model_get(row, "sentence"));
        page_close_many(page, 2);
    }
}

static void write_protocols(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation", "column.protocol", "column.hits",       "column.misses",
        "column.false",      "column.figures",  "column.difference", NULL};
    html_heading(page, "h3", "protocols.heading");
    if (!any_evaluation(page, has_protocols)) {
        page_say(page, "p", "protocols.none", NULL);
        return;
    }
    page_say(page, "p", "protocols.intro", NULL);
    page_table_open(page, texts_get(page->texts, "protocols.caption"), "cards wide");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, protocol_rows, page);
    page_table_close(page);
}

/* ---- kinds of errors and time */

static bool has_alerts(const json_t *evaluation)
{
    return model_integer(evaluation, "error_classes.alerts", 0) > 0;
}

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
    if (!has_alerts(evaluation))
        return;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    count_cell(page, "column.correct", classes, "correct");
    count_cell(page, "column.deletions", classes, "deletions");
    count_cell(page, "column.insertions", classes, "insertions");
    two_cell(page, "column.fragmented", "classes.fragmented", model_integer(classes, "fragmented", 0),
             model_integer(classes, "fragments", 0));
    two_cell(page, "column.merged", "classes.merged", model_integer(classes, "merged", 0),
             model_integer(classes, "merging", 0));
    count_cell(page, "column.overfilled", classes, "overfilled");
    count_cell(page, "column.underfilled", classes, "underfilled");
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
    if (!any_evaluation(page, has_alerts))
        return;
    html_heading(page, "h3", "classes.heading");
    page_say(page, "p", "classes.intro", NULL);
    page_table_open(page, texts_get(page->texts, "classes.caption"), "cards wide");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, class_row, page);
    page_table_close(page);
}

/* ---- load */

static bool has_network(const json_t *evaluation)
{
    return model_get(evaluation, "alert_load.network") != NULL &&
           g_strcmp0(model_string(evaluation, "system_kind"), "null") != 0;
}

static void interval_cell(Page *page, const char *column, const json_t *numbers)
{
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, model_number(numbers, "value"), model_number(numbers, "low"),
                   model_number(numbers, "high"), false, &text);
    page_cell(page, column, "num", text.both != NULL ? text.both : "—");
}

static void load_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    const json_t *network = model_get(evaluation, "alert_load.network");
    if (!has_network(evaluation))
        return;
    g_autofree char *hours = texts_significant(page->texts, model_number(network, "hours_per_day"), 3);
    g_autofree char *operators = model_get(network, "operators") != NULL
                                     ? texts_integer(page->texts, model_integer(network, "operators", 0))
                                     : g_strdup("—");
    g_autofree char *cameras = texts_integer(page->texts, model_integer(network, "cameras", 0));
    g_autofree char *words = texts_format(page->texts, "load.network", "cameras", cameras, "hours", hours,
                                          "operators", operators, NULL);
    g_autofree char *right = texts_significant(page->texts, model_number(network, "true_alerts_per_day"), 3);
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell_open(page, "column.network", "");
    page_text(page, words);
    page_void(page, "br", NULL);
    page_element(page, "span", model_string(network, "source"), "class", "minor", NULL);
    page_close(page);
    interval_cell(page, "column.network_false", model_get(network, "false_alerts_per_day"));
    page_cell_open(page, "column.network_true", "num");
    page_text(page, right);
    if (isnan(model_number(network, "true_alerts_per_day"))) {
        page_void(page, "br", NULL);
        page_element(page, "span", texts_get(page->texts, "reason.no_prevalence"), "class", "minor", NULL);
    }
    page_close(page);
    interval_cell(page, "column.operator_hour", model_get(network, "false_alerts_per_operator_hour"));
    interval_cell(page, "column.operator_shift", model_get(network, "false_alerts_per_operator_shift"));
    page_close(page);
}

void html_write_load(Page *page)
{
    static const char *const columns[] = {"column.evaluation",
                                          "column.network",
                                          "column.network_false",
                                          "column.network_true",
                                          "column.operator_hour",
                                          "column.operator_shift",
                                          NULL};
    if (!any_evaluation(page, has_network))
        return;
    html_heading(page, "h3", "load.heading");
    page_say(page, "p", "load.intro", NULL);
    page_table_open(page, texts_get(page->texts, "load.caption"), "cards wide");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, load_row, page);
    page_table_close(page);
}

/* ---- clusters */

static void plain_interval_cell(Page *page, const char *column, const json_t *interval)
{
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, (double)NAN, model_number(interval, "low"), model_number(interval, "high"),
                   false, &text);
    page_cell(page, column, "num", text.interval != NULL ? text.interval : "—");
}

static void cluster_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    if (!has_alerts(evaluation))
        return;
    const json_t *clusters = model_get(evaluation, "clusters");
    g_autofree char *phi = texts_significant(page->texts, model_number(clusters, "overdispersion"), 3);
    g_autofree char *p = texts_p(page->texts, model_number(clusters, "overdispersion_p"));
    g_autofree char *effect = texts_significant(page->texts, model_number(clusters, "design_effect"), 3);
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    count_cell(page, "column.cameras", clusters, "cameras");
    plain_interval_cell(page, "column.exact",
                        model_get(evaluation, "rates.false_alerts_per_camera_hour.interval"));
    plain_interval_cell(page, "column.clustered", model_get(clusters, "bootstrap.percentile"));
    plain_interval_cell(page, "column.bca", model_get(clusters, "bootstrap.bca"));
    page_cell(page, "column.overdispersion", "num", phi);
    page_cell(page, "column.overdispersion_p", "num", p);
    page_cell(page, "column.design_effect", "num", effect);
    page_close(page);
}

static bool has_cluster_table(const json_t *evaluation)
{
    return has_alerts(evaluation) && model_count(evaluation, "clusters.table") > 1;
}

static void camera_rows(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    for (size_t i = 0; has_cluster_table(evaluation) && i < model_count(evaluation, "clusters.table"); i++) {
        const json_t *camera = model_member(evaluation, "clusters.table", i);
        page_open(page, "tr", NULL);
        html_evaluation_cell(page, scenario, evaluation);
        page_cell(page, "column.camera", "", model_string(camera, "camera"));
        html_rate_cell(page, "column.false_rate", model_get(camera, "false_alerts_per_camera_hour"));
        html_rate_cell(page, "column.p_miss", model_get(camera, "p_miss"));
        page_close(page);
    }
}

static void write_clusters(Page *page)
{
    static const char *const columns[] = {
        "column.evaluation",       "column.cameras",       "column.exact",
        "column.clustered",        "column.bca",           "column.overdispersion",
        "column.overdispersion_p", "column.design_effect", NULL};
    static const char *const cameras[] = {"column.evaluation", "column.camera", "column.false_rate",
                                          "column.p_miss", NULL};
    if (!any_evaluation(page, has_alerts))
        return;
    html_heading(page, "h3", "clusters.heading");
    page_say(page, "p", "clusters.intro", NULL);
    page_table_open(page, texts_get(page->texts, "clusters.caption"), "cards wide");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, cluster_row, page);
    page_table_close(page);
    if (!any_evaluation(page, has_cluster_table))
        return;
    page_say(page, "p", "clusters.few", NULL);
    page_table_open(page, texts_get(page->texts, "clusters.table"), "cards");
    page_table_head(page, cameras);
    model_visit_evaluations(page->results, camera_rows, page);
    page_table_close(page);
}

/* ---- curves */

static bool has_curve(const json_t *evaluation)
{
    return model_count(evaluation, "curve.points") > 0;
}

static void curve_part(const json_t *scenario, const json_t *evaluation, void *user)
{
    if (has_alerts(evaluation))
        html_curve(user, scenario, evaluation);
}

static void write_curves(Page *page)
{
    html_heading(page, "h3", "curve.heading");
    if (!any_evaluation(page, has_curve)) {
        page_say(page, "p", "curve.nowhere", NULL);
        return;
    }
    page_say(page, "p", "curve.intro", NULL);
    model_visit_evaluations(page->results, curve_part, page);
}

void html_write_analysis(Page *page)
{
    html_section_open(page, "analysis");
    page_say(page, "p", "analysis.intro", NULL);
    html_write_measures(page);
    write_classes(page);
    write_clusters(page);
    write_contrasts(page);
    write_curves(page);
    write_protocols(page);
    html_section_close(page);
}
