/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of sinks share: each is a SinkDriver in a file of its own, named in sink_drivers.c. Inside
 * live/ only. */
#ifndef VSAUDIT_LIVE_SINK_INTERNAL_H
#define VSAUDIT_LIVE_SINK_INTERNAL_H

#include "live/sink.h"

typedef struct Sink Sink;

typedef struct {
    /* Both run in the set's thread, whose main context is the thread's default. start must not block: what
     * takes time goes on in the context, and sink_set_hearing tells when it is there. It sets sink->address
     * and sink->own. stop is called once after a start, also after one that failed; it ends and frees
     * sink->own, and may take some seconds to take leave. */
    bool (*start)(Sink *sink, GError **error);
    void (*stop)(Sink *sink);
} SinkDriver;

extern const SinkDriver *const sink_drivers[SINK_KINDS];

struct Sink {
    SinkSet *set;
    guint index;
    const SinkSpec *spec;
    const char *id;
    const SinkLimits *limits;
    GMainContext *context; /* the set's thread's */
    char *password;        /* NULL: none */
    char *address;         /* the driver's to set */
    void *own;             /* the driver's */
};

/* The following may be called from any thread. */

/* A message that arrived now (g_get_monotonic_time), body empty. */
SinkMessage *sink_message_new(const Sink *sink);
/* Queues it, or counts it as dropped; takes it. */
void sink_push(Sink *sink, SinkMessage *message);
/* Whether messages can arrive from now on. True after false ends a time of deafness; false after true counts
 * as a lost connection. */
void sink_hears(Sink *sink, bool hears);
typedef enum { SINK_COUNT_REFUSED, SINK_COUNT_BROKEN } SinkCounter;
void sink_count_one(Sink *sink, SinkCounter which);
void sink_set_clock_offset(Sink *sink, int64_t offset_us);
/* Notes what happened; kept as said in sink.h. */
void sink_note(Sink *sink, const char *format, ...) G_GNUC_PRINTF(2, 3);

extern const SinkDriver sink_driver_webhook, sink_driver_mqtt, sink_driver_onvif, sink_driver_alertstream;

#endif
