/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit plan: how much footage a verdict needs, and what there is can show. Nothing is run. */
#include "cli/command.h"
#include "cli/plan_comparison.h"
#include "cli/plan_scope.h"
#include "config/scenario.h"
#include "records/free.h"
#include "runner/plan_cost.h"
#include "scoring/metrics.h"
#include "scoring/reach.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

extern const Command command_plan;

static const char description[] =
    "For every claim of the scenarios (or one given by --limit and --unit): the camera-hours, passages, "
    "events or\n"
    "alerts that support it at best, from which on it is supported with --power when the true figure is "
    "--ratio\n"
    "times the limit (below 1) or refuted (above 1), and what the footage of the manifests can show. By the "
    "same exact "
    "tests as\n"
    "the verdicts, with the hours as independent: where alerts come in clusters, more is needed.\n\n"
    "Exit status: 0 done; 2 wrong usage; 3 bad input.\n\n"
    "Examples:\n  vsaudit plan scenarios/sample-audit.yaml\n"
    "  vsaudit plan --limit 0.1 --unit camera_hour --ratio 0.5 --power 0.8 --have 50\n";

typedef struct {
    const char *name;           /* --unit, and in JSON */
    const char *amount;         /* "camera-hours" */
    const char *error, *errors; /* "false alert" */
    const char *at_most;        /* "false alerts per camera-hour" */
    bool proportion;
} Unit;

static const Unit units[] = {
    {"camera_hour", "camera-hours", "false alert", "false alerts", "false alerts per camera-hour", false},
    {"passage", "passages", "false alert", "false alerts", "false alerts per passage", false},
    {"event", "events", "missed event", "missed events", "of the events missed", true},
    {"alert", "alerts", "wrong alert", "wrong alerts", "of the alerts wrong", true},
};

typedef struct {
    char *limit, *unit, *ratio, *have, *dataset;
    gdouble power, alpha;
    gboolean json, anytime;
    double ratios[2];
    size_t ratio_count;
} Options;

DEFINE_CLEAR(options_free, Options, options, g_free(options->limit), g_free(options->unit),
             g_free(options->ratio), g_free(options->have), g_free(options->dataset))
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_free)

/* One claim and what there is for it. */
typedef struct {
    const char *scenario, *id; /* NULL for a claim of the command line */
    const Unit *unit;
    ReachClaim claim;
    double have; /* units at hand; NAN when that is not known */
} Question;

/* ---- words */

/* Whole from ten on, tenths below; never less than is needed. */
static double round_needed(double amount)
{
    return amount >= 10 ? ceil(amount - 1e-9) : ceil(amount * 10 - 1e-9) / 10;
}

static char *format_needed(double amount)
{
    return g_strdup_printf(amount >= 10 ? "%.0f" : "%.1f", round_needed(amount));
}

static char *format_limit(const Question *question, double limit)
{
    return question->unit->proportion ? g_strdup_printf("%.3g %% %s", 100 * limit, question->unit->at_most)
                                      : g_strdup_printf("%.3g %s", limit, question->unit->at_most);
}

static char *format_errors(const Question *question, int64_t count)
{
    return g_strdup_printf("%" PRId64 " %s", count,
                           count == 1 ? question->unit->error : question->unit->errors);
}

static void print_need(const Question *question, double ratio, double power)
{
    const ReachNeed need = reach_need(&question->claim, ratio, power);
    if (isnan(need.amount)) {
        printf("  If the truth is %.3g times the limit: that would be all of them; no plan is needed.\n",
               ratio);
        return;
    }
    g_autofree char *amount = format_needed(need.amount);
    const Reach reach = reach_of(&question->claim, round_needed(need.amount));
    g_autofree char *errors = format_errors(question, ratio < 1 ? reach.supports : reach.refutes);
    printf("  If the truth is %.3g times the limit: from %s %s on it is %s with a probability of at least "
           "%.3g %% (in %s: by %s %s).\n",
           ratio, amount, question->unit->amount, ratio < 1 ? "supported" : "refuted", 100 * power, amount,
           ratio < 1 ? "at most" : "at least", errors);
}

static void print_reach(const Question *question, const Options *options)
{
    const Reach reach = reach_of(&question->claim, question->have);
    printf("  There are %.4g %s. ", question->have, question->unit->amount);
    if (isnan(reach.smallest)) {
        printf("They can show nothing.\n");
        return;
    }
    g_autofree char *smallest = format_limit(question, reach.smallest);
    if (reach.supports < 0) {
        printf("They cannot support the claim, whatever comes out: no %s at all would support at most %s.",
               question->unit->error, smallest);
    } else {
        g_autofree char *errors = format_errors(question, reach.supports);
        printf("They support the claim with at most %s; none at all would support at most %s.", errors,
               smallest);
    }
    if (reach.refutes >= 0) {
        g_autofree char *errors = format_errors(question, reach.refutes);
        printf(" From %s on they refute it.", errors);
    } else {
        printf(" They cannot refute it.");
    }
    for (size_t i = 0; i < options->ratio_count; i++)
        printf(" If the truth is %.3g times the limit, it is %s with probability %.0f %%.",
               options->ratios[i], options->ratios[i] < 1 ? "supported" : "refuted",
               100 * reach_power(&question->claim, question->have, options->ratios[i]));
    putchar('\n');
}

static void print_question(const Question *question, const Options *options)
{
    g_autofree char *limit = format_limit(question, question->claim.limit);
    g_autofree char *best = format_needed(reach_at_best(&question->claim));
    if (question->id != NULL)
        printf("%s, claim %s: ", question->scenario, question->id);
    printf("at most %s (α = %.3g%s)\n", limit, question->claim.alpha,
           question->claim.anytime ? ", at any time: in one look at the end; looks before can only help" : "");
    printf("  At best: %s %s without a %s support it.\n", best, question->unit->amount,
           question->unit->error);
    for (size_t i = 0; i < options->ratio_count; i++)
        print_need(question, options->ratios[i], options->power);
    if (!isnan(question->have))
        print_reach(question, options);
}

/* ---- JSON */

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *count_or_null(int64_t count)
{
    return count >= 0 ? json_integer(count) : json_null();
}

static json_t *describe_question(const Question *question, const Options *options)
{
    json_t *needs = json_array();
    for (size_t i = 0; i < options->ratio_count; i++) {
        const double ratio = options->ratios[i];
        const ReachNeed need = reach_need(&question->claim, ratio, options->power);
        json_t *have = isnan(question->have) ? json_null()
                                             : number(reach_power(&question->claim, question->have, ratio));
        json_array_append_new(needs,
                              json_pack("{s:f,s:s,s:o,s:o,s:o,s:o}", "ratio", ratio, "verdict",
                                        ratio < 1 ? "supported" : "refuted", "amount", number(need.amount),
                                        "errors", count_or_null(need.errors), "power", number(need.power),
                                        "power_with_what_there_is", have));
    }
    json_t *have = json_null();
    if (!isnan(question->have)) {
        const Reach reach = reach_of(&question->claim, question->have);
        have = json_pack("{s:f,s:o,s:o,s:o}", "amount", question->have, "supports_up_to_errors",
                         count_or_null(reach.supports), "refutes_from_errors", count_or_null(reach.refutes),
                         "smallest_limit", number(reach.smallest));
    }
    return json_pack("{s:s*,s:s*,s:s,s:b,s:f,s:f,s:f,s:o,s:o}", "scenario", question->scenario, "claim",
                     question->id, "unit", question->unit->name, "anytime", question->claim.anytime, "limit", question->claim.limit, "alpha",
                     question->claim.alpha, "at_best", reach_at_best(&question->claim), "needs", needs,
                     "have", have);
}

/* ---- claims of scenarios */

/* False when the claim's metric has no plan. */
static bool ask_claim(const Scenario *scenario, const Claim *claim, Question *question)
{
    double hours, events;
    plan_count_footage(scenario, &hours, &events);
    *question = (Question){.scenario = scenario->id,
                           .id = claim->id,
                           .claim = {.limit = claim->value, .alpha = claim->alpha},
                           .have = (double)NAN};
    const Metric *metric = metric_of(claim->metric);
    if (metric->kind != METRIC_IS_RATE && metric->kind != METRIC_IS_SHARE)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (strcmp(units[i].name, rate_unit_name(metric->unit)) == 0)
            question->unit = &units[i];
    if (question->unit == NULL)
        return false;
    if (metric->unit == RATE_PER_CAMERA_HOUR)
        question->have = hours;
    else if (metric->unit == RATE_PER_EVENT)
        question->have = events;
    if (metric->counts_right) /* "at least 90 % right" is "at most 10 % wrong" */
        question->claim.limit = 1 - claim->value;
    question->claim.proportion = question->unit->proportion;
    question->claim.anytime = claim->looks.plan == LOOKS_ANYTIME;
    const bool is_upper = claim->at_most != metric->counts_right;
    const double limit = question->claim.limit;
    return is_upper && limit > 0 && (!question->claim.proportion || limit < 1);
}

static void answer(const Question *question, const Options *options, json_t *list)
{
    if (options->json)
        json_array_append_new(list, describe_question(question, options));
    else
        print_question(question, options);
}

/* NULL when there is no list, but words. */
static json_t *last_of(json_t *list)
{
    const size_t size = json_array_size(list);
    return size > 0 ? json_array_get(list, size - 1) : NULL;
}

static void answer_audit(const Audit *audit, const Options *options, json_t *list)
{
    guint answered = 0;
    const PlanOptions comparing = {options->ratios, options->ratio_count, options->power};
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (guint c = 0; c < scenario->claims->len; c++) {
            const Claim *claim = g_ptr_array_index(scenario->claims, c);
            Question question;
            if (metric_compares(claim->metric)) {
                plan_comparison(scenario, claim, &comparing, options->json ? list : NULL);
                plan_scope(scenario, claim, last_of(list));
                answered++;
            } else if (ask_claim(scenario, claim, &question)) {
                answer(&question, options, list);
                plan_scope(scenario, claim, last_of(list));
                answered++;
            } else if (!options->json) {
                printf("%s, claim %s: there is no plan for it: %s\n", scenario->id, claim->id,
                       metric_of(claim->metric)->kind == METRIC_IS_UNTESTABLE
                           ? "it cannot be tested as worded"
                           : "its figure or its limit has no exact test of errors");
            }
        }
    }
    if (answered == 0 && !options->json)
        printf("No claim that could be planned for.\n");
}

/* What the probes cost, for people; the footage that a verdict needs is not theirs. */
static bool answer_probes(const Audit *audit, const Options *options, GError **error)
{
    if (!audit->probes.any || options->json)
        return true;
    g_autoptr(Plan) plan = plan_new(audit, error);
    g_autofree char *cost = plan != NULL ? plan_cost_text(plan) : NULL;
    if (cost != NULL)
        printf("%s\n", cost);
    return plan != NULL;
}

/* ---- the command */

static bool parse_number(const char *option, const char *text, double low, double high, double *value,
                         GError **error)
{
    char *end = NULL;
    *value = g_ascii_strtod(text, &end);
    if (end != text && *end == '\0' && *value > low && *value < high)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "%s: found “%s”, expected a number between %g and %g", option, text, low, high);
    return false;
}

static bool check_options(Options *options, int argc, GError **error)
{
    options->ratios[0] = 0.5;
    options->ratios[1] = 2;
    options->ratio_count = 2;
    if (options->ratio != NULL) {
        options->ratio_count = 1;
        if (!parse_number("--ratio", options->ratio, 0, 1000, &options->ratios[0], error))
            return false;
    }
    const double ratio = options->ratios[0];
    const char *fault = NULL;
    if (ratio > 0.95 && ratio < 1.05)
        fault = "--ratio: found a truth next to the limit, expected at most 0.95 or at least 1.05 of it";
    else if (!(options->power > 0 && options->power < 1))
        fault = "--power: expected a probability between 0 and 1";
    else if (!(options->alpha > 0 && options->alpha < 1))
        fault = "--alpha: expected a probability between 0 and 1";
    else if ((options->limit == NULL) == (argc < 2))
        fault = "expected an audit or scenarios, or else --limit and --unit (see “vsaudit plan --help”)";
    else if (options->limit != NULL && options->unit == NULL)
        fault = "--unit: found none, expected camera_hour, passage, event or alert";
    else if (options->limit == NULL && (options->have != NULL || options->unit != NULL))
        fault = "found --have or --unit without --limit, expected them together";
    if (fault == NULL)
        return true;
    g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, fault);
    return false;
}

static bool ask_line(const Options *options, Question *question, GError **error)
{
    *question = (Question){.claim = {.alpha = options->alpha}, .have = (double)NAN};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strcmp(units[i].name, options->unit) == 0)
            question->unit = &units[i];
    }
    if (question->unit == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--unit: found “%s”, expected camera_hour, passage, event or alert", options->unit);
        return false;
    }
    question->claim.proportion = question->unit->proportion;
    question->claim.anytime = options->anytime;
    return parse_number("--limit", options->limit, 0, question->unit->proportion ? 1 : 1e9,
                        &question->claim.limit, error) &&
           (options->have == NULL || parse_number("--have", options->have, 0, 1e9, &question->have, error));
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_auto(Options) options = {.power = 0.8, .alpha = 0.05};
    GOptionEntry entries[] = {
        COMMAND_ALLOW,
        {"limit", 0, 0, G_OPTION_ARG_STRING, &options.limit, "plan for a claim “at most X” per unit", "X"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &options.unit,
         "of the limit: camera_hour, passage (false alerts), event (missed), alert (wrong)", "UNIT"},
        {"ratio", 0, 0, G_OPTION_ARG_STRING, &options.ratio,
         "suppose that the truth is R times the limit (default: 0.5 and 2)", "R"},
        {"power", 0, 0, G_OPTION_ARG_DOUBLE, &options.power,
         "wanted probability of the right verdict (default 0.8)", "P"},
        {"alpha", 0, 0, G_OPTION_ARG_DOUBLE, &options.alpha,
         "with --limit: error probability of the test (default 0.05)", "A"},
        {"have", 0, 0, G_OPTION_ARG_STRING, &options.have, "with --limit: units at hand", "N"},
        {"anytime", 0, 0, G_OPTION_ARG_NONE, &options.anytime,
         "with --limit: the verdict is to hold however often one looks", NULL},
        {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &options.dataset,
         "use this dataset in place of every scenario's own", "FILE"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, "print JSON, schema vsaudit/plan/1", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_plan, entries, description, &argc, &argv, error) ||
        !check_options(&options, argc, error))
        return EXIT_USAGE;
    json_t *list = json_array();
    ExitStatus status = EXIT_DONE;
    if (options.limit != NULL) {
        Question question;
        if (ask_line(&options, &question, error))
            answer(&question, &options, list);
        else
            status = EXIT_USAGE;
    } else {
        g_autoptr(Audit) audit =
            audit_load((const char *const *)(argv + 1), (size_t)(argc - 1), options.dataset, error);
        if (audit != NULL)
            answer_audit(audit, &options, list);
        if (audit == NULL || !answer_probes(audit, &options, error))
            status = EXIT_BAD_INPUT;
    }
    json_t *plan =
        json_pack("{s:s,s:f,s:o}", "schema", "vsaudit/plan/1", "power", options.power, "claims", list);
    if (options.json && status == EXIT_DONE) {
        json_dumpf(plan, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
        putchar('\n');
    }
    json_decref(plan);
    return status;
}

const Command command_plan = {"plan", "AUDIT|SCENARIO… | --limit X --unit UNIT",
                              "how much footage a verdict needs, and what there is can show", run};
