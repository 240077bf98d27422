/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_settle.h"

#include "config/settle.h"
#include "language/phrase.h"
#include "results/fields.h"
#include "results/record_clip.h"

#include <string.h>

enum { MOST_NAMES = 10 };

/* ---- a sentence that names clips */

/* Adds "clip (condition, 12 s)" to the names. */
static void name_clip(GPtrArray *names, const JobRecord *job, int64_t us)
{
    Phrase *name = phrase_own(phrase_new("limit.clip_seconds"), "clip", job->clip);
    phrase_own(name, "condition", job->condition);
    g_ptr_array_add(names, phrase_number(name, "seconds", time_to_seconds(us), 4));
}

/* The limit of that key, of the clips that it names; takes them. */
static void append_named(GPtrArray *names, json_t *limits, const char *key)
{
    g_autoptr(Phrase) limit = phrase_names(phrase_new(key), "clips", names, MOST_NAMES);
    if (names->len > 0)
        json_array_append_new(limits, phrase_json(limit));
}

void results_append_clock_limits(const GPtrArray *jobs, json_t *limits)
{
    GPtrArray *unseen = g_ptr_array_new(), *mended = g_ptr_array_new();
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        const int64_t unseen_us = job->quality != NULL ? span_list_total(&job->quality->unseen) : 0;
        if (unseen_us > 0)
            name_clip(unseen, job, unseen_us);
        if (job->quality == NULL || !job->quality->clock_mended)
            continue;
        int64_t by_us = 0;
        for (int kind = 0; kind < CLOCK_KINDS; kind++)
            by_us += clock_kind_mends((ClockKind)kind) ? job->quality->totals[kind].by_us : 0;
        name_clip(mended, job, by_us);
    }
    append_named(unseen, limits, "limit.unseen");
    append_named(mended, limits, "limit.clock_mended");
}

/* ---- truth */

/* What was replayed of the clip, under any condition: its clock and its length are the file's. */
static const JobRecord *find_job(const GPtrArray *jobs, const Dataset *dataset, const Clip *clip)
{
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        if (job->status == JOB_DONE && job->quality != NULL && strcmp(job->dataset, dataset->id) == 0 &&
            strcmp(job->clip, clip->id) == 0)
            return job;
    }
    return NULL;
}

static const char **behaviours_on(const Audit *audit, const Dataset *dataset)
{
    const char **ids = g_new0(const char *, audit->scenarios->len + 1);
    guint count = 0;
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        if (scenario->dataset == dataset)
            ids[count++] = scenario->behaviour;
    }
    return ids;
}

/* For the terminal, as of a stated length (config/dataset_checks.c). */
static void remark_cut(const Dataset *dataset, const Clip *clip, const SettleCuts *cuts)
{
    g_autofree char *most = time_format_seconds(cuts->ends_cut_us);
    const bool one = cuts->ends_cut == 1;
    g_ptr_array_add(
        dataset->remarks,
        g_strdup_printf("%s:%d: clip “%s”: %u end%s in its truth lie%s up to %s s beyond its last "
                        "picture and %s cut to it",
                        dataset->file, clip->line, clip->id, cuts->ends_cut, one ? "" : "s", one ? "s" : "",
                        most, one ? "is" : "are"));
}

static bool settle_dataset(const Audit *audit, Dataset *dataset, const GPtrArray *jobs, GPtrArray *cut,
                           GError **error)
{
    g_autofree const char **behaviours = behaviours_on(audit, dataset);
    for (guint i = 0; i < dataset->clips->len; i++) {
        Clip *clip = g_ptr_array_index(dataset->clips, i);
        const JobRecord *job = find_job(jobs, dataset, clip);
        SettleCuts cuts = {0, 0};
        if (job == NULL || clip->settled)
            continue;
        if (!settle_check_length(dataset, clip, behaviours, job->quality, error) ||
            !settle_truth(dataset, clip, job->quality, behaviours, true, &cuts, error))
            return false;
        if (cuts.ends_cut == 0)
            continue;
        name_clip(cut, job, cuts.ends_cut_us);
        remark_cut(dataset, clip, &cuts);
    }
    return true;
}

bool results_settle_truth(const Audit *audit, const GPtrArray *jobs, json_t *limits, GError **error)
{
    GPtrArray *cut = g_ptr_array_new();
    bool fine = true;
    for (guint i = 0; i < audit->datasets->len && fine; i++)
        fine = settle_dataset(audit, g_ptr_array_index(audit->datasets, i), jobs, cut, error);
    append_named(cut, limits, "limit.ends_cut");
    return fine;
}

/* ---- files */

json_t *results_describe_files(const Clip *clip, const char *file_sha256)
{
    json_t *files = json_array();
    g_auto(GStrv) hashes = g_strsplit(file_sha256 != NULL ? file_sha256 : "", " ", -1);
    const bool replayed = g_strv_length(hashes) == clip->files->len;
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        const ResultsClipFile said = {
            .file = file->file, .sha256 = replayed ? hashes[i] : file->sha256, .start_us = file->start_us};
        json_array_append_new(files, results_dump(&result_clip_file, &said));
    }
    return files;
}
