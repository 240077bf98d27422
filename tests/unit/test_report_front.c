/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page: that it says what was claimed, what came out and how sure at once, in few words, and draws
 * it where it belongs. */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "report_look.h"

#include "evaluate/results.h"
#include "report/charts/limit_bar.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/front.h"
#include "report/html/html.h"
#include "scoring/rate.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <math.h>
#include <string.h>

static const char *const documents[] = {"tests/golden/scored/results.json",
                                        "tests/golden/replayed/results.json",
                                        "tests/data/results-sample.json"};
static const char *const languages[] = {"en", "fr"};

static json_t *load(const char *path)
{
    json_t *document = results_read(path, NULL);
    assert_non_null(document);
    return document;
}

static char *page_of(const json_t *document, const char *language)
{
    static const char *const both[] = {"en", "fr", NULL};
    g_autoptr(Texts) texts = texts_new(language, INTERVAL_LEVEL, NULL);
    gsize length;
    return html_render(document, texts, both, NULL, &length);
}

static xmlXPathObjectPtr look(xmlXPathContextPtr context, const char *path)
{
    xmlXPathObjectPtr found = xmlXPathEval(BAD_CAST path, context);
    assert_non_null(found);
    return found;
}

/* The words of the first page, one after the other: of title, notices and summary, without what is written
 * into drawings twice. Runs without white space that hold a letter or a digit. */
static GPtrArray *words_of(const char *page)
{
    xmlDocPtr document = xmlReadMemory(page, (int)strlen(page), "page", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    xmlXPathObjectPtr texts =
        look(context, "//*[local-name()='header']//text() | //*[@id='summary']//text()");
    g_autoptr(GString) all = g_string_new(NULL);
    for (int i = 0; i < texts->nodesetval->nodeNr; i++) {
        xmlChar *text = xmlNodeGetContent(texts->nodesetval->nodeTab[i]);
        g_string_append_printf(all, "%s ", (const char *)text);
        xmlFree(text);
    }
    xmlXPathFreeObject(texts);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    g_auto(GStrv) runs = g_regex_split_simple("[\\s\\x{a0}\\x{202f}]+", all->str, 0, 0);
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    for (char **run = runs; *run != NULL; run++)
        if (g_regex_match_simple("\\p{L}|\\p{N}", *run, 0, 0))
            g_ptr_array_add(words, g_strdup(*run));
    return words;
}

static char *first_words(const GPtrArray *words, guint count)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < MIN(count, words->len); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", (const char *)words->pdata[i]);
    return g_strdup(text->str);
}

/* ---- the page */

TEST(it_has_at_most_350_words)
{
    for (size_t d = 0; d < G_N_ELEMENTS(documents); d++)
        for (size_t l = 0; l < G_N_ELEMENTS(languages); l++) {
            json_t *document = load(documents[d]);
            g_autofree char *page = page_of(document, languages[l]);
            g_autoptr(GPtrArray) words = words_of(page);
            if (words->len > FRONT_MOST_WORDS || words->len < 100)
                fail_msg("%s in %s: %u words", documents[d], languages[l], words->len);
            json_decref(document);
        }
}

/* What was claimed, what came out, how sure: the first claim, what was measured of it, its verdict. */
TEST(it_answers_in_its_first_120_words)
{
    static const struct {
        const char *document, *language, *claim, *measured, *verdict;
    } answers[] = {
        {"tests/golden/scored/results.json", "en", "very few errors", "0.34 [0.18 – 0.58] 13 38.3",
         "refuted"},
        {"tests/golden/scored/results.json", "fr", "very few errors", "0,34 [0,18 0,58] 13 38,3", "réfutée"},
        {"tests/golden/replayed/results.json", "en", "very few errors", "193 [40 565]", "refuted"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
        json_t *document = load(answers[i].document);
        g_autofree char *page = page_of(document, answers[i].language);
        g_autoptr(GPtrArray) words = words_of(page);
        g_autofree char *first = first_words(words, 120);
        const char *const parts[] = {answers[i].claim, answers[i].measured, answers[i].verdict};
        const char *at = first;
        for (size_t p = 0; p < G_N_ELEMENTS(parts); p++) {
            g_auto(GStrv) tokens = g_strsplit(parts[p], " ", -1);
            for (char **token = tokens; *token != NULL; token++)
                if (g_regex_match_simple("\\p{L}|\\p{N}", *token, 0, 0)) {
                    at = strstr(at, *token);
                    if (at == NULL)
                        fail_msg("%s: “%s” is not in its place among: %s", answers[i].document, *token,
                                 first);
                }
        }
        json_decref(document);
    }
}

TEST(contents_come_after_the_answer)
{
    json_t *document = load(documents[0]);
    g_autofree char *page = page_of(document, "en");
    assert_true(strstr(page, "id=\"summary\"") < strstr(page, "<nav"));
    assert_true(strstr(page, "<nav") < strstr(page, "id=\"identity\""));
    /* the product before the rules that it is held against */
    json_t *other = load(documents[1]);
    g_autofree char *replayed = page_of(other, "en");
    const char *front = strstr(replayed, "id=\"summary\"");
    const char *measured = strstr(front, "class=\"num\"");
    assert_non_null(strstr(measured, "193 [40"));
    assert_true(strstr(measured, "193 [40") < strstr(measured, "64 [2"));
    json_decref(document);
    json_decref(other);
}

/* Words are the claimant's, the reading is the audit's. */
TEST(the_reading_stands_outside_the_quotation)
{
    json_t *document = load(documents[0]);
    json_t *claim = json_array_get(
        json_object_get(
            json_array_get(
                json_object_get(json_array_get(json_object_get(document, "scenarios"), 0), "evaluations"), 0),
            "claims"),
        0);
    json_object_set_new(claim, "text", json_string("très peu d’erreurs"));
    json_object_set_new(claim, "language", json_string("fr"));
    json_object_set_new(claim, "read_as", json_pack("{s:s,s:s}", "en", "hardly any", "fr", "presque aucune"));
    json_object_set_new(claim, "certainty", json_pack("{s:s}", "level", "low"));
    g_autofree char *page = page_of(document, "en");
    const char *front = strstr(page, "id=\"summary\"");
    assert_non_null(strstr(front, "<q lang=\"fr\">très peu d’erreurs</q>"));
    assert_non_null(strstr(front, ">Reading: hardly any (≤\u00a00.0417 per camera-hour)</th>"));
    assert_non_null(strstr(front, "<td data-label=\"Certainty if decided\">low</td>"));
    json_decref(document);
}

/* The verdicts' table says the same: the value of the claim, and the test's own under another name. */
TEST(the_precision_of_the_test_is_named_as_such)
{
    json_t *document = load(documents[0]);
    json_t *scenario = json_array_get(json_object_get(document, "scenarios"), 0);
    json_t *evaluation = json_array_get(json_object_get(scenario, "evaluations"), 0);
    json_t *claim = json_array_get(json_object_get(evaluation, "claims"), 0);
    json_t *reading = json_object_get(claim, "reading");
    json_object_set_new(reading, "metric", json_string("precision_at_prevalence"));
    json_object_set_new(claim, "value", json_real(0.22));
    g_autofree char *page = page_of(document, "en");
    assert_contains(
        page,
        "<span>22%</span><br/><span class=\"minor\">Share of alerts that are right in this test:</span>");
    json_decref(document);
}

/* A text beside what was refused or never came says why: no name to print. */
TEST(what_was_not_given_is_no_fact)
{
    static const struct {
        const char *state, *vendor;
    } states[] = {{"given", "Pathos"},
                  {"reported", "Pathos (according to others)"},
                  {"not_communicated", NULL},
                  {"refused", NULL},
                  {"not_applicable", NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        json_t *document = load(documents[0]);
        json_object_set_new(json_object_get(document, "audit"), "system",
                            json_pack("{s:{s:s,s:s}}", "vendor", "state", states[i].state, "text", "Pathos"));
        g_autoptr(Texts) texts = texts_new("en", INTERVAL_LEVEL, NULL);
        g_autofree char *text = markdown_render(document, texts);
        char *end = strstr(text, "\n---\n");
        assert_non_null(end);
        *end = '\0';
        if (states[i].vendor != NULL)
            assert_contains(text, states[i].vendor);
        else
            assert_null(strstr(text, "Pathos"));
        assert_int_equal(strstr(text, "according to others") != NULL,
                         strcmp(states[i].state, "reported") == 0);
        json_decref(document);
    }
}

TEST(markdown_begins_with_the_same_page)
{
    for (size_t l = 0; l < G_N_ELEMENTS(languages); l++) {
        json_t *document = load(documents[0]);
        g_autoptr(Texts) texts = texts_new(languages[l], INTERVAL_LEVEL, NULL);
        g_autofree char *text = markdown_render(document, texts);
        char *end = strstr(text, "\n---\n");
        assert_non_null(end);
        *end = '\0';
        assert_true(front_count_words(text) <= FRONT_MOST_WORDS);
        assert_contains(text, l == 0 ? "| **“very few errors”**" : "| **«\u202fvery few errors\u202f»**");
        assert_contains(text,
                        l == 0 ? "| 0.34 \\[0.18\u00a0–\u00a00.58\\] · 13 / 38.3\u00a0h |" : "| 0,34 \\[");
        assert_contains(text, l == 0 ? "❌ refuted" : "❌ réfutée");
        assert_contains(text, l == 0 ? "**Not tested**" : "**Non éprouvé**");
        json_decref(document);
    }
}

/* ---- how much */

TEST(words_are_counted_as_they_are_read)
{
    assert_int_equal(
        front_count_words("<p class=\"a b\">one <b>two</b>, three</p><p>four</p> — · 5\u00a0% ÷"), 5);
    assert_int_equal(front_count_words("in<b>side</b>"), 2);
    assert_int_equal(front_count_words(""), 0);
    static const struct {
        const char *text;
        unsigned words;
        const char *cut;
    } cuts[] = {{"one two three", 3, "one two three"}, {"one two three", 2, "one two …"},
                {"one, (two) three", 1, "one …"},      {"one — two", 1, "one …"},
                {"l’un et l’autre", 2, "l’un et …"},   {"", 2, ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
        g_autofree char *cut = front_cut(cuts[i].text, cuts[i].words);
        assert_string_equal(cut, cuts[i].cut);
    }
}

/* The two of the first are decided. */
TEST(results_are_left_out_round_by_round)
{
    json_t *document = load(documents[1]);
    g_autoptr(Results) results = results_load(document);
    g_autoptr(Front) front = front_new(results);
    assert_int_equal(front->claims->len, 3);
    const FrontReading *reading[3];
    static const guint all[] = {2, 1, 3};
    for (size_t i = 0; i < 3; i++) {
        const FrontClaim *claim = front->claims->pdata[i];
        assert_int_equal(claim->readings->len, 1);
        reading[i] = claim->readings->pdata[0];
        assert_int_equal(reading[i]->results->len, all[i]);
    }
    assert_int_equal(front->results, 6);
    static const unsigned shares[][3] = {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {2, 1, 0},
                                         {2, 1, 1}, {2, 1, 2}, {2, 1, 3}};
    for (unsigned n = 0; n < G_N_ELEMENTS(shares); n++)
        for (size_t i = 0; i < 3; i++)
            assert_int_equal(front_share(front, reading[i], n), shares[n][i]);
    json_decref(document);
}

/* ---- bars */

typedef struct {
    const char *metric, *op;
    double limit, value, low, high;
} Case;

static bool bar_of(const Case *c, LimitBar *bar)
{
    const double none = (double)NAN;
    ResultsClaim claim = {.value = c->value,
                          .reading = {.metric = c->metric, .op = c->op, .value = c->limit},
                          .observed = {.interval = {.low = c->low, .high = c->high}},
                          .scope = {.interval = {.low = none, .high = none}}};
    return limit_bar_of(&claim, bar);
}

TEST(bars_are_multiples_of_their_limits)
{
    const double none = (double)NAN, open = (double)INFINITY;
    static const char *const rate = "false_alerts_per_camera_hour";
    const struct {
        Case given;
        LimitBar bar;
    } drawn[] = {
        {{rate, "<=", 0.5, 2, 1, 4}, {4, 2, 8, none, none, 0, 1}},
        {{"precision", ">=", 0.8, 0.4, 0.2, 0.6}, {0.5, 0.25, 0.75, none, none, 1, open}},
        {{"rate_ratio", "within", 2, 1, 0.5, 3}, {0.5, 0.25, 1.5, none, none, 0.25, 1}},
        {{rate, "<=", 2, 0, 0, 3}, {0, 0, 1.5, none, none, 0, 1}},
        {{rate, "<=", 2, 3, none, none}, {1.5, none, none, none, none, 0, 1}},
        {{"rate_ratio", "<=", 2, 6, 1, none}, {3, 0.5, open, none, none, 0, 1}},
        {{"rate_ratio", "<=", 2, 6, none, 8}, {3, 0, 4, none, none, 0, 1}},
        /* of a claim on time another figure is observed than the one that is compared */
        {{"analysis_time_divided_by", ">=", 30, 15, 1, 2}, {0.5, none, none, none, none, 1, open}},
        /* and of a precision in deployment the test set's */
        {{"precision_at_prevalence", ">=", 0.5, 0.25, 0.6, 0.9}, {0.5, none, none, none, none, 1, open}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(drawn); i++) {
        LimitBar bar;
        assert_true(bar_of(&drawn[i].given, &bar));
        const double *found = (const double *)(const void *)&bar;
        const double *wanted = (const double *)(const void *)&drawn[i].bar;
        for (size_t k = 0; k < sizeof bar / sizeof(double); k++)
            if (isnan(wanted[k])   ? !isnan(found[k])
                : isinf(wanted[k]) ? !isinf(found[k])
                                   : !(fabs(found[k] - wanted[k]) < 1e-12))
                fail_msg("bar %zu, number %zu: found %g, expected %g", i, k, found[k], wanted[k]);
    }
    const Case not_drawn[] = {{rate, "<=", 0, 1, 0, 2},
                              {rate, "<=", 1, none, none, none},
                              {NULL, NULL, 1, 1, 0, 2},
                              {"miss_difference", "<=", 0.05, 0.2, 0.1, 0.3},
                              {"rate_ratio", "<=", none, 1, 0, 2}};
    for (size_t i = 0; i < G_N_ELEMENTS(not_drawn); i++) {
        LimitBar bar;
        assert_false(bar_of(&not_drawn[i], &bar));
    }
}

/* The interval on which a verdict about places like these rests is drawn beside the exact one; of these clips
 * alone it is not. */
TEST(the_wider_interval_is_that_of_places)
{
    ResultsClaim claim = {.value = 1,
                          .reading = {.metric = "p_miss", .op = "<=", .value = 0.5},
                          .observed = {.interval = {.low = 0.5, .high = 1}},
                          .scope = {.speaks_of = "places_like_these", .interval = {.low = 0.25, .high = 1}}};
    LimitBar bar;
    assert_true(limit_bar_of(&claim, &bar));
    assert_true(fabs(bar.wider_low - 0.5) < 1e-12 && fabs(bar.wider_high - 2) < 1e-12);
    claim.scope.speaks_of = "these_clips";
    assert_true(limit_bar_of(&claim, &bar));
    assert_true(isnan(bar.wider_low) && isnan(bar.wider_high));
}

TEST(all_bars_stand_on_one_scale)
{
    ChartScale scale = chart_scale_new(true);
    const double none = (double)NAN, open = (double)INFINITY;
    limit_bar_widen(&scale, &(LimitBar){20, 3, 900, 0.0001, 5e9, 0, 1}); /* the wider does not stretch it */
    limit_bar_widen(&scale, &(LimitBar){0, 0, open, none, none, 1, open});
    chart_scale_finish(&scale);
    assert_true(fabs(scale.low - 1) < 1e-9 && fabs(scale.high - 1000) < 1e-6);
    /* a decade is a third; what is beyond stands at the edges */
    static const double places[][2] = {
        {1, 0.03}, {10, 0.03 + 0.94 / 3}, {1000, 0.97}, {0, 0.03}, {1e7, 0.97}};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        assert_true(fabs(limit_bar_place(&scale, places[i][0]) - places[i][1]) < 1e-9);
    assert_true(fabs(limit_bar_place(&scale, open) - 0.97) < 1e-9);
}

/* The same in letters, at the same places. */
TEST(a_bar_can_be_written)
{
    const double none = (double)NAN, open = (double)INFINITY;
    const struct {
        LimitBar bar;
        const char *letters;
    } bars[] = {
        {{10, 1, 100, none, none, 0, 1}, "·····┿────●────┤"},
        {{100, 10, 1000, none, none, 0, 1}, "·····┊····├────●────┤"},
        {{0, 0, 10, none, none, 0, 1}, "○────┿────┤·····"},
        {{10, 0, 100, none, none, 0, 1}, "◂────┿────●────┤"},
        {{10, 1, open, none, none, 1, open}, "·····┿────●────▸"},
        {{100, none, none, none, none, 1, open}, "·····┊·········●"},
        {{1, none, none, none, none, 1, open}, "·····●··········"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bars); i++) {
        const int width = (int)g_utf8_strlen(bars[i].letters, -1);
        const ChartScale wide = {/* a decade is five letters */ true, 0.1, width == 16 ? 100 : 1000};
        g_autofree char *letters = limit_bar_letters(&wide, &bars[i].bar, width);
        assert_string_equal(letters, bars[i].letters);
    }
}

TEST(the_limit_is_a_tick)
{
    g_autoptr(Texts) texts = texts_new("en", INTERVAL_LEVEL, NULL);
    const Page page = {.texts = texts};
    const struct {
        double low, high;
        const char *labels;
    } scales[] = {{0.1, 10, "0.1× limit 10×"},
                  {0.001, 10000, "0.01× limit 100× 10,000×"},
                  {1, 1000, "limit 10× 100× 1,000×"}};
    for (size_t i = 0; i < G_N_ELEMENTS(scales); i++) {
        const ChartScale scale = {true, scales[i].low, scales[i].high};
        g_autoptr(GString) labels = g_string_new(NULL);
        double at;
        for (int k = 0;; k++) {
            g_autofree char *label = NULL;
            if (!limit_bar_tick(&page, &scale, k, &at, &label))
                break;
            g_string_append_printf(labels, "%s%s", k > 0 ? " " : "", label);
            if (strcmp(label, "limit") == 0)
                assert_true(fabs(at - limit_bar_place(&scale, 1)) < 1e-9);
        }
        assert_string_equal(labels->str, scales[i].labels);
    }
}

UNIT_TESTS(NULL, NULL)
