/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations: what the public of a country must be told, by which text, and how a gap is
 * worded; the list of events that its law allows; what has happened to that law, with dates; and which
 * sections of the report answer to which requirement of other texts. Law is data: nothing of it stands in the
 * code. */
#ifndef VSAUDIT_CONFIG_CATALOGUE_H
#define VSAUDIT_CONFIG_CATALOGUE_H

#include "yaml/yaml_table.h"

#include <jansson.h>

typedef struct {
    char *id;
    char *path, *sha256; /* NULL for the one built in */
    char **keys;         /* of the items of public information, NULL-terminated */
    json_t *json;        /* all of it, as in the file; texts are strings or {"en": …, "fr": …} */
} Catalogue;

/* vsaudit/catalogue/2; files of vsaudit/catalogue/1 go by its own table, which refuses what came later. */
extern const YamlTable catalogue_table, catalogue_1_table, catalogue_item_table, obligation_table,
    legal_list_table, legal_event_table, legal_step_table, correspondence_table, requirement_table,
    territory_table;

/* Anchors of the report's sections, which requirements may name; NULL-terminated. */
extern const char *const catalogue_sections[];

/* Reads a catalogue file; NULL after having reported. */
Catalogue *catalogue_read(const char *path, Problems *problems);
/* The catalogue built in (reports/catalogue/france.yaml). It has no fault, as the tests see to. */
Catalogue *catalogue_builtin(void);
void catalogue_free(Catalogue *catalogue); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Catalogue, catalogue_free)
/* The built-in file's text. */
const char *catalogue_builtin_text(void);

#endif
