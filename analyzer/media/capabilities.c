/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/capabilities.h"

#include <glib.h>
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>

char *media_describe_libraries(void)
{
    const unsigned codec = avcodec_version(), format = avformat_version(), filter = avfilter_version();
    return g_strdup_printf("libavcodec %u.%u.%u, libavformat %u.%u.%u, libavfilter %u.%u.%u", codec >> 16,
                           codec >> 8 & 255, codec & 255, format >> 16, format >> 8 & 255, format & 255,
                           filter >> 16, filter >> 8 & 255, filter & 255);
}

bool media_can_encode_h264(void)
{
    return avcodec_find_encoder_by_name("libx264") != NULL;
}
