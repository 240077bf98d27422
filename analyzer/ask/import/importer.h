/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What “vsaudit import” reads: each format is a record in a file of its own, named in importers.c. */
#ifndef VSAUDIT_IMPORT_IMPORTER_H
#define VSAUDIT_IMPORT_IMPORTER_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *from, *to;
    const char *id, *readings, *map, *dataset; /* what the options of these names say; NULL: not given */
    GString *told;       /* lines for whoever did not ask for quiet: what became of every row */
    GPtrArray *warnings; /* of char *, sentences that everybody is told */
} ImportRequest;

typedef struct {
    const char *name;
    const char *help; /* for the command's --help: one line, or several ended by \n but the last */
    /* Reads request->from and writes request->to. INPUT errors name the place in the file; USAGE where an
     * option is missing. */
    bool (*convert)(const ImportRequest *request, GError **error);
} Importer;

extern const Importer *const importer_registry[]; /* ended by NULL, in order of names */

#endif
