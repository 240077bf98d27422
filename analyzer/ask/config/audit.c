/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/scenario_internal.h"
#include "config/system_files.h"
#include "records/find.h"
#include "records/free.h"

#include <string.h>

Dataset *audit_find_dataset(AuditLoading *loading, const char *path)
{
    g_autofree char *canonical = g_canonicalize_filename(path, NULL);
    gpointer found = NULL;
    if (g_hash_table_lookup_extended(loading->datasets, canonical, NULL, &found))
        return found;
    Dataset *dataset = dataset_read(path, loading->problems);
    g_hash_table_insert(loading->datasets, g_steal_pointer(&canonical), dataset);
    if (dataset != NULL)
        g_ptr_array_add(loading->audit->datasets, dataset);
    return dataset;
}

static void add_scenario(AuditLoading *loading, const YamlTree *tree)
{
    Scenario *scenario = g_new0(Scenario, 1);
    yaml_load_tree(tree, &scenario_table, scenario, loading, loading->problems);
    scenario->file = g_strdup(tree->file);
    scenario->sha256 = g_strdup(tree->sha256);
    for (guint i = 0; i < loading->audit->scenarios->len && scenario->id != NULL; i++) {
        const Scenario *other = g_ptr_array_index(loading->audit->scenarios, i);
        if (g_strcmp0(other->id, scenario->id) == 0)
            problems_add(loading->problems, scenario->file, 0, 0, "id",
                         "found “%s”, expected an id that no other scenario of the audit has (%s has it)",
                         scenario->id, other->file);
    }
    g_ptr_array_add(loading->audit->scenarios, scenario);
}

static void load_scenario(AuditLoading *loading, const char *path)
{
    g_autoptr(YamlTree) tree = yaml_tree_load(path, loading->problems);
    if (tree != NULL)
        add_scenario(loading, tree);
}

static void read_scenarios(YamlReader *reader, const YamlNode *node, void *member)
{
    (void)member;
    if (node->kind != YAML_NODE_LIST || node->children->len == 0) {
        yaml_expected(reader, node, "a list of scenario files");
        return;
    }
    for (guint i = 0; i < node->children->len; i++) {
        g_autofree char *name = NULL;
        if (!yaml_read_text(reader, g_ptr_array_index(node->children, i), &name))
            continue;
        g_autofree char *path = yaml_resolve_path(reader, g_ptr_array_index(node->children, i), name);
        if (path == NULL)
            continue;
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            load_scenario(reader->user, path);
        else
            yaml_expected(reader, g_ptr_array_index(node->children, i),
                          "the path of a scenario file (there is no “%s”)", path);
    }
}

typedef struct {
    char *id;
    TextPair title, summary;
    TrialSpec trial;
    Dossier dossier;
    ProbesSpec probes;
    char unused;
} AuditText;

/* The file's own catalogue, unless the command line names another, unless neither does. */
static void read_catalogue(YamlReader *reader, const YamlNode *node, void *member)
{
    (void)member;
    AuditLoading *loading = reader->user;
    g_autofree char *name = NULL;
    if (!yaml_read_text(reader, node, &name) || loading->catalogue_override != NULL)
        return;
    g_autofree char *path = yaml_resolve_path(reader, node, name);
    if (path == NULL)
        return;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
        yaml_expected(reader, node, "the path of a catalogue of obligations (there is no “%s”)", path);
    else if (loading->audit->catalogue == NULL)
        loading->audit->catalogue = catalogue_read(path, reader->problems);
}

/* What the audit says of data sets that do not say it themselves; of drawn ones there is nothing to say. */
static void check_provenance(YamlReader *reader, const YamlNode *node, const Dossier *dossier,
                             const GPtrArray *datasets)
{
    for (guint i = 0; i < datasets->len; i++) {
        const Dataset *dataset = g_ptr_array_index(datasets, i);
        static const Sampling no_sampling;
        static const Annotation no_annotation;
        const ProvenanceFacts facts = {dataset->clips, dataset->annotators, false, dataset->id};
        if (!dataset->synthetic)
            provenance_check(reader, node, dataset->sampling.given ? &no_sampling : &dossier->sampling,
                             dataset->annotation.given ? &no_annotation : &dossier->annotation, &facts);
    }
}

static void check_audit(YamlReader *reader, const YamlNode *node, void *target)
{
    const AuditText *text = target;
    AuditLoading *loading = reader->user;
    probes_check_clips(reader, yaml_node_get(node, "probes"), &text->probes, loading->audit->scenarios);
    check_provenance(reader, node, &text->dossier, loading->audit->datasets);
    if (loading->audit->catalogue == NULL && loading->catalogue_override == NULL &&
        yaml_node_get(node, "catalogue") == NULL)
        loading->audit->catalogue = catalogue_builtin();
    if (loading->audit->catalogue != NULL) /* else its faults have been reported */
        dossier_check_public(reader, node, (const char *const *)loading->audit->catalogue->keys);
}

static const YamlField audit_fields[] = {
    ID_FIELD("id", AuditText, id, .required = true, .help = "short name"),
    PAIR_FIELD("title", AuditText, title, .required = true, .help = "of the report"),
    PAIR_FIELD("summary", AuditText, summary, .help = "the question, in a few sentences"),
    CUSTOM_FIELD("catalogue", AuditText, unused, read_catalogue, .shape = "path",
                 .help =
                     "catalogue of obligations in place of the built-in one (reports/catalogue/france.yaml)"),
    MAP_FIELD("trial", AuditText, trial, &trial_table,
              .help = "when, where, for what and by whom the system was used: which law bound it"),
    MAP_FIELD("identity", AuditText, dossier.identity, &identity_table,
              .help = "who asked, who paid, who ran it, where and when"),
    MAP_FIELD("system", AuditText, dossier.system, &audited_system_table,
              .help = "what was audited, and how it was adjusted"),
    CUSTOM_FIELD("public_information", AuditText, dossier.public_information, dossier_read_public,
                 .table = &statement_table,
                 .shape = "{item: text, or a statement}; items: those of the catalogue",
                 .help = "what the public was told; what is missing is printed as not filled in"),
    MAP_FIELD("sampling", AuditText, dossier.sampling, &sampling_table,
              .help = "how the footage was chosen, of data sets that do not say it themselves"),
    MAP_FIELD("annotation", AuditText, dossier.annotation, &annotation_table,
              .help = "how what truly happened was marked, likewise"),
    MAP_FIELD("conflict_of_interest", AuditText, dossier.interests, &interests_table,
              .help = "who ran and who paid for the test, by their part in it"),
    LIST_FIELD("opinions", AuditText, dossier.opinions, &opinion_table, .max = 100,
               .help = "what users think of the system; printed apart from what was measured"),
    LIST_FIELD("replies", AuditText, dossier.replies, &reply_table, .max = 100,
               .help = "of the vendor and of the operator, unedited"),
    CUSTOM_FIELD("scenarios", AuditText, unused, read_scenarios, .shape = "[path, …]", .required = true,
                 .help = "the scenarios’ files, from this file’s folder"),
    CUSTOM_FIELD("probes", AuditText, probes, probes_read, .table = &probes_settings_table,
                 .shape = "all, [probe, …], or settings",
                 .help = "what each system that runs, and the reference, is put through besides"),
    YAML_FIELD_END};
static void clear_text(void *target)
{
    probes_clear(&((AuditText *)target)->probes);
}

const YamlTable audit_table = {YAML_TABLE("audit", audit_fields, AuditText), .schema = "vsaudit/audit/1",
                               .check = check_audit, .clear = clear_text};

static bool is_audit(const YamlTree *tree)
{
    const YamlNode *schema = yaml_node_get(tree->root, "schema");
    return schema != NULL && schema->kind == YAML_NODE_TEXT && strcmp(schema->text, audit_table.schema) == 0;
}

static void add_audit(AuditLoading *loading, const YamlTree *tree)
{
    Audit *audit = loading->audit;
    AuditText text;
    yaml_load_tree(tree, &audit_table, &text, loading, loading->problems);
    audit->id = g_steal_pointer(&text.id);
    audit->file = g_strdup(tree->file);
    audit->sha256 = g_strdup(tree->sha256);
    audit->title = text.title;
    audit->summary = text.summary;
    text.title = text.summary = (TextPair){NULL, NULL};
    audit->trial = text.trial;
    text.trial = (TrialSpec){.from = NULL};
    audit->dossier = text.dossier;
    audit->probes = text.probes;
    text.probes = (ProbesSpec){.clips = NULL};
    text.dossier = (Dossier){.opinions = g_ptr_array_new(), .replies = g_ptr_array_new()};
    yaml_clear(&audit_table, &text);
}

/* Scenario files named on the command line make an audit of their own. */
static void name_after_scenarios(Audit *audit)
{
    if (audit->scenarios->len == 0)
        return;
    const Scenario *first = g_ptr_array_index(audit->scenarios, 0);
    audit->id = g_strdup(first->id);
    if (audit->scenarios->len == 1) {
        audit->title = (TextPair){g_strdup(first->title.en), g_strdup(first->title.fr)};
    } else {
        audit->title =
            text_pair_say(phrase_integer(phrase_new("audit.of_scenarios"), "n", audit->scenarios->len));
    }
}

static void load_path(AuditLoading *loading, const char *path, size_t count)
{
    g_autoptr(YamlTree) tree = yaml_tree_load(path, loading->problems);
    if (tree == NULL)
        return;
    if (!is_audit(tree))
        add_scenario(loading, tree);
    else if (count == 1)
        add_audit(loading, tree);
    else
        problems_add(loading->problems, path, 0, 0, NULL,
                     "found an audit beside other files, expected one audit alone or scenario files");
}

Audit *audit_read_with(const char *const *paths, size_t count, const AuditOverrides *overrides,
                       Problems *problems)
{
    const guint before = problems_count(problems);
    g_autoptr(Audit) audit = g_new0(Audit, 1);
    audit->scenarios = g_ptr_array_new();
    audit->datasets = g_ptr_array_new_with_free_func((GDestroyNotify)dataset_free);
    AuditLoading loading = {.audit = audit,
                            .dataset_override = overrides->dataset,
                            .catalogue_override = overrides->catalogue,
                            .datasets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                            .problems = problems};
    if (overrides->catalogue != NULL)
        audit->catalogue = catalogue_read(overrides->catalogue, problems);
    for (size_t i = 0; i < count; i++)
        load_path(&loading, paths[i], count);
    g_hash_table_unref(loading.datasets);
    if (audit->id == NULL)
        name_after_scenarios(audit);
    if (problems_count(problems) == before)
        system_files_check(audit, problems);
    if (problems_count(problems) > before)
        return NULL;
    if (audit->catalogue == NULL)
        audit->catalogue = catalogue_builtin();
    return g_steal_pointer(&audit);
}

Audit *audit_read(const char *const *paths, size_t count, const char *dataset_override, Problems *problems)
{
    const AuditOverrides overrides = {.dataset = dataset_override};
    return audit_read_with(paths, count, &overrides, problems);
}

Audit *audit_load_with(const char *const *paths, size_t count, const AuditOverrides *overrides,
                       GError **error)
{
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Audit) audit = audit_read_with(paths, count, overrides, problems);
    return problems_to_error(problems, error) ? g_steal_pointer(&audit) : NULL;
}

Audit *audit_load(const char *const *paths, size_t count, const char *dataset_override, GError **error)
{
    const AuditOverrides overrides = {.dataset = dataset_override};
    return audit_load_with(paths, count, &overrides, error);
}

Clip *audit_find_clip(const Audit *audit, const char *dataset, const char *clip)
{
    const Dataset *found = dataset != NULL ? FIND_BY(audit->datasets, Dataset, id, dataset) : NULL;
    return found != NULL ? dataset_find_clip(found, clip) : NULL;
}

static void clear_audit(Audit *audit)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        yaml_clear(&scenario_table, scenario);
        g_free(scenario);
    }
    g_ptr_array_unref(audit->scenarios);
    g_ptr_array_unref(audit->datasets);
    FREE_EACH(audit->id, audit->file, audit->sha256);
    FREE_EACH(audit->title.en, audit->title.fr, audit->summary.en, audit->summary.fr);
    yaml_clear(&trial_table, &audit->trial);
    dossier_clear(&audit->dossier);
    probes_clear(&audit->probes);
    catalogue_free(audit->catalogue);
}

DEFINE_FREE(audit_free, Audit, audit, clear_audit(audit))
