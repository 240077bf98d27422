/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All YAML formats of config/ as tables, and their documentation made from them. */
#ifndef VSAUDIT_CLI_TABLES_H
#define VSAUDIT_CLI_TABLES_H

#include "yaml/yaml_table.h"

/* Roots first, each followed by the tables within it; NULL-terminated. */
extern const YamlTable *const config_tables[];

/* A heading and one row a key, in Markdown. Caller frees. */
char *yaml_table_markdown(const YamlTable *table);

#endif
