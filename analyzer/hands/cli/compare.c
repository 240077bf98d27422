/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit compare A B: what is new, gone and changed between two runs on the same footage. */
#include "report/compare.h"

#include "cli/command.h"
#include "evaluate/results.h"
#include "records/shown.h"
#include "records/span.h"
#include "results/model.h"

#include <stdio.h>
#include <string.h>

extern const Command command_compare;

static const char description[] =
    "A and B are the folders of two runs (or scores), say of two versions of a product, on the same footage. "
    "For\n"
    "each scenario, system and condition: missed events and false alerts that are new in B, gone, or moved "
    "by up to\n"
    "--within seconds, with exact paired tests: McNemar on the events, the sign test on the clips. Clips "
    "that are\n"
    "not done in both runs are left out, aloud.\n\n"
    "Exit status: 0 done; 1 --fail-on is met; 2 wrong usage; 3 bad input.\n\n"
    "Example:\n  vsaudit compare reports/out/v1 reports/out/v2 --pair vendor-v1=vendor-v2 --fail-on "
    "new-misses,new-false-alerts\n";

enum { LISTED = 20 };

/* ---- for people */

static char *format_p(double p)
{
    return p < 0.0001 ? g_strdup("< 0.0001") : g_strdup_printf("= %.2g", p);
}

static void print_places(const char *title, const json_t *list, const char *time_key)
{
    const size_t count = json_array_size(list);
    if (count == 0)
        return;
    shown_line(stdout, "  %s:", title);
    for (size_t i = 0; i < MIN(count, (size_t)LISTED); i++) {
        const json_t *one = json_array_get(list, i);
        g_autofree char *time = time_format_seconds(model_integer(one, time_key, 0));
        const char *label = model_string(one, "label");
        const bool moved = json_object_get(one, "onset_us_now") != NULL;
        g_autofree char *now = time_format_seconds(model_integer(one, "onset_us_now", 0));
        g_autofree char *clip = shown_text(model_string(one, "clip")), *safe_label = shown_text(label);
        printf("    clip %s at %s s%s%s%s%s%s\n", clip, time, label != NULL ? ", " : "", safe_label,
               moved ? ", now at " : "", moved ? now : "", moved ? " s" : "");
    }
    if (count > LISTED)
        printf("    and %zu more (--json lists all)\n", count - LISTED);
}

static void print_tests(const json_t *events, const json_t *alerts)
{
    const double p_events = model_number(events, "p_mcnemar"), p_alerts = model_number(alerts, "p_sign");
    g_autofree char *event_text = format_p(p_events), *alert_text = format_p(p_alerts);
    const char *no = "may well be chance";
    if (model_count(events, "new_misses") + model_count(events, "gone_misses") > 0)
        printf("  Misses: %s (McNemar, exact, p %s)\n", p_events <= 0.05 ? "the runs differ" : no,
               event_text);
    if (model_integer(alerts, "clips_with_more", 0) + model_integer(alerts, "clips_with_fewer", 0) > 0)
        printf("  False alerts: more on %" PRId64 " clips, fewer on %" PRId64
               ": %s (sign test, exact, p %s)\n",
               model_integer(alerts, "clips_with_more", 0), model_integer(alerts, "clips_with_fewer", 0),
               p_alerts <= 0.05 ? "the runs differ" : no, alert_text);
}

static bool same_string(const json_t *object, const char *first, const char *second)
{
    return g_strcmp0(model_string(object, first), model_string(object, second)) == 0;
}

static void print_evaluation(const json_t *pair)
{
    const json_t *events = model_get(pair, "events"), *alerts = model_get(pair, "false_alerts");
    const char *a = model_string(pair, "system_a"), *b = model_string(pair, "system_b");
    shown_line(stdout, "%s, %s%s%s, %s: %" PRId64 " clips, %" PRId64 " events",
               model_string(pair, "scenario"), a, strcmp(a, b) != 0 ? " → " : "", strcmp(a, b) != 0 ? b : "",
               model_string(pair, "condition"), model_integer(pair, "clips", 0),
               model_integer(events, "common", 0));
    printf("                 A      B    new   gone  changed\n");
    printf("  missed    %6" PRId64 " %6" PRId64 " %6zu %6zu        –\n", model_integer(events, "missed_a", 0),
           model_integer(events, "missed_b", 0), model_count(events, "new_misses"),
           model_count(events, "gone_misses"));
    printf("  false     %6" PRId64 " %6" PRId64 " %6zu %6zu   %6zu\n", model_integer(alerts, "a", 0),
           model_integer(alerts, "b", 0), model_count(alerts, "new"), model_count(alerts, "gone"),
           model_count(alerts, "changed"));
    if (!model_true(pair, "same_rules"))
        shown_line(
            stdout,
            "  NOT BY THE SAME RULES: A was judged by %s, B by %s%s; what differs may come from that alone. "
            "Score both by one protocol (scenario, key “protocol”)",
            model_string(pair, "protocol_a"), model_string(pair, "protocol_b"),
            same_string(pair, "protocol_a", "protocol_b") ? " with other parameters" : "");
    print_tests(events, alerts);
    print_places("New misses", model_get(events, "new_misses"), "start_us");
    print_places("Misses that are gone", model_get(events, "gone_misses"), "start_us");
    print_places("New false alerts", model_get(alerts, "new"), "onset_us");
    print_places("False alerts that are gone", model_get(alerts, "gone"), "onset_us");
    print_places("False alerts that have moved or changed", model_get(alerts, "changed"), "onset_us");
    const int64_t alone = model_integer(events, "only_in_a", 0) + model_integer(events, "only_in_b", 0);
    if (alone > 0)
        printf("  %" PRId64 " events are scored in one run only (the truth differs): left out\n", alone);
    for (size_t i = 0; i < model_count(pair, "left_out"); i++) {
        const json_t *clip = model_member(pair, "left_out", i);
        shown_line(stdout, "  left out: clip %s (%s)", model_string(clip, "clip"), model_string(clip, "why"));
    }
}

static void print_alone(const json_t *list, const char *run)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        shown_line(stdout, "Only in %s: %s, %s, %s", run, model_string(one, "scenario"),
                   model_string(one, "system"), model_string(one, "condition"));
    }
}

static void print_comparison(const json_t *comparison, const char *a, const char *b)
{
    shown_line(stdout, "A: %s", a);
    shown_line(stdout, "B: %s", b);
    for (size_t i = 0; i < model_count(comparison, "evaluations"); i++)
        print_evaluation(model_member(comparison, "evaluations", i));
    print_alone(model_get(comparison, "only_in_a"), "A");
    print_alone(model_get(comparison, "only_in_b"), "B");
}

/* ---- the command */

static size_t count_all(const json_t *comparison, const char *path)
{
    size_t sum = 0;
    for (size_t i = 0; i < model_count(comparison, "evaluations"); i++)
        sum += model_count(model_member(comparison, "evaluations", i), path);
    return sum;
}

typedef enum { FAIL_ON_MISSES = 1, FAIL_ON_ALERTS = 2 } FailOn;

static gboolean parse_fail_on(const char *text, int *fail_on, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text != NULL ? text : "", ",", -1);
    *fail_on = 0;
    for (char **word = words; *word != NULL; word++) {
        if (strcmp(*word, "new-misses") == 0) {
            *fail_on |= FAIL_ON_MISSES;
        } else if (strcmp(*word, "new-false-alerts") == 0) {
            *fail_on |= FAIL_ON_ALERTS;
        } else {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                        "--fail-on: found “%s”, expected new-misses, new-false-alerts or both with a comma",
                        *word);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_usage(int argc, double within, char **pairs, GError **error)
{
    const char *fault = NULL;
    if (argc != 3)
        fault = "expected the folders of two runs (see “vsaudit compare --help”)";
    else if (!(within >= 0 && within <= 3600))
        fault = "--within: expected seconds from 0 to 3600";
    for (char **pair = pairs; fault == NULL && pair != NULL && *pair != NULL; pair++) {
        if (strchr(*pair, '=') == NULL)
            fault = "--pair: expected OLD=NEW, the ids of two systems";
    }
    if (fault != NULL)
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, fault);
    return fault == NULL;
}

static json_t *read_run(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "results.json", NULL);
    return results_read(path, error);
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *fail_text = NULL;
    g_auto(GStrv) pairs = NULL;
    gdouble within = 2;
    gboolean json = FALSE;
    int fail_on = 0;
    GOptionEntry entries[] = {
        {"within", 0, 0, G_OPTION_ARG_DOUBLE, &within,
         "two false alerts are the same when they begin this near (default 2)", "S"},
        {"pair", 0, 0, G_OPTION_ARG_STRING_ARRAY, &pairs,
         "hold system OLD of A against system NEW of B; may be repeated", "OLD=NEW"},
        {"fail-on", 0, 0, G_OPTION_ARG_STRING, &fail_text,
         "exit status 1 on new-misses, new-false-alerts, or both (comma)", "LIST"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "print JSON, schema vsaudit/compare/1", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_compare, entries, description, &argc, &argv, error) ||
        !check_usage(argc, within, pairs, error) || !parse_fail_on(fail_text, &fail_on, error))
        return EXIT_USAGE;
    json_t *a = read_run(argv[1], error);
    json_t *b = a != NULL ? read_run(argv[2], error) : NULL;
    if (b == NULL) {
        json_decref(a);
        return EXIT_BAD_INPUT;
    }
    const CompareOptions options = {.within_us = (int64_t)(within * 1e6 + 0.5),
                                    .pairs = (const char *const *)pairs};
    json_t *comparison = compare_results(a, b, &options);
    json_decref(a);
    json_decref(b);
    if (json) {
        json_dumpf(comparison, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
        putchar('\n');
    } else {
        print_comparison(comparison, argv[1], argv[2]);
    }
    const bool met = ((fail_on & FAIL_ON_MISSES) != 0 && count_all(comparison, "events.new_misses") > 0) ||
                     ((fail_on & FAIL_ON_ALERTS) != 0 && count_all(comparison, "false_alerts.new") > 0);
    const bool nothing = model_count(comparison, "evaluations") == 0;
    json_decref(comparison);
    if (nothing) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no scenario, system and condition that %s has too, expected at least one (see "
                    "--pair)",
                    argv[2], argv[1]);
        return EXIT_BAD_INPUT;
    }
    return met ? EXIT_CLAIM_REFUTED : EXIT_DONE;
}

const Command command_compare = {"compare", "A B", "what is new, gone and changed between two runs", run};
