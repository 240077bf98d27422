/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language/phrase.h"

#include "language/texts_internal.h"

#include <math.h>
#include <string.h>

typedef enum {
    ARGUMENT_INTEGER,
    ARGUMENT_NUMBER,
    ARGUMENT_DECIMAL,
    ARGUMENT_PERCENT,
    ARGUMENT_P,
    ARGUMENT_P_VALUE,
    ARGUMENT_CLOCK,
    ARGUMENT_DATE,
    ARGUMENT_OWN,
    ARGUMENT_WORD,
    ARGUMENT_TEXT,
    ARGUMENT_PARTS,
    ARGUMENT_NAMES,
} ArgumentKind;

typedef struct {
    ArgumentKind kind;
    int64_t whole; /* of names: the most that are said, 0 = all */
    double number;
    int digits;
    char *words;
    json_t *text;
    GPtrArray *parts; /* of Phrase * */
} Argument;

struct Phrase {
    char *key;
    GHashTable *arguments; /* char * -> Argument * */
    bool capital; /* begins a sentence */
    Phrase *next;
};

static void argument_free(void *data)
{
    Argument *argument = data;
    g_free(argument->words);
    json_decref(argument->text);
    if (argument->parts != NULL)
        g_ptr_array_unref(argument->parts);
    g_free(argument);
}

static GPtrArray *phrases_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)phrase_free);
}

Phrase *phrase_new(const char *key)
{
    Phrase *phrase = g_new0(Phrase, 1);
    phrase->key = g_strdup(key);
    phrase->arguments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, argument_free);
    return phrase;
}

void phrase_free(Phrase *phrase)
{
    while (phrase != NULL) {
        Phrase *next = phrase->next;
        g_free(phrase->key);
        g_hash_table_unref(phrase->arguments);
        g_free(phrase);
        phrase = next;
    }
}

const char *phrase_key(const Phrase *phrase)
{
    return phrase->key;
}

static Argument *put(Phrase *phrase, const char *name, ArgumentKind kind)
{
    Argument *argument = g_new0(Argument, 1);
    argument->kind = kind;
    g_hash_table_replace(phrase->arguments, g_strdup(name), argument);
    return argument;
}

Phrase *phrase_copy(const Phrase *phrase)
{
    if (phrase == NULL)
        return NULL;
    Phrase *copy = phrase_new(phrase->key);
    GHashTableIter iter;
    gpointer name = NULL, value = NULL;
    g_hash_table_iter_init(&iter, phrase->arguments);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        const Argument *from = value;
        Argument *to = put(copy, name, from->kind);
        *to = *from;
        to->words = g_strdup(from->words);
        json_incref(to->text);
        if (from->parts == NULL)
            continue;
        to->parts = phrases_new();
        for (guint i = 0; i < from->parts->len; i++)
            g_ptr_array_add(to->parts, phrase_copy(from->parts->pdata[i]));
    }
    copy->capital = phrase->capital;
    copy->next = phrase_copy(phrase->next);
    return copy;
}

static Phrase *put_number(Phrase *phrase, const char *name, ArgumentKind kind, double value, int digits)
{
    Argument *argument = put(phrase, name, kind);
    argument->number = value;
    argument->digits = digits;
    return phrase;
}

static Phrase *put_words(Phrase *phrase, const char *name, ArgumentKind kind, const char *words)
{
    if (words != NULL)
        put(phrase, name, kind)->words = g_strdup(words);
    return phrase;
}

Phrase *phrase_integer(Phrase *phrase, const char *name, int64_t value)
{
    put(phrase, name, ARGUMENT_INTEGER)->whole = value;
    return phrase;
}

Phrase *phrase_number(Phrase *phrase, const char *name, double value, int digits)
{
    return put_number(phrase, name, ARGUMENT_NUMBER, value, digits);
}

Phrase *phrase_decimal(Phrase *phrase, const char *name, double value, int decimals)
{
    return put_number(phrase, name, ARGUMENT_DECIMAL, value, decimals);
}

Phrase *phrase_percent(Phrase *phrase, const char *name, double share)
{
    return put_number(phrase, name, ARGUMENT_PERCENT, share, 0);
}

Phrase *phrase_p(Phrase *phrase, const char *name, double p)
{
    return put_number(phrase, name, ARGUMENT_P, p, 0);
}

Phrase *phrase_p_value(Phrase *phrase, const char *name, double p)
{
    return put_number(phrase, name, ARGUMENT_P_VALUE, p, 0);
}

Phrase *phrase_clock(Phrase *phrase, const char *name, int64_t t_us)
{
    put(phrase, name, ARGUMENT_CLOCK)->whole = t_us;
    return phrase;
}

Phrase *phrase_date(Phrase *phrase, const char *name, const char *iso)
{
    return put_words(phrase, name, ARGUMENT_DATE, iso);
}

Phrase *phrase_own(Phrase *phrase, const char *name, const char *words)
{
    return put_words(phrase, name, ARGUMENT_OWN, words);
}

Phrase *phrase_word(Phrase *phrase, const char *name, const char *key)
{
    return put_words(phrase, name, ARGUMENT_WORD, key);
}

Phrase *phrase_text(Phrase *phrase, const char *name, const json_t *text)
{
    if (text != NULL)
        put(phrase, name, ARGUMENT_TEXT)->text = json_deep_copy(text);
    return phrase;
}

Phrase *phrase_pair(Phrase *phrase, const char *name, Text text)
{
    const char *en = text.en != NULL ? text.en : text.fr, *fr = text.fr != NULL ? text.fr : text.en;
    if (en == NULL)
        return phrase;
    json_t *both = json_pack("{s:s,s:s}", "en", en, "fr", fr);
    phrase_text(phrase, name, both);
    json_decref(both);
    return phrase;
}

Phrase *phrase_part(Phrase *phrase, const char *name, Phrase *part)
{
    if (part == NULL)
        return phrase;
    GPtrArray *parts = phrases_new();
    g_ptr_array_add(parts, part);
    put(phrase, name, ARGUMENT_PARTS)->parts = parts;
    return phrase;
}

Phrase *phrase_list(Phrase *phrase, const char *name, GPtrArray *parts)
{
    g_ptr_array_set_free_func(parts, (GDestroyNotify)phrase_free);
    put(phrase, name, ARGUMENT_PARTS)->parts = parts;
    return phrase;
}

Phrase *phrase_names(Phrase *phrase, const char *name, GPtrArray *parts, guint most)
{
    g_ptr_array_set_free_func(parts, (GDestroyNotify)phrase_free);
    Argument *argument = put(phrase, name, ARGUMENT_NAMES);
    argument->parts = parts;
    argument->whole = most;
    return phrase;
}

Phrase *phrase_capitalise(Phrase *phrase)
{
    phrase->capital = true;
    return phrase;
}

Phrase *phrase_then(Phrase *phrase, Phrase *next)
{
    Phrase *last = phrase;
    while (last->next != NULL)
        last = last->next;
    last->next = next;
    return phrase;
}

static char *render_parts(const GPtrArray *parts, const Texts *texts)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < parts->len; i++) {
        if (i > 0)
            g_string_append(out, texts_get(texts, i + 1 < parts->len ? "list.between" : "list.last"));
        g_autofree char *part = phrase_render(parts->pdata[i], texts);
        g_string_append(out, part);
    }
    return g_string_free(out, FALSE);
}

static char *render_names(const GPtrArray *parts, guint most, const Texts *texts)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < parts->len; i++) {
        const bool more = most > 0 && i == most;
        g_autofree char *part = more ? NULL : phrase_render(parts->pdata[i], texts);
        g_string_append(out, i > 0 ? texts_get(texts, "list.between") : "");
        g_string_append(out, more ? texts_get(texts, "list.more") : part);
        if (more)
            break;
    }
    return g_string_free(out, FALSE);
}

static char *render_argument(const Argument *argument, const Texts *texts)
{
    switch (argument->kind) {
    case ARGUMENT_INTEGER:
        return texts_integer(texts, argument->whole);
    case ARGUMENT_NUMBER:
        return texts_number(texts, argument->number, argument->digits);
    case ARGUMENT_DECIMAL:
        return texts_decimal(texts, argument->number, argument->digits);
    case ARGUMENT_PERCENT:
        return texts_percent(texts, argument->number);
    case ARGUMENT_P:
        return texts_p_named(texts, argument->number);
    case ARGUMENT_P_VALUE:
        return texts_p(texts, argument->number);
    case ARGUMENT_CLOCK:
        return texts_clock(texts, argument->whole);
    case ARGUMENT_DATE:
        return texts_date(texts, argument->words);
    case ARGUMENT_OWN:
        return g_strdup(argument->words);
    case ARGUMENT_WORD:
        return g_strdup(texts_get(texts, argument->words));
    case ARGUMENT_TEXT: {
        const char *words = texts_pick(texts, argument->text, NULL);
        return g_strdup(words != NULL ? words : "");
    }
    case ARGUMENT_PARTS:
        return render_parts(argument->parts, texts);
    case ARGUMENT_NAMES:
        return render_names(argument->parts, (guint)argument->whole, texts);
    }
    g_return_val_if_reached(NULL);
}

/* What texts_fill() asks for. */
typedef struct {
    const Phrase *phrase;
    const Texts *texts;
} Places;

static char *place_value(const char *name, const void *data)
{
    const Places *places = data;
    const Argument *argument = g_hash_table_lookup(places->phrase->arguments, name);
    return argument != NULL ? render_argument(argument, places->texts) : NULL;
}

/* With so many decimals, as texts_decimal() and texts_number() show it: who reads “1 camera-hour” sees nothing
 * of 0.99999. */
static double as_shown(double value, int decimals)
{
    char format[16], shown[400];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    return isfinite(value) ? g_ascii_strtod(g_ascii_formatd(shown, sizeof shown, format, value), NULL) : value;
}

/* Of so many significant digits. */
static int decimals_of(double value, int digits)
{
    return isfinite(value) && fabs(value) > 0 ? CLAMP(digits - 1 - (int)floor(log10(fabs(value))), 0, 330) : 0;
}

static double place_number(const char *name, const void *data)
{
    const Places *places = data;
    const Argument *argument = g_hash_table_lookup(places->phrase->arguments, name);
    if (argument == NULL)
        return NAN;
    switch (argument->kind) {
    case ARGUMENT_INTEGER:
        return (double)argument->whole;
    case ARGUMENT_NUMBER:
        return as_shown(argument->number, decimals_of(argument->number, argument->digits));
    case ARGUMENT_DECIMAL:
        return as_shown(argument->number, CLAMP(argument->digits, 0, 12));
    default:
        return NAN;
    }
}

char *phrase_render(const Phrase *phrase, const Texts *texts)
{
    GString *out = g_string_new(NULL);
    for (; phrase != NULL; phrase = phrase->next) {
        const Places places = {phrase, texts};
        /* A text that is lent counts as its own language does. */
        const bool lent = texts->fallback != NULL && !g_hash_table_contains(texts->words, phrase->key);
        g_autofree char *one = texts_fill(lent ? texts->fallback : texts, texts_get(texts, phrase->key),
                                          place_value, place_number, &places);
        g_autofree char *begun = phrase->capital ? texts_capitalise(one) : NULL;
        if (out->len > 0 && *one != '\0')
            g_string_append_c(out, ' ');
        g_string_append(out, begun != NULL ? begun : one);
    }
    return g_string_free(out, FALSE);
}

static gint by_code(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What was said before, or NULL, and the phrase; in the order of the languages' codes, whatever order reports
 * name them in. */
static json_t *say_all(const json_t *before, const Phrase *phrase)
{
    json_t *all = json_object();
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (const char *const *language = texts_languages(); *language != NULL; language++)
        g_ptr_array_add(codes, (char *)*language);
    g_ptr_array_sort(codes, by_code);
    for (guint i = 0; i < codes->len; i++) {
        const char *language = codes->pdata[i];
        const Texts *texts = texts_of(language);
        const char *said = before != NULL ? texts_pick(texts, before, NULL) : NULL;
        g_autofree char *words = phrase_render(phrase, texts);
        g_autofree char *valid = g_utf8_make_valid(words, -1);
        g_autofree char *both = g_strconcat(said != NULL ? said : "", said != NULL ? " " : "", valid, NULL);
        json_object_set_new(all, language, json_string(both));
    }
    return all;
}

json_t *phrase_json(const Phrase *phrase)
{
    return phrase != NULL ? say_all(NULL, phrase) : json_null();
}

json_t *phrase_json_after(const json_t *text, const Phrase *phrase)
{
    return say_all(text, phrase);
}
