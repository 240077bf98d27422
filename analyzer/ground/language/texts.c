/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language/texts.h"

#include "language/embedded.h"
#include "language/texts_internal.h"
#include "records/error.h"
#include "records/shown.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/* Of the language itself, or of the one that lends what it lacks; NULL when neither has it. */
static const char *look_up(const Texts *texts, const char *key)
{
    const char *text = g_hash_table_lookup(texts->words, key);
    return text == NULL && texts->fallback != NULL ? g_hash_table_lookup(texts->fallback->words, key) : text;
}

bool texts_has(const Texts *texts, const char *key)
{
    return look_up(texts, key) != NULL;
}

const char *texts_get(const Texts *texts, const char *key)
{
    const char *text = look_up(texts, key);
    return text != NULL ? text : key;
}

char *texts_word_key(const char *prefix, const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "’", -1);
    g_autofree char *straight = g_strjoinv("-", parts);
    return g_strdup_printf("%s.%s", prefix, g_strdelimit(straight, "_ '", '-'));
}

const char *texts_find_word(const Texts *texts, const char *prefix, const char *name)
{
    g_autofree char *key = g_strdup_printf("%s.%s", prefix, name);
    const char *text = look_up(texts, key);
    if (text == NULL) {
        g_autofree char *plain = texts_word_key(prefix, name);
        text = look_up(texts, plain);
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

const char *texts_find_owned(const Texts *texts, const char *prefix, const char *owner, const char *name)
{
    g_autofree char *place = g_strdup_printf("%s.%s", prefix, owner);
    for (const size_t least = strlen(prefix);; *strrchr(place, '.') = '\0') {
        const char *text = texts_find_word(texts, place, name);
        if (text != NULL || strlen(place) <= least)
            return text;
    }
}

const char *texts_option_help(const Texts *texts, const char *owner, const char *name)
{
    const char *text = texts_find_owned(texts, "option_help", owner, name);
    return text != NULL ? text : name;
}

/* Where the brace that was opened before `p` is closed; NULL when it is not. */
static const char *closing(const char *p)
{
    for (int depth = 1; *p != '\0'; p++) {
        depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
        if (depth == 0)
            return p;
    }
    return NULL;
}

/* The form of that number of “one|few|other”, or the last that is there. Caller frees. */
static char *choose(const char *forms, size_t number)
{
    const char *start = forms, *p = forms;
    for (int depth = 0; *p != '\0'; p++) {
        depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
        if (*p != '|' || depth > 0)
            continue;
        if (number-- == 0)
            break;
        start = p + 1;
    }
    return g_strndup(start, (gsize)(p - start));
}

char *texts_fill(const Texts *texts, const char *template, TextsValue value, TextsNumber number,
                 const void *data)
{
    GString *out = g_string_new(NULL);
    for (const char *p = template; *p != '\0';) {
        const char *end = *p == '{' ? closing(p + 1) : NULL;
        if (end == NULL) {
            g_string_append_c(out, *p++);
            continue;
        }
        g_autofree char *place = g_strndup(p + 1, (gsize)(end - p - 1));
        char *forms = strchr(place, '?');
        if (forms != NULL) {
            *forms++ = '\0';
            g_autofree char *form = choose(forms, texts_form(texts, number(place, data)));
            g_autofree char *filled = texts_fill(texts, form, value, number, data);
            g_string_append(out, filled);
        } else {
            g_autofree char *filled = value(place, data);
            g_autofree char *apart = shown_apart(filled); /* a name may run the other way */
            g_string_append(out, apart);
        }
        p = end + 1;
    }
    return g_string_free(out, FALSE);
}

/* The values of texts_format() and texts_count() by name, and the number that counts. */
typedef struct {
    const Texts *texts;
    GHashTable *values; /* const char * -> const char * */
    double n;
} Given;

static char *given_value(const char *name, const void *data)
{
    return g_strdup(g_hash_table_lookup(((const Given *)data)->values, name));
}

/* A value that is a number as the language writes it decides a form, too: “1 234”, “0,5”. */
static double given_number(const char *name, const void *data)
{
    const Given *given = data;
    const char *value = g_hash_table_lookup(given->values, name);
    if (strcmp(name, "n") == 0 && !isnan(given->n))
        return given->n;
    if (value == NULL)
        return (double)NAN;
    const LanguageRules *rules = &given->texts->rules;
    GString *number = g_string_new(value);
    if (*rules->thousands != '\0')
        g_string_replace(number, rules->thousands, "", 0);
    g_string_replace(number, rules->decimal, ".", 0);
    g_autofree char *plain = g_string_free(number, FALSE);
    char *end = NULL;
    const double counted = g_ascii_strtod(plain, &end);
    return end != plain && *end == '\0' ? counted : (double)NAN;
}

static char *fill(const Texts *texts, const char *template, Given given, va_list list)
{
    for (const char *name; (name = va_arg(list, const char *)) != NULL;)
        g_hash_table_insert(given.values, (char *)name, (char *)va_arg(list, const char *));
    return texts_fill(texts, template, given_value, given_number, &given);
}

char *texts_format(const Texts *texts, const char *key, ...)
{
    g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
    va_list list;
    va_start(list, key);
    char *text = fill(texts, texts_get(texts, key), (Given){texts, values, NAN}, list);
    va_end(list);
    return text;
}

char *texts_count(const Texts *texts, const char *key, int64_t n, ...)
{
    const Texts *speaker = texts; /* a text that is lent counts as its own language does */
    g_autofree char *form = g_strdup_printf("%s.%s", key, texts_form_suffix(texts, (double)n));
    if (!g_hash_table_contains(texts->words, form) && texts->fallback != NULL) {
        speaker = texts->fallback;
        g_free(form);
        form = g_strdup_printf("%s.%s", key, texts_form_suffix(speaker, (double)n));
    }
    g_autofree char *number = texts_integer(texts, n);
    g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(values, (char *)"n", number);
    va_list list;
    va_start(list, n);
    char *text = fill(speaker, texts_get(texts, form), (Given){speaker, values, (double)n}, list);
    va_end(list);
    return text;
}

/* The text in that language of {"en": …, "fr": …}; NULL when there is none. */
static const char *text_in(const json_t *text, const char *language)
{
    const char *found = json_string_value(json_object_get(text, language));
    return found != NULL && *found != '\0' ? found : NULL;
}

const char *texts_pick(const Texts *texts, const json_t *text, const char **foreign)
{
    const char *lender = texts->fallback != NULL ? texts->fallback->language : texts->language, *used = NULL;
    const char *found = json_is_string(text) ? json_string_value(text) : text_in(text, texts->language);
    if (found == NULL)
        found = text_in(text, used = lender);
    for (const char *const *other = texts_languages(); found == NULL && *other != NULL; other++)
        found = text_in(text, used = *other);
    if (foreign != NULL)
        *foreign = found != NULL ? used : NULL;
    return found;
}
