/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/system_network.h"

#include "config/scenario_internal.h"
#include "perception/settings.h"
#include "yaml/confine.h"

#include <string.h>

/* The settings of perception that are about its detector; “detector” itself is one. */
static const char *const settings[] = {"detector",      "model",      "labels", "layout",
                                       "detector_size", "confidence", "nms",    NULL};

static const YamlField network_system_fields[] = {
    TEXT_FIELD("model", NetworkOptions, model, .required = true,
               .help = "an object detector as an ONNX file, from this file’s folder; its SHA-256 is kept"),
    TEXT_FIELD("labels", NetworkOptions, labels,
               .help = "the names of its classes, one a line; default: the 80 of COCO"),
    CHOICE_FIELD("layout", NetworkOptions, layout, perception_layouts, .initial = "auto",
                 .help = "how its answer is to be read (analyzer/see/perception); auto: by its shape"),
    INT_FIELD("size", NetworkOptions, size, .min = 16, .max = 2048, .initial = "640", .unit = "pixels",
              .help = "side of the square picture that it takes"),
    NUMBER_FIELD("confidence", NetworkOptions, confidence, .min = 0, .max = 1, .initial = "0.4",
                 .help = "least score of what it finds"),
    NUMBER_FIELD("nms", NetworkOptions, nms, .min = 0, .max = 1, .initial = "0.45",
                 .help = "two finds that overlap by more (intersection over union) are one"),
    YAML_FIELD_END};

static void clear_network(void *target)
{
    param_list_free(((NetworkOptions *)target)->perception);
}

const YamlTable network_system_table = {
    YAML_TABLE("system of kind network", network_system_fields, NetworkOptions), .clear = clear_network};

const NetworkOptions *system_network(const SystemSpec *system)
{
    return system_kind(system)->options == &network_system_table ? system->options : NULL;
}

static void check_file(YamlReader *reader, const YamlNode *node, const char *key, const char *file)
{
    g_autofree char *path = file != NULL ? confine_resolve(reader->tree->folder, file) : NULL;
    if (path != NULL && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        yaml_expected(reader, yaml_node_get(node, key), "a file (there is no “%s”)", path);
}

void system_network_check(YamlReader *reader, const YamlNode *node, SystemSpec *system)
{
    const NetworkOptions *network = system->options;
    if (system->wordings->len > 1)
        yaml_problem(reader, yaml_node_get(node, "semantics"),
                     "found several semantics for a network, expected one of them for each system");
    check_file(reader, node, "model", network->model);
    check_file(reader, node, "labels", network->labels);
}

static void set(ParamList *list, const char *name, const char *value, const YamlReader *reader,
                const YamlNode *place)
{
    if (value != NULL)
        param_list_add(list, name, value, reader->tree->file, place->line, place->column, place->line,
                       place->column);
}

static const YamlNode *place_of(const YamlNode *node, const char *key)
{
    const YamlNode *place = yaml_node_get(node, key);
    return place != NULL ? place : node;
}

/* Of the scenario all that is not about its own detector, then what is said here. */
static ParamList *merge(const YamlReader *reader, const YamlNode *node, const NetworkOptions *network,
                        const ParamList *general)
{
    ParamList *all = param_list_new();
    for (guint i = 0; i < general->params->len; i++) {
        const Param *param = g_ptr_array_index(general->params, i);
        if (!g_strv_contains(settings, param->name))
            param_list_add(all, param->name, param->value, param->file, param->name_line, param->name_column,
                           param->line, param->column);
    }
    char confidence[G_ASCII_DTOSTR_BUF_SIZE], nms[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT, network->size);
    set(all, "detector", "onnx", reader, node);
    set(all, "model", network->model, reader, place_of(node, "model"));
    set(all, "labels", network->labels, reader, place_of(node, "labels"));
    set(all, "layout", perception_layouts[network->layout], reader, place_of(node, "layout"));
    set(all, "detector_size", size, reader, place_of(node, "size"));
    set(all, "confidence", g_ascii_formatd(confidence, sizeof confidence, "%.9g", network->confidence),
        reader, place_of(node, "confidence"));
    set(all, "nms", g_ascii_formatd(nms, sizeof nms, "%.9g", network->nms), reader, place_of(node, "nms"));
    return all;
}

/* A file that is not there has been told; that its digest cannot be taken is no other fault. */
void system_network_complete(YamlReader *reader, const YamlNode *node, SystemSpec *system,
                             const Scenario *scenario)
{
    NetworkOptions *network = system->options;
    network->perception = merge(reader, node, network, scenario->perception);
    if (network->model != NULL)
        scenario_check_model_files(reader, network->perception);
}

const ParamList *system_perception(const Scenario *scenario, const SystemSpec *system)
{
    const NetworkOptions *network = system_network(system);
    return network != NULL ? network->perception : scenario->perception;
}
