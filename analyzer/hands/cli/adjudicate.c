/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit adjudicate: two people judge the false alerts of a run, without knowing whose they are. */
#include "cli/command.h"
#include "cli/outcome.h"
#include "evaluate/adjudication.h"
#include "evaluate/results.h"
#include "records/shown.h"
#include "results/document.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

extern const Command command_adjudicate;

static const char description[] =
    "export writes the false alerts of a run as a CSV file without the systems' names, in an order that "
    "depends on "
    "the seed alone,\n"
    "with copies of the pictures. Left out, and written to FILE.left-out.csv with the reason, are repeated alerts\n"
    "(their event is in the truth), true ones, and those that are not scored or in time that nobody watched.\n"
    "Two people fill the column “class”, each alone:\n"
    "  false             nothing there explains the alert\n"
    "  nuisance:CAUSE    something real, but not what is looked for (nuisance:headlights)\n"
    "  true_event        it is one: the truth lacks it\n"
    "  unsure\n"
    "import compares the two files and writes RUN/adjudication.json, which “vsaudit report RUN” and a later "
    "scoring "
    "into RUN use.\n"
    "Raw counts are not changed; an event that the truth lacks belongs into a new version of the truth.\n\n"
    "Exit status: 0 done; 2 wrong usage; 3 bad input; 4 a file cannot be written.\n";

static ExitStatus export_list(const json_t *results, const char *run, const char *out, gint64 seed,
                              GError **error)
{
    AdjudicationCount count;
    if (out == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected a file to write: -o FILE.csv");
        return EXIT_USAGE;
    }
    if (!adjudication_export(results, run, out, (guint64)seed, &count, error))
        return EXIT_HARNESS;
    outcome_set("to_judge", json_integer(count.listed));
    g_autofree char *beside = adjudication_left_out_path(out);
    printf("%s: %u false alert%s to judge, seed %" G_GINT64_FORMAT "\n", out, count.listed,
           count.listed == 1 ? "" : "s", seed);
    printf("%s: not to be judged: %u repeated, %u true, %u not scored, %u outside watched time", beside,
           count.repeated, count.right, count.not_scored, count.unwatched);
    if (count.of_controls > 0)
        printf("; and %u of controls and annotators, which are not named there", count.of_controls);
    putchar('\n');
    return EXIT_DONE;
}

static void print_disagreements(const ResultsJudgeds *alerts)
{
    for (size_t i = 0; i < alerts->count; i++) {
        const ResultsJudged *verdict = &alerts->at[i];
        if (verdict->class == NULL)
            shown_line(stdout, "  %s: %s / %s", alerts->keys[i], verdict->first, verdict->second);
    }
}

static ExitStatus import_lists(const json_t *results, const char *run, const char *first, const char *second,
                               GError **error)
{
    json_t *judged = adjudication_compare(results, first, second, error);
    if (judged == NULL)
        return EXIT_BAD_INPUT;
    g_autofree char *path = g_build_filename(run, "adjudication.json", NULL);
    const bool written = results_write(judged, path, error);
    if (written) {
        outcome_set("judgements", json_incref(judged));
        g_autoptr(ResultsJudgements) read = results_load_judgements(judged);
        printf("%s: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
               " false alerts judged by both, %" G_GINT64_FORMAT " alike, ",
               path, read->judged_by_both, read->false_alerts, read->agreed);
        if (isnan(read->kappa))
            printf("kappa is not defined (all in one class, or none)\n");
        else
            printf("kappa %.3f (se %.3f)\n", read->kappa, read->se);
        print_disagreements(&read->alerts);
    }
    json_decref(judged);
    return written ? EXIT_DONE : EXIT_HARNESS;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL;
    gint64 seed = 20230412;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "export: the CSV file to write", "FILE.csv"},
        {"seed", 0, 0, G_OPTION_ARG_INT64, &seed, "export: decides the order (default 20230412)", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_adjudicate, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    const bool export = argc == 3 && strcmp(argv[1], "export") == 0;
    const bool import = argc == 5 && strcmp(argv[1], "import") == 0;
    if (!export && !import) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "expected “export RUN -o FILE.csv” or “import RUN FIRST.csv SECOND.csv”");
        return EXIT_USAGE;
    }
    g_autofree char *path = g_build_filename(argv[2], "results.json", NULL);
    json_t *results = results_read(path, error);
    if (results == NULL)
        return EXIT_BAD_INPUT;
    const ExitStatus status = export ? export_list(results, argv[2], out, seed, error)
                                     : import_lists(results, argv[2], argv[3], argv[4], error);
    json_decref(results);
    return status;
}

const Command command_adjudicate = {"adjudicate", "export RUN -o FILE.csv | import RUN FIRST.csv SECOND.csv",
                                    "let two people judge the false alerts of a run, blind", run};
