/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_settle.h"

#include "config/settle.h"
#include "language/words.h"
#include "results/results_json.h"

#include <string.h>

enum { MOST_NAMES = 10 };

/* ---- a sentence that names clips */

typedef struct {
    GString *names[2]; /* by Language */
    guint count;
} Named;

static void name_clip(Named *named, const JobRecord *job, int64_t us)
{
    if (named->count++ >= MOST_NAMES)
        return;
    for (int language = 0; language < 2; language++) {
        if (named->names[language] == NULL)
            named->names[language] = g_string_new(NULL);
        g_autofree char *seconds = words_number((Language)language, time_to_seconds(us), 4);
        g_string_append_printf(named->names[language], "%s%s (%s, %s s)",
                               named->names[language]->len > 0 ? ", " : "", job->clip, job->condition,
                               seconds);
    }
}

/* “before” names “after”, in both languages; frees the names. */
static void append_named(Named *named, json_t *limits, Text before, Text after)
{
    if (named->count == 0)
        return;
    const char *more = named->count > MOST_NAMES ? ", …" : "";
    g_autofree char *en = g_strconcat(before.en, named->names[LANGUAGE_EN]->str, more, after.en, NULL);
    g_autofree char *fr =
        words_french_spaces(g_strconcat(before.fr, named->names[LANGUAGE_FR]->str, more, after.fr, NULL));
    json_array_append_new(limits, results_text(en, fr));
    for (int language = 0; language < 2; language++)
        g_string_free(named->names[language], TRUE);
}

void results_append_clock_limits(const GPtrArray *jobs, json_t *limits)
{
    Named unseen = {{NULL, NULL}, 0}, mended = {{NULL, NULL}, 0};
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        const int64_t unseen_us = job->quality != NULL ? span_list_total(&job->quality->unseen) : 0;
        if (unseen_us > 0)
            name_clip(&unseen, job, unseen_us);
        if (job->quality == NULL || !job->quality->clock_mended)
            continue;
        int64_t by_us = 0;
        for (int kind = 0; kind < CLOCK_KINDS; kind++)
            by_us += clock_kind_mends((ClockKind)kind) ? job->quality->totals[kind].by_us : 0;
        name_clip(&mended, job, by_us);
    }
    append_named(
        &unseen, limits, (Text){"Time without pictures: ", "Durée sans image : "},
        (Text){". It counts on no side: nobody watched it, and nobody knows what happened in it.",
               ". Elle ne compte d’aucun côté : personne ne l’a visionnée, et nul ne sait ce qui s’y "
               "est passé."});
    append_named(
        &mended, limits,
        (Text){"Clocks that leap, restart or stray and were put right, with the sum of the leaps: ",
               "Horloges qui sautent, repartent ou s’égarent et qui ont été redressées, avec la somme des "
               "sauts : "},
        (Text){". Every rate that rests on these clips rests on that too.",
               ". Tout taux qui repose sur ces séquences repose aussi sur ce redressement."});
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

static bool settle_dataset(const Audit *audit, Dataset *dataset, const GPtrArray *jobs, Named *cut,
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
    Named cut = {{NULL, NULL}, 0};
    bool fine = true;
    for (guint i = 0; i < audit->datasets->len && fine; i++)
        fine = settle_dataset(audit, g_ptr_array_index(audit->datasets, i), jobs, &cut, error);
    append_named(
        &cut, limits,
        (Text){"Ends in the ground truth that lie a little outside their clip and were cut to it: ",
               "Fins notées dans la vérité de terrain un peu hors de leur séquence, ramenées à celle-ci : "},
        (Text){" at most.", " au plus."});
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
        json_array_append_new(files, json_pack("{s:s,s:o,s:o}", "file", file->file, "sha256",
                                               results_string(replayed ? hashes[i] : file->sha256),
                                               "start_us", results_time(file->start_us)));
    }
    return files;
}
