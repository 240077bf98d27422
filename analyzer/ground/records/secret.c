/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/secret.h"

#include "records/error.h"

#include <string.h>

static const char *const words[] = {
    "PRIVATE KEY-----", "PRIVATE KEY BLOCK-----",        "PuTTY-User-Key-File-",
    "AGE-SECRET-KEY-1", "minisign encrypted secret key", "SSH PRIVATE KEY FILE"};

#define BYTES(literal)               \
    {                                \
        literal, sizeof(literal) - 1 \
    }
typedef struct {
    const char *bytes;
    size_t length;
} Bytes;

/* How PrivateKeyInfo (RFC 5208) begins behind its length: version 0 and the kind of key. What is public has
 * no version there. */
static const Bytes der[] = {
    BYTES("\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04"),                                 /* Ed25519 */
    BYTES("\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x6e\x04"),                                 /* X25519 */
    BYTES("\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x04"), /* RSA */
    BYTES("\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06"),                 /* named curves */
};

/* How files begin that are a store of keys. */
static const Bytes stores[] = {
    BYTES("\xfe\xed\xfe\xed\x00\x00\x00"), /* Java */
    BYTES("\x03\xd9\xa2\x9a\x67\xfb\x4b"), /* KeePass */
};

static bool holds(const char *bytes, size_t length, const char *part, size_t part_length)
{
    return memmem(bytes, length, part, part_length) != NULL;
}

/* Every character of two bytes, as UTF-16 has it in either order: the zero bytes between are the same. */
static bool holds_wide(const char *bytes, size_t length, const char *word)
{
    const size_t count = strlen(word);
    g_autofree char *wide = g_malloc0(2 * count);
    for (size_t i = 0; i < count; i++)
        wide[2 * i] = word[i];
    return holds(bytes, length, wide, 2 * count - 1);
}

/* The characters of base64 that say nothing but the bytes, wherever they stand in the whole. */
static bool holds_encoded(const char *bytes, size_t length, const Bytes *part)
{
    for (size_t before = 0; before < 3; before++) {
        g_autofree guchar *shifted = g_malloc0(before + part->length);
        memcpy(shifted + before, part->bytes, part->length);
        g_autofree char *text = g_base64_encode(shifted, before + part->length);
        const size_t from = (before * 8 + 5) / 6, until = (before + part->length) * 8 / 6;
        if (holds(bytes, length, text + from, until - from))
            return true;
    }
    return false;
}

/* PFX (RFC 7292): version 3, then contents that are data or signed data. */
static bool begins_pkcs12(const char *bytes, size_t length)
{
    static const char version[] = "\x02\x01\x03\x30", data[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07";
    enum { HEADER = 6, VERSION = 4, LENGTH = 5 };
    if (length < 2 || bytes[0] != '\x30')
        return false;
    const char *at = memmem(bytes, MIN(length, HEADER + VERSION), version, VERSION);
    if (at == NULL)
        return false;
    const size_t skipped = (size_t)(at - bytes) + VERSION;
    return holds(at + VERSION, MIN(length - skipped, LENGTH + sizeof data - 1), data, sizeof data - 1);
}

static bool begins_encoded_pkcs12(const char *bytes, size_t length)
{
    enum { CHARACTERS = 48 };
    if (length < CHARACTERS || strncmp(bytes, "MI", 2) != 0)
        return false;
    g_autofree char *text = g_strndup(bytes, CHARACTERS);
    gsize decoded_length = 0;
    g_autofree guchar *decoded = g_base64_decode(text, &decoded_length);
    return begins_pkcs12((const char *)decoded, decoded_length);
}

bool secret_is_in(const char *bytes, size_t length)
{
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (holds(bytes, length, words[i], strlen(words[i])) || holds_wide(bytes, length, words[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(der); i++)
        if (holds(bytes, length, der[i].bytes, der[i].length) || holds_encoded(bytes, length, &der[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(stores); i++)
        if (length >= stores[i].length && memcmp(bytes, stores[i].bytes, stores[i].length) == 0)
            return true;
    return begins_pkcs12(bytes, length) || begins_encoded_pkcs12(bytes, length);
}

char *secret_password(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "the password cannot be read: %s",
                    cause->message);
        return NULL;
    }
    text[strcspn(text, "\r\n")] = '\0';
    if (*text != '\0' && g_utf8_validate(text, -1, NULL))
        return text;
    g_free(text);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s:1: found no password, expected one in the first line", path);
    return NULL;
}
