/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files that read scene scripts. */
#ifndef VSAUDIT_SYNTH_SCRIPT_INTERNAL_H
#define VSAUDIT_SYNTH_SCRIPT_INTERNAL_H

#include "synth/script.h"

extern const YamlTable actor_table, flow_table, gathering_table, pose_table, item_table, blaze_table,
    density_table;

/* A number that stands elsewhere in the file, perhaps further down (`map` NULL: at the root); `usual` when it
 * is not there. Wrong text is reported when its own turn comes. */
double script_number_ahead(const YamlReader *reader, const char *map, const char *key, double usual);
/* The least y of a place on the ground. */
double script_lowest_ground(const YamlReader *reader);

#endif
