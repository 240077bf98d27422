/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language/words.h"

#include <math.h>
#include <string.h>

#define NARROW_SPACE "\u202f"

/* Puts thousands apart and sets the decimal sign in plain digits. */
static char *localise(Language language, const char *plain)
{
    const size_t sign = plain[0] == '-';
    const size_t whole = strspn(plain + sign, "0123456789");
    GString *text = g_string_new(sign ? "-" : "");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(text, language == LANGUAGE_FR ? NARROW_SPACE : ",");
        g_string_append_c(text, plain[sign + i]);
    }
    const char *rest = plain + sign + whole;
    if (*rest == '.') {
        g_string_append_c(text, language == LANGUAGE_FR ? ',' : '.');
        rest++;
    }
    g_string_append(text, rest);
    return g_string_free(text, FALSE);
}

/* Any double without an exponent: 309 digits before the point, or 330 decimals. */
#define PLAIN_SIZE 400

char *words_number(Language language, double value, int digits)
{
    char plain[PLAIN_SIZE];
    if (isnan(value))
        return g_strdup("—");
    if (isinf(value))
        return g_strdup(value > 0 ? "∞" : "-∞");
    if (value == 0)
        return g_strdup("0");
    /* Round to significant digits first, then print with as many decimals as these need. */
    const int magnitude = (int)floor(log10(fabs(value)));
    const int decimals = CLAMP(digits - 1 - magnitude, 0, 330);
    char format[16];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd(plain, sizeof plain, format, value);
    if (strchr(plain, '.') != NULL) {
        char *end = plain + strlen(plain);
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            end[-1] = '\0';
    }
    return localise(language, plain);
}

char *words_integer(Language language, int64_t value)
{
    g_autofree char *plain = g_strdup_printf("%" G_GINT64_FORMAT, value);
    return localise(language, plain);
}

char *words_count(Language language, int64_t value, const char *singular, const char *plural)
{
    g_autofree char *number = words_integer(language, value);
    const bool one = value == 1 || (language == LANGUAGE_FR && value == 0);
    return g_strconcat(number, " ", one ? singular : plural, NULL);
}

char *words_percent(Language language, double share)
{
    /* 99.99% is not 100%: as many digits as keep them apart. */
    int digits = 3;
    if (isnan(share))
        return g_strdup("—");
    while (share < 1 && digits < 9 && 100 * share >= 100 - 0.5 * pow(10, 2 - digits))
        digits++;
    g_autofree char *number = words_number(language, 100 * share, digits);
    return g_strconcat(number, language == LANGUAGE_FR ? NARROW_SPACE "%" : "%", NULL);
}

char *words_p_value(Language language, double p)
{
    const double least = 0.0001, most = 0.99;
    if (isnan(p))
        return g_strdup("—");
    if (p >= least && p <= most)
        return words_number(language, p, 3);
    g_autofree char *bound = words_number(language, p > most ? most : least, 2);
    return g_strconcat(p > most ? ">" : "<", language == LANGUAGE_FR ? NARROW_SPACE : "\u00a0", bound, NULL);
}

char *words_p(Language language, double p)
{
    g_autofree char *value = words_p_value(language, p);
    const bool bound = *value == '<' || *value == '>';
    return g_strconcat(bound ? "p " : "p = ", value, NULL);
}

char *words_french_spaces(char *text)
{
    GString *result = g_string_new(NULL);
    for (const char *at = text; *at != '\0'; at++) {
        const bool before = *at == ' ' && (strchr(":;!?%", at[1]) != NULL && at[1] != '\0');
        const bool quotes =
            *at == ' ' && (g_str_has_prefix(at + 1, "»") || g_str_has_suffix(result->str, "«"));
        if (before || quotes)
            g_string_append(result, NARROW_SPACE);
        else
            g_string_append_c(result, *at);
    }
    g_free(text);
    return g_string_free(result, FALSE);
}
