/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conform/vector.h"

#include "conform/vector_script.h"
#include "records/error.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#define DEFAULT_TOLERANCE_S 0.15

struct Vector {
    char *name;
    char *path;
    json_t *json;
    const Behaviour *behaviour; /* the rule */
    const char *semantics;
    double aspect;
    int64_t duration_us;
    ParamList *params;
    Scene *scene;
};

DEFINE_FREE(vector_free, Vector, vector, g_free(vector->name), g_free(vector->path),
            json_decref(vector->json), param_list_free(vector->params), scene_free(vector->scene))

const char *vector_name(const Vector *vector)
{
    return vector->name;
}

const char *vector_title(const Vector *vector)
{
    return json_string_value(json_object_get(vector->json, "title"));
}

const Behaviour *vector_behaviour(const Vector *vector)
{
    return vector->behaviour;
}

const char *vector_semantics(const Vector *vector)
{
    return vector->semantics;
}

double vector_duration_s(const Vector *vector)
{
    return time_to_seconds(vector->duration_us);
}

double vector_aspect(const Vector *vector)
{
    return vector->aspect;
}

bool vector_holds_at(const Vector *vector, double rate)
{
    const json_t *rates = json_object_get(vector->json, "rates");
    bool holds = rates == NULL;
    for (size_t i = 0; i < json_array_size(rates); i++)
        holds = holds || fabs(json_number_value(json_array_get(rates, i)) - rate) < 1e-9;
    return holds;
}

const ParamList *vector_params(const Vector *vector)
{
    return vector->params;
}

const Scene *vector_scene(const Vector *vector)
{
    return vector->scene;
}

json_t *vector_scene_json(const Vector *vector)
{
    json_t *scene = json_object_get(vector->json, "scene");
    return scene != NULL ? json_incref(scene) : json_object();
}

const char *vector_refusal(const Vector *vector)
{
    return json_string_value(json_object_get(vector->json, "refused"));
}

static bool refuse(const Vector *vector, GError **error, const char *key, const char *expected)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s: found something else, expected %s",
                vector->path, key, expected);
    return false;
}

static bool read_params(Vector *vector, GError **error)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_t *params = json_object_get(vector->json, "params");
    vector->params = param_list_new();
    json_object_foreach(params, name, value)
    {
        g_autofree char *text = NULL;
        if (json_is_string(value)) {
            text = g_strdup(json_string_value(value));
        } else if (json_is_boolean(value)) {
            text = g_strdup(json_is_true(value) ? "true" : "false");
        } else if (json_is_integer(value)) {
            text = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
        } else if (json_is_real(value)) {
            char buffer[G_ASCII_DTOSTR_BUF_SIZE];
            text = g_strdup(g_ascii_formatd(buffer, sizeof buffer, "%.6f", json_real_value(value)));
        } else {
            return refuse(vector, error, "params", "text, numbers, true or false");
        }
        param_list_add(vector->params, name, text, vector->path, 0, 0, 0, 0);
    }
    return true;
}

static bool read_points(const json_t *array, Point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(array, i);
        if (json_array_size(pair) != 2)
            return false;
        points[i] =
            (Point){json_number_value(json_array_get(pair, 0)), json_number_value(json_array_get(pair, 1))};
    }
    return true;
}

static bool read_scene(Vector *vector, GError **error)
{
    const json_t *scene = json_object_get(vector->json, "scene");
    const char *name = NULL;
    json_t *value = NULL;
    vector->scene = scene_new();
    json_object_foreach(json_object_get(scene, "zones"), name, value)
    {
        const size_t count = json_array_size(value);
        g_autofree Point *points = g_new0(Point, count + 1);
        if (count < 3 || !read_points(value, points, count))
            return refuse(vector, error, "scene.zones", "three points [x, y] or more for each zone");
        scene_add_zone(vector->scene, name, geometry_polygon_new(points, count));
    }
    json_object_foreach(json_object_get(scene, "lines"), name, value)
    {
        Point ends[2];
        if (json_array_size(value) != 2 || !read_points(value, ends, 2))
            return refuse(vector, error, "scene.lines", "two points [x, y] for each line");
        scene_add_line(vector->scene, name, (Segment){ends[0], ends[1]});
    }
    const json_t *validations = json_object_get(scene, "validations");
    if (validations == NULL)
        return true;
    vector->scene->validations = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (size_t i = 0; i < json_array_size(validations); i++) {
        const int64_t at_us = time_from_seconds(json_number_value(json_array_get(validations, i)));
        g_array_append_val(vector->scene->validations, at_us);
    }
    return true;
}

static bool read_script(Vector *vector, GError **error)
{
    const json_t *json = vector->json;
    if (g_strcmp0(json_string_value(json_object_get(json, "schema")), "vsaudit/vector/1") != 0)
        return refuse(vector, error, "schema", "“vsaudit/vector/1”");
    const char *behaviour = json_string_value(json_object_get(json, "behaviour"));
    if (behaviour == NULL || behaviour_find(behaviour) == NULL)
        return refuse(vector, error, "behaviour", "the name of a behaviour");
    const char *semantics = json_string_value(json_object_get(json, "semantics"));
    vector->semantics = semantics != NULL ? semantics : SEMANTICS_OWN;
    vector->behaviour = semantics_rule(behaviour, vector->semantics);
    if (vector->behaviour == NULL)
        return refuse(vector, error, "semantics", "a semantics that has a rule for the behaviour");
    if (!json_is_string(json_object_get(json, "title")))
        return refuse(vector, error, "title", "a sentence");
    if (!json_is_array(json_object_get(json, "expected")))
        return refuse(vector, error, "expected", "a list of alerts");
    const double duration_s = json_number_value(json_object_get(json, "duration_s"));
    if (duration_s <= 0)
        return refuse(vector, error, "duration_s", "a number of seconds above zero");
    vector->duration_us = time_from_seconds(duration_s);
    const json_t *aspect = json_object_get(json, "aspect");
    vector->aspect = aspect != NULL ? json_number_value(aspect) : 1.5;
    if (vector->aspect <= 0)
        return refuse(vector, error, "aspect", "a number above zero");
    const char *fault = vector_script_check(json);
    if (fault != NULL)
        return refuse(vector, error, fault, "what behaviours/vector.h describes");
    return read_params(vector, error) && read_scene(vector, error);
}

Vector *vector_load(const char *path, GError **error)
{
    json_error_t fault;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    if (json == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s:%d:%d: %s", path, fault.line, fault.column,
                    fault.text);
        return NULL;
    }
    Vector *vector = g_new0(Vector, 1);
    vector->json = json;
    vector->path = g_strdup(path);
    vector->name = g_path_get_basename(path);
    if (g_str_has_suffix(vector->name, ".json"))
        vector->name[strlen(vector->name) - strlen(".json")] = '\0';
    if (!read_script(vector, error)) {
        vector_free(vector);
        return NULL;
    }
    return vector;
}

const VectorSampling vector_samplings[] = {{5, 0}, {12.5, 0}, {25, 0}, {50, 0}, {25, 400}, {25, 800}};
const size_t vector_sampling_count = G_N_ELEMENTS(vector_samplings);

static double to_pixel(double value, double size)
{
    return round(value * size) / size;
}

static Box box_to_pixels(Box box, double width, double height)
{
    const double left = to_pixel(box.x, width), top = to_pixel(box.y, height);
    return (Box){left, top, to_pixel(box.x + box.w, width) - left, to_pixel(box.y + box.h, height) - top};
}

/* What a perception that knows whole pixels alone would have measured. */
static void round_places(Observation *observation, double aspect, int64_t lines)
{
    const double height = (double)lines, width = round(aspect * height);
    for (size_t i = 0; i < observation->track_count; i++) {
        TrackObservation *track = &observation->tracks[i];
        track->box = box_to_pixels(track->box, width, height);
        track->foot = (Point){to_pixel(track->foot.x, width), to_pixel(track->foot.y, height)};
    }
    for (size_t i = 0; i < observation->static_count; i++)
        observation->statics[i].box = box_to_pixels(observation->statics[i].box, width, height);
}

static void free_observation(gpointer data)
{
    observation_clear(data);
    g_free(data);
}

GPtrArray *vector_sample(const Vector *vector, const VectorSampling *sampling)
{
    GPtrArray *pictures = g_ptr_array_new_with_free_func(free_observation);
    const double rate = sampling->rate;
    const int64_t count = (int64_t)floor(time_to_seconds(vector->duration_us) * rate + 1e-9);
    for (int64_t i = 0; i < count; i++) {
        const int64_t t_us = time_from_seconds((double)i / rate);
        const int64_t next_us = time_from_seconds((double)(i + 1) / rate);
        Observation *observation = g_new0(Observation, 1);
        vector_script_sample(vector->json, t_us, next_us - t_us, observation);
        if (sampling->height > 0)
            round_places(observation, vector->aspect, sampling->height);
        g_ptr_array_add(pictures, observation);
    }
    return pictures;
}

BehaviourRun *vector_run(const Vector *vector, const VectorSampling *sampling, const ParamList *params,
                         GError **error)
{
    BehaviourRun *run = behaviour_run_new(vector->behaviour, params != NULL ? params : vector->params,
                                          vector->scene, vector->aspect, error);
    if (run == NULL)
        return NULL;
    g_autoptr(GPtrArray) pictures = vector_sample(vector, sampling);
    for (guint i = 0; i < pictures->len; i++)
        behaviour_run_observe(run, g_ptr_array_index(pictures, i));
    behaviour_run_finish(run, vector->duration_us);
    return run;
}

static bool near(const json_t *expected, const char *key, int64_t found_us, int64_t tolerance_us)
{
    const json_t *value = json_object_get(expected, key);
    return value == NULL || ABS(time_from_seconds(json_number_value(value)) - found_us) <= tolerance_us;
}

static char *describe_alerts(const GPtrArray *alerts)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < alerts->len; i++) {
        const Alert *alert = g_ptr_array_index(alerts, i);
        g_string_append_printf(text, "%s%s onset %.3f decided %.3f end %.3f", i > 0 ? "; " : "",
                               alert->label != NULL ? alert->label : "(no label)",
                               time_to_seconds(alert->onset_us), time_to_seconds(alert->decided_us),
                               alert->end_us == TIME_UNKNOWN ? (double)NAN : time_to_seconds(alert->end_us));
    }
    if (alerts->len == 0)
        g_string_append(text, "no alert");
    return g_string_free(text, FALSE);
}

static bool check_alert(const json_t *expected, const Alert *alert, double rate)
{
    const json_t *tolerance = json_object_get(expected, "tolerance_s");
    const double tolerance_s = tolerance != NULL ? json_number_value(tolerance) : DEFAULT_TOLERANCE_S;
    const bool exact = json_is_true(json_object_get(expected, "exact"));
    const int64_t near_us = exact ? US_PER_SECOND / 1000 : time_from_seconds(tolerance_s + 1 / rate);
    const json_t *label = json_object_get(expected, "label");
    return (label == NULL || g_strcmp0(json_string_value(label), alert->label) == 0) &&
           near(expected, "onset_s", alert->onset_us, near_us) &&
           near(expected, "decided_s", alert->decided_us, near_us) &&
           near(expected, "end_s", alert->end_us, near_us);
}

bool vector_check(const Vector *vector, const VectorSampling *sampling, const GPtrArray *alerts,
                  const json_t *counters, char **difference)
{
    const json_t *expected = json_object_get(vector->json, "expected");
    bool same = json_array_size(expected) == alerts->len;
    for (guint i = 0; same && i < alerts->len; i++)
        same = check_alert(json_array_get(expected, i), g_ptr_array_index(alerts, i), sampling->rate);
    if (!same) {
        g_autofree char *found = describe_alerts(alerts);
        char *wanted = json_dumps(expected, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
        *difference = g_strdup_printf("found %s, expected %s", found, wanted);
        free(wanted);
        return false;
    }
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(json_object_get(vector->json, "counters"), name, value)
    {
        const json_t *found = counters != NULL ? json_object_get(counters, name) : value;
        if (found == NULL || json_integer_value(found) != json_integer_value(value)) {
            *difference =
                g_strdup_printf("counter %s: found %" JSON_INTEGER_FORMAT ", expected %" JSON_INTEGER_FORMAT,
                                name, json_integer_value(found), json_integer_value(value));
            return false;
        }
    }
    return true;
}

bool vector_verify(const Vector *vector, const VectorSampling *sampling, char **difference)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(BehaviourRun) run = vector_run(vector, sampling, NULL, &error);
    const char *refusal = vector_refusal(vector);
    if (run == NULL) {
        if (refusal != NULL && strstr(error->message, refusal) != NULL)
            return true;
        *difference = g_strdup_printf("refused: %s", error->message);
        return false;
    }
    if (refusal != NULL) {
        *difference = g_strdup_printf("not refused, expected “%s”", refusal);
        return false;
    }
    json_t *counters = behaviour_run_counters(run);
    const bool same = vector_check(vector, sampling, behaviour_run_alerts(run), counters, difference);
    json_decref(counters);
    return same;
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void free_vector(gpointer vector)
{
    vector_free(vector);
}

static void list_files(const char *folder, GPtrArray *paths)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (g_str_has_suffix(name, ".json"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    }
}

/* Whether the vector lies where its behaviour and semantics are; its own semantics' folder is the
 * behaviour's. */
static bool is_at_home(const Vector *vector)
{
    g_autofree char *folder = g_path_get_dirname(vector->path);
    g_autofree char *name = g_path_get_basename(folder);
    return strcmp(name, strcmp(vector->semantics, SEMANTICS_OWN) == 0 ? vector->behaviour->id
                                                                      : vector->semantics) == 0;
}

GPtrArray *vector_load_folder(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        g_autofree char *inner = g_build_filename(folder, (*behaviour)->id, NULL);
        list_files(inner, paths);
        for (size_t i = 0; semantics_ids[i] != NULL; i++) {
            g_autofree char *deeper = g_build_filename(inner, semantics_ids[i], NULL);
            list_files(deeper, paths);
        }
    }
    g_ptr_array_sort(paths, compare_paths);
    GPtrArray *vectors = g_ptr_array_new_with_free_func(free_vector);
    for (guint i = 0; i < paths->len; i++) {
        Vector *vector = vector_load(g_ptr_array_index(paths, i), error);
        if (vector == NULL) {
            g_ptr_array_unref(vectors);
            return NULL;
        }
        g_ptr_array_add(vectors, vector);
        if (!is_at_home(vector)) {
            refuse(vector, error, "semantics", "that of the folder in which the file lies");
            g_ptr_array_unref(vectors);
            return NULL;
        }
    }
    if (vectors->len == 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found no vectors, expected folders named after behaviours", folder);
        g_ptr_array_unref(vectors);
        return NULL;
    }
    return vectors;
}
