/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of vsaudit sample. */
#ifndef VSAUDIT_CLI_SAMPLE_H
#define VSAUDIT_CLI_SAMPLE_H

#include "cli/command.h"
#include "survey/survey_draw.h"

typedef struct {
    SurveyOrder order;
    const char *folder, *pictures; /* pictures NULL: beside the log */
    const char *key;               /* to sign the draw with; NULL: none */
    const char *language;          /* of the sheets */
    int64_t judges;                /* 1 or 2 */
    int64_t population;            /* plan without a log; -1: of the log */
    bool quiet;
} SampleDrawing;

typedef struct {
    const char *draw;                     /* folder of the draw */
    const char *first, *second, *agreed;  /* sheets; the last two may be NULL */
    const char *folder, *log, *published, *key; /* folder NULL: “report” in the draw's; others may be NULL */
    const char *languages;                /* NULL: all */
    ResultsSurveyClaim claim;             /* op NULL: the draw's */
    double hours;                         /* NAN: not known */
    bool quiet;
} SampleScoring;

ExitStatus sample_plan_command(const SampleDrawing *drawing, GError **error);
ExitStatus sample_draw_command(const SampleDrawing *drawing, GError **error);
ExitStatus sample_score_command(const SampleScoring *scoring, GError **error);
/* Says what each of the sheets (ended by NULL) holds, or all that is wrong in them. */
ExitStatus sample_check_command(const char *draw, char **sheets, GError **error);

#endif
