/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of CSV that people open in a spreadsheet. */
#ifndef VSAUDIT_RECORDS_CELL_H
#define VSAUDIT_RECORDS_CELL_H

#include <stdbool.h>

#include <glib.h>

/* One cell by RFC 4180, as it is: numbers, the program's own words. NULL gives an empty one. */
void cell_append(GString *out, const char *text);
/* Words from outside. The one rule of every CSV that the program writes: what begins with = + - @ (of full
 * width too), a tab or a carriage return, be it behind apostrophes, gets one apostrophe more in front, so
 * that no spreadsheet takes it for a formula; and what the program reads of its own formats loses that one
 * again. So every text comes back as it was: =1 is written '=1, '=1 is written ''=1, 'hall stays 'hall.
 * Numbers are never touched, nor is what stands in a vendor's own table. */
void cell_append_words(GString *out, const char *text);
/* Whether the text gets that apostrophe. */
bool cell_needs_guard(const char *text);
/* The words of a cell that cell_append_words wrote: within the text itself, without the apostrophe of the
 * rule. */
const char *cell_read_words(const char *text);

#endif
