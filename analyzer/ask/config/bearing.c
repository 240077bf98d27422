/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/bearing.h"

#include "config/partial_date.h"

#include <string.h>

const char *const law_uses[] = {"real_time", "deferred", "statistics", NULL};
const char *const law_bodies[] = {"state", "municipality", "transport", "shop", "vendor", NULL};

/* ISO days compare as text. */
static const char first_of_all[] = "0000-01-01", last_of_all[] = "9999-12-31";

static bool holds(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* Of the words of one kind: do both name one, and one that is the same? */
static LawBearing compare_words(const LawReach *text, const LawReach *trial, const char *const *kind)
{
    bool asked = false, stated = false, met = false;
    for (; *kind != NULL; kind++) {
        const bool wanted = holds(text->words, text->word_count, *kind);
        const bool there = holds(trial->words, trial->word_count, *kind);
        asked = asked || wanted;
        stated = stated || there;
        met = met || (wanted && there);
    }
    return !asked || met ? LAW_BINDS : stated ? LAW_OTHERS : LAW_MAY_BIND;
}

static LawBearing compare_places(const LawReach *text, const LawReach *trial)
{
    if (text->country_count == 0)
        return LAW_BINDS;
    if (trial->country_count == 0)
        return LAW_MAY_BIND;
    return holds(text->countries, text->country_count, trial->countries[0]) ? LAW_BINDS : LAW_ELSEWHERE;
}

/* The trial began on a day of [begin_first, begin_last] and ended on one of [end_first, end_last]. */
static LawBearing compare_times(const LawReach *text, const LawReach *trial)
{
    g_autofree char *begin_first =
        trial->from != NULL ? partial_date_first(trial->from) : g_strdup(first_of_all);
    g_autofree char *end_last = trial->to != NULL ? partial_date_last(trial->to) : g_strdup(last_of_all);
    g_autofree char *begin_last = trial->from != NULL ? partial_date_last(trial->from) : g_strdup(end_last);
    g_autofree char *end_first = trial->to != NULL ? partial_date_first(trial->to) : g_strdup(begin_first);
    const char *from = text->from != NULL ? text->from : first_of_all;
    const char *to = text->to != NULL ? text->to : last_of_all;
    if (strcmp(from, end_last) > 0)
        return LAW_NOT_YET;
    if (strcmp(to, begin_first) < 0)
        return LAW_NO_LONGER;
    if (text->from == NULL || (trial->from == NULL && trial->to == NULL))
        return LAW_MAY_BIND;
    if (strcmp(from, begin_first) <= 0 && strcmp(to, end_last) >= 0)
        return LAW_BINDS;
    /* Whatever the days meant, did it begin before the end and end after the beginning? */
    const char *latest_begin = strcmp(begin_last, end_last) < 0 ? begin_last : end_last;
    const char *earliest_end = strcmp(end_first, begin_first) > 0 ? end_first : begin_first;
    return strcmp(from, earliest_end) <= 0 && strcmp(to, latest_begin) >= 0 ? LAW_BINDS_IN_PART
                                                                            : LAW_MAY_BIND;
}

LawBearing law_bearing(const LawReach *text, const LawReach *trial)
{
    const LawBearing by[] = {compare_places(text, trial), compare_times(text, trial),
                             compare_words(text, trial, law_uses), compare_words(text, trial, law_bodies)};
    LawBearing weakest = LAW_BINDS;
    for (size_t i = 0; i < G_N_ELEMENTS(by); i++) {
        if (by[i] > LAW_MAY_BIND)
            return by[i];
        weakest = MAX(weakest, by[i]);
    }
    return weakest;
}

/* ---- the trial, in an audit */

void law_check_words(YamlReader *reader, const YamlNode *list, const char *const *words,
                     const char *const *more)
{
    for (guint i = 0; list != NULL && list->kind == YAML_NODE_LIST && i < list->children->len; i++) {
        const YamlNode *word = g_ptr_array_index(list->children, i);
        if (word->kind != YAML_NODE_TEXT || g_strv_contains(words, word->text) ||
            (more != NULL && g_strv_contains(more, word->text)))
            continue;
        g_autofree char *all = g_strjoinv(", ", (char **)(void *)words);
        g_autofree char *others = more != NULL ? g_strjoinv(", ", (char **)(void *)more) : g_strdup("");
        yaml_expected(reader, word, "one of %s%s%s", all, more != NULL ? ", " : "", others);
    }
}

static void check_trial(YamlReader *reader, const YamlNode *node, void *target)
{
    const TrialSpec *trial = target;
    law_check_words(reader, yaml_node_get(node, "uses"), law_uses, NULL);
    law_check_words(reader, yaml_node_get(node, "bodies"), law_bodies, NULL);
    if (trial->country != NULL && (strlen(trial->country) != 2 || !g_ascii_isupper(trial->country[0]) ||
                                   !g_ascii_isupper(trial->country[1])))
        yaml_expected(reader, yaml_node_get(node, "country"), "two capital letters as FR (ISO 3166-1)");
    if (trial->from == NULL || trial->to == NULL || !partial_date_is(trial->from) ||
        !partial_date_is(trial->to))
        return;
    g_autofree char *first = partial_date_first(trial->from), *last = partial_date_last(trial->to);
    if (strcmp(last, first) < 0)
        yaml_expected(reader, yaml_node_get(node, "to"), "a date not before “from” (%s)", trial->from);
}

#define DATE_SHAPE .shape = "date (2023-02-01, 2023-02 or 2023)"
static const YamlField trial_fields[] = {
    CUSTOM_FIELD("from", TrialSpec, from, partial_date_read, DATE_SHAPE,
                 .help = "when the system was first used, as exactly as it is known"),
    CUSTOM_FIELD("to", TrialSpec, to, partial_date_read, DATE_SHAPE,
                 .help = "when it was last used; left out: not known, or in use"),
    TEXT_FIELD("country", TrialSpec, country, .help = "where, as FR (ISO 3166-1)"),
    TEXTS_FIELD("uses", TrialSpec, uses, .max = 3,
                .help = "what it was used for: real_time (alarms while it happens), deferred (recordings "
                        "searched), statistics"),
    TEXTS_FIELD("bodies", TrialSpec, bodies, .max = 5,
                .help = "who used it: state, municipality, transport, shop, vendor"),
    YAML_FIELD_END};
const YamlTable trial_table = {YAML_TABLE("trial", trial_fields, TrialSpec), .check = check_trial};
