/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/scenario.h"

#include "behaviours/semantics.h"
#include "config/names.h"
#include "config/scenario_internal.h"
#include "perception/settings.h"
#include "records/free.h"
#include "scoring/protocol.h"
#include "scoring/scope.h"
#include "yaml/confine.h"

#include <math.h>
#include <string.h>

/* ---- systems */

const SystemKind *system_kind(const SystemSpec *system)
{
    return system_kind_at(system->kind);
}

static void prepare_system(void *target)
{
    sweep_prepare(target);
    wordings_prepare(target);
}

static void clear_system(void *target)
{
    sweep_clear(target);
    wordings_clear(target);
}

/* The keys that not every kind takes, as their mistakes are told. */
static const struct {
    const char *key, *found, *it;
    const char *missing; /* what was expected where a kind needs it */
} kind_keys[] = {
    {"sweep", "a sweep", "it", NULL},
    {"semantics", "semantics", "them", NULL},
    {"path", "a path", "it", "the alert log’s path"},
    {"annotator", "an annotator", "it", "the name of one of the dataset’s annotators"},
    {"params", "parameters", "them", NULL},
};

/* "alerts or null" */
static char *kinds_that_take(const char *key)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (unsigned kind = 0; system_kind_names[kind] != NULL; kind++)
        if (system_kind_takes(system_kind_at(kind), key))
            g_ptr_array_add(names, (char *)system_kind_names[kind]);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(" or ", (char **)names->pdata);
}

static void check_kind_keys(YamlReader *reader, const YamlNode *node, const SystemSpec *system)
{
    const char *name = system_kind_names[system->kind];
    for (size_t i = 0; i < G_N_ELEMENTS(kind_keys); i++) {
        const char *key = kind_keys[i].key;
        const YamlNode *given = yaml_node_get(node, key);
        if (given == NULL && g_strcmp0(system_kind(system)->needed, key) == 0)
            yaml_problem(reader, node, "found a system of kind %s without “%s”, expected %s", name, key,
                         kind_keys[i].missing);
        if (given == NULL || system_kind_takes(system_kind(system), key))
            continue;
        g_autofree char *takers = kinds_that_take(key);
        yaml_problem(reader, given, "found %s for a system of kind %s, expected %s only for kind %s",
                     kind_keys[i].found, name, kind_keys[i].it, takers);
    }
}

static void check_system(YamlReader *reader, const YamlNode *node, void *target)
{
    SystemSpec *system = target;
    system->line = node->line;
    if (yaml_node_get(node, "kind") == NULL)
        return;
    check_kind_keys(reader, node, system);
    const YamlNode *sweep = yaml_node_get(node, "sweep");
    if (sweep != NULL && system_kind_takes(system_kind(system), "sweep")) {
        sweep_expand(reader, sweep, system);
        if (system->wordings->len > 1)
            yaml_problem(reader, sweep,
                         "found a sweep beside several semantics, expected one of them for each system");
    }
    if (system_kind(system)->check != NULL)
        system_kind(system)->check(reader, node, system);
    if (system->path != NULL) {
        char *resolved = yaml_resolve_path(reader, yaml_node_get(node, "path"), system->path);
        g_free(system->path);
        system->path = resolved;
    }
}

static const YamlTable *choose_options(const void *target)
{
    return system_kind(target)->options;
}

static const YamlField system_fields[] = {
    ID_FIELD("id", SystemSpec, id, .required = true, .help = "short name"),
    CHOICE_FIELD("kind", SystemSpec, kind, system_kind_names, .required = true,
                 .help = "where its alerts come from (vsaudit list systems)"),
    TEXT_FIELD("title", SystemSpec, title, .help = "for the report"),
    PARAMS_FIELD("params", SystemSpec, params,
                 .help = "reference: the behaviour’s parameters (vsaudit list behaviours)"),
    CUSTOM_FIELD("sweep", SystemSpec, sweep, scenario_read_sweep, .shape = "{parameter: [value, value, …]}",
                 .help = "reference: values to try in place of the one in params, every combination of them "
                         "(at most 200)"),
    CUSTOM_FIELD("semantics", SystemSpec, wordings, scenario_read_semantics,
                 .shape = "vsaudit-1, or [vsaudit-1, onvif, …]",
                 .help = "reference: whose words the rule follows (vsaudit list semantics); a list makes one "
                         "system of each"),
    TEXT_FIELD("path", SystemSpec, path,
               .help = "alerts, capsule: the log, CSV or JSON, from this file’s folder"),
    TEXT_FIELD("annotator", SystemSpec, annotator, .help = "annotator: which of the dataset’s annotators"),
    ID_FIELD("after_validation_of", SystemSpec, after_validation_of,
             .help =
                 "alerts: the log is what was left of that system’s alerts after people had looked at them"),
    YAML_FIELD_END};
const YamlTable system_table = {YAML_TABLE("system", system_fields, SystemSpec),
                                .prepare = prepare_system,
                                .check = check_system,
                                .clear = clear_system,
                                .more = choose_options,
                                .mores = system_kind_tables,
                                .more_at = offsetof(SystemSpec, options)};

void scenario_remove_system(Scenario *scenario, guint index)
{
    SystemSpec *system = g_ptr_array_remove_index(scenario->systems, index);
    yaml_clear(&system_table, system);
    g_free(system);
}

/* ---- the scenario */

static void prepare_scenario(void *target)
{
    Scenario *scenario = target;
    scenario->decree_2023_828 = -1;
    scenario->prevalence = (double)NAN;
    scenario->clip_ids = g_ptr_array_new_with_free_func(g_free);
    scenario->clip_tags = g_ptr_array_new_with_free_func(g_free);
    scenario->exclude_tags = g_ptr_array_new_with_free_func(g_free);
    scenario->conditions = g_ptr_array_new();
}

static void clear_scenario(void *target)
{
    Scenario *scenario = target;
    FREE_EACH(scenario->file, scenario->sha256, scenario->prevalence_source);
    g_ptr_array_unref(scenario->clip_ids);
    g_ptr_array_unref(scenario->clip_tags);
    g_ptr_array_unref(scenario->exclude_tags);
    while (scenario->conditions->len > 0)
        scenario_remove_condition(scenario, scenario->conditions->len - 1);
    g_ptr_array_unref(scenario->conditions);
}

void scenario_remove_condition(Scenario *scenario, guint index)
{
    ConditionSpec *condition = g_ptr_array_index(scenario->conditions, index);
    g_ptr_array_remove_index(scenario->conditions, index);
    yaml_clear(&condition_table, condition);
    g_free(condition);
}

/* Ids within one list, each once. `id_of` is the offset of the char * in the records. */
static void check_unique(YamlReader *reader, const YamlNode *list, const GPtrArray *records, size_t id_of)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < records->len; i++) {
        char *id = *(char **)(void *)((char *)g_ptr_array_index(records, i) + id_of);
        if (id == NULL || g_hash_table_add(seen, id))
            continue;
        const YamlNode *item = i < list->children->len ? g_ptr_array_index(list->children, i) : list;
        const YamlNode *place = yaml_node_get(item, "id");
        yaml_problem(reader, place != NULL ? place : item, "found “%s” a second time, expected each id once",
                     id);
    }
}

void scenario_check_options(YamlReader *reader, const OptionRow *options, size_t size,
                            const ParamList *params, const char *context)
{
    g_autofree void *settings = g_malloc0(MAX(size, 1));
    options_set_defaults(options, settings);
    g_autoptr(GError) cause = NULL;
    if (!options_apply(options, settings, params, context, &cause))
        problems_add_error(reader->problems, cause);
    options_clear(options, settings);
}

static void check_protocol(YamlReader *reader, const YamlNode *node, const Scenario *scenario)
{
    const Protocol *protocol = scenario->protocol != NULL ? protocol_find(scenario->protocol) : NULL;
    const YamlNode *place = yaml_node_get(node, "protocol");
    if (protocol != NULL) {
        scenario_check_options(reader, protocol->options, protocol->settings_size, scenario->protocol_params,
                               "protocol_params");
    } else if (scenario->protocol != NULL && place != NULL) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new();
        for (size_t i = 0; protocol_registry[i] != NULL; i++)
            g_ptr_array_add(ids, (gpointer)protocol_registry[i]->id);
        names_report_unknown(reader, place, scenario->protocol, "a protocol", (const char *const *)ids->pdata,
                             ids->len);
    }
}

static void check_each_value(YamlReader *reader, const Behaviour *behaviour, const ParamList *values,
                             const char *context)
{
    const guint before = problems_count(reader->problems);
    for (guint i = 0; i < values->params->len; i++) {
        const Param *param = g_ptr_array_index(values->params, i);
        g_autoptr(ParamList) alone = param_list_new();
        param_list_add(alone, param->name, param->value, param->file, param->name_line, param->name_column,
                       param->line, param->column);
        scenario_check_options(reader, behaviour->options, behaviour->settings_size, alone, context);
        if (problems_count(reader->problems) > before)
            return; /* an unknown name would be told for every value */
    }
}

/* What people left of a system's alerts: that system must be there, and be no such remainder itself. */
static void check_validation(YamlReader *reader, const YamlNode *systems, const Scenario *scenario)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        if (system->id != NULL && system->after_validation_of == NULL && !system_kind(system)->is_control)
            g_ptr_array_add(names, system->id);
    }
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        if (system->after_validation_of == NULL)
            continue;
        const YamlNode *place = yaml_node_get(g_ptr_array_index(systems->children, i), "after_validation_of");
        bool found = false;
        for (guint n = 0; n < names->len; n++)
            found = found || strcmp(g_ptr_array_index(names, n), system->after_validation_of) == 0;
        if (!system_kind(system)->has_log)
            yaml_expected(reader, place, "it only for a system of kind alerts");
        else if (!found)
            names_report_unknown(reader, place, system->after_validation_of, "a system before validation",
                                 (const char *const *)names->pdata, names->len);
    }
}

/* Systems that others go by must be there. */
static void check_others(YamlReader *reader, const YamlNode *systems, const Scenario *scenario)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        const SystemKind *kind = system_kind(system);
        if (system->id != NULL && system->wordings->len <= 1 && !kind->is_control && !kind->is_person)
            g_ptr_array_add(names, system->id);
    }
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        const char *other = system_kind(system)->other != NULL ? system_kind(system)->other(system) : NULL;
        if (other != NULL && !g_ptr_array_find_with_equal_func(names, other, g_str_equal, NULL))
            names_report_unknown(
                reader,
                yaml_node_get(g_ptr_array_index(systems->children, i), system_kind(system)->other_key), other,
                "a system of this scenario that is no control, no annotator and no list of "
                "semantics",
                (const char *const *)names->pdata, names->len);
    }
}

static void check_systems(YamlReader *reader, const YamlNode *node, const Scenario *scenario)
{
    const YamlNode *systems = yaml_node_get(node, "systems");
    if (systems == NULL || systems->kind != YAML_NODE_LIST)
        return;
    check_validation(reader, systems, scenario);
    check_others(reader, systems, scenario);
    const Behaviour *behaviour = scenario->behaviour != NULL ? behaviour_find(scenario->behaviour) : NULL;
    check_unique(reader, systems, scenario->systems, offsetof(SystemSpec, id));
    for (guint i = 0; i < scenario->systems->len && behaviour != NULL; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        g_autofree char *context = g_strdup_printf("systems[%u].params", i);
        wordings_check(reader, g_ptr_array_index(systems->children, i), scenario->behaviour, system, context);
        const Behaviour *rule = semantics_rule(scenario->behaviour, system_semantics(system));
        g_autofree char *sweep = g_strdup_printf("systems[%u].sweep", i);
        for (guint s = 0; s < system->sweep->len && rule != NULL; s++)
            check_each_value(reader, rule, g_ptr_array_index(system->sweep, s), sweep);
    }
}

static void check_clips(YamlReader *reader, const YamlNode *node, const Scenario *scenario)
{
    const YamlNode *clips = yaml_node_get(node, "clips");
    const YamlNode *ids = clips != NULL ? yaml_node_get(clips, "ids") : NULL;
    bool good = true;
    for (guint i = 0; i < scenario->clip_ids->len && ids != NULL; i++) {
        const char *id = g_ptr_array_index(scenario->clip_ids, i);
        const YamlNode *place = i < ids->children->len ? g_ptr_array_index(ids->children, i) : ids;
        const Clip *clip = dataset_find_clip(scenario->dataset, id);
        if (clip == NULL)
            yaml_expected(reader, place, "a clip of the dataset “%s” (%s)", scenario->dataset->id,
                          scenario->dataset->file);
        else if (!g_hash_table_contains(clip->coverage, scenario->behaviour))
            yaml_problem(
                reader, place,
                "found the clip “%s”, expected one that is annotated for %s (its “coverage” does not "
                "name it)",
                id, scenario->behaviour);
        else
            continue;
        good = false;
    }
    g_autoptr(GPtrArray) chosen = scenario_clips(scenario);
    if (good && chosen->len == 0)
        yaml_problem(
            reader, clips != NULL ? clips : node,
            "found no clip in the dataset “%s” (%s) that is chosen and annotated for %s, expected at "
            "least one",
            scenario->dataset->id, scenario->dataset->file, scenario->behaviour);
}

static void check_annotators(YamlReader *reader, const YamlNode *node, const Scenario *scenario)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < scenario->dataset->annotators->len; i++)
        g_ptr_array_add(names,
                        ((const TruthReading *)g_ptr_array_index(scenario->dataset->annotators, i))->id);
    for (guint i = 0; i < scenario->systems->len; i++) {
        const SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        if (system->annotator == NULL || dataset_find_annotator(scenario->dataset, system->annotator) != NULL)
            continue;
        const YamlNode *item = g_ptr_array_index(yaml_node_get(node, "systems")->children, i);
        names_report_unknown(reader, yaml_node_get(item, "annotator"), system->annotator,
                             "an annotator of the dataset", (const char *const *)names->pdata, names->len);
    }
}

/* A bundle holds them: the names of classes as they are. */
void scenario_check_model_files(YamlReader *reader, const ParamList *perception)
{
    static const struct {
        const char *name;
        ConfineUse use;
    } files[] = {{"model", CONFINE_PARSED}, {"labels", CONFINE_PRINTED}};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        const Param *param = param_list_find(perception, files[i].name);
        if (param == NULL || param->file == NULL)
            continue;
        g_autofree char *folder = g_path_get_dirname(param->file);
        g_autofree char *path = confine_resolve(folder, param->value);
        g_autofree char *expected = confine_objection(folder, path, files[i].use);
        if (expected != NULL)
            problems_add(reader->problems, param->file, param->line, param->column, "perception",
                         "found “%s” as %s, expected %s", param->value, files[i].name, expected);
    }
}

static void complete_systems(YamlReader *reader, const YamlNode *node, const Scenario *scenario)
{
    const YamlNode *systems = yaml_node_get(node, "systems");
    for (guint i = 0; i < scenario->systems->len; i++) {
        SystemSpec *system = g_ptr_array_index(scenario->systems, i);
        if (system_kind(system)->complete != NULL)
            system_kind(system)->complete(reader, g_ptr_array_index(systems->children, i), system, scenario);
    }
}

static void check_scenario(YamlReader *reader, const YamlNode *node, void *target)
{
    Scenario *scenario = target;
    AuditLoading *loading = reader->user;
    bool known = false;
    if (scenario->behaviour != NULL)
        known = names_check_behaviour(reader, yaml_node_get(node, "behaviour"), scenario->behaviour);
    if (scenario->systems->len > 0)
        check_systems(reader, node, scenario);
    check_protocol(reader, node, scenario);
    g_autoptr(GError) cause = NULL;
    PerceptionSettings *perception = perception_settings_new(scenario->perception, &cause);
    if (perception == NULL)
        problems_add_error(reader->problems, cause);
    perception_settings_free(perception);
    scenario_check_model_files(reader, scenario->perception);
    complete_systems(reader, node, scenario);
    if (scenario->conditions->len == 0)
        g_ptr_array_add(scenario->conditions, scenario_as_recorded(node->line));
    else
        check_unique(reader, yaml_node_get(node, "conditions"), scenario->conditions,
                     offsetof(ConditionSpec, id));
    if (scenario->claims->len > 0) {
        check_unique(reader, yaml_node_get(node, "claims"), scenario->claims, offsetof(Claim, id));
        scenario_check_claims(reader, yaml_node_get(node, "claims"), scenario);
        for (guint i = 0; i < scenario->claims->len; i++) {
            Claim *claim = g_ptr_array_index(scenario->claims, i);
            if (claim->scope == CLAIM_SCOPE_NOT_STATED)
                claim->scope = scenario->scope;
            if (claim->looks.plan == LOOKS_NOT_STATED) {
                claim->looks = scenario->looks;
                claim->looks.end = g_strdup(scenario->looks.end);
            }
        }
    }
    g_autofree char *path = NULL;
    if (loading->dataset_override != NULL)
        path = g_strdup(loading->dataset_override);
    else if (scenario->dataset_path != NULL)
        path = yaml_resolve_path(reader, yaml_node_get(node, "dataset"), scenario->dataset_path);
    else
        yaml_problem(reader, node,
                     "found no dataset, expected the key “dataset” or a dataset on the command line");
    const YamlNode *place = yaml_node_get(node, "dataset");
    if (path != NULL && loading->dataset_override == NULL && place != NULL &&
        !g_file_test(path, G_FILE_TEST_EXISTS)) {
        yaml_expected(reader, place, "the path of a dataset’s manifest (there is no “%s”)", path);
        return;
    }
    if (path == NULL)
        return;
    scenario->dataset = audit_find_dataset(loading, path);
    if (scenario->dataset != NULL && known)
        check_clips(reader, node, scenario);
    if (scenario->dataset != NULL)
        check_annotators(reader, node, scenario);
    if (known)
        wordings_expand(scenario);
}

static const YamlField scenario_fields[] = {
    ID_FIELD("id", Scenario, id, .required = true, .help = "short name"),
    INT_FIELD("version", Scenario, version, .min = 1, .max = 1e6, .initial = "1",
              .help = "counts up when the definition changes"),
    PAIR_FIELD("title", Scenario, title, .required = true, .help = "for the report"),
    ID_FIELD("behaviour", Scenario, behaviour, .required = true,
             .help = "which behaviour is looked for (vsaudit list behaviours)"),
    PAIR_FIELD("definition", Scenario, definition,
               .help = "what counts as an event, in words; default: the behaviour’s own"),
    PAIR_FIELD("onset_rule", Scenario, onset_rule,
               .help = "when an event begins; default: the behaviour’s own"),
    PAIR_FIELD("end_rule", Scenario, end_rule, .help = "when it ends; default: the behaviour’s own"),
    CUSTOM_FIELD("legal", Scenario, decree_2023_828, scenario_read_legal, .table = &legal_table,
                 .help = "its place in the law"),
    TEXTS_FIELD("hard_negatives", Scenario, hard_negatives,
                .help = "what the clips hold that must not raise an alert"),
    TEXT_FIELD("dataset", Scenario, dataset_path, .help = "the dataset’s manifest, from this file’s folder"),
    CUSTOM_FIELD("clips", Scenario, clip_ids, scenario_read_selection, .table = &selection_table,
                 .help = "which clips; default: all that are annotated for the behaviour"),
    LIST_FIELD("systems", Scenario, systems, &system_table, .required = true, .min = 1,
               .help = "the systems under test"),
    CUSTOM_FIELD("conditions", Scenario, conditions, scenario_read_conditions, .table = &condition_table,
                 .shape = "[as-recorded, {id: …, filter: …}]",
                 .help = "under which conditions the clips are replayed; default: as-recorded"),
    ID_FIELD("protocol", Scenario, protocol, .initial = PROTOCOL_DEFAULT,
             .help = "how alerts are judged (vsaudit list protocols)"),
    PARAMS_FIELD("protocol_params", Scenario, protocol_params,
                 .help = "other parameters than the protocol’s frozen ones; the report says so"),
    PARAMS_FIELD("perception", Scenario, perception, .help = "parameters of the reference’s perception"),
    TEXTS_FIELD("strata", Scenario, strata,
                .help = "attributes of the clips by which the report splits the figures"),
    BOOL_FIELD("people_groups", Scenario, people_groups, .initial = "false",
               .help = "true: show strata that describe people (age, skin tone, …) too; their labels are "
                       "sensitive data"),
    CUSTOM_FIELD("prevalence", Scenario, prevalence, scenario_read_prevalence, .table = &prevalence_table,
                 .help = "how often the event happens in use; precision there follows from it"),
    MAP_FIELD("network", Scenario, network, &network_table,
              .help = "the cameras in use; the report extrapolates the alert load to them"),
    CHOICE_FIELD("scope", Scenario, scope, scope_names, .initial = "places_like_these",
                 .help = "of the claims that state none: what a verdict speaks of, places_like_these or "
                         "these_clips"),
    MAP_FIELD("looks", Scenario, looks, &looks_table,
              .help = "of the claims that state none: when a verdict is read"),
    LIST_FIELD("claims", Scenario, claims, &claim_table, .help = "what was said about the systems"),
    YAML_FIELD_END};
const YamlTable scenario_table = {YAML_TABLE("scenario", scenario_fields, Scenario),
                                  .schema = "vsaudit/scenario/1", .prepare = prepare_scenario,
                                  .check = check_scenario, .clear = clear_scenario};

/* ---- choosing clips */

static bool has_tag(const Clip *clip, const GPtrArray *tags)
{
    for (guint i = 0; i < tags->len; i++) {
        if (g_ptr_array_find_with_equal_func(clip->tags, g_ptr_array_index(tags, i), g_str_equal, NULL))
            return true;
    }
    return false;
}

static bool is_wanted(const Scenario *scenario, const Clip *clip)
{
    const bool all = scenario->clip_ids->len == 0 && scenario->clip_tags->len == 0;
    const bool wanted = all || has_tag(clip, scenario->clip_tags) ||
                        g_ptr_array_find_with_equal_func(scenario->clip_ids, clip->id, g_str_equal, NULL);
    return wanted && !has_tag(clip, scenario->exclude_tags);
}

GPtrArray *scenario_clips(const Scenario *scenario)
{
    GPtrArray *chosen = g_ptr_array_new();
    for (guint i = 0; i < scenario->dataset->clips->len; i++) {
        const Clip *clip = g_ptr_array_index(scenario->dataset->clips, i);
        if (is_wanted(scenario, clip) && g_hash_table_contains(clip->coverage, scenario->behaviour))
            g_ptr_array_add(chosen, (gpointer)clip);
    }
    return chosen;
}

bool scenario_lacks_coverage(const Scenario *scenario, const char *clip)
{
    const Clip *found = dataset_find_clip(scenario->dataset, clip);
    return found != NULL && is_wanted(scenario, found) &&
           !g_hash_table_contains(found->coverage, scenario->behaviour);
}
