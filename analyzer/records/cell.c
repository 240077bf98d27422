/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/cell.h"

#include <string.h>

void cell_append(GString *out, const char *text)
{
    if (text == NULL)
        return;
    if (strpbrk(text, ",\"\r\n") == NULL) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

void cell_append_words(GString *out, const char *text)
{
    if (text == NULL || *text == '\0' || strchr("=+-@\t\r", *text) == NULL) {
        cell_append(out, text);
        return;
    }
    g_autofree char *harmless = g_strconcat("'", text, NULL);
    cell_append(out, harmless);
}
