/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/settings.h"

#include "records/error.h"
#include "records/free.h"
#include "yaml/confine.h"

#include <string.h>

/* Part of the digest: to be raised with every change that makes other observations from the same pictures. */

static const char *const detectors[] = {"hog", "onnx", "off", NULL};
const char *const perception_layouts[] = {"auto", "yolov5", "yolov8", "yolox", "ssd", NULL};

const OptionRow perception_options[] = {
    INT_OPTION("width", PerceptionSettings, width, 64, 1920, "384", "pixels"),
    NUMBER_OPTION("rate", PerceptionSettings, rate, 1, 60, "12.5", "pictures/s"),
    SECONDS_OPTION("history", PerceptionSettings, history_us, 5, 3600, "120"),
    NUMBER_OPTION("variance_threshold", PerceptionSettings, variance_threshold, 4, 200, "16", ""),
    BOOL_OPTION("shadows", PerceptionSettings, shadows, "true"),
    NUMBER_OPTION("min_area", PerceptionSettings, min_area, 0.00005, 0.1, "0.0006", "share of the picture"),
    NUMBER_OPTION("light_change", PerceptionSettings, light_change, 0.2, 1, "0.6", "share of the picture"),
    SECONDS_OPTION("confirm", PerceptionSettings, confirm_us, 0, 5, "0.3"),
    SECONDS_OPTION("coast", PerceptionSettings, coast_us, 0, 30, "1.5"),
    SECONDS_OPTION("hold", PerceptionSettings, hold_us, 1, 3600, "120"),
    SECONDS_OPTION("static_delay", PerceptionSettings, static_delay_us, 1, 600, "5"),
    CHOICE_OPTION("detector", PerceptionSettings, detector, detectors, "hog"),
    STRING_OPTION("model", PerceptionSettings, model, NULL),
    STRING_OPTION("labels", PerceptionSettings, labels, NULL),
    CHOICE_OPTION("layout", PerceptionSettings, layout, perception_layouts, "auto"),
    INT_OPTION("detector_size", PerceptionSettings, detector_size, 16, 2048, "640", "pixels"),
    NUMBER_OPTION("confidence", PerceptionSettings, confidence, 0, 1, "0.4", ""),
    NUMBER_OPTION("nms", PerceptionSettings, nms, 0, 1, "0.45", ""),
    SECONDS_OPTION("reference_hold", PerceptionSettings, reference_hold_us, 10, 86400, "300"),
    OPTION_END,
};

/* A path in a file is meant from that file's folder. */
static void resolve(char **path, const ParamList *params, const char *name)
{
    const Param *param = params != NULL ? param_list_find(params, name) : NULL;
    if (*path == NULL || param == NULL || param->file == NULL)
        return;
    g_autofree char *folder = g_path_get_dirname(param->file);
    char *whole = confine_resolve(folder, *path);
    g_free(*path);
    *path = whole;
}

static bool check_file(const char *path, const ParamList *params, const char *name, GError **error)
{
    if (path == NULL || g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return true;
    const Param *param = params != NULL ? param_list_find(params, name) : NULL;
    g_autofree char *place = param != NULL && param->file != NULL
                                 ? g_strdup_printf("%s:%d:%d: ", param->file, param->line, param->column)
                                 : g_strdup("");
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%sperception.%s: found “%s”, which is no file, expected a file", place, name, path);
    return false;
}

static bool check_model(const PerceptionSettings *settings, const ParamList *params, GError **error)
{
    if (settings->detector == DETECTOR_ONNX && settings->model == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "perception.detector: found onnx without a model, expected perception.model as well");
        return false;
    }
    return check_file(settings->model, params, "model", error) &&
           check_file(settings->labels, params, "labels", error);
}

const char *perception_model(const PerceptionSettings *settings)
{
    return settings->model;
}

const char *perception_labels(const PerceptionSettings *settings)
{
    return settings->labels;
}

PerceptionSettings *perception_settings_new(const ParamList *params, GError **error)
{
    PerceptionSettings *settings = g_new0(PerceptionSettings, 1);
    options_set_defaults(perception_options, settings);
    if (!options_apply(perception_options, settings, params, "perception", error)) {
        perception_settings_free(settings);
        return NULL;
    }
    resolve(&settings->model, params, "model");
    resolve(&settings->labels, params, "labels");
    if (!check_model(settings, params, error)) {
        perception_settings_free(settings);
        return NULL;
    }
    return settings;
}

DEFINE_FREE(perception_settings_free, PerceptionSettings, settings,
            options_clear(perception_options, settings))

ReplayRequest perception_request(const PerceptionSettings *settings)
{
    return (ReplayRequest){.max_width = (int)settings->width, .max_rate = settings->rate, .colour = true};
}

/* What is in a file counts, not where it lies. */
static char *digest_of_file(const PerceptionSettings *settings, const OptionSpec *spec)
{
    g_autofree char *path = options_format(spec, settings), *text = NULL;
    gsize length = 0;
    if (path == NULL || !g_file_get_contents(path, &text, &length, NULL))
        return NULL;
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)text, length);
}

char *perception_digest_by(const PerceptionSettings *settings, int version)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "vsaudit perception %d\n", version);
    for (const OptionSpec *spec = options_of(perception_options); spec->name != NULL; spec++) {
        if (settings->layout == LAYOUT_AUTO && strcmp(spec->name, "layout") == 0)
            continue; /* there was no such setting: what was seen before it came was seen by this one */
        g_autofree char *value =
            spec->type == OPTION_STRING ? digest_of_file(settings, spec) : options_format(spec, settings);
        g_string_append_printf(text, "%s=%s\n", spec->name, value != NULL ? value : "");
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, -1);
}

char *perception_digest(const PerceptionSettings *settings)
{
    return perception_digest_by(settings, PERCEPTION_VERSION);
}

int perception_version_of(const PerceptionSettings *settings, const char *digest)
{
    int version = PERCEPTION_VERSION;
    for (; version > 0; version--) {
        g_autofree char *by = perception_digest_by(settings, version);
        if (strcmp(by, digest) == 0)
            break;
    }
    return version;
}
