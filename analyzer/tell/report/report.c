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

static bool has_word(const json_t *list, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (g_strcmp0(json_string_value(json_array_get(list, i)), word) == 0)
            return true;
    }
    return false;
}

/* What one session lacked, all lacked. */
static void join_sandbox(json_t *joined, const json_t *sandbox)
{
    json_t *held = json_object_get(joined, "held"), *missing = json_object_get(joined, "missing");
    const json_t *lacking = json_object_get(sandbox, "missing");
    for (size_t i = 0; i < json_array_size(lacking); i++) {
        const char *layer = json_string_value(json_array_get(lacking, i));
        if (!has_word(missing, layer))
            json_array_append(missing, json_array_get(lacking, i));
        for (size_t k = json_array_size(held); k-- > 0;) {
            if (g_strcmp0(json_string_value(json_array_get(held, k)), layer) == 0)
                json_array_remove(held, k);
        }
    }
}

/* What held programs under test in all sessions that replayed something; NULL where one does not say. */
static json_t *join_sandboxes(const json_t *sessions)
{
    json_t *joined = NULL;
    for (size_t i = 0; i < json_array_size(sessions); i++) {
        const json_t *session = json_array_get(sessions, i);
        const json_t *sandbox = json_object_get(json_object_get(session, "environment"), "sandbox");
        if (json_integer_value(json_object_get(session, "jobs")) == 0)
            continue;
        if (!json_is_array(json_object_get(sandbox, "held")) ||
            !json_is_array(json_object_get(sandbox, "missing"))) {
            json_decref(joined);
            return NULL;
        }
        if (joined == NULL)
            joined = json_deep_copy(sandbox);
        else
            join_sandbox(joined, sandbox);
    }
    return joined;
}

/* The results with the date of the run beside them, and what it was held by: results.json itself holds no
 * clock and no machine. */
static json_t *add_facts(const json_t *results, const char *run_dir)
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
    json_t *sandbox = join_sandboxes(sessions);
    if (sandbox != NULL)
        json_object_set_new(dated, "run_sandbox", sandbox);
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
    json_t *dated = add_facts(results, run_dir);
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
