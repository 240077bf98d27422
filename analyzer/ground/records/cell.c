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

bool cell_needs_guard(const char *text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"}; /* read as the others where such are typed */
    const char *first = text + strspn(text, "'");
    if (*first != '\0' && strchr("=+-@\t\r", *first) != NULL)
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(wide); i++)
        if (g_str_has_prefix(first, wide[i]))
            return true;
    return false;
}

const char *cell_read_words(const char *text)
{
    return *text == '\'' && cell_needs_guard(text) ? text + 1 : text;
}

void cell_append_words(GString *out, const char *text)
{
    if (text == NULL || !cell_needs_guard(text)) {
        cell_append(out, text);
        return;
    }
    g_autofree char *harmless = g_strconcat("'", text, NULL);
    cell_append(out, harmless);
}
