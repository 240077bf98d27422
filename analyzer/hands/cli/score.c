/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit score: alert logs against ground truth. No video is read: the clips' lengths are the manifest's. */
#include "cli/score.h"
#include "cli/output.h"
#include "cli/score_actev.h"
#include "draft/draft.h"
#include "evaluate/results.h"
#include "records/shown.h"
#include "runner/plan.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

extern const Command command_score;

static const char description[] =
    "Scores the systems of kind “alerts” and “null” of an audit or of "
    "scenarios; a system of kind “reference” needs video\n"
    "(vsaudit run) and is left out, aloud. The length of every clip must be "
    "stated in its dataset (duration_s:), because it is\n"
    "the denominator of every rate.\n\n"
    "With --truth no YAML is needed: rows “coverage,CLIP,BEHAVIOUR,START,END” of "
    "the truth file say what was watched. The audit\n"
    "that this amounts to is written into DIR/audit, as a start for one of your "
    "own.\n\n" ACTEV_HELP "Exit status: 0 done, no claim refuted; 1 a claim was refuted; 2 wrong "
    "usage; 3 bad input; 4 the harness failed.\n\n"
    "Examples:\n  vsaudit score my-audit/scenario.yaml -o my-report\n"
    "  vsaudit score --truth truth.csv --alerts vendor.csv --alerts "
    "other=log2.csv -o my-report\n";

/* Takes the reference systems out. False with an error when a scenario then has nobody left to score. */
static bool leave_out_reference(const Audit *audit, bool quiet, GError **error)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint s = scenario->systems->len; s > 0; s--) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s - 1);
            if (!system_kind(system)->replays && !system_kind(system)->runs)
                continue;
            if (!quiet)
                shown_line(stderr, "vsaudit score: %s: system “%s” is left out: it needs video (vsaudit run)",
                           scenario->id, system->id);
            scenario_remove_system(scenario, s - 1);
        }
        if (scenario->systems->len == 0) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: systems: found none that can be scored without video, expected one of kind "
                        "alerts or null",
                        scenario->file);
            return false;
        }
    }
    return true;
}

static const SealedClip *find_handed(const Seal *handed, const PlanJob *job)
{
    for (guint i = 0; i < handed->clips->len; i++) {
        const SealedClip *clip = g_ptr_array_index(handed->clips, i);
        if (g_strcmp0(clip->clip, job->clip->id) == 0 && g_strcmp0(clip->dataset, job->dataset->id) == 0)
            return clip;
    }
    return NULL;
}

/* A job counts as replayed when it is said how long the clip is: that is what the score rests on. False with
 * an error. */
static bool fill_record(JobRecord *record, const PlanJob *job, const Seal *handed, GError **error)
{
    const SealedClip *sealed = handed != NULL ? find_handed(handed, job) : NULL;
    if (handed != NULL && sealed == NULL) {
        record->status = JOB_MISSING;
        record->fault = VSAUDIT_ERROR_INPUT;
        record->reason = g_strdup("it was not among the clips that were handed over");
        return true;
    }
    const int64_t stated_us = job->clip->duration_us;
    const int64_t duration_us = stated_us == TIME_UNKNOWN && sealed != NULL ? sealed->duration_us : stated_us;
    if (duration_us == TIME_UNKNOWN) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s:%d: clip “%s”: found no duration_s, expected its length in seconds, since no "
                    "video is read",
                    job->dataset->file, job->clip->line, job->clip->id);
        return false;
    }
    record->status = JOB_DONE;
    record->duration_us = duration_us;
    record->quality = clip_quality_new();
    record->quality->duration_us = duration_us;
    return true;
}

static bool store_lengths(Store *store, const Plan *plan, const Seal *handed, GError **error)
{
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        g_autoptr(JobRecord) record = job_record_new(job->index, job->dataset->id, job->clip->id,
                                                     job->condition->id, job->perception_digest);
        if (!fill_record(record, job, handed, error) || !store_write_job(store, record, NULL, NULL, error))
            return false;
    }
    return true;
}

/* A fresh store in the folder; one of an earlier score makes room, one of a run does not. */
static Store *create_store(const Plan *plan, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "score.sqlite", NULL);
    g_autofree char *other = g_build_filename(folder, "store.sqlite", NULL);
    if (g_file_test(other, G_FILE_TEST_EXISTS)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found a run's folder, expected an empty one or that of an earlier score", folder);
        return NULL;
    }
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made", folder);
        return NULL;
    }
    /* With what a score that was ended left beside it: a log of another database would damage this one. */
    static const char *const rests[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < G_N_ELEMENTS(rests); i++) {
        g_autofree char *rest = g_strconcat(path, rests[i], NULL);
        g_unlink(rest);
    }
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)job_record_free);
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        g_ptr_array_add(records, job_record_new(job->index, job->dataset->id, job->clip->id,
                                                job->condition->id, job->perception_digest));
        GPtrArray *users = g_ptr_array_new();
        for (guint s = 0; s < job->scenarios->len; s++)
            g_ptr_array_add(users, ((const Scenario *)g_ptr_array_index(job->scenarios, s))->id);
        g_ptr_array_add(uses, users);
    }
    return store_create(path, plan->parts, records, uses, error);
}

ExitStatus score_audit(const Audit *audit, Systems *systems, const Seal *handed,
                       const PublishOptions *options, GError **error)
{
    g_autoptr(Systems) taken = systems;
    g_autoptr(Plan) plan = plan_new(audit, error);
    if (plan == NULL)
        return EXIT_BAD_INPUT;
    g_autoptr(Store) store = create_store(plan, options->folder, error);
    if (store == NULL || !store_lengths(store, plan, handed, error))
        return EXIT_HARNESS;
    json_t *results = publish_results(audit, g_steal_pointer(&taken), store, options, error);
    if (results == NULL)
        return EXIT_HARNESS;
    const ExitStatus status = results_count_verdicts(results, "refuted") > 0 ? EXIT_CLAIM_REFUTED : EXIT_DONE;
    json_decref(results);
    return status;
}

static bool check_folder(const char *folder, const char *truth, const char *const *alerts, GError **error)
{
    if (!output_check_input(folder, truth, error))
        return false;
    for (; *alerts != NULL; alerts++) {
        const char *equals = strchr(*alerts, '=');
        if (!output_check_input(folder, equals != NULL ? equals + 1 : *alerts, error))
            return false;
    }
    return output_check(folder, "score", truth, NULL, error);
}

/* Truth and logs alone: the audit that they amount to is drafted in FOLDER/audit and scored like any other.
 */
static ExitStatus score_files(const char *truth, const char *const *alerts, PublishOptions *options,
                              GError **error)
{
    g_autofree char *folder = NULL;
    if (options->folder == NULL) {
        g_autofree char *base = g_path_get_basename(truth), *name = g_strconcat(base, "-score", NULL);
        folder = g_build_filename("reports", "out", name, NULL);
        options->folder = folder;
    }
    if (!check_folder(options->folder, truth, alerts, error))
        return EXIT_USAGE;
    g_autofree char *audit_folder = g_build_filename(options->folder, "audit", NULL);
    g_autoptr(Draft) draft = draft_write(truth, alerts, audit_folder, error);
    if (draft == NULL)
        return EXIT_BAD_INPUT;
    if (!output_mark(options->folder, "score", truth, error))
        return EXIT_BAD_INPUT;
    for (guint i = 0; i < draft->notes->len && !options->quiet; i++)
        shown_line(stderr, "vsaudit score: %s", (const char *)g_ptr_array_index(draft->notes, i));
    const char *const paths[] = {draft->audit, NULL};
    options->inputs.files = paths;
    GError *cause = NULL;
    g_autoptr(Audit) audit = audit_load(paths, 1, NULL, &cause);
    if (audit != NULL && !options->quiet)
        publish_warn_datasets("score", audit);
    const ExitStatus status =
        audit != NULL ? score_audit(audit, NULL, NULL, options, &cause) : EXIT_BAD_INPUT;
    if (cause != NULL) {
        draft_name_originals(draft, cause);
        g_propagate_error(error, cause);
    } else if (!options->quiet) {
        shown_line(stdout, "Audit to build on: %s", draft->audit);
    }
    options->inputs.files = NULL;
    return status;
}

static bool check_usage(int argc, const char *truth, char **alerts, const char *dataset, GError **error)
{
    const char *wrong = NULL;
    if (truth == NULL && alerts != NULL)
        wrong = "found --alerts without --truth, expected both, or an audit or scenarios";
    else if (truth != NULL && alerts == NULL)
        wrong = "found --truth without --alerts, expected at least one alert log";
    else if (truth != NULL && (argc > 1 || dataset != NULL))
        wrong = "found --truth beside YAML, expected either --truth and --alerts, or an audit or scenarios";
    else if (truth == NULL && argc < 2)
        wrong = "found no file, expected an audit or scenarios, or --truth and --alerts (see “vsaudit score "
                "--help”)";
    if (wrong != NULL)
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, wrong);
    return wrong == NULL;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *dataset = NULL, *catalogue = NULL, *languages = NULL, *formats = NULL,
                    *truth = NULL;
    g_autofree char *protocols = NULL, *lock_given = NULL;
    g_auto(GStrv) alerts = NULL;
    gboolean quiet = FALSE;
    g_auto(ActevOptions) actev = {0};
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out,
         "folder to write into (default reports/out/<audit id>-score)", "DIR"},
        {"truth", 0, 0, G_OPTION_ARG_FILENAME, &truth,
         "score alert logs against this truth file, without YAML", "FILE"},
        {"alerts", 0, 0, G_OPTION_ARG_STRING_ARRAY, &alerts,
         "with --truth: an alert log and, if wanted, the system's name; may be repeated", "[NAME=]FILE"},
        {"catalogue", 0, 0, G_OPTION_ARG_FILENAME, &catalogue,
         "catalogue of obligations in place of the audit's own or the built-in one", "FILE"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset,
         "use this dataset in place of every scenario's own", "FILE"},
        {"lock", 0, 0, G_OPTION_ARG_FILENAME, &lock_given,
         "lock file of “vsaudit lock” (default: the one beside the audit, <audit>.lock)", "FILE"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &languages, publish_languages_help(), "LIST"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &formats, publish_formats_help(), "LIST"},
        {"protocols", 0, 0, G_OPTION_ARG_STRING, &protocols, PROTOCOLS_HELP, "LIST"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but failures", NULL},
        ACTEV_ENTRIES(actev),
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_score, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (actev_options_given(&actev)) {
        const bool others = argc > 1 || truth != NULL || alerts != NULL || dataset != NULL ||
                            catalogue != NULL || lock_given != NULL || languages != NULL || formats != NULL ||
                            protocols != NULL;
        return actev_options_score(&actev, out, others, quiet, error);
    }
    if (!publish_check_lists(languages, formats, error) || !check_usage(argc, truth, alerts, dataset, error))
        return EXIT_USAGE;
    g_autoptr(PanelChoices) choices = NULL;
    if (protocols != NULL && (choices = panel_choices_parse(protocols, error)) == NULL)
        return EXIT_USAGE;
    PublishOptions options = {
        .folder = out, .languages = languages, .formats = formats, .protocols = choices, .quiet = quiet};
    options.inputs = (InputsSpec){.command = "score",
                                  .files = (const char *const *)(argv + 1),
                                  .dataset = dataset,
                                  .catalogue = catalogue,
                                  .protocols = protocols};
    if (truth != NULL)
        return score_files(truth, (const char *const *)alerts, &options, error);
    const AuditOverrides overrides = {dataset, catalogue};
    g_autoptr(Audit) audit =
        audit_load_with((const char *const *)(argv + 1), (size_t)(argc - 1), &overrides, error);
    if (audit == NULL || !leave_out_reference(audit, quiet, error))
        return EXIT_BAD_INPUT;
    g_autoptr(Systems) systems = systems_new(audit, error);
    if (systems == NULL)
        return EXIT_BAD_INPUT;
    if (!quiet)
        publish_warn("score", audit, systems);
    GError *cause = NULL;
    g_autofree char *lock = publish_find_lock(lock_given, argv[1], &cause);
    if (cause != NULL) {
        g_propagate_error(error, cause);
        return EXIT_BAD_INPUT;
    }
    options.inputs.lock = lock;
    g_autofree char *name = g_strdup_printf("%s-score", audit->id);
    g_autofree char *folder = out != NULL ? g_strdup(out) : g_build_filename("reports", "out", name, NULL);
    options.folder = folder;
    if (!output_claim(folder, "score", argv[1], audit, error))
        return EXIT_USAGE;
    return score_audit(audit, g_steal_pointer(&systems), NULL, &options, error);
}

const Command command_score = {"score", "AUDIT|SCENARIO… | --truth FILE --alerts [NAME=]FILE… [-o DIR]",
                               "score alert logs against ground truth, without video", run};
