/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations, as far as the reports read it. No part of the document's schema: its own file
 * has one. */
#include "results/fields_internal.h"

DESCRIBE(public_item, "public item", "what the public must be told", {AT(public_item, key, STRING)},
         {AT(public_item, title, TEXT)}, {AT(public_item, question, TEXT)}, {AT(public_item, gap, TEXT)},
         {AT(public_item, article, STRING)}, {AT(public_item, source, STRING)},
         {AT(public_item, date, STRING)}, {AT(public_item, mark, STRING)});

DESCRIBE(obligation, "obligation", "what whoever uses such a system must do", {AT(obligation, id, STRING)},
         {AT(obligation, title, TEXT)}, {AT(obligation, article, STRING)}, {AT(obligation, source, STRING)},
         {AT(obligation, date, STRING)}, {AT(obligation, mark, STRING)});

DESCRIBE(legal_event, "legal event", "an event that the law allows to look for",
         {AT(legal_event, number, STRING)}, {AT(legal_event, title, TEXT)},
         {AT(legal_event, behaviours, STRINGS), .optional = true});

DESCRIBE(legal_list, "legal list", "the events that the law allows to look for",
         {AT(legal_list, title, TEXT)}, {LIST_AT(legal_list, events, legal_event)});

DESCRIBE(legal_step, "legal step", "what has happened to the law", {AT(legal_step, date, STRING)},
         {AT(legal_step, text, TEXT)}, {AT(legal_step, source, STRING)}, {AT(legal_step, mark, STRING)});

DESCRIBE(requirement, "requirement", "what another text asks for", {AT(requirement, asks, TEXT)},
         {AT(requirement, article, STRING)}, {AT(requirement, sections, STRINGS)},
         {AT(requirement, note, TEXT)});

DESCRIBE(correspondence, "correspondence", "another text", {AT(correspondence, id, STRING)},
         {AT(correspondence, title, TEXT)}, {AT(correspondence, source, STRING)},
         {AT(correspondence, mark, STRING)}, {AT(correspondence, note, TEXT)},
         {LIST_AT(correspondence, requirements, requirement)});

DESCRIBE(catalogue, "catalogue", "the catalogue of obligations", {AT(catalogue, title, TEXT)},
         {AT(catalogue, state_of_law, STRING)}, {AT(catalogue, note, TEXT)},
         {RECORD_AT(catalogue, legal_list, legal_list)},
         {LIST_AT(catalogue, public_information, public_item)}, {LIST_AT(catalogue, obligations, obligation)},
         {LIST_AT(catalogue, legal_status, legal_step)},
         {LIST_AT(catalogue, correspondences, correspondence)});
