/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: codes pictures one by one, as a camera does: no picture looks ahead, key pictures where
 * they are asked for and can be begun at. */
#ifndef VSAUDIT_MEDIA_CODER_H
#define VSAUDIT_MEDIA_CODER_H

#include "media/av.h"
#include "media/feed.h"

typedef struct Coder Coder;

FeedCodec coder_codec(enum AVCodecID id); /* FEED_CODECS: none that is sent */

/* A coder for pictures like `like`: turned upright already, sides made even. rate: pictures a second, as a
 * hint. NULL with a HARNESS error when this machine has no such encoder. */
Coder *coder_new(FeedCodec codec, const AVFrame *like, double rate, GError **error);
void coder_free(Coder *coder); /* NULL is fine */
/* Whether the picture has the size and format that the coder was made for. */
bool coder_fits(const Coder *coder, const AVFrame *frame);
/* All pictures from now on with left and right exchanged. */
void coder_mirror(Coder *coder);
/* Codes one picture into `packet` (unreferenced first). at_us never goes back or stands still. */
bool coder_code(Coder *coder, const AVFrame *frame, int64_t at_us, bool key, AVPacket *packet,
                GError **error);
FeedForm *coder_form(const Coder *coder); /* owned by the coder */

/* The form of a stream; parameters are copied. */
FeedForm *feed_form_new(const AVCodecParameters *about, double rate);

#endif
