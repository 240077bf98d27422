/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One camera as its server's thread sees it: what it shows, when, and to whom. The functions of the first
 * part are called in that thread alone, those of the second by anybody. */
#ifndef VSAUDIT_LIVE_STREAM_H
#define VSAUDIT_LIVE_STREAM_H

#include "live/camera.h"
#include "live/moments.h"
#include "live/player.h"
#include "live/viewer.h"

Stream *stream_new(const char *id, double speed, GMainContext *context);
void stream_free(Stream *stream);

/* ---- in the server's thread */

/* Shows another programme; the player is taken. Returns the one before (to be freed elsewhere, since that may
 * take a while), NULL = none. wait_viewers: see CameraPlay. */
Player *stream_play(Stream *stream, Player *player, guint wait_viewers, bool farewell, GError **error);
/* Whether it can be watched now: it has a programme and is not out. */
bool stream_is_there(const Stream *stream);
char *stream_describe(const Stream *stream, GError **error); /* see rtp_describe */
void stream_join(Stream *stream, Viewer *viewer);
void stream_leave(Stream *stream, Viewer *viewer);

/* ---- anywhere */

const char *stream_id(const Stream *stream);
Moments *stream_moments(Stream *stream);
void stream_counts(Stream *stream, CameraCounts *counts);
GArray *stream_audience(Stream *stream); /* see camera_audience */
/* The codec of the stream so far; FEED_AS_RECORDED: none yet. */
FeedCodec stream_codec(Stream *stream);
CameraState stream_wait(Stream *stream, guint viewers, int64_t until_us, GError **error);
void stream_wake(void *stream); /* a player has something */

#endif
