/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit: whatever numbers a program gives, at the ends of their ranges and beyond, a call succeeds or
 * says what is wrong. Most telling under sanitizers. */
#include "library_given.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define PICTURES 400

/* One of the ends, mostly; seldom what is out of every range. */
typedef enum { PICK_WILD, PICK_LOW, PICK_HIGH, PICK_WITHIN } Pick;

static Pick pick(GRand *random)
{
    const int lot = g_rand_int_range(random, 0, 80);
    return lot == 0 ? PICK_WILD : lot <= 3 ? PICK_LOW : lot <= 6 ? PICK_HIGH : PICK_WITHIN;
}

static double pick_number(GRand *random, double low, double high)
{
    const double wild[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, 1e300, -1e300, 5e-324};
    const Pick which = pick(random);
    if (which == PICK_WILD)
        return wild[g_rand_int_range(random, 0, G_N_ELEMENTS(wild))];
    return which == PICK_LOW ? low : which == PICK_HIGH ? high : low + g_rand_double(random) * (high - low);
}

static int64_t pick_whole(GRand *random, int64_t low, int64_t high)
{
    const int64_t wild[] = {INT64_MIN, INT64_MAX, -1, low - 1, high < INT64_MAX ? high + 1 : high};
    const Pick which = pick(random);
    if (which == PICK_WILD)
        return wild[g_rand_int_range(random, 0, G_N_ELEMENTS(wild))];
    return which == PICK_LOW    ? low
           : which == PICK_HIGH ? high
                                : low + (int64_t)(g_rand_double(random) * (double)(high - low));
}

static VsauditBox pick_box(GRand *random, double low, double high)
{
    VsauditBox box = {pick_number(random, low, high), pick_number(random, low, high), 0, 0};
    box.w = pick_number(random, 0, (high - box.x) * 0.999);
    box.h = pick_number(random, 0, (high - box.y) * 0.999);
    return box;
}

/* ---- rules */

typedef struct {
    VsauditTrack tracks[4];
    VsauditStatic statics[2];
    VsauditFire fires[2];
    VsauditObservation observation;
} Picture;

static void draw_picture(GRand *random, Picture *picture, int64_t t_us)
{
    assert_int_equal(vsaudit_observation_init(&picture->observation, sizeof picture->observation, NULL),
                     VSAUDIT_OK);
    VsauditObservation *observation = &picture->observation;
    observation->t_us = t_us;
    observation->duration_us = pick_whole(random, 0, S(1));
    observation->no_signal = pick_whole(random, 0, 1);
    double *measures[] = {&observation->picture.luma,          &observation->picture.contrast,
                          &observation->picture.dark_share,    &observation->picture.edge_similarity,
                          &observation->picture.shift_x,       &observation->picture.changed_share,
                          &observation->picture.flow_x,        &observation->picture.flow_speed,
                          &observation->picture.flow_disorder, &observation->picture.covered_share};
    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++)
        *measures[i] = g_rand_boolean(random) ? (double)NAN : g_rand_double(random) * 0.5;
    for (size_t i = 0; i < G_N_ELEMENTS(picture->tracks); i++)
        picture->tracks[i] = (VsauditTrack){.id = i == 0 ? INT64_MIN : (int64_t)i,
                                            .object_class = pick_whole(random, 0, 3),
                                            .state = pick_whole(random, 1, 2),
                                            .box = pick_box(random, -8, 9),
                                            .foot = {pick_number(random, -8, 9), pick_number(random, -8, 9)},
                                            .vx = pick_number(random, -1000, 1000),
                                            .vy = pick_number(random, -1000, 1000),
                                            .first_us = 0,
                                            .seen_us = pick_whole(random, 0, t_us),
                                            .count = pick_whole(random, 0, 1000000)};
    for (size_t i = 0; i < G_N_ELEMENTS(picture->statics); i++)
        picture->statics[i] = (VsauditStatic){.id = (int64_t)i,
                                              .box = pick_box(random, -8, 9),
                                              .removed = pick_whole(random, 0, 1),
                                              .seen_us = t_us};
    for (size_t i = 0; i < G_N_ELEMENTS(picture->fires); i++)
        picture->fires[i] = (VsauditFire){.id = (int64_t)i,
                                          .kind = pick_whole(random, 0, 1),
                                          .box = pick_box(random, 0, 1),
                                          .area = pick_number(random, 0, 1),
                                          .share = pick_number(random, 0, 1),
                                          .flicker = pick_number(random, 0, 1)};
    observation->tracks = picture->tracks;
    observation->track_count = (size_t)g_rand_int_range(random, 0, G_N_ELEMENTS(picture->tracks) + 1);
    observation->statics = picture->statics;
    observation->static_count = (size_t)g_rand_int_range(random, 0, G_N_ELEMENTS(picture->statics) + 1);
    observation->fires = picture->fires;
    observation->fire_count = (size_t)g_rand_int_range(random, 0, G_N_ELEMENTS(picture->fires) + 1);
    observation->fires_measured = 1;
}

/* The rule in a scene that has the lines of all defaults, and a zone for every option without one. */
static VsauditRule *start_rule(const char *id)
{
    static const VsauditPoint square[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    static const VsauditZone zone = {"yard", square, 4};
    static const VsauditLine lines[] = {
        {"gate", {0.5, 0}, {0.5, 1}}, {"line", {0, 0.5}, {1, 0.5}}, {"way", {0, 0}, {1, 1}}};
    static const int64_t validations[] = {0, S(1), VSAUDIT_TIME_MAX};
    const VsauditScene scene = {&zone, 1, lines, G_N_ELEMENTS(lines), validations, G_N_ELEMENTS(validations)};
    VsauditOption options[8];
    size_t count = 0;
    VsauditOptionInfo info;
    for (size_t i = 0; vsaudit_behaviour_option(id, i, &info, sizeof info, NULL) == VSAUDIT_OK; i++)
        if (strcmp(info.type, "text") == 0 && info.initial == NULL && count < G_N_ELEMENTS(options))
            options[count++] = (VsauditOption){info.name, "yard"};
    VsauditRule *rule = NULL;
    VsauditError error = {0};
    if (vsaudit_rule_new(id, options, count, &scene, sizeof scene, 10, &rule, &error) != VSAUDIT_OK)
        fail_msg("%s: %s", id, error.message);
    return rule;
}

TEST(rules_stand_extremes)
{
    GRand *random = g_rand_new_with_seed(7);
    Picture picture;
    for (size_t b = 0; vsaudit_behaviour_id(b) != NULL; b++) {
        if (strcmp(vsaudit_behaviour_id(b), "weapon") == 0) /* has no rule, and says so */
            continue;
        VsauditRule *rule = start_rule(vsaudit_behaviour_id(b));
        int64_t t_us = 0;
        size_t seen = 0;
        for (int i = 0; i < PICTURES; i++) {
            draw_picture(random, &picture, t_us);
            VsauditError error = {0};
            const VsauditStatus status =
                vsaudit_rule_observe(rule, &picture.observation, sizeof picture.observation, &error);
            assert_true(status == VSAUDIT_OK || (status == VSAUDIT_INVALID && *error.message != '\0'));
            seen += status == VSAUDIT_OK;
            t_us += i == PICTURES - 2 ? VSAUDIT_TIME_MAX - t_us : S(0.5);
        }
        assert_true(seen > PICTURES / 8); /* many were taken */
        assert_int_equal(vsaudit_rule_finish(rule, VSAUDIT_TIME_MAX, NULL), VSAUDIT_OK);
        for (size_t i = 0; i < vsaudit_rule_alert_count(rule); i++) {
            VsauditAlert alert;
            assert_int_equal(vsaudit_rule_alert(rule, i, &alert, sizeof alert, NULL), VSAUDIT_OK);
            assert_true(alert.onset_us >= 0 && alert.onset_us <= alert.decided_us);
            assert_true(alert.decided_us <= alert.end_us && alert.end_us <= VSAUDIT_TIME_MAX);
        }
        vsaudit_rule_free(rule);
    }
    g_rand_free(random);
}

/* ---- scores */

static void play_scoring(GRand *random, const char *protocol, size_t *scored)
{
    static const VsauditOption ilids[] = {{"window", "3600"}, {"recall_bias", "0"}};
    VsauditScoring *scoring = NULL;
    VsauditError error = {0};
    const size_t option_count = strcmp(protocol, "ilids") == 0 ? 2 : 0;
    if (vsaudit_scoring_new(protocol, ilids, option_count, &scoring, &error) != VSAUDIT_OK)
        fail_msg("%s", error.message);
    const bool long_clips = strcmp(protocol, "segment") != 0; /* it goes from second to second */
    const int64_t most_us = long_clips && g_rand_boolean(random) ? VSAUDIT_TIME_MAX : S(3600);
    for (int c = 0; c < 4; c++) {
        VsauditEvent events[3];
        VsauditAlert alerts[3];
        for (size_t i = 0; i < 3; i++) {
            events[i] =
                event_at(pick_whole(random, 0, most_us - 1), pick_whole(random, most_us / 2, most_us));
            events[i].box = g_rand_boolean(random) ? (VsauditBox)VSAUDIT_NO_BOX : pick_box(random, 0, 1);
            alerts[i] = alert_at(pick_whole(random, 0, most_us));
            alerts[i].end_us =
                g_rand_boolean(random) ? VSAUDIT_TIME_UNKNOWN : pick_whole(random, most_us, most_us);
            alerts[i].confidence = pick_number(random, 0, 1);
        }
        VsauditClip clip = clip_of(events, 3, alerts, 3);
        clip.duration_us = pick_whole(random, 1, most_us);
        clip.passages = pick_whole(random, 0, 1000000000);
        clip.flags = (uint64_t)pick_whole(random, 0, 1);
        vsaudit_scoring_add_clip(scoring, &clip, sizeof clip, &error);
    }
    VsauditScore *score = NULL;
    if (vsaudit_scoring_score(scoring, &score, &error) == VSAUDIT_OK) {
        VsauditCounts counts;
        VsauditFigure figure;
        assert_int_equal(vsaudit_score_counts(score, &counts, sizeof counts, NULL), VSAUDIT_OK);
        assert_true(counts.hits >= 0 && counts.misses >= 0 && counts.false_strict >= 0 &&
                    counts.scored_us >= 0);
        for (size_t i = 0; vsaudit_score_figure(score, i, &figure, sizeof figure, NULL) == VSAUDIT_OK; i++)
            assert_true(isnan(figure.value) == (figure.reason != NULL));
        (*scored)++;
    } else {
        assert_string_equal(error.message, "scoring: found no clip, expected one at least");
    }
    vsaudit_score_free(score);
    vsaudit_scoring_free(scoring);
}

TEST(scores_stand_extremes)
{
    GRand *random = g_rand_new_with_seed(11);
    for (size_t p = 0; vsaudit_protocol_id(p) != NULL; p++) {
        size_t scored = 0;
        for (int i = 0; i < 40; i++)
            play_scoring(random, vsaudit_protocol_id(p), &scored);
        assert_true(scored > 10);
    }
    g_rand_free(random);
}

UNIT_TESTS(NULL, NULL)
