/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/inputs.h"

#include "bundle/allowed.h"
#include "bundle/inputs_programs.h"
#include "bundle/tree.h"
#include "capsule/opening.h"
#include "config/clip_files.h"
#include "config/system_capsule.h"
#include "config/system_network.h"
#include "import/log_origin.h"
#include "records/error.h"
#include "records/free.h"
#include "yaml/confine.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FILES "files"
#define INDEX "index.json"

/* ---- which files */

static void add(GPtrArray *paths, const char *path)
{
    if (path == NULL)
        return;
    g_autofree char *canonical = g_canonicalize_filename(path, NULL);
    if (!g_ptr_array_find_with_equal_func(paths, canonical, g_str_equal, NULL))
        g_ptr_array_add(paths, g_steal_pointer(&canonical));
}

static void add_evidence(const EvidenceFile *file, const char *role, void *user)
{
    (void)role;
    add(user, file->path);
}

/* A detector's network and the names of its classes lie beside the file that names them. */
static void add_models(GPtrArray *paths, const ParamList *perception)
{
    static const char *const names[] = {"model", "labels"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const Param *param = param_list_find(perception, names[i]);
        if (param == NULL || param->file == NULL)
            continue;
        g_autofree char *folder = g_path_get_dirname(param->file);
        g_autofree char *path = confine_resolve_input(folder, param->value);
        add(paths, path);
    }
}

static void add_scenario_models(GPtrArray *paths, const Scenario *scenario)
{
    add_models(paths, scenario->perception);
    for (guint s = 0; s < scenario->systems->len; s++)
        add_models(paths, system_perception(scenario, g_ptr_array_index(scenario->systems, s)));
}

/* A lock names the clips whose manifest states no hash by their way from it, though they are no part of a
 * bundle: that way must fit into it. */
static void reach_clips(const Dataset *dataset)
{
    g_autofree char *folder = g_path_get_dirname(dataset->file);
    for (guint c = 0; c < dataset->clips->len; c++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, c);
        if (clip->sha256 == NULL && clip->file != NULL)
            g_free(confine_resolve_input(folder, clip->file));
        for (guint f = 0; f < clip->files->len; f++) {
            const ClipFile *file = g_ptr_array_index(clip->files, f);
            if (file->sha256 == NULL)
                g_free(confine_resolve_input(folder, file->file));
        }
    }
}

/* What says that a capsule is as it was handed over, but for the clips. */
static void add_capsule(GPtrArray *paths, const SystemSpec *system)
{
    const CapsuleOptions *capsule = system_capsule(system);
    if (capsule == NULL)
        return;
    const OpeningSpec spec = {.folder = capsule->folder, .key = capsule->key};
    g_autoptr(GPtrArray) papers = opening_papers(&spec);
    for (guint i = 0; i < papers->len; i++)
        add(paths, g_ptr_array_index(papers, i));
}

/* Who translated an alert log: the record, the vendor's own table and the map. */
static void add_origin(GPtrArray *paths, const SystemSpec *system)
{
    g_autoptr(LogOrigin) origin = system_kind(system)->has_log ? log_origin_read(system->path) : NULL;
    if (origin == NULL)
        return;
    add(paths, origin->record);
    add(paths, origin->table.path);
    add(paths, origin->map.path);
}

/* What an audit was loaded from and by. */
static void add_audit(GPtrArray *paths, const Audit *audit, bool locked)
{
    add(paths, audit->file);
    add(paths, audit->catalogue->path);
    dossier_visit_files(&audit->dossier, add_evidence, paths);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        add(paths, scenario->file);
        add_scenario_models(paths, scenario);
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            add(paths, system->path);
            add(paths, system_seal(system));
            add_capsule(paths, system);
            add_origin(paths, system);
        }
    }
    g_autoptr(GPtrArray) unused = log_origin_unused_maps(audit);
    for (guint i = 0; i < unused->len; i++)
        add(paths, ((const UnusedMap *)g_ptr_array_index(unused, i))->path);
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        add(paths, dataset->file);
        if (locked)
            reach_clips(dataset);
        for (guint t = 0; t < dataset->truth_files->len; t++)
            add(paths, g_ptr_array_index(dataset->truth_files, t));
    }
}

/* Absolute, canonical paths, each once. */
static GPtrArray *list_files(const InputsSpec *spec, const Audit *audit)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *file = spec->files; *file != NULL; file++)
        add(paths, *file);
    add(paths, spec->dataset);
    add(paths, spec->lock);
    add_audit(paths, audit, spec->lock != NULL);
    return paths;
}

/* The deepest folder from which all of them, and all ways from one to another, can be written. */
static char *find_base(const GPtrArray *paths)
{
    char *base = g_strdup(confine_highest());
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *folder = g_path_get_dirname(g_ptr_array_index(paths, i));
        char *common = base != NULL ? confine_common_folder(base, folder) : g_strdup(folder);
        g_free(base);
        base = common;
    }
    return base;
}

/* The place of a file below the base; caller frees. */
static char *place_of(const char *base, const char *path)
{
    g_autofree char *canonical = g_canonicalize_filename(path, NULL);
    const size_t skip = strcmp(base, "/") == 0 ? 1 : strlen(base) + 1;
    return g_strdup(canonical + skip);
}

/* ---- keeping */

static json_t *string_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

static json_t *place_or_null(const char *base, const char *path)
{
    g_autofree char *place = path != NULL ? place_of(base, path) : NULL;
    return string_or_null(place);
}

/* The hashes that a lock may hold: `file` is that of several that it is, from 0. */
static void add_kept(json_t *kept, const Dataset *dataset, const Clip *clip, ClipFiles *hashes)
{
    if (clip->files->len == 0) {
        g_autofree char *sha256 = clip_files_hash(hashes, clip->path);
        if (sha256 != NULL)
            json_array_append_new(
                kept, json_pack("{s:s,s:s,s:s}", "dataset", dataset->id, "clip", clip->id, "sha256", sha256));
    }
    for (guint f = 0; f < clip->files->len; f++) {
        const ClipFile *file = g_ptr_array_index(clip->files, f);
        g_autofree char *sha256 = file->sha256 == NULL ? clip_files_hash(hashes, file->path) : NULL;
        if (sha256 != NULL)
            json_array_append_new(kept, json_pack("{s:s,s:s,s:s,s:I}", "dataset", dataset->id, "clip",
                                                  clip->id, "sha256", sha256, "file", (json_int_t)f));
    }
}

static json_t *describe_handed(const GPtrArray *logs, const char *base)
{
    json_t *list = json_array();
    for (guint i = 0; i < logs->len; i++) {
        const HandedLog *log = g_ptr_array_index(logs, i);
        json_array_append_new(
            list, json_pack("{s:s,s:o}", "system", log->id, "file", place_or_null(base, log->path)));
    }
    return list;
}

static json_t *describe(const InputsSpec *spec, const Audit *audit, const char *base)
{
    json_t *files = json_array(), *passed = json_array(), *kept = json_array();
    g_autoptr(ClipFiles) hashes = clip_files_new();
    for (const char *const *file = spec->files; *file != NULL; file++)
        json_array_append_new(files, place_or_null(base, *file));
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        for (guint c = 0; c < dataset->clips->len; c++) {
            const Clip *clip = g_ptr_array_index(dataset->clips, c);
            if (clip->passed_over != NULL)
                json_array_append_new(passed,
                                      json_pack("{s:s,s:s}", "dataset", dataset->id, "clip", clip->id));
            if (spec->lock != NULL && clip->sha256 == NULL && clip->path != NULL)
                add_kept(kept, dataset, clip, hashes);
        }
    }
    json_t *index =
        json_pack("{s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "schema", INPUTS_SCHEMA, "program",
                  VSAUDIT_VERSION, "command", spec->command, "files", files, "dataset",
                  place_or_null(base, spec->dataset), "catalogue", place_or_null(base, spec->catalogue),
                  "lock", place_or_null(base, spec->lock), "protocols", string_or_null(spec->protocols),
                  "blur", string_or_null(spec->blur), "passed_over", passed, "clips", kept);
    if (spec->handed != NULL)
        json_object_set_new(index, "handed", describe_handed(spec->handed, base));
    inputs_programs_add(index, audit);
    return index;
}

/* The hashes that results.json states of its inputs. */
static GHashTable *stated_hashes(const json_t *results)
{
    GHashTable *hashes = g_hash_table_new(g_str_hash, g_str_equal);
    size_t i;
    const json_t *input;
    json_array_foreach(json_object_get(results, "inputs"), i, input)
        g_hash_table_add(hashes, (gpointer)json_string_value(json_object_get(input, "sha256")));
    const char *lock = json_string_value(json_object_get(json_object_get(results, "lock"), "sha256"));
    if (lock != NULL)
        g_hash_table_add(hashes, (gpointer)lock);
    return hashes;
}

static bool is_model(const Audit *audit, const char *path)
{
    g_autoptr(GPtrArray) models = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < audit->scenarios->len; i++)
        add_scenario_models(models, g_ptr_array_index(audit->scenarios, i));
    return g_ptr_array_find_with_equal_func(models, path, g_str_equal, NULL);
}

static bool copy_files(const GPtrArray *paths, const Audit *audit, const char *base, const char *folder,
                       const json_t *results, GError **error)
{
    g_autoptr(GHashTable) hashes = stated_hashes(results);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        g_autofree char *place = place_of(base, path);
        if (!tree_copy(path, folder, place, NULL, error))
            return false;
        g_autofree char *sha256 = tree_hash_in(folder, place, NULL, error);
        if (sha256 == NULL)
            return false;
        if (!g_hash_table_contains(hashes, sha256) && !is_model(audit, path)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                        "%s: has changed while it was scored; begin again", path);
            return false;
        }
    }
    return true;
}

bool inputs_keep(const char *folder, const InputsSpec *spec, const Audit *audit, const json_t *results,
                 GError **error)
{
    g_autoptr(GPtrArray) paths = list_files(spec, audit);
    g_autofree char *base = find_base(paths);
    g_autofree char *kept = g_build_filename(folder, INPUTS_FOLDER, NULL);
    g_autofree char *part = g_strconcat(kept, ".part", NULL);
    g_autofree char *files = g_build_filename(part, FILES, NULL);
    tree_remove(part);
    bool fine = allowed_note(folder, audit, error) && copy_files(paths, audit, base, files, results, error);
    if (fine) {
        json_t *index = describe(spec, audit, base);
        char *text = json_dumps(index, JSON_INDENT(1));
        g_autofree char *line = g_strconcat(text, "\n", NULL);
        fine = tree_write(part, INDEX, line, strlen(line), error);
        free(text);
        json_decref(index);
    }
    if (fine) {
        tree_remove(kept);
        fine = g_rename(part, kept) == 0;
        if (!fine)
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", kept,
                        g_strerror(errno));
    }
    if (!fine)
        tree_remove(part);
    return fine;
}

/* ---- loading */

static bool fail(const char *folder, const char *what, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s/" INDEX ": %s", folder, what);
    return false;
}

/* Checked: the names come from a file that anybody may have written. */
static char *resolve_place(const char *files, const json_t *place)
{
    const char *text = json_string_value(place);
    return text != NULL && tree_explain_name(text, strlen(text)) == NULL ? g_build_filename(files, text, NULL)
                                                                         : NULL;
}

/* What “vsaudit score” leaves out, since it needs video. */
static void leave_out_reference(const Audit *audit)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        GPtrArray *systems = ((Scenario *)g_ptr_array_index(audit->scenarios, i))->systems;
        for (guint s = systems->len; s > 0; s--) {
            const SystemKind *kind = system_kind(g_ptr_array_index(systems, s - 1));
            if (kind->replays || kind->runs)
                g_ptr_array_remove_index(systems, s - 1);
        }
    }
}

/* The entry of a list of index.json for a clip (for one of its several files when `file` is not -1); NULL
 * when there is none. */
static const json_t *find_entry(const json_t *list, const Dataset *dataset, const Clip *clip, int file)
{
    size_t i;
    const json_t *item;
    json_array_foreach(list, i, item)
    {
        if (g_strcmp0(json_string_value(json_object_get(item, "dataset")), dataset->id) == 0 &&
            g_strcmp0(json_string_value(json_object_get(item, "clip")), clip->id) == 0 &&
            (file < 0 || json_integer_value(json_object_get(item, "file")) == file))
            return item;
    }
    return NULL;
}

/* What was a fact of the machine that ran the audit: which files had another hash, and the hashes of clips
 * whose manifest states none. */
static void set_facts(const Audit *audit, const json_t *index)
{
    inputs_programs_set(audit, index);
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        for (guint c = 0; c < dataset->clips->len; c++) {
            Clip *clip = g_ptr_array_index(dataset->clips, c);
            const json_t *list = json_object_get(index, "clips");
            const json_t *kept = clip->files->len == 0 ? find_entry(list, dataset, clip, -1) : NULL;
            const bool passed = find_entry(json_object_get(index, "passed_over"), dataset, clip, -1) != NULL;
            for (guint f = 0; f < clip->files->len; f++) {
                ClipFile *file = g_ptr_array_index(clip->files, f);
                const json_t *entry = find_entry(list, dataset, clip, (int)f);
                g_free(file->kept_sha256);
                file->kept_sha256 = g_strdup(json_string_value(json_object_get(entry, "sha256")));
            }
            g_free(clip->passed_over);
            g_free(clip->kept_sha256);
            clip->passed_over = passed ? g_strdup("passed over where the audit was run") : NULL;
            clip->kept_sha256 = g_strdup(json_string_value(json_object_get(kept, "sha256")));
        }
    }
}

/* The logs that came after the audit was written, if any did. */
static bool take_handed(const Audit *audit, const char *files, const json_t *list)
{
    g_autoptr(GPtrArray) logs = g_ptr_array_new_with_free_func((GDestroyNotify)handed_log_free);
    size_t i;
    const json_t *item;
    json_array_foreach(list, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "system"));
        g_autofree char *path = resolve_place(files, json_object_get(item, "file"));
        if (id == NULL || path == NULL)
            return false;
        g_ptr_array_add(logs, handed_log_new(id, path));
    }
    if (logs->len > 0)
        handed_take(audit, logs);
    return true;
}

static bool load_audit(Inputs *inputs, const char *folder, const char *files, const json_t *index,
                       GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    const json_t *place;
    json_array_foreach(json_object_get(index, "files"), i, place)
    {
        char *path = resolve_place(files, place);
        if (path == NULL)
            return fail(folder, "files: found a name that cannot be used", error);
        g_ptr_array_add(paths, path);
    }
    const json_t *dataset = json_object_get(index, "dataset"), *lock = json_object_get(index, "lock");
    const json_t *catalogue = json_object_get(index, "catalogue");
    g_autofree char *dataset_path = resolve_place(files, dataset);
    g_autofree char *catalogue_path = resolve_place(files, catalogue);
    inputs->lock = resolve_place(files, lock);
    if (paths->len == 0 || (json_is_string(dataset) && dataset_path == NULL) ||
        (json_is_string(catalogue) && catalogue_path == NULL) ||
        (json_is_string(lock) && inputs->lock == NULL))
        return fail(folder, "found no files to load, or a name that cannot be used", error);
    for (guint p = 0; p < paths->len; p++)
        add(inputs->files, g_ptr_array_index(paths, p));
    add(inputs->files, dataset_path);
    add(inputs->files, catalogue_path);
    add(inputs->files, inputs->lock);
    confine_set_root(files);
    const AuditOverrides overrides = {dataset_path, catalogue_path};
    inputs->audit = audit_load_with((const char *const *)(void *)paths->pdata, paths->len, &overrides, error);
    if (inputs->audit == NULL)
        return false;
    set_facts(inputs->audit, index);
    if (!take_handed(inputs->audit, files, json_object_get(index, "handed")))
        return fail(folder, "handed: found a log that cannot be used", error);
    if (g_strcmp0(inputs->command, "score") == 0)
        leave_out_reference(inputs->audit);
    for (guint s = 0; s < inputs->audit->scenarios->len; s++) {
        if (((const Scenario *)g_ptr_array_index(inputs->audit->scenarios, s))->systems->len == 0)
            return fail(folder, "a scenario has no system that can be scored", error);
    }
    return true;
}

Inputs *inputs_load(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, INDEX, NULL);
    g_autofree char *files = g_build_filename(folder, FILES, NULL);
    json_t *index = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (g_strcmp0(json_string_value(json_object_get(index, "schema")), INPUTS_SCHEMA) != 0) {
        fail(folder, "found no list of inputs, expected schema “" INPUTS_SCHEMA "”", error);
        json_decref(index);
        return NULL;
    }
    g_autoptr(Inputs) inputs = g_new0(Inputs, 1);
    inputs->command = g_strdup(json_string_value(json_object_get(index, "command")));
    inputs->blur = g_strdup(json_string_value(json_object_get(index, "blur")));
    const char *protocols = json_string_value(json_object_get(index, "protocols"));
    inputs->files = g_ptr_array_new_with_free_func(g_free);
    const bool fine =
        (protocols == NULL || (inputs->choices = panel_choices_parse(protocols, error)) != NULL) &&
        load_audit(inputs, folder, files, index, error);
    json_decref(index);
    return fine ? g_steal_pointer(&inputs) : NULL;
}

GPtrArray *inputs_list(const Inputs *inputs, const char *folder)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < inputs->files->len; i++)
        add(paths, g_ptr_array_index(inputs->files, i));
    add_audit(paths, inputs->audit, false);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *canonical = g_canonicalize_filename(folder, NULL);
    g_autofree char *base = g_strconcat(canonical, "/", NULL);
    g_ptr_array_add(names, g_strdup(INDEX));
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        if (g_str_has_prefix(path, base))
            g_ptr_array_add(names, g_strdup(path + strlen(base)));
    }
    return names;
}

static void clear_inputs(Inputs *inputs)
{
    if (inputs->audit != NULL)
        audit_free(inputs->audit);
    FREE_EACH(inputs->command, inputs->lock, inputs->blur);
    g_clear_pointer(&inputs->files, g_ptr_array_unref);
    panel_choices_free(inputs->choices);
}

DEFINE_FREE(inputs_free, Inputs, inputs, clear_inputs(inputs))
