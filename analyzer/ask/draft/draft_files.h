/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files in a folder that may be clips, told by their names and first bytes; nothing is decoded here.
 *
 * Links are followed, to files and to folders (each folder once). No file that may be a video is left out in
 * silence: it is a candidate, or passed over with a reason. */
#ifndef VSAUDIT_DRAFT_DRAFT_FILES_H
#define VSAUDIT_DRAFT_DRAFT_FILES_H

#include "records/error.h"

#include <stdbool.h>

typedef enum {
    LIKELY_NAMED, /* by the user: a clip, whatever it turns out to be */
    LIKELY_VIDEO, /* a video's ending: a clip, also when it cannot be read */
    LIKELY_BYTES, /* a video's first bytes, or an ending that other files have, too: a clip when it opens */
    LIKELY_OTHER, /* neither; its bytes are those of no other known kind of file */
} Likely;

typedef struct {
    char *path;
    char *camera; /* the sub-folder that looks like a camera's; NULL = none */
    Likely likely;
} Candidate;

typedef struct {
    char *path;
    char *reason; /* a sentence's rest: “a link to nothing” */
} PassedOver;

typedef struct {
    GPtrArray *candidates; /* of Candidate *, by path */
    GPtrArray *passed;     /* of PassedOver *, by path */
    GHashTable *known;     /* char * whole path -> Candidate *: a file that is named twice is one clip */
} DraftFiles;

DraftFiles *draft_files_new(void);
void draft_files_free(DraftFiles *files); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DraftFiles, draft_files_free)

/* Adds what is at `path`: a file, or a folder with all below it. False with an INPUT error when nothing is
 * there or a folder cannot be read. */
bool draft_files_collect(DraftFiles *files, const char *path, GError **error);
void draft_files_pass(DraftFiles *files, const char *path, const char *reason);
void draft_files_sort(DraftFiles *files);

#endif
