/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says of a system of kind network: a detector, under the reference's rules. All other
 * settings of its perception are the scenario's. */
#ifndef VSAUDIT_CONFIG_SYSTEM_NETWORK_H
#define VSAUDIT_CONFIG_SYSTEM_NETWORK_H

#include "config/scenario.h"

typedef struct {
    char *model;            /* the ONNX file, as written */
    char *labels;           /* the names of its classes, a line each, as written; NULL: those of COCO */
    unsigned layout;        /* place in perception_layouts */
    int64_t size;           /* side of the square picture that it takes, pixels */
    double confidence, nms; /* 0..1, as perception's settings of these names */
    /* What it looks with, as perception_settings_new takes it; never NULL once its scenario is loaded. */
    ParamList *perception;
} NetworkOptions;

extern const YamlTable network_system_table;

/* As a SystemKind's check, of what stands in the system alone; and once its scenario has been read. */
void system_network_check(YamlReader *reader, const YamlNode *node, SystemSpec *system);
void system_network_complete(YamlReader *reader, const YamlNode *node, SystemSpec *system,
                             const Scenario *scenario);
/* NULL for a system of another kind. */
const NetworkOptions *system_network(const SystemSpec *system);
/* By which settings a system that replays sees its clips: its own, or the scenario's. Belongs to them. */
const ParamList *system_perception(const Scenario *scenario, const SystemSpec *system);

#endif
