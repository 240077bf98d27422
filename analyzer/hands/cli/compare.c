/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit compare A B: what is new, gone and changed between two runs on the same footage. */
#include "report/compare.h"

#include "cli/command.h"
#include "evaluate/results.h"
#include "records/shown.h"
#include "records/span.h"
#include "report/markdown.h"
#include "results/document.h"

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

enum { LISTED = 20, NAMED = 100 };

/* ---- for people */

static char *format_p(double p)
{
    return p < 0.0001 ? g_strdup("< 0.0001") : g_strdup_printf("= %.2g", p);
}

/* A line of a list; `now_us` is unknown unless it has moved. */
static void print_place(const char *clip, const char *label, int64_t t_us, int64_t now_us)
{
    const bool moved = now_us != RESULTS_UNKNOWN;
    g_autofree char *time = time_format_seconds(t_us), *now = time_format_seconds(now_us);
    g_autofree char *safe_clip = shown_text(clip), *safe_label = shown_text(label);
    printf("    clip %s at %s s%s%s%s%s%s\n", safe_clip, time, label != NULL ? ", " : "", safe_label,
           moved ? ", now at " : "", moved ? now : "", moved ? " s" : "");
}

static void print_more(size_t count)
{
    if (count > LISTED)
        printf("    and %zu more (--json lists all)\n", count - LISTED);
}

static void print_events(const char *title, const ResultsComparedEvent *events, size_t count)
{
    if (count > 0)
        shown_line(stdout, "  %s:", title);
    for (size_t i = 0; i < MIN(count, (size_t)LISTED); i++)
        print_place(events[i].clip, events[i].label, events[i].start_us, RESULTS_UNKNOWN);
    print_more(count);
}

static void print_alerts(const char *title, const ResultsComparedAlert *alerts, size_t count)
{
    if (count > 0)
        shown_line(stdout, "  %s:", title);
    for (size_t i = 0; i < MIN(count, (size_t)LISTED); i++)
        print_place(alerts[i].clip, alerts[i].label, alerts[i].onset_us, alerts[i].onset_us_now);
    print_more(count);
}

static void print_tests(const ResultsComparedEvents *events, const ResultsComparedAlerts *alerts)
{
    g_autofree char *event_text = format_p(events->p_mcnemar), *alert_text = format_p(alerts->p_sign);
    const char *no = "may well be chance";
    if (events->new_misses.count + events->gone_misses.count > 0)
        printf("  Misses: %s (McNemar, exact, p %s)\n", events->p_mcnemar <= 0.05 ? "the runs differ" : no,
               event_text);
    if (alerts->clips_with_more + alerts->clips_with_fewer > 0)
        printf("  False alerts: more on %" PRId64 " clips, fewer on %" PRId64
               ": %s (sign test, exact, p %s)\n",
               alerts->clips_with_more, alerts->clips_with_fewer,
               alerts->p_sign <= 0.05 ? "the runs differ" : no, alert_text);
}

static void print_evaluation(const ResultsPair *pair)
{
    const ResultsComparedEvents *events = &pair->events;
    const ResultsComparedAlerts *alerts = &pair->false_alerts;
    const bool renamed = strcmp(pair->system_a, pair->system_b) != 0;
    shown_line(stdout, "%s, %s%s%s, %s: %" PRId64 " clips, %" PRId64 " events", pair->scenario,
               pair->system_a, renamed ? " → " : "", renamed ? pair->system_b : "", pair->condition,
               pair->clips, events->common);
    printf("                 A      B    new   gone  changed\n");
    printf("  missed    %6" PRId64 " %6" PRId64 " %6zu %6zu        –\n", events->missed_a, events->missed_b,
           events->new_misses.count, events->gone_misses.count);
    printf("  false     %6" PRId64 " %6" PRId64 " %6zu %6zu   %6zu\n", alerts->a, alerts->b,
           alerts->new_ones.count, alerts->gone.count, alerts->changed.count);
    if (!results_true(pair->same_rules))
        shown_line(
            stdout,
            "  NOT BY THE SAME RULES: A was judged by %s, B by %s%s; what differs may come from that alone. "
            "Score both by one protocol (scenario, key “protocol”)",
            pair->protocol_a, pair->protocol_b,
            g_strcmp0(pair->protocol_a, pair->protocol_b) == 0 ? " with other parameters" : "");
    print_tests(events, alerts);
    print_events("New misses", events->new_misses.at, events->new_misses.count);
    print_events("Misses that are gone", events->gone_misses.at, events->gone_misses.count);
    print_alerts("New false alerts", alerts->new_ones.at, alerts->new_ones.count);
    print_alerts("False alerts that are gone", alerts->gone.at, alerts->gone.count);
    print_alerts("False alerts that have moved or changed", alerts->changed.at, alerts->changed.count);
    const int64_t alone = events->only_in_a + events->only_in_b;
    if (alone > 0)
        printf("  %" PRId64 " events are scored in one run only (the truth differs): left out\n", alone);
    for (size_t i = 0; i < pair->left_out.count; i++)
        shown_line(stdout, "  left out: clip %s (%s)", pair->left_out.at[i].clip, pair->left_out.at[i].why);
}

static void print_alone(const ResultsAlone *alone, size_t count, const char *run)
{
    for (size_t i = 0; i < count; i++)
        shown_line(stdout, "Only in %s: %s, %s, %s", run, alone[i].scenario, alone[i].system,
                   alone[i].condition);
}

static void print_comparison(const ResultsComparison *comparison, const char *a, const char *b)
{
    shown_line(stdout, "A: %s", a);
    shown_line(stdout, "B: %s", b);
    for (size_t i = 0; i < comparison->evaluations.count; i++)
        print_evaluation(&comparison->evaluations.at[i]);
    print_alone(comparison->only_in_a.at, comparison->only_in_a.count, "A");
    print_alone(comparison->only_in_b.at, comparison->only_in_b.count, "B");
}

/* ---- the command */

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

typedef enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON } Format;

static gboolean parse_format(const char *text, gboolean json, Format *format, GError **error)
{
    static const char *const names[] = {"text", "md", "json", NULL};
    *format = json ? FORMAT_JSON : FORMAT_TEXT;
    if (text == NULL)
        return TRUE;
    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(text, names[i]) == 0) {
            *format = (Format)i;
            return TRUE;
        }
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "--format: found “%s”, expected text, md or json",
                text);
    return FALSE;
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

static bool is_met(const ResultsComparison *comparison, int fail_on)
{
    size_t misses = 0, alerts = 0;
    for (size_t i = 0; i < comparison->evaluations.count; i++) {
        misses += comparison->evaluations.at[i].events.new_misses.count;
        alerts += comparison->evaluations.at[i].false_alerts.new_ones.count;
    }
    return ((fail_on & FAIL_ON_MISSES) != 0 && misses > 0) || ((fail_on & FAIL_ON_ALERTS) != 0 && alerts > 0);
}

static json_t *read_run(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "results.json", NULL);
    return results_read(path, error);
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autofree char *fail_text = NULL, *format = NULL;
    Format as = FORMAT_TEXT;
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
        {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
         "text (the default), md (tables for the page of a CI job) or json", "FORMAT"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, "the same as --format json, schema vsaudit/compare/1", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_compare, entries, description, &argc, &argv, error) ||
        !check_usage(argc, within, pairs, error) || !parse_fail_on(fail_text, &fail_on, error) ||
        !parse_format(format, json, &as, error))
        return EXIT_USAGE;
    json_t *a = read_run(argv[1], error);
    json_t *b = a != NULL ? read_run(argv[2], error) : NULL;
    if (b == NULL) {
        json_decref(a);
        return EXIT_BAD_INPUT;
    }
    const CompareOptions options = {.within_us = (int64_t)(within * 1e6 + 0.5),
                                    .pairs = (const char *const *)pairs};
    json_t *document = compare_results(a, b, &options);
    g_autoptr(ResultsComparison) comparison = results_load_comparison(document);
    json_decref(a);
    json_decref(b);
    if (as == FORMAT_JSON) {
        json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
        putchar('\n');
    } else if (as == FORMAT_MARKDOWN) {
        g_autofree char *text = markdown_comparison(comparison, NAMED);
        fputs(text, stdout);
    } else {
        print_comparison(comparison, argv[1], argv[2]);
    }
    json_decref(document); /* the record keeps it */
    if (comparison->evaluations.count == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no scenario, system and condition that %s has too, expected at least one (see "
                    "--pair)",
                    argv[2], argv[1]);
        return EXIT_BAD_INPUT;
    }
    return is_met(comparison, fail_on) ? EXIT_CLAIM_REFUTED : EXIT_DONE;
}

const Command command_compare = {"compare", "A B", "what is new, gone and changed between two runs", run};
