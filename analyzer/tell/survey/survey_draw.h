/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a sample of the alerts of a log, so that anybody can draw it again: by a seed (without one, the
 * SHA-256 of the log itself, which nobody chose), the log's hash and the order asked for, and nothing else.
 *
 * The key of all lots is the SHA-256 of "vsaudit/sample-draw/1", the seed and the log's SHA-256, each with a
 * line end; a stratum's alerts, in the log's order, are shuffled for the purpose "stratum/NAME" by
 * capsule/lots.h, and the first so many are drawn. Ids are eight consonants for the purpose "ids": no
 * spreadsheet takes them for a number, and they tell nothing of the order of the log. */
#ifndef VSAUDIT_SURVEY_SURVEY_DRAW_H
#define VSAUDIT_SURVEY_SURVEY_DRAW_H

#include "capsule/lots.h"
#include "import/alert_list.h"
#include "results/document.h"
#include "scoring/finite.h"

#define SURVEY_DRAW_SCHEMA "vsaudit/sample-draw/1"

/* What alerts may be parted by: "behaviour", "camera", "day", "hour", "month", "treated"; ended by NULL. */
extern const char *const survey_parts[];

typedef struct {
    const char *log, *map;       /* paths; map NULL: none */
    const char *seed;            /* NULL: from the log */
    const char *again;           /* why the log is drawn from again; NULL: it is the first time */
    const char *const *by;       /* of survey_parts; NULL: one stratum */
    const char *const *treated;  /* words of the log's column `treated`; NULL: all alerts */
    int64_t size;                /* in proportion; -1: see below */
    int64_t each;                /* of every stratum; -1: see below */
    const char *const *of;       /* "STRATUM=N": of these strata so many; NULL: none */
    double half_width, expected; /* wanted of the interval, at that share; NAN: see below */
    double power, ratio;         /* wanted for the claim, when the truth is ratio times its limit; NAN */
    ResultsSurveyClaim claim;    /* op NULL: none */
    double level;
} SurveyOrder;

/* The population of the order with its strata, none drawn yet. */
typedef struct {
    GPtrArray *members; /* of GPtrArray * of ListedAlert *, by stratum */
    GPtrArray *names;   /* of char * */
    FiniteStratum *strata;
    size_t count;
    int64_t population, untreated;
    bool says_treated; /* the log has a column for it */
    double power;      /* reached, where a power was asked for; NAN */
} SurveyPopulation;

/* Parts the alerts, and decides how many to draw of each stratum. NULL: USAGE (an order that cannot be
 * carried out) or INPUT error. The list must outlive it. */
SurveyPopulation *survey_population_new(const AlertList *list, const SurveyOrder *order, GError **error);
void survey_population_free(SurveyPopulation *population); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyPopulation, survey_population_free)

/* The document of the draw. `earlier`: those of the log before it, of ResultsSurveyEarlier. Caller owns. */
json_t *survey_draw_make(const AlertList *list, const SurveyPopulation *population, const SurveyOrder *order,
                         const GArray *earlier);
/* The key of all its lots. */
LotsSeed survey_draw_key(const char *seed, const char *log_sha256);
/* "< 10 %", "<=0.05", ">= 90%": op and limit; false when it is none of these, or true (false) of every log.
 */
bool survey_claim_parse(const char *text, ResultsSurveyClaim *claim);
FiniteOp survey_claim_op(const ResultsSurveyClaim *claim);

#endif
