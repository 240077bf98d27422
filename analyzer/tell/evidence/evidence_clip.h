/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of one clip, taken in a worker process. Inside runner/ only. */
#ifndef VSAUDIT_EVIDENCE_EVIDENCE_CLIP_H
#define VSAUDIT_EVIDENCE_EVIDENCE_CLIP_H

#include "evidence/evidence_mask.h"

/* The pictures of a strip. */
typedef enum { MOMENT_BEFORE, MOMENT_AT, MOMENT_AFTER, MOMENT_COUNT } EvidenceMoment;

/* One hit, false alert or missed event. */
typedef struct {
    int64_t t_us[MOMENT_COUNT]; /* wanted, ascending */
    int64_t end_us;             /* the clip's last pictures begin here; INT64_MAX when not known */
    Box box;                    /* outlined; BOX_NONE for none */
    char *name;                 /* of the files within the evidence folder, without ".jpg" */
    bool film;                  /* a short clip is wanted too */
    GHashTable *places;         /* set of names: the zones and lines that are drawn; belongs to the parent */
    json_t *target;             /* the results' entry; belongs to the parent */
} EvidenceShot;

typedef struct {
    const Clip *clip;
    const char *filter; /* of the condition, or NULL */
    bool steady_clock;  /* see ReplayRequest */
    char *observations; /* path of the clip's observations, or NULL */
    const char *folder; /* of the run */
    EvidenceBlur blur;
    GPtrArray *shots; /* of EvidenceShot *, sorted by time */
} EvidenceTask;

/* "before", "at", "after". */
const char *evidence_moment_name(EvidenceMoment moment);
/* The file's name within the evidence folder. Caller frees. */
char *evidence_file_name(const EvidenceShot *shot, EvidenceMoment moment);

/* Masks a picture at the size of the clip with what was found on it, then scales it. NULL with an error. */
Still *evidence_develop(EvidenceMask *mask, Still *still, const GArray *found, GError **error);
/* Draws the clip's name, the time, the zones and lines that the rule uses, and the alert's box. No word of a
 * language: the reports of all languages show the same pictures. */
void evidence_label(Still *still, const EvidenceTask *task, const EvidenceShot *shot);

/* Writes the short clips of the shots that want one, five seconds before to five seconds after, as
 * NAME.mp4. */
bool evidence_film(const EvidenceTask *task, GError **error);

/* Writes the pictures, in one pass through the clip, and the clips. {"times": [[t, t, t], …]} in the order of
 * the shots: the times of the pictures that were taken, µs, or NULL with an error. */
json_t *evidence_photograph(const EvidenceTask *task, GError **error);

#endif
