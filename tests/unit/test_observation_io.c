/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/error.h"
#include "records/observation_io.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "scratch.h"
#include "unit.h"

static void fill(Observation *observation, int i)
{
    observation_init(observation, i * INT64_C(80000));
    observation->duration_us = 80000 + i;
    observation->signal = i % 3 != 2;
    observation->quality.luma = 1.0 / (3 + i); /* has no short decimal form */
    observation->quality.sharpness = 1234.5;
    observation->quality.shift_x = -0.1;
    observation->motion.flow_speed = i == 0 ? (double)NAN : 1e-7 * i;
    observation->track_count = (size_t)i % 3;
    observation->tracks = g_new0(TrackObservation, 3);
    for (size_t k = 0; k < observation->track_count; k++)
        observation->tracks[k] = (TrackObservation){.id = (int64_t)(10 * k) + i,
                                                    .class = OBJECT_VEHICLE,
                                                    .state = TRACK_COASTING,
                                                    .box = {0.1, 0.2, 0.3, 0.4},
                                                    .foot = {0.25, 0.6},
                                                    .vx = -0.5,
                                                    .vy = 0.125,
                                                    .first_us = 5,
                                                    .seen_us = 7,
                                                    .count = 0};
    observation->static_count = 1;
    observation->statics = g_new0(StaticObservation, 1);
    observation->statics[0] = (StaticObservation){3, {0, 0, 1, 1}, true, 1, 2};
    observation->fires_measured = i % 4 != 3;
    observation->fire_count = observation->fires_measured ? (size_t)i % 2 : 0;
    observation->fires = g_new0(FireObservation, 1);
    observation->fires[0] = (FireObservation){
        5, FIRE_SMOKE, {0.1, 0.2, 0.3, 0.4}, 1.0 / (7 + i), 0.5, i == 1 ? (double)NAN : 0.03, 40000};
}

static void check_same_fires(const Observation *a, const Observation *b);

static void check_same(const Observation *a, const Observation *b)
{
    check_same_fires(a, b);
    const double *x = (const double *)(const void *)&a->quality,
                 *y = (const double *)(const void *)&b->quality;
    for (size_t i = 0; i < sizeof a->quality / sizeof *x; i++)
        assert_true(isnan(x[i]) ? isnan(y[i]) : x[i] == y[i]);
    x = (const double *)(const void *)&a->motion;
    y = (const double *)(const void *)&b->motion;
    for (size_t i = 0; i < sizeof a->motion / sizeof *x; i++)
        assert_true(isnan(x[i]) ? isnan(y[i]) : x[i] == y[i]);
    assert_int_equal(a->t_us, b->t_us);
    assert_int_equal(a->duration_us, b->duration_us);
    assert_int_equal(a->signal, b->signal);
    assert_int_equal(a->track_count, b->track_count);
    assert_int_equal(a->static_count, b->static_count);
    for (size_t i = 0; i < a->track_count; i++) {
        const TrackObservation *s = &a->tracks[i], *t = &b->tracks[i];
        assert_int_equal(s->id, t->id);
        assert_int_equal(s->class, t->class);
        assert_int_equal(s->state, t->state);
        assert_memory_equal(&s->box, &t->box, sizeof s->box);
        assert_memory_equal(&s->foot, &t->foot, sizeof s->foot);
        assert_true(s->vx == t->vx && s->vy == t->vy);
        assert_int_equal(s->first_us, t->first_us);
        assert_int_equal(s->seen_us, t->seen_us);
        assert_int_equal(s->count, t->count);
    }
    for (size_t i = 0; i < a->static_count; i++) {
        assert_int_equal(a->statics[i].id, b->statics[i].id);
        assert_int_equal(a->statics[i].removed, b->statics[i].removed);
        assert_int_equal(a->statics[i].since_us, b->statics[i].since_us);
        assert_int_equal(a->statics[i].seen_us, b->statics[i].seen_us);
    }
}

static void check_same_fires(const Observation *a, const Observation *b)
{
    assert_int_equal(a->fires_measured, b->fires_measured);
    assert_int_equal(a->fire_count, b->fire_count);
    for (size_t i = 0; i < a->fire_count; i++) {
        const FireObservation *s = &a->fires[i], *t = &b->fires[i];
        assert_int_equal(s->id, t->id);
        assert_int_equal(s->kind, t->kind);
        assert_memory_equal(&s->box, &t->box, sizeof s->box);
        assert_true(s->area == t->area && s->share == t->share);
        assert_true(isnan(s->flicker) ? isnan(t->flicker) : s->flicker == t->flicker);
        assert_int_equal(s->since_us, t->since_us);
    }
}

static void save(const char *path)
{
    char clip[] = "a \"quoted\" clip", condition[] = "rain", perception[] = "5f";
    const ObservationHeader header = {clip, condition, 4.0 / 3.0, perception};
    GError *error = NULL;
    g_autoptr(ObservationWriter) writer = observation_writer_open(path, &header, &error);
    assert_null(error);
    for (int i = 0; i < 20; i++) {
        g_auto(Observation) observation;
        fill(&observation, i);
        assert_true(observation_writer_add(writer, &observation, &error));
    }
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_true(observation_writer_finish(writer, &error));
}

TEST(what_is_written_reads_back)
{
    static const char *const names[] = {"plain.jsonl", "packed.jsonl.gz"};
    for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
        g_autofree char *path = g_build_filename(scratch_folder, names[k], NULL);
        save(path);
        GError *error = NULL;
        g_autoptr(ObservationReader) reader = observation_reader_open(path, &error);
        assert_null(error);
        const ObservationHeader *header = observation_reader_header(reader);
        assert_string_equal(header->clip, "a \"quoted\" clip");
        assert_string_equal(header->condition, "rain");
        assert_true(header->aspect == 4.0 / 3.0);
        for (int i = 0; i < 20; i++) {
            g_auto(Observation) wanted;
            Observation found;
            fill(&wanted, i);
            assert_int_equal(observation_reader_next(reader, &found, &error), OBSERVATION_READ);
            check_same(&wanted, &found);
            observation_clear(&found);
        }
        Observation none;
        assert_int_equal(observation_reader_next(reader, &none, &error), OBSERVATION_END);
        /* Once more: the same bytes. */
        g_autofree char *first = NULL, *second = NULL;
        gsize first_size = 0, second_size = 0;
        assert_true(g_file_get_contents(path, &first, &first_size, NULL));
        g_unlink(path);
        save(path);
        assert_true(g_file_get_contents(path, &second, &second_size, NULL));
        assert_int_equal(first_size, second_size);
        assert_memory_equal(first, second, first_size);
        if (k == 1)
            assert_memory_equal(first + 4, "\0\0\0\0", 4); /* gzip: no time stamp */
    }
}

TEST(an_unfinished_file_leaves_nothing)
{
    g_autofree char *path = g_build_filename(scratch_folder, "unfinished.jsonl", NULL);
    const ObservationHeader header = {.aspect = 1};
    ObservationWriter *writer = observation_writer_open(path, &header, NULL);
    observation_writer_free(writer);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
}

TEST(hand_written_files_get_defaults)
{
    g_autofree char *path = scratch_write(
        "hand.jsonl",
        "{\"schema\":\"vsaudit/observations/1\"}\n"
        "\n"
        "{\"t_us\":0,\"tracks\":[{\"id\":9,\"box\":[0.2,0.2,0.1,0.4]},{\"id\":4,\"box\":[0,0,1,1]}]}\n"
        "{\"t_us\":500000,\"tracks\":[{\"id\":9,\"box\":[0.3,0.2,0.1,0.4],\"state\":\"coasting\"}],"
        "\"statics\":[{\"id\":1,\"box\":[0,0,0.1,0.1]}]}\n"
        "{\"t_us\":700000,\"duration_us\":1,\"quality\":{\"luma\":1,\"contrast\":null}}");
    GError *error = NULL;
    g_autoptr(ObservationReader) reader = observation_reader_open(path, &error);
    assert_null(error);
    assert_string_equal(observation_reader_header(reader)->condition, "as-recorded");
    Observation o;
    assert_int_equal(observation_reader_next(reader, &o, &error), OBSERVATION_READ);
    assert_true(o.signal && isnan(o.quality.luma) && o.track_count == 2);
    assert_int_equal(o.duration_us, 500000);
    assert_int_equal(o.tracks[0].id, 4);
    assert_int_equal(o.tracks[1].state, TRACK_CONFIRMED);
    assert_int_equal(o.tracks[1].count, 1);
    assert_true(fabs(o.tracks[1].foot.x - 0.25) < 1e-12 && fabs(o.tracks[1].foot.y - 0.6) < 1e-12);
    observation_clear(&o);
    assert_int_equal(observation_reader_next(reader, &o, &error), OBSERVATION_READ);
    assert_int_equal(o.duration_us, 200000);
    assert_int_equal(o.tracks[0].first_us, 0);
    assert_int_equal(o.tracks[0].seen_us, 0);
    assert_int_equal(o.statics[0].since_us, 500000);
    observation_clear(&o);
    assert_int_equal(observation_reader_next(reader, &o, &error), OBSERVATION_READ);
    assert_int_equal(o.duration_us, 1);
    assert_true(o.quality.luma == 1 && isnan(o.quality.contrast));
    observation_clear(&o);
    assert_int_equal(observation_reader_next(reader, &o, &error), OBSERVATION_END);
}

/* Reads a whole file; the message of the error, or NULL. */
static char *read_all(const char *path)
{
    GError *error = NULL;
    g_autoptr(ObservationReader) reader = observation_reader_open(path, &error);
    ObservationReadStatus status = reader != NULL ? OBSERVATION_READ : OBSERVATION_DAMAGED;
    while (status == OBSERVATION_READ) {
        Observation observation;
        status = observation_reader_next(reader, &observation, &error);
        if (status == OBSERVATION_READ)
            observation_clear(&observation);
    }
    if (status == OBSERVATION_END)
        return NULL;
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    char *message = g_strdup(error->message);
    g_error_free(error);
    return message;
}

TEST(a_file_from_before_fires_says_that_nobody_looked)
{
    g_autofree char *path =
        scratch_write("before.jsonl", "{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0}\n");
    g_autoptr(ObservationReader) reader = observation_reader_open(path, NULL);
    assert_non_null(reader);
    g_auto(Observation) observation;
    assert_int_equal(observation_reader_next(reader, &observation, NULL), OBSERVATION_READ);
    assert_false(observation.fires_measured);
    assert_int_equal(observation.fire_count, 0);
}

TEST(damage_is_told_with_its_line)
{
    static const struct {
        const char *text, *line, *says;
    } cases[] = {
        {"", ":1:", "found nothing"},
        {"hello\n", ":1:", "column"},
        {"[]\n", ":1:", "found [], expected an object"},
        {"{\"schema\":\"vsaudit/observations/3\"}\n", ":1:", "header.schema"},
        {"{\"schema\":\"vsaudit/observations/1\",\"aspect\":0}\n", ":1:", "header.aspect"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":1}\n{\"t_us\":1}\n",
         ":3:", "expected more than 1"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0.5}\n", ":2:", "observation.t_us"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{}\n", ":2:", "observation.t_us: found nothing"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n\n{\"t_us\":0,\"trakcs\":[]}\n", ":3:", "trakcs"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0,\"tracks\":[{\"id\":1}]}\n",
         ":2:", "tracks[0].box"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0,\"tracks\":[{\"id\":1,\"box\":[0,0,1,-1]}]}\n",
         ":2:", "tracks[0].box"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n"
         "{\"t_us\":0,\"tracks\":[{\"id\":1,\"box\":[0,0,1,1],\"class\":\"cat\"}]}\n",
         ":2:", "one of unknown person vehicle other"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n"
         "{\"t_us\":0,\"statics\":[{\"id\":1,\"box\":[0,0,1,1]},{\"id\":1,\"box\":[0,0,1,1]}]}\n",
         ":2:", "id 1 twice"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0,\"quality\":{\"luma\":\"x\"}}\n",
         ":2:", "quality.luma"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0,\"t_us\":1}\n", ":2:", "duplicate"},
        {"{\"schema\":\"vsaudit/observations/1\"}\n{\"t_us\":0,\"tra", ":2:", "column"},
        {"{\"schema\":\"vsaudit/observations/2\"}\n{\"t_us\":0,\"fires\":[{\"id\":1,\"box\":[0,0,1,1]}]}\n",
         ":2:", "fires[0].kind: found nothing"},
        {"{\"schema\":\"vsaudit/observations/2\"}\n"
         "{\"t_us\":0,\"fires\":[{\"id\":1,\"kind\":\"flame\",\"box\":[0,0,1,1],\"area\":\"x\"}]}\n",
         ":2:", "fires[0].area"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = scratch_write("damaged.jsonl", cases[i].text);
        g_autofree char *message = read_all(path);
        assert_non_null(message);
        assert_true(g_str_has_prefix(message, path));
        if (strstr(message, cases[i].line) == NULL || strstr(message, cases[i].says) == NULL)
            fail_msg("case %zu: %s", i, message);
    }
    g_autofree char *absent = g_build_filename(scratch_folder, "absent.jsonl", NULL);
    g_autofree char *message = read_all(absent);
    assert_non_null(strstr(message, "cannot read"));
}

TEST(a_cut_or_bent_gzip_is_damage)
{
    g_autofree char *path = g_build_filename(scratch_folder, "cut.jsonl.gz", NULL);
    save(path);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_true(g_file_set_contents(path, bytes, (gssize)(size / 2), NULL));
    g_autofree char *cut = read_all(path);
    assert_non_null(cut);
    bytes[size / 2] = (char)~bytes[size / 2];
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
    g_autofree char *bent = read_all(path);
    assert_non_null(bent);
    g_autofree char *text = scratch_write("text.jsonl.gz", "{\"schema\":\"vsaudit/observations/1\"}\n");
    g_autofree char *not_packed = read_all(text);
    assert_non_null(not_packed);
}

UNIT_TESTS(scratch_make, scratch_drop)
