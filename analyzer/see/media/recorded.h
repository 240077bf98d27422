/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: the coded pictures of one file, untouched. */
#ifndef VSAUDIT_MEDIA_RECORDED_H
#define VSAUDIT_MEDIA_RECORDED_H

#include "media/av.h"
#include "media/feed.h"

typedef struct Recorded Recorded;

/* Reads the file through and judges whether it can be sent as it is (see feed.h). NULL without an error:
 * it cannot, and *reason (caller frees) says why. NULL with an error: it cannot be read at all. */
Recorded *recorded_open(const char *path, const FeedRequest *request, char **reason, GError **error);
FeedStatus recorded_next(Recorded *recorded, FeedUnit **unit, GError **error);
FeedForm *recorded_form(const Recorded *recorded); /* owned by it */
void recorded_close(Recorded *recorded);           /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Recorded, recorded_close)

/* A unit of the packet's data, which is taken; a key picture gets the form's parameter sets before it where
 * it lacks them. Times are the caller's to fill in. */
FeedUnit *feed_unit_new(AVPacket *packet, FeedForm *form);

#endif
