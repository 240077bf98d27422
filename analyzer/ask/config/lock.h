/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock of an audit: what is measured, how, and against which limits, fixed before the run.
 *
 * A lock file (JSON, schema vsaudit/lock/1) holds the SHA-256 of the audit, its scenarios (with their
 * claims), manifests, truth and validation files, networks and labels of the perception, logs of alerts that
 * are there already, and clips whose manifest does not state a hash; the protocols with all their parameters,
 * the program's version, and the date. A clip with a hash in its manifest is held by that. Clips that are not
 * there and not held are listed as "uncovered". A log of alerts that comes later is a result, and no change.
 */
#ifndef VSAUDIT_CONFIG_LOCK_H
#define VSAUDIT_CONFIG_LOCK_H

#include "config/scenario.h"

#include <jansson.h>

#define LOCK_SCHEMA "vsaudit/lock/1"

/* Where an audit's lock is looked for: beside its first file, "<file>.lock". Caller frees. */
char *lock_default_path(const char *first_file);
/* What is locked now, as the lock file will hold it; paths are relative to the folder of `path`. `date`: ISO
 * 8601. Caller owns. NULL with an INPUT error when a file is there and cannot be read: a lock that held
 * nothing of it would look whole. */
json_t *lock_describe(const Audit *audit, const char *path, const char *date, GError **error);
/* Writes a new lock file; USAGE when there is one: a lock is not replaced. */
bool lock_write(const json_t *lock, const char *path, GError **error);
/* Reads a lock file; `sha256` (caller frees) is that of its bytes. NULL with an INPUT error. */
json_t *lock_read(const char *path, char **sha256, GError **error);

/* How the audit stands to its lock, for results.json:
 *   {"state": "unlocked"|"unchanged"|"changed", "date": text|null, "file": base name|null, "sha256":
 * text|null, "uncovered": [clip id, …] (absent when there is none), "changed": [{"file": path or "vsaudit",
 * "what": word, "locked": text|null, "now": text|null}, …]} what: "changed" (other bytes), "added", "removed"
 * (no longer used, or not there), "protocol" (other protocol or parameters), "program" (other version),
 * "late" (the file is the lock: made after the first replay, which began at `first_replay`, ISO 8601 or NULL
 * = none). `path` NULL: unlocked. NULL with an INPUT error. */
json_t *lock_compare(const Audit *audit, const char *path, const char *first_replay, GError **error);

/* Says in what lock_compare() gave that the clips had been looked at so many times before the lock was made:
 * {"file": the lock, "what": "looked", …, "count": looks}. `path` is the lock's. */
void lock_note_looks(json_t *state, const char *path, int64_t looks);

#endif
