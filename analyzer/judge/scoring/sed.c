/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/sed.h"

#include "assignment/assignment.h"

#include <math.h>

/* Times are compared in whole microseconds, in which they were written: 100.3 - 0.2 and 100.1 are one time.
 */
static int64_t micros(double seconds)
{
    return (int64_t)llround(seconds * 1e6);
}

static int64_t divide_up(int64_t value, int64_t by)
{
    return (value + by - 1) / by;
}

/* ---- collar */

static bool fits(const SedEvent *reference, const SedEvent *system, const SedCollar *collar)
{
    if (reference->file != system->file)
        return false;
    const int64_t onset = micros(reference->onset), offset = micros(reference->offset);
    const int64_t most = micros(collar->collar);
    if (collar->use_onset && ABS(onset - micros(system->onset)) > most)
        return false;
    const int64_t share = (int64_t)llround(collar->share_of_length * (double)(offset - onset));
    return !collar->use_offset || ABS(offset - micros(system->offset)) <= MAX(most, share);
}

/* The largest number of pairs among what is not yet used; marks what it uses. */
static int64_t match_free(const SedEvent *references, size_t reference_count, const SedEvent *systems,
                          size_t system_count, const SedCollar *collar, int label, bool same_label,
                          bool *reference_used, bool *system_used)
{
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(AssignmentEdge));
    g_autofree size_t *first = g_new(size_t, reference_count + 1);
    g_autofree size_t *column_of_row = g_new(size_t, reference_count + 1);
    for (size_t i = 0; i < reference_count; i++) {
        first[i] = edges->len;
        for (size_t j = 0; j < system_count && !reference_used[i]; j++) {
            const AssignmentEdge edge = {.column = j};
            if (!system_used[j] && (references[i].label == systems[j].label) == same_label &&
                (label < 0 || (references[i].label == label && systems[j].label == label)) &&
                fits(&references[i], &systems[j], collar))
                g_array_append_val(edges, edge);
        }
    }
    first[reference_count] = edges->len;
    assignment_solve((const AssignmentEdge *)(const void *)edges->data, first, reference_count, system_count,
                     column_of_row);
    int64_t pairs = 0;
    for (size_t i = 0; i < reference_count; i++)
        if (column_of_row[i] != ASSIGNMENT_NONE) {
            reference_used[i] = system_used[column_of_row[i]] = true;
            pairs++;
        }
    return pairs;
}

SedCounts sed_match_events(const SedEvent *references, size_t reference_count, const SedEvent *systems,
                           size_t system_count, const SedCollar *collar, int label)
{
    SedCounts counts = {0};
    g_autofree bool *reference_used = g_new0(bool, reference_count + 1);
    g_autofree bool *system_used = g_new0(bool, system_count + 1);
    for (size_t i = 0; i < reference_count; i++)
        counts.references += label < 0 || references[i].label == label;
    for (size_t i = 0; i < system_count; i++)
        counts.systems += label < 0 || systems[i].label == label;
    counts.hits = match_free(references, reference_count, systems, system_count, collar, label, true,
                             reference_used, system_used);
    if (label < 0)
        counts.substitutions = match_free(references, reference_count, systems, system_count, collar, label,
                                          false, reference_used, system_used);
    counts.deletions = counts.references - counts.hits - counts.substitutions;
    counts.insertions = counts.systems - counts.hits - counts.substitutions;
    return counts;
}

/* ---- segment */

/* Marks the segments that the file's events of each label touch; active[segment * labels + label]. */
static void mark_active(const SedEvent *events, size_t count, int file, int labels, int64_t resolution_us,
                        int64_t segments, bool *active)
{
    for (size_t i = 0; i < count; i++) {
        if (events[i].file != file)
            continue;
        const int64_t from = MAX(0, micros(events[i].onset)) / resolution_us;
        const int64_t to = MIN(segments, divide_up(micros(events[i].offset), resolution_us));
        for (int64_t segment = from; segment < to; segment++)
            active[segment * labels + events[i].label] = true;
    }
}

SedCounts sed_count_segments(const SedEvent *references, size_t reference_count, const SedEvent *systems,
                             size_t system_count, int files, int labels, double resolution,
                             double evaluated_s)
{
    SedCounts counts = {0};
    const int64_t resolution_us = micros(resolution);
    for (int file = 0; file < files; file++) {
        double length = evaluated_s;
        for (size_t i = 0; i < reference_count; i++)
            if (references[i].file == file)
                length = fmax(length, references[i].offset);
        for (size_t i = 0; i < system_count; i++)
            if (systems[i].file == file)
                length = fmax(length, systems[i].offset);
        const int64_t segments = divide_up(micros(length), resolution_us);
        const size_t cells = (size_t)segments * (size_t)labels;
        g_autofree bool *truth = g_new0(bool, cells + 1), *said = g_new0(bool, cells + 1);
        mark_active(references, reference_count, file, labels, resolution_us, segments, truth);
        mark_active(systems, system_count, file, labels, resolution_us, segments, said);
        for (int64_t segment = 0; segment < segments; segment++) {
            int64_t missed = 0, wrong = 0;
            for (int label = 0; label < labels; label++) {
                const bool is = truth[segment * labels + label], says = said[segment * labels + label];
                counts.references += is;
                counts.systems += says;
                counts.hits += is && says;
                counts.true_negatives += !is && !says;
                missed += is && !says;
                wrong += says && !is;
            }
            counts.substitutions += MIN(missed, wrong);
            counts.deletions += MAX(0, missed - wrong);
            counts.insertions += MAX(0, wrong - missed);
        }
    }
    return counts;
}

/* ---- measures */

static double ratio(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : (double)NAN;
}

double sed_f_measure(const SedCounts *counts)
{
    return ratio(2 * counts->hits, counts->references + counts->systems);
}

double sed_error_rate(const SedCounts *counts)
{
    return ratio(counts->substitutions + counts->deletions + counts->insertions, counts->references);
}

double sed_sensitivity(const SedCounts *counts)
{
    return ratio(counts->hits, counts->references);
}

double sed_specificity(const SedCounts *counts)
{
    return ratio(counts->true_negatives, counts->true_negatives + counts->systems - counts->hits);
}

double sed_accuracy(const SedCounts *counts)
{
    return ratio(counts->hits + counts->true_negatives,
                 counts->true_negatives + counts->systems + counts->references - counts->hits);
}
