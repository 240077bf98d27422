/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plan_comparison.h"

#include "scoring/comparison.h"
#include "scoring/metrics.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void plan_count_footage(const Scenario *scenario, double *hours, double *events)
{
    int64_t covered_us = 0, count = 0;
    bool known = true;
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        known = known && clip->duration_us != TIME_UNKNOWN;
        g_auto(SpanList) spans;
        clip_coverage(clip, scenario->behaviour, MAX(clip->duration_us, 0), &spans);
        covered_us += span_list_total(&spans);
        for (guint e = 0; e < clip->events->len; e++) {
            const Event *event = g_ptr_array_index(clip->events, e);
            count +=
                event->certainty == CERTAINTY_SCORED && strcmp(event->behaviour, scenario->behaviour) == 0;
        }
    }
    *hours = known ? (double)covered_us / (double)US_PER_HOUR : (double)NAN;
    *events = (double)count;
}

static json_t *count_or_null(int64_t count)
{
    return count >= 0 ? json_integer(count) : json_null();
}

static ComparisonReading reading_of(const Claim *claim)
{
    return (ComparisonReading){claim->metric, claim->at_most, claim->within,
                               claim->value,  claim->alpha,   INTERVAL_LEVEL};
}

/* Supposed truths: the ratio of the plan times the limit; where “within” or “at least” would turn that round,
 * equality supports and the limit times 1/ratio refutes. */
static double truth_of(const ComparisonReading *reading, double ratio)
{
    if (reading->within)
        return ratio < 1 ? 1 : reading->value * ratio;
    return reading->at_most ? reading->value * ratio : reading->value / ratio;
}

static void print_ratio(const Claim *claim, const PlanOptions *options)
{
    const ComparisonReading reading = reading_of(claim);
    const char *other = claim->against != NULL ? claim->against : claim->against_condition;
    if (claim->within)
        printf("between %.3g and %.3g", 1 / claim->value, claim->value);
    else
        printf("%s %.3g", claim->at_most ? "at most" : "at least", claim->value);
    printf(" times the false alerts of %s (α = %.3g)\n", other, claim->alpha);
    for (size_t i = 0; i < options->ratio_count; i++) {
        const double truth = truth_of(&reading, options->ratios[i]);
        const bool refute = options->ratios[i] > 1;
        const int64_t alerts = comparison_alerts_needed(&reading, truth, refute, options->power);
        printf("  If the true ratio is %.3g: ", truth);
        if (alerts < 0)
            printf("more than 20,000 false alerts would be needed.\n");
        else
            printf("from %" PRId64 " false alerts of both together on, in equal hours, it is %s with a "
                   "probability of at least %.3g %%.\n",
                   alerts, refute ? "refuted" : "supported", 100 * options->power);
    }
}

static void print_difference(const Scenario *scenario, const Claim *claim)
{
    const ComparisonReading reading = reading_of(claim);
    double hours, events;
    plan_count_footage(scenario, &hours, &events);
    printf("misses at most %.3g %% of the events more than %s%s (α = %.3g)\n", 100 * claim->value,
           claim->against != NULL ? claim->against : claim->against_condition,
           claim->within ? ", and that one no more than this one" : "", claim->alpha);
    const int64_t best = comparison_events_at_best(&reading);
    if (best < 0)
        printf("  With a margin of 0 it is supported only if the other misses more; no number of events is "
               "enough by itself.\n");
    else
        printf("  At best: %" PRId64 " events support it, if none is missed by one of the two alone.\n",
               best);
    printf("  There are %.0f events.%s\n", events,
           best >= 0 && events < (double)best
               ? " They cannot support the claim, unless the other misses more."
               : "");
}

void plan_comparison(const Scenario *scenario, const Claim *claim, const PlanOptions *options, json_t *list)
{
    const ComparisonReading reading = reading_of(claim);
    const bool is_ratio = !metric_of(claim->metric)->percent;
    if (list == NULL) {
        printf("%s, claim %s: ", scenario->id, claim->id);
        if (is_ratio)
            print_ratio(claim, options);
        else
            print_difference(scenario, claim);
        return;
    }
    json_t *needs = json_array();
    for (size_t i = 0; i < options->ratio_count && is_ratio; i++) {
        const double truth = truth_of(&reading, options->ratios[i]);
        const bool refute = options->ratios[i] > 1;
        json_array_append_new(needs, json_pack("{s:f,s:s,s:o}", "ratio", truth, "verdict",
                                               refute ? "refuted" : "supported", "false_alerts",
                                               count_or_null(comparison_alerts_needed(&reading, truth, refute,
                                                                                      options->power))));
    }
    json_t *best = is_ratio ? json_null() : count_or_null(comparison_events_at_best(&reading));
    json_array_append_new(list,
                          json_pack("{s:s,s:s,s:s,s:s,s:f,s:f,s:s*,s:s*,s:o,s:o}", "scenario", scenario->id,
                                    "claim", claim->id, "metric", metric_name(claim->metric), "op",
                                    claim_operator_name(claim), "limit", claim->value, "alpha", claim->alpha,
                                    "against", claim->against, "against_condition", claim->against_condition,
                                    "events_at_best", best, "needs", needs));
}
