/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit sample check and score. */
#include "cli/outcome.h"
#include "cli/output.h"
#include "cli/sample.h"
#include "evaluate/results.h"
#include "keys/signed_file.h"
#include "records/file_hash.h"
#include "records/free.h"
#include "records/save.h"
#include "records/shown.h"
#include "report/sampled.h"
#include "results/fields.h"
#include "survey/survey_ledger.h"
#include "survey/survey_outcome.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the draw */

typedef struct {
    ResultsSurveyDraw *draw;
    char *text, *sha256; /* of draw.json */
    gsize length;
} Drawn;

DEFINE_CLEAR(drawn_clear, Drawn, drawn, results_free_survey_draw(drawn->draw),
             FREE_EACH(drawn->text, drawn->sha256))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Drawn, drawn_clear)

/* Each alert lies in a stratum, and as many in each as it says. */
static bool adds_up(const ResultsSurveyDraw *draw)
{
    g_autofree int64_t *drawn = g_new0(int64_t, draw->strata.count + 1);
    int64_t population = 0;
    bool good = (size_t)draw->drawn == draw->alerts.count && draw->level > 0 && draw->level < 1;
    for (size_t i = 0; i < draw->alerts.count && good; i++) {
        good = (size_t)draw->alerts.at[i].stratum < draw->strata.count;
        if (good)
            drawn[draw->alerts.at[i].stratum]++;
    }
    for (size_t i = 0; i < draw->strata.count && good; i++) {
        const ResultsSurveyStratum *stratum = &draw->strata.at[i];
        good = stratum->drawn == drawn[i] && stratum->population >= stratum->drawn &&
               stratum->population <= FINITE_POPULATION_MOST;
        population += stratum->population;
    }
    return good && population == draw->population && population <= FINITE_POPULATION_MOST;
}

static bool read_draw(const char *folder, Drawn *out, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "draw.json", NULL);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &out->text, &out->length, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: cannot be read (%s), expected the folder that “vsaudit sample draw” made", path,
                    cause->message);
        return false;
    }
    json_t *document = json_loadb(out->text, out->length, JSON_REJECT_DUPLICATES, NULL);
    const char *schema = json_string_value(json_object_get(document, "schema"));
    bool good = g_strcmp0(schema, SURVEY_DRAW_SCHEMA) == 0 &&
                results_check_record(&result_survey_draw, document, faults);
    if (good) {
        out->draw = results_load_survey_draw(document);
        good = adds_up(out->draw);
    }
    json_decref(document);
    if (!good)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s", path,
                    faults->len > 0 ? (const char *)g_ptr_array_index(faults, 0)
                                    : "found no draw that adds up, expected the schema " SURVEY_DRAW_SCHEMA);
    out->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)out->text, out->length);
    return good;
}

static bool check_published(const SampleScoring *scoring, const Drawn *drawn, GError **error)
{
    if (scoring->published == NULL || g_ascii_strcasecmp(scoring->published, drawn->sha256) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s/draw.json: has the SHA-256 %s, expected that which was published, %s", scoring->draw,
                drawn->sha256, scoring->published);
    return false;
}

static bool check_signature(const SampleScoring *scoring, const Drawn *drawn, char **signer, GError **error)
{
    g_autofree char *file = g_build_filename(scoring->draw, "draw.json", NULL);
    g_autofree char *signature = g_strconcat(file, ".sig", NULL), *key = g_strconcat(file, ".pub", NULL);
    return signed_file_check(&(SignedFile){drawn->text, drawn->length, signature, key}, scoring->key, signer,
                             error);
}

/* How many draws of the log followed; RESULTS_UNKNOWN where nobody looks. False with an error. */
static bool look_at_log(const SampleScoring *scoring, const Drawn *drawn, int64_t *later, GError **error)
{
    *later = RESULTS_UNKNOWN;
    if (scoring->log == NULL)
        return true;
    g_autofree char *sha256 = file_hash(scoring->log, NULL);
    if (sha256 == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read, expected the log",
                    scoring->log);
        return false;
    }
    if (strcmp(sha256, drawn->draw->log.sha256) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "%s: has the SHA-256 %s, expected that of the log that was drawn from, %s", scoring->log,
                    sha256, drawn->draw->log.sha256);
        return false;
    }
    g_autoptr(SurveyLedger) ledger = survey_ledger_read(scoring->log, error);
    if (ledger == NULL)
        return false;
    *later = survey_ledger_later(ledger, drawn->sha256);
    if (*later >= 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s.draws: found no record of this draw (%s), expected one", scoring->log, drawn->sha256);
    return false;
}

/* ---- sheets */

/* Named as it stands, or in the folder of the draw. Caller frees. */
static char *find_sheet(const char *folder, const char *name)
{
    if (g_file_test(name, G_FILE_TEST_EXISTS) || g_path_is_absolute(name))
        return g_strdup(name);
    g_autofree char *inside = g_build_filename(folder, name, NULL);
    return g_strdup(g_file_test(inside, G_FILE_TEST_EXISTS) ? inside : name);
}

static SurveySheet *read_sheet(const char *folder, const char *name, const Drawn *drawn, Problems *problems)
{
    g_autofree char *path = name != NULL ? find_sheet(folder, name) : NULL;
    return path != NULL ? survey_sheet_read(drawn->draw, path, problems) : NULL;
}

ExitStatus sample_check_command(const char *draw, char **sheets, GError **error)
{
    g_auto(Drawn) drawn = {NULL, NULL, NULL, 0};
    ExitStatus status = EXIT_DONE;
    if (!read_draw(draw, &drawn, error))
        return EXIT_BAD_INPUT;
    for (char **name = sheets; *name != NULL; name++) {
        g_autoptr(Problems) problems = problems_new_whole();
        g_autoptr(SurveySheet) sheet = read_sheet(draw, *name, &drawn, problems);
        g_autoptr(GPtrArray) list = problems_list(problems);
        for (guint i = 0; i < list->len; i++)
            shown_line(stderr, "%s", (const char *)g_ptr_array_index(list, i));
        if (sheet == NULL)
            status = EXIT_BAD_INPUT;
        else
            shown_line(stdout, "ok: %s: %" G_GINT64_FORMAT " of %zu alerts judged", *name, sheet->judged,
                       drawn.draw->alerts.count);
    }
    return status;
}

/* ---- what comes of it */

/* A sheet of the alerts on which two do not say the same, for a third person or both together. */
static bool write_disagreements(const SurveyJudging *judging, const char *draw, const char *folder,
                                const char *language, guint *count, GError **error)
{
    g_autoptr(GPtrArray) alerts = g_ptr_array_new();
    g_autofree char *path = g_build_filename(folder, "disagreements.csv", NULL);
    for (size_t i = 0; i < judging->draw->alerts.count && judging->second != NULL; i++) {
        const SurveyOut out = survey_settle(judging, i);
        if (out == SURVEY_OUT_DIFFERING || out == SURVEY_OUT_SINGLE || out == SURVEY_OUT_MISSING)
            g_ptr_array_add(alerts, (gpointer)&judging->draw->alerts.at[i]);
    }
    *count = alerts->len;
    if (alerts->len == 0) {
        g_unlink(path); /* of an earlier scoring */
        return true;
    }
    g_autofree char *sheet =
        survey_sheet_write(judging->draw, alerts, "sheet/agreed", draw, texts_of(language));
    return save_file(path, sheet, -1, error);
}

static void print_outcome(const SampleScoring *scoring, const ResultsSurvey *survey, const char *folder,
                          guint disagreements, const char *language)
{
    const Texts *texts = texts_of(language);
    if (scoring->quiet)
        return;
    shown_line(stdout, "%s", texts_pick(texts, survey->answer, NULL));
    if (survey->verdict.sentence != NULL)
        shown_line(stdout, "%s", texts_pick(texts, survey->verdict.sentence, NULL));
    for (size_t i = 0; i < survey->remarks.count; i++)
        shown_line(stdout, "- %s", texts_pick(texts, survey->remarks.at[i], NULL));
    if (disagreements > 0)
        shown_line(stdout, "%s/disagreements.csv: %u to agree on; then give it with --agreed", folder,
                   disagreements);
    shown_line(stdout, "%s/report.%s.html", folder, language);
}

static ExitStatus publish(const SampleScoring *scoring, const SurveyJudging *judging, const char *folder,
                          GError **error)
{
    g_auto(GStrv) languages = scoring->languages != NULL ? g_strsplit(scoring->languages, ",", -1)
                                                         : g_strdupv((char **)texts_languages());
    const char *spoken = scoring->languages != NULL ? languages[0] : "en";
    guint disagreements = 0;
    json_t *document = survey_outcome(judging);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(ResultsSurvey) survey = results_load_survey(document);
    g_autofree char *path = g_build_filename(folder, "sample.json", NULL);
    const bool sound = results_check_record(&result_survey, document, faults);
    if (!sound)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "sample.json: %s",
                    (const char *)g_ptr_array_index(faults, 0));
    const bool written = sound && results_write(document, path, error) &&
                         sampled_write(survey, folder, (const char *const *)languages, error) &&
                         write_disagreements(judging, scoring->draw, folder, spoken, &disagreements, error);
    json_decref(document);
    if (!written)
        return EXIT_HARNESS;
    outcome_set("sample", json_incref((json_t *)(uintptr_t)survey->json));
    print_outcome(scoring, survey, folder, disagreements, spoken);
    return g_strcmp0(survey->verdict.verdict, "refuted") == 0 ? EXIT_CLAIM_REFUTED : EXIT_DONE;
}

/* Of two people neither is the other. */
static bool check_apart(const SurveySheet *first, const SurveySheet *second, GError **error)
{
    if (second == NULL || strcmp(first->sha256, second->sha256) != 0 || first->judged == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s and %s are the same bytes, expected the sheets of two people", first->file, second->file);
    return false;
}

ExitStatus sample_score_command(const SampleScoring *scoring, GError **error)
{
    g_auto(Drawn) drawn = {NULL, NULL, NULL, 0};
    g_autofree char *signer = NULL;
    SurveyJudging judging = {.claim = scoring->claim, .hours = scoring->hours};
    if (!read_draw(scoring->draw, &drawn, error) || !check_published(scoring, &drawn, error) ||
        !check_signature(scoring, &drawn, &signer, error) ||
        !look_at_log(scoring, &drawn, &judging.later_draws, error))
        return EXIT_BAD_INPUT;
    if (scoring->claim.op != NULL && drawn.draw->claim.op != NULL) {
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                            "--claim: found a claim, expected none: one was fixed with the draw");
        return EXIT_USAGE;
    }
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(SurveySheet) first = read_sheet(scoring->draw, scoring->first, &drawn, problems);
    g_autoptr(SurveySheet) second = read_sheet(scoring->draw, scoring->second, &drawn, problems);
    g_autoptr(SurveySheet) agreed = read_sheet(scoring->draw, scoring->agreed, &drawn, problems);
    judging.draw = drawn.draw;
    judging.draw_sha256 = drawn.sha256;
    judging.signer = signer;
    judging.first = first;
    judging.second = second;
    judging.agreed = agreed;
    if (problems_count(problems) == 0)
        survey_check_agreed(&judging, scoring->agreed, problems);
    if (!problems_first_to_error(problems, error) || !check_apart(first, second, error))
        return EXIT_BAD_INPUT;
    g_autofree char *folder =
        scoring->folder != NULL ? g_strdup(scoring->folder) : g_build_filename(scoring->draw, "report", NULL);
    if (!output_claim(folder, "sample", scoring->draw, NULL, error))
        return EXIT_USAGE;
    return publish(scoring, &judging, folder, error);
}
