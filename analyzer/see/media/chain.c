/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/chain.h"

#include "media/pixels.h"

#include <sodium.h>

static void put_little(unsigned char *bytes, uint64_t value, int count)
{
    for (int i = 0; i < count; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

void chain_add(Chain *chain, const AVFrame *frame, int64_t t_us)
{
    crypto_generichash_state hash;
    unsigned char head[16];
    const int ready = sodium_init(); /* picks the fast code; cheap when done before */
    g_assert(ready >= 0);
    crypto_generichash_init(&hash, NULL, 0, CHAIN_BYTES);
    crypto_generichash_update(&hash, chain->link, CHAIN_BYTES);
    put_little(head, (uint64_t)t_us, 8);
    put_little(head + 8, (uint64_t)frame->width, 4);
    put_little(head + 12, (uint64_t)frame->height, 4);
    crypto_generichash_update(&hash, head, sizeof head);
    const int bytes = pixels_row_bytes(frame);
    for (int y = 0; y < frame->height && bytes > 0; y++)
        crypto_generichash_update(&hash, frame->data[0] + (ptrdiff_t)y * frame->linesize[0],
                                  (unsigned long long)bytes);
    crypto_generichash_final(&hash, chain->link, CHAIN_BYTES);
}

char *chain_text(const Chain *chain)
{
    char *text = g_malloc(2 * CHAIN_BYTES + 1);
    return sodium_bin2hex(text, 2 * CHAIN_BYTES + 1, chain->link, CHAIN_BYTES);
}
