/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of rules, perception and protocols: every id has its texts in every language, and no text is of
 * something that there is not. */
#include "behaviours/norm.h"
#include "behaviours/semantics.h"
#include "language/embedded.h"
#include "language/texts.h"
#include "perception/perception.h"
#include "scoring/protocol.h"

#include <string.h>

#include "unit.h"

/* The texts that are asked for, by key: how often; and what has none. */
static GHashTable *asked;
static GString *missing;

/* The key of the text in that language that says it; NULL when there is none. The lookup is that of the
 * program: what it finds tells which key it was found under. */
static const char *key_of(json_t *texts, const Texts *language, const char *found)
{
    const char *key;
    json_t *value;
    json_object_foreach(texts, key, value) if (texts_get(language, key) == found) return key;
    return NULL;
}

/* `wanted`: the key to be written when there is no text. */
static void ask(json_t *texts, const char *found, const char *language, const char *wanted)
{
    const char *key = found != NULL ? key_of(texts, texts_of(language), found) : NULL;
    if (key == NULL) {
        g_string_append_printf(missing, "\n%s", wanted);
        return;
    }
    const guint times = GPOINTER_TO_UINT(g_hash_table_lookup(asked, key));
    g_hash_table_insert(asked, g_strdup(key), GUINT_TO_POINTER(times + 1));
}

static void ask_options(json_t *texts, const char *language, const char *owner, const OptionRow *table)
{
    g_autofree char *prefix = g_strdup_printf("option_help.%s", owner);
    for (const OptionSpec *option = options_of(table); option->name != NULL; option++) {
        g_autofree char *key = texts_word_key(prefix, option->name);
        ask(texts, texts_find_owned(texts_of(language), "option_help", owner, option->name), language, key);
    }
}

/* All that is said of a rule. */
static void ask_rule(json_t *texts, const char *language, const Behaviour *rule)
{
    static const char *const parts[] = {"title", "definition", "onset", "end", "alarm", "differs"};
    g_autofree char *owner = norm_owner(rule);
    for (size_t i = 0; i < G_N_ELEMENTS(parts) - (rule->wording == NULL ? 1 : 0); i++) {
        g_autofree char *key = g_strdup_printf("norm.%s.%s", owner, parts[i]);
        ask(texts, norm_text(rule, parts[i], texts_of(language)), language, key);
    }
    for (const char *const *counter = rule->counters; counter != NULL && *counter != NULL; counter++) {
        g_autofree char *key = texts_word_key("counter_help", *counter);
        ask(texts, norm_counter(*counter, texts_of(language)), language, key);
    }
    ask_options(texts, language, owner, rule->options);
}

static void ask_all(json_t *texts, const char *language)
{
    for (const Behaviour *const *rule = behaviour_registry; *rule != NULL; rule++)
        ask_rule(texts, language, *rule);
    for (const Semantics *const *semantics = semantics_registry; *semantics != NULL; semantics++)
        ask_rule(texts, language, &(*semantics)->rule);
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++) {
        g_autofree char *owner = g_strdup_printf("protocol.%s", (*protocol)->id);
        ask_options(texts, language, owner, (*protocol)->options);
    }
    ask_options(texts, language, "perception", perception_options);
}

TEST(every_id_has_its_texts_and_no_text_is_left_over)
{
    for (const char *const *language = texts_languages(); *language != NULL; language++) {
        g_autofree char *name = g_strdup_printf("texts/%s.json", *language);
        json_t *texts = json_loads(embedded_text(name), 0, NULL);
        asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        missing = g_string_new(NULL);
        ask_all(texts, *language);
        const bool whole = strcmp(*language, "en") == 0 || strcmp(*language, "fr") == 0;
        if (whole && missing->len > 0) /* what others lack is said in English */
            fail_msg("reports/texts/%s.json must say:%s", *language, missing->str);
        const char *key;
        json_t *value;
        json_object_foreach(texts, key, value)
        {
            if (!g_str_has_prefix(key, "option_help.") && !g_str_has_prefix(key, "norm.") &&
                !g_str_has_prefix(key, "counter_help."))
                continue;
            const guint times = GPOINTER_TO_UINT(g_hash_table_lookup(asked, key));
            if (times == 0)
                fail_msg("%s, %s: nothing has this text", *language, key);
            /* A text without an owner is for those who share it. */
            if (whole && g_str_has_prefix(key, "option_help.") &&
                strchr(key + strlen("option_help."), '.') == NULL && times < 2)
                fail_msg("%s, %s: a text that one option has alone is to name its owner", *language, key);
        }
        assert_true(!whole || g_hash_table_size(asked) > 350);
        g_string_free(missing, TRUE);
        g_hash_table_unref(asked);
        json_decref(texts);
    }
}

TEST(a_text_is_its_owner_s_before_it_is_shared)
{
    const Texts *english = texts_of("en");
    assert_string_equal(texts_option_help(english, "line-crossing", "direction"),
                        texts_get(english, "option_help.line-crossing.direction"));
    assert_string_equal(texts_option_help(english, "onvif.line-crossing", "direction"),
                        texts_get(english, "option_help.direction"));
    assert_string_equal(texts_option_help(english, "onvif.line-crossing", "anchor"),
                        texts_get(english, "option_help.onvif.anchor"));
    assert_string_equal(texts_option_help(english, "running", "on_delay"),
                        texts_get(english, "option_help.on-delay"));
    assert_string_equal(texts_option_help(english, "running", "no_such_option"), "no_such_option");
}

/* An option that a table takes in twice would be set in one place and read in another. */
TEST(no_rule_has_an_option_twice)
{
    for (const Behaviour *const *rule = behaviour_registry; *rule != NULL; rule++)
        for (const OptionSpec *option = options_of((*rule)->options); option->name != NULL; option++)
            assert_ptr_equal(option_find((*rule)->options, option->name), option);
    for (const Semantics *const *semantics = semantics_registry; *semantics != NULL; semantics++)
        for (const OptionSpec *option = options_of((*semantics)->rule.options); option->name != NULL;
             option++)
            assert_ptr_equal(option_find((*semantics)->rule.options, option->name), option);
}

UNIT_TESTS(NULL, NULL)
