/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit conform: the norm of the behaviours as cases, run against the reference. */
#include "behaviours/vector.h"
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

/* Where the vectors lie in the source tree, and below the prefix when installed. */
#define SOURCE_FOLDER "tests/conformance/behaviours"
#define INSTALLED_FOLDER "share/vsaudit/conformance/behaviours"

static const double rates[] = {5, 12.5, 25, 50};

/* The vectors beside the program: bin/vsaudit in a prefix, build/VARIANT/vsaudit in the source tree, else the
 * source tree that we are in. Caller frees. */
static char *find_folder(void)
{
    g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program != NULL) {
        g_autofree char *folder = g_path_get_dirname(program);
        g_autofree char *prefix = g_path_get_dirname(folder);
        g_autofree char *tree = g_path_get_dirname(prefix);
        g_ptr_array_add(candidates, g_build_filename(prefix, INSTALLED_FOLDER, NULL));
        g_ptr_array_add(candidates, g_build_filename(tree, SOURCE_FOLDER, NULL));
    }
    g_ptr_array_add(candidates, g_strdup(SOURCE_FOLDER));
    for (guint i = 0; i < candidates->len; i++) {
        const char *folder = g_ptr_array_index(candidates, i);
        if (g_file_test(folder, G_FILE_TEST_IS_DIR))
            return g_strdup(folder);
    }
    return NULL;
}

static bool is_wanted(char **wanted, const Vector *vector)
{
    return wanted == NULL || g_strv_contains((const char *const *)wanted, vector_behaviour(vector)->id);
}

static void list_vectors(const GPtrArray *vectors, char **wanted)
{
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        if (is_wanted(wanted, vector))
            printf("%-18s %-26s %s\n", vector_behaviour(vector)->id, vector_name(vector),
                   vector_title(vector));
    }
}

static json_t *case_to_json(const Vector *vector, double rate, bool same, const char *difference)
{
    json_t *json = json_object();
    json_object_set_new(json, "behaviour", json_string(vector_behaviour(vector)->id));
    json_object_set_new(json, "case", json_string(vector_name(vector)));
    json_object_set_new(json, "title", json_string(vector_title(vector)));
    json_object_set_new(json, "rate", json_real(rate));
    json_object_set_new(json, "passed", json_boolean(same));
    json_object_set_new(json, "difference", same ? json_null() : json_string(difference));
    return json;
}

/* Runs all; returns how many cases failed. With `cases` it fills that instead of printing. */
static guint run_vectors(const GPtrArray *vectors, char **wanted, json_t *cases, guint *count)
{
    guint failed = 0;
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        if (!is_wanted(wanted, vector))
            continue;
        for (size_t j = 0; j < G_N_ELEMENTS(rates); j++) {
            g_autofree char *difference = NULL;
            const bool same = vector_verify(vector, rates[j], &difference);
            failed += !same;
            ++*count;
            if (cases != NULL)
                json_array_append_new(cases, case_to_json(vector, rates[j], same, difference));
            else
                printf("%-18s %-26s %5g/s  %s%s\n", vector_behaviour(vector)->id, vector_name(vector),
                       rates[j], same ? "passed" : "FAILED: ", same ? "" : difference);
        }
    }
    return failed;
}

static bool check_wanted(char **wanted, GError **error)
{
    for (char **name = wanted; name != NULL && *name != NULL; name++) {
        if (behaviour_find(*name) != NULL)
            continue;
        g_autoptr(GPtrArray) known = g_ptr_array_new();
        for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++)
            g_ptr_array_add(known, (gpointer)(*behaviour)->id);
        const char *nearest =
            option_nearest_name(*name, (const char *const *)(void *)known->pdata, known->len);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found “%s”, expected a behaviour%s%s%s",
                    *name, nearest != NULL ? ", perhaps “" : " (see “vsaudit list behaviours”)",
                    nearest != NULL ? nearest : "", nearest != NULL ? "”" : "");
        return false;
    }
    return true;
}

extern const Command command_conform;

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *folder = NULL;
    gboolean json = FALSE, list = FALSE;
    g_auto(GStrv) wanted = NULL;
    GOptionEntry entries[] = {
        {"vectors", 0, 0, G_OPTION_ARG_FILENAME, &folder,
         "folder of vectors, with one folder for each behaviour (default: those of the program)", "DIR"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "print JSON instead of a table", NULL},
        {"list", 0, 0, G_OPTION_ARG_NONE, &list, "say which cases there are; nothing is run", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, NULL, "[BEHAVIOUR…]"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    static const char description[] =
        "A vector scripts what perception would see, without pixels, and says which alerts must follow.\n"
        "Each is run at 5, 12.5, 25 and 50 pictures per second. What can be run today is the reference:\n"
        "the behaviours of this program, against its own vectors or yours. Another system cannot be run\n"
        "here, as no program takes observations in place of pictures; its maker can read the vectors,\n"
        "which are JSON (see analyzer/behaviours/README.md).\n"
        "\nExit status: 0 every case passes; 1 a case fails; 2 wrong usage; 3 bad input, or no vectors.\n";
    if (!command_parse(&command_conform, entries, description, &argc, &argv, error) ||
        !check_wanted(wanted, error))
        return EXIT_USAGE;
    if (folder == NULL)
        folder = find_folder();
    if (folder == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "found no vectors beside the program nor in %s, expected --vectors DIR", SOURCE_FOLDER);
        return EXIT_USAGE;
    }
    g_autoptr(GPtrArray) vectors = vector_load_folder(folder, error);
    if (vectors == NULL)
        return EXIT_BAD_INPUT;
    if (list) {
        list_vectors(vectors, wanted);
        return EXIT_DONE;
    }
    guint count = 0;
    json_t *cases = json ? json_array() : NULL;
    const guint failed = run_vectors(vectors, wanted, cases, &count);
    if (json) {
        json_t *all = json_pack("{s:s, s:i, s:i, s:o}", "schema", "vsaudit/conform/1", "cases_run",
                                (int)count, "failed", (int)failed, "cases", cases);
        json_dumpf(all, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
        putchar('\n');
        json_decref(all);
    } else {
        printf("%u passed, %u failed\n", count - failed, failed);
    }
    return failed > 0 ? EXIT_CLAIM_REFUTED : EXIT_DONE;
}

const Command command_conform = {"conform", "[BEHAVIOUR…]",
                                 "run the behaviours' conformance vectors against the reference", run};
