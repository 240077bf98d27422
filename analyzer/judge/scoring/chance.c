/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/chance.h"

#include "scoring/statistics.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

/* Places for open events in a set of 64 bits. */
enum { PLACES = 64 };

/* Events whose windows hang together. */
typedef struct {
    const SpanList *watched;
    double rate; /* alerts per µs */
    const Span *windows;
    size_t count;          /* > 0 */
    unsigned char *places; /* of each window, while it is open */
    size_t open[PLACES];   /* the open windows, the one that ends first before the others */
    size_t open_count;
    int64_t work;     /* additions done so far */
    GHashTable *sets; /* guint64 *, the open events without an alert -> double[count + 1], the
                         probability of that set and so many hits */
} Cluster;

static double *chances_of(GHashTable *sets, guint64 set, size_t count)
{
    double *chances = g_hash_table_lookup(sets, &set);
    if (chances == NULL) {
        chances = g_new0(double, count + 1);
        g_hash_table_insert(sets, g_memdup2(&set, sizeof set), chances);
    }
    return chances;
}

static GHashTable *sets_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

/* ---- from one set to the next */

/* What becomes of a set: its chances, each times `share`, go to `next` with `more` hits. */
static void carry(Cluster *cluster, GHashTable *next, guint64 set, const double *chances, double share,
                  size_t more)
{
    double *to = chances_of(next, set, cluster->count);
    cluster->work += (int64_t)cluster->count;
    for (size_t hits = 0; hits + more <= cluster->count; hits++)
        to[hits + more] += chances[hits] * share;
}

/* Alerts of mean number `mean` come: the first takes one event of the set, the second another. */
static void let_alerts_come(Cluster *cluster, GHashTable *next, guint64 set, const double *chances,
                            double mean)
{
    double chance = exp(-mean); /* of exactly `taken` alerts */
    size_t taken = 0;
    for (size_t i = 0; i < cluster->open_count; i++) {
        const guint64 bit = G_GUINT64_CONSTANT(1) << cluster->places[cluster->open[i]];
        if ((set & bit) == 0)
            continue;
        carry(cluster, next, set, chances, chance, taken++);
        chance *= mean / (double)taken;
        set &= ~bit;
    }
    carry(cluster, next, set, chances, statistics_poisson_at_least((int64_t)taken, mean), taken);
}

static bool pass_time(Cluster *cluster, int64_t from_us, int64_t to_us)
{
    const double mean = cluster->rate * (double)span_list_overlap(cluster->watched, from_us, to_us);
    GHashTable *next = sets_new();
    GHashTableIter iter;
    gpointer set, chances;
    g_hash_table_iter_init(&iter, cluster->sets);
    while (g_hash_table_iter_next(&iter, &set, &chances))
        let_alerts_come(cluster, next, *(const guint64 *)set, chances, mean);
    g_hash_table_unref(cluster->sets);
    cluster->sets = next;
    return g_hash_table_size(next) <= CHANCE_SETS_MOST && cluster->work <= CHANCE_WORK_MOST;
}

/* Opens the window in every set, or closes it. */
static void turn(Cluster *cluster, size_t window, bool open)
{
    const guint64 bit = G_GUINT64_CONSTANT(1) << cluster->places[window];
    GHashTable *next = sets_new();
    GHashTableIter iter;
    gpointer set, chances;
    g_hash_table_iter_init(&iter, cluster->sets);
    while (g_hash_table_iter_next(&iter, &set, &chances)) {
        const guint64 old = *(const guint64 *)set;
        carry(cluster, next, open ? old | bit : old & ~bit, chances, 1, 0);
    }
    g_hash_table_unref(cluster->sets);
    cluster->sets = next;
}

/* ---- the moments at which windows open and close */

typedef struct {
    int64_t t_us;
    size_t window;
    bool open;
} Turn;

static gint compare_turns(gconstpointer a, gconstpointer b)
{
    const Turn *left = a, *right = b;
    if (left->t_us != right->t_us)
        return left->t_us < right->t_us ? -1 : 1;
    if (left->open != right->open) /* a place that is given back may be taken at once */
        return left->open - right->open;
    return left->window < right->window ? -1 : left->window > right->window;
}

static GArray *turns_of(const Cluster *cluster)
{
    GArray *turns = g_array_new(FALSE, FALSE, sizeof(Turn));
    for (size_t i = 0; i < cluster->count; i++) {
        const Turn both[] = {{cluster->windows[i].start_us, i, true}, {cluster->windows[i].end_us, i, false}};
        g_array_append_vals(turns, both, 2);
    }
    g_array_sort(turns, compare_turns);
    return turns;
}

/* False when there is no place left. */
static bool open_window(Cluster *cluster, size_t window, guint64 *free_places)
{
    unsigned char place = 0;
    while (place < PLACES && (*free_places >> place & 1) == 0)
        place++;
    if (place == PLACES)
        return false;
    *free_places &= ~(G_GUINT64_CONSTANT(1) << place);
    cluster->places[window] = place;
    turn(cluster, window, true);
    size_t at = cluster->open_count++;
    for (; at > 0 && cluster->windows[cluster->open[at - 1]].end_us > cluster->windows[window].end_us; at--)
        cluster->open[at] = cluster->open[at - 1];
    cluster->open[at] = window;
    return true;
}

static void close_window(Cluster *cluster, size_t window, guint64 *free_places)
{
    turn(cluster, window, false);
    *free_places |= G_GUINT64_CONSTANT(1) << cluster->places[window];
    size_t at = 0;
    while (cluster->open[at] != window)
        at++;
    cluster->open_count--;
    memmove(cluster->open + at, cluster->open + at + 1, (cluster->open_count - at) * sizeof *cluster->open);
}

/* Leaves the chances of every number of hits in the one set without an open event. */
static bool follow(Cluster *cluster)
{
    g_autoptr(GArray) turns = turns_of(cluster);
    guint64 free_places = G_MAXUINT64;
    chances_of(cluster->sets, 0, cluster->count)[0] = 1;
    for (guint i = 0; i < turns->len; i++) {
        const Turn *now = &g_array_index(turns, Turn, i);
        if (i > 0 && !pass_time(cluster, g_array_index(turns, Turn, i - 1).t_us, now->t_us))
            return false;
        if (!now->open)
            close_window(cluster, now->window, &free_places);
        else if (!open_window(cluster, now->window, &free_places))
            return false;
    }
    return true;
}

/* ---- all clusters together */

/* The sum of two independent numbers: `all` (of double) becomes longer by `count`. */
static void add_independent(GArray *all, const double *chances, size_t count)
{
    const guint before = all->len;
    g_autofree double *old = g_memdup2(all->data, before * sizeof(double));
    g_array_set_size(all, before + (guint)count);
    double *sum = (double *)(void *)all->data;
    memset(sum, 0, all->len * sizeof *sum);
    for (guint i = 0; i < before; i++)
        for (size_t j = 0; j <= count; j++)
            sum[i + j] += old[i] * chances[j];
}

static bool add_cluster(const ChanceClip *clip, double rate, const Span *windows, size_t count, GArray *all)
{
    g_autofree unsigned char *places = g_new(unsigned char, count);
    Cluster cluster = {.watched = clip->watched,
                       .rate = rate / (double)US_PER_HOUR,
                       .windows = windows,
                       .count = count,
                       .places = places,
                       .sets = sets_new()};
    const bool fine = follow(&cluster);
    if (fine)
        add_independent(all, chances_of(cluster.sets, 0, count), count);
    g_hash_table_unref(cluster.sets);
    return fine;
}

static int compare_starts(const void *a, const void *b)
{
    const Span *left = a, *right = b;
    return left->start_us < right->start_us ? -1 : left->start_us > right->start_us;
}

static bool add_clip(const ChanceClip *clip, double rate, GArray *all)
{
    if (clip->count == 0)
        return true;
    g_autofree Span *windows = g_memdup2(clip->windows, clip->count * sizeof *windows);
    qsort(windows, clip->count, sizeof *windows, compare_starts);
    for (size_t first = 0, next = 1; first < clip->count; first = next++) {
        int64_t end_us = windows[first].end_us;
        for (; next < clip->count && windows[next].start_us < end_us; next++)
            end_us = MAX(end_us, windows[next].end_us);
        if (!add_cluster(clip, rate, windows + first, next - first, all))
            return false;
    }
    return true;
}

ChanceHits chance_hits(const ChanceClip *clips, size_t count, double rate, int64_t hits)
{
    g_assert(rate >= 0);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
    const double none = 1;
    g_array_append_val(all, none);
    for (size_t i = 0; i < count; i++)
        if (!add_clip(&clips[i], rate, all))
            return (ChanceHits){(double)NAN, (double)NAN};
    ChanceHits result = {0, hits <= 0 ? 1 : 0};
    for (guint i = all->len; i-- > 0;) { /* the small ones first */
        const double chance = g_array_index(all, double, i);
        result.expected += i * chance;
        if (hits > 0 && i >= hits)
            result.at_least += chance;
    }
    result.at_least = MIN(result.at_least, 1);
    return result;
}

/* ---- drawing */

void chance_draw(const SpanList *watched, double rate, uint32_t seed, GArray *onsets)
{
    if (!(rate > 0))
        return;
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, seed);
    const double mean_us = (double)US_PER_HOUR / rate;
    double t_us = gsl_ran_exponential(random, mean_us); /* of the watched time */
    int64_t before_us = 0;                              /* watched before this span */
    for (guint i = 0; i < watched->spans->len; i++) {
        const Span *span = &g_array_index(watched->spans, Span, i);
        const int64_t length_us = span->end_us - span->start_us;
        for (; t_us < (double)(before_us + length_us); t_us += gsl_ran_exponential(random, mean_us)) {
            const int64_t onset_us = span->start_us + (int64_t)t_us - before_us;
            g_array_append_val(onsets, onset_us);
        }
        before_us += length_us;
    }
    gsl_rng_free(random);
}

uint32_t chance_seed(const char *text)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)text, -1);
    g_checksum_get_digest(sum, digest, &length);
    return (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 | (uint32_t)digest[2] << 8 | digest[3];
}
