/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_detector.h"

#include "config/system_network.h"
#include "perception/settings.h"
#include "records/file_hash.h"
#include "results/document.h"
#include "results/fields.h"
#include "results/results_json.h"

static const char *written(const ParamList *perception, const char *name)
{
    const Param *param = param_list_find(perception, name);
    return param != NULL ? param->value : NULL;
}

static char *hash(const char *path)
{
    return path != NULL ? file_hash(path, NULL) : NULL;
}

static json_t *describe(const ParamList *perception, const PerceptionSettings *settings)
{
    g_autofree char *sha256 = hash(settings->model), *labels_sha256 = hash(settings->labels);
    json_t *values = results_parameters(perception_options, sizeof(PerceptionSettings), perception);
    json_object_del(values, "model");
    json_object_del(values, "labels");
    const ResultsDetector said = {.model = written(perception, "model"),
                                  .sha256 = sha256,
                                  .labels = written(perception, "labels"),
                                  .labels_sha256 = labels_sha256,
                                  .settings = values};
    json_t *detector = results_dump(&result_detector, &said);
    json_decref(values);
    return detector;
}

json_t *results_detector(const Scenario *scenario, const SystemSpec *system)
{
    if (!system_kind(system)->replays)
        return NULL;
    const ParamList *perception = system_perception(scenario, system);
    PerceptionSettings *settings = perception_settings_new(perception, NULL);
    const bool sees = settings != NULL && settings->detector == DETECTOR_ONNX;
    json_t *detector = sees ? describe(perception, settings) : NULL;
    perception_settings_free(settings);
    return detector;
}
