/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit list KIND --json: the same tables for programs, an array of objects a kind. In English. */
#ifndef VSAUDIT_CLI_LIST_JSON_H
#define VSAUDIT_CLI_LIST_JSON_H

#include <jansson.h>

/* {id, title, definition, onset, end, alarm, labels[], hard_negatives[], parameters[]}; caller owns. */
json_t *list_json_behaviours(void);
/* The same with wording, product, version, term, differs and source. */
json_t *list_json_semantics(void);
/* {of, parameters: [{name, type, default, min, max, unit, choices[], help}]}; what does not apply is null. */
json_t *list_json_parameters(void);
/* {id, title, definition, parameters[]} */
json_t *list_json_protocols(void);
/* Names. */
json_t *list_json_metrics(void);
/* {id, help, about, example, keys: [{key, help, required, default}]} */
json_t *list_json_systems(void);
/* {id, title, what, exact} */
json_t *list_json_probes(void);
/* {id, files, what} */
json_t *list_json_formats(void);

#endif
