/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The web hook: an HTTP server that takes whatever is sent to it, and answers 200 at once. */
#include "live/multipart.h"
#include "live/sink_internal.h"
#include "records/free.h"

#include "live/detach.h"
#include "records/error.h"

#include <string.h>

#include <libsoup/soup.h>

#define BACKLOG 1024
#define LOOK_EVERY_S 5 /* for requests that never end */

typedef struct {
    Sink *sink;
    SoupServer *server;
    GQueue connections; /* of SoupServerMessage *, oldest first: each stands for a connection */
    GSource *timer;
} Webhook;

/* What is kept of a request while it arrives. */
typedef struct {
    GByteArray *kept;
    guint64 length;
    int64_t begun_us;
    bool whole;
} Arriving;

static const char arriving_key[] = "vsaudit-arriving";

DEFINE_DESTROY(arriving_free, Arriving, arriving, g_byte_array_unref(arriving->kept))

static Arriving *arriving_of(SoupServerMessage *message)
{
    return g_object_get_data(G_OBJECT(message), arriving_key);
}

static void take_chunk(SoupServerMessage *message, GBytes *chunk, gpointer user)
{
    const Webhook *hook = user;
    Arriving *arriving = arriving_of(message);
    gsize size = 0;
    const void *bytes = g_bytes_get_data(chunk, &size);
    const guint64 room = hook->sink->limits->body_bytes - arriving->kept->len;
    g_byte_array_append(arriving->kept, bytes, (guint)MIN((guint64)size, room));
    arriving->length += size;
}

/* The head is there: the body is kept by take_chunk as far as it may be, and not by libsoup. */
static void take_head(SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                      gpointer user)
{
    (void)server, (void)path, (void)query;
    Arriving *arriving = g_new0(Arriving, 1);
    arriving->kept = g_byte_array_new();
    arriving->begun_us = g_get_monotonic_time();
    g_object_set_data_full(G_OBJECT(message), arriving_key, arriving, arriving_free);
    soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
    g_signal_connect(message, "got-chunk", G_CALLBACK(take_chunk), user);
}

static bool holds_token(const char *path, const char *token)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    return token == NULL || g_strv_contains((const char *const *)parts, token);
}

/* A SoupAuthDomain would do, but with one the handler of heads is not called. */
static bool is_authorised(SoupServerMessage *message, const Sink *sink)
{
    if (sink->spec->user == NULL)
        return true;
    const char *header =
        soup_message_headers_get_one(soup_server_message_get_request_headers(message), "Authorization");
    if (header == NULL || g_ascii_strncasecmp(header, "Basic ", 6) != 0)
        return false;
    gsize length = 0;
    g_autofree guchar *given = g_base64_decode(header + 6, &length);
    g_autofree char *wanted = g_strdup_printf("%s:%s", sink->spec->user, sink->password);
    return length == strlen(wanted) && memcmp(given, wanted, length) == 0;
}

static char *name_address(GSocketAddress *address)
{
    return G_IS_SOCKET_CONNECTABLE(address) ? g_socket_connectable_to_string(G_SOCKET_CONNECTABLE(address))
                                            : NULL;
}

static SinkMessage *message_of(const Webhook *hook, SoupServerMessage *message, const char *path,
                               const Arriving *arriving)
{
    SinkMessage *arrived = sink_message_new(hook->sink);
    arrived->begun_us = arriving->begun_us;
    arrived->from = name_address(soup_server_message_get_remote_address(message));
    arrived->method = g_strdup(soup_server_message_get_method(message));
    const char *query = g_uri_get_query(soup_server_message_get_uri(message));
    arrived->path = g_utf8_make_valid(path, -1); /* %ff stands for any byte */
    arrived->query = query != NULL ? g_utf8_make_valid(query, -1) : NULL;
    return arrived;
}

/* A request of several parts: an alarm and its picture, say. */
typedef struct {
    const Webhook *hook;
    SoupServerMessage *message;
    const char *path;
    const Arriving *arriving;
    guint pushed, passed;
} Parts;

static bool is_words(const char *type)
{
    return type == NULL || g_str_has_prefix(type, "text/") || strstr(type, "json") != NULL ||
           strstr(type, "xml") != NULL || g_str_has_prefix(type, "application/x-www-form-urlencoded");
}

static void push_part(const char *type, GBytes *kept, guint64 length, void *user)
{
    Parts *parts = user;
    if (!is_words(type)) {
        parts->passed++;
        return;
    }
    SinkMessage *part = message_of(parts->hook, parts->message, parts->path, parts->arriving);
    part->content_type = g_strdup(type);
    part->body = g_bytes_ref(kept);
    part->length = length;
    sink_push(parts->hook->sink, part);
    parts->pushed++;
}

/* Each part that holds words is a message of its own; false: there is none. */
static bool push_parts(const Webhook *hook, SoupServerMessage *message, const char *path,
                       const Arriving *arriving, const char *boundary)
{
    Parts parts = {hook, message, path, arriving, 0, 0};
    Multipart *multipart = multipart_new(boundary, hook->sink->limits->body_bytes, push_part, &parts);
    const char *bytes = arriving->kept->len > 0 ? (const char *)arriving->kept->data : "";
    multipart_feed(multipart, bytes, arriving->kept->len, NULL);
    parts.passed += multipart_is_within(multipart); /* the last one was cut */
    multipart_free(multipart);
    if (parts.pushed > 0 && parts.passed > 0)
        sink_note(hook->sink, "requests held parts beside words, such as pictures: those are passed over");
    return parts.pushed > 0;
}

static void push_request(const Webhook *hook, SoupServerMessage *message, const char *path,
                         const Arriving *arriving)
{
    SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
    g_autoptr(GHashTable) params = NULL;
    const char *type = soup_message_headers_get_content_type(headers, &params);
    const char *boundary = params != NULL ? g_hash_table_lookup(params, "boundary") : NULL;
    if (type != NULL && g_str_has_prefix(type, "multipart/") && boundary != NULL && *boundary != '\0' &&
        push_parts(hook, message, path, arriving, boundary))
        return;
    SinkMessage *arrived = message_of(hook, message, path, arriving);
    arrived->content_type = g_strdup(soup_message_headers_get_one(headers, "Content-Type"));
    arrived->length = arriving->length;
    arrived->body = g_bytes_new(arriving->kept->data, arriving->kept->len);
    sink_push(hook->sink, arrived);
}

/* The whole request is there. */
static void take_request(SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                         gpointer user)
{
    (void)server, (void)query;
    const Webhook *hook = user;
    Arriving *arriving = arriving_of(message);
    g_return_if_fail(arriving != NULL);
    if (!is_authorised(message, hook->sink)) {
        soup_message_headers_append(soup_server_message_get_response_headers(message), "WWW-Authenticate",
                                    "Basic realm=\"vsaudit\"");
        soup_server_message_set_status(message, SOUP_STATUS_UNAUTHORIZED, NULL);
        return;
    }
    if (!holds_token(path, hook->sink->spec->token)) {
        soup_server_message_set_status(message, SOUP_STATUS_NOT_FOUND, NULL);
        return;
    }
    arriving->whole = true;
    soup_server_message_set_status(message, SOUP_STATUS_OK, NULL);
    push_request(hook, message, path, arriving);
}

/* ---- connections that hold on to their place */

static void close_connection(Webhook *hook, SoupServerMessage *message, const char *why)
{
    GSocket *socket = soup_server_message_get_socket(message);
    g_autofree char *from = name_address(soup_server_message_get_remote_address(message));
    sink_note(hook->sink, "closed a connection from %s: %s", from != NULL ? from : "somewhere", why);
    sink_count_one(hook->sink, SINK_COUNT_BROKEN);
    if (socket != NULL) /* libsoup sees its end, and lets go of it */
        g_socket_shutdown(socket, TRUE, TRUE, NULL);
}

/* libsoup lets go of some connections without a word, so the queue hears of that from the object itself. */
static void forget(gpointer user, GObject *gone)
{
    Webhook *hook = user;
    g_queue_remove(&hook->connections, gone);
}

/* Takes it from the queue; false: it was no longer there. */
static bool take_from_queue(Webhook *hook, SoupServerMessage *message)
{
    if (!g_queue_remove(&hook->connections, message))
        return false;
    g_object_weak_unref(G_OBJECT(message), forget, hook);
    return true;
}

static void connection_begins(SoupServer *server, SoupServerMessage *message, gpointer user)
{
    (void)server;
    Webhook *hook = user;
    g_queue_push_tail(&hook->connections, message);
    g_object_weak_ref(G_OBJECT(message), forget, hook);
    if (hook->connections.length > hook->sink->limits->connections) {
        g_autofree char *why =
            g_strdup_printf("of more than %u connections it had waited longest without a whole request",
                            hook->sink->limits->connections);
        SoupServerMessage *oldest = g_queue_peek_head(&hook->connections);
        take_from_queue(hook, oldest);
        close_connection(hook, oldest, why);
    }
}

static void connection_ends(SoupServer *server, SoupServerMessage *message, gpointer user)
{
    (void)server;
    Webhook *hook = user;
    if (!take_from_queue(hook, message))
        return;
    const Arriving *arriving = arriving_of(message);
    if (arriving != NULL && !arriving->whole)
        sink_count_one(hook->sink, SINK_COUNT_REFUSED);
}

static void connection_breaks(SoupServer *server, SoupServerMessage *message, gpointer user)
{
    (void)server;
    Webhook *hook = user;
    if (!take_from_queue(hook, message))
        return;
    const Arriving *arriving = arriving_of(message);
    if (arriving != NULL && !arriving->whole) {
        sink_count_one(hook->sink, SINK_COUNT_BROKEN);
        sink_note(hook->sink, "a request ended before its end: %" G_GUINT64_FORMAT " bytes had come",
                  arriving->length);
    }
}

static gboolean close_endless(gpointer user)
{
    Webhook *hook = user;
    const int64_t before = g_get_monotonic_time() - hook->sink->limits->request_us;
    for (GList *at = hook->connections.head, *next = NULL; at != NULL; at = next) {
        next = at->next;
        const Arriving *arriving = arriving_of(at->data);
        if (arriving == NULL || arriving->begun_us > before)
            continue;
        SoupServerMessage *message = at->data;
        take_from_queue(hook, message);
        close_connection(hook, message, "its request did not end in time");
    }
    return G_SOURCE_CONTINUE;
}

/* ---- start and stop */

static GSocketAddress *find_address(const Sink *sink, GError **error)
{
    g_autofree char *host = NULL;
    guint port = 0;
    g_autoptr(GSocketAddress) address =
        sink_spec_host(sink->spec, &host, &port)
            ? g_inet_socket_address_new_from_string(strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, port)
            : NULL;
    if (address == NULL)
        g_set_error(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
            "%s: found the address “%s”, expected the IP address of one of this machine’s interfaces, "
            "and a port",
            sink->id, sink->spec->address);
    return g_steal_pointer(&address);
}

/* With room for many who come at once: those for whom there is none try again a second later, and a second is
 * what is measured here. */
static GSocket *listen_at(GSocketAddress *address, GError **error)
{
    g_autoptr(GSocket) socket = g_socket_new(g_socket_address_get_family(address), G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);
    if (socket == NULL)
        return NULL;
    g_socket_set_listen_backlog(socket, BACKLOG);
    return g_socket_bind(socket, address, TRUE, error) && g_socket_listen(socket, error)
               ? g_steal_pointer(&socket)
               : NULL;
}

static char *describe_address(const Webhook *hook)
{
    GSList *uris = soup_server_get_uris(hook->server);
    GUri *uri = uris->data;
    const char *host = g_uri_get_host(uri), *token = hook->sink->spec->token;
    const bool any = strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    g_autofree char *shown = strchr(host, ':') != NULL && !any ? g_strdup_printf("[%s]", host)
                                                               : g_strdup(any ? g_get_host_name() : host);
    char *text = g_strdup_printf("http://%s:%d/%s", shown, g_uri_get_port(uri), token != NULL ? token : "");
    g_slist_free_full(uris, (GDestroyNotify)g_uri_unref);
    return text;
}

static bool start(Sink *sink, GError **error)
{
    Webhook *hook = g_new0(Webhook, 1);
    sink->own = hook;
    hook->sink = sink;
    g_autoptr(GSocketAddress) address = find_address(sink, error);
    if (address == NULL)
        return false;
    hook->server = soup_server_new("server-header", "vsaudit", NULL);
    g_signal_connect(hook->server, "request-started", G_CALLBACK(connection_begins), hook);
    g_signal_connect(hook->server, "request-finished", G_CALLBACK(connection_ends), hook);
    g_signal_connect(hook->server, "request-aborted", G_CALLBACK(connection_breaks), hook);
    soup_server_add_early_handler(hook->server, NULL, take_head, hook, NULL);
    soup_server_add_handler(hook->server, NULL, take_request, hook, NULL);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GSocket) socket = listen_at(address, &cause);
    if (socket == NULL || !soup_server_listen_socket(hook->server, socket, 0, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot listen at %s: %s", sink->id,
                    sink->spec->address != NULL ? sink->spec->address : "127.0.0.1", cause->message);
        return false;
    }
    sink->address = describe_address(hook);
    hook->timer = g_timeout_source_new_seconds(LOOK_EVERY_S);
    g_source_set_callback(hook->timer, close_endless, hook, NULL);
    g_source_attach(hook->timer, sink->context);
    sink_hears(sink, true);
    return true;
}

static void stop(Sink *sink)
{
    Webhook *hook = sink->own;
    if (hook == NULL)
        return;
    detach(&hook->timer);
    if (hook->server != NULL) {
        g_signal_handlers_disconnect_by_data(hook->server, hook);
        soup_server_disconnect(hook->server);
    }
    while (hook->connections.length > 0)
        take_from_queue(hook, g_queue_peek_head(&hook->connections));
    g_clear_object(&hook->server);
    g_free(hook);
}

const SinkDriver sink_driver_webhook = {start, stop};
