/* SPDX-License-Identifier: GPL-3.0-or-later */
/* results.json as a file: written piece by piece, read back, and the same numbers either way. */
#include "evaluate/results.h"
#include "results/results_json.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* jansson indents from the left edge; what stands deeper in the document is moved to the right. */
typedef struct {
    FILE *file;
    const Detail *detail;
    unsigned depth;
    GPtrArray *faults; /* of char *: what the tables of the fields do not know */
} Writer;

static int put_text(const char *bytes, size_t size, void *user)
{
    const Writer *writer = user;
    while (size > 0) {
        const char *end = memchr(bytes, '\n', size);
        const size_t part = end != NULL ? (size_t)(end - bytes) + 1 : size;
        fwrite_unlocked(bytes, 1, part, writer->file);
        for (unsigned i = 0; end != NULL && i < writer->depth; i++)
            putc_unlocked(' ', writer->file);
        bytes += part;
        size -= part;
    }
    return 0;
}

static void put_value(Writer *writer, const json_t *value, unsigned depth)
{
    writer->depth = depth;
    json_dump_callback(value, put_text, writer,
                       JSON_INDENT(1) | JSON_REAL_PRECISION(RESULTS_DIGITS) | JSON_ENCODE_ANY);
}

static void begin_member(const Writer *writer, bool first, unsigned depth)
{
    fputs(first ? "\n" : ",\n", writer->file);
    for (unsigned i = 0; i < depth; i++)
        putc_unlocked(' ', writer->file);
}

/* The way to the lists that may be very long, from the document down. */
static const char *const way[] = {"scenarios", "evaluations", "clips", NULL};

static void put_list(Writer *writer, const json_t *owner, const json_t *list, unsigned depth,
                     const char *const *below);

/* A record whose member *key is to be written one by one. */
static void put_record(Writer *writer, const json_t *record, unsigned depth, const char *const *key)
{
    bool first = true;
    const char *name;
    json_t *value;
    putc_unlocked('{', writer->file);
    json_object_foreach((json_t *)record, name, value)
    {
        begin_member(writer, first, depth + 1);
        first = false;
        json_t *text = json_string(name);
        put_value(writer, text, 0);
        json_decref(text);
        fputs(": ", writer->file);
        if (strcmp(name, *key) == 0 && json_array_size(value) > 0)
            put_list(writer, record, value, depth + 1, key + 1);
        else
            put_value(writer, value, depth + 1);
    }
    begin_member(writer, true, depth);
    putc_unlocked('}', writer->file);
}

static void put_list(Writer *writer, const json_t *owner, const json_t *list, unsigned depth,
                     const char *const *below)
{
    putc_unlocked('[', writer->file);
    for (size_t i = 0; i < json_array_size(list); i++) {
        begin_member(writer, i == 0, depth + 1);
        if (*below != NULL) {
            put_record(writer, json_array_get(list, i), depth + 1, below);
        } else {
            json_t *clip = detail_open_clip(writer->detail, owner, i);
            if (writer->faults != NULL)
                results_check_record(&result_judged_clip, clip, writer->faults);
            put_value(writer, clip, depth + 1);
            json_decref(clip);
        }
    }
    begin_member(writer, true, depth);
    putc_unlocked(']', writer->file);
}

/* run.json is written by the same hand. */
static bool is_schema(const json_t *document)
{
    const char *schema = json_string_value(json_object_get(document, "schema"));
    return g_strcmp0(schema, RESULTS_SCHEMA) == 0;
}

gboolean results_write_detail(const json_t *results, const Detail *detail, const char *path, GError **error)
{
    /* Into a file beside it, which then takes the name. */
    g_autofree char *part = g_strdup_printf("%s.part", path);
    FILE *file = fopen(part, "wbe");
    bool written = file != NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    const bool is_document = is_schema(results);
    if (is_document)
        results_check(results, faults);
    if (file != NULL) {
        Writer writer = {.file = file, .detail = detail, .faults = is_document ? faults : NULL};
        put_record(&writer, results, 0, way);
        putc('\n', file);
        written = !ferror(file) && fflush(file) == 0 && fsync(fileno(file)) == 0;
    }
    const int code = errno;
    if (file != NULL && fclose(file) != 0)
        written = false;
    if (faults->len > 0) { /* a bug of ours: no document that its own tables do not know leaves the house */
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: not written: %s%s", path,
                    (const char *)g_ptr_array_index(faults, 0), faults->len > 1 ? " (and more)" : "");
        g_unlink(part);
        return FALSE;
    }
    if (written && g_rename(part, path) == 0)
        return TRUE;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written: %s", path,
                g_strerror(written ? errno : code));
    g_unlink(part);
    return FALSE;
}

gboolean results_write(const json_t *results, const char *path, GError **error)
{
    return results_write_detail(results, NULL, path, error);
}

void results_round(json_t *json)
{
    if (json_is_object(json)) {
        const char *key;
        json_t *member;
        json_object_foreach(json, key, member) results_round(member);
    } else if (json_is_array(json)) {
        size_t i;
        json_t *member;
        json_array_foreach(json, i, member) results_round(member);
    } else if (json_is_real(json)) {
        json_real_set(json, results_rounded(json_real_value(json)));
    }
}

json_t *results_read(const char *path, GError **error)
{
    json_error_t why;
    json_t *results = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    if (results == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s:%d:%d: found no readable results: %s",
                    path, why.line, why.column, why.text);
        return NULL;
    }
    const char *schema = json_string_value(json_object_get(results, "schema"));
    if (schema == NULL || strcmp(schema, RESULTS_SCHEMA) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: schema: found “%s”, expected “%s”", path,
                    schema != NULL ? schema : "(none)", RESULTS_SCHEMA);
        json_decref(results);
        return NULL;
    }
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!results_check_kinds(results, faults)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s%s", path,
                    (const char *)g_ptr_array_index(faults, 0), faults->len > 1 ? " (and more)" : "");
        json_decref(results);
        return NULL;
    }
    return results;
}
