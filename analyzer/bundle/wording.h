/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report that another version worded otherwise cannot be held against ours letter by letter. But where all
 * its words are ours and a number is not, that is no wording. */
#ifndef VSAUDIT_BUNDLE_WORDING_H
#define VSAUDIT_BUNDLE_WORDING_H

#include <stdbool.h>

/* Whether two files have the same words with other numbers; `found` and `expected` (callers free) are then
 * the first that differ. Of pages (names that end in .html) tags and drawings are left out. */
bool wording_numbers_differ(const char *file, const char *other, char **found, char **expected);
/* The same of texts. */
bool wording_texts_differ(const char *text, const char *other, bool is_page, char **found, char **expected);

#endif
