/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: files of several films put one behind the other ("cat a.mp4 b.mp4").
 * Most containers end with the first one, libav with success; what follows must not stay unread in silence.
 */
#ifndef VSAUDIT_MEDIA_JOINED_H
#define VSAUDIT_MEDIA_JOINED_H

#include "media/demuxer.h"

/* False with an INPUT error when a film begins in bytes of the file of which no picture was read: behind the
 * last picture, or in a hole between two of them. A film is what begins as a container
 * does, is opened by libav, and gives pictures. Call it when all packets were read. */
bool joined_judge(const Demuxer *demuxer, GError **error);

/* The same for a file that is not to be decoded. What cannot be opened is fine here: a replay says what is
 * wrong with it. Reads the file once, twice where there may be another film. */
bool joined_check(const char *path, GError **error);

#endif
