/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yaml/yaml_table.h"

#include "records/span.h"
#include "yaml/yaml_field.h"

#include <string.h>

static void *member_of(const YamlField *field, void *target)
{
    return (char *)target + field->offset;
}

/* ---- defaults and freeing */

static void set_initial(const YamlField *field, void *member)
{
    bool good = true;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_ID:
        *(char **)member = g_strdup(field->initial);
        break;
    case FIELD_BOOL:
        *(bool *)member = strcmp(field->initial, "true") == 0;
        good = *(bool *)member || strcmp(field->initial, "false") == 0;
        break;
    case FIELD_INT: {
        gint64 value = 0;
        good = g_ascii_string_to_signed(field->initial, 10, G_MININT64, G_MAXINT64, &value, NULL);
        *(int64_t *)member = value;
        break;
    }
    case FIELD_NUMBER:
        *(double *)member = g_ascii_strtod(field->initial, NULL);
        break;
    case FIELD_SECONDS:
        good = time_parse_seconds(field->initial, member);
        break;
    case FIELD_CHOICE: {
        int index = 0;
        while (field->choices[index] != NULL && strcmp(field->choices[index], field->initial) != 0)
            index++;
        good = field->choices[index] != NULL;
        *(int *)member = index;
        break;
    }
    default:
        good = false;
        break;
    }
    g_assert(good); /* the table is wrong */
}

static void prepare_fields(const YamlTable *table, void *target)
{
    memset(target, 0, table->size);
    for (const YamlField *field = table->fields; field->key != NULL; field++) {
        void *member = member_of(field, target);
        if (field->initial != NULL)
            set_initial(field, member);
        else if (field->type == FIELD_TEXTS)
            *(GPtrArray **)member = g_ptr_array_new_with_free_func(g_free);
        else if (field->type == FIELD_LIST)
            *(GPtrArray **)member = g_ptr_array_new();
        else if (field->type == FIELD_NUMBERS)
            *(GArray **)member = g_array_new(FALSE, FALSE, sizeof(double));
        else if (field->type == FIELD_POINTS)
            *(GArray **)member = g_array_new(FALSE, FALSE, sizeof(Point));
        else if (field->type == FIELD_PARAMS)
            *(ParamList **)member = param_list_new();
        else if (field->type == FIELD_MAP)
            prepare_fields(field->table, member);
    }
    if (table->prepare != NULL)
        table->prepare(target);
}

static void clear_records(const YamlTable *table, GPtrArray *records)
{
    for (guint i = 0; i < records->len; i++) {
        void *record = g_ptr_array_index(records, i);
        yaml_clear(table, record);
        g_free(record);
    }
    g_ptr_array_unref(records);
}

static void clear_field(const YamlField *field, void *member)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_ID:
    case FIELD_SHA256:
        g_free(*(char **)member);
        break;
    case FIELD_PAIR:
        g_free(((TextPair *)member)->en);
        g_free(((TextPair *)member)->fr);
        break;
    case FIELD_TEXTS:
        if (*(GPtrArray **)member != NULL)
            g_ptr_array_unref(*(GPtrArray **)member);
        break;
    case FIELD_NUMBERS:
    case FIELD_POINTS:
        if (*(GArray **)member != NULL)
            g_array_unref(*(GArray **)member);
        break;
    case FIELD_MAP:
        yaml_clear(field->table, member);
        break;
    case FIELD_LIST:
        if (*(GPtrArray **)member != NULL)
            clear_records(field->table, *(GPtrArray **)member);
        break;
    case FIELD_PARAMS:
        param_list_free(*(ParamList **)member);
        break;
    case FIELD_BOOL:
    case FIELD_INT:
    case FIELD_NUMBER:
    case FIELD_SECONDS:
    case FIELD_CHOICE:
    case FIELD_POINT:
    case FIELD_CUSTOM:
        break;
    }
}

static void clear_more(const YamlTable *table, void *target)
{
    void **more = table->more != NULL ? (void **)(void *)((char *)target + table->more_at) : NULL;
    if (more == NULL || *more == NULL)
        return;
    yaml_clear(table->more(target), *more);
    g_clear_pointer(more, g_free);
}

void yaml_clear(const YamlTable *table, void *target)
{
    clear_more(table, target);
    if (table->clear != NULL)
        table->clear(target);
    for (const YamlField *field = table->fields; field->key != NULL; field++)
        clear_field(field, member_of(field, target));
    memset(target, 0, table->size);
}

/* ---- mappings */

static const YamlField *find_field(const YamlTable *table, const char *key)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++) {
        if (strcmp(field->key, key) == 0)
            return field;
    }
    return NULL;
}

/* A key of another table that could have been chosen. */
static bool report_stray(YamlReader *reader, const YamlNode *child, const YamlTable *table)
{
    g_autoptr(GPtrArray) takers = g_ptr_array_new();
    for (size_t i = 0; table->mores != NULL && table->mores[i] != NULL; i++) {
        if (find_field(table->mores[i], child->key) != NULL)
            g_ptr_array_add(takers, (gpointer)table->mores[i]->name);
    }
    if (takers->len == 0)
        return false;
    g_ptr_array_add(takers, NULL);
    g_autofree char *names = g_strjoinv(" or ", (char **)takers->pdata);
    g_autofree char *path = yaml_node_path(child);
    problems_add(reader->problems, reader->tree->file, child->key_line, child->key_column, path,
                 "found a key of a %s, expected it nowhere else", names);
    return true;
}

static void append_keys(GPtrArray *keys, const YamlTable *table)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++)
        g_ptr_array_add(keys, (gpointer)field->key);
}

static void report_unknown_field(YamlReader *reader, const YamlNode *child, const YamlTable *table,
                                 const YamlTable *more)
{
    if (report_stray(reader, child, table))
        return;
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    if (table->schema != NULL)
        g_ptr_array_add(keys, (gpointer) "schema");
    append_keys(keys, table);
    if (more != NULL)
        append_keys(keys, more);
    g_ptr_array_add(keys, NULL);
    yaml_unknown(reader, child, (const char *const *)keys->pdata);
}

static void report_missing(YamlReader *reader, const YamlNode *node, const YamlField *field)
{
    g_autofree char *outer = yaml_node_path(node);
    g_autofree char *path = g_strdup_printf("%s%s%s", outer, *outer != '\0' ? "." : "", field->key);
    problems_add(reader->problems, reader->tree->file, node->line, node->column, path,
                 "found no such key, expected it here%s%s", field->help != NULL ? ": " : "",
                 field->help != NULL ? field->help : "");
}

static void require(YamlReader *reader, const YamlNode *node, const YamlTable *table)
{
    for (const YamlField *field = table->fields; field->key != NULL; field++) {
        if (field->required && yaml_node_get(node, field->key) == NULL)
            report_missing(reader, node, field);
    }
}

/* The keys that the table does not have, by the one that it chooses now. */
static void read_more(YamlReader *reader, const YamlNode *node, const YamlTable *table, void *target)
{
    const YamlTable *more = table->more != NULL ? table->more(target) : NULL;
    void *chosen = more != NULL ? g_malloc0(MAX(more->size, 1)) : NULL;
    if (more != NULL) {
        *(void **)(void *)((char *)target + table->more_at) = chosen;
        prepare_fields(more, chosen);
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        if (child->duplicate || find_field(table, child->key) != NULL)
            continue;
        const YamlField *field = more != NULL ? find_field(more, child->key) : NULL;
        if (field != NULL)
            yaml_read_field(reader, child, field, member_of(field, chosen));
        else if (table->schema == NULL || strcmp(child->key, "schema") != 0)
            report_unknown_field(reader, child, table, more);
    }
    if (more == NULL)
        return;
    require(reader, node, more);
    if (more->check != NULL)
        more->check(reader, node, chosen);
}

bool yaml_read_map(YamlReader *reader, const YamlNode *node, const YamlTable *table, void *target)
{
    prepare_fields(table, target);
    const guint before = problems_count(reader->problems);
    if (node->kind != YAML_NODE_MAP) {
        yaml_expected(reader, node, "a mapping (a %s, lines of “key: value”)", table->name);
        return false;
    }
    for (guint i = 0; i < node->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(node->children, i);
        const YamlField *field = find_field(table, child->key);
        if (field != NULL && !child->duplicate) /* which is reported by the tree */
            yaml_read_field(reader, child, field, member_of(field, target));
    }
    read_more(reader, node, table, target);
    require(reader, node, table);
    if (table->check != NULL)
        table->check(reader, node, target);
    return problems_count(reader->problems) == before;
}

/* A wrong schema makes every other complaint moot. */
static bool check_schema(YamlReader *reader, const YamlTable *table)
{
    const YamlNode *root = reader->tree->root;
    const YamlNode *schema = yaml_node_get(root, "schema");
    if (schema == NULL) {
        problems_add(reader->problems, reader->tree->file, root->line, root->column, "schema",
                     "found no such key, expected “schema: %s”", table->schema);
        return false;
    }
    if (schema->kind == YAML_NODE_TEXT && strcmp(schema->text, table->schema) == 0)
        return true;
    yaml_expected(reader, schema, "“%s”", table->schema);
    return false;
}

bool yaml_load_tree(const YamlTree *tree, const YamlTable *table, void *target, void *user,
                    Problems *problems)
{
    YamlReader reader = {.tree = tree, .problems = problems, .user = user};
    if (table->schema != NULL && !check_schema(&reader, table)) {
        prepare_fields(table, target);
        return false;
    }
    return yaml_read_map(&reader, tree->root, table, target);
}

bool yaml_load(const char *path, const YamlTable *table, void *target, void *user, Problems *problems,
               char **sha256)
{
    const guint before = problems_count(problems);
    g_autoptr(YamlTree) tree = yaml_tree_load(path, problems);
    if (tree == NULL) {
        prepare_fields(table, target);
        return false;
    }
    if (sha256 != NULL)
        *sha256 = g_strdup(tree->sha256);
    yaml_load_tree(tree, table, target, user, problems);
    return problems_count(problems) == before;
}
