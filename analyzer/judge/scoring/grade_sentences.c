/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/grade.h"

#include <math.h>

/* What a sentence may say beside its figure and what that is a part of. */
static const struct {
    const char *place;
    double value;
} edges[] = {
    {"edge_hours", GRADE_HOURS}, {"edge_little", GRADE_LITTLE}, {"edge_cases", GRADE_CASES},
    {"edge_kappa", GRADE_KAPPA}, {"edge_f1", GRADE_F1},         {"edge_cameras", GRADE_CAMERAS},
};

static void say_party(Phrase *phrase, const char *place, int party)
{
    g_autofree char *key =
        g_strconcat("certainty.party.", party != NOT_FILLED_IN ? party_words[party] : "not_filled_in", NULL);
    phrase_word(phrase, place, key);
}

Phrase *grade_sentence(const GradeFound *found)
{
    g_autofree char *key = g_strconcat("certainty.reason.", grade_key(found), NULL);
    Phrase *phrase = phrase_new(key);
    if (found->state != GRADE_STATE_FOUND) {
        g_autofree char *state = g_strconcat("certainty.state.", grade_states[found->state - 1], NULL);
        phrase_word(phrase, "state", state);
    }
    phrase_number(phrase, "n", found->figure, 3);
    phrase_p(phrase, "p", found->figure);
    if (!isnan(found->of))
        phrase_number(phrase, "of", found->of, 3);
    phrase_percent(phrase, "share", GRADE_SHARE);
    for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
        phrase_number(phrase, edges[i].place, edges[i].value, 3);
    say_party(phrase, "chose", found->chosen_by);
    say_party(phrase, "ran", found->ran_by);
    say_party(phrase, "paid", found->paid_by);
    return phrase;
}
