/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/lock.h"

#include "config/clip_files.h"
#include "config/system_capsule.h"
#include "config/system_network.h"
#include "config/system_program.h"
#include "perception/settings.h"
#include "records/error.h"
#include "records/save.h"
#include "scoring/protocol.h"
#include "yaml/confine.h"

#include <string.h>

char *lock_default_path(const char *first_file)
{
    return g_strconcat(first_file, ".lock", NULL);
}

/* ---- what is locked */

/* The way from the folder of `from` to `to`, by names alone. */
static char *relative_path(const char *from, const char *to)
{
    g_autofree char *lock = g_canonicalize_filename(from, NULL);
    g_autofree char *folder = g_path_get_dirname(lock);
    g_autofree char *target = g_canonicalize_filename(to, NULL);
    g_auto(GStrv) a = g_strsplit(folder, "/", -1);
    g_auto(GStrv) b = g_strsplit(target, "/", -1);
    guint common = 0;
    while (a[common] != NULL && b[common] != NULL && strcmp(a[common], b[common]) == 0)
        common++;
    GString *path = g_string_new(NULL);
    for (guint i = common; a[i] != NULL; i++) {
        if (*a[i] != '\0')
            g_string_append(path, "../");
    }
    g_autofree char *rest = g_strjoinv("/", b + common);
    g_string_append(path, rest);
    return g_string_free(path, FALSE);
}

static void add_file(json_t *files, const char *lock, const char *role, const char *path, const char *sha256)
{
    g_autofree char *relative = relative_path(lock, path);
    size_t i;
    json_t *known;
    json_array_foreach(files, i, known)
    {
        if (strcmp(json_string_value(json_object_get(known, "file")), relative) == 0)
            return;
    }
    json_array_append_new(files,
                          json_pack("{s:s,s:s,s:s}", "role", role, "file", relative, "sha256", sha256));
}

typedef struct {
    json_t *files;
    const char *lock;
} Listing;

static void add_evidence(const EvidenceFile *file, const char *role, void *user)
{
    const Listing *listing = user;
    /* Opinions and replies come when they come: they cannot change what is measured. */
    if (g_str_has_prefix(role, "opinions") || g_str_has_prefix(role, "replies"))
        return;
    add_file(listing->files, listing->lock, "evidence", file->path, file->sha256);
}

/* Hashed now: a file that no other file holds to its hash. Not there: nothing to hold. */
static void add_hashed(json_t *files, const char *lock, const char *role, const char *path, ClipFiles *hashes)
{
    g_autofree char *sha256 = path != NULL ? clip_files_hash(hashes, path) : NULL;
    if (sha256 != NULL)
        add_file(files, lock, role, path, sha256);
}

static void add_models(json_t *files, const char *lock, const ParamList *settings, ClipFiles *hashes)
{
    PerceptionSettings *perception = perception_settings_new(settings, NULL);
    if (perception != NULL) {
        add_hashed(files, lock, "model", perception->model, hashes);
        add_hashed(files, lock, "labels", perception->labels, hashes);
    }
    perception_settings_free(perception);
}

/* What it was where the audit was run. */
static void add_kept_program(json_t *files, const char *lock, const ProgramOptions *program)
{
    json_t *kept = json_loads(program->kept, 0, NULL);
    size_t i;
    const json_t *file;
    json_array_foreach(kept, i, file)
    {
        const char *name = json_string_value(json_object_get(file, "file"));
        if (name == NULL || (i == 0 && program->from_path))
            continue;
        g_autofree char *there = confine_resolve(program->folder, name);
        add_file(files, lock, "program", there, json_string_value(json_object_get(file, "sha256")));
    }
    json_decref(kept);
}

/* Of a program what the audit brings along; an interpreter that the machine has may be renewed. */
static void add_program(json_t *files, const char *lock, const SystemSpec *system, ClipFiles *hashes)
{
    const ProgramOptions *program = system_program(system);
    if (program != NULL && program->kept != NULL)
        add_kept_program(files, lock, program);
    for (guint i = program != NULL && program->from_path ? 1 : 0;
         program != NULL && i < program->resolved->len; i++)
        add_hashed(files, lock, "program", g_ptr_array_index(program->resolved, i), hashes);
}

/* A clip whose manifest states its hash is held by the manifest: another file is refused. Pictures in a
 * series are not hashed. */
static bool needs_hash(const char *file, const char *sha256)
{
    return sha256 == NULL && file != NULL;
}

static bool is_series(const char *path)
{
    return strchr(path, '%') != NULL;
}

/* One file of a clip; one that is not here by the hash that it had where the audit was run. */
static void add_clip_file(json_t *files, const char *lock, const Dataset *dataset, const char *file,
                          const char *sha256, const char *path, const char *kept_sha256, ClipFiles *hashes)
{
    if (!needs_hash(file, sha256))
        return;
    if (path != NULL && !is_series(path)) {
        add_hashed(files, lock, "clip", path, hashes);
    } else if (path == NULL && kept_sha256 != NULL) {
        g_autofree char *folder = g_path_get_dirname(dataset->file);
        g_autofree char *there = confine_resolve(folder, file);
        add_file(files, lock, "clip", there, kept_sha256);
    }
}

static void add_clip(json_t *files, const char *lock, const Dataset *dataset, const Clip *clip,
                     ClipFiles *hashes)
{
    add_clip_file(files, lock, dataset, clip->file, clip->sha256, clip->path, clip->kept_sha256, hashes);
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        add_clip_file(files, lock, dataset, file->file, file->sha256, file->path, file->kept_sha256, hashes);
    }
}

static bool is_uncovered(const Clip *clip)
{
    bool uncovered = needs_hash(clip->file, clip->sha256) && (clip->path == NULL || is_series(clip->path));
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        uncovered = uncovered ||
                    (needs_hash(file->file, file->sha256) && (file->path == NULL || is_series(file->path)));
    }
    return uncovered;
}

static json_t *describe_files(const Audit *audit, const char *lock, ClipFiles *hashes)
{
    json_t *files = json_array();
    Listing listing = {files, lock};
    if (audit->file != NULL)
        add_file(files, lock, "audit", audit->file, audit->sha256);
    if (audit->catalogue->path != NULL)
        add_file(files, lock, "catalogue", audit->catalogue->path, audit->catalogue->sha256);
    dossier_visit_files(&audit->dossier, add_evidence, &listing);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        add_file(files, lock, "scenario", scenario->file, scenario->sha256);
        add_models(files, lock, scenario->perception, hashes);
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            add_hashed(files, lock, "alerts", system->path, hashes);
            add_hashed(files, lock, "seal", system_seal(system), hashes);
            add_program(files, lock, system, hashes);
            if (system_perception(scenario, system) != scenario->perception)
                add_models(files, lock, system_perception(scenario, system), hashes);
        }
    }
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        add_file(files, lock, "manifest", dataset->file, dataset->sha256);
        for (guint t = 0; t < dataset->truth_files->len; t++)
            add_file(files, lock, "truth", g_ptr_array_index(dataset->truth_files, t),
                     g_ptr_array_index(dataset->truth_hashes, t));
        for (guint c = 0; c < dataset->clips->len; c++)
            add_clip(files, lock, dataset, g_ptr_array_index(dataset->clips, c), hashes);
    }
    return files;
}

static json_t *describe_uncovered(const Audit *audit)
{
    json_t *uncovered = json_array();
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        for (guint c = 0; c < dataset->clips->len; c++) {
            const Clip *clip = g_ptr_array_index(dataset->clips, c);
            if (is_uncovered(clip))
                json_array_append_new(uncovered, json_string(clip->id));
        }
    }
    return uncovered;
}

/* Parameters in force, those that no file names included: a later program may have other defaults. */
static json_t *describe_parameters(const Protocol *protocol, const ParamList *params)
{
    g_autoptr(ParamList) values = options_effective(protocol->options, protocol->settings_size, params);
    json_t *object = json_object();
    for (guint i = 0; values != NULL && i < values->params->len; i++) {
        const Param *param = g_ptr_array_index(values->params, i);
        json_object_set_new(object, param->name,
                            param->value != NULL ? json_string(param->value) : json_null());
    }
    return object;
}

static json_t *describe_protocols(const Audit *audit, const char *lock)
{
    json_t *array = json_array();
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        g_autofree char *file = relative_path(lock, scenario->file);
        json_array_append_new(array, json_pack("{s:s,s:s,s:s,s:o}", "scenario", scenario->id, "file", file,
                                               "protocol", scenario->protocol, "parameters",
                                               describe_parameters(protocol_find(scenario->protocol),
                                                                   scenario->protocol_params)));
    }
    return array;
}

static json_t *describe(const Audit *audit, const char *path, const char *date, ClipFiles *hashes)
{
    return json_pack("{s:s,s:s,s:s,s:{s:s,s:s},s:o,s:o,s:o}", "schema", LOCK_SCHEMA, "audit", audit->id,
                     "date", date, "program", "name", "vsaudit", "version", VSAUDIT_VERSION, "files",
                     describe_files(audit, path, hashes), "uncovered", describe_uncovered(audit), "protocols",
                     describe_protocols(audit, path));
}

json_t *lock_describe(const Audit *audit, const char *path, const char *date, GError **error)
{
    g_autoptr(ClipFiles) hashes = clip_files_new();
    json_t *lock = describe(audit, path, date, hashes);
    if (clip_files_unread(hashes) == NULL)
        return lock;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: cannot be read, expected a file to hold to its hash", clip_files_unread(hashes));
    json_decref(lock);
    return NULL;
}

/* ---- the file */

bool lock_write(const json_t *lock, const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "%s: found a lock, expected none: a lock is not replaced; give another file with -o",
                    path);
        return false;
    }
    char *text = json_dumps(lock, JSON_INDENT(1));
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    free(text);
    return save_file(path, line, -1, error);
}

static bool is_complete(const json_t *lock)
{
    size_t i;
    json_t *item;
    if (!json_is_string(json_object_get(lock, "date")) || !json_is_array(json_object_get(lock, "files")) ||
        !json_is_array(json_object_get(lock, "protocols")) ||
        !json_is_string(json_object_get(json_object_get(lock, "program"), "version")))
        return false;
    json_array_foreach(json_object_get(lock, "files"), i, item)
    {
        if (!json_is_string(json_object_get(item, "file")) ||
            !json_is_string(json_object_get(item, "sha256")))
            return false;
    }
    json_array_foreach(json_object_get(lock, "protocols"), i, item)
    {
        if (!json_is_string(json_object_get(item, "file")) ||
            !json_is_string(json_object_get(item, "scenario")))
            return false;
    }
    return true;
}

json_t *lock_read(const char *path, char **sha256, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    *sha256 = NULL;
    if (!error_read_file(path, &bytes, &length, error))
        return NULL;
    json_error_t place;
    json_t *lock = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &place);
    if (lock == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s:%d:%d: found no readable lock: %s", path,
                    place.line, place.column, place.text);
        return NULL;
    }
    const char *schema = json_string_value(json_object_get(lock, "schema"));
    if (g_strcmp0(schema, LOCK_SCHEMA) != 0 || !is_complete(lock)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: schema: found “%s”, expected a whole lock of schema “%s”", path,
                    schema != NULL ? schema : "(none)", LOCK_SCHEMA);
        json_decref(lock);
        return NULL;
    }
    *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    return lock;
}

/* ---- comparing */

static void note(json_t *changed, const char *file, const char *what, const json_t *locked, const json_t *now)
{
    json_t *entry = json_pack("{s:s,s:s}", "file", file, "what", what);
    json_object_set_new(entry, "locked", locked != NULL ? json_deep_copy(locked) : json_null());
    json_object_set_new(entry, "now", now != NULL ? json_deep_copy(now) : json_null());
    json_array_append_new(changed, entry);
}

/* The entry of a list with this value under `key`, or NULL. */
static const json_t *find(const json_t *list, const char *key, const char *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        if (g_strcmp0(json_string_value(json_object_get(item, key)), value) == 0)
            return item;
    }
    return NULL;
}

/* A log of alerts, or a clip that was not there to be held, may come after the lock. */
static bool may_come_later(const json_t *item)
{
    const char *role = json_string_value(json_object_get(item, "role"));
    return g_strcmp0(role, "alerts") == 0 || g_strcmp0(role, "clip") == 0;
}

static void compare_files(const json_t *locked, const json_t *now, json_t *changed)
{
    size_t i;
    json_t *item;
    json_array_foreach(locked, i, item)
    {
        const char *file = json_string_value(json_object_get(item, "file"));
        const json_t *then = json_object_get(item, "sha256");
        const json_t *other = find(now, "file", file);
        const json_t *hash = json_object_get(other, "sha256");
        if (other == NULL)
            note(changed, file, "removed", then, NULL);
        else if (!json_equal(then, hash))
            note(changed, file, "changed", then, hash);
    }
    json_array_foreach(now, i, item)
    {
        const char *file = json_string_value(json_object_get(item, "file"));
        if (find(locked, "file", file) == NULL && !may_come_later(item))
            note(changed, file, "added", NULL, json_object_get(item, "sha256"));
    }
}

/* Only where the file itself is the same: else the file has been named already. */
static void compare_protocols(const json_t *locked, const json_t *now, json_t *changed)
{
    size_t i;
    json_t *item;
    json_array_foreach(locked, i, item)
    {
        const json_t *other = find(now, "scenario", json_string_value(json_object_get(item, "scenario")));
        const char *file = json_string_value(json_object_get(item, "file"));
        if (other != NULL && !json_equal(item, other) && find(changed, "file", file) == NULL)
            note(changed, file, "protocol", NULL, NULL);
    }
}

static json_t *state(const char *word, const json_t *date, const char *path, const char *sha256,
                     json_t *changed)
{
    g_autofree char *file = path != NULL ? g_path_get_basename(path) : NULL;
    json_t *object = json_pack("{s:s}", "state", word);
    json_object_set_new(object, "date", date != NULL ? json_deep_copy(date) : json_null());
    json_object_set_new(object, "file", file != NULL ? json_string(file) : json_null());
    json_object_set_new(object, "sha256", sha256 != NULL ? json_string(sha256) : json_null());
    json_object_set_new(object, "changed", changed);
    return object;
}

void lock_note_looks(json_t *found, const char *path, int64_t looks)
{
    g_autofree char *file = g_path_get_basename(path);
    json_t *changed = json_object_get(found, "changed");
    note(changed, file, "looked", NULL, NULL);
    json_object_set_new(json_array_get(changed, json_array_size(changed) - 1), "count",
                        json_integer((json_int_t)looks));
    json_object_set_new(found, "state", json_string("changed"));
}

json_t *lock_compare(const Audit *audit, const char *path, const char *first_replay, GError **error)
{
    json_t *changed = json_array();
    if (path == NULL)
        return state("unlocked", NULL, NULL, NULL, changed);
    g_autofree char *sha256 = NULL;
    json_t *lock = lock_read(path, &sha256, error);
    if (lock == NULL) {
        json_decref(changed);
        return NULL;
    }
    const json_t *date = json_object_get(lock, "date");
    g_autoptr(ClipFiles) hashes = clip_files_new();
    json_t *now = describe(audit, path, "", hashes);
    const json_t *then_version = json_object_get(json_object_get(lock, "program"), "version");
    const json_t *now_version = json_object_get(json_object_get(now, "program"), "version");
    compare_files(json_object_get(lock, "files"), json_object_get(now, "files"), changed);
    compare_protocols(json_object_get(lock, "protocols"), json_object_get(now, "protocols"), changed);
    if (!json_equal(then_version, now_version))
        note(changed, "vsaudit", "program", then_version, now_version);
    /* Dates are ISO 8601 in UTC: they sort as text. */
    if (first_replay != NULL && strcmp(json_string_value(date), first_replay) > 0) {
        g_autofree char *file = g_path_get_basename(path);
        note(changed, file, "late", NULL, NULL);
    }
    json_t *result =
        state(json_array_size(changed) > 0 ? "changed" : "unchanged", date, path, sha256, changed);
    /* A lock of an earlier version does not say. */
    const json_t *uncovered = json_object_get(lock, "uncovered");
    if (json_array_size(uncovered) > 0)
        json_object_set_new(result, "uncovered", json_deep_copy(uncovered));
    json_decref(now);
    json_decref(lock);
    return result;
}
