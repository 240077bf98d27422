/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sealed list of a capsule: which of its clips is which. It is kept back by who made the capsule, and its
 * SHA-256 is published with it: so nobody can change it afterwards, and nobody can read it before. The seed
 * in it keeps anybody from finding the list by trying all of them. */
#ifndef VSAUDIT_CAPSULE_SEAL_H
#define VSAUDIT_CAPSULE_SEAL_H

#include "records/event.h"

#include <jansson.h>

#define SEAL_SCHEMA "vsaudit/capsule-seal/1"

typedef struct {
    char *name;           /* "clip-0001", as the other side knows it */
    char *file, *sha256;  /* "clips/clip-0001.mp4" in the capsule */
    char *dataset, *clip; /* what it is; NULL: a canary that was drawn */
    int64_t appearance;   /* 1, 2 …: of a clip that is there more than once; by order of the names */
    bool canary;          /* its answer is beyond doubt: that of `events` */
    char *scene;          /* of a drawn canary: the behaviour whose scene it is; else NULL */
    GPtrArray
        *events; /* of Event *: of a canary, sorted; empty for all others, whose truth is the dataset's */
    int64_t duration_us; /* from the first picture to the end of the last */
    double rate;         /* pictures a second; 0 = not known */
} SealedClip;

typedef struct {
    char *name, *sha256; /* of a file that the audit was loaded from; the name without its folder */
} SealedFile;

typedef struct {
    char *seed;            /* 64 hex digits */
    char *audit;           /* id */
    GPtrArray *files;      /* of SealedFile *: audit, scenarios, datasets, truth, as they were */
    GPtrArray *behaviours; /* of char *: ids, sorted */
    GPtrArray *clips;      /* of SealedClip *, in the order of their names */
} Seal;

Seal *seal_new(void);
void seal_free(Seal *seal); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Seal, seal_free)
SealedClip *sealed_clip_new(void);
void sealed_clip_free(SealedClip *clip);
void seal_add_file(Seal *seal, const char *path, const char *sha256); /* each once */
/* NULL when there is none of that name. */
const SealedClip *seal_find(const Seal *seal, const char *name);
/* The clip of the same footage of that appearance; NULL when there is none. */
const SealedClip *seal_appearance(const Seal *seal, const SealedClip *clip, int64_t appearance);
/* How often the clip that is there most often is there. */
int64_t seal_most(const Seal *seal);

/* New reference. */
json_t *seal_to_json(const Seal *seal);
/* The bytes of the sealed list. Caller frees. */
char *seal_to_text(const Seal *seal);
/* INPUT error where it is no sealed list; `name` is for the message. */
Seal *seal_from_json(const json_t *json, const char *name, GError **error);

#endif
