/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/catalogue.h"

#include "config/bearing.h"
#include "config/names.h"
#include "config/partial_date.h"
#include "records/free.h"

#include <string.h>

static const char *const marks[] = {"read", "read_in_part", "secondary", "unverified", NULL};
static const char *const bindings[] = {"law",      "decision", "opinion", "recommendation",
                                       "standard", "draft",    NULL};
const char *const catalogue_sections[] = {"summary",  "identity", "system",   "claims",    "scenarios",
                                          "data",     "truth",    "protocol", "results",   "strata",
                                          "evidence", "human",    "verdicts", "incidents", "public",
                                          "opinions", "replies",  "annexes",  NULL};
/* What vsaudit/catalogue/1 does not have. */
static const char *const since_2[] = {"applies_to",  "asked_by",      "behaviours",  "binding", "fields",
                                      "figure",      "in_force_from", "in_force_to", "read_at", "read_in",
                                      "territories", "territory",     NULL};

/* What the tables check and the report prints is kept as JSON; these structs only hold it while it is
 * checked. */
typedef struct {
    TextPair title, question, gap, text, note, figure;
    char *key, *article, *source, *date, *read_at, *read_in, *in_force_from, *in_force_to, *territory;
    int mark, binding;
    GPtrArray *applies_to, *asked_by, *sections, *fields, *entries;
} Entry;
typedef struct {
    int64_t number;
    TextPair title;
    GPtrArray *behaviours;
} Event;
typedef struct {
    char *id;
    GPtrArray *countries;
} Territory;
typedef struct {
    char *id, *country, *state_of_law;
    TextPair title, note;
    Entry legal_list;
    GPtrArray *items, *obligations, *steps, *correspondences, *territories;
} Whole;

static bool is_first_schema(const YamlReader *reader)
{
    const YamlNode *schema = yaml_node_get(reader->tree->root, "schema");
    return schema != NULL && g_strcmp0(schema->text, catalogue_1_table.schema) == 0;
}

/* Whoever says that a text was read says where and when; which force it has is never left to be guessed. */
static void check_provenance(YamlReader *reader, const YamlNode *node, bool binds)
{
    const YamlNode *mark = yaml_node_get(node, "mark");
    const bool open = mark == NULL || g_strcmp0(mark->text, "unverified") == 0;
    if (!open && (yaml_node_get(node, "source") == NULL || yaml_node_get(node, "read_at") == NULL))
        yaml_problem(reader, mark,
                     "found “%s” without “source” or without “read_at”, expected both: where it stands, and "
                     "on which day it was read",
                     mark->text);
    if (binds && yaml_node_get(node, "binding") == NULL)
        yaml_problem(reader, node,
                     "found no “binding”, expected whether it is a law, a decision, an opinion, a "
                     "recommendation, a standard or a draft");
}

static void check_where(YamlReader *reader, const YamlNode *node, bool binds)
{
    static const char *const days[] = {"date", "read_at", "in_force_from", "in_force_to"};
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++)
        partial_date_check_day(reader, node, days[i]);
    const YamlNode *from = yaml_node_get(node, "in_force_from"), *to = yaml_node_get(node, "in_force_to");
    if (from != NULL && to != NULL && g_strcmp0(to->text, from->text) < 0)
        yaml_expected(reader, to, "a day not before “in_force_from” (%s)", from->text);
    law_check_words(reader, yaml_node_get(node, "applies_to"), law_uses, law_bodies);
    if (!is_first_schema(reader))
        check_provenance(reader, node, binds);
}

static void check_text(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    check_where(reader, node, true);
}

/* An item is a question; the texts that ask it have obligations of their own. */
static void check_item(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    check_where(reader, node, yaml_node_get(node, "article") != NULL);
}

/* What happened has a day. */
static void check_step(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    check_where(reader, node, true);
    if (yaml_node_get(node, "date") == NULL)
        yaml_problem(reader, node, "found no “date”, expected the day on which it happened");
}

/* The one built in is not held to the behaviours of a program that has others (tests). */
static void check_event(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    const YamlNode *list = reader->user != NULL ? yaml_node_get(node, "behaviours") : NULL;
    for (guint i = 0; list != NULL && list->kind == YAML_NODE_LIST && i < list->children->len; i++) {
        const YamlNode *id = g_ptr_array_index(list->children, i);
        if (id->kind == YAML_NODE_TEXT)
            names_check_behaviour(reader, id, id->text);
    }
}

static void check_requirement(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    law_check_words(reader, yaml_node_get(node, "sections"), catalogue_sections, NULL);
}

/* clang-format off */
#define MARK_FIELD(Owner) \
    CHOICE_FIELD("mark", Owner, mark, marks, .initial = "unverified", \
                 .help = "read in the source named, read in part, known from a secondary source, or to be checked")
#define WHERE(Owner) \
    TEXT_FIELD("article", Owner, article, .help = "of the text"), \
    TEXT_FIELD("source", Owner, source, .help = "its address"), \
    TEXT_FIELD("date", Owner, date, .help = "of the text, as 2023-02-01 (in vsaudit/catalogue/1: of the version that was read)"), \
    MARK_FIELD(Owner), \
    TEXT_FIELD("read_at", Owner, read_at, .help = "day on which it was read, as 2023-02-01"), \
    TEXT_FIELD("read_in", Owner, read_in, .help = "where it was read, when that was not at the source"), \
    CHOICE_FIELD("binding", Owner, binding, bindings, .help = "which force it has; all but an item without an article must say it"), \
    TEXT_FIELD("in_force_from", Owner, in_force_from, .help = "first day on which it bound; left out: not known"), \
    TEXT_FIELD("in_force_to", Owner, in_force_to, .help = "last day on which it bound; left out: it had not ended"), \
    TEXTS_FIELD("applies_to", Owner, applies_to, .max = 8, \
                .help = "uses (real_time, deferred, statistics) and bodies (state, municipality, transport, shop, vendor) that it binds; all uses, or all bodies, where none is named"), \
    ID_FIELD("territory", Owner, territory, .help = "where it binds: one of “territories”; default: the catalogue’s country")
/* clang-format on */

static const YamlField item_fields[] = {
    ID_FIELD("key", Entry, key, .required = true, .help = "the audit’s key"),
    PAIR_FIELD("title", Entry, title, .required = true, .help = "of the row"),
    PAIR_FIELD("question", Entry, question, .help = "what is asked"),
    PAIR_FIELD("gap", Entry, gap,
               .help = "what is said of an answer that was asked for and not communicated"),
    TEXTS_FIELD("asked_by", Entry, asked_by, .max = 10,
                .help = "ids of the obligations that ask for it, for the times when they bind"),
    WHERE(Entry),
    YAML_FIELD_END};
const YamlTable catalogue_item_table = {YAML_TABLE("catalogue item", item_fields, Entry),
                                        .check = check_item};

static const YamlField obligation_fields[] = {
    ID_FIELD("id", Entry, key, .required = true, .help = "short name"),
    PAIR_FIELD("title", Entry, title, .required = true, .help = "what is owed"),
    PAIR_FIELD("note", Entry, note, .help = "what a reader must know of it"), WHERE(Entry), YAML_FIELD_END};
const YamlTable obligation_table = {YAML_TABLE("obligation", obligation_fields, Entry), .check = check_text};

static const YamlField event_fields[] = {
    INT_FIELD("number", Event, number, .required = true, .min = 1, .max = 8, .help = "as scenarios name it"),
    PAIR_FIELD("title", Event, title, .required = true, .help = "the event in the text’s words"),
    TEXTS_FIELD("behaviours", Event, behaviours, .max = 20,
                .help = "those that are this event; “draft” writes the number for them"),
    YAML_FIELD_END};
const YamlTable legal_event_table = {YAML_TABLE("legal event", event_fields, Event), .check = check_event};

static const YamlField legal_list_fields[] = {
    PAIR_FIELD("title", Entry, title, .required = true, .help = "of the list"),
    PAIR_FIELD("note", Entry, note, .help = "under which conditions the list holds"), WHERE(Entry),
    LIST_FIELD("events", Entry, entries, &legal_event_table, .min = 1, .max = 8,
               .help = "that the law allows to be looked for"),
    YAML_FIELD_END};
const YamlTable legal_list_table = {YAML_TABLE("legal list", legal_list_fields, Entry), .check = check_text};

static const YamlField step_fields[] = {
    PAIR_FIELD("text", Entry, text, .required = true, .help = "what happened"), WHERE(Entry), YAML_FIELD_END};
const YamlTable legal_step_table = {YAML_TABLE("step of the law", step_fields, Entry), .check = check_step};

static const YamlField requirement_fields[] = {
    PAIR_FIELD("asks", Entry, text, .required = true, .help = "what the text asks"),
    TEXT_FIELD("article", Entry, article, .help = "of the text, or its point"),
    TEXTS_FIELD("sections", Entry, sections, .required = true, .max = 18,
                .help =
                    "of the report where an answer may be found; an empty list says that it is not covered"),
    PAIR_FIELD("figure", Entry, figure, .help = "our figure that answers to it"),
    TEXTS_FIELD("fields", Entry, fields, .max = 10,
                .help = "where it stands in results.json, as scenarios[].evaluations[].rates.p_miss"),
    PAIR_FIELD("note", Entry, note, .help = "what the report does not answer"),
    YAML_FIELD_END};
const YamlTable requirement_table = {YAML_TABLE("requirement", requirement_fields, Entry),
                                     .check = check_requirement};

static const YamlField correspondence_fields[] = {
    ID_FIELD("id", Entry, key, .required = true, .help = "short name"),
    PAIR_FIELD("title", Entry, title, .required = true, .help = "of the text"),
    PAIR_FIELD("note", Entry, note, .help = "what was not read"),
    WHERE(Entry),
    LIST_FIELD("requirements", Entry, entries, &requirement_table, .min = 1, .max = 60,
               .help = "of the text, one a row"),
    YAML_FIELD_END};
const YamlTable correspondence_table = {YAML_TABLE("correspondence", correspondence_fields, Entry),
                                        .check = check_text};

static const YamlField territory_fields[] = {
    ID_FIELD("id", Territory, id, .required = true, .help = "as EU; the catalogue’s country, to add to it"),
    TEXTS_FIELD("countries", Territory, countries, .required = true, .min = 1, .max = 60,
                .help = "that are in it, as FR (ISO 3166-1)"),
    YAML_FIELD_END};
const YamlTable territory_table = {YAML_TABLE("territory", territory_fields, Territory)};

/* ---- what one entry says of another */

static const YamlNode *child_at(const YamlNode *list, guint i)
{
    return g_ptr_array_index(list->children, i);
}

/* Every entry's key once; returns them all. */
static GHashTable *check_keys(YamlReader *reader, const YamlNode *list, const GPtrArray *entries,
                              const char *what)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < entries->len; i++) {
        const Entry *entry = g_ptr_array_index(entries, i);
        if (entry->key != NULL && !g_hash_table_add(seen, entry->key))
            yaml_expected(reader, child_at(list, i), "a key that no other %s has (“%s” is there already)",
                          what, entry->key);
    }
    return seen;
}

static void check_asked_by(YamlReader *reader, const YamlNode *items, GHashTable *obligations)
{
    for (guint i = 0; items != NULL && items->kind == YAML_NODE_LIST && i < items->children->len; i++) {
        const YamlNode *list = yaml_node_get(child_at(items, i), "asked_by");
        for (guint j = 0; list != NULL && list->kind == YAML_NODE_LIST && j < list->children->len; j++) {
            const YamlNode *id = child_at(list, j);
            if (id->kind == YAML_NODE_TEXT && !g_hash_table_contains(obligations, id->text))
                yaml_expected(reader, id, "the id of an obligation of this catalogue");
        }
    }
}

/* Keys at any depth: those of the second schema in a file of the first, and territories that are none. */
static void check_every_key(YamlReader *reader, const YamlNode *node, GHashTable *territories)
{
    for (guint i = 0; node->children != NULL && i < node->children->len; i++) {
        const YamlNode *child = child_at(node, i);
        if (child->key != NULL && is_first_schema(reader) && g_strv_contains(since_2, child->key))
            yaml_problem(reader, child, "found a key of %s, expected one of %s", catalogue_table.schema,
                         catalogue_1_table.schema);
        else if (g_strcmp0(child->key, "territory") == 0 && child->kind == YAML_NODE_TEXT &&
                 !g_hash_table_contains(territories, child->text))
            yaml_expected(reader, child, "the catalogue’s country, or the id of one of “territories”");
        check_every_key(reader, child, territories);
    }
}

static void check_whole(YamlReader *reader, const YamlNode *node, void *target)
{
    const Whole *whole = target;
    partial_date_check_day(reader, node, "state_of_law");
    const YamlNode *items = yaml_node_get(node, "public_information");
    g_autoptr(GHashTable) keys = check_keys(reader, items, whole->items, "item");
    g_autoptr(GHashTable) obligations =
        check_keys(reader, yaml_node_get(node, "obligations"), whole->obligations, "obligation");
    check_asked_by(reader, items, obligations);
    g_autoptr(GHashTable) territories = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < whole->territories->len; i++)
        g_hash_table_add(territories, ((const Territory *)g_ptr_array_index(whole->territories, i))->id);
    if (whole->country != NULL)
        g_hash_table_add(territories, whole->country);
    check_every_key(reader, node, territories);
}

static const YamlField whole_fields[] = {
    ID_FIELD("id", Whole, id, .required = true, .help = "short name"),
    ID_FIELD("country", Whole, country, .required = true, .help = "as FR"),
    PAIR_FIELD("title", Whole, title, .required = true, .help = "of the catalogue"),
    TEXT_FIELD("state_of_law", Whole, state_of_law, .required = true,
               .help = "the day up to which the law was followed; the report prints it"),
    PAIR_FIELD("note", Whole, note, .help = "what a reader must know of it"),
    LIST_FIELD("territories", Whole, territories, &territory_table, .max = 20,
               .help = "larger than the country: where its texts bind"),
    MAP_FIELD(
        "legal_list", Whole, legal_list, &legal_list_table,
        .help =
            "events that the law allows to be looked for; scenarios name them by number (decree_2023_828)"),
    LIST_FIELD("public_information", Whole, items, &catalogue_item_table, .required = true, .min = 1,
               .max = 100, .help = "what the public must be told, one item a row"),
    LIST_FIELD("obligations", Whole, obligations, &obligation_table, .max = 100,
               .help = "texts that the report recalls, each for the time and place that it binds"),
    LIST_FIELD("legal_status", Whole, steps, &legal_step_table, .max = 100,
               .help = "what has happened to the law, with dates"),
    LIST_FIELD("correspondences", Whole, correspondences, &correspondence_table, .max = 20,
               .help = "texts whose requirements the report can be read against"),
    YAML_FIELD_END};
const YamlTable catalogue_table = {YAML_TABLE("catalogue", whole_fields, Whole),
                                   .schema = "vsaudit/catalogue/2", .check = check_whole};
/* Published before; files of it are read as they always were. */
const YamlTable catalogue_1_table = {YAML_TABLE("catalogue", whole_fields, Whole),
                                     .schema = "vsaudit/catalogue/1", .check = check_whole};

/* ---- reading */

static json_t *node_to_json(const YamlNode *node)
{
    if (node->kind == YAML_NODE_TEXT)
        return json_string(node->text);
    json_t *json = node->kind == YAML_NODE_LIST ? json_array() : json_object();
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (node->kind == YAML_NODE_LIST)
            json_array_append_new(json, node_to_json(child));
        else
            json_object_set_new(json, child->key, node_to_json(child));
    }
    return json;
}

/* `path`: of the file; NULL for the one built in. */
static Catalogue *load(const YamlTree *tree, const char *path, Problems *problems)
{
    Whole whole;
    Catalogue *catalogue = NULL;
    const YamlNode *schema = yaml_node_get(tree->root, "schema");
    const bool first = schema != NULL && g_strcmp0(schema->text, catalogue_1_table.schema) == 0;
    const YamlTable *table = first ? &catalogue_1_table : &catalogue_table;
    if (yaml_load_tree(tree, table, &whole, (void *)path, problems)) {
        g_autoptr(GPtrArray) keys = g_ptr_array_new();
        for (guint i = 0; i < whole.items->len; i++)
            g_ptr_array_add(keys, g_strdup(((const Entry *)g_ptr_array_index(whole.items, i))->key));
        g_ptr_array_add(keys, NULL);
        catalogue = g_new0(Catalogue, 1);
        catalogue->id = g_strdup(whole.id);
        catalogue->json = node_to_json(tree->root);
        catalogue->keys = (char **)g_ptr_array_free(g_steal_pointer(&keys), FALSE);
    }
    yaml_clear(table, &whole);
    return catalogue;
}

Catalogue *catalogue_read(const char *path, Problems *problems)
{
    g_autoptr(YamlTree) tree = yaml_tree_load(path, problems);
    Catalogue *catalogue = tree != NULL ? load(tree, path, problems) : NULL;
    if (catalogue != NULL) {
        catalogue->path = g_strdup(path);
        catalogue->sha256 = g_strdup(tree->sha256);
    }
    return catalogue;
}

Catalogue *catalogue_builtin(void)
{
    g_autoptr(Problems) problems = problems_new();
    const char *text = catalogue_builtin_text();
    g_autoptr(YamlTree) tree =
        yaml_tree_parse(text, strlen(text), "reports/catalogue/france.yaml", ".", problems);
    Catalogue *catalogue = tree != NULL ? load(tree, NULL, problems) : NULL;
    g_assert(catalogue != NULL &&
             "the built-in catalogue has a fault; vsaudit check reports/catalogue/france.yaml");
    return catalogue;
}

DEFINE_FREE(catalogue_free, Catalogue, catalogue, g_free(catalogue->id), g_free(catalogue->path),
            g_free(catalogue->sha256), g_strfreev(catalogue->keys), json_decref(catalogue->json))
