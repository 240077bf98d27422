/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/reference_eyes.h"

#include "behaviours/semantics.h"
#include "perception/perception.h"
#include "records/error.h"
#include "records/free.h"
#include "runner/signal_gap.h"

#include <math.h>
#include <string.h>

#define PERCEPTION_PREFIX "perception."

/* One behaviour that is asked for on a clip. */
typedef struct {
    char *behaviour;
    Scene *scene;
    BehaviourRun *run;
    GHashTable *told; /* Alert * -> its number, those that were said without an end */
} Watch;

struct ReferenceEyes {
    ParamList *rule;
    PerceptionSettings *settings;
    Perception *perception; /* of the clip; NULL between clips */
    GPtrArray *watches;     /* of Watch * */
    SignalGap gap;
    guint said; /* alerts of the clip */
};

static void watch_free(gpointer data)
{
    Watch *watch = data;
    behaviour_run_free(watch->run);
    scene_free(watch->scene);
    g_hash_table_unref(watch->told);
    g_free(watch->behaviour);
    g_free(watch);
}

static void end_watches(ReferenceEyes *eyes)
{
    g_ptr_array_set_size(eyes->watches, 0);
    g_clear_pointer(&eyes->perception, perception_free);
}

DEFINE_FREE(reference_eyes_free, ReferenceEyes, eyes, end_watches(eyes), g_ptr_array_unref(eyes->watches),
            perception_settings_free(eyes->settings), param_list_free(eyes->rule))

/* ---- settings */

static void add_setting(ParamList *rule, ParamList *perception, const char *name, const json_t *value)
{
    char *dumped = json_dumps(value, JSON_ENCODE_ANY);
    const char *text = json_is_string(value) ? json_string_value(value) : dumped;
    const bool own = g_str_has_prefix(name, PERCEPTION_PREFIX);
    param_list_add(own ? perception : rule, own ? name + strlen(PERCEPTION_PREFIX) : name, text, NULL, 0, 0,
                   0, 0);
    free(dumped);
}

ReferenceEyes *reference_eyes_new(const json_t *settings, GError **error)
{
    g_autoptr(ParamList) perception = param_list_new();
    ReferenceEyes *eyes = g_new0(ReferenceEyes, 1);
    eyes->rule = param_list_new();
    eyes->watches = g_ptr_array_new_with_free_func(watch_free);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)settings, name, value)
    {
        add_setting(eyes->rule, perception, name, value);
    }
    eyes->settings = perception_settings_new(perception, error);
    if (eyes->settings != NULL)
        return eyes;
    reference_eyes_free(eyes);
    return NULL;
}

ReplayRequest reference_eyes_request(const ReferenceEyes *eyes)
{
    return perception_request(eyes->settings);
}

/* ---- a clip */

static GArray *read_points(const json_t *list)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(Point));
    size_t i;
    const json_t *item;
    json_array_foreach(list, i, item)
    {
        const Point point = {json_number_value(json_array_get(item, 0)),
                             json_number_value(json_array_get(item, 1))};
        g_array_append_val(points, point);
    }
    return points;
}

static Scene *read_scene(const json_t *asked)
{
    Scene *scene = scene_new();
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(asked, "zones"), name, value)
    {
        g_autoptr(GArray) points = read_points(value);
        if (points->len >= 3)
            scene_add_zone(scene, name,
                           geometry_polygon_new((const Point *)(void *)points->data, points->len));
    }
    json_object_foreach(json_object_get(asked, "lines"), name, value)
    {
        g_autoptr(GArray) ends = read_points(value);
        if (ends->len == 2)
            scene_add_line(scene, name,
                           (Segment){g_array_index(ends, Point, 0), g_array_index(ends, Point, 1)});
    }
    const json_t *times = json_object_get(asked, "validations_us");
    if (times != NULL)
        scene->validations = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (size_t i = 0; i < json_array_size(times); i++) {
        const int64_t t_us = json_integer_value(json_array_get(times, i));
        g_array_append_val(scene->validations, t_us);
    }
    return scene;
}

static bool add_watch(ReferenceEyes *eyes, const json_t *asked, double aspect, GError **error)
{
    const char *id = json_string_value(json_object_get(asked, "id"));
    const Behaviour *rule = id != NULL ? semantics_rule(id, NULL) : NULL;
    if (rule == NULL) {
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                            "found a behaviour for which there is no rule");
        return false;
    }
    Watch *watch = g_new0(Watch, 1);
    watch->behaviour = g_strdup(id);
    watch->scene = read_scene(asked);
    watch->told = g_hash_table_new(NULL, NULL);
    g_ptr_array_add(eyes->watches, watch);
    watch->run = behaviour_run_new(rule, eyes->rule, watch->scene, aspect, error);
    return watch->run != NULL;
}

bool reference_eyes_begin(ReferenceEyes *eyes, const json_t *behaviours, double aspect, GError **error)
{
    size_t i;
    const json_t *asked;
    end_watches(eyes);
    eyes->gap = (SignalGap){0};
    eyes->said = 0;
    json_array_foreach(behaviours, i, asked)
    {
        if (!add_watch(eyes, asked, aspect, error))
            return false;
    }
    eyes->perception = perception_new(eyes->settings, error);
    return eyes->perception != NULL;
}

/* ---- alerts */

static void say_alert(ReferenceEyes *eyes, Watch *watch, const Alert *alert, bool over,
                      const VsauditSystemEmit *emit)
{
    g_autofree char *id = g_strdup_printf("%u", ++eyes->said);
    const Box box = alert->box;
    const bool nowhere = geometry_box_is_none(box);
    const VsauditSystemAlert said = {.behaviour = watch->behaviour,
                                     .onset_us = alert->onset_us,
                                     .end_us = over ? alert->end_us : VSAUDIT_SYSTEM_OPEN,
                                     .confidence = isfinite(alert->confidence) ? alert->confidence : -1,
                                     .x = nowhere ? 0 : box.x,
                                     .y = nowhere ? 0 : box.y,
                                     .w = nowhere ? -1 : box.w,
                                     .h = nowhere ? 0 : box.h,
                                     .id = over ? NULL : id,
                                     .label = alert->label};
    if (!over)
        g_hash_table_insert(watch->told, (gpointer)alert, GUINT_TO_POINTER(eyes->said));
    emit->alert(emit->to, &said);
}

/* Those that were decided since. */
static void say_new(ReferenceEyes *eyes, const VsauditSystemEmit *emit)
{
    for (guint w = 0; w < eyes->watches->len; w++) {
        Watch *watch = g_ptr_array_index(eyes->watches, w);
        const GPtrArray *alerts = behaviour_run_alerts(watch->run);
        for (guint i = g_hash_table_size(watch->told); i < alerts->len; i++)
            say_alert(eyes, watch, g_ptr_array_index(alerts, i), false, emit);
    }
}

static void end_alerts(ReferenceEyes *eyes, Watch *watch, const VsauditSystemEmit *emit)
{
    const GPtrArray *alerts = behaviour_run_alerts(watch->run);
    for (guint i = 0; i < alerts->len; i++) {
        const Alert *alert = g_ptr_array_index(alerts, i);
        const guint number = GPOINTER_TO_UINT(g_hash_table_lookup(watch->told, alert));
        if (number == 0) {
            say_alert(eyes, watch, alert, true, emit);
            continue;
        }
        g_autofree char *id = g_strdup_printf("%u", number);
        emit->alert_end(emit->to, id, alert->end_us);
    }
}

void reference_eyes_end(ReferenceEyes *eyes, int64_t end_us, const VsauditSystemEmit *emit)
{
    for (guint w = 0; w < eyes->watches->len; w++) {
        Watch *watch = g_ptr_array_index(eyes->watches, w);
        behaviour_run_finish(watch->run, end_us);
        end_alerts(eyes, watch, emit);
    }
    end_watches(eyes);
}

/* ---- pictures */

static bool observe(const Observation *observation, void *user, GError **error)
{
    const ReferenceEyes *eyes = user;
    (void)error;
    for (guint w = 0; w < eyes->watches->len; w++)
        behaviour_run_observe(((const Watch *)g_ptr_array_index(eyes->watches, w))->run, observation);
    return true;
}

bool reference_eyes_show(ReferenceEyes *eyes, const ReplayFrame *frame, const VsauditSystemEmit *emit,
                         GError **error)
{
    if (eyes->perception == NULL) {
        g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                            "found a picture outside of a clip, expected a clip first");
        return false;
    }
    g_auto(Observation) observation;
    observation_init(&observation, frame->t_us);
    if (!signal_gap_step(&eyes->gap, frame->t_us, observe, eyes, error) ||
        !perception_observe(eyes->perception, frame, &observation, error))
        return false;
    observe(&observation, eyes, NULL);
    say_new(eyes, emit);
    return true;
}
