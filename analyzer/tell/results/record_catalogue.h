/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations, which results.json carries as it is in its file (config/catalogue.h holds the
 * file to its own tables). Members have the names of the keys. */
#ifndef VSAUDIT_RESULTS_RECORD_CATALOGUE_H
#define VSAUDIT_RESULTS_RECORD_CATALOGUE_H

#include "results/values.h"

/* what the public must be told */
RESULTS_RECORD(public_item, ResultsPublicItem, {
    const char *key;
    const json_t *title, *question, *gap;
    const char *article, *source, *date, *mark;
});

/* what whoever uses such a system must do */
RESULTS_RECORD(obligation, ResultsObligation, {
    const char *id;
    const json_t *title;
    const char *article, *source, *date, *mark;
});

/* an event that the law allows to look for */
RESULTS_RECORD(legal_event, ResultsLegalEvent, {
    const char *number;
    const json_t *title;
    ResultsStrings behaviours;
});

/* the events that the law allows to look for */
RESULTS_RECORD(legal_list, ResultsLegalList, {
    const json_t *title;
    RESULTS_LIST(ResultsLegalEvent) events;
});

/* what has happened to the law */
RESULTS_RECORD(legal_step, ResultsLegalStep, {
    const char *date;
    const json_t *text;
    const char *source, *mark;
});

/* what another text asks for, and where the report has it */
RESULTS_RECORD(requirement, ResultsRequirement, {
    const json_t *asks;
    const char *article;
    ResultsStrings sections;
    const json_t *note;
});

/* another text */
RESULTS_RECORD(correspondence, ResultsCorrespondence, {
    const char *id;
    const json_t *title;
    const char *source, *mark;
    const json_t *note;
    RESULTS_LIST(ResultsRequirement) requirements;
});

/* the whole of it */
RESULTS_RECORD(catalogue, ResultsCatalogue, {
    const json_t *title;
    const char *state_of_law;
    const json_t *note;
    ResultsLegalList legal_list;
    RESULTS_LIST(ResultsPublicItem) public_information;
    RESULTS_LIST(ResultsObligation) obligations;
    RESULTS_LIST(ResultsLegalStep) legal_status;
    RESULTS_LIST(ResultsCorrespondence) correspondences;
});

#endif
