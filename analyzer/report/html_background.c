/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong and what is missing, what the public was told, who is behind the audit, how to repeat it.
 */
#include "report/html_sections.h"

#include <string.h>

/* ---- incidents and limits */

static bool job_failed(const json_t *condition)
{
    const char *status = model_string(condition, "status");
    return status != NULL && strcmp(status, "done") != 0;
}

static void write_failed_jobs(Page *page)
{
    static const char *const columns[] = {"column.clip", "column.condition", "column.status", "column.reason",
                                          NULL};
    size_t failed = 0;
    for (size_t i = 0; i < model_count(page->results, "clips"); i++) {
        const json_t *clip = model_member(page->results, "clips", i);
        for (size_t j = 0; j < model_count(clip, "conditions"); j++)
            failed += job_failed(model_member(clip, "conditions", j));
    }
    html_heading(page, "h3", "incidents.heading");
    if (failed == 0) {
        page_say(page, "p", "incidents.none", NULL);
        return;
    }
    page_table_open(page, texts_get(page->texts, "incidents.caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < model_count(page->results, "clips"); i++) {
        const json_t *clip = model_member(page->results, "clips", i);
        for (size_t j = 0; j < model_count(clip, "conditions"); j++) {
            const json_t *condition = model_member(clip, "conditions", j);
            if (!job_failed(condition))
                continue;
            g_autofree char *name =
                page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
            page_open(page, "tr", NULL);
            page_cell(page, "column.clip", "head", name);
            page_cell(page, "column.condition", "",
                      texts_word(page->texts, "condition", model_string(condition, "condition")));
            page_cell(page, "column.status", "",
                      texts_word(page->texts, "status", model_string(condition, "status")));
            page_cell_open(page, "column.reason", "");
            /* The program's own sentence is English. */
            if (json_is_string(model_get(condition, "reason"))) {
                page_say(page, "span", "incidents.message", "minor");
                page_text(page, " ");
                page_element(page, "span", model_string(condition, "reason"), "lang", "en", NULL);
            } else if (model_get(condition, "reason") != NULL) {
                page_localized(page, model_get(condition, "reason"));
            } else {
                page_text(page, "—");
            }
            page_close_many(page, 2);
        }
    }
    page_table_close(page);
}

static void write_worst_case(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    const json_t *sentence = model_get(evaluation, "worst_case.sentence");
    if (sentence == NULL)
        return;
    g_autofree char *name = page_evaluation_name(page, scenario, evaluation);
    page_open(page, "p", NULL);
    page_element(page, "strong", name, NULL);
    page_text(page, strcmp(texts_language(page->texts), "fr") == 0 ? "\u202f: " : ": ");
    page_localized(page, sentence);
    page_close(page);
}

static void localized_list(Page *page, const char *path)
{
    page_open(page, "ul", NULL);
    for (size_t i = 0; i < model_count(page->results, path); i++) {
        page_open(page, "li", NULL);
        page_localized(page, model_member(page->results, path, i));
        page_close(page);
    }
    page_close(page);
}

void html_write_incidents(Page *page)
{
    static const char *const always[] = {"limits.replay", "limits.labels", "limits.fairness",
                                         "limits.operator", "limits.lawful"};
    html_section_open(page, "incidents");
    write_failed_jobs(page);
    model_visit_evaluations(page->results, write_worst_case, page);
    html_heading(page, "h3", "limits.heading");
    if (model_count(page->results, "limits") > 0)
        localized_list(page, "limits");
    html_heading(page, "h3", "limits.not_tested");
    page_open(page, "ul", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        page_say(page, "li", always[i], NULL);
    page_close(page);
    html_section_close(page);
}

/* ---- public information */

static void public_row(Page *page, const char *label, const char *article, const json_t *value)
{
    page_open(page, "tr", NULL);
    page_cell(page, "column.item", "head", label);
    page_cell_open(page, "column.told", "");
    if (texts_pick(page->texts, value, NULL) != NULL)
        page_localized(page, value);
    else
        page_say(page, "strong", "public.not_communicated", "absent");
    page_close(page);
    page_cell(page, "column.article", "", article != NULL ? article : "—");
    page_close(page);
}

void html_write_public(Page *page)
{
    static const char *const columns[] = {"column.item", "column.told", "column.article", NULL};
    const json_t *told = model_get(page->results, "audit.public_information");
    html_section_open(page, "public");
    page_say(page, "p", "public.intro", NULL);
    page_table_open(page, texts_get(page->texts, "public.caption"), "cards");
    page_table_head(page, columns);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    size_t missing = 0, items = model_count(page->catalogue, "public_information");
    for (size_t i = 0; i < items; i++) {
        const json_t *item = model_member(page->catalogue, "public_information", i);
        const char *key = model_string(item, "key");
        const json_t *value = key != NULL ? json_object_get(told, key) : NULL;
        const char *label = texts_pick(page->texts, model_get(item, "title"), NULL);
        if (key == NULL || label == NULL)
            continue;
        g_hash_table_add(known, (char *)key);
        missing += texts_pick(page->texts, value, NULL) == NULL;
        public_row(page, label, model_string(item, "article"), value);
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)told, key, value)
    {
        if (!g_hash_table_contains(known, key))
            public_row(page, texts_word(page->texts, "public_item", key), NULL, value);
    }
    page_table_close(page);
    g_autofree char *of = texts_integer(page->texts, (int64_t)items);
    g_autofree char *sum = texts_count(page->texts, "public.missing", (int64_t)missing, "items", of, NULL);
    page_element(page, "p", sum, NULL);
    const char *date = model_string(page->catalogue, "state_of_law");
    g_autofree char *source = texts_format(page->texts, "public.source", "date", date, NULL);
    page_element(page, "p", source, "class", "minor", NULL);
    html_section_close(page);
}

/* ---- identity and systems */

static void write_parameters(const json_t *scenario, const json_t *evaluation, void *user)
{
    Page *page = user;
    if (page_is_control(evaluation))
        return; /* it has no settings */
    const json_t *parameters = model_get(evaluation, "parameters");
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell(page, "column.system_kind", "",
              texts_word(page->texts, "system_kind", model_string(evaluation, "system_kind")));
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
        g_autofree char *line = texts_format(page->texts, "identity.setting", "name",
                                             words != NULL ? words : key, "value", text, NULL);
        page_text(page, line);
        if (words != NULL) {
            page_text(page, " ");
            page_element(page, "code", key, "class", "minor", NULL);
        }
        any = true;
    }
    if (!any)
        page_text(page, "—");
    page_close_many(page, 2);
}

void html_write_identity(Page *page)
{
    static const char *const keys[] = {"commissioner", "funder",    "operator", "controller",  "vendor",
                                       "product",      "version",   "models",   "settings",    "hardware",
                                       "place",        "cameras",   "dates",    "legal_basis", "calibration",
                                       "cost",         "interests", NULL};
    static const char *const columns[] = {"column.evaluation", "column.system_kind", "column.parameters",
                                          NULL};
    const json_t *identity = model_get(page->results, "audit.identity");
    html_section_open(page, "identity");
    g_autofree char *finished = html_run_date(page);
    page_element(page, "p", finished, NULL);
    page_table_open(page, texts_get(page->texts, "identity.caption"), "pairs");
    page_open(page, "tbody", NULL);
    for (size_t i = 0; keys[i] != NULL; i++) {
        const char *text = texts_pick(page->texts, json_object_get(identity, keys[i]), NULL);
        page_pair(page, texts_word(page->texts, "identity", keys[i]),
                  text != NULL ? text : texts_get(page->texts, "not_stated"));
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)identity, key, value)
    {
        const char *text = texts_pick(page->texts, value, NULL);
        if (!g_strv_contains(keys, key) && text != NULL)
            page_pair(page, texts_word(page->texts, "identity", key), text);
    }
    page_table_close(page);
    html_heading(page, "h3", "identity.systems");
    page_table_open(page, texts_get(page->texts, "identity.systems_caption"), "cards");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, write_parameters, page);
    page_table_close(page);
    html_section_close(page);
}

/* ---- annexes */

static void hash_row(Page *page, const char *kind, const char *name, const char *hash)
{
    page_open(page, "tr", NULL);
    page_cell(page, "column.kind", "head", texts_get(page->texts, kind));
    page_cell(page, "column.name", "", name);
    page_cell_open(page, "column.hash", "");
    if (hash != NULL)
        page_element(page, "code", hash, "class", "hash", NULL);
    else
        page_say(page, "span", "repeat.no_hash", "minor");
    page_close_many(page, 2);
}

static void write_hashes(Page *page)
{
    static const char *const columns[] = {"column.kind", "column.name", "column.hash", NULL};
    const json_t *audit = model_get(page->results, "audit");
    page_table_open(page, texts_get(page->texts, "repeat.caption"), "cards");
    page_table_head(page, columns);
    if (model_string(audit, "file") != NULL)
        hash_row(page, "repeat.audit", model_string(audit, "file"), model_string(audit, "sha256"));
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++) {
        const json_t *scenario = model_member(page->results, "scenarios", i);
        hash_row(page, "repeat.scenario",
                 model_string(scenario, "file") != NULL ? model_string(scenario, "file")
                                                        : model_string(scenario, "id"),
                 model_string(scenario, "sha256"));
    }
    for (size_t i = 0; i < model_count(page->results, "datasets"); i++) {
        const json_t *dataset = model_member(page->results, "datasets", i);
        hash_row(page, "repeat.dataset", model_string(dataset, "id"), model_string(dataset, "sha256"));
    }
    /* Audit, scenarios and data sets stand above, under their names. */
    for (size_t i = 0; i < model_count(page->results, "inputs"); i++) {
        const json_t *input = model_member(page->results, "inputs", i);
        const char *kind = model_string(input, "kind");
        static const char *const shown[] = {"truth", "validations", "alerts", NULL};
        if (kind == NULL || !g_strv_contains(shown, kind))
            continue;
        g_autofree char *label = g_strdup_printf("repeat.%s", kind);
        hash_row(page, label, model_string(input, "file"), model_string(input, "sha256"));
    }
    for (size_t i = 0; i < model_count(page->results, "clips"); i++) {
        const json_t *clip = model_member(page->results, "clips", i);
        g_autofree char *name =
            page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
        hash_row(page, "repeat.clip", name, model_string(clip, "file_sha256"));
    }
    page_table_close(page);
}

void html_write_annexes(Page *page)
{
    static const char *const terms[] = {
        "event",    "alert",   "false_alert",   "miss",       "duplicate", "camera_hour",
        "interval", "p_miss",  "precision",     "prevalence", "claim",     "verdict",
        "no_score", "latency", "hard_negative", "condition",  NULL};
    html_section_open(page, "annexes");
    html_heading(page, "h3", "repeat.heading");
    g_autofree char *how = texts_format(
        page->texts, model_string(page->results, "audit.file") != NULL ? "repeat.how" : "repeat.how_no_audit",
        "version", model_string(page->results, "program.version"), "schema",
        model_string(page->results, "schema"), NULL);
    page_element(page, "p", how, NULL);
    write_hashes(page);
    html_heading(page, "h3", "glossary.heading");
    page_open(page, "dl", NULL);
    for (size_t i = 0; terms[i] != NULL; i++) {
        g_autofree char *term = g_strdup_printf("glossary.%s", terms[i]);
        g_autofree char *meaning = g_strdup_printf("glossary.%s.is", terms[i]);
        page_say(page, "dt", term, NULL);
        page_say(page, "dd", meaning, NULL);
    }
    page_close(page);
    html_section_close(page);
}
