/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/norm.h"

char *norm_owner(const Behaviour *rule)
{
    return rule->wording != NULL ? g_strdup_printf("%s.%s", rule->wording, rule->id) : g_strdup(rule->id);
}

/* Caller frees. */
static char *key_of(const Behaviour *rule, const char *part)
{
    g_autofree char *owner = norm_owner(rule);
    return g_strdup_printf("norm.%s.%s", owner, part);
}

const char *norm_text(const Behaviour *rule, const char *part, const Texts *texts)
{
    g_autofree char *key = key_of(rule, part);
    return texts_has(texts, key) ? texts_get(texts, key) : g_intern_string(key);
}

Phrase *norm_phrase(const Behaviour *rule, const char *part)
{
    g_autofree char *key = key_of(rule, part);
    return phrase_new(key);
}

json_t *norm_json(const Behaviour *rule, const char *part)
{
    g_autoptr(Phrase) phrase = norm_phrase(rule, part);
    return phrase_json(phrase);
}

const char *norm_counter(const char *counter, const Texts *texts)
{
    return texts_word(texts, "counter_help", counter);
}
