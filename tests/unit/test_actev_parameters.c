/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring parameters of ActEV: the public scorer's protocols, what each key of a file sets, and what is
 * refused. */
#include "evaluate/actev_tables.h"
#include "records/error.h"
#include "scratch.h"

#include <string.h>

#include "unit.h"

static char *numbers_of(const GArray *list)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%s%g", i > 0 ? " " : "", g_array_index(list, double, i));
    return g_string_free(text, FALSE);
}

static void assert_list(const GArray *list, const char *expected)
{
    g_autofree char *found = numbers_of(list);
    assert_string_equal(found, expected);
}

static const char fine[] =
    "1 0.95 0.9 0.85 0.8 0.75 0.7 0.65 0.6 0.55 0.5 0.45 0.4 0.35 0.3 0.25 0.2 0.15 0.1 0.05 ";

/* By the public scorer's own name, in any case, and by ours. */
TEST(protocols_have_their_rates)
{
    const struct {
        const char *name, *id, *rates;
        bool is_fine;
    } protocols[] = {
        {"ActEV18_AD", "actev18-ad", "1 0.2 0.15 0.1 0.03 0.01", false},
        {"ActEV18_AD_1SECOL", "actev18-ad-1secol", "1 0.2 0.15 0.1 0.03 0.01", false},
        {"ActEV18_AD_TFA", "actev18-ad-tfa", "1 0.2 0.15 0.1 0.03 0.01", false},
        {"ActEV19_AD", "actev19-ad", "1 0.2 0.15 0.1 0.03 0.01", false},
        {"ActEV19_AD_V2", "actev19-ad-v2", "0.03 0.01", true},
        {"ActEV_SDL_V1", "actev-sdl-v1", "0.04 0.03 0.01", true},
        {"ActEV_SDL_V2", "actev-sdl-v2", "0.04 0.03 0.02 0.01", true},
        {"SRL_AD_V1", "srl-ad-v1", "10 5 2 1 0.5 0.2 0.15 0.1 0.03 0.01", false},
        {"SRL_AD_V2", "srl-ad-v2", "10 5 2 1 0.5 0.2 0.15 0.1 0.03 0.01", false},
        {"SRL_AD_V3", "srl-ad-v3", "10 5 2 1 0.5 0.2 0.15 0.1 0.03 0.01", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(protocols); i++) {
        g_autofree char *upper = g_ascii_strup(protocols[i].name, -1);
        g_autofree char *rates = g_strconcat(protocols[i].is_fine ? fine : "", protocols[i].rates, NULL);
        const char *const names[] = {protocols[i].name, protocols[i].id, upper};
        for (size_t j = 0; j < G_N_ELEMENTS(names); j++) {
            g_autoptr(ActevParameters) parameters = actev_parameters_load(names[j], NULL, NULL);
            assert_non_null(parameters);
            assert_string_equal(parameters->name, protocols[i].name);
            assert_string_equal(parameters->protocol.id, protocols[i].id);
            assert_true(parameters->miss_numerator == 8 && parameters->miss_denominator == 10);
            assert_int_equal(parameters->collar, 0);
            assert_list(parameters->p_miss_at, rates);
            assert_list(parameters->w_p_miss_at, rates);
            assert_list(parameters->n_mide_at, rates);
            assert_list(parameters->by_time_at, rates);
        }
    }
}

TEST(an_unknown_protocol_is_refused_with_all_names)
{
    g_autoptr(GError) error = NULL;
    assert_null(actev_parameters_load("ActEV20", NULL, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE));
    assert_string_equal(error->message,
                        "--actev-protocol: found “ActEV20”, expected one of ActEV18_AD, ActEV18_AD_1SECOL, "
                        "ActEV18_AD_TFA, ActEV19_AD, ActEV19_AD_V2, ActEV_SDL_V1, ActEV_SDL_V2, SRL_AD_V1, "
                        "SRL_AD_V2, SRL_AD_V3");
}

TEST(each_key_of_a_file_sets_its_own)
{
    g_autofree char *path = scratch_write(
        "p.json",
        "{\"activity.temporal_overlap_delta\": 0.25, \"activity.epsilon_presenceconf_congruence\": 0.5, "
        "\"activity.epsilon_temporal_congruence\": 0.75, \"wpmiss.numerator\": 7, \"wpmiss.denominator\": "
        "1e6, "
        "\"nmide.ns_collar_size\": 2147483647, \"activity.p_miss_at_rfa_targets\": [1], "
        "\"activity.w_p_miss_at_rfa_targets\": [2, 0.5], \"activity.n_mide_at_rfa_targets\": [3], "
        "\"activity.fa_at_rfa_targets\": [4, 1e-9]}");
    g_autoptr(GError) error = NULL;
    g_autoptr(ActevParameters) parameters = actev_parameters_load("ActEV_SDL_V2", path, &error);
    if (parameters == NULL)
        fail_msg("%s", error->message);
    assert_true(parameters->protocol.threshold == 0.25 && parameters->protocol.confidence_weight == 0.5 &&
                parameters->protocol.iou_weight == 0.75);
    assert_true(parameters->miss_numerator == 7 && parameters->miss_denominator == 1e6);
    assert_int_equal(parameters->collar, INT32_MAX);
    assert_list(parameters->p_miss_at, "1");
    assert_list(parameters->w_p_miss_at, "2 0.5");
    assert_list(parameters->n_mide_at, "3");
    assert_list(parameters->by_time_at, "4 1e-09");
    /* none at all, and nought, are as good */
    g_autofree char *least =
        scratch_write("least.json", "{\"wpmiss.numerator\": 0, \"nmide.ns_collar_size\": 0, "
                                    "\"activity.p_miss_at_rfa_targets\": []}");
    g_autoptr(ActevParameters) other = actev_parameters_load("ActEV_SDL_V2", least, &error);
    assert_non_null(other);
    assert_true(other->miss_numerator == 0 && other->p_miss_at->len == 0);
}

TEST(what_is_wrong_is_refused_with_its_key)
{
    static const TestPair wrong[] = {
        {"{\"wpmiss.numerator\": -0.5}", ": wpmiss.numerator: found no number from 0 up, expected one"},
        {"{\"wpmiss.numerator\": 1000001}", ": wpmiss.numerator: found no number from 0 up, expected one"},
        {"{\"wpmiss.denominator\": \"8\"}", ": wpmiss.denominator: found no number from 0 up, expected one"},
        {"{\"nmide.ns_collar_size\": -1}",
         ": nmide.ns_collar_size: found no whole number from 0 up, expected frames"},
        {"{\"nmide.ns_collar_size\": 0.5}",
         ": nmide.ns_collar_size: found no whole number from 0 up, expected frames"},
        {"{\"nmide.ns_collar_size\": 2147483648}",
         ": nmide.ns_collar_size: found no whole number from 0 up, expected frames"},
        {"{\"activity.p_miss_at_rfa_targets\": 1}",
         ": activity.p_miss_at_rfa_targets: found no list, expected false-alarm rates above 0"},
        {"{\"activity.n_mide_at_rfa_targets\": [1, 0]}",
         ": activity.n_mide_at_rfa_targets: found an entry that is no number above 0, expected false-alarm "
         "rates"},
        {"{\"activity.fa_at_rfa_targets\": [\"1\"]}", ": activity.fa_at_rfa_targets: found an entry that is "
                                                      "no number above 0, expected false-alarm rates"},
        {"{\"wpmiss.nominator\": 1}",
         ": wpmiss.nominator: found a parameter that is not known here, expected "
         "activity.temporal_overlap_delta, activity.epsilon_…_congruence, activity.…_at_rfa_targets, "
         "wpmiss.… "
         "or nmide.ns_collar_size"},
        /* the first wrong one is told */
        {"{\"wpmiss.numerator\": -1, \"wpmiss.denominator\": 5}",
         ": wpmiss.numerator: found no number from 0 up, expected one"},
        {"[1]", ":1:1: found no JSON object (something else), expected ActEV's scoring parameters"},
        {"{\n \"a\" 1}",
         ":2:6: found no JSON object (':' expected near '1'), expected ActEV's scoring parameters"},
        {"{\"wpmiss.numerator\": 1, \"wpmiss.numerator\": 2}",
         ":1:42: found no JSON object (duplicate object key near '\"wpmiss.numerator\"'), expected ActEV's "
         "scoring parameters"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *path = scratch_write("wrong.json", wrong[i].given);
        g_autofree char *expected = g_strconcat(path, wrong[i].expected, NULL);
        g_autoptr(GError) error = NULL;
        assert_null(actev_parameters_load("ActEV_SDL_V2", path, &error));
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        assert_string_equal(error->message, expected);
    }
}

UNIT_TESTS(scratch_make, scratch_drop)
