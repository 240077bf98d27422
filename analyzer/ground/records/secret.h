/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secret keys are known by their content, whatever they are called: nobody means to publish one. */
#ifndef VSAUDIT_RECORDS_SECRET_H
#define VSAUDIT_RECORDS_SECRET_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Whether bytes hold a secret key: PEM, OpenSSH, PGP, PuTTY, age, minisign, in UTF-16 too; an RSA, elliptic
 * or Ed25519 key in DER, or in base64 without a frame (our own are PEM); a store of PKCS#12, Java or KeePass.
 */
bool secret_is_in(const char *bytes, size_t length);

/* A password: the first line of a file. NULL with an INPUT error; caller frees. */
char *secret_password(const char *path, GError **error);

#endif
