/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sentence that is not yet in any language: the key of a text and what stands in its places.
 *
 * Whoever reckons says what is to be said as a phrase; the words are in reports/texts/<language>.json alone,
 * and a phrase is rendered from them once for every language. Places are written in braces: "{clips}"; a
 * choice by number is "{clips?clip|clips}", in as many forms as the language has (language/texts.h), and the
 * forms may hold places of their own. A place that was given nothing is left out: so a clause that does not
 * apply is simply not put in. No place is called {level}: that is the reports' (texts_set_levels()). */
#ifndef VSAUDIT_LANGUAGE_PHRASE_H
#define VSAUDIT_LANGUAGE_PHRASE_H

#include "language/texts.h"
#include "records/text.h"

typedef struct Phrase Phrase;

/* `key` is copied. Never NULL. */
Phrase *phrase_new(const char *key);
Phrase *phrase_copy(const Phrase *phrase); /* NULL gives NULL */
void phrase_free(Phrase *phrase);          /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Phrase, phrase_free)
const char *phrase_key(const Phrase *phrase);

/* Each fills the place `name` (copied) and gives the phrase back, so that calls can be chained; a place
 * filled twice keeps the later filling. Numbers decide the forms of "{name?…|…}" as they are shown. */
Phrase *phrase_integer(Phrase *phrase, const char *name, int64_t value); /* "1,234" */
/* So many significant digits, as texts_number(). */
Phrase *phrase_number(Phrase *phrase, const char *name, double value, int digits);
Phrase *phrase_decimal(Phrase *phrase, const char *name, double value, int decimals); /* texts_decimal() */
Phrase *phrase_percent(Phrase *phrase, const char *name, double share);               /* texts_percent() */
/* "p = 0.012", "p < 0.0001": texts_p_named(). */
Phrase *phrase_p(Phrase *phrase, const char *name, double p);
/* "0.012", "< 0.0001": texts_p(). */
Phrase *phrase_p_value(Phrase *phrase, const char *name, double p);
Phrase *phrase_clock(Phrase *phrase, const char *name, int64_t t_us);    /* texts_clock() */
Phrase *phrase_date(Phrase *phrase, const char *name, const char *iso);  /* texts_date() */
Phrase *phrase_own(Phrase *phrase, const char *name, const char *words); /* as it is; NULL: nothing */
Phrase *phrase_word(Phrase *phrase, const char *name, const char *key);  /* the text of that key */
/* In each language its own: a user's text, or one of the document, {"en": …, "fr": …} or a string. */
Phrase *phrase_pair(Phrase *phrase, const char *name, Text text);
Phrase *phrase_text(Phrase *phrase, const char *name, const json_t *text);
/* A phrase within it, taken over; NULL: nothing. */
Phrase *phrase_part(Phrase *phrase, const char *name, Phrase *part);
/* Several, taken over with the array (of Phrase *, which has no free function of its own), with the text
 * "list.between" between them, and "list.last" before the last. */
Phrase *phrase_list(Phrase *phrase, const char *name, GPtrArray *parts);
/* The same for a plain enumeration: "list.between" everywhere, and after the first `most` (0: all) nothing
 * but "list.more". */
Phrase *phrase_names(Phrase *phrase, const char *name, GPtrArray *parts, guint most);

/* Sentences one after the other, with a blank between: the next is taken over; NULL: nothing. */
Phrase *phrase_then(Phrase *phrase, Phrase *next);
/* Its first letter becomes a capital in every language: what is else a part begins a sentence. */
Phrase *phrase_capitalise(Phrase *phrase);

/* Caller frees. */
char *phrase_render(const Phrase *phrase, const Texts *texts);
/* In every language that there are texts for, by code: {"en": …, "fr": …}; null for NULL. New reference. */
json_t *phrase_json(const Phrase *phrase);
/* The same behind a text that the document has already, with a blank between. New reference. */
json_t *phrase_json_after(const json_t *text, const Phrase *phrase);

#endif
