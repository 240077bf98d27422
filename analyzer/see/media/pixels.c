/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/pixels.h"

#include "records/error.h"
#include "records/free.h"

#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <math.h>

struct Pixels {
    PixelsKind kind;
    struct SwsContext *scaler;
    /* what the scaler was made for */
    int from_width, from_height, to_width, to_height;
    enum AVPixelFormat from;
    bool from_full;
    enum AVColorSpace space;
    uint8_t *lying; /* the scaled picture before it is turned */
    size_t lying_size;
};

/* ---- turns */

static int sign_of_fixed(int32_t value)
{
    return value > 1 << 15 ? 1 : (value < -(1 << 15) ? -1 : 0);
}

Turn turn_from_matrix(const int32_t *matrix, bool *exact)
{
    if (exact != NULL)
        *exact = true;
    if (matrix == NULL)
        return TURN_NONE;
    const Turn turn = {sign_of_fixed(matrix[0]), sign_of_fixed(matrix[1]), sign_of_fixed(matrix[3]),
                       sign_of_fixed(matrix[4])};
    const bool straight = turn.b == 0 && turn.c == 0 && turn.a != 0 && turn.d != 0;
    const bool lying = turn.a == 0 && turn.d == 0 && turn.b != 0 && turn.c != 0;
    if (straight || lying)
        return turn;
    if (exact != NULL)
        *exact = false;
    return TURN_NONE;
}

bool turn_is_none(Turn turn)
{
    return turn.a == 1 && turn.d == 1;
}

bool turn_swaps_sides(Turn turn)
{
    return turn.a == 0;
}

int turn_degrees(Turn turn)
{
    /* where the picture's downward axis points: (c, d) */
    if (turn.d == 1)
        return 0;
    if (turn.d == -1)
        return 180;
    return turn.c == -1 ? 90 : 270;
}

const char *turn_filter(Turn turn)
{
    if (turn_swaps_sides(turn)) {
        if (turn.c == -1)
            return turn.b == 1 ? "transpose=clock" : "transpose=cclock_flip,hflip,vflip";
        return turn.b == -1 ? "transpose=cclock" : "transpose=cclock_flip";
    }
    if (turn.a == -1)
        return turn.d == -1 ? "hflip,vflip" : "hflip";
    return turn.d == -1 ? "vflip" : "";
}

static void turn_picture(Turn turn, const uint8_t *from, int from_stride, int from_width, int from_height,
                         int bytes, uint8_t *to, int to_stride)
{
    /* the corner that becomes the new top left */
    const int x0 = turn.a + turn.c < 0 ? -1 : 0, y0 = turn.b + turn.d < 0 ? -1 : 0;
    const int to_width = turn_swaps_sides(turn) ? from_height : from_width;
    const int to_height = turn_swaps_sides(turn) ? from_width : from_height;
    const ptrdiff_t origin_x = x0 < 0 ? to_width - 1 : 0, origin_y = y0 < 0 ? to_height - 1 : 0;
    for (int y = 0; y < from_height; y++) {
        const uint8_t *source = from + (ptrdiff_t)y * from_stride;
        uint8_t *target =
            to + (origin_y + (ptrdiff_t)turn.d * y) * to_stride + (origin_x + (ptrdiff_t)turn.c * y) * bytes;
        const ptrdiff_t step = (ptrdiff_t)turn.b * to_stride + (ptrdiff_t)turn.a * bytes;
        for (int x = 0; x < from_width; x++) {
            memcpy(target, source, (size_t)bytes);
            source += bytes;
            target += step;
        }
    }
}

/* ---- conversion */

Pixels *pixels_new(PixelsKind kind)
{
    Pixels *pixels = g_new0(Pixels, 1);
    pixels->kind = kind;
    pixels->from = AV_PIX_FMT_NONE;
    return pixels;
}

DEFINE_FREE(pixels_free, Pixels, pixels, sws_freeContext(pixels->scaler), g_free(pixels->lying))

/* The grey format that reads plane 0 alone; NONE when the format has no plane of luma. */
static enum AVPixelFormat luma_plane(enum AVPixelFormat format)
{
    const AVPixFmtDescriptor *about = av_pix_fmt_desc_get(format);
    if (about == NULL ||
        (about->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL |
                         AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_FLOAT)))
        return AV_PIX_FMT_NONE;
    const AVComponentDescriptor *luma = &about->comp[0];
    const bool big_endian = (about->flags & AV_PIX_FMT_FLAG_BE) != 0;
    const int bytes = luma->depth > 8 ? 2 : 1;
    if (luma->plane != 0 || luma->offset != 0 || luma->step != bytes || big_endian)
        return AV_PIX_FMT_NONE;
    if (bytes == 1)
        return luma->depth == 8 && luma->shift == 0 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_NONE;
    if (luma->shift > 0) /* P010: the upper bits of 16 */
        return luma->shift + luma->depth == 16 ? AV_PIX_FMT_GRAY16LE : AV_PIX_FMT_NONE;
    switch (luma->depth) {
    case 9:
        return AV_PIX_FMT_GRAY9LE;
    case 10:
        return AV_PIX_FMT_GRAY10LE;
    case 12:
        return AV_PIX_FMT_GRAY12LE;
    case 14:
        return AV_PIX_FMT_GRAY14LE;
    case 16:
        return AV_PIX_FMT_GRAY16LE;
    default:
        return AV_PIX_FMT_NONE;
    }
}

/* 16..235 -> 0..255 */
static void widen(uint8_t *data, int stride, int width, int height)
{
    uint8_t table[256];
    for (int i = 0; i < 256; i++)
        table[i] = (uint8_t)CLAMP(((i - 16) * 510 + 219) / 438, 0, 255);
    for (int y = 0; y < height; y++) {
        uint8_t *row = data + (ptrdiff_t)y * stride;
        for (int x = 0; x < width; x++)
            row[x] = table[row[x]];
    }
}

static bool prepare(Pixels *pixels, const AVFrame *frame, enum AVPixelFormat from, bool from_full, int width,
                    int height, GError **error)
{
    if (pixels->scaler != NULL && pixels->from == from && pixels->from_full == from_full &&
        pixels->from_width == frame->width && pixels->from_height == frame->height &&
        pixels->to_width == width && pixels->to_height == height && pixels->space == frame->colorspace)
        return true;
    sws_freeContext(pixels->scaler);
    static const enum AVPixelFormat formats[] = {
        [PIXELS_LUMA] = AV_PIX_FMT_GRAY8, [PIXELS_BGR] = AV_PIX_FMT_BGR24, [PIXELS_BGRX] = AV_PIX_FMT_BGR0};
    pixels->scaler = av_scaler_new(frame->width, frame->height, from, from_full, frame->colorspace, width,
                                   height, formats[pixels->kind], true);
    if (pixels->scaler == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS,
                    "cannot convert pictures of %d x %d in format %s to %d x %d", frame->width, frame->height,
                    av_get_pix_fmt_name(frame->format), width, height);
        return false;
    }
    pixels->from = from;
    pixels->from_full = from_full;
    pixels->space = frame->colorspace;
    pixels->from_width = frame->width;
    pixels->from_height = frame->height;
    pixels->to_width = width;
    pixels->to_height = height;
    return true;
}

bool pixels_convert(Pixels *pixels, const AVFrame *frame, Turn turn, int width, int height, uint8_t *data,
                    int stride, GError **error)
{
    const int bytes = pixels->kind == PIXELS_LUMA ? 1 : (pixels->kind == PIXELS_BGR ? 3 : 4);
    const bool turned = !turn_is_none(turn);
    const int scaled_width = turned && turn_swaps_sides(turn) ? height : width;
    const int scaled_height = turned && turn_swaps_sides(turn) ? width : height;
    uint8_t *target = data;
    int target_stride = stride;
    if (turned) {
        target_stride = FFALIGN(scaled_width * bytes, 64);
        const size_t need = (size_t)target_stride * (size_t)scaled_height;
        if (need > pixels->lying_size) {
            g_free(pixels->lying);
            pixels->lying = g_malloc(need);
            pixels->lying_size = need;
        }
        target = pixels->lying;
    }
    const bool full = av_frame_is_full_range(frame);
    const enum AVPixelFormat plane =
        pixels->kind == PIXELS_LUMA ? luma_plane(frame->format) : AV_PIX_FMT_NONE;
    if (plane == AV_PIX_FMT_GRAY8 && frame->width == scaled_width && frame->height == scaled_height) {
        av_image_copy_plane(target, target_stride, frame->data[0], frame->linesize[0], scaled_width,
                            scaled_height);
    } else {
        /* Grey to grey: libswscale knows no range there, so the range is widened afterwards. */
        if (!prepare(pixels, frame, plane != AV_PIX_FMT_NONE ? plane : frame->format,
                     plane != AV_PIX_FMT_NONE || full, scaled_width, scaled_height, error))
            return false;
        sws_scale(pixels->scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height,
                  (uint8_t *const[]){target}, (const int[]){target_stride});
    }
    if (plane != AV_PIX_FMT_NONE && !full)
        widen(target, target_stride, scaled_width, scaled_height);
    if (turned)
        turn_picture(turn, target, target_stride, scaled_width, scaled_height, bytes, data, stride);
    return true;
}

int pixels_row_bytes(const AVFrame *frame)
{
    return av_image_get_linesize(frame->format, frame->width, 0);
}

void pixels_display_size(const AVFrame *frame, AVRational aspect, Turn turn, int *width, int *height)
{
    const double wide = CLAMP((double)frame->width * aspect.num / aspect.den, 1.0, MEDIA_MAX_SIDE);
    const int w = (int)lrint(wide), h = frame->height;
    *width = turn_swaps_sides(turn) ? h : w;
    *height = turn_swaps_sides(turn) ? w : h;
}
