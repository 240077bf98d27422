/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report that another version worded otherwise cannot be held against ours letter by letter. But where all
 * words of a passage (a paragraph, a row of a table, a line) are ours and a number is not, that is no
 * wording.
 */
#ifndef VSAUDIT_BUNDLE_WORDING_H
#define VSAUDIT_BUNDLE_WORDING_H

#include <stdbool.h>

/* Whether two files have the same words, or a passage of the same words, with other numbers; `found` and
 * `expected` (callers free) are then the first that differ. Passages are matched by their words, and compared
 * where both files have as many. Of pages (names that end in .html) tags and drawings are left out. */
bool wording_numbers_differ(const char *file, const char *other, char **found, char **expected);
/* The same of texts. */
bool wording_texts_differ(const char *text, const char *other, bool is_page, char **found, char **expected);

#endif
