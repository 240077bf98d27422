/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/partial_date.h"

#include <stdio.h>
#include <string.h>

static bool parse(const char *text, unsigned *year, unsigned *month, unsigned *day)
{
    int end = 0;
    const size_t length = strlen(text);
    *month = *day = 1;
    if (length != 4 && length != 7 && length != 10)
        return false;
    if (sscanf(text, "%4u%n-%2u%n-%2u%n", year, &end, month, &end, day, &end) < 1 || (size_t)end != length)
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (!g_ascii_isdigit(*c) && *c != '-')
            return false;
    return g_date_valid_dmy((GDateDay)*day, (GDateMonth)*month, (GDateYear)*year);
}

bool partial_date_is(const char *text)
{
    unsigned year = 0, month = 0, day = 0;
    return parse(text, &year, &month, &day);
}

void partial_date_read(YamlReader *reader, const YamlNode *node, void *member)
{
    char **date = member;
    if (!yaml_read_text(reader, node, date))
        return;
    if (!partial_date_is(*date))
        yaml_expected(reader, node, "a date as 2023-02-01, 2023-02 or 2023");
}

char *partial_date_first(const char *text)
{
    unsigned year = 0, month = 0, day = 0;
    g_return_val_if_fail(parse(text, &year, &month, &day), NULL);
    return g_strdup_printf("%04u-%02u-%02u", year, month, day);
}

char *partial_date_last(const char *text)
{
    unsigned year = 0, month = 0, day = 0;
    g_return_val_if_fail(parse(text, &year, &month, &day), NULL);
    if (strlen(text) == 4)
        month = 12;
    if (strlen(text) < 10)
        day = g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
    return g_strdup_printf("%04u-%02u-%02u", year, month, day);
}

void partial_date_check_day(YamlReader *reader, const YamlNode *node, const char *key)
{
    const YamlNode *date = yaml_node_get(node, key);
    if (date != NULL && date->kind == YAML_NODE_TEXT &&
        (strlen(date->text) != 10 || !partial_date_is(date->text)))
        yaml_expected(reader, date, "a date as 2023-02-01");
}
