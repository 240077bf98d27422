/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a report's first page, in every format that has one: who tested what, the claims with what
 * came out, a day's work, what was not tested. Words are asked for one by one, so that a format sets them as
 * it likes; a page that grows too long asks for fewer. */
#ifndef VSAUDIT_REPORT_FRONT_H
#define VSAUDIT_REPORT_FRONT_H

#include "report/page.h"

/* The first page in words, its title and its notices with it. */
enum { FRONT_MOST_WORDS = 350 };

/* One verdict. Results of a reading that cannot be tested, and of which there is nothing to show, are one. */
typedef struct {
    const ResultsScenario *scenario;
    const ResultsEvaluation *evaluation;
    const ResultsClaim *claim;
    unsigned merged; /* of how many scenarios and systems it is the result */
} FrontResult;

typedef struct {
    const ResultsClaim *claim; /* the first that is read so */
    GArray *results;           /* of FrontResult: decided before others, products first */
    GPtrArray *scenarios;      /* of const ResultsScenario *: those that read it so */
} FrontReading;

typedef struct {
    const ResultsClaim *claim; /* the first in these words */
    GPtrArray *readings;       /* of FrontReading * */
} FrontClaim;

typedef struct {
    GPtrArray *claims; /* of FrontClaim *, products' first */
    unsigned results;
} Front;

/* Nothing was or can be measured. */
bool front_is_bare(const ResultsClaim *claim);

Front *front_new(const Results *results);
void front_free(Front *front); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Front, front_free)

/* How much of it is shown. */
typedef struct {
    unsigned results; /* at most; decided ones first, and of each reading one before any has two */
    unsigned remarks; /* cautions in full; of the others only that they are there */
    unsigned words;   /* of a text that somebody wrote freely; what is cut ends in "…" */
    unsigned quotes;  /* of a claim's own; 0: all */
} FrontSize;
/* From generous to terse: the i-th; false when there is none. */
bool front_size(const Front *front, unsigned i, FrontSize *size);
/* The first that has no more than FRONT_MOST_WORDS when it is written so; else the tersest. `write` gives
 * text that is freed here. */
typedef char *(*FrontWriter)(const FrontSize *size, void *user);
FrontSize front_fit(const Front *front, FrontWriter write, void *user);
/* Which results of which reading are shown, in turn: the first `shown` of it. */
unsigned front_share(const Front *front, const FrontReading *reading, unsigned results);

/* Words of a page of XML: runs without white space that hold a letter or a digit. */
unsigned front_count_words(const char *xml);
/* The first words; caller frees. */
char *front_cut(const char *text, unsigned words);

/* ---- who tested what for whom, when: label, text (both texts of the page's language); caller frees text */
typedef enum { FRONT_TESTED, FRONT_FOR, FRONT_BY, FRONT_WHEN, FRONT_ON, FRONT_FACTS } FrontFact;
const char *front_fact_name(const Page *page, FrontFact fact);
char *front_fact(const Page *page, FrontFact fact, unsigned words);

/* ---- a claim; callers free */
/* Who said it, when; NULL: not stated. */
char *front_source(const Page *page, const ResultsClaim *claim, unsigned words);
/* "Read as: …: false alerts per camera-hour ≤ 0.0417"; "As worded" where there is no reading. */
char *front_reading(const Page *page, const ResultsClaim *claim, unsigned words);
/* What it is the result of: the scenario, the system, both, or how many. */
char *front_result_name(const Page *page, const FrontResult *result);
/* The interval of `value`, and no other figure's: NAN at both ends where there is none. Where one looks at
 * any time it is the one that holds then, at the level that stands with it. */
ResultsLowHigh front_interval(const ResultsClaim *claim);
/* "64 [1.6 – 359] · 1 / 0.016 h"; "—" where nothing was measured. */
char *front_measured(const Page *page, const ResultsClaim *claim);
/* Why this look establishes nothing, or a verdict does not reach beyond this footage; NULL when neither is
 * so. Not to be freed. */
const char *front_lost(const Page *page, const ResultsClaim *claim);
/* "low"; "—": none is given, as of a verdict that decides nothing. Not to be freed. */
const char *front_certainty(const Page *page, const ResultsClaim *claim);
/* How many results are not shown, by verdict; NULL: none. */
char *front_rest(const Page *page, const Front *front, unsigned results);

/* ---- a day's work: three figures, or why they cannot be said; caller frees */
typedef enum { FRONT_ALERTS, FRONT_MISSED, FRONT_PEOPLE, FRONT_FIGURES } FrontFigure;
const char *front_figure_name(const Page *page, FrontFigure figure);
char *front_figure(const Page *page, FrontFigure figure, unsigned most);

/* What was not tested, a sentence. Caller frees. */
char *front_untested(const Page *page);
/* Cautions about figures and verdicts, of char *; free with g_ptr_array_unref. */
GPtrArray *front_remarks(const Page *page);

#endif
