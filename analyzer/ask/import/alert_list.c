/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_list.h"

#include "config/names.h"
#include "import/alert_map_internal.h"
#include "records/file_hash.h"
#include "records/free.h"

#include <string.h>

static void forget_time(GDateTime *when)
{
    if (when != NULL)
        g_date_time_unref(when);
}

DEFINE_DESTROY(listed_free, ListedAlert, alert,
               FREE_EACH(alert->behaviour, alert->camera, alert->clip, alert->time, alert->number,
                         alert->picture, alert->treated),
               forget_time(alert->when))

static AlertList *alert_list_new(void)
{
    AlertList *list = g_new0(AlertList, 1);
    list->alerts = g_ptr_array_new_with_free_func(listed_free);
    return list;
}

DEFINE_FREE(alert_list_free, AlertList, list, g_ptr_array_unref(list->alerts),
            FREE_EACH(list->sha256, list->map_sha256))

/* ---- a vendor's own */

typedef struct {
    MapReading reading;
    AlertMapCount count;
    AlertList *list;
    GHashTable *seen; /* rows by all that is read of them */
    GArray *opened;   /* of guint: the list's member that each alert of `join` is, or LOST */
} Listing;

enum { LOST = G_MAXUINT };

static char *copy_name(const ParamList *words, const char *name)
{
    const char *own = name != NULL ? map_translate(words, name) : NULL;
    return g_strdup(own != NULL ? own : name);
}

/* All that the map reads of the row. */
static char *whole_row(const Row *row)
{
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < AT_COLUMNS; i++)
        g_string_append_printf(all, "%s\x1e", row->cells[i].text != NULL ? row->cells[i].text : "");
    return g_string_free(all, FALSE);
}

/* What the clock of the place showed. */
static GDateTime *local_time(const AlertMap *map, GDateTime *when)
{
    return map->time_zone != NULL ? g_date_time_to_timezone(when, map->time_zone) : g_date_time_ref(when);
}

static bool read_when(const Listing *listing, const Row *row, ListedAlert *alert)
{
    const AlertMap *map = listing->reading.map;
    int64_t ignored_us = 0;
    if (row->cells[AT_TIME].text == NULL) {
        table_expected(row, AT_TIME, "a time");
        return false;
    }
    const char *date = row->cells[AT_DATE].text;
    alert->time = date != NULL ? g_strdup_printf("%s %s", date, row->cells[AT_TIME].text)
                               : g_strdup(row->cells[AT_TIME].text);
    if (!map_row_time(&listing->reading, row, AT_TIME, INT64_MIN, &ignored_us))
        return false;
    if (!alert_clock_is_relative(&listing->reading.clock)) {
        g_autoptr(GDateTime) when = alert_clock_parse(&listing->reading.clock, alert->time, NULL);
        alert->when = when != NULL ? local_time(map, when) : NULL;
    }
    return true;
}

/* Of an alert in several rows the last that is said counts. */
static void take_words(ListedAlert *alert, const Row *row)
{
    const struct {
        size_t column;
        char **words;
    } taken[] = {{AT_NUMBER, &alert->number}, {AT_PICTURE, &alert->picture}, {AT_TREATED, &alert->treated}};
    for (size_t i = 0; i < G_N_ELEMENTS(taken); i++) {
        char *words = map_row_words(row, taken[i].column);
        if (words == NULL)
            continue;
        g_free(*taken[i].words);
        *taken[i].words = words;
    }
}

/* The place in the list of the alert that the row begins; LOST: of a row that repeats another, or is wrong.
 */
static guint add_row(Listing *listing, const Row *row, const RowMeaning *meaning)
{
    const AlertMap *map = listing->reading.map;
    AlertList *list = listing->list;
    char *all = whole_row(row);
    if (!g_hash_table_add(listing->seen, all)) {
        list->repeated++;
        return LOST;
    }
    ListedAlert *alert = g_new0(ListedAlert, 1);
    alert->behaviour = g_strdup(meaning->behaviour);
    alert->camera = copy_name(map->cameras, row->cells[AT_CAMERA].text);
    alert->clip = copy_name(map->clips, row->cells[AT_CLIP].text);
    alert->line = row->line > 0 ? row->line : (int64_t)row->index + 1;
    take_words(alert, row);
    if (!read_when(listing, row, alert)) {
        listed_free(alert);
        return LOST;
    }
    g_ptr_array_add(list->alerts, alert);
    return list->alerts->len - 1;
}

static bool is_elsewhere(const AlertMap *map, const Row *row)
{
    const char *camera = row->cells[AT_CAMERA].text, *clip = row->cells[AT_CLIP].text;
    return (camera != NULL && map_ignores(map->ignore_cameras, camera)) ||
           (clip != NULL && map_ignores(map->ignore_clips, clip));
}

static void list_row(const Row *row, void *user)
{
    Listing *listing = user;
    AlertList *list = listing->list;
    RowMeaning meaning;
    list->rows++;
    if (is_elsewhere(listing->reading.map, row)) {
        list->ignored_places++;
        return;
    }
    if (!map_read_meaning(&listing->reading, row, &meaning))
        return; /* counted, or reported */
    if (meaning.state == ALERT_WHOLE) {
        add_row(listing, row, &meaning);
        return;
    }
    g_autofree char *key = map_row_key(row, &meaning);
    const Joined joined =
        alert_join_add(listing->reading.join, key, row->cells[AT_ID].text != NULL, meaning.state);
    if (joined.outcome == JOIN_ALONE) {
        list->alone++;
    } else if (joined.outcome == JOIN_OPENED) {
        const guint place = add_row(listing, row, &meaning);
        g_array_append_val(listing->opened, place);
    } else {
        const guint place = g_array_index(listing->opened, guint, joined.alert);
        list->joined++;
        if (place != LOST)
            take_words(g_ptr_array_index(list->alerts, place), row);
    }
}

static void count_numbers(AlertList *list)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < list->alerts->len; i++) {
        const ListedAlert *alert = g_ptr_array_index(list->alerts, i);
        if (alert->number != NULL && !g_hash_table_add(numbers, alert->number))
            list->renumbered++;
    }
}

static void list_rows(const AlertMap *map, const char *path, const char *log, AlertList *list,
                      Problems *problems)
{
    size_t length = 0;
    g_autofree char *text = map_read_text(map, log, &length, problems);
    if (text == NULL)
        return;
    g_autoptr(GHashTable) unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(AlertJoin) join = alert_join_new();
    g_autoptr(GArray) opened = g_array_new(FALSE, FALSE, sizeof(guint));
    Listing listing = {.list = list, .seen = seen, .opened = opened};
    listing.reading = (MapReading){.map = map,
                                   .path = path,
                                   .clock = {map->time, map->time_zone, map->shift_us, map->decimal == 1},
                                   .unknown = unknown,
                                   .count = &listing.count,
                                   .join = join};
    row_reader_read(map->reader, text, length, log, NULL, problems, list_row, &listing);
    list->ignored = listing.count.ignored;
}

static void list_vendors(const char *path, const char *log, AlertList *list, Problems *problems)
{
    AlertMap map;
    if (yaml_load(path, &alert_map_table, &map, NULL, problems, NULL)) {
        if (map.columns.time == NULL)
            problems_add(problems, path, 0, 0, "columns", "found no time, expected its column or path");
        else
            list_rows(&map, path, log, list, problems);
    }
    yaml_clear(&alert_map_table, &map);
    list->map_sha256 = file_hash(path, NULL);
}

/* ---- our own */

static void list_own(const char *log, AlertList *list, Problems *problems)
{
    g_autofree const char **behaviours = names_behaviours();
    g_autoptr(AlertLog) read = alert_log_load(log, behaviours, problems);
    if (read == NULL)
        return;
    list->rows = read->rows->len;
    alert_log_collapse(read);
    list->repeated = read->repeats.repeated;
    for (guint i = 0; i < read->rows->len; i++) {
        const AlertRow *row = &g_array_index(read->rows, AlertRow, i);
        ListedAlert *alert = g_new0(ListedAlert, 1);
        alert->behaviour = g_strdup(row->alert->behaviour);
        alert->clip = g_strdup(row->clip);
        alert->time = time_format_seconds(row->alert->onset_us);
        alert->line = row->line > 0 ? row->line : (int64_t)i + 1;
        g_ptr_array_add(list->alerts, alert);
    }
}

AlertList *alert_list_read(const char *map, const char *log, Problems *problems)
{
    const guint before = problems_count(problems);
    g_autoptr(AlertList) list = alert_list_new();
    if (map != NULL)
        list_vendors(map, log, list, problems);
    else
        list_own(log, list, problems);
    list->sha256 = file_hash(log, NULL);
    if (problems_count(problems) == before && list->sha256 == NULL)
        problems_add(problems, log, 0, 0, NULL, "found no readable file, expected an alert log");
    count_numbers(list);
    return problems_count(problems) == before ? g_steal_pointer(&list) : NULL;
}
