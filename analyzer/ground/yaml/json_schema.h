/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Schema (draft 2020-12) of a YAML format, made from the same table that loads it, for editors and for
 * validators. What a table can state is in it; what needs more than one value (an event within its clip) is
 * not: “vsaudit check” says that. */
#ifndef VSAUDIT_YAML_JSON_SCHEMA_H
#define VSAUDIT_YAML_JSON_SCHEMA_H

#include "yaml/yaml_table.h"

/* The schema of a root table, indented, with a line end. Caller frees. */
char *json_schema_of(const YamlTable *root);

#endif
