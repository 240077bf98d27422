/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language/words.h"

#include "language/texts.h"

static const Texts *texts_in(Language language)
{
    return texts_of(language == LANGUAGE_FR ? "fr" : "en");
}

char *words_number(Language language, double value, int digits)
{
    return texts_number(texts_in(language), value, digits);
}

char *words_integer(Language language, int64_t value)
{
    g_autofree char *number = texts_integer(texts_in(language), value < 0 ? -value : value);
    return g_strconcat(value < 0 ? "-" : "", number, NULL);
}

char *words_count(Language language, int64_t value, const char *singular, const char *plural)
{
    g_autofree char *number = words_integer(language, value);
    const bool one = value == 1 || (language == LANGUAGE_FR && value == 0);
    return g_strconcat(number, " ", one ? singular : plural, NULL);
}

char *words_percent(Language language, double share)
{
    return texts_percent(texts_in(language), share);
}

char *words_p_value(Language language, double p)
{
    return texts_p(texts_in(language), p);
}

char *words_p(Language language, double p)
{
    return texts_p_named(texts_in(language), p);
}

char *words_french_spaces(char *text)
{
    char *spaced = texts_typography(texts_of("fr"), text);
    g_free(text);
    return spaced;
}
