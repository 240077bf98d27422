/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: what an encoder wrote of itself into a coded stream, and how it is taken out without
 * touching a picture.
 *
 * H.264 and HEVC carry such words in SEI messages “user data unregistered”, which by the standard change
 * nothing of what is decoded. They are dropped where they are the only message of their unit. One is left,
 * because libav reads it to mend what old encoders did wrong: x264's own, before build 151. Other codecs keep
 * what they hold. */
#ifndef VSAUDIT_MEDIA_SIGNATURE_H
#define VSAUDIT_MEDIA_SIGNATURE_H

#include "media/av.h"

/* How the units of one stream are packed; all zero: a codec of which nothing is taken. */
typedef struct {
    bool avc, hevc;
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
