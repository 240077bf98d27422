/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the HTML report, in the order of the page. Inside report/ only. */
#ifndef VSAUDIT_REPORT_HTML_SECTIONS_H
#define VSAUDIT_REPORT_HTML_SECTIONS_H

#include "report/page.h"
#include "report/pictures.h"

void html_write_summary(Page *page);   /* what a tired reader needs */
void html_write_identity(Page *page);  /* who audits what for whom; systems and their settings */
void html_write_claims(Page *page);    /* words, reading, verdict */
void html_write_scenarios(Page *page); /* definitions */
void html_write_data(Page *page);      /* data sets, data quality */
void html_write_protocol(Page *page);  /* rules of matching */
void html_write_results(Page *page);   /* main table, forest plots, load, kinds of footage */
void html_write_load(Page *page);      /* within the results; nothing when no network is stated */
void html_write_measures(Page *page);  /* within the analysis: second measures, tolerance, sweep, readings */
void html_write_sweep(Page *page);     /* within the measures */
void html_write_readings(Page *page);  /* within the measures: annotators, earlier truth, if there are any */
/* When the run was finished, from run.json: a sentence; "date not known" where nobody knows. */
char *html_run_date(const Page *page);
void html_write_lock(Page *page);      /* within the summary */
void html_write_evidence(Page *page);  /* timelines, every false alert, misses */
void html_write_analysis(Page *page);  /* for specialists: other protocols, errors by class, curves */
void html_write_incidents(Page *page); /* failed jobs, what was not tested, limits */
void html_write_public(Page *page);    /* what the public was told */
void html_write_annexes(Page *page);   /* reproduction, glossary */

/* Pictures of the false and repeated alerts and of the missed events of one evaluation. */
void html_write_galleries(Page *page, const json_t *scenario, const json_t *evaluation);

/* A section with its heading; closed by html_section_close. `id` is also the key's part: "section.<id>". */
void html_section_open(Page *page, const char *id);
void html_section_close(Page *page);
void html_heading(Page *page, const char *element, const char *key);
/* A row head for an evaluation: title, system and condition under each other. */
void html_evaluation_cell(Page *page, const json_t *scenario, const json_t *evaluation);
/* "0:01.0 – 0:02.5" of a record's two times; only the first when there is no second. Caller frees. */
char *html_span_text(const Page *page, const json_t *record, const char *from, const char *to);
/* The verdict as a word with its sign. */
void html_verdict(Page *page, const char *verdict);
/* A rate in a table: value with interval, then "k / d" or the reason why there is none. */
void html_rate_cell(Page *page, const char *label, const json_t *rate);
/* Why a value is undefined, as a sentence. Caller frees. */
char *html_reason(const Page *page, const char *reason);
/* "3 / 1.25 h" of a rate. Caller frees. */
char *html_fraction(const Page *page, const json_t *rate);
/* A parameter's value: "0.2", "yes", a name. Caller frees. */
char *html_parameter_text(const Page *page, const json_t *value);
/* The testable reading of a claim: "false alerts per camera-hour ≤ 0.0417 (α = 0.05)". Caller frees. */
char *html_reading(const Page *page, const json_t *claim);

#endif
