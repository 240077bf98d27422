/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json as records: evaluation->counts.hits. The tables of results/fields.h fill them, and nothing
 * else reads the document by its keys.
 *
 * A value that is missing, null or of another kind than its table says is “not there” (results/values.h),
 * never zero. Which of the members always are there in a document that was held against the tables
 * (results_check), and what it means when one is not, the tables say. */
#ifndef VSAUDIT_RESULTS_DOCUMENT_H
#define VSAUDIT_RESULTS_DOCUMENT_H

#include "results/record_audit.h"
#include "results/record_catalogue.h"
#include "results/record_compare.h"
#include "results/record_run.h"
#include "results/record_survey.h"

#include <glib.h>

/* The whole document. It keeps a reference to the JSON, whose strings and texts it points to; the JSON must
 * not be changed meanwhile. The lists of events and alerts of evaluations[].clips[] may have a million
 * members and are left empty here: results_load_clip has them. Never fails; NULL reads as a document with
 * nothing in it. */
Results *results_load(const json_t *document);
void results_free(Results *results); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Results, results_free)

/* A clip with its events and alerts. */
ResultsJudgedClip *results_load_clip(const json_t *clip);
void results_free_clip(ResultsJudgedClip *clip); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsJudgedClip, results_free_clip)

/* One alert. */
ResultsAlert *results_load_alert(const json_t *alert);
void results_free_alert(ResultsAlert *alert); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsAlert, results_free_alert)

/* One event. */
ResultsEvent *results_load_event(const json_t *event);
void results_free_event(ResultsEvent *event); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsEvent, results_free_event)

/* One scenario, evaluation, claim or log, while the document that it is of is being made. */
ResultsScenario *results_load_scenario(const json_t *scenario);
void results_free_scenario(ResultsScenario *scenario); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsScenario, results_free_scenario)
ResultsClaim *results_load_claim(const json_t *claim);
void results_free_claim(ResultsClaim *claim); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsClaim, results_free_claim)
ResultsLog *results_load_log(const json_t *log);
void results_free_log(ResultsLog *log); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsLog, results_free_log)
ResultsEvaluation *results_load_evaluation(const json_t *evaluation);
void results_free_evaluation(ResultsEvaluation *evaluation); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsEvaluation, results_free_evaluation)

/* A rate; an object with hits, misses and their share. */
ResultsRate *results_load_rate(const json_t *rate);
void results_free_rate(ResultsRate *rate); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsRate, results_free_rate)
ResultsSensitivity *results_load_sensitivity(const json_t *counts);
void results_free_sensitivity(ResultsSensitivity *counts); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsSensitivity, results_free_sensitivity)

/* adjudication.json. */
ResultsJudgements *results_load_judgements(const json_t *judgements);
void results_free_judgements(ResultsJudgements *judgements); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsJudgements, results_free_judgements)

/* run.json. */
ResultsRun *results_load_run(const json_t *facts);
void results_free_run(ResultsRun *run); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsRun, results_free_run)

/* A line of replays.jsonl. */
ResultsReplayed *results_load_replayed(const json_t *line);
void results_free_replayed(ResultsReplayed *replayed); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsReplayed, results_free_replayed)

/* What “vsaudit compare” found. */
ResultsComparison *results_load_comparison(const json_t *comparison);
void results_free_comparison(ResultsComparison *comparison); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsComparison, results_free_comparison)

/* A sample of alerts as it was drawn, and as people judged it. */
ResultsSurveyDraw *results_load_survey_draw(const json_t *draw);
void results_free_survey_draw(ResultsSurveyDraw *draw); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsSurveyDraw, results_free_survey_draw)
ResultsSurvey *results_load_survey(const json_t *survey);
void results_free_survey(ResultsSurvey *survey); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsSurvey, results_free_survey)

/* A document of which only the scenarios are there. */
Results *results_load_scenarios(const json_t *scenarios);

/* The catalogue, of a document or built in. */
ResultsCatalogue *results_load_catalogue(const json_t *catalogue);
void results_free_catalogue(ResultsCatalogue *catalogue); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResultsCatalogue, results_free_catalogue)

/* Of a map: the statement of that key; one whose json is NULL when there is none. */
const ResultsStatement *results_find_statement(const ResultsStatements *map, const char *key);

/* The rate of that name ("p_miss"), as claims name what they are about; NULL when there is none of it. */
const ResultsRate *results_find_rate(const ResultsRates *rates, const char *metric);

/* A whole number where a real one is wanted: NAN when it is not there. */
static inline double results_double(int64_t value)
{
    return value == RESULTS_UNKNOWN ? (double)NAN : (double)value;
}
/* `otherwise` when it is not there: for sums, of which what is not there is no part. */
static inline int64_t results_or(int64_t value, int64_t otherwise)
{
    return value == RESULTS_UNKNOWN ? otherwise : value;
}
/* Twelve significant digits, as results.json is written, so that a table made from the document in memory and
 * one made from the file are the same; "" for NAN. Caller frees. */
char *results_format_exact(double value);

/* An evaluation that stands on so little footage (some, but less than one camera-hour) that its rates must
 * not be spread over a day without a warning. */
bool results_is_short(const ResultsEvaluation *evaluation);

/* Calls `visit` for every evaluation, in the document's order. */
typedef void (*ResultsVisitor)(const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                               void *user);
/* The evaluation of that system under that condition; NULL when there is none. */
const ResultsEvaluation *results_find_evaluation(const ResultsScenario *scenario, const char *system,
                                                 const char *condition);
void results_visit_evaluations(const Results *results, ResultsVisitor visit, void *user);
/* As reports list them: within a scenario condition by condition, the products under test before what they
 * are held against (this program's rules, people, controls), else in the document's order. */
void results_visit_products_first(const Results *results, ResultsVisitor visit, void *user);

/* The most clips of an evaluation that hold the very pictures of others. */
int64_t results_copied_clips(const Results *results);

#endif
