/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/http_client.h"

#include "records/error.h"

#define CHUNK_BYTES 16384

SoupSession *http_client_session(guint timeout_s)
{
    SoupSession *session = soup_session_new_with_options("user-agent", "vsaudit", "timeout", timeout_s, NULL);
    return session;
}

static gboolean authenticate(SoupMessage *message, SoupAuth *auth, gboolean again, gpointer user)
{
    (void)message;
    const Sink *sink = user;
    if (sink->spec->user == NULL || sink->password == NULL || again || soup_auth_is_for_proxy(auth))
        return FALSE;
    soup_auth_authenticate(auth, sink->spec->user, sink->password);
    return TRUE;
}

static gboolean accept_any(SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags faults,
                           gpointer user)
{
    (void)message, (void)certificate, (void)faults, (void)user;
    return TRUE;
}

SoupMessage *http_client_message(Sink *sink, const char *method, const char *url)
{
    SoupMessage *message = soup_message_new(method, url);
    if (message == NULL)
        return NULL;
    soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT);
    g_signal_connect(message, "authenticate", G_CALLBACK(authenticate), sink);
    if (sink->spec->any_certificate)
        g_signal_connect(message, "accept-certificate", G_CALLBACK(accept_any), NULL);
    return message;
}

typedef struct {
    SoupMessage *message;
    GInputStream *stream;
    GCancellable *cancel;
    gsize bytes_max;
    GByteArray *bytes;
    HttpFunction then;
    void *user;
} Fetch;

static void end(Fetch *fetch, const GError *error)
{
    g_autoptr(GBytes) body =
        error == NULL ? g_byte_array_free_to_bytes(g_steal_pointer(&fetch->bytes)) : NULL;
    fetch->then(fetch->message, body, error, fetch->user);
    g_clear_pointer(&fetch->bytes, g_byte_array_unref);
    g_clear_object(&fetch->stream);
    g_object_unref(fetch->message);
    g_object_unref(fetch->cancel);
    g_free(fetch);
}

static void take_bytes(GObject *stream, GAsyncResult *result, gpointer user)
{
    Fetch *fetch = user;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish(G_INPUT_STREAM(stream), result, &error);
    const gsize size = chunk != NULL ? g_bytes_get_size(chunk) : 0;
    if (size > fetch->bytes_max - fetch->bytes->len)
        g_set_error(&error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "found an answer of more than %zu bytes",
                    fetch->bytes_max);
    if (error != NULL || size == 0) {
        end(fetch, error);
        return;
    }
    g_byte_array_append(fetch->bytes, g_bytes_get_data(chunk, NULL), (guint)size);
    g_input_stream_read_bytes_async(fetch->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, fetch->cancel, take_bytes,
                                    fetch);
}

static void take_stream(GObject *session, GAsyncResult *result, gpointer user)
{
    Fetch *fetch = user;
    g_autoptr(GError) error = NULL;
    fetch->stream = soup_session_send_finish(SOUP_SESSION(session), result, &error);
    if (error != NULL)
        end(fetch, error);
    else
        g_input_stream_read_bytes_async(fetch->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, fetch->cancel,
                                        take_bytes, fetch);
}

void http_client_fetch(SoupSession *session, SoupMessage *message, GCancellable *cancel, gsize bytes_max,
                       HttpFunction then, void *user)
{
    Fetch *fetch = g_new0(Fetch, 1);
    fetch->message = g_object_ref(message);
    fetch->cancel = g_object_ref(cancel);
    fetch->bytes_max = bytes_max;
    fetch->bytes = g_byte_array_new();
    fetch->then = then;
    fetch->user = user;
    soup_session_send_async(session, message, G_PRIORITY_DEFAULT, cancel, take_stream, fetch);
}
