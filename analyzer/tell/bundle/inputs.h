/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RUN/inputs: everything that a run was scored from but the clips, so that it can be scored again anywhere.
 *
 * Files keep their bytes, and their places to each other, below inputs/files/; inputs/index.json (schema
 * vsaudit/inputs/1) says what the command was given. */
#ifndef VSAUDIT_BUNDLE_INPUTS_H
#define VSAUDIT_BUNDLE_INPUTS_H

#include "config/handed.h"
#include "config/scenario.h"
#include "scoring/panel.h"

#include <jansson.h>

#define INPUTS_SCHEMA "vsaudit/inputs/1"
#define INPUTS_FOLDER "inputs"

typedef struct {
    const char *command;      /* "run" or "score" */
    const char *const *files; /* the audit, or scenarios, as given; NULL-terminated */
    const char *dataset;      /* that takes the place of every scenario's own; NULL = none */
    const char *catalogue;    /* in place of the audit's own; NULL = none */
    const char *lock;         /* NULL = none */
    const char *protocols;    /* as given; NULL = none */
    const char *blur;         /* "persons", "all", "none"; NULL = no pictures */
    const GPtrArray *handed;  /* of HandedLog *: logs that came later (handed_take); NULL = none */
} InputsSpec;

/* Copies all files that the audit was loaded from into FOLDER/inputs, in place of what was there. INTEGRITY
 * when one is no longer the one that `results` (results.json) speaks of. */
bool inputs_keep(const char *folder, const InputsSpec *spec, const Audit *audit, const json_t *results,
                 GError **error);

typedef struct {
    Audit *audit;
    char *command;
    char *lock;            /* or NULL */
    PanelChoices *choices; /* or NULL */
    char *blur;            /* or NULL */
    GPtrArray *files;      /* of char *: what was loaded, absolute */
} Inputs;

/* Loads the audit from such a folder, and from now on confines every path that it names to it
 * (config/confine.h). INPUT errors. Caller frees. */
Inputs *inputs_load(const char *folder, GError **error);
/* Names of all files that belong to such a folder, relative to it, of char *; caller unrefs. */
GPtrArray *inputs_list(const Inputs *inputs, const char *folder);
void inputs_free(Inputs *inputs); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Inputs, inputs_free)

#endif
