/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ONNX detector, on networks of a few hundred bytes that are written here: one convolution over the whole
 * picture whose weights are zero and whose bias is the answer, reshaped to one of the known layouts. */
#include "frames.h"

#include "perception/detector.h"

#include "records/error.h"

#include <math.h>
#include <string.h>

#include "unit.h"

enum { SIDE = 32, WIDTH = 96, HEIGHT = 64 };

/* ---- protocol buffers by hand: a field is its number and kind, then its length, then its bytes */

static void put_number(GByteArray *out, uint64_t value)
{
    do {
        const guint8 byte = (guint8)((value & 127) | (value > 127 ? 128 : 0));
        g_byte_array_append(out, &byte, 1);
        value >>= 7;
    } while (value > 0);
}

static void put_integer(GByteArray *out, unsigned field, uint64_t value)
{
    put_number(out, field << 3);
    put_number(out, value);
}

static void put_bytes(GByteArray *out, unsigned field, const void *bytes, size_t length)
{
    put_number(out, field << 3 | 2);
    put_number(out, length);
    g_byte_array_append(out, bytes, (guint)length);
}

static void put_text(GByteArray *out, unsigned field, const char *text)
{
    put_bytes(out, field, text, strlen(text));
}

static void put_message(GByteArray *out, unsigned field, GByteArray *message)
{
    put_bytes(out, field, message->data, message->len);
    g_byte_array_unref(message);
}

enum { ONNX_FLOAT = 1, ONNX_INT64 = 7 };

static GByteArray *tensor(const char *name, unsigned type, const int64_t *sizes, size_t rank,
                          const void *data, size_t bytes)
{
    GByteArray *out = g_byte_array_new();
    for (size_t i = 0; i < rank; i++)
        put_integer(out, 1, (uint64_t)sizes[i]);
    put_integer(out, 2, type);
    put_text(out, 8, name);
    put_bytes(out, 9, data, bytes);
    return out;
}

/* A graph's input or output of floating-point numbers. */
static GByteArray *port(const char *name, const int64_t *sizes, size_t rank)
{
    GByteArray *shape = g_byte_array_new();
    for (size_t i = 0; i < rank; i++) {
        GByteArray *size = g_byte_array_new();
        put_integer(size, 1, (uint64_t)sizes[i]);
        put_message(shape, 1, size);
    }
    GByteArray *kind = g_byte_array_new(), *type = g_byte_array_new(), *out = g_byte_array_new();
    put_integer(kind, 1, ONNX_FLOAT);
    put_message(kind, 2, shape);
    put_message(type, 1, kind);
    put_text(out, 1, name);
    put_message(out, 2, type);
    return out;
}

static GByteArray *node(const char *kind, const char *a, const char *b, const char *c, const char *out_name)
{
    GByteArray *out = g_byte_array_new();
    put_text(out, 1, a);
    put_text(out, 1, b);
    if (c != NULL)
        put_text(out, 1, c);
    put_text(out, 2, out_name);
    put_text(out, 3, out_name);
    put_text(out, 4, kind);
    return out;
}

/* A network whose answer is always `values`, in the given shape. Returns its path; the caller frees. */
static char *write_network(const char *name, const float *values, size_t count, const int64_t *sizes,
                           size_t rank)
{
    const int64_t picture[4] = {1, 3, SIDE, SIDE}, weights[4] = {(int64_t)count, 3, SIDE, SIDE};
    const int64_t bias[1] = {(int64_t)count}, shape[1] = {(int64_t)rank};
    const size_t zeros = count * 3 * SIDE * SIDE;
    g_autofree float *zero = g_new0(float, zeros);
    GByteArray *graph = g_byte_array_new();
    GByteArray *convolution = node("Conv", "picture", "weights", "bias", "bare");
    GByteArray *attribute = g_byte_array_new();
    put_text(attribute, 1, "kernel_shape");
    put_integer(attribute, 8, SIDE);
    put_integer(attribute, 8, SIDE);
    put_integer(attribute, 20, 7);
    put_message(convolution, 5, attribute);
    put_message(graph, 1, convolution);
    put_message(graph, 1, node("Reshape", "bare", "shape", NULL, "answer"));
    put_text(graph, 2, "tiny");
    put_message(graph, 5, tensor("weights", ONNX_FLOAT, weights, 4, zero, zeros * sizeof *zero));
    put_message(graph, 5, tensor("bias", ONNX_FLOAT, bias, 1, values, count * sizeof *values));
    put_message(graph, 5, tensor("shape", ONNX_INT64, shape, 1, sizes, rank * sizeof *sizes));
    put_message(graph, 11, port("picture", picture, 4));
    put_message(graph, 12, port("answer", sizes, rank));
    GByteArray *set = g_byte_array_new(), *model = g_byte_array_new();
    put_integer(set, 2, 11);
    put_integer(model, 1, 7);
    put_message(model, 7, graph);
    put_message(model, 8, set);
    char *path = g_build_filename(g_get_tmp_dir(), name, NULL);
    assert_true(g_file_set_contents(path, (const char *)model->data, (gssize)model->len, NULL));
    g_byte_array_unref(model);
    return path;
}

/* Two things that may be of any layout: a person in the middle of the picture's left half, and a weak one. In
 * the network's square of 32 pixels the picture of 96x64 lies 32x21 (rounded from 21.3) in the middle, so the
 * person, 24x48 pixels at (12, 8), is 8x16 at (8, 16). */
static const Box person = {12.0 / WIDTH, 8.0 / HEIGHT, 24.0 / WIDTH, 48.0 / HEIGHT};

static char *write_yolo5(void)
{
    /* with two labels 5 + 2 columns; the second row scores 0.3 x 0.9, the third is the first again */
    const float rows[21] = {8,    16,   8,    16, 1,  0.9f, 0.1f, 24, 16,   8, 16,
                            0.3f, 0.1f, 0.9f, 8,  16, 9,    16,   1,  0.8f, 0};
    const int64_t sizes[3] = {1, 3, 7};
    return write_network("vsaudit-test-v5.onnx", rows, 21, sizes, 3);
}

static char *write_yolo8(void)
{
    /* the same by columns: cx, cy, w, h, and one score for each of the two labels */
    const float columns[18] = {8, 24, 8, 16, 16, 16, 8, 8, 9, 16, 16, 16, 0.9f, 0.1f, 0.8f, 0.1f, 0.3f, 0};
    const int64_t sizes[3] = {1, 6, 3};
    return write_network("vsaudit-test-v8.onnx", columns, 18, sizes, 3);
}

/* The first two in the cells of YOLOX: 16 with stride 8, 4 with 16, one with 32. The picture lies in the
 * corner, so the person is 8x16 at (4, 2.67). `decoded`: by the network. */
static char *write_grid(bool decoded)
{
    static const float person_offsets[7] = {0, 1 / 3.0f, 0, 0.693147f, 1, 0.9f, 0.1f};
    static const float weak_offsets[7] = {0.5f, 2 / 3.0f, -0.693147f, 0, 0.3f, 0.1f, 0.9f};
    static const float person_pixels[7] = {8, 10.6667f, 8, 16, 1, 0.9f, 0.1f};
    static const float weak_pixels[7] = {24, 10.6667f, 8, 16, 0.3f, 0.1f, 0.9f};
    float rows[21 * 7] = {0};
    memcpy(rows + (ptrdiff_t)5 * 7, decoded ? person_pixels : person_offsets,
           sizeof person_pixels); /* cell 1, 1 */
    memcpy(rows + (ptrdiff_t)17 * 7, decoded ? weak_pixels : weak_offsets,
           sizeof weak_pixels); /* cell 1, 0 of 2x2 */
    const int64_t sizes[3] = {1, 21, 7};
    return write_network(decoded ? "vsaudit-test-x-decoded.onnx" : "vsaudit-test-x.onnx", rows, 21 * 7, sizes,
                         3);
}

static char *write_yolox(void)
{
    return write_grid(false);
}

static char *write_yolox_decoded(void)
{
    return write_grid(true);
}

static char *write_ssd(void)
{
    const float rows[14] = {0, 0, 0.9f, 0.125f, 0.125f, 0.375f, 0.875f, 0, 1, 0.3f, 0.5f, 0.5f, 1, 1};
    const int64_t sizes[4] = {1, 1, 2, 7};
    return write_network("vsaudit-test-ssd.onnx", rows, 14, sizes, 4);
}

static PerceptionSettings *settings_with(const char *model, const char *confidence, bool labelled)
{
    g_autofree char *labels = g_build_filename(g_get_tmp_dir(), "vsaudit-test-labels.txt", NULL);
    assert_true(g_file_set_contents(labels, "Person\ncar\n", -1, NULL));
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, "detector", "onnx", NULL, 0, 0, 0, 0);
    param_list_add(params, "model", model, NULL, 0, 0, 0, 0);
    if (labelled)
        param_list_add(params, "labels", labels, NULL, 0, 0, 0, 0);
    param_list_add(params, "detector_size", "32", NULL, 0, 0, 0, 0);
    param_list_add(params, "confidence", confidence, NULL, 0, 0, 0, 0);
    GError *error = NULL;
    PerceptionSettings *settings = perception_settings_new(params, &error);
    assert_null(error);
    return settings;
}

static PerceptionSettings *settings_for(const char *model, const char *confidence)
{
    return settings_with(model, confidence, true);
}

/* Shows ten grey pictures; the last observation. */
static void watch_wall(const char *model, const char *confidence, Observation *seen)
{
    static uint8_t luma[HEIGHT][WIDTH], bgr[HEIGHT][WIDTH][3];
    memset(luma, 120, sizeof luma);
    memset(bgr, 120, sizeof bgr);
    PerceptionSettings *settings = settings_for(model, confidence);
    GError *error = NULL;
    g_autoptr(Perception) perception = perception_new(settings, &error);
    if (error != NULL)
        print_error("%s\n", error->message);
    assert_null(error);
    for (int i = 0; i < 10; i++) {
        const ReplayFrame frame = frame_of(i * 100000, &luma[0][0], &bgr[0][0][0], WIDTH, HEIGHT);
        observation_clear(seen);
        assert_true(perception_observe(perception, &frame, seen, NULL));
    }
    perception_settings_free(settings);
}

static void assert_is_person(const TrackObservation *track)
{
    assert_int_equal(track->class, OBJECT_PERSON);
    assert_int_equal(track->state, TRACK_CONFIRMED);
    assert_int_equal(track->first_us, 0);
    assert_true(fabs(track->box.x - person.x) < 0.02 && fabs(track->box.y - person.y) < 0.03);
    assert_true(fabs(track->box.w - person.w) < 0.03 && fabs(track->box.h - person.h) < 0.03);
}

TEST(boxes_arrive_as_tracks)
{
    char *(*const writers[])(void) = {write_yolo5, write_yolo8, write_yolox, write_yolox_decoded, write_ssd};
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
        g_autofree char *model = writers[i]();
        Observation seen;
        observation_init(&seen, 0);
        watch_wall(model, "0.4", &seen);
        assert_int_equal(seen.track_count, 1);
        assert_is_person(&seen.tracks[0]);
        watch_wall(model, "0.2", &seen); /* the weak one too: a vehicle on the right */
        assert_int_equal(seen.track_count, 2);
        assert_int_equal(seen.tracks[0].class + seen.tracks[1].class, OBJECT_PERSON + OBJECT_VEHICLE);
        watch_wall(model, "0.95", &seen);
        assert_int_equal(seen.track_count, 0);
        observation_clear(&seen);
    }
}

/* A person before a vehicle that takes up the same place, and the vehicle once more, a little less sure: the
 * first two are there, the third is the second again. */
TEST(a_person_and_a_vehicle_are_two_at_one_place)
{
    const float rows[21] = {8, 16,   8,    16, 1,  0.9f, 0.1f, 8, 16, 8,   16,
                            1, 0.1f, 0.8f, 8,  16, 9,    16,   1, 0,  0.7f};
    const int64_t sizes[3] = {1, 3, 7};
    g_autofree char *model = write_network("vsaudit-test-two.onnx", rows, 21, sizes, 3);
    PerceptionSettings *settings = settings_for(model, "0.4");
    static uint8_t bgr[HEIGHT][WIDTH][3];
    const VisionImage picture = {WIDTH, HEIGHT, 3, WIDTH * 3, &bgr[0][0][0]};
    g_autoptr(GError) error = NULL;
    Detector *detector = detector_new(settings, &error);
    assert_non_null(detector);
    const GArray *found = detector_find(detector, &picture, &error);
    assert_non_null(found);
    assert_int_equal(found->len, 2);
    assert_int_equal(g_array_index(found, Detection, 0).class, OBJECT_PERSON);
    assert_int_equal(g_array_index(found, Detection, 1).class, OBJECT_VEHICLE);
    assert_true(g_array_index(found, Detection, 1).score > 0.75);
    detector_free(detector);
    perception_settings_free(settings);
}

static void refuses(PerceptionSettings *settings, const char *model, const char *text)
{
    GError *error = NULL;
    assert_null(perception_new(settings, &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    if (strstr(error->message, text) == NULL)
        fail_msg("%s", error->message);
    assert_non_null(strstr(error->message, model));
    assert_null(strchr(error->message, '\n'));
    g_clear_error(&error);
    perception_settings_free(settings);
}

static void assert_refused(const char *model, const char *text)
{
    refuses(settings_for(model, "0.4"), model, text);
}

/* Two labels and 32 columns of its sides’ distributions. */
TEST(nanodet_is_called_by_its_name)
{
    const float rows[2 * 34] = {0};
    const int64_t sizes[3] = {1, 2, 34};
    g_autofree char *model = write_network("vsaudit-test-nanodet.onnx", rows, 2 * 34, sizes, 3);
    assert_refused(
        model, "found rows of 34 columns: the classes and 32 more, as NanoDet writes them, expected one of");
}

TEST(class_numbers_alone_name_nothing)
{
    g_autofree char *model = write_ssd();
    refuses(settings_with(model, "0.4", false), model, "found a network of layout ssd and no labels");
}

TEST(a_model_that_cannot_serve_is_refused)
{
    g_autofree char *garbage = g_build_filename(g_get_tmp_dir(), "vsaudit-test-bad.onnx", NULL);
    assert_true(g_file_set_contents(garbage, "no network", -1, NULL));
    assert_refused(garbage, "expected an ONNX model");
    const float few[4] = {1, 2, 3, 4};
    const int64_t sizes[2] = {2, 2};
    g_autofree char *flat = write_network("vsaudit-test-flat.onnx", few, 4, sizes, 2);
    assert_refused(flat, "found an output of shape 2x2");
}

TEST(settings_name_what_is_missing)
{
    GError *error = NULL;
    g_autoptr(ParamList) bare = param_list_new();
    param_list_add(bare, "detector", "onnx", NULL, 0, 0, 0, 0);
    assert_null(perception_settings_new(bare, &error));
    assert_non_null(strstr(error->message, "expected perception.model"));
    g_clear_error(&error);
    g_autoptr(ParamList) gone = param_list_new();
    param_list_add(gone, "detector", "onnx", "audits/a.yaml", 3, 1, 3, 5);
    param_list_add(gone, "model", "no-such.onnx", "audits/a.yaml", 4, 1, 4, 8);
    assert_null(perception_settings_new(gone, &error));
    assert_string_equal(error->message, "audits/a.yaml:4:8: perception.model: found “audits/no-such.onnx”, "
                                        "which is no file, expected a file");
    g_clear_error(&error);
}

TEST(the_digest_follows_the_model_not_its_name)
{
    g_autofree char *model = write_yolo5(), *other = write_yolo8();
    g_autofree char *copy = g_strconcat(model, ".copy", NULL), *bytes = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(model, &bytes, &length, NULL));
    assert_true(g_file_set_contents(copy, bytes, (gssize)length, NULL));
    const char *const paths[3] = {model, copy, other};
    char *digests[3];
    for (size_t i = 0; i < 3; i++) {
        PerceptionSettings *settings = settings_for(paths[i], "0.4");
        digests[i] = perception_digest(settings);
        perception_settings_free(settings);
    }
    assert_string_equal(digests[0], digests[1]);
    assert_string_not_equal(digests[0], digests[2]);
    for (size_t i = 0; i < 3; i++)
        g_free(digests[i]);
}

TEST(labels_have_classes)
{
    assert_int_equal(detector_class_of(" Person\r"), OBJECT_PERSON);
    assert_int_equal(detector_class_of("bicycle"), OBJECT_VEHICLE);
    assert_int_equal(detector_class_of("potted plant"), OBJECT_OTHER);
}

UNIT_TESTS(NULL, NULL)
