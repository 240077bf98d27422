/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of obligations, which results.json carries as it is in its file (config/catalogue.h holds the
 * file to its own tables). Members have the names of the keys. */
#ifndef VSAUDIT_RESULTS_RECORD_CATALOGUE_H
#define VSAUDIT_RESULTS_RECORD_CATALOGUE_H

#include "results/values.h"

/* what the public must be told */
typedef struct result_public_item {
    const json_t *json;
    const char *key;
    const json_t *title, *question, *gap;
    const char *article, *source, *date, *mark;
} ResultsPublicItem;

/* what whoever uses such a system must do */
typedef struct result_obligation {
    const json_t *json;
    const char *id;
    const json_t *title;
    const char *article, *source, *date, *mark;
} ResultsObligation;

/* an event that the law allows to look for */
typedef struct result_legal_event {
    const json_t *json;
    const char *number;
    const json_t *title;
} ResultsLegalEvent;

/* the events that the law allows to look for */
typedef struct result_legal_list {
    const json_t *json;
    const json_t *title;
    RESULTS_LIST(ResultsLegalEvent) events;
} ResultsLegalList;

/* what has happened to the law */
typedef struct result_legal_step {
    const json_t *json;
    const char *date;
    const json_t *text;
    const char *source, *mark;
} ResultsLegalStep;

/* what another text asks for, and where the report has it */
typedef struct result_requirement {
    const json_t *json;
    const json_t *asks;
    const char *article;
    ResultsStrings sections;
    const json_t *note;
} ResultsRequirement;

/* another text */
typedef struct result_correspondence {
    const json_t *json;
    const char *id;
    const json_t *title;
    const char *source, *mark;
    const json_t *note;
    RESULTS_LIST(ResultsRequirement) requirements;
} ResultsCorrespondence;

/* the whole of it */
typedef struct result_catalogue {
    const json_t *json;
    const json_t *title;
    const char *state_of_law;
    const json_t *note;
    ResultsLegalList legal_list;
    RESULTS_LIST(ResultsPublicItem) public_information;
    RESULTS_LIST(ResultsObligation) obligations;
    RESULTS_LIST(ResultsLegalStep) legal_status;
    RESULTS_LIST(ResultsCorrespondence) correspondences;
} ResultsCatalogue;

#endif
