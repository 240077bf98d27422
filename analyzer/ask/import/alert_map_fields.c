/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row says by the map, whatever its form: of files and of live messages alike. */
#include "import/alert_map_internal.h"

#include <math.h>
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
    if (map->columns.kind == NULL)
        return map->behaviour;
    if (word == NULL) {
        table_expected(row, AT_KIND, "a kind of alert");
        return NULL;
    }
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

/* Whether one of the values in the cell is that one. */
static bool holds(const char *cell, const char *value)
{
    const gsize length = strlen(value);
    for (const char *at = cell; at != NULL; at = strchr(at, ROWS_BETWEEN)) {
        at += *at == ROWS_BETWEEN;
        if (strncmp(at, value, length) == 0 && (at[length] == '\0' || at[length] == ROWS_BETWEEN))
            return true;
    }
    return false;
}

/* Whether the row is one of those that `only` asks for. */
static bool is_of_interest(const MapReading *reading, const Row *row)
{
    const ParamList *only = reading->map->only;
    for (guint i = 0; only != NULL && i < only->params->len; i++) {
        const char *cell = row->cells[AT_COLUMNS + i].text;
        const Param *wanted = g_ptr_array_index(only->params, i);
        if (cell == NULL || !holds(cell, wanted->value))
            return false;
    }
    return true;
}

static bool find_state(MapReading *reading, const Row *row, AlertState *out)
{
    const AlertMap *map = reading->map;
    const char *word = row->cells[AT_STATE].text;
    *out = ALERT_WHOLE;
    if (map->columns.state == NULL)
        return true;
    if (word == NULL) {
        table_expected(row, AT_STATE, "a state");
        return false;
    }
    const char *translated = map_translate(map->states, word);
    if (translated != NULL && strcmp(translated, "ignore") == 0) {
        reading->count->ignored++;
        return false;
    }
    const int state = alert_state_named(translated != NULL ? translated : word);
    if (state >= 0) {
        *out = (AlertState)state;
        return true;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; map->states != NULL && i < map->states->params->len; i++)
        g_ptr_array_add(names, ((const Param *)g_ptr_array_index(map->states->params, i))->name);
    g_autofree char *what =
        g_strdup_printf("new, update, end, whole, or a word that %s names under states", reading->path);
    map_report_unknown(reading, row, AT_STATE, what, names);
    return false;
}

static bool read_confidence(const MapReading *reading, const Row *row, double *out)
{
    const char *text = row->cells[AT_CONFIDENCE].text;
    *out = (double)NAN;
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

bool map_read_meaning(MapReading *reading, const Row *row, RowMeaning *meaning)
{
    if (!is_of_interest(reading, row)) {
        reading->count->ignored++;
        return false;
    }
    meaning->behaviour = find_behaviour(reading, row);
    return meaning->behaviour != NULL && find_state(reading, row, &meaning->state) &&
           read_confidence(reading, row, &meaning->confidence);
}

char *map_row_key(const Row *row, const RowMeaning *meaning)
{
    const char *clip = row->cells[AT_CLIP].text, *camera = row->cells[AT_CAMERA].text,
               *id = row->cells[AT_ID].text;
    return g_strdup_printf("%s\n%s\n%s\n%s", meaning->behaviour, clip != NULL ? clip : "",
                           camera != NULL ? camera : "", id != NULL ? id : "");
}

char *map_row_words(const Row *row, size_t column)
{
    const char *text = row->cells[column].text;
    if (text == NULL || strchr(text, ROWS_BETWEEN) == NULL)
        return g_strdup(text);
    g_auto(GStrv) values = g_strsplit(text, (const char[]){ROWS_BETWEEN, '\0'}, -1);
    return g_strjoinv(", ", values);
}
