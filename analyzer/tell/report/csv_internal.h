/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of csv.c and csv_science.c are written with. */
#ifndef VSAUDIT_REPORT_CSV_INTERNAL_H
#define VSAUDIT_REPORT_CSV_INTERNAL_H

#include "report/formats.h"
#include "results/model.h"

/* A table in memory that begins with this head. */
Csv *csv_new(const char *head);
void csv_free(Csv *csv); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Csv, csv_free)
char *csv_take(Csv *csv); /* the text so far; caller frees */

void csv_words(Csv *csv, const char *text); /* words from outside */
void csv_value(Csv *csv, const json_t *json);
void csv_values(Csv *csv, const json_t *record, const char *const *paths);
void csv_place(Csv *csv, const json_t *scenario, const json_t *evaluation);
void csv_line_end(Csv *csv);

char *csv_render_strata(const json_t *results);
char *csv_render_curve(const json_t *results);
char *csv_render_sweep(const json_t *results);
char *csv_render_protocols(const json_t *results);

#endif
