/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit list KIND: the program's own tables, for people. */
#include "behaviours/semantics.h"
#include "cli/command.h"
#include "perception/perception.h"
#include "report/report.h"
#include "scoring/protocol.h"
#include "systems/system.h"

#include <stdio.h>
#include <string.h>

static void print_range(const OptionSpec *option)
{
    const char *unit = option->unit != NULL ? option->unit : "";
    switch (option->type) {
    case OPTION_INT:
    case OPTION_NUMBER:
        printf(", %g to %g%s%s", option->min, option->max, *unit != '\0' ? " " : "", unit);
        break;
    case OPTION_SECONDS:
        printf(", %g to %g s", option->min, option->max);
        break;
    case OPTION_BOOL:
        printf(", true or false");
        break;
    case OPTION_STRING:
        printf(", text");
        break;
    case OPTION_CHOICE: {
        g_autofree char *choices = g_strjoinv(", ", (char **)(void *)option->choices);
        printf(", one of %s", choices);
        break;
    }
    }
}

static void print_options(const OptionSpec *options)
{
    for (const OptionSpec *option = options; option->name != NULL; option++) {
        if (option->initial == NULL && option->type != OPTION_STRING)
            printf("    %-22s must be given", option->name);
        else
            printf("    %-22s default %s", option->name, option->initial != NULL ? option->initial : "none");
        print_range(option);
        printf("\n        %s\n", option->help_en);
    }
}

static void print_words(const char *title, const char *const *words)
{
    if (words == NULL || *words == NULL)
        return;
    g_autofree char *list = g_strjoinv(", ", (char **)(void *)words);
    printf("  %s: %s\n", title, list);
}

static void list_behaviours(void)
{
    for (const Behaviour *const *place = behaviour_registry; *place != NULL; place++) {
        const Behaviour *behaviour = *place;
        printf("%s: %s\n  %s\n", behaviour->id, behaviour->title.en, behaviour->definition.en);
        printf("  begins: %s\n  ends:   %s\n  alarm:  %s\n", behaviour->onset.en, behaviour->end.en,
               behaviour->alarm.en);
        print_words("labels", behaviour->labels);
        print_words("must not be fooled by", behaviour->hard_negatives);
        for (const CounterSpec *counter = behaviour->counters; counter != NULL && counter->name != NULL;
             counter++)
            printf("  counts %s: %s\n", counter->name, counter->help.en);
    }
}

static void list_semantics(void)
{
    printf("%s: the behaviours' own norms (vsaudit list behaviours), for each of them\n", SEMANTICS_OWN);
    for (const Semantics *const *place = semantics_registry; *place != NULL; place++) {
        const Semantics *semantics = *place;
        const Behaviour *rule = &semantics->rule;
        printf("%s of %s (%s: %s)\n  %s\n", semantics->id, rule->id, semantics->product, semantics->term,
               rule->definition.en);
        printf("  begins: %s\n  ends:   %s\n  alarm:  %s\n  differs: %s\n  source: %s\n", rule->onset.en,
               rule->end.en, rule->alarm.en, semantics->differs.en, semantics->source);
        print_options(rule->options);
    }
}

static void list_parameters(void)
{
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        printf("%s (systems[].params of the kind reference)\n", (*behaviour)->id);
        print_options((*behaviour)->options);
    }
    puts("perception (perception: of a scenario)");
    print_options(perception_options);
}

static void list_protocols(void)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++) {
        printf("%s: %s\n  %s\n", (*protocol)->id, (*protocol)->title.en, (*protocol)->definition.en);
        print_options((*protocol)->options);
    }
}

static void list_metrics(void)
{
    for (ClaimMetric metric = METRIC_FALSE_ALERTS_PER_CAMERA_HOUR; metric < METRIC_NONE; metric++)
        puts(claim_metric_name(metric));
}

static void list_systems(void)
{
    for (SystemKind kind = SYSTEM_REFERENCE; system_kind_help(kind) != NULL; kind++)
        printf("%-10s %s\n", system_kind_name(kind), system_kind_help(kind));
}

static void list_conditions(void)
{
    puts("as-recorded  the clip as it is\n"
         "any other    {id: …, filter: …} with a graph of libavfilter, applied to every picture in colour "
         "and\n"
         "             before it is scaled, such as \"eq=brightness=-0.3,gblur=sigma=2\"");
}

static void list_formats(void)
{
    for (const ReportFormat *format = report_formats; format->name != NULL; format++)
        printf("%-6s %s\n       %s\n", format->name, format->files, format->help_en);
}

static const struct {
    const char *name;
    const char *help;
    void (*print)(void);
} kinds[] = {
    {"behaviours", "what is looked for, with its written rules", list_behaviours},
    {"semantics", "products’ own words for a behaviour, with their sources and parameters", list_semantics},
    {"parameters", "of the behaviours and of perception: defaults, ranges, units", list_parameters},
    {"protocols", "how alerts are judged, with their frozen parameters", list_protocols},
    {"metrics", "what a claim can be read as", list_metrics},
    {"systems", "kinds of systems under test", list_systems},
    {"conditions", "under which clips are replayed", list_conditions},
    {"formats", "of the report", list_formats},
};

/* "behaviours, parameters, …"; caller frees. */
static char *join_kinds(void)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", kinds[i].name);
    return g_string_free(text, FALSE);
}

extern const Command command_list;

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autoptr(GString) description = g_string_new("Kinds:\n");
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_string_append_printf(description, "  %-11s %s\n", kinds[i].name, kinds[i].help);
    g_string_append(description, "\nExit status: 0 done; 2 wrong usage.\n");
    GOptionEntry entries[] = {{NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_list, entries, description->str, &argc, &argv, error))
        return EXIT_USAGE;
    for (size_t i = 0; argc == 2 && i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(argv[1], kinds[i].name) == 0) {
            kinds[i].print();
            return EXIT_DONE;
        }
    }
    g_autofree char *known = join_kinds();
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found %s%s%s, expected one of %s",
                argc == 2 ? "“" : "",
                argc == 2  ? argv[1]
                : argc < 2 ? "no kind"
                           : "several kinds",
                argc == 2 ? "”" : "", known);
    return EXIT_USAGE;
}

const Command command_list = {
    "list", "KIND", "list behaviours, parameters, protocols, metrics, systems, conditions or formats", run};
