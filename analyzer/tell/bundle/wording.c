/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/wording.h"

#include "records/free.h"

#include <glib.h>
#include <string.h>

typedef struct {
    const char *at;
    bool is_page;
} Reading;

/* Past <svg …>…</svg> and the like; where it does not end, to the end. */
static const char *skip_element(const char *text, const char *name)
{
    g_autofree char *end = g_strconcat("</", name, NULL);
    const char *found = strstr(text, end);
    return found != NULL ? found : text + strlen(text);
}

static const char *skip_tag(const char *text)
{
    static const char *const unread[] = {"svg", "style", "script"};
    for (size_t i = 0; i < G_N_ELEMENTS(unread); i++) {
        if (g_str_has_prefix(text + 1, unread[i])) {
            text = skip_element(text + 1, unread[i]);
            break;
        }
    }
    const char *end = strchr(text, '>');
    return end != NULL ? end + 1 : text + strlen(text);
}

static void skip_unread(Reading *reading)
{
    while (reading->is_page && *reading->at == '<')
        reading->at = skip_tag(reading->at);
}

/* The length of a space between thousands, as French writes them, where three digits follow; else 0. */
static size_t thousands_space(const char *text)
{
    static const char *const spaces[] = {"\u202f", "\u00a0", "\u2009", "&nbsp;", "&#8239;"};
    for (size_t i = 0; i < G_N_ELEMENTS(spaces); i++) {
        const size_t length = strlen(spaces[i]);
        if (g_str_has_prefix(text, spaces[i]) && strspn(text + length, "0123456789") == 3)
            return length;
    }
    return 0;
}

/* The length of the number that begins here; 0 = none does. */
static size_t number_length(const char *text)
{
    if (!g_ascii_isdigit(*text))
        return 0;
    size_t length = 0, space = 0;
    do {
        length += space;
        length += strspn(text + length, "0123456789.,");
    } while ((space = thousands_space(text + length)) > 0);
    return length;
}

/* ---- passages: a paragraph, a row of a table, a line */

typedef struct {
    GString *words;     /* with # in place of every number */
    GPtrArray *numbers; /* of char * */
} Passage;

DEFINE_DESTROY(passage_free, Passage, passage, g_string_free(passage->words, TRUE),
               g_ptr_array_unref(passage->numbers))

static Passage *passage_new(void)
{
    Passage *passage = g_new(Passage, 1);
    *passage = (Passage){g_string_new(NULL), g_ptr_array_new_with_free_func(g_free)};
    return passage;
}

static bool ends_passage(const Reading *reading)
{
    static const char *const within[] = {"span", "b",    "i",     "em",   "strong", "a",   "abbr",
                                         "sup",  "sub",  "small", "code", "bdi",    "wbr", "time",
                                         "mark", "cite", "q",     "td",   "th",     NULL};
    if (!reading->is_page)
        return *reading->at == '\n';
    if (*reading->at != '<')
        return false;
    const char *name = reading->at + (reading->at[1] == '/' ? 2 : 1);
    g_autofree char *tag = g_strndup(name, strcspn(name, " \t\r\n/>"));
    return !g_strv_contains(within, tag);
}

/* All that have words, by their words: char * -> GPtrArray of Passage *. */
static GHashTable *collect_passages(const char *text, bool is_page)
{
    GHashTable *passages =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    Reading reading = {text, is_page};
    Passage *passage = passage_new();
    for (bool last = false; !last;) {
        last = *reading.at == '\0';
        if (last || ends_passage(&reading)) {
            GPtrArray *alike = g_hash_table_lookup(passages, passage->words->str);
            if (alike == NULL) {
                alike = g_ptr_array_new_with_free_func(passage_free);
                g_hash_table_insert(passages, passage->words->str, alike);
            }
            g_ptr_array_add(alike, passage);
            passage = passage_new();
        }
        const size_t length = number_length(reading.at);
        if (is_page && *reading.at == '<') {
            reading.at = skip_tag(reading.at);
        } else if (length > 0) {
            g_ptr_array_add(passage->numbers, g_strndup(reading.at, length));
            g_string_append_c(passage->words, '#');
            reading.at += length;
        } else if (!last) {
            if (!g_ascii_isspace(*reading.at))
                g_string_append_c(passage->words, *reading.at);
            reading.at++;
        }
    }
    passage_free(passage);
    return passages;
}

static bool has_letters(const char *words)
{
    for (; *words != '\0'; words++) {
        if (g_ascii_isalpha(*words))
            return true;
    }
    return false;
}

static bool passages_differ(const GPtrArray *left, const GPtrArray *right, char **found, char **expected)
{
    for (guint i = 0; i < left->len; i++) {
        const GPtrArray *a = ((const Passage *)g_ptr_array_index(left, i))->numbers;
        const GPtrArray *b = ((const Passage *)g_ptr_array_index(right, i))->numbers;
        for (guint n = 0; n < a->len && n < b->len; n++) {
            if (strcmp(g_ptr_array_index(a, n), g_ptr_array_index(b, n)) == 0)
                continue;
            *found = g_strdup(g_ptr_array_index(a, n));
            *expected = g_strdup(g_ptr_array_index(b, n));
            return true;
        }
    }
    return false;
}

/* Passages that are as many in both texts, one by one in their order. */
static bool any_passage_differs(const char *text, const char *other, bool is_page, char **found,
                                char **expected)
{
    g_autoptr(GHashTable) left = collect_passages(text, is_page);
    g_autoptr(GHashTable) right = collect_passages(other, is_page);
    GHashTableIter iter;
    gpointer words, alike;
    g_hash_table_iter_init(&iter, left);
    while (g_hash_table_iter_next(&iter, &words, &alike)) {
        const GPtrArray *ours = g_hash_table_lookup(right, words);
        if (ours != NULL && ours->len == ((GPtrArray *)alike)->len && has_letters(words) &&
            passages_differ(alike, ours, found, expected))
            return true;
    }
    return false;
}

/* ---- all of a text */

static bool same_words_differ(const char *text, const char *other, bool is_page, char **found,
                              char **expected)
{
    Reading a = {text, is_page}, b = {other, is_page};
    *found = *expected = NULL;
    for (;;) {
        skip_unread(&a);
        skip_unread(&b);
        const size_t left = number_length(a.at), right = number_length(b.at);
        if (left == 0 && right == 0) {
            if (*a.at != *b.at)
                break; /* other words */
            if (*a.at == '\0')
                return *found != NULL;
            a.at++;
            b.at++;
            continue;
        }
        if (left == 0 || right == 0)
            break;
        if (*found == NULL && (left != right || strncmp(a.at, b.at, left) != 0)) {
            *found = g_strndup(a.at, left);
            *expected = g_strndup(b.at, right);
        }
        a.at += left;
        b.at += right;
    }
    g_clear_pointer(found, g_free);
    g_clear_pointer(expected, g_free);
    return false;
}

bool wording_texts_differ(const char *text, const char *other, bool is_page, char **found, char **expected)
{
    return same_words_differ(text, other, is_page, found, expected) ||
           any_passage_differs(text, other, is_page, found, expected);
}

bool wording_numbers_differ(const char *file, const char *other, char **found, char **expected)
{
    g_autofree char *text = NULL, *other_text = NULL;
    *found = *expected = NULL;
    return g_file_get_contents(file, &text, NULL, NULL) &&
           g_file_get_contents(other, &other_text, NULL, NULL) &&
           wording_texts_differ(text, other_text, g_str_has_suffix(file, ".html"), found, expected);
}
