/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit list law: the catalogue of obligations that is built in, one text a paragraph. */
#ifndef VSAUDIT_CLI_LIST_LAW_H
#define VSAUDIT_CLI_LIST_LAW_H

#include <jansson.h>

void list_law(void);
/* All of it, for programs. A new reference. */
json_t *list_law_json(void);

#endif
