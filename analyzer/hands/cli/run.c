/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit run: replay, detect, score, report. */
#include "cli/output.h"
#include "cli/programs.h"
#include "cli/publish.h"
#include "config/system_live.h"
#include "evaluate/results.h"
#include "records/free.h"
#include "records/shown.h"
#include "runner/runner.h"
#include "sandbox/layers.h"
#include "systems/system.h"

#include <math.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* The first Ctrl-C ends the run in order; the second one ends the program. */
static void catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

typedef struct {
    char *output, *dataset, *catalogue, *language, *formats, *blur, *evidence, *from, *lock, *protocols;
    char **files;          /* the audit or scenarios; belongs to argv */
    PanelChoices *choices; /* of protocols; NULL = none */
    gboolean resume, again, json, quiet, no_pictures, no_observations, no_programs;
    gint workers, memory_mib;
    gdouble time_factor;
    EvidenceBlur blur_kind;
    bool films;
} Options;

DEFINE_CLEAR(options_free, Options, options, g_free(options->output), g_free(options->dataset),
             g_free(options->catalogue), g_free(options->language), g_free(options->formats),
             g_free(options->protocols), panel_choices_free(options->choices), g_free(options->blur),
             g_free(options->evidence), g_free(options->from), g_free(options->lock))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_free)

static const char description[] =
    "The run lives in its output folder: store.sqlite (results), observations/ (measurements of every "
    "picture),\n"
    "and the reports. Clips that are done are kept whatever happens (Ctrl-C, kill -9, power):\n"
    "  a folder with an unfinished run of the same audit is an error: go on with --resume\n"
    "  a folder with a finished run of the same audit: nothing is replayed, the report is written anew;\n"
    "    a clip whose file has changed or gone since is an error (exit 5, 3)\n"
    "  a folder with a run of anything else (a changed file, another version) is an error: give another "
    "folder\n"
    "  --resume also tries again what had failed or was missing; --again throws the old run away\n"
    "A clip that cannot be replayed costs that clip: it is named, the others are kept, the report is "
    "written.\n\n"
    "Observations are saved unless --no-observations is given. With --from-observations RUN other rules and\n"
    "parameters look at them again, without the video, into another folder: for the same parameters "
    "results.json\n"
    "is the same, byte for byte. It is refused when the perception settings, a clip's SHA-256 or a "
    "condition's\n"
    "filter are not those of RUN. Exhibits still need the clips, and are left out where a clip is not "
    "there;\n"
    "without them (--no-pictures) nothing is decoded at all.\n\n"
    "Exit status: 0 done, no claim refuted; 1 a claim was refuted; 2 wrong usage; 3 bad input, or a clip was "
    "bad,\n"
    "cut or missing; 4 the harness failed, a worker crashed, or the run was interrupted; 5 a file is not "
    "what\n"
    "its hash says.\n\n"
    "Examples:\n  vsaudit run scenarios/audit-sample.yaml -o reports/out/mine -j 4\n"
    "  vsaudit run my-scenario.yaml -o reports/out/other --from-observations reports/out/mine\n";

/* ---- progress */

static char *format_left(double seconds)
{
    const int64_t whole = (int64_t)ceil(seconds);
    if (whole >= 3600)
        return g_strdup_printf("%" PRId64 ":%02d:%02d", whole / 3600, (int)(whole / 60 % 60),
                               (int)(whole % 60));
    return g_strdup_printf("%d:%02d", (int)(whole / 60), (int)(whole % 60));
}

static void print_progress(const RunProgress *progress, void *user)
{
    (void)user;
    const double done_h = (double)progress->footage_done_us / (double)US_PER_HOUR;
    const double total_h = (double)progress->footage_us / (double)US_PER_HOUR;
    const double speed = progress->elapsed_s > 0 ? done_h * 3600 / progress->elapsed_s : 0;
    fprintf(stderr,
            "\r\033[K%" PRId64 " of %" PRId64 " replays, %.3f of %s%.3f footage-hours, %.1f× real time",
            progress->jobs_ended, progress->jobs, done_h, progress->footage_known ? "" : "at least ", total_h,
            speed);
    if (speed > 0 && progress->footage_known) {
        g_autofree char *left = format_left((total_h - done_h) * 3600 / speed);
        fprintf(stderr, ", %s left", left);
    }
    if (progress->jobs_failed > 0)
        fprintf(stderr, ", %" PRId64 " failed", progress->jobs_failed);
    fflush(stderr);
}

/* Whom it waits for, and where that one has to look and to send. */
static void print_waiting(const SystemSpec *system, void *user)
{
    (void)user;
    const LiveOptions *live = system_live(system);
    if (live == NULL || live->product.command->len > 0)
        return;
    fprintf(stderr, "%s%s: expected to watch rtsp://%s:%" PRId64 "/%s%s within %.0f s",
            isatty(STDERR_FILENO) ? "\r\033[K" : "", system->id, live->camera.host, live->camera.port,
            live->camera.name, live->cameras == 1 ? "" : "-1, -2 … (where there are several cameras)",
            (double)live->connect_us / 1e6);
    for (guint i = 0; i < live->sinks->len; i++) {
        const SinkSpec *sink = g_ptr_array_index(live->sinks, i);
        fprintf(stderr, "%s%s at %s", i == 0 ? ", its messages come by " : ", ", sink_kind_names[sink->kind],
                sink->address != NULL ? sink->address : "loopback");
    }
    fputc('\n', stderr);
}

/* ---- what came of it */

/* What a cut file lacks, in one sentence. */
static void print_truncation(const JobRecord *job)
{
    const int64_t lost_us = span_list_total(&job->quality->undecoded);
    g_autofree char *seconds = time_format_seconds(lost_us);
    g_autofree char *lost =
        lost_us > 0 ? g_strdup_printf("%s s without a sound picture are left out", seconds)
                    : g_strdup("how much is missing is not known, and nothing of it counts as watched");
    shown_line(stderr, "vsaudit run: cut: clip “%s” (%s, %s): %s; %s", job->clip, job->dataset,
               job->condition,
               job->quality->remarks->len > 0 ? (const char *)g_ptr_array_index(job->quality->remarks, 0)
                                              : "the file ends too early",
               lost);
}

/* What was wrong with a file's clock: the first finding with its place and size, and how many there are. */
static void print_mended(const JobRecord *job)
{
    const GArray *findings = job->quality->findings;
    int64_t count = 0;
    for (int kind = 0; kind < CLOCK_KINDS; kind++)
        count += clock_kind_mends((ClockKind)kind) ? job->quality->totals[kind].count : 0;
    for (guint i = 0; i < findings->len; i++) {
        const ClockFinding *finding = &g_array_index(findings, ClockFinding, i);
        if (!clock_kind_mends(finding->kind))
            continue;
        g_autofree char *at = time_format_seconds(finding->at_us);
        g_autofree char *by = time_format_seconds(finding->by_us);
        g_autofree char *kind = g_strdelimit(g_strdup(clock_kind_name(finding->kind)), "_", ' ');
        g_autofree char *more =
            count > 1 ? g_strdup_printf(", and %" PRId64 " more", count - 1) : g_strdup("");
        shown_line(stderr, "vsaudit run: clock put right: clip “%s” (%s, %s): %s at %s s by %s s%s",
                   job->clip, job->dataset, job->condition, kind, at, by, more);
        return;
    }
    shown_line(stderr, "vsaudit run: clock put right: clip “%s” (%s, %s)", job->clip, job->dataset,
               job->condition);
}

/* What the file shows again is not watched again. */
static void print_again(const JobRecord *job)
{
    const ClockTotal *total = &job->quality->totals[CLOCK_SHOWN_AGAIN];
    if (total->count == 0)
        return;
    g_autofree char *by = time_format_seconds(total->by_us);
    shown_line(stderr,
               "vsaudit run: shown again: clip “%s” (%s, %s): %" PRId64 " pictures that the file shows once "
               "more; their %s s are not watched",
               job->clip, job->dataset, job->condition, total->pictures, by);
}

static bool print_failure(Store *store, const JobRecord *job, GError **error)
{
    GError *cause = NULL;
    g_autofree char *systems = store_job_systems(store, job->index, &cause);
    if (cause != NULL) {
        g_propagate_error(error, cause);
        return false;
    }
    shown_line(stderr, "vsaudit run: %s: %s%s%sclip “%s” (%s, %s): %s", job_status_name(job->status),
               systems != NULL ? "system “" : "", systems != NULL ? systems : "",
               systems != NULL ? "”, " : "", job->clip, job->dataset, job->condition, job->reason);
    return true;
}

/* One line for every clip that failed, is missing or is cut, whose clock was put right or that shows pictures
 * again. */
static gboolean print_failures(Store *store, GError **error)
{
    g_autoptr(GPtrArray) jobs = store_list_jobs(store, error);
    if (jobs == NULL)
        return FALSE;
    for (guint i = 0; i < jobs->len; i++) {
        const JobRecord *job = g_ptr_array_index(jobs, i);
        if (probes_is_condition(job->condition) && job->status != JOB_FAILED)
            continue; /* the job as recorded tells of the clip */
        if (job->reason != NULL && !print_failure(store, job, error))
            return FALSE;
        if (job->reason == NULL && job->quality != NULL && job->quality->truncated)
            print_truncation(job);
        if (job->quality != NULL && job->quality->clock_mended)
            print_mended(job);
        if (job->quality != NULL)
            print_again(job);
    }
    return TRUE;
}

/* Workers read what strangers made: a machine that does not confine them is not passed over in silence. */
static void print_not_held(void)
{
    const SandboxLayer *layers = sandbox_layers();
    g_autoptr(GString) missing = g_string_new(NULL);
    for (int i = 0; i < SANDBOX_LAYERS; i++) {
        if (!layers[i].held)
            g_string_append_printf(missing, "%s%s (%s)", missing->len > 0 ? ", " : "", layers[i].id,
                                   layers[i].by);
    }
    if (missing->len > 0)
        fprintf(stderr, "not held by the sandbox on this machine: %s; vsaudit doctor says what that means\n",
                missing->str);
}

static void print_summary(const RunSummary *summary, const char *folder)
{
    fprintf(stderr, "%" PRId64 " of %" PRId64 " replays done", summary->done, summary->jobs);
    if (summary->kept > 0)
        fprintf(stderr, " (%" PRId64 " kept from an earlier session)", summary->kept);
    if (summary->failed > 0)
        fprintf(stderr, ", %" PRId64 " failed", summary->failed);
    if (summary->missing > 0)
        fprintf(stderr, ", %" PRId64 " missing", summary->missing);
    if (summary->probe_jobs > 0)
        fprintf(stderr, "; of them %" PRId64 " for probes (%.3g footage-hours)", summary->probe_jobs,
                (double)summary->probe_us / (double)US_PER_HOUR);
    const double footage_h = (double)summary->footage_us / (double)US_PER_HOUR;
    if (summary->wall_s > 0 && summary->footage_us > 0)
        fprintf(stderr, "; %.3f footage-hours in %.1f s, %.1f× real time", footage_h, summary->wall_s,
                footage_h * 3600 / summary->wall_s);
    shown_line(stderr, "; stored in %s", folder);
}

/* What went wrong with the footage weighs more than a verdict that rests on the rest of it. */
static ExitStatus status_of(const RunSummary *summary, const json_t *results)
{
    if (summary->failed_integrity > 0)
        return EXIT_INTEGRITY;
    if (summary->failed_harness > 0)
        return EXIT_HARNESS;
    if (summary->failed_input > 0 || summary->looks_failed > 0 || summary->truncated > 0)
        return EXIT_BAD_INPUT;
    return results_count_verdicts(results, "refuted") > 0 ? EXIT_CLAIM_REFUTED : EXIT_DONE;
}

/* ---- the report */

/* The outcome for programs. */
static void print_json(const RunSummary *summary, const json_t *results, const char *folder)
{
    json_t *outcome =
        json_pack("{s:s,s:{s:I,s:I,s:I,s:I},s:i,s:O}", "folder", folder, "jobs", "done",
                  (json_int_t)summary->done, "failed", (json_int_t)summary->failed, "missing",
                  (json_int_t)summary->missing, "kept", (json_int_t)summary->kept, "status",
                  (int)status_of(summary, results), "verdicts", json_object_get(results, "verdict_counts"));
    json_dumpf(outcome, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(outcome);
}

/* Scores what is stored and writes the report into the run's folder. */
static ExitStatus report_run(const Options *options, const Audit *audit, Store *store,
                             const RunSummary *summary, const char *folder, GError **error)
{
    const PublishOptions publish = {.folder = folder,
                                    .languages = options->language,
                                    .formats = options->formats,
                                    .protocols = options->choices,
                                    .pictures = !options->no_pictures,
                                    .films = options->films,
                                    .blur = options->blur_kind,
                                    .inputs = {.command = "run",
                                               .files = (const char *const *)options->files,
                                               .dataset = options->dataset,
                                               .catalogue = options->catalogue,
                                               .lock = options->lock,
                                               .protocols = options->protocols,
                                               .blur = options->no_pictures    ? NULL
                                                       : options->blur != NULL ? options->blur
                                                                               : "persons"},
                                    .workers = options->workers,
                                    .quiet = options->quiet || options->json};
    json_t *results = publish_results(audit, NULL, store, &publish, error);
    if (results == NULL)
        return EXIT_HARNESS;
    const ExitStatus status = status_of(summary, results);
    if (options->json)
        print_json(summary, results, folder);
    json_decref(results);
    return status;
}

static ExitStatus run_audit(const Options *options, const Audit *audit, const char *folder, GError **error)
{
    RunOptions run_options;
    run_options_init(&run_options);
    run_options.folder = folder;
    run_options.mode = options->again ? RUN_AGAIN : options->resume ? RUN_RESUME : RUN_FRESH;
    run_options.workers = options->workers;
    run_options.memory_mib = options->memory_mib;
    run_options.time_factor = options->time_factor;
    run_options.save_observations = !options->no_observations;
    run_options.from = options->from;
    run_options.cancel = &interrupted;
    if (!options->quiet)
        run_options.waits = print_waiting;
    const bool shown = !options->quiet && isatty(STDERR_FILENO);
    if (shown)
        run_options.progress = print_progress;
    catch_interrupts();
    RunSummary summary;
    g_autoptr(Run) run = runner_run(audit, &run_options, &summary, error);
    if (shown)
        fputs("\r\033[K", stderr);
    if (run == NULL || !print_failures(run_store(run), error))
        return EXIT_HARNESS;
    if (!options->quiet) {
        print_summary(&summary, folder);
        print_not_held();
    }
    if (summary.cancelled) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "%s: interrupted with %" PRId64 " of %" PRId64 " replays to go; go on with --resume",
                    folder, summary.pending, summary.jobs);
        return EXIT_HARNESS;
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    return report_run(options, audit, run_store(run), &summary, folder, error);
}

/* ---- the command */

extern const Command command_run;

static bool check_options(const Options *options, int argc, GError **error)
{
    const char *fault = NULL;
    if (argc < 2)
        fault = "found no file, expected an audit or scenarios";
    else if (options->workers < 1)
        fault = "-j: found a number below 1, expected 1 or more workers";
    else if (options->memory_mib < 0)
        fault = "--memory: found a negative number, expected MiB, or 0 for no limit";
    else if (!(options->time_factor > 0))
        fault = "--time-limit: found no positive number, expected a multiple of a clip's length";
    else if (options->resume && options->again)
        fault = "found --resume and --again, expected one of them";
    else if (options->from != NULL && !g_file_test(options->from, G_FILE_TEST_IS_DIR))
        fault = "--from-observations: found no folder of that name, expected that of an earlier run";
    if (fault == NULL)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s (see “vsaudit run --help”)", fault);
    return false;
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    RunOptions defaults;
    run_options_init(&defaults);
    g_auto(Options) options = {.workers = (gint)defaults.workers,
                               .memory_mib = (gint)defaults.memory_mib,
                               .time_factor = defaults.time_factor};
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
         "folder of the run (default reports/out/<audit id>)", "DIR"},
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &options.workers,
         "worker processes (default: one a processor); results do not depend on it, but for systems that run "
         "by the clock (pace free or real-time, kind live)",
         "N"},
        {"catalogue", 0, 0, G_OPTION_ARG_FILENAME, &options.catalogue,
         "catalogue of obligations in place of the audit's own or the built-in one", "FILE"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &options.dataset,
         "use this dataset in place of every scenario's own", "FILE"},
        {"resume", 0, 0, G_OPTION_ARG_NONE, &options.resume, "go on with an unfinished run", NULL},
        {"again", 0, 0, G_OPTION_ARG_NONE, &options.again, "throw the folder's run away and start anew",
         NULL},
        {"lock", 0, 0, G_OPTION_ARG_FILENAME, &options.lock,
         "lock file of “vsaudit lock” (default: the one beside the audit, <audit>.lock)", "FILE"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &options.language, publish_languages_help(), "LIST"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options.formats, publish_formats_help(), "LIST"},
        {"protocols", 0, 0, G_OPTION_ARG_STRING, &options.protocols, PROTOCOLS_HELP, "LIST"},
        {"no-pictures", 0, 0, G_OPTION_ARG_NONE, &options.no_pictures, "no evidence pictures in the report",
         NULL},
        {"blur", 0, 0, G_OPTION_ARG_STRING, &options.blur,
         "what is made unrecognisable in pictures: persons, all or none", "WHAT"},
        {"evidence", 0, 0, G_OPTION_ARG_STRING, &options.evidence,
         "stills (default), or clips: short videos of the alerts and misses that the report shows, too",
         "WHAT"},
        {"from-observations", 0, 0, G_OPTION_ARG_FILENAME, &options.from,
         "look at the observations that an earlier run saved in this folder; no video is decoded", "RUN"},
        {"no-observations", 0, 0, G_OPTION_ARG_NONE, &options.no_observations,
         "do not save what was measured on every picture", NULL},
        {"no-programs", 0, 0, G_OPTION_ARG_NONE, &options.no_programs,
         "refuse an audit that has programs or libraries started; else each is named before", NULL},
        {"memory", 0, 0, G_OPTION_ARG_INT, &options.memory_mib,
         "memory limit of a worker, 0 = none (default 4096)", "MIB"},
        {"time-limit", 0, 0, G_OPTION_ARG_DOUBLE, &options.time_factor,
         "time limit of a clip as a multiple of its length, as far as its pictures have come; never less "
         "than ten "
         "minutes (default 60)",
         "X"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "print the outcome as JSON", NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_run, entries, description, &argc, &argv, error) ||
        !check_options(&options, argc, error) ||
        !publish_parse_blur(options.blur, &options.blur_kind, error) ||
        !publish_parse_evidence(options.evidence, &options.films, error) ||
        !publish_check_lists(options.language, options.formats, error) ||
        (options.protocols != NULL &&
         (options.choices = panel_choices_parse(options.protocols, error)) == NULL))
        return EXIT_USAGE;
    const AuditOverrides overrides = {options.dataset, options.catalogue};
    g_autoptr(Audit) audit =
        audit_load_with((const char *const *)(argv + 1), (size_t)(argc - 1), &overrides, error);
    if (audit == NULL)
        return EXIT_BAD_INPUT;
    options.files = argv + 1;
    GError *cause = NULL;
    char *lock = publish_find_lock(options.lock, argv[1], &cause);
    g_free(options.lock);
    options.lock = lock;
    if (cause != NULL) {
        g_propagate_error(error, cause);
        return EXIT_BAD_INPUT;
    }
    /* A wrong row in an alert log is told before hours of replay, not after them. */
    g_autoptr(Systems) systems = systems_new(audit, error);
    if (systems == NULL)
        return EXIT_BAD_INPUT;
    if (!options.quiet)
        publish_warn("run", audit, systems);
    if ((options.no_programs || !options.quiet) &&
        !programs_announce("run", audit, options.no_programs, error))
        return EXIT_BAD_INPUT;
    g_autofree char *folder = options.output != NULL ? g_strdup(options.output)
                                                     : g_build_filename("reports", "out", audit->id, NULL);
    if (options.from != NULL && is_same_folder(options.from, folder)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--from-observations: found the folder that the run is to be written into (%s), expected "
                    "another one; give one with -o",
                    folder);
        return EXIT_USAGE;
    }
    if (!output_claim(folder, "run", NULL, audit, error))
        return EXIT_USAGE;
    return run_audit(&options, audit, folder, error);
}

const Command command_run = {"run", "AUDIT|SCENARIO… [-o DIR] [-j N] [--resume]",
                             "replay the clips of an audit, score the systems, write the report", run};
