/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit's rules: on every conformance vector the same alerts and counters as the rule behind them; an
 * error for whatever is wrong. */
#include "conform/vector.h"
#include "library_given.h"

#include <math.h>
#include <string.h>

#include "unit.h"

/* ---- the same as inside */

static VsauditBox box_out(Box box)
{
    return (VsauditBox){box.x, box.y, box.w, box.h};
}

/* A scene as a program gives it; the arrays are owned. */
static VsauditScene scene_out(const Scene *scene, GPtrArray *owned)
{
    VsauditZone *zones = g_new0(VsauditZone, g_hash_table_size(scene->zones) + 1);
    VsauditLine *lines = g_new0(VsauditLine, g_hash_table_size(scene->lines) + 1);
    g_ptr_array_add(owned, zones);
    g_ptr_array_add(owned, lines);
    VsauditScene out = {.zones = zones, .lines = lines};
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, scene->zones);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const Polygon *polygon = value;
        VsauditPoint *points = g_new(VsauditPoint, polygon->count);
        g_ptr_array_add(owned, points);
        for (size_t i = 0; i < polygon->count; i++)
            points[i] = (VsauditPoint){polygon->points[i].x, polygon->points[i].y};
        zones[out.zone_count++] = (VsauditZone){name, points, polygon->count};
    }
    g_hash_table_iter_init(&iter, scene->lines);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const Segment *segment = value;
        lines[out.line_count++] =
            (VsauditLine){name, {segment->a.x, segment->a.y}, {segment->b.x, segment->b.y}};
    }
    if (scene->validations != NULL) {
        static const int64_t none = 0;
        out.validation_count = scene->validations->len;
        out.validations_us =
            out.validation_count > 0 ? (const int64_t *)(const void *)scene->validations->data : &none;
    }
    return out;
}

static VsauditTrack *tracks_out(const Observation *observation)
{
    VsauditTrack *tracks = g_new0(VsauditTrack, observation->track_count + 1);
    for (size_t i = 0; i < observation->track_count; i++) {
        const TrackObservation *own =
            &observation->tracks[observation->track_count - 1 - i]; /* in any order */
        tracks[i] = (VsauditTrack){.id = own->id,
                                   .object_class = own->class,
                                   .state = own->state,
                                   .box = box_out(own->box),
                                   .foot = {own->foot.x, own->foot.y},
                                   .vx = own->vx,
                                   .vy = own->vy,
                                   .first_us = own->first_us,
                                   .seen_us = own->seen_us,
                                   .count = own->count};
    }
    return tracks;
}

static VsauditStatic *statics_out(const Observation *observation)
{
    VsauditStatic *statics = g_new0(VsauditStatic, observation->static_count + 1);
    for (size_t i = 0; i < observation->static_count; i++) {
        const StaticObservation *own = &observation->statics[i];
        statics[i] = (VsauditStatic){own->id, box_out(own->box), own->removed, own->since_us, own->seen_us};
    }
    return statics;
}

static VsauditFire *fires_out(const Observation *observation)
{
    VsauditFire *fires = g_new0(VsauditFire, observation->fire_count + 1);
    for (size_t i = 0; i < observation->fire_count; i++) {
        const FireObservation *own = &observation->fires[i];
        fires[i] = (VsauditFire){own->id,    own->kind,    box_out(own->box), own->area,
                                 own->share, own->flicker, own->since_us};
    }
    return fires;
}

static void observe(VsauditRule *rule, const Observation *own)
{
    g_autofree VsauditTrack *tracks = tracks_out(own);
    g_autofree VsauditStatic *statics = statics_out(own);
    g_autofree VsauditFire *fires = fires_out(own);
    const QualityObservation *quality = &own->quality;
    const MotionObservation *motion = &own->motion;
    const VsauditObservation observation = {
        .t_us = own->t_us,
        .duration_us = own->duration_us,
        .no_signal = !own->signal,
        .picture = {.luma = quality->luma,
                    .contrast = quality->contrast,
                    .dark_share = quality->dark_share,
                    .bright_share = quality->bright_share,
                    .sharpness = quality->sharpness,
                    .sharpness_ratio = quality->sharpness_ratio,
                    .edge_similarity = quality->edge_similarity,
                    .covered_share = quality->covered_share,
                    .shift_x = quality->shift_x,
                    .shift_y = quality->shift_y,
                    .shift_response = quality->shift_response,
                    .changed_share = quality->changed_share,
                    .frozen_s = quality->frozen_s,
                    .foreground_share = motion->foreground_share,
                    .flow_x = motion->flow_x,
                    .flow_y = motion->flow_y,
                    .flow_speed = motion->flow_speed,
                    .flow_disorder = motion->flow_disorder},
        .tracks = tracks,
        .track_count = own->track_count,
        .statics = statics,
        .static_count = own->static_count,
        .fires = fires,
        .fire_count = own->fire_count,
        .fires_measured = own->fires_measured,
    };
    VsauditError error = {0};
    if (vsaudit_rule_observe(rule, &observation, sizeof observation, &error) != VSAUDIT_OK)
        fail_msg("%s", error.message);
}

static void check_alerts(const VsauditRule *rule, const BehaviourRun *run, const char *name)
{
    const GPtrArray *alerts = behaviour_run_alerts(run);
    if (vsaudit_rule_alert_count(rule) != alerts->len)
        fail_msg("%s: %zu alerts, expected %u", name, vsaudit_rule_alert_count(rule), alerts->len);
    for (guint i = 0; i < alerts->len; i++) {
        const Alert *inner = g_ptr_array_index(alerts, i);
        VsauditAlert outer;
        assert_int_equal(vsaudit_rule_alert(rule, i, &outer, sizeof outer, NULL), VSAUDIT_OK);
        assert_int_equal(outer.onset_us, inner->onset_us);
        assert_int_equal(outer.decided_us, inner->decided_us);
        assert_int_equal(outer.end_us, inner->end_us);
        assert_string_equal(outer.label != NULL ? outer.label : "", inner->label != NULL ? inner->label : "");
        assert_true(isnan(inner->confidence)
                        ? outer.confidence < 0
                        : outer.confidence >= inner->confidence && outer.confidence <= inner->confidence);
        assert_memory_equal(&outer.box, &inner->box, sizeof outer.box);
        assert_int_equal(outer.track_count, inner->track_ids != NULL ? inner->track_ids->len : 0);
        if (outer.track_count > 0)
            assert_memory_equal(outer.track_ids, inner->track_ids->data, outer.track_count * sizeof(int64_t));
    }
}

static void check_counters(const VsauditRule *rule, const BehaviourRun *run)
{
    json_t *inner = behaviour_run_counters(run);
    size_t count = 0;
    int64_t value = -1;
    for (const char *name; (name = vsaudit_rule_counter(rule, count, &value)) != NULL; count++)
        assert_int_equal(value, json_integer_value(json_object_get(inner, name)));
    assert_int_equal(count, json_object_size(inner));
    json_decref(inner);
}

static size_t play_vector(const Vector *vector, const VectorSampling *sampling)
{
    const ParamList *params = vector_params(vector);
    g_autofree VsauditOption *options = g_new0(VsauditOption, params->params->len + 1);
    for (guint i = 0; i < params->params->len; i++) {
        const Param *param = g_ptr_array_index(params->params, i);
        options[i] = (VsauditOption){param->name, param->value};
    }
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    const VsauditScene scene = scene_out(vector_scene(vector), owned);
    VsauditRule *rule = NULL;
    VsauditError error = {0};
    const VsauditStatus status = vsaudit_rule_new(vector_behaviour(vector)->id, options, params->params->len,
                                                  &scene, sizeof scene, vector_aspect(vector), &rule, &error);
    if (vector_refusal(vector) != NULL) {
        check_refused(status, VSAUDIT_INVALID, &error, vector_refusal(vector));
        assert_null(rule);
        return 0;
    }
    if (status != VSAUDIT_OK)
        fail_msg("%s: %s", vector_name(vector), error.message);
    g_autoptr(GPtrArray) pictures = vector_sample(vector, sampling);
    for (guint i = 0; i < pictures->len; i++)
        observe(rule, g_ptr_array_index(pictures, i));
    const int64_t end_us = time_from_seconds(vector_duration_s(vector));
    assert_int_equal(vsaudit_rule_finish(rule, end_us, &error), VSAUDIT_OK);
    g_autoptr(BehaviourRun) run = vector_run(vector, sampling, NULL, NULL);
    assert_non_null(run);
    check_alerts(rule, run, vector_name(vector));
    check_counters(rule, run);
    vsaudit_rule_free(rule);
    return behaviour_run_alerts(run)->len;
}

TEST(vectors_give_the_same_alerts)
{
    size_t vectors = 0, alerts = 0;
    for (size_t b = 0; vsaudit_behaviour_id(b) != NULL; b++) {
        g_autofree char *folder =
            g_build_filename("tests/conformance/behaviours", vsaudit_behaviour_id(b), NULL);
        g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
        assert_non_null(dir);
        for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
            if (!g_str_has_suffix(name, ".json")) /* products' words have folders of their own */
                continue;
            g_autofree char *path = g_build_filename(folder, name, NULL);
            g_autoptr(Vector) vector = vector_load(path, NULL);
            assert_non_null(vector);
            const VectorSampling *sampling = &vector_samplings[vectors++ % vector_sampling_count];
            if (vector_holds_at(vector, sampling->rate))
                alerts += play_vector(vector, sampling);
        }
    }
    assert_true(vectors > 100 && alerts > 50);
}

/* ---- what is wrong */

static VsauditRule *new_rule(const char *behaviour)
{
    static const VsauditPoint square[] = {{0.1, 0.1}, {0.9, 0.1}, {0.9, 0.9}, {0.1, 0.9}};
    static const VsauditZone zone = {"yard", square, 4};
    static const VsauditOption option = {"zone", "yard"};
    const VsauditScene scene = {.zones = &zone, .zone_count = 1};
    VsauditRule *rule = NULL;
    VsauditError error = {0};
    if (vsaudit_rule_new(behaviour, &option, 1, &scene, sizeof scene, 1.5, &rule, &error) != VSAUDIT_OK)
        fail_msg("%s", error.message);
    return rule;
}

static VsauditObservation observation_at(int64_t t_us)
{
    VsauditObservation observation;
    assert_int_equal(vsaudit_observation_init(&observation, sizeof observation, NULL), VSAUDIT_OK);
    observation.t_us = t_us;
    return observation;
}

static VsauditTrack track_at(int64_t t_us)
{
    return (VsauditTrack){.id = 1,
                          .object_class = VSAUDIT_OBJECT_PERSON,
                          .state = VSAUDIT_TRACK_CONFIRMED,
                          .box = {0.4, 0.3, 0.1, 0.3},
                          .foot = {(double)NAN, (double)NAN},
                          .first_us = 0,
                          .seen_us = t_us,
                          .count = 1};
}

TEST(a_program_watches_an_intrusion)
{
    VsauditRule *rule = new_rule("intrusion");
    size_t first = 0;
    for (int64_t t_us = 0; t_us <= S(10); t_us += S(0.1)) {
        VsauditObservation observation = observation_at(t_us);
        const VsauditTrack track = track_at(t_us);
        observation.tracks = &track;
        observation.track_count = t_us >= S(2) && t_us < S(7);
        assert_int_equal(vsaudit_rule_observe(rule, &observation, sizeof observation, NULL), VSAUDIT_OK);
        if (first == 0 && vsaudit_rule_alert_count(rule) > 0) {
            VsauditAlert open;
            assert_int_equal(vsaudit_rule_alert(rule, 0, &open, sizeof open, NULL), VSAUDIT_OK);
            assert_int_equal(open.onset_us, S(2)); /* told while it goes on */
            assert_true(open.end_us == VSAUDIT_TIME_UNKNOWN && open.decided_us == t_us);
            first = (size_t)t_us;
        }
    }
    assert_int_equal(vsaudit_rule_finish(rule, S(11), NULL), VSAUDIT_OK);
    assert_int_equal(vsaudit_rule_alert_count(rule), 1);
    VsauditAlert alert;
    assert_int_equal(vsaudit_rule_alert(rule, 0, &alert, sizeof alert, NULL), VSAUDIT_OK);
    assert_int_equal(alert.decided_us, first);
    assert_true(alert.end_us > S(6) && alert.end_us <= S(11));
    assert_int_equal(alert.track_count, 1);
    assert_int_equal(alert.track_ids[0], 1);
    assert_int_equal(vsaudit_rule_alert(rule, 1, &alert, sizeof alert, NULL), VSAUDIT_NOT_FOUND);
    vsaudit_rule_free(rule);
}

static void refuse_observation(VsauditObservation observation, VsauditStatus expected, const char *message)
{
    VsauditRule *rule = new_rule("intrusion");
    VsauditError error = {0};
    const VsauditObservation good = observation_at(S(1));
    assert_int_equal(vsaudit_rule_observe(rule, &good, sizeof good, NULL), VSAUDIT_OK);
    check_refused(vsaudit_rule_observe(rule, &observation, sizeof observation, &error), expected, &error,
                  message);
    const VsauditObservation next = observation_at(S(1) + 1); /* it goes on */
    assert_int_equal(vsaudit_rule_observe(rule, &next, sizeof next, NULL), VSAUDIT_OK);
    vsaudit_rule_free(rule);
}

static void refuse_track(VsauditTrack track, const char *message)
{
    VsauditObservation observation = observation_at(S(2));
    observation.tracks = &track;
    observation.track_count = 1;
    refuse_observation(observation, VSAUDIT_INVALID, message);
}

TEST(wrong_tracks_are_refused)
{
    const VsauditTrack good = track_at(S(2));
#define REFUSE(field, value, message) \
    do {                              \
        VsauditTrack track = good;    \
        track.field = value;          \
        refuse_track(track, message); \
    } while (0)
    REFUSE(object_class, 4, "observation.tracks[0].object_class: found 4, expected 0 to 3");
    REFUSE(state, -1, "tracks[0].state: found -1, expected 0 to 2");
    REFUSE(box.w, -0.1, "tracks[0].box: found 0.4, 0.3, -0.1, 0.3, expected x and y of -8 or more");
    REFUSE(box.x, (double)NAN, "tracks[0].box: found NaN");
    REFUSE(box.h, (double)INFINITY, "tracks[0].box");
    REFUSE(foot.x, 0.5, "tracks[0].foot.y: found NaN, expected -8 to 9");
    REFUSE(vx, (double)NAN, "tracks[0].vx: found NaN, expected -1000 to 1000");
    REFUSE(vy, -1001, "tracks[0].vy: found -1001");
    REFUSE(seen_us, S(3), "tracks[0].seen_us: found 3000000, expected 0 to 2000000");
    REFUSE(first_us, -1, "tracks[0].first_us: found -1");
    REFUSE(count, 1000001, "tracks[0].count: found 1000001, expected 0 to 1000000");
#undef REFUSE
    const VsauditTrack twice[] = {good, good};
    VsauditObservation observation = observation_at(S(2));
    observation.tracks = twice;
    observation.track_count = 2;
    refuse_observation(observation, VSAUDIT_INVALID,
                       "observation.tracks: found the id 1 twice, expected once");
}

TEST(wrong_observations_are_refused)
{
    refuse_observation(observation_at(-1), VSAUDIT_INVALID, "observation.t_us: found -1, expected 0 to");
    refuse_observation(observation_at(VSAUDIT_TIME_UNKNOWN), VSAUDIT_INVALID,
                       "observation.t_us: found no value");
    refuse_observation(observation_at(S(1)), VSAUDIT_INVALID,
                       "t_us: found 1000000, expected more than 1000000");
    VsauditObservation observation = observation_at(S(2));
    observation.picture.luma = 1.5;
    refuse_observation(observation, VSAUDIT_INVALID,
                       "observation.picture.luma: found 1.5, expected 0 to 1, or NaN for not measured");
    observation = observation_at(S(2));
    observation.track_count = 1;
    refuse_observation(observation, VSAUDIT_MISUSE, "observation.tracks: found NULL, expected 1");
    observation = observation_at(S(2));
    observation.no_signal = 2;
    refuse_observation(observation, VSAUDIT_INVALID, "no_signal: found 2, expected 0 to 1");
    const VsauditFire fire = {.id = 1, .box = {0, 0, 0.1, 0.1}, .area = 2};
    observation = observation_at(S(2));
    observation.fires = &fire;
    observation.fire_count = 1;
    refuse_observation(observation, VSAUDIT_INVALID, "expected none where fires_measured is 0");
    observation.fires_measured = 1;
    refuse_observation(observation, VSAUDIT_INVALID, "fires[0].area: found 2, expected 0 to 1");
    const VsauditStatic thing = {.id = 1, .box = {0, 0, 0.1, 0.1}, .removed = 0, .since_us = 5, .seen_us = 4};
    observation = observation_at(S(2));
    observation.statics = &thing;
    observation.static_count = 1;
    refuse_observation(observation, VSAUDIT_INVALID, "statics[0].since_us: found 5, expected 0 to 4");
}

static void refuse_rule(const char *behaviour, const VsauditOption *option, const VsauditScene *scene,
                        double aspect, VsauditStatus expected, const char *message)
{
    VsauditRule *rule = NULL;
    VsauditError error = {0};
    check_refused(
        vsaudit_rule_new(behaviour, option, option != NULL, scene, sizeof *scene, aspect, &rule, &error),
        expected, &error, message);
    assert_null(rule);
}

TEST(wrong_rules_are_refused)
{
    static const VsauditPoint points[] = {{0, 0}, {1, 0}, {1, 1.5}};
    const VsauditOption unknown = {"zoen", "yard"}, known = {"zone", "yard"};
    const VsauditZone outside = {"yard", points, 3}, few = {"yard", points, 2}, nameless = {NULL, points, 3};
    const VsauditZone twins[] = {{"yard", (VsauditPoint[]){{0, 0}, {1, 0}, {1, 1}}, 3}, {"yard", points, 3}};
    refuse_rule("intruson", NULL, NULL, 1.5, VSAUDIT_NOT_FOUND,
                "behaviour: found “intruson”, expected perhaps “intr");
    refuse_rule(NULL, NULL, NULL, 1.5, VSAUDIT_MISUSE, "behaviour: found NULL");
    refuse_rule("intrusion", NULL, NULL, (double)NAN, VSAUDIT_INVALID,
                "aspect: found NaN, expected 0.1 to 10");
    refuse_rule("intrusion", &unknown, NULL, 1.5, VSAUDIT_NOT_FOUND, "options.zoen: found an unknown name");
    refuse_rule("intrusion", &known, NULL, 1.5, VSAUDIT_INVALID, "found no zone “yard”");
    refuse_rule("intrusion", &known, &(VsauditScene){.zones = &outside, .zone_count = 1}, 1.5,
                VSAUDIT_INVALID, "scene.zones[0]: found the point 1, 1.5, expected both 0 to 1");
    refuse_rule("intrusion", &known, &(VsauditScene){.zones = &few, .zone_count = 1}, 1.5, VSAUDIT_INVALID,
                "scene.zones[0].points: found 2, expected 3 to 10000");
    refuse_rule("intrusion", &known, &(VsauditScene){.zones = &nameless, .zone_count = 1}, 1.5,
                VSAUDIT_MISUSE, "scene.zones[0].name: found NULL");
    refuse_rule("intrusion", &known, &(VsauditScene){.zones = twins, .zone_count = 2}, 1.5, VSAUDIT_INVALID,
                "scene.zones[1].name: found “yard” twice");
    refuse_rule("intrusion", &known, &(VsauditScene){.zone_count = 1}, 1.5, VSAUDIT_MISUSE,
                "scene.zones: found NULL");
    const int64_t negative = -1;
    refuse_rule("intrusion", &known, &(VsauditScene){.validations_us = &negative, .validation_count = 1}, 1.5,
                VSAUDIT_INVALID, "scene.validations_us[0]: found -1");
}

TEST(calls_in_the_wrong_order_are_refused)
{
    VsauditError error = {0};
    VsauditRule *rule = new_rule("intrusion");
    const VsauditObservation observation = observation_at(S(1));
    assert_int_equal(vsaudit_rule_observe(rule, &observation, sizeof observation, NULL), VSAUDIT_OK);
    check_refused(vsaudit_rule_finish(rule, S(0.5), &error), VSAUDIT_INVALID, &error,
                  "end_us: found 500000, expected 1000000");
    assert_int_equal(vsaudit_rule_finish(rule, S(1), &error), VSAUDIT_OK);
    check_refused(vsaudit_rule_finish(rule, S(2), &error), VSAUDIT_MISUSE, &error,
                  "rule: found one that is finished");
    check_refused(vsaudit_rule_observe(rule, &observation, sizeof observation, &error), VSAUDIT_MISUSE,
                  &error, "rule: found one that is finished");
    vsaudit_rule_free(rule);
    check_refused(vsaudit_rule_observe(NULL, &observation, sizeof observation, &error), VSAUDIT_MISUSE,
                  &error, "rule: found NULL");
    check_refused(vsaudit_rule_finish(NULL, 0, &error), VSAUDIT_MISUSE, &error, "rule: found NULL");
    assert_int_equal(vsaudit_rule_alert_count(NULL), 0);
    assert_null(vsaudit_rule_counter(NULL, 0, NULL));
    vsaudit_rule_free(NULL);
}

UNIT_TESTS(NULL, NULL)
