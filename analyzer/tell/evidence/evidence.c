/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence/evidence.h"

#include "config/system_kind.h"
#include "evaluate/sample.h"
#include "evidence/evidence_clip.h"
#include "records/free.h"
#include "runner/given.h"
#include "runner/pool.h"
#include "runner/worker_files.h"

#include <glib/gstdio.h>
#include <string.h>

/* A worker takes the pictures of so many alerts at a time. */
enum { shots_a_task = 24 };
/* How far before and after the outer pictures of a strip are taken. */
static const int64_t context_us = 2 * US_PER_SECOND;
/* The last picture begins this much before the clip's end, or earlier. */
static const int64_t last_picture_us = US_PER_SECOND / 5;

DEFINE_DESTROY(shot_free, EvidenceShot, shot, g_free(shot->name))

DEFINE_DESTROY(task_free, EvidenceTask, task, g_free(task->observations), g_ptr_array_unref(task->shots))

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *find_filter(const Audit *audit, const char *scenario_id, const char *condition_id)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        if (strcmp(scenario->id, scenario_id) != 0)
            continue;
        for (guint c = 0; c < scenario->conditions->len; c++) {
            const ConditionSpec *condition = g_ptr_array_index(scenario->conditions, c);
            if (strcmp(condition->id, condition_id) == 0)
                return condition->filter;
        }
    }
    return NULL;
}

/* A file name of nothing but letters, digits, dots, dashes and underscores, whatever the ids hold. */
static char *name_picture(const char *scenario, const char *system, const char *condition, const char *clip,
                          char kind, size_t index)
{
    g_autofree char *part = clip_id_for_file(clip);
    char *name = g_strdup_printf("%s.%s.%s.%s.%c%zu", scenario, system, condition, part, kind, index);
    g_strcanon(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", '_');
    return name;
}

static Box box_from_json(const json_t *box)
{
    if (json_array_size(box) != 4)
        return BOX_NONE;
    return (Box){json_number_value(json_array_get(box, 0)), json_number_value(json_array_get(box, 1)),
                 json_number_value(json_array_get(box, 2)), json_number_value(json_array_get(box, 3))};
}

typedef struct {
    const Audit *audit;
    Store *store;
    const char *folder;
    EvidenceBlur blur;
    GHashTable *by_key;          /* "dataset\1clip\1condition" -> EvidenceTask *, not owned */
    GPtrArray *tasks;            /* of EvidenceTask *, in order of first need */
    bool films;                  /* short clips too */
    Sample *shown[SAMPLE_LISTS]; /* what a report shows */
    Sample *kept[SAMPLE_LISTS];  /* what pictures are taken of */
    GPtrArray *places;           /* of GHashTable *: a scenario's zones and lines, by name */
} Collector;

/* The task that reads the clip under the condition; NULL when the clip was not replayed or has no pictures.
 */
static EvidenceTask *find_task(Collector *collector, const char *scenario, const char *condition,
                               const char *dataset, const char *clip_id, GError **error)
{
    g_autofree char *key = g_strdup_printf("%s\1%s\1%s", dataset, clip_id, condition);
    EvidenceTask *task = g_hash_table_lookup(collector->by_key, key);
    if (task != NULL)
        return task;
    const Clip *clip = audit_find_clip(collector->audit, dataset, clip_id);
    if (clip == NULL || clip->path == NULL || given_is(clip->path))
        return NULL;
    g_autoptr(JobRecord) job = store_find_job(collector->store, scenario, clip_id, condition, error);
    if (job == NULL || job->status != JOB_DONE)
        return NULL;
    task = g_new0(EvidenceTask, 1);
    task->clip = clip;
    task->filter = find_filter(collector->audit, scenario, condition);
    /* a clock that wraps is sound, but no jump finds its way through it; of an old record nothing is known */
    task->steady_clock = job->quality != NULL && !job->quality->clock_mended && job->quality->clock->len == 1;
    /* Observations that are no longer there hide everything, not nothing. */
    g_autofree char *path =
        job->observations != NULL ? g_build_filename(collector->folder, job->observations, NULL) : NULL;
    task->observations =
        path != NULL && g_file_test(path, G_FILE_TEST_EXISTS) ? g_steal_pointer(&path) : NULL;
    task->folder = collector->folder;
    task->blur = collector->blur;
    task->shots = g_ptr_array_new_with_free_func(shot_free);
    g_ptr_array_add(collector->tasks, task);
    g_hash_table_insert(collector->by_key, g_steal_pointer(&key), task);
    return task;
}

static bool is_kept(const Collector *collector, SampleList list, const json_t *record)
{
    return sample_has(collector->kept[list], record) || sample_has(collector->shown[list], record);
}

/* The times from `first_us` (when it began) to `last_us`, with some context on both sides that stays within
 * the clip (duration_us, 0 = unknown); the picture that matters most is the one at `at_us`. */
static void add_shot(const Collector *collector, EvidenceTask *task, int64_t first_us, int64_t at_us,
                     int64_t last_us, int64_t duration_us, char *name, json_t *target)
{
    EvidenceShot *shot = g_new0(EvidenceShot, 1);
    const int64_t end_us = duration_us > 0 ? MAX(duration_us - last_picture_us, 0) : INT64_MAX;
    shot->t_us[MOMENT_BEFORE] = MAX(first_us - context_us, 0);
    shot->t_us[MOMENT_AT] = MAX(at_us, shot->t_us[MOMENT_BEFORE]);
    shot->t_us[MOMENT_AFTER] = MAX(MIN(last_us + context_us, end_us), shot->t_us[MOMENT_AT]);
    shot->end_us = end_us;
    shot->box = box_from_json(json_object_get(target, "box"));
    shot->name = name;
    shot->target = target;
    shot->places = g_ptr_array_index(collector->places, collector->places->len - 1);
    shot->film = collector->films && (sample_has(collector->shown[SAMPLE_FALSE_ALERTS], target) ||
                                      sample_has(collector->shown[SAMPLE_MISSES], target));
    g_ptr_array_add(task->shots, shot);
}

static bool collect_clip(Collector *collector, const char *scenario, const json_t *evaluation,
                         const json_t *clip, GError **error)
{
    const char *system = text_of(evaluation, "system"), *condition = text_of(evaluation, "condition");
    const char *id = text_of(clip, "clip");
    GError *cause = NULL;
    EvidenceTask *task = find_task(collector, scenario, condition, text_of(clip, "dataset"), id, &cause);
    if (task == NULL) {
        if (cause == NULL)
            return true;
        g_propagate_error(error, cause);
        return false;
    }
    const int64_t duration = json_integer_value(json_object_get(clip, "duration_us"));
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(clip, "alerts"), i, item)
    {
        const char *outcome = text_of(item, "outcome");
        const int64_t decided = json_integer_value(json_object_get(item, "decided_us"));
        const bool wrong = strcmp(outcome, "false") == 0 || strcmp(outcome, "duplicate") == 0;
        if ((wrong && is_kept(collector, SAMPLE_FALSE_ALERTS, item)) ||
            (strcmp(outcome, "hit") == 0 && is_kept(collector, SAMPLE_HITS, item)))
            add_shot(collector, task, json_integer_value(json_object_get(item, "onset_us")), decided, decided,
                     duration, name_picture(scenario, system, condition, id, 'a', i), item);
    }
    json_array_foreach(json_object_get(clip, "events"), i, item)
    {
        const int64_t start = json_integer_value(json_object_get(item, "start_us"));
        const int64_t end = json_integer_value(json_object_get(item, "end_us"));
        if (strcmp(text_of(item, "outcome"), "miss") == 0 && is_kept(collector, SAMPLE_MISSES, item))
            add_shot(collector, task, start, start + (end - start) / 2, end, duration,
                     name_picture(scenario, system, condition, id, 'e', i), item);
    }
    return true;
}

/* Every word among the settings of the scenario's systems: what names a zone or a line is drawn, for all of
 * them (a log does not say which it was given). */
static GHashTable *find_places(const json_t *scenario)
{
    GHashTable *places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i;
    const json_t *evaluation;
    const char *key;
    json_t *value;
    json_array_foreach(json_object_get(scenario, "evaluations"), i, evaluation)
    {
        json_object_foreach(json_object_get(evaluation, "parameters"), key, value)
        {
            if (json_is_string(value))
                g_hash_table_add(places, g_strdup(json_string_value(value)));
        }
    }
    return places;
}

static bool collect(Collector *collector, const json_t *results, GError **error)
{
    size_t i, j, k;
    json_t *scenario, *evaluation, *clip;
    json_array_foreach(json_object_get(results, "scenarios"), i, scenario)
    {
        g_ptr_array_add(collector->places, find_places(scenario));
        json_array_foreach(json_object_get(scenario, "evaluations"), j, evaluation)
        {
            /* What one that knows nothing of the pictures misses or raises is no finding. */
            if (system_kind_is_control(text_of(evaluation, "system_kind")))
                continue;
            json_array_foreach(json_object_get(evaluation, "clips"), k, clip)
            {
                if (!collect_clip(collector, text_of(scenario, "id"), evaluation, clip, error))
                    return false;
            }
        }
    }
    return true;
}

static int compare_shots(gconstpointer a, gconstpointer b)
{
    const EvidenceShot *x = *(const EvidenceShot *const *)a, *y = *(const EvidenceShot *const *)b;
    if (x->t_us[MOMENT_AT] != y->t_us[MOMENT_AT])
        return x->t_us[MOMENT_AT] < y->t_us[MOMENT_AT] ? -1 : 1;
    return strcmp(x->name, y->name);
}

static json_t *work(gconstpointer job, PoolPulse *pulse, GError **error)
{
    (void)pulse;
    return evidence_photograph(job, error);
}

static void confine(gconstpointer job, SandboxSpec *spec)
{
    const EvidenceTask *task = job;
    g_autofree char *pictures = g_build_filename(task->folder, "evidence", NULL);
    worker_files_add_clip(spec, task->clip);
    sandbox_spec_read(spec, task->observations);
    sandbox_spec_write(spec, pictures);
}

/* In the parent: the pictures that were written get their names into the results. */
static void note_strip(const EvidenceShot *shot, const json_t *times)
{
    json_t *strip = json_array();
    for (int m = 0; m < MOMENT_COUNT; m++) {
        const json_t *t_us = json_array_get(times, (size_t)m);
        if (!json_is_integer(t_us))
            continue;
        g_autofree char *file = evidence_file_name(shot, (EvidenceMoment)m);
        g_autofree char *path = g_strconcat("evidence/", file, NULL);
        json_array_append_new(strip,
                              json_pack("{s:s,s:I,s:s}", "moment", evidence_moment_name((EvidenceMoment)m),
                                        "t_us", json_integer_value(t_us), "picture", path));
        if (m == MOMENT_AT)
            json_object_set_new(shot->target, "picture", json_string(path));
    }
    json_object_set_new(shot->target, "strip", strip);
    if (shot->film) {
        g_autofree char *film = g_strconcat("evidence/", shot->name, ".mp4", NULL);
        json_object_set_new(shot->target, "film", json_string(film));
    }
}

static bool note_pictures(guint index, const PoolOutcome *outcome, void *user, GError **error)
{
    (void)error;
    Collector *collector = user;
    const EvidenceTask *task = g_ptr_array_index(collector->tasks, index);
    if (outcome->result == NULL) {
        g_warning("no pictures of clip %s: %s", task->clip->id, outcome->reason);
        return true;
    }
    const json_t *times = json_object_get(outcome->result, "times");
    for (guint i = 0; i < task->shots->len; i++)
        note_strip(g_ptr_array_index(task->shots, i), json_array_get(times, i));
    return true;
}

/* Tasks without anything to show need no worker. Those with much are cut, so that several workers share a
 * clip; not under a condition, which must be replayed from the clip's first picture. */
static GPtrArray *divide(const GPtrArray *tasks)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(task_free);
    for (guint i = 0; i < tasks->len; i++) {
        EvidenceTask *task = g_ptr_array_index(tasks, i);
        g_ptr_array_sort(task->shots, compare_shots);
        const bool whole = task->filter != NULL && *task->filter != '\0';
        const guint step = whole ? MAX(task->shots->len, 1) : shots_a_task;
        for (guint from = 0; from < task->shots->len; from += step) {
            EvidenceTask *part = g_new0(EvidenceTask, 1);
            *part = *task;
            part->observations = g_strdup(task->observations);
            part->shots = g_ptr_array_new_with_free_func(shot_free);
            for (guint k = from; k < MIN(from + step, task->shots->len); k++)
                g_ptr_array_add(part->shots, g_ptr_array_index(task->shots, k));
            g_ptr_array_add(parts, part);
        }
        g_ptr_array_set_free_func(task->shots, NULL); /* the parts have them now */
    }
    return parts;
}

static void draw_samples(Collector *collector, const json_t *results)
{
    static const size_t kept[] = {SAMPLE_KEPT_ALERTS, SAMPLE_KEPT_MISSES, SAMPLE_KEPT_HITS};
    for (int list = 0; list < SAMPLE_LISTS; list++) {
        collector->shown[list] =
            sample_draw(results, NULL, (SampleList)list, SAMPLE_SEED, sample_shown[list]);
        collector->kept[list] = sample_draw(results, NULL, (SampleList)list, SAMPLE_SEED, kept[list]);
    }
}

static void collector_clear(Collector *collector)
{
    g_hash_table_unref(collector->by_key);
    g_ptr_array_unref(collector->tasks);
    g_ptr_array_unref(collector->places);
    for (int list = 0; list < SAMPLE_LISTS; list++) {
        sample_free(collector->shown[list]);
        sample_free(collector->kept[list]);
    }
}

gboolean evidence_write(const Audit *audit, Store *store, const char *folder, EvidenceBlur blur, bool films,
                        int64_t workers, json_t *results, GError **error)
{
    static const char *const names[] = {"persons", "all", "none"};
    Collector collector = {.audit = audit, .store = store, .folder = folder, .blur = blur, .films = films};
    collector.by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    collector.tasks = g_ptr_array_new_with_free_func(task_free);
    collector.places = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    draw_samples(&collector, results);
    bool fine = collect(&collector, results, error);
    GPtrArray *parts = divide(collector.tasks);
    g_ptr_array_unref(collector.tasks);
    collector.tasks = parts;
    if (fine && parts->len > 0) {
        g_autofree char *pictures = g_build_filename(folder, "evidence", NULL);
        if (g_mkdir_with_parents(pictures, 0777) != 0) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made", pictures);
            fine = false;
        }
    }
    const PoolSpec spec = {.work = work,
                           .confine = confine,
                           .workers = MAX(workers, 1),
                           .time_factor = 60,
                           .time_floor_s = 600,
                           .memory_mib = 4096,
                           .ended = note_pictures,
                           .user = &collector};
    if (fine)
        fine = pool_run(&spec, (const gconstpointer *)parts->pdata, parts->len, error);
    collector_clear(&collector);
    json_object_set_new(results, "pictures", json_pack("{s:s}", "blur", names[blur]));
    return fine;
}
