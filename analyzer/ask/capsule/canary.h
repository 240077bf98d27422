/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips whose answer is beyond doubt, drawn by our own synth: one event that nobody can miss, or nothing at
 * all. */
#ifndef VSAUDIT_CAPSULE_CANARY_H
#define VSAUDIT_CAPSULE_CANARY_H

#include "synth/script.h"

/* What the clips are like among which it shall not stand out. */
typedef struct {
    int width, height; /* even; 0 = the synth's own size */
    double rate;       /* pictures a second; 0 = the synth's own */
    double duration_s; /* kept within CANARY_SHORTEST_S … CANARY_LONGEST_S */
    uint64_t chance;   /* decides when the event begins, and what the ground looks like */
} CanarySpec;

#define CANARY_SHORTEST_S 28.0
#define CANARY_LONGEST_S 120.0
#define CANARY_DRIFT 0.014 /* pictures a second more than a whole number */

/* The behaviours of which an event can be drawn, NULL-terminated. */
const char *const *canary_behaviours(void);
/* A script of one event of the behaviour, which must be one of them; `empty`: of the same place, where
 * nothing happens. Caller frees. */
Script *canary_script(const char *behaviour, bool empty, const CanarySpec *spec);
/* What happens in it of these behaviours (NULL-terminated): of Event *, caller unrefs. */
GPtrArray *canary_events(const Script *script, const char *const *behaviours);

#endif
