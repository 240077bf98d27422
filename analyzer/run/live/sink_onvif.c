/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event service of an ONVIF device: a subscription that is pulled, renewed while it lasts, made again
 * when it is lost, and ended at the end. */
#include "live/http_client.h"
#include "live/soap.h"

#include "live/detach.h"
#include "records/error.h"

#include <string.h>

#define DEVICE_PATH "/onvif/device_service" /* as the specification has it */
#define LEASE_S 60
#define RENEW_EVERY_US (20 * US_PER_SECOND)
#define PULL_WAIT_S 5
#define TIMEOUT_S 20
#define LEAVE_TIMEOUT_S 2
#define TRY_AGAIN_MS 1000
#define TRY_AGAIN_MAX_MS 10000
#define REFUSED_AGAIN_MS 60000        /* devices lock a user out who gives a wrong password too often */
#define ANSWER_BYTES_MIN (256 * 1024) /* room for an answer, however little is kept of a message */

typedef struct {
    Sink *sink;
    SoupSession *session;
    GCancellable *cancel;
    char *device;     /* URL of the device service */
    char *pull_point; /* NULL: not subscribed */
    char *parameters, *path;
    int64_t clock_offset_us, renewed_us, asked_us;
    SoapRequest asked;
    GSource *again; /* NULL: none is due */
    guint wait_ms;
    bool pending, stopping;
} Onvif;

static void ask(Onvif *onvif, SoapRequest request);

static void onvif_free(Onvif *onvif)
{
    g_clear_object(&onvif->session);
    g_clear_object(&onvif->cancel);
    g_free(onvif->device);
    g_free(onvif->pull_point);
    g_free(onvif->parameters);
    g_free(onvif->path);
    g_free(onvif);
}

static gboolean subscribe_again(gpointer user)
{
    Onvif *onvif = user;
    g_source_unref(onvif->again);
    onvif->again = NULL;
    ask(onvif, SOAP_SUBSCRIBE);
    return G_SOURCE_REMOVE;
}

/* `refused`: the answer said so by its status; some say it in words alone. */
static void fail(Onvif *onvif, const char *what, bool refused)
{
    static const char *const names[] = {[SOAP_CLOCK] = "the device’s time",
                                        [SOAP_SUBSCRIBE] = "the subscription",
                                        [SOAP_PULL] = "pulling messages",
                                        [SOAP_RENEW] = "renewing the subscription",
                                        [SOAP_UNSUBSCRIBE] = "the end of the subscription"};
    sink_note(onvif->sink, "%s failed: %s", names[onvif->asked], what);
    if (onvif->asked == SOAP_CLOCK) { /* not every device tells it */
        ask(onvif, SOAP_SUBSCRIBE);
        return;
    }
    if (onvif->asked == SOAP_RENEW) { /* some extend it with each pull instead */
        onvif->renewed_us = g_get_monotonic_time();
        ask(onvif, SOAP_PULL);
        return;
    }
    g_autofree char *lower = g_ascii_strdown(what, -1);
    if (refused || strstr(lower, "authori") != NULL)
        onvif->wait_ms = REFUSED_AGAIN_MS;
    sink_hears(onvif->sink, false);
    g_clear_pointer(&onvif->pull_point, g_free);
    g_clear_pointer(&onvif->parameters, g_free);
    onvif->again = g_timeout_source_new(onvif->wait_ms);
    onvif->wait_ms = MIN(2 * onvif->wait_ms, TRY_AGAIN_MAX_MS);
    g_source_set_callback(onvif->again, subscribe_again, onvif, NULL);
    g_source_attach(onvif->again, onvif->sink->context);
}

static void take_clock(Onvif *onvif, const SoapAnswer *answer)
{
    if (answer->clock_us != TIME_UNKNOWN) {
        /* It says whole seconds: on average it is half a second later; the way there and back is halved. */
        const int64_t way_us = (g_get_monotonic_time() - onvif->asked_us) / 2;
        onvif->clock_offset_us = answer->clock_us + US_PER_SECOND / 2 - (g_get_real_time() - way_us);
        sink_set_clock_offset(onvif->sink, onvif->clock_offset_us);
    }
    ask(onvif, SOAP_SUBSCRIBE);
}

static void take_subscription(Onvif *onvif, SoapAnswer *answer)
{
    bool moved = false;
    g_free(onvif->pull_point);
    onvif->pull_point =
        answer->address != NULL ? soap_keep_host(onvif->sink->spec->address, answer->address, &moved) : NULL;
    if (onvif->pull_point == NULL) {
        fail(onvif, "found no address of the subscription in the answer, expected a URL", false);
        return;
    }
    if (moved)
        sink_note(onvif->sink, "the device says that messages are at %s; they are pulled from %s",
                  answer->address, onvif->pull_point);
    g_free(onvif->parameters);
    onvif->parameters = g_steal_pointer(&answer->parameters);
    onvif->renewed_us = g_get_monotonic_time();
    sink_hears(onvif->sink, true);
    ask(onvif, SOAP_PULL);
}

static void take_messages(Onvif *onvif, GBytes *body, const SoapAnswer *answer)
{
    if (answer->messages > 0) {
        SinkMessage *message = sink_message_new(onvif->sink);
        const gsize size = g_bytes_get_size(body);
        message->path = g_strdup(onvif->path);
        message->content_type = g_strdup("application/soap+xml");
        message->length = size;
        message->body =
            g_bytes_new_from_bytes(body, 0, (gsize)MIN((guint64)size, onvif->sink->limits->body_bytes));
        sink_push(onvif->sink, message);
    }
    onvif->wait_ms = TRY_AGAIN_MS;
    const bool due = g_get_monotonic_time() - onvif->renewed_us >= RENEW_EVERY_US;
    ask(onvif, due ? SOAP_RENEW : SOAP_PULL);
}

static void take_answer(SoupMessage *message, GBytes *body, const GError *error, void *user)
{
    Onvif *onvif = user;
    onvif->pending = false;
    if (onvif->stopping) {
        onvif_free(onvif);
        return;
    }
    SoapAnswer answer = {0};
    g_autoptr(GError) wrong = NULL;
    gsize size = 0;
    const char *bytes = body != NULL ? g_bytes_get_data(body, &size) : NULL;
    const guint status = error == NULL ? soup_message_get_status(message) : 0;
    const bool refused = status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN;
    if (error != NULL) {
        fail(onvif, error->message, false);
    } else if (size == 0 || !soap_read(onvif->asked, bytes, size, &answer, &wrong)) {
        g_autofree char *what =
            g_strdup_printf("found the answer %u %s%s%s", status, soup_status_get_phrase(status),
                            wrong != NULL ? ": " : "", wrong != NULL ? wrong->message : "");
        fail(onvif, what, refused);
    } else if (answer.fault != NULL) {
        fail(onvif, answer.fault, refused);
    } else if (onvif->asked == SOAP_CLOCK) {
        take_clock(onvif, &answer);
    } else if (onvif->asked == SOAP_SUBSCRIBE) {
        take_subscription(onvif, &answer);
    } else if (onvif->asked == SOAP_PULL) {
        take_messages(onvif, body, &answer);
    } else {
        onvif->renewed_us = g_get_monotonic_time();
        ask(onvif, SOAP_PULL);
    }
    soap_answer_clear(&answer);
}

static SoupMessage *write_request(Onvif *onvif, SoapRequest request)
{
    Sink *sink = onvif->sink;
    const char *to = request == SOAP_CLOCK       ? onvif->device
                     : request == SOAP_SUBSCRIBE ? sink->spec->address
                                                 : onvif->pull_point;
    const SoapOptions options = {.to = to,
                                 .parameters = request > SOAP_SUBSCRIBE ? onvif->parameters : NULL,
                                 .user = sink->spec->user,
                                 .password = sink->password,
                                 .clock_offset_us = onvif->clock_offset_us,
                                 .lease_s = LEASE_S,
                                 .wait_s = PULL_WAIT_S};
    SoupMessage *message = http_client_message(sink, "POST", to);
    g_autofree char *text = soap_write(request, &options);
    g_autofree char *type =
        g_strdup_printf("application/soap+xml; charset=utf-8; action=\"%s\"", soap_action(request));
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    soup_message_set_request_body_from_bytes(message, type, bytes);
    return message;
}

static void ask(Onvif *onvif, SoapRequest request)
{
    onvif->asked = request;
    onvif->pending = true;
    onvif->asked_us = g_get_monotonic_time();
    g_autoptr(SoupMessage) message = write_request(onvif, request);
    const gsize most = (gsize)MAX(onvif->sink->limits->body_bytes, (guint64)ANSWER_BYTES_MIN);
    http_client_fetch(onvif->session, message, onvif->cancel, most, take_answer, onvif);
}

static bool start(Sink *sink, GError **error)
{
    (void)error;
    Onvif *onvif = g_new0(Onvif, 1);
    sink->own = onvif;
    sink->address = g_strdup(sink->spec->address);
    onvif->sink = sink;
    onvif->wait_ms = TRY_AGAIN_MS;
    onvif->cancel = g_cancellable_new();
    onvif->session = http_client_session(TIMEOUT_S);
    g_autoptr(GUri) uri = g_uri_parse(sink->spec->address, G_URI_FLAGS_ENCODED, NULL);
    onvif->path = g_strdup(g_uri_get_path(uri));
    onvif->device = g_uri_join(G_URI_FLAGS_ENCODED, g_uri_get_scheme(uri), NULL, g_uri_get_host(uri),
                               g_uri_get_port(uri), DEVICE_PATH, NULL, NULL);
    ask(onvif, SOAP_CLOCK);
    return true;
}

/* In a session of its own: that of the subscription is being ended. */
static void unsubscribe(Onvif *onvif)
{
    g_autoptr(SoupSession) session = http_client_session(LEAVE_TIMEOUT_S);
    g_autoptr(SoupMessage) message = write_request(onvif, SOAP_UNSUBSCRIBE);
    g_autoptr(GInputStream) answer = soup_session_send(session, message, NULL, NULL);
    if (answer == NULL || soup_message_get_status(message) >= 400)
        sink_note(onvif->sink, "the device did not end the subscription; it ends by itself within %d s",
                  LEASE_S);
}

static void stop(Sink *sink)
{
    Onvif *onvif = sink->own;
    if (onvif == NULL)
        return;
    detach(&onvif->again);
    onvif->stopping = true;
    g_cancellable_cancel(onvif->cancel);
    if (onvif->pull_point != NULL)
        unsubscribe(onvif);
    if (!onvif->pending)
        onvif_free(onvif); /* else the call that comes back does */
}

const SinkDriver sink_driver_onvif = {start, stop};
