/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs every conformance vector at four picture rates and two sizes of picture, and shows that each parameter
 * of each rule is alive: where it is ignored, some vector fails. */
#include "conform/vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "tests/conformance/behaviours"

/* At which a parameter is tried. */
static const VectorSampling ordinary = {12.5, 0}, fine = {25, 0};
static GPtrArray *vectors;

static void vector_holds(void **state)
{
    const Vector *vector = *state;
    bool same = true;
    for (size_t i = 0; i < vector_sampling_count; i++) {
        const VectorSampling *sampling = &vector_samplings[i];
        g_autofree char *difference = NULL;
        if (!vector_holds_at(vector, sampling->rate))
            continue;
        if (!vector_verify(vector, sampling, &difference)) {
            print_error("%s at %g pictures/s of %" PRId64 " lines: %s\n", vector_name(vector), sampling->rate,
                        sampling->height, difference);
            same = false;
        }
    }
    assert_true(same);
}

/* Of a rule: the behaviour, or a product's words for it. */
typedef struct {
    const Behaviour *rule;
    char *name;                /* "loitering", "loitering/onvif" */
    size_t least, least_quiet; /* vectors that it must have, and of these without an alert */
} Rule;

static GArray *rules; /* of Rule */

static void rule_clear(gpointer data)
{
    g_free(((Rule *)data)->name);
}

static void list_rules(void)
{
    rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_set_clear_func(rules, rule_clear);
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        const Rule rule = {*behaviour, g_strdup((*behaviour)->id), 8, 4};
        g_array_append_val(rules, rule);
    }
    for (const Semantics *const *semantics = semantics_registry; *semantics != NULL; semantics++) {
        const Rule rule = {&(*semantics)->rule,
                           g_strdup_printf("%s/%s", (*semantics)->rule.id, (*semantics)->rule.wording), 5, 2};
        g_array_append_val(rules, rule);
    }
}

static const VectorSampling *sampling_of(const Vector *vector)
{
    return vector_holds_at(vector, ordinary.rate) ? &ordinary : &fine;
}

/* Whether the vector fails when the parameter is stuck at its default, whatever it sets. */
static bool notices(const Vector *vector, const OptionSpec *option)
{
    g_autoptr(ParamList) params = param_list_new();
    const ParamList *own = vector_params(vector);
    for (guint i = 0; i < own->params->len; i++) {
        const Param *param = g_ptr_array_index(own->params, i);
        if (strcmp(param->name, option->name) != 0)
            param_list_add(params, param->name, param->value, NULL, 0, 0, 0, 0);
    }
    g_autoptr(BehaviourRun) run = vector_run(vector, sampling_of(vector), params, NULL);
    if (run == NULL)
        return true;
    json_t *counters = behaviour_run_counters(run);
    g_autofree char *difference = NULL;
    const bool same =
        vector_check(vector, sampling_of(vector), behaviour_run_alerts(run), counters, &difference);
    json_decref(counters);
    return !same;
}

/* The names of the vectors that notice, each with a blank before it; caller frees. */
static char *list_noticing(const Behaviour *behaviour, const OptionSpec *option)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        if (vector_behaviour(vector) == behaviour && notices(vector, option))
            g_string_append_printf(names, " %s", vector_name(vector));
    }
    return g_string_free(names, FALSE);
}

static void every_parameter_is_alive(void **state)
{
    const Rule *rule = *state;
    bool all = true;
    for (const OptionSpec *option = options_of(rule->rule->options); option->name != NULL; option++) {
        g_autofree char *names = list_noticing(rule->rule, option);
        if (*names == '\0')
            print_error("%s: no vector fails when parameter %s is ignored\n", rule->name, option->name);
        all = all && *names != '\0';
    }
    assert_true(all);
}

static void every_label_is_expected(void **state)
{
    const Rule *rule = *state;
    const Behaviour *behaviour = rule->rule;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t count = 0, quiet = 0;
    for (guint i = 0; i < vectors->len; i++) {
        const Vector *vector = g_ptr_array_index(vectors, i);
        if (vector_behaviour(vector) != behaviour)
            continue;
        if (vector_refusal(vector) != NULL)
            return; /* the reference cannot serve it */
        g_autoptr(BehaviourRun) run = vector_run(vector, sampling_of(vector), NULL, NULL);
        const GPtrArray *alerts = behaviour_run_alerts(run);
        for (guint j = 0; j < alerts->len; j++)
            g_hash_table_add(seen, g_strdup(((const Alert *)g_ptr_array_index(alerts, j))->label));
        count++;
        quiet += alerts->len == 0;
    }
    for (const char *const *label = behaviour->labels; *label != NULL; label++) {
        if (!g_hash_table_contains(seen, *label))
            fail_msg("%s: no vector raises %s", rule->name, *label);
    }
    if (count < rule->least || quiet < rule->least_quiet)
        fail_msg("%s: found %zu vectors, %zu of them without an alert; expected at least %zu and %zu",
                 rule->name, count, quiet, rule->least, rule->least_quiet);
}

/* Ignores each parameter in turn, stuck at its default whatever a vector sets, and prints the vectors that
 * then fail. Returns how many parameters no vector misses. */
static int print_mutations(void)
{
    int parameters = 0, unnoticed = 0;
    for (guint i = 0; i < rules->len; i++) {
        const Rule *rule = &g_array_index(rules, Rule, i);
        for (const OptionSpec *option = options_of(rule->rule->options); option->name != NULL; option++) {
            g_autofree char *names = list_noticing(rule->rule, option);
            printf("%-26s %-18s %s\n", rule->name, option->name, *names != '\0' ? names + 1 : "NOT NOTICED");
            parameters++;
            unnoticed += *names == '\0';
        }
    }
    printf("%d parameters ignored one by one, %d of them noticed\n", parameters, parameters - unnoticed);
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
    list_rules();
    if (argc > 1 && strcmp(argv[1], "--mutate") == 0) {
        const int unnoticed = print_mutations();
        g_ptr_array_unref(vectors);
        g_array_unref(rules);
        return unnoticed > 0;
    }
    g_autoptr(GArray) tests = g_array_new(FALSE, FALSE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < vectors->len; i++) {
        Vector *vector = g_ptr_array_index(vectors, i);
        const bool own = strcmp(vector_semantics(vector), SEMANTICS_OWN) == 0;
        char *name =
            g_strdup_printf("%s/%s%s%s", vector_behaviour(vector)->id, own ? "" : vector_semantics(vector),
                            own ? "" : "/", vector_name(vector));
        g_ptr_array_add(names, name);
        const struct CMUnitTest test = {name, vector_holds, NULL, NULL, vector};
        g_array_append_val(tests, test);
    }
    for (guint i = 0; i < rules->len; i++) {
        Rule *rule = &g_array_index(rules, Rule, i);
        char *alive = g_strdup_printf("%s: every parameter is alive", rule->name);
        char *raised = g_strdup_printf("%s: every label is raised by some vector", rule->name);
        g_ptr_array_add(names, alive);
        g_ptr_array_add(names, raised);
        const struct CMUnitTest more[] = {
            {alive, every_parameter_is_alive, NULL, NULL, rule},
            {raised, every_label_is_expected, NULL, NULL, rule},
        };
        g_array_append_vals(tests, more, G_N_ELEMENTS(more));
    }
    const struct CMUnitTest *list = (const struct CMUnitTest *)(void *)tests->data;
    const int failed = _cmocka_run_group_tests("vectors", list, tests->len, NULL, NULL);
    g_ptr_array_unref(vectors);
    g_array_unref(rules);
    return failed;
}
