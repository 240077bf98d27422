/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of one clip, taken in a worker process. Inside runner/ only. */
#ifndef VSAUDIT_RUNNER_EVIDENCE_CLIP_H
#define VSAUDIT_RUNNER_EVIDENCE_CLIP_H

#include "runner/evidence.h"

typedef struct {
    int64_t t_us;
    Box box;        /* outlined; BOX_NONE for none */
    char *file;     /* name within the evidence folder */
    char *caption;  /* label, or NULL */
    json_t *target; /* the results' entry; belongs to the parent */
} EvidenceShot;

typedef struct {
    const Clip *clip;
    const char *filter; /* of the condition, or NULL */
    char *observations; /* path of the clip's observations, or NULL */
    const char *folder; /* of the run */
    EvidenceBlur blur;
    GPtrArray *shots; /* of EvidenceShot *, sorted by time */
} EvidenceTask;

/* Writes the pictures. {"written": [true, false, …]} in the order of the shots, or NULL with an error. */
json_t *evidence_photograph(const EvidenceTask *task, GError **error);

#endif
