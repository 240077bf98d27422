/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit report RUN: writes the formats again from a run's results.json, without scoring or replaying
 * anything. */
#include "cli/publish.h"
#include "report/results.h"

extern const Command command_report;

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *languages = NULL, *formats = NULL;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Folder to write into (default: the run's own)",
         "DIR"},
        {"lang", 'l', 0, G_OPTION_ARG_STRING, &languages, "Languages, comma separated (default: fr,en)",
         "fr|en"},
        {"format", 'f', 0, G_OPTION_ARG_STRING, &formats,
         "Formats, comma separated (default: all of html,csv,junit,md)", "LIST"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "Print no table", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_report, entries, NULL, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 2) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "expected the folder of one run, as given to “vsaudit run -o” (see “vsaudit report --help”)");
        return EXIT_USAGE;
    }
    if (!publish_check_lists(languages, formats, error))
        return EXIT_USAGE;
    g_autofree char *path = g_build_filename(argv[1], "results.json", NULL);
    json_t *results = results_read(path, error);
    if (results == NULL)
        return EXIT_BAD_INPUT;
    const bool written =
        publish_reports(results, argv[1], out != NULL ? out : argv[1], languages, formats, quiet, error);
    const ExitStatus status = results_count_verdicts(results, "refuted") > 0 ? EXIT_CLAIM_REFUTED : EXIT_DONE;
    json_decref(results);
    return written ? status : EXIT_HARNESS;
}

const Command command_report = {"report", "RUN", "write a run's report again, in any format", run};
