/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of reports in plain text, and the comparison of cells. */
#include "golden.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TOLD 40 /* differences; all of them where GOLDEN_RENEW is set */

/* ---- Markdown, CSV, plain text */

char *golden_of_lines(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '\0')
            g_string_append_printf(out, "line %zu = %s\n", i + 1, lines[i]);
    return g_string_free(out, FALSE);
}

/* The cells of a row "| a | b |"; a bar within a cell is written "\|". */
static GPtrArray *split_bars(const char *line)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    GString *cell = g_string_new(NULL);
    for (const char *p = line + 1; *p != '\0'; p++) {
        if (*p == '|' && p[-1] != '\\') {
            g_ptr_array_add(cells, g_strstrip(g_strdup(cell->str)));
            g_string_truncate(cell, 0);
        } else {
            g_string_append_c(cell, *p);
        }
    }
    g_string_free(cell, TRUE);
    return cells;
}

static void write_cells(GString *out, const char *place, const GPtrArray *heads, const GPtrArray *cells)
{
    for (guint i = 0; i < MAX(cells->len, heads->len); i++)
        g_string_append_printf(out, "%s · column %u “%s” = %s\n", place, i + 1,
                               i < heads->len ? (const char *)heads->pdata[i] : "(no head)",
                               i < cells->len ? (const char *)cells->pdata[i] : "(no cell)");
}

char *golden_of_markdown(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) heads = NULL;
    unsigned table = 0, row = 0, paragraph = 0;
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (*lines[i] == '\0')
            continue;
        if (*lines[i] != '|') {
            g_clear_pointer(&heads, g_ptr_array_unref);
            g_string_append_printf(out, "paragraph %u = %s\n", ++paragraph, lines[i]);
            continue;
        }
        g_autoptr(GPtrArray) cells = split_bars(lines[i]);
        if (heads == NULL) {
            heads = g_steal_pointer(&cells);
            table++;
            row = 0;
            for (guint k = 0; k < heads->len; k++)
                g_string_append_printf(out, "table %u · head · column %u = %s\n", table, k + 1,
                                       (char *)heads->pdata[k]);
        } else if (!g_str_has_prefix(lines[i], "|-")) {
            g_autofree char *place = g_strdup_printf("table %u · row %u", table, ++row);
            write_cells(out, place, heads, cells);
        }
    }
    return g_string_free(out, FALSE);
}

/* One row of CSV (RFC 4180); moves on to the next. */
static GPtrArray *split_commas(const char **at)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    GString *cell = g_string_new(NULL);
    bool quoted = false;
    const char *p = *at;
    for (; *p != '\0' && (quoted || (*p != '\n' && *p != '\r')); p++) {
        if (*p == '"' && quoted && p[1] == '"')
            g_string_append_c(cell, *p++);
        else if (*p == '"')
            quoted = !quoted;
        else if (*p == ',' && !quoted) {
            g_ptr_array_add(cells, g_strdup(cell->str));
            g_string_truncate(cell, 0);
        } else
            g_string_append(cell, *p == '\n' ? "⏎" : ((char[]){*p, '\0'}));
    }
    g_ptr_array_add(cells, g_string_free(cell, FALSE));
    *at = p + strspn(p, "\r\n");
    return cells;
}

char *golden_of_csv(const char *text)
{
    GString *out = g_string_new(NULL);
    const char *at = g_str_has_prefix(text, "\ufeff") ? text + strlen("\ufeff") : text;
    g_autoptr(GPtrArray) heads = split_commas(&at);
    for (guint k = 0; k < heads->len; k++)
        g_string_append_printf(out, "head · column %u = %s\n", k + 1, (char *)heads->pdata[k]);
    for (unsigned row = 1; *at != '\0'; row++) {
        g_autoptr(GPtrArray) cells = split_commas(&at);
        g_autofree char *place = g_strdup_printf("row %u", row);
        write_cells(out, place, heads, cells);
    }
    return g_string_free(out, FALSE);
}

/* ---- JSON */

static void write_json(GString *out, const char *place, const json_t *value)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_object(value) && json_object_size(value) > 0) {
        json_object_foreach((json_t *)value, key, member)
        {
            g_autofree char *here = *place != '\0' ? g_strdup_printf("%s · %s", place, key) : g_strdup(key);
            write_json(out, here, member);
        }
    } else if (json_is_array(value) && json_array_size(value) > 0) {
        json_array_foreach(value, i, member)
        {
            g_autofree char *here = g_strdup_printf("%s · %zu", place, i);
            write_json(out, here, member);
        }
    } else {
        char *text = json_dumps(value, JSON_ENCODE_ANY);
        g_string_append_printf(out, "%s = %s\n", place, text);
        free(text);
    }
}

char *golden_of_json(const json_t *value)
{
    GString *out = g_string_new(NULL);
    write_json(out, "", value);
    return g_string_free(out, FALSE);
}

/* ---- comparison */

/* Where the last part of a place begins, or 0. */
static size_t parent_length(const char *place)
{
    const char *last = NULL;
    for (const char *p = place; (p = strstr(p, " · ")) != NULL; p++)
        last = p;
    return last != NULL ? (size_t)(last - place) : 0;
}

char *golden_pack(const char *lines)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) all = g_strsplit(lines, "\n", -1);
    g_autofree char *before = g_strdup("");
    for (size_t i = 0; all[i] != NULL && *all[i] != '\0'; i++) {
        g_autofree char *place = g_strndup(all[i], strcspn(all[i], "="));
        const size_t length = parent_length(place);
        g_autofree char *parent = g_strndup(place, length);
        if (length > 0 && strcmp(parent, before) == 0)
            g_string_append_printf(out, "  %s\n", all[i] + length + strlen(" · "));
        else
            g_string_append_printf(out, "%s\n", all[i]);
        g_free(before);
        before = g_steal_pointer(&parent);
    }
    return g_string_free(out, FALSE);
}

char *golden_unpack(const char *packed)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) all = g_strsplit(packed, "\n", -1);
    g_autofree char *parent = g_strdup("");
    for (size_t i = 0; all[i] != NULL && *all[i] != '\0'; i++) {
        if (g_str_has_prefix(all[i], "  ")) {
            g_string_append_printf(out, "%s · %s\n", parent, all[i] + 2);
            continue;
        }
        g_autofree char *place = g_strndup(all[i], strcspn(all[i], "="));
        g_free(parent);
        parent = g_strndup(place, parent_length(place));
        g_string_append_printf(out, "%s\n", all[i]);
    }
    return g_string_free(out, FALSE);
}

/* place → text, in their order */
static GHashTable *read_cells(const char *lines, GPtrArray *order)
{
    GHashTable *cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_auto(GStrv) all = g_strsplit(lines, "\n", -1);
    for (size_t i = 0; all[i] != NULL; i++) {
        const char *split = strstr(all[i], " = ");
        if (split == NULL)
            continue;
        char *place = g_strndup(all[i], (size_t)(split - all[i]));
        g_ptr_array_add(order, g_strdup(place));
        g_hash_table_insert(cells, place, g_strdup(split + strlen(" = ")));
    }
    return cells;
}

static void tell(GString *out, unsigned *count, const char *name, const char *place, const char *expected,
                 const char *found)
{
    if (++*count > MOST_TOLD && g_getenv("GOLDEN_RENEW") == NULL)
        return;
    g_string_append_printf(out, "# %s: %s:\n", name, place);
    g_string_append_printf(out, expected != NULL ? "#     expected “%s”\n" : "#     expected no such place\n",
                           expected);
    g_string_append_printf(out, found != NULL ? "#     found    “%s”\n" : "#     found    no such place\n",
                           found);
}

char *golden_difference(const char *name, const char *expected, const char *found)
{
    g_autoptr(GPtrArray) left_order = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) right_order = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) left = read_cells(expected, left_order), right = read_cells(found, right_order);
    GString *out = g_string_new(NULL);
    unsigned count = 0;
    for (guint i = 0; i < left_order->len; i++) {
        const char *place = left_order->pdata[i];
        const char *was = g_hash_table_lookup(left, place), *is = g_hash_table_lookup(right, place);
        if (g_strcmp0(was, is) != 0)
            tell(out, &count, name, place, was, is);
    }
    for (guint i = 0; i < right_order->len; i++)
        if (!g_hash_table_contains(left, right_order->pdata[i]))
            tell(out, &count, name, right_order->pdata[i], NULL,
                 g_hash_table_lookup(right, right_order->pdata[i]));
    /* The same cells in another order: told by the first that is elsewhere. */
    for (guint i = 0; count == 0 && i < left_order->len; i++)
        if (strcmp(left_order->pdata[i], right_order->pdata[i]) != 0)
            tell(out, &count, name, right_order->pdata[i], left_order->pdata[i], right_order->pdata[i]);
    if (count > MOST_TOLD && g_getenv("GOLDEN_RENEW") == NULL)
        g_string_append_printf(out, "# … and %u more in %s\n", count - MOST_TOLD, name);
    return count > 0 ? g_string_free(out, FALSE) : (g_string_free(out, TRUE), NULL);
}
