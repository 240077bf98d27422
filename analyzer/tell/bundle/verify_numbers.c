/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_numbers.h"

#include "bundle/bag.h"
#include "bundle/reckoning.h"
#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "bundle/verify_files.h"
#include "bundle/verify_replay.h"
#include "bundle/verify_reports.h"
#include "bundle/verify_looks.h"
#include "bundle/verify_run.h"
#include "bundle/versions.h"
#include "config/system_kind.h"
#include "evaluate/results.h"
#include "records/error.h"
#include "results/document.h"

#include <string.h>

#define RESULTS "data/results.json"

/* A failure to score names its file by a path of this machine; people know it by its place in the bag. */
static char *shorten(const char *message, const char *data)
{
    g_autofree char *folder = g_strconcat(data, "/", NULL);
    GString *text = g_string_new(message);
    g_string_replace(text, folder, "data/", 0);
    return g_string_free(text, FALSE);
}

/* ---- results.json */

/* The file that an error speaks of, as far as one can tell. */
static char *blamed_file(const char *message)
{
    if (g_str_has_prefix(message, "data/"))
        return g_strndup(message, strcspn(message, ":"));
    if (g_str_has_prefix(message, REPLAYS_FILE))
        return g_strdup("data/" REPLAYS_FILE);
    return g_strdup("data/" INPUTS_FOLDER);
}

/* That the program has another version since is no change of what was locked. */
static json_t *without_program(const json_t *document)
{
    json_t *copy = json_copy((json_t *)document), *lock = json_deep_copy(json_object_get(document, "lock"));
    json_t *changed = json_object_get(lock, "changed");
    for (size_t i = json_array_size(changed); i > 0; i--) {
        if (g_strcmp0(json_string_value(json_object_get(json_array_get(changed, i - 1), "what")),
                      "program") == 0)
            json_array_remove(changed, i - 1);
    }
    if (json_array_size(changed) == 0 &&
        g_strcmp0(json_string_value(json_object_get(lock, "state")), "changed") == 0)
        json_object_set_new(lock, "state", json_string("unchanged"));
    if (lock != NULL)
        json_object_set_new(copy, "lock", lock);
    return copy;
}

/* Words and form may be another version's; the numbers may not. */
static void compare_loosely(const json_t *results, const json_t *stored, const Maker *maker,
                            VerifyReport *report)
{
    json_t *found = without_program(stored), *expected = without_program(results);
    g_auto(VersionDifference) difference;
    g_autofree char *made_by = maker_name(maker);
    versions_compare(found, expected, &difference);
    json_decref(found);
    json_decref(expected);
    if (difference.path != NULL) {
        report->other_numbers = !maker->same_version && report->faults->len == 0;
        bag_fault(report->faults, RESULTS,
                  RESULTS ": %s: found %s, expected %s, which follows from the truth and the alerts in the "
                          "bundle (it says that %s made it; this is vsaudit %s)",
                  difference.path, difference.found, difference.expected, made_by, VSAUDIT_VERSION);
        return;
    }
    verify_say(report->checked,
               "Numbers: scored again from the truth and the alerts in the bundle; every number, verdict and "
               "name that %s and this program both write is the same.",
               made_by);
    if (difference.others == 0)
        return;
    g_autofree char *place = g_strdup_printf(RESULTS " (%s)", difference.other);
    verify_note_unverified(report, place);
    verify_say(report->unchecked,
               "Numbers: %u %s of results.json, first “%s”, %s words or forms that %s writes otherwise.",
               difference.others, difference.others == 1 ? "place" : "places", difference.other,
               difference.others == 1 ? "is of" : "are of", made_by);
}

static bool compare_exactly(const json_t *results, const json_t *stored, const char *data,
                            const char *scratch, VerifyReport *report, GError **error)
{
    g_autofree char *path = NULL, *found = NULL, *expected = NULL;
    if (rescore_find_difference(stored, results, &path, &found, &expected)) {
        bag_fault(report->faults, RESULTS,
                  RESULTS
                  ": %s: found %s, expected %s, which follows from the truth and the alerts in the bundle",
                  path, found, expected);
        return true;
    }
    g_autofree char *again = g_build_filename(scratch, "results.json", NULL);
    g_autofree char *there = g_build_filename(data, "results.json", NULL);
    if (!results_write(results, again, error))
        return false;
    if (!tree_is_same_file(again, there))
        bag_fault(report->faults, RESULTS,
                  RESULTS ": has the right values, but is not written as the program writes it");
    else
        verify_say(report->checked, "Numbers: scored again from the truth and the alerts in the bundle; "
                                    "results.json is the same, byte for byte.");
    return true;
}

static bool compare(const char *data, json_t *results, const json_t *stored, const Inputs *inputs,
                    const Maker *maker, const char *scratch, VerifyReport *report, GError **error)
{
    g_autofree char *missing = NULL;
    g_autoptr(GPtrArray) names = tree_list(data, error);
    if (names == NULL)
        return false;
    if (!rescore_take_pictures(results, stored, names, &missing)) {
        bag_fault(report->faults, RESULTS,
                  RESULTS ": names the picture “data/%s”, which is not in the bundle", missing);
        return true;
    }
    g_autoptr(Results) read = results_load(stored);
    const char *blur = read->pictures.blur;
    if (blur != NULL && g_strcmp0(blur, inputs->blur) != 0)
        bag_fault(report->faults, RESULTS,
                  RESULTS ": pictures.blur: found %s, expected %s, as data/" INPUTS_FOLDER "/index.json says",
                  blur, inputs->blur != NULL ? inputs->blur : "nothing");
    if (maker->exact)
        return compare_exactly(results, stored, data, scratch, report, error);
    compare_loosely(results, stored, maker, report);
    return true;
}

/* ---- what no program can check, or this one did not */

static bool has(const char *data, const char *name)
{
    g_autofree char *path = g_build_filename(data, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

typedef struct {
    bool looks, runs; /* a rule of the program's own; something that is not ours */
} Kinds;

static void find_kinds(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    (void)scenario;
    Kinds *kinds = user;
    kinds->looks = kinds->looks || system_kind_replays(evaluation->system_kind);
    kinds->runs = kinds->runs || system_kind_runs(evaluation->system_kind);
}

static Kinds kinds_of(const json_t *stored)
{
    g_autoptr(Results) results = results_load(stored);
    Kinds kinds = {false, false};
    results_visit_evaluations(results, find_kinds, &kinds);
    return kinds;
}

/* An audit of such systems is not run again (verify_replay.h). */
static void note_running(const VerifyOptions *options, VerifyReport *report)
{
    verify_say(
        report->unchecked,
        "Alerts of systems that ran, and of the built-in behaviours beside them, lengths and quality of "
        "the clips: taken from data/" REPLAYS_FILE " as whoever made the bundle wrote them.");
    if (!options->replay) /* else it has been said that nothing was */
        verify_say(report->unchecked, "Video: neither the clips nor the systems that ran are in the bundle. "
                                      "Whoever has both can only run the audit anew.");
}

static void note_unchecked(const char *data, const json_t *stored, const Inputs *inputs,
                           const VerifyOptions *options, VerifyReport *report)
{
    const bool was_run = inputs == NULL || g_strcmp0(inputs->command, "run") == 0;
    const Kinds kinds = kinds_of(stored);
    if (has(data, "report.fr.pdf") || has(data, "report.en.pdf"))
        verify_say(report->unchecked, "PDF: its bytes are unchanged, but whether it shows what the HTML "
                                      "report shows was not looked at.");
    if ((!options->replay || kinds.runs) && has(data, "evidence"))
        verify_say(report->unchecked,
                   "Pictures: their bytes are unchanged; that they are from the clips was not looked at.");
    if (kinds.runs)
        note_running(options, report);
    else if (!options->replay && was_run && kinds.looks)
        verify_say(report->unchecked,
                   "Alerts of the built-in behaviours, lengths and quality of the clips: taken from "
                   "data/" REPLAYS_FILE " as whoever made the bundle wrote them; only --replay shows that "
                   "the clips give them.");
    else if (!options->replay && was_run)
        verify_say(report->unchecked,
                   "Lengths and quality of the clips: taken from data/" REPLAYS_FILE " as whoever made the "
                   "bundle wrote them; only --replay shows that the clips give them.");
    if (!options->replay && !kinds.runs)
        verify_say(report->unchecked, "Video: the clips are not in the bundle. Whoever has them can run "
                                      "everything again: --replay --clips FOLDER.");
    verify_say(report->unchecked, "Dates, hosts, times and libraries in data/run.json and data/versions.txt: "
                                  "they are as whoever made the bundle wrote them.");
    verify_say(report->unchecked,
               "Alert logs: that the systems under test wrote them, no program can check.");
    verify_say(report->unchecked,
               "Truth: that what people wrote down is what happened, no program can check.");
}

/* ---- all of it */

/* Why there is nothing to compare with. False with a HARNESS error. */
static bool note_unscored(const char *data, const Maker *maker, GError *cause, VerifyReport *report,
                          GError **error)
{
    g_autofree char *made_by = maker_name(maker), *message = shorten(cause->message, data);
    g_autofree char *file = blamed_file(message);
    if (cause->code == VSAUDIT_ERROR_HARNESS) {
        g_propagate_error(error, cause);
        return false;
    }
    if (maker->same_version) {
        bag_fault(report->faults, file, "%s%s%s", g_str_has_prefix(message, file) ? "" : file,
                  g_str_has_prefix(message, file) ? "" : ": cannot be scored: ", message);
    } else {
        verify_note_unverified(report, "all of " RESULTS " that does not follow from its own rows");
        verify_say(report->unchecked,
                   "Numbers: they cannot be verified by this version: %s says that it made the bundle, and "
                   "vsaudit %s cannot score it: %s",
                   made_by, VSAUDIT_VERSION, message);
    }
    g_error_free(cause);
    return true;
}

/* Reports and all other files. */
static bool check_rest(const char *bag, const char *data, const GPtrArray *files, const json_t *stored,
                       const Inputs *inputs, const Maker *maker, const char *scratch, VerifyReport *report,
                       GError **error)
{
    if (!maker->known_form) {
        verify_note_unverified(report, RESULTS ", of a form that this version does not know");
        verify_say(report->unchecked,
                   "Form: results.json is of the form “%s”, which cannot be verified by this version: of "
                   "vsaudit %s only what it shares with ours was compared.",
                   json_string_value(json_object_get(stored, "schema")), VSAUDIT_VERSION);
    }
    g_autoptr(GPtrArray) reports = verify_reports(data, stored, maker, scratch, report, error);
    if (reports == NULL)
        return false;
    verify_files(bag, files, stored, inputs, reports, maker, report);
    return true;
}

static bool check_scored(const char *bag, const char *data, const GPtrArray *files, json_t *results,
                         const json_t *stored, const Inputs *inputs, const Maker *maker,
                         const VerifyOptions *options, const char *scratch, VerifyReport *report,
                         GError **error)
{
    if (!compare(data, results, stored, inputs, maker, scratch, report, error))
        return false;
    if (!check_rest(bag, data, files, stored, inputs, maker, scratch, report, error))
        return false;
    if (options->replay && report->faults->len == 0 && !verify_replay(data, stored, options, report, error))
        return false;
    note_unchecked(data, stored, inputs, options, report);
    return true;
}

/* What holds whatever the truth and the alerts give: results.json in itself, against the replays, and the
 * reports against it. */
static bool check_unscored(const char *bag, const char *data, const GPtrArray *files, const json_t *stored,
                           const Inputs *inputs, const Maker *maker, const VerifyOptions *options,
                           const char *scratch, VerifyReport *report, GError **error)
{
    const guint before = report->faults->len;
    verify_reckoning(data, stored, report);
    report->other_numbers = before == 0 && report->faults->len == 1;
    if (report->faults->len == before)
        verify_say(report->checked,
                   "Sums: what results.json counts of its own rows, its rates, intervals and "
                   "tests, and its clips against data/" REPLAYS_FILE ".");
    if (!check_rest(bag, data, files, stored, inputs, maker, scratch, report, error))
        return false;
    if (options->replay)
        verify_say(report->unchecked, "Replay: not made, since the audit cannot be scored.");
    note_unchecked(data, stored, inputs, options, report);
    return true;
}

bool verify_numbers(const char *bag, const GPtrArray *files, const json_t *stored, const Maker *maker,
                    const VerifyOptions *options, VerifyReport *report, GError **error)
{
    g_autofree char *data = g_build_filename(bag, "data", NULL);
    g_autofree char *folder = g_build_filename(data, INPUTS_FOLDER, NULL);
    g_autoptr(TreeTemporary) scratch = tree_make_temporary(error);
    if (scratch == NULL)
        return false;
    GError *cause = NULL;
    verify_run(data, report);
    verify_looks(data, stored, report);
    g_autoptr(Inputs) inputs = inputs_load(folder, &cause);
    json_t *results = inputs != NULL ? rescore(inputs, data, &cause) : NULL;
    if (results == NULL)
        return note_unscored(data, maker, cause, report, error) &&
               (maker->same_version ||
                check_unscored(bag, data, files, stored, inputs, maker, options, scratch, report, error));
    const bool fine =
        check_scored(bag, data, files, results, stored, inputs, maker, options, scratch, report, error);
    json_decref(results);
    return fine;
}
