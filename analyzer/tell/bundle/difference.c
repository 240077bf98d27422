/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two results held side by side: pictures taken over, and the first value in which they differ. */
#include "bundle/rescore.h"

#include <string.h>

bool rescore_is_picture_key(const char *key)
{
    static const char *const keys[] = {"picture", "pictures", "strip", "film", NULL};
    return g_strv_contains(keys, key);
}

static bool names_files(const json_t *value, const GPtrArray *names, char **missing)
{
    size_t i;
    json_t *item;
    const char *key, *text = json_string_value(value);
    if (json_is_string(value) &&
        !g_ptr_array_find_with_equal_func((GPtrArray *)names, text, g_str_equal, NULL)) {
        *missing = g_strdup(text);
        return false;
    }
    json_array_foreach(value, i, item)
    {
        if (!names_files(item, names, missing))
            return false;
    }
    json_object_foreach((json_t *)value, key, item)
    {
        if ((json_is_object(item) || json_is_array(item) || rescore_is_picture_key(key)) &&
            !names_files(item, names, missing))
            return false;
    }
    return true;
}

bool rescore_take_pictures(json_t *results, const json_t *other, const GPtrArray *names, char **missing)
{
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_object(other) && json_is_object(results)) {
        json_object_foreach((json_t *)other, key, value)
        {
            json_t *mine = json_object_get(results, key);
            if (mine == NULL && rescore_is_picture_key(key)) {
                if (!names_files(value, names, missing))
                    return false;
                json_object_set(results, key, value);
            } else if (mine != NULL && !rescore_take_pictures(mine, value, names, missing)) {
                return false;
            }
        }
    } else if (json_is_array(other) && json_is_array(results)) {
        json_array_foreach(other, i, value)
        {
            json_t *mine = json_array_get(results, i);
            if (mine != NULL && !rescore_take_pictures(mine, value, names, missing))
                return false;
        }
    }
    return true;
}

char *rescore_value_text(const json_t *value)
{
    if (value == NULL)
        return g_strdup("nothing");
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12));
    g_autofree char *copy = g_strdup(text != NULL ? text : "?");
    free(text);
    if (g_utf8_strlen(copy, -1) <= 80)
        return g_steal_pointer(&copy);
    g_autofree char *start = g_utf8_substring(copy, 0, 77);
    return g_strconcat(start, "…", NULL);
}

static bool differ(const json_t *found, const json_t *expected, GString *path, const json_t **a,
                   const json_t **b)
{
    const size_t length = path->len;
    const char *key;
    json_t *value;
    if (json_is_object(found) && json_is_object(expected)) {
        json_object_foreach((json_t *)expected, key, value)
        {
            g_string_append_printf(path, "%s%s", length > 0 ? "." : "", key);
            if (differ(json_object_get(found, key), value, path, a, b))
                return true;
            g_string_truncate(path, length);
        }
        json_object_foreach((json_t *)found, key, value)
        {
            if (json_object_get(expected, key) != NULL)
                continue;
            g_string_append_printf(path, "%s%s", length > 0 ? "." : "", key);
            *a = value;
            *b = NULL;
            return true;
        }
        return false;
    }
    if (json_is_array(found) && json_is_array(expected)) {
        const size_t count = MAX(json_array_size(found), json_array_size(expected));
        for (size_t i = 0; i < count; i++) {
            g_string_append_printf(path, "[%zu]", i);
            if (differ(json_array_get(found, i), json_array_get(expected, i), path, a, b))
                return true;
            g_string_truncate(path, length);
        }
        return false;
    }
    if (found != NULL && expected != NULL && json_equal(found, expected))
        return false;
    *a = found;
    *b = expected;
    return true;
}

bool rescore_find_difference(const json_t *found, const json_t *expected, char **path, char **found_text,
                             char **expected_text)
{
    GString *place = g_string_new(NULL);
    const json_t *a = NULL, *b = NULL;
    const bool different = differ(found, expected, place, &a, &b);
    *path = different ? g_string_free(place, FALSE) : NULL;
    *found_text = different ? rescore_value_text(a) : NULL;
    *expected_text = different ? rescore_value_text(b) : NULL;
    if (!different)
        g_string_free(place, TRUE);
    return different;
}
