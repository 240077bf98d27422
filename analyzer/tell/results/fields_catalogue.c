/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations, as far as the reports read it. No part of the document's schema: its own file
 * has one. */
#include "results/fields_internal.h"

#define PLACED(record, key, type)             \
    {                                         \
        KEY_AT(#key, record, place.key, type) \
    }
#define PLACE(record)                                                                                   \
    PLACED(record, article, STRING), PLACED(record, source, STRING), PLACED(record, date, STRING),      \
        PLACED(record, mark, STRING), PLACED(record, read_at, STRING), PLACED(record, read_in, STRING), \
        PLACED(record, binding, STRING), PLACED(record, in_force_from, STRING),                         \
        PLACED(record, in_force_to, STRING), PLACED(record, territory, STRING),                         \
        PLACED(record, applies_to, STRINGS)

DESCRIBE(public_item, "public item", "what the public must be told", PLACE(public_item),
         {AT(public_item, key, STRING)}, {AT(public_item, title, TEXT)}, {AT(public_item, question, TEXT)},
         {AT(public_item, gap, TEXT)}, {AT(public_item, asked_by, STRINGS)});

DESCRIBE(obligation, "obligation", "what whoever uses such a system must do, or is advised to",
         PLACE(obligation), {AT(obligation, id, STRING)}, {AT(obligation, title, TEXT)},
         {AT(obligation, note, TEXT)});

DESCRIBE(legal_event, "legal event", "an event that the law allows to look for",
         {AT(legal_event, number, STRING)}, {AT(legal_event, title, TEXT)},
         {AT(legal_event, behaviours, STRINGS)});

DESCRIBE(legal_list, "legal list", "the events that the law allows to look for", PLACE(legal_list),
         {AT(legal_list, title, TEXT)}, {AT(legal_list, note, TEXT)},
         {LIST_AT(legal_list, events, legal_event)});

DESCRIBE(legal_step, "legal step", "what has happened to the law", PLACE(legal_step),
         {AT(legal_step, text, TEXT)});

DESCRIBE(requirement, "requirement", "what another text asks for", {AT(requirement, asks, TEXT)},
         {AT(requirement, figure, TEXT)}, {AT(requirement, article, STRING)},
         {AT(requirement, sections, STRINGS)}, {AT(requirement, fields, STRINGS)},
         {AT(requirement, note, TEXT)});

DESCRIBE(correspondence, "correspondence", "another text", PLACE(correspondence),
         {AT(correspondence, id, STRING)}, {AT(correspondence, title, TEXT)},
         {AT(correspondence, note, TEXT)}, {LIST_AT(correspondence, requirements, requirement)});

DESCRIBE(territory, "territory", "countries under one law", {AT(territory, id, STRING)},
         {AT(territory, countries, STRINGS)});

DESCRIBE(catalogue, "catalogue", "the catalogue of obligations", {AT(catalogue, title, TEXT)},
         {AT(catalogue, country, STRING)}, {AT(catalogue, state_of_law, STRING)}, {AT(catalogue, note, TEXT)},
         {LIST_AT(catalogue, territories, territory)}, {RECORD_AT(catalogue, legal_list, legal_list)},
         {LIST_AT(catalogue, public_information, public_item)}, {LIST_AT(catalogue, obligations, obligation)},
         {LIST_AT(catalogue, legal_status, legal_step)},
         {LIST_AT(catalogue, correspondences, correspondence)});
