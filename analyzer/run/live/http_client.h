/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP to a product, for the sinks that go to it: user and password (basic or digest), no redirection to
 * anywhere else, and no more of an answer than is asked for. For the set's thread alone. Inside live/ only.
 */
#ifndef VSAUDIT_LIVE_HTTP_CLIENT_H
#define VSAUDIT_LIVE_HTTP_CLIENT_H

#include "live/sink_internal.h"

#include <libsoup/soup.h>

/* timeout_s: without a byte for so long, an answer has failed. Caller unrefs. */
SoupSession *http_client_session(guint timeout_s);
/* A request that gives the sink's user and password where it is asked for them. NULL where `url` is none.
 * Caller unrefs. The sink must outlive it. */
SoupMessage *http_client_message(Sink *sink, const char *method, const char *url);

/* The whole answer: its body (NULL: it failed, `error` says why, or was cancelled) and the message with its
 * status.
 */
typedef void (*HttpFunction)(SoupMessage *message, GBytes *body, const GError *error, void *user);
/* Sends it and reads at most bytes_max of the answer; more is an error. `then` is called once, also after
 * `cancel`, in the set's thread. */
void http_client_fetch(SoupSession *session, SoupMessage *message, GCancellable *cancel, gsize bytes_max,
                       HttpFunction then, void *user);

#endif
