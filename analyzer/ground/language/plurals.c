/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In how many forms a language counts. */
#include "language/texts_internal.h"

#include <math.h>
#include <string.h>

static size_t one_or_other(double n)
{
    return fabs(n) == 1 ? 0 : 1;
}

static size_t below_two_or_other(double n)
{
    return fabs(n) < 2 ? 0 : 1;
}

static size_t always_same(double n)
{
    (void)n;
    return 0;
}

static size_t one_few_many(double n)
{
    const double whole = fabs(n);
    if (floor(whole) < whole)
        return 1;
    const int last = (int)fmod(whole, 10), two = (int)fmod(whole, 100);
    return whole == 1 ? 0 : last >= 2 && last <= 4 && (two < 12 || two > 14) ? 1 : 2;
}

/* The names are those that "language.plural" may have. */
static const struct {
    const char *name;
    size_t (*form)(double n);
    const char *suffixes[4]; /* of the keys of texts that count */
} plural_rules[] = {
    {"one", one_or_other, {"one", "other"}},              /* 1; all else: English, German, Spanish … */
    {"below-two", below_two_or_other, {"one", "other"}},  /* 0 to 1.9; all else: French, Occitan … */
    {"none", always_same, {"other"}},                     /* one form: Turkish, Basque, Japanese … */
    {"one-few-many", one_few_many, {"one", "few", "other"}}, /* Polish */
};

static size_t plural_rule(const Texts *texts)
{
    for (size_t i = 0; i < G_N_ELEMENTS(plural_rules); i++)
        if (strcmp(plural_rules[i].name, texts->rules.plural) == 0)
            return i;
    return 0;
}

size_t texts_form(const Texts *texts, double number)
{
    return plural_rules[plural_rule(texts)].form(isnan(number) ? 5 : number);
}

const char *texts_form_suffix(const Texts *texts, double number)
{
    return plural_rules[plural_rule(texts)].suffixes[texts_form(texts, number)];
}
