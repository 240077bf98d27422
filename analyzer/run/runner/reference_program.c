/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/reference_program.h"

#include "behaviours/semantics.h"
#include "perception/perception.h"
#include "runner/signal_gap.h"
#include "systems/program_line.h"

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

typedef struct {
    FILE *in, *out;
    ParamList *rule, *perception_params;
    PerceptionSettings *settings;
    Perception *perception; /* of the clip; NULL between clips */
    GPtrArray *watches;     /* of Watch * */
    SignalGap gap;
    double aspect;
    uint8_t *picture;
    size_t size;
    guint said; /* alerts of the clip */
    int64_t line;
} Talk;

static void watch_free(gpointer data)
{
    Watch *watch = data;
    behaviour_run_free(watch->run);
    scene_free(watch->scene);
    g_hash_table_unref(watch->told);
    g_free(watch->behaviour);
    g_free(watch);
}

static void talk_clear(Talk *talk)
{
    perception_free(talk->perception);
    if (talk->settings != NULL)
        perception_settings_free(talk->settings);
    g_ptr_array_unref(talk->watches);
    param_list_free(talk->rule);
    param_list_free(talk->perception_params);
    g_free(talk->picture);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Talk, talk_clear)

static bool fail(const Talk *talk, const char *what, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "standard input, line %" PRId64 ": %s", talk->line,
                what);
    return false;
}

static void say(const Talk *talk, json_t *message)
{
    json_dumpf(message, talk->out, JSON_COMPACT);
    fputc('\n', talk->out);
    json_decref(message);
}

static void say_word(const Talk *talk, const char *type)
{
    say(talk, json_pack("{s:s}", "type", type));
    fflush(talk->out);
}

/* ---- hello */

static void add_setting(Talk *talk, const char *name, const json_t *value)
{
    char *dumped = json_dumps(value, JSON_ENCODE_ANY);
    const char *text = json_is_string(value) ? json_string_value(value) : dumped;
    const bool own = g_str_has_prefix(name, PERCEPTION_PREFIX);
    param_list_add(own ? talk->perception_params : talk->rule, own ? name + strlen(PERCEPTION_PREFIX) : name,
                   text, NULL, 0, 0, 0, 0);
    free(dumped);
}

static bool greet(Talk *talk, const json_t *hello, GError **error)
{
    const char *name;
    json_t *value;
    if (g_strcmp0(json_string_value(json_object_get(hello, "protocol")), SYSTEM_PROTOCOL) != 0)
        return fail(talk, "found another protocol, expected " SYSTEM_PROTOCOL, error);
    json_object_foreach(json_object_get(hello, "settings"), name, value)
    {
        add_setting(talk, name, value);
    }
    talk->settings = perception_settings_new(talk->perception_params, error);
    if (talk->settings == NULL)
        return false;
    const ReplayRequest request = perception_request(talk->settings);
    say(talk, json_pack("{s:s,s:s,s:s,s:s,s:s,s:i,s:f}", "type", "hello", "protocol", SYSTEM_PROTOCOL, "name",
                        "vsaudit reference", "version", VSAUDIT_VERSION, "format", "gray+bgr", "width",
                        request.max_width, "rate", request.max_rate));
    fflush(talk->out);
    return true;
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

static bool add_watch(Talk *talk, const json_t *asked, GError **error)
{
    const char *id = json_string_value(json_object_get(asked, "id"));
    const Behaviour *rule = id != NULL ? semantics_rule(id, NULL) : NULL;
    if (rule == NULL)
        return fail(talk, "found a behaviour for which there is no rule", error);
    Watch *watch = g_new0(Watch, 1);
    watch->behaviour = g_strdup(id);
    watch->scene = read_scene(asked);
    watch->told = g_hash_table_new(NULL, NULL);
    g_ptr_array_add(talk->watches, watch);
    watch->run = behaviour_run_new(rule, talk->rule, watch->scene, talk->aspect, error);
    return watch->run != NULL;
}

static bool begin_clip(Talk *talk, const json_t *clip, GError **error)
{
    size_t i;
    const json_t *asked;
    talk->aspect = json_number_value(json_object_get(clip, "aspect"));
    talk->gap = (SignalGap){0};
    talk->said = 0;
    g_ptr_array_set_size(talk->watches, 0);
    json_array_foreach(json_object_get(clip, "behaviours"), i, asked)
    {
        if (!add_watch(talk, asked, error))
            return false;
    }
    perception_free(talk->perception);
    talk->perception = perception_new(talk->settings, error);
    if (talk->perception == NULL)
        return false;
    say_word(talk, "ready");
    return true;
}

/* ---- alerts */

static json_t *describe_box(Box box)
{
    return geometry_box_is_none(box) ? json_null() : json_pack("[f,f,f,f]", box.x, box.y, box.w, box.h);
}

static void say_alert(Talk *talk, Watch *watch, const Alert *alert, bool over)
{
    g_autofree char *id = g_strdup_printf("%u", ++talk->said);
    json_t *message = json_pack("{s:s,s:s,s:I,s:o,s:o}", "type", "alert", "behaviour", watch->behaviour,
                                "onset_us", (json_int_t)alert->onset_us, "confidence",
                                isfinite(alert->confidence) ? json_real(alert->confidence) : json_null(),
                                "box", describe_box(alert->box));
    if (alert->label != NULL)
        json_object_set_new(message, "label", json_string(alert->label));
    if (over) {
        json_object_set_new(message, "end_us", json_integer(alert->end_us));
    } else {
        json_object_set_new(message, "id", json_string(id));
        g_hash_table_insert(watch->told, (gpointer)alert, GUINT_TO_POINTER(talk->said));
    }
    say(talk, message);
}

/* Those that were decided since. How they end is said when the clip ends: a rule may still change it. */
static void say_new(Talk *talk)
{
    for (guint w = 0; w < talk->watches->len; w++) {
        Watch *watch = g_ptr_array_index(talk->watches, w);
        const GPtrArray *alerts = behaviour_run_alerts(watch->run);
        for (guint i = g_hash_table_size(watch->told); i < alerts->len; i++)
            say_alert(talk, watch, g_ptr_array_index(alerts, i), false);
    }
}

static void end_alerts(Talk *talk, Watch *watch)
{
    const GPtrArray *alerts = behaviour_run_alerts(watch->run);
    for (guint i = 0; i < alerts->len; i++) {
        const Alert *alert = g_ptr_array_index(alerts, i);
        const guint number = GPOINTER_TO_UINT(g_hash_table_lookup(watch->told, alert));
        if (number == 0) {
            say_alert(talk, watch, alert, true);
            continue;
        }
        g_autofree char *id = g_strdup_printf("%u", number);
        say(talk,
            json_pack("{s:s,s:s,s:I}", "type", "alert-end", "id", id, "end_us", (json_int_t)alert->end_us));
    }
}

static void end_clip(Talk *talk, const json_t *end)
{
    const int64_t t_us = json_integer_value(json_object_get(end, "t_us"));
    for (guint w = 0; w < talk->watches->len; w++) {
        Watch *watch = g_ptr_array_index(talk->watches, w);
        behaviour_run_finish(watch->run, t_us);
        end_alerts(talk, watch);
    }
    g_ptr_array_set_size(talk->watches, 0);
    g_clear_pointer(&talk->perception, perception_free);
    say_word(talk, "end");
}

/* ---- pictures */

static bool show(const Observation *observation, void *user, GError **error)
{
    const Talk *talk = user;
    (void)error;
    for (guint w = 0; w < talk->watches->len; w++)
        behaviour_run_observe(((const Watch *)g_ptr_array_index(talk->watches, w))->run, observation);
    return true;
}

static bool read_picture(Talk *talk, const json_t *message, ReplayFrame *frame, GError **error)
{
    const json_int_t bytes = json_integer_value(json_object_get(message, "bytes"));
    const json_int_t width = json_integer_value(json_object_get(message, "width")),
                     height = json_integer_value(json_object_get(message, "height"));
    if (talk->perception == NULL || width < 1 || height < 1 || bytes != 4 * width * height)
        return fail(talk, "found a picture that was not asked for, expected gray+bgr within a clip", error);
    if ((size_t)bytes > talk->size) {
        talk->size = (size_t)bytes;
        talk->picture = g_realloc(talk->picture, talk->size);
    }
    if (fread(talk->picture, 1, (size_t)bytes, talk->in) != (size_t)bytes)
        return fail(talk, "it ended within a picture", error);
    *frame = (ReplayFrame){.t_us = json_integer_value(json_object_get(message, "t_us")),
                           .duration_us = json_integer_value(json_object_get(message, "duration_us")),
                           .width = (int)width,
                           .height = (int)height,
                           .luma = talk->picture,
                           .luma_stride = (int)width,
                           .bgr = talk->picture + width * height,
                           .bgr_stride = 3 * (int)width,
                           .damaged = json_is_true(json_object_get(message, "damaged"))};
    return true;
}

static bool look(Talk *talk, const json_t *message, GError **error)
{
    ReplayFrame frame;
    if (!read_picture(talk, message, &frame, error) ||
        !signal_gap_step(&talk->gap, frame.t_us, show, talk, error))
        return false;
    g_auto(Observation) observation;
    observation_init(&observation, frame.t_us);
    if (!perception_observe(talk->perception, &frame, &observation, error))
        return false;
    show(&observation, talk, NULL);
    say_new(talk);
    say_word(talk, "ready");
    return true;
}

static bool take(Talk *talk, const json_t *message, GError **error)
{
    const char *type = json_string_value(json_object_get(message, "type"));
    if (talk->settings == NULL)
        return g_strcmp0(type, "hello") == 0 ? greet(talk, message, error)
                                             : fail(talk, "found another line, expected “hello”", error);
    if (g_strcmp0(type, "clip") == 0)
        return begin_clip(talk, message, error);
    if (g_strcmp0(type, "frame") == 0)
        return look(talk, message, error);
    if (g_strcmp0(type, "end") != 0)
        return fail(talk, "found another line, expected clip, frame or end", error);
    end_clip(talk, message);
    return true;
}

bool reference_program_talk(FILE *in, FILE *out, GError **error)
{
    g_auto(Talk) talk = {.in = in,
                         .out = out,
                         .rule = param_list_new(),
                         .perception_params = param_list_new(),
                         .watches = g_ptr_array_new_with_free_func(watch_free)};
    char *text = NULL;
    size_t room = 0;
    ssize_t length;
    bool fine = true;
    while (fine && (length = getline(&text, &room, in)) > 0) {
        talk.line++;
        json_t *message = json_loadb(text, (size_t)length, JSON_REJECT_DUPLICATES, NULL);
        fine = json_is_object(message) ? take(&talk, message, error)
                                       : fail(&talk, "found no JSON object, expected one", error);
        json_decref(message);
    }
    free(text);
    return fine;
}
