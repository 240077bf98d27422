/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages that there are texts for, and the loading of their files. */
#include "language/embedded.h"
#include "language/texts_internal.h"
#include "records/error.h"
#include "records/free.h"

#include <string.h>

#define FALLBACK "en"    /* what a text that a language lacks is taken from */
#define USUAL_LEVEL 0.95 /* of texts that name one before a report has set its own */

/* Loaded once and never changed afterwards, but by texts_add(), which is called before anything is rendered.
 */
static GMutex lock;
static GPtrArray *all;   /* of Texts *, in the order of languages */
static GPtrArray *codes; /* of const char *, ended by NULL */

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
    g_autoptr(GPtrArray) levels = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *percent = texts_percent(texts, shares[i]);
        if (!g_ptr_array_find_with_equal_func(levels, percent, g_str_equal, NULL))
            g_ptr_array_add(levels, g_steal_pointer(&percent));
    }
    g_ptr_array_add(levels, NULL);
    g_autofree char *joined = g_strjoinv(" / ", (char **)levels->pdata);
    name_level(texts, joined);
}

static const char *rule(const Texts *texts, const char *name, const char *usual)
{
    g_autofree char *key = g_strconcat("language.", name, NULL);
    const char *found = g_hash_table_lookup(texts->words, key);
    return found != NULL ? found : usual;
}

static Texts *load(const char *language, const char *name, const char *text, GError **error)
{
    json_error_t why;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(json)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s:%d:%d: %s", name,
                    json == NULL ? why.line : 1, json == NULL ? why.column : 1,
                    json == NULL ? why.text : "expected an object of texts");
        json_decref(json);
        return NULL;
    }
    Texts *texts = g_new0(Texts, 1);
    texts->language = g_strdup(language);
    texts->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    texts->levelled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value) if (json_is_string(value) && g_str_has_prefix(key, "language."))
        g_hash_table_insert(texts->words, g_strdup(key), g_strdup(json_string_value(value)));
    if (!g_hash_table_contains(texts->words, "language.name"))
        g_hash_table_insert(texts->words, g_strdup("language.name"), g_strdup(language));
    if (!g_hash_table_contains(texts->words, "language.this_report"))
        g_hash_table_insert(texts->words, g_strdup("language.this_report"),
                            g_strdup(rule(texts, "name", language)));
    texts->rules = (LanguageRules){.decimal = rule(texts, "decimal", "."),
                                   .thousands = rule(texts, "thousands", ","),
                                   .percent = rule(texts, "percent", "%"),
                                   .bound_space = rule(texts, "bound_space", "\u00a0"),
                                   .narrow_before = rule(texts, "narrow_before", ""),
                                   .narrow_after = rule(texts, "narrow_after", ""),
                                   .units = rule(texts, "units", ""),
                                   .apostrophe = rule(texts, "apostrophe", "'"),
                                   .plural = rule(texts, "plural", "one")};
    json_object_foreach(json, key, value)
    {
        if (!json_is_string(value) || g_str_has_prefix(key, "language."))
            continue;
        char *word = texts_typography(texts, json_string_value(value));
        if (strstr(word, "{level}") != NULL)
            g_hash_table_insert(texts->levelled, g_strdup(key), g_strdup(word));
        g_hash_table_insert(texts->words, g_strdup(key), word);
    }
    json_decref(json);
    const double level = USUAL_LEVEL;
    texts_set_levels(texts, &level, 1);
    return texts;
}

static gint by_order(gconstpointer a, gconstpointer b)
{
    const Texts *left = *(Texts *const *)a, *right = *(Texts *const *)b;
    const gint64 l = g_ascii_strtoll(rule(left, "order", "99"), NULL, 10),
                 r = g_ascii_strtoll(rule(right, "order", "99"), NULL, 10);
    return l != r ? (l < r ? -1 : 1) : strcmp(left->language, right->language);
}

static const Texts *find(const char *language)
{
    for (guint i = 0; i < all->len; i++)
        if (strcmp(((const Texts *)all->pdata[i])->language, language) == 0)
            return all->pdata[i];
    return NULL;
}

/* Puts one more among them; the lock is held. */
static bool add(const char *language, const char *name, const char *text, GError **error)
{
    Texts *texts = load(language, name, text, error);
    if (texts == NULL)
        return false;
    g_ptr_array_add(all, texts);
    g_ptr_array_sort(all, by_order);
    g_ptr_array_set_size(codes, 0);
    for (guint i = 0; i < all->len; i++)
        g_ptr_array_add(codes, ((Texts *)all->pdata[i])->language);
    g_ptr_array_add(codes, NULL);
    for (guint i = 0; i < all->len; i++)
        ((Texts *)all->pdata[i])->fallback = all->pdata[i] == find(FALLBACK) ? NULL : find(FALLBACK);
    return true;
}

/* Those that are built in; the lock is held. */
static void load_all(void)
{
    if (all != NULL)
        return;
    all = g_ptr_array_new_with_free_func((GDestroyNotify)texts_free);
    codes = g_ptr_array_new();
    for (const char *const *language = embedded_languages; *language != NULL; language++) {
        g_autofree char *name = g_strdup_printf("texts/%s.json", *language);
        g_autoptr(GError) error = NULL;
        if (!add(*language, name, embedded_text(name), &error))
            g_error("built-in %s", error->message);
    }
}

const char *const *texts_languages(void)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&lock);
    load_all();
    return (const char *const *)codes->pdata;
}

const Texts *texts_of(const char *language)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&lock);
    load_all();
    return find(language);
}

bool texts_add(const char *language, const char *name, const char *text, GError **error)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&lock);
    load_all();
    g_return_val_if_fail(find(language) == NULL, false);
    return add(language, name, text, error);
}

static GHashTable *copy_words(GHashTable *words)
{
    GHashTable *copy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, words);
    while (g_hash_table_iter_next(&iter, &key, &value))
        g_hash_table_insert(copy, g_strdup(key), g_strdup(value));
    return copy;
}

Texts *texts_new(const char *language, double level, GError **error)
{
    const Texts *shared = texts_of(language);
    if (shared == NULL) {
        g_autofree char *known = g_strjoinv(", ", (char **)texts_languages());
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "report language: found \"%s\", expected one of %s", language, known);
        return NULL;
    }
    Texts *texts = g_new0(Texts, 1);
    *texts = *shared; /* the strings of the rules stay those of the shared one, which lives as long as the
                         program */
    texts->language = g_strdup(language);
    texts->words = copy_words(shared->words);
    texts->levelled = copy_words(shared->levelled);
    texts_set_levels(texts, &level, 1);
    return texts;
}

DEFINE_FREE(texts_free, Texts, texts, g_free(texts->language), g_hash_table_unref(texts->words),
            g_hash_table_unref(texts->levelled))

const char *texts_language(const Texts *texts)
{
    return texts->language;
}
