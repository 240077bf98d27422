/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit list KIND: the program's own tables, for people. */
#include "behaviours/norm.h"
#include "behaviours/semantics.h"
#include "cli/command.h"
#include "cli/list_json.h"
#include "cli/list_law.h"
#include "cli/manual.h"
#include "cli/outcome.h"
#include "cli/tables.h"
#include "config/probes.h"
#include "language/texts.h"
#include "perception/perception.h"
#include "report/report.h"
#include "results/fields.h"
#include "scoring/metrics.h"
#include "scoring/protocol.h"
#include "synth/script.h"
#include "systems/system.h"
#include "yaml/json_schema.h"

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

static void print_options(const char *owner, const OptionRow *options)
{
    const Texts *texts = texts_of("en");
    for (const OptionSpec *option = options_of(options); option->name != NULL; option++) {
        if (option->initial == NULL && option->type != OPTION_STRING)
            printf("    %-22s must be given", option->name);
        else
            printf("    %-22s default %s", option->name, option->initial != NULL ? option->initial : "none");
        print_range(option);
        printf("\n        %s\n", texts_option_help(texts, owner, option->name));
    }
}

static void print_words(const char *title, const char *const *words)
{
    if (words == NULL || *words == NULL)
        return;
    g_autofree char *list = g_strjoinv(", ", (char **)(void *)words);
    printf("  %s: %s\n", title, list);
}

/* When it begins and ends and when it is told, without the end of the line. */
static void print_norm(const Behaviour *rule, const Texts *texts)
{
    printf("  begins: %s\n  ends:   %s\n  alarm:  %s", norm_text(rule, "onset", texts),
           norm_text(rule, "end", texts), norm_text(rule, "alarm", texts));
}

static void list_behaviours(void)
{
    const Texts *texts = texts_of("en");
    for (const Behaviour *const *place = behaviour_registry; *place != NULL; place++) {
        const Behaviour *behaviour = *place;
        printf("%s: %s\n  %s\n", behaviour->id, norm_text(behaviour, "title", texts),
               norm_text(behaviour, "definition", texts));
        print_norm(behaviour, texts);
        putchar('\n');
        print_words("labels", behaviour->labels);
        print_words("must not be fooled by", behaviour->hard_negatives);
        for (const char *const *counter = behaviour->counters; counter != NULL && *counter != NULL; counter++)
            printf("  counts %s: %s\n", *counter, norm_counter(*counter, texts));
    }
}

static void list_semantics(void)
{
    const Texts *texts = texts_of("en");
    printf("%s: the behaviours' own norms (vsaudit list behaviours), for each of them\n", SEMANTICS_OWN);
    for (const Semantics *const *place = semantics_registry; *place != NULL; place++) {
        const Semantics *semantics = *place;
        const Behaviour *rule = &semantics->rule;
        printf("%s of %s (%s %s: %s)\n  %s\n", rule->wording, rule->id, semantics->product,
               semantics->version, semantics->term, norm_text(rule, "definition", texts));
        print_norm(rule, texts);
        printf("\n  differs: %s\n  source: %s\n", norm_text(rule, "differs", texts), semantics->source);
        g_autofree char *owner = norm_owner(rule);
        print_options(owner, rule->options);
    }
}

static void list_parameters(void)
{
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        printf("%s (systems[].params of the kind reference)\n", (*behaviour)->id);
        print_options((*behaviour)->id, (*behaviour)->options);
    }
    puts("perception (perception: of a scenario)");
    print_options("perception", perception_options);
}

static void list_protocols(void)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++) {
        g_autoptr(Phrase) title = protocol_title(*protocol);
        g_autoptr(Phrase) definition = protocol_definition(*protocol);
        g_autofree char *name = phrase_render(title, texts_of("en"));
        g_autofree char *rules = phrase_render(definition, texts_of("en"));
        printf("%s: %s\n  %s\n", (*protocol)->id, name, rules);
        g_autofree char *owner = g_strdup_printf("protocol.%s", (*protocol)->id);
        print_options(owner, (*protocol)->options);
    }
}

static void list_metrics(void)
{
    for (const char *const *name = metric_names; *name != NULL; name++)
        puts(*name);
}

static void print_keys(const SystemKind *kind)
{
    const YamlField *field = kind->options != NULL ? kind->options->fields : NULL;
    for (; field != NULL && field->key != NULL; field++) {
        printf("               %-11s %s", field->key, field->help);
        if (field->required || field->initial != NULL)
            printf("; %s%s", field->required ? "must be given" : "default ",
                   field->required ? "" : field->initial);
        putchar('\n');
    }
    g_autofree char *shared = g_strjoinv(", ", (char **)(void *)kind->keys);
    if (*shared != '\0')
        printf("               %s: as for every kind that takes them (scenarios/README.md)\n", shared);
}

/* Each line of an example is an item of “systems”, and may be pasted. */
static void list_systems(void)
{
    for (unsigned i = 0; system_kind_names[i] != NULL; i++) {
        const SystemKind *kind = system_kind_at(i);
        printf("%-10s %s\n           %s\n           - %s\n", system_kind_names[i], kind->help, kind->about,
               kind->example);
        print_keys(kind);
    }
}

static void list_conditions(void)
{
    puts("as-recorded  the clip as it is\n"
         "any other    {id: …, filter: …} with a graph of libavfilter, applied to every picture in colour "
         "and\n"
         "             before it is scaled, such as \"eq=brightness=-0.3,gblur=sigma=2\"");
}

static void list_probes(void)
{
    const Texts *texts = texts_of("en");
    for (unsigned i = 0; i < PROBE_COUNT; i++)
        printf("%-17s %s\n                  %s; %s\n", probe_table[i].id,
               texts_word(texts, "probe.name", probe_table[i].id),
               texts_word(texts, "probe.what", probe_table[i].id),
               probe_table[i].exact ? "exact" : "may differ a little");
}

static void list_formats(void)
{
    for (const ReportFormat *const *format = report_formats; *format != NULL; format++)
        printf("%-6s %s\n       %s\n", (*format)->name, (*format)->files,
               texts_word(texts_of("en"), "format", (*format)->name));
}

static const struct {
    const char *name;
    const char *help;
    void (*print)(void);
    json_t *(*describe)(void); /* the same for programs; NULL: there is no more than a sentence */
} kinds[] = {
    {"behaviours", "what is looked for, with its written rules", list_behaviours, list_json_behaviours},
    {"semantics", "products’ own words for a behaviour, with their sources and parameters", list_semantics,
     list_json_semantics},
    {"parameters", "of the behaviours and of perception: defaults, ranges, units", list_parameters,
     list_json_parameters},
    {"protocols", "how alerts are judged, with their frozen parameters", list_protocols, list_json_protocols},
    {"metrics", "what a claim can be read as", list_metrics, list_json_metrics},
    {"systems", "kinds of systems under test", list_systems, list_json_systems},
    {"conditions", "under which clips are replayed", list_conditions, NULL},
    {"probes", "what systems are put through besides (probes: of an audit)", list_probes, list_json_probes},
    {"formats", "of the report", list_formats, list_json_formats},
    {"law", "texts of the catalogue of obligations: force, dates, whom they bind, how far they were read",
     list_law, list_law_json},
};

/* "behaviours, parameters, …"; caller frees. */
static char *join_kinds(void)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", kinds[i].name);
    return g_string_free(text, FALSE);
}

/* ---- schemas */

/* The tables that stand for a whole file, by number; NULL behind the last. */
static const YamlTable *find_root(size_t index)
{
    for (const YamlTable *const *table = config_tables; *table != NULL; table++) {
        if ((*table)->schema != NULL && index-- == 0)
            return *table;
    }
    return index == 0 ? &script_table : NULL;
}

/* "vsaudit/alert-map/1" is called alert-map. Caller frees. */
static char *schema_name(const YamlTable *table)
{
    g_auto(GStrv) parts = g_strsplit(table->schema, "/", -1);
    return g_strdup(parts[1]);
}

static ExitStatus print_schema(const char *kind, GError **error)
{
    g_autoptr(GString) known = g_string_new("results");
    if (g_strcmp0(kind, "results") == 0) {
        g_autofree char *text = results_schema();
        fputs(text, stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; find_root(i) != NULL; i++) {
        g_autofree char *name = schema_name(find_root(i));
        if (g_strcmp0(kind, name) == 0) {
            g_autofree char *text = json_schema_of(find_root(i));
            fputs(text, stdout);
            return EXIT_DONE;
        }
        g_string_append_printf(known, ", %s", name);
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "schema: found %s%s%s, expected one of %s",
                kind != NULL ? "“" : "", kind != NULL ? kind : "no kind of file", kind != NULL ? "”" : "",
                known->str);
    return EXIT_USAGE;
}

/* ---- the manual and the completions */

static ExitStatus print_completion(const char *shell, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_ptr_array_add(words, (gpointer)kinds[i].name);
    g_ptr_array_add(words, (gpointer) "schema");
    g_ptr_array_add(words, NULL);
    g_autofree char *text =
        shell != NULL ? manual_completion(shell, (const char *const *)(void *)words->pdata) : NULL;
    if (text != NULL) {
        fputs(text, stdout);
        return EXIT_DONE;
    }
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "completion: found %s%s%s, expected bash, zsh or fish", shell != NULL ? "“" : "",
                shell != NULL ? shell : "no shell", shell != NULL ? "”" : "");
    return EXIT_USAGE;
}

static ExitStatus print_page(void)
{
    g_autofree char *page = manual_page();
    fputs(page, stdout);
    return EXIT_DONE;
}

extern const Command command_list;

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_autoptr(GString) description = g_string_new("Kinds:\n");
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_string_append_printf(description, "  %-11s %s\n", kinds[i].name, kinds[i].help);
    g_string_append(
        description,
        "  schema KIND the JSON Schema of a YAML file (audit, scenario, dataset, catalogue, alert-map,\n"
        "              scene) or of results.json (results), for editors and validators\n"
        "  completion SHELL\n"
        "              the completion for bash, zsh or fish\n"
        "  man         the manual page\n");
    g_string_append(description, "\nExit status: 0 done; 2 wrong usage.\n");
    GOptionEntry entries[] = {{NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_list, entries, description->str, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc >= 2 && argc <= 3 && strcmp(argv[1], "schema") == 0)
        return print_schema(argv[2], error);
    if (argc >= 2 && argc <= 3 && strcmp(argv[1], "completion") == 0)
        return print_completion(argv[2], error);
    if (argc == 2 && strcmp(argv[1], "man") == 0)
        return print_page();
    for (size_t i = 0; argc == 2 && i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(argv[1], kinds[i].name) == 0) {
            kinds[i].print();
            outcome_set("items", kinds[i].describe != NULL ? kinds[i].describe() : json_null());
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
    "list", "KIND",
    "list behaviours, parameters, protocols, metrics, systems, conditions, probes, formats or law", run};
