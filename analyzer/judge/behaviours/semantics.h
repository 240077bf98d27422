/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What products mean by the name of a behaviour.
 *
 * “Loitering” in ONVIF, in Frigate and in DL Streamer are three rules. Each such wording is one static const
 * record: whose it is, where it is defined, and a rule that does what the product's source says, quirks
 * included; reports/texts/ says in which words it departs from this program's own norm (norm.h). Nothing here
 * is a product: perception is this program's, so that only the wording differs.
 *
 * “vsaudit-1” is the norm of behaviour_registry itself and has no record. */
#ifndef VSAUDIT_BEHAVIOURS_SEMANTICS_H
#define VSAUDIT_BEHAVIOURS_SEMANTICS_H

#include "behaviours/behaviour.h"

#define SEMANTICS_OWN "vsaudit-1"

typedef struct {
    const char *product; /* "ONVIF Analytics Service" */
    const char *version; /* which of its versions the rule follows: "0.17" */
    const char *term;    /* what the product calls the rule: "LoiteringDetector" */
    const char *source;  /* address of the text or code that defines it */
    Behaviour rule; /* its id is that of the behaviour, its wording "onvif" as “semantics:” names it */
} Semantics;

extern const Semantics *const semantics_registry[]; /* NULL-terminated, sorted by behaviour, then id */
extern const char *const semantics_ids[]; /* all of them with SEMANTICS_OWN first; NULL-terminated */

/* NULL when there is none, and for SEMANTICS_OWN. */
const Semantics *semantics_find(const char *behaviour, const char *id);
/* The rule that a system follows: the behaviour's own for NULL and SEMANTICS_OWN; NULL when the behaviour
 * does not exist or has no such wording. */
const Behaviour *semantics_rule(const char *behaviour, const char *id);
/* "vsaudit-1, frigate and onvif": the wordings that there are of a behaviour. Caller frees. */
char *semantics_names(const char *behaviour);

#endif
