/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An alert log, read with its map. */
#include "import/alert_map_internal.h"
#include "truth/files.h"

#include <string.h>

/* ---- rows */

/* What became of the row that begins an alert, by what was counted of it. */
static AlertFate fate_of(const AlertMapCount *before, const AlertMapCount *after)
{
    return after->elsewhere > before->elsewhere             ? FATE_ELSEWHERE
           : after->ignored_places > before->ignored_places ? FATE_IGNORED_PLACE
                                                            : FATE_WRONG;
}

/* Adds the alert that a row tells, or begins. */
static AlertFate add_alert(MapReading *reading, const Row *row, const RowMeaning *meaning)
{
    const Clip *clip = NULL;
    g_autoptr(Alert) alert = alert_new(meaning->behaviour, 0, 0);
    const AlertMapCount before = *reading->count;
    if (!map_place_row(reading, row, alert, &clip))
        return fate_of(&before, reading->count);
    alert->decided_us = alert->onset_us;
    alert->confidence = meaning->confidence;
    if (alert->end_us != TIME_UNKNOWN && alert->end_us < alert->onset_us) {
        table_expected(row, AT_END, "a time that is not before the alert’s");
        return FATE_WRONG;
    }
    alert->label = map_row_words(row, AT_LABEL);
    alert->note = map_row_words(row, AT_NOTE);
    alert_log_add(reading->log, clip->id, NULL, g_steal_pointer(&alert));
    AlertRow *entry = &g_array_index(reading->log->rows, AlertRow, reading->log->rows->len - 1);
    g_autofree char *source = g_strndup(row->table->bytes + row->at, row->length);
    entry->line = row->line;
    entry->source = row->length > 0 ? g_str_hash(source) : 0;
    return FATE_TAKEN;
}

static void take_words(char **kept, const Row *row, size_t column)
{
    char *words = map_row_words(row, column);
    if (words == NULL)
        return;
    g_free(*kept);
    *kept = words;
}

/* When the alert ended, by a row that goes on with it; false, reported, where that is before its beginning.
 */
static bool join_end(MapReading *reading, const Row *row, const Opened *opened, bool ends, int64_t at_us,
                     Alert *alert)
{
    int64_t end_us = at_us;
    const bool said = row->cells[AT_END].text != NULL;
    if (said && !map_row_time(reading, row, AT_END, opened->at_us, &end_us))
        return false;
    if (!said && !ends)
        return true;
    if (end_us < opened->at_us) {
        table_expected(
            row, said ? AT_END : AT_TIME,
            "a time that is not before that of the row that began the alert (rows must be written in the "
            "order in which they happened)");
        return false;
    }
    alert->end_us = alert->onset_us + end_us - opened->at_us;
    return true;
}

/* A row that goes on with an alert, or ends it. It shares the fate of the row that began it. */
static void join_row(MapReading *reading, const Row *row, const RowMeaning *meaning, const Joined *joined)
{
    AlertMapCount *count = reading->count;
    Opened *opened = &g_array_index(reading->opened, Opened, joined->alert);
    count->doubled += joined->doubled;
    if (opened->fate == FATE_ELSEWHERE)
        count->elsewhere++;
    else if (opened->fate == FATE_IGNORED_PLACE)
        count->ignored_places++;
    if (opened->fate != FATE_TAKEN)
        return;
    int64_t at_us = 0;
    if (row->cells[AT_TIME].text == NULL) {
        table_expected(row, AT_TIME, "a time");
        return;
    }
    if (!map_row_time(reading, row, AT_TIME, opened->at_us, &at_us))
        return;
    count->disordered += at_us < opened->last_us;
    opened->last_us = MAX(opened->last_us, at_us);
    Alert *alert = g_array_index(reading->log->rows, AlertRow, opened->row).alert;
    if (!join_end(reading, row, opened, joined->outcome == JOIN_ENDED, at_us, alert))
        return;
    if (!(alert->confidence >= meaning->confidence) && meaning->confidence >= 0)
        alert->confidence = meaning->confidence;
    take_words(&alert->label, row, AT_LABEL);
    take_words(&alert->note, row, AT_NOTE);
    count->joined++;
}

static void read_row(const Row *row, void *user)
{
    MapReading *reading = user;
    reading->count->rows++;
    RowMeaning meaning;
    if (!map_read_meaning(reading, row, &meaning))
        return;
    if (meaning.state == ALERT_WHOLE) {
        add_alert(reading, row, &meaning);
        return;
    }
    g_autofree char *key = map_row_key(row, &meaning);
    const Joined joined = alert_join_add(reading->join, key, row->cells[AT_ID].text != NULL, meaning.state);
    if (joined.outcome == JOIN_ALONE) {
        reading->count->alone++;
        reading->count->doubled += joined.doubled;
    } else if (joined.outcome != JOIN_OPENED) {
        join_row(reading, row, &meaning, &joined);
    } else {
        Opened opened = {.fate = add_alert(reading, row, &meaning)};
        if (opened.fate == FATE_TAKEN) {
            opened.row = reading->log->rows->len - 1;
            opened.at_us = opened.last_us = reading->placed_us;
        }
        g_array_append_val(reading->opened, opened);
    }
}

/* Alerts that began and did not end, of those that were taken. */
static guint count_endless(const MapReading *reading)
{
    guint count = 0;
    for (guint i = 0; i < reading->opened->len; i++) {
        const Opened *opened = &g_array_index(reading->opened, Opened, i);
        count += opened->fate == FATE_TAKEN &&
                 g_array_index(reading->log->rows, AlertRow, opened->row).alert->end_us == TIME_UNKNOWN;
    }
    return count;
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const AlertRow *x = a, *y = b;
    const int clips = strcmp(x->clip, y->clip);
    const int alerts = clips != 0 ? clips : alert_compare(&x->alert, &y->alert);
    return alerts != 0 ? alerts : (x->line > y->line) - (x->line < y->line);
}

char *map_read_text(const AlertMap *map, const char *path, size_t *length, Problems *problems)
{
    g_autofree char *bytes = file_read(path, "an alert log", length, problems);
    if (bytes == NULL || g_ascii_strcasecmp(map->encoding, "UTF-8") == 0 || map->format == ROWS_XML)
        return g_steal_pointer(&bytes);
    g_autoptr(GError) cause = NULL;
    gsize written = 0;
    char *text = g_convert(bytes, (gssize)*length, "UTF-8", map->encoding, NULL, &written, &cause);
    if (text == NULL)
        problems_add(problems, path, 0, 0, NULL,
                     "found text that is not %s (%s), expected the encoding that the map states",
                     map->encoding, cause->message);
    *length = written;
    return text;
}

static bool check_clips_have_clock(const MapReading *reading, Problems *problems)
{
    if (alert_clock_is_relative(&reading->clock))
        return true;
    const bool has_zone = reading->clock.zone != NULL, has_offset = alert_clock_has_offset(&reading->clock);
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        const bool complete = clip->recorded_at != NULL && clip->duration_us != TIME_UNKNOWN;
        const bool zoned = complete && !clip->recorded_local && !has_zone && !has_offset;
        const bool local = complete && clip->recorded_local && !has_zone && has_offset;
        if (complete && !zoned && !local)
            continue;
        problems_add(
            problems, reading->dataset->file, clip->line, 0, NULL,
            zoned ? "clip “%s”: found an offset from UTC in recorded_at, expected the log’s clock to "
                    "have a zone too (zone: in the map)"
            : local ? "clip “%s”: found no offset from UTC in recorded_at, expected one, or the clips’ zone "
                      "(zone: in the map), since the log writes its own"
                    : "clip “%s”: found no recorded_at or no duration_s, expected both, since the log "
                      "has a clock’s times",
            clip->id);
        return false;
    }
    return true;
}

static void read_rows(MapReading *reading, const char *log_path, Problems *problems)
{
    const AlertMap *map = reading->map;
    size_t length = 0;
    g_autofree char *text = map_read_text(map, log_path, &length, problems);
    if (text == NULL || !check_clips_have_clock(reading, problems))
        return;
    reading->count->barren =
        row_reader_read(map->reader, text, length, log_path, NULL, problems, read_row, reading);
    reading->count->endless = count_endless(reading);
}

/* Of a log of which nothing lies in any clip there is nothing to score: its clock or its dates are wrong, or
 * it is another site's. */
static void check_any_inside(const MapReading *reading, const char *log_path, Problems *problems)
{
    const AlertMapCount *count = reading->count;
    if (reading->log->rows->len > 0 || count->elsewhere == 0)
        return;
    const ShiftSuspicion *suspicion = &count->suspicion;
    g_autofree char *times = map_times_describe(reading), *shift = NULL;
    if (suspicion->kind != SHIFT_NONE && 2 * suspicion->inside_shifted >= suspicion->alerts) {
        g_autoptr(Phrase) said = shift_counts(suspicion, SHIFT_INTO_CLIPS);
        g_autofree char *counts = phrase_render(said, texts_of("en"));
        shift = g_strdup_printf(
            suspicion->suspected ? ". The log looks shifted: %s; nothing was put right."
                                 : ". Other times would fit, though these rows do not suffice to show that "
                                   "the log is shifted: %s",
            counts);
    }
    problems_add(problems, log_path, 0, 0, NULL,
                 "found %u row%s of interest and none that lies in a clip of %s, expected the log of these "
                 "clips: %s%s",
                 count->elsewhere, count->elsewhere == 1 ? "" : "s", reading->dataset->file, times,
                 shift != NULL ? shift : "");
}

static void name_places(MapReading *reading)
{
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        g_ptr_array_add(reading->clip_ids, clip->id);
        if (!g_ptr_array_find_with_equal_func(reading->cameras, clip->camera, g_str_equal, NULL))
            g_ptr_array_add(reading->cameras, clip->camera);
    }
}

static void read_log(MapReading *reading, const char *log_path, Problems *problems)
{
    const guint before = problems_count(problems);
    name_places(reading);
    map_check_names(reading, problems);
    if (problems_count(problems) == before)
        read_rows(reading, log_path, problems);
    if (problems_count(problems) != before)
        return;
    reading->count->suspicion = map_times_suspect(reading);
    g_array_sort(reading->log->rows, compare_rows);
    alert_log_collapse(reading->log);
    reading->count->taken = reading->log->rows->len;
    check_any_inside(reading, log_path, problems);
}

AlertLog *alert_map_read(const char *path, const char *log_path, const Dataset *dataset, AlertMapCount *count,
                         Problems *problems)
{
    *count = (AlertMapCount){.notes = g_ptr_array_new_with_free_func(g_free)};
    const guint before = problems_count(problems);
    AlertMap map;
    bool good = yaml_load(path, &alert_map_table, &map, NULL, problems, NULL);
    if (good && map.columns.time == NULL) {
        problems_add(problems, path, 0, 0, "columns",
                     "found no time, expected its column or path: a log has no times of arrival");
        good = false;
    }
    if (!good) {
        yaml_clear(&alert_map_table, &map);
        return NULL;
    }
    g_autoptr(GHashTable) unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) clip_ids = g_ptr_array_new(), cameras = g_ptr_array_new();
    g_autoptr(AlertLog) log = alert_log_new();
    g_autoptr(AlertJoin) join = alert_join_new();
    g_autoptr(GArray) opened = g_array_new(FALSE, FALSE, sizeof(Opened));
    MapReading reading = {.map = &map,
                          .path = path,
                          .clock = {map.time, map.time_zone, map.shift_us, map.decimal == 1},
                          .dataset = dataset,
                          .clip_ids = clip_ids,
                          .cameras = cameras,
                          .unknown = unknown,
                          .times = map_times_new(),
                          .log = log,
                          .count = count,
                          .join = join,
                          .opened = opened};
    read_log(&reading, log_path, problems);
    map_times_free(reading.times);
    yaml_clear(&alert_map_table, &map);
    return problems_count(problems) == before ? g_steal_pointer(&log) : NULL;
}

void alert_map_count_clear(AlertMapCount *count)
{
    g_clear_pointer(&count->notes, g_ptr_array_unref);
}
