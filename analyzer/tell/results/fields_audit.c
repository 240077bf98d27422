/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document, the audit and what was read for it. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const statement_state_words[] = {"given", "refused", "not_communicated", "not_applicable",
                                                    NULL};
static const char *const voice_state_words[] = {"received", "no_reply", "asked", NULL};
static const char *const input_kind_words[] = {"audit",  "scenario", "dataset",   "truth",  "validations",
                                               "alerts", "evidence", "catalogue", "tracks", NULL};
static const char *const lock_change_what_words[] = {"changed", "added", "removed", "protocol",
                                                     "program", "late",  NULL};
static const char *const lock_state_words[] = {"unlocked", "unchanged", "changed", NULL};
static const char *const pictures_blur_words[] = {"persons", "all", "none", NULL};

static const ResultField file_named_fields[] = {
    {.key = "path", .kind = RESULT_STRING, .means = "as the audit writes it"},
    {.key = "sha256", .kind = RESULT_STRING},
    RESULT_END};
const ResultRecord result_file_named = {"file named", "a file that proves a statement", file_named_fields};

static const ResultField statement_fields[] = {
    {.key = "state", .kind = RESULT_WORD, .words = statement_state_words},
    {.key = "text", .kind = RESULT_TEXT, .null_means = "nothing was said"},
    {.key = "evidence", .kind = RESULT_RECORD, .of = &result_file_named, .null_means = "no file was named"},
    {.key = "date", .kind = RESULT_STRING, .null_means = "not dated"},
    {.key = "source", .kind = RESULT_TEXT, .null_means = "not stated"},
    RESULT_END};
const ResultRecord result_statement = {"statement", "what was said of one item", statement_fields};

static const ResultField voice_fields[] = {
    {.key = "from", .kind = RESULT_TEXT},
    {.key = "role", .kind = RESULT_STRING, .optional = true, .null_means = "not stated"},
    {.key = "state",
     .kind = RESULT_WORD,
     .optional = true,
     .null_means = "not stated",
     .words = voice_state_words},
    {.key = "asked",
     .kind = RESULT_STRING,
     .optional = true,
     .null_means = "not stated",
     .means = "when the reply was asked for"},
    {.key = "date", .kind = RESULT_STRING, .null_means = "not dated"},
    {.key = "language", .kind = RESULT_STRING, .null_means = "not stated"},
    {.key = "text", .kind = RESULT_STRING, .null_means = "there are no words"},
    {.key = "file", .kind = RESULT_RECORD, .of = &result_file_named, .null_means = "no file was named"},
    {.key = "sha256",
     .kind = RESULT_STRING,
     .null_means = "there is nothing to hash",
     .means = "of the file’s bytes, else of the words"},
    {.key = "example", .kind = RESULT_BOOL, .means = "made up, to show the form"},
    RESULT_END};
const ResultRecord result_voice = {"voice", "somebody’s own words", voice_fields};

static const ResultField role_file_fields[] = {
    {.key = "path", .kind = RESULT_STRING},
    {.key = "sha256", .kind = RESULT_STRING},
    {.key = "role", .kind = RESULT_STRING, .means = "where it is named"},
    RESULT_END};
const ResultRecord result_role_file = {"role file", "a file behind the dossier", role_file_fields};

static const ResultField audit_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "title", .kind = RESULT_TEXT},
    {.key = "summary", .kind = RESULT_TEXT, .null_means = "none was written"},
    {.key = "file", .kind = RESULT_STRING, .null_means = "made of scenarios alone"},
    {.key = "sha256", .kind = RESULT_STRING, .null_means = "made of scenarios alone"},
    {.key = "identity", .kind = RESULT_MAP, .of = &result_statement},
    {.key = "system", .kind = RESULT_MAP, .of = &result_statement},
    {.key = "public_information",
     .kind = RESULT_MAP,
     .of = &result_statement,
     .means = "a key that is absent was not communicated"},
    {.key = "opinions", .kind = RESULT_LIST, .of = &result_voice},
    {.key = "replies", .kind = RESULT_LIST, .of = &result_voice},
    {.key = "files", .kind = RESULT_LIST, .of = &result_role_file},
    RESULT_END};
const ResultRecord result_audit = {"audit", "what is audited and what was said of it", audit_fields};

static const ResultField program_fields[] = {
    {.key = "name", .kind = RESULT_STRING}, {.key = "version", .kind = RESULT_STRING}, RESULT_END};
const ResultRecord result_program = {"program", "the program that made the document", program_fields};

static const ResultField dataset_fields[] = {
    {.key = "id", .kind = RESULT_STRING},
    {.key = "title", .kind = RESULT_TEXT, .null_means = "not stated"},
    {.key = "sha256", .kind = RESULT_STRING, .null_means = "not read from a file"},
    {.key = "licence", .kind = RESULT_STRING, .null_means = "not stated"},
    {.key = "source", .kind = RESULT_TEXT, .null_means = "not stated"},
    {.key = "synthetic", .kind = RESULT_BOOL, .means = "drawn, not filmed"},
    {.key = "clips", .kind = RESULT_COUNT},
    RESULT_END};
const ResultRecord result_dataset = {"dataset", "a data set", dataset_fields};

static const ResultField input_fields[] = {{.key = "kind", .kind = RESULT_WORD, .words = input_kind_words},
                                           {.key = "file", .kind = RESULT_STRING, .means = "base name"},
                                           {.key = "sha256", .kind = RESULT_STRING},
                                           RESULT_END};
const ResultRecord result_input = {"input", "a file that was read", input_fields};

static const ResultField totals_fields[] = {
    {.key = "camera_hours", .kind = RESULT_NUMBER, .means = "each clip once"},
    {.key = "replayed_hours", .kind = RESULT_NUMBER},
    {.key = "clips", .kind = RESULT_COUNT},
    {.key = "cameras", .kind = RESULT_COUNT},
    {.key = "jobs", .kind = RESULT_COUNT},
    {.key = "failed_jobs", .kind = RESULT_COUNT},
    {.key = "not_decoded_s", .kind = RESULT_NUMBER, .unit = "s"},
    {.key = "not_seen_s", .kind = RESULT_NUMBER, .unit = "s", .means = "no picture vouches for it"},
    RESULT_END};
const ResultRecord result_totals = {"totals", "the audit in figures", totals_fields};

static const ResultField verdict_counts_fields[] = {{.key = "supported", .kind = RESULT_COUNT},
                                                    {.key = "refuted", .kind = RESULT_COUNT},
                                                    {.key = "not_established", .kind = RESULT_COUNT},
                                                    {.key = "not_testable", .kind = RESULT_COUNT},
                                                    RESULT_END};
const ResultRecord result_verdict_counts = {"verdict counts", "how many claims have each verdict",
                                            verdict_counts_fields};

static const ResultField lock_change_fields[] = {
    {.key = "file", .kind = RESULT_STRING},
    {.key = "what", .kind = RESULT_WORD, .words = lock_change_what_words},
    {.key = "locked", .kind = RESULT_STRING, .null_means = "it was not there", .means = "hash or version"},
    {.key = "now", .kind = RESULT_STRING, .null_means = "it is not there", .means = "hash or version"},
    RESULT_END};
const ResultRecord result_lock_change = {"lock change", "what differs from the lock", lock_change_fields};

static const ResultField lock_fields[] = {
    {.key = "state", .kind = RESULT_WORD, .words = lock_state_words},
    {.key = "date", .kind = RESULT_STRING, .null_means = "not locked"},
    {.key = "file", .kind = RESULT_STRING, .null_means = "not locked"},
    {.key = "sha256", .kind = RESULT_STRING, .null_means = "not locked"},
    {.key = "changed", .kind = RESULT_LIST, .of = &result_lock_change},
    {.key = "uncovered",
     .kind = RESULT_STRINGS,
     .optional = true,
     .means = "clips that the lock does not hold"},
    RESULT_END};
const ResultRecord result_lock = {"lock", "whether the plan was fixed before the run", lock_fields};

static const ResultField pictures_fields[] = {{.key = "blur",
                                               .kind = RESULT_WORD,
                                               .words = pictures_blur_words,
                                               .means = "what was made unrecognisable"},
                                              RESULT_END};
const ResultRecord result_pictures = {"pictures", "how evidence pictures were made", pictures_fields};

static const ResultField judgement_file_fields[] = {
    {.key = "file", .kind = RESULT_STRING}, {.key = "sha256", .kind = RESULT_STRING}, RESULT_END};
const ResultRecord result_judgement_file = {"judgement file", "a file of judgements", judgement_file_fields};

static const ResultField agreement_of_judges_fields[] = {
    {.key = "schema", .kind = RESULT_STRING},
    {.key = "files", .kind = RESULT_LIST, .of = &result_judgement_file},
    {.key = "false_alerts", .kind = RESULT_COUNT},
    {.key = "judged_by_both", .kind = RESULT_COUNT},
    {.key = "agreed", .kind = RESULT_COUNT},
    {.key = "kappa", .kind = RESULT_NUMBER, .null_means = "undefined"},
    {.key = "se", .kind = RESULT_NUMBER, .null_means = "undefined"},
    RESULT_END};
const ResultRecord result_agreement_of_judges = {
    "agreement of judges", "two people’s judgement of the false alerts", agreement_of_judges_fields};

static const ResultField results_fields[] = {
    {.key = "schema", .kind = RESULT_STRING},
    {.key = "program", .kind = RESULT_RECORD, .of = &result_program},
    {.key = "audit", .kind = RESULT_RECORD, .of = &result_audit},
    {.key = "catalogue", .kind = RESULT_MAP, .means = "the catalogue of obligations, as in its file"},
    {.key = "synthetic", .kind = RESULT_BOOL, .means = "any data set is drawn, not filmed"},
    {.key = "protocol", .kind = RESULT_RECORD, .of = &result_protocol, .means = "of the first scenario"},
    {.key = "datasets", .kind = RESULT_LIST, .of = &result_dataset},
    {.key = "inputs",
     .kind = RESULT_LIST,
     .of = &result_input,
     .means = "every file that was read but the clips"},
    {.key = "totals", .kind = RESULT_RECORD, .of = &result_totals},
    {.key = "scenarios", .kind = RESULT_LIST, .of = &result_scenario},
    {.key = "limits", .kind = RESULT_TEXTS, .means = "sentences that follow from the data"},
    {.key = "clips", .kind = RESULT_LIST, .of = &result_clip},
    {.key = "verdict_counts", .kind = RESULT_RECORD, .of = &result_verdict_counts},
    {.key = "lock", .kind = RESULT_RECORD, .of = &result_lock},
    {.key = "pictures", .kind = RESULT_RECORD, .of = &result_pictures, .optional = true},
    {.key = "adjudication", .kind = RESULT_RECORD, .of = &result_agreement_of_judges, .optional = true},
    RESULT_END};
const ResultRecord result_results = {"results", "the results of an audit", results_fields};
