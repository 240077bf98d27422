/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems that run: something that is not ours is fed the pictures of a clip and raises alerts. One record a
 * kind; plan, worker and report ask these alone.
 *
 * What such a system *is* (its description) is JSON: "kind", "protocol", "command" (the words as written),
 * "files" ([{"file": as written, "sha256"}], the program's own first), "settings", "gives", "starts", "pace"
 * and, at the pace real-time, "queue" and "drops"; "input" where it is the path of a file; of one that is
 * live the pace is real-time and "live" says how it is shown and heard (systems/live.c), and "called" which
 * one it is, where it runs already. Nothing of this machine is in it but the files' hashes. Two systems of
 * one description are one engine.
 *
 * What it *said* about a clip: "name", "version" (or null), "format", "width" and "height" of the pictures it
 * was shown, "rate" (or null: all), "pictures", "dropped", "remarks"; of one that is live also "live". */
#ifndef VSAUDIT_SYSTEMS_ENGINE_H
#define VSAUDIT_SYSTEMS_ENGINE_H

#include "config/scenario.h"
#include "systems/program_talk.h"

typedef struct {
    const char *kind;
    /* What it is; NULL with an INPUT error (a file that cannot be read). Caller owns. */
    json_t *(*describe)(const SystemSpec *system, GError **error);
    /* How it is started and fed; all but `observed` and `user`. Points into the system; clear with
     * engine_talk_clear. */
    void (*prepare)(const SystemSpec *system, TalkSpec *spec);
    /* Adds what it may read and use; by itself it sees the system's folders and writes into its own. */
    void (*confine)(const SystemSpec *system, SandboxSpec *limits);
    ParamList *(*settings)(const SystemSpec *system); /* caller frees */
    /* Whether it gives observations, at which our own rule looks. */
    bool (*observes)(const SystemSpec *system);
    /* It watches a camera and tells its alarms to sinks, by the clock: prepare and confine are NULL, and its
     * jobs run alone, after all others. */
    bool is_live;
} Engine;

/* NULL for a system that does not run. */
const Engine *engine_of(const SystemSpec *system);
/* The digest of a description. Caller frees. */
char *engine_digest(const json_t *description);
/* What a system that runs is told: settings, names and texts as written. Caller owns. */
json_t *engine_told(const SystemSpec *system);
/* What a program is told, as JSON: a value that is written as a number or a truth value is one. Caller owns.
 */
json_t *engine_settings(const ParamList *settings);
void engine_talk_clear(TalkSpec *spec);
/* Whether a rule of our own looks at the clip: at what we see, or at what it observes. */
bool engine_rule_looks(const SystemSpec *system);

#endif
