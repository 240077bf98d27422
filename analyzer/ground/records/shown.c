/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/shown.h"

#include <string.h>

#define ISOLATE "\u2068" /* first strong isolate */
#define POP "\u2069"     /* pop directional isolate */

static bool directs(gunichar c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* What has no ink, takes no room or steers: never a part of a name that a person could compare by eye. The
 * joiners U+200C and U+200D are, in Persian and in Indian scripts. */
static bool is_hidden(gunichar c)
{
    if (c == 0x200c || c == 0x200d)
        return false;
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
        return true;
    default:
        return false;
    }
}

static bool runs_from_right(gunichar c)
{
    return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefc) ||
           (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

static void append_escape(GString *out, gunichar c)
{
    if (c == '\n')
        g_string_append(out, "\\n");
    else if (c == '\r')
        g_string_append(out, "\\r");
    else if (c == '\t')
        g_string_append(out, "\\t");
    else if (c < 0x80)
        g_string_append_printf(out, "\\x%02x", c);
    else if (c < 0x10000)
        g_string_append_printf(out, "\\u%04x", c);
    else
        g_string_append_printf(out, "\\U%08x", c);
}

typedef bool Filter(gunichar c);

/* Where the pair ends that opens here; NULL when it does not, or when anything else in it directs. */
static const char *end_of_pair(const char *text)
{
    if (!g_str_has_prefix(text, ISOLATE))
        return NULL;
    for (const char *p = text + strlen(ISOLATE); *p != '\0'; p++) {
        if (g_str_has_prefix(p, POP))
            return p;
        const gunichar c = g_utf8_get_char_validated(p, -1);
        if (c < 0x80000000 && directs(c))
            return NULL;
    }
    return NULL;
}

static GString *escape(const char *text, Filter *is_escaped, bool *from_right)
{
    GString *out = g_string_new(NULL);
    const char *pair = NULL; /* the end of the one that is open */
    *from_right = false;
    while (text != NULL && *text != '\0') {
        const gunichar c = g_utf8_get_char_validated(text, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append_printf(out, "\\x%02x", (guchar)*text++);
            continue;
        }
        const char *end = end_of_pair(text);
        /* Within a pair it turns nothing around; a pair around pairs would be none (end_of_pair). */
        *from_right = *from_right || (runs_from_right(c) && (pair == NULL || text > pair));
        if (is_escaped(c) && end == NULL && text != pair)
            append_escape(out, c);
        else
            g_string_append_unichar(out, c);
        pair = end != NULL ? end : pair;
        text = g_utf8_next_char(text);
    }
    return out;
}

static char *keep_apart(const char *text, Filter *is_escaped)
{
    bool from_right;
    GString *out = escape(text, is_escaped, &from_right);
    if (from_right && end_of_pair(out->str) == NULL) {
        g_string_prepend(out, ISOLATE);
        g_string_append(out, POP);
    }
    return g_string_free(out, FALSE);
}

char *shown_text(const char *text)
{
    return keep_apart(text, is_hidden);
}

char *shown_apart(const char *text)
{
    return keep_apart(text, directs);
}

char *shown_sentence(const char *text)
{
    bool from_right;
    return g_string_free(escape(text, is_hidden, &from_right), FALSE);
}

char *shown_undirected(const char *text)
{
    bool from_right;
    return g_string_free(escape(text, directs, &from_right), FALSE);
}

void shown_line(FILE *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *line = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *safe = shown_sentence(line);
    fprintf(out, "%s\n", safe);
}
