/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two people (or one) made of a sample of alerts: the share of false ones in the log, exactly, with what
 * nobody decided carried as bounds, how well they agree, the verdict on a claim, and what it cannot say. */
#ifndef VSAUDIT_SURVEY_SURVEY_OUTCOME_H
#define VSAUDIT_SURVEY_SURVEY_OUTCOME_H

#include "scoring/finite.h"
#include "scoring/statistics.h"
#include "survey/survey_sheet.h"

#define SURVEY_SCHEMA "vsaudit/sample/1"

/* What became of a drawn alert. */
typedef enum {
    SURVEY_OUT_FALSE,
    SURVEY_OUT_REAL,
    SURVEY_OUT_UNDECIDABLE, /* nobody can tell from what there is to see */
    SURVEY_OUT_DIFFERING,   /* judged in two ways, and not agreed on */
    SURVEY_OUT_SINGLE,      /* judged by one of two */
    SURVEY_OUT_MISSING,     /* judged by nobody */
    SURVEY_OUTS
} SurveyOut;
const char *survey_out_name(SurveyOut out); /* "false", … : words of the results */

typedef struct {
    const SurveySheet *first, *second, *agreed; /* second NULL: one person; agreed NULL: nobody settled */
    const ResultsSurveyDraw *draw;
    const char *draw_sha256;
    const char *signer; /* of the draw, a key's id; NULL: nobody */
    ResultsSurveyClaim claim; /* op NULL: that of the draw, or none */
    double hours;             /* camera-hours that the log covers; NAN: not known */
    int64_t later_draws;      /* of the log, after this one; RESULTS_UNKNOWN: not looked */
} SurveyJudging;

/* Settles one alert: what both say, else what was agreed on. */
SurveyOut survey_settle(const SurveyJudging *judging, size_t alert);
/* Problems where the agreed sheet says another word than both people did. */
void survey_check_agreed(const SurveyJudging *judging, const char *path, Problems *problems);
/* The document; caller owns. */
json_t *survey_outcome(const SurveyJudging *judging);

#endif
