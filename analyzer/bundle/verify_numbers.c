/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_numbers.h"

#include "bundle/bag.h"
#include "bundle/rescore.h"
#include "bundle/tree.h"
#include "bundle/verify_replay.h"
#include "evaluate/model.h"
#include "evaluate/results.h"
#include "records/error.h"
#include "report/report.h"

#include <errno.h>
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

static bool is_same_file(const char *a, const char *b)
{
    g_autofree char *left = tree_hash(a, NULL, NULL), *right = tree_hash(b, NULL, NULL);
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

/* A failure to score names its file by a path of this machine; people know it by its place in the bag. */
static char *shorten(const char *message, const char *data)
{
    g_autofree char *folder = g_strconcat(data, "/", NULL);
    GString *text = g_string_new(message);
    g_string_replace(text, folder, "data/", 0);
    return g_string_free(text, FALSE);
}

/* ---- results.json */

/* What another version of the program says of itself is no difference. */
static void forgive_version(json_t *results, const json_t *stored)
{
    json_object_set(results, "program", json_object_get(stored, "program"));
    json_object_set(results, "lock", json_object_get(stored, "lock"));
}

/* The file that an error speaks of, as far as one can tell. */
static char *blamed_file(const char *message)
{
    if (g_str_has_prefix(message, "data/"))
        return g_strndup(message, strcspn(message, ":"));
    if (g_str_has_prefix(message, REPLAYS_FILE))
        return g_strdup("data/" REPLAYS_FILE);
    return g_strdup("data/" INPUTS_FOLDER);
}

static void compare(const char *data, json_t *results, const json_t *stored, bool same_version,
                    const char *scratch, VerifyReport *report)
{
    g_autofree char *path = NULL, *found = NULL, *expected = NULL, *missing = NULL;
    g_autoptr(GPtrArray) names = tree_list(data, NULL);
    if (names == NULL || !rescore_take_pictures(results, stored, names, &missing)) {
        bag_fault(report->faults, RESULTS, RESULTS ": names the picture “%s”, which is not in the bundle",
                  missing);
        return;
    }
    if (!same_version)
        forgive_version(results, stored);
    if (rescore_find_difference(stored, results, &path, &found, &expected)) {
        if (!same_version) {
            report->incomplete = true;
            say(report->unchecked,
                "Numbers: the bundle was made by vsaudit %s, and %s scores otherwise, first at %s: check "
                "with that "
                "version.",
                model_string(stored, "program.version"), VSAUDIT_VERSION, path);
        } else {
            bag_fault(
                report->faults, RESULTS,
                RESULTS
                ": %s: found %s, expected %s, which follows from the truth and the alerts in the bundle",
                path, found, expected);
        }
        return;
    }
    g_autofree char *again = g_build_filename(scratch, "results.json", NULL);
    g_autofree char *there = g_build_filename(data, "results.json", NULL);
    if (results_write(results, again, NULL) && !is_same_file(again, there) && same_version)
        bag_fault(report->faults, RESULTS,
                  RESULTS ": has the right values, but is not written as the program writes it");
    else
        say(report->checked, "Numbers: scored again from the truth and the alerts in the bundle; "
                             "results.json is the same, byte for "
                             "byte.");
}

/* ---- reports */

/* What is rendered from results.json alone; a PDF is made by another program, whose bytes are its own. */
static char **list_formats(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const ReportFormat *format = report_formats; format->name != NULL; format++) {
        if (strcmp(format->name, "pdf") != 0)
            g_ptr_array_add(names, g_strdup(format->name));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

/* Into a folder that looks like the bag's: a report links to pictures only beside itself, and has its date
 * from run.json. Both are taken away afterwards. */
static bool write_reports(const char *data, const char *folder, const json_t *stored, GError **error)
{
    g_auto(GStrv) formats = list_formats();
    g_autofree char *pictures = g_build_filename(data, "evidence", NULL);
    g_autofree char *target = g_canonicalize_filename(pictures, NULL);
    g_autofree char *link = g_build_filename(folder, "evidence", NULL);
    g_autofree char *facts = g_build_filename(data, "run.json", NULL);
    g_autofree char *facts_copy = g_build_filename(folder, "run.json", NULL);
    if (!tree_copy(facts, folder, "run.json", NULL, error))
        return false;
    if (g_file_test(pictures, G_FILE_TEST_IS_DIR) && symlink(target, link) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", link,
                    g_strerror(errno));
        return false;
    }
    const bool written = report_write(stored, folder, folder, NULL, (const char *const *)formats, error);
    unlink(link);
    unlink(facts_copy);
    return written;
}

static bool check_reports(const char *data, const json_t *stored, bool same_version, const char *scratch,
                          VerifyReport *report, GError **error)
{
    g_autofree char *folder = g_build_filename(scratch, "reports", NULL);
    if (!write_reports(data, folder, stored, error))
        return false;
    g_autoptr(GPtrArray) names = tree_list(folder, error);
    if (names == NULL)
        return false;
    guint same = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *again = g_build_filename(folder, name, NULL);
        g_autofree char *there = g_build_filename(data, name, NULL);
        g_autofree char *file = g_strconcat("data/", name, NULL);
        if (!g_file_test(there, G_FILE_TEST_EXISTS))
            bag_fault(report->faults, file, "%s: missing", file);
        else if (is_same_file(again, there))
            same++;
        else if (same_version)
            bag_fault(report->faults, file, "%s: is not what results.json gives", file);
    }
    if (same == names->len) {
        say(report->checked,
            "Reports and tables: written again from results.json; all %u files are the same, byte for byte.",
            same);
    } else if (!same_version) {
        report->incomplete = true;
        say(report->unchecked,
            "Reports and tables: vsaudit %s writes them otherwise than %s: check with that version.",
            VSAUDIT_VERSION, model_string(stored, "program.version"));
    }
    return true;
}

static void note_unchecked(const char *data, const VerifyOptions *options, VerifyReport *report)
{
    g_autofree char *evidence = g_build_filename(data, "evidence", NULL);
    g_autofree char *french = g_build_filename(data, "report.fr.pdf", NULL);
    g_autofree char *english = g_build_filename(data, "report.en.pdf", NULL);
    if (g_file_test(french, G_FILE_TEST_EXISTS) || g_file_test(english, G_FILE_TEST_EXISTS))
        say(report->unchecked, "PDF: its bytes are unchanged, but whether it shows what the HTML report "
                               "shows was not looked at.");
    if (!options->replay && g_file_test(evidence, G_FILE_TEST_EXISTS))
        say(report->unchecked,
            "Pictures: their bytes are unchanged; that they are from the clips was not looked at.");
    if (!options->replay)
        say(report->unchecked, "Video: the clips are not in the bundle. Whoever has them can run everything "
                               "again: --replay --clips FOLDER.");
    say(report->unchecked, "Truth: that what people wrote down is what happened, no program can check.");
}

bool verify_numbers(const char *data, const json_t *stored, const VerifyOptions *options,
                    VerifyReport *report, GError **error)
{
    const bool same_version = g_strcmp0(model_string(stored, "program.version"), VSAUDIT_VERSION) == 0;
    g_autofree char *folder = g_build_filename(data, INPUTS_FOLDER, NULL);
    g_autoptr(TreeTemporary) scratch = tree_make_temporary(error);
    if (scratch == NULL)
        return false;
    GError *cause = NULL;
    g_autoptr(Inputs) inputs = inputs_load(folder, &cause);
    json_t *results = inputs != NULL ? rescore(inputs, data, &cause) : NULL;
    if (results != NULL) {
        compare(data, results, stored, same_version, scratch, report);
    } else if (cause->code == VSAUDIT_ERROR_HARNESS) {
        g_propagate_error(error, cause);
        return false;
    } else if (!same_version) {
        report->incomplete = true;
        say(report->unchecked,
            "Numbers: the bundle was made by vsaudit %s, and %s cannot score it: check with that version.",
            model_string(stored, "program.version"), VSAUDIT_VERSION);
    } else {
        g_autofree char *message = shorten(cause->message, data), *file = blamed_file(message);
        bag_fault(report->faults, file, "%s%s%s", g_str_has_prefix(message, file) ? "" : file,
                  g_str_has_prefix(message, file) ? "" : ": cannot be scored: ", message);
    }
    g_clear_error(&cause);
    json_decref(results);
    bool fine = check_reports(data, stored, same_version, scratch, report, error);
    if (fine && options->replay && report->faults->len == 0)
        fine = verify_replay(data, stored, options, report, error);
    if (fine)
        note_unchecked(data, options, report);
    return fine;
}
