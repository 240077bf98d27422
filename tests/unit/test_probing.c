/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/probing.h"

#include <math.h>

#include "unit.h"

#define S(seconds) ((int64_t)((seconds)*1e6))

typedef struct {
    double onset_s, decided_s, confidence;
} Said;

static GPtrArray *list(const Said *said, size_t count)
{
    GPtrArray *alerts = alert_array_new();
    for (size_t i = 0; i < count; i++) {
        Alert *alert = alert_new("intrusion", S(said[i].onset_s), S(said[i].decided_s));
        alert->confidence = said[i].confidence;
        g_ptr_array_add(alerts, alert);
    }
    return alerts;
}

static Probing compare(const Said *recorded, size_t recorded_count, const Said *probed, size_t probed_count,
                       ProbingRule rule)
{
    g_autoptr(GPtrArray) a = list(recorded, recorded_count), b = list(probed, probed_count);
    Probing probing;
    probing_compare(a, b, &rule, &probing);
    return probing;
}
#define COMPARE(a, b, ...) compare(a, G_N_ELEMENTS(a), b, G_N_ELEMENTS(b), (ProbingRule){__VA_ARGS__})

/* One of three differs in nothing but its confidence. */
TEST(the_very_same_is_the_same_in_all)
{
    static const Said recorded[] = {{1, 2, NAN}, {1, 2, NAN}, {5, 6, 0.5}};
    static const Said probed[] = {{1, 2, NAN}, {5, 6, 0.25}, {1, 2, NAN}};
    Probing found = COMPARE(recorded, recorded, .exact = true);
    assert_int_equal(found.matched, 3);
    assert_true(probing_agrees(&found, true, 0));
    probing_clear(&found);
    found = COMPARE(recorded, probed, .exact = true);
    assert_int_equal(found.matched, 2);
    assert_false(probing_agrees(&found, true, 0));
    probing_clear(&found);
}

/* 1.0, 2.0 and 1.9, 2.9 within 0.9: 1.0 with 1.9 and 2.0 with 2.9, though 2.0 and 1.9 are nearer. */
TEST(as_many_as_can_be_are_matched)
{
    static const Said recorded[] = {{0, 1, NAN}, {0, 2, NAN}}, probed[] = {{0, 1.9, NAN}, {0, 2.9, NAN}};
    Probing found = COMPARE(recorded, probed, .tolerance_us = S(0.9));
    assert_int_equal(found.matched, 2);
    assert_int_equal(probing_median_us(found.moves), S(0.9));
    probing_clear(&found);
    found = COMPARE(recorded, probed, .tolerance_us = S(0.9) - 1);
    assert_int_equal(found.matched, 1);
    assert_int_equal(probing_median_us(found.moves), -S(0.1));
    assert_int_equal(probing_median_us(found.apart), S(1.9));
    probing_clear(&found);
}

/* What stays where it was is no alert that came half a second later. */
TEST(alerts_must_move)
{
    static const Said recorded[] = {{1, 1, NAN}, {9, 9, NAN}}, moved[] = {{1.5, 1.5, NAN}, {9.5, 9.6, NAN}};
    Probing found = COMPARE(recorded, moved, .tolerance_us = S(0.2), .later_us = S(0.5));
    assert_int_equal(found.matched, 2);
    probing_clear(&found);
    found = COMPARE(recorded, recorded, .tolerance_us = S(0.2), .later_us = S(0.5));
    assert_int_equal(found.matched, 0);
    assert_int_equal(probing_median_us(found.moves), TIME_UNKNOWN);
    probing_clear(&found);
}

/* A pause from 5 s to 8 s: 4.9 stays, 5.0 is expected at 8.0; what begins or is raised in it is about it. */
TEST(a_pause_is_left_out)
{
    static const Said recorded[] = {{4, 4.9, NAN}, {5, 5, NAN}};
    static const Said probed[] = {{4, 4.9, NAN}, {5, 8, NAN}, {4, 6, NAN}, {8, 8, NAN}};
    Probing found =
        COMPARE(recorded, probed, .tolerance_us = 0, .later_us = S(3), .from_us = S(5), .gap_us = S(3));
    assert_int_equal(found.left_out, 2);
    assert_int_equal(found.probed, 2);
    assert_int_equal(found.matched, 2);
    assert_true(probing_agrees(&found, false, 1));
    probing_clear(&found);
}

/* On from 4 s to 9 s as recorded, through the pause from 5 s to 8 s: raised again at 11 s it is the same one,
 * at 12.5 s, after it would have ended, another; and twice it is not raised again. */
TEST(what_was_on_may_be_raised_again)
{
    static const double again[] = {11, 12.5};
    for (size_t i = 0; i < G_N_ELEMENTS(again); i++) {
        static const Said recorded[] = {{4, 4, NAN}};
        const Said probed[] = {{4, 4, NAN}, {8, again[i], NAN}, {8, again[i], NAN}};
        g_autoptr(GPtrArray) a = list(recorded, 1), b = list(probed, i == 0 ? 3 : 2);
        ((Alert *)g_ptr_array_index(a, 0))->end_us = S(9);
        const ProbingRule rule = {.tolerance_us = S(1), .later_us = S(3), .from_us = S(5), .gap_us = S(3)};
        Probing found;
        probing_compare(a, b, &rule, &found);
        assert_int_equal(found.left_out, i == 0 ? 1 : 0);
        assert_int_equal(found.probed, 2);
        assert_int_equal(found.matched, 1);
        probing_clear(&found);
    }
}

/* What is left out, here at 8.5 s, is not the nearest to one that has no fellow: expected at 9 s, that is 12
 * s. */
TEST(what_is_left_out_lies_near_nothing)
{
    static const Said recorded[] = {{4, 4, NAN}, {6, 6, NAN}};
    static const Said probed[] = {{4, 4, NAN}, {8, 8.5, NAN}, {12, 12, NAN}};
    Probing found =
        COMPARE(recorded, probed, .tolerance_us = S(0.1), .later_us = S(3), .from_us = S(5), .gap_us = S(3));
    assert_int_equal(found.left_out, 1);
    assert_int_equal(found.matched, 1);
    assert_int_equal(probing_median_us(found.apart), S(3));
    probing_clear(&found);
}

/* What is there from the first picture on is alerted to at the same time; what begins at 0.5 s moves. */
TEST(what_the_first_picture_shows_does_not_move)
{
    static const Said recorded[] = {{0, 2, NAN}, {0.499, 3, NAN}, {0.5, 0.5, NAN}},
                      probed[] = {{0, 2, NAN}, {1, 1, NAN}};
    Probing found = COMPARE(recorded, probed, .tolerance_us = 0, .later_us = S(0.5), .start_us = S(0.5));
    assert_int_equal(found.left_out, 1);
    assert_int_equal(found.left_recorded, 2);
    Probing sum = {.left_recorded = 1,
                   .moves = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                   .apart = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    probing_add(&sum, &found);
    assert_int_equal(sum.left_recorded, 3);
    probing_clear(&sum);
    assert_int_equal(found.recorded, 1);
    assert_int_equal(found.probed, 1);
    assert_int_equal(found.matched, 1);
    probing_clear(&found);
}

/* 4 of 5 is 0.8; of the side that has more. */
TEST(agreement_is_a_share_of_the_larger_side)
{
    Probing found = {.recorded = 4, .probed = 5, .matched = 4};
    assert_true(probing_agrees(&found, false, 0.8));
    assert_false(probing_agrees(&found, false, 0.81));
    found = (Probing){.recorded = 5, .probed = 4, .matched = 4};
    assert_true(probing_agrees(&found, false, 0.8));
    assert_false(probing_agrees(&found, true, 0.8));
    found = (Probing){.recorded = 20, .probed = 20, .matched = 11};
    assert_true(probing_agrees(&found, false, 0.55)); /* 0.55 * 20 is a little more than 11 */
    found = (Probing){.recorded = 0};
    assert_true(probing_agrees(&found, true, 1));
}

TEST(clips_are_added)
{
    static const Said recorded[] = {{1, 1, NAN}}, later[] = {{1, 1.25, NAN}};
    Probing sum = COMPARE(recorded, later, .tolerance_us = S(1));
    Probing other = COMPARE(recorded, recorded, .tolerance_us = S(1));
    probing_add(&sum, &other);
    assert_int_equal(sum.recorded, 2);
    assert_int_equal(sum.matched, 2);
    assert_int_equal(probing_median_us(sum.moves), S(0.125)); /* of 0 and 0.25 */
    probing_clear(&sum);
    probing_clear(&other);
}

UNIT_TESTS(NULL, NULL)
