/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/json_path.h"

#include "records/free.h"
#include "records/json_text.h"

#include <string.h>

typedef enum { STEP_KEY, STEP_INDEX, STEP_ALL } StepKind;

typedef struct {
    StepKind kind;
    char *key;
    gint64 index;
} Step;

struct JsonPath {
    GArray *steps; /* of Step */
    bool from_root;
};

static void clear_step(gpointer data)
{
    g_free(((Step *)data)->key);
}

DEFINE_FREE(json_path_free, JsonPath, path, g_array_unref(path->steps))

bool json_path_is_from_root(const JsonPath *path)
{
    return path->from_root;
}

static void add_step(JsonPath *path, StepKind kind, char *key, gint64 index)
{
    const Step step = {kind, key, index};
    g_array_append_val(path->steps, step);
}

/* “[…]”; *at is left behind it. NULL when it is sound, else what was expected. */
static const char *parse_bracket(JsonPath *path, const char **at)
{
    const char *inner = *at + 1;
    if (*inner == '"' || *inner == '\'') {
        const char *end = strchr(inner + 1, *inner);
        if (end == NULL || end[1] != ']')
            return "a closing quotation mark and bracket";
        add_step(path, STEP_KEY, g_strndup(inner + 1, (gsize)(end - inner) - 1), 0);
        *at = end + 2;
        return NULL;
    }
    const char *end = strchr(inner, ']');
    g_autofree char *text = end != NULL ? g_strndup(inner, (gsize)(end - inner)) : NULL;
    gint64 index = 0;
    if (text != NULL && strcmp(text, "*") == 0)
        add_step(path, STEP_ALL, NULL, 0);
    else if (text != NULL && g_ascii_string_to_signed(text, 10, -1000000, 1000000, &index, NULL))
        add_step(path, STEP_INDEX, NULL, index);
    else
        return "[0], [*] or [\"a key\"]";
    *at = end + 1;
    return NULL;
}

static const char *parse_key(JsonPath *path, const char **at)
{
    const gsize length = strcspn(*at, ".[]");
    if (length == 0)
        return "a key";
    add_step(path, STEP_KEY, g_strndup(*at, length), 0);
    *at += length;
    return NULL;
}

JsonPath *json_path_parse(const char *text, char **fault)
{
    JsonPath *path = g_new0(JsonPath, 1);
    path->steps = g_array_new(FALSE, FALSE, sizeof(Step));
    g_array_set_clear_func(path->steps, clear_step);
    path->from_root = *text == '$';
    const char *at = text + path->from_root, *expected = NULL;
    if (!path->from_root && strcmp(text, ".") == 0)
        return path;
    if (*at != '\0' && *at != '[' && !path->from_root)
        expected = parse_key(path, &at);
    while (*at != '\0' && expected == NULL) {
        if (*at == '[') {
            expected = parse_bracket(path, &at);
        } else if (*at == '.') {
            at++;
            expected = parse_key(path, &at);
        } else {
            expected = "a dot or a bracket";
        }
    }
    if (*text == '\0')
        expected = "a path";
    if (expected == NULL)
        return path;
    *fault = g_strdup_printf("found the path “%s”, at its character %ld expected %s", text,
                             g_utf8_strlen(text, at - text) + 1, expected);
    json_path_free(path);
    return NULL;
}

/* ---- finding */

static void clear_found(gpointer data)
{
    g_free(((JsonFound *)data)->name);
}

GArray *json_path_found_new(void)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(JsonFound));
    g_array_set_clear_func(found, clear_found);
    return found;
}

typedef struct {
    const JsonPath *path;
    const char *text; /* NULL: no places */
    GArray *found;
} Search;

static void search(const Search *what, guint step, const json_t *value, const char *at, const char *name);

static void search_in_list(const Search *what, guint step, const json_t *list, const char *at,
                           const char *name)
{
    const Step *this = &g_array_index(what->path->steps, Step, step);
    const gsize size = json_array_size(list);
    const gint64 wanted = this->index < 0 ? this->index + (gint64)size : this->index;
    const char *element = at != NULL ? json_text_skip_blank(at + 1) : NULL;
    for (gsize i = 0; i < size; i++) {
        if (this->kind == STEP_ALL || (gint64)i == wanted) {
            g_autofree char *longer = at != NULL ? g_strdup_printf("%s[%zu]", name, i) : NULL;
            search(what, step + 1, json_array_get(list, i), element, longer);
        }
        if (element != NULL && i + 1 < size) /* past the value and the comma */
            element = json_text_skip_blank(json_text_skip_blank(json_text_skip_value(element)) + 1);
        else if (element == NULL && this->kind == STEP_INDEX && (gint64)i > wanted)
            return;
    }
}

/* Members stand in jansson's objects in the order in which the text has them. */
static void search_in_object(const Search *what, guint step, const json_t *object, const char *at,
                             const char *name)
{
    const Step *this = &g_array_index(what->path->steps, Step, step);
    const json_t *value = json_object_get(object, this->key);
    if (value == NULL)
        return;
    const char *member = at != NULL ? json_text_skip_blank(at + 1) : NULL;
    void *each = json_object_iter((json_t *)object);
    for (; member != NULL && each != NULL; each = json_object_iter_next((json_t *)object, each)) {
        member = json_text_skip_blank(json_text_skip_string(member)); /* at the colon */
        member = json_text_skip_blank(member + 1);
        if (json_object_iter_value(each) == value && strcmp(json_object_iter_key(each), this->key) == 0)
            break;
        member = json_text_skip_blank(json_text_skip_blank(json_text_skip_value(member)) + 1);
    }
    g_autofree char *longer =
        at != NULL ? g_strdup_printf("%s%s%s", name, *name != '\0' ? "." : "", this->key) : NULL;
    search(what, step + 1, value, member, longer);
}

static void search(const Search *what, guint step, const json_t *value, const char *at, const char *name)
{
    if (step == what->path->steps->len) {
        const JsonFound found = {value, at != NULL ? (gsize)(at - what->text) : 0,
                                 name != NULL && *name != '\0' ? g_strdup(name) : NULL};
        g_array_append_val(what->found, found);
        return;
    }
    const Step *this = &g_array_index(what->path->steps, Step, step);
    if (this->kind != STEP_KEY && json_is_array(value))
        search_in_list(what, step, value, at, name);
    else if (this->kind == STEP_KEY && json_is_object(value))
        search_in_object(what, step, value, at, name);
}

void json_path_find(const JsonPath *path, const json_t *value, const char *text, GArray *found)
{
    const Search what = {path, text, found};
    search(&what, 0, value, text != NULL ? json_text_skip_blank(text) : NULL, text != NULL ? "" : NULL);
}
