/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yaml/yaml_tree.h"

#include "records/free.h"
#include "records/secret.h"

#include <string.h>

#include <yaml.h>

typedef struct {
    YamlTree *tree;
    Problems *problems;
    yaml_parser_t parser;
    yaml_event_t event; /* the current one; deleted before the next */
    guint nodes;
    bool failed; /* nothing more is read */
} Builder;

static void node_free(gpointer data)
{
    YamlNode *node = data;
    if (node == NULL)
        return;
    g_free(node->text);
    g_free(node->key);
    if (node->children != NULL)
        g_ptr_array_unref(node->children);
    g_free(node);
}

DEFINE_FREE(yaml_tree_free, YamlTree, tree, g_free(tree->file), g_free(tree->folder), g_free(tree->sha256),
            node_free(tree->root))

/* ---- bytes that libyaml would describe badly, or not at all */

static void locate(const char *bytes, size_t offset, int *line, int *column)
{
    *line = 1;
    const char *start = bytes;
    for (const char *at = bytes; at < bytes + offset; at++) {
        if (*at == '\n') {
            (*line)++;
            start = at + 1;
        }
    }
    *column = (int)g_utf8_strlen(start, bytes + offset - start) + 1;
}

static bool check_bytes(const char *bytes, size_t length, const char *name, Problems *problems)
{
    if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        problems_add(problems, name, 1, 1, NULL, "found text in UTF-16, expected UTF-8");
        return false;
    }
    const char *bad = NULL;
    if (!g_utf8_validate(bytes, (gssize)length, &bad)) {
        int line = 0, column = 0;
        locate(bytes, (size_t)(bad - bytes), &line, &column);
        problems_add(problems, name, line, column, NULL, "found the byte 0x%02x, expected text in UTF-8",
                     (unsigned)(unsigned char)*bad);
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)bytes[i];
        if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
            int line = 0, column = 0;
            locate(bytes, i, &line, &column);
            problems_add(problems, name, line, column, NULL,
                         "found the control character 0x%02x, expected text", (unsigned)c);
            return false;
        }
    }
    return true;
}

/* ---- events to nodes */

static int line_of(yaml_mark_t mark)
{
    return (int)MIN(mark.line, (size_t)(G_MAXINT - 1)) + 1;
}

static int column_of(yaml_mark_t mark)
{
    return (int)MIN(mark.column, (size_t)(G_MAXINT - 1)) + 1;
}

static void fail_at(Builder *builder, yaml_mark_t mark, const YamlNode *parent, const char *message)
{
    g_autofree char *path = parent != NULL ? yaml_node_path(parent) : NULL;
    problems_add(builder->problems, builder->tree->file, line_of(mark), column_of(mark), path, "%s", message);
    builder->failed = true;
}

/* The first tab in the indentation of a line (0-based): libyaml complains of what follows it, often a line
 * later. Moves the mark there. */
static bool find_tab(const Builder *builder, size_t line, yaml_mark_t *mark)
{
    const char *at = (const char *)builder->parser.input.string.start;
    const char *end = (const char *)builder->parser.input.string.end;
    for (size_t i = 0; i < line && at != NULL; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at != NULL ? at + 1 : NULL;
    }
    size_t column = 0;
    while (at != NULL && at < end && *at == ' ') {
        at++;
        column++;
    }
    if (at == NULL || at >= end || *at != '\t')
        return false;
    mark->line = line;
    mark->column = column;
    return true;
}

/* libyaml's own complaint, said for people where it is a common one. */
static void fail_scanner(Builder *builder)
{
    const yaml_parser_t *parser = &builder->parser;
    yaml_mark_t mark = parser->problem_mark;
    const char *problem = parser->problem != NULL ? parser->problem : "it cannot be read";
    if (parser->problem == NULL)
        mark = parser->mark;
    g_autofree char *message = NULL;
    if ((mark.line > 0 && find_tab(builder, mark.line - 1, &mark)) || find_tab(builder, mark.line, &mark)) {
        message = g_strdup("found a tab, expected spaces for indentation");
    } else if (strstr(problem, "cannot start any token") != NULL) {
        const size_t at = mark.index;
        const char *bytes = (const char *)parser->input.string.start;
        const size_t length = (size_t)(parser->input.string.end - parser->input.string.start);
        const char *c = g_utf8_strlen(bytes, (gssize)length) > (glong)at
                            ? g_utf8_offset_to_pointer(bytes, (glong)at)
                            : "";
        if (*c == '\t')
            message = g_strdup("found a tab, expected spaces for indentation");
        else
            message = g_strdup_printf("found the character “%.*s”, expected a value (put text that begins "
                                      "with a special character in quotes)",
                                      (int)(*c == '\0' ? 0 : g_utf8_next_char(c) - c), c);
    } else if (strstr(problem, "mapping values are not allowed") != NULL) {
        message = g_strdup("found a “:” where no key can stand, expected the text in quotes, or correct "
                           "indentation");
    } else {
        message = g_strdup_printf("found broken YAML (%s%s%s), expected well-formed YAML",
                                  parser->context != NULL ? parser->context : "",
                                  parser->context != NULL ? ": " : "", problem);
    }
    fail_at(builder, mark, NULL, message);
}

static bool next(Builder *builder)
{
    yaml_event_delete(&builder->event);
    if (yaml_parser_parse(&builder->parser, &builder->event) != 0)
        return true;
    memset(&builder->event, 0, sizeof builder->event);
    fail_scanner(builder);
    return false;
}

/* Anchors, aliases and tags have no use here and can hide what a file says. */
static bool refuse_indirection(Builder *builder, const YamlNode *parent)
{
    const yaml_event_t *event = &builder->event;
    const yaml_char_t *anchor = NULL, *tag = NULL;
    switch (event->type) {
    case YAML_ALIAS_EVENT: {
        g_autofree char *message = g_strdup_printf(
            "found the alias “*%s”, expected the value itself (anchors and aliases are not used)",
            (const char *)event->data.alias.anchor);
        fail_at(builder, event->start_mark, parent, message);
        return true;
    }
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        break;
    default:
        break;
    }
    if (anchor == NULL && tag == NULL)
        return false;
    g_autofree char *message =
        anchor != NULL
            ? g_strdup_printf("found the anchor “&%s”, expected a value without anchors",
                              (const char *)anchor)
            : g_strdup_printf("found the tag “%s”, expected a value without tags", (const char *)tag);
    fail_at(builder, event->start_mark, parent, message);
    return true;
}

static YamlNode *build_node(Builder *builder, const YamlNode *parent, int depth);

static bool build_list(Builder *builder, YamlNode *list, int depth)
{
    list->kind = YAML_NODE_LIST;
    while (next(builder) && builder->event.type != YAML_SEQUENCE_END_EVENT) {
        YamlNode *child = build_node(builder, list, depth + 1);
        if (child == NULL)
            return false;
        child->index = list->children->len;
        g_ptr_array_add(list->children, child);
    }
    return !builder->failed;
}

static void report_duplicate(Builder *builder, const YamlNode *map, const YamlNode *first,
                             const YamlNode *child)
{
    g_autofree char *path = yaml_node_path(map);
    problems_add(builder->problems, builder->tree->file, child->key_line, child->key_column, path,
                 "found the key “%s” a second time, expected it once (first in line %d)", child->key,
                 first->key_line);
}

static bool build_map(Builder *builder, YamlNode *map, int depth)
{
    map->kind = YAML_NODE_MAP;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    while (next(builder) && builder->event.type != YAML_MAPPING_END_EVENT) {
        if (refuse_indirection(builder, map))
            return false;
        if (builder->event.type != YAML_SCALAR_EVENT) {
            fail_at(builder, builder->event.start_mark, map,
                    builder->event.type == YAML_SEQUENCE_START_EVENT
                        ? "found a list as a key, expected a word"
                        : "found a mapping as a key, expected a word");
            return false;
        }
        g_autofree char *key = g_strdup((const char *)builder->event.data.scalar.value);
        const yaml_mark_t mark = builder->event.start_mark;
        if (*key == '\0') {
            fail_at(builder, mark, map, "found an empty key, expected a word");
            return false;
        }
        if (strlen(key) > YAML_TREE_KEY_MAX) {
            fail_at(builder, mark, map, "found a key of more than 128 bytes, expected a word");
            return false;
        }
        if (!next(builder))
            return false;
        YamlNode *child = build_node(builder, map, depth + 1);
        if (child == NULL)
            return false;
        child->key = g_steal_pointer(&key);
        child->key_line = line_of(mark);
        child->key_column = column_of(mark);
        child->index = map->children->len;
        g_ptr_array_add(map->children, child);
        const YamlNode *first = g_hash_table_lookup(seen, child->key);
        child->duplicate = first != NULL;
        if (first != NULL)
            report_duplicate(builder, map, first, child);
        else
            g_hash_table_insert(seen, child->key, child);
    }
    return !builder->failed;
}

/* The current event begins the node. NULL after a failure. */
static YamlNode *build_node(Builder *builder, const YamlNode *parent, int depth)
{
    if (refuse_indirection(builder, parent))
        return NULL;
    const yaml_mark_t mark = builder->event.start_mark;
    if (depth > YAML_TREE_DEPTH_MAX) {
        g_autofree char *message = g_strdup_printf(
            "found more than %d levels inside one another, expected fewer", YAML_TREE_DEPTH_MAX);
        fail_at(builder, mark, NULL, message);
        return NULL;
    }
    if (++builder->nodes > YAML_TREE_NODES_MAX) {
        g_autofree char *message =
            g_strdup_printf("found more than %d values, expected fewer (put many events "
                            "into a CSV file)",
                            YAML_TREE_NODES_MAX);
        fail_at(builder, mark, NULL, message);
        return NULL;
    }
    YamlNode *node = g_new0(YamlNode, 1);
    node->line = line_of(mark);
    node->column = column_of(mark);
    node->parent = parent;
    bool good = true;
    if (builder->event.type == YAML_SCALAR_EVENT) {
        const yaml_scalar_style_t style = builder->event.data.scalar.style;
        node->kind = YAML_NODE_TEXT;
        node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
        node->text =
            g_strndup((const char *)builder->event.data.scalar.value, builder->event.data.scalar.length);
        if (strlen(node->text) != builder->event.data.scalar.length) {
            fail_at(builder, mark, parent, "found a NUL character, expected text");
            good = false;
        }
    } else {
        node->children = g_ptr_array_new_with_free_func(node_free);
        good = builder->event.type == YAML_SEQUENCE_START_EVENT ? build_list(builder, node, depth)
                                                                : build_map(builder, node, depth);
    }
    if (!good)
        g_clear_pointer(&node, node_free);
    return node;
}

static bool build_document(Builder *builder)
{
    YamlTree *tree = builder->tree;
    if (!next(builder)) /* stream start */
        return false;
    if (!next(builder)) /* the document or the end */
        return false;
    const yaml_event_t *event = &builder->event;
    if (event->type == YAML_STREAM_END_EVENT) {
        problems_add(builder->problems, tree->file, 1, 1, NULL, "found an empty file, expected YAML");
        return false;
    }
    if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end) {
        fail_at(builder, event->start_mark, NULL, "found a %TAG directive, expected YAML without tags");
        return false;
    }
    if (!next(builder))
        return false;
    tree->root = build_node(builder, NULL, 1);
    if (tree->root == NULL)
        return false;
    if (tree->root->kind != YAML_NODE_MAP) {
        g_autofree char *found = yaml_node_describe(tree->root);
        problems_add(builder->problems, tree->file, tree->root->line, tree->root->column, NULL,
                     "found %s, expected a mapping (lines of “key: value”)", found);
        return false;
    }
    if (!next(builder)) /* document end */
        return false;
    if (!next(builder)) /* the end of the stream, or another document */
        return false;
    if (event->type == YAML_STREAM_END_EVENT)
        return true;
    fail_at(builder, event->start_mark, NULL, "found a second document, expected one document in a file");
    return false;
}

YamlTree *yaml_tree_parse(const char *bytes, size_t length, const char *name, const char *folder,
                          Problems *problems)
{
    if (length > YAML_TREE_BYTES_MAX) {
        problems_add(problems, name, 0, 0, NULL,
                     "found a file of %zu bytes, expected at most %d (put many events into a CSV file)",
                     length, YAML_TREE_BYTES_MAX);
        return NULL;
    }
    if (bytes == NULL) /* nothing may come without an address */
        bytes = "";
    if (!check_bytes(bytes, length, name, problems))
        return NULL;
    YamlTree *tree = g_new0(YamlTree, 1);
    tree->file = g_strdup(name);
    tree->folder = g_strdup(folder);
    tree->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    Builder builder = {.tree = tree, .problems = problems};
    if (yaml_parser_initialize(&builder.parser) == 0)
        g_error("out of memory");
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)bytes, length);
    const bool good = build_document(&builder);
    yaml_event_delete(&builder.event);
    yaml_parser_delete(&builder.parser);
    if (!good)
        g_clear_pointer(&tree, yaml_tree_free);
    return tree;
}

YamlTree *yaml_tree_load(const char *path, Problems *problems)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        problems_add(problems, path, 0, 0, NULL, "found no such file, expected a YAML file");
        return NULL;
    }
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        problems_add(problems, path, 0, 0, NULL, "found something that is not a file, expected a YAML file");
        return NULL;
    }
    g_autofree char *bytes = NULL;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &bytes, &length, &cause)) {
        problems_add(problems, path, 0, 0, NULL,
                     "found a file that cannot be read (%s), expected a YAML file", cause->message);
        return NULL;
    }
    if (secret_is_in(bytes, length)) { /* no error is to quote it */
        problems_add(problems, path, 0, 0, NULL, "found a secret key, expected a YAML file");
        return NULL;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    return yaml_tree_parse(bytes, length, path, folder, problems);
}

const YamlNode *yaml_node_get(const YamlNode *map, const char *key)
{
    if (map == NULL || map->kind != YAML_NODE_MAP)
        return NULL;
    for (guint i = 0; i < map->children->len; i++) {
        const YamlNode *child = g_ptr_array_index(map->children, i);
        if (strcmp(child->key, key) == 0)
            return child;
    }
    return NULL;
}

char *yaml_node_path(const YamlNode *node)
{
    g_autoptr(GPtrArray) way = g_ptr_array_new();
    for (; node->parent != NULL; node = node->parent)
        g_ptr_array_add(way, (gpointer)node);
    GString *path = g_string_new(NULL);
    for (guint i = way->len; i > 0; i--) {
        const YamlNode *step = g_ptr_array_index(way, i - 1);
        if (step->key == NULL)
            g_string_append_printf(path, "[%u]", step->index);
        else
            g_string_append_printf(path, "%s%s", path->len > 0 ? "." : "", step->key);
    }
    return g_string_free(path, FALSE);
}

char *yaml_node_describe(const YamlNode *node)
{
    switch (node->kind) {
    case YAML_NODE_LIST:
        return g_strdup(node->children->len == 0 ? "an empty list" : "a list");
    case YAML_NODE_MAP:
        return g_strdup("a mapping");
    case YAML_NODE_TEXT:
        break;
    }
    if (*node->text == '\0')
        return g_strdup(node->quoted ? "an empty text" : "nothing");
    if (g_utf8_strlen(node->text, -1) <= 60)
        return g_strdup_printf("“%s”", node->text);
    g_autofree char *start = g_utf8_substring(node->text, 0, 60);
    return g_strdup_printf("“%s…”", start);
}
