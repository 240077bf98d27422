/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations, as far as the reports read it. No part of the document's schema: its own file
 * has one. */
#include "results/fields_internal.h"

static const ResultField public_item_fields[] = {
    {AT(public_item, key, STRING)},  {AT(public_item, title, TEXT)},     {AT(public_item, question, TEXT)},
    {AT(public_item, gap, TEXT)},    {AT(public_item, article, STRING)}, {AT(public_item, source, STRING)},
    {AT(public_item, date, STRING)}, {AT(public_item, mark, STRING)},    RESULT_END};
static const ResultRecord result_public_item = {"public item", "what the public must be told",
                                                public_item_fields, SIZE_OF(public_item)};

static const ResultField obligation_fields[] = {{AT(obligation, id, STRING)},
                                                {AT(obligation, title, TEXT)},
                                                {AT(obligation, article, STRING)},
                                                {AT(obligation, source, STRING)},
                                                {AT(obligation, date, STRING)},
                                                {AT(obligation, mark, STRING)},
                                                RESULT_END};
static const ResultRecord result_obligation = {"obligation", "what whoever uses such a system must do",
                                               obligation_fields, SIZE_OF(obligation)};

static const ResultField legal_event_fields[] = {
    {AT(legal_event, number, STRING)}, {AT(legal_event, title, TEXT)}, RESULT_END};
static const ResultRecord result_legal_event = {"legal event", "an event that the law allows to look for",
                                                legal_event_fields, SIZE_OF(legal_event)};

static const ResultField legal_list_fields[] = {
    {AT(legal_list, title, TEXT)}, {LIST_AT(legal_list, events, legal_event)}, RESULT_END};
static const ResultRecord result_legal_list = {"legal list", "the events that the law allows to look for",
                                               legal_list_fields, SIZE_OF(legal_list)};

static const ResultField legal_step_fields[] = {{AT(legal_step, date, STRING)},
                                                {AT(legal_step, text, TEXT)},
                                                {AT(legal_step, source, STRING)},
                                                {AT(legal_step, mark, STRING)},
                                                RESULT_END};
static const ResultRecord result_legal_step = {"legal step", "what has happened to the law",
                                               legal_step_fields, SIZE_OF(legal_step)};

static const ResultField requirement_fields[] = {{AT(requirement, asks, TEXT)},
                                                 {AT(requirement, article, STRING)},
                                                 {AT(requirement, sections, STRINGS)},
                                                 {AT(requirement, note, TEXT)},
                                                 RESULT_END};
static const ResultRecord result_requirement = {"requirement", "what another text asks for",
                                                requirement_fields, SIZE_OF(requirement)};

static const ResultField correspondence_fields[] = {{AT(correspondence, id, STRING)},
                                                    {AT(correspondence, title, TEXT)},
                                                    {AT(correspondence, source, STRING)},
                                                    {AT(correspondence, mark, STRING)},
                                                    {AT(correspondence, note, TEXT)},
                                                    {LIST_AT(correspondence, requirements, requirement)},
                                                    RESULT_END};
static const ResultRecord result_correspondence = {"correspondence", "another text", correspondence_fields,
                                                   SIZE_OF(correspondence)};

static const ResultField catalogue_fields[] = {{AT(catalogue, title, TEXT)},
                                               {AT(catalogue, state_of_law, STRING)},
                                               {AT(catalogue, note, TEXT)},
                                               {RECORD_AT(catalogue, legal_list, legal_list)},
                                               {LIST_AT(catalogue, public_information, public_item)},
                                               {LIST_AT(catalogue, obligations, obligation)},
                                               {LIST_AT(catalogue, legal_status, legal_step)},
                                               {LIST_AT(catalogue, correspondences, correspondence)},
                                               RESULT_END};
const ResultRecord result_catalogue = {"catalogue", "the catalogue of obligations", catalogue_fields,
                                       SIZE_OF(catalogue)};
