/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit verify: whether an evidence bundle is what it says. */
#include "bundle/verify.h"

#include "bundle/bag.h"
#include "cli/command.h"
#include "cli/outcome.h"
#include "records/shown.h"

#include <stdio.h>

extern const Command command_verify;

static const char description[] =
    "Checks a bundle of “vsaudit report RUN --bundle BAG”, without a network:\n"
    "  files       every file is there and has the SHA-256 of the manifests; none was added\n"
    "  signature   the statement names these files and is signed by the key; with --key, by that key\n"
    "  numbers     scored again from the truth and the alerts in the bundle, results.json is the same\n"
    "  reports     written again from results.json, they are the same\n"
    "  parts       every file is one that a bundle of this run has\n"
    "  video       with --replay, the audit is run again from its clips\n"
    "It ends with what was checked and what was not. BAG is a folder or a tar file; nothing is written into "
    "it.\n\n"
    "Exit status: 0 nothing was altered; 2 wrong usage; 3 bad input: no bundle, no key, or clips that are "
    "not "
    "at hand;\n"
    "4 this program or this machine cannot check all of it (another version, other video libraries, no "
    "room): nothing\n"
    "is said for or against the bundle; 5 a file is not what it should be: it is named.\n\n"
    "Examples:\n  vsaudit verify savari-bundle --key quadrature.key.pub\n"
    "  vsaudit verify bundle.tar --replay --clips my-clips\n";

static void set_outcome(const VerifyReport *report)
{
    json_t *faults = json_array();
    for (guint i = 0; i < report->faults->len; i++) {
        const BagFault *fault = g_ptr_array_index(report->faults, i);
        json_array_append_new(faults, outcome_text(fault->sentence));
    }
    outcome_set("faults", faults);
    outcome_set_strings("checked", report->checked);
    outcome_set_strings("unchecked", report->unchecked);
    outcome_set("conclusion", outcome_text(report->conclusion));
}

static void print_report(const VerifyReport *report, bool quiet)
{
    for (guint i = 0; i < report->faults->len; i++)
        shown_line(stderr, "vsaudit verify: %s",
                   ((const BagFault *)g_ptr_array_index(report->faults, i))->sentence);
    if (quiet)
        return;
    shown_line(stdout, "%s", report->title);
    for (guint i = 0; i < report->checked->len; i++)
        shown_line(stdout, "  checked      %s", (const char *)g_ptr_array_index(report->checked, i));
    for (guint i = 0; i < report->unchecked->len; i++)
        shown_line(stdout, "  not checked  %s", (const char *)g_ptr_array_index(report->unchecked, i));
    shown_line(stdout, "Result: %s", report->conclusion);
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *key = NULL, *clips = NULL;
    gboolean replay = FALSE, quiet = FALSE;
    gint workers = (gint)g_get_num_processors();
    GOptionEntry entries[] = {
        {"key", 0, 0, G_OPTION_ARG_FILENAME, &key,
         "public key that you trust: its file, or its id in 64 hexadecimal digits", "PUB"},
        {"replay", 0, 0, G_OPTION_ARG_NONE, &replay, "run the audit again from its clips", NULL},
        {"clips", 0, 0, G_OPTION_ARG_FILENAME, &clips,
         "with --replay: folder with the clips (default: VSAUDIT_DATA)", "DIR"},
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &workers,
         "with --replay: worker processes (default: one a processor)", "N"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but faults", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_verify, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    const char *fault = NULL;
    if (argc != 2)
        fault = "expected one bundle, a folder or a tar file";
    else if (clips != NULL && !replay)
        fault = "found --clips without --replay, expected both";
    else if (clips != NULL && !g_file_test(clips, G_FILE_TEST_IS_DIR))
        fault = "--clips: found no folder of that name";
    else if (workers < 1)
        fault = "-j: found a number below 1, expected 1 or more workers";
    if (fault != NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s (see “vsaudit verify --help”)", fault);
        return EXIT_USAGE;
    }
    /* Without a replay no clip is looked for. */
    if (!replay)
        g_unsetenv("VSAUDIT_DATA");
    else if (clips != NULL)
        g_setenv("VSAUDIT_DATA", clips, TRUE);
    const VerifyOptions options = {
        .bag = argv[1], .key = key, .replay = replay, .clips = clips, .workers = workers};
    g_auto(VerifyReport) report;
    if (!verify_bundle(&options, &report, error))
        return EXIT_HARNESS;
    set_outcome(&report);
    print_report(&report, quiet);
    return report.faults->len > 0 ? EXIT_INTEGRITY
           : report.unable        ? EXIT_HARNESS
           : report.incomplete    ? EXIT_BAD_INPUT
                                  : EXIT_DONE;
}

const Command command_verify = {"verify", "BAG [--key PUB] [--replay [--clips DIR]]",
                                "check an evidence bundle: files, signature, numbers, reports", run};
