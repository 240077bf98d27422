/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How numbers are written, by the rules of the language. Independent of the locale. */
#include "language/texts_internal.h"
#include "records/free.h"
#include "records/span.h"

#include <math.h>
#include <string.h>

#define UNDEFINED "—"

char *texts_decimal(const Texts *texts, double value, int decimals)
{
    if (isnan(value))
        return g_strdup(UNDEFINED);
    char digits[400], format[16];
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 12));
    g_ascii_formatd(digits, sizeof digits, format, fabs(value));
    const char *point = strchr(digits, '.');
    size_t whole = point != NULL ? (size_t)(point - digits) : strlen(digits);
    GString *out = g_string_new(NULL);
    /* A value that rounds to zero has no sign. */
    if (value < 0 && strspn(digits, "0.") != strlen(digits))
        g_string_append(out, "−");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(out, texts->rules.thousands);
        g_string_append_c(out, digits[i]);
    }
    if (point != NULL) {
        g_string_append(out, texts->rules.decimal);
        g_string_append(out, point + 1);
    }
    return g_string_free(out, FALSE);
}

/* Decimals that show `digits` significant digits of a positive value. */
static int decimals_for(double value, int digits)
{
    return digits - 1 - (int)floor(log10(value));
}

static bool is_whole(double value)
{
    return fabs(value - nearbyint(value)) < 1e-9 && fabs(value) < 1e15;
}

static bool is_zero(double value)
{
    return !(value < 0) && !(value > 0);
}

char *texts_significant(const Texts *texts, double value, int digits)
{
    if (isnan(value) || is_zero(value) || is_whole(value))
        return texts_decimal(texts, value, 0);
    int decimals = CLAMP(decimals_for(fabs(value), digits), 0, 12);
    g_autofree char *text = texts_decimal(texts, value, decimals);
    /* 0.500 says no more than 0.5. */
    const char *mark = texts->rules.decimal;
    if (strstr(text, mark) != NULL) {
        size_t length = strlen(text);
        while (text[length - 1] == '0')
            length--;
        text[length] = '\0';
        if (g_str_has_suffix(text, mark))
            text[length - strlen(mark)] = '\0';
    }
    return g_steal_pointer(&text);
}

/* Puts thousands apart and sets the decimal sign in plain digits. */
static char *localise(const Texts *texts, const char *plain)
{
    const size_t sign = plain[0] == '-';
    const size_t whole = strspn(plain + sign, "0123456789");
    GString *text = g_string_new(sign ? "-" : "");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(text, texts->rules.thousands);
        g_string_append_c(text, plain[sign + i]);
    }
    const char *rest = plain + sign + whole;
    if (*rest == '.') {
        g_string_append(text, texts->rules.decimal);
        rest++;
    }
    g_string_append(text, rest);
    return g_string_free(text, FALSE);
}

char *texts_integer(const Texts *texts, int64_t value)
{
    if (value == INT64_MIN)
        return g_strdup("—");
    g_autofree char *plain = g_strdup_printf("%" G_GINT64_FORMAT, value);
    g_autofree char *text = localise(texts, plain[0] == '-' ? plain + 1 : plain);
    return g_strconcat(value < 0 ? "−" : "", text, NULL);
}

/* Any double without an exponent: 309 digits before the point, or 330 decimals. */
#define PLAIN_SIZE 400

char *texts_number(const Texts *texts, double value, int digits)
{
    char plain[PLAIN_SIZE];
    if (isnan(value))
        return g_strdup(UNDEFINED);
    if (isinf(value))
        return g_strdup(value > 0 ? "∞" : "-∞");
    if (is_zero(value))
        return g_strdup("0");
    /* Round to significant digits first, then print with as many decimals as these need. */
    const int decimals = CLAMP(decimals_for(fabs(value), digits), 0, 330);
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
    return localise(texts, plain);
}

char *texts_percent(const Texts *texts, double share)
{
    /* 99.99% is not 100%: as many digits as keep them apart. */
    int digits = 3;
    if (isnan(share))
        return g_strdup(UNDEFINED);
    while (share < 1 && digits < 9 && 100 * share >= 100 - 0.5 * pow(10, 2 - digits))
        digits++;
    g_autofree char *number = texts_number(texts, 100 * share, digits);
    return g_strconcat(number, texts->rules.percent, NULL);
}

char *texts_p(const Texts *texts, double p)
{
    const double least = 0.0001, most = 0.99;
    if (isnan(p))
        return g_strdup(UNDEFINED);
    if (p >= least && p <= most)
        return texts_number(texts, p, 3);
    g_autofree char *bound = texts_number(texts, p > most ? most : least, 2);
    return g_strconcat(p > most ? ">" : "<", texts->rules.bound_space, bound, NULL);
}

char *texts_p_named(const Texts *texts, double p)
{
    g_autofree char *value = texts_p(texts, p);
    const bool bound = *value == '<' || *value == '>';
    return g_strconcat(bound ? "p " : "p = ", value, NULL);
}

char *texts_clock(const Texts *texts, int64_t t_us)
{
    g_autofree char *text = time_format_clock(t_us);
    g_auto(GStrv) parts = g_strsplit(text, ".", -1);
    return g_strjoinv(texts->rules.decimal, parts);
}

char *texts_duration(const Texts *texts, double hours)
{
    if (isnan(hours))
        return g_strdup(UNDEFINED);
    if (hours >= 1) {
        g_autofree char *number = texts_significant(texts, hours, 3);
        return g_strconcat(number, "\u00a0h", NULL);
    }
    int64_t seconds = llround(hours * 3600);
    if (seconds < 60)
        return g_strdup_printf("%" G_GINT64_FORMAT "\u00a0s", seconds);
    if (seconds % 60 == 0)
        return g_strdup_printf("%" G_GINT64_FORMAT "\u00a0min", seconds / 60);
    return g_strdup_printf("%" G_GINT64_FORMAT "\u00a0min\u00a0%" G_GINT64_FORMAT "\u00a0s", seconds / 60,
                           seconds % 60);
}

char *texts_seconds(const Texts *texts, double seconds)
{
    if (isnan(seconds))
        return g_strdup(UNDEFINED);
    g_autofree char *number = is_whole(seconds) ? texts_decimal(texts, seconds, 0)
                                                : texts_decimal(texts, seconds, fabs(seconds) < 10 ? 2 : 1);
    return g_strconcat(number, "\u00a0s", NULL);
}

/* One number at the common step, but never rounded away to 0 or (for a share) up to 100 %. */
static char *at_step(const Texts *texts, double value, int decimals, bool percent)
{
    if (is_zero(value))
        decimals = 0;
    else if (fabs(value) * pow(10, decimals) < 0.5)
        decimals = decimals_for(fabs(value), 1);
    if (percent)
        while (value < 100 && decimals < 9 && nearbyint(value * pow(10, decimals)) >= 100 * pow(10, decimals))
            decimals++;
    g_autofree char *number = texts_decimal(texts, value, decimals);
    if (!percent)
        return g_steal_pointer(&number);
    return g_strconcat(number, texts->rules.percent, NULL);
}

/* A number without an interval: three digits, no zeros at the end. */
static char *bare(const Texts *texts, double value, bool percent)
{
    g_autofree char *number = texts_significant(texts, value, 3);
    if (!percent)
        return g_steal_pointer(&number);
    return g_strconcat(number, texts->rules.percent, NULL);
}

void texts_interval(const Texts *texts, double value, double low, double high, bool percent, NumberText *out)
{
    memset(out, 0, sizeof *out);
    if (percent) {
        value *= 100;
        low *= 100;
        high *= 100;
    }
    int decimals = 0;
    if (!isnan(value) && !is_zero(value) && !is_whole(value))
        decimals = CLAMP(decimals_for(fabs(value), 3), 0, 9);
    if (!isnan(low) && !isnan(high) && high > low) {
        int supported = CLAMP(decimals_for(high - low, 2), 0, 9);
        decimals = isnan(value) || is_zero(value) || is_whole(value) ? supported : MIN(decimals, supported);
    }
    if (isnan(value))
        out->value = g_strdup(UNDEFINED);
    else if (isnan(low) && isnan(high))
        out->value = bare(texts, value, percent);
    else
        out->value = at_step(texts, value, decimals, percent);
    if (!isnan(low))
        out->low = at_step(texts, low, decimals, percent);
    if (!isnan(high))
        out->high = at_step(texts, high, decimals, percent);
    if (out->low != NULL && out->high != NULL)
        out->interval = g_strdup_printf("[%s\u00a0–\u00a0%s]", out->low, out->high);
    out->both =
        out->interval != NULL ? g_strdup_printf("%s %s", out->value, out->interval) : g_strdup(out->value);
}

void number_text_clear(NumberText *text)
{
    FREE_EACH(text->value, text->low, text->high, text->interval, text->both);
    memset(text, 0, sizeof *text);
}
