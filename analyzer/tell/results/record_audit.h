/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document, the audit and what was read for it. Members have the names of the keys;
 * fields_audit.c says of each its unit and what it means when it is not there. */
#ifndef VSAUDIT_RESULTS_RECORD_AUDIT_H
#define VSAUDIT_RESULTS_RECORD_AUDIT_H

#include "results/record_capsule.h"
#include "results/record_scenario.h"

/* a file that proves a statement */
RESULTS_RECORD(file_named, ResultsFileNamed, { const char *path, *sha256; });

/* what was said of one item */
RESULTS_RECORD(statement, ResultsStatement, {
    const char *state;
    const json_t *text;
    ResultsFileNamed evidence;
    const char *asked, *date;
    const json_t *source;
});
typedef RESULTS_MAP(ResultsStatement) ResultsStatements;

/* somebody’s own words */
RESULTS_RECORD(voice, ResultsVoice, {
    const json_t *from;
    const char *role, *state, *asked, *date, *language, *text;
    ResultsFileNamed file;
    const char *sha256;
    ResultsBool example;
});

/* a file behind the dossier */
RESULTS_RECORD(role_file, ResultsRoleFile, { const char *path, *sha256, *role; });

/* who ran and who paid for the test */
RESULTS_RECORD(interests, ResultsInterests, {
    const char *ran_by, *paid_by;
    const json_t *declared;
});

/* when, where, for what and by whom the system was used */
RESULTS_RECORD(trial, ResultsTrial, {
    const char *from, *to, *country;
    ResultsStrings uses, bodies;
});

/* what is audited and what was said of it */
RESULTS_RECORD(audit, ResultsAudit, {
    const char *id;
    const json_t *title, *summary;
    const char *file, *sha256;
    ResultsTrial trial;
    ResultsStatements identity, system, public_information;
    RESULTS_LIST(ResultsVoice) opinions;
    RESULTS_LIST(ResultsVoice) replies;
    RESULTS_LIST(ResultsRoleFile) files;
    ResultsInterests conflict_of_interest;
});

/* the program that made the document */
RESULTS_RECORD(program, ResultsProgram, { const char *name, *version; });

/* how footage was chosen */
RESULTS_RECORD(sampling, ResultsSampling, {
    const char *how, *chosen_by;
    const json_t *chooser, *purpose, *stands_for;
    const char *from, *to;
    ResultsNumbers hours;
});

/* how what truly happened was marked */
RESULTS_RECORD(annotation, ResultsAnnotation, {
    const json_t *by;
    int64_t people;
    const char *blind, *absence, *agreement_figure;
    double agreement;
});

/* a data set */
RESULTS_RECORD(dataset, ResultsDataset, {
    const char *id;
    const json_t *title;
    const char *sha256, *licence;
    const json_t *source;
    ResultsBool synthetic;
    int64_t clips;
    ResultsSampling sampling;
    ResultsAnnotation annotation;
});

/* a file that was read */
RESULTS_RECORD(input, ResultsInput, { const char *kind, *file, *sha256; });

/* the audit in figures */
RESULTS_RECORD(totals, ResultsTotals, {
    double camera_hours, replayed_hours;
    int64_t clips, cameras, jobs, failed_jobs;
    double not_decoded_s, not_seen_s;
});

/* how many claims have each verdict */
RESULTS_RECORD(verdict_counts, ResultsVerdictCounts,
               { int64_t supported, refuted, not_established, not_testable, other_system; });

/* what differs from the lock */
RESULTS_RECORD(lock_change, ResultsLockChange, {
    const char *file, *what, *locked, *now;
    int64_t count;
});

/* where this look stands in the log of looks */
RESULTS_RECORD(look_log, ResultsLookLog, {
    int64_t before;
    const char *head, *look;
});

/* whether the plan was fixed before the run */
RESULTS_RECORD(lock, ResultsLock, {
    const char *state, *date, *file, *sha256;
    RESULTS_LIST(ResultsLockChange) changed;
    ResultsStrings uncovered;
});

/* how evidence pictures were made */
RESULTS_RECORD(pictures, ResultsPictures, { const char *blur; });

/* a file of judgements */
RESULTS_RECORD(judgement_file, ResultsJudgementFile, { const char *file, *sha256; });

/* two people’s judgement of the false alerts */
RESULTS_RECORD(agreement_of_judges, ResultsAgreementOfJudges, {
    const char *schema;
    RESULTS_LIST(ResultsJudgementFile) files;
    int64_t false_alerts, judged_by_both, agreed;
    double kappa, se;
});

/* the judgements of two people, as adjudication.json holds them */
RESULTS_RECORD(judgements, ResultsJudgements, {
    const char *schema;
    RESULTS_LIST(ResultsJudgementFile) files;
    int64_t false_alerts, judged_by_both, agreed;
    double kappa, se;
    ResultsJudgeds alerts; /* by the alert's id */
});

/* the results of an audit */
RESULTS_RECORD(results, Results, {
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
    ResultsLookLog look_log;
    ResultsPictures pictures;
    ResultsAgreementOfJudges adjudication;
    ResultsCapsule capsule;
});

#endif
