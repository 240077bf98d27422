/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts on comparisons as sentences (declared in comparison.h). */
#include "scoring/comparison.h"
#include "scoring/metrics.h"
#include "scoring/scope.h"

#include <math.h>

/* A text of the metric: “claim.said.rate_ratio.within”. */
static Phrase *new_of(const ComparisonResult *result, const char *name)
{
    g_autofree char *key = g_strconcat("claim.said.", metric_name(result->reading.metric), name, NULL);
    return phrase_new(key);
}

/* A share or a plain number, by the metric; infinity in the word of that key. */
static void put(Phrase *phrase, const char *place, const ComparisonResult *result, double value,
                const char *infinity)
{
    if (isinf(value))
        phrase_word(phrase, place, infinity);
    else if (metric_of(result->reading.metric)->percent)
        phrase_percent(phrase, place, value);
    else
        phrase_number(phrase, place, value, 3);
}

static Phrase *say_found(const ComparisonResult *result)
{
    if (isnan(result->value))
        return new_of(result, ".undefined");
    Phrase *found = new_of(result, ".found");
    put(found, "value", result, result->value, "number.infinite");
    put(found, "low", result, result->interval.low, "number.infinity");
    put(found, "high", result, result->interval.high, "number.infinity");
    return phrase_percent(found, "share", result->reading.level);
}

static Phrase *say_bound(const ComparisonResult *result)
{
    const ComparisonReading *reading = &result->reading;
    /* A margin is never the least. */
    const bool at_most = reading->at_most || metric_of(reading->metric)->percent;
    Phrase *bound = new_of(result, reading->within ? ".within" : at_most ? ".at_most" : ".at_least");
    put(bound, "limit", result, reading->value, "number.infinity");
    put(bound, "inverse", result, 1 / reading->value, "number.infinity");
    return bound;
}

static Phrase *say_rest(const ComparisonResult *result)
{
    if (scope_is_taken_back(&result->scope))
        return phrase_part(phrase_new("claim.since"), "reason", scope_reason(&result->scope));
    if (result->verdict != VERDICT_NOT_ESTABLISHED)
        return phrase_p(phrase_new("claim.p"), "p",
                        result->verdict == VERDICT_REFUTED ? result->p_refute : result->p_support);
    if (!isnan(result->needed_hours))
        return phrase_integer(new_of(result, ".needed"), "more", (int64_t)result->needed_hours);
    return result->needed_events < 0
               ? NULL
               : phrase_integer(new_of(result, ".needed"), "more", result->needed_events);
}

Phrase *comparison_sentence(const ComparisonResult *result, const Phrase *first, const Phrase *second)
{
    const ComparisonCamera *sum = &result->sum;
    Phrase *said = new_of(result, NULL);
    phrase_part(said, "first", phrase_copy(first));
    phrase_part(said, "second", phrase_copy(second));
    phrase_integer(said, "count_first", sum->false_alerts[0]);
    phrase_integer(said, "count_second", sum->false_alerts[1]);
    phrase_number(said, "hours_first", sum->hours[0], 4);
    phrase_number(said, "hours_second", sum->hours[1], 4);
    phrase_integer(said, "events", sum->events);
    phrase_integer(said, "missed_first", sum->missed_by_first);
    phrase_integer(said, "missed_second", sum->missed_by_second);
    phrase_integer(said, "missed_both", sum->missed_by_both);
    phrase_part(said, "found", say_found(result));
    phrase_part(said, "bound", say_bound(result));
    phrase_word(said, "verdict", verdict_key(result->verdict));
    phrase_part(said, "rest", say_rest(result));
    phrase_part(said, "mended", eval_mended_clause(result->mended_clips));
    if (result->unpaired_clips > 0)
        phrase_then(said, phrase_integer(phrase_new("claim.unpaired"), "n", result->unpaired_clips));
    return said;
}
