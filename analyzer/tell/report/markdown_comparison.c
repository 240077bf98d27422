/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/span.h"
#include "report/markdown.h"

#include <inttypes.h>
#include <string.h>

static void cell(GString *out, const char *text)
{
    g_autofree char *safe = markdown_escape(text);
    g_string_append_printf(out, " %s |", safe);
}

static char *system_name(const ResultsPair *pair)
{
    return strcmp(pair->system_a, pair->system_b) == 0
               ? g_strdup(pair->system_a)
               : g_strdup_printf("%s → %s", pair->system_a, pair->system_b);
}

static void append_p(GString *out, bool tested, double p)
{
    if (!tested)
        g_string_append(out, " – |");
    else if (p < 0.0001)
        g_string_append(out, " < 0.0001 |");
    else
        g_string_append_printf(out, " %.2g |", p);
}

static void append_pair(GString *out, const ResultsPair *pair)
{
    const ResultsComparedEvents *events = &pair->events;
    const ResultsComparedAlerts *alerts = &pair->false_alerts;
    const bool worse = events->new_misses.count + alerts->new_ones.count > 0;
    g_autofree char *system = system_name(pair);
    g_string_append_printf(out, "| %s |", worse ? "🔺" : "✔");
    cell(out, pair->scenario);
    cell(out, system);
    cell(out, pair->condition);
    g_string_append_printf(out, " %" PRId64 " |", pair->clips);
    g_string_append_printf(out, " %" PRId64 " → %" PRId64 " of %" PRId64 " | %zu | %zu |", events->missed_a,
                           events->missed_b, events->common, events->new_misses.count,
                           events->gone_misses.count);
    append_p(out, events->new_misses.count + events->gone_misses.count > 0, events->p_mcnemar);
    g_string_append_printf(out, " %" PRId64 " → %" PRId64 " | %zu | %zu |", alerts->a, alerts->b,
                           alerts->new_ones.count, alerts->gone.count);
    append_p(out, alerts->clips_with_more + alerts->clips_with_fewer > 0, alerts->p_sign);
    g_string_append_c(out, '\n');
}

/* ---- what is new, by name */

typedef struct {
    GString *out;
    const char *what;
    const ResultsPair *pair;
    size_t shown, left, listed;
} Naming;

static void name_one(Naming *naming, const char *clip, const char *label, int64_t t_us)
{
    if (naming->shown == naming->listed) {
        naming->left++;
        return;
    }
    naming->shown++;
    g_autofree char *time = time_format_seconds(t_us), *system = system_name(naming->pair);
    g_string_append_printf(naming->out, "| %s |", naming->what);
    cell(naming->out, naming->pair->scenario);
    cell(naming->out, system);
    cell(naming->out, naming->pair->condition);
    cell(naming->out, clip);
    g_string_append_printf(naming->out, " %s s |", time);
    cell(naming->out, label);
    g_string_append_c(naming->out, '\n');
}

static void append_new(GString *out, const ResultsComparison *comparison, size_t listed)
{
    Naming misses = {.out = out, .what = "new miss", .listed = listed};
    Naming alerts = {.out = out, .what = "new false alert", .listed = listed};
    g_string_append(out, "\n| new | scenario | system | condition | clip | at | kind |\n"
                         "|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < comparison->evaluations.count; i++) {
        misses.pair = &comparison->evaluations.at[i];
        for (size_t k = 0; k < misses.pair->events.new_misses.count; k++) {
            const ResultsComparedEvent *event = &misses.pair->events.new_misses.at[k];
            name_one(&misses, event->clip, event->label, event->start_us);
        }
    }
    for (size_t i = 0; i < comparison->evaluations.count; i++) {
        alerts.pair = &comparison->evaluations.at[i];
        for (size_t k = 0; k < alerts.pair->false_alerts.new_ones.count; k++) {
            const ResultsComparedAlert *alert = &alerts.pair->false_alerts.new_ones.at[k];
            name_one(&alerts, alert->clip, alert->label, alert->onset_us);
        }
    }
    if (misses.left + alerts.left > 0)
        g_string_append_printf(out,
                               "\n%zu more new misses and %zu more new false alerts are not listed here.\n",
                               misses.left, alerts.left);
}

/* ---- what could not be compared */

static void append_alone(GString *out, const ResultsAlone *alone, size_t count, const char *run)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *scenario = markdown_escape(alone[i].scenario),
                        *system = markdown_escape(alone[i].system),
                        *condition = markdown_escape(alone[i].condition);
        g_string_append_printf(out, "- only in %s: %s, %s, %s\n", run, scenario, system, condition);
    }
}

static void append_doubts(GString *out, const ResultsComparison *comparison)
{
    g_autoptr(GString) doubts = g_string_new(NULL);
    for (size_t i = 0; i < comparison->evaluations.count; i++) {
        const ResultsPair *pair = &comparison->evaluations.at[i];
        g_autofree char *scenario = markdown_escape(pair->scenario);
        if (!results_true(pair->same_rules)) {
            g_autofree char *a = markdown_escape(pair->protocol_a), *b = markdown_escape(pair->protocol_b);
            g_string_append_printf(doubts,
                                   "- **%s: not judged by the same rules** (%s, then %s): what differs may "
                                   "come from that alone\n",
                                   scenario, a, b);
        }
        const int64_t alone = pair->events.only_in_a + pair->events.only_in_b;
        if (alone > 0)
            g_string_append_printf(doubts, "- %s: the truth differs: %" PRId64 " event%s left out\n",
                                   scenario, alone, alone == 1 ? "" : "s");
        for (size_t k = 0; k < pair->left_out.count; k++) {
            g_autofree char *clip = markdown_escape(pair->left_out.at[k].clip),
                            *why = markdown_escape(pair->left_out.at[k].why);
            g_string_append_printf(doubts, "- %s: clip %s left out (%s)\n", scenario, clip, why);
        }
    }
    append_alone(doubts, comparison->only_in_a.at, comparison->only_in_a.count, "the baseline");
    append_alone(doubts, comparison->only_in_b.at, comparison->only_in_b.count, "this run");
    if (doubts->len > 0)
        g_string_append_printf(out, "\n**Not compared:**\n\n%s", doubts->str);
}

char *markdown_comparison(const ResultsComparison *comparison, size_t listed)
{
    GString *out = g_string_new("## Compared with the baseline\n\n");
    size_t misses = 0, alerts = 0;
    for (size_t i = 0; i < comparison->evaluations.count; i++) {
        misses += comparison->evaluations.at[i].events.new_misses.count;
        alerts += comparison->evaluations.at[i].false_alerts.new_ones.count;
    }
    g_string_append_printf(out, "**%zu new miss%s, %zu new false alert%s.**\n\n", misses,
                           misses == 1 ? "" : "es", alerts, alerts == 1 ? "" : "s");
    g_string_append(out,
                    "|  | scenario | system | condition | clips | missed | new | gone | p (McNemar) | false "
                    "alerts | new | gone | p (sign test) |\n"
                    "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < comparison->evaluations.count; i++)
        append_pair(out, &comparison->evaluations.at[i]);
    if (misses + alerts > 0)
        append_new(out, comparison, listed);
    append_doubts(out, comparison);
    return g_string_free(out, FALSE);
}
