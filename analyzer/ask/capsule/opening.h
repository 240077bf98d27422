/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a capsule that comes back: is it the one that was made, is the sealed list the one whose hash was
 * published, are audit and truth those that were sealed with it? */
#ifndef VSAUDIT_CAPSULE_OPENING_H
#define VSAUDIT_CAPSULE_OPENING_H

#include "capsule/capsule.h"

typedef struct {
    Seal *seal;
    char *sha256; /* of the sealed list */
} Opening;

/* Holds the sealed list at `list` against FOLDER/seal.sha256 and, unless NULL, against the hash that somebody
 * else was given (64 hex digits), and every file of the capsule against SHA256SUMS and the list. INTEGRITY
 * names the first that is not what it was; INPUT what cannot be read. */
bool opening_read(const char *folder, const char *list, const char *published, Opening *opening,
                  GError **error);
/* Whether the audit was loaded from the files that were sealed. INTEGRITY names one that was not. */
bool opening_check_audit(const Opening *opening, const Audit *audit, GError **error);
void opening_clear(Opening *opening);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Opening, opening_clear)

#endif
