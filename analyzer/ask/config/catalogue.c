/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/catalogue.h"

#include "behaviours/behaviour.h"
#include "records/free.h"

#include <string.h>

static const char *const marks[] = {"read", "secondary", "unverified", NULL};
const char *const catalogue_sections[] = {"summary",  "identity", "system",   "claims",    "scenarios",
                                          "data",     "truth",    "protocol", "results",   "strata",
                                          "evidence", "human",    "verdicts", "incidents", "public",
                                          "opinions", "replies",  "annexes",  NULL};

/* What the tables check and the report prints is kept as JSON; these structs only hold it while it is
 * checked. */
typedef struct {
    TextPair title, question, gap, text, note, source_words;
    char *key, *article, *source, *date;
    int mark;
    GPtrArray *sections;
} Entry;
typedef struct {
    int64_t number;
    TextPair title;
    GPtrArray *behaviours;
} LegalEvent;
typedef struct {
    TextPair title, outside;
    char *article, *source, *date;
    int mark;
    GPtrArray *events;
} LegalList;
typedef struct {
    TextPair title, note;
    char *id, *article, *source, *date;
    int mark;
    GPtrArray *requirements;
} Correspondence;
typedef struct {
    char *id, *country, *state_of_law;
    TextPair title, note;
    LegalList legal_list;
    GPtrArray *items, *obligations, *steps, *correspondences;
} Whole;

static void check_day(YamlReader *reader, const YamlNode *node, const char *key)
{
    const YamlNode *date = yaml_node_get(node, key);
    if (date == NULL || date->kind != YAML_NODE_TEXT)
        return;
    g_autoptr(GDateTime) day = NULL;
    g_autofree char *time = g_strconcat(date->text, "T00:00:00Z", NULL);
    day = strlen(date->text) == 10 ? g_date_time_new_from_iso8601(time, NULL) : NULL;
    if (day == NULL)
        yaml_expected(reader, date, "a date as 2023-02-01");
}

static void check_entry(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    check_day(reader, node, "date");
}

static void check_event(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    const YamlNode *list = yaml_node_get(node, "behaviours");
    for (guint i = 0; list != NULL && list->kind == YAML_NODE_LIST && i < list->children->len; i++) {
        const YamlNode *name = g_ptr_array_index(list->children, i);
        if (name->kind == YAML_NODE_TEXT && behaviour_find(name->text) == NULL)
            yaml_expected(reader, name, "a behaviour; “vsaudit list behaviours” names them");
    }
}

static void check_requirement(YamlReader *reader, const YamlNode *node, void *target)
{
    (void)target;
    const YamlNode *list = yaml_node_get(node, "sections");
    for (guint i = 0; list != NULL && list->kind == YAML_NODE_LIST && i < list->children->len; i++) {
        const YamlNode *section = g_ptr_array_index(list->children, i);
        g_autofree char *all = g_strjoinv(", ", (char **)(void *)catalogue_sections);
        if (section->kind == YAML_NODE_TEXT && !g_strv_contains(catalogue_sections, section->text))
            yaml_expected(reader, section, "a section of the report: %s", all);
    }
}

/* clang-format off */
#define WHERE(Owner) \
    TEXT_FIELD("article", Owner, article, .help = "of the text"), \
    TEXT_FIELD("source", Owner, source, .help = "address at which it was read"), \
    TEXT_FIELD("date", Owner, date, .help = "of the text as read, as 2023-02-01"), \
    CHOICE_FIELD("mark", Owner, mark, marks, .initial = "unverified", \
                 .help = "read in the source named, known from a secondary source, or to be checked")
/* clang-format on */

static const YamlField item_fields[] = {
    ID_FIELD("key", Entry, key, .required = true, .help = "the audit’s key"),
    PAIR_FIELD("title", Entry, title, .required = true, .help = "of the row"),
    PAIR_FIELD("question", Entry, question, .help = "what is asked"),
    PAIR_FIELD("gap", Entry, gap, .help = "what is said of an answer that was asked for and not communicated"),
    WHERE(Entry),
    YAML_FIELD_END};
const YamlTable catalogue_item_table = {YAML_TABLE("catalogue item", item_fields, Entry),
                                        .check = check_entry};

static const YamlField obligation_fields[] = {
    ID_FIELD("id", Entry, key, .required = true, .help = "short name"),
    PAIR_FIELD("title", Entry, title, .required = true, .help = "what is owed"), WHERE(Entry),
    YAML_FIELD_END};
const YamlTable obligation_table = {YAML_TABLE("obligation", obligation_fields, Entry), .check = check_entry};

static const YamlField event_fields[] = {
    INT_FIELD("number", LegalEvent, number, .required = true, .min = 1, .max = 8, .help = "as scenarios name it"),
    PAIR_FIELD("title", LegalEvent, title, .required = true, .help = "the event in the text’s words"),
    TEXTS_FIELD("behaviours", LegalEvent, behaviours, .max = 18,
                .help = "rules that look for such an event, whatever a scenario says of the law"),
    YAML_FIELD_END};
const YamlTable legal_event_table = {YAML_TABLE("legal event", event_fields, LegalEvent), .check = check_event};

static const YamlField legal_list_fields[] = {
    PAIR_FIELD("title", LegalList, title, .required = true, .help = "of the list"), WHERE(LegalList),
    LIST_FIELD("events", LegalList, events, &legal_event_table, .min = 1, .max = 8,
               .help = "that the law allows to be looked for"),
    YAML_FIELD_END};
const YamlTable legal_list_table = {YAML_TABLE("legal list", legal_list_fields, LegalList),
                                    .check = check_entry};

static const YamlField step_fields[] = {
    TEXT_FIELD("date", Entry, date, .required = true, .help = "as 2023-02-01"),
    PAIR_FIELD("text", Entry, text, .required = true, .help = "what happened"),
    TEXT_FIELD("source", Entry, source, .help = "where it was read"),
    CHOICE_FIELD("mark", Entry, mark, marks, .initial = "unverified",
                 .help = "read in the source named, known from a secondary source, or to be checked"),
    YAML_FIELD_END};
const YamlTable legal_step_table = {YAML_TABLE("step of the law", step_fields, Entry), .check = check_entry};

static const YamlField requirement_fields[] = {
    PAIR_FIELD("asks", Entry, text, .required = true, .help = "what the text asks"),
    TEXT_FIELD("article", Entry, article, .help = "of the text, or its point"),
    TEXTS_FIELD("sections", Entry, sections, .required = true, .max = 18,
                .help = "of the report where an answer may be found; an empty list says that there is none"),
    PAIR_FIELD("note", Entry, note, .help = "what the report does not answer"), YAML_FIELD_END};
const YamlTable requirement_table = {YAML_TABLE("requirement", requirement_fields, Entry),
                                     .check = check_requirement};

static const YamlField correspondence_fields[] = {
    ID_FIELD("id", Correspondence, id, .required = true, .help = "short name"),
    PAIR_FIELD("title", Correspondence, title, .required = true, .help = "of the text"),
    PAIR_FIELD("note", Correspondence, note, .help = "what was not read"),
    WHERE(Correspondence),
    LIST_FIELD("requirements", Correspondence, requirements, &requirement_table, .min = 1, .max = 60,
               .help = "of the text, one a row"),
    YAML_FIELD_END};
const YamlTable correspondence_table = {YAML_TABLE("correspondence", correspondence_fields, Correspondence),
                                        .check = check_entry};

static void check_whole(YamlReader *reader, const YamlNode *node, void *target)
{
    const Whole *whole = target;
    check_day(reader, node, "state_of_law");
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < whole->items->len; i++) {
        const Entry *item = g_ptr_array_index(whole->items, i);
        if (item->key != NULL && !g_hash_table_add(seen, item->key))
            yaml_expected(reader, g_ptr_array_index(yaml_node_get(node, "public_information")->children, i),
                          "a key that no other item has (“%s” is there already)", item->key);
    }
}

static const YamlField whole_fields[] = {
    ID_FIELD("id", Whole, id, .required = true, .help = "short name"),
    ID_FIELD("country", Whole, country, .required = true, .help = "as FR"),
    PAIR_FIELD("title", Whole, title, .required = true, .help = "of the catalogue"),
    TEXT_FIELD("state_of_law", Whole, state_of_law, .required = true,
               .help = "the day on which the texts were read; the report prints it"),
    PAIR_FIELD("note", Whole, note, .help = "what a reader must know of it"),
    MAP_FIELD(
        "legal_list", Whole, legal_list, &legal_list_table,
        .help =
            "events that the law allows to be looked for; scenarios name them by number (decree_2023_828)"),
    LIST_FIELD("public_information", Whole, items, &catalogue_item_table, .required = true, .min = 1,
               .max = 100, .help = "what the public must be told, one item a row"),
    LIST_FIELD("obligations", Whole, obligations, &obligation_table, .max = 100,
               .help = "other duties that the report recalls"),
    LIST_FIELD("legal_status", Whole, steps, &legal_step_table, .max = 100,
               .help = "what has happened to the law, with dates"),
    LIST_FIELD("correspondences", Whole, correspondences, &correspondence_table, .max = 20,
               .help = "texts whose requirements the report can be read against"),
    YAML_FIELD_END};
const YamlTable catalogue_table = {YAML_TABLE("catalogue", whole_fields, Whole),
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

static Catalogue *load(const YamlTree *tree, Problems *problems)
{
    Whole whole;
    Catalogue *catalogue = NULL;
    if (yaml_load_tree(tree, &catalogue_table, &whole, NULL, problems)) {
        g_autoptr(GPtrArray) keys = g_ptr_array_new();
        for (guint i = 0; i < whole.items->len; i++)
            g_ptr_array_add(keys, g_strdup(((const Entry *)g_ptr_array_index(whole.items, i))->key));
        g_ptr_array_add(keys, NULL);
        catalogue = g_new0(Catalogue, 1);
        catalogue->id = g_strdup(whole.id);
        catalogue->json = node_to_json(tree->root);
        catalogue->keys = (char **)g_ptr_array_free(g_steal_pointer(&keys), FALSE);
    }
    yaml_clear(&catalogue_table, &whole);
    return catalogue;
}

Catalogue *catalogue_read(const char *path, Problems *problems)
{
    g_autoptr(YamlTree) tree = yaml_tree_load(path, problems);
    Catalogue *catalogue = tree != NULL ? load(tree, problems) : NULL;
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
    Catalogue *catalogue = tree != NULL ? load(tree, problems) : NULL;
    g_assert(catalogue != NULL &&
             "the built-in catalogue has a fault; vsaudit check reports/catalogue/france.yaml");
    return catalogue;
}

DEFINE_FREE(catalogue_free, Catalogue, catalogue, g_free(catalogue->id), g_free(catalogue->path),
            g_free(catalogue->sha256), g_strfreev(catalogue->keys), json_decref(catalogue->json))
