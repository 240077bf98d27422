/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/outlet.h"

void outlet_init(Outlet *outlet, gsize limit)
{
    *outlet = (Outlet){.bytes = g_byte_array_new(), .limit = limit, .waits = true};
}

void outlet_clear(Outlet *outlet)
{
    g_clear_pointer(&outlet->bytes, g_byte_array_unref);
}

void outlet_frame(GByteArray *framed, int channel, const uint8_t *packet, gsize size)
{
    g_assert(size <= 0xffff);
    const uint8_t head[OUTLET_FRAME] = {'$', (uint8_t)channel, (uint8_t)(size >> 8), (uint8_t)size};
    g_byte_array_append(framed, head, sizeof head);
    g_byte_array_append(framed, packet, (guint)size);
}

const uint8_t *outlet_front(const Outlet *outlet, gsize *size)
{
    *size = outlet->bytes->len - outlet->at;
    return outlet->bytes->data + outlet->at;
}

void outlet_sent(Outlet *outlet, gsize size)
{
    outlet->at += size;
    g_assert(outlet->at <= outlet->bytes->len);
    if (outlet->at == outlet->bytes->len) {
        g_byte_array_set_size(outlet->bytes, 0);
        outlet->at = 0;
    }
}

void outlet_add(Outlet *outlet, const void *bytes, gsize size)
{
    if (outlet->at > outlet->limit / 2) { /* moved together now and then, not each time */
        g_byte_array_remove_range(outlet->bytes, 0, (guint)outlet->at);
        outlet->at = 0;
    }
    g_byte_array_append(outlet->bytes, bytes, (guint)size);
}

bool outlet_offer(Outlet *outlet, const GByteArray *framed, bool key, int channel)
{
    const gsize waiting = outlet->bytes->len - outlet->at;
    const bool full = waiting > 0 && waiting + framed->len > outlet->limit;
    if (full || (outlet->waits && !key)) {
        outlet->waits = true;
        outlet->dropped += outlet->began;
        return false;
    }
    outlet->waits = false;
    outlet->began = true;
    outlet_add(outlet, framed->data, framed->len);
    uint8_t *copy = outlet->bytes->data + outlet->bytes->len - framed->len;
    for (gsize i = 0; channel != 0 && i + OUTLET_FRAME <= framed->len;
         i += OUTLET_FRAME + ((gsize)framed->data[i + 2] << 8 | framed->data[i + 3]))
        copy[i + 1] = (uint8_t)(copy[i + 1] + channel);
    return true;
}
