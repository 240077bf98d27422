/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/wording.h"

#include <glib.h>
#include <string.h>

typedef struct {
    const char *at;
    bool is_page;
} Reading;

/* Past <svg …>…</svg> and the like; where it does not end, to the end. */
static const char *skip_element(const char *text, const char *name)
{
    g_autofree char *end = g_strconcat("</", name, NULL);
    const char *found = strstr(text, end);
    return found != NULL ? found : text + strlen(text);
}

static const char *skip_tag(const char *text)
{
    static const char *const unread[] = {"svg", "style", "script"};
    for (size_t i = 0; i < G_N_ELEMENTS(unread); i++) {
        if (g_str_has_prefix(text + 1, unread[i])) {
            text = skip_element(text + 1, unread[i]);
            break;
        }
    }
    const char *end = strchr(text, '>');
    return end != NULL ? end + 1 : text + strlen(text);
}

static void skip_unread(Reading *reading)
{
    while (reading->is_page && *reading->at == '<')
        reading->at = skip_tag(reading->at);
}

/* The length of the number that begins here; 0 = none does. */
static size_t number_length(const char *text)
{
    size_t length = strspn(text, "0123456789.,");
    return g_ascii_isdigit(*text) ? length : 0;
}

bool wording_texts_differ(const char *text, const char *other, bool is_page, char **found, char **expected)
{
    Reading a = {text, is_page}, b = {other, is_page};
    *found = *expected = NULL;
    for (;;) {
        skip_unread(&a);
        skip_unread(&b);
        const size_t left = number_length(a.at), right = number_length(b.at);
        if (left == 0 && right == 0) {
            if (*a.at != *b.at)
                break; /* other words */
            if (*a.at == '\0')
                return *found != NULL;
            a.at++;
            b.at++;
            continue;
        }
        if (left == 0 || right == 0)
            break;
        if (*found == NULL && (left != right || strncmp(a.at, b.at, left) != 0)) {
            *found = g_strndup(a.at, left);
            *expected = g_strndup(b.at, right);
        }
        a.at += left;
        b.at += right;
    }
    g_clear_pointer(found, g_free);
    g_clear_pointer(expected, g_free);
    return false;
}

bool wording_numbers_differ(const char *file, const char *other, char **found, char **expected)
{
    g_autofree char *text = NULL, *other_text = NULL;
    *found = *expected = NULL;
    return g_file_get_contents(file, &text, NULL, NULL) &&
           g_file_get_contents(other, &other_text, NULL, NULL) &&
           wording_texts_differ(text, other_text, g_str_has_suffix(file, ".html"), found, expected);
}
