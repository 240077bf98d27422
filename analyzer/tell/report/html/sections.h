/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the HTML report, in the order of the page. Inside report/ only. */
#ifndef VSAUDIT_REPORT_HTML_SECTIONS_H
#define VSAUDIT_REPORT_HTML_SECTIONS_H

#include "config/bearing.h"
#include "report/exhibits.h"
#include "report/page.h"
#include "results/rates.h"

/* ---- the first page: title, notices and summary; leaves the document's main part open for all that follows
 */
void html_write_front(Page *page);

/* ---- findings */
void html_write_identity(Page *page);  /* who audits what for whom */
void html_write_claims(Page *page);    /* words, source, testable reading */
void html_write_verdicts(Page *page);  /* what was seen, and what would change the verdict */
void html_write_results(Page *page);   /* system by system in words, main table, forest plots */
void html_write_evidence(Page *page);  /* kinds of errors, some pictures of each */
void html_write_incidents(Page *page); /* not tested, failed jobs, limits */
void html_write_replies(Page *page);   /* of vendor and operator */

/* ---- annexes */
void html_write_system(Page *page);     /* the system under audit, the settings of those that were run */
void html_write_scenarios(Page *page);  /* definitions */
void html_write_data(Page *page);       /* data sets, data quality */
void html_write_truth(Page *page);      /* annotators and how far they agree */
void html_write_protocol(Page *page);   /* rules of matching */
void html_write_further(Page *page);    /* against chance, load, second measures, curves */
void html_write_strata(Page *page);     /* parts of the footage */
void html_write_robustness(Page *page); /* probes, tolerance, wordings, parameters */
void html_write_exhibits(Page *page);   /* the other pictures, a timeline a clip */
void html_write_human(Page *page);      /* before and after people looked at the alerts */
void html_write_public(Page *page);     /* what the public was told */
void html_write_opinions(Page *page);   /* users' opinion */
void html_write_annexes(Page *page);    /* reproduction, glossary, correspondences */

/* ---- parts of sections */
void html_write_representativity(Page *page); /* kinds of footage */
void html_write_clocks(Page *page);           /* what was found of the files' clocks, and the rule */
void html_write_untested(Page *page);         /* items of a list; what the footage does not show */
void html_write_chance(Page *page);           /* hits against those of alerts at random times */
void html_write_load(Page *page);             /* nothing when no network is stated */
void html_write_analysis(Page *page);         /* clusters, curves, other protocols */
void html_write_cards(Page *page);            /* results: system by system, in words */
void html_write_kinds(Page *page);            /* evidence: kinds of false alerts */
void html_write_classes(Page *page);          /* further: errors as Ward names them */
void html_write_hours(Page *page);     /* hours of the day; nothing where no clip says when it was recorded */
void html_write_handover(Page *page);  /* nothing when no capsule came back */
void html_write_certainty(Page *page); /* verdicts: how certain they are, and why not more */
void html_write_interests(Page *page); /* identity: who ran and who paid for the test */
void html_write_sampling(Page *page);  /* data: how the footage was chosen */
void html_write_annotation(Page *page);  /* truth: how what truly happened was marked */
void html_write_probes(Page *page);      /* nothing when the audit asks for none */
void html_write_sensitivity(Page *page); /* another tolerance */
void html_write_wordings(Page *page);    /* the same rule in other words */
void html_write_sweep(Page *page);       /* other parameters */
void html_write_lock(Page *page);
void html_write_imports(Page *page); /* who translated the alert logs; nothing where there are none */
void html_write_sandbox(Page *page); /* what held the programs under test; nothing where none ran */
/* When the run was finished, from run.json: a sentence; "date not known" where nobody knows. */
char *html_run_date(const Page *page);

void html_write_sample(Page *page); /* what was drawn to be shown, and how it was made unrecognisable */
/* Exhibits of the false and repeated alerts and of the missed events of one evaluation. */
void html_write_galleries(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                          bool annex);

/* A warning for each probe that the system did not pass. */
void html_write_probe_cautions(Page *page, const ResultsEvaluation *evaluation);

/* The row of a system that ran, in the table of systems. */
/* Lines behind those of html_write_engine. */
void html_write_engine_live(Page *page, const ResultsEngineLive *live, int64_t pictures);
void html_write_engine(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation);

/* How many events of the legal list no scenario is about, where that can be said; else 0. */
size_t html_untested_events(const Page *page);
/* A section with its heading; closed by html_section_close. `id` is also the key's part: "section.<id>". */
void html_section_open(Page *page, const char *id);
void html_section_close(Page *page);
void html_heading(Page *page, const char *element, const char *key);
/* A row head for an evaluation: title, system and condition under each other. */
void html_evaluation_cell(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation);
/* "0:01.0 – 0:02.5"; only the first when the second is unknown. Caller frees. */
char *html_span_text(const Page *page, int64_t from_us, int64_t to_us);
/* What was claimed: in quotation marks and its own language, or as a paraphrase, which has none. */
void html_quote(Page *page, const ResultsClaim *claim);
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
/* Those of the evaluation that stand in that table of results, a cell each. */
void html_rate_cells(Page *page, const ResultsRates *rates, RateTable table);
/* page_table_head with their columns between these; both are ended by NULL. */
void html_rates_head(Page *page, const char *const *before, RateTable table, const char *const *after);
/* Beside a rate: that clips it rests on had a clock that was put right; nothing where none had. */
void html_clock_note(Page *page, const ResultsRate *rate);
/* Why a value is undefined, as a sentence. Caller frees. */
char *html_reason(const Page *page, const char *reason);
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
/* "4. Results", "B. Scenarios"; NULL for no section. Caller frees. */
char *html_section_name(const Page *page, const char *id);
/* The testable reading of a claim: "false alerts per camera-hour ≤ 0.0417 (α = 0.05)". Caller frees. */
char *html_reading(const Page *page, const ResultsClaim *claim);

#endif
