/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import/json_path: what each form of a path finds, by what name and at which place of the text; what is no
 * path. */
#include "import/json_path.h"

#include <string.h>

#include "unit.h"

static const char document[] = " {\"a\": {\"b\": 1, \"c.d\": [10, {\"e\": \"x]\"}, 30] , "
                               "\"f]\":2},\n\"list\":[ {\"n\":5} ,{\"n\":6},7 ],\"\":8}";

/* "name=value@place …" */
static char *find(const char *text, const char *path_text, bool with_places)
{
    char *fault = NULL;
    JsonPath *path = json_path_parse(path_text, &fault);
    if (path == NULL)
        fail_msg("%s", fault);
    json_t *value = json_loads(text, 0, NULL);
    GArray *found = json_path_found_new();
    json_path_find(path, value, with_places ? text : NULL, found);
    GString *said = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const JsonFound *one = &g_array_index(found, JsonFound, i);
        char *dumped = json_dumps(one->value, JSON_COMPACT | JSON_ENCODE_ANY);
        g_string_append_printf(said, "%s%s=%s", i > 0 ? " " : "", one->name != NULL ? one->name : "",
                               strlen(dumped) > 12 ? "…" : dumped);
        if (with_places) {
            /* what stands there is the value itself */
            g_string_append_printf(said, "@%zu", one->at);
            json_t *there = json_loads(text + one->at, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
            assert_true(json_equal(there, one->value));
            json_decref(there);
        }
        free(dumped);
    }
    g_array_unref(found);
    json_decref(value);
    json_path_free(path);
    return g_string_free(said, FALSE);
}

TEST(each_form_finds_its_values)
{
    static const TestPair paths[] = {
        {".", "=…@1"},
        {"$", "=…@1"},
        {"a.b", "a.b=1@13"},
        {"$.a.b", "a.b=1@13"},
        {"a[\"c.d\"][0]", "a.c.d[0]=10@24"},
        {"a['c.d'][-1]", "a.c.d[2]=30@41"},
        {"a[\"c.d\"][1].e", "a.c.d[1].e=\"x]\"@34"},
        {"a[\"f]\"]", "a.f]=2@52"},
        {"list[*].n", "list[0].n=5@70 list[1].n=6@79"},
        {"list[*]", "list[0]={\"n\":5}@65 list[1]={\"n\":6}@74 list[2]=7@82"},
        {"$[\"list\"][2]", "list[2]=7@82"},
        {"list[-3].n", "list[0].n=5@70"},
        {"[\"\"]", "=8@89"},
        /* nothing there */
        {"list[3]", ""},
        {"list[-4]", ""},
        {"list.n", ""},
        {"a[0]", ""},
        {"a.b.c", ""},
        {"z", ""},
        {"list[2].n", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *found = find(document, paths[i].given, true);
        g_autofree char *bare = find(document, paths[i].given, false);
        if (strcmp(found, paths[i].expected) != 0)
            fail_msg("%s: found “%s”, expected “%s”", paths[i].given, found, paths[i].expected);
        /* the same values without the text, and neither names nor places */
        g_auto(GStrv) with = g_strsplit(found, " ", -1), without = g_strsplit(bare, " ", -1);
        assert_int_equal(g_strv_length(with), g_strv_length(without));
        for (size_t k = 0; with[k] != NULL; k++) {
            *strrchr(with[k], '@') = '\0';
            assert_string_equal(strchr(with[k], '='), without[k]);
        }
    }
}

TEST(where_a_path_begins_is_known)
{
    static const char *const texts[] = {"$.a", "a", ".", "$"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *fault = NULL;
        JsonPath *path = json_path_parse(texts[i], &fault);
        assert_non_null(path);
        assert_int_equal(json_path_is_from_root(path), texts[i][0] == '$');
        json_path_free(path);
    }
    json_path_free(NULL);
}

TEST(what_is_no_path_is_told_with_its_place)
{
    static const TestPair wrong[] = {
        {"", "found the path “”, at its character 1 expected a path"},
        {"a..b", "found the path “a..b”, at its character 3 expected a key"},
        {"é.", "found the path “é.”, at its character 3 expected a key"},
        {".a", "found the path “.a”, at its character 1 expected a key"},
        {"$a", "found the path “$a”, at its character 2 expected a dot or a bracket"},
        {"a[0]b", "found the path “a[0]b”, at its character 5 expected a dot or a bracket"},
        {"a]", "found the path “a]”, at its character 2 expected a dot or a bracket"},
        {"a[", "found the path “a[”, at its character 2 expected [0], [*] or [\"a key\"]"},
        {"a[x]", "found the path “a[x]”, at its character 2 expected [0], [*] or [\"a key\"]"},
        {"a[1000001]", "found the path “a[1000001]”, at its character 2 expected [0], [*] or [\"a key\"]"},
        {"a[-1000001]", "found the path “a[-1000001]”, at its character 2 expected [0], [*] or [\"a key\"]"},
        {"a[\"b]",
         "found the path “a[\"b]”, at its character 2 expected a closing quotation mark and bracket"},
        {"a[\"b\"x",
         "found the path “a[\"b\"x”, at its character 2 expected a closing quotation mark and bracket"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *fault = NULL;
        assert_null(json_path_parse(wrong[i].given, &fault));
        assert_string_equal(fault, wrong[i].expected);
    }
    char *fault = NULL;
    JsonPath *most = json_path_parse("a[1000000][-1000000]", &fault);
    assert_non_null(most);
    json_path_free(most);
}

UNIT_TESTS(NULL, NULL)
