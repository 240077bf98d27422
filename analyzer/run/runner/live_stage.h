/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a live system is given: a camera that watches nothing yet, sinks that hear, and itself started where
 * the harness starts it; then the worker is confined. Inside runner/ only. */
#ifndef VSAUDIT_RUNNER_LIVE_STAGE_H
#define VSAUDIT_RUNNER_LIVE_STAGE_H

#include "import/alert_message.h"
#include "live/camera.h"
#include "live/sink.h"
#include "runner/worker.h"
#include "systems/live.h"

typedef struct {
    const SystemSpec *system;
    const LiveOptions *live;
    const Probe *probe; /* of the whole chain; NULL: none */
    AlertMapper *mapper;
    CameraServer *server;
    Camera **cameras; /* the server's, by their number */
    SinkSet *sinks;
    Product *product;      /* NULL: somebody else started it */
    ProductCamera *places; /* of the same, as the product is told them */
    guint lanes;           /* how many */
    char *scratch, *password;
} LiveStage;

/* The camera that is called so, by its name in the address (or the one that it has outside of probes) or its
 * number from 1; -1: none is. */
int live_stage_find(const LiveStage *stage, const char *name);
/* Zeroes and fills it in, in this order; false with an error, whose part so far is to be struck all the
 * same. Confines the process at the end: it may then read the clips of the orders (a chain) alone. */
bool live_stage_set(LiveStage *stage, const WorkerJob *orders, GError **error);
/* Takes leave of the sinks; the product ends with the process group. */
void live_stage_strike(LiveStage *stage);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LiveStage, live_stage_strike)

#endif
