/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a clip's manifest states of its files, in the form in which a replay takes it: one file or several,
 * their starts, their hashes, the rate. Whoever opens a clip does it with this: nobody may look at the first
 * of several files alone. */
#ifndef VSAUDIT_RUNNER_CLIP_REQUEST_H
#define VSAUDIT_RUNNER_CLIP_REQUEST_H

#include "config/dataset.h"
#include "media/replay.h"

typedef struct {
    const char **paths, **sha256; /* the clip's own strings */
    int64_t *starts_us;
    size_t count;
} ClipRequest;

/* Fills in what the clip states; `request` then points into the result and into the clip, which has a path.
 */
void clip_request_init(ClipRequest *files, const Clip *clip, ReplayRequest *request);
/* The SHA-256 of every file once they are replayed, as clip_stated_sha256; NULL for numbered pictures, which
 * are not hashed. Caller frees. */
char *clip_request_hashes(const ClipRequest *files, const Replay *replay);
void clip_request_clear(ClipRequest *files);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClipRequest, clip_request_clear)

#endif
