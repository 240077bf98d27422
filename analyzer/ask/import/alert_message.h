/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single messages of a live system, read with an alert map: the same paths, words, states and scales as of a
 * log. Nothing is asked of a dataset: there is one camera, whose clip the harness plays; a camera that the
 * message names is translated and handed on. A message may hold no row, one, or several. */
#ifndef VSAUDIT_IMPORT_ALERT_MESSAGE_H
#define VSAUDIT_IMPORT_ALERT_MESSAGE_H

#include "import/alert_join.h"
#include "records/problems.h"

#include <stdint.h>

typedef struct AlertMapper AlertMapper;

/* Reads the map. NULL after having reported. A clock's time without an offset from UTC needs the map's zone.
 */
AlertMapper *alert_mapper_load(const char *path, Problems *problems);
void alert_mapper_free(AlertMapper *mapper); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AlertMapper, alert_mapper_free)

/* Whether alerts of that behaviour can come of it. */
bool alert_mapper_gives(const AlertMapper *mapper, const char *behaviour);

/* A message as it came; all but name, bytes and length may be NULL. */
typedef struct {
    const char *name; /* stands in what is said of it: "message 12" */
    const char *sink, *from, *method;
    const char *topic, *path, *query;
    const char *content_type;
    const char *bytes;
    gsize length;
    bool cut; /* not all of it was kept: it is not read */
} AlertMessage;

typedef enum {
    MAPPED_ALERT,   /* all below is filled in */
    MAPPED_IGNORED, /* a row that the map says to ignore */
    MAPPED_NOTHING, /* the message holds no row */
    MAPPED_WRONG,   /* the map does not say how to read it: why */
} MappedKind;

typedef struct {
    MappedKind kind;
    char *why;             /* WRONG: a sentence; else NULL */
    const char *behaviour; /* the mapper's */
    AlertState state;
    Joined joined; /* which alert of this mapper it belongs to */
    char *id, *camera,
        *clip;               /* NULL: not said; camera and clip by the dataset's names, as the map has them */
    char *label, *note;      /* NULL: not said */
    double confidence;       /* 0..1; NAN: not said */
    int64_t time_us, end_us; /* the message's own; µs of the Unix clock, or, when the map's times count from
                                a first frame, since then; TIME_UNKNOWN: not said */
    bool disordered;         /* its time is before that of an earlier message of the same sink */
} MappedAlert;

/* What the message says: of MappedAlert *, at least one; caller unrefs. A body is JSON, a form (its fields,
 * and those of the query, are the keys of an object), plain text (the key “text”), or XML where the map says
 * so. */
GPtrArray *alert_mapper_read(AlertMapper *mapper, const AlertMessage *message);
const char *mapped_kind_name(MappedKind kind); /* "alert", "ignored", "nothing", "wrong" */
/* Alerts that began and have not ended. */
guint alert_mapper_open(const AlertMapper *mapper);

#endif
