/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a run: its lock, its store, and whether what is in it may be gone on with. */
#ifndef VSAUDIT_RUNNER_FOLDER_H
#define VSAUDIT_RUNNER_FOLDER_H

#include "config/clip_files.h"
#include "runner/plan.h"

/* Makes the folder and takes it for this process. A file descriptor that holds the lock until it is closed,
 * or -1 with an error: USAGE when another process has it, INPUT when the folder cannot be made. */
int folder_lock(const char *folder, GError **error);
/* Removes what workers that were killed have left: files half written, folders of systems that ran; only under
 * the lock. */
void folder_sweep(const char *folder);
/* Removes a run's results: the store, its log, and the observations. */
bool folder_discard_run(const char *folder, GError **error);
/* A new store for the plan at `path`. */
Store *folder_create_store(const Plan *plan, const char *path, GError **error);
/* Whether the store in the folder is of this plan; else a USAGE error that says what differs. */
bool folder_check_plan(Store *store, const Plan *plan, const char *folder, GError **error);
/* Whether no job (`records`: of JobRecord *) is pending; else a USAGE error that names the ways on. */
bool folder_check_finished(const GPtrArray *records, const char *folder, GError **error);

/* Whether what is known of a replayed job still speaks of the clip's file that is here: INTEGRITY when the
 * file has become another one since, INPUT when it is no longer there. A series of pictures has no hash. */
bool folder_check_clip(const PlanJob *job, const JobRecord *known, ClipFiles *files, const char *folder,
                       GError **error);

/* A folder of its own, empty, for a system that runs in a job; caller frees. NULL with a HARNESS error. */
char *folder_make_scratch(const char *folder, int64_t job, GError **error);
/* Removes that of one job, and all that is in it, if it is there. */
void folder_remove_scratch(const char *folder, int64_t job); /* and the one below */
/* Where the one below is, or would be. Caller frees. */
char *folder_given(const char *folder, int64_t job);
/* A folder for the files that the program may read and not change. Caller frees; NULL with a HARNESS error.
 */
char *folder_make_given(const char *folder, int64_t job, GError **error);

#endif
