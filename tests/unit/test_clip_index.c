/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config/clip_index and config/clip_readings: an index of clips, and what its words mean, become a manifest.
 */
#include "config/clip_index.h"
#include "records/error.h"

#include <glib/gstdio.h>
#include <string.h>

/* cmocka.h wants these first. */

#include "unit.h"

static const char index_text[] =
    "[{\"id\": \"c1\", \"file\": \"x/c1.mp4\", \"sha256\": "
    "\"0000000000000000000000000000000000000000000000000000000000000001\", \"duration_s\": 60.0,\n"
    "  \"events\": [{\"type\": \"person_present\", \"start_s\": 1.0, \"end_s\": 15.9, \"note\": \"short\"},\n"
    "             {\"type\": \"person_present\", \"start_s\": 20.0, \"end_s\": 35.0, \"note\": \"long\"},\n"
    "             {\"type\": \"fall\", \"start_s\": 40.0, \"end_s\": 41.0},\n"
    "             {\"type\": \"person_on_ground\", \"start_s\": 41.0, \"end_s\": 99.0}]}]\n";

static char *write_file(const char *name, const char *text)
{
    char *path = g_build_filename(g_get_tmp_dir(), name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* The manifest that the index and these readings give, or NULL with an error; the caller frees. */
static char *convert(const char *clips, const char *readings, GError **error)
{
    g_autofree char *name = g_strdup_printf("vsaudit-index-%d.json", (int)getpid());
    g_autofree char *other = g_strdup_printf("vsaudit-readings-%d.json", (int)getpid());
    g_autofree char *index = write_file(name, clips);
    g_autofree char *path = readings != NULL ? write_file(other, readings) : NULL;
    char *text = clip_index_to_manifest(index, path, "local", "/clips", error);
    g_unlink(index);
    if (path != NULL)
        g_unlink(path);
    return text;
}

TEST(an_index_alone_gives_what_the_table_knows)
{
    g_autofree char *text = convert(index_text, NULL, NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, "person-down: all"));
    assert_non_null(strstr(text, "{behaviour: person-down, start_s: 40.000, end_s: 41.000}"));
    assert_null(strstr(text, "loitering"));
    assert_null(strstr(text, "scene:"));
}

/* Each word that is known, with its behaviour, its label and when it begins: who walks through a gate the
 * wrong way crosses it half-way. */
TEST(every_word_has_its_meaning)
{
    static const TestPair words[] = {
        {"tamper_covered", "{behaviour: camera-tampering, start_s: 10.000, end_s: 16.000, label: covered}"},
        {"partial_occlusion",
         "{behaviour: camera-tampering, start_s: 10.000, end_s: 16.000, label: covered}"},
        {"tamper_moved", "{behaviour: camera-tampering, start_s: 10.000, end_s: 16.000, label: moved}"},
        {"collision", "{behaviour: road-accident, start_s: 10.000, end_s: 16.000, label: collision}"},
        {"crowd", "{behaviour: crowd-limit, start_s: 10.000, end_s: 16.000, label: over_limit}"},
        {"wrong_way_up", "{behaviour: fare-evasion, start_s: 13.000, end_s: 16.000, label: backward}"},
        {"vehicle_stopped", "{behaviour: stopped-vehicle, start_s: 10.000, end_s: 16.000}"},
        {"intrusion_lawn", "{behaviour: intrusion, start_s: 10.000, end_s: 16.000}"},
        {"object_abandoned", "{behaviour: abandoned-object, start_s: 10.000, end_s: 16.000}"},
        {"fall", "{behaviour: person-down, start_s: 10.000, end_s: 16.000}"},
        {"running", "{behaviour: running, start_s: 10.000, end_s: 16.000}"},
        {"juggling", "# not mapped: \"juggling\" 10.000 to 16.000 s"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *index =
            g_strdup_printf("[{\"id\": \"c\", \"file\": \"c.mp4\", \"sha256\": \"0\", \"duration_s\": 20.0, "
                            "\"events\": [{\"type\": \"%s\", \"start_s\": 10.0, \"end_s\": 16.0}]}]",
                            words[i].given);
        g_autofree char *text = convert(index, NULL, NULL);
        assert_non_null(text);
        if (strstr(text, words[i].expected) == NULL)
            fail_msg("found “%s”, expected “%s”", text, words[i].expected);
        const bool gate = strcmp(words[i].given, "wrong_way_up") == 0;
        assert_true((strstr(text, "gate: [[0, 0.5], [1, 0.5]]") != NULL) == gate);
        assert_null(strstr(text, "certainty"));
    }
}

/* Words that say what a clip was looked through for: most in negative_for, those of the camera in the note;
 * in the other place they say nothing. */
TEST(every_word_of_what_was_looked_for_covers_its_behaviour)
{
    static const struct {
        const char *word, *behaviour;
        bool in_note;
    } words[] = {
        {"tampering", "camera-tampering", false},
        {"Static camera", "camera-tampering", true},
        {"Static outdoor camera", "camera-tampering", true},
        {"Static ceiling camera", "camera-tampering", true},
        {"Static grey camera", "camera-tampering", true},
        {"Static shop-front camera", "camera-tampering", true},
        {"Static indoor camera", "camera-tampering", true},
        {"Fixed camera", "camera-tampering", true},
        {"Fixed traffic camera", "camera-tampering", true},
        {"accident", "road-accident", false},
        {"stopped vehicle", "stopped-vehicle", false},
        {"crowd", "crowd-limit", false},
        {"intrusion", "intrusion", false},
        {"loitering", "loitering", false},
        {"abandoned object", "abandoned-object", false},
        {"fall", "person-down", false},
        {"running", "running", false},
    };
    static const char *const keys[] = {"negative_for", "note"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        for (int k = 0; k < 2; k++) {
            g_autofree char *index =
                g_strdup_printf("[{\"id\": \"c\", \"file\": \"c.mp4\", \"sha256\": \"0\", \"duration_s\": "
                                "20.0, \"%s\": \"x %s before 12.5 s\"}]",
                                keys[k], words[i].word);
            g_autofree char *text = convert(index, NULL, NULL);
            g_autofree char *expected = g_strdup_printf("    coverage:\n      %s: %s\n", words[i].behaviour,
                                                        words[i].in_note ? "all" : "[[0, 12.500]]");
            assert_non_null(text);
            if ((strstr(text, expected) != NULL) != (words[i].in_note == (k == 1)))
                fail_msg("%s in %s: found “%s”", words[i].word, keys[k], text);
            assert_int_equal(strstr(text, "coverage:") != NULL, words[i].in_note == (k == 1));
        }
    }
}

TEST(readings_choose_join_and_draw)
{
    g_autofree char *text = convert(
        index_text,
        "{\"schema\": \"vsaudit/readings/1\", \"zones\": {\"view\": [[0, 0], [1, 0], [1, 1]]},\n"
        " \"clips\": {\"c1\": {\"camera\": \"hall\", \"lines\": {\"way\": [[0, 0], [0, 1]]},\n"
        "   \"zones\": {\"view\": [[0.5, 0], [1, 0], [1, 1]]}, \"coverage\": [\"running\"],\n"
        "   \"events\": [{\"types\": [\"person_present\"], \"behaviour\": \"loitering\", \"least_s\": 15},\n"
        "     {\"types\": [\"person_present\"], \"behaviour\": \"intrusion\", \"note\": \"short\"},\n"
        "     {\"types\": [\"fall\", \"person_on_ground\"], \"behaviour\": \"person-down\", \"joined\": "
        "true}]}}}",
        NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, "camera: \"hall\""));
    assert_non_null(strstr(text, "view: [[0.5, 0], [1, 0], [1, 1]]"));
    assert_null(strstr(text, "view: [[0, 0]")); /* the clip's own stands in its place */
    assert_non_null(strstr(text, "way: [[0, 0], [0, 1]]"));
    assert_non_null(strstr(text, "running: all"));
    assert_non_null(strstr(text, "loitering: all"));
    assert_non_null(strstr(text, "{behaviour: loitering, start_s: 20.000, end_s: 35.000, note: \"long\"}"));
    assert_null(strstr(text, "{behaviour: loitering, start_s: 1.000"));
    assert_non_null(strstr(text, "{behaviour: intrusion, start_s: 1.000"));
    assert_null(strstr(text, "{behaviour: intrusion, start_s: 20.000"));
    /* Joined, cut at the clip's end, and in place of the table's own reading. */
    assert_non_null(strstr(text, "{behaviour: person-down, start_s: 40.000, end_s: 60.000}"));
    assert_null(strstr(text, "end_s: 41.000"));
}

TEST(wrong_readings_are_refused_with_their_place)
{
    static const TestPair cases[] = {
        {"{", "found broken JSON"},
        {"{\"schema\": \"vsaudit/readings/2\"}", "schema: found “vsaudit/readings/2”"},
        {"{\"schema\": \"vsaudit/readings/1\", \"zone\": {}}", "the file: found the key “zone”"},
        {"{\"schema\": \"vsaudit/readings/1\", \"clips\": {\"c1\": {\"zones\": {\"z\": [[0, 0], [1, 1]]}}}}",
         "clips.c1.zones.z: "},
        {"{\"schema\": \"vsaudit/readings/1\", \"clips\": {\"c1\": {\"lines\": {\"l\": [[0, 0], [1, 2]]}}}}",
         "clips.c1.lines.l: "},
        {"{\"schema\": \"vsaudit/readings/1\", \"clips\": {\"c1\": {\"coverage\": [\"flying\"]}}}",
         "found “flying”, expected a behaviour"},
        {"{\"schema\": \"vsaudit/readings/1\", \"clips\": {\"c1\": {\"events\": [{\"behaviour\": "
         "\"running\"}]}}}",
         "clips.c1.events[0]: "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = convert(index_text, cases[i].given, &error);
        assert_null(text);
        assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
        if (strstr(error->message, cases[i].expected) == NULL)
            fail_msg("found “%s”, expected “%s”", error->message, cases[i].expected);
    }
}

UNIT_TESTS(NULL, NULL)
