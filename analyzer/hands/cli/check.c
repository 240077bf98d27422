/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit check FILE…: says what is wrong in input files; runs nothing. */
#include "cli/command.h"
#include "cli/outcome.h"
#include "cli/speech.h"
#include "config/names.h"
#include "config/scenario.h"
#include "import/alert_map.h"
#include "language/phrase.h"
#include "records/shown.h"
#include "runner/plan_cost.h"
#include "runner/runner.h"
#include "runner/trial.h"
#include "synth/script.h"
#include "systems/ignored.h"
#include "systems/system.h"
#include "truth/truth.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

extern const Command command_check;

/* What is said of a file, part by part (of Phrase *, each with what parts it from the one before): printed in
 * the language of whoever typed, and in English for programs. */
typedef GPtrArray Line;

static Line *line_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)phrase_free);
}

static char *line_render(const Line *line, const Texts *texts)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < line->len; i++) {
        g_autofree char *part = phrase_render(g_ptr_array_index(line, i), texts);
        g_string_append(text, part);
    }
    return g_string_free(text, FALSE);
}

/* The text of that key with a count; the phrase belongs to the line, and may be filled further. */
static Phrase *say(Line *out, const char *key, guint count)
{
    Phrase *phrase = phrase_integer(phrase_new(key), "n", count);
    g_ptr_array_add(out, phrase);
    return phrase;
}

/* ---- one line for each kind of file that is in order */

static void describe_missing(Line *out, const GPtrArray *clips)
{
    guint missing = 0, altered = 0;
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        altered += clip->altered;
        missing += clip->path == NULL && !clip->altered;
    }
    if (altered > 0)
        say(out, "check.altered", altered);
    if (missing > 0)
        say(out, "check.missing", missing);
}

typedef struct {
    guint scored, doubtful;
} EventCount;

static void count_event(EventCount *count, const Event *event)
{
    if (event->certainty == CERTAINTY_SCORED)
        count->scored++;
    else
        count->doubtful++;
}

/* "3 events", "3 events and 1 doubtful one": what is doubtful is no event by which a system is judged. */
static void describe_events(Line *out, const EventCount *count)
{
    say(out, "check.events", count->scored);
    if (count->doubtful > 0)
        say(out, "check.doubtful", count->doubtful);
}

static void describe_dataset(Line *out, const Dataset *dataset)
{
    EventCount events = {0, 0};
    for (guint i = 0; i < dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, i);
        for (guint j = 0; j < clip->events->len; j++)
            count_event(&events, g_ptr_array_index(clip->events, j));
    }
    phrase_own(say(out, "check.dataset", dataset->clips->len), "id", dataset->id);
    describe_events(out, &events);
    describe_missing(out, dataset->clips);
}

static void describe_scenario(Line *out, const Scenario *scenario)
{
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    int64_t covered_us = 0;
    guint unknown = 0;
    EventCount events = {0, 0};
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        g_auto(SpanList) spans;
        const bool known = clip->duration_us != TIME_UNKNOWN;
        clip_coverage(clip, scenario->behaviour, known ? clip->duration_us : 0, &spans);
        covered_us += span_list_total(&spans);
        unknown += !known;
        for (guint j = 0; j < clip->events->len; j++) {
            const Event *event = g_ptr_array_index(clip->events, j);
            if (strcmp(event->behaviour, scenario->behaviour) == 0)
                count_event(&events, event);
        }
    }
    phrase_number(phrase_own(say(out, "check.scenario", clips->len), "id", scenario->id), "hours",
                  (double)covered_us / (double)US_PER_HOUR, 4);
    if (unknown > 0)
        say(out, "check.unknown_length", unknown);
    say(out, "check.comma", 0);
    describe_events(out, &events);
    say(out, "check.systems", scenario->systems->len);
    say(out, "check.claims", scenario->claims->len);
    describe_missing(out, clips);
}

/* What was mended in the truth, and files that are here and are not what their manifest says: on stderr. True
 * when a clip is without its file for that. */
static bool tell_altered(const Dataset *dataset)
{
    bool altered = false;
    for (guint i = 0; i < dataset->remarks->len; i++)
        shown_line(stderr, "warning: %s", (const char *)g_ptr_array_index(dataset->remarks, i));
    for (guint i = 0; i < dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, i);
        const char *sentence = clip->altered ? clip->missing_reason : clip->passed_over;
        if (sentence != NULL)
            shown_line(stderr, "%s:%d: clip “%s”: %s%s", dataset->file, clip->line, clip->id,
                       clip->altered ? "" : "warning: ", sentence);
        altered = altered || clip->altered;
    }
    return altered;
}

/* ---- kinds of files */

static void count_file(const EvidenceFile *file, const char *role, void *user)
{
    (void)file;
    (void)role;
    ++*(guint *)user;
}

/* What the public was told is half of an audit: say how much of it is there. */
static void describe_audit(Line *out, const Audit *audit)
{
    const guint items = g_strv_length(audit->catalogue->keys);
    guint files = 0, given = 0;
    dossier_visit_files(&audit->dossier, count_file, &files);
    for (guint i = 0; i < items; i++)
        given += statements_find(&audit->dossier.public_information, audit->catalogue->keys[i]) != NULL;
    Phrase *said = phrase_own(say(out, "check.audit", audit->scenarios->len), "id", audit->id);
    phrase_integer(phrase_integer(phrase_integer(said, "given", given), "items", items), "files", files);
}

static bool check_audit(const char *path, const AuditOverrides *overrides, Problems *problems, Line *out,
                        bool *altered)
{
    const char *const paths[] = {path};
    g_autoptr(Audit) audit = audit_read_with(paths, 1, overrides, problems);
    if (audit == NULL)
        return false;
    /* All that a run looks at before it begins. */
    g_autoptr(Systems) systems = systems_read(audit, problems);
    g_autoptr(Plan) plan = plan_read(audit, problems);
    RunOptions usual;
    run_options_init(&usual);
    if (plan == NULL || !trial_read(plan, usual.memory_mib, NULL, problems) || systems == NULL)
        return false;
    bool whole = true;
    for (guint i = 0; i < audit->datasets->len; i++)
        whole = trial_clips(g_ptr_array_index(audit->datasets, i), problems) && whole;
    if (!whole)
        return false;
    g_autoptr(GPtrArray) logs = systems_describe_ignored(systems, audit);
    for (guint i = 0; i < logs->len; i++)
        fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(logs, i));
    g_autoptr(GPtrArray) remarks = plan_probe_remarks(plan, audit);
    for (guint i = 0; i < remarks->len; i++)
        shown_line(stderr, "%s", (const char *)g_ptr_array_index(remarks, i));
    for (guint i = 0; i < audit->datasets->len; i++)
        *altered = tell_altered(g_ptr_array_index(audit->datasets, i)) || *altered;
    g_autoptr(YamlTree) tree = yaml_tree_load(path, problems);
    if (g_strcmp0(yaml_node_get(tree->root, "schema")->text, "vsaudit/audit/1") == 0)
        describe_audit(out, audit);
    for (guint i = 0; i < audit->scenarios->len; i++) {
        if (out->len > 0)
            say(out, "list.apart", 0);
        describe_scenario(out, g_ptr_array_index(audit->scenarios, i));
    }
    g_autofree char *cost = plan_cost_text(plan);
    if (cost != NULL)
        phrase_own(say(out, "check.cost", 0), "cost", cost);
    return true;
}

static bool check_dataset(const char *path, Problems *problems, Line *out, bool *altered)
{
    g_autoptr(Dataset) dataset = dataset_read(path, problems);
    if (dataset == NULL || !trial_clips(dataset, problems))
        return false;
    describe_dataset(out, dataset);
    *altered = tell_altered(dataset);
    return true;
}

static bool check_scene(const char *path, Problems *problems, Line *out)
{
    g_autoptr(Script) script = script_load(path, problems);
    if (script == NULL)
        return false;
    Phrase *said = phrase_own(say(out, "check.scene", 0), "id", script->id);
    phrase_integer(phrase_number(said, "seconds", script->duration_s, 4), "pictures", script_frames(script));
    return true;
}

static bool check_catalogue(const char *path, Problems *problems, Line *out)
{
    g_autoptr(Catalogue) catalogue = catalogue_read(path, problems);
    if (catalogue == NULL)
        return false;
    const guint items = g_strv_length(catalogue->keys);
    const json_t *texts = json_object_get(catalogue->json, "obligations");
    guint read = 0;
    for (size_t i = 0; i < json_array_size(texts); i++) {
        const json_t *mark = json_object_get(json_array_get(texts, i), "mark");
        read += g_strcmp0(json_string_value(mark), "read") == 0;
    }
    Phrase *said = phrase_own(say(out, "check.catalogue", items), "id", catalogue->id);
    phrase_integer(phrase_integer(said, "texts", (int64_t)json_array_size(texts)), "read", read);
    return true;
}

static bool check_yaml(const char *path, const AuditOverrides *overrides, Problems *problems, Line *out,
                       bool *altered)
{
    g_autoptr(Problems) first = problems_new();
    g_autoptr(YamlTree) tree = yaml_tree_load(path, first);
    const YamlNode *schema = tree != NULL ? yaml_node_get(tree->root, "schema") : NULL;
    const char *text = schema != NULL && schema->kind == YAML_NODE_TEXT ? schema->text : "";
    if (g_str_has_prefix(text, "vsaudit/audit/") || g_str_has_prefix(text, "vsaudit/scenario/"))
        return check_audit(path, overrides, problems, out, altered);
    if (g_str_has_prefix(text, "vsaudit/dataset/"))
        return check_dataset(path, problems, out, altered);
    if (g_str_has_prefix(text, "vsaudit/scene/"))
        return check_scene(path, problems, out);
    if (g_str_has_prefix(text, "vsaudit/catalogue/"))
        return check_catalogue(path, problems, out);
    if (g_str_has_prefix(text, "vsaudit/alert-map/")) {
        say(out, "check.alert_map", 0);
        return alert_map_check(path, problems);
    }
    if (tree == NULL) {
        yaml_tree_free(yaml_tree_load(path, problems));
        g_autoptr(GError) cause = NULL; /* a disk that failed once only */
        if (problems_count(problems) == 0 && !problems_to_error(first, &cause))
            problems_add_error(problems, cause);
        return false;
    }
    problems_add(
        problems, path, schema != NULL ? schema->line : 1, schema != NULL ? schema->column : 1, "schema",
        "found “%s”, expected vsaudit/audit/1, vsaudit/scenario/1, vsaudit/dataset/1, vsaudit/scene/1, "
        "vsaudit/catalogue/2 or vsaudit/alert-map/1",
        text);
    return false;
}

/* Alert logs are not checked so: what a vendor calls its alerts is the vendor's affair. */
static bool check_labels(const Truth *truth, Problems *problems)
{
    for (guint i = 0; i < truth->events->len; i++) {
        const TruthEvent *entry = &g_array_index(truth->events, TruthEvent, i);
        g_autofree char *wrong = names_explain_label(entry->event->behaviour, entry->event->label);
        if (wrong != NULL)
            problems_add(problems, truth->file, entry->line, entry->columns.label, "label", "%s", wrong);
    }
    return problems_count(problems) == 0;
}

static bool check_rows(const char *path, TruthKind kind, Problems *problems, Line *out)
{
    g_autofree const char **behaviours = names_behaviours();
    if (kind == TRUTH_KIND_TRUTH) {
        g_autoptr(Truth) truth = truth_load(path, behaviours, problems);
        if (truth == NULL || !check_labels(truth, problems))
            return false;
        EventCount events = {0, 0};
        for (guint i = 0; i < truth->events->len; i++)
            count_event(&events, g_array_index(truth->events, TruthEvent, i).event);
        say(out, "check.truth", 0);
        describe_events(out, &events);
        say(out, "check.coverage", truth->coverage->len);
        if (truth->counts->len > 0)
            say(out, "check.counts", truth->counts->len);
        return true;
    }
    g_autoptr(AlertLog) log = alert_log_load(path, behaviours, problems);
    if (log == NULL)
        return false;
    alert_log_collapse(log);
    g_autofree char *repeats = alert_log_describe_repeats(log);
    say(out, "check.alerts", log->rows->len);
    if (repeats != NULL)
        phrase_own(say(out, "check.repeats", 0), "repeats", repeats);
    if (log->rows->len == 0)
        say(out, "check.silent", 0);
    return true;
}

static bool check_file(const char *path, const AuditOverrides *overrides, Problems *problems, Line *out,
                       bool *altered)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents(path, &bytes, &length, NULL)) {
        problems_add(problems, path, 0, 0, NULL, "found no readable file, expected one to check");
        return false;
    }
    const TruthKind kind = truth_guess_kind(bytes, length);
    g_autofree char *lower = g_ascii_strdown(path, -1);
    json_t *json = json_loadb(bytes, length, 0, NULL);
    const bool broken = json == NULL && g_str_has_suffix(lower, ".json");
    json_decref(json);
    if (kind != TRUTH_KIND_NONE || broken) /* reading it says what is broken */
        return check_rows(path, broken ? TRUTH_KIND_TRUTH : kind, problems, out);
    if (g_str_has_suffix(lower, ".csv") || g_str_has_suffix(lower, ".json")) {
        problems_add(problems, path, 1, 1, NULL, "found neither truth nor alerts, expected %s",
                     g_str_has_suffix(lower, ".csv")
                         ? "a heading with start_s and end_s (truth) or onset_s (alerts)"
                         : "JSON with the schema " TRUTH_SCHEMA " or " ALERTS_SCHEMA);
        return false;
    }
    return check_yaml(path, overrides, problems, out, altered);
}

static void print_clip(const char *id, const char *const fields[5])
{
    fputs(id, stdout);
    for (size_t i = 0; i < 5; i++) {
        g_autofree char *text = g_strdelimit(g_strdup(fields[i] != NULL ? fields[i] : ""), "\n\r\x1f", ' ');
        printf("\x1f%s", text);
    }
    putchar('\n');
}

/* For scripts: one file of a clip a line, fields parted by the unit separator, empty when unknown. */
static bool print_clips(const char *path, Problems *problems)
{
    g_autoptr(Dataset) dataset = dataset_read(path, problems);
    for (guint i = 0; dataset != NULL && i < dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(dataset->clips, i);
        const char *licence = clip->licence != NULL ? clip->licence : dataset->licence;
        if (clip->files->len == 0)
            print_clip(clip->id,
                       (const char *const[]){clip->path, clip->sha256, clip->url, licence, clip->file});
        for (guint f = 0; f < clip->files->len; f++) {
            const ClipFile *file = g_ptr_array_index(clip->files, f);
            print_clip(clip->id, (const char *const[]){file->path, file->sha256, NULL, licence, file->file});
        }
    }
    return dataset != NULL;
}

/* "ok: my.yaml: …" */
static void say_in_order(const char *path, const Line *line, bool altered)
{
    const Texts *texts = speech_texts();
    g_autofree char *said = line_render(line, texts);
    g_autofree char *text =
        texts_format(texts, altered ? "check.not_as_hashed" : "check.ok", "file", path, "said", said, NULL);
    shown_line(stdout, "%s", text);
}

/* Faults are told in English: whoever does not read it is told that much. */
static void say_in_english(const char *path, guint faults)
{
    const Texts *texts = speech_texts();
    if (strcmp(texts_language(texts), "en") == 0)
        return;
    g_autofree char *text = texts_count(texts, "check.faults", (int64_t)faults, "file", path, NULL);
    shown_line(stderr, "%s", text);
}

static json_t *describe_file(const char *path, bool good, bool altered, const char *summary,
                             const GPtrArray *problems)
{
    json_t *file = json_object(), *list = json_array();
    json_object_set_new(file, "file", outcome_text(path));
    json_object_set_new(file, "state", json_string(!good ? "wrong" : altered ? "not_as_hashed" : "ok"));
    json_object_set_new(file, "summary", good && *summary != '\0' ? outcome_text(summary) : json_null());
    for (guint i = 0; i < problems->len; i++)
        json_array_append_new(list, outcome_text(g_ptr_array_index(problems, i)));
    json_object_set_new(file, "problems", list);
    return file;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *dataset = NULL, *catalogue = NULL;
    gboolean quiet = FALSE, clips = FALSE;
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"catalogue", 0, 0, G_OPTION_ARG_FILENAME, &catalogue,
         "catalogue of obligations in place of the audit's own or the built-in one", "FILE"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset, "use this dataset for every scenario", "FILE"},
        {"clips", 0, 0, G_OPTION_ARG_NONE, &clips, "list the clips of datasets, for scripts", NULL},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print only what is wrong", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    static const char description[] =
        "Of an audit or a scenario its dataset, its truth and its systems' alert logs are checked too. A "
        "clip "
        "that is not on\nthis machine is no fault: it is counted.\n\n"
        "Exit status: 0 all is in order; 2 wrong usage; 3 bad input; 5 all is in order but a clip's file is "
        "here with another\nhash than its manifest states.\n";
    if (!command_parse(&command_check, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc < 2) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected at least one file to check");
        return EXIT_USAGE;
    }
    ExitStatus status = EXIT_DONE;
    const AuditOverrides overrides = {dataset, catalogue};
    json_t *files = json_array();
    for (int i = 1; i < argc; i++) {
        g_autoptr(Problems) problems = problems_new_whole();
        g_autoptr(GPtrArray) line = line_new();
        bool altered = false;
        const bool good = clips ? print_clips(argv[i], problems)
                                : check_file(argv[i], &overrides, problems, line, &altered);
        g_autoptr(GPtrArray) list = problems_list(problems);
        g_autofree char *summary = line_render(line, texts_of("en"));
        json_array_append_new(files, describe_file(argv[i], good, altered, summary, list));
        if (good) {
            if (!quiet && !clips)
                say_in_order(argv[i], line, altered);
            if (altered && status == EXIT_DONE)
                status = EXIT_INTEGRITY;
            continue;
        }
        status = EXIT_BAD_INPUT;
        say_in_english(argv[i], list->len);
        for (guint j = 0; j < list->len; j++)
            shown_line(stderr, "%s", (const char *)g_ptr_array_index(list, j));
    }
    outcome_set("files", files);
    return status;
}

const Command command_check = {
    "check", "FILE…", "check audit, scenario, dataset, scene, truth and alert files; run nothing", run};
