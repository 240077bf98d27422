/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the table of systems: one that ran, by its own word and by what it was. A line for each thing. */
#include "report/html/sections.h"

typedef struct {
    Page *page;
    bool any;
} Lines;

static void write_line(Lines *lines, const char *text)
{
    if (lines->any)
        page_void(lines->page, "br", NULL);
    page_text(lines->page, text);
    lines->any = true;
}

static void write_text(Lines *lines, const char *key)
{
    write_line(lines, texts_get(lines->page->texts, key));
}

static void write_name(Lines *lines, const ResultsEngine *engine)
{
    if (engine->name == NULL)
        return;
    g_autofree char *line =
        engine->version != NULL
            ? texts_format(lines->page->texts, "engine.versioned", "name", engine->name, "version",
                           engine->version, NULL)
            : texts_format(lines->page->texts, "engine.named", "name", engine->name, NULL);
    write_line(lines, line);
}

static void write_command(Lines *lines, const ResultsEngine *engine)
{
    const Texts *texts = lines->page->texts;
    g_autoptr(GString) words = g_string_new(NULL);
    for (size_t i = 0; i < engine->command.count; i++)
        g_string_append_printf(words, "%s%s", i > 0 ? " " : "", engine->command.at[i]);
    g_autofree char *line = texts_format(texts, "engine.command", "command", words->str, NULL);
    if (engine->command.count > 0)
        write_line(lines, line);
    else
        write_text(lines, "live.no_command");
    for (size_t i = 0; i < engine->files.count; i++) {
        const ResultsEngineFile *file = &engine->files.at[i];
        g_autofree char *hash =
            texts_format(texts, "engine.file", "file", file->file, "sha256", file->sha256, NULL);
        write_line(lines, hash);
    }
}

static void write_settings(Lines *lines, const json_t *settings)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)settings, name, value)
    {
        g_autofree char *written = json_is_string(value) ? g_strdup(json_string_value(value))
                                                         : html_parameter_text(lines->page, value);
        g_autofree char *line =
            texts_format(lines->page->texts, "engine.setting", "name", name, "value", written, NULL);
        write_line(lines, line);
    }
}

static void write_pace(Lines *lines, const ResultsEngine *engine)
{
    const Texts *texts = lines->page->texts;
    if (g_strcmp0(engine->starts, "run") == 0)
        write_text(lines, "engine.starts.run");
    if (g_strcmp0(engine->gives, "observations") == 0)
        write_text(lines, "engine.observes");
    if (engine->input != NULL) {
        write_text(lines, "engine.path");
        return;
    }
    g_autofree char *queue = engine->queue >= 0 ? texts_integer(texts, engine->queue) : NULL;
    g_autofree char *key = g_strdup_printf("engine.pace.%s", engine->pace);
    g_autofree char *line = texts_format(texts, key, "queue", queue != NULL ? queue : "", NULL);
    write_line(lines, line);
    write_text(lines, "engine.clock");
}

static void write_refused(Lines *lines, const ResultsEngine *engine)
{
    if (engine->network_refused <= 0)
        return;
    g_autofree char *refused =
        texts_count(lines->page->texts, "engine.network_refused", engine->network_refused, NULL);
    write_line(lines, refused);
}

static void write_restarts(Lines *lines, const ResultsEngine *engine)
{
    g_autofree char *restarts = texts_integer(lines->page->texts, engine->restarts);
    g_autofree char *again = texts_format(lines->page->texts, "engine.restarted", "n", restarts, NULL);
    if (engine->restarts > 0)
        write_line(lines, again);
}

static void write_shown(Lines *lines, const ResultsEngine *engine)
{
    const Texts *texts = lines->page->texts;
    if (engine->name == NULL)
        return;
    if (engine->input != NULL) {
        write_restarts(lines, engine);
        return;
    }
    g_autofree char *pictures = texts_integer(texts, engine->pictures),
                    *width = g_strdup_printf("%d", (int)engine->width),
                    *height = g_strdup_printf("%d", (int)engine->height),
                    *dropped = texts_integer(texts, engine->dropped),
                    *all = texts_integer(texts, engine->pictures + engine->dropped);
    g_autofree char *line =
        texts_format(texts, "engine.shown", "pictures", pictures, "width", width, "height", height, NULL);
    write_line(lines, line);
    write_restarts(lines, engine);
    if (engine->dropped <= 0)
        return;
    g_autofree char *lost = texts_format(texts, "engine.dropped", "dropped", dropped, "all", all, NULL);
    write_line(lines, lost);
}

static void write_notes(Lines *lines, const char *key, const ResultsEngineNote *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *line =
            texts_format(lines->page->texts, key, "clip", notes[i].clip, "text", notes[i].text, NULL);
        write_line(lines, line);
    }
}

void html_write_engine(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation)
{
    const ResultsEngine *engine = &evaluation->engine;
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    page_cell(page, "column.system_kind", "",
              texts_word(page->texts, "system_kind", evaluation->system_kind));
    page_cell_open(page, "column.parameters", "settings");
    Lines lines = {page, false};
    const bool live = engine->live.json != NULL;
    if (!live)
        write_name(&lines, engine);
    write_settings(&lines, engine->settings);
    write_command(&lines, engine);
    if (live) {
        html_write_engine_live(page, &engine->live, engine->pictures);
        write_restarts(&lines, engine);
    } else {
        write_pace(&lines, engine);
        write_shown(&lines, engine);
        write_refused(&lines, engine);
    }
    write_notes(&lines, "engine.failure", engine->failures.at, engine->failures.count);
    write_notes(&lines, "engine.remark", engine->remarks.at, engine->remarks.count);
    page_close_many(page, 2);
}
