/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit lock: fixes what is measured and against which limits, before the run. */
#include "config/lock.h"

#include "cli/command.h"
#include "cli/outcome.h"
#include "records/shown.h"

#include <stdio.h>

extern const Command command_lock;

static const char description[] =
    "Writes a lock file: the SHA-256 of the audit, its scenarios with their claims, manifests, truth files, "
    "networks,\n"
    "alert logs that are there already, and clips without a hash in their manifest; the\n"
    "protocols with all parameters, and the program's version. “vsaudit run” and “vsaudit score” find it "
    "beside "
    "the\n"
    "audit (<audit>.lock) or take it with --lock, and the report states “locked on …, unchanged”, or names "
    "what\n"
    "has changed since. Without a lock the report calls itself exploratory. A lock is never replaced.\n\n"
    "Exit status: 0 done; 2 wrong usage, or there is a lock already; 3 bad input.\n\n"
    "Example:\n  vsaudit lock my-audit.yaml && vsaudit run my-audit.yaml\n";

static char *format_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

static void print_lock(const json_t *lock, const char *path, const char *now)
{
    const json_t *uncovered = json_object_get(lock, "uncovered");
    const size_t files = json_array_size(json_object_get(lock, "files")), count = json_array_size(uncovered);
    printf("%s: locked on %s: %zu %s\n", path, now, files, files == 1 ? "file" : "files");
    if (count == 0)
        return;
    const size_t most = 5;
    printf(
        "%zu %s not covered, having no SHA-256 in %s manifest and no file here; nothing will say whether %s:",
        count, count == 1 ? "clip is" : "clips are", count == 1 ? "its" : "their",
        count == 1 ? "it changes" : "they change");
    for (size_t i = 0; i < MIN(count, most); i++) {
        g_autofree char *clip = shown_text(json_string_value(json_array_get(uncovered, i)));
        printf("%s %s", i > 0 ? "," : "", clip);
    }
    printf("%s\n", count > most ? ", …" : "");
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *dataset = NULL, *catalogue = NULL;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "lock file (default: <first file>.lock)", "FILE"},
        {"catalogue", 0, 0, G_OPTION_ARG_FILENAME, &catalogue,
         "catalogue of obligations in place of the audit's own or the built-in one", "FILE"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset,
         "use this dataset in place of every scenario's own", "FILE"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    if (!command_parse(&command_lock, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc < 2) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "found no file, expected an audit or scenarios (see “vsaudit lock --help”)");
        return EXIT_USAGE;
    }
    const AuditOverrides overrides = {dataset, catalogue};
    g_autoptr(Audit) audit =
        audit_load_with((const char *const *)(argv + 1), (size_t)(argc - 1), &overrides, error);
    if (audit == NULL)
        return EXIT_BAD_INPUT;
    g_autofree char *path = out != NULL ? g_strdup(out) : lock_default_path(argv[1]);
    g_autofree char *now = format_now();
    json_t *lock = lock_describe(audit, path, now, error);
    const bool written = lock != NULL && lock_write(lock, path, error);
    if (written && !quiet)
        print_lock(lock, path, now);
    if (written) {
        outcome_set("lock", outcome_text(path));
        outcome_set("uncovered", json_incref(json_object_get(lock, "uncovered")));
    }
    json_decref(lock);
    return written ? EXIT_DONE : EXIT_BAD_INPUT;
}

const Command command_lock = {"lock", "AUDIT|SCENARIO… [-o FILE]",
                              "fix what is measured and against which limits, before the run", run};
