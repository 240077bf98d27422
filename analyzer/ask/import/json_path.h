/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths into JSON, as an alert map writes them: keys with dots between, [0] an element of a list ([-1] the
 * last),
 * [*] every one, ["a.b"] a key with a dot in it, “.” the row itself, and $ at the beginning the whole message
 * in place of the row: after.zones[0], objects[*], $.sensor.id. */
#ifndef VSAUDIT_IMPORT_JSON_PATH_H
#define VSAUDIT_IMPORT_JSON_PATH_H

#include <glib.h>
#include <stdbool.h>

#include <jansson.h>

typedef struct JsonPath JsonPath;

/* NULL with *fault, a sentence of what is wrong (caller frees). */
JsonPath *json_path_parse(const char *text, char **fault);
void json_path_free(JsonPath *path); /* NULL is fine */
bool json_path_is_from_root(const JsonPath *path);

/* A value that a path found. */
typedef struct {
    const json_t *value;
    gsize at;   /* where it begins in the text, when that was given; else 0 */
    char *name; /* its own path from where the search began, "events[3]"; NULL for the beginning itself */
} JsonFound;

/* Appends what the path finds beneath `value` to `found` (of JsonFound). `text` is that value's text, which
 * jansson read without error, with nothing before it, or NULL: then no places and no names are kept. */
void json_path_find(const JsonPath *path, const json_t *value, const char *text, GArray *found);
/* An array for it, whose names are freed with it. */
GArray *json_path_found_new(void);

#endif
