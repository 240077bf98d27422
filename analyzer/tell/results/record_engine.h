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

/* a system that ran, and how it was fed */
RESULTS_RECORD(engine, ResultsEngine, {
    const char *name, *version, *protocol;
    ResultsStrings command;
    RESULTS_LIST(ResultsEngineFile) files;
    const json_t *settings;
    const char *gives, *starts, *pace;
    int64_t queue;
    const char *drops, *format;
    int64_t width, height;
    double rate;
    int64_t pictures, dropped, restarts;
    RESULTS_LIST(ResultsEngineNote) remarks, failures;
});

/* the network with which a system sees */
typedef struct result_detector {
    const json_t *json;
    const char *model, *sha256, *labels, *labels_sha256;
    const json_t *settings;
} ResultsDetector;

#endif
