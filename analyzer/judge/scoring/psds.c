/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The intersection protocol (declared in sed.h). */
#include "scoring/sed.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>

/* Sum of the overlaps of one span with those of a label in its file, where `chosen` (or NULL) allows. */
static double covered(const SedEvent *event, const SedEvent *others, size_t count, int label,
                      const bool *chosen)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        if (others[i].file == event->file && others[i].label == label && (chosen == NULL || chosen[i]))
            sum += fmax(0, fmin(event->offset, others[i].offset) - fmax(event->onset, others[i].onset));
    return sum;
}

void psds_count(const SedEvent *truth, size_t truth_count, const SedEvent *detections, size_t detection_count,
                int labels, const PsdsCriteria *criteria, int64_t *hits, int64_t *false_positives,
                int64_t *cross)
{
    g_autofree bool *accepted = g_new0(bool, detection_count + 1);
    for (int i = 0; i < labels; i++)
        hits[i] = false_positives[i] = 0;
    for (int i = 0; i < labels * labels; i++)
        cross[i] = 0;
    for (size_t i = 0; i < detection_count; i++) {
        const SedEvent *detection = &detections[i];
        const double length = detection->offset - detection->onset;
        accepted[i] = covered(detection, truth, truth_count, detection->label, NULL) >=
                      criteria->detection_tolerance * length;
        if (accepted[i])
            continue;
        false_positives[detection->label]++;
        for (int label = 0; label < labels; label++)
            if (label != detection->label && covered(detection, truth, truth_count, label, NULL) >=
                                                 criteria->cross_trigger_tolerance * length)
                cross[detection->label * labels + label]++;
    }
    for (size_t i = 0; i < truth_count; i++) {
        const double length = truth[i].offset - truth[i].onset;
        hits[truth[i].label] += covered(&truth[i], detections, detection_count, truth[i].label, accepted) >=
                                criteria->truth_tolerance * length;
    }
}

double psds_score(const PsdsPoint *points, size_t count, int labels, double alpha_st, double max_rate)
{
    g_autofree double *rates = g_new(double, count + 2);
    rates[0] = 0;
    for (size_t i = 0; i < count; i++)
        rates[i + 1] = fmin(points[i].effective_false_rate, max_rate);
    rates[count + 1] = max_rate;
    gsl_sort(rates, 1, count + 2);
    double area = 0;
    for (size_t step = 0; step + 1 < count + 2; step++) {
        /* Each label's best rate among the operating points that are allowed up to here. */
        double sum = 0, squares = 0;
        for (int label = 0; label < labels; label++) {
            double best = 0;
            for (size_t i = 0; i < count; i++)
                if (points[i].label == label && points[i].effective_false_rate <= rates[step])
                    best = fmax(best, points[i].true_positive_rate);
            sum += best;
            squares += best * best;
        }
        const double mean = sum / labels;
        const double deviation = sqrt(fmax(0, squares / labels - mean * mean));
        area += fmax(0, mean - alpha_st * deviation) * (rates[step + 1] - rates[step]);
    }
    return area / max_rate;
}
