/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_message.h"

#include "import/alert_map_internal.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

struct AlertMapper {
    AlertMap map;
    char *path;
    AlertJoin *join;
    GHashTable *latest; /* sink -> int64_t *: the latest of its messages' own times */
};

const char *mapped_kind_name(MappedKind kind)
{
    static const char *const names[] = {"alert", "ignored", "nothing", "wrong"};
    return names[kind];
}

static bool check_live(const AlertMap *map, const char *path, Problems *problems)
{
    const AlertClock clock = {.pattern = map->time, .zone = map->time_zone};
    const guint before = problems_count(problems);
    if (map->format == ROWS_TABLE)
        problems_add(problems, path, 0, 0, "format", "found a table, expected json or xml for messages");
    if (map->columns.time != NULL && !alert_clock_is_relative(&clock) && clock.zone == NULL &&
        !alert_clock_has_offset(&clock))
        problems_add(
            problems, path, 0, 0, "zone",
            "found none, expected one, since the messages’ times are held against this machine’s clock");
    return problems_count(problems) == before;
}

AlertMapper *alert_mapper_load(const char *path, Problems *problems)
{
    AlertMapper *mapper = g_new0(AlertMapper, 1);
    mapper->path = g_strdup(path);
    mapper->join = alert_join_new();
    mapper->latest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (yaml_load(path, &alert_map_table, &mapper->map, NULL, problems, NULL) &&
        check_live(&mapper->map, path, problems))
        return mapper;
    alert_mapper_free(mapper);
    return NULL;
}

DEFINE_FREE(alert_mapper_free, AlertMapper, mapper, yaml_clear(&alert_map_table, &mapper->map),
            alert_join_free(mapper->join), g_hash_table_unref(mapper->latest), g_free(mapper->path))

bool alert_mapper_gives(const AlertMapper *mapper, const char *behaviour)
{
    const ParamList *kinds = mapper->map.kinds;
    bool gives = g_strcmp0(mapper->map.behaviour, behaviour) == 0;
    for (guint i = 0; kinds != NULL && i < kinds->params->len; i++)
        gives = gives || strcmp(((const Param *)g_ptr_array_index(kinds->params, i))->value, behaviour) == 0;
    return gives;
}

guint alert_mapper_open(const AlertMapper *mapper)
{
    return alert_join_open(mapper->join);
}

DEFINE_DESTROY(mapped_free, MappedAlert, mapped, g_free(mapped->why), g_free(mapped->id),
               g_free(mapped->camera), g_free(mapped->clip), g_free(mapped->label), g_free(mapped->note))

/* ---- what the bytes are */

static void add_fields(json_t *object, const char *text)
{
    g_autoptr(GHashTable) fields =
        text != NULL ? g_uri_parse_params(text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
    GHashTableIter iter;
    gpointer key, value;
    if (fields == NULL)
        return;
    g_hash_table_iter_init(&iter, fields);
    while (g_hash_table_iter_next(&iter, &key, &value))
        json_object_set_new(object, key, json_string(value));
}

/* A message that is no JSON, as JSON: the fields of the query and of a form, and other text as “text”. */
static char *as_object(const AlertMessage *message, const char *text)
{
    json_t *object = json_object();
    add_fields(object, message->query);
    const bool form = message->content_type != NULL &&
                      g_str_has_prefix(message->content_type, "application/x-www-form-urlencoded");
    if (form)
        add_fields(object, text);
    else if (text[strspn(text, " \t\r\n")] != '\0')
        json_object_set_new(object, "text", json_string(text));
    char *dumped = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return dumped;
}

/* The text that the rows are read from; NULL with *why. Caller frees. */
static char *text_of(const AlertMapper *mapper, const AlertMessage *message, gsize *length, char **why)
{
    char *text = g_malloc(message->length + 1);
    memcpy(text, message->bytes != NULL ? message->bytes : "", message->length);
    text[message->length] = '\0';
    *length = message->length;
    const bool mark = message->length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
    const char *first = text + (mark ? 3 : 0);
    first += strspn(first, " \t\r\n");
    if (mapper->map.format == ROWS_XML)
        return text;
    if (*first == '<') {
        *why = g_strdup("found XML, expected JSON, as the map says (format)");
    } else if (*first != '{' && *first != '[' &&
               (!g_utf8_validate(text, (gssize)message->length, NULL) || strlen(text) != message->length)) {
        *why = g_strdup("found bytes that are no text in UTF-8, expected JSON, a form or text");
    } else if (*first != '{' && *first != '[') {
        char *object = as_object(message, text);
        g_free(text);
        *length = strlen(object);
        return object;
    } else {
        return text;
    }
    g_free(text);
    return NULL;
}

/* ---- rows */

typedef struct {
    MapReading reading;
    AlertMapper *mapper;
    const AlertMessage *message;
    Problems *problems; /* of the row that is read; taken into `why` after it */
    GPtrArray *mapped;
} MessageReading;

static MappedAlert *add_mapped(GPtrArray *list, MappedKind kind, char *why)
{
    MappedAlert *mapped = g_new0(MappedAlert, 1);
    mapped->kind = kind;
    mapped->why = why;
    mapped->confidence = (double)NAN;
    mapped->time_us = mapped->end_us = TIME_UNKNOWN;
    g_ptr_array_add(list, mapped);
    return mapped;
}

static char *name_by(const ParamList *words, const char *name)
{
    const char *own = name != NULL ? map_translate(words, name) : NULL;
    return g_strdup(own != NULL ? own : name);
}

/* Whether the message's own time is before that of an earlier one. */
static bool is_disordered(AlertMapper *mapper, const char *sink, int64_t time_us)
{
    if (time_us == TIME_UNKNOWN)
        return false;
    int64_t *latest = g_hash_table_lookup(mapper->latest, sink);
    if (latest == NULL) {
        latest = g_new(int64_t, 1);
        *latest = time_us;
        g_hash_table_insert(mapper->latest, g_strdup(sink), latest);
    }
    const bool before = time_us < *latest;
    *latest = MAX(*latest, time_us);
    return before;
}

static bool read_times(const MapReading *reading, const Row *row, int64_t *time_us, int64_t *end_us)
{
    *time_us = *end_us = TIME_UNKNOWN;
    return (row->cells[AT_TIME].text == NULL || map_row_time(reading, row, AT_TIME, INT64_MIN, time_us)) &&
           (row->cells[AT_END].text == NULL || map_row_time(reading, row, AT_END, INT64_MIN, end_us));
}

static void read_row(const Row *row, void *user)
{
    MessageReading *reading = user;
    const AlertMap *map = reading->reading.map;
    RowMeaning meaning;
    int64_t time_us, end_us;
    const char *camera = row->cells[AT_CAMERA].text, *clip = row->cells[AT_CLIP].text;
    const guint before = problems_count(reading->problems);
    g_hash_table_remove_all(reading->reading.unknown); /* each row is told, also with the same word */
    const bool ignored = (camera != NULL && map_ignores(map->ignore_cameras, camera)) ||
                         (clip != NULL && map_ignores(map->ignore_clips, clip));
    if (ignored || !map_read_meaning(&reading->reading, row, &meaning) ||
        !read_times(&reading->reading, row, &time_us, &end_us)) {
        if (problems_count(reading->problems) == before)
            add_mapped(reading->mapped, MAPPED_IGNORED, NULL);
        return;
    }
    g_autofree char *key = map_row_key(row, &meaning);
    g_autofree char *sink_key = g_strdup_printf("%s\n%s", reading->message->sink, key);
    MappedAlert *mapped = add_mapped(reading->mapped, MAPPED_ALERT, NULL);
    mapped->behaviour = meaning.behaviour;
    mapped->state = meaning.state;
    mapped->joined =
        alert_join_add(reading->mapper->join, sink_key, row->cells[AT_ID].text != NULL, meaning.state);
    mapped->id = g_strdup(row->cells[AT_ID].text);
    mapped->camera = name_by(map->cameras, camera);
    mapped->clip = name_by(map->clips, clip);
    mapped->label = map_row_words(row, AT_LABEL);
    mapped->note = map_row_words(row, AT_NOTE);
    mapped->confidence = meaning.confidence;
    mapped->time_us = time_us;
    mapped->end_us = end_us;
    const char *sink = reading->message->sink;
    mapped->disordered = is_disordered(reading->mapper, sink != NULL ? sink : "", time_us);
}

static void read_rows(MessageReading *reading, const char *text, gsize length)
{
    const AlertMessage *message = reading->message;
    const RowEnvelope envelope = {message->topic, message->path, message->method,
                                  message->sink,  message->from, message->query};
    row_reader_read(reading->mapper->map.reader, text, length, message->name, &envelope, reading->problems,
                    read_row, reading);
    g_autoptr(GPtrArray) wrong = problems_list(reading->problems);
    for (guint i = 0; i < wrong->len; i++)
        add_mapped(reading->mapped, MAPPED_WRONG, g_strdup(g_ptr_array_index(wrong, i)));
    if (reading->mapped->len == 0)
        add_mapped(reading->mapped, MAPPED_NOTHING, NULL);
}

GPtrArray *alert_mapper_read(AlertMapper *mapper, const AlertMessage *message)
{
    GPtrArray *mapped = g_ptr_array_new_with_free_func(mapped_free);
    char *why = NULL;
    gsize length = 0;
    g_autofree char *text = message->cut ? NULL : text_of(mapper, message, &length, &why);
    if (text == NULL) {
        g_autofree char *said =
            message->cut ? g_strdup("found more bytes than are kept of a message, expected fewer") : why;
        add_mapped(mapped, MAPPED_WRONG, g_strdup_printf("%s: %s", message->name, said));
        return mapped;
    }
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(GHashTable) unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    AlertMapCount count = {0};
    MessageReading reading = {.reading = {.map = &mapper->map,
                                          .path = mapper->path,
                                          .clock = {mapper->map.time, mapper->map.time_zone,
                                                    mapper->map.shift_us, mapper->map.decimal == 1},
                                          .unknown = unknown,
                                          .count = &count},
                              .mapper = mapper,
                              .message = message,
                              .problems = problems,
                              .mapped = mapped};
    read_rows(&reading, text, length);
    return mapped;
}
