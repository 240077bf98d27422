/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule engine that is a program of somebody else's: it reads what was observed on its standard input and
 * prints alerts in one of the native forms (truth/truth.h), or nothing when there is none. It is confined as
 * programs under test are (sandbox/sandbox.h). */
#ifndef VSAUDIT_SYSTEMS_EXTERNAL_H
#define VSAUDIT_SYSTEMS_EXTERNAL_H

#include <glib.h>
#include <stdint.h>

typedef struct {
    char **argv;              /* the program and its arguments */
    double timeout_s;         /* after which it is ended */
    const char *vectors;      /* the folder that holds what it is to answer: no interpreter's files */
    const char *scratch;      /* the folder that it may write into */
    const char *const *reads; /* files and folders that it reads besides, NULL-terminated; NULL: none. Words
                                 of argv that are files are found by themselves */
} ExternalProgram;

/* Starts the program, gives it `input`, reads its alerts of `behaviour` on `clip` (of Alert *, in order; the
 * caller unrefs). An alert without an end ends at end_us. NULL with an INPUT error when it cannot be started,
 * fails, takes too long, or prints something else; the message does not name the program. */
GPtrArray *external_ask(const ExternalProgram *program, const char *input, const char *clip,
                        const char *behaviour, int64_t end_us, GError **error);

#endif
