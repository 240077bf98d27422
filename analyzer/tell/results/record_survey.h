/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample of the alerts of a log: as it was drawn (schema vsaudit/sample-draw/1, survey/draw.h makes it) and
 * as people judged it (vsaudit/sample/1, survey/outcome.h). Members have the names of the keys;
 * fields_survey.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_SURVEY_H
#define VSAUDIT_RESULTS_RECORD_SURVEY_H

#include "results/values.h"

/* the log that was drawn from */
RESULTS_RECORD(survey_log, ResultsSurveyLog, {
    const char *file, *sha256, *map, *map_sha256;
    int64_t rows, repeated, ignored, joined, renumbered, untreated;
    ResultsBool says_treated;
    ResultsStrings treated;
});

/* a part of the log that was drawn from by itself */
RESULTS_RECORD(survey_stratum, ResultsSurveyStratum, {
    const char *name;
    int64_t population, drawn;
});

/* an alert that was drawn */
RESULTS_RECORD(survey_alert, ResultsSurveyAlert, {
    const char *id;
    int64_t stratum, line;
    const char *behaviour, *camera, *clip, *time, *number, *picture, *treated;
});

/* what is claimed of the share of false alerts */
RESULTS_RECORD(survey_claim, ResultsSurveyClaim, {
    const char *text, *op;
    int64_t limit_millionths;
    double alpha;
});

/* a draw of the same log before this one */
RESULTS_RECORD(survey_earlier, ResultsSurveyEarlier, { const char *sha256, *date, *seed, *again; });

/* a sample as it was drawn */
RESULTS_RECORD(survey_draw, ResultsSurveyDraw, {
    const char *schema, *program, *seed, *seed_from, *again;
    ResultsSurveyLog log;
    ResultsStrings by;
    int64_t population, drawn;
    const char *method;
    double level;
    ResultsSurveyClaim claim;
    RESULTS_LIST(ResultsSurveyStratum) strata;
    RESULTS_LIST(ResultsSurveyEarlier) earlier;
    RESULTS_LIST(ResultsSurveyAlert) alerts;
});

/* a sheet of judgements */
RESULTS_RECORD(survey_sheet, ResultsSurveySheet, {
    const char *file, *sha256, *role;
    int64_t judged;
});

/* an alert of the sample, as it was judged */
RESULTS_RECORD(survey_judged, ResultsSurveyJudged, {
    const char *id;
    int64_t stratum, line;
    const char *first, *second, *agreed, *outcome;
});

/* how well two people agree */
RESULTS_RECORD(survey_agreement, ResultsSurveyAgreement, {
    int64_t both, alike;
    double kappa, se, low, high;
});

/* what became of the drawn */
RESULTS_RECORD(survey_counts, ResultsSurveyCounts,
               { int64_t drawn, wrong, real, undecidable, differing, single, missing; });

/* a stratum, as it was judged */
RESULTS_RECORD(survey_part, ResultsSurveyPart, {
    const char *name;
    int64_t population, drawn, wrong, open, low_alerts, high_alerts;
});

/* the share of false alerts in the population */
RESULTS_RECORD(survey_share, ResultsSurveyShare, {
    double from, to, low, high, level;
    int64_t low_alerts, high_alerts;
    const char *method;
});

/* false alerts per camera-hour */
RESULTS_RECORD(survey_rate, ResultsSurveyRate, { double hours, low, high; });

/* the verdict on the claim */
RESULTS_RECORD(survey_verdict, ResultsSurveyVerdict, {
    const char *verdict;
    int64_t boundary;
    double p_support, p_refute;
    ResultsBool stated_before;
    const json_t *sentence;
});

/* a sample as it was judged */
RESULTS_RECORD(survey, ResultsSurvey, {
    const char *schema, *program, *draw_sha256, *signer;
    ResultsSurveyLog log;
    const char *seed, *seed_from, *again;
    int64_t earlier_draws, later_draws, population;
    ResultsStrings by;
    RESULTS_LIST(ResultsSurveySheet) sheets;
    ResultsSurveyCounts counts;
    ResultsSurveyAgreement agreement;
    ResultsSurveyShare share;
    ResultsSurveyRate rate;
    ResultsSurveyClaim claim;
    ResultsSurveyVerdict verdict;
    const json_t *answer;
    ResultsTexts remarks, cannot_say;
    RESULTS_LIST(ResultsSurveyPart) strata;
    RESULTS_LIST(ResultsSurveyJudged) alerts;
});

#endif
