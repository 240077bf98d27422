/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The renderers besides HTML. Each returns text that the caller frees; none can fail on a document of the
 * right schema. */
#ifndef VSAUDIT_REPORT_FORMATS_H
#define VSAUDIT_REPORT_FORMATS_H

#include "evaluate/detail.h"
#include "language/texts.h"
#include "results/document.h"

#include <stdio.h>

/* ---- csv.c: RFC 4180, UTF-8, numbers as programs read them, unknown = empty */
typedef struct Csv Csv;
typedef struct {
    const char *file; /* "claims.csv" */
    const struct CsvLevel *levels;
    const char *needs; /* the member of the document without which it is not written; NULL: it always is */
} CsvTable;
extern const CsvTable csv_tables[]; /* ended by a NULL file */
/* The table of a document that has all lists of its clips. Caller frees. */
char *csv_render(const CsvTable *table, const json_t *document);
/* The same bytes into a file, a clip at a time. False when the file could not be written. */
bool csv_write(const CsvTable *table, const json_t *document, const Detail *detail, FILE *file);

/* ---- junit.c: one suite a scenario, one case a claim and a failed job */
char *junit_render(const json_t *document);

/* ---- markdown.c: for CI logs and pull requests */
char *markdown_render(const json_t *document, const Texts *texts);

/* ---- terminal.c */
char *terminal_render(const json_t *document, const Texts *texts);

/* ---- html/lock.c: "Locked on …, unchanged", and one line for each thing that has changed. Caller frees. */
char *lock_sentence(const Results *results, const Texts *texts);
char *lock_change_sentence(const ResultsLockChange *change, const Texts *texts);

#endif
