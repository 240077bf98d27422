/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an audit, drafted for a folder of clips: what a newcomer fills in.
 *
 * Nothing that people have to say is made up: the truth file has a heading and no rows (unless somebody says
 * that all clips were watched), what the public was told is a list of open questions, and a vendor's table
 * that is no alert log gets a map to be checked (config/alert_map.h). No file is ever written over. */
#ifndef VSAUDIT_DRAFT_DRAFT_FOLDER_H
#define VSAUDIT_DRAFT_DRAFT_FOLDER_H

#include "records/error.h"
#include "records/span.h"

typedef struct {
    char *id;
    char *path;          /* on this machine */
    char *sha256;        /* or NULL */
    int64_t duration_us; /* TIME_UNKNOWN = it could not be read */
    bool no_clock;       /* its length hangs on a rate that the file does not say */
    char *camera;        /* by its folder; NULL = nothing says which */
    char *twin;          /* id of an earlier clip with the same bytes; NULL = none */
} DraftClip;

void draft_clip_free(DraftClip *clip); /* NULL is fine */

typedef struct {
    const char *folder;            /* made if need be */
    const GPtrArray *clips;        /* of DraftClip * */
    const GPtrArray *passed;       /* of char *: files that were not taken, each with the reason */
    const char *const *behaviours; /* ids, NULL-terminated, at least one */
    const char *const *alerts;     /* “file” or “name=file”, NULL-terminated; may be NULL */
    bool watched;                  /* somebody watched every clip from end to end for every behaviour */
} DraftRequest;

/* Writes audit.yaml, dataset.yaml, truth.csv, scenario-<behaviour>.yaml, and map-<name>.yaml for what is no
 * alert log. The paths written, array of char *, caller unrefs; NULL with an error (INPUT: a file is there
 * already, or an id that is none). */
GPtrArray *draft_folder_write(const DraftRequest *request, GError **error);

#endif
