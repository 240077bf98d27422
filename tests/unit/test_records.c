/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/event.h"
#include "records/error.h"
#include "records/geometry.h"
#include "records/option.h"
#include "records/quality.h"
#include "records/scene.h"
#include "records/secret.h"
#include "records/shown.h"
#include "records/span.h"

#include <math.h>
#include <string.h>

#include "unit.h"

static void check_spans(const SpanList *list, const int64_t *expected, guint count)
{
    assert_int_equal(list->spans->len, count);
    for (guint i = 0; i < count; i++) {
        assert_int_equal(g_array_index(list->spans, Span, i).start_us, expected[2 * i]);
        assert_int_equal(g_array_index(list->spans, Span, i).end_us, expected[2 * i + 1]);
    }
}

TEST(spans_stay_sorted_and_disjoint)
{
    g_auto(SpanList) list;
    span_list_init(&list);
    span_list_add(&list, 50, 60);
    span_list_add(&list, 10, 20);
    span_list_add(&list, 30, 40);
    span_list_add(&list, 5, 5);
    check_spans(&list, (const int64_t[]){10, 20, 30, 40, 50, 60}, 3);
    span_list_add(&list, 20, 30);
    check_spans(&list, (const int64_t[]){10, 40, 50, 60}, 2);
    span_list_subtract(&list, 15, 55);
    check_spans(&list, (const int64_t[]){10, 15, 55, 60}, 2);
    span_list_subtract(&list, 11, 12);
    check_spans(&list, (const int64_t[]){10, 11, 12, 15, 55, 60}, 3);
    assert_int_equal(span_list_total(&list), 9);
    assert_int_equal(span_list_overlap(&list, 0, 13), 2);
    assert_true(span_list_contains(&list, 55));
    assert_false(span_list_contains(&list, 60));
    g_auto(SpanList) other;
    span_list_init(&other);
    span_list_add(&other, 14, 58);
    span_list_intersect_list(&list, &other);
    check_spans(&list, (const int64_t[]){14, 15, 55, 58}, 2);
}

TEST(seconds_are_read_exactly)
{
    static const struct {
        const char *text;
        int64_t us;
    } good[] = {{"0", 0},
                {"12", 12000000},
                {"12.5", 12500000},
                {"0.000001", 1},
                {"-3.000001", -3000001},
                {".5", 500000},
                {"1.0000000", 1000000},
                {"86400.123456", INT64_C(86400123456)}};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        int64_t us = -7;
        assert_true(time_parse_seconds(good[i].text, &us));
        assert_int_equal(us, good[i].us);
    }
    static const char *const bad[] = {"",    ".",  "1e3", "12abc", "1.0000001",
                                      "nan", " 1", "1 ",  "--1",   "99999999999999999999"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        int64_t us = 0;
        assert_false(time_parse_seconds(bad[i], &us));
    }
    g_autofree char *text = time_format_seconds(12500000);
    assert_string_equal(text, "12.500");
    g_autofree char *clock = time_format_clock(INT64_C(3723456789));
    assert_string_equal(clock, "1:02:03.4");
}

/* The end is no watched time, the microsecond before it is. */
TEST(what_begins_at_the_end_begins_before_it)
{
    assert_int_equal(alert_onset_within(9, 10, 0), 9);
    assert_int_equal(alert_onset_within(10, 10, 0), 9);
    assert_int_equal(alert_onset_within(11, 10, 0), 11);
    assert_int_equal(alert_onset_within(13, 10, 3), 9);
    assert_int_equal(alert_onset_within(14, 10, 3), 14);
    assert_int_equal(alert_onset_within(14, 10, INT64_MAX), 9);
    assert_int_equal(alert_onset_within(0, 0, 0), 0);
}

TEST(polygons_hold_their_border)
{
    const Point corners[] = {{0.2, 0.2}, {0.8, 0.2}, {0.8, 0.8}, {0.5, 0.5}, {0.2, 0.8}};
    g_autoptr(Polygon) polygon = geometry_polygon_new(corners, G_N_ELEMENTS(corners));
    assert_true(geometry_polygon_contains(polygon, (Point){0.3, 0.3}));
    assert_true(geometry_polygon_contains(polygon, (Point){0.2, 0.5}));
    assert_true(geometry_polygon_contains(polygon, (Point){0.5, 0.5}));
    assert_false(geometry_polygon_contains(polygon, (Point){0.5, 0.6}));
    assert_false(geometry_polygon_contains(polygon, (Point){0.19, 0.5}));
    assert_true(ABS(geometry_polygon_area(polygon) - 0.27) < 1e-12);
    assert_true(ABS(geometry_polygon_box_share(polygon, (Box){0.0, 0.2, 0.4, 0.2}) - 0.5) < 1e-12);
    assert_true(geometry_polygon_box_share(polygon, (Box){0.45, 0.6, 0.1, 0.2}) < 1e-12);
}

TEST(segments_and_sides)
{
    const Segment line = {{0.5, 0.0}, {0.5, 1.0}};
    assert_true(geometry_segments_meet(line, (Point){0.4, 0.5}, (Point){0.6, 0.5}));
    assert_true(geometry_segments_meet(line, (Point){0.4, 0.5}, (Point){0.5, 0.5}));
    assert_false(geometry_segments_meet(line, (Point){0.4, 0.5}, (Point){0.49, 0.5}));
    assert_false(geometry_segments_meet(line, (Point){0.4, 1.5}, (Point){0.6, 1.5}));
    /* walking down the picture, the walker's left is the picture's right */
    assert_true(geometry_side(line, (Point){0.9, 0.5}) < 0);
}

typedef struct {
    bool on;
    int64_t count;
    double share;
    int64_t hold_us;
    char *zone;
    int mode;
} Settings;

static const char *const modes[] = {"first", "second", NULL};
static const OptionRow specs[] = {
    BOOL_OPTION("on", Settings, on, "true"),
    INT_OPTION("count", Settings, count, 1, 10, "3", "people"),
    NUMBER_OPTION("share", Settings, share, 0, 1, "0.25", "fraction"),
    SECONDS_OPTION("hold", Settings, hold_us, 0, 60, "1.5"),
    STRING_OPTION("zone", Settings, zone, NULL),
    CHOICE_OPTION("mode", Settings, mode, modes, "first"),
    OPTION_END,
};

static void check_refused(const char *name, const char *value, const char *message)
{
    Settings settings = {0};
    options_set_defaults(specs, &settings);
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, name, value, "a.yaml", 3, 5, 3, 12);
    g_autoptr(GError) error = NULL;
    assert_false(options_apply(specs, &settings, params, "systems[0].params", &error));
    assert_string_equal(error->message, message);
    assert_int_equal(vsaudit_error_exit_status(error), EXIT_BAD_INPUT);
    options_clear(specs, &settings);
}

/* A table that takes in others. */
typedef struct {
    Settings inner;
    double speed;
} Outer;

static const OptionRow outer[] = {
    GROUP_OPTIONS(Outer, inner, Settings, specs, "zone mode=second"),
    NUMBER_OPTION("speed", Outer, speed, 0, 9, NULL, "m/s"),
    GROUP_OPTIONS(Outer, inner, Settings, specs, "share=0.5"),
    OPTION_END,
};
static const OptionRow all[] = {GROUP_OPTIONS(Outer, inner, Settings, specs, NULL),
                                SAME_OPTIONS(outer, "speed=3"), OPTION_END};

/* One step for a letter put in, taken out, changed, or two neighbours swapped; a third of the letters may
 * differ, and one always. */
TEST(near_names_are_a_third_of_their_letters_away)
{
    static const struct {
        const char *name, *known, *nearest;
    } cases[] = {
        {"a", "xyz", NULL},
        {"a", "b", "b"},
        {"a", "bc", NULL},
        {"a", "ab", "ab"},
        {"zone", "zones", "zones"},
        {"zones", "zone", "zone"},
        {"zome", "zone", "zone"},
        {"zoen", "zone", "zone"},
        {"enoz", "zone", NULL},
        {"zonesx", "zone", "zone"},
        {"zone", "zonesx", NULL},
        {"zonesxy", "zone", NULL},
        {"ZNOE", "zone", "zone"},
        {"abcdef", "badcef", "badcef"},
        {"abcdef", "badcfe", NULL},
        {"abcdef", "xbcdey", "xbcdey"},
        {"abcdef", "xbxdex", NULL},
        {"ca", "abc", NULL},
        {"abcdefghi", "cdefghi", "cdefghi"},
        {"abcdefghi", "efghi", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *found = option_nearest_name(cases[i].name, &cases[i].known, 1);
        if (g_strcmp0(found, cases[i].nearest) != 0)
            fail_msg("%s: found %s, expected %s", cases[i].name, found, cases[i].nearest);
    }
    static const char *const several[] = {"xone", "zoned", "zone", "zon"};
    assert_string_equal(option_nearest_name("zonee", several, 4), "zoned"); /* the first of the nearest */
    assert_string_equal(option_nearest_name("Zone", several, 4), "zone");
    assert_null(option_nearest_name("zone", several, 0));
}

TEST(options_take_in_other_tables)
{
    static const char *const names[] = {"zone", "mode", "speed", "share"};
    const OptionSpec *options = options_of(outer);
    assert_ptr_equal(options, options_of(outer));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        assert_string_equal(options[i].name, names[i]);
    assert_null(options[4].name);
    assert_null(option_find(outer, "count"));
    assert_ptr_equal(option_find(outer, "speed"), &options[2]);
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, "zone", "lawn", NULL, 0, 0, 0, 0);
    param_list_add(params, "speed", "2", NULL, 0, 0, 0, 0);
    Outer settings = {.inner.count = 77};
    options_set_defaults(outer, &settings);
    assert_int_equal(settings.inner.mode, 1);
    assert_true(settings.inner.share == 0.5 && isnan(settings.speed));
    assert_true(options_apply(outer, &settings, params, NULL, NULL));
    assert_string_equal(settings.inner.zone, "lawn");
    assert_true(settings.speed == 2);
    assert_int_equal(settings.inner.count, 77); /* not taken: not touched */
    options_clear(outer, &settings);
    assert_null(settings.inner.zone);
    assert_int_equal(option_find(all, "mode")->offset, offsetof(Outer, inner.mode));
    assert_string_equal(option_find(all, "mode")->initial, "first");
    assert_string_equal(option_find(all, "speed")->initial, "3");
}

TEST(options_tell_the_values_in_force)
{
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, "share", "0.75", NULL, 0, 0, 0, 0);
    g_autoptr(ParamList) values = options_effective(outer, sizeof(Outer), params);
    assert_int_equal(values->params->len, 4);
    assert_null(param_list_find(values, "zone")->value);
    assert_null(param_list_find(values, "speed")->value);
    assert_string_equal(param_list_find(values, "mode")->value, "second");
    assert_string_equal(param_list_find(values, "share")->value, "0.75");
    param_list_add(params, "mode", "third", NULL, 0, 0, 0, 0);
    assert_null(options_effective(outer, sizeof(Outer), params));
}

TEST(options_print_the_shortest_number)
{
    static const char *const texts[] = {"0.2", "0.1", "0.05", "1", "0", "0.30000000000000004", "1e-07"};
    Settings settings = {0};
    options_set_defaults(specs, &settings);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        settings.share = g_ascii_strtod(texts[i], NULL);
        g_autofree char *text = options_format(option_find(specs, "share"), &settings);
        assert_string_equal(text, texts[i]);
    }
    options_clear(specs, &settings);
}

TEST(options_say_what_they_take)
{
    Settings settings = {0};
    options_set_defaults(specs, &settings);
    assert_int_equal(settings.hold_us, 1500000);
    g_autoptr(ParamList) params = param_list_new();
    param_list_add(params, "mode", "second", NULL, 0, 0, 0, 0);
    param_list_add(params, "zone", "lawn", NULL, 0, 0, 0, 0);
    assert_true(options_apply(specs, &settings, params, NULL, NULL));
    assert_int_equal(settings.mode, 1);
    assert_string_equal(settings.zone, "lawn");
    options_clear(specs, &settings);
    check_refused("shar", "1",
                  "a.yaml:3:5: systems[0].params.shar: found an unknown name, expected perhaps “share”");
    check_refused(
        "share", "1.5",
        "a.yaml:3:12: systems[0].params.share: found “1.5”, expected a number from 0 to 1 fraction");
    check_refused(
        "share", "nan",
        "a.yaml:3:12: systems[0].params.share: found “nan”, expected a number from 0 to 1 fraction");
    check_refused(
        "count", "3x",
        "a.yaml:3:12: systems[0].params.count: found “3x”, expected a whole number from 1 to 10 people");
    check_refused("hold", "61",
                  "a.yaml:3:12: systems[0].params.hold: found “61”, expected seconds from 0 to 60");
    check_refused("mode", "third",
                  "a.yaml:3:12: systems[0].params.mode: found “third”, expected one of first, second");
    check_refused("on", "yes", "a.yaml:3:12: systems[0].params.on: found “yes”, expected true or false");
}

TEST(quality_survives_json)
{
    g_autoptr(ClipQuality) quality = clip_quality_new();
    quality->codec = g_strdup("h264");
    quality->frames = 7;
    quality->truncated = true;
    span_list_add(&quality->undecoded, 5, 9);
    g_ptr_array_add(quality->remarks, g_strdup("cut"));
    json_t *first = clip_quality_to_json(quality);
    assert_non_null(first);
    g_autoptr(GError) error = NULL;
    g_autoptr(ClipQuality) copy = clip_quality_from_json(first, &error);
    assert_non_null(copy);
    json_t *second = clip_quality_to_json(copy);
    assert_true(json_equal(first, second));
    assert_true(json_is_null(json_object_get(second, "frames_promised")));
    json_decref(first);
    json_decref(second);
    json_t *wrong = json_pack("{s:s}", "codec", "h264");
    assert_null(clip_quality_from_json(wrong, NULL));
    json_decref(wrong);
}

TEST(words_from_outside_steer_nothing)
{
    static const TestPair cases[] = {
        {NULL, ""},
        {"front door, caméra 1 — 東", "front door, caméra 1 — 東"},
        {"\x1b[2J\x1b[1;1Hverified", "\\x1b[2J\\x1b[1;1Hverified"},
        {"a\nResult: ok\r\tb\x7f", "a\\nResult: ok\\r\\tb\\x7f"},
        {"\xc2\x9b"
         "31m",
         "\\u009b31m"},
        {"cam\u202e4pm.1", "cam\\u202e4pm.1"},
        {"\u2066x\u2069", "\\u2066x\\u2069"},
        {"Front\u200eDoor\ufeff\u200b", "Front\\u200eDoor\\ufeff\\u200b"},
        {"\u2028new line\U000e0041", "\\u2028new line\\U000e0041"},
        {"caf\xe9", "caf\\xe9"},
        {"باب", "\u2068باب\u2069"},
        {"a \u2068باب\u2069 b", "a \u2068باب\u2069 b"}, /* it is set apart already */
        {"\u2068a\u202eb\u2069", "\\u2068a\\u202eb\\u2069"},
        {"باب\u2069 5", "\u2068باب\\u2069 5\u2069"},
        {"میخواهم", "\u2068میخواهم\u2069"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *shown = shown_text(cases[i].given);
        assert_string_equal(shown, cases[i].expected);
    }
    g_autofree char *page = shown_undirected("a\n\u202eb \u2068باب\u2069");
    assert_string_equal(page, "a\n\\u202eb \u2068باب\u2069");
    g_autofree char *plain = shown_apart("plain\nwords"), *apart = shown_apart("باب\n");
    assert_string_equal(plain, "plain\nwords");
    assert_string_equal(apart, "\u2068باب\n\u2069");
    g_autofree char *sentence = shown_sentence("found “باب\n”");
    assert_string_equal(sentence, "found “باب\\n”");
}

static bool is_secret(const char *text)
{
    return secret_is_in(text, strlen(text));
}

TEST(keys_are_known_by_their_content)
{
    static const char wide[] = "\xff\xfe-\0P\0R\0I\0V\0A\0T\0E\0 \0K\0E\0Y\0-\0-\0-\0-\0-\0\n\0";
    static const char big[] = "\xfe\xff\0P\0R\0I\0V\0A\0T\0E\0 \0K\0E\0Y\0-\0-\0-\0-\0-";
    assert_true(secret_is_in(wide, sizeof wide - 1));
    assert_true(secret_is_in(big, sizeof big - 1));
    assert_true(is_secret("-----BEGIN PRIVATE KEY-----\n"));
    /* PKCS #8 in base64 without a frame, at each of the three places within a group of three bytes */
    assert_true(is_secret("MC4CAQAwBQYDK2VwBCIEIFdgFbtOXZzobUzoBPOh5XpPnEp19zfLy4IvAOBh0QN9\n"));
    assert_true(is_secret("key: MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n"));
    assert_true(is_secret("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n"));
    static const char rsa[] = "\x30\x82\x04\xbd\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01"
                              "\x01\x05\x00\x04\x82\x04\xa7";
    assert_true(secret_is_in(rsa, sizeof rsa - 1));
    static const char pkcs12[] =
        "\x30\x82\x09\xcf\x02\x01\x03\x30\x82\x09\x85\x06\x09\x2a\x86\x48\x86\xf7\x0d"
        "\x01\x07\x01\xa0\x82\x09\x76\x04\x82\x09\x72\x30\x82\x09\x6e\x30\x82\x03\xe2";
    assert_true(secret_is_in(pkcs12, sizeof pkcs12 - 1));
    g_autofree char *encoded = g_base64_encode((const guchar *)pkcs12, sizeof pkcs12 - 1);
    assert_true(is_secret(encoded));
    for (size_t length = 0; length < 12; length++) /* cut short: nothing is read beyond */
        assert_false(secret_is_in(pkcs12, length));
    /* what is public is no secret: keys, certificates, signatures, hashes, words */
    assert_false(is_secret("-----BEGIN PUBLIC KEY-----\n"
                           "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"));
    assert_false(is_secret("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo\n"));
    assert_false(is_secret("MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n"));
    static const char signed_data[] =
        "\x30\x82\x09\xcf\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x82\x09"
        "\xc0\x30\x82\x09\xbc\x02\x01\x01";
    assert_false(secret_is_in(signed_data, sizeof signed_data - 1));
    assert_false(is_secret("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    assert_false(is_secret("clip,behaviour,onset_s\nMIRADOR,intrusion,12\n"));
    assert_false(
        is_secret("MISE EN GARDE : la clef privee (private key) ne se publie jamais, ni ici ni la.\n"));
    assert_false(secret_is_in("", 0));
}

UNIT_TESTS(NULL, NULL)
