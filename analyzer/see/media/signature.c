/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/signature.h"

#include <stdlib.h>
#include <string.h>

#define USER_DATA_UNREGISTERED 5
#define UUID_BYTES 16
#define FIRST_HARMLESS_X264 34
#define FIRST_HARMLESS_FULL_CHROMA 151

SignatureForm signature_form(const AVCodecParameters *parameters)
{
    SignatureForm form = {.avc = parameters->codec_id == AV_CODEC_ID_H264,
                          .hevc = parameters->codec_id == AV_CODEC_ID_HEVC};
    const int profile = parameters->profile;
    form.full_chroma =
        profile < 0 || profile == 244 || profile == 44; /* High 4:4:4 Predictive, CAVLC 4:4:4 */
    const uint8_t *header = parameters->extradata;
    const int size = parameters->extradata_size;
    if (form.avc && size >= 7 && header[0] == 1)
        form.length_bytes = (header[4] & 3) + 1;
    else if (form.hevc && size >= 23 && header[0] == 1)
        form.length_bytes = (header[21] & 3) + 1;
    return form;
}

/* ---- units */

typedef struct {
    const uint8_t *data; /* without length or start code */
    size_t size;
    const uint8_t *whole; /* with it */
} Unit;

static const uint8_t *find_start_code(const uint8_t *from, const uint8_t *end)
{
    for (; end - from >= 3; from++) {
        if (from[0] == 0 && from[1] == 0 && from[2] == 1)
            return from;
    }
    return end;
}

/* The next unit of start codes; zeros behind it belong to the code that follows. */
static bool next_by_code(const uint8_t **at, const uint8_t *end, Unit *unit)
{
    const uint8_t *code = find_start_code(*at, end);
    if (code == end)
        return false;
    const uint8_t *next = find_start_code(code + 3, end), *stop = next;
    unit->whole = *at;
    unit->data = code + 3;
    while (stop > unit->data && stop[-1] == 0)
        stop--;
    unit->size = (size_t)(stop - unit->data);
    *at = next == end ? end : stop;
    return true;
}

static bool next_by_length(const uint8_t **at, const uint8_t *end, int length_bytes, Unit *unit)
{
    if (end - *at < length_bytes)
        return false;
    size_t length = 0;
    for (int i = 0; i < length_bytes; i++)
        length = length << 8 | (*at)[i];
    if (length > (size_t)(end - *at - length_bytes))
        return false;
    *unit = (Unit){*at + length_bytes, length, *at};
    *at += (size_t)length_bytes + length;
    return true;
}

static bool next_unit(const SignatureForm *form, const uint8_t **at, const uint8_t *end, Unit *unit)
{
    return form->length_bytes > 0 ? next_by_length(at, end, form->length_bytes, unit)
                                  : next_by_code(at, end, unit);
}

static int unit_type(const SignatureForm *form, const Unit *unit)
{
    return form->avc ? unit->data[0] & 31 : unit->data[0] >> 1 & 63;
}

/* ---- what is a signature */

/* A message's type or size: bytes of 255 that go on, then the last. */
static bool read_number(const uint8_t **at, const uint8_t *end, size_t *number)
{
    *number = 0;
    for (; *at < end; (*at)++) {
        *number += **at;
        if (**at != 255) {
            (*at)++;
            return true;
        }
    }
    return false;
}

static const uint8_t *find_text(const uint8_t *data, size_t size, const char *text)
{
    return memmem(data, size, text, strlen(text));
}

static bool is_needed(const SignatureForm *form, const uint8_t *payload, size_t size)
{
    static const char name[] = "x264 - core ";
    const uint8_t *found = find_text(payload, size, name);
    if (found == NULL)
        return false;
    g_autofree char *rest =
        g_strndup((const char *)found + strlen(name), (gsize)(payload + size - found) - strlen(name));
    return strtol(rest, NULL, 10) < (form->full_chroma ? FIRST_HARMLESS_FULL_CHROMA : FIRST_HARMLESS_X264);
}

/* Whether a unit holds one message, somebody's own data, and nothing else. */
static bool is_signature(const SignatureForm *form, const Unit *unit)
{
    const size_t head = form->avc ? 1 : 2;
    if (unit->size <= head)
        return false;
    const int type = unit_type(form, unit);
    if (form->avc ? type != 6 : type != 39 && type != 40)
        return false;
    g_autofree uint8_t *bytes = g_malloc(unit->size);
    size_t size = 0;
    int zeros = 0;
    for (size_t i = head; i < unit->size; i++) { /* without the bytes that keep start codes out */
        if (zeros >= 2 && unit->data[i] == 3) {
            zeros = 0;
            continue;
        }
        zeros = unit->data[i] == 0 ? zeros + 1 : 0;
        bytes[size++] = unit->data[i];
    }
    const uint8_t *at = bytes, *end = bytes + size;
    size_t kind = 0, length = 0;
    if (!read_number(&at, end, &kind) || !read_number(&at, end, &length) || kind != USER_DATA_UNREGISTERED ||
        length < UUID_BYTES || length > (size_t)(end - at) || is_needed(form, at, length))
        return false;
    at += length;
    return at == end || *at == 0x80; /* the stop bit: no other message follows */
}

/* ---- stripping */

GByteArray *signature_strip(const SignatureForm *form, const uint8_t *data, size_t size)
{
    if (!form->avc && !form->hevc)
        return NULL;
    const uint8_t *at = data, *end = data + size;
    g_autoptr(GByteArray) kept = g_byte_array_sized_new((guint)size);
    bool found = false;
    Unit unit;
    while (next_unit(form, &at, end, &unit)) {
        if (unit.size > 0 && is_signature(form, &unit))
            found = true;
        else
            g_byte_array_append(kept, unit.whole, (guint)(at - unit.whole));
    }
    g_byte_array_append(kept, at, (guint)(end - at)); /* what makes no unit stays */
    return found ? g_steal_pointer(&kept) : NULL;
}

static void set_header(AVCodecParameters *parameters, const GByteArray *bytes)
{
    uint8_t *fresh = av_mallocz(bytes->len + AV_INPUT_BUFFER_PADDING_SIZE);
    memcpy(fresh, bytes->data, bytes->len);
    av_freep(&parameters->extradata);
    parameters->extradata = fresh;
    parameters->extradata_size = (int)bytes->len;
}

/* The arrays of an HEVC header; NULL where it makes no sense or nothing was taken. */
static GByteArray *strip_arrays(const uint8_t *header, size_t size)
{
    const SignatureForm form = {.hevc = true, .length_bytes = 2};
    const uint8_t *at = header + 23, *end = header + size;
    g_autoptr(GByteArray) kept = g_byte_array_new();
    g_byte_array_append(kept, header, 23);
    bool found = false;
    guint arrays = 0;
    for (int i = 0; i < header[22]; i++) {
        if (end - at < 3)
            return NULL;
        const guint place = kept->len, units = (guint)(at[1] << 8 | at[2]);
        guint left = 0;
        g_byte_array_append(kept, at, 3);
        at += 3;
        for (guint u = 0; u < units; u++) {
            Unit unit;
            if (!next_by_length(&at, end, 2, &unit))
                return NULL;
            if (unit.size > 0 && is_signature(&form, &unit)) {
                found = true;
                continue;
            }
            g_byte_array_append(kept, unit.whole, (guint)(at - unit.whole));
            left++;
        }
        kept->data[place + 1] = (guint8)(left >> 8);
        kept->data[place + 2] = (guint8)left;
        if (left == 0)
            g_byte_array_set_size(kept, place);
        else
            arrays++;
    }
    kept->data[22] = (guint8)arrays;
    return found ? g_steal_pointer(&kept) : NULL;
}

void signature_strip_header(AVCodecParameters *parameters)
{
    const SignatureForm form = signature_form(parameters);
    const size_t size = (size_t)parameters->extradata_size;
    g_autoptr(GByteArray) kept = NULL;
    if (form.hevc && form.length_bytes > 0)
        kept = strip_arrays(parameters->extradata, size);
    else if (form.length_bytes == 0 && size > 0)
        kept = signature_strip(&form, parameters->extradata, size);
    if (kept != NULL)
        set_header(parameters, kept);
}

void signature_digest(const SignatureForm *form, const uint8_t *data, size_t size, GChecksum *checksum)
{
    const uint8_t *at = data, *end = data + size;
    Unit unit;
    while ((form->avc || form->hevc) && next_unit(form, &at, end, &unit)) {
        if (unit.size == 0 || is_signature(form, &unit))
            continue;
        const guint64 length = GUINT64_TO_LE((guint64)unit.size);
        g_checksum_update(checksum, (const guchar *)&length, sizeof length);
        g_checksum_update(checksum, unit.data, (gssize)unit.size);
    }
    g_checksum_update(checksum, at, (gssize)(end - at));
}

const char *signature_find(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"x264 - core", "x265 (build", "Lavc", "XviD", "DivX"};
    for (size_t i = 0; data != NULL && i < G_N_ELEMENTS(names); i++) {
        if (find_text(data, size, names[i]) != NULL)
            return names[i];
    }
    return NULL;
}
