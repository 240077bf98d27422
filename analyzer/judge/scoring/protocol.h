/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring protocols: named, frozen, versioned. A published protocol is never edited, only succeeded. */
#ifndef VSAUDIT_SCORING_PROTOCOL_H
#define VSAUDIT_SCORING_PROTOCOL_H

#include "language/phrase.h"
#include "records/option.h"

typedef struct {
    const char *id;           /* "eval-2" */
    const OptionRow *options; /* its parameters with their frozen defaults; ended by a NULL name */
    size_t settings_size;
    bool for_scenarios; /* a scenario may name it; the others are the field's own protocols, for comparison */
    const struct EvalRules *rules; /* of those (scoring/eval.h); NULL for the others */
} Protocol;

/* Of scenarios that name none, and of drafts: the newest of ours. */
#define PROTOCOL_DEFAULT "eval-2"

extern const Protocol *const protocol_registry[]; /* NULL-terminated */
/* A protocol that a scenario may name; NULL when there is none of that id. */
const Protocol *protocol_find(const char *id);
/* The text “protocol.ID.title”. Caller frees. */
Phrase *protocol_title(const Protocol *protocol);
/* The rules in words, complete enough to be applied by hand: “protocol.ID.definition”. Caller frees. */
Phrase *protocol_definition(const Protocol *protocol);

#endif
