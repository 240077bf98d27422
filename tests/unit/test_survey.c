/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of alerts: what is drawn, what sheets say, and how it is settled. */
#include "survey/survey_draw.h"
#include "survey/survey_ledger.h"
#include "survey/survey_outcome.h"
#include "survey/survey_sheet.h"
#include "survey/survey_words.h"

#include "records/error.h"
#include "results/fields.h"

#include <math.h>
#include <string.h>

#include "scratch.h"
#include "unit.h"

/* ---- a log */

static AlertList *make_list(guint count)
{
    g_autoptr(GString) text = g_string_new("clip,behaviour,onset_s\n");
    for (guint i = 0; i < count; i++)
        g_string_append_printf(text, "%s,camera-tampering,%u\n", i % 4 == 0 ? "gate" : "hall", i);
    g_autofree char *path = scratch_write("log.csv", text->str);
    g_autoptr(Problems) problems = problems_new();
    AlertList *list = alert_list_read(NULL, path, problems);
    assert_non_null(list);
    return list;
}

static SurveyOrder make_order(int64_t size)
{
    return (SurveyOrder){.log = "log.csv",
                         .size = size,
                         .each = -1,
                         .half_width = (double)NAN,
                         .power = (double)NAN,
                         .level = 0.95};
}

static json_t *draw(const AlertList *list, const SurveyOrder *order)
{
    g_autoptr(GArray) earlier = g_array_new(FALSE, FALSE, sizeof(ResultsSurveyEarlier));
    GError *error = NULL;
    g_autoptr(SurveyPopulation) population = survey_population_new(list, order, &error);
    assert_null(error);
    json_t *document = survey_draw_make(list, population, order, earlier);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_true(results_check_record(&result_survey_draw, document, faults));
    return document;
}

static ResultsSurveyDraw *load_draw(const AlertList *list, const SurveyOrder *order)
{
    json_t *document = draw(list, order);
    ResultsSurveyDraw *loaded = results_load_survey_draw(document);
    json_decref(document);
    return loaded;
}

/* ---- the draw */

TEST(the_same_log_and_seed_give_the_same_draw)
{
    g_autoptr(AlertList) list = make_list(80);
    SurveyOrder order = make_order(20);
    json_t *one = draw(list, &order), *two = draw(list, &order);
    assert_true(json_equal(one, two));
    order.seed = "7";
    json_t *three = draw(list, &order);
    assert_false(json_equal(json_object_get(one, "alerts"), json_object_get(three, "alerts")));
    assert_string_equal(json_string_value(json_object_get(one, "seed")), list->sha256);
    assert_string_equal(json_string_value(json_object_get(three, "seed_from")), "given");
    json_decref(one);
    json_decref(two);
    json_decref(three);
}

TEST(a_draw_takes_each_alert_once_and_by_stratum)
{
    static const char *const by[] = {"camera", NULL};
    g_autoptr(AlertList) list = make_list(80);
    SurveyOrder order = make_order(20);
    order.by = by;
    g_autoptr(ResultsSurveyDraw) drawn = load_draw(list, &order);
    assert_int_equal(drawn->strata.count, 2);
    assert_string_equal(drawn->strata.at[0].name, "gate");
    assert_int_equal(drawn->strata.at[0].population, 20);
    assert_int_equal(drawn->strata.at[0].drawn, 5);
    assert_int_equal(drawn->strata.at[1].drawn, 15);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    int64_t line = 0, gates = 0;
    for (size_t i = 0; i < drawn->alerts.count; i++) {
        const ResultsSurveyAlert *alert = &drawn->alerts.at[i];
        assert_true(g_hash_table_add(ids, (gpointer)alert->id));
        assert_int_equal(strlen(alert->id), 8);
        assert_int_equal(strspn(alert->id, "BCDFGHJKLMNPQRSTVWXZ"), 8);
        assert_true(alert->line > line); /* in the log's order */
        line = alert->line;
        assert_string_equal(alert->clip, (alert->line - 2) % 4 == 0 ? "gate" : "hall");
        gates += alert->stratum == 0;
    }
    assert_int_equal(gates, 5);
}

/* Every alert has the same chance: over 400 seeds each of 20 is drawn about 100 times of a quarter. */
TEST(every_alert_has_the_same_chance)
{
    g_autoptr(AlertList) list = make_list(20);
    SurveyOrder order = make_order(5);
    int drawn[20] = {0};
    for (int seed = 0; seed < 400; seed++) {
        g_autofree char *text = g_strdup_printf("%d", seed);
        order.seed = text;
        g_autoptr(ResultsSurveyDraw) one = load_draw(list, &order);
        for (size_t i = 0; i < one->alerts.count; i++)
            drawn[one->alerts.at[i].line - 2]++;
    }
    for (size_t i = 0; i < 20; i++)
        assert_true(drawn[i] > 65 && drawn[i] < 135); /* four standard errors */
}

/* Bounds meet in a sample as well, of which not all was judged. */
TEST(only_a_census_judged_all)
{
    ResultsSurvey survey = {.population = 10, .share = {.low_alerts = 0, .high_alerts = 0}};
    static const struct {
        const char *method;
        int64_t high;
        const char *key;
    } shares[] = {{"census", 0, "survey.answer.known"},
                  {"census", 1, "survey.answer"},
                  {"hypergeometric", 0, "survey.answer"},
                  {"fisher", 0, "survey.answer"}};
    for (size_t i = 0; i < G_N_ELEMENTS(shares); i++) {
        survey.share.method = shares[i].method;
        survey.share.high_alerts = shares[i].high;
        g_autoptr(Phrase) said = survey_answer(&survey);
        assert_string_equal(phrase_key(said), shares[i].key);
    }
}

TEST(claims_are_read)
{
    static const struct {
        const char *text, *op;
        int64_t limit;
    } good[] = {{"< 10 %", "<", 100000},   {"<=0.05", "<=", 50000}, {">= 90%", ">=", 900000},
                {"≤ 2,5 %", "<=", 25000},  {"> 0", ">", 0},         {"≥ 33.3333 %", ">=", 333333},
                {"<1\u202f%", "<", 10000}, {"< 0.000001", "<", 1},  {"<= 0", "<=", 0}};
    static const char *const bad[] = {"10 %", "< 110 %", "<= 100 %", ">= 0",       "< 0",
                                      "> 1",  "< ten",   "< 1e-1",   "< -5 %",     "",
                                      "<",    "< 0.1.2", "< 5 .",    "< 0.0000001"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        ResultsSurveyClaim claim = {.op = NULL};
        assert_true(survey_claim_parse(good[i].text, &claim));
        assert_string_equal(claim.op, good[i].op);
        assert_int_equal(claim.limit_millionths, good[i].limit);
        assert_string_equal(finite_op_names[survey_claim_op(&claim)], good[i].op);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        ResultsSurveyClaim claim = {.op = NULL};
        if (survey_claim_parse(bad[i], &claim))
            fail_msg("“%s” was taken for a claim", bad[i]);
    }
}

/* ---- sheets */

typedef struct {
    AlertList *list;
    ResultsSurveyDraw *drawn;
    char *path;
} Sheets;

static int set_up(void **state)
{
    Sheets *sheets = g_new0(Sheets, 1);
    const SurveyOrder order = make_order(6);
    sheets->list = make_list(30);
    sheets->drawn = load_draw(sheets->list, &order);
    sheets->path = scratch_path("sheet.csv");
    *state = sheets;
    return 0;
}

static int tear_down(void **state)
{
    Sheets *sheets = *state;
    g_free(sheets->path);
    results_free_survey_draw(sheets->drawn);
    alert_list_free(sheets->list);
    g_free(sheets);
    return 0;
}

#define SHEET_TEST(name) TEST_BETWEEN(name, set_up, tear_down)

/* A sheet with these judgements, one for each alert in the draw's order; NULL: no row. */
static SurveySheet *read_words(Sheets *sheets, const char *const *words, Problems *problems)
{
    g_autoptr(GString) text = g_string_new("Judgement,Alert\n");
    for (size_t i = 0; i < sheets->drawn->alerts.count; i++)
        if (words[i] != NULL)
            g_string_append_printf(text, "%s,%s\n", words[i], sheets->drawn->alerts.at[i].id);
    assert_true(g_file_set_contents(sheets->path, text->str, -1, NULL));
    return survey_sheet_read(sheets->drawn, sheets->path, problems);
}

SHEET_TEST(words_of_both_languages_are_known)
{
    Sheets *sheets = *state;
    static const char *const words[] = {"FAUX", " Fausse  alerte", "VRAI", "juste", "Indécidable", "?"};
    static const SurveyWord expected[] = {SURVEY_FALSE, SURVEY_FALSE,       SURVEY_REAL,
                                          SURVEY_REAL,  SURVEY_UNDECIDABLE, SURVEY_UNDECIDABLE};
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(SurveySheet) sheet = read_words(sheets, words, problems);
    assert_non_null(sheet);
    assert_int_equal(sheet->judged, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(sheet->words[i], expected[i]);
        assert_int_equal(sheet->lines[i], i + 2);
    }
}

SHEET_TEST(rows_may_be_missing_or_empty)
{
    Sheets *sheets = *state;
    static const char *const words[] = {"false", NULL, "", "true", NULL, "  "};
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(SurveySheet) sheet = read_words(sheets, words, problems);
    assert_non_null(sheet);
    assert_int_equal(sheet->judged, 2);
    assert_int_equal(sheet->words[1], SURVEY_UNJUDGED);
    assert_int_equal(sheet->words[2], SURVEY_UNJUDGED);
    assert_int_equal(sheet->words[5], SURVEY_UNJUDGED);
}

SHEET_TEST(a_sheet_that_was_written_is_read_in_every_form)
{
    Sheets *sheets = *state;
    static const char *const languages[] = {"en", "fr"};
    static const char *const encodings[] = {"UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252"};
    for (size_t l = 0; l < G_N_ELEMENTS(languages); l++) {
        for (size_t e = 0; e < G_N_ELEMENTS(encodings); e++) {
            g_autoptr(GPtrArray) alerts = g_ptr_array_new();
            for (size_t i = 0; i < sheets->drawn->alerts.count; i++)
                g_ptr_array_add(alerts, (gpointer)&sheets->drawn->alerts.at[i]);
            g_autofree char *text =
                survey_sheet_write(sheets->drawn, alerts, "sheet/1", "/nowhere", texts_of(languages[l]));
            const char *begin = strcmp(encodings[e], "WINDOWS-1252") == 0 ? text + 3 : text;
            gsize length = 0;
            g_autofree char *bytes = g_convert(begin, -1, encodings[e], "UTF-8", NULL, &length, NULL);
            assert_non_null(bytes);
            assert_true(g_file_set_contents(sheets->path, bytes, (gssize)length, NULL));
            g_autoptr(Problems) problems = problems_new();
            g_autoptr(SurveySheet) sheet = survey_sheet_read(sheets->drawn, sheets->path, problems);
            assert_non_null(sheet);
            assert_int_equal(sheet->judged, 0);
            for (size_t i = 0; i < sheets->drawn->alerts.count; i++)
                assert_true(sheet->lines[i] >= 2 && sheet->lines[i] <= 7);
        }
    }
}

/* ---- settling */

static SurveySheet *sheet_of(const SurveyWord *words)
{
    SurveySheet *sheet = g_new0(SurveySheet, 1);
    sheet->file = g_strdup("sheet.csv");
    sheet->sha256 = g_strdup("0");
    sheet->words = g_memdup2(words, 6 * sizeof *words);
    sheet->lines = g_new0(int, 6);
    for (size_t i = 0; i < 6; i++)
        sheet->judged += words[i] != SURVEY_UNJUDGED;
    return sheet;
}

SHEET_TEST(what_two_say_is_settled_and_the_rest_is_open)
{
    const Sheets *sheets = *state;
    static const SurveyWord a[] = {SURVEY_FALSE,       SURVEY_FALSE, SURVEY_REAL,
                                   SURVEY_UNDECIDABLE, SURVEY_REAL,  SURVEY_UNJUDGED},
                            b[] = {SURVEY_FALSE,       SURVEY_REAL,     SURVEY_REAL,
                                   SURVEY_UNDECIDABLE, SURVEY_UNJUDGED, SURVEY_UNJUDGED},
                            c[] = {SURVEY_UNJUDGED, SURVEY_FALSE, SURVEY_UNJUDGED,
                                   SURVEY_UNJUDGED, SURVEY_REAL,  SURVEY_UNDECIDABLE};
    static const SurveyOut two[] = {SURVEY_OUT_FALSE,       SURVEY_OUT_DIFFERING, SURVEY_OUT_REAL,
                                    SURVEY_OUT_UNDECIDABLE, SURVEY_OUT_SINGLE,    SURVEY_OUT_MISSING},
                           three[] = {SURVEY_OUT_FALSE,       SURVEY_OUT_FALSE, SURVEY_OUT_REAL,
                                      SURVEY_OUT_UNDECIDABLE, SURVEY_OUT_REAL,  SURVEY_OUT_UNDECIDABLE},
                           one[] = {SURVEY_OUT_FALSE,       SURVEY_OUT_FALSE, SURVEY_OUT_REAL,
                                    SURVEY_OUT_UNDECIDABLE, SURVEY_OUT_REAL,  SURVEY_OUT_MISSING};
    g_autoptr(SurveySheet) first = sheet_of(a), second = sheet_of(b), agreed = sheet_of(c);
    SurveyJudging judging = {.draw = sheets->drawn, .first = first};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(survey_settle(&judging, i), one[i]);
    judging.second = second;
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(survey_settle(&judging, i), two[i]);
    judging.agreed = agreed;
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(survey_settle(&judging, i), three[i]);
}

SHEET_TEST(an_outcome_holds_what_was_counted)
{
    const Sheets *sheets = *state;
    static const SurveyWord a[] = {SURVEY_FALSE,       SURVEY_FALSE, SURVEY_REAL,
                                   SURVEY_UNDECIDABLE, SURVEY_REAL,  SURVEY_REAL},
                            b[] = {SURVEY_FALSE,       SURVEY_REAL, SURVEY_REAL,
                                   SURVEY_UNDECIDABLE, SURVEY_REAL, SURVEY_REAL};
    g_autoptr(SurveySheet) first = sheet_of(a), second = sheet_of(b);
    SurveyJudging judging = {.draw = sheets->drawn,
                             .draw_sha256 = "0",
                             .first = first,
                             .second = second,
                             .hours = 60,
                             .later_draws = 2};
    assert_true(survey_claim_parse("< 10 %", &judging.claim));
    judging.claim.alpha = 0.05;
    json_t *document = survey_outcome(&judging);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_true(results_check_record(&result_survey, document, faults));
    g_autoptr(ResultsSurvey) survey = results_load_survey(document);
    json_decref(document);
    const FiniteStratum stratum = {.population = 30, .drawn = 6, .marked = 1, .open = 2};
    const FiniteInterval interval = finite_interval(&stratum, 1, FINITE_FISHER, 0.95);
    assert_int_equal(survey->counts.wrong, 1);
    assert_int_equal(survey->counts.differing, 1);
    assert_int_equal(survey->counts.undecidable, 1);
    assert_int_equal(survey->share.low_alerts, interval.low);
    assert_int_equal(survey->share.high_alerts, interval.high);
    assert_true(fabs(survey->share.from - 1.0 / 6) < 1e-12 && fabs(survey->share.to - 0.5) < 1e-12);
    assert_true(fabs(survey->rate.high - (double)interval.high / 60) < 1e-12);
    assert_int_equal(survey->agreement.both, 6);
    assert_int_equal(survey->agreement.alike, 5);
    /* observed 5/6; by chance (2*1 + 3*4 + 1*1)/36 */
    assert_true(fabs(survey->agreement.kappa - (5.0 / 6 - 15.0 / 36) / (21.0 / 36)) < 1e-9);
    assert_true(survey->agreement.high <= 1 && survey->agreement.low < survey->agreement.kappa);
    assert_string_equal(survey->verdict.verdict, "not_established");
    assert_false(results_true(survey->verdict.stated_before));
    assert_int_equal(survey->later_draws, 2);
}

UNIT_TESTS(scratch_make, scratch_drop)
