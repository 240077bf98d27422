/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How numbers are written: French with a decimal comma and narrow spaces, English with a point. */
#include "language/texts.h"
#include "language/words.h"
#include "records/span.h"

#include <math.h>
#include <string.h>

#define NARROW_SPACE "\u202f"
#define UNDEFINED "—"

static bool french(const Texts *texts)
{
    return strcmp(texts_language(texts), "fr") == 0;
}

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
            g_string_append(out, french(texts) ? NARROW_SPACE : ",");
        g_string_append_c(out, digits[i]);
    }
    if (point != NULL) {
        g_string_append_c(out, french(texts) ? ',' : '.');
        g_string_append(out, point + 1);
    }
    return g_string_free(out, FALSE);
}

char *texts_integer(const Texts *texts, int64_t value)
{
    return texts_decimal(texts, (double)value, 0);
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
    char mark = french(texts) ? ',' : '.';
    if (strchr(text, mark) != NULL) {
        size_t length = strlen(text);
        while (text[length - 1] == '0')
            length--;
        if (text[length - 1] == mark)
            length--;
        text[length] = '\0';
    }
    return g_steal_pointer(&text);
}

char *texts_p(const Texts *texts, double p)
{
    return words_p_value(french(texts) ? LANGUAGE_FR : LANGUAGE_EN, p);
}

char *texts_clock(const Texts *texts, int64_t t_us)
{
    g_autofree char *text = time_format_clock(t_us);
    if (french(texts))
        g_strdelimit(text, ".", ',');
    return g_steal_pointer(&text);
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
    return g_strconcat(number, french(texts) ? NARROW_SPACE "%" : "%", NULL);
}

/* A number without an interval: three digits, no zeros at the end. */
static char *bare(const Texts *texts, double value, bool percent)
{
    g_autofree char *number = texts_significant(texts, value, 3);
    if (!percent)
        return g_steal_pointer(&number);
    return g_strconcat(number, french(texts) ? NARROW_SPACE "%" : "%", NULL);
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
    g_free(text->value);
    g_free(text->low);
    g_free(text->high);
    g_free(text->interval);
    g_free(text->both);
    memset(text, 0, sizeof *text);
}
