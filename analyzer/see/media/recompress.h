/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: encodes pictures to H.264 in memory at a constant quantiser and decodes them again, as a
 * recorder with too little disk would. One picture in, one picture out, no delay kept. */
#ifndef VSAUDIT_MEDIA_RECOMPRESS_H
#define VSAUDIT_MEDIA_RECOMPRESS_H

#include "media/av.h"

typedef struct Recompress Recompress;

Recompress *recompress_new(int qp);
void recompress_free(Recompress *recompress); /* NULL is fine */
/* NULL: the end. The frame is not kept. Negative: libav's error. */
int recompress_push(Recompress *recompress, const AVFrame *frame);
bool recompress_pull(Recompress *recompress, AVFrame *frame);

#endif
