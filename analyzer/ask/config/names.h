/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that files of config/ refer to. */
#ifndef VSAUDIT_CONFIG_NAMES_H
#define VSAUDIT_CONFIG_NAMES_H

#include "yaml/yaml_table.h"

/* The ids of the registered behaviours, NULL-terminated; caller frees the array with g_free. */
const char **names_behaviours(void);
/* Reports at the node (at its key when `name` is node->key) that “name” is not among `names`, with the
 * nearest one; `what` is "a behaviour". */
void names_report_unknown(YamlReader *reader, const YamlNode *node, const char *name, const char *what,
                          const char *const *names, size_t count);
/* Why a behaviour has no such kind of event, with the nearest one: "found “coverd”, expected a kind of
 * camera-tampering, perhaps “covered”"; NULL when it has it, when there is no such behaviour, or when it
 * lists no kinds. Caller frees. */
char *names_explain_label(const char *behaviour, const char *label);
/* Reports when no behaviour has this id. True when one has. */
bool names_check_behaviour(YamlReader *reader, const YamlNode *node, const char *id);

#endif
