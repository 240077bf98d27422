/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is signed by itself, outside of a bundle: the signature (Base64, a line) and the public key
 * (PEM) lie beside it, under names that its makers choose. */
#ifndef VSAUDIT_KEYS_SIGNED_FILE_H
#define VSAUDIT_KEYS_SIGNED_FILE_H

#include "keys/keys.h"

typedef struct {
    const char *bytes; /* of the file */
    gsize length;
    const char *signature, *key; /* paths */
} SignedFile;

/* Signs it, and writes both. HARNESS error. */
bool signed_file_make(const SignedFile *signed_file, const SecretKey *key, GError **error);
/* Who signed: the key's id (caller frees), or NULL without an error where nobody did and nobody need have.
 * `wanted`: the public key's file by which it must be; NULL: any. INTEGRITY where the signature is not one.
 */
bool signed_file_check(const SignedFile *signed_file, const char *wanted, char **signer, GError **error);

#endif
