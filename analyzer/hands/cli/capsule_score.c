/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit capsule score. */
#include "bundle/tree.h"
#include "capsule/opening.h"
#include "capsule/returned.h"
#include "cli/capsule.h"
#include "cli/outcome.h"
#include "cli/output.h"
#include "cli/score.h"
#include "config/handed.h"
#include "draft/draft_text.h"
#include "evaluate/handover_findings.h"
#include "language/texts.h"
#include "records/free.h"
#include "records/shown.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define ANSWERS "answers"

/* ---- the audit */

static char **read_lines(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    return g_strsplit(g_strchomp(text), "\n", -1);
}

typedef struct {
    GStrv files, dataset; /* as the audit was loaded */
    Audit *audit;
} Loaded;

DEFINE_CLEAR(loaded_clear, Loaded, loaded, g_strfreev(loaded->files), g_strfreev(loaded->dataset),
             audit_free(loaded->audit))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Loaded, loaded_clear)

static bool load(const CapsuleScoring *scoring, Loaded *loaded, GError **error)
{
    loaded->files = scoring->audit != NULL ? g_strdupv((char **)(uintptr_t)scoring->audit)
                                           : read_lines(scoring->kept, KEPT_AUDIT);
    if (loaded->files == NULL || loaded->files[0] == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s/" KEPT_AUDIT
                    ": cannot be read, expected the files that the capsule was made of, or --audit FILE",
                    scoring->kept);
        return false;
    }
    if (scoring->dataset != NULL)
        loaded->dataset = g_strsplit(scoring->dataset, "\n", 1);
    else if (scoring->audit == NULL)
        loaded->dataset = read_lines(scoring->kept, KEPT_DATASET);
    loaded->audit = audit_load((const char *const *)loaded->files, g_strv_length(loaded->files),
                               loaded->dataset != NULL ? loaded->dataset[0] : NULL, error);
    return loaded->audit != NULL;
}

/* ---- the logs */

static GPtrArray *read_logs(const CapsuleScoring *scoring, const Seal *seal, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)returned_free);
    g_autoptr(Problems) problems = problems_new();
    g_autofree char *dataset = g_build_filename(scoring->capsule, CAPSULE_DATASET, NULL);
    for (const char *const *argument = scoring->logs; *argument != NULL; argument++) {
        const char *path = NULL;
        g_autofree char *id = draft_split_log(*argument, &path);
        Returned *one = returned_read(id, path, scoring->map, dataset, seal, problems);
        for (guint i = 0; one != NULL && i < all->len; i++) {
            if (strcmp(((const Returned *)g_ptr_array_index(all, i))->id, id) == 0)
                problems_add(
                    problems, path, 0, 0, NULL,
                    "found a second log of a system “%s”, expected another name before it: NAME=FILE", id);
        }
        if (one != NULL)
            g_ptr_array_add(all, one);
    }
    return problems_to_error(problems, error) ? g_steal_pointer(&all) : NULL;
}

/* Of one who answered the same the first time and later, the later answers need no system of their own. */
static bool write_log(const char *folder, const Returned *log, const Seal *seal, int64_t appearance,
                      GPtrArray *handed, GError **error)
{
    g_autoptr(AlertLog) turned = returned_turn_back(log, seal, appearance);
    g_autoptr(AlertLog) first = returned_turn_back(log, seal, 1);
    if (appearance > 1 &&
        (alert_log_same(turned, first) || (turned->rows->len == 0 && first->rows->len == 0)))
        return true;
    g_autofree char *id = appearance == 1
                              ? g_strdup(log->id)
                              : g_strdup_printf("%s-again-%" G_GINT64_FORMAT, log->id, appearance);
    g_autofree char *name = g_strconcat(id, ".csv", NULL);
    g_autofree char *path = g_build_filename(folder, ANSWERS, name, NULL);
    g_ptr_array_add(handed, handed_log_new(id, path));
    return alert_log_write_csv(turned, path, error);
}

/* What an earlier scoring into the folder left would be taken for an answer. */
static bool empty_answers(const char *path, GError **error)
{
    tree_remove(path);
    if (g_mkdir_with_parents(path, 0777) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", path,
                g_strerror(errno));
    return false;
}

/* Each log on the audit's own clips, as often as a clip was there. */
static GPtrArray *write_logs(const char *folder, const GPtrArray *logs, const Seal *seal, GError **error)
{
    g_autoptr(GPtrArray) handed = g_ptr_array_new_with_free_func((GDestroyNotify)handed_log_free);
    g_autofree char *path = g_build_filename(folder, ANSWERS, NULL);
    if (!empty_answers(path, error))
        return NULL;
    const int64_t most = seal_most(seal);
    for (guint i = 0; i < logs->len; i++) {
        for (int64_t appearance = 1; appearance <= most; appearance++) {
            if (!write_log(folder, g_ptr_array_index(logs, i), seal, appearance, handed, error))
                return NULL;
        }
    }
    return g_steal_pointer(&handed);
}

/* ---- what is said */

static void warn(const Audit *audit, const GPtrArray *logs)
{
    for (guint i = 0; i < logs->len; i++) {
        const Returned *log = g_ptr_array_index(logs, i);
        if (log->remark != NULL)
            shown_line(stderr, "vsaudit capsule: %s: %s", log->file, log->remark);
    }
    for (guint s = 0; s < audit->scenarios->len; s++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, s);
        for (guint c = 0; c < scenario->claims->len; c++) {
            const Claim *claim = g_ptr_array_index(scenario->claims, c);
            bool there = claim->system == NULL;
            for (guint i = 0; i < scenario->systems->len; i++)
                there = there || strcmp(((const SystemSpec *)g_ptr_array_index(scenario->systems, i))->id,
                                        claim->system) == 0;
            if (!there)
                shown_line(
                    stderr,
                    "vsaudit capsule: %s: claim “%s” is about the system “%s”, of which no log came back",
                    scenario->id, claim->id, claim->system);
        }
    }
}

static void print_findings(const Handover *handover, const Audit *audit, const char *language)
{
    const Texts *texts = texts_of(language);
    json_t *capsule = handover_describe(handover, audit);
    size_t i, k;
    const json_t *system, *finding;
    json_array_foreach(json_object_get(capsule, "systems"), i, system)
    {
        shown_line(stdout, "%s: %s", texts_get(texts, "capsule.heading"),
                   json_string_value(json_object_get(system, "system")));
        json_array_foreach(json_object_get(system, "findings"), k, finding)
        {
            const char *state = json_string_value(json_object_get(finding, "state"));
            const char *id = json_string_value(json_object_get(finding, "id"));
            shown_line(stdout, "  %-14s %s: %s", texts_word(texts, "capsule.state", state),
                       texts_word(texts, "capsule.finding", id),
                       texts_pick(texts, json_object_get(finding, "sentence"), NULL));
        }
    }
    outcome_set("capsule", capsule);
}

/* ---- */

static ExitStatus score(const CapsuleScoring *scoring, Opening *opening, const Loaded *loaded,
                        const GPtrArray *logs, const char *folder, GError **error)
{
    g_autoptr(GPtrArray) handed = write_logs(folder, logs, opening->seal, error);
    if (handed == NULL)
        return EXIT_HARNESS;
    g_autoptr(Handover) handover =
        handover_new(g_steal_pointer(&opening->seal), opening->sha256, opening->signer,
                     time_from_seconds(scoring->tolerance_s), logs);
    if (!handover_write(handover, folder, error))
        return EXIT_HARNESS;
    handed_take(loaded->audit, handed);
    if (!scoring->quiet)
        warn(loaded->audit, logs);
    g_autoptr(Systems) systems = systems_new(loaded->audit, error);
    if (systems == NULL)
        return EXIT_BAD_INPUT;
    GError *cause = NULL;
    g_autofree char *lock = publish_find_lock(NULL, loaded->files[0], &cause);
    if (cause != NULL) {
        g_propagate_error(error, cause);
        return EXIT_BAD_INPUT;
    }
    const PublishOptions options = {.folder = folder,
                                    .languages = scoring->languages,
                                    .formats = scoring->formats,
                                    .quiet = scoring->quiet,
                                    .inputs = {.command = "score",
                                               .files = (const char *const *)loaded->files,
                                               .dataset = loaded->dataset != NULL ? loaded->dataset[0] : NULL,
                                               .lock = lock,
                                               .handed = handed}};
    const ExitStatus status =
        score_audit(loaded->audit, g_steal_pointer(&systems), handover->seal, &options, error);
    if ((status == EXIT_DONE || status == EXIT_CLAIM_REFUTED) && (!scoring->quiet || outcome_wanted())) {
        g_auto(GStrv) languages = g_strsplit(scoring->languages != NULL ? scoring->languages : "en", ",", -1);
        print_findings(handover, loaded->audit, languages[0]);
    }
    return status;
}

ExitStatus capsule_score_command(const CapsuleScoring *scoring, GError **error)
{
    if (!(scoring->tolerance_s >= 0 && scoring->tolerance_s <= 60)) {
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                            "--tolerance: expected 0 to 60 seconds");
        return EXIT_USAGE;
    }
    if (!publish_check_lists(scoring->languages, scoring->formats, error))
        return EXIT_USAGE;
    g_auto(Opening) opening = {0};
    g_auto(Loaded) loaded = {0};
    g_autofree char *list = g_build_filename(scoring->kept, KEPT_SEAL, NULL);
    const OpeningSpec spec = {scoring->capsule, list, scoring->published, scoring->key};
    if (!opening_read(&spec, &opening, error) || !opening_check_files(scoring->capsule, error) ||
        !load(scoring, &loaded, error) || !opening_check_audit(&opening, loaded.audit, error))
        return EXIT_BAD_INPUT; /* or what the error says */
    g_autoptr(GPtrArray) logs = read_logs(scoring, opening.seal, error);
    if (logs == NULL)
        return EXIT_BAD_INPUT;
    g_autofree char *name = g_strdup_printf("%s-capsule", loaded.audit->id);
    g_autofree char *folder =
        scoring->folder != NULL ? g_strdup(scoring->folder) : g_build_filename("reports", "out", name, NULL);
    if (!output_claim(folder, "capsule", scoring->capsule, loaded.audit, error))
        return EXIT_USAGE;
    return score(scoring, &opening, &loaded, logs, folder, error);
}
