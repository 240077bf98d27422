/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document, the audit and what was read for it. Members have the names of the keys;
 * fields_audit.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_AUDIT_H
#define VSAUDIT_RESULTS_RECORD_AUDIT_H

#include "results/record_capsule.h"
#include "results/record_scenario.h"

/* a file that proves a statement */
typedef struct result_file_named {
    const json_t *json;
    const char *path, *sha256;
} ResultsFileNamed;

/* what was said of one item */
typedef struct result_statement {
    const json_t *json;
    const char *state;
    const json_t *text;
    ResultsFileNamed evidence;
    const char *date;
    const json_t *source;
} ResultsStatement;
typedef RESULTS_MAP(ResultsStatement) ResultsStatements;

/* somebody’s own words */
typedef struct result_voice {
    const json_t *json;
    const json_t *from;
    const char *role, *state, *asked, *date, *language, *text;
    ResultsFileNamed file;
    const char *sha256;
    ResultsBool example;
} ResultsVoice;

/* a file behind the dossier */
typedef struct result_role_file {
    const json_t *json;
    const char *path, *sha256, *role;
} ResultsRoleFile;

/* what is audited and what was said of it */
typedef struct result_audit {
    const json_t *json;
    const char *id;
    const json_t *title, *summary;
    const char *file, *sha256;
    ResultsStatements identity, system, public_information;
    RESULTS_LIST(ResultsVoice) opinions;
    RESULTS_LIST(ResultsVoice) replies;
    RESULTS_LIST(ResultsRoleFile) files;
} ResultsAudit;

/* the program that made the document */
typedef struct result_program {
    const json_t *json;
    const char *name, *version;
} ResultsProgram;

/* a data set */
typedef struct result_dataset {
    const json_t *json;
    const char *id;
    const json_t *title;
    const char *sha256, *licence;
    const json_t *source;
    ResultsBool synthetic;
    int64_t clips;
} ResultsDataset;

/* a file that was read */
typedef struct result_input {
    const json_t *json;
    const char *kind, *file, *sha256;
} ResultsInput;

/* the audit in figures */
typedef struct result_totals {
    const json_t *json;
    double camera_hours, replayed_hours;
    int64_t clips, cameras, jobs, failed_jobs;
    double not_decoded_s, not_seen_s;
} ResultsTotals;

/* how many claims have each verdict */
typedef struct result_verdict_counts {
    const json_t *json;
    int64_t supported, refuted, not_established, not_testable;
} ResultsVerdictCounts;

/* what differs from the lock */
typedef struct result_lock_change {
    const json_t *json;
    const char *file, *what, *locked, *now;
} ResultsLockChange;

/* whether the plan was fixed before the run */
typedef struct result_lock {
    const json_t *json;
    const char *state, *date, *file, *sha256;
    RESULTS_LIST(ResultsLockChange) changed;
    ResultsStrings uncovered;
} ResultsLock;

/* how evidence pictures were made */
typedef struct result_pictures {
    const json_t *json;
    const char *blur;
} ResultsPictures;

/* a file of judgements */
typedef struct result_judgement_file {
    const json_t *json;
    const char *file, *sha256;
} ResultsJudgementFile;

/* two people’s judgement of the false alerts */
typedef struct result_agreement_of_judges {
    const json_t *json;
    const char *schema;
    RESULTS_LIST(ResultsJudgementFile) files;
    int64_t false_alerts, judged_by_both, agreed;
    double kappa, se;
} ResultsAgreementOfJudges;

/* the judgements of two people, as adjudication.json holds them */
typedef struct result_judgements {
    const json_t *json;
    const char *schema;
    RESULTS_LIST(ResultsJudgementFile) files;
    int64_t false_alerts, judged_by_both, agreed;
    double kappa, se;
    ResultsJudgeds alerts; /* by the alert's id */
} ResultsJudgements;

/* the results of an audit */
typedef struct result_results {
    const json_t *json;
    const char *schema;
    ResultsProgram program;
    ResultsAudit audit;
    const json_t *catalogue;
    ResultsBool synthetic;
    ResultsProtocol protocol;
    RESULTS_LIST(ResultsDataset) datasets;
    RESULTS_LIST(ResultsInput) inputs;
    ResultsTotals totals;
    RESULTS_LIST(ResultsScenario) scenarios;
    ResultsTexts limits;
    RESULTS_LIST(ResultsClip) clips;
    ResultsVerdictCounts verdict_counts;
    ResultsLock lock;
    ResultsPictures pictures;
    ResultsAgreementOfJudges adjudication;
    ResultsCapsule capsule;
} Results;

#endif
