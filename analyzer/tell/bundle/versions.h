/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One document as two versions of the program write it: which values must be the same all the same.
 *
 * Whoever re-signs a bundle can write any version into it; so a version excuses words and form, never a
 * number. Compared are, at every place that both documents have: numbers, true and false, null, and strings
 * of one word (ids, verdicts, hashes, dates). Members of lists are matched by what names them (id, clip,
 * system, …), else by their place. Sentences, places that only one document has, and lists without names of
 * another length are of another form: not compared, and told. */
#ifndef VSAUDIT_BUNDLE_VERSIONS_H
#define VSAUDIT_BUNDLE_VERSIONS_H

#include <glib.h>
#include <jansson.h>

typedef struct {
    char *path, *found, *expected; /* the first value in which they must not differ; NULL = none */
    guint others;                  /* places that are of another form */
    char *other;                   /* the first of these; NULL = none */
} VersionDifference;

/* What the documents say of the program that wrote them is left out. Clear with version_difference_clear. */
void versions_compare(const json_t *found, const json_t *expected, VersionDifference *difference);
void version_difference_clear(VersionDifference *difference);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VersionDifference, version_difference_clear)

#endif
