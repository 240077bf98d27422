/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/behaviour.h"

#include <string.h>

const Behaviour *const behaviour_registry[] = {
    NULL,
};

const Behaviour *behaviour_find(const char *id)
{
    for (const Behaviour *const *behaviour = behaviour_registry; *behaviour != NULL; behaviour++) {
        if (strcmp((*behaviour)->id, id) == 0)
            return *behaviour;
    }
    return NULL;
}
