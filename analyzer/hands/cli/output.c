/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include "records/error.h"
#include "records/save.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define MARK ".vsaudit"

/* ---- the audit's own files */

static bool lies_in(const char *file, const struct stat *folder)
{
    g_autofree char *parent = file != NULL ? g_path_get_dirname(file) : NULL;
    struct stat status;
    return parent != NULL && stat(parent, &status) == 0 && status.st_dev == folder->st_dev &&
           status.st_ino == folder->st_ino;
}

static const char *find_in_dataset(const Dataset *dataset, const struct stat *folder)
{
    if (lies_in(dataset->file, folder))
        return dataset->file;
    for (guint i = 0; i < dataset->truth_files->len; i++) {
        const char *file = g_ptr_array_index(dataset->truth_files, i);
        if (lies_in(file, folder))
            return file;
    }
    for (guint i = 0; i < dataset->clips->len; i++) {
        const char *file = ((const Clip *)g_ptr_array_index(dataset->clips, i))->path;
        if (lies_in(file, folder))
            return file;
    }
    return NULL;
}

/* The first input that lies in the folder; NULL when there is none. */
static const char *find_input(const Audit *audit, const struct stat *folder)
{
    const char *found = lies_in(audit->file, folder) ? audit->file : NULL;
    for (guint i = 0; i < audit->scenarios->len && found == NULL; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        if (lies_in(scenario->file, folder))
            return scenario->file;
        for (guint s = 0; s < scenario->systems->len; s++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, s);
            if (lies_in(system->path, folder))
                return system->path;
        }
    }
    for (guint i = 0; i < audit->datasets->len && found == NULL; i++)
        found = find_in_dataset(g_ptr_array_index(audit->datasets, i), folder);
    return found;
}

/* ---- names that are written */

static bool is_written(const char *name)
{
    static const char *const names[] = {"results.json",
                                        "run.json",
                                        "junit.xml",
                                        "scenarios.csv",
                                        "claims.csv",
                                        "clips.csv",
                                        "alerts.csv",
                                        "events.csv",
                                        "evidence",
                                        "observations",
                                        "audit",
                                        "run.lock",
                                        "store.sqlite",
                                        "score.sqlite",
                                        "inputs",
                                        "allowed.json",
                                        "capsule.json",
                                        "answers",
                                        "sample.json",
                                        "strata.csv",
                                        "disagreements.csv",
                                        "looks.jsonl",
                                        NULL};
    return g_strv_contains(names, name) ||
           (g_str_has_prefix(name, "report.") && g_str_has_suffix(name, ".html")) ||
           (g_str_has_prefix(name, "summary.") && g_str_has_suffix(name, ".md"));
}

/* One of them that is there; NULL when there is none. Caller frees. */
static char *find_written(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    char *found = NULL;
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (!is_written(name) || (found != NULL && strcmp(found, name) < 0))
            continue;
        g_free(found);
        found = g_strdup(name);
    }
    return found;
}

static bool has(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* ---- */

G_GNUC_PRINTF(3, 4)
static bool refuse(const char *folder, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "%s: %s; give another folder with -o", folder,
                what);
    return false;
}

/* A hash in place of the path: folders are published, and where a file lay is nobody's business. */
static char *mark_text(const char *work, const char *of)
{
    g_autofree char *path = of != NULL ? g_canonicalize_filename(of, NULL) : g_strdup("");
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
    return g_strdup_printf("vsaudit %s %s\nWritten by vsaudit, which may write over its own files here.\n",
                           work, hash);
}

static bool check_content(const char *folder, const char *mark, const char *known, GError **error)
{
    if (known == NULL) {
        g_autofree char *name = find_written(folder);
        if (name != NULL && !has(folder, "store.sqlite") && !has(folder, "score.sqlite"))
            return refuse(folder, error,
                          "“%s” is there, was not written by vsaudit, and would be overwritten", name);
        return true;
    }
    if (strcmp(known, mark) != 0)
        return refuse(folder, error, "holds a %s of something else, which would be overwritten",
                      g_str_has_prefix(known, "vsaudit run ")     ? "run"
                      : g_str_has_prefix(known, "vsaudit score ") ? "score"
                                                                  : "report");
    return true;
}

bool output_check_input(const char *folder, const char *file, GError **error)
{
    struct stat status;
    return stat(folder, &status) != 0 || !lies_in(file, &status) ||
           refuse(folder, error, "holds an input of the audit: %s", file);
}

bool output_check(const char *folder, const char *work, const char *of, const Audit *audit, GError **error)
{
    g_autofree char *mark = mark_text(work, of), *path = g_build_filename(folder, MARK, NULL), *known = NULL;
    struct stat status;
    if (stat(folder, &status) != 0)
        return true;
    const char *input = audit != NULL ? find_input(audit, &status) : NULL;
    if (input != NULL)
        return refuse(folder, error, "holds an input of the audit: %s", input);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR) && !g_file_get_contents(path, &known, NULL, NULL))
        return refuse(folder, error, "“%s” cannot be read", MARK);
    return check_content(folder, mark, known, error);
}

bool output_mark(const char *folder, const char *work, const char *of, GError **error)
{
    if (has(folder, MARK))
        return true;
    g_autofree char *mark = mark_text(work, of), *path = g_build_filename(folder, MARK, NULL);
    if (g_mkdir_with_parents(folder, 0777) == 0)
        return save_file(path, mark, -1, error);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be made: %s", folder,
                g_strerror(errno));
    return false;
}

bool output_claim(const char *folder, const char *work, const char *of, const Audit *audit, GError **error)
{
    return output_check(folder, work, of, audit, error) && output_mark(folder, work, of, error);
}
