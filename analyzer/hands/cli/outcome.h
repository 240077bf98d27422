/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --json of every command: in place of what a person reads, one JSON document on standard output, schema
 * vsaudit/outcome/1 (reports/README.md). Warnings and the error stay on standard error as well. */
#ifndef VSAUDIT_CLI_OUTCOME_H
#define VSAUDIT_CLI_OUTCOME_H

#include "records/error.h"

#include <jansson.h>
#include <stdbool.h>

/* From here on what is printed is kept: each line becomes one of the document's “lines”. False with a HARNESS
 * error when there is no room to keep it in. */
bool outcome_begin(GError **error);
/* Whether a document is being made: then no progress and no colour. */
bool outcome_wanted(void);
/* A member of the document beside those that all have; `value` is taken, also where none is wanted. */
void outcome_set(const char *key, json_t *value);
/* A string for it; what is no UTF-8, as the name of a file may be, is made valid. */
json_t *outcome_text(const char *text);
/* The same with an array of strings (char *). */
void outcome_set_strings(const char *key, const GPtrArray *strings);
/* Prints the document, of a command that ends so; nothing where none is wanted. `error` may be NULL. */
void outcome_end(const char *command, ExitStatus status, const GError *error);

#endif
