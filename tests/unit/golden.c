/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "golden.h"

#include <libxml/parser.h>
#include <stdbool.h>
#include <string.h>

static bool is_one_of(const char *name, const char *const *names)
{
    return g_strv_contains(names, name);
}

static const char *name_of(const xmlNode *node)
{
    return (const char *)node->name;
}

static char *attribute(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, BAD_CAST name);
    char *copy = g_strdup((const char *)value);
    xmlFree(value);
    return copy;
}

static bool is_inline(const xmlNode *node)
{
    static const char *const names[] = {"a",    "span", "strong", "em",  "b",   "i",   "br",
                                        "code", "abbr", "small",  "sub", "sup", "img", "time",
                                        "q",    "cite", "mark",   "bdi", NULL};
    return node->type == XML_ELEMENT_NODE && is_one_of(name_of(node), names);
}

/* One space for any run of them; those that do not break (U+00A0, U+202F) stay as they are. */
static char *tidy(const char *text)
{
    g_autoptr(GRegex) spaces = g_regex_new("[ \\t\\r\\n]+", 0, 0, NULL);
    char *one = g_regex_replace_literal(spaces, text, -1, 0, " ", 0, NULL);
    return g_strstrip(one);
}

/* Pictures that are embedded stand by their length and hash. */
static void append_value(GString *out, const char *value)
{
    if (!g_str_has_prefix(value, "data:")) {
        g_string_append(out, value);
        return;
    }
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, value, -1);
    g_string_append_printf(out, "data of %zu characters, %.16s", strlen(value), hash);
}

static void append_inline(GString *out, xmlNode *first)
{
    for (xmlNode *node = first; node != NULL; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            g_string_append(out, (const char *)node->content);
            continue;
        }
        if (!is_inline(node))
            continue;
        if (strcmp(name_of(node), "br") == 0) {
            g_string_append(out, " / ");
            continue;
        }
        const size_t before = out->len;
        for (const xmlAttr *one = node->properties; one != NULL; one = one->next) {
            g_autofree char *value = attribute(node, (const char *)one->name);
            const bool is_class = strcmp((const char *)one->name, "class") == 0;
            g_string_append(out, out->len == before ? "⟨" : " ");
            if (strcmp((const char *)one->name, "href") == 0)
                g_string_append(out, "→ ");
            else if (!is_class)
                g_string_append_printf(out, "%s ", (const char *)one->name);
            append_value(out, value);
        }
        const bool marked = out->len != before;
        if (marked && node->children != NULL)
            g_string_append(out, ": ");
        append_inline(out, node->children);
        if (marked)
            g_string_append(out, "⟩");
    }
}

static char *inline_text(xmlNode *node)
{
    GString *out = g_string_new(NULL);
    append_inline(out, node->children);
    char *text = tidy(out->str);
    g_string_free(out, TRUE);
    return text;
}

static char *whole_text(xmlNode *node)
{
    xmlChar *content = xmlNodeGetContent(node);
    char *text = tidy((const char *)content);
    xmlFree(content);
    return text;
}

/* ---- HTML */

typedef struct {
    GString *out;
    GHashTable *counts; /* place and kind → how many so far */
    bool shapes;        /* also those without words */
} Walk;

static unsigned count_next(Walk *walk, const char *place, const char *kind)
{
    char *key = g_strdup_printf("%s\n%s", place, kind);
    const unsigned next = GPOINTER_TO_UINT(g_hash_table_lookup(walk->counts, key)) + 1;
    g_hash_table_insert(walk->counts, key, GUINT_TO_POINTER(next));
    return next;
}

static void write_line(Walk *walk, const char *place, const char *text)
{
    g_string_append_printf(walk->out, "%s = %s\n", place, text);
}

static void walk_children(Walk *walk, xmlNode *node, const char *place);

static void walk_drawing(Walk *walk, xmlNode *node, const char *place)
{
    for (xmlNode *one = node->children; one != NULL; one = one->next) {
        if (one->type != XML_ELEMENT_NODE || strcmp(name_of(one), "style") == 0)
            continue;
        g_autofree char *here =
            g_strdup_printf("%s · %s %u", place, name_of(one), count_next(walk, place, name_of(one)));
        g_autofree char *words = inline_text(one);
        GString *text = g_string_new(NULL);
        for (const xmlAttr *each = one->properties; each != NULL; each = each->next) {
            g_autofree char *value = attribute(one, (const char *)each->name);
            g_string_append_printf(text, "%s=%s ", (const char *)each->name, value);
        }
        g_string_append(text, words);
        if (walk->shapes || *words != '\0')
            write_line(walk, here, text->str);
        g_string_free(text, TRUE);
        walk_drawing(walk, one, here);
    }
}

/* The classes of an element and of its row, where it has any. */
static char *class_of(xmlNode *node)
{
    g_autofree char *class = attribute(node, "class");
    return class != NULL ? g_strdup_printf(" {%s}", class) : g_strdup("");
}

static void collect_rows(xmlNode *node, GPtrArray *rows)
{
    for (xmlNode *one = node->children; one != NULL; one = one->next) {
        if (one->type != XML_ELEMENT_NODE)
            continue;
        if (strcmp(name_of(one), "tr") == 0)
            g_ptr_array_add(rows, one);
        else if (strcmp(name_of(one), "table") != 0)
            collect_rows(one, rows);
    }
}

static bool is_head_row(const xmlNode *row)
{
    return row->parent != NULL && strcmp(name_of(row->parent), "thead") == 0;
}

static void walk_row(Walk *walk, xmlNode *row, const char *place, GPtrArray *heads)
{
    guint column = 0;
    for (xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
        if (cell->type != XML_ELEMENT_NODE)
            continue;
        const char *head = column < heads->len ? heads->pdata[column] : "";
        g_autofree char *here = g_strdup_printf("%s · column %u%s%s%s", place, ++column,
                                                *head != '\0' ? " “" : "", head, *head != '\0' ? "”" : "");
        g_autofree char *text = inline_text(cell), *class = class_of(cell),
                        *label = attribute(cell, "data-label");
        g_autofree char *span = attribute(cell, "colspan");
        GString *all = g_string_new(text);
        g_string_append(all, class);
        if (label != NULL && strcmp(label, head) != 0)
            g_string_append_printf(all, " [labelled “%s”]", label);
        if (span != NULL)
            g_string_append_printf(all, " [over %s columns]", span);
        write_line(walk, here, all->str);
        g_string_free(all, TRUE);
        walk_children(walk, cell, here);
    }
}

static void walk_table(Walk *walk, xmlNode *table, const char *place)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *caption = NULL, *class = class_of(table);
    for (xmlNode *one = table->children; one != NULL; one = one->next)
        if (one->type == XML_ELEMENT_NODE && strcmp(name_of(one), "caption") == 0)
            caption = whole_text(one);
    g_autofree char *here = g_strdup_printf("%s · table %u", place, count_next(walk, place, "table"));
    g_autofree char *titled = g_strconcat(caption != NULL ? caption : "(no caption)", class, NULL);
    write_line(walk, here, titled);
    collect_rows(table, rows);
    unsigned number = 0;
    for (guint i = 0; i < rows->len; i++) {
        xmlNode *row = rows->pdata[i];
        if (is_head_row(row)) {
            g_ptr_array_set_size(heads, 0);
            for (xmlNode *cell = row->children; cell != NULL; cell = cell->next)
                if (cell->type == XML_ELEMENT_NODE)
                    g_ptr_array_add(heads, whole_text(cell));
            g_autofree char *head = g_strdup_printf("%s · head", here);
            g_autoptr(GPtrArray) none = g_ptr_array_new();
            walk_row(walk, row, head, none);
            continue;
        }
        g_autofree char *classes = class_of(row);
        g_autofree char *there = g_strdup_printf("%s · row %u%s", here, ++number, classes);
        walk_row(walk, row, there, heads);
    }
}

static void walk_element(Walk *walk, xmlNode *node, const char *place)
{
    static const char *const silent[] = {"head", "style", "caption", NULL};
    static const char *const through[] = {"html", "body", "main", "div",    "section", "details",
                                          "ul",   "ol",   "dl",   "figure", NULL};
    const char *name = name_of(node);
    g_autofree char *id = attribute(node, "id");
    if (is_one_of(name, silent))
        return;
    if (strcmp(name, "table") == 0) {
        walk_table(walk, node, place);
        return;
    }
    if (strcmp(name, "svg") == 0) {
        g_autofree char *here = g_strdup_printf("%s · drawing %u", place, count_next(walk, place, "drawing"));
        g_autofree char *label = attribute(node, "aria-label"), *width = attribute(node, "width"),
                        *height = attribute(node, "height");
        g_autofree char *box = attribute(node, "viewBox");
        g_autofree char *text =
            g_strdup_printf("%s; %s × %s; %s", label, width, height, box != NULL ? box : "no box");
        write_line(walk, here, text);
        walk_drawing(walk, node, here);
        return;
    }
    if (strcmp(name, "section") == 0 && id != NULL) {
        walk_children(walk, node, id);
        return;
    }
    g_autofree char *text = inline_text(node), *class = class_of(node);
    const bool passes = is_one_of(name, through);
    if (passes && *text == '\0' && *class == '\0') {
        walk_children(walk, node, place);
        return;
    }
    g_autofree char *here = g_strdup_printf("%s · %s %u", place, name, count_next(walk, place, name));
    GString *all = g_string_new(text);
    g_string_append(all, class);
    if (id != NULL)
        g_string_append_printf(all, " [id %s]", id);
    write_line(walk, here, all->str);
    g_string_free(all, TRUE);
    walk_children(walk, node, passes ? place : here);
}

static void walk_children(Walk *walk, xmlNode *node, const char *place)
{
    for (xmlNode *one = node->children; one != NULL; one = one->next) {
        if (is_inline(one))
            walk_children(walk, one, place); /* a block within it */
        else if (one->type == XML_ELEMENT_NODE)
            walk_element(walk, one, place);
    }
}

static xmlDoc *parse(const char *text)
{
    return xmlReadMemory(text, (int)strlen(text), "golden", NULL, XML_PARSE_NONET);
}

char *golden_of_html(const char *page)
{
    xmlDoc *document = parse(page);
    if (document == NULL)
        return g_strdup("the page is not well formed = \n");
    Walk walk = {g_string_new(NULL), g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), true};
    xmlNode *root = xmlDocGetRootElement(document);
    g_autofree char *language = attribute(root, "lang");
    write_line(&walk, "page · language", language != NULL ? language : "");
    walk.shapes = g_strcmp0(language, "en") == 0;
    for (xmlNode *head = root->children; head != NULL; head = head->next)
        for (xmlNode *one = head->children; one != NULL && strcmp(name_of(head), "head") == 0;
             one = one->next)
            if (one->type == XML_ELEMENT_NODE && strcmp(name_of(one), "title") == 0) {
                g_autofree char *title = whole_text(one);
                write_line(&walk, "page · title", title);
            }
    walk_children(&walk, root, "page");
    g_hash_table_unref(walk.counts);
    xmlFreeDoc(document);
    return g_string_free(walk.out, FALSE);
}

char *golden_of_xml(const char *text)
{
    xmlDoc *document = parse(text);
    if (document == NULL)
        return g_strdup("the file is not well formed = \n");
    Walk walk = {g_string_new(NULL), g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), true};
    walk_drawing(&walk, (xmlNode *)document, "file");
    g_hash_table_unref(walk.counts);
    xmlFreeDoc(document);
    return g_string_free(walk.out, FALSE);
}
