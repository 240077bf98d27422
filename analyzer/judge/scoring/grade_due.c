/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/grade.h"

enum { MONTHS = 12, HOURS = 24 };

int grade_season_of(int month)
{
    return month % MONTHS / (MONTHS / GRADE_QUARTERS);
}

unsigned grade_seasons(int from_year, int from_month, int to_year, int to_month)
{
    unsigned due = 0;
    const int first = from_year * MONTHS + from_month - 1, last = to_year * MONTHS + to_month - 1;
    for (int month = first; month <= last && month < first + MONTHS; month++)
        due |= 1U << grade_season_of(month % MONTHS + 1);
    return due;
}

unsigned grade_day(double from_hour, double to_hour)
{
    const double length = HOURS / GRADE_QUARTERS;
    unsigned due = 0;
    for (int i = 0; i < GRADE_QUARTERS; i++) {
        const double begin = i * length, end = begin + length;
        const bool before = begin < to_hour, after = from_hour < end;
        if (from_hour < to_hour ? before && after : before || after)
            due |= 1U << i;
    }
    return due;
}
