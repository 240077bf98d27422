/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the first page says of a claim: who said it, how it is read, what was measured, what holds it back. */
#include "report/front.h"

#include "scoring/metrics.h"

#include <math.h>

char *front_source(const Page *page, const ResultsClaim *claim, unsigned words)
{
    const char *source = texts_pick(page->texts, claim->source, NULL);
    g_autofree char *cut = source != NULL ? front_cut(source, words / 2 + 1) : NULL;
    g_autofree char *day = claim->date != NULL ? texts_date(page->texts, claim->date) : NULL;
    if (cut == NULL || day == NULL)
        return g_strdup(cut != NULL ? cut : day);
    return g_strdup_printf("%s, %s", cut, day);
}

char *front_reading(const Page *page, const ResultsClaim *claim, unsigned words)
{
    const char *metric = claim->reading.metric;
    const char *said = texts_pick(page->texts, claim->read_as, NULL);
    g_autofree char *set = said != NULL ? texts_typography(page->texts, said) : NULL;
    /* Words of the reading are the audit's own, and short; they are cut only where nothing else helps. */
    g_autofree char *cut = set != NULL ? front_cut(set, 4 * words) : NULL;
    if (metric == NULL)
        return cut == NULL ? g_strdup(texts_get(page->texts, "front.as_worded"))
                           : texts_format(page->texts, "front.read_as", "words", cut, NULL);
    g_autofree char *limit = page_limit(page, &claim->reading);
    if (cut == NULL)
        return texts_format(page->texts, "front.read_bare", "metric",
                            texts_word(page->texts, "metric", metric), "limit", limit, NULL);
    const char *unit = texts_find_word(page->texts, "front.unit", metric);
    return texts_format(page->texts, "front.read_both", "words", cut, "limit", limit, "unit",
                        unit != NULL ? unit : "", NULL);
}

ResultsLowHigh front_interval(const ResultsClaim *claim)
{
    const MetricKind kind = metric_of(metric_find(claim->reading.metric))->kind;
    /* What was observed of these is another figure than the one that is compared. */
    if (kind == METRIC_IS_TIME || kind == METRIC_IS_BOUNDED)
        return (ResultsLowHigh){.low = (double)NAN, .high = (double)NAN};
    if (claim->looks.anytime.json != NULL)
        return claim->looks.anytime.interval;
    return (ResultsLowHigh){.low = claim->observed.interval.low, .high = claim->observed.interval.high};
}

/* With the level where it is not the report's, which stands at the head of the column. */
static char *measured_anytime(const Page *page, const ResultsClaim *claim, const char *both)
{
    if (claim->looks.anytime.json == NULL || isnan(claim->looks.anytime.level))
        return g_strdup(both);
    g_auto(NumberText) level = {NULL};
    texts_interval(page->texts, claim->looks.anytime.level, (double)NAN, (double)NAN, true, &level);
    return texts_format(page->texts, "front.anytime", "measured", both, "share", level.value, NULL);
}

char *front_measured(const Page *page, const ResultsClaim *claim)
{
    if (claim->reading.metric == NULL || isnan(claim->value))
        return g_strdup("—");
    const Metric *metric = metric_of(metric_find(claim->reading.metric));
    if (metric->kind == METRIC_IS_TIME)
        return texts_significant(page->texts, claim->value, 3);
    const ResultsRate *rate = &claim->observed;
    const ResultsLowHigh interval = front_interval(claim);
    g_auto(NumberText) text = {NULL};
    texts_interval(page->texts, claim->value, interval.low, interval.high, metric->percent, &text);
    g_autofree char *both =
        text.interval != NULL ? measured_anytime(page, claim, text.both) : g_strdup(text.value);
    /* A comparison is no fraction of counts; the counts of a bounded precision are the test set's. */
    if (metric->kind == METRIC_IS_BOUNDED || isnan(results_double(rate->numerator)) ||
        isnan(rate->denominator))
        return g_steal_pointer(&both);
    g_autofree char *count = page_fraction(page, rate);
    return g_strdup_printf("%s · %s", both, count);
}

const char *front_lost(const Page *page, const ResultsClaim *claim)
{
    /* In the order of the verdict's sentence. A look takes nothing from what cannot be tested anyway. */
    const bool look = claim->looks.lost != NULL && g_strcmp0(claim->verdict, "not_established") == 0;
    return look                        ? texts_word(page->texts, "front.look_lost", claim->looks.lost)
           : claim->scope.lost != NULL ? texts_word(page->texts, "front.lost", claim->scope.lost)
                                       : NULL;
}

const char *front_certainty(const Page *page, const ResultsClaim *claim)
{
    const char *level = claim->certainty.level;
    return level != NULL ? texts_word(page->texts, "certainty.level", level) : "—";
}
