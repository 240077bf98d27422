/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An alert log, read with its map. */
#include "config/alert_map_internal.h"
#include "truth/files.h"

#include <string.h>

#define NOTES_MAX 5

enum { AT_CLIP, AT_CAMERA, AT_TIME, AT_DATE, AT_END, AT_KIND, AT_CONFIDENCE, AT_LABEL, AT_NOTE, COLUMNS };

typedef struct {
    const AlertMap *map;
    const char *path; /* of the map */
    AlertClock clock;
    const Dataset *dataset;
    GHashTable *unknown; /* words that were reported already */
    AlertLog *log;
    AlertMapCount *count;
} Reading;

static const char *translate(const ParamList *words, const char *word)
{
    const Param *param = words != NULL ? param_list_find(words, word) : NULL;
    return param != NULL ? param->value : NULL;
}

/* What the row is of; NULL when it is to be ignored or not known (reported once). */
static const char *find_behaviour(Reading *reading, const Row *row)
{
    const AlertMap *map = reading->map;
    const char *word = row->cells[AT_KIND].text;
    if (word == NULL && map->behaviour == NULL) {
        table_expected(row, AT_KIND, "a kind of alert");
        return NULL;
    }
    const char *id = word != NULL ? translate(map->kinds, word) : NULL;
    if (id == NULL && word != NULL && map->ignore != NULL &&
        g_ptr_array_find_with_equal_func(map->ignore, word, g_str_equal, NULL)) {
        reading->count->ignored++;
        return NULL;
    }
    if (id == NULL && map->behaviour != NULL && map->columns.kind == NULL)
        return map->behaviour;
    if (id == NULL && g_hash_table_add(reading->unknown, g_strdup(word)))
        table_expected(row, AT_KIND, "a word that %s names, under behaviours or under ignore", reading->path);
    return id;
}

static void note_elsewhere(Reading *reading, const Row *row, const char *why)
{
    if (reading->count->elsewhere++ < NOTES_MAX)
        g_ptr_array_add(reading->count->notes,
                        g_strdup_printf("%s:%d: %s", row->table->file, row->line, why));
}

static const Clip *find_named_clip(Reading *reading, const Row *row)
{
    const char *name = row->cells[AT_CLIP].text;
    if (name == NULL) {
        table_expected(row, AT_CLIP, "a clip’s name");
        return NULL;
    }
    const char *id = translate(reading->map->clips, name);
    const Clip *clip = dataset_find_clip(reading->dataset, id != NULL ? id : name);
    if (clip == NULL) {
        g_autofree char *why = g_strdup_printf("“%s” is no clip of %s", name, reading->dataset->file);
        note_elsewhere(reading, row, why);
    }
    return clip;
}

/* The clip of the camera that was being recorded at that time, and the time within it. */
static const Clip *find_by_clock(Reading *reading, const Row *row, GDateTime *when, int64_t *out_us)
{
    const char *name = row->cells[AT_CAMERA].text;
    const char *camera = name != NULL ? translate(reading->map->cameras, name) : NULL;
    if (camera == NULL)
        camera = name;
    const Clip *only = reading->map->columns.clip != NULL ? find_named_clip(reading, row) : NULL;
    if (reading->map->columns.clip != NULL && only == NULL)
        return NULL;
    const Clip *found = NULL;
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        g_autoptr(GDateTime) start = alert_clock_clip_start(&reading->clock, clip);
        if (start == NULL || (only != NULL && clip != only) ||
            (only == NULL && camera != NULL && strcmp(clip->camera, camera) != 0))
            continue;
        const int64_t at_us = g_date_time_difference(when, start);
        if (at_us >= 0 && clip->duration_us != TIME_UNKNOWN && at_us <= clip->duration_us) {
            if (found != NULL && at_us > 0) { /* the end of one may be the start of the next */
                table_problem(row, AT_TIME,
                              "found a time in two clips, “%s” and “%s”, expected one: say in %s which "
                              "cameras filmed them (camera) and when (recorded_at)",
                              found->id, clip->id, reading->dataset->file);
                return NULL;
            }
            found = clip;
            *out_us = at_us;
        }
    }
    if (found != NULL)
        return found;
    g_autofree char *text = g_date_time_format(when, "%F %T");
    g_autofree char *why = g_strdup_printf("%s%s%s lies outside of every clip", camera != NULL ? camera : "",
                                           camera != NULL ? ", " : "", text);
    note_elsewhere(reading, row, why);
    return NULL;
}

static char *clock_text(const Row *row, size_t column)
{
    const char *date = row->cells[AT_DATE].text;
    return date != NULL ? g_strdup_printf("%s %s", date, row->cells[column].text)
                        : g_strdup(row->cells[column].text);
}

static bool expect_time(const Row *row, size_t column, const Reading *reading)
{
    table_expected(row, column, "a time written as “%s” (time: in %s)", reading->map->time, reading->path);
    return false;
}

/* Sets the alert's times and the clip; false when there is none (reported or counted). */
static bool place_row(Reading *reading, const Row *row, Alert *alert, const Clip **clip)
{
    if (row->cells[AT_TIME].text == NULL)
        return expect_time(row, AT_TIME, reading);
    const char *end = row->cells[AT_END].text;
    if (alert_clock_is_relative(&reading->clock)) {
        if (!alert_clock_parse_relative(&reading->clock, row->cells[AT_TIME].text, &alert->onset_us))
            return expect_time(row, AT_TIME, reading);
        if (end != NULL && !alert_clock_parse_relative(&reading->clock, end, &alert->end_us))
            return expect_time(row, AT_END, reading);
        *clip = find_named_clip(reading, row);
        if (*clip != NULL && (alert->onset_us < 0 || ((*clip)->duration_us != TIME_UNKNOWN &&
                                                      alert->onset_us > (*clip)->duration_us))) {
            g_autofree char *why = g_strdup_printf("the time lies outside of the clip “%s”", (*clip)->id);
            note_elsewhere(reading, row, why);
            return false;
        }
        return *clip != NULL;
    }
    g_autofree char *text = clock_text(row, AT_TIME);
    g_autoptr(GDateTime) when = alert_clock_parse(&reading->clock, text);
    if (when == NULL)
        return expect_time(row, AT_TIME, reading);
    *clip = find_by_clock(reading, row, when, &alert->onset_us);
    if (*clip == NULL || end == NULL)
        return *clip != NULL;
    g_autofree char *end_text = clock_text(row, AT_END);
    g_autoptr(GDateTime) until = alert_clock_parse(&reading->clock, end_text);
    if (until == NULL)
        return expect_time(row, AT_END, reading);
    alert->end_us = alert->onset_us + g_date_time_difference(until, when);
    return true;
}

static bool read_confidence(const Reading *reading, const Row *row, double *out)
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
    Reading *reading = user;
    reading->count->rows++;
    const char *behaviour = find_behaviour(reading, row);
    if (behaviour == NULL)
        return;
    const Clip *clip = NULL;
    g_autoptr(Alert) alert = alert_new(behaviour, 0, 0);
    if (!place_row(reading, row, alert, &clip) || !read_confidence(reading, row, &alert->confidence))
        return;
    alert->decided_us = alert->onset_us;
    if (alert->end_us != TIME_UNKNOWN && alert->end_us < alert->onset_us) {
        table_expected(row, AT_END, "a time that is not before the alert’s");
        return;
    }
    alert->label = g_strdup(row->cells[AT_LABEL].text);
    alert->note = g_strdup(row->cells[AT_NOTE].text);
    alert_log_add(reading->log, clip->id, NULL, g_steal_pointer(&alert));
    reading->count->taken++;
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const AlertRow *x = a, *y = b;
    const int clips = strcmp(x->clip, y->clip);
    return clips != 0 ? clips : alert_compare(&x->alert, &y->alert);
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

static bool check_clips_have_clock(const Reading *reading, Problems *problems)
{
    if (alert_clock_is_relative(&reading->clock))
        return true;
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        const bool zoned = reading->clock.zone == NULL && clip->recorded_at != NULL && !clip->recorded_local;
        if (clip->recorded_at != NULL && clip->duration_us != TIME_UNKNOWN && !zoned)
            continue;
        problems_add(problems, reading->dataset->file, clip->line, 0, NULL,
                     zoned
                         ? "clip “%s”: found an offset from UTC in recorded_at, expected the log’s clock to "
                           "have a zone too (zone: in the map)"
                         : "clip “%s”: found no recorded_at or no duration_s, expected both, since the log "
                           "has a clock’s times",
                     clip->id);
        return false;
    }
    return true;
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
    const AlertColumns *names = &map.columns;
    const char *const headings[COLUMNS] = {names->clip,       names->camera, names->time,
                                           names->date,       names->end,    names->kind,
                                           names->confidence, names->label,  names->note};
    Column columns[COLUMNS];
    for (size_t i = 0; i < COLUMNS;
         i++) /* a column that the map does not name has a name that no heading has */
        columns[i] = (Column){headings[i] != NULL ? headings[i] : "\n", headings[i] != NULL};
    g_autoptr(GHashTable) unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(AlertLog) log = alert_log_new();
    Reading reading = {.map = &map,
                       .path = path,
                       .clock = {map.time, map.time_zone, map.shift_us, map.decimal == 1},
                       .dataset = dataset,
                       .unknown = unknown,
                       .log = log,
                       .count = count};
    size_t length = 0;
    g_autofree char *text = read_text(&map, log_path, &length, problems);
    const Table table = {.file = log_path,
                         .bytes = text,
                         .length = length,
                         .columns = columns,
                         .count = COLUMNS,
                         .problems = problems,
                         .delimiter = ",;\t|"[map.delimiter],
                         .others_passed = true};
    if (text != NULL && check_clips_have_clock(&reading, problems) && table_check_text(&table))
        table_read_csv(&table, read_alert, &reading);
    g_array_sort(log->rows, compare_rows);
    yaml_clear(&alert_map_table, &map);
    return problems_count(problems) == before ? g_steal_pointer(&log) : NULL;
}

void alert_map_count_clear(AlertMapCount *count)
{
    g_clear_pointer(&count->notes, g_ptr_array_unref);
}
