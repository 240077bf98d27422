/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/multipart.h"

#include "records/error.h"
#include "records/free.h"

#include <string.h>

#define LINE_MAX_BYTES 4096
#define HEAD_LINES_MAX 64

typedef enum { AT_BOUNDARY, AT_HEAD, AT_LENGTH, AT_LINES, AT_END } Place;

struct Multipart {
    char *boundary; /* with the two dashes before it */
    guint64 part_bytes;
    MultipartFunction each;
    void *user;
    Place place;
    GString *line;    /* what there is of it; of a body that ends with a boundary: what could still be one */
    bool line_broken; /* its beginning is no longer there: it is no boundary */
    guint head_lines;
    bool bare; /* the first line was empty: the end of no head, or before one, as some devices write it */
    char *type;
    bool has_length;
    guint64 left; /* of a body of known length */
    GByteArray *kept;
    guint64 length;
    guint held; /* bytes of a line's end that belong to the body if no boundary follows: 0, 1 or 2 */
};

Multipart *multipart_new(const char *boundary, guint64 part_bytes, MultipartFunction each, void *user)
{
    Multipart *multipart = g_new0(Multipart, 1);
    /* Some devices write the two dashes into the name of the boundary too. */
    multipart->boundary =
        g_str_has_prefix(boundary, "--") ? g_strdup(boundary) : g_strconcat("--", boundary, NULL);
    multipart->part_bytes = part_bytes;
    multipart->each = each;
    multipart->user = user;
    multipart->line = g_string_new(NULL);
    multipart->kept = g_byte_array_new();
    return multipart;
}

DEFINE_FREE(multipart_free, Multipart, multipart, g_free(multipart->boundary), g_free(multipart->type),
            g_string_free(multipart->line, TRUE), g_byte_array_unref(multipart->kept))

bool multipart_is_within(const Multipart *multipart)
{
    return multipart->place == AT_HEAD || multipart->place == AT_LENGTH || multipart->place == AT_LINES;
}

static void keep(Multipart *multipart, const char *bytes, gsize length)
{
    const guint64 room = multipart->part_bytes - multipart->kept->len;
    g_byte_array_append(multipart->kept, (const guint8 *)bytes, (guint)MIN((guint64)length, room));
    multipart->length += length;
}

static void begin_part(Multipart *multipart)
{
    multipart->place = AT_HEAD;
    multipart->head_lines = 0;
    multipart->bare = false;
    multipart->has_length = false;
    multipart->left = multipart->length = 0;
    multipart->held = 0;
    g_clear_pointer(&multipart->type, g_free);
    g_byte_array_set_size(multipart->kept, 0);
}

static void end_part(Multipart *multipart)
{
    g_autoptr(GBytes) bytes = g_bytes_new(multipart->kept->data, multipart->kept->len);
    multipart->each(multipart->type, bytes, multipart->length, multipart->user);
    multipart->place = AT_BOUNDARY;
}

/* 0: no boundary, 1: one, 2: the last. Blanks may follow it. */
static int boundary_of(const Multipart *multipart, const char *line)
{
    const gsize length = strlen(multipart->boundary);
    if (strncmp(line, multipart->boundary, length) != 0)
        return 0;
    const char *rest = line + length;
    const bool last = g_str_has_prefix(rest, "--");
    rest += last ? 2 : 0;
    return rest[strspn(rest, " \t\r")] != '\0' ? 0 : last ? 2 : 1;
}

static void read_head_line(Multipart *multipart, char *line)
{
    g_strchomp(line);
    multipart->head_lines++;
    if (*line == '\0') {
        multipart->place = multipart->has_length ? AT_LENGTH : AT_LINES;
        if (multipart->has_length && multipart->left == 0)
            end_part(multipart);
        return;
    }
    char *value = strchr(line, ':');
    if (value == NULL)
        return;
    *value++ = '\0';
    g_strstrip(value);
    if (g_ascii_strcasecmp(g_strstrip(line), "content-length") == 0)
        multipart->has_length = g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64, &multipart->left, NULL);
    if (g_ascii_strcasecmp(line, "content-type") == 0 && g_utf8_validate(value, -1, NULL)) {
        g_free(multipart->type);
        multipart->type = g_strdup(value);
    }
}

/* A line of the head, or between the parts, is whole. */
static void read_line(Multipart *multipart)
{
    g_autofree char *line = g_strdup(multipart->line->str);
    g_string_truncate(multipart->line, 0);
    if (multipart->place == AT_HEAD) {
        if (multipart->head_lines == 0 && !multipart->bare && *g_strchomp(line) == '\0')
            multipart->bare = true;
        else
            read_head_line(multipart, line);
        return;
    }
    const int which = multipart->line_broken ? 0 : boundary_of(multipart, line);
    multipart->line_broken = false;
    if (which == 1)
        begin_part(multipart);
    else if (which == 2)
        multipart->place = AT_END;
}

/* What is known to be no boundary goes into the body, after the line's end that was held back before it. */
static void flush_line(Multipart *multipart, gsize length)
{
    static const char *const ends[] = {"", "\n", "\r\n"};
    keep(multipart, ends[multipart->held], multipart->held);
    keep(multipart, multipart->line->str, length);
    g_string_erase(multipart->line, 0, (gssize)length);
    multipart->held = 0;
}

/* A body that ends where a boundary begins a line. The line's end before it does not belong to the body. */
static void feed_body(Multipart *multipart, char c)
{
    GString *line = multipart->line;
    if (c != '\n') {
        g_string_append_c(line, c);
        if (line->len > strlen(multipart->boundary) + 8) {
            flush_line(multipart, line->len - (c == '\r'));
            multipart->line_broken = true;
        }
        return;
    }
    const int which = multipart->line_broken ? 0 : boundary_of(multipart, line->str);
    multipart->line_broken = false;
    if (which != 0) {
        g_string_truncate(line, 0);
        end_part(multipart);
        if (which == 1)
            begin_part(multipart);
        else
            multipart->place = AT_END;
        return;
    }
    const bool carriage = line->len > 0 && line->str[line->len - 1] == '\r';
    flush_line(multipart, line->len - carriage);
    g_string_truncate(line, 0);
    multipart->held = carriage ? 2 : 1;
}

/* There was no head: what was taken for its first line is the body's. */
static void begin_body(Multipart *multipart, char c)
{
    const gsize length = multipart->line->len; /* it may hold any byte */
    g_autofree char *line = g_memdup2(multipart->line->str, length);
    g_string_truncate(multipart->line, 0);
    multipart->place = AT_LINES;
    for (gsize i = 0; i < length; i++)
        feed_body(multipart, line[i]);
    feed_body(multipart, c);
}

static bool feed_lines(Multipart *multipart, char c, GError **error)
{
    const bool head = multipart->place == AT_HEAD;
    const bool whole = c == '\n' || multipart->line->len >= LINE_MAX_BYTES;
    if (head && multipart->bare && multipart->head_lines == 0 && whole &&
        g_ascii_strncasecmp(multipart->line->str, "content-", 8) != 0) {
        begin_body(multipart, c);
        return true;
    }
    if (c == '\n') {
        read_line(multipart);
        return true;
    }
    if (head && (multipart->line->len >= LINE_MAX_BYTES || multipart->head_lines >= HEAD_LINES_MAX)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found a part whose head does not end, expected at most %d lines of %d bytes",
                    HEAD_LINES_MAX, LINE_MAX_BYTES);
        return false;
    }
    if (multipart->line->len < LINE_MAX_BYTES)
        g_string_append_c(multipart->line, c);
    else
        multipart->line_broken = true;
    return true;
}

bool multipart_feed(Multipart *multipart, const char *bytes, gsize length, GError **error)
{
    for (gsize i = 0; i < length;) {
        if (multipart->place == AT_END)
            return true;
        if (multipart->place == AT_LENGTH) {
            const gsize here = (gsize)MIN(multipart->left, (guint64)(length - i));
            keep(multipart, bytes + i, here);
            multipart->left -= here;
            i += here;
            if (multipart->left == 0)
                end_part(multipart);
        } else if (multipart->place == AT_LINES) {
            feed_body(multipart, bytes[i++]);
        } else if (!feed_lines(multipart, bytes[i++], error)) {
            return false;
        }
    }
    return true;
}
