/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A date as exactly as it is known: a year, a month or a day ("2023", "2023-02", "2023-02-01"). */
#ifndef VSAUDIT_CONFIG_PARTIAL_DATE_H
#define VSAUDIT_CONFIG_PARTIAL_DATE_H

#include "yaml/yaml_table.h"

bool partial_date_is(const char *text);
/* Of a custom field whose member is a char *; reports what is no such date. */
void partial_date_read(YamlReader *reader, const YamlNode *node, void *member);
/* The first and the last day that it may mean, as "2023-02-01" and "2023-02-28". `text` is such a date.
 * Caller frees. */
char *partial_date_first(const char *text);
char *partial_date_last(const char *text);
/* Reports a key whose value is no day as 2023-02-01; a key that is not there is none. */
void partial_date_check_day(YamlReader *reader, const YamlNode *node, const char *key);

#endif
