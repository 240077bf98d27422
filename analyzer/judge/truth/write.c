/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the native files. */
#include "records/cell.h"
#include "records/error.h"
#include "records/save.h"
#include "truth/truth.h"

#include <math.h>

#include <jansson.h>

/* ---- CSV */

static void append_seconds(GString *out, int64_t t_us)
{
    g_autofree char *text = time_format_seconds(t_us);
    g_string_append(out, text);
}

/* The shortest text that reads back to the same double. */
static void append_number(GString *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_ascii_formatd(text, sizeof text, formats[i], value);
        if (g_ascii_strtod(text, NULL) == value)
            break;
    }
    g_string_append(out, text);
}

static void append_box(GString *out, Box box)
{
    const double values[] = {box.x, box.y, box.w, box.h};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_string_append_c(out, ',');
        if (!geometry_box_is_none(box))
            append_number(out, values[i]);
    }
}

static bool has_tracks(const Truth *truth)
{
    for (guint i = 0; i < truth->events->len; i++) {
        if (g_array_index(truth->events, TruthEvent, i).event->track != NULL)
            return true;
    }
    return false;
}

bool truth_write_csv(const Truth *truth, const char *path, GError **error)
{
    /* The columns for tracks and counts are there only when they are needed. */
    const bool tracks = has_tracks(truth), counts = truth->counts->len > 0;
    const char *none = tracks && counts ? ",,\n" : tracks || counts ? ",\n" : "\n";
    g_autoptr(GString) out =
        g_string_new("kind,clip,behaviour,start_s,end_s,label,certainty,annotator,note,x,y,w,h");
    g_string_append_printf(out, "%s%s\n", tracks ? ",track" : "", counts ? ",value" : "");
    for (guint i = 0; i < truth->coverage->len; i++) {
        const TruthCoverage *entry = &g_array_index(truth->coverage, TruthCoverage, i);
        g_string_append(out, "coverage,");
        cell_append_words(out, entry->clip);
        g_string_append_c(out, ',');
        cell_append_words(out, entry->behaviour);
        g_string_append_c(out, ',');
        append_seconds(out, entry->span.start_us);
        g_string_append_c(out, ',');
        append_seconds(out, entry->span.end_us);
        g_string_append(out, ",,,,,,,,");
        g_string_append(out, none);
    }
    for (guint i = 0; i < truth->events->len; i++) {
        const TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        const Event *event = entry->event;
        g_string_append(out, "event,");
        cell_append_words(out, entry->clip);
        g_string_append_c(out, ',');
        cell_append_words(out, event->behaviour);
        g_string_append_c(out, ',');
        append_seconds(out, event->start_us);
        g_string_append_c(out, ',');
        append_seconds(out, event->end_us);
        g_string_append_c(out, ',');
        cell_append_words(out, event->label);
        g_string_append(out, event->certainty == CERTAINTY_SCORED ? ",scored," : ",dont_care,");
        cell_append_words(out, event->annotator);
        g_string_append_c(out, ',');
        cell_append_words(out, event->note);
        append_box(out, event->box);
        if (tracks) {
            g_string_append_c(out, ',');
            cell_append_words(out, event->track);
        }
        g_string_append(out, counts ? ",\n" : "\n");
    }
    for (guint i = 0; i < truth->counts->len; i++) {
        const TruthCount *entry = &g_array_index(truth->counts, TruthCount, i);
        g_string_append(out, "count,");
        cell_append_words(out, entry->clip);
        g_string_append_c(out, ',');
        cell_append_words(out, entry->behaviour);
        g_string_append_c(out, ',');
        append_seconds(out, entry->count.span.start_us);
        g_string_append_c(out, ',');
        append_seconds(out, entry->count.span.end_us);
        g_string_append_printf(out, ",,,,,,,,,%s%" PRId64 "\n", tracks ? "," : "", entry->count.value);
    }
    return save_file(path, out->str, (gssize)out->len, error);
}

bool alert_log_write_csv(const AlertLog *log, const char *path, GError **error)
{
    g_autoptr(GString) out =
        g_string_new("clip,behaviour,onset_s,decided_s,end_s,label,confidence,note,x,y,w,h,condition\n");
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        const Alert *alert = row->alert;
        cell_append_words(out, row->clip);
        g_string_append_c(out, ',');
        cell_append_words(out, alert->behaviour);
        g_string_append_c(out, ',');
        append_seconds(out, alert->onset_us);
        g_string_append_c(out, ',');
        append_seconds(out, alert->decided_us);
        g_string_append_c(out, ',');
        append_seconds(out, alert->end_us);
        g_string_append_c(out, ',');
        cell_append_words(out, alert->label);
        g_string_append_c(out, ',');
        if (!isnan(alert->confidence))
            append_number(out, alert->confidence);
        g_string_append_c(out, ',');
        cell_append_words(out, alert->note);
        append_box(out, alert->box);
        g_string_append_c(out, ',');
        cell_append_words(out, row->condition);
        g_string_append_c(out, '\n');
    }
    return save_file(path, out->str, (gssize)out->len, error);
}

/* ---- JSON */

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, key, json_string(text));
}

static void set_seconds(json_t *object, const char *key, int64_t t_us)
{
    if (t_us != TIME_UNKNOWN)
        json_object_set_new(object, key, json_real(time_to_seconds(t_us)));
}

static void set_box(json_t *object, Box box)
{
    if (geometry_box_is_none(box))
        return;
    json_object_set_new(object, "x", json_real(box.x));
    json_object_set_new(object, "y", json_real(box.y));
    json_object_set_new(object, "w", json_real(box.w));
    json_object_set_new(object, "h", json_real(box.h));
}

/* Takes the value. Fifteen digits: microseconds stay exact for thirty years of footage, and 23.4 stays 23.4.
 */
static bool write_json(json_t *root, const char *path, GError **error)
{
    g_autofree char *text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    json_decref(root);
    if (text == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written as JSON", path);
        return false;
    }
    g_autofree char *file = g_strconcat(text, "\n", NULL);
    return save_file(path, file, -1, error);
}

bool truth_write_json(const Truth *truth, const char *path, GError **error)
{
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_string(TRUTH_SCHEMA));
    json_t *coverage = json_array(), *events = json_array();
    json_object_set_new(root, "coverage", coverage);
    json_object_set_new(root, "events", events);
    for (guint i = 0; i < truth->coverage->len; i++) {
        const TruthCoverage *entry = &g_array_index(truth->coverage, TruthCoverage, i);
        json_t *object = json_object();
        set_text(object, "clip", entry->clip);
        set_text(object, "behaviour", entry->behaviour);
        set_seconds(object, "start_s", entry->span.start_us);
        set_seconds(object, "end_s", entry->span.end_us);
        json_array_append_new(coverage, object);
    }
    for (guint i = 0; i < truth->events->len; i++) {
        const TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        const Event *event = entry->event;
        json_t *object = json_object();
        set_text(object, "clip", entry->clip);
        set_text(object, "behaviour", event->behaviour);
        set_seconds(object, "start_s", event->start_us);
        set_seconds(object, "end_s", event->end_us);
        set_text(object, "label", event->label);
        set_text(object, "certainty", event->certainty == CERTAINTY_SCORED ? "scored" : "dont_care");
        set_text(object, "annotator", event->annotator);
        set_text(object, "track", event->track);
        set_text(object, "note", event->note);
        set_box(object, event->box);
        json_array_append_new(events, object);
    }
    json_t *counts = json_array();
    for (guint i = 0; i < truth->counts->len; i++) {
        const TruthCount *entry = &g_array_index(truth->counts, TruthCount, i);
        json_t *object = json_object();
        set_text(object, "clip", entry->clip);
        set_text(object, "behaviour", entry->behaviour);
        set_seconds(object, "start_s", entry->count.span.start_us);
        set_seconds(object, "end_s", entry->count.span.end_us);
        json_object_set_new(object, "value", json_integer(entry->count.value));
        json_array_append_new(counts, object);
    }
    if (truth->counts->len > 0)
        json_object_set(root, "counts", counts);
    json_decref(counts);
    return write_json(root, path, error);
}

bool alert_log_write_json(const AlertLog *log, const char *path, GError **error)
{
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_string(ALERTS_SCHEMA));
    json_t *alerts = json_array();
    json_object_set_new(root, "alerts", alerts);
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        const Alert *alert = row->alert;
        json_t *object = json_object();
        set_text(object, "clip", row->clip);
        set_text(object, "behaviour", alert->behaviour);
        set_seconds(object, "onset_s", alert->onset_us);
        set_seconds(object, "decided_s", alert->decided_us);
        set_seconds(object, "end_s", alert->end_us);
        set_text(object, "label", alert->label);
        if (!isnan(alert->confidence))
            json_object_set_new(object, "confidence", json_real(alert->confidence));
        set_text(object, "note", alert->note);
        set_box(object, alert->box);
        set_text(object, "condition", row->condition);
        json_array_append_new(alerts, object);
    }
    return write_json(root, path, error);
}
