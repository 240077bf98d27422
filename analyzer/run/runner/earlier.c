/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/earlier.h"

#include "config/clip_files.h"
#include "records/free.h"
#include "records/observation_io.h"
#include "runner/message.h"
#include "runner/onlookers.h"
#include "runner/worker.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct Earlier {
    char *folder;
    GPtrArray *records; /* of JobRecord *: all jobs of the earlier run */
    GHashTable *index;  /* dataset, clip, condition, perception -> const JobRecord * */
    GPtrArray *parts;   /* of PlanPart *: its plan */
};

static void clear_earlier(Earlier *earlier)
{
    g_clear_pointer(&earlier->parts, g_ptr_array_unref);
    g_clear_pointer(&earlier->records, g_ptr_array_unref);
    g_hash_table_unref(earlier->index);
    g_free(earlier->folder);
}

DEFINE_FREE(earlier_free, Earlier, earlier, clear_earlier(earlier))

static char *key_of(const char *dataset, const char *clip, const char *condition, const char *perception)
{
    /* A tab is in no id. */
    return g_strjoin("\t", dataset, clip, condition, perception, NULL);
}

const JobRecord *earlier_record(const Earlier *earlier, const PlanJob *job)
{
    g_autofree char *key =
        key_of(job->dataset->id, job->clip->id, job->condition->id, job->perception_digest);
    return g_hash_table_lookup(earlier->index, key);
}

const char *earlier_folder(const Earlier *earlier)
{
    return earlier->folder;
}

/* ---- checks */

G_GNUC_PRINTF(4, 5)
static bool refuse(const Earlier *earlier, VsauditErrorCode code, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, VSAUDIT_ERROR, (gint)code, "%s: %s", earlier->folder, what);
    return false;
}

/* Why the earlier run has no job like this one. */
static bool refuse_missing(const Earlier *earlier, const PlanJob *job, GError **error)
{
    for (guint i = 0; i < earlier->records->len; i++) {
        const JobRecord *record = g_ptr_array_index(earlier->records, i);
        if (strcmp(record->dataset, job->dataset->id) == 0 && strcmp(record->clip, job->clip->id) == 0 &&
            strcmp(record->condition, job->condition->id) == 0)
            return refuse(earlier, VSAUDIT_ERROR_INPUT, error,
                          "clip “%s” (%s) was measured with other perception settings (digest %.12s, "
                          "expected %.12s); run it from video",
                          job->clip->id, job->condition->id, record->perception, job->perception_digest);
    }
    return refuse(earlier, VSAUDIT_ERROR_INPUT, error,
                  "clip “%s” of dataset “%s” under condition “%s” was no part of that run; run it from video",
                  job->clip->id, job->dataset->id, job->condition->id);
}

/* One condition id may have had another filter graph. */
static bool check_condition(const Earlier *earlier, const PlanJob *job, GError **error)
{
    g_autofree char *digest = plan_condition_digest(job->condition);
    for (guint i = 0; i < earlier->parts->len; i++) {
        const PlanPart *part = g_ptr_array_index(earlier->parts, i);
        if (strcmp(part->kind, "condition") == 0 && strcmp(part->name, job->condition->id) == 0 &&
            strcmp(part->digest, digest) != 0)
            return refuse(earlier, VSAUDIT_ERROR_INPUT, error,
                          "condition “%s” had another filter graph in that run; run it from video",
                          job->condition->id);
    }
    return true;
}

static const char *find_digest(const Earlier *earlier, const char *kind, const char *name)
{
    for (guint i = 0; i < earlier->parts->len; i++) {
        const PlanPart *part = g_ptr_array_index(earlier->parts, i);
        if (strcmp(part->kind, kind) == 0 && strcmp(part->name, name) == 0)
            return part->digest;
    }
    return NULL;
}

/* Observations hold the times that pictures had then: by the same rate, the same starts, the same rule. */
static bool check_times(const Earlier *earlier, const PlanJob *job, const JobRecord *record, GError **error)
{
    g_autofree char *name = g_strdup_printf("%s/%s", job->dataset->id, job->clip->id);
    g_autofree char *times = plan_times_digest(job->clip);
    if (g_strcmp0(find_digest(earlier, "times", name), times) != 0)
        return refuse(
            earlier, VSAUDIT_ERROR_INPUT, error,
            "clip “%s” was measured by another rate, or its files began elsewhere; run it from video",
            job->clip->id);
    const ClipQuality *quality = record->status == JOB_DONE ? record->quality : NULL;
    if (quality != NULL && quality->video_streams == 0 && g_strcmp0(quality->container, "observations") != 0)
        return refuse(
            earlier, VSAUDIT_ERROR_INPUT, error,
            "clip “%s” (%s) was measured by an older program, which took the file's clock as it was; "
            "run it from video",
            job->clip->id, job->condition->id);
    return true;
}

/* The file that was measured must be the one that the manifest names, or else the one that is here. */
static bool check_file(const Earlier *earlier, const PlanJob *job, const JobRecord *record, ClipFiles *files,
                       GError **error)
{
    g_autofree char *stated = clip_stated_sha256(job->clip);
    g_autofree char *here = NULL;
    if (record->file_sha256 == NULL)
        return true;
    if (stated == NULL) {
        g_autofree const char **paths = clip_paths(job->clip);
        here = clip_files_hash_all(files, paths);
    }
    const char *expected = stated != NULL ? stated : here;
    if (expected == NULL || g_ascii_strcasecmp(expected, record->file_sha256) == 0)
        return true;
    return refuse(earlier, VSAUDIT_ERROR_INTEGRITY, error,
                  "clip “%s” was measured on a file with SHA-256 %s, expected %s as %s; run it from video",
                  job->clip->id, record->file_sha256, expected,
                  here != NULL ? "the file that is here has" : "the manifest says");
}

static bool check_job(const Earlier *earlier, const PlanJob *job, ClipFiles *files, GError **error)
{
    if (job->engine != NULL)
        return refuse(earlier, VSAUDIT_ERROR_INPUT, error,
                      "system “%s” is shown pictures, which observations do not hold; run it from video",
                      job->engine->id);
    const JobRecord *record = earlier_record(earlier, job);
    if (record == NULL)
        return refuse_missing(earlier, job, error);
    if (!check_condition(earlier, job, error) || !check_times(earlier, job, record, error) ||
        !check_file(earlier, job, record, files, error))
        return false;
    if (record->status == JOB_PENDING)
        return refuse(earlier, VSAUDIT_ERROR_INPUT, error,
                      "clip “%s” (%s) has not been replayed yet; finish that run with --resume",
                      job->clip->id, job->condition->id);
    if (record->status == JOB_DONE && record->observations == NULL && job->looks->len > 0)
        return refuse(earlier, VSAUDIT_ERROR_INPUT, error,
                      "no observations were saved for clip “%s” (%s); run it from video, without "
                      "--no-observations",
                      job->clip->id, job->condition->id);
    return true;
}

static bool load(Earlier *earlier, GError **error)
{
    g_autofree char *path = g_build_filename(earlier->folder, "store.sqlite", NULL);
    g_autoptr(Store) store = store_open(path, error);
    if (store == NULL || (earlier->records = store_list_jobs(store, error)) == NULL ||
        (earlier->parts = store_list_parts(store, error)) == NULL)
        return false;
    for (guint i = 0; i < earlier->records->len; i++) {
        JobRecord *record = g_ptr_array_index(earlier->records, i);
        g_hash_table_insert(earlier->index,
                            key_of(record->dataset, record->clip, record->condition, record->perception),
                            record);
    }
    return true;
}

Earlier *earlier_open(const char *folder, const Plan *plan, GError **error)
{
    g_autoptr(Earlier) earlier = g_new0(Earlier, 1);
    earlier->folder = g_canonicalize_filename(folder, NULL);
    earlier->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!load(earlier, error))
        return NULL;
    g_autoptr(ClipFiles) files = clip_files_new();
    for (guint i = 0; i < plan->jobs->len; i++) {
        if (!check_job(earlier, g_ptr_array_index(plan->jobs, i), files, error))
            return NULL;
    }
    return g_steal_pointer(&earlier);
}

/* ---- looking again, in a worker */

static bool check_header(const ObservationHeader *header, const WorkerJob *order, const char *path,
                         GError **error)
{
    const PlanJob *job = order->job;
    if (strcmp(header->clip, job->clip->id) == 0 && strcmp(header->condition, job->condition->id) == 0 &&
        strcmp(header->perception, job->perception_digest) == 0 && header->aspect == order->known->aspect)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s:1: found observations of clip “%s” (%s), perception %.12s, expected those of “%s” (%s), "
                "perception %.12s",
                path, header->clip, header->condition, header->perception, job->clip->id, job->condition->id,
                job->perception_digest);
    return false;
}

/* A link where the disk allows it, else a copy. */
static bool take_over(const char *from, const char *to, GError **error)
{
    g_autofree char *temporary = g_strconcat(to, ".part", NULL);
    (void)g_unlink(temporary);
    if (link(from, temporary) != 0) {
        g_autoptr(GFile) source = g_file_new_for_path(from);
        g_autoptr(GFile) target = g_file_new_for_path(temporary);
        g_autoptr(GError) cause = NULL;
        if (!g_file_copy(source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &cause)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot write: %s", to,
                        cause->message);
            return false;
        }
    }
    const int renamed = g_rename(temporary, to);
    const int number = errno;
    /* Renaming a link onto another link of the same file leaves both. */
    (void)g_unlink(temporary);
    if (renamed == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot write: %s", to, g_strerror(number));
    return false;
}

bool earlier_take_over(const WorkerJob *order, const JobRecord *record, GError **error)
{
    if (order->earlier == NULL || record->observations == NULL)
        return true;
    g_autofree char *from = g_build_filename(order->earlier, order->known->observations, NULL);
    g_autofree char *to = g_build_filename(order->folder, record->observations, NULL);
    return take_over(from, to, error);
}

void earlier_confine(gconstpointer job, SandboxSpec *spec)
{
    const WorkerJob *order = job;
    g_autofree char *observations = g_build_filename(order->earlier, "observations", NULL);
    sandbox_spec_read(spec, observations);
}

json_t *earlier_run(gconstpointer job, PoolPulse *pulse, GError **error)
{
    const WorkerJob *order = job;
    JobRecord result = *order->known; /* borrows */
    if (!worker_check_truth(order->job, result.quality, error))
        return NULL;
    g_autoptr(Onlookers) onlookers = onlookers_new(order->job, result.aspect);
    g_autofree char *name = NULL;
    atomic_store(&pulse->total_us, result.duration_us);
    if (order->job->looks->len > 0) {
        g_autofree char *path = g_build_filename(order->earlier, result.observations, NULL);
        g_autoptr(ObservationReader) reader = observation_reader_open(path, error);
        if (reader == NULL || !check_header(observation_reader_header(reader), order, path, error) ||
            !onlookers_show_all(onlookers, reader, pulse, NULL, error))
            return NULL;
        name = order->save_observations ? worker_observations_name(order->job) : NULL;
    }
    result.observations = name;
    return message_build(&result, onlookers_finish(onlookers, result.duration_us));
}
