/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sinks: into which a system under test sends its alarms while the harness plays its camera.
 *
 *     SinkSet *sinks = sink_set_start(specs, NULL, &error);      // specs: of SinkSpec * (config/sink_spec.h)
 *     tell_the_product(sink_set_address(sinks, 0));              // "http://127.0.0.1:40123/"
 *     if (!sink_set_wait_ready(sinks, 10 * US_PER_SECOND, &error)) …
 *     while (playing) {
 *         g_autoptr(SinkMessage) message = sink_set_poll(sinks, 100000);
 *         if (message != NULL) …                                 // message->arrived_us: CLOCK_MONOTONIC
 *     }
 *     sink_set_stop(sinks);
 *
 * What arrives is read and time-stamped by threads of the set and waits in a queue that is bounded in
 * messages and in bytes: when nobody polls, or in a flood, later messages are counted and thrown away, and
 * memory stays where it is. All functions may be called from one thread, whichever it is; a set is started
 * after a fork, never before. Everything listens on loopback unless a spec names another address. Nothing
 * here knows what a message means: that is import/alert_message.h. */
#ifndef VSAUDIT_LIVE_SINK_H
#define VSAUDIT_LIVE_SINK_H

#include "config/sink_spec.h"
#include "records/span.h"

typedef struct SinkSet SinkSet;

/* Defaults stand where a member is 0. */
typedef struct {
    guint64 body_bytes;   /* kept of one message; longer ones are cut, which is told; default 1 MiB */
    guint queue_messages; /* that wait to be polled; default 10,000 */
    guint64 queue_bytes;  /* of their bodies; default 64 MiB */
    guint connections;    /* to one web hook at a time: then the oldest is closed; default 256 */
    const char *folder;   /* for a broker’s files; default: that for temporary files */
    int64_t request_us;   /* from a request's head to its end; then it is closed; default 60 s */
} SinkLimits;

typedef struct {
    guint64 number;     /* from 1, in the order in which they went into the queue */
    guint sink;         /* which of the specs */
    const char *id;     /* its id; the set's */
    int64_t begun_us;   /* CLOCK_MONOTONIC in µs (g_get_monotonic_time): when its beginning was there */
    int64_t arrived_us; /* when its last byte was; never before begun_us */
    int64_t wall_us;    /* arrived_us by this machine's clock: µs of the Unix clock */
    char *from;         /* address of who sent it, "192.168.1.7:51612"; NULL: a broker's client, unknown */
    char *method;       /* of a request, "POST"; else NULL */
    char *path;         /* of the request, or the topic; of onvif and alertstream that of the URL */
    char *query;        /* of the request's URL; NULL: none */
    char *content_type; /* as it was said, "application/json"; NULL: not said */
    GBytes *body;       /* as it came, cut at limits.body_bytes; may be empty */
    guint64 length;     /* of the whole body in bytes */
    bool retained; /* mqtt: the broker had kept it from before, so that it says nothing of now: no alarm of a
                      picture that was shown */
} SinkMessage;

typedef struct {
    guint64 messages;        /* that went into the queue */
    guint64 dropped;         /* came when the queue was full */
    guint64 cut;             /* longer than what is kept of one; they are among the messages */
    guint64 refused;         /* without the user, password or token that was asked for */
    guint64 broken;          /* ended before their end, or no message at all */
    guint64 lost;            /* times that a connection to the product or broker was lost */
    int64_t deaf_us;         /* how long in all nothing could arrive, from the first time ready on */
    int64_t clock_offset_us; /* the product's clock minus this machine's, where it was asked (onvif);
                                TIME_UNKNOWN: was not */
} SinkCounts;

/* Starts all sinks (of SinkSpec *; they must outlive the set) or none. HARNESS or INPUT errors name the sink.
 * `limits` NULL: defaults. */
SinkSet *sink_set_start(const GPtrArray *specs, const SinkLimits *limits, GError **error);
/* What to enter in the product, for a sink that listens; for others where it goes to. The set's. */
const char *sink_set_address(const SinkSet *set, guint sink);
/* Waits until every sink can hear: is bound, subscribed, or being answered. False after wait_us, with a
 * HARNESS error that names those that cannot, and why as far as it is known. */
bool sink_set_wait_ready(SinkSet *set, int64_t wait_us, GError **error);
/* The next message, which the caller frees; NULL when none came within wait_us (0: does not wait). Messages
 * of one sink come in the order of their arrival; of several, as they were queued: read arrived_us. */
SinkMessage *sink_set_poll(SinkSet *set, int64_t wait_us);
void sink_set_count(SinkSet *set, guint sink, SinkCounts *counts);
/* What happened beside messages, as sentences: lost connections, refusals, addresses that were changed (the
 * first 20 a sink). Of char *; caller unrefs. */
GPtrArray *sink_set_notes(SinkSet *set, guint sink);
/* Ends subscriptions, connections, threads and a broker that was started. What waits is freed. NULL is fine.
 */
void sink_set_stop(SinkSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SinkSet, sink_set_stop)

void sink_message_free(SinkMessage *message); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SinkMessage, sink_message_free)

#endif
