/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ActEV's own tables of an ActEV reference and system output: the public scorer's file names, columns
 * (separated by “|”), names of measures and numbers; None where a measure is not defined. */
#ifndef VSAUDIT_EVALUATE_ACTEV_TABLES_H
#define VSAUDIT_EVALUATE_ACTEV_TABLES_H

#include "scoring/actev.h"
#include "truth/actev_json.h"

typedef struct {
    char *name;             /* as the public scorer says it: "ActEV_SDL_V2" */
    ActevProtocol protocol; /* with the parameters of the file */
    double miss_numerator, miss_denominator;
    int64_t collar; /* frames */
    int points;     /* of a curve at most; 0: all */
    /* False-alarm rates at which the curves are read, by count and (by_time) by time; of double. */
    GArray *p_miss_at, *w_p_miss_at, *n_mide_at, *by_time_at;
} ActevParameters;

#define ACTEV_DEFAULT "ActEV_SDL_V2"

/* `protocol`: the public scorer's name in any case, or ours ("actev-sdl-v2"). `file`: scoring parameters in
 * JSON, or NULL. NULL with a USAGE error (protocol) or an INPUT error (file). */
ActevParameters *actev_parameters_load(const char *protocol, const char *file, GError **error);
void actev_parameters_free(ActevParameters *parameters); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ActevParameters, actev_parameters_free)

typedef struct ActevScore ActevScore;

/* Both must outlive the score. */
ActevScore *actev_score_new(const ActevSet *set, const ActevParameters *parameters);
void actev_score_free(ActevScore *score); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ActevScore, actev_score_free)

const ActevResult *actev_score_result(const ActevScore *score);

/* Of one activity. */
typedef struct {
    int64_t references, systems, found, missed, false_alarms;
} ActevCounts;
ActevCounts actev_score_counts(const ActevScore *score, int activity);

/* alignment.csv, pair_metrics.csv, scores_by_activity.csv, scores_aggregated.csv and
 * scores_by_activity_and_threshold.csv into the folder, which is there. False with a HARNESS error. */
bool actev_tables_write(const ActevScore *score, const char *folder, GError **error);

/* eval_2.csv: per activity the counts and rates of protocol eval-2 with its defaults, in camera-hours of
 * selected frames; frames become time by the file's own frame rate, each file is a camera. */
bool actev_eval_write(const ActevSet *set, const char *folder, GError **error);
/* Joins the rows behind the heading, sorted, and writes folder/name. Frees the rows. */
bool actev_rows_write(const char *folder, const char *name, const char *heading, GPtrArray *rows,
                      GError **error);
/* The shortest text that reads back as the number; "None" when it is not one. Caller frees. */
char *actev_number(double value);

#endif
