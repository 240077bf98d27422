/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dataset manifest: clips, where they come from, what is drawn on them, what truly happens in them, and
 * which spans were really annotated. Clips are found by SHA-256 in the folders of VSAUDIT_DATA, or by a path
 * beside the manifest. */
#ifndef VSAUDIT_CONFIG_DATASET_H
#define VSAUDIT_CONFIG_DATASET_H

#include "config/provenance.h"
#include "records/count.h"
#include "records/event.h"
#include "records/problems.h"
#include "records/scene.h"
#include "yaml/yaml_table.h"

/* On which clock truth and alerts of a clip are written. */
typedef enum {
    TIMES_OF_DATASET = -1,    /* of a clip: as the dataset says */
    TIMES_FROM_FIRST_PICTURE, /* seconds from the first picture that decodes */
    TIMES_FILE_CLOCK          /* the position that a player shows, which counts from where the file begins */
} ClipTimes;

/* One of several files of a clip. */
typedef struct {
    char *file;             /* path as written, relative to the manifest */
    char *sha256;           /* 64 hex digits, or NULL = not pinned */
    int64_t start_us;       /* when its first picture was taken, from the clip's first one; TIME_UNKNOWN = by
                               the files' own clocks where these go on, else right after the file before */
    GDateTime *recorded_at; /* as of a clip; then start_us follows from it; NULL = not stated */
    bool recorded_local;
    char *path;        /* resolved file on this machine, or NULL = not found */
    char *kept_sha256; /* as of a clip */
} ClipFile;

typedef struct Clip {
    char *id;   /* any text of at most 200 characters */
    char *file; /* path as written, relative to the manifest; NULL when `files` has them, when only a hash
                   is given, or only a length: then there is no video and the clip can only be scored */
    GPtrArray *files; /* of ClipFile *: several that follow each other; empty = the one of `file`. Then `file`
                         and `sha256` are NULL */
    char *sha256;     /* 64 hex digits, or NULL = not pinned */
    char *url;        /* or NULL */
    char *licence;    /* SPDX or words; or NULL = not stated */
    char *camera;     /* the cluster for statistics; the clip's id when not given */
    bool camera_unnamed;    /* it was not given */
    int64_t duration_us;    /* as stated in the manifest, or TIME_UNKNOWN */
    double rate;            /* pictures a second, as stated; 0 = not stated */
    int times;              /* a ClipTimes; never TIMES_OF_DATASET once it is loaded */
    bool settled;           /* truth_settle has brought the truth to the clip's own clock */
    GDateTime *recorded_at; /* the first frame by the camera's clock; NULL = not stated */
    bool recorded_local;    /* the manifest states no offset from UTC: recorded_at has the right figures, but
                               nominally in UTC */
    GPtrArray *tags;        /* of char * */
    GHashTable *attributes; /* char * -> char *: strata ("lighting" -> "night") */
    Scene *scene;           /* with validations loaded, if the clip has a log; never NULL */
    GPtrArray *events;      /* of Event *, all behaviours, sorted */
    GHashTable *coverage;   /* char * behaviour -> SpanList *: spans annotated for it; an empty list is the
                               whole clip. Absent: not annotated */
    GHashTable *counts;     /* char * behaviour -> GArray of CountSpan, sorted: how many people truly are
                               there. What no span says is not known */
    char *path;             /* resolved file on this machine (of several files the first, when all are
                               there), or NULL = not found */
    char *missing_reason;   /* a sentence when path is NULL */
    char *passed_over;      /* a sentence when the file beside the manifest has another hash and the right one
                               was found elsewhere; else NULL */
    char *kept_sha256; /* in a bundle: of the file where the audit was run, when the manifest states none;
                          else NULL */
    const struct Clip *copy_of; /* the clip before it that is the same footage by what the dataset says: one
                            file, or one camera at one time; NULL = none */
    bool altered;               /* path is NULL because the file that is there is not the one of `sha256` */
    guint ends_cut;             /* ends in the truth a little beyond the stated length, cut to it */
    int64_t ends_cut_us;        /* by how much at most */
    int line;                   /* of the entry, for messages */
} Clip;

/* Truth is written by hand or in whole pictures: an end may lie this much beyond the clip's end, and is cut
 * to it with a remark. Farther beyond it is an error. */
#define CLIP_END_SLACK_US (US_PER_SECOND / 2)
#define CLIP_END_SLACK_PICTURES 3
/* The larger of the two, of a clip with so many µs from picture to picture (0 = not known). */
int64_t clip_end_slack_us(int64_t picture_us);

/* What somebody else saw in the same clips: one annotator, or the truth before it was adjudicated. */
typedef struct {
    char *id;
    GPtrArray *files;  /* of char *: as written */
    GHashTable *clips; /* char * clip id -> ReadingClip *, of config/dataset_readings.c */
    bool states_coverage;
    int line;
} TruthReading;

typedef struct {
    char *id;
    char *file;   /* the manifest's path as given */
    char *sha256; /* of the manifest's bytes */
    TextPair title;
    char *licence;          /* or NULL */
    TextPair source;        /* where it comes from; both may be NULL */
    int times;              /* a ClipTimes, for clips that do not say */
    bool synthetic;         /* drawn, not filmed: the report must say so */
    Sampling sampling;      /* how the footage was chosen */
    Annotation annotation;  /* by whom it was marked */
    GPtrArray *clips;       /* of Clip *, in the order written */
    GPtrArray *remarks;     /* of char *: sentences of what was mended in the truth, with their place */
    GPtrArray *truth_files; /* of char *: truth and validation files read, as paths that open from here, with
                               their SHA-256 in truth_hashes (same order) */
    GPtrArray *truth_hashes;
    char *truth_version;      /* or NULL */
    GPtrArray *annotators;    /* of TruthReading * */
    GPtrArray *earlier_truth; /* of TruthReading *, whose ids are versions */
} Dataset;

/* Reads and checks a manifest and its truth files; resolves the clips. A missing clip is no error here (the
 * run reports it). Every problem is collected: NULL when there were any. */
Dataset *dataset_read(const char *path, Problems *problems);
void dataset_free(Dataset *dataset); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dataset, dataset_free)
Clip *dataset_find_clip(const Dataset *dataset, const char *id);
/* A clip's id as part of a file's name: plain ids (letters, digits, ".", "_", "-") as they are; in others
 * every other byte becomes "_" and the start of the id's SHA-256 follows, so that no two share a name. Caller
 * frees. */
char *clip_id_for_file(const char *id);
/* The SHA-256 of the clip's file, as the manifest states it; of several files all of them, parted by blanks.
 * NULL unless every one is stated. Caller frees. */
char *clip_stated_sha256(const Clip *clip);
/* Where the clip's files are on this machine, NULL-terminated: the one file, or several. NULL when one is
 * missing. Caller frees the array alone. */
const char **clip_paths(const Clip *clip);

/* The spans of the clip that were annotated for a behaviour, given its real duration: `out` is initialised by
 * the callee. False when the clip was not annotated for it at all. */
bool clip_coverage(const Clip *clip, const char *behaviour, int64_t duration_us, SpanList *out);

/* The annotator of that name; NULL when there is none. */
const TruthReading *dataset_find_annotator(const Dataset *dataset, const char *id);
/* The events of a reading on a clip, all behaviours, sorted: of Event *; NULL when it has none. */
const GPtrArray *reading_events(const TruthReading *reading, const char *clip);
/* The spans that a reading covers: its own coverage rows and the clip's; the clip's alone when the reading's
 * files state none at all. As clip_coverage. */
bool reading_coverage(const TruthReading *reading, const Clip *clip, const char *behaviour,
                      int64_t duration_us, SpanList *out);

#endif
