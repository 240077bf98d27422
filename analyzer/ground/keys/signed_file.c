/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys/signed_file.h"

#include "records/error.h"
#include "records/save.h"

#include <string.h>

bool signed_file_make(const SignedFile *signed_file, const SecretKey *key, GError **error)
{
    uint8_t signature[KEYS_SIGNATURE_BYTES];
    keys_sign(key, signed_file->bytes, signed_file->length, signature);
    const PublicKey public_key = keys_public_of(key);
    g_autofree char *text = keys_base64(signature, sizeof signature), *line = g_strconcat(text, "\n", NULL);
    g_autofree char *pem = keys_public_pem(&public_key);
    return save_file(signed_file->signature, line, -1, error) && save_file(signed_file->key, pem, -1, error);
}

static bool altered(GError **error, const char *path, const char *what)
{
    return error_refuse(error, VSAUDIT_ERROR_INTEGRITY, path, "%s", what);
}

bool signed_file_check(const SignedFile *signed_file, const char *wanted, char **signer, GError **error)
{
    g_autofree char *text = NULL;
    gsize count = 0;
    *signer = NULL;
    if (!g_file_test(signed_file->signature, G_FILE_TEST_EXISTS))
        return wanted == NULL || altered(error, signed_file->signature,
                                         "is not there, though a key was given that must have signed");
    PublicKey key, other;
    if (!error_read_file(signed_file->signature, &text, NULL, error) ||
        !keys_read_public(signed_file->key, &key, error) ||
        (wanted != NULL && !keys_read_public(wanted, &other, error)))
        return false;
    g_autofree uint8_t *signature = keys_from_base64(g_strchomp(text), &count);
    if (signature == NULL || count != KEYS_SIGNATURE_BYTES ||
        !keys_verify(&key, signed_file->bytes, signed_file->length, signature))
        return altered(error, signed_file->signature,
                       "the signature is not one of what it stands beside by the key beside it");
    if (wanted != NULL && memcmp(other.bytes, key.bytes, sizeof key.bytes) != 0)
        return altered(error, signed_file->key, "is another key than the one that must have signed");
    *signer = keys_id(&key);
    return true;
}
