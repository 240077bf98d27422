/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document, the audit and what was read for it. See results/fields.h. */
#include "config/dossier.h"
#include "records/provenance.h"
#include "results/fields_internal.h"

static const char *const input_kind_words[] = {"audit",       "scenario", "dataset",  "truth",
                                               "validations", "alerts",   "evidence", "catalogue",
                                               "tracks",      "seal",     "capsule",  "origin",
                                               "table",       "map",      NULL};
static const char *const lock_change_what_words[] = {"changed", "added", "removed", "protocol",
                                                     "program", "late",  "looked", NULL};
static const char *const lock_state_words[] = {"unlocked", "unchanged", "changed", NULL};
static const char *const pictures_blur_words[] = {"persons", "all", "none", NULL};

DESCRIBE(file_named, "file named", "a file that proves a statement",
         {AT(file_named, path, STRING), .means = "as the audit writes it"}, {AT(file_named, sha256, STRING)});

DESCRIBE(statement, "statement", "what was said of one item",
         {AT(statement, state, WORD), .words = statement_states},
         {AT(statement, text, TEXT), .null_means = "nothing was said"},
         {RECORD_AT(statement, evidence, file_named), .null_means = "no file was named"},
         {AT(statement, asked, STRING), .optional = true, .null_means = "not known to have been asked for"},
         {AT(statement, date, STRING), .null_means = "not dated"},
         {AT(statement, source, TEXT), .null_means = "not stated"});

DESCRIBE(voice, "voice", "somebody’s own words", {AT(voice, from, TEXT)},
         {AT(voice, date, STRING), .null_means = "not dated"},
         {AT(voice, language, STRING), .null_means = "not stated"},
         {AT(voice, text, STRING), .null_means = "there are no words"},
         {RECORD_AT(voice, file, file_named), .null_means = "no file was named"},
         {AT(voice, sha256, STRING), .null_means = "there is nothing to hash",
          .means = "of the file’s bytes, else of the words"},
         {AT(voice, example, BOOL), .means = "made up, to show the form"},
         {AT(voice, role, STRING), .optional = true, .null_means = "not stated"},
         {AT(voice, state, WORD), .optional = true, .null_means = "not stated", .words = reply_states},
         {AT(voice, asked, STRING), .optional = true, .null_means = "not stated",
          .means = "when the reply was asked for"});

#define NOT_FILLED "not filled in by the audit"
DESCRIBE(interests, "interests", "who ran and who paid for the test, by their part in it",
         {AT(interests, ran_by, WORD), .null_means = NOT_FILLED, .words = party_words},
         {AT(interests, paid_by, WORD), .null_means = NOT_FILLED, .words = party_words},
         {AT(interests, declared, TEXT), .null_means = NOT_FILLED});

DESCRIBE(sampling, "sampling", "how footage was chosen",
         {AT(sampling, how, WORD), .null_means = NOT_FILLED, .words = sampling_words},
         {AT(sampling, chosen_by, WORD), .null_means = NOT_FILLED, .words = party_words},
         {AT(sampling, chooser, TEXT), .null_means = NOT_FILLED},
         {AT(sampling, purpose, TEXT), .null_means = NOT_FILLED},
         {AT(sampling, stands_for, TEXT), .null_means = NOT_FILLED},
         {AT(sampling, from, STRING), .null_means = NOT_FILLED,
          .means = "the period that it is to stand for"},
         {AT(sampling, to, STRING), .null_means = NOT_FILLED},
         {AT(sampling, hours, NUMBERS), .unit = "h",
          .means = "of the day that it is to stand for, from and to; none: all of it"});

DESCRIBE(annotation, "annotation", "how what truly happened was marked",
         {AT(annotation, by, TEXT), .null_means = NOT_FILLED},
         {AT(annotation, people, COUNT), .null_means = NOT_FILLED,
          .means = "who marked each clip, apart from one another"},
         {AT(annotation, blind, WORD), .null_means = NOT_FILLED, .words = answer_words,
          .means = "they did not know what the systems had said"},
         {AT(annotation, absence, WORD), .null_means = NOT_FILLED, .words = answer_words,
          .means = "all of the footage was watched"},
         {AT(annotation, agreement_figure, WORD), .null_means = "none was stated",
          .words = agreement_figures},
         {AT(annotation, agreement, NUMBER), .null_means = "none was stated"});

DESCRIBE(role_file, "role file", "a file behind the dossier", {AT(role_file, path, STRING)},
         {AT(role_file, sha256, STRING)}, {AT(role_file, role, STRING), .means = "where it is named"});

DESCRIBE(trial, "trial", "when, where, for what and by whom the system was used",
         {AT(trial, from, STRING), .null_means = "not stated", .means = "a day, a month or a year"},
         {AT(trial, to, STRING), .null_means = "not stated, or not ended"},
         {AT(trial, country, STRING), .null_means = "not stated", .means = "ISO 3166-1"},
         {AT(trial, uses, STRINGS), .means = "real_time, deferred, statistics; none: not stated"},
         {AT(trial, bodies, STRINGS),
          .means = "state, municipality, transport, shop, vendor; none: not stated"});

DESCRIBE(audit, "audit", "what is audited and what was said of it", {AT(audit, id, STRING)},
         {AT(audit, title, TEXT)}, {AT(audit, summary, TEXT), .null_means = "none was written"},
         {AT(audit, file, STRING), .null_means = "made of scenarios alone"},
         {AT(audit, sha256, STRING), .null_means = "made of scenarios alone"},
         {RECORD_AT(audit, trial, trial), .optional = true},
         {MAP_AT(audit, identity, statement)}, {MAP_AT(audit, system, statement)},
         {MAP_AT(audit, public_information, statement), .means = "a key that is absent was not filled in by the audit"},
         {LIST_AT(audit, opinions, voice)}, {LIST_AT(audit, replies, voice)},
         {LIST_AT(audit, files, role_file)},
         {RECORD_AT(audit, conflict_of_interest, interests), .optional = true, .null_means = NOT_FILLED});

DESCRIBE(program, "program", "the program that made the document", {AT(program, name, STRING)},
         {AT(program, version, STRING)});

DESCRIBE(dataset, "dataset", "a data set", {AT(dataset, id, STRING)},
         {AT(dataset, title, TEXT), .null_means = "not stated"},
         {AT(dataset, sha256, STRING), .null_means = "not read from a file"},
         {AT(dataset, licence, STRING), .null_means = "not stated"},
         {AT(dataset, source, TEXT), .null_means = "not stated"},
         {AT(dataset, synthetic, BOOL), .means = "drawn, not filmed"}, {AT(dataset, clips, COUNT)},
         {RECORD_AT(dataset, sampling, sampling), .optional = true, .null_means = NOT_FILLED},
         {RECORD_AT(dataset, annotation, annotation), .optional = true, .null_means = NOT_FILLED});

DESCRIBE(input, "input", "a file that was read", {AT(input, kind, WORD), .words = input_kind_words},
         {AT(input, file, STRING), .means = "base name"}, {AT(input, sha256, STRING)});

DESCRIBE(totals, "totals", "the audit in figures",
         {AT(totals, camera_hours, NUMBER), .means = "each clip once"}, {AT(totals, replayed_hours, NUMBER)},
         {AT(totals, clips, COUNT)}, {AT(totals, cameras, COUNT)}, {AT(totals, jobs, COUNT)},
         {AT(totals, failed_jobs, COUNT)}, {AT(totals, not_decoded_s, NUMBER), .unit = "s"},
         {AT(totals, not_seen_s, NUMBER), .unit = "s", .means = "no picture vouches for it"});

DESCRIBE(verdict_counts, "verdict counts", "how many claims have each verdict",
         {AT(verdict_counts, supported, COUNT)}, {AT(verdict_counts, refuted, COUNT)},
         {AT(verdict_counts, not_established, COUNT)}, {AT(verdict_counts, not_testable, COUNT)},
         {AT(verdict_counts, other_system, COUNT), .optional = true, .null_means = "none",
          .means = "no verdict: the words are about another product than the one that was run"});

DESCRIBE(lock_change, "lock change", "what differs from the lock", {AT(lock_change, file, STRING)},
         {AT(lock_change, what, WORD), .words = lock_change_what_words},
         {AT(lock_change, locked, STRING), .null_means = "it was not there", .means = "hash or version"},
         {AT(lock_change, now, STRING), .null_means = "it is not there", .means = "hash or version"},
         {AT(lock_change, count, COUNT), .optional = true, .means = "looks before the lock was made"});

DESCRIBE(look_log, "look log", "where this look stands in the log of looks (looks.jsonl)",
         {AT(look_log, before, COUNT), .means = "lines before it"},
         {AT(look_log, head, STRING), .null_means = "it is the first",
          .means = "chain of the line before it"},
         {AT(look_log, look, STRING), .means = "SHA-256 of what this look scored, as its line says"});

DESCRIBE(lock, "lock", "whether the plan was fixed before the run",
         {AT(lock, state, WORD), .words = lock_state_words},
         {AT(lock, date, STRING), .null_means = "not locked"},
         {AT(lock, file, STRING), .null_means = "not locked"},
         {AT(lock, sha256, STRING), .null_means = "not locked"}, {LIST_AT(lock, changed, lock_change)},
         {AT(lock, uncovered, STRINGS), .optional = true, .means = "clips that the lock does not hold"});

DESCRIBE(pictures, "pictures", "how evidence pictures were made",
         {AT(pictures, blur, WORD), .words = pictures_blur_words, .means = "what was made unrecognisable"});

DESCRIBE(judgement_file, "judgement file", "a file of judgements", {AT(judgement_file, file, STRING)},
         {AT(judgement_file, sha256, STRING)});

DESCRIBE(agreement_of_judges, "agreement of judges", "two people’s judgement of the false alerts",
         {AT(agreement_of_judges, schema, STRING)}, {LIST_AT(agreement_of_judges, files, judgement_file)},
         {AT(agreement_of_judges, false_alerts, COUNT)}, {AT(agreement_of_judges, judged_by_both, COUNT)},
         {AT(agreement_of_judges, agreed, COUNT)},
         {AT(agreement_of_judges, kappa, NUMBER), .null_means = "undefined"},
         {AT(agreement_of_judges, se, NUMBER), .null_means = "undefined"});

DESCRIBE(judgements, "judgements", "the judgements of two people", {AT(judgements, schema, STRING)},
         {LIST_AT(judgements, files, judgement_file)}, {AT(judgements, false_alerts, COUNT)},
         {AT(judgements, judged_by_both, COUNT)}, {AT(judgements, agreed, COUNT)},
         {AT(judgements, kappa, NUMBER), .null_means = "undefined"},
         {AT(judgements, se, NUMBER), .null_means = "undefined"},
         {MAP_AT(judgements, alerts, judged), .means = "by the alert’s id"});

DESCRIBE(results, "results", "the results of an audit", {AT(results, schema, STRING)},
         {RECORD_AT(results, program, program)}, {RECORD_AT(results, audit, audit)},
         {AT(results, catalogue, MAP), .means = "the catalogue of obligations, as in its file"},
         {AT(results, synthetic, BOOL), .means = "any data set is drawn, not filmed"},
         {RECORD_AT(results, protocol, protocol), .means = "of the first scenario"},
         {LIST_AT(results, datasets, dataset)},
         {LIST_AT(results, inputs, input), .means = "every file that was read but the clips"},
         {RECORD_AT(results, totals, totals)}, {LIST_AT(results, scenarios, scenario)},
         {AT(results, limits, TEXTS), .means = "sentences that follow from the data"},
         {LIST_AT(results, clips, clip)}, {RECORD_AT(results, verdict_counts, verdict_counts)},
         {RECORD_AT(results, adjudication, agreement_of_judges), .optional = true},
         {RECORD_AT(results, capsule, capsule), .optional = true}, {RECORD_AT(results, lock, lock)},
         {RECORD_AT(results, look_log, look_log), .optional = true},
         {RECORD_AT(results, pictures, pictures), .optional = true});
