/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which program a bundle says that made it, against this one: how exactly it must follow from its parts.
 *
 * Anybody who signs a bundle anew can write any version into it. Another version or build therefore excuses
 * words and form alone, and never leads to “nothing was altered” where words or form differ. */
#ifndef VSAUDIT_BUNDLE_MAKER_H
#define VSAUDIT_BUNDLE_MAKER_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

typedef struct {
    char *version;     /* as the results say; "?" where they do not */
    bool same_version; /* it is this program's */
    bool exact;        /* so is the build: every text must be the same, byte for byte */
    bool known_form;   /* this program knows the form of its results.json */
} Maker;

/* `data`: the bag's data folder. Clear with maker_clear. */
void maker_read(const char *data, const json_t *results, Maker *maker);
void maker_clear(Maker *maker);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Maker, maker_clear)

/* What tells this build of the program from all others, in hex; "unknown" where nothing does. */
const char *maker_this_build(void);
/* "vsaudit 0.1", or "another build of vsaudit 0.1" when that is this program's version. Caller frees. */
char *maker_name(const Maker *maker);

#endif
