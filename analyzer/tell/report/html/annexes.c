/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 18: how to repeat it, hashes, glossary. */
#include "report/html/sections.h"

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
        static const char *const shown[] = {"truth", "validations", "alerts", "catalogue", NULL};
        if (kind == NULL || !g_strv_contains(shown, kind))
            continue;
        g_autofree char *label = g_strdup_printf("repeat.%s", kind);
        hash_row(page, label, model_string(input, "file"), model_string(input, "sha256"));
    }
    for (size_t i = 0; i < model_count(page->results, "audit.files"); i++) {
        const json_t *file = model_member(page->results, "audit.files", i);
        hash_row(page, "repeat.evidence", model_string(file, "path"), model_string(file, "sha256"));
    }
    for (size_t i = 0; i < model_count(page->results, "clips"); i++) {
        const json_t *clip = model_member(page->results, "clips", i);
        g_autofree char *name =
            page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
        for (size_t f = 0; f < model_count(clip, "files"); f++) {
            const json_t *file = model_member(clip, "files", f);
            g_autofree char *base = g_path_get_basename(model_string(file, "file"));
            g_autofree char *one = g_strdup_printf("%s, %s", name, base);
            hash_row(page, "repeat.clip", one, model_string(file, "sha256"));
        }
        if (model_count(clip, "files") == 0)
            hash_row(page, "repeat.clip", name, model_string(clip, "file_sha256"));
    }
    page_table_close(page);
}

/* The files that the command took. */
static char *command_files(const Page *page)
{
    const char *audit = model_string(page->results, "audit.file");
    if (audit != NULL)
        return g_shell_quote(audit);
    g_autoptr(GString) files = g_string_new(NULL);
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++) {
        const char *file = model_string(model_member(page->results, "scenarios", i), "file");
        g_autofree char *quoted = g_shell_quote(file != NULL ? file : "scenario.yaml");
        g_string_append_printf(files, "%s%s", i > 0 ? " " : "", quoted);
    }
    return g_strdup(files->str);
}

static void write_commands(Page *page)
{
    g_autofree char *files = command_files(page);
    g_autofree char *lines =
        g_strdup_printf("vsaudit check %s\n"
                        "vsaudit run %s -o again        # or: vsaudit score %s -o again\n"
                        "cmp results.json again/results.json\n",
                        files, files, files);
    page_open(page, "pre", "tabindex", "0", NULL);
    page_element(page, "code", lines, "lang", "en", NULL);
    page_close(page);
}

/* ---- what other texts ask, and where the report has it */

static void write_requirement(Page *page, const json_t *requirement)
{
    const char *article = model_string(requirement, "article");
    page_open(page, "tr", NULL);
    page_cell_open(page, "column.asks", "head");
    if (article != NULL) {
        page_text(page, article);
        page_text(page, " · ");
    }
    page_localized(page, model_get(requirement, "asks"));
    page_close(page);
    page_cell_open(page, "column.where", "");
    const size_t count = model_count(requirement, "sections");
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(model_member(requirement, "sections", i));
        const int number = id != NULL ? html_section_number(id) : 0;
        if (number == 0)
            continue;
        g_autofree char *target = g_strconcat("#", id, NULL);
        g_autofree char *key = g_strconcat("section.", id, NULL);
        g_autofree char *name = g_strdup_printf("%d. %s", number, texts_get(page->texts, key));
        if (i > 0)
            page_text(page, " · ");
        page_element(page, "a", name, "href", target, NULL);
    }
    if (count == 0)
        page_say(page, "span", "mapping.nowhere", NULL);
    if (texts_pick(page->texts, model_get(requirement, "note"), NULL) != NULL) {
        page_void(page, "br", NULL);
        page_open(page, "span", "class", "minor", NULL);
        page_localized(page, model_get(requirement, "note"));
        page_close(page);
    }
    page_close_many(page, 2);
}

static void write_correspondences(Page *page)
{
    static const char *const columns[] = {"column.asks", "column.where", NULL};
    const size_t count = model_count(page->catalogue, "correspondences");
    html_heading(page, "h3", "mapping.heading");
    page_say(page, "p", "mapping.intro", "warning");
    for (size_t i = 0; i < count; i++) {
        const json_t *text = model_member(page->catalogue, "correspondences", i);
        const char *title = texts_pick(page->texts, model_get(text, "title"), NULL),
                   *source = model_string(text, "source"), *mark = model_string(text, "mark");
        g_autofree char *caption = texts_typography(page->texts, title != NULL ? title : "—");
        page_table_open(page, caption, "cards mapping");
        page_table_head(page, columns);
        for (size_t j = 0; j < model_count(text, "requirements"); j++)
            write_requirement(page, model_member(text, "requirements", j));
        page_table_close(page);
        page_open(page, "p", "class", "minor", NULL);
        g_autofree char *line =
            texts_format(page->texts, "mapping.source", "source", source != NULL ? source : "—", "mark",
                         texts_word(page->texts, "law.mark", mark != NULL ? mark : "unverified"), NULL);
        page_text(page, line);
        page_text(page, " ");
        page_localized(page, model_get(text, "note"));
        page_close(page);
    }
    if (count == 0)
        page_say(page, "p", "mapping.none", NULL);
}

void html_write_annexes(Page *page)
{
    static const char *const terms[] = {
        "event",         "alert",     "false_alert", "miss",  "duplicate", "camera_hour", "interval",
        "p_miss",        "precision", "prevalence",  "claim", "verdict",   "no_score",    "latency",
        "hard_negative", "condition", "protocol",    "lock",  "seed",      "hash",        NULL};
    html_section_open(page, "annexes");
    html_heading(page, "h3", "repeat.heading");
    g_autofree char *how = texts_format(
        page->texts, model_string(page->results, "audit.file") != NULL ? "repeat.how" : "repeat.how_no_audit",
        "version", model_string(page->results, "program.version"), "schema",
        model_string(page->results, "schema"), NULL);
    page_element(page, "p", how, NULL);
    write_commands(page);
    write_hashes(page);
    write_correspondences(page);
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
