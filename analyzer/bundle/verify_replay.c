/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_replay.h"

#include "bundle/bag.h"
#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "config/confine.h"
#include "evaluate/model.h"
#include "evaluate/results_assemble.h"
#include "records/error.h"
#include "runner/evidence.h"
#include "runner/runner.h"

#include <string.h>
#include <unistd.h>

#define RESULTS "data/results.json"

G_GNUC_PRINTF(2, 3)
static void say(GPtrArray *sentences, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(sentences, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* ---- clips */

static bool copy_inputs(const char *data, const char *scratch, GError **error)
{
    g_autofree char *from = g_build_filename(data, INPUTS_FOLDER, NULL);
    g_autofree char *to = g_build_filename(scratch, INPUTS_FOLDER, NULL);
    g_autoptr(GPtrArray) names = tree_list(from, error);
    for (guint i = 0; names != NULL && i < names->len; i++) {
        g_autofree char *path = g_build_filename(from, g_ptr_array_index(names, i), NULL);
        if (!tree_copy(path, to, g_ptr_array_index(names, i), NULL, error))
            return false;
    }
    return names != NULL;
}

/* A clip without a hash is found by its name: as written below the folder, else by its last part. */
static char *find_by_name(const char *clips, const char *file)
{
    g_autofree char *base = g_path_get_basename(file);
    const char *const names[] = {file, base};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(clips, names[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_canonicalize_filename(path, NULL);
    }
    return NULL;
}

/* Links clips without a hash to where their manifest in our copy of the inputs looks for them. */
static void link_clips(const Audit *audit, const char *clips)
{
    for (guint d = 0; d < audit->datasets->len; d++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, d);
        g_autofree char *folder = g_path_get_dirname(dataset->file);
        for (guint c = 0; c < dataset->clips->len; c++) {
            const Clip *clip = g_ptr_array_index(dataset->clips, c);
            if (clip->path != NULL || clip->file == NULL || clip->sha256 != NULL)
                continue;
            g_autofree char *there = find_by_name(clips, clip->file);
            g_autofree char *here = confine_resolve(folder, clip->file);
            g_autofree char *parent = g_path_get_dirname(here);
            if (there != NULL && g_mkdir_with_parents(parent, 0700) == 0 && symlink(there, here) != 0)
                g_info("%s cannot be linked", here); /* then the clip is told to be missing */
        }
    }
}

static const Clip *find_clip(const Audit *audit, const char *dataset_id, const char *id)
{
    for (guint d = 0; d < audit->datasets->len; d++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, d);
        if (g_strcmp0(dataset->id, dataset_id) == 0 && id != NULL)
            return dataset_find_clip(dataset, id);
    }
    return NULL;
}

/* Clips that were replayed then and are not at hand now; "" when there is none. Caller frees. */
static char *list_missing(const Audit *audit, const json_t *stored, guint *count)
{
    GString *text = g_string_new(NULL);
    *count = 0;
    for (size_t i = 0; i < model_count(stored, "clips"); i++) {
        const json_t *entry = model_member(stored, "clips", i);
        const Clip *clip = find_clip(audit, model_string(entry, "dataset"), model_string(entry, "clip"));
        const char *status = model_string(model_member(entry, "conditions", 0), "status");
        if (clip == NULL || clip->path != NULL || g_strcmp0(status, "missing") == 0)
            continue;
        if (++*count <= 5)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", clip->id);
    }
    return g_string_free(text, FALSE);
}

/* ---- the run */

static EvidenceBlur blur_of(const char *word)
{
    return g_strcmp0(word, "all") == 0    ? EVIDENCE_BLUR_ALL
           : g_strcmp0(word, "none") == 0 ? EVIDENCE_BLUR_NONE
                                          : EVIDENCE_BLUR_PERSONS;
}

/* Pictures taken again; names of those that are not the same become faults. */
static bool compare_pictures(const char *data, const char *folder, VerifyReport *report, GError **error)
{
    g_autofree char *new_folder = g_build_filename(folder, "evidence", NULL);
    if (!g_file_test(new_folder, G_FILE_TEST_IS_DIR))
        return true;
    g_autoptr(GPtrArray) names = tree_list(new_folder, error);
    guint same = 0;
    for (guint i = 0; names != NULL && i < names->len; i++) {
        g_autofree char *name = g_strconcat("evidence/", (const char *)g_ptr_array_index(names, i), NULL);
        g_autofree char *again = tree_hash_in(folder, name, NULL, NULL);
        g_autofree char *there = tree_hash_in(data, name, NULL, NULL);
        if (g_strcmp0(again, there) == 0)
            same++;
        else
            bag_fault(report->faults, name, "data/%s: is not the picture that the clips give", name);
    }
    if (names != NULL && same == names->len)
        say(report->checked, "Pictures: taken again from the clips; all %u are the same, byte for byte.",
            same);
    return names != NULL;
}

static bool compare_results(const char *data, json_t *results, const json_t *stored, VerifyReport *report)
{
    g_autofree char *path = NULL, *found = NULL, *expected = NULL, *missing = NULL;
    g_autoptr(GPtrArray) names = tree_list(data, NULL);
    if (names != NULL)
        rescore_take_pictures(results, stored, names, &missing);
    if (!rescore_find_difference(stored, results, &path, &found, &expected)) {
        say(report->checked, "Video: the audit was run again from its clips; the results are the same.");
        return true;
    }
    bag_fault(report->faults, RESULTS,
              RESULTS
              ": %s: found %s, but the replay gives %s (data/versions.txt says which libraries decoded then)",
              path, found, expected);
    return false;
}

static bool replay(const char *data, const char *scratch, const Inputs *inputs, const json_t *stored,
                   const VerifyOptions *options, VerifyReport *report, GError **error)
{
    g_autofree char *folder = g_build_filename(scratch, "run", NULL);
    g_autofree char *facts_path = g_build_filename(data, "run.json", NULL);
    RunOptions run_options;
    run_options_init(&run_options);
    run_options.folder = folder;
    run_options.workers = options->workers;
    run_options.save_observations = inputs->blur != NULL;
    RunSummary summary;
    g_autoptr(Run) run = runner_run(inputs->audit, &run_options, &summary, error);
    if (run == NULL)
        return false;
    json_t *facts = json_load_file(facts_path, 0, NULL);
    const AssembleSpec spec = {.audit = inputs->audit,
                               .store = run_store(run),
                               .choices = inputs->choices,
                               .folder = data,
                               .lock = inputs->lock,
                               .first_replay = model_string(model_member(facts, "sessions", 0), "started")};
    json_t *results = results_assemble(&spec, error);
    json_decref(facts);
    if (results == NULL)
        return false;
    bool fine = true;
    if (compare_results(data, results, stored, report) && inputs->blur != NULL)
        fine = evidence_write(inputs->audit, run_store(run), folder, blur_of(inputs->blur), false,
                              options->workers, results, error) &&
               compare_pictures(data, folder, report, error);
    json_decref(results);
    return fine;
}

bool verify_replay(const char *data, const json_t *stored, const VerifyOptions *options, VerifyReport *report,
                   GError **error)
{
    g_autoptr(TreeTemporary) scratch = tree_make_temporary(error);
    if (scratch == NULL || !copy_inputs(data, scratch, error))
        return false;
    g_autofree char *folder = g_build_filename(scratch, INPUTS_FOLDER, NULL);
    g_autoptr(Inputs) inputs = inputs_load(folder, error);
    if (inputs == NULL)
        return false;
    if (g_strcmp0(inputs->command, "run") != 0) {
        say(report->unchecked,
            "Video: the audit was scored from alert logs; nothing was replayed then or now.");
        return true;
    }
    if (options->clips != NULL) {
        link_clips(inputs->audit, options->clips);
        inputs_free(g_steal_pointer(&inputs));
        inputs = inputs_load(folder, error);
        if (inputs == NULL)
            return false;
    }
    guint count = 0;
    g_autofree char *missing = list_missing(inputs->audit, stored, &count);
    if (count > 0) {
        report->incomplete = true;
        say(report->unchecked, "Video: not replayed: %u %s not at hand (%s%s).", count,
            count == 1 ? "clip is" : "clips are", missing, count > 5 ? ", …" : "");
        return true;
    }
    return replay(data, scratch, inputs, stored, options, report, error);
}
