/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to media/: the luma hash chain; replay.h has its definition. */
#ifndef VSAUDIT_MEDIA_CHAIN_H
#define VSAUDIT_MEDIA_CHAIN_H

#include "media/av.h"

#define CHAIN_BYTES 32

typedef struct {
    unsigned char link[CHAIN_BYTES]; /* all zero to begin with */
} Chain;

void chain_add(Chain *chain, const AVFrame *frame, int64_t t_us);
char *chain_text(const Chain *chain); /* 64 hex digits; caller frees */

#endif
