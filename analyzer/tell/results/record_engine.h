/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system that ran, or that sees with a network. Members have the names of the keys; fields_engine.c says of
 * each what it means. */
#ifndef VSAUDIT_RESULTS_RECORD_ENGINE_H
#define VSAUDIT_RESULTS_RECORD_ENGINE_H

#include "results/record_parts.h"

/* a file of a system that ran */
RESULTS_RECORD(engine_file, ResultsEngineFile, { const char *file, *sha256; });

/* what is to be said of a system on one clip */
RESULTS_RECORD(engine_note, ResultsEngineNote, { const char *clip, *text; });

/* how a live system was shown the clips, and what was heard of it */
RESULTS_RECORD(engine_live, ResultsEngineLive, {
    const char *transport;
    ResultsStrings sinks;
    int64_t warm_up_us, settle_us, drain_us, connect_us, flashes;
    int64_t delay_us, own_us, clock_offset_us;
    int64_t messages, ignored, nothing, wrong, retained;
    int64_t outside, on_before, late, doubled, alone, unasked, disordered;
    int64_t cut, dropped, refused, broken, sink_losses, deaf_us;
    int64_t losses, away_us, late_most_us, recoded, early, cameras, unplaced;
});

/* a system that ran, and how it was fed */
RESULTS_RECORD(engine, ResultsEngine, {
    const char *name, *version, *protocol;
    ResultsStrings command;
    RESULTS_LIST(ResultsEngineFile) files;
    const json_t *settings;
    const char *input, *gives, *starts, *pace;
    int64_t queue;
    const char *drops, *format;
    int64_t width, height;
    double rate;
    int64_t pictures, dropped, restarts, network_refused;
    RESULTS_LIST(ResultsEngineNote) remarks, failures;
    ResultsEngineLive live;
});

/* the network with which a system sees */
typedef struct result_detector {
    const json_t *json;
    const char *model, *sha256, *labels, *labels_sha256;
    const json_t *settings;
} ResultsDetector;

#endif
