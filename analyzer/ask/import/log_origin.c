/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/log_origin.h"

#include "config/system_live.h"
#include "records/error.h"
#include "records/file_hash.h"
#include "records/free.h"
#include "records/save.h"
#include "yaml/confine.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#define SCHEMA "vsaudit/log-origin/1"
#define ENDING ".origin.json"
#define MAP_SCHEMA "vsaudit/alert-map/1"

/* The counts of a record, by name. */
static const struct {
    const char *name;
    size_t at; /* in LogOrigin */
} counts[] = {
    {"rows", offsetof(LogOrigin, rows)},
    {"alerts", offsetof(LogOrigin, alerts)},
    {"repeated", offsetof(LogOrigin, repeated)},
    {"ignored", offsetof(LogOrigin, ignored)},
    {"ignored_places", offsetof(LogOrigin, ignored_places)},
    {"elsewhere", offsetof(LogOrigin, elsewhere)},
    {"joined", offsetof(LogOrigin, joined)},
    {"alone", offsetof(LogOrigin, alone)},
};

DEFINE_FREE(log_origin_free, LogOrigin, origin, FREE_EACH(origin->record, origin->record_sha256),
            FREE_EACH(origin->table.file, origin->table.sha256, origin->table.path),
            FREE_EACH(origin->map.file, origin->map.sha256, origin->map.path))

/* ---- writing */

/* The way from a folder to a file. Caller frees. */
static char *way_to(const char *folder, const char *path)
{
    g_autofree char *from = g_canonicalize_filename(folder, NULL), *to = g_canonicalize_filename(path, NULL);
    g_autofree char *common = confine_common_folder(from, to);
    GString *way = g_string_new(NULL);
    for (const char *p = from + strlen(common); *p != '\0'; p++) {
        if (*p != '/' && (p == from || p[-1] == '/'))
            g_string_append(way, "../");
    }
    g_string_append(way, to + strlen(common) + (strcmp(common, "/") == 0 ? 0 : 1));
    return g_string_free(way, FALSE);
}

/* NULL with an INPUT error when the file cannot be read. */
static json_t *describe_file(const char *folder, const char *path, GError **error)
{
    g_autofree char *way = way_to(folder, path), *sha256 = file_hash(path, NULL);
    if (sha256 == NULL)
        error_refuse(error, VSAUDIT_ERROR_INPUT, path, "cannot be read: %s", g_strerror(errno));
    return sha256 != NULL ? json_pack("{s:s,s:s}", "file", way, "sha256", sha256) : NULL;
}

bool log_origin_write(const char *log_path, const char *table, const char *map, const AlertMapCount *count,
                      const AlertLog *log, GError **error)
{
    g_autofree char *path = g_strconcat(log_path, ENDING, NULL), *folder = g_path_get_dirname(log_path);
    const LogOrigin origin = {.rows = count->rows,
                              .alerts = count->taken,
                              .repeated = log->repeats.repeated,
                              .ignored = count->ignored,
                              .ignored_places = count->ignored_places,
                              .elsewhere = count->elsewhere,
                              .joined = count->joined,
                              .alone = count->alone};
    if (!g_file_test(log_path, G_FILE_TEST_IS_REGULAR) || g_str_has_prefix(log_path, "/dev/"))
        return true; /* a pipe, or whatever standard output is: there is no place beside it */
    const struct {
        const char *name, *path;
    } files[] = {{"log", log_path}, {"table", table}, {"map", map}};
    json_t *record = json_pack("{s:s}", "schema", SCHEMA);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        json_t *file = describe_file(folder, files[i].path, error);
        if (file == NULL) {
            json_decref(record);
            return false;
        }
        json_object_set_new(record, files[i].name, file);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
        json_object_set_new(record, counts[i].name,
                            json_integer(G_STRUCT_MEMBER(int64_t, &origin, counts[i].at)));
    char *text = json_dumps(record, JSON_INDENT(1));
    g_autofree char *lines = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(record);
    return save_file(path, lines, -1, error);
}

/* ---- reading */

/* What is not the very file that was read then is not at hand: a record names files, and anybody may write
 * one. */
static bool read_file(const json_t *record, const char *key, const char *folder, const char *of,
                      OriginFile *file)
{
    const json_t *object = json_object_get(record, key);
    const char *name = json_string_value(json_object_get(object, "file")),
               *sha256 = json_string_value(json_object_get(object, "sha256"));
    if (name == NULL || sha256 == NULL)
        return false;
    file->file = g_path_get_basename(name);
    file->sha256 = g_strdup(sha256);
    g_autofree char *path = confine_resolve(folder, name);
    g_autofree char *objection = confine_objection(of, path, CONFINE_PARSED);
    g_autofree char *found = objection == NULL ? file_hash(path, NULL) : NULL;
    if (g_strcmp0(found, sha256) == 0)
        file->path = confine_resolve_input(folder, name);
    return true;
}

LogOrigin *log_origin_read(const char *log_path)
{
    g_autofree char *path = g_strconcat(log_path, ENDING, NULL), *folder = g_path_get_dirname(log_path);
    json_t *record = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    g_autoptr(LogOrigin) origin = g_new0(LogOrigin, 1);
    const bool fine = g_strcmp0(json_string_value(json_object_get(record, "schema")), SCHEMA) == 0 &&
                      read_file(record, "table", folder, folder, &origin->table) &&
                      read_file(record, "map", folder, folder, &origin->map);
    for (size_t i = 0; fine && i < G_N_ELEMENTS(counts); i++)
        G_STRUCT_MEMBER(int64_t, origin, counts[i].at) =
            json_integer_value(json_object_get(record, counts[i].name));
    const char *then = json_string_value(json_object_get(json_object_get(record, "log"), "sha256"));
    g_autofree char *now = file_hash(log_path, NULL);
    origin->unchanged = then != NULL && g_strcmp0(then, now) == 0;
    json_decref(record);
    if (!fine)
        return NULL;
    origin->record_sha256 = file_hash(path, NULL);
    origin->record = g_steal_pointer(&path);
    return g_steal_pointer(&origin);
}

/* ---- logs that nobody uses */

static void unused_free(gpointer data)
{
    UnusedMap *map = data;
    g_free(map->path);
    g_free(map->system);
    g_free(map);
}

/* Whether a system of the audit has that name, or is read by that map. */
static bool is_used(const Audit *audit, const char *path, const char *name)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const GPtrArray *systems = ((const Scenario *)g_ptr_array_index(audit->scenarios, i))->systems;
        for (guint s = 0; s < systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(systems, s);
            g_autoptr(LogOrigin) origin = system_kind(system)->has_log ? log_origin_read(system->path) : NULL;
            const LiveOptions *live = system_live(system);
            g_autofree char *map =
                origin != NULL && origin->map.path != NULL ? g_canonicalize_filename(origin->map.path, NULL)
                : live != NULL && live->map_path != NULL   ? g_canonicalize_filename(live->map_path, NULL)
                                                           : NULL;
            if (strcmp(system->id, name) == 0 || g_strcmp0(map, path) == 0)
                return true;
        }
    }
    return false;
}

static bool is_map(const char *path)
{
    g_autofree char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) && strstr(text, "schema: " MAP_SCHEMA) != NULL;
}

static void look_beside(GPtrArray *unused, const Audit *audit, const char *file)
{
    if (file == NULL)
        return;
    g_autofree char *folder = g_path_get_dirname(file);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *entry; dir != NULL && (entry = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_prefix(entry, "map-") || !g_str_has_suffix(entry, ".yaml"))
            continue;
        g_autofree char *beside = g_build_filename(folder, entry, NULL);
        g_autofree char *path = g_canonicalize_filename(beside, NULL);
        g_autofree char *name =
            g_strndup(entry + strlen("map-"), strlen(entry) - strlen("map-") - strlen(".yaml"));
        bool known = false;
        for (guint i = 0; i < unused->len; i++)
            known = known || strcmp(((const UnusedMap *)g_ptr_array_index(unused, i))->path, path) == 0;
        if (known || is_used(audit, path, name) || !is_map(path))
            continue;
        UnusedMap *map = g_new0(UnusedMap, 1);
        *map = (UnusedMap){g_steal_pointer(&path), g_steal_pointer(&name)};
        g_ptr_array_add(unused, map);
    }
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const UnusedMap *const *)a)->path, (*(const UnusedMap *const *)b)->path);
}

GPtrArray *log_origin_unused_maps(const Audit *audit)
{
    GPtrArray *unused = g_ptr_array_new_with_free_func(unused_free);
    look_beside(unused, audit, audit->file);
    for (guint i = 0; i < audit->scenarios->len; i++)
        look_beside(unused, audit, ((const Scenario *)g_ptr_array_index(audit->scenarios, i))->file);
    g_ptr_array_sort(unused, compare_paths);
    return unused;
}
