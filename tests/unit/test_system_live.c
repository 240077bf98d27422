/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The placeholders of a live system's command and template. */
#include "config/system_live.h"

#include <string.h>

#include "unit.h"

static char *value_of(const char *name, void *user)
{
    *(guint *)user += 1;
    if (strcmp(name, "camera") == 0)
        return g_strdup("rtsp://127.0.0.1:8554/hall");
    if (strcmp(name, "sink:door") == 0)
        return g_strdup("http://127.0.0.1:80/@camera@");
    return strcmp(name, "none") == 0 ? g_strdup("") : NULL;
}

TEST(names_between_two_signs_are_replaced)
{
    static const TestPair pairs[] = {
        {"", ""},
        {"-c", "-c"},
        {"@camera@", "rtsp://127.0.0.1:8554/hall"},
        {"a@camera@b@camera@c", "artsp://127.0.0.1:8554/hallbrtsp://127.0.0.1:8554/hallc"},
        {"[@none@]", "[]"},
        {"@sink:door@", "http://127.0.0.1:80/@camera@"}, /* what comes in is not looked at again */
        {"ann@@camera@", "ann@rtsp://127.0.0.1:8554/hall"},
        {"ann@example.org", "ann@example.org"}, /* no second sign */
        {"a @ b @ c", "a @ b @ c"},
        {"@-x@ @ab c@", "@-x@ @ab c@"}, /* no word */
        {"@", "@"},
        {"@@", "@@"},
        {"100 %@\n", "100 %@\n"},
        {"@caméra@", "@caméra@"}};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        guint asked = 0;
        char *unknown = NULL;
        size_t at = 0;
        g_autofree char *filled = live_fill(pairs[i].given, value_of, &asked, &unknown, &at);
        assert_non_null(filled);
        assert_string_equal(filled, pairs[i].expected);
        assert_null(unknown);
    }
}

TEST(one_that_there_is_not_is_told_with_its_place)
{
    guint asked = 0;
    char *unknown = NULL;
    size_t at = 0;
    assert_null(live_fill("url @camera@\nto @sinc@ @none@", value_of, &asked, &unknown, &at));
    assert_string_equal(unknown, "sinc");
    assert_int_equal(at, strlen("url @camera@\nto "));
    assert_int_equal(asked, 2);
    g_free(unknown);
}

UNIT_TESTS(NULL, NULL)
