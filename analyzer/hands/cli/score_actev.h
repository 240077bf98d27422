/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of vsaudit score that reads the JSON of NIST's ActEV evaluations. */
#ifndef VSAUDIT_CLI_SCORE_ACTEV_H
#define VSAUDIT_CLI_SCORE_ACTEV_H

#include "cli/command.h"

#include <stdbool.h>

/* What the command line says; zeroed memory to begin with. */
typedef struct {
    char *reference, *system, *files, *activities, *protocol, *parameters;
    gint points;
    gdouble prune;
    gboolean keep_outside, ignore_extraneous, ignore_missing, all_activities;
} ActevOptions;

/* clang-format off */
#define ACTEV_ENTRIES(o) \
    {"actev-reference", 0, 0, G_OPTION_ARG_FILENAME, &(o).reference, \
     "score by NIST's ActEV, without YAML: the reference JSON (with the next three)", "FILE"}, \
    {"actev-system", 0, 0, G_OPTION_ARG_FILENAME, &(o).system, "the system output JSON", "FILE"}, \
    {"actev-files", 0, 0, G_OPTION_ARG_FILENAME, &(o).files, "the file index JSON", "FILE"}, \
    {"actev-activities", 0, 0, G_OPTION_ARG_FILENAME, &(o).activities, "the activity index JSON", "FILE"}, \
    {"actev-protocol", 0, 0, G_OPTION_ARG_STRING, &(o).protocol, \
     "its protocol, such as ActEV18_AD or SRL_AD_V2 (default ActEV_SDL_V2)", "NAME"}, \
    {"actev-parameters", 0, 0, G_OPTION_ARG_FILENAME, &(o).parameters, \
     "scoring parameters JSON, like -p of the public scorer", "FILE"}, \
    {"actev-points", 0, 0, G_OPTION_ARG_INT, &(o).points, \
     "at most so many thresholds a curve, like -t (default: every confidence)", "N"}, \
    {"actev-prune", 0, 0, G_OPTION_ARG_DOUBLE, &(o).prune, \
     "of each activity only the surest instances, for less than this share of the frames, like -P", "SHARE"}, \
    {"actev-keep-outside", 0, 0, G_OPTION_ARG_NONE, &(o).keep_outside, \
     "count instances that are not wholly within the selected frames, like -i", NULL}, \
    {"actev-ignore-extraneous", 0, 0, G_OPTION_ARG_NONE, &(o).ignore_extraneous, \
     "leave out what is said of files that the index does not have, like -F", NULL}, \
    {"actev-ignore-missing", 0, 0, G_OPTION_ARG_NONE, &(o).ignore_missing, \
     "leave out what is said of files that the system did not process, like -m", NULL}, \
    {"actev-all-activities", 0, 0, G_OPTION_ARG_NONE, &(o).all_activities, \
     "score activities without a reference too, like -I", NULL}
/* clang-format on */

/* What --help says of it. */
#define ACTEV_HELP                                                                                           \
    "With --actev-reference, --actev-system, --actev-files and --actev-activities the JSON files of NIST's " \
    "ActEV evaluations are scored\nas its public scorer does: DIR/actev/ then holds its tables and "         \
    "eval_2.csv, "                                                                                           \
    "the rates of our own protocol eval-2. Frames become\ntime by the file index's framerate.\n\n"

/* Whether any of these options was given. */
bool actev_options_given(const ActevOptions *options);
void actev_options_clear(ActevOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ActevOptions, actev_options_clear)
/* `out`: the folder, or NULL for the default. `others`: whether there is anything beside that does not go
 * with it. */
ExitStatus actev_options_score(const ActevOptions *options, const char *out, bool others, bool quiet,
                               GError **error);

#endif
