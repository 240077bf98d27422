/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/error.h"
#include "records/span.h"
#include "yaml/yaml_table.h"

#include <string.h>

#include "unit.h"

typedef struct {
    char *name;
    int64_t at_us;
} Stop;

typedef struct {
    char *id, *note, *sha256;
    bool loud;
    int64_t count, wait_us;
    double speed;
    int colour;
    TextPair title;
    GPtrArray *tags, *words;
    GArray *curve, *path;
    Point corner;
    Stop first;
    GPtrArray *stops;
    ParamList *params;
    int custom;
} Walker;

static const char *const colours[] = {"red", "green", NULL};

static void read_twice(YamlReader *reader, const YamlNode *node, void *member)
{
    int64_t value = 0;
    if (yaml_read_int(reader, node, 0, 100, &value))
        *(int *)member = (int)(2 * value);
}

static const YamlField stop_fields[] = {ID_FIELD("name", Stop, name, .required = true, .help = "what it is"),
                                        SECONDS_FIELD("at_s", Stop, at_us, .max = 100, .initial = "0.5"),
                                        YAML_FIELD_END};
static const YamlTable stop_table = {YAML_TABLE("stop", stop_fields, Stop)};

static const YamlField walker_fields[] = {
    ID_FIELD("id", Walker, id, .required = true),
    TEXT_FIELD("note", Walker, note, .min = 2, .max = 10),
    SHA256_FIELD("sha256", Walker, sha256, .help = NULL),
    BOOL_FIELD("loud", Walker, loud, .initial = "true"),
    INT_FIELD("count", Walker, count, .min = 1, .max = 9, .initial = "3"),
    SECONDS_FIELD("wait_s", Walker, wait_us, .min = 0, .max = 60),
    NUMBER_FIELD("speed", Walker, speed, .min = 0.1, .max = 5),
    CHOICE_FIELD("colour", Walker, colour, colours, .help = NULL),
    PAIR_FIELD("title", Walker, title, .help = NULL),
    TEXTS_FIELD("tags", Walker, tags, .max = 3),
    TEXTS_FIELD("words", Walker, words, .min = 2),
    NUMBERS_FIELD("curve", Walker, curve, .count = 3),
    POINTS_FIELD("path", Walker, path, .count = 2, .max = 1),
    POINT_FIELD("corner", Walker, corner, .max = 1),
    MAP_FIELD("first", Walker, first, &stop_table, .help = NULL),
    LIST_FIELD("stops", Walker, stops, &stop_table, .help = NULL),
    PARAMS_FIELD("params", Walker, params, .help = NULL),
    CUSTOM_FIELD("custom", Walker, custom, read_twice, .help = NULL),
    YAML_FIELD_END};
static const YamlTable walker_table = {YAML_TABLE("walker", walker_fields, Walker),
                                       .schema = "vsaudit/walker/1"};

/* Loads `text`; returns the messages. */
static GPtrArray *load(const char *text, Walker *walker)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(YamlTree) tree = yaml_tree_parse(text, strlen(text), "w.yaml", ".", problems);
    memset(walker, 0, sizeof *walker);
    if (tree != NULL) {
        const bool good = yaml_load_tree(tree, &walker_table, walker, NULL, problems);
        assert_true(!good || problems_count(problems) == 0 || strstr(text, "twice") != NULL);
    }
    return problems_list(problems);
}

TEST(every_type_is_read)
{
    Walker walker;
    g_autoptr(GPtrArray) list = load("schema: vsaudit/walker/1\n"
                                     "id: w-1\nnote: \"été\"\nloud: false\ncount: 7\nwait_s: 1.000001\n"
                                     "speed: 1.5e0\ncolour: green\ntitle: {en: Hello, fr: Bonjour}\n"
                                     "tags: [a, 'b c']\ncurve: [1, -2.5, 3]\npath: [[0, 0.5], [1, 1]]\n"
                                     "corner: [0.25, 0.75]\nfirst: {name: door}\n"
                                     "stops:\n  - {name: bench, at_s: 12}\n  - name: gate\n"
                                     "params: {limit: 3, mode: fast}\ncustom: 21\n",
                                     &walker);
    assert_int_equal(list->len, 0);
    assert_string_equal(walker.id, "w-1");
    assert_string_equal(walker.note, "été");
    assert_false(walker.loud);
    assert_int_equal(walker.count, 7);
    assert_int_equal(walker.wait_us, 1000001);
    assert_true(walker.speed == 1.5);
    assert_int_equal(walker.colour, 1);
    assert_string_equal(walker.title.fr, "Bonjour");
    assert_int_equal(walker.tags->len, 2);
    assert_true(g_array_index(walker.curve, double, 1) == -2.5);
    assert_true(g_array_index(walker.path, Point, 0).y == 0.5);
    assert_true(walker.corner.x == 0.25);
    assert_string_equal(walker.first.name, "door");
    assert_int_equal(walker.first.at_us, 500000);
    assert_int_equal(walker.stops->len, 2);
    const Stop *stop = g_ptr_array_index(walker.stops, 0);
    assert_int_equal(stop->at_us, 12000000);
    const Param *param = param_list_find(walker.params, "mode");
    assert_string_equal(param->value, "fast");
    assert_int_equal(param->line, 18);
    assert_int_equal(param->name_column, 20);
    assert_int_equal(param->column, 26);
    assert_int_equal(walker.custom, 42);
    yaml_clear(&walker_table, &walker);
    assert_null(walker.stops);
}

TEST(defaults_stand_where_nothing_is_written)
{
    Walker walker;
    g_autoptr(GPtrArray) list = load("schema: vsaudit/walker/1\nid: w\n", &walker);
    assert_int_equal(list->len, 0);
    assert_true(walker.loud);
    assert_int_equal(walker.count, 3);
    assert_null(walker.note);
    assert_int_equal(walker.tags->len, 0);
    assert_int_equal(walker.first.at_us, 500000);
    yaml_clear(&walker_table, &walker);
}

/* One line of YAML after the heading (lines 1 and 2), and the only message that it must cause. */
static const TestPair refusals[] = {
    {"cuont: 3", "w.yaml:3:1: cuont: found an unknown key, expected perhaps “count”"},
    {"count: 10", "w.yaml:3:8: count: found “10”, expected a whole number from 1 to 9"},
    {"count: 1.0", "w.yaml:3:8: count: found “1.0”, expected a whole number from 1 to 9"},
    {"count: 0x3", "w.yaml:3:8: count: found “0x3”, expected a whole number from 1 to 9"},
    {"count: '3'", "w.yaml:3:8: count: found “3”, expected a whole number from 1 to 9 without quotes"},
    {"count:", "w.yaml:3:7: count: found nothing, expected a whole number from 1 to 9"},
    {"speed: 1,5",
     "w.yaml:3:8: speed: found “1,5”, expected a number from 0.1 to 5 (with a decimal point, not a comma)"},
    {"speed: .nan", "w.yaml:3:8: speed: found “.nan”, expected a number from 0.1 to 5"},
    {"speed: 5.01", "w.yaml:3:8: speed: found “5.01”, expected a number from 0.1 to 5"},
    {"speed: [1]", "w.yaml:3:8: speed: found a list, expected a number from 0.1 to 5"},
    {"wait_s: 0.0000001",
     "w.yaml:3:9: wait_s: found “0.0000001”, expected seconds with at most six decimals from 0 to 60"},
    {"loud: yes", "w.yaml:3:7: loud: found “yes”, expected true or false"},
    {"colour: blue", "w.yaml:3:9: colour: found “blue”, expected one of red, green"},
    {"note: a", "w.yaml:3:7: note: found 1 characters, expected 2 to 10"},
    {"note: {a: b}", "w.yaml:3:7: note: found a mapping, expected text"},
    {"sha256: 12", "w.yaml:3:9: sha256: found “12”, expected a SHA-256 of 64 hexadecimal digits"},
    {"title: {en: a, de: b}", "w.yaml:3:16: title.de: found an unknown key, expected one of en, fr"},
    {"title: {}", "w.yaml:3:8: title: found a mapping, expected text under “en”, “fr” or both"},
    {"tags: [a, b, c, d]", "w.yaml:3:7: tags: found 4 items, expected 0 to 3"},
    {"tags: [a, [b]]", "w.yaml:3:11: tags[1]: found a list, expected text"},
    {"words: [a]", "w.yaml:3:8: words: found 1 items, expected at least 2"},
    {"words: [[a]]",
     "w.yaml:3:8: words: found 1 items, expected at least 2"}, /* its items are not looked at */
    {"tags: [a, b, c, [d]]", "w.yaml:3:7: tags: found 4 items, expected 0 to 3"},
    {"curve: [1, 2]", "w.yaml:3:8: curve: found 2 numbers, expected 3"},
    {"path: [[0, 0]]", "w.yaml:3:7: path: found 1 points, expected at least 2"},
    {"path: [[0, 0], [0.5, 1.5]]", "w.yaml:3:22: path[1][1]: found “1.5”, expected a number from 0 to 1"},
    {"corner: [0.5]", "w.yaml:3:9: corner: found a list, expected a point [x, y]"},
    {"first: {at_s: 1}", "w.yaml:3:8: first.name: found no such key, expected it here: what it is"},
    {"stops: {name: a}", "w.yaml:3:8: stops: found a mapping, expected a list of mappings (each a stop)"},
    {"stops: [a]", "w.yaml:3:9: stops[0]: found “a”, expected a mapping (a stop, lines of “key: value”)"},
    {"stops: [{name: é}]", "w.yaml:3:16: stops[0].name: found “é”, expected an id (letters without accents, "
                           "digits, “.”, “_”, “-”, at most 64 of them)"},
    {"params: {a: [1]}",
     "w.yaml:3:13: params.a: found a list, expected one value (text, a number, true or false)"},
    {"note: étéé\nnote: twice",
     "w.yaml:4:1: found the key “note” a second time, expected it once (first in line 3)"},
    {"note: &x abc", "w.yaml:3:7: found the anchor “&x”, expected a value without anchors"},
    {"note: *x",
     "w.yaml:3:7: found the alias “*x”, expected the value itself (anchors and aliases are not used)"},
    {"tags: &x [a]", "w.yaml:3:7: found the anchor “&x”, expected a value without anchors"},
    {"tags: !x [a]", "w.yaml:3:7: found the tag “!x”, expected a value without tags"},
    {"note: &x {a: b}", "w.yaml:3:7: found the anchor “&x”, expected a value without anchors"},
    {"note: !x {a: b}", "w.yaml:3:7: found the tag “!x”, expected a value without tags"},
    {"note: !!str abc", "w.yaml:3:7: found the tag “tag:yaml.org,2002:str”, expected a value without tags"},
    {"[a, b]: c", "w.yaml:3:1: found a list as a key, expected a word"},
    {"note: a: b",
     "w.yaml:3:8: found a “:” where no key can stand, expected the text in quotes, or correct indentation"},
    {"first:\n\tname: door", "w.yaml:4:1: found a tab, expected spaces for indentation"},
    {"note: @home", "w.yaml:3:7: found the character “@”, expected a value (put text that begins with a "
                    "special character in quotes)"},
    {"---\nid: second", "w.yaml:3:1: found a second document, expected one document in a file"},
};

TEST(what_is_wrong_is_said_with_its_place)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autofree char *text = g_strdup_printf("schema: vsaudit/walker/1\nid: w\n%s\n", refusals[i].given);
        Walker walker;
        g_autoptr(GPtrArray) list = load(text, &walker);
        if (list->len != 1)
            fail_msg("“%s”: %u messages", refusals[i].given, list->len);
        assert_string_equal(g_ptr_array_index(list, 0), refusals[i].expected);
        if (walker.tags != NULL)
            yaml_clear(&walker_table, &walker);
    }
}

static void check_single(const char *text, size_t length, const char *message)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(YamlTree) tree = yaml_tree_parse(text, length, "w.yaml", ".", problems);
    assert_null(tree);
    g_autoptr(GPtrArray) list = problems_list(problems);
    assert_int_equal(list->len, 1);
    assert_string_equal(g_ptr_array_index(list, 0), message);
}

TEST(files_that_are_no_yaml_are_refused)
{
    check_single("", 0, "w.yaml:1:1: found an empty file, expected YAML");
    check_single("# only words\n", 13, "w.yaml:1:1: found an empty file, expected YAML");
    check_single("- a\n", 4, "w.yaml:1:1: found a list, expected a mapping (lines of “key: value”)");
    check_single("text", 4, "w.yaml:1:1: found “text”, expected a mapping (lines of “key: value”)");
    check_single("a: caf\xe9\n", 8, "w.yaml:1:7: found the byte 0xe9, expected text in UTF-8");
    check_single("\xff\xfe"
                 "a\0",
                 4, "w.yaml:1:1: found text in UTF-16, expected UTF-8");
    check_single("a: \x01\n", 5, "w.yaml:1:4: found the control character 0x01, expected text");
    check_single("a: \0b\n", 6, "w.yaml:1:4: found the byte 0x00, expected text in UTF-8");
    check_single("a: \"\\0\"\n", 8, "w.yaml:1:4: found a NUL character, expected text");
    check_single("a: [1, 2\nb: 3\n", 14,
                 "w.yaml:2:2: found broken YAML (while parsing a flow sequence: did not find expected ',' or "
                 "']'), expected well-formed YAML");
}

TEST(hostile_sizes_are_refused)
{
    g_autofree char *deep = g_strnfill(100000, '[');
    g_autofree char *nested = g_strdup_printf("a: %s", deep);
    check_single(nested, strlen(nested),
                 "w.yaml:1:35: found more than 32 levels inside one another, expected fewer");
    g_autofree char *large = g_strnfill(YAML_TREE_BYTES_MAX + 1, ' ');
    check_single(
        large, YAML_TREE_BYTES_MAX + 1,
        "w.yaml: found a file of 8388609 bytes, expected at most 8388608 (put many events into a CSV "
        "file)");
    g_autoptr(GString) many = g_string_new("a:\n");
    for (int i = 0; i <= YAML_TREE_NODES_MAX; i++)
        g_string_append(many, "- 1\n");
    check_single(many->str, many->len,
                 "w.yaml:400000:3: found more than 400000 values, expected fewer (put many events into a CSV "
                 "file)");
    g_autofree char *key = g_strnfill(200, 'k');
    g_autofree char *long_key = g_strdup_printf("%s: 1\n", key);
    check_single(long_key, strlen(long_key),
                 "w.yaml:1:1: found a key of more than 128 bytes, expected a word");
}

TEST(a_byte_order_mark_and_crlf_are_accepted)
{
    Walker walker;
    g_autoptr(GPtrArray) list =
        load("\xef\xbb\xbfschema: vsaudit/walker/1\r\nid: w\r\ncuont: 1\r\n", &walker);
    assert_int_equal(list->len, 1);
    assert_string_equal(g_ptr_array_index(list, 0),
                        "w.yaml:3:1: cuont: found an unknown key, expected perhaps “count”");
    yaml_clear(&walker_table, &walker);
}

TEST(a_wrong_schema_is_the_only_complaint)
{
    Walker walker;
    g_autoptr(GPtrArray) list = load("schema: vsaudit/scenario/1\nnonsense: 1\n", &walker);
    assert_int_equal(list->len, 1);
    assert_string_equal(g_ptr_array_index(list, 0),
                        "w.yaml:1:9: schema: found “vsaudit/scenario/1”, expected “vsaudit/walker/1”");
    yaml_clear(&walker_table, &walker);
}

TEST(all_problems_are_kept_in_order_and_bounded)
{
    g_autoptr(Problems) problems = problems_new();
    GError *error = NULL;
    assert_true(problems_to_error(problems, &error));
    problems_add(problems, "b", 2, 0, NULL, "second");
    problems_add(problems, "b", 1, 5, "x.y", "first");
    g_autoptr(GPtrArray) list = problems_list(problems);
    assert_string_equal(g_ptr_array_index(list, 0), "b:1:5: x.y: first");
    assert_string_equal(g_ptr_array_index(list, 1), "b:2: second");
    for (int i = 0; i < 100; i++)
        problems_add(problems, "b", 3, 0, NULL, "again");
    assert_int_equal(problems_count(problems), 102);
    assert_false(problems_to_error(problems, &error));
    assert_string_equal(error->message, "b:1:5: x.y: first (and 101 more: “vsaudit check” lists them all)");
    g_clear_error(&error);
    g_autoptr(GPtrArray) bounded = problems_list(problems);
    assert_int_equal(bounded->len, PROBLEMS_PER_FILE + 1);
}

/* ---- keys that depend on what the others say */

typedef struct {
    int kind; /* 0: on foot, 1: by bicycle */
    void *more;
} Traveller;

typedef struct {
    int64_t gears;
    char *brand;
} Bicycle;

static const YamlField bicycle_fields[] = {
    INT_FIELD("gears", Bicycle, gears, .required = true, .min = 1, .max = 30),
    TEXT_FIELD("brand", Bicycle, brand, .initial = "none"), YAML_FIELD_END};
static const YamlTable bicycle_table = {YAML_TABLE("bicycle", bicycle_fields, Bicycle)};
static const YamlTable *const vehicle_tables[] = {&bicycle_table, NULL};

static const YamlTable *choose_vehicle(const void *target)
{
    return ((const Traveller *)target)->kind == 1 ? &bicycle_table : NULL;
}

static const char *const traveller_kinds[] = {"foot", "bicycle", NULL};
static const YamlField traveller_fields[] = {
    CHOICE_FIELD("kind", Traveller, kind, traveller_kinds, .required = true), YAML_FIELD_END};
static const YamlTable traveller_table = {YAML_TABLE("traveller", traveller_fields, Traveller),
                                          .more = choose_vehicle, .mores = vehicle_tables,
                                          .more_at = offsetof(Traveller, more)};

/* The first message, "" when all was fine. Caller frees. */
static char *travel(const char *text, Traveller *traveller)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(YamlTree) tree = yaml_tree_parse(text, strlen(text), "t.yaml", ".", problems);
    yaml_load_tree(tree, &traveller_table, traveller, NULL, problems);
    g_autoptr(GError) first = NULL;
    if (problems_count(problems) > 0)
        problems_first_to_error(problems, &first);
    return g_strdup(first != NULL ? first->message : "");
}

TEST(keys_may_depend_on_another)
{
    static const TestPair cases[] = {
        {"gears: 21\nkind: bicycle\n", ""},
        {"kind: foot\n", ""},
        {"kind: bicycle\n", "t.yaml:1:1: gears: found no such key"},
        {"kind: bicycle\ngears: 99\n", "t.yaml:2:8: gears: found “99”"},
        {"kind: bicycle\ngears: 1\nbrnd: x\n",
         "t.yaml:3:1: brnd: found an unknown key, expected perhaps “brand”"},
        {"kind: foot\ngears: 3\n", "t.yaml:2:1: gears: found a key of a bicycle, expected it nowhere else"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Traveller traveller;
        g_autofree char *said = travel(cases[i].given, &traveller);
        if (!g_str_has_prefix(said, cases[i].expected) || (*cases[i].expected == '\0' && *said != '\0'))
            fail_msg("found “%s”, expected “%s”", said, cases[i].expected);
        if (i == 0) {
            const Bicycle *bicycle = traveller.more;
            assert_int_equal(bicycle->gears, 21);
            assert_string_equal(bicycle->brand, "none");
        }
        if (i == 1)
            assert_null(traveller.more);
        yaml_clear(&traveller_table, &traveller);
        assert_null(traveller.more);
    }
}

UNIT_TESTS(NULL, NULL)
