/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How certain a verdict is: each reason at its edge and beside it, what it cites, and what they sum up to. */
#include "scoring/grade.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "said.h"
#include "unit.h"

#define HOUR 3.6e9

/* A test that nothing can be said against: of places, filmed, drawn by lot, all seasons and hours. */
static GradeFacts spotless(void)
{
    GradeFacts facts = grade_no_facts();
    facts.of_places = true;
    facts.clips = 100;
    facts.how = SAMPLING_RANDOM;
    facts.chosen_by = PARTY_INDEPENDENT;
    facts.dated_us = 1000 * HOUR;
    facts.undated_us = 0;
    for (int i = 0; i < GRADE_QUARTERS; i++)
        facts.by_season_us[i] = facts.by_day_us[i] = 250 * HOUR;
    facts.cameras = 40;
    facts.camera_hours = 1000;
    facts.cases = 400;
    facts.low = 0.1;
    facts.high = 0.2;
    facts.limit = 0.5;
    facts.people = 2;
    facts.blind = facts.absence = ANSWER_YES;
    facts.kappa = facts.f1 = 0.9;
    facts.mended_clips = facts.failed_clips = 0;
    facts.alerts = 300;
    facts.unwatched = 0;
    facts.seen_us = 1000 * HOUR;
    facts.unseen_us = 0;
    facts.pictures = 1000;
    facts.dropped = 0;
    facts.probes = 8;
    facts.probes_failed = 0;
    facts.capsule = 9;
    facts.capsule_failed = 0;
    facts.lock = GRADE_LOCK_HELD;
    facts.claims = 3;
    facts.lock_late = facts.lock_changes = 0;
    facts.ran_by = facts.paid_by = PARTY_INDEPENDENT;
    return facts;
}

/* What is found: "key" or "key:not_filled_in", in turn, parted by blanks. */
static char *keys_of(const GradeFacts *facts)
{
    g_autoptr(GArray) found = grade_reasons(facts);
    GString *keys = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const GradeFound *one = &g_array_index(found, GradeFound, i);
        g_string_append_printf(keys, "%s%s", i > 0 ? " " : "", grade_key(one));
        if (one->state != GRADE_STATE_FOUND)
            g_string_append_printf(keys, ":%s", grade_states[one->state - 1]);
    }
    return g_string_free(keys, FALSE);
}

static void expect(GradeFacts facts, const char *keys)
{
    g_autofree char *found = keys_of(&facts);
    assert_string_equal(found, keys);
}

#define WITH(member, value, keys)      \
    do {                               \
        GradeFacts facts = spotless(); \
        facts.member = (value);        \
        expect(facts, keys);           \
    } while (0)

TEST(nothing_lowers_a_test_without_fault)
{
    expect(spotless(), "");
    assert_int_equal(grade_level(0), GRADE_HIGH);
}

TEST(who_marked_the_footage)
{
    WITH(people, 1, "one_annotator");
    WITH(people, 0, "annotators_not_known:not_filled_in");
    WITH(people, 2, "");
    WITH(blind, ANSWER_NO, "not_blind");
    WITH(blind, ANSWER_UNKNOWN, "blind_not_known:unknown");
    WITH(blind, NOT_FILLED_IN, "blind_not_known:not_filled_in");
    WITH(absence, ANSWER_NO, "absence_not_marked");
    WITH(absence, ANSWER_UNKNOWN, "absence_not_known:unknown");
    WITH(absence, NOT_FILLED_IN, "absence_not_known:not_filled_in");
    WITH(kappa, 0.6, "");
    WITH(kappa, 0.59, "kappa_low");
    WITH(kappa, NAN, "");
    WITH(f1, 0.8, "");
    WITH(f1, 0.79, "f1_low");
    GradeFacts both = spotless(); /* one finding, told once */
    both.kappa = both.f1 = 0.1;
    expect(both, "kappa_low");
}

TEST(what_could_not_be_used)
{
    WITH(mended_clips, 5, "");
    WITH(mended_clips, 6, "clocks_mended");
    WITH(failed_clips, 5, ""); /* 5 of 105 */
    WITH(failed_clips, 6, "clips_failed");
    WITH(unwatched, 15, "");
    WITH(unwatched, 16, "alerts_not_used");
    WITH(unseen_us, 1000 * HOUR / 19, ""); /* 1 of 20 */
    WITH(unseen_us, 1000 * HOUR / 18.9, "footage_not_seen");
    WITH(dropped, 50, "");
    WITH(dropped, 51, "pictures_dropped");
    WITH(probes_failed, 1, "probes_failed");
    WITH(capsule_failed, 1, "capsule_failed");
}

TEST(whether_cameras_differ)
{
    WITH(differ_p, 0.05, "");
    WITH(differ_p, 0.049, "cameras_differ");
}

TEST(how_the_footage_was_chosen)
{
    WITH(how, SAMPLING_WHOLE, "");
    WITH(how, SAMPLING_BY_HAND, "chosen_by_hand");
    WITH(how, SAMPLING_UNKNOWN, "choice_not_known:unknown");
    WITH(how, NOT_FILLED_IN, "choice_not_known:not_filled_in");
    WITH(chosen_by, PARTY_VENDOR, ""); /* who draws by lot cannot choose */
    WITH(chosen_by, NOT_FILLED_IN, "");
    GradeFacts facts = spotless();
    facts.how = SAMPLING_BY_HAND;
    for (int party = PARTY_VENDOR; party <= PARTY_OPPONENT; party++) {
        facts.chosen_by = party;
        expect(facts, "chosen_by_hand chosen_with_a_stake");
    }
    facts.chosen_by = NOT_FILLED_IN;
    expect(facts, "chosen_by_hand chooser_not_known:not_filled_in");
    facts.chosen_by = PARTY_UNKNOWN;
    expect(facts, "chosen_by_hand chooser_not_known:unknown");
    facts.how = SAMPLING_WHOLE;
    expect(facts, "");
}

TEST(when_the_footage_was_recorded)
{
    WITH(undated_us, 1000 * HOUR / 19, "");
    WITH(undated_us, 1000 * HOUR / 18.9, "times_not_known:not_filled_in");
    GradeFacts facts = spotless();
    facts.dated_us = 0;
    expect(facts, "times_not_known:not_filled_in");
    facts = spotless();
    facts.by_season_us[2] = 50 * HOUR;
    facts.by_day_us[0] = 50 * HOUR;
    expect(facts, "");
    facts.by_season_us[2] = 49 * HOUR;
    expect(facts, "seasons_missing");
    facts.seasons_due = 0xb; /* it is not to stand for that one */
    expect(facts, "");
    facts.by_day_us[0] = 49 * HOUR;
    expect(facts, "day_missing");
    facts.day_due = 0xe;
    expect(facts, "");
    facts.seasons_due = facts.day_due = 0xf; /* of these clips alone nobody asks for what they stand */
    expect(facts, "seasons_missing day_missing");
    facts.of_places = false;
    expect(facts, "");
}

TEST(how_much_there_is)
{
    WITH(cameras, 20, "");
    WITH(cameras, 19, "few_cameras");
    WITH(camera_hours, 24, "");
    WITH(camera_hours, 23.9, "few_hours");
    WITH(camera_hours, 1, "few_hours");
    WITH(camera_hours, 0.99, "little_footage");
    WITH(cases, 1, ""); /* no share */
    GradeFacts share = spotless();
    share.is_share = true;
    share.camera_hours = 0.5;
    share.cases = 50;
    expect(share, "");
    share.cases = 49;
    expect(share, "few_cases");
    WITH(limit, 0.1, "limit_within");
    WITH(limit, 0.2, "limit_within");
    WITH(limit, 0.201, "");
    WITH(limit, 0.099, "");
}

TEST(whether_the_plan_was_fixed)
{
    WITH(lock, GRADE_LOCK_NONE, "not_locked");
    GradeFacts facts = spotless();
    facts.lock = GRADE_LOCK_CHANGED;
    facts.lock_late = 1;
    expect(facts, "locked_late");
    facts.lock_changes = 2;
    expect(facts, "locked_late lock_changed");
    facts.lock_late = 0;
    expect(facts, "lock_changed");
}

TEST(who_had_a_stake)
{
    for (int party = PARTY_VENDOR; party <= PARTY_OPPONENT; party++) {
        WITH(ran_by, party, "stake");
        WITH(paid_by, party, "stake");
    }
    WITH(ran_by, PARTY_UNKNOWN, "stake_not_known:unknown");
    WITH(paid_by, NOT_FILLED_IN, "stake_not_known:not_filled_in");
    GradeFacts facts = spotless(); /* a stake that is known is told before a blank */
    facts.ran_by = NOT_FILLED_IN;
    facts.paid_by = PARTY_VENDOR;
    expect(facts, "stake");
}

/* Of these clips alone it does not matter whom they stand for; of drawn ones nobody chose or marked any. */
TEST(what_a_verdict_speaks_of_decides_which_reasons_it_has)
{
    GradeFacts facts = grade_no_facts();
    facts.clips = 4;
    facts.cameras = 1;
    facts.claims = 1;
    facts.dated_us = 0;
    facts.undated_us = HOUR;
    expect(facts, "annotators_not_known:not_filled_in blind_not_known:not_filled_in "
                  "absence_not_known:not_filled_in not_locked stake_not_known:not_filled_in");
    facts.of_places = true;
    expect(facts, "annotators_not_known:not_filled_in blind_not_known:not_filled_in "
                  "absence_not_known:not_filled_in choice_not_known:not_filled_in "
                  "chooser_not_known:not_filled_in few_cameras times_not_known:not_filled_in not_locked "
                  "stake_not_known:not_filled_in");
    facts.drawn = true;
    expect(facts, "drawn not_locked stake_not_known:not_filled_in");
    facts.of_places = false;
    expect(facts, "drawn not_locked stake_not_known:not_filled_in");
}

/* Nothing is known, so nothing can be cited, so there is no reason but those that cite a number of parts. */
TEST(no_reason_without_its_figure)
{
    GradeFacts facts = grade_no_facts();
    facts.of_places = true;
    expect(facts, "stake_not_known:not_filled_in");
    facts.people = 1;
    facts.how = SAMPLING_BY_HAND;
    facts.chosen_by = PARTY_VENDOR;
    facts.drawn = false;
    expect(facts, "one_annotator stake_not_known:not_filled_in");
}

/* A blank lowers no less than the worst answer: nobody gains by leaving one. */
TEST(a_blank_lowers_as_much_as_the_worst_answer)
{
    GradeFacts worst = spotless(), blank = spotless();
    worst.people = 1;
    worst.blind = worst.absence = ANSWER_NO;
    worst.how = SAMPLING_BY_HAND;
    worst.chosen_by = worst.ran_by = worst.paid_by = PARTY_VENDOR;
    for (int i = 1; i < GRADE_QUARTERS; i++)
        worst.by_season_us[i] = worst.by_day_us[i] = 0;
    blank.people = 0;
    blank.blind = blank.absence = blank.how = NOT_FILLED_IN;
    blank.chosen_by = blank.ran_by = blank.paid_by = NOT_FILLED_IN;
    blank.dated_us = 0;
    blank.undated_us = 1000 * HOUR;
    int sums[2][GRADE_DOMAINS] = {{0}};
    const GradeFacts *both[] = {&worst, &blank};
    for (int b = 0; b < 2; b++) {
        g_autoptr(GArray) found = grade_reasons(both[b]);
        for (guint i = 0; i < found->len; i++) {
            const GradeFound *one = &g_array_index(found, GradeFound, i);
            sums[b][grade_domain(one)] += grade_lowers(one);
        }
    }
    assert_memory_equal(sums[0], sums[1], sizeof sums[0]);
    assert_int_equal(sums[0][GRADE_BIAS], 3);
    assert_int_equal(sums[0][GRADE_INDIRECTNESS], 4);
    assert_int_equal(sums[0][GRADE_REPORTING], 1);
}

TEST(a_domain_lowers_by_two_at_most_and_no_level_is_below_the_last)
{
    assert_int_equal(grade_lowered((const int[GRADE_DOMAINS]){3, 0, 0, 0, 0}), 2);
    assert_int_equal(grade_lowered((const int[GRADE_DOMAINS]){2, 1, 0, 0, 0}), 3);
    assert_int_equal(grade_lowered((const int[GRADE_DOMAINS]){9, 9, 9, 9, 9}), 10);
    assert_int_equal(grade_level(1), GRADE_MODERATE);
    assert_int_equal(grade_level(2), GRADE_LOW);
    assert_int_equal(grade_level(3), GRADE_VERY_LOW);
    assert_int_equal(grade_level(10), GRADE_VERY_LOW);
    assert_string_equal(grade_levels[GRADE_VERY_LOW], "very_low");
}

TEST(by_how_much_very_serious_reasons_lower)
{
    GradeFacts facts = spotless();
    facts.drawn = true;
    facts.capsule_failed = 3;
    facts.camera_hours = 0.5;
    facts.probes_failed = 1;
    g_autoptr(GArray) found = grade_reasons(&facts);
    static const int lowers[] = {1, 2, 2, 2}; /* probes_failed capsule_failed drawn little_footage */
    assert_int_equal(found->len, 4);
    for (guint i = 0; i < 4; i++)
        assert_int_equal(grade_lowers(&g_array_index(found, GradeFound, i)), lowers[i]);
}

TEST(a_period_says_which_seasons_are_due)
{
    assert_int_equal(grade_season_of(12), 0);
    assert_int_equal(grade_season_of(2), 0);
    assert_int_equal(grade_season_of(3), 1);
    assert_int_equal(grade_season_of(11), 3);
    assert_int_equal(grade_seasons(2024, 7, 2024, 7), 0x4);
    assert_int_equal(grade_seasons(2024, 8, 2024, 9), 0xc);
    assert_int_equal(grade_seasons(2024, 11, 2025, 1), 0x9);
    assert_int_equal(grade_seasons(2024, 1, 2024, 12), 0xf);
    assert_int_equal(grade_seasons(2020, 7, 2029, 7), 0xf);
    assert_int_equal(grade_seasons(2024, 7, 2024, 6), 0);
}

TEST(hours_say_which_parts_of_the_day_are_due)
{
    assert_int_equal(grade_day(0, 24), 0xf);
    assert_int_equal(grade_day(6, 12), 0x2);
    assert_int_equal(grade_day(5.5, 12.5), 0x7);
    assert_int_equal(grade_day(18, 2), 0x9);
    assert_int_equal(grade_day(18, 0), 0x8);
    assert_int_equal(grade_day(17, 7), 0xf);
}

static char *sentence(const GradeFacts *facts, const char *key)
{
    g_autoptr(GArray) found = grade_reasons(facts);
    for (guint i = 0; i < found->len; i++) {
        const GradeFound *one = &g_array_index(found, GradeFound, i);
        if (strcmp(grade_key(one), key) == 0)
            return said_in_english(grade_sentence(one));
    }
    fail_msg("%s: not found", key);
    return NULL;
}

#define SAYS(facts, key, words)                           \
    do {                                                  \
        g_autofree char *found = sentence(&(facts), key); \
        assert_string_equal(found, words);                \
    } while (0)

TEST(reasons_are_told_with_their_figures)
{
    GradeFacts facts = spotless();
    facts.people = 1;
    facts.mended_clips = 12;
    facts.how = SAMPLING_BY_HAND;
    facts.chosen_by = PARTY_OPERATOR;
    facts.by_season_us[0] = facts.by_season_us[1] = facts.by_season_us[3] = 0;
    facts.camera_hours = 12.5;
    facts.kappa = 0.41;
    facts.differ_p = 0.012;
    facts.ran_by = PARTY_VENDOR;
    facts.blind = NOT_FILLED_IN;
    facts.absence = ANSWER_UNKNOWN;
    SAYS(facts, "one_annotator", "What truly happened was marked by 1 person alone.");
    SAYS(facts, "clocks_mended",
         "The clock of the file had to be put right on 12 of 100 clips, more than 5%.");
    SAYS(facts, "chosen_with_a_stake",
         "Whoever chose the footage (100 clips) has a stake in the outcome: the operator of the system.");
    SAYS(facts, "seasons_missing",
         "The footage covers 1 of the 4 seasons for which it is to stand (of three months each, from "
         "December on).");
    SAYS(facts, "few_hours", "12.5 camera-hours are little: less than one day of one camera (24).");
    SAYS(facts, "kappa_low", "Annotators agree little with one another: κ = 0.41, below 0.6.");
    SAYS(facts, "cameras_differ", "Cameras differ more than chance explains (p = 0.012).");
    SAYS(facts, "stake",
         "Somebody with a stake in the outcome had 1 of the 2 parts in the test, to run it and to pay for it "
         "(run by: the vendor of a system that is tested; paid for by: somebody independent).");
    SAYS(facts, "blind_not_known",
         "Whether what truly happened was marked without knowing what the systems had said (100 clips): not "
         "filled in by the audit.");
    SAYS(facts, "absence_not_known",
         "Whether all of the footage was watched, so that no mark means no event (100 clips): not known, as "
         "the "
         "audit says.");
}

UNIT_TESTS(NULL, NULL)
