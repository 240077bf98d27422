/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include "unit.h"
/* clang-format on */

#include "report_look.h"
#include "report_sample.h"

#include "behaviours/behaviour.h"
#include "evaluate/results.h"
#include "language/embedded.h"
#include "records/error.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/html/html.h"
#include "report/report.h"
#include "scoring/rate.h"

#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <math.h>
#include <string.h>

static int tear_down(void **state)
{
    xmlCleanupParser();
    return report_sample_drop(state);
}

static char *html(const Texts *texts)
{
    gsize length = 0;
    char *text = html_render(sample, texts, NULL, NULL, &length);
    assert_non_null(text);
    assert_int_equal(length, strlen(text));
    return text;
}

/* All text of the page as a reader gets it. */
static char *content(const char *page)
{
    xmlDocPtr document = xmlReadMemory(page, (int)strlen(page), "page", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    xmlXPathObjectPtr nodes = xmlXPathEval(BAD_CAST "//*[local-name()='body']//text()", context);
    assert_non_null(nodes);
    GString *out = g_string_new(NULL);
    for (int i = 0; i < nodes->nodesetval->nodeNr; i++) {
        xmlChar *text = xmlNodeGetContent(nodes->nodesetval->nodeTab[i]);
        g_string_append(out, (const char *)text);
        g_string_append_c(out, '\n');
        xmlFree(text);
    }
    xmlXPathFreeObject(nodes);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
    return g_string_free(out, FALSE);
}

/* ---- texts */

static int compare_strings(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *places_of(const char *text)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GRegex) pattern = g_regex_new("\\{([a-z_]+)[?}]", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(pattern, text, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_autofree char *name = g_match_info_fetch(match, 1);
        if (!g_ptr_array_find_with_equal_func(places, name, g_str_equal,
                                              NULL)) /* one language may agree twice */
            g_ptr_array_add(places, g_steal_pointer(&name));
    }
    g_ptr_array_sort(places, compare_strings);
    g_ptr_array_add(places, NULL);
    return g_strjoinv(" ", (char **)places->pdata);
}

/* Whether it says anything but what stands in its places. */
static bool has_words(const char *text)
{
    g_autoptr(GRegex) pattern = g_regex_new("\\{[a-z_]+\\}", 0, 0, NULL);
    g_autofree char *rest = g_regex_replace_literal(pattern, text, -1, 0, "", 0, NULL);
    for (const char *p = rest; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalpha(g_utf8_get_char(p)))
            return true;
    return false;
}

TEST(both_languages_have_the_same_texts)
{
    /* Words that French and English share. */
    static const char *const same[] = {"claim.reading",
                                       "column.verdict",
                                       "column.condition",
                                       "glossary.verdict",
                                       "glossary.condition",
                                       "label.collision",
                                       "short.condition",
                                       "option.zone",
                                       "negative.animal",
                                       "section.verdicts",
                                       "report.annexes",
                                       "front.version",
                                       "column.date",
                                       "column.obligation",
                                       "identity.publication",
                                       "column.law_source",
                                       "date.day",
                                       "limit.clip_seconds",
                                       "claim.at_least",
                                       "claim.said.rate_ratio.at_least",
                                       "shift.minutes",
                                       "shift.hours_and_minutes",
                                       "sink_kind.alertstream",
                                       "sink_kind.mqtt",
                                       NULL};
    json_t *en = json_loads(embedded_text("texts/en.json"), JSON_REJECT_DUPLICATES, NULL);
    json_t *fr = json_loads(embedded_text("texts/fr.json"), JSON_REJECT_DUPLICATES, NULL);
    const char *key;
    json_t *value;
    size_t of_help = 0; /* in the tables of the commands, for English */
    json_object_foreach(fr, key, value) of_help += g_str_has_prefix(key, "help.") ? 1 : 0;
    assert_int_equal(json_object_size(en), json_object_size(fr) - of_help);
    json_object_foreach(en, key, value)
    {
        if (g_str_has_prefix(key, "language."))
            continue;
        const char *other = json_string_value(json_object_get(fr, key));
        if (other == NULL || *other == '\0' || *json_string_value(value) == '\0')
            fail_msg("%s: no text in one language", key);
        const bool is_name = g_str_has_prefix(key, "protocol.") && g_str_has_suffix(key, ".title");
        if (strcmp(json_string_value(value), other) == 0 && !is_name && has_words(other) &&
            !g_strv_contains(same, key))
            fail_msg("%s: the French text is the English one", key);
        g_autofree char *left = places_of(json_string_value(value)), *right = places_of(other);
        if (strcmp(left, right) != 0)
            fail_msg("%s: places differ: \"%s\", \"%s\"", key, left, right);
        if (g_str_has_suffix(key, ".one")) {
            g_autofree char *form = g_strdup_printf("%.*s.other", (int)strlen(key) - 4, key);
            if (!texts_has(english, form))
                fail_msg("%s is missing", form);
        }
    }
    json_decref(en);
    json_decref(fr);
}

static size_t want_word(GString *missing, const char *prefix, const char *name)
{
    if (texts_find_word(french, prefix, name) == NULL || texts_find_word(english, prefix, name) == NULL) {
        g_autofree char *key = texts_word_key(prefix, name);
        g_string_append_printf(missing, "\n%s", key);
    }
    return 1;
}

/* Whatever a behaviour of the registry can put into a report has words in both languages. */
TEST(every_word_of_the_behaviours_has_a_text)
{
    size_t words = 0;
    GString *missing = g_string_new(NULL);
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        const Behaviour *one = *behaviour;
        for (const char *const *label = one->labels; *label != NULL; label++)
            words += want_word(missing, "label", *label);
        for (const char *const *negative = one->hard_negatives; *negative != NULL; negative++)
            words += want_word(missing, "negative", *negative);
        for (const char *const *counter = one->counters; counter != NULL && *counter != NULL; counter++)
            words += want_word(missing, "counter", *counter);
        for (const OptionSpec *option = options_of(one->options); option->name != NULL; option++) {
            words += want_word(missing, "option", option->name);
            for (const char *const *choice = option->choices; choice != NULL && *choice != NULL; choice++)
                words += want_word(missing, "option_value", *choice);
        }
    }
    if (missing->len > 0)
        fail_msg("reports/texts/en.json and fr.json must both say:%s", missing->str);
    g_string_free(missing, TRUE);
    assert_true(words > 50);
    assert_null(texts_find_word(english, "label", "no such label"));
    assert_string_equal(texts_word(french, "label", "over_limit"), "plus de personnes que la limite");
}

/* A missing text shows as its key: no key may be seen on the page. */
TEST(no_key_is_seen_on_the_page)
{
    const Texts *languages[] = {french, english};
    for (size_t i = 0; i < 2; i++) {
        g_autofree char *page = html(languages[i]);
        g_autofree char *text = content(page);
        g_autoptr(GRegex) pattern = g_regex_new(
            "(?<!/"
            ")\\b(section|column|summary|count|claims?|results|forest|sensitivity|evidence|timeline|legend|"
            "scenarios?|legal|data|quality|protocol|incidents|limits|public|identity|repeat|glossary|report|"
            "banner|reason|strata|verdict|metric|status|short|system|mark|option|negative|label|counter|law|"
            "mapping|voice|"
            "statement|replies|opinions|human|truth)\\.["
            "a-z_]+\\b",
            0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        for (g_regex_match(pattern, text, 0, &match); g_match_info_matches(match);
             g_match_info_next(match, NULL)) {
            g_autofree char *found = g_match_info_fetch(match, 0);
            if (strcmp(found, "results.json") != 0)
                fail_msg("a key is seen: %s", found);
        }
    }
}

TEST(french_sets_its_spaces)
{
    g_autofree char *fr = texts_typography(french, "« oui » : 3 % ; vrai ? a:b");
    assert_string_equal(fr, "«\u202foui\u202f»\u202f: 3\u202f%\u202f; vrai\u202f? a:b");
    g_autofree char *units = texts_typography(french, "42 s, {n} h, 3 sacs, a s");
    assert_string_equal(units, "42\u202fs, {n}\u202fh, 3 sacs, a s");
    g_autofree char *en = texts_typography(english, "yes : 3 %");
    assert_string_equal(en, "yes : 3 %");
    g_autofree char *none = texts_count(french, "count.events", 0, NULL);
    assert_string_equal(none, "0 événement");
    g_autofree char *zero = texts_count(english, "count.events", 0, NULL);
    assert_string_equal(zero, "0 events");
}

TEST(values_are_not_read_as_places)
{
    g_autofree char *text = texts_format(english, "timeline.title", "clip", "a {clip} }{", NULL);
    assert_string_equal(text, "Timeline of a {clip} }{");
}

/* ---- numbers */

static void check_interval(const Texts *texts, double value, double low, double high, bool percent,
                           const char *expected)
{
    NumberText text;
    texts_interval(texts, value, low, high, percent, &text);
    assert_string_equal(text.both, expected);
    number_text_clear(&text);
}

TEST(numbers_follow_the_language)
{
    g_autofree char *fr = texts_integer(french, -1234567), *en = texts_integer(english, 1234567);
    assert_string_equal(fr, "−1\u202f234\u202f567");
    assert_string_equal(en, "1,234,567");
    g_autofree char *half = texts_significant(french, 0.5, 3), *whole = texts_significant(english, 12345, 3);
    assert_string_equal(half, "0,5");
    assert_string_equal(whole, "12,345");
    g_autofree char *unknown = texts_significant(english, (double)NAN, 3);
    assert_string_equal(unknown, "—");
    g_autofree char *clock = texts_clock(french, INT64_C(3723400000));
    assert_string_equal(clock, "1:02:03,4");
    g_autofree char *hours = texts_duration(english, 2.49583), *minutes = texts_duration(english, 0.25),
                    *none = texts_duration(english, 0);
    assert_string_equal(hours, "2.5\u00a0h");
    assert_string_equal(minutes, "15\u00a0min");
    assert_string_equal(none, "0\u00a0s");
}

TEST(no_number_is_finer_than_its_interval)
{
    check_interval(english, 0.40123, 0.01015, 2.2355, false, "0.4 [0.01\u00a0–\u00a02.2]");
    check_interval(french, 0, 0, 1.478, false, "0 [0\u00a0–\u00a01,5]");
    check_interval(english, 1.0 / 3, 0.0084, 0.9057, true, "33% [1%\u00a0–\u00a091%]");
    check_interval(french, 0.04292, 0.03566, 0.05118, true, "4,3\u202f% [3,6\u202f%\u00a0–\u00a05,1\u202f%]");
    /* never rounded away to nothing or up to all */
    check_interval(english, 0.9996, 0.2, 0.99999, true, "99.96% [20%\u00a0–\u00a099.999%]");
    check_interval(english, (double)NAN, (double)NAN, (double)NAN, true, "—");
    check_interval(english, 0.1, (double)NAN, (double)NAN, false, "0.1");
}

/* ---- html */

TEST(html_is_well_formed_and_complete)
{
    const Texts *languages[] = {french, english};
    for (size_t i = 0; i < 2; i++) {
        g_autofree char *page = html(languages[i]);
        assert_true(g_str_has_prefix(page, "<!DOCTYPE html>\n<html "));
        g_autofree char *lang = g_strdup_printf("/*[@lang='%s']", texts_language(languages[i]));
        assert_true(fabs(count_nodes(page, lang) - 1) < 0.5);
        assert_true(fabs(count_nodes(page, "//*[local-name()='script']")) < 0.5);
        assert_true(fabs(count_nodes(page, "//*[local-name()='h1']") - 1) < 0.5);
        assert_true(fabs(count_nodes(page, "//*[local-name()='section']") - 21) < 0.5);
        assert_true(fabs(count_nodes(page, "//*[local-name()='nav']//*[local-name()='a']") - 20) < 0.5);
        /* every table has a caption, every picture of meaning a title, every id is there once */
        assert_true(fabs(count_nodes(page, "//*[local-name()='table'][not(*[local-name()='caption'])]")) <
                    0.5);
        assert_true(fabs(count_nodes(
                        page, "//*[local-name()='svg'][@role='img'][not(*[local-name()='title'])]")) < 0.5);
        assert_true(count_nodes(page, "//*[local-name()='svg'][@role='img']") > 10);
        assert_true(fabs(count_nodes(page, "//*[@id=following::*/@id]")) < 0.5);
        /* links within the page lead somewhere */
        assert_true(fabs(count_nodes(page, "//*[local-name()='a'][starts-with(@href,'#')]"
                                           "[not(substring(@href,2)=//@id)]")) < 0.5);
    }
}

TEST(html_says_what_the_results_say)
{
    g_autofree char *page = html(french), *text = content(page);
    assert_contains(text, "En un jour, une caméra comme celles-ci émettrait environ 154 fausses alertes");
    assert_contains(text, "[3,7\u00a0–\u00a010,4]");
    assert_contains(text, "16 / 2,49\u00a0h");
    assert_contains(text, "Scènes dessinées");
    assert_contains(text, "Un bon score ne rend un usage ni licite");
    assert_contains(text, "aucun événement dans les données");
    assert_contains(text, "dans la liste (n° 7\u202f: densité trop importante de personnes)");
    assert_contains(text, "hors de la liste légale");
    assert_contains(text, "non communiqué");
    assert_contains(text, "très peu d'erreurs avant validation humaine");
    assert_contains(text, "the worker was ended by signal 11");
    assert_contains(text, "Ni événement ni alerte sur 2 séquences");
    assert_contains(text, "Paramètres modifiés pour ce scénario");
    g_autofree char *other = html(english), *words = content(other);
    assert_contains(
        words, "In one day, a camera like these would raise about 154 false alerts (strict count); at the "
               "95% level of confidence, between 88 and 250.");
    assert_contains(words, "inside (no. 7: too high density of persons)");
    assert_contains(words, "not communicated");
    assert_contains(words, "14,913 of 15,000 promised");
}

/* Makes the first evaluation stand on `hours`. */
static json_t *with_footage(double hours)
{
    json_t *copy = json_deep_copy(sample);
    json_t *scenario = json_array_get(json_object_get(copy, "scenarios"), 0);
    json_t *evaluation = json_array_get(json_object_get(scenario, "evaluations"), 0);
    json_object_set_new(json_object_get(evaluation, "exposure"), "camera_hours", json_real(hours));
    return copy;
}

TEST(little_footage_makes_no_headline)
{
    static const char warning[] = "That is far too little footage for a statement per day.";
    for (int i = 0; i < 2; i++) {
        json_t *document = with_footage(i == 0 ? 0.2 : 1.0);
        gsize length = 0;
        g_autofree char *page = html_render(document, english, NULL, NULL, &length);
        g_autofree char *text = content(page), *terminal = terminal_render(document, english);
        if (i == 0) {
            assert_contains(text, "1 false alert was counted (strict count), in 12\u00a0min of footage.");
            assert_contains(text, warning);
            assert_lacks(text, "a camera like these would raise about 10 ");
            assert_contains(terminal, "0.4 [0.01\u00a0–\u00a02.2] *");
            assert_contains(terminal, "* Less than one hour of footage");
        } else {
            assert_lacks(text, warning);
            assert_contains(text, "a camera like these would raise about 10 ");
            assert_lacks(terminal, "* Less than one hour");
        }
        json_decref(document);
    }
}

TEST(galleries_show_what_went_wrong)
{
    g_autofree char *page = html(french), *text = content(page);
    assert_contains(
        text,
        "16 fausses alertes\u202f: 15 sans événement proche, 1 alerte répétée d’un événement déjà détecté");
    /* One card an alert that is false or repeated, with its clip, time, label, scenario and system. */
    const double cards = count_nodes(page, "//*[@class='gallery']/*[local-name()='li']");
    const double marks = count_nodes(page, "//*[starts-with(@class, 'mark ')]");
    assert_true(cards > 16.5 && fabs(cards - marks) < 0.5);
    assert_true(fabs(count_nodes(page, "//*[@class='mark duplicate']") - 1) < 0.5);
    assert_contains(text, "Atteinte à la caméra · Vendor <X> & Co · telle qu’enregistrée");
}

TEST(the_control_stays_in_the_background)
{
    g_autofree char *page = html(english), *text = content(page);
    assert_contains(text, "The grey rows are controls, imaginary systems that look at no picture: they show "
                          "what the others’ figures are worth. One that never alerts shows");
    assert_true(fabs(count_nodes(page, "//*[local-name()='tr'][@class='control']") - 1) < 0.5);
    /* In the main table only. */
    assert_true(fabs(count_nodes(page, "//*[contains(text(), 'Control: never alerts')]") - 1) < 0.5);
}

TEST(hostile_words_stay_words)
{
    g_autofree char *page = html(french), *text = content(page);
    assert_lacks(page, "<script");
    assert_lacks(page, "\x01");
    assert_contains(text, "<script>alert(\"x\")</script> & ]]> \ufffd \"quai\" été");
    g_autofree char *md = markdown_render(sample, english);
    assert_lacks(md, "<script");
    assert_lacks(md, "\x01");
}

TEST(the_same_document_gives_the_same_bytes)
{
    g_autofree char *first = html(french), *second = html(french);
    assert_string_equal(first, second);
    /* A document in memory and the same read back from its file, written with twelve digits. */
    char *dumped = json_dumps(sample, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    json_t *again = json_loads(dumped, 0, NULL);
    for (const CsvTable *table = csv_tables; table->file != NULL; table++) {
        g_autofree char *left = csv_render(table, sample), *right = csv_render(table, again);
        assert_string_equal(left, right);
    }
    json_decref(again);
    free(dumped);
}

TEST(an_empty_document_still_renders)
{
    json_t *empty = json_pack("{s:s}", "schema", RESULTS_SCHEMA);
    gsize length = 0;
    g_autofree char *page = html_render(empty, english, NULL, NULL, &length);
    g_autofree char *text = content(page);
    assert_contains(text, "This audit tests no claims.");
    g_autofree char *md = markdown_render(empty, english), *xml = junit_render(empty),
                    *table = terminal_render(empty, french);
    assert_non_null(md);
    assert_non_null(xml);
    assert_non_null(table);
    json_decref(empty);
}

UNIT_TESTS(report_sample_load, tear_down)
