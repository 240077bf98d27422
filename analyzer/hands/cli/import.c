/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit import KIND FILE: other formats into the program's own. */
#include "cli/command.h"
#include "cli/outcome.h"
#include "import/importer.h"

#include <stdio.h>
#include <string.h>

extern const Command command_import;

/* What --help says of every kind. Caller frees. */
static char *describe_kinds(void)
{
    GString *text = g_string_new("Kinds:\n");
    for (const Importer *const *importer = importer_registry; *importer != NULL; importer++) {
        g_auto(GStrv) lines = g_strsplit((*importer)->help, "\n", -1);
        for (guint i = 0; lines[i] != NULL; i++)
            g_string_append_printf(text, "  %-14s %s\n", i == 0 ? (*importer)->name : "", lines[i]);
    }
    g_string_append(text, "\nExit status: 0 done; 2 wrong usage; 3 bad input.\n");
    return g_string_free(text, FALSE);
}

static const Importer *find_kind(const char *name, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    for (const Importer *const *importer = importer_registry; *importer != NULL; importer++) {
        if (strcmp((*importer)->name, name) == 0)
            return *importer;
        const char *before = known->len == 0 ? "" : importer[1] != NULL ? ", " : " or ";
        g_string_append_printf(known, "%s%s", before, (*importer)->name);
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found the kind “%s”, expected %s", name,
                known->str);
    return NULL;
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *id = NULL, *readings = NULL, *map = NULL, *dataset = NULL;
    gboolean quiet = FALSE;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "what to write: a file, for caviar-tracks a folder",
         "PATH"},
        {"id", 0, 0, G_OPTION_ARG_STRING, &id, "clip-index, caviar-tracks: the new dataset's id", "ID"},
        {"readings", 0, 0, G_OPTION_ARG_FILENAME, &readings,
         "what the index's words mean for the behaviours, and zones and lines (JSON)", "FILE"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &map, "alert-log: how it is to be read (YAML)", "FILE"},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &dataset, "alert-log: the clips it is about", "FILE"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    g_autofree char *description = describe_kinds();
    if (!command_parse(&command_import, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 3 || out == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected a kind, a file, and -o PATH");
        return EXIT_USAGE;
    }
    g_autoptr(GString) told = g_string_new(NULL);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    const ImportRequest request = {argv[2], out, id, readings, map, dataset, told, warnings};
    const Importer *importer = find_kind(argv[1], error);
    if (importer == NULL)
        return EXIT_USAGE;
    if (!importer->convert(&request, error))
        return EXIT_BAD_INPUT;
    outcome_set("written", outcome_text(out));
    outcome_set_strings("warnings", warnings);
    if (!quiet)
        fputs(told->str, stdout);
    for (guint i = 0; i < warnings->len; i++)
        fprintf(stderr, "vsaudit import: %s: %s\n", request.from, (const char *)warnings->pdata[i]);
    return EXIT_DONE;
}

const Command command_import = {"import", "KIND FILE -o PATH", "other formats into the program's own", run};
