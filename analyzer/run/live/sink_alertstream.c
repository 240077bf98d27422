/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The endless answer of an ISAPI device, whose parts are its alarms (and signs of life). */
#include "live/http_client.h"
#include "live/multipart.h"

#include "live/detach.h"
#include "records/error.h"

#include <string.h>

#define STREAM_PATH "/ISAPI/Event/notification/alertStream"
#define CHUNK_BYTES 16384
#define SILENCE_S 300 /* without a byte for so long the connection is made again */
#define TRY_AGAIN_MS 1000
#define TRY_AGAIN_MAX_MS 10000
#define REFUSED_AGAIN_MS 60000 /* devices lock a user out who gives a wrong password too often */

typedef struct {
    Sink *sink;
    SoupSession *session;
    SoupMessage *message; /* of the answer that is being read */
    GInputStream *stream;
    Multipart *multipart;
    GCancellable *cancel;
    GSource *again; /* NULL: none is due */
    guint wait_ms;
    char *path;
    guint pending; /* calls that will come back */
    bool stopping;
} Stream;

static void connect_to(Stream *stream);

static void stream_free(Stream *stream)
{
    g_clear_object(&stream->stream);
    g_clear_object(&stream->message);
    g_clear_object(&stream->session);
    g_clear_object(&stream->cancel);
    multipart_free(stream->multipart);
    g_free(stream->path);
    g_free(stream);
}

/* At the head of each call that comes back: false when there is nobody left for it. */
static bool still_wanted(Stream *stream)
{
    stream->pending--;
    if (stream->stopping && stream->pending == 0)
        stream_free(stream);
    else if (!stream->stopping)
        return true;
    return false;
}

static gboolean connect_again(gpointer user)
{
    Stream *stream = user;
    g_source_unref(stream->again);
    stream->again = NULL;
    connect_to(stream);
    return G_SOURCE_REMOVE;
}

static void fail(Stream *stream, const char *why)
{
    sink_note(stream->sink, "%s", why);
    if (stream->multipart != NULL && multipart_is_within(stream->multipart))
        sink_count_one(stream->sink, SINK_COUNT_BROKEN);
    sink_hears(stream->sink, false);
    g_clear_object(&stream->stream);
    g_clear_object(&stream->message);
    g_clear_pointer(&stream->multipart, multipart_free);
    stream->again = g_timeout_source_new(stream->wait_ms);
    stream->wait_ms = MIN(2 * stream->wait_ms, TRY_AGAIN_MAX_MS);
    g_source_set_callback(stream->again, connect_again, stream, NULL);
    g_source_attach(stream->again, stream->sink->context);
}

static void take_part(const char *type, GBytes *kept, guint64 length, void *user)
{
    Stream *stream = user;
    SinkMessage *message = sink_message_new(stream->sink);
    message->path = g_strdup(stream->path);
    message->content_type = g_strdup(type);
    message->body = g_bytes_ref(kept);
    message->length = length;
    sink_push(stream->sink, message);
}

static void take_bytes(GObject *source, GAsyncResult *result, gpointer user);

static void read_on(Stream *stream)
{
    stream->pending++;
    g_input_stream_read_bytes_async(stream->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, stream->cancel,
                                    take_bytes, stream);
}

static void take_bytes(GObject *source, GAsyncResult *result, gpointer user)
{
    Stream *stream = user;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish(G_INPUT_STREAM(source), result, &error);
    if (!still_wanted(stream))
        return;
    gsize size = 0;
    const char *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
    if (error == NULL && size > 0 && multipart_feed(stream->multipart, data, size, &error)) {
        stream->wait_ms = TRY_AGAIN_MS;
        read_on(stream);
        return;
    }
    g_autofree char *why =
        g_strdup_printf("the stream ended: %s", error != NULL ? error->message : "the device closed it");
    fail(stream, why);
}

static void take_answer(GObject *session, GAsyncResult *result, gpointer user)
{
    Stream *stream = user;
    g_autoptr(GError) error = NULL;
    g_autoptr(GInputStream) body = soup_session_send_finish(SOUP_SESSION(session), result, &error);
    if (!still_wanted(stream))
        return;
    if (error != NULL) {
        g_autofree char *why = g_strdup_printf("no answer: %s", error->message);
        fail(stream, why);
        return;
    }
    const guint status = soup_message_get_status(stream->message);
    g_autoptr(GHashTable) params = NULL;
    const char *type =
        soup_message_headers_get_content_type(soup_message_get_response_headers(stream->message), &params);
    const char *boundary = params != NULL ? g_hash_table_lookup(params, "boundary") : NULL;
    if (status != SOUP_STATUS_OK || type == NULL || !g_str_has_prefix(type, "multipart/") ||
        boundary == NULL || *boundary == '\0') {
        if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
            stream->wait_ms = REFUSED_AGAIN_MS;
        g_autofree char *why = g_strdup_printf(
            "found the answer %u %s of type %s, expected 200 and multipart/mixed with a boundary", status,
            soup_status_get_phrase(status), type != NULL ? type : "none");
        fail(stream, why);
        return;
    }
    stream->multipart = multipart_new(boundary, stream->sink->limits->body_bytes, take_part, stream);
    stream->stream = g_steal_pointer(&body);
    sink_hears(stream->sink, true);
    read_on(stream);
}

static void connect_to(Stream *stream)
{
    stream->message = http_client_message(stream->sink, "GET", stream->sink->address);
    stream->pending++;
    soup_session_send_async(stream->session, stream->message, G_PRIORITY_DEFAULT, stream->cancel, take_answer,
                            stream);
}

static bool start(Sink *sink, GError **error)
{
    (void)error;
    Stream *stream = g_new0(Stream, 1);
    sink->own = stream;
    stream->sink = sink;
    stream->wait_ms = TRY_AGAIN_MS;
    stream->cancel = g_cancellable_new();
    stream->session = http_client_session(SILENCE_S);
    g_autoptr(GUri) uri = g_uri_parse(sink->spec->address, G_URI_FLAGS_ENCODED, NULL);
    const bool bare = strlen(g_uri_get_path(uri)) <= 1;
    g_autofree char *plain = g_strndup(sink->spec->address, strcspn(sink->spec->address, "#"));
    if (bare && g_str_has_suffix(plain, "/"))
        plain[strlen(plain) - 1] = '\0';
    sink->address = bare ? g_strconcat(plain, STREAM_PATH, NULL) : g_strdup(plain);
    stream->path = g_strdup(bare ? STREAM_PATH : g_uri_get_path(uri));
    connect_to(stream);
    return true;
}

static void stop(Sink *sink)
{
    Stream *stream = sink->own;
    if (stream == NULL)
        return;
    detach(&stream->again);
    stream->stopping = true;
    g_cancellable_cancel(stream->cancel);
    if (stream->pending == 0)
        stream_free(stream); /* else the last call that comes back does */
}

const SinkDriver sink_driver_alertstream = {start, stop};
