/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/secret.h"

#include <glib.h>
#include <string.h>

bool secret_is_in(const char *bytes, size_t length)
{
    static const char *const marks[] = {
        "PRIVATE KEY-----", "PRIVATE KEY BLOCK-----",        "PuTTY-User-Key-File-",
        "AGE-SECRET-KEY-1", "minisign encrypted secret key", "SSH PRIVATE KEY FILE"};
    static const char ed25519[] = "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (memmem(bytes, length, marks[i], strlen(marks[i])) != NULL)
            return true;
    return memmem(bytes, length, ed25519, sizeof ed25519 - 1) != NULL;
}
