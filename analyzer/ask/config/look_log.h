/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of looks: every scoring against truth that printed a verdict, in the order in which it was made.
 *
 * A text file, one look a line (JSON, keys sorted, schema vsaudit/look/1), in every folder of results as
 * "looks.jsonl" and beside a lock as "<lock>.looks". It is only ever added to. A line holds
 *
 *   number, time       1, 2, …; when it was scored (UTC, by the machine's clock)
 *   audit, inputs      the audit's id; the SHA-256 of what it was scored from (files and truth)
 *   lock               SHA-256 of the lock in force; null: none
 *   evaluations        scenario, system, condition; clips: by id, digests of the footage with its truth and of
 *                      the alerts; digest: of all these; claims: id, plan, whether the verdict was due
 *   results            SHA-256 of the results.json that it printed
 *   previous, chain    the chain of the line before (empty: none); SHA-256 of this line without "chain"
 *
 * so that no line can be altered, taken out or put in without all later ones. A line with the evaluations,
 * the lock and the results of an earlier one is not written again, and looks are told apart by the digests of
 * their evaluations alone: scoring the same again is the same look, and counts of looks in results.json
 * depend on no clock.
 *
 * What no log can show: a look in a copy of the folder that was thrown away; a log deleted wherever it lay; a
 * chain made anew from its first line. Against these there are only copies that others hold: a bundle that was
 * handed over or stamped. */
#ifndef VSAUDIT_CONFIG_LOOK_LOG_H
#define VSAUDIT_CONFIG_LOOK_LOG_H

#include "config/scenario.h"
#include "scoring/looks.h"

#include <jansson.h>

#define LOOK_SCHEMA "vsaudit/look/1"
#define LOOK_FILE "looks.jsonl"
#define LOOK_DIGEST 16 /* hex digits of a clip's digests */

typedef struct LookLog LookLog;

/* "<lock>.looks". Caller frees. */
char *look_log_beside(const char *lock);

/* An empty log when there is no file. NULL with INTEGRITY, naming the line, when one was altered, taken out or
 * put in; with INPUT when it cannot be read. Caller frees. */
LookLog *look_log_read(const char *path, GError **error);
void look_log_free(LookLog *log); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LookLog, look_log_free)
/* Adds the lines of another log that this one has not, by what they say of their look, with new numbers. */
void look_log_merge(LookLog *log, const LookLog *other);

/* Under what the look to come is taken. `lock`: its SHA-256, or NULL. `changed`: what was locked has changed;
 * then names may have changed as well, and every evaluation that the audit no longer has counts as an earlier
 * look at each of its claims. */
void look_log_begin(LookLog *log, const Audit *audit, const char *lock, bool changed);
/* Of a claim that the scenario no longer has, so that nobody knows which it is now: see look_log_history(). */
#define LOOK_OF_ANY_CLAIM ""
/* The look to come at the claims of one evaluation, whose clips are {id: [footage, alerts]}: how many distinct
 * ones came before it. Looks under the same lock count, and those at the same footage. `read`, a set of owned
 * strings, gets the ids of the claims whose one verdict was read in them, LOOK_OF_ANY_CLAIM among them; the
 * history's own `read` stays false, as it is about a single claim. */
LooksHistory look_log_history(const LookLog *log, const char *scenario, const char *system,
                              const char *condition, const json_t *clips, GHashTable *read);
/* Adds an evaluation to the look to come. Takes `claims`. */
void look_log_note(LookLog *log, const char *scenario, const char *system, const char *condition,
                   json_t *clips, json_t *claims);
/* Says of a claim of an evaluation in the look to come that its verdict is read in it; nothing where the
 * evaluation or the claim is not there. */
void look_log_note_read(LookLog *log, const char *scenario, const char *system, const char *condition,
                        const char *claim);

/* Where the look to come stands: how many lines are before it, and the chain of the last of them ("" when
 * there is none); the first line that says the same, else the end. */
size_t look_log_place(const LookLog *log, const char **head);
/* Whether a claim was looked at at all. */
bool look_log_is_look(const LookLog *log);
/* SHA-256 of what the look to come scored. Caller frees. */
char *look_log_digest(const LookLog *log);
/* The same of the line in that place; NULL when there is none. Caller frees. */
char *look_log_digest_at(const LookLog *log, size_t place);
/* How many distinct looks came before at footage that the look to come has too, without this lock. */
int64_t look_log_before_lock(const LookLog *log);
/* All lines. */
size_t look_log_count(const LookLog *log);

/* Adds the look unless it is there already. `time`: ISO 8601. Nothing without evaluations. */
void look_log_append(LookLog *log, const char *results_sha256, const char *time);
/* A HARNESS error when it cannot be written. */
bool look_log_write(const LookLog *log, const char *path, GError **error);
/* The chain of the line before that place, "" for the first. */
const char *look_log_head(const LookLog *log, size_t place);

#endif
