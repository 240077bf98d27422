/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words from outside (names of files, clips, systems; a vendor's words), made fit to be shown to a person.
 *
 * Nothing in them may steer a terminal, begin a line of its own, turn the order of the letters around it, or
 * hide: control characters, line ends, the marks that direct, embed or isolate text (Unicode UAX #9), and
 * characters without a width are written out as \n, \x1b, \u202e; bytes that are no UTF-8 as \xff. Text with
 * letters that run from right to left is kept apart from its neighbours by U+2068 and U+2069. Anything else
 * stays as it is. */
#ifndef VSAUDIT_RECORDS_SHOWN_H
#define VSAUDIT_RECORDS_SHOWN_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* A name, for a cell or within a sentence. NULL gives "". Caller frees. */
char *shown_text(const char *text);
/* The same without being kept apart: for a whole sentence that holds names. */
char *shown_sentence(const char *text);
/* Prints one line and its end, as shown_sentence has it. */
void shown_line(FILE *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* For pages, which have markup and line ends of their own: only the marks that direct text are written out,
 * but for whole pairs of U+2068 and U+2069, which keep apart and harm nobody. Caller frees. */
char *shown_undirected(const char *text);
/* The same, and kept apart if it has letters that run from right to left. Caller frees. */
char *shown_apart(const char *text);

#endif
