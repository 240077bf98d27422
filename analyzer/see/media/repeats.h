/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: pictures that a container's index lists more than once (an MP4's edit list that shows a
 * stretch again). Nobody filmed their time twice. */
#ifndef VSAUDIT_MEDIA_REPEATS_H
#define VSAUDIT_MEDIA_REPEATS_H

#include "media/av.h"

typedef struct Repeats Repeats;

/* By the index of the stream as it is now; NULL: it lists no picture twice, or the format has no such index.
 */
Repeats *repeats_find(const AVFormatContext *file, const AVStream *stream);
/* A packet that will be shown was read. True: it was shown before. */
bool repeats_note(Repeats *repeats, const AVPacket *packet);
void repeats_free(Repeats *repeats); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Repeats, repeats_free)

#endif
