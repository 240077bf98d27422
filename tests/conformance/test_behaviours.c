/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs every conformance vector at four picture rates, and shows that each parameter of each behaviour is
 * alive: some value of it changes what some vector gives. */
#include "behaviours/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "tests/conformance/behaviours"

static const double rates[] = {5, 12.5, 25, 50};
static GPtrArray *vectors;

static void vector_holds(void **state)
{
    const Vector *vector = *state;
    bool same = true;
    for (size_t i = 0; i < G_N_ELEMENTS(rates); i++) {
        g_autofree char *difference = NULL;
        if (!vector_verify(vector, rates[i], &difference)) {
            print_error("%s at %g pictures/s: %s\n", vector_name(vector), rates[i], difference);
            same = false;
        }
    }
    assert_true(same);
}

/* All that a run says, as text. */
static char *describe_run(const BehaviourRun *run)
{
    GString *text = g_string_new(NULL);
    const GPtrArray *alerts = behaviour_run_alerts(run);
    for (guint i = 0; i < alerts->len; i++) {
        const Alert *alert = g_ptr_array_index(alerts, i);
        g_string_append_printf(text, "%s %" PRId64 " %" PRId64 " %" PRId64 ";", alert->label, alert->onset_us,
                               alert->decided_us, alert->end_us);
    }
    json_t *counters = behaviour_run_counters(run);
    char *dump = json_dumps(counters, JSON_SORT_KEYS);
    g_string_append(text, dump);
    free(dump);
    json_decref(counters);
    return g_string_free(text, FALSE);
}

static char *run_with(const Vector *vector, const char *name, const char *value)
{
    g_autoptr(ParamList) params = param_list_new();
    const ParamList *own = vector_params(vector);
    for (guint i = 0; i < own->params->len; i++) {
        const Param *param = g_ptr_array_index(own->params, i);
        if (name == NULL || strcmp(param->name, name) != 0)
            param_list_add(params, param->name, param->value, NULL, 0, 0, 0, 0);
    }
    if (name != NULL && value != NULL)
        param_list_add(params, name, value, NULL, 0, 0, 0, 0);
    g_autoptr(BehaviourRun) run = vector_run(vector, 12.5, params, NULL);
    return run != NULL ? describe_run(run) : NULL;
}

static bool changes(const Vector *vector, const char *name, const char *value)
{
    g_autofree char *own = run_with(vector, NULL, NULL);
    g_autofree char *other = run_with(vector, name, value);
    return own != NULL && other != NULL && strcmp(own, other) != 0;
}

static bool number_changes(const Vector *vector, const OptionSpec *option)
{
    const Param *param = param_list_find(vector_params(vector), option->name);
    const double now = g_ascii_strtod(param != NULL ? param->value : option->initial, NULL);
    const double tries[] = {option->min, now / 3, now / 1.5, now * 1.5, now * 3, now + 1, option->max};
    for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
        const double value = CLAMP(tries[i], option->min, option->max);
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(text, sizeof text, option->type == OPTION_INT ? "%.0f" : "%.6f", value);
        if (changes(vector, option->name, text))
            return true;
    }
    return false;
}

static bool name_changes(const Vector *vector, const OptionSpec *option)
{
    if (changes(vector, option->name, NULL))
        return true;
    GHashTable *tables[] = {vector_scene(vector)->zones, vector_scene(vector)->lines};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        GHashTableIter iter;
        gpointer key = NULL;
        g_hash_table_iter_init(&iter, tables[i]);
        while (g_hash_table_iter_next(&iter, &key, NULL)) {
            if (changes(vector, option->name, key))
                return true;
        }
    }
    return false;
}

static bool option_changes(const Vector *vector, const OptionSpec *option)
{
    switch (option->type) {
    case OPTION_BOOL:
        return changes(vector, option->name, "true") || changes(vector, option->name, "false");
    case OPTION_CHOICE:
        for (int i = 0; option->choices[i] != NULL; i++) {
            if (changes(vector, option->name, option->choices[i]))
                return true;
        }
        return false;
    case OPTION_STRING:
        return name_changes(vector, option);
    case OPTION_INT:
    case OPTION_NUMBER:
    case OPTION_SECONDS:
        return number_changes(vector, option);
    }
    return false;
}

static void every_parameter_is_alive(void **state)
{
    const Behaviour *behaviour = *state;
    bool all = true;
    for (const OptionSpec *option = behaviour->options; option->name != NULL; option++) {
        bool alive = false;
        for (guint i = 0; i < vectors->len && !alive; i++) {
            const Vector *vector = g_ptr_array_index(vectors, i);
            alive = vector_behaviour(vector) == behaviour && option_changes(vector, option);
        }
        if (!alive)
            print_error("%s: no vector changes with parameter %s\n", behaviour->id, option->name);
        all = all && alive;
    }
    assert_true(all);
}

static void every_label_is_expected(void **state)
{
    const Behaviour *behaviour = *state;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint count = 0, quiet = 0;
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        if (vector_behaviour(vector) != behaviour)
            continue;
        if (vector_refusal(vector) != NULL)
            return; /* the reference cannot serve it */
        g_autoptr(BehaviourRun) run = vector_run(vector, 25, NULL, NULL);
        const GPtrArray *alerts = behaviour_run_alerts(run);
        for (guint j = 0; j < alerts->len; j++)
            g_hash_table_add(seen, g_strdup(((const Alert *)g_ptr_array_index(alerts, j))->label));
        count++;
        quiet += alerts->len == 0;
    }
    for (const char *const *label = behaviour->labels; *label != NULL; label++) {
        if (!g_hash_table_contains(seen, *label))
            fail_msg("%s: no vector raises %s", behaviour->id, *label);
    }
    assert_true(count >= 8);
    assert_true(quiet >= 4);
}

/* Whether the vector fails when the parameter is stuck at `value` (NULL: at its default), whatever it sets.
 */
static bool notices(const Vector *vector, const OptionSpec *option, const char *value)
{
    g_autoptr(ParamList) params = param_list_new();
    const ParamList *own = vector_params(vector);
    for (guint i = 0; i < own->params->len; i++) {
        const Param *param = g_ptr_array_index(own->params, i);
        if (strcmp(param->name, option->name) != 0)
            param_list_add(params, param->name, param->value, NULL, 0, 0, 0, 0);
    }
    if (value != NULL)
        param_list_add(params, option->name, value, NULL, 0, 0, 0, 0);
    g_autoptr(BehaviourRun) run = vector_run(vector, 12.5, params, NULL);
    if (run == NULL)
        return true;
    json_t *counters = behaviour_run_counters(run);
    g_autofree char *difference = NULL;
    const bool same = vector_check(vector, 12.5, behaviour_run_alerts(run), counters, &difference);
    json_decref(counters);
    return !same;
}

/* The names of the vectors that notice, each with a blank before it; caller frees. */
static char *list_noticing(const Behaviour *behaviour, const OptionSpec *option, const char *value)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        if (vector_behaviour(vector) == behaviour && notices(vector, option, value))
            g_string_append_printf(names, " %s", vector_name(vector));
    }
    return g_string_free(names, FALSE);
}

static bool print_mutant(const Behaviour *behaviour, const OptionSpec *option, const char *value)
{
    g_autofree char *names = list_noticing(behaviour, option, value);
    if (*names == '\0')
        return false;
    printf("%-18s %-18s stuck at %s:%s\n", behaviour->id, option->name, value != NULL ? value : "its default",
           names);
    return true;
}

/* Ignores each parameter in turn and prints the vectors that fail: stuck at its default where a vector sets
 * it, else stuck at an end of its range. Returns how many parameters no vector misses. */
static int print_mutations(void)
{
    int unnoticed = 0;
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        for (const OptionSpec *option = (*behaviour)->options; option->name != NULL; option++) {
            bool noticed = print_mutant(*behaviour, option, NULL);
            for (int end = 0; end < 2 && !noticed && option->max > option->min; end++) {
                char text[G_ASCII_DTOSTR_BUF_SIZE];
                g_ascii_formatd(text, sizeof text, option->type == OPTION_INT ? "%.0f" : "%.6f",
                                end == 0 ? option->min : option->max);
                noticed = print_mutant(*behaviour, option, text);
            }
            if (!noticed && option->type == OPTION_STRING)
                noticed = print_mutant(*behaviour, option, "another name");
            if (!noticed)
                printf("%-18s %-18s NOT NOTICED\n", (*behaviour)->id, option->name);
            unnoticed += !noticed;
        }
    }
    return unnoticed;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    vectors = vector_load_folder(FOLDER, &error);
    if (vectors == NULL) {
        printf("1..1\nnot ok 1 - vectors load: %s\n", error->message);
        return 1;
    }
    if (argc > 1 && strcmp(argv[1], "--mutate") == 0) {
        const int unnoticed = print_mutations();
        g_ptr_array_unref(vectors);
        return unnoticed > 0;
    }
    g_autoptr(GArray) tests = g_array_new(FALSE, FALSE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < vectors->len; i++) {
        Vector *vector = g_ptr_array_index(vectors, i);
        char *name = g_strdup_printf("%s/%s", vector_behaviour(vector)->id, vector_name(vector));
        g_ptr_array_add(names, name);
        const struct CMUnitTest test = {name, vector_holds, NULL, NULL, vector};
        g_array_append_val(tests, test);
    }
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        char *alive = g_strdup_printf("%s: every parameter is alive", (*behaviour)->id);
        char *raised = g_strdup_printf("%s: every label is raised by some vector", (*behaviour)->id);
        g_ptr_array_add(names, alive);
        g_ptr_array_add(names, raised);
        const struct CMUnitTest more[] = {
            {alive, every_parameter_is_alive, NULL, NULL, (void *)(uintptr_t)*behaviour},
            {raised, every_label_is_expected, NULL, NULL, (void *)(uintptr_t)*behaviour},
        };
        g_array_append_vals(tests, more, G_N_ELEMENTS(more));
    }
    const struct CMUnitTest *list = (const struct CMUnitTest *)(void *)tests->data;
    const int failed = _cmocka_run_group_tests("vectors", list, tests->len, NULL, NULL);
    g_ptr_array_unref(vectors);
    return failed;
}
