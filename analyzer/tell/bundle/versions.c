/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/versions.h"

#include "bundle/rescore.h"
#include "bundle/wording.h"

#include <string.h>

typedef struct {
    VersionDifference *difference;
    GString *path;
} Comparison;

static bool compare(Comparison *comparison, const json_t *found, const json_t *expected);

static void note_other(const Comparison *comparison)
{
    VersionDifference *difference = comparison->difference;
    if (difference->others++ == 0)
        difference->other = g_strdup(comparison->path->str);
}

/* Ends the comparison. */
static bool accuse(const Comparison *comparison, const json_t *found, const json_t *expected)
{
    VersionDifference *difference = comparison->difference;
    difference->path = g_strdup(comparison->path->str);
    difference->found = rescore_value_text(found);
    difference->expected = rescore_value_text(expected);
    return false;
}

/* Words for people, which a version may choose otherwise; not an id, a verdict, a hash or a date. */
static bool is_sentence(const json_t *value)
{
    const char *text = json_string_value(value);
    for (const char *c = text != NULL ? text : ""; *c != '\0'; c++) {
        if (*c == ' ' || (unsigned char)*c >= 0x80)
            return true;
    }
    return false;
}

static bool is_value(const json_t *value)
{
    return json_is_number(value) || json_is_boolean(value) || json_is_null(value);
}

/* What a document says of its own form and maker. */
static bool is_about_program(const char *path, const char *key)
{
    static const char *const keys[] = {"program", "schema", "predicateType", NULL};
    return (*path == '\0' || strcmp(path, "predicate") == 0) && g_strv_contains(keys, key);
}

static bool compare_objects(Comparison *comparison, const json_t *found, const json_t *expected)
{
    GString *path = comparison->path;
    const size_t length = path->len;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)found, key, value)
    {
        if (is_about_program(path->str, key))
            continue;
        const json_t *other = json_object_get(expected, key);
        g_string_append_printf(path, "%s%s", length > 0 ? "." : "", key);
        if (other == NULL)
            note_other(comparison);
        else if (!compare(comparison, value, other))
            return false;
        g_string_truncate(path, length);
    }
    json_object_foreach((json_t *)expected, key, value)
    {
        if (is_about_program(path->str, key) || json_object_get(found, key) != NULL)
            continue;
        g_string_append_printf(path, "%s%s", length > 0 ? "." : "", key);
        note_other(comparison);
        g_string_truncate(path, length);
    }
    return true;
}

/* ---- lists */

/* What names a member of a list: all that is there of a few keys. NULL when it has none of them. Caller
 * frees. */
static char *name_of(const json_t *member)
{
    static const char *const keys[] = {"id",     "scenario", "dataset",   "clip", "condition", "system",
                                       "metric", "name",     "behaviour", "key",  "protocol",  "file"};
    GString *name = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *text = json_string_value(json_object_get(member, keys[i]));
        if (text != NULL)
            g_string_append_printf(name, "%s=%s;", keys[i], text);
    }
    return g_string_free(name, name->len == 0);
}

/* Name -> member; NULL when one has no name, or two have the same. */
static GHashTable *index_by_name(const json_t *list)
{
    g_autoptr(GHashTable) index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i;
    json_t *member;
    json_array_foreach(list, i, member)
    {
        char *name = name_of(member);
        if (name == NULL || !g_hash_table_insert(index, name, member))
            return NULL;
    }
    return g_steal_pointer(&index);
}

/* Lists whose members follow from the audit: none is more or less by version. */
static bool is_of_audit(const char *path)
{
    static const char *const lists[] = {"scenarios", "evaluations", "clips", "claims", "events", "subject"};
    const char *dot = strrchr(path, '.'), *key = dot != NULL ? dot + 1 : path;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (strcmp(key, lists[i]) == 0)
            return true;
    }
    return false;
}

static bool compare_member(Comparison *comparison, size_t place, const json_t *found, const json_t *expected,
                           bool of_audit)
{
    const size_t length = comparison->path->len;
    g_string_append_printf(comparison->path, "[%zu]", place);
    bool same = true;
    if (found != NULL && expected != NULL)
        same = compare(comparison, found, expected);
    else if (of_audit)
        return accuse(comparison, found, expected);
    else
        note_other(comparison);
    g_string_truncate(comparison->path, length);
    return same;
}

static bool compare_named(Comparison *comparison, const json_t *found, GHashTable *expected, bool of_audit)
{
    size_t i;
    json_t *member;
    json_array_foreach(found, i, member)
    {
        g_autofree char *name = name_of(member);
        const json_t *other = g_hash_table_lookup(expected, name);
        g_hash_table_remove(expected, name);
        if (!compare_member(comparison, i, member, other, of_audit))
            return false;
    }
    GHashTableIter iter;
    gpointer left;
    g_hash_table_iter_init(&iter, expected);
    return !g_hash_table_iter_next(&iter, NULL, &left) ||
           compare_member(comparison, json_array_size(found), NULL, left, of_audit);
}

static bool compare_lists(Comparison *comparison, const json_t *found, const json_t *expected)
{
    const bool of_audit = is_of_audit(comparison->path->str);
    const size_t count = json_array_size(found), other_count = json_array_size(expected);
    if (count != other_count || of_audit) {
        g_autoptr(GHashTable) names = index_by_name(found), other_names = index_by_name(expected);
        if (names != NULL && other_names != NULL)
            return compare_named(comparison, found, other_names, of_audit);
    }
    if (count != other_count && !of_audit) {
        note_other(comparison);
        return true;
    }
    for (size_t i = 0; i < MAX(count, other_count); i++) {
        if (!compare_member(comparison, i, json_array_get(found, i), json_array_get(expected, i), of_audit))
            return false;
    }
    return true;
}

/* ---- any value: false ends the comparison */

/* Other words are a version's own; other numbers in the same words are not. */
static bool compare_sentences(Comparison *comparison, const json_t *found, const json_t *expected)
{
    g_autofree char *left = NULL, *right = NULL;
    if (json_is_string(found) && json_is_string(expected) &&
        wording_texts_differ(json_string_value(found), json_string_value(expected), false, &left, &right))
        return accuse(comparison, found, expected);
    note_other(comparison);
    return true;
}

static bool compare(Comparison *comparison, const json_t *found, const json_t *expected)
{
    if (json_is_object(found) && json_is_object(expected))
        return compare_objects(comparison, found, expected);
    if (json_is_array(found) && json_is_array(expected))
        return compare_lists(comparison, found, expected);
    if (json_is_number(found) && json_is_number(expected))
        return json_number_value(found) == json_number_value(expected) || accuse(comparison, found, expected);
    if (json_equal(found, expected))
        return true;
    if (is_sentence(found) || is_sentence(expected))
        return compare_sentences(comparison, found, expected);
    if ((is_value(found) || json_is_string(found)) && (is_value(expected) || json_is_string(expected)))
        return accuse(comparison, found, expected);
    if (json_is_null(found) || json_is_null(expected))
        return accuse(comparison, found, expected);
    note_other(comparison);
    return true;
}

void versions_compare(const json_t *found, const json_t *expected, VersionDifference *difference)
{
    *difference = (VersionDifference){0};
    Comparison comparison = {.difference = difference, .path = g_string_new(NULL)};
    compare(&comparison, found, expected);
    g_string_free(comparison.path, TRUE);
}

void version_difference_clear(VersionDifference *difference)
{
    g_free(difference->path);
    g_free(difference->found);
    g_free(difference->expected);
    g_free(difference->other);
    *difference = (VersionDifference){0};
}
