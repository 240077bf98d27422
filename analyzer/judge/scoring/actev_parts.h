/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the ActEV protocols share. Inside scoring/actev*.c only. */
#ifndef VSAUDIT_SCORING_ACTEV_PARTS_H
#define VSAUDIT_SCORING_ACTEV_PARTS_H

#include "records/span.h"
#include "scoring/actev.h"

/* When an instance is on. Frames, like everything here. */
typedef struct {
    const ActevInstance *instance; /* NULL where the spans say all */
    const SpanList *spans;         /* NULL: from start to end */
} ActevSignal;

ActevSignal actev_reference(const ActevInput *input, size_t index);
ActevSignal actev_system(const ActevInput *input, size_t index);
int64_t actev_frames(const ActevSignal *signal); /* how many it is on */
int64_t actev_common(const ActevSignal *a, const ActevSignal *b);
double actev_iou(const ActevSignal *a, const ActevSignal *b);

typedef struct {
    double sum;
    int64_t pairs, rejected;
} ActevMideSum;

/* Localisation error of a matched pair; NAN when one of its denominators is not positive. */
double actev_pair_mide(const ActevInput *input, size_t reference, size_t system);
void actev_add_mide(ActevMideSum *sum, double mide);
double actev_mean_mide(const ActevMideSum *sum);

/* The activity's curve; its average precision. */
void actev_sweep(const ActevInput *input, const ActevResult *result, int activity, ActevActivity *measures);
void actev_measure_precision(const ActevInput *input, int activity, ActevActivity *measures);

#endif
