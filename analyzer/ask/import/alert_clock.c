/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_clock.h"

#include <string.h>
#include <time.h>

bool alert_clock_is_relative(const AlertClock *clock)
{
    return strcmp(clock->pattern, "seconds") == 0 || strcmp(clock->pattern, "hh:mm:ss") == 0;
}

/* What one of a word's units is, in µs; 0: it counts none. */
static int64_t unit_us(const AlertClock *clock)
{
    static const struct {
        const char *word;
        int64_t us;
    } units[] = {{"unix", US_PER_SECOND}, {"unix-ms", 1000}, {"unix-us", 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (strcmp(clock->pattern, units[i].word) == 0)
            return units[i].us;
    return 0;
}

static bool is_iso(const AlertClock *clock)
{
    return strcmp(clock->pattern, "iso") == 0;
}

bool alert_clock_is_word(const AlertClock *clock)
{
    return alert_clock_is_relative(clock) || is_iso(clock) || unit_us(clock) != 0;
}

/* “1:02:03.5” or “02:03.5”. */
static bool parse_hours(const char *text, int64_t *out_us)
{
    g_auto(GStrv) parts = g_strsplit(text, ":", 4);
    const guint count = g_strv_length(parts);
    int64_t whole_s = 0, rest_us = 0;
    if (count < 2 || count > 3)
        return false;
    for (guint i = 0; i + 1 < count; i++) {
        guint64 value = 0;
        if (!g_ascii_string_to_unsigned(parts[i], 10, 0, i == 0 ? 99999 : 59, &value, NULL))
            return false;
        whole_s = whole_s * 60 + (int64_t)value;
    }
    if (!g_ascii_isdigit(*parts[count - 1]) || !time_parse_seconds(parts[count - 1], &rest_us) ||
        rest_us >= 60 * US_PER_SECOND)
        return false;
    *out_us = whole_s * 60 * US_PER_SECOND + rest_us;
    return true;
}

bool alert_clock_parse_relative(const AlertClock *clock, const char *text, int64_t *out_us)
{
    g_autofree char *plain = g_strstrip(g_strdup(text));
    if (clock->comma)
        g_strdelimit(plain, ",", '.');
    const bool good = strcmp(clock->pattern, "seconds") == 0 ? time_parse_seconds(plain, out_us)
                                                             : parse_hours(plain, out_us);
    if (good)
        *out_us += clock->shift_us;
    return good;
}

/* “.25” or “,25” behind a whole second; -1 when it is something else. */
static int64_t parse_fraction(const char *text)
{
    if (*text == '\0')
        return 0;
    if (strchr(".,", *text) == NULL || text[1] == '\0' || strspn(text + 1, "0123456789") != strlen(text + 1))
        return -1;
    g_autofree char *seconds = g_strdup_printf("0.%.6s", text + 1);
    int64_t us = 0;
    return time_parse_seconds(seconds, &us) ? us : -1;
}

bool alert_clock_has_offset(const AlertClock *clock)
{
    return strstr(clock->pattern, "%z") != NULL || is_iso(clock) || unit_us(clock) != 0;
}

/* The time that a clock of the zone shows, by one of the two ways in which the zone counts. NULL when the
 * clock never shows it. */
static GDateTime *shown_in(GTimeZone *zone, GTimeType type, GDateTime *shown)
{
    gint64 seconds = g_date_time_to_unix(shown); /* as if it were one of UTC */
    const gint64 wanted = seconds;
    const int interval = g_time_zone_adjust_time(zone, type, &seconds);
    if (interval < 0 || seconds != wanted)
        return NULL;
    g_autoptr(GDateTime) utc =
        g_date_time_new_from_unix_utc(seconds - g_time_zone_get_offset(zone, interval));
    return utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;
}

/* `shown` is the clock's time as one of UTC. In the hour that a change of clocks repeats it is shown twice:
 * the first time is given, and the other in *second. */
static GDateTime *in_zone(GTimeZone *zone, GDateTime *shown, GDateTime **second)
{
    g_autoptr(GDateTime) one = shown_in(zone, G_TIME_TYPE_STANDARD, shown);
    g_autoptr(GDateTime) other = shown_in(zone, G_TIME_TYPE_DAYLIGHT, shown);
    if (one == NULL || other == NULL)
        return one != NULL ? g_steal_pointer(&one) : g_steal_pointer(&other);
    const bool later = g_date_time_compare(other, one) > 0;
    if (second != NULL && g_date_time_compare(other, one) != 0)
        *second = g_date_time_ref(later ? other : one);
    return later ? g_steal_pointer(&one) : g_steal_pointer(&other);
}

static GDateTime *shifted(GDateTime *when, int64_t by_us)
{
    return when != NULL ? g_date_time_add(when, by_us) : NULL;
}

/* “1703434123.25” in units of `unit` µs; what is less than a µs is rounded. */
static GDateTime *parse_count(const char *text, int64_t unit)
{
    const gsize digits = strspn(text, "0123456789");
    const char *fraction = text[digits] == '.' || text[digits] == ',' ? text + digits + 1 : "";
    if (digits == 0 || digits > 16 || (text[digits] != '\0' && *fraction == '\0') ||
        fraction[strspn(fraction, "0123456789")] != '\0')
        return NULL;
    const int64_t whole = g_ascii_strtoll(text, NULL, 10);
    if (whole > INT64_C(253402300799) * (US_PER_SECOND / unit)) /* the year 9999 */
        return NULL;
    g_autofree char *rest = g_strdup_printf("0.%s", *fraction != '\0' ? fraction : "0");
    const int64_t us = whole * unit + (int64_t)(g_ascii_strtod(rest, NULL) * (double)unit + 0.5);
    g_autoptr(GDateTime) seconds = g_date_time_new_from_unix_utc(us / US_PER_SECOND);
    return g_date_time_add(seconds, us % US_PER_SECOND);
}

/* ISO 8601. Without an offset from UTC it is a time of the zone; without a zone either it is none. */
static GDateTime *parse_iso(const AlertClock *clock, const char *text, GDateTime **second)
{
    g_autoptr(GDateTime) exact = g_date_time_new_from_iso8601(text, NULL);
    if (exact != NULL || clock->zone == NULL)
        return shifted(exact, clock->shift_us);
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) shown = g_date_time_new_from_iso8601(text, utc);
    if (shown == NULL)
        return NULL;
    const int64_t rest_us = g_date_time_get_microsecond(shown) + clock->shift_us;
    g_autoptr(GDateTime) later = NULL, whole = in_zone(clock->zone, shown, &later);
    if (second != NULL)
        *second = shifted(later, rest_us);
    return shifted(whole, rest_us);
}

GDateTime *alert_clock_parse(const AlertClock *clock, const char *text, GDateTime **second)
{
    if (second != NULL)
        *second = NULL;
    g_autofree char *plain = g_strstrip(g_strdup(text));
    if (is_iso(clock))
        return parse_iso(clock, plain, second);
    if (unit_us(clock) != 0) {
        g_autoptr(GDateTime) counted = parse_count(plain, unit_us(clock));
        return shifted(counted, clock->shift_us);
    }
    struct tm when = {.tm_mday = 1};
    const char *rest = strptime(plain, clock->pattern, &when);
    const int64_t fraction_us = rest != NULL ? parse_fraction(rest) : -1;
    if (fraction_us < 0)
        return NULL;
    g_autoptr(GDateTime) shown = g_date_time_new_utc(when.tm_year + 1900, when.tm_mon + 1, when.tm_mday,
                                                     when.tm_hour, when.tm_min, MIN(when.tm_sec, 59));
    if (shown == NULL)
        return NULL;
    if (alert_clock_has_offset(clock))
        return g_date_time_add(shown, fraction_us + clock->shift_us - when.tm_gmtoff * US_PER_SECOND);
    if (clock->zone == NULL)
        return shifted(shown, fraction_us + clock->shift_us);
    g_autoptr(GDateTime) later = NULL, whole = in_zone(clock->zone, shown, &later);
    if (second != NULL)
        *second = shifted(later, fraction_us + clock->shift_us);
    return shifted(whole, fraction_us + clock->shift_us);
}

GDateTime *alert_clock_clip_start(const AlertClock *clock, const Clip *clip)
{
    if (clip->recorded_at == NULL)
        return NULL;
    if (!clip->recorded_local || clock->zone == NULL)
        return g_date_time_ref(clip->recorded_at);
    return in_zone(clock->zone, clip->recorded_at, NULL);
}
