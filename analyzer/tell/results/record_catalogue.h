/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations, which results.json carries as it is in its file (config/catalogue.h holds the
 * file to its own tables). Members have the names of the keys. */
#ifndef VSAUDIT_RESULTS_RECORD_CATALOGUE_H
#define VSAUDIT_RESULTS_RECORD_CATALOGUE_H

#include "results/values.h"

/* where a text stands, which force it has, and when, where and whom it binds */
typedef struct {
    const char *article, *source, *date, *mark, *read_at, *read_in, *binding, *in_force_from, *in_force_to,
        *territory;
    ResultsStrings applies_to;
} ResultsLegalPlace;

/* what the public must be told */
RESULTS_RECORD(public_item, ResultsPublicItem, {
    ResultsLegalPlace place;
    const char *key;
    const json_t *title, *question, *gap;
    ResultsStrings asked_by;
});

/* what whoever uses such a system must do, or is advised to */
RESULTS_RECORD(obligation, ResultsObligation, {
    ResultsLegalPlace place;
    const char *id;
    const json_t *title, *note;
});

/* an event that the law allows to look for */
RESULTS_RECORD(legal_event, ResultsLegalEvent, {
    const char *number;
    const json_t *title;
    ResultsStrings behaviours;
});

/* the events that the law allows to look for */
RESULTS_RECORD(legal_list, ResultsLegalList, {
    ResultsLegalPlace place;
    const json_t *title, *note;
    RESULTS_LIST(ResultsLegalEvent) events;
});

/* what has happened to the law */
RESULTS_RECORD(legal_step, ResultsLegalStep, {
    ResultsLegalPlace place;
    const json_t *text;
});

/* what another text asks for, our figure, and where it stands */
RESULTS_RECORD(requirement, ResultsRequirement, {
    const json_t *asks, *figure;
    const char *article;
    ResultsStrings sections, fields;
    const json_t *note;
});

/* another text */
RESULTS_RECORD(correspondence, ResultsCorrespondence, {
    ResultsLegalPlace place;
    const char *id;
    const json_t *title, *note;
    RESULTS_LIST(ResultsRequirement) requirements;
});

/* countries under one law */
RESULTS_RECORD(territory, ResultsTerritory, {
    const char *id;
    ResultsStrings countries;
});

/* the whole of it */
RESULTS_RECORD(catalogue, ResultsCatalogue, {
    const json_t *title;
    const char *country, *state_of_law;
    const json_t *note;
    RESULTS_LIST(ResultsTerritory) territories;
    ResultsLegalList legal_list;
    RESULTS_LIST(ResultsPublicItem) public_information;
    RESULTS_LIST(ResultsObligation) obligations;
    RESULTS_LIST(ResultsLegalStep) legal_status;
    RESULTS_LIST(ResultsCorrespondence) correspondences;
});

#endif
