/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of csv.c and csv_science.c are written with. */
#ifndef VSAUDIT_REPORT_CSV_INTERNAL_H
#define VSAUDIT_REPORT_CSV_INTERNAL_H

#include "report/formats.h"
#include "results/document.h"

/* A table in memory that begins with this head. */
Csv *csv_new(const char *head);
void csv_free(Csv *csv); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Csv, csv_free)
char *csv_take(Csv *csv); /* the text so far; caller frees */

/* A cell each; what is not there is empty. */
void csv_words(Csv *csv, const char *text);  /* words from outside */
void csv_text(Csv *csv, const json_t *text); /* in both languages: the English one, or what there is */
void csv_integer(Csv *csv, int64_t value);
void csv_number(Csv *csv, double value);
void csv_flag(Csv *csv, ResultsBool value);
/* A member of a record, by its type. */
#define csv_put(csv, member) \
    _Generic((member),                                                                                       \
        const char *: csv_words,                                                                             \
        const json_t *: csv_text,                                                                            \
        json_t *: csv_text,                                                                                  \
        int64_t: csv_integer,                                                                                \
        double: csv_number,                                                                                  \
        ResultsBool: csv_flag)((csv), (member))
void csv_place(Csv *csv, const ResultsScenario *scenario,
               const ResultsEvaluation *evaluation); /* what every table begins with */
void csv_line_end(Csv *csv);

char *csv_render_strata(const Results *results);
char *csv_render_curve(const Results *results);
char *csv_render_sweep(const Results *results);
char *csv_render_protocols(const Results *results);

#endif
