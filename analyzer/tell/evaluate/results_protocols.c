/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_protocols.h"

#include "results/model.h"
#include "results/results_json.h"

#include <math.h>
#include <string.h>

/* The spans of one clip; the arrays are owned. */
static PanelFile read_clip(const json_t *clip)
{
    const json_t *events = json_object_get(clip, "events"), *alerts = json_object_get(clip, "alerts");
    PanelSpan *truth = g_new0(PanelSpan, json_array_size(events) + 1);
    PanelSpan *said = g_new0(PanelSpan, json_array_size(alerts) + 1);
    PanelFile file = {.events = truth, .alerts = said, .scored_us = model_integer(clip, "scored_us", 0)};
    size_t i;
    const json_t *item;
    json_array_foreach(events, i, item)
    {
        if (g_strcmp0(model_string(item, "outcome"), "not_scored") == 0)
            continue;
        truth[file.event_count++] = (PanelSpan){
            .start_us = model_integer(item, "start_us", 0),
            .end_us = model_integer(item, "end_us", 0),
        };
    }
    json_array_foreach(alerts, i, item)
    {
        const char *outcome = model_string(item, "outcome");
        if (g_strcmp0(outcome, "not_scored") == 0 || g_strcmp0(outcome, "unwatched") == 0)
            continue;
        PanelSpan span = {
            .start_us = model_integer(item, "onset_us", 0),
            .end_us = model_integer(item, "end_us", TIME_UNKNOWN),
            .confidence = model_number(item, "confidence"),
        };
        span.decided_us = model_integer(item, "decided_us", span.start_us);
        span.end_assumed = span.end_us == TIME_UNKNOWN;
        if (span.end_assumed)
            span.end_us = MAX(span.decided_us, span.start_us + PANEL_SHORTEST_US);
        span.end_us = MAX(span.end_us, span.start_us + 1);
        said[file.alert_count++] = span;
    }
    return file;
}

static json_t *describe_parameters(const PanelChoice *choice)
{
    json_t *object = json_object();
    for (const OptionSpec *option = options_of(choice->protocol->options); option->name != NULL; option++) {
        g_autofree char *value = options_format(option, choice->settings);
        json_object_set_new(object, option->name, results_string(value));
    }
    return object;
}

static json_t *describe_row(const PanelChoice *choice, const PanelRow *row, const PanelInput *input)
{
    const Protocol *protocol = row->protocol;
    json_t *object = json_pack(
        "{s:s,s:o,s:o,s:o,s:b,s:o}", "id", protocol->id, "title", results_said(protocol_title(protocol)),
        "definition", results_said(protocol_definition(protocol)), "parameters", describe_parameters(choice),
        "scored", (int)row->scored, "sentence", results_said(panel_sentence(row, input)));
    if (!row->scored)
        return object;
    json_object_set_new(object, "unit", json_string(row->unit == PANEL_SEGMENTS ? "segment" : "event"));
    json_object_set_new(object, "truths", json_integer(row->truths));
    json_object_set_new(object, "alerts", json_integer(row->alerts));
    json_object_set_new(object, "detections", json_integer(row->detections));
    json_object_set_new(object, "misses", json_integer(row->misses));
    json_object_set_new(object, "false_alarms", json_integer(row->false_alarms));
    json_object_set_new(object, "ignored", json_integer(row->ignored));
    json_object_set_new(object, "ends_assumed", json_integer(row->ends_assumed));
    json_t *figures = json_object();
    for (const PanelFigure *figure = row->figures; figure->name != NULL; figure++)
        json_object_set_new(figures, figure->name, results_number(figure->value));
    json_object_set_new(object, "figures", figures);
    return object;
}

static void add_to_evaluation(const char *protocol, json_t *evaluation, const Detail *detail,
                              const PanelChoices *choices)
{
    g_autoptr(GArray) files = g_array_new(FALSE, TRUE, sizeof(PanelFile));
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        if (model_integer(model_member(evaluation, "clips", i), "scored_us", 0) <= 0)
            continue;
        json_t *clip = detail_open_clip(detail, evaluation, i);
        const PanelFile file = read_clip(clip);
        g_array_append_val(files, file);
        json_decref(clip);
    }
    const PanelInput input = {
        .files = (const PanelFile *)(const void *)files->data,
        .file_count = files->len,
        .beside = protocol,
        .hits = model_integer(evaluation, "counts.hits", 0),
        .false_strict = model_integer(evaluation, "counts.false_strict", 0),
    };
    json_t *rows = json_array();
    for (guint c = 0; c < choices->choices->len; c++) {
        const PanelChoice *choice = &g_array_index(choices->choices, PanelChoice, c);
        PanelRow row;
        panel_score(choice, &input, &row);
        json_array_append_new(rows, describe_row(choice, &row, &input));
    }
    json_object_set_new(evaluation, "protocols", rows);
    for (guint f = 0; f < files->len; f++) {
        g_free((gpointer)g_array_index(files, PanelFile, f).events);
        g_free((gpointer)g_array_index(files, PanelFile, f).alerts);
    }
}

void results_add_protocols(json_t *results, const Detail *detail, const PanelChoices *choices)
{
    size_t i, j;
    json_t *scenario, *evaluation;
    json_array_foreach(json_object_get(results, "scenarios"), i, scenario)
    {
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation)
        {
            if (g_strcmp0(model_string(evaluation, "system_kind"), "null") != 0)
                add_to_evaluation(model_string(scenario, "protocol.id"), evaluation, detail, choices);
        }
    }
}
