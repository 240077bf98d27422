/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/lots.h"

#include "records/error.h"

#include <string.h>
#include <sys/random.h>

bool lots_seed_new(LotsSeed *seed, GError **error)
{
    if (getrandom(seed->bytes, sizeof seed->bytes, 0) == (ssize_t)sizeof seed->bytes)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "the system gives no random numbers for a seed");
    return false;
}

bool lots_seed_parse(const char *text, LotsSeed *seed, GError **error)
{
    bool fine = strlen(text) == sizeof seed->bytes * 2;
    for (size_t i = 0; fine && i < sizeof seed->bytes; i++) {
        const int high = g_ascii_xdigit_value(text[2 * i]), low = g_ascii_xdigit_value(text[2 * i + 1]);
        fine = high >= 0 && low >= 0;
        seed->bytes[i] = (uint8_t)((unsigned)high << 4 | (unsigned)low);
    }
    if (!fine)
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--seed: found %zu characters, expected %zu hex digits", strlen(text),
                    sizeof seed->bytes * 2);
    return fine;
}

char *lots_seed_text(const LotsSeed *seed)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < sizeof seed->bytes; i++)
        g_string_append_printf(text, "%02x", seed->bytes[i]);
    return g_string_free(text, FALSE);
}

uint64_t lots_draw(const LotsSeed *seed, const char *purpose, uint64_t n)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    const guint64 number = GUINT64_TO_LE(n);
    g_checksum_update(checksum, seed->bytes, sizeof seed->bytes);
    g_checksum_update(checksum, (const guchar *)purpose, (gssize)strlen(purpose) + 1);
    g_checksum_update(checksum, (const guchar *)&number, sizeof number);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(checksum, digest, &length);
    guint64 value;
    memcpy(&value, digest, sizeof value);
    return GUINT64_FROM_LE(value);
}

uint64_t lots_below(const LotsSeed *seed, const char *purpose, uint64_t n, uint64_t below)
{
    g_assert(below >= 1);
    return lots_draw(seed, purpose, n) % below;
}

void lots_shuffle(const LotsSeed *seed, const char *purpose, GPtrArray *members)
{
    for (guint i = members->len; i > 1; i--) {
        const guint other = (guint)lots_below(seed, purpose, i, i);
        gpointer kept = members->pdata[i - 1];
        members->pdata[i - 1] = members->pdata[other];
        members->pdata[other] = kept;
    }
}
