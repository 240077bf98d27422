/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VSAUDIT_REPORT_MARKDOWN_H
#define VSAUDIT_REPORT_MARKDOWN_H

#include "report/page.h"
#include "results/record_compare.h"

/* Words of the data, such that they neither break a table nor become markup; NULL is a dash. Caller frees. */
char *markdown_escape(const char *text);

/* What is new, gone and changed, for the page of a CI job: a row for each evaluation, then a table that names
 * every new miss and new false alert (at most `listed` of a kind, the rest counted). English. Caller frees.
 */
char *markdown_comparison(const ResultsComparison *comparison, size_t listed);

/* "❌" for refuted, and so on. */
const char *markdown_verdict_mark(const char *verdict);
/* Behind title and notices, which are in `out`: the summary, the same as the first page of other formats. */
void markdown_write_front(GString *out, const Page *page);

#endif
