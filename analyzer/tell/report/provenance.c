/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/provenance.h"

#include <math.h>
#include <string.h>

/* Whoever is told, and in which words. */
typedef struct {
    const Texts *texts;
    ProvenanceLine line;
    void *user;
} Telling;

static void tell(const Telling *to, const char *key, const char *value)
{
    to->line(texts_get(to->texts, key), value, to->user);
}

static void tell_word(const Telling *to, const char *key, const char *words, const char *word)
{
    tell(to, key, word != NULL ? texts_word(to->texts, words, word) : NULL);
}

static void tell_text(const Telling *to, const char *key, const json_t *text)
{
    const char *words = texts_pick(to->texts, text, NULL);
    g_autofree char *set = words != NULL ? texts_typography(to->texts, words) : NULL;
    tell(to, key, set);
}

/* Somebody's part, with the name or the words that the audit has of them. */
static void tell_party(const Telling *to, const char *key, const char *party, const json_t *name)
{
    const char *words = texts_pick(to->texts, name, NULL);
    const char *part = party != NULL ? texts_word(to->texts, "certainty.party", party) : NULL;
    g_autofree char *both = words != NULL && part != NULL ? texts_format(to->texts, "provenance.named",
                                                                         "party", part, "name", words, NULL)
                                                          : g_strdup(part != NULL ? part : words);
    tell(to, key, both);
}

/* Only where it was filled in: it makes the lines above narrower. */
static void tell_period(const Telling *to, const ResultsSampling *sampling)
{
    if (sampling->from != NULL && sampling->to != NULL) {
        g_autofree char *from = texts_date(to->texts, sampling->from),
                        *until = texts_date(to->texts, sampling->to);
        g_autofree char *both =
            texts_format(to->texts, "provenance.from_to", "from", from, "to", until, NULL);
        tell(to, "provenance.period", both);
    }
    if (sampling->hours.count == 2) {
        g_autofree char *from = texts_number(to->texts, sampling->hours.at[0], 3),
                        *until = texts_number(to->texts, sampling->hours.at[1], 3);
        g_autofree char *both =
            texts_format(to->texts, "provenance.hours_from_to", "from", from, "to", until, NULL);
        tell(to, "provenance.hours", both);
    }
}

void provenance_tell_sampling(const ResultsSampling *sampling, const Texts *texts, ProvenanceLine line,
                              void *user)
{
    const Telling to = {texts, line, user};
    tell_word(&to, "provenance.how", "provenance.way", sampling->how);
    tell_party(&to, "provenance.chosen_by", sampling->chosen_by, sampling->chooser);
    tell_text(&to, "provenance.purpose", sampling->purpose);
    tell_text(&to, "provenance.stands_for", sampling->stands_for);
    tell_period(&to, sampling);
}

void provenance_tell_annotation(const ResultsAnnotation *annotation, const Texts *texts, ProvenanceLine line,
                                void *user)
{
    const Telling to = {texts, line, user};
    g_autofree char *people =
        annotation->people != RESULTS_UNKNOWN ? texts_integer(texts, annotation->people) : NULL;
    tell_text(&to, "provenance.by", annotation->by);
    tell(&to, "provenance.people", people);
    tell_word(&to, "provenance.blind", "provenance.answer", annotation->blind);
    tell_word(&to, "provenance.absence", "provenance.answer", annotation->absence);
    if (annotation->agreement_figure == NULL)
        return;
    g_autofree char *value = texts_significant(texts, annotation->agreement, 2);
    g_autofree char *agreement = texts_format(
        texts, "provenance.agreement_value", "figure",
        texts_word(texts, "provenance.figure", annotation->agreement_figure), "value", value, NULL);
    tell(&to, "provenance.agreement", agreement);
}

void provenance_tell_interests(const ResultsInterests *interests, const Texts *texts, ProvenanceLine line,
                               void *user)
{
    const Telling to = {texts, line, user};
    tell_party(&to, "provenance.ran_by", interests->ran_by, NULL);
    tell_party(&to, "provenance.paid_by", interests->paid_by, NULL);
    if (interests->declared != NULL)
        tell_text(&to, "provenance.declared", interests->declared);
}

const char *provenance_certainty_word(const ResultsClaim *claim, const Texts *texts)
{
    const char *level = claim->certainty.level;
    return level != NULL ? texts_word(texts, "certainty.level", level) : NULL;
}
