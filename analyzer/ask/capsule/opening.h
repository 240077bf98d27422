/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a capsule that comes back: is it the one that was made, is the sealed list the one whose hash was
 * published, are audit and truth those that were sealed with it? */
#ifndef VSAUDIT_CAPSULE_OPENING_H
#define VSAUDIT_CAPSULE_OPENING_H

#include "capsule/capsule.h"

typedef struct {
    const char *folder;    /* of the capsule, as it was handed over */
    const char *list;      /* the sealed list that was kept back */
    const char *published; /* its hash as somebody else was given it (64 hex digits); NULL: none was */
    const char *key;       /* the file of the public key that must have signed the sums; NULL: any, or none */
} OpeningSpec;

typedef struct {
    Seal *seal;
    char *sha256; /* of the sealed list */
    char *signer; /* id of the key by which the sums are signed; NULL: they are not */
} Opening;

/* Holds the sealed list against FOLDER/seal.sha256 and `published`, SHA256SUMS against the list and its
 * signature. INTEGRITY names the first that is not what it was; INPUT what cannot be read. */
bool opening_read(const OpeningSpec *spec, Opening *opening, GError **error);
/* Likewise every file of the capsule against SHA256SUMS: the clips are read. */
bool opening_check_files(const char *folder, GError **error);
/* The files that opening_read reads beside the list, of char *: those that are there. Caller unrefs. */
GPtrArray *opening_papers(const OpeningSpec *spec);
/* Whether the audit was loaded from the files that were sealed. INTEGRITY names one that was not. */
bool opening_check_audit(const Opening *opening, const Audit *audit, GError **error);
void opening_clear(Opening *opening);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Opening, opening_clear)

#endif
