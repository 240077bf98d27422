/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference as a system that runs: our own eyes and rules, shown one picture after the other, that say
 * what they alert as a plug-in does (vsaudit/system.h). Behind the protocol it is a program, behind the C
 * interface a plug-in: whoever builds a system has one that works to compare with, and these ways of asking
 * have one whose alerts are known. */
#ifndef VSAUDIT_RUNNER_REFERENCE_EYES_H
#define VSAUDIT_RUNNER_REFERENCE_EYES_H

#include "media/replay.h"
#include "vsaudit/system.h"

#include <jansson.h>

typedef struct ReferenceEyes ReferenceEyes;

/* `settings`, a JSON object, are the rule's parameters; those that begin with “perception.” are the
 * perception's. NULL with an INPUT error when one of the perception's is wrong. */
ReferenceEyes *reference_eyes_new(const json_t *settings, GError **error);
void reference_eyes_free(ReferenceEyes *eyes); /* NULL is fine */
/* Which pictures it asks for: their width at most, and how many a second. */
ReplayRequest reference_eyes_request(const ReferenceEyes *eyes);
/* A clip begins, with the behaviours that are asked for as system/1 tells them. False with an INPUT error for
 * one without a rule, or whose parameters are wrong. */
bool reference_eyes_begin(ReferenceEyes *eyes, const json_t *behaviours, double aspect, GError **error);
/* A picture with luma and colour, between begin and end. What is decided by it is said at once. */
bool reference_eyes_show(ReferenceEyes *eyes, const ReplayFrame *frame, const VsauditSystemEmit *emit,
                         GError **error);
/* The clip is over: how its alerts end is said now, since a rule may change it until then. */
void reference_eyes_end(ReferenceEyes *eyes, int64_t end_us, const VsauditSystemEmit *emit);

#endif
