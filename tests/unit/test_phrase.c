/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases in every language, plural forms, and a language that is one file. */
#include "language/phrase.h"

#include "records/error.h"
#include "records/shown.h"

#include "unit.h"

/* A small language: three plural forms, numbers and marks of its own; it says few things itself. */
static const char pseudo[] =
    "{\"language.name\": \"Pseudo\", \"language.order\": \"3\", \"language.decimal\": \"·\","
    " \"language.thousands\": \"_\", \"language.percent\": \" of a hundred\", \"language.plural\": "
    "\"one-few-many\","
    " \"language.narrow_before\": \"!\", \"language.apostrophe\": \"`\","
    " \"yes\": \"o'o !\", \"list.last\": \" & \","
    " \"test.alerts\": \"{n} {n?bip|bipi|bipow}{where}{rest? (={rest})|s: {rest}|z: {rest}}\","
    " \"test.hours\": \"{h} {h?hour|hours|hourow}\","
    " \"test.none\": \"{n?{n} one|{n} few|{n} many} {name}\"}";

static int add_language(void **state)
{
    (void)state;
    GError *error = NULL;
    if (!texts_add("xx", "pseudo.json", pseudo, &error) ||
        !texts_add("xz", "one-form.json", "{\"language.order\": \"4\", \"language.plural\": \"none\"}",
                   &error))
        fail_msg("%s", error->message);
    return 0;
}

static void check(const char *wanted, Phrase *phrase, const char *language)
{
    g_autofree char *words = phrase_render(phrase, texts_of(language));
    assert_string_equal(words, wanted);
    phrase_free(phrase);
}

static Phrase *counted(int64_t n)
{
    return phrase_own(phrase_integer(phrase_new("test.none"), "n", n), "name", "{n}");
}

TEST(a_number_chooses_its_form)
{
    check("1 one {n}", counted(1), "xx"); /* what a user wrote is never read as a place */
    check("22 few {n}", counted(22), "xx");
    check("12 many {n}", counted(12), "xx");
    check("1_234_567 many {n}", counted(1234567), "xx");
    check("9_007_199_254_740_993 few {n}", counted(9007199254740993),
          "xx"); /* beyond what a double tells apart */
}

/* Whoever reads “1 hour” sees nothing of 0.99999. */
TEST(forms_follow_what_is_shown)
{
    check("1 hour", phrase_number(phrase_new("test.hours"), "h", 0.99999, 4), "xx");
    check("0·9999 hours", phrase_number(phrase_new("test.hours"), "h", 0.9999, 4), "xx");
    check("1 hour", phrase_number(phrase_new("test.hours"), "h", 1.004, 2), "xx");
    check("1·00 hour", phrase_decimal(phrase_new("test.hours"), "h", 1.004, 2), "xx");
    check("1·01 hours", phrase_decimal(phrase_new("test.hours"), "h", 1.006, 2), "xx");
    Phrase *needed = phrase_number(phrase_new("claim.needed.camera_hour"), "more", 1.996, 2);
    check(", il faudrait encore 2 heures-caméra sans fausse alerte", phrase_copy(needed), "fr");
    check(", 2 more camera-hours without a false alert needed", needed, "en");
}

/* A sentence that a language lacks is English, numbers apart: it counts as English does. */
TEST(what_is_lent_counts_as_its_own_language)
{
    check("1_234 min", phrase_integer(phrase_new("shift.minutes"), "minutes", 1234), "xx");
    check("1 day", phrase_integer(phrase_new("shift.days"), "n", 1), "xz");
    check("5 days", phrase_integer(phrase_new("shift.days"), "n", 5), "xz");
}

/* However deep a name that runs from the right stands, it alone is set apart, and what shows the sentence
 * finds nothing to escape. */
TEST(names_from_the_right_are_set_apart_once)
{
    Phrase *name = phrase_own(phrase_new("limit.name"), "system", "שער");
    phrase_own(phrase_own(name, "scenario", "Gate"), "condition", "dim");
    Phrase *remark = phrase_own(phrase_new("remark.twin"), "system", "דלת");
    Phrase *limit = phrase_part(phrase_part(phrase_new("limit.remark"), "name", name), "remark", remark);
    g_autofree char *said = phrase_render(limit, texts_of("en")), *shown = shown_text(said);
    assert_string_equal(
        said, "Gate (\u2068שער\u2069, dim): The log holds the very alerts of that of \u2068דלת\u2069: "
              "one log twice?");
    assert_string_equal(shown, said);
    phrase_free(limit);
}

TEST(what_is_not_given_is_left_out)
{
    check("2 bipiz: ", phrase_integer(phrase_new("test.alerts"), "n", 2), "xx");
    check("2 bipi (=1)", phrase_integer(phrase_integer(phrase_new("test.alerts"), "n", 2), "rest", 1), "xx");
}

TEST(a_language_writes_numbers_its_own_way)
{
    static const struct {
        const char *language, *number, *percent, *p;
    } wanted[] = {{"en", "1,234.5", "12.5%", "p <\u00a00.0001"},
                  {"fr", "1\u202f234,5", "12,5\u202f%", "p <\u202f0,0001"},
                  {"xx", "1_234·5", "12·5 of a hundred", "p <\u00a00·0001"}};
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const Texts *texts = texts_of(wanted[i].language);
        g_autofree char *number = texts_number(texts, 1234.5, 6), *percent = texts_percent(texts, 0.125),
                        *p = texts_p_named(texts, 1e-9);
        assert_string_equal(number, wanted[i].number);
        assert_string_equal(percent, wanted[i].percent);
        assert_string_equal(p, wanted[i].p);
    }
    assert_string_equal(texts_get(texts_of("xx"), "yes"), "o`o\u202f!");
}

TEST(parts_and_lists_and_what_follows)
{
    GPtrArray *parts = g_ptr_array_new();
    for (int64_t n = 1; n <= 3; n++)
        g_ptr_array_add(parts, counted(n));
    Phrase *phrase = phrase_integer(phrase_new("test.alerts"), "n", 5);
    phrase_list(phrase, "where", parts);
    phrase_integer(phrase, "rest", 1);
    phrase_then(phrase, phrase_then(phrase_new("yes"), NULL));
    g_autoptr(Phrase) copy = phrase_copy(phrase);
    check("5 bipow1 one {n}, 2 few {n} & 3 few {n} (=1) o`o\u202f!", phrase, "xx");
    g_autofree char *again = phrase_render(copy, texts_of("xx"));
    assert_true(g_str_has_suffix(again, " (=1) o`o\u202f!"));
}

static GPtrArray *three(void)
{
    GPtrArray *parts = g_ptr_array_new();
    for (int64_t n = 1; n <= 3; n++)
        g_ptr_array_add(parts, counted(n));
    return parts;
}

TEST(names_are_said_up_to_a_number)
{
    static const struct {
        guint most;
        const char *said;
    } wanted[] = {{0, "1 one {n}, 2 few {n}, 3 few {n}"},
                  {3, "1 one {n}, 2 few {n}, 3 few {n}"},
                  {2, "1 one {n}, 2 few {n}, …"}};
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        Phrase *phrase = phrase_names(phrase_new("test.alerts"), "where", three(), wanted[i].most);
        g_autofree char *said = g_strconcat(" bipow", wanted[i].said, "z: ", NULL);
        check(said, phrase, "xx");
    }
}

TEST(words_follow_what_the_document_says)
{
    json_t *before = json_pack("{s:s,s:s}", "en", "Before.", "fr", "Avant.");
    g_autoptr(Phrase) no = phrase_capitalise(phrase_new("no"));
    json_t *all = phrase_json_after(before, no);
    assert_string_equal(json_string_value(json_object_get(all, "en")), "Before. No");
    assert_string_equal(json_string_value(json_object_get(all, "fr")), "Avant. Non");
    assert_non_null(json_object_get(all, "xx"));
    json_decref(all);
    json_decref(before);
    all = phrase_json_after(NULL, no);
    assert_string_equal(json_string_value(json_object_get(all, "fr")), "Non");
    json_decref(all);
    g_autoptr(Phrase) copy = phrase_copy(no);
    check("No", g_steal_pointer(&copy), "en");
}

/* The third language stands in the document beside the two, and what it lacks is said in English. */
TEST(a_third_language_is_one_file)
{
    const char *const *languages = texts_languages();
    assert_string_equal(languages[0], "fr");
    assert_string_equal(languages[1], "en");
    assert_true(g_strv_contains(languages + 2, "xx"));
    g_autoptr(Phrase) no = phrase_new("no");
    json_t *all = phrase_json(no);
    assert_string_equal(json_string_value(json_object_get(all, "fr")), "non");
    assert_string_equal(json_string_value(json_object_get(all, "xx")), "no");
    json_decref(all);
    json_t *both = json_pack("{s:s,s:s}", "fr", "oui", "en", "yes"); /* nobody gave it in the third */
    const char *foreign = NULL;
    assert_string_equal(texts_pick(texts_of("xx"), both, &foreign), "yes");
    assert_string_equal(foreign, "en");
    json_object_del(both, "en");
    assert_string_equal(texts_pick(texts_of("en"), both, &foreign), "oui");
    assert_string_equal(foreign, "fr");
    assert_string_equal(texts_pick(texts_of("fr"), both, &foreign), "oui");
    assert_null(foreign);
    json_decref(both);
    g_autoptr(Texts) texts = texts_new("xx", 0.9, NULL);
    g_autofree char *clips = texts_count(texts, "data.ordinary", 2, "title", "T", "all", "3", NULL);
    g_autoptr(Texts) english = texts_new("en", 0.9, NULL);
    g_autofree char *as_english = texts_count(english, "data.ordinary", 2, "title", "T", "all", "3", NULL);
    assert_string_equal(clips, as_english);
}

TEST(a_bad_file_of_texts_is_told)
{
    g_autoptr(GError) error = NULL;
    assert_false(texts_add("yy", "bad.json", "[1]", &error));
    assert_string_equal(error->message, "bad.json:1:1: expected an object of texts");
    g_clear_error(&error);
    assert_false(texts_add("yy", "bad.json", "{\"a\": \"b\",\n \"a\": \"c\"}", &error));
    assert_true(g_error_matches(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT));
    assert_true(g_str_has_prefix(error->message, "bad.json:2:"));
    assert_null(texts_of("yy"));
}

UNIT_TESTS(add_language, NULL)
