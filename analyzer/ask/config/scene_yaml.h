/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scene of a clip as written in YAML: {zones: {lawn: [[x, y], …]}, lines: {gate: [[x, y], [x, y]]},
 * validations: file.csv}. */
#ifndef VSAUDIT_CONFIG_SCENE_YAML_H
#define VSAUDIT_CONFIG_SCENE_YAML_H

#include "records/scene.h"
#include "yaml/yaml_table.h"

extern const YamlTable scene_table; /* for documentation; reads into a private struct */
/* For FIELD_CUSTOM: `member` is a Scene **, which holds a scene already. */
void scene_yaml_read(YamlReader *reader, const YamlNode *node, void *member);

#endif
