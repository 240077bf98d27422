/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of CSV that people open in a spreadsheet. */
#ifndef VSAUDIT_RECORDS_CELL_H
#define VSAUDIT_RECORDS_CELL_H

#include <glib.h>

/* One cell by RFC 4180, as it is: numbers, the program's own words. NULL gives an empty one. */
void cell_append(GString *out, const char *text);
/* Words from outside: a leading apostrophe keeps a spreadsheet from taking what begins with = + - @, a tab or
 * a carriage return for a formula. */
void cell_append_words(GString *out, const char *text);

#endif
