/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_replay.h"

#include "bundle/alike.h"
#include "bundle/bag.h"
#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "bundle/verify_clips.h"
#include "evaluate/results_assemble.h"
#include "evidence/evidence.h"
#include "records/error.h"
#include "results/document.h"
#include "runner/environment.h"
#include "runner/runner.h"
#include "yaml/confine.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RESULTS "data/results.json"

/* ---- inputs */

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

/* ---- the run */

/* Which replays, in order, kept their observations (of bool): without them people are masked otherwise. */
static GArray *list_observed(const char *data, bool *any)
{
    g_autofree char *path = g_build_filename(data, REPLAYS_FILE, NULL);
    FILE *file = fopen(path, "rbe");
    GArray *observed = g_array_new(FALSE, FALSE, sizeof(bool));
    json_t *line;
    *any = false;
    while (file != NULL && (line = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)) != NULL) {
        g_autoptr(ResultsReplayed) replayed = results_load_replayed(line);
        const bool done = g_strcmp0(replayed->status, "done") == 0;
        const bool kept =
            done && (results_true(replayed->observations) || !results_given(replayed->observations));
        *any = *any || kept;
        g_array_append_val(observed, kept);
        json_decref(line);
    }
    if (file != NULL)
        fclose(file);
    return observed;
}

/* All replays are made anew in one way; a run that was gone on with may have made them in two. */
static bool drop_unkept(Store *store, const char *folder, const GArray *observed, GError **error)
{
    g_autoptr(GPtrArray) records = store_list_jobs(store, error);
    for (guint i = 0; records != NULL && i < MIN(records->len, observed->len); i++) {
        const JobRecord *record = g_ptr_array_index(records, i);
        if (record->observations == NULL || g_array_index(observed, bool, i))
            continue;
        g_autofree char *path = g_build_filename(folder, record->observations, NULL);
        unlink(path);
    }
    return records != NULL;
}

/* ---- comparing */

static EvidenceBlur blur_of(const char *word)
{
    return g_strcmp0(word, "all") == 0    ? EVIDENCE_BLUR_ALL
           : g_strcmp0(word, "none") == 0 ? EVIDENCE_BLUR_NONE
                                          : EVIDENCE_BLUR_PERSONS;
}

/* Exhibits taken again: of how many the bytes, or at least the pixels, are the same. Names of others become
 * faults, or, by other libraries (`difference`), are told. */
static bool compare_pictures(const char *data, const char *folder, const char *difference,
                             VerifyReport *report, GError **error)
{
    g_autofree char *new_folder = g_build_filename(folder, "evidence", NULL), *first = NULL;
    if (!g_file_test(new_folder, G_FILE_TEST_IS_DIR))
        return true;
    g_autoptr(GPtrArray) names = tree_list(new_folder, error);
    guint same = 0, alike = 0;
    for (guint i = 0; names != NULL && i < names->len; i++) {
        g_autofree char *name = g_strconcat("evidence/", (const char *)g_ptr_array_index(names, i), NULL);
        g_autofree char *again = g_build_filename(folder, name, NULL);
        g_autofree char *there = g_build_filename(data, name, NULL);
        g_autofree char *new_hash = tree_hash(again, NULL, NULL), *hash = tree_hash(there, NULL, NULL);
        if (g_strcmp0(new_hash, hash) == 0)
            same++;
        else if (difference == NULL || hash == NULL)
            bag_fault(report->faults, name, "data/%s: is not the picture that the clips give", name);
        else if (g_str_has_suffix(name, ".jpg") && alike_files(again, there))
            alike++;
        else if (first == NULL)
            first = g_strdup(name);
    }
    if (names != NULL && same == names->len)
        verify_say(report->checked,
                   "Pictures: taken again from the clips; all %u are the same, byte for byte.", same);
    else if (names != NULL && first == NULL && difference != NULL && same + alike == names->len)
        verify_say(report->checked,
                   "Pictures: taken again from the clips; of %u, %u are the same, byte for byte, and %u show "
                   "the same as written by another encoder (no %d x %d pixels differ by more than %d of 255 "
                   "on average).",
                   names->len, same, alike, ALIKE_BLOCK, ALIKE_BLOCK, ALIKE_LIMIT);
    if (first != NULL) {
        report->not_reproduced = report->unable = true;
        verify_say(report->unchecked, "Pictures: %u of %u cannot be reproduced here, first data/%s (%s).",
                   names->len - same - alike, names->len, first, difference);
    }
    return names != NULL;
}

/* The hash of a clip's file, or of several files all of them; NULL: none is known. Caller frees. */
static char *clip_hash(const ResultsClip *clip)
{
    const size_t count = clip->files.count;
    if (count == 0)
        return g_strdup(clip->file_sha256);
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        const char *sha256 = clip->files.at[i].sha256;
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", sha256 != NULL ? sha256 : "null");
    }
    return g_strdup(all->str);
}

/* A clip that is another file than then is told whatever decodes it. */
static bool compare_clips(const json_t *replayed, const json_t *stored, VerifyReport *report)
{
    g_autoptr(Results) before = results_load(stored);
    g_autoptr(Results) after = results_load(replayed);
    for (size_t i = 0; i < before->clips.count; i++) {
        const ResultsClip *then = &before->clips.at[i];
        g_autofree char *hash = clip_hash(then),
                        *again = i < after->clips.count ? clip_hash(&after->clips.at[i]) : NULL;
        if (g_strcmp0(hash, again) == 0)
            continue;
        bag_fault(report->faults, RESULTS,
                  RESULTS ": clips[%zu].%s: found %s, but the replay gives %s: clip “%s” is another file", i,
                  then->files.count > 0 ? "files" : "file_sha256", hash != NULL ? hash : "null",
                  again != NULL ? again : "null", then->clip);
        return false;
    }
    return true;
}

/* False when there is no use in looking at pictures. */
static bool compare_results(const char *data, json_t *results, const json_t *stored, const char *difference,
                            VerifyReport *report)
{
    g_autofree char *path = NULL, *found = NULL, *expected = NULL, *missing = NULL;
    g_autoptr(GPtrArray) names = tree_list(data, NULL);
    if (!compare_clips(results, stored, report))
        return false;
    if (names != NULL)
        rescore_take_pictures(results, stored, names, &missing);
    if (!rescore_find_difference(stored, results, &path, &found, &expected)) {
        verify_say(report->checked,
                   "Video: the audit was run again from its clips; the results are the same%s.",
                   difference != NULL ? ", though libraries or processor may be others" : "");
        return true;
    }
    if (difference == NULL) {
        bag_fault(report->faults, RESULTS,
                  RESULTS
                  ": %s: found %s, but the replay gives %s, by the same libraries on the same kind of "
                  "processor",
                  path, found, expected);
        return false;
    }
    report->not_reproduced = report->unable = true;
    verify_say(
        report->unchecked,
        "Video: cannot be reproduced here: decoded by other libraries (%s); first at %s: found %s, the "
        "replay here gives %s.",
        difference, path, found, expected);
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
    bool any = false;
    g_autoptr(GArray) observed = list_observed(data, &any);
    run_options.save_observations = inputs->blur != NULL && any;
    RunSummary summary;
    g_autoptr(Run) run = runner_run(inputs->audit, &run_options, &summary, error);
    if (run == NULL || !drop_unkept(run_store(run), folder, observed, error))
        return false;
    json_t *facts = json_load_file(facts_path, 0, NULL);
    g_autoptr(ResultsRun) then = results_load_run(facts);
    const AssembleSpec spec = {.audit = inputs->audit,
                               .store = run_store(run),
                               .choices = inputs->choices,
                               .folder = data,
                               .lock = inputs->lock,
                               .first_replay =
                                   then->sessions.count > 0 ? then->sessions.at[0].started : NULL};
    json_t *results = results_assemble(&spec, error);
    g_autofree char *difference = environment_explain_difference(facts);
    json_decref(facts);
    if (results == NULL)
        return false;
    bool fine = true;
    if (compare_results(data, results, stored, difference, report) && inputs->blur != NULL)
        fine = evidence_write(inputs->audit, run_store(run), folder, blur_of(inputs->blur), false,
                              options->workers, results, error) &&
               compare_pictures(data, folder, difference, report, error);
    json_decref(results);
    return fine;
}

static bool has_engines(const Audit *audit)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = 0; s < scenario->systems->len; s++) {
            if (system_kind(g_ptr_array_index(scenario->systems, s))->runs)
                return true;
        }
    }
    return false;
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
        verify_say(report->unchecked,
                   "Video: the audit was scored from alert logs; nothing was replayed then or now.");
        return true;
    }
    if (has_engines(inputs->audit)) {
        verify_say(report->unchecked, "Video: the audit has systems that run, which a bundle does not hold; "
                                      "nothing was replayed again.");
        return true;
    }
    if (options->clips != NULL) {
        verify_clips_link(inputs->audit, options->clips);
        inputs_free(g_steal_pointer(&inputs));
        inputs = inputs_load(folder, error);
        if (inputs == NULL)
            return false;
    }
    if (!verify_clips_settle(inputs->audit, stored, report))
        return true;
    return replay(data, scratch, inputs, stored, options, report, error);
}
