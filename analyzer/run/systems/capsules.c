/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/capsules.h"

#include "capsule/opening.h"
#include "config/system_capsule.h"
#include "records/free.h"

#include <string.h>

Capsules *capsules_new(void)
{
    Capsules *capsules = g_new0(Capsules, 1);
    capsules->returned = g_ptr_array_new_with_free_func((GDestroyNotify)returned_free);
    capsules->paths = g_ptr_array_new_with_free_func(g_free);
    capsules->papers = g_ptr_array_new_with_free_func(g_free);
    capsules->logs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)indexed_log_free);
    return capsules;
}

DEFINE_FREE(capsules_free, Capsules, capsules, seal_free(capsules->seal), g_free(capsules->path),
            g_free(capsules->sha256), g_free(capsules->folder), g_free(capsules->signer),
            g_hash_table_unref(capsules->logs), g_ptr_array_unref(capsules->returned),
            g_ptr_array_unref(capsules->paths), g_ptr_array_unref(capsules->papers))

/* ---- the sealed list */

static OpeningSpec spec_of(const CapsuleOptions *options)
{
    return (OpeningSpec){options->folder, options->seal, options->published, options->key};
}

/* As “capsule score” opens it; the clips are read once. */
static void open_capsule(Capsules *capsules, const CapsuleOptions *options, bool clips, Problems *problems)
{
    const OpeningSpec spec = spec_of(options);
    g_auto(Opening) opening = {0};
    g_autoptr(GError) cause = NULL;
    g_clear_pointer(&capsules->seal, seal_free);
    if (!opening_read(&spec, &opening, &cause) || (clips && !opening_check_files(spec.folder, &cause))) {
        problems_add_error(problems, cause);
        return;
    }
    g_free(capsules->sha256);
    g_free(capsules->signer);
    capsules->seal = g_steal_pointer(&opening.seal);
    capsules->sha256 = g_steal_pointer(&opening.sha256);
    capsules->signer = g_steal_pointer(&opening.signer);
    g_autoptr(GPtrArray) papers = opening_papers(&spec);
    for (guint i = 0; i < papers->len; i++)
        if (!g_ptr_array_find_with_equal_func(capsules->papers, papers->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(capsules->papers, g_strdup(papers->pdata[i]));
}

/* The one capsule of the audit, opened by what each system says of it; NULL with a problem. One that cannot
 * be opened is told once. */
static const Seal *find_seal(Capsules *capsules, const Scenario *scenario, const SystemSpec *system,
                             bool clips, Problems *problems)
{
    const CapsuleOptions *options = system_capsule(system);
    if (capsules->path == NULL) {
        capsules->path = g_strdup(options->seal);
        capsules->folder = g_strdup(options->folder);
        capsules->tolerance_us = options->tolerance_us;
        if (g_file_test(options->folder, G_FILE_TEST_IS_DIR))
            open_capsule(capsules, options, clips, problems);
        else
            problems_add(problems, scenario->file, system->line, 0, "folder",
                         "found no folder “%s”, expected the capsule as it was handed over (system “%s”)",
                         options->folder, system->id);
        return capsules->seal;
    }
    const bool other = strcmp(capsules->path, options->seal) != 0;
    if (other || strcmp(capsules->folder, options->folder) != 0) {
        problems_add(problems, scenario->file, system->line, 0, other ? "seal" : "folder",
                     "found a second %s (system “%s”), expected %s: all systems of kind capsule of an audit "
                     "answer one capsule",
                     other ? "sealed list" : "capsule", system->id,
                     other ? capsules->path : capsules->folder);
        return NULL;
    }
    if (capsules->seal != NULL && (options->published != NULL || options->key != NULL))
        open_capsule(capsules, options, false, problems);
    return capsules->seal;
}

/* ---- what was sealed with it */

static void check_file(const Seal *seal, const char *path, const char *sha256, Problems *problems)
{
    g_autofree char *name = g_path_get_basename(path);
    for (guint i = 0; i < seal->files->len; i++) {
        const SealedFile *file = g_ptr_array_index(seal->files, i);
        if (strcmp(file->name, name) == 0 && strcmp(file->sha256, sha256) == 0)
            return;
    }
    problems_add(problems, path, 0, 0, NULL,
                 "found SHA-256 %s, which was not sealed with the capsule, expected the file as it was then",
                 sha256);
}

static void check_sealed(const Seal *seal, const Scenario *scenario, const SystemSpec *system,
                         Problems *problems)
{
    const Dataset *dataset = scenario->dataset;
    check_file(seal, dataset->file, dataset->sha256, problems);
    for (guint t = 0; t < dataset->truth_files->len; t++)
        check_file(seal, g_ptr_array_index(dataset->truth_files, t),
                   g_ptr_array_index(dataset->truth_hashes, t), problems);
    if (!g_ptr_array_find_with_equal_func(seal->behaviours, scenario->behaviour, g_str_equal, NULL))
        problems_add(problems, scenario->file, system->line, 0, "kind",
                     "found a capsule that does not ask about %s (system “%s”), expected one that does",
                     scenario->behaviour, system->id);
}

/* ---- the log */

void capsules_read(Capsules *capsules, const Scenario *scenario, const SystemSpec *system, bool clips,
                   Problems *problems)
{
    const guint before = problems_count(problems);
    const Seal *seal = find_seal(capsules, scenario, system, clips, problems);
    if (seal == NULL)
        return;
    check_sealed(seal, scenario, system, problems);
    for (guint i = 0; i < capsules->returned->len; i++) {
        const Returned *other = g_ptr_array_index(capsules->returned, i);
        if (strcmp(other->id, system->id) != 0)
            continue;
        if (strcmp(g_ptr_array_index(capsules->paths, i), system->path) != 0)
            problems_add(problems, scenario->file, system->line, 0, "path",
                         "found a second log of system “%s”, expected one in the whole audit", system->id);
        return;
    }
    if (problems_count(problems) > before)
        return;
    Returned *returned = returned_read(system->id, system->path, NULL, NULL, seal, problems);
    if (returned == NULL)
        return;
    g_ptr_array_add(capsules->returned, returned);
    g_ptr_array_add(capsules->paths, g_strdup(system->path));
    g_hash_table_insert(capsules->logs, g_strdup(system->id),
                        indexed_log_new(returned_turn_back(returned, seal, 1)));
}

static bool was_handed_over(const Seal *seal, const char *dataset, const char *clip)
{
    for (guint i = 0; i < seal->clips->len; i++) {
        const SealedClip *sealed = g_ptr_array_index(seal->clips, i);
        if (g_strcmp0(sealed->dataset, dataset) == 0 && g_strcmp0(sealed->clip, clip) == 0)
            return true;
    }
    return false;
}

void capsules_collect(const Capsules *capsules, const Scenario *scenario, const SystemSpec *system,
                      const Clip *clip, const ConditionSpec *condition, SystemOutput *output)
{
    const IndexedLog *indexed = g_hash_table_lookup(capsules->logs, system->id);
    g_assert(indexed != NULL);
    if (condition->filter != NULL) {
        output->reason = g_strdup("the clip was handed over as it was recorded");
        return;
    }
    if (!was_handed_over(capsules->seal, scenario->dataset->id, clip->id)) {
        output->reason = g_strdup("it was not among the clips that were handed over");
        return;
    }
    const GArray *places = g_hash_table_lookup(indexed->rows, clip->id);
    g_ptr_array_set_free_func(output->alerts, NULL); /* the log keeps them */
    for (guint i = 0; places != NULL && i < places->len; i++) {
        const AlertRow *row = &g_array_index(indexed->log->rows, AlertRow, g_array_index(places, guint, i));
        if (strcmp(row->alert->behaviour, scenario->behaviour) == 0)
            g_ptr_array_add(output->alerts, row->alert);
    }
}
