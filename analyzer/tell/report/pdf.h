/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTML report as PDF, printed by a program that is on the machine: WeasyPrint, else Chromium. */
#ifndef VSAUDIT_REPORT_PDF_H
#define VSAUDIT_REPORT_PDF_H

#include <glib.h>

/* Names of the programs that can print, the preferred first; NULL-terminated. */
extern const char *const pdf_programs[];
/* The program that would print, or NULL: there is none. Caller frees. */
char *pdf_find_program(void);
/* Prints a page to `path`, as a whole or not at all. WeasyPrint writes tagged PDF (PDF/UA-1) with bookmarks;
 * the same page gives the same bytes. HARNESS when there is no program or it fails. */
gboolean pdf_write(const char *html, gsize length, const char *path, GError **error);

#endif
