/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/rtsp.h"

#include <string.h>

#define REALM "camera"

void rtsp_guard_init(RtspGuard *guard, const char *user, const char *password)
{
    *guard = (RtspGuard){g_strdup(user), g_strdup(password), g_uuid_string_random()};
}

void rtsp_guard_clear(RtspGuard *guard)
{
    g_clear_pointer(&guard->user, g_free);
    g_clear_pointer(&guard->password, g_free);
    g_clear_pointer(&guard->nonce, g_free);
}

static bool basic_fits(const RtspGuard *guard, const char *given)
{
    gsize size;
    g_autofree guchar *decoded = g_base64_decode(given, &size);
    g_autofree char *expected = g_strdup_printf("%s:%s", guard->user, guard->password);
    return size == strlen(expected) && memcmp(decoded, expected, size) == 0;
}

static const char *part(GHashTable *parts, const char *name)
{
    const char *value = g_hash_table_lookup(parts, name);
    return value != NULL ? value : "";
}

static char *md5(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_MD5, text, -1);
}

static char *digest_of(const RtspGuard *guard, const char *method, GHashTable *parts)
{
    g_autofree char *who = soup_auth_domain_digest_encode_password(guard->user, REALM, guard->password);
    g_autofree char *act = g_strdup_printf("%s:%s", method, part(parts, "uri"));
    g_autofree char *what = md5(act);
    const char *qop = part(parts, "qop");
    g_autofree char *all = *qop == '\0'
                               ? g_strdup_printf("%s:%s:%s", who, guard->nonce, what)
                               : g_strdup_printf("%s:%s:%s:%s:%s:%s", who, guard->nonce, part(parts, "nc"),
                                                 part(parts, "cnonce"), qop, what);
    return md5(all);
}

/* The address that was signed is the one asked for, or a part of it: some clients sign the camera's for all
 * its streams, with or without a last slash, or its path alone. */
static bool is_about(const RtspRequest *request, const char *uri)
{
    const char *host = strstr(request->url, "://");
    const char *path = host != NULL ? strchr(host + 3, '/') : NULL;
    const char *whole = *uri == '/' && path != NULL ? path : request->url;
    const size_t length = strlen(uri);
    return g_str_has_prefix(whole, uri) ||
           (length > 1 && uri[length - 1] == '/' && strlen(whole) == length - 1 &&
            strncmp(whole, uri, length - 1) == 0);
}

static bool digest_fits(const RtspGuard *guard, const RtspRequest *request, const char *given)
{
    g_autoptr(GHashTable) parts = soup_header_parse_param_list(given);
    g_autofree char *expected = digest_of(guard, request->method, parts);
    const bool fits =
        strcmp(part(parts, "username"), guard->user) == 0 && strcmp(part(parts, "realm"), REALM) == 0 &&
        strcmp(part(parts, "nonce"), guard->nonce) == 0 && *part(parts, "uri") != '\0' &&
        is_about(request, part(parts, "uri")) && g_ascii_strcasecmp(part(parts, "response"), expected) == 0;
    return fits;
}

bool rtsp_guard_admits(const RtspGuard *guard, const RtspRequest *request)
{
    if (guard->user == NULL)
        return true;
    const char *given = rtsp_header(request, "Authorization");
    if (given == NULL)
        return false;
    if (g_ascii_strncasecmp(given, "Basic ", 6) == 0)
        return basic_fits(guard, given + 6);
    return g_ascii_strncasecmp(given, "Digest ", 7) == 0 && digest_fits(guard, request, given + 7);
}

char *rtsp_guard_challenge(const RtspGuard *guard)
{
    return g_strdup_printf("WWW-Authenticate: Digest realm=\"" REALM "\", nonce=\"%s\", algorithm=MD5\r\n"
                           "WWW-Authenticate: Basic realm=\"" REALM "\"\r\n",
                           guard->nonce);
}
