/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report for people: one static HTML file, no script, readable on a phone, on paper and by a screen
 * reader. */
#ifndef VSAUDIT_REPORT_HTML_HTML_H
#define VSAUDIT_REPORT_HTML_HTML_H

#include "report/exhibits.h"
#include "report/page.h"

/* Exhibits are embedded as long as the file stays below this; the rest are listed without. */
#define HTML_SIZE_LIMIT ((gsize)5 * 1000 * 1000)

/* The whole document; caller frees. `languages` (ended by NULL; or NULL) are those of the reports that are
 * written together: the page links to the others. `pictures` may be NULL: none. Beside what results.json
 * holds, `document` may say when the run was finished ("run_finished") and what held the programs under test
 * ("run_sandbox"). Cannot fail. */
char *html_render(const json_t *document, const Texts *texts, const char *const *languages,
                  Exhibits *pictures, gsize *length);
/* The same for a program that prints it: no link to other languages, and every drawing carries its own style.
 */
char *html_render_for_paper(const json_t *document, const Texts *texts, Exhibits *pictures, gsize *length);

#endif
