/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_map.h"

#include "config/names.h"
#include "import/alert_map_internal.h"

#include <string.h>

/* ---- the map's own format */

static const char *const delimiters[] = {"comma", "semicolon", "tab", "bar", NULL};
static const char *const decimals[] = {"point", "comma", NULL};

static const YamlField column_fields[] = {
    TEXT_FIELD(
        "clip", AlertColumns, clip,
        .help =
            "heading of the column with the clip’s name; of JSON its path, of XML its XPath, from the row"),
    TEXT_FIELD("camera", AlertColumns, camera,
               .help = "with the camera’s name, where alerts have a clock’s time instead of a clip"),
    TEXT_FIELD("time", AlertColumns, time,
               .help = "with the time of the alert; only of a live system it may be left out"),
    TEXT_FIELD("date", AlertColumns, date,
               .help =
                   "with the date, where it stands apart: it is put before the time, with a blank between"),
    TEXT_FIELD("end", AlertColumns, end, .help = "with the alert’s end"),
    TEXT_FIELD("behaviour", AlertColumns, kind,
               .help = "with the kind of alert; its words are translated under behaviours"),
    TEXT_FIELD("confidence", AlertColumns, confidence, .help = "with the system’s confidence"),
    TEXT_FIELD("label", AlertColumns, label, .help = "with a kind within the behaviour"),
    TEXT_FIELD("note", AlertColumns, note, .help = "with a remark"),
    TEXT_FIELD("id", AlertColumns, id,
               .help = "with the alarm’s own id, by which the rows of one alert are joined; without it by "
                       "kind and camera"),
    TEXT_FIELD("state", AlertColumns, state,
               .help =
                   "with whether the alert begins, goes on or ends; its words are translated under states"),
    TEXT_FIELD("number", AlertColumns, number,
               .help = "with the log’s own number of the alert, by which its picture is found (sample)"),
    TEXT_FIELD("picture", AlertColumns, picture, .help = "with the path of the alert’s picture (sample)"),
    TEXT_FIELD("treated", AlertColumns, treated,
               .help = "with what became of the alert: treated, deleted … (sample --treated, --by)"),
    YAML_FIELD_END};
const YamlTable alert_columns_table = {YAML_TABLE("columns", column_fields, AlertColumns)};

/* The letters of strptime(3) that a pattern uses, without their flags. */
static char *pattern_letters(const char *pattern)
{
    GString *letters = g_string_new(NULL);
    for (const char *p = strchr(pattern, '%'); p != NULL; p = strchr(p, '%')) {
        p += 1 + strspn(p + 1, "EO_-0^#");
        if (*p != '\0')
            g_string_append_c(letters, *p++);
    }
    return g_string_free(letters, FALSE);
}

/* A clock's time says year, month, day and hour: what is missing would be taken for 1900 or midnight, and the
 * log would lie outside of every clip. */
static void check_pattern(YamlReader *reader, const YamlNode *node, const char *pattern)
{
    static const struct {
        const char *what, *letters;
    } parts[] = {
        {"year", "YyGgFDxcs+"}, {"month", "mbBhFDxcsj+"}, {"day", "dejFDxcs+"}, {"hour", "HIklTRrXcs+"}};
    g_autofree char *letters = pattern_letters(pattern);
    if (strchr(letters, 's') != NULL) {
        yaml_expected(reader, node,
                      "“unix” for seconds since 1970, which %%s would take for this machine’s zone");
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (strpbrk(letters, parts[i].letters) == NULL) {
            yaml_expected(reader, node,
                          "a %s in it too, since clips are found by date and time (where the date has a "
                          "column of its own: date under columns, its pattern first, then a blank)",
                          parts[i].what);
            return;
        }
    }
    if (strpbrk(letters, "Il") != NULL && strpbrk(letters, "pPr") == NULL)
        yaml_expected(reader, node, "%%p beside hours up to twelve, or %%H for hours up to 24");
}

static void check_states(YamlReader *reader, const YamlNode *node, const AlertMap *map)
{
    if (map->columns.state == NULL && (yaml_node_get(node, "states") != NULL || map->columns.id != NULL))
        yaml_expected(reader, yaml_node_get(node, "columns"),
                      "a column “state” too, since it says what the rows of one alert are");
    for (guint i = 0; map->states != NULL && i < map->states->params->len; i++) {
        const Param *state = g_ptr_array_index(map->states->params, i);
        if (alert_state_named(state->value) < 0 && strcmp(state->value, "ignore") != 0)
            yaml_expected(reader, yaml_node_get(yaml_node_get(node, "states"), state->name),
                          "new, update, end, whole or ignore");
    }
}

static const struct {
    const char *key;
    size_t offset;
} columns_at[AT_COLUMNS] = {
    [AT_CLIP] = {"clip", offsetof(AlertColumns, clip)},
    [AT_CAMERA] = {"camera", offsetof(AlertColumns, camera)},
    [AT_TIME] = {"time", offsetof(AlertColumns, time)},
    [AT_DATE] = {"date", offsetof(AlertColumns, date)},
    [AT_END] = {"end", offsetof(AlertColumns, end)},
    [AT_KIND] = {"behaviour", offsetof(AlertColumns, kind)},
    [AT_CONFIDENCE] = {"confidence", offsetof(AlertColumns, confidence)},
    [AT_LABEL] = {"label", offsetof(AlertColumns, label)},
    [AT_NOTE] = {"note", offsetof(AlertColumns, note)},
    [AT_ID] = {"id", offsetof(AlertColumns, id)},
    [AT_STATE] = {"state", offsetof(AlertColumns, state)},
    [AT_NUMBER] = {"number", offsetof(AlertColumns, number)},
    [AT_PICTURE] = {"picture", offsetof(AlertColumns, picture)},
    [AT_TREATED] = {"treated", offsetof(AlertColumns, treated)},
};

/* Makes the reader of the rows, by which the paths are checked. */
static void make_reader(YamlReader *reader, const YamlNode *node, AlertMap *map)
{
    const guint only = map->only != NULL ? map->only->params->len : 0;
    g_autofree RowField *fields = g_new0(RowField, AT_COLUMNS + only);
    for (size_t i = 0; i < AT_COLUMNS; i++) {
        const char *path = *(char *const *)((const char *)&map->columns + columns_at[i].offset);
        fields[i] = (RowField){path, path != NULL, i == AT_LABEL || i == AT_NOTE};
    }
    for (guint i = 0; i < only; i++)
        fields[AT_COLUMNS + i] =
            (RowField){((const Param *)g_ptr_array_index(map->only->params, i))->name, true, true};
    g_autofree char *fault = NULL;
    size_t which = 0;
    map->reader = row_reader_new((RowForm)map->format, map->rows, fields, AT_COLUMNS + only,
                                 ",;\t|"[map->delimiter], &fault, &which);
    if (map->reader != NULL)
        return;
    const YamlNode *place =
        which < AT_COLUMNS          ? yaml_node_get(yaml_node_get(node, "columns"), columns_at[which].key)
        : which < AT_COLUMNS + only ? yaml_node_get(yaml_node_get(node, "only"), fields[which].path)
                                    : yaml_node_get(node, "rows");
    yaml_problem(reader, place != NULL ? place : node, "%s", fault);
}

static void check_form(YamlReader *reader, const YamlNode *node, AlertMap *map)
{
    if (map->format == ROWS_TABLE && map->rows != NULL)
        yaml_expected(reader, yaml_node_get(node, "rows"), "no such key for a table: its rows are its lines");
    if (map->format == ROWS_TABLE && map->columns.time == NULL)
        yaml_expected(reader, yaml_node_get(node, "columns"), "a column “time”");
    make_reader(reader, node, map);
}

static void check_map(YamlReader *reader, const YamlNode *node, void *target)
{
    AlertMap *map = target;
    const YamlNode *columns = yaml_node_get(node, "columns");
    if (columns == NULL || map->time == NULL)
        return;
    check_form(reader, node, map);
    check_states(reader, node, map);
    const AlertClock clock = {.pattern = map->time};
    if (alert_clock_is_relative(&clock) && map->columns.clip == NULL && map->columns.time != NULL)
        yaml_expected(reader, columns, "a column “clip”, since the times count from a clip’s first frame");
    if (!alert_clock_is_word(&clock) && strchr(map->time, '%') == NULL)
        yaml_expected(reader, yaml_node_get(node, "time"),
                      "“seconds”, “hh:mm:ss”, “iso”, “unix”, “unix-ms”, “unix-us”, or a clock’s time such as "
                      "“%%d/%%m/%%Y %%H:%%M:%%S”");
    else if (!alert_clock_is_word(&clock))
        check_pattern(reader, yaml_node_get(node, "time"), map->time);
    if (map->columns.kind == NULL && map->behaviour == NULL)
        yaml_expected(reader, node,
                      "a column “behaviour” (with its words under behaviours), or the one “behaviour” that "
                      "every alert is of");
    if (map->behaviour != NULL)
        names_check_behaviour(reader, yaml_node_get(node, "behaviour"), map->behaviour);
    for (guint i = 0; map->kinds != NULL && i < map->kinds->params->len; i++) {
        const Param *kind = g_ptr_array_index(map->kinds->params, i);
        names_check_behaviour(reader, yaml_node_get(yaml_node_get(node, "behaviours"), kind->name),
                              kind->value);
    }
    if (map->zone != NULL && (map->time_zone = g_time_zone_new_identifier(map->zone)) == NULL)
        yaml_expected(reader, yaml_node_get(node, "zone"), "a time zone such as Europe/Paris or +01:00");
}

static void clear_map(void *target)
{
    AlertMap *map = target;
    g_clear_pointer(&map->time_zone, g_time_zone_unref);
    g_clear_pointer(&map->reader, row_reader_free);
}

static const YamlField map_fields[] = {
    CHOICE_FIELD(
        "format", AlertMap, format, row_form_names, .initial = "table",
        .help = "what the log is: a table, one JSON document, one a line (ndjson), XML. Of a live system’s "
                "messages each is a document"),
    TEXT_FIELD(
        "rows", AlertMap, rows,
        .help =
            "json, ndjson: the path of the rows in a document, events[*]; xml: their XPath, //Event, with "
            "names without prefixes. Default: the whole is one row"),
    MAP_FIELD(
        "columns", AlertMap, columns, &alert_columns_table, .required = true,
        .help = "which column holds what, by the words of the log’s heading; other columns are passed over"),
    TEXT_FIELD(
        "time", AlertMap, time, .initial = "seconds",
        .help =
            "how times are written: seconds or hh:mm:ss from the clip’s first frame, or a clock’s date and "
            "time: iso (2024-05-01T12:00:00Z), unix (seconds since 1970), unix-ms, unix-us, or by the "
            "letters of "
            "strptime: \"%d/%m/%Y %H:%M:%S\" (the clips then need recorded_at)"),
    TEXT_FIELD(
        "zone", AlertMap, zone,
        .help = "time zone of that clock, Europe/Paris; default: the same as that of the clips’ recorded_at"),
    SECONDS_FIELD("shift_s", AlertMap, shift_us, .min = -86400, .max = 86400, .initial = "0", .unit = "s",
                  .help = "added to every time, where the log’s clock is known to be late (negative: early)"),
    ID_FIELD("behaviour", AlertMap, behaviour,
             .help = "what every alert is of, where the log has no column for it"),
    PARAMS_FIELD("behaviours", AlertMap, kinds,
                 .help = "the log’s words for kinds of alert, and the behaviour that each stands for"),
    TEXTS_FIELD("ignore", AlertMap, ignore,
                .help = "words for kinds of rows that are no alerts of interest; they are counted"),
    PARAMS_FIELD(
        "only", AlertMap, only,
        .help = "columns or paths, and what must stand there in a row of interest; other rows are counted"),
    PARAMS_FIELD(
        "states", AlertMap, states,
        .help = "the log’s words for states, and what each stands for: new, update, end, whole (all of an "
                "alert in one row) or ignore; those four need no translation"),
    PARAMS_FIELD("clips", AlertMap, clips,
                 .help = "the log’s names for clips, and the dataset’s ids, where they differ"),
    PARAMS_FIELD("cameras", AlertMap, cameras,
                 .help = "the log’s names for cameras, and the dataset’s, where they differ"),
    TEXTS_FIELD("ignore_clips", AlertMap, ignore_clips,
                .help = "the log’s names of clips that are of no interest; their rows are counted"),
    TEXTS_FIELD("ignore_cameras", AlertMap, ignore_cameras,
                .help = "the log’s names of cameras that are of no interest; their rows are counted"),
    NUMBER_FIELD("confidence_max", AlertMap, confidence_max, .min = 1e-6, .max = 1e9, .initial = "1",
                 .help = "the log’s highest confidence (100 for per cent): values are divided by it"),
    CHOICE_FIELD("delimiter", AlertMap, delimiter, delimiters, .initial = "comma",
                 .help = "between the columns"),
    CHOICE_FIELD("decimal", AlertMap, decimal, decimals, .initial = "point", .help = "in numbers"),
    TEXT_FIELD("encoding", AlertMap, encoding, .initial = "UTF-8",
               .help = "of the log’s letters: UTF-8, WINDOWS-1252, UTF-16 …"),
    YAML_FIELD_END};
const YamlTable alert_map_table = {YAML_TABLE("alert map", map_fields, AlertMap),
                                   .schema = "vsaudit/alert-map/1", .check = check_map, .clear = clear_map};

bool alert_map_check(const char *path, Problems *problems)
{
    AlertMap map;
    const bool good = yaml_load(path, &alert_map_table, &map, NULL, problems, NULL);
    yaml_clear(&alert_map_table, &map);
    return good;
}
