/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: what an encoder wrote of itself into a coded stream, and how it is taken out without
 * touching a picture.
 *
 * H.264 and HEVC carry such words in SEI messages “user data unregistered”, which by the standard change
 * nothing of what is decoded. They are dropped where they are the only message of their unit. x264's own are
 * left where libav reads them to mend what it once did wrong: before build 34, and before build 151 in
 * pictures with full chroma. Other codecs keep what they hold. */
#ifndef VSAUDIT_MEDIA_SIGNATURE_H
#define VSAUDIT_MEDIA_SIGNATURE_H

#include "media/av.h"

/* How the units of one stream are packed; all zero: a codec of which nothing is taken. */
typedef struct {
    bool avc, hevc;
    bool full_chroma; /* H.264 in 4:4:4, or nobody knows */
    int length_bytes; /* 1 to 4: each unit has its length before it; 0: start codes */
} SignatureForm;

SignatureForm signature_form(const AVCodecParameters *parameters);
/* The bytes without the encoder's words: NULL when there are none in them. Caller frees. */
GByteArray *signature_strip(const SignatureForm *form, const uint8_t *data, size_t size);
/* Takes them out of the parameters' extradata too. */
void signature_strip_header(AVCodecParameters *parameters);
/* Adds to a checksum what the units hold, whatever their packing; the encoder's words are passed over. */
void signature_digest(const SignatureForm *form, const uint8_t *data, size_t size, GChecksum *checksum);
/* The name of an encoder that is still written in the bytes (“x264”, “Lavc” …); NULL: none that is known. */
const char *signature_find(const uint8_t *data, size_t size);

#endif
