/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/sample.h"

#include <inttypes.h>
#include <string.h>

typedef struct {
    const json_t *record;
    char *digest;
} Candidate;

/* A stratum while it is being drawn from. */
typedef struct {
    SampleStratum *stratum;
    GArray *candidates; /* of Candidate */
    double remainder;
} Bin;

typedef struct {
    SampleList list;
    int64_t seed;
    GPtrArray *bins;    /* of Bin *, in order of first sight */
    GHashTable *by_key; /* "scenario\1system\1condition\1kind" -> Bin * */
} Draw;

static void candidate_clear(gpointer data)
{
    g_free(((Candidate *)data)->digest);
}

static void bin_free(gpointer data)
{
    Bin *bin = data;
    g_array_unref(bin->candidates);
    g_free(bin);
}

static void stratum_free(gpointer data)
{
    SampleStratum *stratum = data;
    g_free(stratum->kind);
    g_free(stratum);
}

static const char *name_of(const json_t *json, const char *key)
{
    const char *name = model_string(json, key);
    return name != NULL ? name : "";
}

/* The kind of a false alert; `cause` says that it is one in somebody's words. */
static const char *kind_of(const json_t *alert, bool *cause)
{
    const char *named = model_string(alert, "judged.cause"), *class = model_string(alert, "class");
    *cause = named != NULL && *named != '\0';
    if (*cause)
        return named;
    if (g_strcmp0(model_string(alert, "outcome"), "duplicate") == 0)
        return "duplicate";
    return class != NULL ? class : "unlabelled";
}

static Bin *find_bin(Draw *draw, const json_t *scenario, const json_t *evaluation, const json_t *record)
{
    bool cause = false;
    const char *kind = draw->list == SAMPLE_FALSE_ALERTS ? kind_of(record, &cause) : NULL;
    g_autofree char *key =
        g_strdup_printf("%s\1%s\1%s\1%s", name_of(scenario, "id"), name_of(evaluation, "system"),
                        name_of(evaluation, "condition"), kind != NULL ? kind : "");
    Bin *bin = g_hash_table_lookup(draw->by_key, key);
    if (bin != NULL)
        return bin;
    bin = g_new0(Bin, 1);
    bin->candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    g_array_set_clear_func(bin->candidates, candidate_clear);
    bin->stratum = g_new0(SampleStratum, 1);
    bin->stratum->scenario = scenario;
    bin->stratum->evaluation = evaluation;
    bin->stratum->kind = g_strdup(kind);
    bin->stratum->cause = cause;
    g_ptr_array_add(draw->bins, bin);
    g_hash_table_insert(draw->by_key, g_steal_pointer(&key), bin);
    return bin;
}

static bool is_wanted(SampleList list, const json_t *record)
{
    const char *outcome = model_string(record, "outcome");
    if (list == SAMPLE_MISSES)
        return g_strcmp0(outcome, "miss") == 0;
    return g_strcmp0(outcome, "false") == 0 || g_strcmp0(outcome, "duplicate") == 0;
}

static void collect(const json_t *scenario, const json_t *evaluation, void *user)
{
    Draw *draw = user;
    const char *list = draw->list == SAMPLE_MISSES ? "events" : "alerts";
    if (g_strcmp0(model_string(evaluation, "system_kind"), "null") == 0)
        return;
    for (size_t i = 0; i < model_count(evaluation, "clips"); i++) {
        const json_t *clip = model_member(evaluation, "clips", i);
        for (size_t j = 0; j < model_count(clip, list); j++) {
            const json_t *record = model_member(clip, list, j);
            if (!is_wanted(draw->list, record))
                continue;
            Bin *bin = find_bin(draw, scenario, evaluation, record);
            g_autofree char *name =
                g_strdup_printf("%" PRId64 "/%s/%s/%s/%s/%s/%s/%zu", draw->seed, name_of(scenario, "id"),
                                name_of(evaluation, "system"), name_of(evaluation, "condition"),
                                name_of(clip, "dataset"), name_of(clip, "clip"), list, j);
            const Candidate candidate = {record, g_compute_checksum_for_string(G_CHECKSUM_SHA256, name, -1)};
            g_array_append_val(bin->candidates, candidate);
            bin->stratum->total++;
        }
    }
}

static int compare_candidates(gconstpointer a, gconstpointer b)
{
    return strcmp(((const Candidate *)a)->digest, ((const Candidate *)b)->digest);
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

Sample *sample_draw(const json_t *results, SampleList list, int64_t seed, size_t size)
{
    Draw draw = {.list = list, .seed = seed};
    draw.bins = g_ptr_array_new_with_free_func(bin_free);
    draw.by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    model_visit_evaluations(results, collect, &draw);
    Sample *sample = g_new0(Sample, 1);
    sample->seed = seed;
    sample->strata = g_ptr_array_new_with_free_func(stratum_free);
    sample->chosen = g_hash_table_new(g_direct_hash, g_direct_equal);
    sample->order = g_ptr_array_new();
    for (guint i = 0; i < draw.bins->len; i++) {
        const Bin *bin = g_ptr_array_index(draw.bins, i);
        g_array_sort(bin->candidates, compare_candidates);
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
            const json_t *record = g_array_index(bin->candidates, Candidate, turn).record;
            g_ptr_array_add(sample->order, (gpointer)record);
            g_hash_table_add(sample->chosen, (gpointer)record);
            added++;
        }
    }
    sample->drawn = sample->order->len;
    g_hash_table_unref(draw.by_key);
    g_ptr_array_unref(draw.bins);
    return sample;
}

void sample_free(Sample *sample)
{
    if (sample == NULL)
        return;
    g_ptr_array_unref(sample->strata);
    g_hash_table_unref(sample->chosen);
    g_ptr_array_unref(sample->order);
    g_free(sample);
}

bool sample_has(const Sample *sample, const json_t *record)
{
    return g_hash_table_contains(sample->chosen, record);
}
