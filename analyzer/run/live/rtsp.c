/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/rtsp.h"

#include <string.h>

#define MOST_BODY RTSP_MAX_REQUEST

void rtsp_request_clear(RtspRequest *request)
{
    g_clear_pointer(&request->method, g_free);
    g_clear_pointer(&request->url, g_free);
    g_clear_pointer(&request->camera, g_free);
    g_clear_pointer(&request->cseq, g_free);
    g_clear_pointer(&request->headers, soup_message_headers_unref);
}

const char *rtsp_header(const RtspRequest *request, const char *name)
{
    return soup_message_headers_get_one(request->headers, name);
}

/* ---- requests */

/* The first part of the path: "rtsp://host:554/hall/streamid=0" -> "hall". */
static char *find_camera(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    if (uri == NULL)
        return NULL;
    g_auto(GStrv) parts = g_strsplit(g_uri_get_path(uri), "/", 3);
    const bool named = parts[0] != NULL && parts[1] != NULL && *parts[1] != '\0';
    return named ? g_strdup(parts[1]) : NULL;
}

static bool is_token(const char *word)
{
    const char *at = word;
    while (g_ascii_isalpha(*at) || *at == '_' || *at == '-')
        at++;
    return at > word && *at == '\0';
}

/* "METHOD URL RTSP/1.0" */
static bool read_first_line(const char *head, RtspRequest *request)
{
    g_autofree char *line = g_strndup(head, strcspn(head, "\r\n"));
    g_auto(GStrv) words = g_strsplit(line, " ", 4);
    if (g_strv_length(words) != 3 || !is_token(words[0]) || *words[1] == '\0' ||
        !g_str_has_prefix(words[2], "RTSP/1.") || !g_utf8_validate(words[1], -1, NULL))
        return false;
    request->method = g_strdup(words[0]);
    request->url = g_strdup(words[1]);
    request->camera = find_camera(words[1]);
    return true;
}

static bool read_head(const uint8_t *bytes, size_t size, RtspRequest *request)
{
    if (memchr(bytes, '\0', size) != NULL)
        return false;
    g_autofree char *head = g_strndup((const char *)bytes, size);
    request->headers = soup_message_headers_new(SOUP_MESSAGE_HEADERS_REQUEST);
    if (!read_first_line(head, request) || !soup_headers_parse(head, (int)size, request->headers))
        return false;
    const char *cseq = rtsp_header(request, "CSeq");
    if (cseq != NULL && *cseq != '\0' && strspn(cseq, "0123456789") == strlen(cseq) && strlen(cseq) <= 10)
        request->cseq = g_strdup(cseq);
    return true;
}

static RtspTaken take_request(const uint8_t *bytes, size_t size, RtspRequest *request, size_t *used)
{
    const size_t within = MIN(size, RTSP_MAX_REQUEST);
    const uint8_t *end = memmem(bytes, within, "\r\n\r\n", 4);
    if (end == NULL)
        return size >= RTSP_MAX_REQUEST ? RTSP_LONG : RTSP_MORE;
    const size_t head = (size_t)(end - bytes) + 4;
    /* soup wants the last header's line end, and not the empty line */
    if (!read_head(bytes, head - 2, request)) {
        rtsp_request_clear(request);
        return RTSP_BAD;
    }
    guint64 body = 0;
    const char *length = rtsp_header(request, "Content-Length");
    const bool readable =
        length == NULL || g_ascii_string_to_unsigned(length, 10, 0, G_MAXINT64, &body, NULL);
    if (readable && body <= MOST_BODY && size - head >= body) {
        *used = head + (size_t)body;
        return RTSP_REQUEST;
    }
    rtsp_request_clear(request);
    return !readable ? RTSP_BAD : (body > MOST_BODY ? RTSP_LONG : RTSP_MORE);
}

RtspTaken rtsp_take(const uint8_t *bytes, size_t size, RtspRequest *request, int *channel, size_t *used)
{
    size_t at = 0;
    *used = 0;
    *request = (RtspRequest){0};
    while (at < size && at < 8 && (bytes[at] == '\r' || bytes[at] == '\n')) /* between requests */
        at++;
    if (at > 0) { /* empty lines, which some send to stay: they are taken alone, however many there are */
        *used = at;
        *channel = -1;
        return RTSP_DATA;
    }
    if (size == 0)
        return RTSP_MORE;
    if (bytes[0] != '$')
        return g_ascii_isalpha(bytes[0]) ? take_request(bytes, size, request, used) : RTSP_BAD;
    const size_t length = size >= 4 ? (size_t)bytes[2] << 8 | bytes[3] : 0;
    if (size < 4 || size - 4 < length)
        return RTSP_MORE;
    *channel = bytes[1];
    *used = 4 + length;
    return RTSP_DATA;
}

/* ---- transports */

/* "8000-8001", or "8000" alone, which means the next one too. */
static bool read_pair(const char *text, unsigned most, int pair[2])
{
    g_auto(GStrv) parts = g_strsplit(text, "-", 2);
    guint64 first, second;
    if (!g_ascii_string_to_unsigned(parts[0], 10, 0, most, &first, NULL))
        return false;
    second = MIN(first + 1, most);
    if (parts[1] != NULL && !g_ascii_string_to_unsigned(parts[1], 10, 0, most, &second, NULL))
        return false;
    pair[0] = (int)first;
    pair[1] = (int)second;
    return true;
}

static bool read_transport(const char *way, bool tcp, bool udp, RtspTransport *transport)
{
    const char *semicolon = strchr(way, ';');
    g_autofree char *protocol = g_strndup(way, semicolon != NULL ? (size_t)(semicolon - way) : strlen(way));
    g_strstrip(protocol);
    const bool interleaved = g_ascii_strcasecmp(protocol, "RTP/AVP/TCP") == 0;
    const bool datagrams =
        g_ascii_strcasecmp(protocol, "RTP/AVP") == 0 || g_ascii_strcasecmp(protocol, "RTP/AVP/UDP") == 0;
    *transport = (RtspTransport){.udp = datagrams, .channels = {-1, -1}};
    if (!(interleaved && tcp) && !(datagrams && udp))
        return false;
    g_autoptr(GHashTable) parts = soup_header_parse_semi_param_list(semicolon != NULL ? semicolon + 1 : "");
    bool good = !g_hash_table_contains(parts, "multicast");
    int pair[2];
    const char *channels = g_hash_table_lookup(parts, "interleaved"),
               *ports = g_hash_table_lookup(parts, "client_port");
    if (good && interleaved && channels != NULL && (good = read_pair(channels, 255, pair)))
        memcpy(transport->channels, pair, sizeof pair);
    if (good && datagrams && (good = ports != NULL && read_pair(ports, 65535, pair) && pair[0] > 0)) {
        transport->ports[0] = (uint16_t)pair[0];
        transport->ports[1] = (uint16_t)pair[1];
    }
    return good;
}

bool rtsp_choose_transport(const char *header, bool tcp, bool udp, RtspTransport *transport)
{
    GSList *ways = soup_header_parse_list(header);
    bool found = false;
    for (const GSList *way = ways; way != NULL && !found; way = way->next)
        found = read_transport(way->data, tcp, udp, transport);
    soup_header_free_list(ways);
    return found;
}

/* ---- answers */

static const char *status_words(unsigned status)
{
    static const struct {
        unsigned status;
        const char *words;
    } known[] = {{200, "OK"},
                 {400, "Bad Request"},
                 {401, "Unauthorized"},
                 {404, "Not Found"},
                 {405, "Method Not Allowed"},
                 {413, "Request Entity Too Large"},
                 {454, "Session Not Found"},
                 {455, "Method Not Valid in This State"},
                 {459, "Aggregate Operation Not Allowed"},
                 {461, "Unsupported Transport"},
                 {501, "Not Implemented"},
                 {503, "Service Unavailable"},
                 {551, "Option not supported"}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (known[i].status == status)
            return known[i].words;
    g_assert_not_reached();
}

char *rtsp_base(const char *url)
{
    const size_t length = strcspn(url, "?#");
    const bool slash = length > 0 && url[length - 1] == '/';
    return g_strdup_printf("%.*s%s", (int)length, url, slash ? "" : "/");
}

char *rtsp_answer(unsigned status, const char *cseq, const char *headers, const char *body_type,
                  const char *body)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "RTSP/1.0 %u %s\r\n", status, status_words(status));
    if (cseq != NULL)
        g_string_append_printf(text, "CSeq: %s\r\n", cseq);
    g_string_append_printf(text, "Server: vsaudit/%s\r\n%s", VSAUDIT_VERSION, headers != NULL ? headers : "");
    if (body != NULL)
        g_string_append_printf(text, "Content-Type: %s\r\nContent-Length: %zu\r\n", body_type, strlen(body));
    g_string_append_printf(text, "\r\n%s", body != NULL ? body : "");
    return g_string_free(text, FALSE);
}
