/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of yaml/yaml_table.h, between its files. */
#ifndef VSAUDIT_YAML_YAML_FIELD_H
#define VSAUDIT_YAML_YAML_FIELD_H

#include "yaml/yaml_table.h"

/* Reads a value into the member of its field, which holds its default; reports what is wrong. */
void yaml_read_field(YamlReader *reader, const YamlNode *node, const YamlField *field, void *member);
/* Reports a key that is none of these (NULL-terminated), with the nearest of them. */
void yaml_unknown(YamlReader *reader, const YamlNode *child, const char *const *keys);

#endif
