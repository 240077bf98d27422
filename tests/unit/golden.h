/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as a list of cells: what stands where, one line each, "place = text". Two reports are compared
 * cell by cell, so that a failure names the table, the row and the column, and layout (spaces, order of
 * attributes, style sheets) does not matter.
 *
 *     results · table 2 “Main table” · row 3 “Vendor” · column 9 “Share missed [95%]” = 67% [9% – 99%] …
 *
 * Words of a class of their own stand as ⟨class: words⟩, links as ⟨→ place: words⟩; shapes of drawings with
 * all their attributes. */
#ifndef VSAUDIT_TESTS_GOLDEN_H
#define VSAUDIT_TESTS_GOLDEN_H

#include <glib.h>
#include <jansson.h>

/* Each gives lines, ended by a newline; the caller frees. The text must be well formed. */
char *golden_of_html(const char *page);
char *golden_of_xml(const char *text);
char *golden_of_markdown(const char *text);
char *golden_of_csv(const char *text);
char *golden_of_lines(const char *text);
char *golden_of_json(const json_t *value);

/* For a file: a place that shares all but its last part with the line before is that part alone, set in.
 * Caller frees. */
char *golden_pack(const char *lines);
char *golden_unpack(const char *packed);

/* What differs, readable, or NULL when nothing does: "place: expected …, found …"; missing and further cells
 * are named. Caller frees. */
char *golden_difference(const char *name, const char *expected, const char *found);

#endif
