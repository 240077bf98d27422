/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system that ran. Members have the names of the keys; fields_engine.c says of each what it means. */
#ifndef VSAUDIT_RESULTS_RECORD_ENGINE_H
#define VSAUDIT_RESULTS_RECORD_ENGINE_H

#include "results/record_parts.h"

/* a file of a system that ran */
typedef struct result_engine_file {
    const json_t *json;
    const char *file, *sha256;
} ResultsEngineFile;

/* what is to be said of a system on one clip */
typedef struct result_engine_note {
    const json_t *json;
    const char *clip, *text;
} ResultsEngineNote;

/* a system that ran, and how it was fed */
typedef struct result_engine {
    const json_t *json;
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
} ResultsEngine;

#endif
