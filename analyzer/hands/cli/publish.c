/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/publish.h"

#include "cli/outcome.h"

#include "config/lock.h"
#include "config/look_log.h"
#include "evaluate/results.h"
#include "evaluate/results_assemble.h"
#include "language/texts.h"
#include "records/error.h"
#include "records/file_hash.h"
#include "records/shown.h"
#include "report/report.h"
#include "systems/ignored.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

bool publish_parse_blur(const char *text, EvidenceBlur *blur, GError **error)
{
    if (text == NULL || strcmp(text, "persons") == 0)
        *blur = EVIDENCE_BLUR_PERSONS;
    else if (strcmp(text, "all") == 0)
        *blur = EVIDENCE_BLUR_ALL;
    else if (strcmp(text, "none") == 0)
        *blur = EVIDENCE_BLUR_NONE;
    else {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--blur: found “%s”, expected persons, all or none", text);
        return false;
    }
    return true;
}

bool publish_parse_evidence(const char *text, bool *films, GError **error)
{
    *films = g_strcmp0(text, "clips") == 0;
    if (text == NULL || *films || strcmp(text, "stills") == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "--evidence: found “%s”, expected stills or clips",
                text);
    return false;
}

const char *publish_languages_help(void)
{
    g_autofree char *known = g_strjoinv(", ", (char **)texts_languages());
    g_autofree char *help =
        g_strdup_printf("languages of the report, comma-separated: %s (default all)", known);
    return g_intern_string(help);
}

const char *publish_formats_help(void)
{
    g_autoptr(GString) help = g_string_new("formats of the report, comma-separated:");
    for (int asked = 0; asked < 2; asked++) {
        const char *between = asked == 1 ? "; also " : " ";
        for (const ReportFormat *const *format = report_formats; *format != NULL; format++) {
            if ((*format)->on_request != (asked == 1))
                continue;
            g_string_append_printf(help, "%s%s", between, (*format)->name);
            between = ", ";
        }
        g_string_append(help, asked == 0 ? " (default all these)" : "");
    }
    return g_intern_string(help->str);
}

bool publish_check_lists(const char *languages, const char *formats, GError **error)
{
    g_auto(GStrv) language_list = g_strsplit(languages != NULL ? languages : "", ",", -1);
    for (char **language = language_list; *language != NULL; language++) {
        if (!g_strv_contains(texts_languages(), *language)) {
            g_autofree char *known = g_strjoinv(", ", (char **)texts_languages());
            g_autofree char *together = g_strjoinv(",", (char **)texts_languages());
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "--lang: found “%s”, expected one of %s, or several: %s", *language, known, together);
            return false;
        }
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const ReportFormat *const *format = report_formats; *format != NULL; format++)
        g_ptr_array_add(names, (char *)(*format)->name);
    g_ptr_array_add(names, NULL);
    g_auto(GStrv) format_list = g_strsplit(formats != NULL ? formats : "", ",", -1);
    for (char **format = format_list; *format != NULL; format++) {
        if (!g_strv_contains((const char *const *)names->pdata, *format)) {
            g_autofree char *known = g_strjoinv(", ", (char **)names->pdata);
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "--format: found “%s”, expected some of %s", *format, known);
            return false;
        }
    }
    return true;
}

void publish_warn(const char *command, const Audit *audit, const Systems *systems)
{
    g_autoptr(GPtrArray) ignored = systems_describe_ignored(systems, audit);
    for (guint i = 0; i < ignored->len; i++)
        shown_line(stderr, "vsaudit %s: %s", command, (const char *)g_ptr_array_index(ignored, i));
    SystemsCapsule capsule;
    const guint logs = systems_capsule(systems, &capsule) ? capsule.returned->len : 0;
    for (guint i = 0; i < logs; i++) {
        const Returned *log = g_ptr_array_index(capsule.returned, i);
        if (log->remark != NULL)
            shown_line(stderr, "vsaudit %s: %s: %s", command, log->file, log->remark);
    }
    publish_warn_datasets(command, audit);
}

/* What was mended in the truth by what the clips turned out to be: the remarks behind the first `known`. */
static void warn_settled(const char *command, const Audit *audit, const guint *known)
{
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        for (guint r = known[i]; r < dataset->remarks->len; r++)
            shown_line(stderr, "vsaudit %s: %s", command,
                       (const char *)g_ptr_array_index(dataset->remarks, r));
    }
}

void publish_warn_datasets(const char *command, const Audit *audit)
{
    for (guint i = 0; i < audit->datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(audit->datasets, i);
        for (guint r = 0; r < dataset->remarks->len; r++)
            shown_line(stderr, "vsaudit %s: %s", command,
                       (const char *)g_ptr_array_index(dataset->remarks, r));
        for (guint c = 0; c < dataset->clips->len; c++) {
            const Clip *clip = g_ptr_array_index(dataset->clips, c);
            if (clip->passed_over != NULL)
                shown_line(stderr, "vsaudit %s: %s:%d: clip “%s”: %s", command, dataset->file, clip->line,
                           clip->id, clip->passed_over);
        }
    }
}

static void print_places(const char *folder, char **languages, bool printed)
{
    for (char **language = languages; *language != NULL; language++) {
        g_autofree char *name = g_strdup_printf("report.%s.html", *language);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            shown_line(stdout, "Report (%s): %s", *language, path);
        g_autofree char *pdf_name = g_strdup_printf("report.%s.pdf", *language);
        g_autofree char *pdf = g_build_filename(folder, pdf_name, NULL);
        if (printed && g_file_test(pdf, G_FILE_TEST_EXISTS))
            shown_line(stdout, "On paper (%s): %s", *language, pdf);
    }
}

bool publish_reports(const json_t *results, const Detail *detail, const char *from, const char *to,
                     const char *languages, const char *formats, bool quiet, GError **error)
{
    g_auto(GStrv) language_list =
        languages != NULL ? g_strsplit(languages, ",", -1) : g_strdupv((char **)texts_languages());
    g_auto(GStrv) format_list = formats != NULL ? g_strsplit(formats, ",", -1) : NULL;
    if (!report_write_lean(results, detail, from, to, (const char *const *)language_list,
                           (const char *const *)format_list, error))
        return false;
    outcome_set("folder", outcome_text(to));
    outcome_set("verdicts", json_incref(json_object_get(results, "verdict_counts")));
    if (quiet)
        return true;
    /* The terminal speaks the first language asked for; both were asked for when none was named. */
    g_autofree char *table = report_terminal(results, languages != NULL ? language_list[0] : "en", error);
    if (table == NULL)
        return false;
    fputs(table, stdout);
    print_places(to, language_list,
                 format_list != NULL && g_strv_contains((const char *const *)format_list, "pdf"));
    return true;
}

/* Exhibits of an earlier scoring would stand beside alerts that are no longer there. */
static void remove_old_pictures(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "evidence", NULL);
    g_autoptr(GDir) directory = g_dir_open(path, 0, NULL);
    const char *name;
    while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
        if (!g_str_has_suffix(name, ".jpg") && !g_str_has_suffix(name, ".mp4"))
            continue;
        g_autofree char *file = g_build_filename(path, name, NULL);
        g_unlink(file);
    }
}

char *publish_find_lock(const char *given, const char *first_file, GError **error)
{
    g_autofree char *path = given != NULL ? g_strdup(given) : lock_default_path(first_file);
    if (given == NULL && !g_file_test(path, G_FILE_TEST_EXISTS))
        return NULL;
    g_autofree char *sha256 = NULL;
    json_t *lock = lock_read(path, &sha256, error);
    if (lock == NULL)
        return NULL;
    json_decref(lock);
    return g_steal_pointer(&path);
}

/* Scored, with the start of the first replay beside the lock. */
static json_t *assemble(const Audit *audit, Systems *systems, Store *store, const PublishOptions *options,
                        LookLog *looks, Detail **detail, GError **error)
{
    g_autoptr(Systems) read = systems != NULL ? systems : systems_new(audit, error);
    g_autoptr(GPtrArray) sessions = read != NULL ? store_list_sessions(store, error) : NULL;
    if (sessions == NULL)
        return NULL;
    const RunSession *first = sessions->len > 0 ? g_ptr_array_index(sessions, 0) : NULL;
    const AssembleSpec spec = {.audit = audit,
                               .store = store,
                               .choices = options->protocols,
                               .folder = options->folder,
                               .lock = options->inputs.lock,
                               .first_replay = first != NULL ? first->started : NULL,
                               .looks = looks};
    return results_assemble_lean(&spec, g_steal_pointer(&read), detail, error);
}

/* Exhibits are named in the records, which must be in the document for that. */
static bool take_pictures(const Audit *audit, Store *store, const PublishOptions *options, json_t *results,
                          const Detail *detail, GError **error)
{
    remove_old_pictures(options->folder);
    if (!options->pictures)
        return true;
    detail_fill(detail, results);
    return evidence_write(audit, store, options->folder, options->blur, options->films, options->workers,
                          results, error);
}

typedef struct {
    const json_t *results;
    const Detail *detail;
    char *path;
    GError *error;
} Writing;

static gpointer write_results(gpointer data)
{
    Writing *writing = data;
    results_write_detail(writing->results, writing->detail, writing->path, &writing->error);
    return NULL;
}

/* The longest file by far is written while the reports are made. */
static bool write_all(const json_t *results, const Detail *detail, const PublishOptions *options,
                      GError **error)
{
    g_autofree char *path = g_build_filename(options->folder, "results.json", NULL);
    Writing writing = {.results = results, .detail = detail, .path = path};
    GThread *thread = g_thread_new("results", write_results, &writing);
    GError *cause = NULL;
    const bool fine = publish_reports(results, detail, options->folder, options->folder, options->languages,
                                      options->formats, options->quiet, &cause);
    g_thread_join(thread);
    if (writing.error != NULL) {
        g_clear_error(&cause);
        cause = writing.error;
    }
    if (cause != NULL)
        g_propagate_error(error, cause);
    return fine && writing.error == NULL;
}

/* ---- the log of looks */

/* The log that lies beside the lock; without one, beside where it would be, if a lock left one there. NULL:
 * the folder's alone. Caller frees. */
static char *find_looks_beside(const PublishOptions *options)
{
    if (options->inputs.lock != NULL)
        return look_log_beside(options->inputs.lock);
    if (options->inputs.files == NULL || options->inputs.files[0] == NULL)
        return NULL;
    g_autofree char *lock = lock_default_path(options->inputs.files[0]);
    g_autofree char *beside = look_log_beside(lock);
    return g_file_test(beside, G_FILE_TEST_EXISTS) ? g_steal_pointer(&beside) : NULL;
}

/* What lies beside the lock, and what the folder has besides. */
static LookLog *read_looks(const PublishOptions *options, const char *beside, GError **error)
{
    g_autofree char *path = g_build_filename(options->folder, LOOK_FILE, NULL);
    g_autoptr(LookLog) of_folder = look_log_read(path, error);
    if (of_folder == NULL || beside == NULL)
        return g_steal_pointer(&of_folder);
    g_autoptr(LookLog) of_lock = look_log_read(beside, error);
    if (of_lock != NULL)
        look_log_merge(of_lock, of_folder);
    return g_steal_pointer(&of_lock);
}

static bool write_look(LookLog *looks, const PublishOptions *options, const char *beside, GError **error)
{
    g_autofree char *results = g_build_filename(options->folder, "results.json", NULL);
    g_autofree char *path = g_build_filename(options->folder, LOOK_FILE, NULL);
    g_autofree char *sha256 = file_hash(results, NULL);
    if (sha256 == NULL)
        return error_refuse(error, VSAUDIT_ERROR_HARNESS, results, "cannot be read: %s", g_strerror(errno));
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    look_log_append(looks, sha256, time);
    return (look_log_count(looks) == 0 || look_log_write(looks, path, error)) &&
           (beside == NULL || look_log_write(looks, beside, error));
}

json_t *publish_results(const Audit *audit, Systems *systems, Store *store, const PublishOptions *options,
                        GError **error)
{
    g_autoptr(Detail) detail = NULL;
    g_autofree guint *known = g_new0(guint, MAX(audit->datasets->len, 1));
    for (guint i = 0; i < audit->datasets->len; i++)
        known[i] = ((const Dataset *)g_ptr_array_index(audit->datasets, i))->remarks->len;
    g_autofree char *beside = find_looks_beside(options);
    g_autoptr(LookLog) looks = read_looks(options, beside, error);
    if (looks == NULL) {
        systems_free(systems);
        return NULL;
    }
    json_t *results = assemble(audit, systems, store, options, looks, &detail, error);
    if (results == NULL)
        return NULL;
    warn_settled(options->inputs.command, audit, known);
    json_t *facts = results_run_facts(store, error);
    g_autofree char *facts_path = g_build_filename(options->folder, "run.json", NULL);
    const bool fine = facts != NULL && take_pictures(audit, store, options, results, detail, error) &&
                      inputs_keep(options->folder, &options->inputs, audit, results, error) &&
                      results_write(facts, facts_path, error) && write_all(results, detail, options, error) &&
                      write_look(looks, options, beside, error);
    json_decref(facts);
    if (!fine) {
        json_decref(results);
        return NULL;
    }
    return results;
}
