/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_protocols.h"

#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

#include <math.h>
#include <string.h>

/* The spans of one clip; the arrays are owned. */
static PanelFile read_clip(const ResultsJudgedClip *clip)
{
    PanelSpan *truth = g_new0(PanelSpan, clip->events.count + 1);
    PanelSpan *said = g_new0(PanelSpan, clip->alerts.count + 1);
    PanelFile file = {.events = truth, .alerts = said, .scored_us = clip->scored_us};
    for (size_t i = 0; i < clip->events.count; i++) {
        const ResultsEvent *event = &clip->events.at[i];
        if (g_strcmp0(event->outcome, "not_scored") == 0)
            continue;
        truth[file.event_count++] = (PanelSpan){.start_us = event->start_us, .end_us = event->end_us};
    }
    for (size_t i = 0; i < clip->alerts.count; i++) {
        const ResultsAlert *alert = &clip->alerts.at[i];
        if (g_strcmp0(alert->outcome, "not_scored") == 0 || g_strcmp0(alert->outcome, "unwatched") == 0)
            continue;
        PanelSpan span = {
            .start_us = alert->onset_us,
            .end_us = alert->end_us,
            .decided_us = alert->decided_us,
            .confidence = alert->confidence,
            .end_assumed = alert->end_us == RESULTS_UNKNOWN,
        };
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
    ResultsFieldProtocol said;
    results_blank(&result_field_protocol, &said);
    said.id = protocol->id;
    said.title = results_said(protocol_title(protocol));
    said.definition = results_said(protocol_definition(protocol));
    said.parameters = describe_parameters(choice);
    said.scored = results_bool(row->scored);
    said.sentence = results_said(panel_sentence(row, input));
    if (row->scored) {
        json_t *figures = json_object();
        for (const PanelFigure *figure = row->figures; figure->name != NULL; figure++)
            json_object_set_new(figures, figure->name, results_number(figure->value));
        said.unit = row->unit == PANEL_SEGMENTS ? "segment" : "event";
        said.truths = row->truths;
        said.alerts = row->alerts;
        said.detections = row->detections;
        said.misses = row->misses;
        said.false_alarms = row->false_alarms;
        said.ignored = row->ignored;
        said.ends_assumed = row->ends_assumed;
        said.figures = figures;
    }
    return results_dump_taking(&result_field_protocol, &said);
}

/* The rows of one evaluation; caller owns. */
static json_t *describe_evaluation(const char *protocol, const ResultsEvaluation *evaluation,
                                   const Detail *detail, const PanelChoices *choices)
{
    g_autoptr(GArray) files = g_array_new(FALSE, TRUE, sizeof(PanelFile));
    for (size_t i = 0; i < evaluation->clips.count; i++) {
        if (evaluation->clips.at[i].scored_us <= 0)
            continue;
        json_t *opened = detail_open_clip(detail, evaluation->json, i);
        g_autoptr(ResultsJudgedClip) clip = results_load_clip(opened);
        const PanelFile file = read_clip(clip);
        g_array_append_val(files, file);
        json_decref(opened);
    }
    const PanelInput input = {
        .files = (const PanelFile *)(const void *)files->data,
        .file_count = files->len,
        .beside = protocol,
        .hits = evaluation->counts.hits,
        .false_strict = evaluation->counts.false_strict,
    };
    json_t *rows = json_array();
    for (guint c = 0; c < choices->choices->len; c++) {
        const PanelChoice *choice = &g_array_index(choices->choices, PanelChoice, c);
        PanelRow row;
        panel_score(choice, &input, &row);
        json_array_append_new(rows, describe_row(choice, &row, &input));
    }
    for (guint f = 0; f < files->len; f++) {
        g_free((gpointer)g_array_index(files, PanelFile, f).events);
        g_free((gpointer)g_array_index(files, PanelFile, f).alerts);
    }
    return rows;
}

void results_add_protocols(json_t *document, const Detail *detail, const PanelChoices *choices)
{
    g_autoptr(Results) results = results_load(document);
    size_t i, j;
    json_t *scenario, *evaluation;
    json_array_foreach(json_object_get(document, "scenarios"), i, scenario)
    {
        const ResultsScenario *of = &results->scenarios.at[i];
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation)
        {
            const ResultsEvaluation *read = &of->evaluations.at[j];
            if (g_strcmp0(read->system_kind, "null") != 0)
                json_object_set_new(evaluation, "protocols",
                                    describe_evaluation(of->protocol.id, read, detail, choices));
        }
    }
}
