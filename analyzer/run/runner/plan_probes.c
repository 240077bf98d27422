/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/plan_probes.h"

#include "behaviours/behaviour.h"
#include "config/system_live.h"
#include "config/system_network.h"
#include "records/free.h"
#include "runner/given.h"
#include "runner/live_order.h"
#include "runner/plan_internal.h"
#include "systems/engine.h"

#include <string.h>

enum { OTHER_NAMES = 1000 };

/* Where the stream stops in a clip whose length its manifest does not state. */
#define CUT_US (5 * US_PER_SECOND)

/* ---- which clips */

bool plan_is_probed(const SystemSpec *system)
{
    return system_kind(system)->replays || engine_of(system) != NULL;
}

/* Observations hold no pictures that could be changed. */
static bool has_pictures(const Clip *clip)
{
    return !given_is(clip->file);
}

static GPtrArray *wanted(const Audit *audit, const Scenario *scenario)
{
    GPtrArray *clips = scenario_clips(scenario);
    for (guint i = clips->len; i > 0; i--) {
        const Clip *clip = g_ptr_array_index(clips, i - 1);
        if (!probes_want(&audit->probes, clip->id) || !has_pictures(clip))
            g_ptr_array_remove_index(clips, i - 1);
    }
    return clips;
}

/* The first, and the first of another camera. */
static bool find_pair(const Audit *audit, const Scenario *scenario, const Clip *pair[2])
{
    g_autoptr(GPtrArray) clips = wanted(audit, scenario);
    for (guint i = 1; i < clips->len; i++) {
        pair[0] = g_ptr_array_index(clips, 0);
        pair[1] = g_ptr_array_index(clips, i);
        if (g_strcmp0(pair[0]->camera, pair[1]->camera) != 0)
            return true;
    }
    return false;
}

const Clip *plan_probe_partner(const Audit *audit, const Scenario *scenario, const Clip *clip)
{
    const Clip *pair[2];
    if (!find_pair(audit, scenario, pair))
        return NULL;
    return clip == pair[0] ? pair[1] : clip == pair[1] ? pair[0] : NULL;
}

GPtrArray *plan_probe_compared(const Audit *audit, const Scenario *scenario, ProbeId probe)
{
    GPtrArray *clips = wanted(audit, scenario);
    if (probe == PROBE_EMPTY_HOUR && clips->len > 1)
        g_ptr_array_set_size(clips, 1);
    for (guint i = clips->len; i > 0 && probe == PROBE_CAMERAS_EXCHANGED; i--) {
        if (plan_probe_partner(audit, scenario, g_ptr_array_index(clips, i - 1)) == NULL)
            g_ptr_array_remove_index(clips, i - 1);
    }
    return clips;
}

int64_t plan_probe_cut_us(const Clip *clip)
{
    return clip->duration_us > 0 ? clip->duration_us / 2 : CUT_US;
}

/* ---- what is drawn on them */

static bool zones_alike(const Polygon *a, const Polygon *b)
{
    return b != NULL && a->count == b->count &&
           memcmp(a->points, b->points, a->count * sizeof *a->points) == 0;
}

bool plan_probe_drawn_alike(const Clip *a, const Clip *b)
{
    GHashTableIter all;
    gpointer name, value;
    if (g_hash_table_size(a->scene->zones) != g_hash_table_size(b->scene->zones) ||
        g_hash_table_size(a->scene->lines) != g_hash_table_size(b->scene->lines))
        return false;
    g_hash_table_iter_init(&all, a->scene->zones);
    while (g_hash_table_iter_next(&all, &name, &value)) {
        if (!zones_alike(value, g_hash_table_lookup(b->scene->zones, name)))
            return false;
    }
    g_hash_table_iter_init(&all, a->scene->lines);
    while (g_hash_table_iter_next(&all, &name, &value)) {
        const Segment *other = g_hash_table_lookup(b->scene->lines, name);
        if (other == NULL || memcmp(value, other, sizeof *other) != 0)
            return false;
    }
    return true;
}

static Point mirror(Point point)
{
    return (Point){1 - point.x, point.y};
}

typedef enum {
    DRAWN_AS_RECORDED,
    DRAWN_MIRRORED,       /* a line's ends change places, so that who crossed it from its left still does */
    DRAWN_MIRRORED_ALONG, /* … and do not, so that who went along it still does */
} Drawn;

static bool goes_along_lines(const Scenario *scenario)
{
    const Behaviour *behaviour = behaviour_find(scenario->behaviour);
    return behaviour != NULL && behaviour->goes_along_lines;
}

static Drawn drawn_for(const Scenario *scenario, ProbeId probe)
{
    return probe != PROBE_MIRRORED      ? DRAWN_AS_RECORDED
           : goes_along_lines(scenario) ? DRAWN_MIRRORED_ALONG
                                        : DRAWN_MIRRORED;
}

static Segment draw_line(Segment line, Drawn drawn)
{
    if (drawn == DRAWN_AS_RECORDED)
        return line;
    const Point a = mirror(line.a), b = mirror(line.b);
    return drawn == DRAWN_MIRRORED ? (Segment){b, a} : (Segment){a, b};
}

static void copy_drawing(Scene *to, const Scene *from, Drawn drawn)
{
    GHashTableIter all;
    gpointer name, value;
    g_hash_table_iter_init(&all, from->zones);
    while (g_hash_table_iter_next(&all, &name, &value)) {
        const Polygon *zone = value;
        Polygon *copy = geometry_polygon_new(zone->points, zone->count);
        for (size_t i = 0; i < copy->count && drawn != DRAWN_AS_RECORDED; i++)
            copy->points[i] = mirror(copy->points[i]);
        scene_add_zone(to, name, copy);
    }
    g_hash_table_iter_init(&all, from->lines);
    while (g_hash_table_iter_next(&all, &name, &value))
        scene_add_line(to, name, draw_line(*(const Segment *)value, drawn));
}

static int64_t moved(const PlanJob *job, int64_t t_us)
{
    switch ((ProbeId)(job->probe - probe_table)) {
    case PROBE_DELAYED:
        return t_us + PROBE_DELAY_US;
    case PROBE_INTERRUPTED:
        return t_us < job->probe_us ? t_us : t_us + PROBE_GAP_US;
    default:
        return t_us;
    }
}

/* Validations belong to the footage and move with it; in an empty scene nobody validates. */
static void copy_validations(Scene *to, const GArray *from, const PlanJob *job)
{
    if (from == NULL)
        return;
    to->validations = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < from->len && job->probe != &probe_table[PROBE_EMPTY_HOUR]; i++) {
        const int64_t t_us = moved(job, g_array_index(from, int64_t, i));
        g_array_append_val(to->validations, t_us);
    }
}

/* The clip's own lists stay the dataset's. */
DEFINE_DESTROY(clip_free, Clip, clip, scene_free(clip->scene))

DEFINE_DESTROY(condition_free, ConditionSpec, condition, g_free(condition->id), g_free(condition->filter))

GPtrArray *plan_probe_conditions_new(void)
{
    return g_ptr_array_new_with_free_func(condition_free);
}

GPtrArray *plan_probe_clips_new(void)
{
    return g_ptr_array_new_with_free_func(clip_free);
}

/* The clip with what is drawn on `drawing`, as the job's probe has it. */
static const Clip *change_clip(Plan *plan, const PlanJob *job, const Clip *clip, const Clip *drawing,
                               Drawn drawn)
{
    Clip *copy = g_memdup2(clip, sizeof *clip);
    copy->scene = scene_new();
    copy_drawing(copy->scene, drawing->scene, drawn);
    copy_validations(copy->scene, clip->scene->validations, job);
    if (job->probe == &probe_table[PROBE_EMPTY_HOUR])
        copy->duration_us = job->probe_us;
    g_ptr_array_add(plan->clips, copy);
    return copy;
}

/* ---- to whom it does not apply */

static bool is_chained(const json_t *description)
{
    return json_object_get(description, "chain") != NULL;
}

static bool has_as_recorded(const Scenario *scenario, bool first)
{
    for (guint i = 0; i < (first ? 1 : scenario->conditions->len); i++) {
        if (((const ConditionSpec *)g_ptr_array_index(scenario->conditions, i))->filter == NULL)
            return true;
    }
    return false;
}

static const char *order_objection(const Scenario *scenario, const json_t *description)
{
    g_autoptr(GPtrArray) all = scenario_clips(scenario);
    return !is_chained(description) ? "own_process" : all->len < 2 ? "one_clip" : NULL;
}

static bool is_named_alike(GHashTable *a, GHashTable *b)
{
    GHashTableIter all;
    gpointer name;
    g_hash_table_iter_init(&all, a);
    while (g_hash_table_iter_next(&all, &name, NULL)) {
        if (!g_hash_table_contains(b, name))
            return false;
    }
    return g_hash_table_size(a) == g_hash_table_size(b);
}

/* Who is told no name can go by the drawing alone. */
static const char *exchange_objection(const Audit *audit, const Scenario *scenario, const json_t *description)
{
    const Clip *pair[2];
    if (!find_pair(audit, scenario, pair))
        return "one_camera";
    if (!is_named_alike(pair[0]->scene->zones, pair[1]->scene->zones) ||
        !is_named_alike(pair[0]->scene->lines, pair[1]->scene->lines))
        return "zones_differ";
    return !is_chained(description) && plan_probe_drawn_alike(pair[0], pair[1]) ? "no_name" : NULL;
}

static bool is_drawn_on(const GPtrArray *clips)
{
    for (guint i = 0; i < clips->len; i++) {
        const Scene *scene = ((const Clip *)g_ptr_array_index(clips, i))->scene;
        if (g_hash_table_size(scene->zones) + g_hash_table_size(scene->lines) > 0)
            return true;
    }
    return false;
}

/* A product knows its zones in a form of its own, and its camera by an address that others may have told it.
 */
static const char *live_objection(const Scenario *scenario, const LiveOptions *live, const GPtrArray *clips,
                                  const Clip *const pair[2], ProbeId probe)
{
    g_autoptr(GPtrArray) all = scenario_clips(scenario);
    g_autoptr(GHashTable) lanes = live_order_assign(live, all);
    switch (probe) {
    case PROBE_RENAMED:
        return live->product.command->len == 0 ? "address" : NULL;
    case PROBE_MIRRORED:
        return live->mirrored_config == NULL && is_drawn_on(clips) ? "zones_untold" : NULL;
    case PROBE_CAMERAS_EXCHANGED:
        return pair[0] != NULL && g_hash_table_lookup(lanes, pair[0]) == g_hash_table_lookup(lanes, pair[1])
                   ? "one_address"
                   : NULL;
    default:
        return NULL;
    }
}

/* What is handed over as a file shows the pictures that were recorded. */
static bool changes_pictures(ProbeId probe)
{
    return probe != PROBE_REPEAT && probe != PROBE_ORDER && probe != PROBE_RENAMED &&
           probe != PROBE_CAMERAS_EXCHANGED;
}

const char *plan_probe_objection(const Audit *audit, const Scenario *scenario, const SystemSpec *system,
                                 const json_t *description, ProbeId probe)
{
    const Engine *engine = engine_of(system);
    g_autoptr(GPtrArray) clips = wanted(audit, scenario);
    if (!has_as_recorded(scenario, is_chained(description)))
        return "no_as_recorded";
    if (clips->len == 0)
        return "no_clip";
    if (json_object_get(description, "input") != NULL && changes_pictures(probe))
        return "file";
    if (system_live(system) != NULL) {
        const Clip *pair[2] = {NULL, NULL};
        const bool two = find_pair(audit, scenario, pair);
        const char *objection = live_objection(scenario, system_live(system), clips,
                                               two ? pair : (const Clip *[2]){NULL, NULL}, probe);
        if (objection != NULL)
            return objection;
    }
    switch (probe) {
    case PROBE_ORDER:
        return order_objection(scenario, description);
    case PROBE_RENAMED:
        return engine == NULL ? "no_name" : NULL;
    case PROBE_CAMERAS_EXCHANGED:
        return exchange_objection(audit, scenario, description);
    default:
        return NULL;
    }
}

/* ---- jobs */

typedef struct {
    Plan *plan;
    GHashTable *index, *digests; /* as plan_add_probes has them */
    const Audit *audit;
    const Scenario *scenario;
    ProbeId probe;
    const ConditionSpec *condition; /* of the probe */
} Adding;

static const ConditionSpec *condition_of(Plan *plan, ProbeId probe)
{
    for (guint i = 0; i < plan->conditions->len; i++) {
        const ConditionSpec *condition = g_ptr_array_index(plan->conditions, i);
        if (strcmp(condition->id, probe_table[probe].condition) == 0)
            return condition;
    }
    ConditionSpec *condition = g_new0(ConditionSpec, 1);
    condition->id = g_strdup(probe_table[probe].condition);
    condition->filter = g_strdup(probe_table[probe].filter);
    g_ptr_array_add(plan->conditions, condition);
    return condition;
}

static int64_t measure_of(const Adding *adding, const PlanJob *job, const Clip *clip)
{
    const ProbesSpec *probes = &adding->audit->probes;
    const bool live = job->engine != NULL && engine_of(job->engine)->is_live;
    return adding->probe == PROBE_EMPTY_HOUR    ? live ? probes->empty_live_us : probes->empty_us
           : adding->probe == PROBE_INTERRUPTED ? plan_probe_cut_us(clip)
                                                : 0;
}

/* A job that is new is given what the probe makes of the clip. */
static void settle_job(const Adding *adding, PlanJob *job, const Clip *clip, const Clip *partner)
{
    if (job->probe != NULL)
        return;
    job->probe = &probe_table[adding->probe];
    job->probe_us = measure_of(adding, job, clip);
    job->clip = change_clip(adding->plan, job, clip, partner != NULL ? partner : clip,
                            drawn_for(adding->scenario, adding->probe));
}

/* Whom it is exchanged with is part of what a job is: two scenarios may pair one clip with two. So is how its
 * lines are mirrored: of two scenarios one may go along them. */
static const Clip *partner_of(const Adding *adding, const Clip *clip)
{
    return adding->probe == PROBE_CAMERAS_EXCHANGED
               ? plan_probe_partner(adding->audit, adding->scenario, clip)
               : NULL;
}

/* ---- our own rules */

static void add_inside_job(const Adding *adding, const SystemSpec *system, const Clip *clip,
                           const char *perception)
{
    const Clip *partner = partner_of(adding, clip);
    const bool along = drawn_for(adding->scenario, adding->probe) == DRAWN_MIRRORED_ALONG;
    const char *besides = partner != NULL ? partner->id : along ? "along lines" : NULL;
    g_autofree char *text = besides != NULL ? g_strjoin("\n", perception, besides, NULL) : NULL;
    g_autofree char *digest =
        text != NULL ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1) : g_strdup(perception);
    const ParamList *settings = system_perception(adding->scenario, system);
    PlanJob *job =
        plan_job(adding->plan, adding->index, adding->scenario, clip, adding->condition, settings, digest);
    settle_job(adding, job, clip, partner);
    plan_add_once(job->scenarios, adding->scenario);
    if (settings == adding->scenario->perception)
        plan_add_once(job->owners, adding->scenario);
    plan_add_look(job, adding->scenario, system);
}

static void add_inside(const Adding *adding, const SystemSpec *system)
{
    const char *perception =
        g_hash_table_lookup(adding->digests, system_perception(adding->scenario, system));
    g_autoptr(GPtrArray) clips = plan_probe_compared(adding->audit, adding->scenario, adding->probe);
    for (guint i = 0; i < clips->len && perception != NULL; i++)
        add_inside_job(adding, system, g_ptr_array_index(clips, i), perception);
}

/* ---- systems that run */

/* The place in the order, as it was told before; or another. */
static char *label_of(const Adding *adding, GPtrArray *all, const Clip *clip, bool chained)
{
    const Clip *partner = partner_of(adding, clip);
    guint place = 0;
    if (chained)
        g_ptr_array_find(all, partner != NULL ? partner : clip, &place);
    return g_strdup_printf("%u", place + 1 + (adding->probe == PROBE_RENAMED ? OTHER_NAMES : 0));
}

/* Another digest than the system's own: another process, which is shown another series. */
static json_t *describe(const Adding *adding, const json_t *description)
{
    const Clip *pair[2];
    json_t *own = json_deep_copy(description);
    json_object_set_new(own, "probe", json_string(probe_table[adding->probe].id));
    if (adding->probe == PROBE_CAMERAS_EXCHANGED && find_pair(adding->audit, adding->scenario, pair))
        json_object_set_new(own, "exchanged", json_pack("[s,s]", pair[0]->id, pair[1]->id));
    if (drawn_for(adding->scenario, adding->probe) == DRAWN_MIRRORED_ALONG)
        json_object_set_new(own, "along_lines", json_true());
    return own;
}

/* All that a process is shown, in the order of the probe. */
static GPtrArray *shown(const Adding *adding, bool chained)
{
    if (!chained || adding->probe == PROBE_EMPTY_HOUR)
        return plan_probe_compared(adding->audit, adding->scenario, adding->probe);
    GPtrArray *all = scenario_clips(adding->scenario);
    for (guint i = 0; i < all->len / 2 && adding->probe == PROBE_ORDER; i++) {
        const gpointer first = all->pdata[i];
        all->pdata[i] = all->pdata[all->len - 1 - i];
        all->pdata[all->len - 1 - i] = first;
    }
    return all;
}

/* At which of its addresses a live system is shown the clip: that of another camera, where they are
 * exchanged. */
static void settle_lane(const Adding *adding, PlanJob *job, const LiveOptions *live, const GPtrArray *all,
                        GHashTable *lanes, const Clip *clip)
{
    if (live == NULL)
        return;
    const Clip *partner = partner_of(adding, clip);
    job->lanes = live_order_lanes(live, all);
    job->lane = GPOINTER_TO_UINT(g_hash_table_lookup(lanes, partner != NULL ? partner : clip));
}

static void add_running(const Adding *adding, const SystemSpec *system, const json_t *description)
{
    const bool chained = is_chained(description);
    g_autoptr(GPtrArray) all = scenario_clips(adding->scenario);
    g_autoptr(GPtrArray) clips = shown(adding, chained);
    const LiveOptions *live = system_live(system);
    g_autoptr(GHashTable) lanes = live != NULL ? live_order_assign(live, all) : NULL;
    if (live != NULL && live_order_lanes(live, all) > 1) {
        GPtrArray *begun = live_order_begin(live, clips, lanes);
        g_ptr_array_unref(clips);
        clips = begun;
    }
    json_t *own = describe(adding, description);
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        PlanJob *job = plan_engine_job(adding->plan, adding->index, adding->scenario, system, clip,
                                       adding->condition, own);
        settle_job(adding, job, clip, partner_of(adding, clip));
        settle_lane(adding, job, live, all, lanes, clip);
        if (job->label == NULL)
            job->label = label_of(adding, all, clip, chained);
    }
    json_decref(own);
}

void plan_add_probes(Plan *plan, GHashTable *index, GHashTable *engines, GHashTable *digests,
                     const Audit *audit)
{
    for (guint i = 0; i < audit->scenarios->len; i++) {
        const Scenario *scenario = g_ptr_array_index(audit->scenarios, i);
        for (unsigned p = 0; p < PROBE_COUNT * scenario->systems->len; p++) {
            const SystemSpec *system = g_ptr_array_index(scenario->systems, p / PROBE_COUNT);
            const ProbeId probe = (ProbeId)(p % PROBE_COUNT);
            const json_t *description = g_hash_table_lookup(engines, system);
            if (!audit->probes.asked[probe] || !plan_is_probed(system) ||
                (engine_of(system) != NULL && description == NULL) || /* its faults are told */
                plan_probe_objection(audit, scenario, system, description, probe) != NULL)
                continue;
            const Adding adding = {plan, index, digests, audit, scenario, probe, condition_of(plan, probe)};
            if (engine_of(system) != NULL)
                add_running(&adding, system, description);
            else
                add_inside(&adding, system);
        }
    }
}
