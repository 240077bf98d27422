/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a row of somebody else's log lies: its clip, and its time from the clip's first frame. */
#include "import/alert_map_internal.h"

#include "config/names.h"

#include <string.h>

#define NOTES_MAX 5

const char *map_translate(const ParamList *words, const char *word)
{
    const Param *param = words != NULL ? param_list_find(words, word) : NULL;
    return param != NULL ? param->value : NULL;
}

bool map_ignores(const GPtrArray *words, const char *word)
{
    return words != NULL && g_ptr_array_find_with_equal_func((GPtrArray *)words, word, g_str_equal, NULL);
}

void map_report_unknown(MapReading *reading, const Row *row, size_t column, const char *what,
                        const GPtrArray *names)
{
    const char *word = row->cells[column].text;
    g_autofree char *key = g_strdup_printf("%zu\n%s", column, word);
    if (!g_hash_table_add(reading->unknown, g_steal_pointer(&key)))
        return;
    const char *nearest =
        option_nearest_name(word, (const char *const *)(const void *)names->pdata, names->len);
    if (nearest != NULL)
        table_expected(row, column, "%s, perhaps “%s”", what, nearest);
    else
        table_expected(row, column, "%s", what);
}

static bool is_among(const GPtrArray *names, const char *name)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)names, name, g_str_equal, NULL);
}

static void check_words(const ParamList *words, const GPtrArray *names, const char *key, const char *what,
                        const char *dataset, Problems *problems)
{
    for (guint i = 0; words != NULL && i < words->params->len; i++) {
        const Param *param = g_ptr_array_index(words->params, i);
        if (is_among(names, param->value))
            continue;
        const char *nearest =
            option_nearest_name(param->value, (const char *const *)(const void *)names->pdata, names->len);
        g_autofree char *path = g_strdup_printf("%s.%s", key, param->name);
        problems_add(problems, param->file, param->line, param->column, path,
                     "found “%s”, expected %s of %s%s%s%s", param->value, what, dataset,
                     nearest != NULL ? ", perhaps “" : "", nearest != NULL ? nearest : "",
                     nearest != NULL ? "”" : "");
    }
}

void map_check_names(const MapReading *reading, Problems *problems)
{
    const char *dataset = reading->dataset->file;
    check_words(reading->map->clips, reading->clip_ids, "clips", "a clip", dataset, problems);
    check_words(reading->map->cameras, reading->cameras, "cameras", "a camera", dataset, problems);
}

static void note_elsewhere(MapReading *reading, const Row *row, const char *why)
{
    if (reading->count->elsewhere++ < NOTES_MAX)
        g_ptr_array_add(reading->count->notes,
                        g_strdup_printf("%s:%d: %s", row->table->file, row->line, why));
}

/* NULL when it is to be ignored (counted) or not known (reported). */
static const Clip *find_named_clip(MapReading *reading, const Row *row)
{
    const char *name = row->cells[AT_CLIP].text;
    if (name == NULL) {
        table_expected(row, AT_CLIP, "a clip’s name");
        return NULL;
    }
    if (map_ignores(reading->map->ignore_clips, name)) {
        reading->count->ignored_places++;
        return NULL;
    }
    const char *id = map_translate(reading->map->clips, name);
    const Clip *clip = dataset_find_clip(reading->dataset, id != NULL ? id : name);
    if (clip == NULL) {
        g_autofree char *what =
            g_strdup_printf("a clip of %s, or a word that %s names under clips or ignore_clips",
                            reading->dataset->file, reading->path);
        map_report_unknown(reading, row, AT_CLIP, what, reading->clip_ids);
    }
    return clip;
}

/* Sets the dataset's name of the camera, NULL where the log has no column for it. False as above. */
static bool find_camera(MapReading *reading, const Row *row, const char **camera)
{
    const char *name = row->cells[AT_CAMERA].text;
    *camera = NULL;
    if (reading->map->columns.camera == NULL)
        return true;
    if (name == NULL) {
        table_expected(row, AT_CAMERA, "a camera’s name");
        return false;
    }
    if (map_ignores(reading->map->ignore_cameras, name)) {
        reading->count->ignored_places++;
        return false;
    }
    const char *own = map_translate(reading->map->cameras, name);
    *camera = own != NULL ? own : name;
    if (is_among(reading->cameras, *camera))
        return true;
    g_autofree char *what =
        g_strdup_printf("a camera of %s, or a word that %s names under cameras or ignore_cameras",
                        reading->dataset->file, reading->path);
    map_report_unknown(reading, row, AT_CAMERA, what, reading->cameras);
    return false;
}

/* The clip of `camera` (NULL: of any), or just `only`, that was being recorded at that time, and the time
 * within it. NULL when there is none; *twice: when there are two, which is reported. */
static const Clip *recorded_then(const MapReading *reading, const Row *row, const Clip *only,
                                 const char *camera, GDateTime *when, int64_t *out_us, bool *twice)
{
    const Clip *found = NULL;
    for (guint i = 0; i < reading->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(reading->dataset->clips, i);
        g_autoptr(GDateTime) start = alert_clock_clip_start(&reading->clock, clip);
        if (start == NULL || (only != NULL && clip != only) ||
            (only == NULL && camera != NULL && strcmp(clip->camera, camera) != 0))
            continue;
        const int64_t at_us = g_date_time_difference(when, start);
        if (at_us >= 0 && clip->duration_us != TIME_UNKNOWN && at_us <= clip->duration_us) {
            /* The end of one may be the start of the next, whichever of them the dataset names first. */
            if (found != NULL && *out_us == 0 && at_us == clip->duration_us)
                continue;
            if (found != NULL && !(at_us == 0 && *out_us == found->duration_us)) {
                table_problem(row, AT_TIME,
                              "found a time in two clips, “%s” and “%s”, expected one: say in %s which "
                              "cameras filmed them (camera) and when (recorded_at)",
                              found->id, clip->id, reading->dataset->file);
                *twice = true;
                return NULL;
            }
            found = clip;
            *out_us = at_us;
        }
    }
    return found;
}

/* The clip that was being recorded when a clock showed that time, which it did once more at *second when that
 * is there: then the first that lies in a clip. The time taken is left in *when. */
static const Clip *find_by_clock(MapReading *reading, const Row *row, GDateTime **when, GDateTime *second,
                                 int64_t *out_us)
{
    const char *camera = NULL;
    if (!find_camera(reading, row, &camera))
        return NULL;
    const Clip *only = reading->map->columns.clip != NULL ? find_named_clip(reading, row) : NULL;
    if (reading->map->columns.clip != NULL && only == NULL)
        return NULL;
    if (only != NULL && camera != NULL && strcmp(only->camera, camera) != 0) {
        table_expected(row, AT_CAMERA, "“%s”, the camera of the clip “%s”", only->camera, only->id);
        return NULL;
    }
    bool twice = false;
    const Clip *found = recorded_then(reading, row, only, camera, *when, out_us, &twice);
    if (found == NULL && !twice && second != NULL &&
        (found = recorded_then(reading, row, only, camera, second, out_us, &twice)) != NULL) {
        g_date_time_unref(*when);
        *when = g_date_time_ref(second);
    }
    map_times_add(reading->times, only != NULL ? only->id : camera != NULL ? camera : "", *when);
    if (twice)
        return NULL;
    reading->count->shown_twice += second != NULL;
    if (found != NULL)
        return found;
    g_autofree char *text = g_date_time_format(*when, "%F %T");
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

static bool expect_time(const Row *row, size_t column, const MapReading *reading)
{
    table_expected(row, column, "a time written as “%s” (time: in %s)%s", reading->map->time, reading->path,
                   reading->map->zone != NULL ? ", not in the hour that a change of clocks leaves out" : "");
    return false;
}

static int64_t unix_us(GDateTime *when)
{
    return g_date_time_to_unix(when) * US_PER_SECOND + g_date_time_get_microsecond(when);
}

bool map_row_time(const MapReading *reading, const Row *row, size_t column, int64_t not_before_us,
                  int64_t *out_us)
{
    if (alert_clock_is_relative(&reading->clock))
        return alert_clock_parse_relative(&reading->clock, row->cells[column].text, out_us) ||
               expect_time(row, column, reading);
    g_autofree char *text = clock_text(row, column);
    g_autoptr(GDateTime) second = NULL, when = alert_clock_parse(&reading->clock, text, &second);
    if (when == NULL)
        return expect_time(row, column, reading);
    *out_us = unix_us(when);
    if (second != NULL && *out_us < not_before_us)
        *out_us = unix_us(second);
    return true;
}

static bool place_relative(MapReading *reading, const Row *row, Alert *alert, const Clip **clip)
{
    const char *end = row->cells[AT_END].text, *camera = NULL;
    if (!alert_clock_parse_relative(&reading->clock, row->cells[AT_TIME].text, &alert->onset_us))
        return expect_time(row, AT_TIME, reading);
    if (end != NULL && !alert_clock_parse_relative(&reading->clock, end, &alert->end_us))
        return expect_time(row, AT_END, reading);
    *clip = find_camera(reading, row, &camera) ? find_named_clip(reading, row) : NULL;
    if (*clip == NULL)
        return false;
    map_times_add_relative(reading->times, alert->onset_us);
    reading->placed_us = alert->onset_us;
    if (alert->onset_us >= 0 &&
        ((*clip)->duration_us == TIME_UNKNOWN || alert->onset_us <= (*clip)->duration_us))
        return true;
    g_autofree char *why = g_strdup_printf("the time lies outside of the clip “%s”", (*clip)->id);
    note_elsewhere(reading, row, why);
    return false;
}

bool map_place_row(MapReading *reading, const Row *row, Alert *alert, const Clip **clip)
{
    if (row->cells[AT_TIME].text == NULL)
        return expect_time(row, AT_TIME, reading);
    if (alert_clock_is_relative(&reading->clock))
        return place_relative(reading, row, alert, clip);
    const char *end = row->cells[AT_END].text;
    g_autofree char *text = clock_text(row, AT_TIME);
    g_autoptr(GDateTime) second = NULL, when = alert_clock_parse(&reading->clock, text, &second);
    if (when == NULL)
        return expect_time(row, AT_TIME, reading);
    *clip = find_by_clock(reading, row, &when, second, &alert->onset_us);
    reading->placed_us = unix_us(when);
    if (*clip == NULL || end == NULL)
        return *clip != NULL;
    g_autofree char *end_text = clock_text(row, AT_END);
    g_autoptr(GDateTime) later = NULL, until = alert_clock_parse(&reading->clock, end_text, &later);
    if (until == NULL)
        return expect_time(row, AT_END, reading);
    if (later != NULL && g_date_time_compare(until, when) < 0) {
        g_date_time_unref(until);
        until = g_date_time_ref(later);
    }
    alert->end_us = alert->onset_us + g_date_time_difference(until, when);
    return true;
}
