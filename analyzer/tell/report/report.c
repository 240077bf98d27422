/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "evaluate/results.h"
#include "records/error.h"
#include "report/figures.h"
#include "report/formats.h"
#include "scoring/rate.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Without a list all that need not be asked for. */
static bool is_wanted(const ReportFormat *format, const char *const *list)
{
    return list == NULL ? !format->on_request : g_strv_contains(list, format->name);
}

static gboolean check_formats(const char *const *formats, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const ReportFormat *const *known = report_formats; *known != NULL; known++)
        g_ptr_array_add(names, (char *)(*known)->name);
    g_ptr_array_add(names, NULL);
    for (; formats != NULL && *formats != NULL; formats++) {
        if (g_strv_contains((const char *const *)names->pdata, *formats))
            continue;
        g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "report format: found \"%s\", expected one of %s", *formats, list);
        return FALSE;
    }
    return TRUE;
}

static gboolean check_schema(const json_t *results, GError **error)
{
    const char *schema = json_string_value(json_object_get(results, "schema"));
    if (g_strcmp0(schema, RESULTS_SCHEMA) == 0)
        return TRUE;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "results: schema: found %s, expected \"%s\"",
                schema != NULL ? schema : "none", RESULTS_SCHEMA);
    return FALSE;
}

/* All wanted formats that are `spoken`, or all that are not. */
static gboolean write_formats(const ReportRequest *request, bool spoken, const char *const *formats,
                              GError **error)
{
    for (const ReportFormat *const *format = report_formats; *format != NULL; format++)
        if ((*format)->spoken == spoken && is_wanted(*format, formats) && !(*format)->write(request, error))
            return FALSE;
    return TRUE;
}

static gboolean write_language(ReportRequest request, const char *language, const char *const *formats,
                               GError **error)
{
    g_autoptr(Texts) texts = texts_new(language, INTERVAL_LEVEL, error);
    if (texts == NULL)
        return FALSE;
    g_autoptr(Results) read = results_load(request.results);
    figures_set_level(texts, read);
    request.texts = texts;
    return write_formats(&request, true, formats, error);
}

/* The results with the date of the run beside them: results.json itself holds no clock. */
static json_t *add_date(const json_t *results, const char *run_dir)
{
    json_t *dated = json_copy((json_t *)results);
    g_autofree char *path = run_dir != NULL ? g_build_filename(run_dir, "run.json", NULL) : NULL;
    json_t *facts = path != NULL ? json_load_file(path, 0, NULL) : NULL;
    const char *last = NULL;
    const json_t *sessions = json_object_get(facts, "sessions");
    for (size_t i = 0; i < json_array_size(sessions); i++) {
        const char *finished = json_string_value(json_object_get(json_array_get(sessions, i), "finished"));
        if (finished != NULL && (last == NULL || strcmp(finished, last) > 0))
            last = finished;
    }
    if (last != NULL)
        json_object_set_new(dated, "run_finished", json_string(last));
    json_decref(facts);
    return dated;
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat x, y;
    return a != NULL && stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

gboolean report_write(const json_t *results, const char *run_dir, const char *out_dir,
                      const char *const *languages, const char *const *formats, GError **error)
{
    return report_write_lean(results, NULL, run_dir, out_dir, languages, formats, error);
}

gboolean report_write_lean(const json_t *results, const Detail *detail, const char *run_dir,
                           const char *out_dir, const char *const *languages, const char *const *formats,
                           GError **error)
{
    if (languages == NULL)
        languages = texts_languages();
    if (!check_schema(results, error) || !check_formats(formats, error))
        return FALSE;
    if (g_mkdir_with_parents(out_dir, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", out_dir,
                    g_strerror(errno));
        return FALSE;
    }
    g_autoptr(Exhibits) pictures = exhibits_new(results, detail, run_dir);
    exhibits_set_linked(pictures, is_same_folder(run_dir, out_dir));
    json_t *dated = add_date(results, run_dir);
    ReportRequest request = {
        .results = dated, .detail = detail, .languages = languages, .pictures = pictures, .folder = out_dir};
    gboolean fine = TRUE;
    for (const char *const *language = languages; *language != NULL; language++)
        fine = fine && write_language(request, *language, formats, error);
    json_decref(dated);
    request.results = results;
    return fine && write_formats(&request, false, formats, error);
}

char *report_terminal(const json_t *results, const char *language, GError **error)
{
    g_autoptr(Texts) texts = texts_new(language, INTERVAL_LEVEL, error);
    if (texts == NULL)
        return NULL;
    g_autoptr(Results) read = results_load(results);
    figures_set_level(texts, read);
    return terminal_render(results, texts);
}
