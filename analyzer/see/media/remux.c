/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/remux.h"

#include "media/demuxer.h"
#include "media/signature.h"
#include "records/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_PICTURES 3 /* in which an encoder's name is looked for */

/* ---- what a file holds */

typedef struct {
    int64_t pts, dts; /* in the list's time base */
    int64_t duration;
    bool key, passed_over; /* the container says that it is not to be shown */
    guint8 digest[32];
} Picture;

typedef struct {
    GArray *pictures; /* of Picture */
    AVRational time_base;
    const char *encoder;
} Listing;

static void listing_clear(Listing *listing)
{
    g_clear_pointer(&listing->pictures, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Listing, listing_clear)

static bool refuse(GError **error, const char *path, const char *why)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be re-muxed: %s", path, why);
    return false;
}

static bool open_clip(Demuxer *demuxer, const char *path, double rate, GError **error)
{
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    const DemuxerRequest request = {.rate = rate};
    if (!demuxer_open(demuxer, path, &request, remarks, error))
        return false;
    if (demuxer->sequence != NULL)
        return refuse(error, path, "it is numbered pictures, no video file");
    if (demuxer->no_times)
        return refuse(error, path, "the stream has no times of its own");
    if (streams_count(demuxer->file) > 1)
        return refuse(error, path, "it has several video streams");
    return true;
}

/* The next packet of the video; false at the end, with an error where reading fails. */
static bool read_picture(Demuxer *demuxer, AVPacket *packet, GError **error)
{
    int code;
    while ((code = av_read_frame(demuxer->file, packet)) >= 0) {
        if (packet->stream_index == demuxer->stream->index)
            return true;
        av_packet_unref(packet);
    }
    if (code != AVERROR_EOF) {
        g_autofree char *words = av_describe(code);
        refuse(error, demuxer->path, words);
    }
    return false;
}

static bool list_pictures(Demuxer *demuxer, Listing *listing, GError **error)
{
    const SignatureForm form = signature_form(demuxer->stream->codecpar);
    listing->pictures = g_array_new(FALSE, TRUE, sizeof(Picture));
    listing->time_base = demuxer->time_base;
    g_autoptr(AVPacket) packet = av_packet_alloc();
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    GError *cause = NULL;
    while (read_picture(demuxer, packet, &cause)) {
        Picture picture = {packet->pts,
                           packet->dts,
                           packet->duration,
                           (packet->flags & AV_PKT_FLAG_KEY) != 0,
                           (packet->flags & AV_PKT_FLAG_DISCARD) != 0,
                           {0}};
        gsize length = sizeof picture.digest;
        g_checksum_reset(checksum);
        signature_digest(&form, packet->data, (size_t)packet->size, checksum);
        g_checksum_get_digest(checksum, picture.digest, &length);
        if (listing->encoder == NULL && listing->pictures->len < FIRST_PICTURES) {
            g_autoptr(GByteArray) kept = signature_strip(&form, packet->data, (size_t)packet->size);
            listing->encoder = kept != NULL ? signature_find(kept->data, kept->len)
                                            : signature_find(packet->data, (size_t)packet->size);
        }
        av_packet_unref(packet);
        if (picture.pts == AV_NOPTS_VALUE) {
            g_clear_error(&cause);
            return refuse(error, demuxer->path, "a picture has no time");
        }
        g_array_append_val(listing->pictures, picture);
    }
    if (cause != NULL) {
        g_propagate_error(error, cause);
        return false;
    }
    return listing->pictures->len > 0 || refuse(error, demuxer->path, "there is no picture in it");
}

static int compare_times(gconstpointer a, gconstpointer b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Where a container keeps no decoding times they are made: the pictures' times in order, put back by as much
 * as the latest of them needs. */
static void complete(Listing *listing)
{
    const guint count = listing->pictures->len;
    bool all = true;
    for (guint i = 0; i < count; i++)
        all = all && g_array_index(listing->pictures, Picture, i).dts != AV_NOPTS_VALUE;
    if (all)
        return;
    g_autofree int64_t *times = g_new(int64_t, count);
    for (guint i = 0; i < count; i++)
        times[i] = g_array_index(listing->pictures, Picture, i).pts;
    qsort(times, count, sizeof times[0], compare_times);
    int64_t back = 0;
    for (guint i = 0; i < count; i++)
        back = MAX(back, times[i] - g_array_index(listing->pictures, Picture, i).pts);
    for (guint i = 0; i < count; i++)
        g_array_index(listing->pictures, Picture, i).dts = times[i] - back;
}

static int64_t first_time(const Listing *listing)
{
    int64_t first = INT64_MAX;
    for (guint i = 0; i < listing->pictures->len; i++)
        first = MIN(first, g_array_index(listing->pictures, Picture, i).pts);
    return first;
}

static int64_t duration_us(const Listing *listing)
{
    const guint count = listing->pictures->len;
    const int64_t first = first_time(listing);
    int64_t last = first, end = first;
    for (guint i = 0; i < count; i++) {
        const Picture *picture = &g_array_index(listing->pictures, Picture, i);
        last = MAX(last, picture->pts);
        end = MAX(end, picture->pts + MAX(picture->duration, 0));
    }
    if (end <= last) /* no file says how long the last one lasts: as long as they do on the whole */
        end = last + MAX(count > 1 ? (last - first) / (count - 1) : 1, 1);
    return MAX(av_rescale_q(end - first, listing->time_base, MICROSECONDS), 1);
}

/* NULL when both hold the same pictures at the same times. */
static const char *explain_difference(const Listing *clip, const Listing *written)
{
    if (clip->pictures->len != written->pictures->len)
        return "not all pictures come back";
    const int64_t from = first_time(clip), begun = first_time(written);
    for (guint i = 0; i < clip->pictures->len; i++) {
        const Picture *a = &g_array_index(clip->pictures, Picture, i);
        const Picture *b = &g_array_index(written->pictures, Picture, i);
        if (memcmp(a->digest, b->digest, sizeof a->digest) != 0)
            return "a picture comes back with other bytes";
        if (a->key != b->key || a->passed_over != b->passed_over)
            return "a key picture, or one that is not to be shown, comes back as another";
        if (av_compare_ts(a->pts - from, clip->time_base, b->pts - begun, written->time_base) != 0)
            return "a picture comes back at another time";
    }
    return NULL;
}

/* ---- writing */

typedef struct {
    const char *ending; /* ".mp4" */
    const char *muxer;
    bool index, boxes; /* it can have its index first; it is made of boxes, so that an empty one can follow */
} Container;

static const Container containers[] = {
    {".mp4", "mp4", true, true}, {".mov", "mov", true, true}, {".mkv", "matroska", false, false}};

typedef struct {
    AVFormatContext *file;
    AVStream *stream;
} Output;

static void output_close(Output *output)
{
    if (output->file == NULL)
        return;
    if (output->file->pb != NULL)
        avio_closep(&output->file->pb);
    avformat_free_context(output->file);
    output->file = NULL;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Output, output_close)

static void copy_matrix(const AVStream *from, AVStream *to)
{
#if LIBAVCODEC_VERSION_MAJOR < 61 /* since then it is among the codec's parameters */
    size_t size = 0;
    const uint8_t *matrix = av_stream_says(from, AV_PKT_DATA_DISPLAYMATRIX, &size);
    uint8_t *copy = matrix != NULL ? av_stream_new_side_data(to, AV_PKT_DATA_DISPLAYMATRIX, size) : NULL;
    if (copy != NULL)
        memcpy(copy, matrix, size);
#else
    (void)from, (void)to;
#endif
}

/* Negative: libav's code; the file holds nothing yet. */
static int begin(Output *output, const Demuxer *clip, const Container *container, const char *path,
                 const RemuxSpec *spec)
{
    int code = avformat_alloc_output_context2(&output->file, NULL, container->muxer, path);
    if (code < 0)
        return code;
    output->file->flags |= AVFMT_FLAG_BITEXACT;
    output->stream = avformat_new_stream(output->file, NULL);
    avcodec_parameters_copy(output->stream->codecpar, clip->stream->codecpar);
    output->stream->codecpar->codec_tag = 0;
    signature_strip_header(output->stream->codecpar);
    output->stream->time_base = clip->time_base;
    output->stream->sample_aspect_ratio = clip->stream->sample_aspect_ratio;
    output->stream->avg_frame_rate = clip->rate;
    copy_matrix(clip->stream, output->stream);
    AVDictionary *options = NULL;
    if (container->boxes) {
        av_dict_set_int(&options, "video_track_timescale", clip->time_base.den, 0);
        if (spec->index_first)
            av_dict_set(&options, "movflags", "faststart", 0);
    } else if (spec->padding >= 16) {
        av_dict_set_int(&options, "reserve_index_space", spec->padding, 0);
    }
    code = avio_open(&output->file->pb, path, AVIO_FLAG_WRITE);
    if (code >= 0)
        code = avformat_write_header(output->file, &options);
    av_dict_free(&options);
    return code;
}

static int write_pictures(Output *output, Demuxer *clip, const Listing *listing)
{
    const SignatureForm form = signature_form(clip->stream->codecpar);
    const int64_t first = first_time(listing);
    g_autoptr(AVPacket) packet = av_packet_alloc();
    for (guint i = 0; i < listing->pictures->len && read_picture(clip, packet, NULL); i++) {
        const Picture *picture = &g_array_index(listing->pictures, Picture, i);
        g_autoptr(AVPacket) fresh = av_packet_alloc();
        g_autoptr(GByteArray) kept = signature_strip(&form, packet->data, (size_t)packet->size);
        int code = av_new_packet(fresh, kept != NULL ? (int)kept->len : packet->size);
        if (code < 0)
            return code;
        memcpy(fresh->data, kept != NULL ? kept->data : packet->data, (size_t)fresh->size);
        fresh->flags = packet->flags & (AV_PKT_FLAG_KEY | AV_PKT_FLAG_DISCARD);
        fresh->pts = picture->pts - first;
        fresh->dts = picture->dts - first;
        fresh->duration = picture->duration;
        fresh->stream_index = output->stream->index;
        av_packet_rescale_ts(fresh, listing->time_base, output->stream->time_base);
        av_packet_unref(packet);
        if ((code = av_interleaved_write_frame(output->file, fresh)) < 0)
            return code;
    }
    return av_write_trailer(output->file);
}

/* An empty box behind the file's own, which every reader passes over. */
static bool append_padding(const char *path, guint32 padding)
{
    g_autofree uint8_t *box = g_malloc0(padding);
    const guint32 size = GUINT32_TO_BE(padding);
    memcpy(box, &size, 4);
    memcpy(box + 4, "free", 4);
    FILE *file = fopen(path, "abe");
    if (file == NULL)
        return false;
    const bool written = fwrite(box, 1, padding, file) == padding;
    return fclose(file) == 0 && written;
}

static bool read_back(const char *path, Listing *listing, GError **error)
{
    Demuxer demuxer;
    const bool fine = open_clip(&demuxer, path, 0, error) && list_pictures(&demuxer, listing, error);
    demuxer_close(&demuxer);
    return fine;
}

static bool write_into(const Container *container, const char *clip, const Listing *listing, const char *path,
                       const RemuxSpec *spec, GError **error)
{
    Demuxer demuxer;
    if (!open_clip(&demuxer, clip, spec->rate, error)) {
        demuxer_close(&demuxer);
        return false;
    }
    g_auto(Output) output = {0};
    int code = begin(&output, &demuxer, container, path, spec);
    if (code >= 0)
        code = write_pictures(&output, &demuxer, listing);
    if (code >= 0)
        code = avio_closep(&output.file->pb);
    demuxer_close(&demuxer);
    if (code == AVERROR(ENOSPC) || code == AVERROR(EACCES) || code == AVERROR(EIO) ||
        (code >= 0 && container->boxes && spec->padding >= 8 && !append_padding(path, spec->padding))) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be written", path);
        return false;
    }
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        g_autofree char *why = g_strdup_printf("%s does not take it: %s", container->ending + 1, words);
        return refuse(error, clip, why);
    }
    g_auto(Listing) written = {0};
    g_autoptr(GError) unread = NULL;
    if (!read_back(path, &written, &unread))
        return refuse(error, clip, unread->message);
    const char *difference = explain_difference(listing, &written);
    return difference == NULL || refuse(error, clip, difference);
}

const char *remux_write(const char *clip, const char *stem, const RemuxSpec *spec, RemuxFacts *facts,
                        GError **error)
{
    g_assert(spec->padding <= 16 * 1024 * 1024);
    av_quiet();
    Demuxer demuxer;
    g_auto(Listing) listing = {0};
    const bool read =
        open_clip(&demuxer, clip, spec->rate, error) && list_pictures(&demuxer, &listing, error);
    if (read && facts != NULL) {
        *facts = (RemuxFacts){demuxer.stream->codecpar->width, demuxer.stream->codecpar->height,
                              demuxer.rate.num > 0 ? av_q2d(demuxer.rate) : 0, duration_us(&listing),
                              listing.encoder};
    }
    demuxer_close(&demuxer);
    if (!read)
        return NULL;
    complete(&listing);
    GError *first = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(containers); i++) {
        g_autofree char *path = g_strconcat(stem, containers[i].ending, NULL);
        GError *cause = NULL;
        if (write_into(&containers[i], clip, &listing, path, spec, &cause)) {
            g_clear_error(&first);
            return containers[i].ending;
        }
        g_unlink(path);
        if (first == NULL)
            first = cause; /* of the usual container */
        else
            g_error_free(cause);
    }
    g_propagate_error(error, first);
    return NULL;
}
