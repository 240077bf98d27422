/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share: the rules of a language, and the filling of places. */
#ifndef VSAUDIT_LANGUAGE_TEXTS_INTERNAL_H
#define VSAUDIT_LANGUAGE_TEXTS_INTERNAL_H

#include "language/texts.h"

/* How a language writes, from the keys "language.…" of its file. Strings belong to the texts. */
typedef struct {
    const char *decimal;       /* "," */
    const char *thousands;     /* between groups of three digits */
    const char *percent;       /* what follows a number: "%" with its space */
    const char *bound_space;   /* after < and > */
    const char *narrow_before; /* the marks before which a blank becomes narrow; "" = none */
    const char *narrow_after;
    const char *units;      /* parted by blanks: the blank before one, behind a number, is narrow; "" = none */
    const char *apostrophe; /* what ' between letters becomes */
    const char *plural;     /* the rule of plurals: texts.c, plural_rules */
} LanguageRules;

struct Texts {
    char *language;
    LanguageRules rules;
    const Texts *fallback; /* NULL for English itself */
    GHashTable *words;     /* char * -> char *, typography applied */
    GHashTable *levelled;  /* the same, of the texts that name the level of the intervals: “{level}” */
};

/* The form that the number takes, from 0; NAN takes that of many. */
size_t texts_form(const Texts *texts, double number);
/* The ending of the key of a text that counts: "one", "other". */
const char *texts_form_suffix(const Texts *texts, double number);

/* What stands in the place `name`: a string that the caller frees, or NULL for nothing. */
typedef char *(*TextsValue)(const char *name, const void *data);
/* The number in that place; NAN when it is none. */
typedef double (*TextsNumber)(const char *name, const void *data);
/* Values are put in as they are: a brace inside one is never read as a place. Caller frees. */
char *texts_fill(const Texts *texts, const char *template, TextsValue value, TextsNumber number,
                 const void *data);

#endif
