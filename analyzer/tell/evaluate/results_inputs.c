/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_inputs.h"

#include "import/log_origin.h"
#include "records/file_hash.h"
#include "results/fields.h"
#include "results/record_audit.h"
#include "truth/truth.h"

#include <string.h>

static void add(GPtrArray *inputs, const char *kind, const char *path, const char *sha256)
{
    if (path == NULL || sha256 == NULL)
        return;
    g_autofree char *file = g_path_get_basename(path);
    const ResultsInput said = {.kind = kind, .file = file, .sha256 = sha256};
    g_ptr_array_add(inputs, results_dump(&result_input, &said));
}

/* Truth, or the times of ticket validations. */
static const char *kind_of_truth(const char *path)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &bytes, &length, NULL))
        return "truth";
    return truth_guess_kind(bytes, length) == TRUTH_KIND_TRUTH ? "truth" : "validations";
}

static void add_dataset(GPtrArray *inputs, const Dataset *dataset)
{
    add(inputs, "dataset", dataset->file, dataset->sha256);
    for (guint i = 0; i < dataset->truth_files->len; i++) {
        const char *path = g_ptr_array_index(dataset->truth_files, i);
        add(inputs, kind_of_truth(path), path, g_ptr_array_index(dataset->truth_hashes, i));
    }
}

static int compare(gconstpointer a, gconstpointer b)
{
    static const char *const keys[] = {"kind", "file", "sha256"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const int order = strcmp(json_string_value(json_object_get(*(json_t *const *)a, keys[i])),
                                 json_string_value(json_object_get(*(json_t *const *)b, keys[i])));
        if (order != 0)
            return order;
    }
    return 0;
}

static void add_evidence(const EvidenceFile *file, const char *role, void *user)
{
    (void)role;
    add(user, "evidence", file->path, file->sha256);
}

/* What an alert log was made of, as far as it is at hand. */
static void add_origin(GPtrArray *inputs, const SystemSpec *system)
{
    g_autoptr(LogOrigin) origin = system_kind(system)->has_log ? log_origin_read(system->path) : NULL;
    if (origin == NULL)
        return;
    add(inputs, "origin", origin->record, origin->record_sha256);
    add(inputs, "table", origin->table.path, origin->table.sha256);
    add(inputs, "map", origin->map.path, origin->map.sha256);
}

static void add_unused_maps(GPtrArray *inputs, const Audit *audit)
{
    g_autoptr(GPtrArray) unused = log_origin_unused_maps(audit);
    for (guint i = 0; i < unused->len; i++) {
        const UnusedMap *map = g_ptr_array_index(unused, i);
        g_autofree char *sha256 = file_hash(map->path, NULL);
        add(inputs, "map", map->path, sha256);
    }
}

json_t *results_describe_inputs(const Audit *audit, const Systems *systems)
{
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
    add(inputs, "audit", audit->file, audit->sha256);
    add(inputs, "catalogue", audit->catalogue->path, audit->catalogue->sha256);
    dossier_visit_files(&audit->dossier, add_evidence, inputs);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        add(inputs, "scenario", scenario->file, scenario->sha256);
        for (guint s = 0; s < scenario->systems->len; s++)
            add_origin(inputs, g_ptr_array_index(scenario->systems, s));
    }
    add_unused_maps(inputs, audit);
    for (guint i = 0; i < audit->datasets->len; i++)
        add_dataset(inputs, g_ptr_array_index(audit->datasets, i));
    json_t *logs = systems_describe_logs(systems);
    size_t l;
    json_t *log;
    json_array_foreach(logs, l, log) g_ptr_array_add(inputs, json_incref(log));
    json_decref(logs);
    g_ptr_array_sort(inputs, compare);
    json_t *array = json_array();
    for (guint i = 0; i < inputs->len; i++) {
        if (i == 0 || compare(&inputs->pdata[i - 1], &inputs->pdata[i]) != 0)
            json_array_append(array, g_ptr_array_index(inputs, i));
    }
    return array;
}
