/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An alert log, read with its map. */
#include "import/alert_map_internal.h"
#include "truth/files.h"

#include <string.h>

/* The map's words for kinds of alert, for the nearest one. */
static GPtrArray *known_kinds(const AlertMap *map)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; map->kinds != NULL && i < map->kinds->params->len; i++)
        g_ptr_array_add(names, ((const Param *)g_ptr_array_index(map->kinds->params, i))->name);
    for (guint i = 0; map->ignore != NULL && i < map->ignore->len; i++)
        g_ptr_array_add(names, g_ptr_array_index(map->ignore, i));
    return names;
}

/* What the row is of; NULL when it is to be ignored or not known (reported once). */
static const char *find_behaviour(MapReading *reading, const Row *row)
{
    const AlertMap *map = reading->map;
    const char *word = row->cells[AT_KIND].text;
    if (word == NULL && (map->behaviour == NULL || map->columns.kind != NULL)) {
        table_expected(row, AT_KIND, "a kind of alert");
        return NULL;
    }
    if (map->columns.kind == NULL)
        return map->behaviour;
    const char *id = map_translate(map->kinds, word);
    if (id != NULL)
        return id;
    if (map_ignores(map->ignore, word)) {
        reading->count->ignored++;
        return NULL;
    }
    g_autoptr(GPtrArray) names = known_kinds(map);
    g_autofree char *what =
        g_strdup_printf("a word that %s names, under behaviours or under ignore", reading->path);
    map_report_unknown(reading, row, AT_KIND, what, names);
    return NULL;
}

static bool read_confidence(const MapReading *reading, const Row *row, double *out)
{
    const char *text = row->cells[AT_CONFIDENCE].text;
    if (text == NULL)
        return true;
    g_autofree char *plain = g_strstrip(g_strdup(text));
    const size_t length = strlen(plain);
    if (length > 0 && plain[length - 1] == '%')
        plain[length - 1] = '\0';
    if (reading->map->decimal == 1)
        g_strdelimit(plain, ",", '.');
    char *end = NULL;
    const double value = g_ascii_strtod(plain, &end) / reading->map->confidence_max;
    if (end == plain || *g_strchug(end) != '\0' || !(value >= 0 && value <= 1)) {
        table_expected(row, AT_CONFIDENCE, "a number from 0 to %g (confidence_max in %s)",
                       reading->map->confidence_max, reading->path);
        return false;
    }
    *out = value;
    return true;
}

static void read_alert(const Row *row, void *user)
{
    MapReading *reading = user;
    reading->count->rows++;
    const char *behaviour = find_behaviour(reading, row);
    if (behaviour == NULL)
        return;
    const Clip *clip = NULL;
    g_autoptr(Alert) alert = alert_new(behaviour, 0, 0);
    if (!map_place_row(reading, row, alert, &clip) || !read_confidence(reading, row, &alert->confidence))
        return;
    alert->decided_us = alert->onset_us;
    if (alert->end_us != TIME_UNKNOWN && alert->end_us < alert->onset_us) {
        table_expected(row, AT_END, "a time that is not before the alert’s");
        return;
    }
    alert->label = g_strdup(row->cells[AT_LABEL].text);
    alert->note = g_strdup(row->cells[AT_NOTE].text);
    alert_log_add(reading->log, clip->id, NULL, g_steal_pointer(&alert));
    AlertRow *entry = &g_array_index(reading->log->rows, AlertRow, reading->log->rows->len - 1);
    g_autofree char *source = g_strndup(row->table->bytes + row->at, row->length);
    entry->line = row->line;
    entry->source = g_str_hash(source);
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const AlertRow *x = a, *y = b;
    const int clips = strcmp(x->clip, y->clip);
    const int alerts = clips != 0 ? clips : alert_compare(&x->alert, &y->alert);
    return alerts != 0 ? alerts : (x->line > y->line) - (x->line < y->line);
}

static char *read_text(const AlertMap *map, const char *path, size_t *length, Problems *problems)
{
    g_autofree char *bytes = file_read(path, "an alert log (CSV)", length, problems);
    if (bytes == NULL || g_ascii_strcasecmp(map->encoding, "UTF-8") == 0)
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
    const AlertColumns *names = &map->columns;
    const char *const headings[AT_COLUMNS] = {names->clip,       names->camera, names->time,
                                              names->date,       names->end,    names->kind,
                                              names->confidence, names->label,  names->note};
    Column columns[AT_COLUMNS];
    for (size_t i = 0; i < AT_COLUMNS;
         i++) /* a column that the map does not name has a name that no heading has */
        columns[i] = (Column){headings[i] != NULL ? headings[i] : "\n", headings[i] != NULL};
    size_t length = 0;
    g_autofree char *text = read_text(map, log_path, &length, problems);
    const Table table = {.file = log_path,
                         .bytes = text,
                         .length = length,
                         .columns = columns,
                         .count = AT_COLUMNS,
                         .problems = problems,
                         .delimiter = ",;\t|"[map->delimiter],
                         .others_passed = true};
    if (text != NULL && check_clips_have_clock(reading, problems) && table_check_text(&table))
        table_read_csv(&table, read_alert, reading);
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
    if (!yaml_load(path, &alert_map_table, &map, NULL, problems, NULL)) {
        yaml_clear(&alert_map_table, &map);
        return NULL;
    }
    g_autoptr(GHashTable) unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) clip_ids = g_ptr_array_new(), cameras = g_ptr_array_new();
    g_autoptr(AlertLog) log = alert_log_new();
    MapReading reading = {.map = &map,
                          .path = path,
                          .clock = {map.time, map.time_zone, map.shift_us, map.decimal == 1},
                          .dataset = dataset,
                          .clip_ids = clip_ids,
                          .cameras = cameras,
                          .unknown = unknown,
                          .times = map_times_new(),
                          .log = log,
                          .count = count};
    read_log(&reading, log_path, problems);
    map_times_free(reading.times);
    yaml_clear(&alert_map_table, &map);
    return problems_count(problems) == before ? g_steal_pointer(&log) : NULL;
}

void alert_map_count_clear(AlertMapCount *count)
{
    g_clear_pointer(&count->notes, g_ptr_array_unref);
}
