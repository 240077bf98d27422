/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/capabilities.h"

#include <glib.h>
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libswscale/swscale.h>

char *media_describe_libraries(void)
{
    const unsigned codec = avcodec_version(), format = avformat_version(), filter = avfilter_version();
    return g_strdup_printf("libavcodec %u.%u.%u, libavformat %u.%u.%u, libavfilter %u.%u.%u", codec >> 16,
                           codec >> 8 & 255, codec & 255, format >> 16, format >> 8 & 255, format & 255,
                           filter >> 16, filter >> 8 & 255, filter & 255);
}

void media_add_versions(json_t *object)
{
    const struct {
        const char *name;
        unsigned version;
    } libraries[] = {{"libavutil", avutil_version()},
                     {"libavcodec", avcodec_version()},
                     {"libavformat", avformat_version()},
                     {"libavfilter", avfilter_version()},
                     {"libswscale", swscale_version()}};
    for (size_t i = 0; i < G_N_ELEMENTS(libraries); i++) {
        const unsigned version = libraries[i].version;
        g_autofree char *text = g_strdup_printf("%u.%u.%u", version >> 16, version >> 8 & 255, version & 255);
        json_object_set_new(object, libraries[i].name, json_string(text));
    }
}

bool media_can_encode_h264(void)
{
    return avcodec_find_encoder_by_name("libx264") != NULL;
}
