/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the HTML report, in the order of the page. Inside report/ only. */
#ifndef VSAUDIT_REPORT_HTML_SECTIONS_H
#define VSAUDIT_REPORT_HTML_SECTIONS_H

#include "config/bearing.h"
#include "report/exhibits.h"
#include "report/page.h"
#include "results/rates.h"

/* ---- the eighteen sections, in the order of the page */
void html_write_summary(Page *page);   /* 1: what a tired reader needs */
void html_write_identity(Page *page);  /* 2: who audits what for whom */
void html_write_system(Page *page);    /* 3: the system under audit, the settings of those that were run */
void html_write_claims(Page *page);    /* 4: words, source, testable reading */
void html_write_scenarios(Page *page); /* 5: definitions */
void html_write_data(Page *page);      /* 6: data sets, data quality */
void html_write_truth(Page *page);     /* 7: annotators and how far they agree */
void html_write_protocol(Page *page);  /* 8: rules of matching */
void html_write_results(Page *page);   /* 9: main table, forest plots, load, second measures, curves */
void html_write_strata(Page *page);    /* 10: parts of the footage */
void html_write_evidence(Page *page);  /* 11: kinds of errors, every false alert, misses, timelines */
void html_write_human(Page *page);     /* 12: before and after people looked at the alerts */
void html_write_verdicts(Page *page);  /* 13: verdicts, sensitivity */
void html_write_incidents(Page *page); /* 14: not tested, failed jobs, limits */
void html_write_public(Page *page);    /* 15: what the public was told */
void html_write_opinions(Page *page);  /* 16: users' opinion */
void html_write_replies(Page *page);   /* 17: replies of vendor and operator */
void html_write_annexes(Page *page);   /* 18: reproduction, glossary, correspondences */

/* ---- parts of sections */
void html_write_representativity(Page *page); /* 6: kinds of footage */
void html_write_clocks(Page *page);           /* 6: what was found of the files' clocks, and the rule */
void html_write_untested(Page *page);         /* 14: items of a list; what the footage does not show */
void html_write_chance(Page *page);           /* 9: hits against those of alerts at random times */
void html_write_load(Page *page);             /* 9; nothing when no network is stated */
void html_write_analysis(Page *page);         /* 9: clusters, curves, other protocols */
void html_write_kinds(Page *page);            /* 11: kinds of errors */
void html_write_hours(Page *page); /* 10: hours of the day; nothing where no clip says when it was recorded */
void html_write_handover(Page *page);    /* 12; nothing when no capsule came back */
void html_write_certainty(Page *page);   /* 13: how certain the verdicts are, and why not more */
void html_write_interests(Page *page);   /* 2: who ran and who paid for the test */
void html_write_sampling(Page *page);    /* 6: how the footage was chosen */
void html_write_annotation(Page *page);  /* 7: how what truly happened was marked */
void html_write_probes(Page *page);      /* 13; nothing when the audit asks for none */
void html_write_sensitivity(Page *page); /* 13: another tolerance */
void html_write_wordings(Page *page);    /* 13: the same rule in other words */
void html_write_sweep(Page *page);       /* 13: other parameters */
void html_write_lock(Page *page);        /* 1 */
void html_write_sandbox(Page *page);     /* 3: what held the programs under test; nothing where none ran */
/* When the run was finished, from run.json: a sentence; "date not known" where nobody knows. */
char *html_run_date(const Page *page);

void html_write_sample(Page *page); /* 11: what was drawn to be shown, and how it was made unrecognisable */
/* Exhibits of the false and repeated alerts and of the missed events of one evaluation. */
void html_write_galleries(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation);

/* A warning for each probe that the system did not pass. */
void html_write_probe_cautions(Page *page, const ResultsEvaluation *evaluation);

/* The row of a system that ran, in the table of systems. */
/* Lines behind those of html_write_engine. */
void html_write_engine_live(Page *page, const ResultsEngineLive *live, int64_t pictures);
void html_write_engine(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation);

/* A section with its heading; closed by html_section_close. `id` is also the key's part: "section.<id>". */
void html_section_open(Page *page, const char *id);
void html_section_close(Page *page);
void html_heading(Page *page, const char *element, const char *key);
/* A row head for an evaluation: title, system and condition under each other. */
void html_evaluation_cell(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation);
/* "0:01.0 – 0:02.5"; only the first when the second is unknown. Caller frees. */
char *html_span_text(const Page *page, int64_t from_us, int64_t to_us);
/* The verdict as a word with its sign. */
void html_verdict(Page *page, const char *verdict);
/* What is to be said of a system's alert log, a warning each; `name` stands before it, NULL: the place says
 * whose it is. */
void html_write_log_remarks(Page *page, const ResultsEvaluation *evaluation, const char *name);
/* A rate in a table: value with interval, then "k / d" or the reason why there is none. */
void html_rate_cell(Page *page, const char *label, const ResultsRate *rate);
/* What stands in such a cell, into one that is open. */
void html_rate(Page *page, const ResultsRate *rate);
/* Numbers by their names, a line each; their words are WORDS.name. */
void html_numbers_cell(Page *page, const char *label, const char *words, const json_t *numbers);
/* A table whose rows are written evaluation by evaluation; the caption is a key. */
void html_evaluations_table(Page *page, const char *caption, const char *classes, const char *const *columns,
                            ResultsVisitor rows);
/* Those of the evaluation that stand in that table of section 9, a cell each. */
void html_rate_cells(Page *page, const ResultsRates *rates, RateTable table);
/* page_table_head with their columns between these; both are ended by NULL. */
void html_rates_head(Page *page, const char *const *before, RateTable table, const char *const *after);
/* Beside a rate: that clips it rests on had a clock that was put right; nothing where none had. */
void html_clock_note(Page *page, const ResultsRate *rate);
/* Why a value is undefined, as a sentence. Caller frees. */
char *html_reason(const Page *page, const char *reason);
/* "3 / 1.25 h" of a rate. Caller frees. */
char *html_fraction(const Page *page, const ResultsRate *rate);
/* A parameter's value: "0.2", "yes", a name. Caller frees. */
char *html_parameter_text(const Page *page, const json_t *value);
/* Whether an item was "given", "refused", "not_communicated", "not_applicable", "reported", or "blank": the
 * audit says nothing, or that nobody asked. */
const char *html_statement_state(const ResultsStatement *statement);
/* Whether alerts are there both before and after people looked at them. */
bool html_has_validation(const Page *page);
/* An item of the dossier within a cell; `gap` is said of what was asked for and not communicated. */
void html_statement(Page *page, const ResultsStatement *statement, const json_t *gap);
/* The same as a row of a table of pairs; "not stated" where there is none. */
void html_statement_row(Page *page, const char *name, const ResultsStatement *statement);
void html_write_law(Page *page); /* 15: the texts that bound the trial, those that bind nobody, what happened */
/* A cell: the texts that ask for an item of public information, as far as they bound the trial. */
void html_law_of_item(Page *page, const ResultsPublicItem *item);
/* How a text bears on the trial that the audit states. */
LawBearing html_law_bearing(const Page *page, const ResultsLegalPlace *place);
/* Since and until when it is in force: "in force from 31 August 2023 to 31 March 2025". Caller frees. */
char *html_law_times(const Page *page, const ResultsLegalPlace *place);
/* Which force it has, with that; `binding` is stated. Caller frees. */
char *html_law_force(const Page *page, const ResultsLegalPlace *place);
/* How far it was read, when and where. Caller frees. */
char *html_law_provenance(const Page *page, const ResultsLegalPlace *place);

/* How many items of public information the catalogue has, and how many of them were asked for and not
 * communicated, were refused, or were not filled in by the audit, which says nothing of anybody. */
typedef struct {
    size_t items, missing, refused, blank;
} PublicCounts;
PublicCounts html_count_public(const Page *page);
/* The same in the words of `key`: {items}, {given}, {missing}, {refused}, {blank}. Caller frees. */
char *html_public_counts(const Page *page, const char *key);
/* "yes" or "no", "—" when it is not there. */
const char *html_yes_no(const Page *page, ResultsBool value);
/* A whole number, "—" when it is not there. */
void html_integer_cell(Page *page, const char *label, int64_t value);
void html_number_cell(Page *page, const char *label, double value); /* three digits that count */
/* Whether any evaluation passes the test. */
typedef bool (*EvaluationTest)(const ResultsEvaluation *evaluation);
bool html_any_evaluation(const Page *page, EvaluationTest has);
/* Begins a part of a section about the evaluations of which a test holds: its heading and what it is about.
 * False, and nothing is written, when there is none. */
bool html_part_open(Page *page, EvaluationTest has, const char *heading, const char *intro);
bool html_has_alerts(const ResultsEvaluation *evaluation);
/* 1 to 18; 0 for no section. */
int html_section_number(const char *id);
/* The testable reading of a claim: "false alerts per camera-hour ≤ 0.0417 (α = 0.05)". Caller frees. */
char *html_reading(const Page *page, const ResultsClaim *claim);

#endif
