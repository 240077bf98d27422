/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/bundle.h"

#include "bundle/allowed.h"
#include "bundle/archive.h"
#include "bundle/janitor.h"
#include "bundle/rescore.h"
#include "bundle/statement.h"
#include "bundle/tree.h"
#include "bundle/words.h"
#include "config/look_log.h"
#include "evaluate/adjudication.h"
#include "evaluate/handover.h"
#include "evaluate/results.h"
#include "report/report.h"
#include "results/document.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define DATA "data"
#define EVIDENCE "evidence"

/* ---- what is copied */

static bool copy_tree(const char *from, const char *to, GError **error)
{
    g_autoptr(GPtrArray) names = tree_list(from, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(from, name, NULL);
        if (!tree_copy(path, to, name, NULL, error))
            return false;
    }
    return true;
}

/* A part of the run that need not be there. */
static bool copy_part(const char *run, const char *data, const char *name, GError **error)
{
    g_autofree char *from = g_build_filename(run, name, NULL), *to = g_build_filename(data, name, NULL);
    if (g_file_test(from, G_FILE_TEST_IS_DIR))
        return copy_tree(from, to, error);
    return !g_file_test(from, G_FILE_TEST_EXISTS) || tree_copy(from, data, name, NULL, error);
}

static bool check_run(const char *run, GError **error)
{
    g_autofree char *results = g_build_filename(run, "results.json", NULL);
    g_autofree char *inputs = g_build_filename(run, INPUTS_FOLDER, "index.json", NULL);
    if (!g_file_test(results, G_FILE_TEST_EXISTS)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no finished run or score", run);
        return false;
    }
    if (g_file_test(inputs, G_FILE_TEST_EXISTS))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found no copies of its inputs (inputs/), which a run of an older program does not keep; "
                "run or score the audit into it again: what is done is not replayed",
                run);
    return false;
}

/* ---- what is made */

static Store *open_store(const char *run, GError **error)
{
    static const char *const names[] = {"store.sqlite", "score.sqlite"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(run, names[i], NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return store_open(path, error);
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: found no store of the run's alerts", run);
    return NULL;
}

/* Names of the pictures as results.json has them, "evidence/….jpg". */
static GPtrArray *list_pictures(const char *data, GError **error)
{
    g_autofree char *folder = g_build_filename(data, EVIDENCE, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
        return names;
    g_autoptr(GPtrArray) files = tree_list(folder, error);
    for (guint i = 0; files != NULL && i < files->len; i++)
        g_ptr_array_add(names, g_strconcat(EVIDENCE "/", (const char *)g_ptr_array_index(files, i), NULL));
    if (files == NULL)
        g_clear_pointer(&names, g_ptr_array_unref);
    return names;
}

/* Whether the run's own results are those that follow from its alerts. */
static bool compare_results(const char *run, json_t *stored, json_t *results, const char *data,
                            GError **error)
{
    g_autoptr(GPtrArray) pictures = list_pictures(data, error);
    if (pictures == NULL)
        return false;
    g_autofree char *missing = NULL, *path = NULL, *found = NULL, *expected = NULL;
    if (!rescore_take_pictures(results, stored, pictures, &missing)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "%s/results.json: names the picture “%s”, which is not there", run, missing);
        return false;
    }
    if (!rescore_find_difference(stored, results, &path, &found, &expected))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s/results.json: %s: found %s, expected %s, which follows from the run's truth and alerts; "
                "run or score the audit into the folder again",
                run, path, found, expected);
    return false;
}

static json_t *make_results(const char *run, const char *data, GError **error)
{
    g_autofree char *inputs_folder = g_build_filename(data, INPUTS_FOLDER, NULL);
    g_autofree char *stored_path = g_build_filename(run, "results.json", NULL);
    g_autoptr(Inputs) inputs = inputs_load(inputs_folder, error);
    g_autoptr(Store) store = inputs != NULL ? open_store(run, error) : NULL;
    if (store == NULL || !rescore_keep_replays(inputs->audit, store, data, error))
        return NULL;
    json_t *stored = results_read(stored_path, error);
    if (stored == NULL || !adjudication_apply(stored, data, error)) {
        json_decref(stored);
        return NULL;
    }
    json_t *results = rescore(inputs, data, error);
    if (results != NULL && !compare_results(run, stored, results, data, error)) {
        json_decref(results);
        results = NULL;
    }
    json_decref(stored);
    return results;
}

static bool write_text(const char *folder, const char *name, char *text, GError **error)
{
    const bool written = tree_write(folder, name, text, strlen(text), error);
    g_free(text);
    return written;
}

static bool fill_data(const char *data, const json_t *results, GError **error)
{
    g_autofree char *path = g_build_filename(data, "results.json", NULL);
    g_autofree char *index_path = g_build_filename(data, INPUTS_FOLDER, "index.json", NULL);
    json_t *index = json_load_file(index_path, 0, NULL);
    char *commands = words_commands(results, index);
    json_decref(index);
    return results_write(results, path, error) && report_write(results, data, data, NULL, NULL, error) &&
           write_text(data, WORDS_VERSIONS, words_versions(results), error) &&
           write_text(data, WORDS_COMMANDS, commands, error);
}

static bool attest(const char *bag, const json_t *results, const SecretKey *key, GError **error)
{
    g_autofree char *info = words_bag_info(results);
    if (!write_text(bag, WORDS_README, words_readme(results, key != NULL), error) ||
        !bag_write_tags(bag, info, error))
        return false;
    g_autoptr(GPtrArray) files = bag_files_scan(bag, error);
    if (files == NULL)
        return false;
    g_autofree char *statement = statement_build(files, results);
    return statement_write(bag, statement, key, error) && bag_write_tag_manifest(bag, error);
}

static bool fill_bag(const char *run, const char *bag, const SecretKey *key, char **id, GError **error)
{
    static const char *const parts[] = {INPUTS_FOLDER, LOOK_FILE, "run.json",      "adjudication.json", HANDOVER_FILE,
                                        EVIDENCE,      "report.fr.pdf", "report.en.pdf"};
    g_autofree char *data = g_build_filename(bag, DATA, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (!copy_part(run, data, parts[i], error))
            return false;
    }
    json_t *results = make_results(run, data, error);
    if (results == NULL)
        return false;
    g_autoptr(Results) read = results_load(results);
    *id = g_strdup(read->audit.id);
    const bool fine = fill_data(data, results, error) && attest(bag, results, key, error);
    json_decref(results);
    return fine;
}

bool bundle_write(const char *run, const char *out, bool as_tar, const SecretKey *key, GError **error)
{
    if (g_file_test(out, G_FILE_TEST_EXISTS) || g_file_test(out, G_FILE_TEST_IS_SYMLINK)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--bundle: %s is there already, and a bundle is never written over", out);
        return false;
    }
    if (!check_run(run, error) || !allowed_check(run, error))
        return false;
    g_autofree char *bag = g_strconcat(out, ".part", NULL);
    g_autofree char *id = NULL;
    tree_remove(bag);
    janitor_watch(bag);
    if (g_mkdir_with_parents(bag, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", bag,
                    g_strerror(errno));
        janitor_dismiss(bag);
        return false;
    }
    bool fine = fill_bag(run, bag, key, &id, error);
    if (fine && as_tar) {
        g_autofree char *top = g_strconcat(id, "-bundle", NULL);
        fine = archive_pack(bag, top, out, error);
    } else if (fine && g_rename(bag, out) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", out,
                    g_strerror(errno));
        fine = false;
    }
    tree_remove(bag);
    janitor_dismiss(bag);
    return fine;
}
