/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit capsule: for those who hand over no software and take no camera. */
#include "cli/capsule.h"

#include <string.h>

extern const Command command_capsule;

static const char description[] =
    "make writes into FOLDER the clips of an audit, to be handed over: under neutral names, in a secret "
    "order, without "
    "sound,\n"
    "dates, titles or names of programs, not coded again. Among them are canaries (drawn clips with an event "
    "that nobody\n"
    "can miss, drawn clips where nothing happens, and clips that the dataset tags “canary”) and clips that "
    "come back "
    "under\n"
    "another name. Beside them: instructions, the head of the log to be filled, SHA256SUMS. What is which is "
    "kept back "
    "in\n"
    "FOLDER-kept; its SHA-256 is printed and lies in the capsule. The same seed gives the same bytes.\n\n"
    "Exit status: 0 done; 2 wrong usage, or there is such a folder already; 3 bad input; 4 the harness "
    "failed.\n\n"
    "Example:\n  vsaudit capsule make my-audit.yaml -o capsule --key our.key\n";

static bool check_numbers(double repeats, gint64 times, gint64 canaries, GError **error)
{
    const char *wrong = NULL;
    if (!(repeats >= 0 && repeats <= 1))
        wrong = "--repeats: expected a share from 0 to 1";
    else if (times < 2 || times > 100)
        wrong = "--times: expected 2 to 100";
    else if (canaries < 0 || canaries > 1000)
        wrong = "--canaries: expected 0 to 1000";
    if (wrong != NULL)
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, wrong);
    return wrong == NULL;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *kept = NULL, *seed = NULL, *key = NULL, *dataset = NULL;
    gdouble repeats = 0.2;
    gint64 times = 2, canaries = 2;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "make: the capsule's folder, which must not be there",
         "FOLDER"},
        {"kept", 0, 0, G_OPTION_ARG_FILENAME, &kept,
         "make: folder of what is kept back (default FOLDER-kept)", "DIR"},
        {"repeats", 0, 0, G_OPTION_ARG_DOUBLE, &repeats,
         "make: share of the clips that come back under another name (default 0.2)", "SHARE"},
        {"times", 0, 0, G_OPTION_ARG_INT64, &times, "make: how often each of these is there (default 2)",
         "N"},
        {"canaries", 0, 0, G_OPTION_ARG_INT64, &canaries,
         "make: drawn clips with an event, and as many without (default 2)", "N"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, "make: the secret seed (default: a new one)",
         "64 HEX DIGITS"},
        {"key", 0, 0, G_OPTION_ARG_FILENAME, &key, "make: sign the sums with this key (vsaudit keygen)",
         "KEY"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset,
         "use this dataset in place of every scenario's own", "FILE"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_capsule, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc < 3 || strcmp(argv[1], "make") != 0 || out == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "expected “make AUDIT|SCENARIO… -o FOLDER” (see “vsaudit capsule --help”)");
        return EXIT_USAGE;
    }
    g_autofree char *folder = g_canonicalize_filename(out, NULL);
    g_autofree char *default_kept = g_strconcat(folder, "-kept", NULL);
    CapsuleMaking making = {.files = (const char *const *)(argv + 2),
                            .dataset = dataset,
                            .folder = folder,
                            .kept = kept != NULL ? kept : default_kept,
                            .key = key,
                            .spec = {.repeats = repeats, .times = times, .canaries = canaries},
                            .quiet = quiet};
    if (!check_numbers(repeats, times, canaries, error) ||
        !(seed != NULL ? lots_seed_parse(seed, &making.spec.seed, error)
                       : lots_seed_new(&making.spec.seed, error)))
        return EXIT_USAGE;
    return capsule_make_command(&making, error);
}

const Command command_capsule = {"capsule", "make AUDIT|SCENARIO… -o FOLDER",
                                 "clips to be judged by those who hand over no software", run};
