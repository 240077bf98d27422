/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit sample plan and draw. */
#include "bundle/tree.h"
#include "cli/outcome.h"
#include "cli/sample.h"
#include "keys/signed_file.h"
#include "records/free.h"
#include "records/save.h"
#include "records/shown.h"
#include "survey/survey_ledger.h"
#include "survey/survey_sheet.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static AlertList *read_log(const SampleDrawing *drawing, GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    AlertList *list = alert_list_read(drawing->order.map, drawing->order.log, problems);
    problems_first_to_error(problems, error);
    return list;
}

static void print_log(const AlertList *list, const SurveyPopulation *population)
{
    printf("%" G_GINT64_FORMAT " row%s: %u alert%s, %" G_GINT64_FORMAT
           " that repeat%s another, %" G_GINT64_FORMAT " to ignore, %" G_GINT64_FORMAT
           " that go on with an alert or end it\n",
           list->rows, list->rows == 1 ? "" : "s", list->alerts->len, list->alerts->len == 1 ? "" : "s",
           list->repeated, list->repeated == 1 ? "s" : "", list->ignored + list->ignored_places,
           list->joined + list->alone);
    if (population->untreated > 0)
        printf("%" G_GINT64_FORMAT " alert%s left out, as %s not treated\n", population->untreated,
               population->untreated == 1 ? "" : "s", population->untreated == 1 ? "it was" : "they were");
    if (list->renumbered > 0)
        fprintf(stderr,
                "vsaudit sample: warning: %" G_GINT64_FORMAT
                " alert%s a number that an earlier one has: counted as of their own\n",
                list->renumbered, list->renumbered == 1 ? " carries" : "s carry");
}

static int64_t count_drawn(const SurveyPopulation *population)
{
    int64_t drawn = 0;
    for (size_t i = 0; i < population->count; i++)
        drawn += population->strata[i].drawn;
    return drawn;
}

static void print_population(const SurveyPopulation *population)
{
    for (size_t i = 0; i < population->count && population->count > 1; i++)
        shown_line(stdout, "  %6" G_GINT64_FORMAT " of %6" G_GINT64_FORMAT "  %s",
                   population->strata[i].drawn, population->strata[i].population,
                   (const char *)g_ptr_array_index(population->names, i));
    printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " alerts to judge", count_drawn(population),
           population->population);
    if (!isnan(population->power))
        printf(", power %.3f", population->power);
    putchar('\n');
}

/* ---- plan */

/* Alerts of which nothing is known but that there are so many. */
static AlertList *suppose_log(int64_t count)
{
    AlertList *list = g_new0(AlertList, 1);
    list->alerts = g_ptr_array_new();
    list->rows = count;
    for (int64_t i = 0; i < count; i++) {
        static ListedAlert any;
        g_ptr_array_add(list->alerts, &any);
    }
    return list;
}

ExitStatus sample_plan_command(const SampleDrawing *drawing, GError **error)
{
    if (drawing->population > FINITE_POPULATION_MOST ||
        (drawing->population >= 0 && drawing->order.by != NULL)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--population: expected 0 to %d, and no --by, since there is no log to part",
                    FINITE_POPULATION_MOST);
        return EXIT_USAGE;
    }
    SampleDrawing planned = *drawing;
    if (drawing->population >= 0)
        planned.order.log = "--population";
    g_autoptr(AlertList) list =
        drawing->population >= 0 ? suppose_log(drawing->population) : read_log(drawing, error);
    if (list == NULL)
        return EXIT_BAD_INPUT;
    g_autoptr(SurveyPopulation) population = survey_population_new(list, &planned.order, error);
    if (population == NULL)
        return vsaudit_error_exit_status(*error);
    if (drawing->population < 0)
        print_log(list, population);
    print_population(population);
    outcome_set("population", json_integer(population->population));
    outcome_set("drawn", json_integer(count_drawn(population)));
    return EXIT_DONE;
}

/* ---- draw */

/* A draw is never written over, nor is a log drawn from again in silence. */
static bool check_free(const SampleDrawing *drawing, const SurveyLedger *ledger, GError **error)
{
    if (g_file_test(drawing->folder, G_FILE_TEST_EXISTS)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "%s is there already, and a draw is never written over", drawing->folder);
        return false;
    }
    if (ledger->draws->len == 0) {
        if (drawing->order.again == NULL)
            return true;
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                            "--again: found a reason, expected none: the log was not drawn from before");
        return false;
    }
    if (drawing->order.again != NULL && *drawing->order.again != '\0')
        return true;
    const ResultsSurveyEarlier *last =
        &g_array_index(ledger->draws, ResultsSurveyEarlier, ledger->draws->len - 1);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "%s was drawn from already (%u time%s, last on %s); a sample is not drawn until it suits: to "
                "draw again all the same say why with --again REASON, which will stand in the report",
                drawing->order.log, ledger->draws->len, ledger->draws->len == 1 ? "" : "s", last->date);
    return false;
}

/* Copies what lies in the folder of pictures, and nothing from elsewhere: names come from the log. */
static bool copy_picture(const ResultsSurveyAlert *alert, const char *base, const char *folder,
                         int64_t *missing, GError **error)
{
    g_autofree char *name = survey_sheet_picture(alert);
    if (name == NULL)
        return true;
    g_autofree char *slashes = g_strdelimit(g_strdup(alert->picture), "\\", '/');
    g_autofree char *from = g_build_filename(base, slashes, NULL), *bytes = NULL;
    char *real = realpath(from, NULL), *root = realpath(base, NULL);
    g_autofree char *inside = root != NULL ? g_strconcat(root, "/", NULL) : NULL;
    gsize length = 0;
    const bool found = real != NULL && inside != NULL && g_str_has_prefix(real, inside) &&
                       g_file_test(real, G_FILE_TEST_IS_REGULAR) &&
                       g_file_get_contents(real, &bytes, &length, NULL);
    free(real);
    free(root);
    if (!found) {
        ++*missing;
        return true;
    }
    g_autofree char *to = g_build_filename(folder, name, NULL), *parent = g_path_get_dirname(to);
    return g_mkdir_with_parents(parent, 0777) == 0 && save_file(to, bytes, (gssize)length, error);
}

static bool write_sheets(const SampleDrawing *drawing, const ResultsSurveyDraw *draw, const char *folder,
                         GError **error)
{
    for (int64_t judge = 1; judge <= drawing->judges; judge++) {
        g_autoptr(GPtrArray) alerts = g_ptr_array_new();
        for (size_t i = 0; i < draw->alerts.count; i++)
            g_ptr_array_add(alerts, (gpointer)&draw->alerts.at[i]);
        g_autofree char *purpose = g_strdup_printf("sheet/%" G_GINT64_FORMAT, judge);
        g_autofree char *name = g_strdup_printf("judge-%" G_GINT64_FORMAT ".csv", judge);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *sheet =
            survey_sheet_write(draw, alerts, purpose, folder, texts_of(drawing->language));
        if (!save_file(path, sheet, -1, error))
            return false;
    }
    const char *const sheets = drawing->judges == 1 ? "judge-1.csv" : "judge-1.csv, judge-2.csv";
    g_autofree char *command =
        g_strdup_printf("vsaudit sample score %s %s", drawing->folder,
                        drawing->judges == 1 ? "judge-1.csv" : "judge-1.csv judge-2.csv");
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        g_autofree char *text = survey_sheet_instructions(draw, sheets, command, texts_of(*language));
        g_autofree char *name = g_strdup_printf("README.%s.md", *language);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!save_file(path, text, -1, error))
            return false;
    }
    return true;
}

static bool sign(const char *path, const char *text, const SecretKey *key, GError **error)
{
    g_autofree char *signature = g_strconcat(path, ".sig", NULL),
                    *public_key = g_strconcat(path, ".pub", NULL);
    return signed_file_make(&(SignedFile){text, strlen(text), signature, public_key}, key, error);
}

static bool write_draw(const SampleDrawing *drawing, const json_t *document, const char *text,
                       const SecretKey *key, const char *folder, int64_t *missing, GError **error)
{
    g_autoptr(ResultsSurveyDraw) draw = results_load_survey_draw(document);
    g_autofree char *path = g_build_filename(folder, "draw.json", NULL);
    g_autofree char *beside = g_path_get_dirname(drawing->order.log);
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", folder,
                    g_strerror(errno));
        return false;
    }
    for (size_t i = 0; i < draw->alerts.count; i++)
        if (!copy_picture(&draw->alerts.at[i], drawing->pictures != NULL ? drawing->pictures : beside, folder,
                          missing, error))
            return false;
    return write_sheets(drawing, draw, folder, error) && save_file(path, text, -1, error) &&
           (key == NULL || sign(path, text, key, error));
}

static bool keep(const SampleDrawing *drawing, const SurveyLedger *ledger, const char *part,
                 const char *sha256, const char *seed, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *date = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    const ResultsSurveyEarlier this = {
        .sha256 = sha256, .date = date, .seed = seed, .again = drawing->order.again};
    if (!survey_ledger_add(ledger, drawing->order.log, &this, error))
        return false;
    if (g_rename(part, drawing->folder) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", drawing->folder,
                g_strerror(errno));
    return false;
}

static void print_drawn(const SampleDrawing *drawing, const SurveyPopulation *population, const char *sha256,
                        int64_t missing)
{
    outcome_set("draw_sha256", json_string(sha256));
    outcome_set("population", json_integer(population->population));
    outcome_set("drawn", json_integer(count_drawn(population)));
    if (missing > 0)
        fprintf(stderr,
                "vsaudit sample: %" G_GINT64_FORMAT
                " picture%s not in the folder of pictures (--pictures): to be found by number, camera and "
                "time\n",
                missing, missing == 1 ? " is" : "s are");
    if (drawing->quiet)
        return;
    print_population(population);
    shown_line(stdout, "To judge: %s (README.en.md says how)", drawing->folder);
    shown_line(stdout, "SHA-256 of the draw: %s", sha256);
    shown_line(stdout, "Give this SHA-256 to a third person before anybody judges.");
}

ExitStatus sample_draw_command(const SampleDrawing *drawing, GError **error)
{
    g_autoptr(SurveyLedger) ledger = survey_ledger_read(drawing->order.log, error);
    if (ledger == NULL || !check_free(drawing, ledger, error))
        return EXIT_USAGE;
    g_autoptr(SecretKey) key = drawing->key != NULL ? keys_read_secret(drawing->key, error) : NULL;
    g_autoptr(AlertList) list = key != NULL || drawing->key == NULL ? read_log(drawing, error) : NULL;
    if (list == NULL)
        return EXIT_BAD_INPUT;
    g_autoptr(SurveyPopulation) population = survey_population_new(list, &drawing->order, error);
    if (population == NULL)
        return EXIT_USAGE;
    if (!drawing->quiet)
        print_log(list, population);
    json_t *document = survey_draw_make(list, population, &drawing->order, ledger->draws);
    char *dumped = json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    g_autofree char *text = g_strconcat(dumped, "\n", NULL);
    free(dumped);
    g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_autofree char *part = g_strconcat(drawing->folder, ".part", NULL);
    const char *seed = json_string_value(json_object_get(document, "seed"));
    int64_t missing = 0;
    tree_remove(part);
    const bool good = write_draw(drawing, document, text, key, part, &missing, error) &&
                      keep(drawing, ledger, part, sha256, seed, error);
    json_decref(document);
    if (!good) {
        tree_remove(part);
        return EXIT_HARNESS;
    }
    print_drawn(drawing, population, sha256, missing);
    return EXIT_DONE;
}
