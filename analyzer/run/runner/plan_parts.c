/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the jobs of a plan depend on, in digests. */
#include "behaviours/semantics.h"
#include "records/file_hash.h"
#include "runner/plan_internal.h"

#include <string.h>

/* ---- parts: all that the jobs' results depend on, and nothing else. A claim, a text, the truth or a
 * vendor's log may be mended without replaying anything. */

/* Adds a part; one of that kind and name that is there is kept (it has the same digest: check_ids). */
static void add_part(Plan *plan, GHashTable *known, const char *kind, const char *name, const char *digest)
{
    if (g_hash_table_add(known, g_strjoin("\t", kind, name, NULL)))
        g_ptr_array_add(plan->parts, plan_part_new(kind, name, digest));
}

static char *hash_text(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

/* Version and build: a program that was changed and built again gives other results under the same version.
 */
static char *describe_program(void)
{
    g_autofree char *hash = file_hash("/proc/self/exe", NULL);
    if (hash == NULL)
        return g_strdup(VSAUDIT_VERSION);
    return g_strdup_printf("%s (build %.12s)", VSAUDIT_VERSION, hash);
}

char *plan_condition_digest(const ConditionSpec *condition)
{
    return hash_text(condition->filter != NULL ? condition->filter : "");
}

static void append_points(GString *text, const Point *points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, " %a %a", points[i].x, points[i].y);
    g_string_append_c(text, '\n');
}

static GList *sorted_keys(GHashTable *table)
{
    return g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)(void (*)(void))strcmp);
}

/* The file that is meant, and what is drawn on it. */
static char *hash_clip(const Clip *clip)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s\n", clip->sha256 != NULL ? clip->sha256 : "");
    if (clip->rate > 0)
        g_string_append_printf(text, "rate %a\n", clip->rate);
    for (guint i = 0; i < clip->files->len; i++) {
        const ClipFile *file = g_ptr_array_index(clip->files, i);
        g_string_append_printf(text, "file %s %s %" PRId64 "\n", file->file,
                               file->sha256 != NULL ? file->sha256 : "", file->start_us);
    }
    g_autoptr(GList) zones = sorted_keys(clip->scene->zones);
    for (const GList *zone = zones; zone != NULL; zone = zone->next) {
        const Polygon *polygon = g_hash_table_lookup(clip->scene->zones, zone->data);
        g_string_append_printf(text, "zone %s", (const char *)zone->data);
        append_points(text, polygon->points, polygon->count);
    }
    g_autoptr(GList) lines = sorted_keys(clip->scene->lines);
    for (const GList *line = lines; line != NULL; line = line->next) {
        const Segment *segment = g_hash_table_lookup(clip->scene->lines, line->data);
        const Point points[] = {segment->a, segment->b};
        g_string_append_printf(text, "line %s", (const char *)line->data);
        append_points(text, points, G_N_ELEMENTS(points));
    }
    const GArray *times = clip->scene->validations;
    for (guint i = 0; times != NULL && i < times->len; i++)
        g_string_append_printf(text, "validation %" PRId64 "\n", g_array_index(times, int64_t, i));
    if (times != NULL)
        g_string_append(text, "validations end\n");
    return hash_text(text->str);
}

char *plan_times_digest(const Clip *clip)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (clip->rate > 0)
        g_string_append_printf(text, "rate %a\n", clip->rate);
    for (guint i = 0; i < clip->files->len; i++)
        g_string_append_printf(text, "start %" PRId64 "\n",
                               ((const ClipFile *)g_ptr_array_index(clip->files, i))->start_us);
    return text->len > 0 ? hash_text(text->str) : NULL;
}

static char *hash_rule(const Scenario *scenario, const SystemSpec *system)
{
    g_autoptr(GString) text = g_string_new(scenario->behaviour);
    if (system_semantics(system) != NULL)
        g_string_append_printf(text, "\nsemantics\t%s", system_semantics(system));
    for (guint i = 0; i < system->params->params->len; i++) {
        const Param *param = g_ptr_array_index(system->params->params, i);
        g_string_append_printf(text, "\n%s=%s", param->name, param->value);
    }
    return hash_text(text->str);
}

/* What a probe makes of the clip; the clip itself is a part by the job as recorded. */
static void add_probe_part(Plan *plan, GHashTable *known, const PlanJob *job)
{
    g_autofree char *clip_hash = hash_clip(job->clip);
    g_autofree char *text = g_strdup_printf("%s\n%" PRId64 "\n%s", clip_hash, job->probe_us,
                                            job->label != NULL ? job->label : "");
    g_autofree char *digest = hash_text(text);
    g_autofree char *name = g_strdup_printf("%s on %s/%s by %.12s", job->probe->id, job->dataset->id,
                                            job->clip->id, job->perception_digest);
    add_part(plan, known, "probe", name, digest);
}

static void add_clip_parts(Plan *plan, GHashTable *known, const PlanJob *job)
{
    g_autofree char *clip = g_strdup_printf("%s/%s", job->dataset->id, job->clip->id);
    g_autofree char *clip_hash = hash_clip(job->clip);
    add_part(plan, known, "clip", clip, clip_hash);
    g_autofree char *times = plan_times_digest(job->clip);
    if (times != NULL)
        add_part(plan, known, "times", clip, times);
}

static void add_job_parts(Plan *plan, GHashTable *known, const PlanJob *job)
{
    if (job->probe != NULL)
        add_probe_part(plan, known, job);
    else
        add_clip_parts(plan, known, job);
    g_autofree char *filter = plan_condition_digest(job->condition);
    add_part(plan, known, "condition", job->condition->id, filter);
    for (guint i = 0; i < job->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(job->scenarios, i);
        g_autofree char *use = g_strdup_printf("%s/%s under %s for %s", job->dataset->id, job->clip->id,
                                               job->condition->id, scenario->id);
        if (g_ptr_array_find(job->owners, scenario, NULL))
            add_part(plan, known, "job", use, job->perception_digest);
    }
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *look = &g_array_index(job->looks, PlanLook, i);
        g_autofree char *name = g_strdup_printf("%s/%s", look->scenario->id, look->system->id);
        g_autofree char *rule = hash_rule(look->scenario, look->system);
        add_part(plan, known, "rule", name, rule);
        g_autofree char *seen = g_strdup_printf("%s/%s under %s by %s", job->dataset->id, job->clip->id,
                                                job->condition->id, name);
        if (plan_sees_by_itself(look->scenario, look->system))
            add_part(plan, known, "engine", seen, job->perception_digest);
    }
}

void plan_add_parts(Plan *plan)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *program = describe_program();
    add_part(plan, known, "program", "vsaudit", program);
    for (guint i = 0; i < plan->jobs->len; i++)
        add_job_parts(plan, known, g_ptr_array_index(plan->jobs, i));
}
