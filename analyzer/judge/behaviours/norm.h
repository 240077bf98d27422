/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The written norm of a rule, in the languages that there are texts for.
 *
 * Of each rule reports/texts/ holds "norm.OWNER." with title, definition (one sentence: what it is), onset
 * and end (when an event begins and ends) and alarm (when it is raised), all of them normative; of a
 * product's words also differs (in which words they depart from this program's own norm). The owner is the
 * behaviour's id, "loitering", and with a product's before it of its words: "frigate.loitering". */
#ifndef VSAUDIT_BEHAVIOURS_NORM_H
#define VSAUDIT_BEHAVIOURS_NORM_H

#include "behaviours/behaviour.h"
#include "language/phrase.h"
#include "language/texts.h"

/* Caller frees. */
char *norm_owner(const Behaviour *rule);
/* One of these parts, in a language. It belongs to the texts. */
const char *norm_text(const Behaviour *rule, const char *part, const Texts *texts);
/* The same to be said in any language; the caller's. */
Phrase *norm_phrase(const Behaviour *rule, const char *part);
/* The same in every language: {"en": …, "fr": …}. New reference. */
json_t *norm_json(const Behaviour *rule, const char *part);
/* What one of a rule's counters is. It belongs to the texts. */
const char *norm_counter(const char *counter, const Texts *texts);

#endif
