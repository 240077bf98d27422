/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit capsule: for those who hand over no software and take no camera. */
#include "cli/capsule.h"
#include "cli/publish.h"

#include <math.h>
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

static bool check_words(int argc, char **argv, const char *out, bool for_make, bool for_score, GError **error)
{
    const bool make = argc >= 3 && strcmp(argv[1], "make") == 0,
               score = argc >= 4 && strcmp(argv[1], "score") == 0;
    const char *wrong = NULL;
    if (!make && !score)
        wrong = "expected “make AUDIT|SCENARIO… -o FOLDER” or “score CAPSULE [NAME=]LOG…” (see “vsaudit "
                "capsule --help”)";
    else if (make && out == NULL)
        wrong = "make: found no folder, expected -o FOLDER";
    else if (make && for_score)
        wrong = "make: found an option of score, expected none";
    else if (score && for_make)
        wrong = "score: found an option of make, expected none";
    if (wrong != NULL)
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, wrong);
    return wrong == NULL;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *kept = NULL, *seed = NULL, *key = NULL, *dataset = NULL, *published = NULL,
                    *map = NULL, *languages = NULL, *formats = NULL;
    g_auto(GStrv) audit = NULL;
    gdouble repeats = NAN, tolerance = NAN;
    gint64 times = 0, canaries = -1;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out,
         "make: the capsule's folder, which must not be there; score: where the report goes (default "
         "reports/out/<audit id>-capsule)",
         "FOLDER"},
        {"kept", 0, 0, G_OPTION_ARG_FILENAME, &kept, "folder of what is kept back (default CAPSULE-kept)",
         "DIR"},
        {"repeats", 0, 0, G_OPTION_ARG_DOUBLE, &repeats,
         "make: share of the clips that come back under another name (default 0.2)", "SHARE"},
        {"times", 0, 0, G_OPTION_ARG_INT64, &times, "make: how often each of these is there (default 2)",
         "N"},
        {"canaries", 0, 0, G_OPTION_ARG_INT64, &canaries,
         "make: drawn clips with an event, and as many without (default 2)", "N"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, "make: the secret seed (default: a new one)",
         "64 HEX DIGITS"},
        {"key", 0, 0, G_OPTION_ARG_FILENAME, &key,
         "make: sign the sums with this key (vsaudit keygen); score: the public key that must have signed "
         "them",
         "KEY"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset,
         "use this dataset in place of every scenario's own", "FILE"},
        {"audit", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &audit,
         "score: the audit or scenario, where it no longer lies where the capsule was made of it; may be "
         "repeated",
         "FILE"},
        {"published", 0, 0, G_OPTION_ARG_STRING, &published,
         "score: the SHA-256 of the sealed list, as a third person was given it", "HEX"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &map, "score: how the logs are to be read (an alert map)",
         "FILE"},
        {"tolerance", 0, 0, G_OPTION_ARG_DOUBLE, &tolerance,
         "score: times no farther apart are the same answer (default 0.05)", "SECONDS"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &languages, publish_languages_help(), "LIST"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &formats, publish_formats_help(), "LIST"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_capsule, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    const bool for_make = !isnan(repeats) || times != 0 || canaries >= 0 || seed != NULL;
    const bool for_score = audit != NULL || published != NULL || map != NULL || !isnan(tolerance) ||
                           languages != NULL || formats != NULL;
    if (!check_words(argc, argv, out, for_make, for_score, error))
        return EXIT_USAGE;
    const bool make = strcmp(argv[1], "make") == 0;
    g_autofree char *folder = g_canonicalize_filename(make ? out : argv[2], NULL);
    g_autofree char *default_kept = g_strconcat(folder, "-kept", NULL);
    if (!make) {
        const CapsuleScoring scoring = {.capsule = folder,
                                        .logs = (const char *const *)(argv + 3),
                                        .audit = (const char *const *)audit,
                                        .dataset = dataset,
                                        .kept = kept != NULL ? kept : default_kept,
                                        .published = published,
                                        .key = key,
                                        .map = map,
                                        .tolerance_s = isnan(tolerance) ? 0.05 : tolerance,
                                        .folder = out,
                                        .languages = languages,
                                        .formats = formats,
                                        .quiet = quiet};
        return capsule_score_command(&scoring, error);
    }
    CapsuleMaking making = {.files = (const char *const *)(argv + 2),
                            .dataset = dataset,
                            .folder = folder,
                            .kept = kept != NULL ? kept : default_kept,
                            .key = key,
                            .spec = {.repeats = isnan(repeats) ? 0.2 : repeats,
                                     .times = times == 0 ? 2 : times,
                                     .canaries = canaries < 0 ? 2 : canaries},
                            .quiet = quiet};
    if (!check_numbers(making.spec.repeats, making.spec.times, making.spec.canaries, error) ||
        !(seed != NULL ? lots_seed_parse(seed, &making.spec.seed, error)
                       : lots_seed_new(&making.spec.seed, error)))
        return EXIT_USAGE;
    return capsule_make_command(&making, error);
}

const Command command_capsule = {"capsule",
                                 "make AUDIT|SCENARIO… -o FOLDER | score CAPSULE [NAME=]LOG… [-o DIR]",
                                 "have those judged who hand over no software", run};
