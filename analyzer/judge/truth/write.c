/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the native files. */
#include "records/cell.h"
#include "records/error.h"
#include "records/save.h"
#include "truth/truth.h"

#include <math.h>

#include <jansson.h>

/* ---- CSV */

static void put_box(CellWriter *cells, Box box)
{
    const double values[] = {box.x, box.y, box.w, box.h};
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        cell_put_number(cells, geometry_box_is_none(box) ? (double)NAN : values[i]);
}

/* What each line of a truth file begins with. */
static void put_place(CellWriter *cells, const char *kind, const char *clip, const char *behaviour, Span span)
{
    cell_put(cells, kind);
    cell_put_words(cells, clip);
    cell_put_words(cells, behaviour);
    cell_put_seconds(cells, span.start_us);
    cell_put_seconds(cells, span.end_us);
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
    g_autoptr(GString) out =
        g_string_new("kind,clip,behaviour,start_s,end_s,label,certainty,annotator,note,x,y,w,h");
    g_string_append_printf(out, "%s%s\n", tracks ? ",track" : "", counts ? ",value" : "");
    CellWriter cells = {.out = out, .line_end = "\n"};
    for (guint i = 0; i < truth->coverage->len; i++) {
        const TruthCoverage *entry = &g_array_index(truth->coverage, TruthCoverage, i);
        put_place(&cells, "coverage", entry->clip, entry->behaviour, entry->span);
        cell_put_empty(&cells, 8u + tracks + counts);
        cell_end_line(&cells);
    }
    for (guint i = 0; i < truth->events->len; i++) {
        const TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        const Event *event = entry->event;
        put_place(&cells, "event", entry->clip, event->behaviour, (Span){event->start_us, event->end_us});
        cell_put_words(&cells, event->label);
        cell_put(&cells, event->certainty == CERTAINTY_SCORED ? "scored" : "dont_care");
        cell_put_words(&cells, event->annotator);
        cell_put_words(&cells, event->note);
        put_box(&cells, event->box);
        if (tracks)
            cell_put_words(&cells, event->track);
        cell_put_empty(&cells, counts);
        cell_end_line(&cells);
    }
    for (guint i = 0; i < truth->counts->len; i++) {
        const TruthCount *entry = &g_array_index(truth->counts, TruthCount, i);
        put_place(&cells, "count", entry->clip, entry->behaviour, entry->count.span);
        cell_put_empty(&cells, 8u + tracks);
        cell_put_count(&cells, entry->count.value);
        cell_end_line(&cells);
    }
    return save_file(path, out->str, (gssize)out->len, error);
}

bool alert_log_write_csv(const AlertLog *log, const char *path, GError **error)
{
    g_autoptr(GString) out =
        g_string_new("clip,behaviour,onset_s,decided_s,end_s,label,confidence,note,x,y,w,h,condition\n");
    CellWriter cells = {.out = out, .line_end = "\n"};
    for (guint i = 0; i < log->rows->len; i++) {
        const AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        const Alert *alert = row->alert;
        cell_put_words(&cells, row->clip);
        cell_put_words(&cells, alert->behaviour);
        cell_put_seconds(&cells, alert->onset_us);
        cell_put_seconds(&cells, alert->decided_us);
        cell_put_seconds(&cells, alert->end_us);
        cell_put_words(&cells, alert->label);
        cell_put_number(&cells, alert->confidence);
        cell_put_words(&cells, alert->note);
        put_box(&cells, alert->box);
        cell_put_words(&cells, row->condition);
        cell_end_line(&cells);
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

/* What each entry of a truth file begins with. */
static json_t *place_to_json(const char *clip, const char *behaviour, Span span)
{
    json_t *object = json_object();
    set_text(object, "clip", clip);
    set_text(object, "behaviour", behaviour);
    set_seconds(object, "start_s", span.start_us);
    set_seconds(object, "end_s", span.end_us);
    return object;
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
        json_array_append_new(coverage, place_to_json(entry->clip, entry->behaviour, entry->span));
    }
    for (guint i = 0; i < truth->events->len; i++) {
        const TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        const Event *event = entry->event;
        json_t *object = place_to_json(entry->clip, event->behaviour, (Span){event->start_us, event->end_us});
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
        json_t *object = place_to_json(entry->clip, entry->behaviour, entry->count.span);
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
