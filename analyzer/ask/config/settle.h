/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truth and the clip itself, once the clip has been opened: what was written on the file's own clock is
 * brought to the clip's time (µs from the first picture), and what lies beyond the end is cut to it or
 * refused. Where the file's clock shows a time twice, or leaps over it, nothing is guessed: that is an error
 * with its place. */
#ifndef VSAUDIT_CONFIG_SETTLE_H
#define VSAUDIT_CONFIG_SETTLE_H

#include "config/dataset.h"
#include "records/quality.h"

/* A stated length may differ from what was decoded by the largest of these: half a second (people round),
 * two pictures, and one part in a thousand (29.97 pictures a second that are called 30). */
#define CLIP_LENGTH_SLACK_US (US_PER_SECOND / 2)
#define CLIP_LENGTH_SLACK_PICTURES 2
#define CLIP_LENGTH_SLACK_PART 1000

/* How long the clip is, with the tail that a cut file no longer has. */
int64_t settle_length_us(const ClipQuality *quality);
/* Whether the clip is as long as the manifest states; INPUT error else. Of a cut clip, the rest of what the
 * manifest states, and of what the truth of these behaviours (NULL-terminated) names, is noted in the
 * record as not decoded. */
bool settle_check_length(const Dataset *dataset, const Clip *clip, const char *const *behaviours,
                         ClipQuality *quality, GError **error);

typedef struct {
    guint ends_cut;      /* ends (and starts) a little outside the clip, cut to it */
    int64_t ends_cut_us; /* by how much at most */
} SettleCuts;

/* Whether the truth of the clip, its readings' too, fits it; INPUT error else. Ends are looked at for these
 * behaviours (NULL-terminated) alone. With `apply` the truth is changed in place, once; `cuts` (may be NULL)
 * says what was cut. */
bool settle_truth(const Dataset *dataset, Clip *clip, const ClipQuality *quality,
                  const char *const *behaviours, bool apply, SettleCuts *cuts, GError **error);
/* Alerts (of const Alert *) that were written on the file's clock, on the clip's: an array of copies, caller
 * unrefs. One before the first picture gets a time below 0, one behind the last a time beyond the end.
 * `system` stands in errors. */
GPtrArray *settle_alerts(const Dataset *dataset, const Clip *clip, const ClipQuality *quality,
                         const GPtrArray *alerts, const char *system, GError **error);

#endif
