/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was compared with what: scenario definitions, data sets and their quality, the protocol. */
#include "records/span.h"
#include "report/html_sections.h"

#include <math.h>
#include <string.h>

static void localized_pair(Page *page, const char *key, const json_t *text)
{
    page_open(page, "tr", NULL);
    page_element(page, "th", texts_get(page->texts, key), "scope", "row", NULL);
    page_open(page, "td", NULL);
    if (texts_pick(page->texts, text, NULL) != NULL)
        page_localized(page, text);
    else
        page_say(page, "span", "not_stated", "minor");
    page_close_many(page, 2);
}

/* ---- scenarios */

/* The settings that judged the scenario: those of its first system that has any. */
static const json_t *settings_of(const json_t *scenario)
{
    for (size_t i = 0; i < model_count(scenario, "evaluations"); i++) {
        const json_t *settings = model_get(model_member(scenario, "evaluations", i), "parameters");
        if (json_object_size(settings) > 0)
            return settings;
    }
    return NULL;
}

typedef struct {
    const Page *page;
    const json_t *settings;
} Naming;

/* "on_delay" in quotes becomes "time before the alarm = 5 s". */
static gboolean name_setting(const GMatchInfo *match, GString *out, gpointer user)
{
    const Naming *naming = user;
    g_autofree char *before = g_match_info_fetch(match, 1), *id = g_match_info_fetch(match, 2),
                    *after = g_match_info_fetch(match, 3);
    const char *words = texts_find_word(naming->page->texts, "option", id);
    const json_t *value = json_object_get(naming->settings, id);
    g_string_append(out, before);
    if (words == NULL || value == NULL) {
        g_string_append(out, id);
    } else {
        const char *unit = g_strrstr(words, " (");
        g_autofree char *name = g_strndup(words, unit != NULL ? (gsize)(unit - words) : strlen(words));
        g_autofree char *text = html_parameter_text(naming->page, value);
        g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(name)));
        g_string_append_printf(out, "%s = %s%s", g_utf8_next_char(name), text,
                               g_strcmp0(unit, " (s)") == 0 ? "\u00a0s" : "");
    }
    g_string_append(out, after);
    return FALSE;
}

/* A behaviour's rule names its settings by their ids; readers get words and values. */
static json_t *in_plain_words(const Page *page, const json_t *scenario, const json_t *text)
{
    if (!json_is_object(text))
        return json_incref((json_t *)text);
    g_autoptr(GRegex) quoted =
        g_regex_new("(“|« ?)([a-z][a-z0-9]*(?:_[a-z0-9]+)*)( ?»|”)", G_REGEX_OPTIMIZE, 0, NULL);
    Naming naming = {page, settings_of(scenario)};
    json_t *plain = json_object();
    const char *language;
    json_t *words;
    json_object_foreach((json_t *)text, language, words)
    {
        g_autofree char *named = json_is_string(words)
                                     ? g_regex_replace_eval(quoted, json_string_value(words), -1, 0, 0,
                                                            name_setting, &naming, NULL)
                                     : NULL;
        json_object_set_new(plain, language, named != NULL ? json_string(named) : json_incref(words));
    }
    return plain;
}

static void rule_pair(Page *page, const char *key, const json_t *scenario, const json_t *text)
{
    json_t *plain = in_plain_words(page, scenario, text);
    localized_pair(page, key, plain);
    json_decref(plain);
}

/* The scenario's own words, else the behaviour's norm. */
static const json_t *first_of(const json_t *scenario, const char *own, const char *norm)
{
    const json_t *text = model_get(scenario, own);
    return text != NULL ? text : model_get(scenario, norm);
}

static char *legal_text(const Page *page, const json_t *scenario)
{
    int64_t number = model_integer(scenario, "decree_2023_828", -1);
    if (number < 0)
        return g_strdup(texts_get(page->texts, "legal.not_stated"));
    if (number == 0)
        return g_strdup(texts_get(page->texts, "legal.outside"));
    const json_t *event = model_member(page->catalogue, "decree_2023_828.events", (size_t)number - 1);
    const char *words = texts_pick(page->texts, model_get(event, "title"), NULL);
    g_autofree char *n = texts_integer(page->texts, number);
    return texts_format(page->texts, "legal.inside", "number", n, "event", words != NULL ? words : "—", NULL);
}

static void write_scenario(Page *page, const json_t *scenario)
{
    g_autofree char *title = page_title(page, scenario, "title", "id");
    page_element(page, "h3", title, NULL);
    g_autofree char *caption = texts_format(page->texts, "scenario.caption", "title", title, NULL);
    page_table_open(page, caption, "pairs");
    page_open(page, "tbody", NULL);
    g_autofree char *behaviour = page_title(page, scenario, "behaviour_title", "behaviour");
    page_pair(page, texts_get(page->texts, "scenario.behaviour"), behaviour);
    rule_pair(page, "scenario.definition", scenario, first_of(scenario, "definition", "norm.definition"));
    rule_pair(page, "scenario.onset", scenario, first_of(scenario, "onset_rule", "norm.onset"));
    rule_pair(page, "scenario.end", scenario, first_of(scenario, "end_rule", "norm.end"));
    if (model_get(scenario, "norm.alarm") != NULL)
        rule_pair(page, "scenario.alarm", scenario, model_get(scenario, "norm.alarm"));
    page_open(page, "tr", NULL);
    page_element(page, "th", texts_get(page->texts, "scenario.hard_negatives"), "scope", "row", NULL);
    page_open(page, "td", NULL);
    for (size_t i = 0; i < model_count(scenario, "hard_negatives"); i++) {
        const json_t *negative = model_member(scenario, "hard_negatives", i);
        page_text(page, i > 0 ? ", " : "");
        if (json_is_string(negative))
            page_text(page, texts_word(page->texts, "negative", json_string_value(negative)));
        else
            page_localized(page, negative);
    }
    if (model_count(scenario, "hard_negatives") == 0)
        page_say(page, "span", "not_stated", "minor");
    page_close_many(page, 2);
    g_autofree char *legal = legal_text(page, scenario);
    page_pair(page, texts_get(page->texts, "scenario.legal"), legal);
    const json_t *prevalence = model_get(scenario, "prevalence");
    if (isnan(model_number(prevalence, "value"))) {
        page_pair(page, texts_get(page->texts, "scenario.prevalence"), texts_get(page->texts, "not_stated"));
    } else {
        g_autofree char *value = texts_significant(page->texts, model_number(prevalence, "value"), 3);
        const char *source = texts_pick(page->texts, model_get(prevalence, "source"), NULL);
        g_autofree char *text =
            texts_format(page->texts, "scenario.prevalence_value", "value", value, "source",
                         source != NULL ? source : texts_get(page->texts, "not_stated"), NULL);
        page_pair(page, texts_get(page->texts, "scenario.prevalence"), text);
    }
    page_table_close(page);
}

void html_write_scenarios(Page *page)
{
    html_section_open(page, "scenarios");
    page_say(page, "p", "scenarios.intro", NULL);
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++)
        write_scenario(page, model_member(page->results, "scenarios", i));
    html_section_close(page);
}

/* ---- data */

static void write_datasets(Page *page)
{
    static const char *const columns[] = {"column.dataset", "column.clips",   "column.origin",
                                          "column.source",  "column.licence", NULL};
    page_table_open(page, texts_get(page->texts, "data.datasets_caption"), "cards");
    page_table_head(page, columns);
    for (size_t i = 0; i < model_count(page->results, "datasets"); i++) {
        const json_t *dataset = model_member(page->results, "datasets", i);
        g_autofree char *title = page_title(page, dataset, "title", "id");
        g_autofree char *clips = texts_integer(page->texts, model_integer(dataset, "clips", 0));
        const char *source = texts_pick(page->texts, model_get(dataset, "source"), NULL);
        const char *licence = model_string(dataset, "licence");
        page_open(page, "tr", NULL);
        page_cell(page, "column.dataset", "head", title);
        page_cell(page, "column.clips", "num", clips);
        page_cell(page, "column.origin", "",
                  texts_get(page->texts, model_true(dataset, "synthetic") ? "data.drawn" : "data.filmed"));
        page_cell(page, "column.source", "", source != NULL ? source : texts_get(page->texts, "not_stated"));
        page_cell(page, "column.licence", "",
                  licence != NULL ? licence : texts_get(page->texts, "not_stated"));
        page_close(page);
    }
    page_table_close(page);
}

static char *promised(const Page *page, int64_t value, int64_t promise)
{
    g_autofree char *first = texts_integer(page->texts, value);
    if (promise < 0 || promise == value)
        return g_steal_pointer(&first);
    g_autofree char *second = texts_integer(page->texts, promise);
    return texts_format(page->texts, "quality.of_promised", "value", first, "promised", second, NULL);
}

static void quality_cells(Page *page, const json_t *quality)
{
    g_autofree char *frames =
        promised(page, model_integer(quality, "frames", 0), model_integer(quality, "frames_promised", -1));
    g_autofree char *length =
        texts_seconds(page->texts, (double)model_integer(quality, "duration_us", 0) / 1e6);
    g_autofree char *gaps = texts_integer(page->texts, model_integer(quality, "gaps", 0));
    g_autofree char *errors = texts_integer(page->texts, model_integer(quality, "decode_errors", 0) +
                                                             model_integer(quality, "corrupt_frames", 0));
    g_autofree char *order = texts_integer(page->texts, model_integer(quality, "backward_pts", 0) +
                                                            model_integer(quality, "duplicate_pts", 0));
    g_autofree char *lost =
        texts_seconds(page->texts, (double)model_integer(quality, "undecoded_us", 0) / 1e6);
    page_cell(page, "column.frames", "num", frames);
    page_cell(page, "column.length", "num", length);
    page_cell(page, "column.gaps", "num", gaps);
    page_cell(page, "column.errors", "num", errors);
    page_cell(page, "column.pts", "num", order);
    page_cell(page, "column.truncated", "",
              texts_get(page->texts, model_true(quality, "truncated") ? "yes" : "no"));
    page_cell(page, "column.not_decoded", "num", lost);
}

static void quality_row(Page *page, const json_t *clip, const json_t *condition)
{
    g_autofree char *name = page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
    const json_t *quality = model_get(condition, "quality");
    const char *status = model_string(condition, "status");
    page_open(page, "tr", NULL);
    page_cell(page, "column.clip", "head", name);
    page_cell(page, "column.condition", "",
              texts_word(page->texts, "condition", model_string(condition, "condition")));
    if (quality == NULL) {
        page_open(page, "td", "colspan", "7", "data-label", texts_get(page->texts, "column.status"), NULL);
        page_text(page, texts_word(page->texts, "status", status));
        page_close(page);
    } else {
        quality_cells(page, quality);
    }
    page_close(page);
}

/* Whether a reader should look at the clip: not run, not whole, or not as the file promised. */
static bool is_remarkable(const json_t *condition)
{
    static const char *const counts[] = {"gaps",         "decode_errors", "corrupt_frames",
                                         "backward_pts", "duplicate_pts", "undecoded_us"};
    const json_t *quality = model_get(condition, "quality");
    if (quality == NULL || model_true(quality, "truncated") ||
        g_strcmp0(model_string(condition, "status"), "done") != 0)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (model_integer(quality, counts[i], 0) > 0)
            return true;
    }
    const int64_t promise = model_integer(quality, "frames_promised", -1);
    return promise >= 0 && promise != model_integer(quality, "frames", 0);
}

/* What is to be said of a clip's file, whatever came of its replay. */
static void write_remarks(Page *page)
{
    for (size_t i = 0; i < model_count(page->results, "clips"); i++) {
        const json_t *clip = model_member(page->results, "clips", i);
        if (!model_true(clip, "file_passed_over"))
            continue;
        g_autofree char *name =
            page_clip_name(page, model_string(clip, "dataset"), model_string(clip, "clip"));
        g_autofree char *text = texts_format(page->texts, "quality.passed_over", "clip", name, NULL);
        page_element(page, "p", text, NULL);
    }
}

static void write_quality(Page *page)
{
    static const char *const columns[] = {
        "column.clip",   "column.condition", "column.frames",    "column.length",      "column.gaps",
        "column.errors", "column.pts",       "column.truncated", "column.not_decoded", NULL};
    html_heading(page, "h3", "quality.heading");
    page_say(page, "p", "quality.intro", NULL);
    size_t remarkable = 0, sound = 0, unread = 0;
    for (size_t i = 0; i < model_count(page->results, "clips"); i++) {
        const json_t *clip = model_member(page->results, "clips", i);
        for (size_t j = 0; j < model_count(clip, "conditions"); j++) {
            const json_t *condition = model_member(clip, "conditions", j);
            if (model_get(condition, "quality") == NULL &&
                g_strcmp0(model_string(condition, "status"), "done") == 0) {
                unread++; /* scored by its stated length */
                continue;
            }
            if (!is_remarkable(condition)) {
                sound++;
                continue;
            }
            if (remarkable++ == 0) {
                page_table_open(page, texts_get(page->texts, "quality.caption"), "cards wide");
                page_table_head(page, columns);
            }
            quality_row(page, clip, condition);
        }
    }
    if (remarkable > 0)
        page_table_close(page);
    write_remarks(page);
    if (unread > 0)
        page_say(page, "p", "quality.no_video", NULL);
    if (sound > 0) {
        g_autofree char *text = texts_count(
            page->texts, remarkable > 0 ? "quality.others" : "quality.all_sound", (int64_t)sound, NULL);
        page_element(page, "p", text, NULL);
    }
}

static void exposure_row(const json_t *scenario, const json_t *evaluation, void *user)
{
    static const struct {
        const char *column, *path;
    } cells[] = {{"column.no_score", "exposure.no_score_us"},
                 {"column.not_decoded", "exposure.not_decoded_us"},
                 {"column.not_annotated", "exposure.not_annotated_us"}};
    Page *page = user;
    if (page_is_control(evaluation))
        return; /* the footage is that of the systems beside it */
    page_open(page, "tr", NULL);
    html_evaluation_cell(page, scenario, evaluation);
    g_autofree char *hours = texts_duration(page->texts, model_number(evaluation, "exposure.camera_hours"));
    page_cell(page, "column.exposure", "num", hours);
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        int64_t us = model_integer(evaluation, cells[i].path, -1);
        g_autofree char *text =
            us < 0 ? g_strdup("—") : texts_duration(page->texts, (double)us / (double)US_PER_HOUR);
        page_cell(page, cells[i].column, "num", text);
    }
    g_autofree char *failed =
        texts_integer(page->texts, model_integer(evaluation, "exposure.failed_clips", 0));
    page_cell(page, "column.failed_clips", "num", failed);
    page_close(page);
}

void html_write_data(Page *page)
{
    static const char *const columns[] = {"column.evaluation",
                                          "column.exposure",
                                          "column.no_score",
                                          "column.not_decoded",
                                          "column.not_annotated",
                                          "column.failed_clips",
                                          NULL};
    html_section_open(page, "data");
    write_datasets(page);
    html_heading(page, "h3", "data.exposure");
    page_say(page, "p", "data.exposure_intro", NULL);
    page_table_open(page, texts_get(page->texts, "data.exposure_caption"), "cards");
    page_table_head(page, columns);
    model_visit_evaluations(page->results, exposure_row, page);
    page_table_close(page);
    write_quality(page);
    html_section_close(page);
}

/* ---- protocol */

char *html_parameter_text(const Page *page, const json_t *value)
{
    if (json_is_number(value))
        return texts_significant(page->texts, json_number_value(value), 6);
    if (json_is_boolean(value))
        return g_strdup(texts_get(page->texts, json_is_true(value) ? "yes" : "no"));
    const char *text = json_string_value(value);
    if (text == NULL)
        return g_strdup("—");
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return g_strdup(texts_get(page->texts, *text == 't' ? "yes" : "no"));
    char *end = NULL;
    double number = g_ascii_strtod(text, &end);
    return *text != '\0' && *end == '\0' ? texts_significant(page->texts, number, 6)
                                         : g_strdup(texts_word(page->texts, "option_value", text));
}

static void write_parameters(Page *page, const char *caption, const json_t *parameters)
{
    if (json_object_size(parameters) == 0)
        return;
    page_table_open(page, caption, "pairs");
    page_open(page, "tbody", NULL);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)parameters, key, value)
    {
        g_autofree char *text = html_parameter_text(page, value);
        page_pair(page, texts_word(page->texts, "parameter", key), text);
    }
    page_table_close(page);
}

/* A scenario may alter the frozen parameters; the reader must see it. */
static void write_altered(Page *page, const json_t *scenario)
{
    if (!model_true(scenario, "protocol.altered"))
        return;
    g_autofree char *title = page_title(page, scenario, "title", "id");
    g_autofree char *caption = texts_format(page->texts, "protocol.altered", "title", title, NULL);
    write_parameters(page, caption, model_get(scenario, "protocol.parameters"));
}

void html_write_protocol(Page *page)
{
    const json_t *protocol = model_get(page->results, "protocol");
    html_section_open(page, "protocol");
    g_autofree char *name =
        texts_format(page->texts, "protocol.name", "id", model_string(protocol, "id"), NULL);
    page_element(page, "p", name, NULL);
    page_open(page, "p", NULL);
    page_localized(page, model_get(protocol, "definition"));
    page_close(page);
    write_parameters(page, texts_get(page->texts, "protocol.caption"), model_get(protocol, "parameters"));
    for (size_t i = 0; i < model_count(page->results, "scenarios"); i++)
        write_altered(page, model_member(page->results, "scenarios", i));
    page_say(page, "p", "protocol.statistics", NULL);
    html_section_close(page);
}
