/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/protocol.h"

#include "scoring/eval1.h"

#include <string.h>

const Protocol *const protocol_registry[] = {&protocol_eval1, NULL};

const Protocol *protocol_find(const char *id)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        if (strcmp((*protocol)->id, id) == 0)
            return *protocol;
    return NULL;
}
