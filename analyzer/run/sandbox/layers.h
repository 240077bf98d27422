/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this kernel, its settings and this build let the sandbox hold. Never part of a result: `doctor` says
 * it, and it stands in run.json. */
#ifndef VSAUDIT_SANDBOX_LAYERS_H
#define VSAUDIT_SANDBOX_LAYERS_H

#include "sandbox/namespaces.h"

#include <jansson.h>

typedef struct {
    const char *id; /* a word for tables and texts */
    bool held;
    const char *by;      /* “Landlock 7”, “seccomp”; what would hold it where it is not. Static */
    const char *meaning; /* what it holds; where it is not held, what follows. Static */
} SandboxLayer;

enum { SANDBOX_LAYERS = 8 };

/* All layers in a fixed order; found out at the first call. */
const SandboxLayer *sandbox_layers(void);
/* {"held": ["files", …], "missing": […], "landlock": 7}. Caller owns. */
json_t *sandbox_describe(void);

/* For sandbox/ itself. */
const Namespaces *layers_namespaces(void);

#endif
