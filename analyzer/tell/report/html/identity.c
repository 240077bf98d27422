/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who audits what for whom; the system under audit. */
#include "report/html/sections.h"

static void write_line(Page *page, const char *text, bool *any)
{
    if (*any)
        page_void(page, "br", NULL);
    page_text(page, text);
    *any = true;
}

/* The network, by name and hash, and how it is read; true when there is one. */
static bool write_detector(Page *page, const ResultsDetector *detector, bool any)
{
    static const char *const read_by[] = {"layout", "detector_size", "confidence", "nms", "width", "rate"};
    if (detector->json == NULL)
        return false;
    g_autofree char *model = texts_format(page->texts, "detector.model", "file", detector->model, "sha256",
                                          detector->sha256, NULL);
    write_line(page, model, &any);
    g_autofree char *labels = texts_format(page->texts, "detector.labels", "file", detector->labels, "sha256",
                                           detector->labels_sha256, NULL);
    write_line(page, detector->labels != NULL ? labels : texts_get(page->texts, "detector.coco"), &any);
    for (size_t i = 0; i < G_N_ELEMENTS(read_by); i++) {
        g_autofree char *value = html_parameter_text(page, json_object_get(detector->settings, read_by[i]));
        g_autofree char *line =
            texts_format(page->texts, "engine.setting", "name", read_by[i], "value", value, NULL);
        write_line(page, line, &any);
    }
    return true;
}

static void write_parameters(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Page *page = user;
    if (page_is_control(evaluation))
        return; /* it has no settings */
    if (evaluation->engine.json != NULL) {
        html_write_engine(page, scenario, evaluation);
        return;
    }
    const json_t *parameters = evaluation->parameters;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell(page, "column.system_kind", "",
              texts_word(page->texts, "system_kind", evaluation->system_kind));
    page_cell_open(page, "column.parameters", "settings");
    const char *key;
    json_t *value;
    bool any = false;
    json_object_foreach((json_t *)parameters, key, value)
    {
        g_autofree char *text = html_parameter_text(page, value);
        const char *words = texts_find_word(page->texts, "option", key);
        if (any)
            page_void(page, "br", NULL);
        g_autofree char *line = texts_format(page->texts, "identity.setting_line", "name",
                                             words != NULL ? words : key, "value", text, NULL);
        page_text(page, line);
        if (words != NULL) {
            page_text(page, " ");
            page_element(page, "code", key, "class", "minor", NULL);
        }
        any = true;
    }
    any = write_detector(page, &evaluation->detector, any) || any;
    if (!any)
        page_text(page, "—");
    page_close_many(page, 2);
}

static void write_statements(Page *page, const char *caption, const ResultsStatements *statements,
                             const char *const *keys)
{
    page_table_open(page, texts_get(page->texts, caption), "pairs");
    page_open(page, "tbody", NULL);
    for (size_t i = 0; keys[i] != NULL; i++)
        html_statement_row(page, texts_word(page->texts, "identity", keys[i]),
                           results_find_statement(statements, keys[i]));
    for (size_t i = 0; i < statements->count; i++) {
        const char *key = statements->keys[i];
        if (!g_strv_contains(keys, key))
            html_statement_row(page, texts_word(page->texts, "identity", key), &statements->at[i]);
    }
    page_table_close(page);
}

void html_write_identity(Page *page)
{
    static const char *const keys[] = {"commissioner", "funder",      "operator", "controller",    "dates",
                                       "legal_basis",  "place",       "cameras",  "circumstances", "cost",
                                       "interests",    "publication", NULL};
    html_section_open(page, "identity");
    if (results_true(page->results->synthetic))
        page_say(page, "p", "banner.synthetic", "warning");
    if (page->results->audit.summary != NULL) {
        page_open(page, "p", "class", "lead", NULL);
        page_localized(page, page->results->audit.summary);
        page_close(page);
    }
    html_write_lock(page);
    g_autofree char *finished = html_run_date(page);
    page_element(page, "p", finished, NULL);
    write_statements(page, "identity.caption", &page->results->audit.identity, keys);
    html_write_interests(page);
    html_section_close(page);
}

void html_write_system(Page *page)
{
    static const char *const keys[] = {"vendor",   "product",  "version", "models",      "thresholds",
                                       "settings", "hardware", "hashes",  "calibration", NULL};
    static const char *const columns[] = {"column.evaluation", "column.system_kind", "column.parameters",
                                          NULL};
    html_section_open(page, "system");
    write_statements(page, "identity.system_caption", &page->results->audit.system, keys);
    html_heading(page, "h3", "identity.systems");
    html_evaluations_table(page, "identity.systems_caption", "cards", columns, write_parameters);
    html_write_imports(page);
    html_write_sandbox(page);
    html_section_close(page);
}
