/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 18: how to repeat it, hashes, glossary. */
#include "report/html_sections.h"

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
