/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/observation_io.h"

#include "records/error.h"
#include "records/free.h"
#include "records/observation_json.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define LONGEST_LINE ((size_t)8 << 20) /* bytes; a longer line is damage, not data */
#define CHUNK 65536

struct ObservationWriter {
    char *path, *temporary;
    GOutputStream *stream;
    int64_t last_us;
    bool finished;
};

static bool is_gzip(const char *path)
{
    return g_str_has_suffix(path, ".gz");
}

static void prefix_harness(GError **error, GError *cause, const char *path)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot write: %s", path, cause->message);
    g_error_free(cause);
}

static bool write_line(ObservationWriter *writer, json_t *json, GError **error)
{
    g_autofree char *line = observation_json_dump(json);
    g_autofree char *text = g_strconcat(line, "\n", NULL);
    GError *cause = NULL;
    if (g_output_stream_write_all(writer->stream, text, strlen(text), NULL, NULL, &cause))
        return true;
    prefix_harness(error, cause, writer->path);
    return false;
}

ObservationWriter *observation_writer_open(const char *path, const ObservationHeader *header, GError **error)
{
    g_autoptr(ObservationWriter) writer = g_new0(ObservationWriter, 1);
    writer->path = g_strdup(path);
    writer->temporary = g_strconcat(path, ".part", NULL);
    writer->last_us = TIME_UNKNOWN;
    g_autoptr(GFile) file = g_file_new_for_path(writer->temporary);
    GError *cause = NULL;
    /* What a killed worker has left behind goes first: replacing it would make GIO write a third file. */
    (void)g_unlink(writer->temporary);
    GFileOutputStream *plain = g_file_create(file, G_FILE_CREATE_NONE, NULL, &cause);
    if (plain == NULL) {
        prefix_harness(error, cause, path);
        return NULL;
    }
    writer->stream = G_OUTPUT_STREAM(plain);
    if (is_gzip(path)) {
        /* Without a file info the compressor writes no time stamp and no name: the bytes are the same every
         * time. */
        g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
        writer->stream = g_converter_output_stream_new(G_OUTPUT_STREAM(plain), G_CONVERTER(gzip));
        g_object_unref(plain);
    }
    json_t *json = observation_header_to_json(header);
    const bool written = write_line(writer, json, error);
    json_decref(json);
    return written ? g_steal_pointer(&writer) : NULL;
}

bool observation_writer_add(ObservationWriter *writer, const Observation *observation, GError **error)
{
    g_assert(!writer->finished && observation->t_us > writer->last_us);
    writer->last_us = observation->t_us;
    json_t *json = observation_to_json(observation);
    const bool written = write_line(writer, json, error);
    json_decref(json);
    return written;
}

bool observation_writer_finish(ObservationWriter *writer, GError **error)
{
    g_assert(!writer->finished);
    GError *cause = NULL;
    if (!g_output_stream_close(writer->stream, NULL, &cause)) {
        prefix_harness(error, cause, writer->path);
        return false;
    }
    if (g_rename(writer->temporary, writer->path) != 0) {
        const int number = errno;
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot write: %s", writer->path,
                    g_strerror(number));
        return false;
    }
    writer->finished = true;
    return true;
}

static void clear_observation_writer(ObservationWriter *writer)
{
    if (writer->stream != NULL) {
        g_output_stream_close(writer->stream, NULL, NULL);
        g_object_unref(writer->stream);
        if (!writer->finished)
            (void)g_unlink(writer->temporary);
    }
    g_free(writer->temporary);
    g_free(writer->path);
}

DEFINE_FREE(observation_writer_free, ObservationWriter, writer, clear_observation_writer(writer))

struct ObservationReader {
    char *path;
    GInputStream *stream;
    GByteArray *buffer; /* read and not yet used */
    gint64 line;        /* of the last line read */
    bool at_end;
    ObservationHeader header;
    ObservationMemory *memory;
    Observation next; /* read ahead: its time gives the duration of the one before */
    bool has_next, next_has_duration;
    int64_t step_us; /* of the last two lines; 0 before */
};

/* "file:line: " before what is wrong. */
static void set_damage(const ObservationReader *reader, GError **error, const char *what)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s:%" G_GINT64_FORMAT ": %s", reader->path,
                reader->line, what);
}

/* The next line that is not empty, without its end; NULL at the end of the file or, with an error, on damage.
 * Caller frees. */
static char *read_line(ObservationReader *reader, size_t *length, GError **error)
{
    size_t searched = 0;
    for (;;) {
        GByteArray *buffer = reader->buffer;
        const guint8 *from = buffer->len > searched ? buffer->data + searched : NULL;
        const guint8 *end = from != NULL ? memchr(from, '\n', buffer->len - searched) : NULL;
        if (end != NULL || (reader->at_end && buffer->len > 0)) {
            reader->line++;
            const size_t bytes = end != NULL ? (size_t)(end - buffer->data) : buffer->len;
            char *line = g_strndup((const char *)buffer->data, bytes);
            g_byte_array_remove_range(buffer, 0, (guint)MIN(bytes + 1, buffer->len));
            searched = 0;
            *length = bytes;
            if (strspn(line, " \t\r") == bytes) {
                g_free(line);
                continue;
            }
            return line;
        }
        if (reader->at_end)
            return NULL;
        searched = buffer->len;
        if (buffer->len > LONGEST_LINE) {
            reader->line++;
            set_damage(reader, error, "found a line of more than 8 MiB, expected one observation");
            return NULL;
        }
        guint8 chunk[CHUNK];
        g_autoptr(GError) cause = NULL;
        const gssize got = g_input_stream_read(reader->stream, chunk, sizeof chunk, NULL, &cause);
        if (got < 0) {
            reader->line++;
            g_autofree char *what =
                g_strdup_printf("found damaged data (%s), expected a whole file", cause->message);
            set_damage(reader, error, what);
            return NULL;
        }
        g_byte_array_append(buffer, chunk, (guint)got);
        reader->at_end = got == 0;
    }
}

/* The next line as JSON; NULL at the end (no error) or on damage (error). */
static json_t *read_json(ObservationReader *reader, GError **error)
{
    GError *damage = NULL;
    size_t length = 0;
    g_autofree char *line = read_line(reader, &length, &damage);
    if (line == NULL) {
        if (damage != NULL)
            g_propagate_error(error, damage);
        return NULL;
    }
    json_error_t place;
    json_t *json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &place);
    if (json == NULL) {
        g_autofree char *what = g_strdup_printf("column %d: %s", place.column, place.text);
        set_damage(reader, error, what);
    }
    return json;
}

/* Reads one line ahead. */
static bool read_ahead(ObservationReader *reader, GError **error)
{
    GError *damage = NULL;
    reader->has_next = false;
    json_t *json = read_json(reader, &damage);
    if (json == NULL) {
        if (damage != NULL)
            g_propagate_error(error, damage);
        return damage == NULL;
    }
    g_autofree char *what =
        observation_from_json(json, reader->memory, &reader->next, &reader->next_has_duration);
    json_decref(json);
    if (what != NULL) {
        set_damage(reader, error, what);
        return false;
    }
    reader->has_next = true;
    return true;
}

ObservationReader *observation_reader_open(const char *path, GError **error)
{
    g_autoptr(ObservationReader) reader = g_new0(ObservationReader, 1);
    reader->path = g_strdup(path);
    reader->buffer = g_byte_array_new();
    reader->memory = observation_memory_new();
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GError) cause = NULL;
    GFileInputStream *plain = g_file_read(file, NULL, &cause);
    if (plain == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot read: %s", path, cause->message);
        return NULL;
    }
    reader->stream = G_INPUT_STREAM(plain);
    if (is_gzip(path)) {
        g_autoptr(GZlibDecompressor) gzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
        reader->stream = g_converter_input_stream_new(G_INPUT_STREAM(plain), G_CONVERTER(gzip));
        g_object_unref(plain);
    }
    GError *damage = NULL;
    json_t *json = read_json(reader, &damage);
    if (json == NULL) {
        if (damage != NULL)
            g_propagate_error(error, damage);
        else
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s:1: found nothing, expected a header line with schema " OBSERVATION_SCHEMA, path);
        return NULL;
    }
    g_autofree char *what = observation_header_from_json(json, &reader->header);
    json_decref(json);
    if (what != NULL) {
        set_damage(reader, error, what);
        return NULL;
    }
    return read_ahead(reader, error) ? g_steal_pointer(&reader) : NULL;
}

const ObservationHeader *observation_reader_header(const ObservationReader *reader)
{
    return &reader->header;
}

ObservationReadStatus observation_reader_next(ObservationReader *reader, Observation *observation,
                                              GError **error)
{
    if (!reader->has_next)
        return OBSERVATION_END;
    *observation = reader->next;
    const bool has_duration = reader->next_has_duration;
    if (!read_ahead(reader, error)) {
        observation_clear(observation);
        return OBSERVATION_DAMAGED;
    }
    if (reader->has_next)
        reader->step_us = reader->next.t_us - observation->t_us;
    if (!has_duration)
        observation->duration_us = reader->step_us;
    return OBSERVATION_READ;
}

static void clear_observation_reader(ObservationReader *reader)
{
    if (reader->has_next)
        observation_clear(&reader->next);
    g_clear_object(&reader->stream);
    g_byte_array_unref(reader->buffer);
    observation_memory_free(reader->memory);
    observation_header_clear(&reader->header);
    g_free(reader->path);
}

DEFINE_FREE(observation_reader_free, ObservationReader, reader, clear_observation_reader(reader))
