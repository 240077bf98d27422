/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A language is one file: with tests/data/pseudo-language.json among the texts, before anything is said, a
 * small audit is scored by the command itself, and all that it writes speaks that language too. */
#include "cli/command.h"
#include "evaluate/results.h"
#include "language/texts.h"
#include "results/document.h"
#include "results/fields.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "unit.h"

#define SPACE "\u202f" /* before the marks that the file names */

extern const Command command_score;

static char *folder; /* of the audit; its reports are in out/ */

static char *in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void write_file(const char *name, const char *text)
{
    g_autofree char *path = in_folder(name);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *read_file(const char *name)
{
    g_autofree char *path = in_folder(name);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("%s was not written", name);
    return text;
}

/* Two cameras; a vendor whose log has one row twice, and 1,300 false alerts in ten hours. */
static void write_audit(void)
{
    write_file("set.yaml",
               "schema: vsaudit/dataset/1\nid: set\ntitle: {en: Two clips, fr: Deux séquences}\nclips:\n"
               "  - {id: a, camera: one, duration_s: 18000, coverage: {camera-tampering: all}, events: "
               "[{behaviour: camera-tampering, start_s: 100, end_s: 130}]}\n"
               "  - {id: b, camera: two, duration_s: 18000, coverage: {camera-tampering: all}}\n");
    write_file("s.yaml", "schema: vsaudit/scenario/1\nid: tampering\ntitle: {en: Tampering, fr: Sabotage}\n"
                         "behaviour: camera-tampering\ndataset: set.yaml\n"
                         "systems: [{id: vendor, kind: alerts, path: vendor.csv}]\nscope: these_clips\nclaims:\n"
                         "  - {id: few, text: few, confirmatory: true, reading: {metric: "
                         "false_alerts_per_camera_hour, op: \"<=\", value: 1}}\n");
    GString *log = g_string_new("clip,behaviour,onset_s\na,camera-tampering,101\na,camera-tampering,101\n");
    for (int i = 0; i < 1300; i++)
        g_string_append_printf(log, "b,camera-tampering,%d\n", 10 + i * 13);
    write_file("vendor.csv", log->str);
    g_string_free(log, TRUE);
}

static ExitStatus score(const char *language, GError **error)
{
    g_autofree char *scenario = in_folder("s.yaml"), *out = in_folder("out");
    char *arguments[] = {(char *)"score",   scenario,         (char *)"-o",     out,
                         (char *)"--quiet", (char *)"--lang", (char *)language, NULL};
    return command_score.run(language != NULL ? 7 : 5, arguments, error);
}

static int score_once(void **state)
{
    (void)state;
    g_autofree char *text = NULL;
    GError *error = NULL;
    if (!g_file_get_contents("tests/data/pseudo-language.json", &text, NULL, &error) ||
        !texts_add("xx", "pseudo-language.json", text, &error))
        fail_msg("%s", error->message);
    folder = g_dir_make_tmp("language-XXXXXX", NULL);
    write_audit();
    const ExitStatus status = score(NULL, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
    assert_int_equal(status, EXIT_CLAIM_REFUTED);
    return 0;
}

static json_t *read_results(void)
{
    g_autofree char *path = in_folder("out/results.json");
    json_t *results = results_read(path, NULL);
    assert_non_null(results);
    return results;
}

static const char *say(const json_t *text, const char *language)
{
    const char *words = json_string_value(json_object_get(text, language));
    return words != NULL ? words : "(nothing)";
}

/* ---- the document */

static void assert_limit(const Results *results, const char *language, const char *words)
{
    for (size_t i = 0; i < results->limits.count; i++)
        if (strcmp(say(results->limits.at[i], language), words) == 0)
            return;
    fail_msg("no limit says “%s”", words);
}

TEST(the_document_speaks_it_beside_the_two)
{
    json_t *document = read_results();
    g_autoptr(Results) results = results_load(document);
    assert_limit(results, "xx", "<Tampering / vendor / az rikordid>" SPACE "!! 2 kamry onli");
    assert_limit(
        results, "en",
        "Tampering (vendor, as recorded): only 2 cameras: errors of one camera come together, so the true "
        "uncertainty is wider than the interval shown, and other places may differ.");
    assert_limit(
        results, "fr",
        "Sabotage (vendor, tel qu’enregistré)" SPACE ": 2 caméras seulement" SPACE
        ": les erreurs d’une même caméra sont liées, l’incertitude réelle est donc plus grande que ne le "
        "montre l’intervalle, et d’autres lieux peuvent différer.");
    const ResultsEvaluation *evaluation = &results->scenarios.at[0].evaluations.at[0];
    assert_string_equal(say(evaluation->log.remarks.at[0], "xx"), "1 row tvise" SPACE "!");
    const json_t *sentence = evaluation->claims.at[0].sentence;
    assert_non_null(strstr(say(sentence, "xx"), " Un of 1: p <\u00a00·0001" SPACE "!"));
    assert_non_null(
        strstr(say(sentence, "en"), " One of 1 confirmatory tests; after correction (Holm), p <\u00a00.0001."));
    json_decref(document);
}

/* What the file does not say is said in English, with the numbers of the language. */
TEST(what_it_lacks_is_said_in_english)
{
    json_t *results = read_results();
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!results_check(results, faults))
        fail_msg("%s", (const char *)faults->pdata[0]);
    size_t i;
    const json_t *limit;
    json_array_foreach(json_object_get(results, "limits"), i, limit)
        assert_int_equal(json_object_size(limit), g_strv_length((char **)texts_languages()));
    json_decref(results);
}

/* ---- reports */

static void assert_says(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("“%s” is not said", words);
}

TEST(the_reports_speak_it)
{
    g_autofree char *page = read_file("out/report.xx.html"), *summary = read_file("out/summary.xx.md");
    assert_says(page, "lang=\"xx\"");
    assert_says(page, "Riport of vidio" SPACE "!");
    assert_says(page, "rifutid");
    assert_says(page, "Tampering / vendor / az rikordid");
    assert_says(page, SPACE "!! 2 kamry onli");
    assert_says(page, "1 row tvise" SPACE "!");
    assert_says(page, "1_300"); /* numbers of the tables */
    g_autofree char *lacking = g_strconcat(texts_get(texts_of("en"), "section.identity"), "</h2>", NULL);
    assert_says(page, lacking);
    assert_says(page, "<a href=\"report.fr.html\" hreflang=\"fr\" lang=\"fr\">Ce rapport en français</a>");
    assert_says(summary, "rifutid");
    assert_says(summary, "1\\_300");
    assert_says(summary, "tvise");
    g_autofree char *english = read_file("out/report.en.html"), *french = read_file("out/report.fr.html");
    assert_says(english, "1,300");
    assert_says(english, "<a href=\"report.xx.html\" hreflang=\"xx\" lang=\"xx\">Tis riport in Pseudo</a>");
    assert_null(strstr(english, "rifutid"));
    assert_null(strstr(french, "kamry"));
}

TEST(the_option_names_it)
{
    g_autoptr(GError) error = NULL;
    assert_int_equal(score("yy", &error), EXIT_USAGE);
    const char *begin = "--lang: found “yy”, expected one of fr, en, ";
    assert_true(g_str_has_prefix(error->message, begin));
    assert_non_null(strstr(error->message + strlen(begin), "xx"));
}

static void remove_files(const char *path)
{
    GDir *listing = g_dir_open(path, 0, NULL);
    for (const char *name; listing != NULL && (name = g_dir_read_name(listing)) != NULL;) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        remove_files(inside);
    }
    if (listing != NULL)
        g_dir_close(listing);
    assert_int_equal(g_remove(path), 0);
}

static int clean_up(void **state)
{
    (void)state;
    remove_files(folder);
    g_free(folder);
    return 0;
}

UNIT_TESTS(score_once, clean_up)
