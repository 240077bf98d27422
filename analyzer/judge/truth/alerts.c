/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/free.h"
#include "truth/files.h"
#include "truth/truth.h"

#include <jansson.h>

enum { CLIP, BEHAVIOUR, ONSET, DECIDED, END, LABEL, CONFIDENCE, NOTE, BOX_X, BOX_Y, BOX_W, BOX_H, CONDITION };

static const Column columns[] = {
    [CLIP] = {"clip", true},
    [BEHAVIOUR] = {"behaviour", true},
    [ONSET] = {"onset_s", true},
    [DECIDED] = {"decided_s", false},
    [END] = {"end_s", false},
    [LABEL] = {"label", false},
    [CONFIDENCE] = {"confidence", false},
    [NOTE] = {"note", false},
    [BOX_X] = {"x", false},
    [BOX_Y] = {"y", false},
    [BOX_W] = {"w", false},
    [BOX_H] = {"h", false},
    [CONDITION] = {"condition", false},
};

typedef struct {
    AlertLog *log;
    const char *const *behaviours;
} Loading;

static void expected_from_onset(const Row *row, size_t column, int64_t onset_us)
{
    g_autofree char *onset = time_format_seconds(onset_us);
    table_expected(row, column, "onset_s, which is %s, or more", onset);
}

static bool get_times(const Row *row, Alert *alert)
{
    if (!table_get_seconds(row, ONSET, &alert->onset_us))
        return false;
    if (alert->onset_us < 0) {
        table_expected(row, ONSET, "0 or more seconds from the clip's first frame");
        return false;
    }
    alert->decided_us = alert->onset_us;
    if (row->cells[DECIDED].text != NULL) {
        if (!table_get_seconds(row, DECIDED, &alert->decided_us))
            return false;
        if (alert->decided_us < alert->onset_us) {
            expected_from_onset(row, DECIDED, alert->onset_us);
            return false;
        }
    }
    alert->end_us = TIME_UNKNOWN;
    if (row->cells[END].text != NULL) {
        if (!table_get_seconds(row, END, &alert->end_us))
            return false;
        if (alert->end_us < alert->onset_us) {
            expected_from_onset(row, END, alert->onset_us);
            return false;
        }
    }
    return true;
}

static bool get_optional(const Row *row, size_t column, const char **out)
{
    *out = NULL;
    return row->cells[column].text == NULL || table_get_text(row, column, out);
}

static void read_row(const Row *row, void *user)
{
    Loading *loading = user;
    const char *clip = NULL, *behaviour = NULL, *label = NULL, *note = NULL, *condition = NULL;
    bool names = table_get_text(row, CLIP, &clip);
    if (!file_get_behaviour(row, BEHAVIOUR, loading->behaviours, &behaviour))
        names = false;
    if (!names || !get_optional(row, LABEL, &label) || !get_optional(row, NOTE, &note) ||
        !get_optional(row, CONDITION, &condition))
        return;
    g_autoptr(Alert) alert = alert_new(behaviour, 0, 0);
    if (!get_times(row, alert) || !table_get_box(row, BOX_X, &alert->box))
        return;
    if (row->cells[CONFIDENCE].text != NULL && !table_get_number(row, CONFIDENCE, 0, 1, &alert->confidence))
        return;
    alert->label = g_strdup(label);
    alert->note = g_strdup(note);
    alert_log_add(loading->log, clip, condition, g_steal_pointer(&alert));
    AlertRow *entry = &g_array_index(loading->log->rows, AlertRow, loading->log->rows->len - 1);
    entry->line = row->line;
    entry->clip_column = table_cell_column(row, CLIP);
    entry->onset_column = table_cell_column(row, ONSET);
    entry->condition_column = table_cell_column(row, CONDITION);
}

AlertLog *alert_log_parse(const char *bytes, size_t length, const char *name, const char *const *behaviours,
                          Problems *problems)
{
    static const char *const lists[] = {"alerts", NULL};
    static const FileFormat format = {columns, G_N_ELEMENTS(columns), ALERTS_SCHEMA, lists};
    const guint before = problems_count(problems);
    g_autoptr(AlertLog) log = alert_log_new();
    log->file = g_strdup(name);
    log->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    Loading loading = {log, behaviours};
    Table table;
    file_parse(&format, bytes, length, name, read_row, &loading, problems, &table);
    return problems_count(problems) == before ? g_steal_pointer(&log) : NULL;
}

AlertLog *alert_log_load(const char *path, const char *const *behaviours, Problems *problems)
{
    size_t length = 0;
    g_autofree char *bytes = file_read(path, "an alert log (CSV or JSON)", &length, problems);
    return bytes == NULL ? NULL : alert_log_parse(bytes, length, path, behaviours, problems);
}

AlertLog *alert_log_new(void)
{
    AlertLog *log = g_new0(AlertLog, 1);
    log->rows = g_array_new(FALSE, FALSE, sizeof(AlertRow));
    log->names = g_string_chunk_new(4096);
    return log;
}

static void clear_alert_log(AlertLog *log)
{
    for (guint i = 0; i < log->rows->len; i++)
        alert_free(g_array_index(log->rows, AlertRow, i).alert);
    g_array_unref(log->rows);
    g_string_chunk_free(log->names);
    g_free(log->file);
    g_free(log->sha256);
}

DEFINE_FREE(alert_log_free, AlertLog, log, clear_alert_log(log))

void alert_log_add(AlertLog *log, const char *clip, const char *condition, Alert *alert)
{
    const AlertRow row = {
        .clip = g_string_chunk_insert_const(log->names, clip),
        .condition = g_string_chunk_insert_const(log->names, condition != NULL ? condition : "as-recorded"),
        .alert = alert};
    g_array_append_val(log->rows, row);
}
