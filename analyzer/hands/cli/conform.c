/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit conform: the norm of the behaviours as cases, run against the reference or another program. */
#include "bundle/tree.h"
#include "cli/command.h"
#include "conform/vector.h"
#include "records/observation_json.h"
#include "systems/external.h"

#include <stdio.h>
#include <string.h>

/* Where the vectors lie in the source tree, and below the prefix when installed. */
#define SOURCE_FOLDER "tests/conformance/behaviours"
#define INSTALLED_FOLDER "share/vsaudit/conformance/behaviours"

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

/* What is run. */
typedef struct {
    char **behaviours;              /* ids; NULL: all */
    const char *semantics;          /* NULL: all */
    const ExternalProgram *program; /* NULL: the reference */
} Choice;

static bool is_wanted(const Choice *choice, const Vector *vector)
{
    return (choice->behaviours == NULL ||
            g_strv_contains((const char *const *)choice->behaviours, vector_behaviour(vector)->id)) &&
           (choice->semantics == NULL || strcmp(choice->semantics, vector_semantics(vector)) == 0) &&
           (choice->program == NULL || vector_refusal(vector) == NULL);
}

/* "loitering" or "loitering/onvif". Caller frees. */
static char *name_rule(const Vector *vector)
{
    const bool own = strcmp(vector_semantics(vector), SEMANTICS_OWN) == 0;
    return g_strdup_printf("%s%s%s", vector_behaviour(vector)->id, own ? "" : "/",
                           own ? "" : vector_semantics(vector));
}

static void list_vectors(const GPtrArray *vectors, const Choice *choice)
{
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        g_autofree char *rule = name_rule(vector);
        if (is_wanted(choice, vector))
            printf("%-26s %-26s %s\n", rule, vector_name(vector), vector_title(vector));
    }
}

/* ---- a program of somebody else's */

/* The values of all parameters, defaults included. */
static json_t *describe_params(const Vector *vector)
{
    const Behaviour *rule = vector_behaviour(vector);
    g_autofree void *settings = g_malloc0(MAX(rule->settings_size, 1));
    json_t *params = json_object();
    options_set_defaults(rule->options, settings);
    if (options_apply(rule->options, settings, vector_params(vector), NULL, NULL)) {
        for (const OptionSpec *option = options_of(rule->options); option->name != NULL; option++) {
            g_autofree char *value = options_format(option, settings);
            json_t *json = json_null();
            if (value != NULL && (option->type == OPTION_INT || option->type == OPTION_NUMBER ||
                                  option->type == OPTION_SECONDS))
                json = json_real(g_ascii_strtod(value, NULL));
            else if (value != NULL)
                json = json_string(value);
            json_object_set_new(params, option->name, json);
        }
    }
    options_clear(rule->options, settings);
    return params;
}

/* The question, then the pictures as a file of saved observations has them. Caller frees. */
static char *write_input(const Vector *vector, const VectorSampling *sampling)
{
    json_t *question = json_pack("{s:s,s:s,s:s,s:s,s:f,s:o,s:o}", "schema", "vsaudit/conform-input/1", "clip",
                                 vector_name(vector), "behaviour", vector_behaviour(vector)->id, "semantics",
                                 vector_semantics(vector), "duration_s", vector_duration_s(vector), "params",
                                 describe_params(vector), "scene", vector_scene_json(vector));
    const ObservationHeader header = {.clip = (char *)(uintptr_t)vector_name(vector),
                                      .condition = (char *)(uintptr_t) "as-recorded",
                                      .aspect = vector_aspect(vector),
                                      .perception = (char *)(uintptr_t) ""};
    json_t *head = observation_header_to_json(&header);
    g_autofree char *first = observation_json_dump(question), *second = observation_json_dump(head);
    json_decref(question);
    json_decref(head);
    GString *input = g_string_new(NULL);
    g_string_append_printf(input, "%s\n%s\n", first, second);
    g_autoptr(GPtrArray) pictures = vector_sample(vector, sampling);
    for (guint i = 0; i < pictures->len; i++) {
        json_t *json = observation_to_json(g_ptr_array_index(pictures, i));
        g_autofree char *line = observation_json_dump(json);
        g_string_append_printf(input, "%s\n", line);
        json_decref(json);
    }
    return g_string_free(input, FALSE);
}

static bool verify_external(const ExternalProgram *program, const Vector *vector,
                            const VectorSampling *sampling, char **difference)
{
    g_autofree char *input = write_input(vector, sampling);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) alerts =
        external_ask(program, input, vector_name(vector), vector_behaviour(vector)->id,
                     time_from_seconds(vector_duration_s(vector)), &error);
    if (alerts != NULL)
        return vector_check(vector, sampling, alerts, NULL, difference);
    *difference = g_strdup_printf("the program %s", error->message);
    return false;
}

/* ---- running them */

static json_t *case_to_json(const Vector *vector, const VectorSampling *sampling, bool same,
                            const char *difference)
{
    json_t *json = json_object();
    json_object_set_new(json, "behaviour", json_string(vector_behaviour(vector)->id));
    json_object_set_new(json, "semantics", json_string(vector_semantics(vector)));
    json_object_set_new(json, "case", json_string(vector_name(vector)));
    json_object_set_new(json, "title", json_string(vector_title(vector)));
    json_object_set_new(json, "rate", json_real(sampling->rate));
    json_object_set_new(json, "height", sampling->height > 0 ? json_integer(sampling->height) : json_null());
    json_object_set_new(json, "passed", json_boolean(same));
    json_object_set_new(json, "difference", same ? json_null() : json_string(difference));
    return json;
}

static void print_case(const Vector *vector, const VectorSampling *sampling, bool same,
                       const char *difference)
{
    g_autofree char *rule = name_rule(vector);
    g_autofree char *size =
        sampling->height > 0 ? g_strdup_printf("%" PRId64 " lines", sampling->height) : g_strdup("");
    printf("%-26s %-26s %5g/s %9s  %s%s\n", rule, vector_name(vector), sampling->rate, size,
           same ? "passed" : "FAILED: ", same ? "" : difference);
}

/* Runs all; returns how many cases failed. With `cases` it fills that instead of printing. */
static guint run_vectors(const GPtrArray *vectors, const Choice *choice, json_t *cases, guint *count)
{
    guint failed = 0;
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        for (size_t j = 0; j < vector_sampling_count && is_wanted(choice, vector); j++) {
            const VectorSampling *sampling = &vector_samplings[j];
            g_autofree char *difference = NULL;
            if (!vector_holds_at(vector, sampling->rate))
                continue;
            const bool same = choice->program != NULL
                                  ? verify_external(choice->program, vector, sampling, &difference)
                                  : vector_verify(vector, sampling, &difference);
            failed += !same;
            ++*count;
            if (cases != NULL)
                json_array_append_new(cases, case_to_json(vector, sampling, same, difference));
            else
                print_case(vector, sampling, same, difference);
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

static bool check_semantics(const char *id, GError **error)
{
    if (id == NULL || g_strv_contains(semantics_ids, id))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "found “%s”, expected a semantics (see “vsaudit list semantics”)", id);
    return false;
}

/* The program in *program; false with an error. */
static bool parse_program(const char *line, double timeout_s, ExternalProgram *program, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (timeout_s <= 0 || timeout_s > 3600) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--timeout: found %g, expected seconds above 0, up to 3600", timeout_s);
        return false;
    }
    program->timeout_s = timeout_s;
    if (line == NULL || g_shell_parse_argv(line, NULL, &program->argv, &cause))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "--program: found “%s”, expected a command (%s)",
                line, cause->message);
    return false;
}

extern const Command command_conform;

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *folder = NULL, *semantics = NULL, *line = NULL;
    gboolean json = FALSE, list = FALSE;
    double timeout_s = 10;
    g_auto(GStrv) wanted = NULL, reads = NULL;
    GOptionEntry entries[] = {
        {"vectors", 0, 0, G_OPTION_ARG_FILENAME, &folder,
         "folder of vectors, with one folder for each behaviour (default: those of the program)", "DIR"},
        {"semantics", 0, 0, G_OPTION_ARG_STRING, &semantics,
         "only cases of these words (vsaudit list semantics; default: all, with --program vsaudit-1)",
         "NAME"},
        {"program", 0, 0, G_OPTION_ARG_STRING, &line,
         "a program to be run in place of the reference, with its arguments", "COMMAND"},
        {"reads", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &reads,
         "a file or folder that the program reads besides those in COMMAND; may be repeated", "PATH"},
        {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &timeout_s,
         "seconds that the program may take for a case (default 10)", "S"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "print JSON instead of a table", NULL},
        {"list", 0, 0, G_OPTION_ARG_NONE, &list, "say which cases there are; nothing is run", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, NULL, "[BEHAVIOUR…]"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    static const char description[] =
        "A vector scripts what perception would see, without pixels, and says which alerts must follow.\n"
        "Each is run at 5, 12.5, 25 and 50 pictures per second, and with places in whole pixels of a\n"
        "picture of 400 and of 800 lines. Without --program the reference is run: the behaviours of this\n"
        "program, and products' words for them.\n"
        "\n--program starts COMMAND once for each case. On standard input it gets JSON lines: the question\n"
        "(behaviour, params, scene), then the pictures in the form of saved observations. It prints the\n"
        "alerts as CSV or JSON, as an alert log, or nothing (see tests/README.md). It is confined as "
        "programs\n"
        "under test are: it reads the system's folders and the files that are named, writes into a folder "
        "of\n"
        "its own, and has no network.\n"
        "\nExit status: 0 every case passes; 1 a case fails; 2 wrong usage; 3 bad input, or no vectors.\n";
    ExternalProgram program = {0};
    if (!command_parse(&command_conform, entries, description, &argc, &argv, error) ||
        !check_wanted(wanted, error) || !check_semantics(semantics, error) ||
        !parse_program(line, timeout_s, &program, error))
        return EXIT_USAGE;
    g_auto(GStrv) owned = program.argv;
    g_autoptr(TreeTemporary) scratch = line != NULL ? tree_make_temporary(error) : NULL;
    if (line != NULL && scratch == NULL)
        return EXIT_HARNESS;
    program.scratch = scratch;
    program.reads = (const char *const *)reads;
    const Choice choice = {wanted, semantics != NULL || line == NULL ? semantics : SEMANTICS_OWN,
                           line != NULL ? &program : NULL};
    if (folder == NULL)
        folder = find_folder();
    if (folder == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "found no vectors beside the program nor in %s, expected --vectors DIR", SOURCE_FOLDER);
        return EXIT_USAGE;
    }
    program.vectors = folder;
    g_autoptr(GPtrArray) vectors = vector_load_folder(folder, error);
    if (vectors == NULL)
        return EXIT_BAD_INPUT;
    if (list) {
        list_vectors(vectors, &choice);
        return EXIT_DONE;
    }
    guint count = 0;
    json_t *cases = json ? json_array() : NULL;
    const guint failed = run_vectors(vectors, &choice, cases, &count);
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
                                 "run the behaviours' conformance vectors against the reference or a program",
                                 run};
