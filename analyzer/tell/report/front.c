/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The claims of the first page, and how much of it there is room for. */
#include "report/front.h"

#include "config/system_kind.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

static void reading_free(gpointer data)
{
    FrontReading *reading = data;
    g_array_unref(reading->results);
    g_ptr_array_unref(reading->scenarios);
    g_free(reading);
}

static void claim_free(gpointer data)
{
    FrontClaim *claim = data;
    g_ptr_array_unref(claim->readings);
    g_free(claim);
}

DEFINE_FREE(front_free, Front, front, g_ptr_array_unref(front->claims))

/* Both NULL is the same as well; json_equal says no of that. */
static bool same_json(const json_t *a, const json_t *b)
{
    return a == b || json_equal(a, b);
}

static bool same_words(const ResultsClaim *a, const ResultsClaim *b)
{
    return g_strcmp0(a->text, b->text) == 0 && same_json(a->source, b->source) &&
           g_strcmp0(a->date, b->date) == 0;
}

static bool same_reading(const ResultsClaim *a, const ResultsClaim *b)
{
    return same_json(a->read_as, b->read_as) && same_json(a->reading.json, b->reading.json);
}

static FrontReading *find_reading(Front *front, const ResultsClaim *claim)
{
    FrontClaim *words = NULL;
    for (guint i = 0; i < front->claims->len && words == NULL; i++) {
        FrontClaim *known = front->claims->pdata[i];
        words = same_words(known->claim, claim) ? known : NULL;
    }
    if (words == NULL) {
        words = g_new0(FrontClaim, 1);
        *words = (FrontClaim){claim, g_ptr_array_new_with_free_func(reading_free)};
        g_ptr_array_add(front->claims, words);
    }
    for (guint i = 0; i < words->readings->len; i++) {
        FrontReading *known = words->readings->pdata[i];
        if (same_reading(known->claim, claim))
            return known;
    }
    FrontReading *reading = g_new0(FrontReading, 1);
    *reading = (FrontReading){claim, g_array_new(FALSE, FALSE, sizeof(FrontResult)), g_ptr_array_new()};
    g_ptr_array_add(words->readings, reading);
    return reading;
}

/* Nothing was or can be measured: such results of one reading say the same. */
bool front_is_bare(const ResultsClaim *claim)
{
    return g_strcmp0(claim->verdict, "not_testable") == 0 && isnan(claim->value);
}

static bool is_decided(const ResultsClaim *claim)
{
    return g_strcmp0(claim->verdict, "refuted") == 0 || g_strcmp0(claim->verdict, "supported") == 0;
}

static void add_result(Front *front, const FrontResult *result)
{
    FrontReading *reading = find_reading(front, result->claim);
    if (!g_ptr_array_find(reading->scenarios, result->scenario, NULL))
        g_ptr_array_add(reading->scenarios, (gpointer)result->scenario);
    for (guint i = 0; front_is_bare(result->claim) && i < reading->results->len; i++) {
        FrontResult *known = &g_array_index(reading->results, FrontResult, i);
        if (front_is_bare(known->claim)) {
            known->merged++;
            return;
        }
    }
    guint place = reading->results->len;
    /* What is decided stands before what is not, each in the order in which it came. */
    while (is_decided(result->claim) && place > 0 &&
           !is_decided(g_array_index(reading->results, FrontResult, place - 1).claim))
        place--;
    g_array_insert_vals(reading->results, place, result, 1);
    front->results++;
}

typedef struct {
    Front *front;
    bool products;
} Pass;

static void collect(const ResultsScenario *scenario, const ResultsEvaluation *evaluation, void *user)
{
    const Pass *pass = user;
    if (system_kind_is_product(evaluation->system_kind) != pass->products)
        return;
    for (size_t i = 0; i < evaluation->claims.count; i++)
        add_result(pass->front, &(FrontResult){scenario, evaluation, &evaluation->claims.at[i], 1});
}

Front *front_new(const Results *results)
{
    Front *front = g_new0(Front, 1);
    front->claims = g_ptr_array_new_with_free_func(claim_free);
    results_visit_products_first(results, collect, &(Pass){front, true});
    results_visit_products_first(results, collect, &(Pass){front, false});
    return front;
}

/* ---- how much of it */

bool front_size(const Front *front, unsigned i, FrontSize *size)
{
    enum { MOST_RESULTS = 24 };
    /* Words that are quoted keep a long sentence whole, since its scope often stands at its end. */
    static const FrontSize texts[] = {{0, 2, 12, 0}, {0, 1, 12, 0}, {0, 0, 12, 0},
                                      {0, 0, 8, 0},  {0, 0, 6, 0},  {0, 0, 6, 36}};
    const unsigned last = G_N_ELEMENTS(texts) - 1, all = MIN(front->results, MOST_RESULTS);
    *size = texts[MIN(i, last)];
    const unsigned fewer = i > last ? i - last : 0;
    size->results = all > fewer ? all - fewer : 1;
    return i <= last || fewer < all;
}

/* Whether the reading has a result in this round, and one that is decided, or is not. */
static bool has_in_round(const FrontReading *reading, unsigned round, bool decided)
{
    return round < reading->results->len &&
           is_decided(g_array_index(reading->results, FrontResult, round).claim) == decided;
}

unsigned front_share(const Front *front, const FrontReading *reading, unsigned results)
{
    unsigned share = 0, left = MIN(results, front->results);
    /* What is decided, then the others: round by round, a result of each reading that has one there. */
    for (int pass = 0; pass < 2; pass++)
        for (unsigned round = 0; left > 0 && round < front->results; round++)
            for (guint i = 0; i < front->claims->len; i++) {
                const FrontClaim *claim = front->claims->pdata[i];
                for (guint j = 0; j < claim->readings->len && left > 0; j++) {
                    const FrontReading *other = claim->readings->pdata[j];
                    if (!has_in_round(other, round, pass == 0))
                        continue;
                    share += other == reading;
                    left--;
                }
            }
    return share;
}

static bool ends_word(gunichar c)
{
    return g_unichar_isspace(c) || c == '<';
}

unsigned front_count_words(const char *xml)
{
    unsigned words = 0;
    bool inside = false, counted = false;
    for (const char *p = xml; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (ends_word(c))
            counted = false;
        if (c == '<')
            inside = true;
        if (!inside && !counted && g_unichar_isalnum(c)) {
            counted = true;
            words++;
        }
        if (c == '>')
            inside = false;
    }
    return words;
}

FrontSize front_fit(const Front *front, FrontWriter write, void *user)
{
    FrontSize size = {0}, fits = {0};
    for (unsigned i = 0; front_size(front, i, &size); i++) {
        fits = size;
        g_autofree char *text = write(&size, user);
        if (front_count_words(text) <= FRONT_MOST_WORDS)
            break;
    }
    return fits;
}

char *front_cut(const char *text, unsigned words)
{
    unsigned count = 0;
    bool within = false;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        const bool begins = !within && g_unichar_isalnum(c);
        if (begins && count == words) {
            g_autofree char *first = g_strndup(text, (gsize)(p - text));
            char *end = first + strlen(first);
            /* no bracket, dash or comma before the dots */
            while (end > first && !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(end))))
                end = g_utf8_prev_char(end);
            *end = '\0';
            return g_strconcat(first, " …", NULL);
        }
        count += begins;
        within = !g_unichar_isspace(c) && (within || begins);
    }
    return g_strdup(text);
}

char *front_rest(const Page *page, const Front *front, unsigned results)
{
    static const char *const verdicts[] = {"refuted", "supported", "not_established", "not_testable",
                                           "other_system"};
    int64_t counts[G_N_ELEMENTS(verdicts)] = {0}, all = 0;
    for (guint i = 0; i < front->claims->len; i++) {
        const FrontClaim *claim = front->claims->pdata[i];
        for (guint j = 0; j < claim->readings->len; j++) {
            const FrontReading *reading = claim->readings->pdata[j];
            for (guint k = front_share(front, reading, results); k < reading->results->len; k++) {
                const FrontResult *result = &g_array_index(reading->results, FrontResult, k);
                for (size_t v = 0; v < G_N_ELEMENTS(verdicts); v++)
                    counts[v] += g_strcmp0(result->claim->verdict, verdicts[v]) == 0 ? result->merged : 0;
                all += result->merged;
            }
        }
    }
    if (all == 0)
        return NULL;
    g_autoptr(GString) tally = g_string_new(NULL);
    for (size_t v = 0; v < G_N_ELEMENTS(verdicts); v++) {
        g_autofree char *number = texts_integer(page->texts, counts[v]);
        if (counts[v] > 0)
            g_string_append_printf(tally, "%s%s%s%s", tally->len > 0 ? ", " : "",
                                   texts_word(page->texts, "verdict", verdicts[v]),
                                   texts_get(page->texts, "colon"), number);
    }
    return texts_count(page->texts, "front.rest", all, "tally", tally->str, NULL);
}
