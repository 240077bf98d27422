/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blanks and apostrophes as a language sets them. */
#include "language/texts_internal.h"

#include <string.h>

#define NARROW_SPACE "\u202f"

static bool is_letter(char c)
{
    return g_ascii_isalpha(c) || (c & 0x80) != 0;
}

/* Whether the character at `at` is one of `marks`. */
static bool is_one_of(const char *at, const char *marks)
{
    return *at != '\0' && g_utf8_strchr(marks, -1, g_utf8_get_char(at)) != NULL;
}

/* Whether one of the units stands at `at`, as a word. */
static bool is_unit(const char *at, const char *units)
{
    for (const char *unit = units; *unit != '\0';) {
        const size_t length = strcspn(unit, " ");
        if (strncmp(at, unit, length) == 0 && !is_letter(at[length]))
            return true;
        unit += length;
        unit += strspn(unit, " ");
    }
    return false;
}

/* A number, or a place that one may stand in. */
static bool ends_number(char c)
{
    return g_ascii_isdigit(c) || c == '}';
}

char *texts_typography(const Texts *texts, const char *text)
{
    const LanguageRules *rules = &texts->rules;
    GString *out = g_string_new(NULL);
    const char *before = NULL; /* the character before p */
    for (const char *p = text; *p != '\0'; before = p, p = g_utf8_next_char(p)) {
        if (*p == ' ' && (is_one_of(p + 1, rules->narrow_before) ||
                          (before != NULL && is_one_of(before, rules->narrow_after)) ||
                          (before != NULL && ends_number(*before) && is_unit(p + 1, rules->units))))
            g_string_append(out, NARROW_SPACE);
        else if (*p == '\'' && before != NULL && is_letter(*before) && is_letter(p[1]))
            g_string_append(out, rules->apostrophe);
        else
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    return g_string_free(out, FALSE);
}

char *texts_capitalise(const char *text)
{
    GString *out = g_string_new(NULL);
    if (*text != '\0') {
        g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(text)));
        g_string_append(out, g_utf8_next_char(text));
    }
    return g_string_free(out, FALSE);
}
