/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language/texts.h"

#include "language/embedded.h"
#include "language/words.h"
#include "records/error.h"
#include "records/shown.h"

#include <stdarg.h>
#include <string.h>

#define NARROW_SPACE "\u202f"

struct Texts {
    char *language;
    GHashTable *words;    /* char * -> char *, typography applied */
    GHashTable *levelled; /* the same, of the texts that name the level of the intervals: “{level}” */
};

const char *const texts_languages[] = {"fr", "en", NULL};

const char *texts_language(const Texts *texts)
{
    return texts->language;
}

/* Puts the level into the texts that name it. */
static void name_level(Texts *texts, const char *level)
{
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, texts->levelled);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        g_auto(GStrv) parts = g_strsplit(value, "{level}", -1);
        g_hash_table_insert(texts->words, g_strdup(key), g_strjoinv(level, parts));
    }
}

void texts_set_levels(Texts *texts, const double *shares, size_t count)
{
    const Language language = strcmp(texts->language, "fr") == 0 ? LANGUAGE_FR : LANGUAGE_EN;
    g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *percent = words_percent(language, shares[i]);
        if (!g_ptr_array_find_with_equal_func(levels, percent, g_str_equal, NULL))
            g_ptr_array_add(levels, g_steal_pointer(&percent));
    }
    g_ptr_array_add(levels, NULL);
    g_autofree char *all = g_strjoinv(" / ", (char **)levels->pdata);
    name_level(texts, all);
}

static bool is_letter(char c)
{
    return g_ascii_isalpha(c) || (c & 0x80) != 0;
}

char *texts_typography(const Texts *texts, const char *text)
{
    if (strcmp(texts->language, "fr") != 0)
        return g_strdup(text);
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == ' ' && p[1] != '\0' && (strchr(";:!?%", p[1]) != NULL || g_str_has_prefix(p + 1, "»"))) {
            g_string_append(out, NARROW_SPACE);
        } else if (*p == ' ' && out->len >= 2 && memcmp(out->str + out->len - 2, "«", 2) == 0) {
            g_string_append(out, NARROW_SPACE);
        } else if (*p == '\'' && p > text && is_letter(p[-1]) && is_letter(p[1])) {
            g_string_append(out, "’");
        } else {
            g_string_append_c(out, *p);
        }
    }
    return g_string_free(out, FALSE);
}

char *texts_capitalise(const char *text)
{
    GString *out = g_string_new(NULL);
    if (*text != '\0') {
        g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(text)));
        g_string_append(out, g_utf8_next_char(text));
    }
    return g_string_free(out, FALSE);
}

Texts *texts_new(const char *language, double level, GError **error)
{
    g_autofree char *name = g_strdup_printf("texts/%s.json", language);
    const char *text = g_strv_contains(texts_languages, language) ? embedded_text(name) : NULL;
    if (text == NULL) {
        g_autofree char *known = g_strjoinv(", ", (char **)texts_languages);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "report language: found \"%s\", expected one of %s", language, known);
        return NULL;
    }
    json_error_t why;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    if (json == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "built-in %s:%d:%d: %s", name, why.line,
                    why.column, why.text);
        return NULL;
    }
    Texts *texts = g_new0(Texts, 1);
    texts->language = g_strdup(language);
    texts->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    texts->levelled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        if (!json_is_string(value))
            continue;
        char *word = texts_typography(texts, json_string_value(value));
        if (strstr(word, "{level}") != NULL)
            g_hash_table_insert(texts->levelled, g_strdup(key), g_strdup(word));
        g_hash_table_insert(texts->words, g_strdup(key), word);
    }
    json_decref(json);
    texts_set_levels(texts, &level, 1);
    return texts;
}

void texts_free(Texts *texts)
{
    if (texts == NULL)
        return;
    g_free(texts->language);
    g_hash_table_unref(texts->words);
    g_hash_table_unref(texts->levelled);
    g_free(texts);
}

bool texts_has(const Texts *texts, const char *key)
{
    return g_hash_table_contains(texts->words, key);
}

const char *texts_get(const Texts *texts, const char *key)
{
    const char *text = g_hash_table_lookup(texts->words, key);
    return text != NULL ? text : key;
}

const char *texts_find_word(const Texts *texts, const char *prefix, const char *name)
{
    g_autofree char *key = g_strdup_printf("%s.%s", prefix, name);
    const char *text = g_hash_table_lookup(texts->words, key);
    if (text == NULL) {
        g_auto(GStrv) parts = g_strsplit(key + strlen(prefix), "’", -1);
        g_autofree char *straight = g_strjoinv("-", parts);
        g_autofree char *plain = g_strconcat(prefix, g_strdelimit(straight, "_ '", '-'), NULL);
        text = g_hash_table_lookup(texts->words, plain);
    }
    return text;
}

const char *texts_word(const Texts *texts, const char *prefix, const char *name)
{
    if (name == NULL)
        return "";
    const char *text = texts_find_word(texts, prefix, name);
    return text != NULL ? text : name;
}

/* Values are put in as they are: a brace inside one is never read as a place. */
static char *fill(const char *template, const char *first_name, const char *first_value, va_list list)
{
    g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
    if (first_name != NULL)
        g_hash_table_insert(values, (char *)first_name, (char *)first_value);
    for (const char *name; (name = va_arg(list, const char *)) != NULL;)
        g_hash_table_insert(values, (char *)name, (char *)va_arg(list, const char *));
    GString *out = g_string_new(NULL);
    for (const char *p = template; *p != '\0';) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (end != NULL) {
            g_autofree char *name = g_strndup(p + 1, (gsize)(end - p - 1));
            const char *value = g_hash_table_lookup(values, name);
            g_autofree char *apart = shown_apart(value); /* a name may run the other way */
            g_string_append(out, apart);
            p = end + 1;
        } else {
            g_string_append_c(out, *p++);
        }
    }
    return g_string_free(out, FALSE);
}

char *texts_format(const Texts *texts, const char *key, ...)
{
    va_list list;
    va_start(list, key);
    char *text = fill(texts_get(texts, key), NULL, NULL, list);
    va_end(list);
    return text;
}

char *texts_count(const Texts *texts, const char *key, int64_t n, ...)
{
    /* French counts 0 and 1 as one, English only 1. */
    bool one = n == 1 || (n == 0 && strcmp(texts->language, "fr") == 0);
    g_autofree char *form = g_strdup_printf("%s.%s", key, one ? "one" : "other");
    g_autofree char *number = texts_integer(texts, n);
    va_list list;
    va_start(list, n);
    char *text = fill(texts_get(texts, form), "n", number, list);
    va_end(list);
    return text;
}

const char *texts_pick(const Texts *texts, const json_t *text, const char **foreign)
{
    if (foreign != NULL)
        *foreign = NULL;
    if (json_is_string(text))
        return json_string_value(text);
    const char *found = json_string_value(json_object_get(text, texts->language));
    if (found != NULL && *found != '\0')
        return found;
    for (const char *const *other = texts_languages; *other != NULL; other++) {
        found = json_string_value(json_object_get(text, *other));
        if (found != NULL && *found != '\0') {
            if (foreign != NULL)
                *foreign = *other;
            return found;
        }
    }
    return NULL;
}
