/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ed25519 keys and signatures (libsodium; the only place with sodium.h).
 *
 * Keys are kept in the PEM files of RFC 8410, which openssl reads: the secret one as PKCS#8, the public one
 * as SubjectPublicKeyInfo. A key's id is the SHA-256 of its public key in DER, 64 hex digits: openssl pkey
 * -pubin -in KEY.pub -outform DER | sha256sum. Secret bytes lie in locked memory that is zeroed when it is
 * freed. */
#ifndef VSAUDIT_KEYS_KEYS_H
#define VSAUDIT_KEYS_KEYS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define KEYS_PUBLIC_BYTES 32
#define KEYS_SIGNATURE_BYTES 64

typedef struct {
    uint8_t bytes[KEYS_PUBLIC_BYTES];
} PublicKey;

typedef struct SecretKey SecretKey;

/* Makes a new pair: `path` (mode 0600) and `path`.pub. USAGE error when either is there: a key is never
 * replaced. */
bool keys_generate(const char *path, PublicKey *public_key, GError **error);
/* Reads a secret key; INPUT error when it is none, or when others may read it. */
SecretKey *keys_read_secret(const char *path, GError **error);
void secret_key_free(SecretKey *key); /* zeroes; NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SecretKey, secret_key_free)
PublicKey keys_public_of(const SecretKey *key);

/* Reads a public key in PEM; INPUT error. */
bool keys_read_public(const char *path, PublicKey *key, GError **error);
/* The same from text; false when it is not exactly what keys_public_pem writes. */
bool keys_parse_public(const char *text, PublicKey *key);
/* Caller frees both. */
char *keys_public_pem(const PublicKey *key);
char *keys_id(const PublicKey *key);

void keys_sign(const SecretKey *key, const void *bytes, size_t length,
               uint8_t signature[KEYS_SIGNATURE_BYTES]);
bool keys_verify(const PublicKey *key, const void *bytes, size_t length,
                 const uint8_t signature[KEYS_SIGNATURE_BYTES]);

/* Base64 with padding, strict when read (no white space, no stray bits). Caller frees. */
char *keys_base64(const void *bytes, size_t length);
uint8_t *keys_from_base64(const char *text, size_t *length);

#endif
