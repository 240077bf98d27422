/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Protocols of sound-event detection, useful for any labelled spans: `collar` and `segment` as in the
 * sed_eval tool (DCASE), `intersection` as in PSDS (Bilen et al., 2020).
 *
 * Times are seconds as doubles, as these protocols define them, compared by collar and segments in whole
 * microseconds; labels and files are indices from 0. */
#ifndef VSAUDIT_SCORING_SED_H
#define VSAUDIT_SCORING_SED_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int file, label;
    double onset, offset; /* offset > onset */
} SedEvent;

typedef struct {
    int64_t references, systems;
    int64_t hits;
    int64_t substitutions; /* right in time, wrong label */
    int64_t deletions, insertions;
    int64_t true_negatives; /* segments only */
} SedCounts;

typedef struct {
    double collar;          /* s, for the onset */
    double share_of_length; /* the offset may err by max(collar, share * reference length) */
    bool use_onset, use_offset;
} SedCollar;

/* Event by event, one to one, as many hits as possible; then as many substitutions among the rest. `label`
 * -1: all labels together; else only events of that label. */
SedCounts sed_match_events(const SedEvent *references, size_t reference_count, const SedEvent *systems,
                           size_t system_count, const SedCollar *collar, int label);
/* On a grid of `resolution` seconds per file, to the end of the last event of the file or, if larger, to
 * `evaluated_s` (0: not given). Counts label by label and segment by segment. */
SedCounts sed_count_segments(const SedEvent *references, size_t reference_count, const SedEvent *systems,
                             size_t system_count, int files, int labels, double resolution,
                             double evaluated_s);
double sed_f_measure(const SedCounts *counts);   /* 2 TP / (2 TP + FP + FN); NAN when 0 / 0 */
double sed_error_rate(const SedCounts *counts);  /* (S + D + I) / N; NAN without reference */
double sed_sensitivity(const SedCounts *counts); /* NAN without reference */
double sed_specificity(const SedCounts *counts); /* segments only */
double sed_accuracy(const SedCounts *counts);    /* segments only */

typedef struct {
    double detection_tolerance;     /* rho_DTC: share of a detection that truth of its label must cover */
    double truth_tolerance;         /* rho_GTC: share of an event that accepted detections must cover */
    double cross_trigger_tolerance; /* rho_CTTC: share of a false detection that other truth covers */
} PsdsCriteria;

/* Fills hits[labels], false_positives[labels], and cross[detected * labels + true]. */
void psds_count(const SedEvent *truth, size_t truth_count, const SedEvent *detections, size_t detection_count,
                int labels, const PsdsCriteria *criteria, int64_t *hits, int64_t *false_positives,
                int64_t *cross);

typedef struct {
    int label;
    double true_positive_rate,
        effective_false_rate; /* the latter per unit of time, cross-triggers included */
} PsdsPoint;

/* Polyphonic sound detection score: normalised area under the effective true-positive rate (mean over labels
 * minus alpha_st times their standard deviation) up to max_rate. Points of all operating points, any order.
 */
double psds_score(const PsdsPoint *points, size_t count, int labels, double alpha_st, double max_rate);

#endif
