/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/av.h"

#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>

static _Thread_local AvListener *current;

static void hear(void *context, int level, const char *format, va_list arguments)
{
    if (level > AV_LOG_ERROR || current == NULL)
        return;
    if (current->errors == 0) {
        int prefix = 1;
        av_log_format_line2(context, level, format, arguments, current->first, sizeof current->first,
                            &prefix);
        /* "[h264 @ 0x55…] text": the address changes from run to run */
        for (char *at; (at = strstr(current->first, " @ 0x")) != NULL;) {
            const char *close = strchr(at, ']');
            if (close == NULL)
                break;
            memmove(at, close, strlen(close) + 1);
        }
        g_strchomp(current->first);
        char *valid = g_utf8_make_valid(current->first, -1);
        g_strlcpy(current->first, valid, sizeof current->first);
        g_free(valid);
    }
    current->errors++;
}

void av_quiet(void)
{
    static gsize done = 0;
    if (g_once_init_enter(&done)) {
        av_log_set_callback(hear);
        g_once_init_leave(&done, 1);
    }
}

AvListener *av_listen(AvListener *listener)
{
    AvListener *before = current;
    current = listener;
    return before;
}

char *av_describe(int code)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = "";
    av_strerror(code, text, sizeof text);
    return g_strdup(text);
}

/* XviD rounds its inverse transform in a way of its own; libav knows such streams and follows it only when it
 * is left to choose. The container's tag or the words in the stream's header tell. */
static bool is_xvid(const AVCodecContext *decoder)
{
    static const uint32_t tags[] = {MKTAG('X', 'V', 'I', 'D'), MKTAG('X', 'V', 'I', 'X'),
                                    MKTAG('R', 'M', 'P', '4'), MKTAG('Z', 'M', 'P', '4'),
                                    MKTAG('S', 'I', 'P', 'P')};
    if (decoder->codec_id != AV_CODEC_ID_MPEG4)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        if (decoder->codec_tag == tags[i])
            return true;
    return decoder->extradata_size > 0 &&
           memmem(decoder->extradata, (size_t)decoder->extradata_size, "XviD", 4) != NULL;
}

void av_decoder_settle(AVCodecContext *decoder)
{
    decoder->flags |= AV_CODEC_FLAG_BITEXACT;
    decoder->idct_algo = is_xvid(decoder) ? FF_IDCT_AUTO : FF_IDCT_SIMPLE;
}

struct SwsContext *av_scaler_new(int from_width, int from_height, enum AVPixelFormat from, bool from_full,
                                 enum AVColorSpace space, int to_width, int to_height, enum AVPixelFormat to,
                                 bool to_full)
{
    struct SwsContext *scaler = sws_alloc_context();
    if (scaler == NULL)
        return NULL;
    av_opt_set_int(scaler, "srcw", from_width, 0);
    av_opt_set_int(scaler, "srch", from_height, 0);
    av_opt_set_int(scaler, "src_format", from, 0);
    av_opt_set_int(scaler, "dstw", to_width, 0);
    av_opt_set_int(scaler, "dsth", to_height, 0);
    av_opt_set_int(scaler, "dst_format", to, 0);
    const bool smaller = to_width < from_width || to_height < from_height;
    av_opt_set_int(scaler, "sws_flags", (smaller ? SWS_AREA : SWS_BILINEAR) | SWS_ACCURATE_RND | SWS_BITEXACT,
                   0);
    av_opt_set(scaler, "sws_dither", "none", 0);
    const int *matrix = sws_getCoefficients(
        space == AVCOL_SPC_BT709 ? SWS_CS_ITU709
                                 : (space == AVCOL_SPC_BT2020_NCL ? SWS_CS_BT2020 : SWS_CS_DEFAULT));
    sws_setColorspaceDetails(scaler, matrix, from_full, sws_getCoefficients(SWS_CS_DEFAULT), to_full, 0,
                             1 << 16, 1 << 16);
    if (sws_init_context(scaler, NULL, NULL) < 0) {
        sws_freeContext(scaler);
        return NULL;
    }
    return scaler;
}

bool av_frame_is_full_range(const AVFrame *frame)
{
    if (frame->color_range == AVCOL_RANGE_JPEG)
        return true;
    if (frame->color_range == AVCOL_RANGE_MPEG)
        return false;
    switch (frame->format) {
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ444P:
    case AV_PIX_FMT_YUVJ440P:
    case AV_PIX_FMT_YUVJ411P:
        return true;
    default:
        break;
    }
    /* Grey and RGB use the whole range by libav's custom, YUV does not, unless the stream says so. */
    const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(frame->format);
    return format == NULL || format->nb_components < 3 || (format->flags & AV_PIX_FMT_FLAG_RGB) != 0;
}

bool av_take_first(GQueue *queue, AVFrame *frame)
{
    AVFrame *first = g_queue_pop_head(queue);
    if (first == NULL)
        return false;
    av_frame_move_ref(frame, first);
    av_frame_free(&first);
    return true;
}
