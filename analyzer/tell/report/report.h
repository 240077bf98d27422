/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports from results.json (schema vsaudit/results/1, documented in reports/README.md): the one model that
 * every format is rendered from. Same document and same pictures, same bytes. */
#ifndef VSAUDIT_REPORT_REPORT_H
#define VSAUDIT_REPORT_REPORT_H

#include "evaluate/detail.h"
#include "language/texts.h"
#include "report/exhibits.h"

#include <glib.h>
#include <jansson.h>

/* What a format is written from. */
typedef struct {
    const json_t *results; /* for one that is spoken with "run_finished" and "run_sandbox" of the run */
    const Detail *detail;  /* the lists of clips that the document has not; NULL: it has all */
    const Texts *texts;    /* of the language; NULL for one that is not spoken */
    const char *const *languages; /* of all reports that are written together */
    Exhibits *pictures;
    const char *folder;
} ReportRequest;

typedef struct {
    const char *name;  /* "html"; what it is for: the text "format.<name>" */
    const char *files; /* what it writes, for `vsaudit list formats` */
    bool spoken;       /* once for each language */
    bool on_request;   /* only when it is named */
    gboolean (*write)(const ReportRequest *request, GError **error); /* HARNESS: a file cannot be written */
} ReportFormat;

extern const ReportFormat *const report_formats[]; /* ended by NULL */

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
