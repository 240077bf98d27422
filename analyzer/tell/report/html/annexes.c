/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to repeat it, hashes, glossary. */
#include "report/html/sections.h"

static void hash_row(Page *page, const char *kind, const char *name, const char *hash)
{
    page_open(page, "tr", NULL);
    page_cell(page, "column.input_kind", "head", texts_get(page->texts, kind));
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
    static const char *const columns[] = {"column.input_kind", "column.name", "column.hash", NULL};
    const ResultsAudit *audit = &page->results->audit;
    page_table_open(page, texts_get(page->texts, "repeat.caption"), "cards");
    page_table_head(page, columns);
    if (audit->file != NULL)
        hash_row(page, "repeat.audit", audit->file, audit->sha256);
    for (size_t i = 0; i < page->results->scenarios.count; i++) {
        const ResultsScenario *scenario = &page->results->scenarios.at[i];
        hash_row(page, "repeat.scenario", scenario->file != NULL ? scenario->file : scenario->id,
                 scenario->sha256);
    }
    for (size_t i = 0; i < page->results->datasets.count; i++) {
        const ResultsDataset *dataset = &page->results->datasets.at[i];
        hash_row(page, "repeat.dataset", dataset->id, dataset->sha256);
    }
    /* Audit, scenarios and data sets stand above, under their names. */
    for (size_t i = 0; i < page->results->inputs.count; i++) {
        const ResultsInput *input = &page->results->inputs.at[i];
        const char *kind = input->kind;
        static const char *const shown[] = {"truth", "validations", "alerts",    "origin",
                                            "table", "map",         "catalogue", NULL};
        if (kind == NULL || !g_strv_contains(shown, kind))
            continue;
        g_autofree char *label = g_strdup_printf("repeat.%s", kind);
        hash_row(page, label, input->file, input->sha256);
    }
    for (size_t i = 0; i < page->results->audit.files.count; i++) {
        const ResultsRoleFile *file = &page->results->audit.files.at[i];
        hash_row(page, "repeat.evidence", file->path, file->sha256);
    }
    for (size_t i = 0; i < page->results->clips.count; i++) {
        const ResultsClip *clip = &page->results->clips.at[i];
        g_autofree char *name = page_clip_name(page, clip->dataset, clip->clip);
        for (size_t f = 0; f < clip->files.count; f++) {
            const ResultsClipFile *file = &clip->files.at[f];
            g_autofree char *base = g_path_get_basename(file->file);
            g_autofree char *one = g_strdup_printf("%s, %s", name, base);
            hash_row(page, "repeat.clip", one, file->sha256);
        }
        if (clip->files.count == 0)
            hash_row(page, "repeat.clip", name, clip->file_sha256);
    }
    page_table_close(page);
}

/* The files that the command took. */
static char *command_files(const Page *page)
{
    const char *audit = page->results->audit.file;
    if (audit != NULL)
        return g_shell_quote(audit);
    g_autoptr(GString) files = g_string_new(NULL);
    for (size_t i = 0; i < page->results->scenarios.count; i++) {
        const char *file = page->results->scenarios.at[i].file;
        g_autofree char *quoted = g_shell_quote(file != NULL ? file : "scenario.yaml");
        g_string_append_printf(files, "%s%s", i > 0 ? " " : "", quoted);
    }
    return g_strdup(files->str);
}

static void write_commands(Page *page)
{
    g_autofree char *files = command_files(page);
    g_autofree char *lines = g_strdup_printf("vsaudit check %s\n"
                                             "vsaudit run %s -o again        # %s vsaudit score %s -o again\n"
                                             "cmp results.json again/results.json\n",
                                             files, files, texts_get(page->texts, "repeat.or"), files);
    page_open(page, "pre", "tabindex", "0", NULL);
    page_element(page, "code", lines, "lang", "en", NULL);
    page_close(page);
}

/* ---- what other texts ask, and where the report has it */

/* Our figure that answers to it and its place in results.json; "not covered" where no section speaks of it.
 */
static void write_figure(Page *page, const ResultsRequirement *requirement)
{
    const bool figure = texts_pick(page->texts, requirement->figure, NULL) != NULL;
    page_cell_open(page, "column.our_figure", "");
    if (requirement->sections.count == 0)
        page_say(page, "strong", "mapping.nowhere", NULL);
    else if (figure)
        page_localized(page, requirement->figure);
    else
        page_text(page, "—");
    for (size_t i = 0; i < requirement->fields.count; i++) {
        page_void(page, "br", NULL);
        page_element(page, "code", requirement->fields.at[i], "class", "minor", NULL);
    }
    if (texts_pick(page->texts, requirement->note, NULL) != NULL) {
        page_void(page, "br", NULL);
        page_open(page, "span", "class", "minor", NULL);
        page_localized(page, requirement->note);
        page_close(page);
    }
    page_close(page);
}

static void write_requirement(Page *page, const ResultsRequirement *requirement)
{
    const char *article = requirement->article;
    page_open(page, "tr", NULL);
    page_cell_open(page, "column.asks", "head");
    if (article != NULL) {
        page_text(page, article);
        page_text(page, " · ");
    }
    page_localized(page, requirement->asks);
    page_close(page);
    write_figure(page, requirement);
    page_cell_open(page, "column.where", "");
    for (size_t i = 0; i < requirement->sections.count; i++) {
        const char *id = requirement->sections.at[i];
        g_autofree char *name = html_section_name(page, id);
        g_autofree char *target = g_strconcat("#", id, NULL);
        if (name == NULL)
            continue;
        if (i > 0)
            page_text(page, " · ");
        page_element(page, "a", name, "href", target, NULL);
    }
    if (requirement->sections.count == 0)
        page_text(page, "—");
    page_close_many(page, 2);
}

static void write_correspondences(Page *page)
{
    static const char *const columns[] = {"column.asks", "column.our_figure", "column.where", NULL};
    const size_t count = page->catalogue->correspondences.count;
    html_heading(page, "h3", "mapping.heading");
    page_say(page, "p", "mapping.intro", "warning");
    for (size_t i = 0; i < count; i++) {
        const ResultsCorrespondence *text = &page->catalogue->correspondences.at[i];
        const char *title = texts_pick(page->texts, text->title, NULL);
        g_autofree char *caption = texts_typography(page->texts, title != NULL ? title : "—");
        page_table_open(page, caption, "cards mapping");
        page_table_head(page, columns);
        for (size_t j = 0; j < text->requirements.count; j++)
            write_requirement(page, &text->requirements.at[j]);
        page_table_close(page);
        page_open(page, "p", "class", "minor", NULL);
        const ResultsLegalPlace *place = &text->place;
        g_autofree char *read = html_law_provenance(page, place);
        g_autofree char *line = texts_format(page->texts, "mapping.source", "source",
                                             place->source != NULL ? place->source : "—", "mark", read, NULL);
        if (place->binding != NULL) {
            g_autofree char *force = html_law_force(page, place);
            page_text(page, force);
            page_text(page, ". ");
        }
        page_text(page, line);
        page_text(page, " ");
        page_localized(page, text->note);
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
    g_autofree char *how =
        texts_format(page->texts, page->results->audit.file != NULL ? "repeat.how" : "repeat.how_no_audit",
                     "version", page->results->program.version, "schema", page->results->schema, NULL);
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
