/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports from results.json (schema vsaudit/results/1, documented in reports/README.md): the one model that
 * every format is rendered from. Same document and same pictures, same bytes. */
#ifndef VSAUDIT_REPORT_REPORT_H
#define VSAUDIT_REPORT_REPORT_H

#include "evaluate/detail.h"

#include <glib.h>
#include <jansson.h>

typedef struct {
    const char *name;  /* "html", "csv", "junit", "md", "pdf"; what it is for: the text "format.<name>" */
    const char *files; /* what it writes, for `vsaudit list formats` */
} ReportFormat;

extern const ReportFormat report_formats[]; /* ended by a NULL name */

/* Writes into out_dir (made if need be), each file as a whole or not at all:
 *   html   report.<language>.html     csv  scenarios.csv claims.csv clips.csv alerts.csv events.csv
 *   junit  junit.xml                  md   summary.<language>.md
 *   pdf    report.<language>.pdf, only when it is named: another program prints it
 * `languages` and `formats` are NULL-terminated; NULL stands for all but pdf. Exhibits are read from
 * run_dir/evidence; run_dir may be NULL: a report without pictures. Fails with USAGE on an unknown language
 * or format, INPUT when the document is not of this schema, HARNESS when a file cannot be written. */
gboolean report_write(const json_t *results, const char *run_dir, const char *out_dir,
                      const char *const *languages, const char *const *formats, GError **error);
/* The same from a document whose clips' events and alerts are beside it. */
gboolean report_write_lean(const json_t *results, const Detail *detail, const char *run_dir,
                           const char *out_dir, const char *const *languages, const char *const *formats,
                           GError **error);

/* The summary table for a terminal: plain text, at most 100 columns. Caller frees; NULL with USAGE on an
 * unknown language. */
char *report_terminal(const json_t *results, const char *language, GError **error);

#endif
