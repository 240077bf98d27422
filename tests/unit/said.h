/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a phrase says in both languages, for tests of sentences. */
#ifndef VSAUDIT_TESTS_SAID_H
#define VSAUDIT_TESTS_SAID_H

#include "language/phrase.h"

typedef struct {
    char *en, *fr; /* both NULL where there was no phrase */
} Said;

/* Takes the phrase; the caller frees both. */
static inline Said said(Phrase *phrase)
{
    if (phrase == NULL)
        return (Said){NULL, NULL};
    const Said both = {phrase_render(phrase, texts_of("en")), phrase_render(phrase, texts_of("fr"))};
    phrase_free(phrase);
    return both;
}

/* Takes the phrase; what it says in English. Caller frees. */
static inline char *said_in_english(Phrase *phrase)
{
    Said both = said(phrase);
    g_free(both.fr);
    return both.en;
}

#endif
