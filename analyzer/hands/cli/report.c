/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit report RUN: writes the formats again from a run's results.json, without scoring or replaying
 * anything. */
#include "bundle/bundle.h"
#include "cli/output.h"
#include "cli/publish.h"
#include "evaluate/adjudication.h"
#include "evaluate/results.h"
#include "evaluate/results_protocols.h"
#include "records/shown.h"

#include <glib/gstdio.h>

extern const Command command_report;

static bool is_same_folder(const char *a, const char *b)
{
    GStatBuf left, right;
    return g_stat(a, &left) == 0 && g_stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* What is there instead of a finished run, in words. */
static bool check_run(const char *folder, const char *results, GError **error)
{
    if (g_file_test(results, G_FILE_TEST_EXISTS))
        return true;
    g_autofree char *store = g_build_filename(folder, "store.sqlite", NULL);
    const char *found = "no run there";
    if (g_file_test(store, G_FILE_TEST_EXISTS))
        found = "the run there is unfinished: go on with vsaudit run --resume";
    else if (!g_file_test(folder, G_FILE_TEST_EXISTS))
        found = "no run there: there is no such folder";
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s", folder, found);
    return false;
}

/* The table is in results.json too, as every number of a report; here in the one beside the new report. */
static bool add_protocols(json_t *results, const PanelChoices *choices, const char *folder, GError **error)
{
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made", folder);
        return false;
    }
    g_autofree char *path = g_build_filename(folder, "results.json", NULL);
    results_add_protocols(results, NULL, choices);
    results_round(results);
    return results_write(results, path, error);
}

/* The bundle has all reports and everything that they rest on. */
static ExitStatus write_bundle(const char *run_folder, const char *bundle, bool tar, const char *key_file,
                               bool other_options, bool quiet, GError **error)
{
    if (other_options) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "found --bundle beside -o, --lang, --format or --protocols, expected it alone: a bundle has "
            "the run's reports in every language and format");
        return EXIT_USAGE;
    }
    g_autoptr(SecretKey) key = NULL;
    if (key_file != NULL && (key = keys_read_secret(key_file, error)) == NULL)
        return EXIT_BAD_INPUT;
    if (!bundle_write(run_folder, bundle, tar || g_str_has_suffix(bundle, ".tar"), key, error))
        return EXIT_HARNESS;
    if (quiet)
        return EXIT_DONE;
    if (key != NULL) {
        const PublicKey public_key = keys_public_of(key);
        g_autofree char *id = keys_id(&public_key);
        shown_line(stdout, "Bundle: %s, signed by the key %s", bundle, id);
    } else {
        shown_line(stdout,
                   "Bundle: %s, not signed: nothing in it says who made it (--key KEY, see “vsaudit keygen”)",
                   bundle);
    }
    shown_line(stdout, "Check it with: vsaudit verify %s", bundle);
    return EXIT_DONE;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *languages = NULL, *formats = NULL, *protocols = NULL;
    g_autofree char *bundle = NULL, *key = NULL;
    gboolean quiet = FALSE, tar = FALSE;
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"bundle", 0, 0, G_OPTION_ARG_FILENAME, &bundle,
         "write an evidence bundle: a new folder, or a tar file when the name ends in .tar", "BAG"},
        {"tar", 0, 0, G_OPTION_ARG_NONE, &tar, "with --bundle: one tar file, whatever its name", NULL},
        {"key", 0, 0, G_OPTION_ARG_FILENAME, &key, "with --bundle: sign it with this key of “vsaudit keygen”",
         "KEY"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Folder to write into (default: the run's own)",
         "DIR"},
        {"lang", 'l', 0, G_OPTION_ARG_STRING, &languages, publish_languages_help(), "LIST"},
        {"format", 'f', 0, G_OPTION_ARG_STRING, &formats, publish_formats_help(), "LIST"},
        {"protocols", 0, 0, G_OPTION_ARG_STRING, &protocols, PROTOCOLS_HELP, "LIST"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print no table", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    static const char description[] =
        "Writes the reports of a run or of a score from its results.json; nothing is replayed or scored.\n\n"
        "Exit status: 0 done, no claim refuted; 1 a claim of the run is refuted; 2 wrong usage; 3 bad input; "
        "4 the harness failed.\n";
    if (!command_parse(&command_report, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 2) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "expected the folder of one run, as given to “vsaudit run -o” (see “vsaudit report --help”)");
        return EXIT_USAGE;
    }
    if (!publish_check_lists(languages, formats, error))
        return EXIT_USAGE;
    if (bundle == NULL && (tar || key != NULL)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found --%s without --bundle, expected both",
                    tar ? "tar" : "key");
        return EXIT_USAGE;
    }
    if (bundle != NULL)
        return write_bundle(argv[1], bundle, tar, key,
                            out != NULL || protocols != NULL || languages != NULL || formats != NULL, quiet,
                            error);
    g_autoptr(PanelChoices) choices = NULL;
    if (protocols != NULL && (choices = panel_choices_parse(protocols, error)) == NULL)
        return EXIT_USAGE;
    if (choices != NULL && (out == NULL || is_same_folder(out, argv[1]))) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--protocols: found no other folder to write into, expected one with -o: a run's own "
                    "results.json is never rewritten");
        return EXIT_USAGE;
    }
    g_autofree char *path = g_build_filename(argv[1], "results.json", NULL);
    if (!check_run(argv[1], path, error))
        return EXIT_BAD_INPUT;
    json_t *results = results_read(path, error);
    if (results == NULL || !adjudication_apply(results, argv[1], error)) {
        json_decref(results);
        return EXIT_BAD_INPUT;
    }
    if (out != NULL && !is_same_folder(out, argv[1]) && !output_claim(out, "report", argv[1], NULL, error)) {
        json_decref(results);
        return EXIT_USAGE;
    }
    const bool written = (choices == NULL || add_protocols(results, choices, out, error)) &&
                         publish_reports(results, NULL, argv[1], out != NULL ? out : argv[1], languages,
                                         formats, quiet, error);
    const ExitStatus status = results_count_verdicts(results, "refuted") > 0 ? EXIT_CLAIM_REFUTED : EXIT_DONE;
    json_decref(results);
    return written ? status : EXIT_HARNESS;
}

const Command command_report = {"report", "RUN", "write a run's report again, in any format", run};
