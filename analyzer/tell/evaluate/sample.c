/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/sample.h"
#include "config/system_kind.h"
#include "records/free.h"

#include <inttypes.h>
#include <string.h>

enum { DIGEST = 32 };

typedef struct {
    guint8 digest[DIGEST];
    size_t clip, index;
} Candidate;

/* A stratum while it is being drawn from. */
typedef struct {
    SampleStratum *stratum;
    GArray *candidates; /* of Candidate, by digest: the first ones only, as many as may be drawn */
    double remainder;
} Bin;

typedef struct {
    SampleList list;
    const Detail *detail;
    int64_t seed;
    guint most;        /* candidates that a bin needs */
    GPtrArray *bins;   /* of Bin *, in order of first sight */
    GHashTable *kinds; /* kind -> Bin *, of the evaluation at hand */
    GChecksum *checksum;
} Draw;

DEFINE_DESTROY(bin_free, Bin, bin, g_array_unref(bin->candidates))

DEFINE_DESTROY(stratum_free, SampleStratum, stratum, g_free(stratum->kind))

static const char *some(const char *name)
{
    return name != NULL ? name : "";
}

/* The kind of a false alert; `cause` says that it is one in somebody's words. */
static const char *kind_of(const ResultsAlert *alert, bool *cause)
{
    const char *named = alert->judged.cause;
    *cause = named != NULL && *named != '\0';
    if (*cause)
        return named;
    if (g_strcmp0(alert->outcome, "duplicate") == 0)
        return "duplicate";
    return alert->class != NULL ? alert->class : "unlabelled";
}

/* The bin of a kind; NULL of misses. */
static Bin *find_bin(Draw *draw, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                     const char *kind, bool cause)
{
    Bin *bin = g_hash_table_lookup(draw->kinds, kind != NULL ? kind : "");
    if (bin != NULL)
        return bin;
    bin = g_new0(Bin, 1);
    bin->candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    bin->stratum = g_new0(SampleStratum, 1);
    bin->stratum->scenario = scenario->json;
    bin->stratum->evaluation = evaluation->json;
    bin->stratum->kind = g_strdup(kind);
    bin->stratum->cause = cause;
    g_ptr_array_add(draw->bins, bin);
    g_hash_table_insert(draw->kinds, g_strdup(kind != NULL ? kind : ""), bin);
    return bin;
}

const size_t sample_shown[SAMPLE_LISTS] = {SAMPLE_SHOWN_ALERTS, SAMPLE_SHOWN_MISSES, SAMPLE_SHOWN_HITS};

static bool is_wanted(SampleList list, const char *outcome)
{
    if (list != SAMPLE_FALSE_ALERTS)
        return g_strcmp0(outcome, list == SAMPLE_MISSES ? "miss" : "hit") == 0;
    return g_strcmp0(outcome, "false") == 0 || g_strcmp0(outcome, "duplicate") == 0;
}

/* Keeps the candidate if it is among the first. Few are, once many were seen. */
static void offer(Bin *bin, const Candidate *candidate, guint most)
{
    GArray *list = bin->candidates;
    guint place = list->len;
    while (place > 0 &&
           memcmp(g_array_index(list, Candidate, place - 1).digest, candidate->digest, DIGEST) > 0)
        place--;
    if (place >= most)
        return;
    if (list->len == most)
        g_array_set_size(list, most - 1);
    g_array_insert_vals(list, place, candidate, 1);
}

/* One record more. `place` is what its digest begins with. */
static void add(Draw *draw, Bin *bin, const char *place, size_t clip, size_t index)
{
    Candidate candidate = {.clip = clip, .index = index};
    char number[32];
    gsize size = DIGEST;
    const gint length = g_snprintf(number, sizeof number, "%zu", index);
    g_checksum_reset(draw->checksum);
    g_checksum_update(draw->checksum, (const guchar *)place, -1);
    g_checksum_update(draw->checksum, (const guchar *)number, length);
    g_checksum_get_digest(draw->checksum, candidate.digest, &size);
    offer(bin, &candidate, draw->most);
    bin->stratum->total++;
}

static void collect_clip(Draw *draw, const ResultsScenario *scenario, const ResultsEvaluation *evaluation,
                         size_t i, const char *list)
{
    const ResultsJudgedClip *clip = &evaluation->clips.at[i];
    g_autofree char *place = g_strdup_printf("%" PRId64 "/%s/%s/%s/%s/%s/%s/", draw->seed, some(scenario->id),
                                             some(evaluation->system), some(evaluation->condition),
                                             some(clip->dataset), some(clip->clip), list);
    const bool alerts = draw->list == SAMPLE_FALSE_ALERTS;
    const guint8 *kinds = alerts ? detail_false_kinds(draw->detail, evaluation->json, i) : NULL;
    if (kinds != NULL) { /* a million records are not made to draw a few */
        const size_t count = detail_count(draw->detail, evaluation->json, i, list);
        for (size_t j = 0; j < count; j++)
            if (kinds[j] != FALSE_NOT)
                add(draw, find_bin(draw, scenario, evaluation, false_kind_name((FalseKind)kinds[j]), false),
                    place, i, j);
        return;
    }
    g_autoptr(ResultsJudgedClip) listed = detail_load_list(draw->detail, evaluation->json, i, list);
    /* an event that was found is shown by its alert */
    for (size_t j = 0; draw->list == SAMPLE_MISSES && j < listed->events.count; j++)
        if (is_wanted(draw->list, listed->events.at[j].outcome))
            add(draw, find_bin(draw, scenario, evaluation, NULL, false), place, i, j);
    for (size_t j = 0; j < listed->alerts.count; j++) {
        bool cause = false;
        const char *kind = alerts ? kind_of(&listed->alerts.at[j], &cause) : NULL;
        if (is_wanted(draw->list, listed->alerts.at[j].outcome))
            add(draw, find_bin(draw, scenario, evaluation, kind, cause), place, i, j);
    }
}

static void collect(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    Draw *draw = user;
    const char *list = draw->list == SAMPLE_MISSES ? "events" : "alerts";
    if (system_kind_is_control(evaluation->system_kind))
        return;
    g_hash_table_remove_all(draw->kinds);
    for (size_t i = 0; i < evaluation->clips.count; i++)
        collect_clip(draw, scenario, evaluation, i, list);
}

/* The bins by falling remainder; equal ones stay in the document's order. */
static int compare_remainders(gconstpointer a, gconstpointer b)
{
    const Bin *x = *(const Bin *const *)a, *y = *(const Bin *const *)b;
    return (x->remainder < y->remainder) - (x->remainder > y->remainder);
}

/* One for each stratum, then in proportion. */
static void allot(const Draw *draw, size_t total, size_t size)
{
    const size_t strata = draw->bins->len;
    const size_t rest = size > strata ? size - strata : 0, pool = total - strata;
    size_t given = 0;
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < strata; i++) {
        Bin *bin = g_ptr_array_index(draw->bins, i);
        const double share = pool > 0 ? (double)rest * (double)(bin->stratum->total - 1) / (double)pool : 0;
        const size_t whole = MIN((size_t)share, bin->stratum->total - 1);
        bin->stratum->drawn = 1 + whole;
        bin->remainder = share - (double)whole;
        given += whole;
        g_ptr_array_add(order, bin);
    }
    g_ptr_array_sort(order, compare_remainders);
    for (guint i = 0; given < rest && i < order->len; i++) {
        const Bin *bin = g_ptr_array_index(order, i);
        if (bin->stratum->drawn < bin->stratum->total) {
            bin->stratum->drawn++;
            given++;
        }
    }
}

/* The record of a bin that is drawn at this turn; its clip is kept. */
static const json_t *take(const Draw *draw, const Bin *bin, guint turn)
{
    const Candidate *candidate = &g_array_index(bin->candidates, Candidate, turn);
    const json_t *clip = detail_keep_clip(draw->detail, bin->stratum->evaluation, candidate->clip);
    return json_array_get(json_object_get(clip, draw->list == SAMPLE_MISSES ? "events" : "alerts"),
                          candidate->index);
}

Sample *sample_draw(const json_t *document, const Detail *detail, SampleList list, int64_t seed, size_t size)
{
    Draw draw = {.list = list, .detail = detail, .seed = seed, .most = (guint)MAX(size, 1)};
    draw.bins = g_ptr_array_new_with_free_func(bin_free);
    draw.kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    draw.checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(Results) results = results_load(document);
    results_visit_evaluations(results, collect, &draw);
    Sample *sample = g_new0(Sample, 1);
    sample->seed = seed;
    sample->strata = g_ptr_array_new_with_free_func(stratum_free);
    sample->chosen = g_hash_table_new(g_direct_hash, g_direct_equal);
    sample->order = g_ptr_array_new();
    for (guint i = 0; i < draw.bins->len; i++) {
        const Bin *bin = g_ptr_array_index(draw.bins, i);
        sample->total += bin->stratum->total;
        g_ptr_array_add(sample->strata, bin->stratum);
    }
    if (draw.bins->len > 0)
        allot(&draw, sample->total, MIN(size, sample->total));
    for (size_t turn = 0, added = 1; added > 0; turn++) {
        added = 0;
        for (guint i = 0; i < draw.bins->len; i++) {
            const Bin *bin = g_ptr_array_index(draw.bins, i);
            if (turn >= bin->stratum->drawn)
                continue;
            const json_t *record = take(&draw, bin, (guint)turn);
            g_ptr_array_add(sample->order, (gpointer)record);
            g_hash_table_add(sample->chosen, (gpointer)record);
            added++;
        }
    }
    sample->drawn = sample->order->len;
    g_checksum_free(draw.checksum);
    g_hash_table_unref(draw.kinds);
    g_ptr_array_unref(draw.bins);
    return sample;
}

DEFINE_FREE(sample_free, Sample, sample, g_ptr_array_unref(sample->strata),
            g_hash_table_unref(sample->chosen), g_ptr_array_unref(sample->order))

bool sample_has(const Sample *sample, const json_t *record)
{
    return g_hash_table_contains(sample->chosen, record);
}
