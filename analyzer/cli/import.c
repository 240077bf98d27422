/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit import KIND FILE: other formats into the program's own. */
#include "cli/command.h"
#include "config/clip_index.h"

#include <string.h>

extern const Command command_import;

static bool import_clip_index(const char *from, const char *to, const char *id, const char *readings,
                              GError **error)
{
    g_autofree char *absolute = g_canonicalize_filename(from, NULL);
    g_autofree char *folder = g_path_get_dirname(absolute);
    g_autofree char *text = clip_index_to_manifest(from, readings, id, folder, error);
    return text != NULL && g_file_set_contents(to, text, -1, error);
}

static const struct {
    const char *name;
    bool (*convert)(const char *from, const char *to, const char *id, const char *readings, GError **error);
} kinds[] = {
    {"clip-index", import_clip_index},
};

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *out = NULL, *id = NULL, *readings = NULL;
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "the file to write", "FILE"},
        {"id", 0, 0, G_OPTION_ARG_STRING, &id, "the new file's id (default: local)", "ID"},
        {"readings", 0, 0, G_OPTION_ARG_FILENAME, &readings,
         "what the index's words mean for the behaviours, and zones and lines (JSON)", "FILE"},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL}};
    if (!command_parse(&command_import, entries,
                       "Kinds: clip-index (an index.json of clips becomes a dataset manifest)\n\n"
                       "Exit status: 0 done; 2 wrong usage; 3 bad input.\n",
                       &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 3 || out == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected a kind, a file, and -o FILE");
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(argv[1], kinds[i].name) == 0)
            return kinds[i].convert(argv[2], out, id != NULL ? id : "local", readings, error)
                       ? EXIT_DONE
                       : EXIT_BAD_INPUT;
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found the kind “%s”, expected clip-index",
                argv[1]);
    return EXIT_USAGE;
}

const Command command_import = {"import", "KIND FILE -o FILE", "other formats into the program's own", run};
