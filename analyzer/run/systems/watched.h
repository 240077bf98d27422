/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time of a clip that a system could be judged on, from its job: how long it is, what no picture vouches
 * for, what somebody watched. */
#ifndef VSAUDIT_SYSTEMS_WATCHED_H
#define VSAUDIT_SYSTEMS_WATCHED_H

#include "config/scenario.h"
#include "store/store.h"

/* The clip's length: as replayed, else as the manifest states it, else TIME_UNKNOWN. The tail that a cut file
 * promised and no longer has belongs to it: its time is printed as not decoded, and an event that begins in
 * it is not judged. */
int64_t watched_length(const Clip *clip, const JobRecord *job);
/* What no sound picture vouches for, undecoded or unseen; `out` must be initialised, its old content goes. */
void watched_lost(const JobRecord *job, SpanList *out);
/* What was watched for the behaviour by the clip's truth, and seen; `out` is initialised here, and empty
 * where nobody watched or the length is not known. */
void watched_spans(const Clip *clip, const char *behaviour, const JobRecord *job, SpanList *out);

#endif
