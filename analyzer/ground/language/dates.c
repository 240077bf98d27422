/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as the readers of a language write them. */
#include "language/texts.h"

#include <string.h>

static bool digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!g_ascii_isdigit(text[i]))
            return false;
    return true;
}

char *texts_date(const Texts *texts, const char *iso)
{
    const size_t length = strlen(iso);
    const bool month_there = length >= 7 && digits(iso, 4) && iso[4] == '-' && digits(iso + 5, 2);
    const int month = month_there ? (iso[5] - '0') * 10 + iso[6] - '0' : 0;
    const bool day_there =
        length >= 10 && iso[7] == '-' && digits(iso + 8, 2) && (length == 10 || iso[10] == 'T');
    if (month < 1 || month > 12 || (length != 7 && !day_there))
        return g_strdup(iso);
    g_autofree char *key = g_strdup_printf("month.%d", month);
    g_autofree char *year = g_strndup(iso, 4);
    if (!day_there)
        return texts_format(texts, "date.month", "month", texts_get(texts, key), "year", year, NULL);
    const int number = (iso[8] - '0') * 10 + iso[9] - '0';
    g_autofree char *day = g_strdup_printf("%d", number);
    return texts_format(texts, number == 1 ? "date.first" : "date.day", "day", day, "month",
                        texts_get(texts, key), "year", year, NULL);
}

char *texts_date_time(const Texts *texts, const char *iso)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_iso8601(iso, NULL);
    g_autoptr(GDateTime) time = local != NULL ? g_date_time_to_utc(local) : NULL;
    if (time == NULL)
        return texts_date(texts, iso);
    g_autofree char *utc = g_date_time_format(time, "%Y-%m-%d");
    g_autofree char *date = texts_date(texts, utc);
    g_autofree char *clock = g_date_time_format(time, "%H:%M");
    return texts_format(texts, "date.time", "date", date, "clock", clock, NULL);
}
