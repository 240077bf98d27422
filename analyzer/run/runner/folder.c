/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SCRATCH "scratch-" /* and the number of a job */

int folder_lock(const char *folder, GError **error)
{
    g_autofree char *observations = g_build_filename(folder, "observations", NULL);
    g_autofree char *path = g_build_filename(folder, "run.lock", NULL);
    if (g_mkdir_with_parents(observations, 0777) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be made (%s)", folder,
                    g_strerror(errno));
        return -1;
    }
    const int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be made (%s)", path,
                    g_strerror(errno));
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "%s: another vsaudit is running in this folder; wait for it or give another folder with -o",
                folder);
    close(lock);
    return -1;
}

/* Those of jobs that were killed: what is in them may be a password. */
static void sweep_scratch(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        guint64 job = 0;
        if (g_str_has_prefix(name, SCRATCH) &&
            g_ascii_string_to_unsigned(name + strlen(SCRATCH), 10, 0, G_MAXINT64, &job, NULL))
            folder_remove_scratch(folder, (int64_t)job);
    }
}

void folder_sweep(const char *folder)
{
    g_autofree char *observations = g_build_filename(folder, "observations", NULL);
    g_autoptr(GDir) dir = g_dir_open(observations, 0, NULL);
    const char *name;
    sweep_scratch(folder);
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (!g_str_has_suffix(name, ".part") && !g_str_has_prefix(name, ".goutputstream-"))
            continue;
        g_autofree char *path = g_build_filename(observations, name, NULL);
        g_unlink(path);
    }
}

static char *scratch_of(const char *folder, const char *what, int64_t job)
{
    g_autofree char *name = g_strdup_printf("%s-%" PRId64, what, job);
    return g_build_filename(folder, name, NULL);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    (void)g_remove(path);
    return 0;
}

void folder_remove_scratch(const char *folder, int64_t job)
{
    enum { OPEN_FOLDERS = 16 };
    g_autofree char *path = scratch_of(folder, "scratch", job), *given = scratch_of(folder, "given", job);
    nftw(path, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    nftw(given, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static char *make(const char *folder, const char *what, int64_t job, GError **error)
{
    g_autofree char *path = scratch_of(folder, what, job);
    if (g_mkdir_with_parents(path, 0700) == 0)
        return g_canonicalize_filename(path, NULL);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made (%s)", path,
                g_strerror(errno));
    return NULL;
}

char *folder_make_scratch(const char *folder, int64_t job, GError **error)
{
    folder_remove_scratch(folder, job); /* of a session that was killed */
    return make(folder, "scratch", job, error);
}

char *folder_given(const char *folder, int64_t job)
{
    return scratch_of(folder, "given", job);
}

char *folder_make_given(const char *folder, int64_t job, GError **error)
{
    return make(folder, "given", job, error);
}

bool folder_discard_run(const char *folder, GError **error)
{
    g_autofree char *observations = g_build_filename(folder, "observations", NULL);
    g_autoptr(GDir) dir = g_dir_open(observations, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(observations, name, NULL);
        g_unlink(path);
    }
    static const char *const files[] = {"store.sqlite-wal", "store.sqlite-shm", "store.sqlite"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);
        if (g_unlink(path) != 0 && errno != ENOENT) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be removed (%s)", path,
                        g_strerror(errno));
            return false;
        }
    }
    return true;
}

Store *folder_create_store(const Plan *plan, const char *path, GError **error)
{
    g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_record_free);
    g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < plan->jobs->len; i++) {
        const PlanJob *job = g_ptr_array_index(plan->jobs, i);
        JobRecord *record = job_record_new(job->index, job->dataset->id, job->clip->id, job->condition->id,
                                           job->perception_digest);
        record->engine = json_incref(job->engine_description);
        g_ptr_array_add(jobs, record);
        g_ptr_array_add(uses, plan_uses(job));
    }
    return store_create(path, plan->parts, jobs, uses, error);
}

bool folder_check_plan(Store *store, const Plan *plan, const char *folder, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *difference = store_explain_difference(store, plan->parts, &cause);
    if (cause != NULL) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    if (difference == NULL)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                "%s: holds another run: %s; give another folder with -o, or --again to throw that run away",
                folder, difference);
    return false;
}

bool folder_check_finished(const GPtrArray *records, const char *folder, GError **error)
{
    guint pending = 0;
    for (guint i = 0; i < records->len; i++)
        pending += ((const JobRecord *)g_ptr_array_index(records, i))->status == JOB_PENDING;
    if (pending == 0)
        return true;
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
        "%s: holds an unfinished run of this audit (%u of %u replays to go); go on with --resume, or start "
        "anew with --again",
        folder, pending, records->len);
    return false;
}

bool folder_check_clip(const PlanJob *job, const JobRecord *known, ClipFiles *files, const char *folder,
                       GError **error)
{
    if (known->status != JOB_DONE)
        return true; /* no figure rests on it */
    const Clip *clip = job->clip;
    g_autofree const char **paths = clip_paths(clip);
    g_autofree char *here = clip_files_hash_all(files, paths);
    if (clip->altered ||
        (here != NULL && known->file_sha256 != NULL && strcmp(here, known->file_sha256) != 0)) {
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
            "%s: the file of clip “%s” (%s) is no longer the file that was replayed: found SHA-256 %s, "
            "expected %s; --again starts anew",
            folder, clip->id, job->dataset->id, here != NULL ? here : "that of another file",
            known->file_sha256 != NULL ? known->file_sha256 : "another");
        return false;
    }
    if (clip->path != NULL && (here != NULL || known->file_sha256 == NULL))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: clip “%s” (%s) was replayed, but its file is no longer there: %s; put it back, or start "
                "anew with --again",
                folder, clip->id, job->dataset->id,
                clip->missing_reason != NULL ? clip->missing_reason : "it cannot be read");
    return false;
}
