/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/joined.h"

#include "records/error.h"

#include <inttypes.h>
#include <unistd.h>

#define SUB_BUFFER 65536
#define MOST_PACKETS 2000 /* of sound, before a film's first picture */

/* ---- does it give pictures? */

typedef struct {
    int fd;
    int64_t from, to, at;
} Range;

static int read_range(void *opaque, uint8_t *buffer, int size)
{
    Range *range = opaque;
    const int64_t count = MIN(range->to - range->at, size);
    const ssize_t got = count > 0 ? pread(range->fd, buffer, (size_t)count, range->at) : 0;
    if (got <= 0)
        return AVERROR_EOF;
    range->at += got;
    return (int)got;
}

static int64_t seek_range(void *opaque, int64_t offset, int whence)
{
    Range *range = opaque;
    if (whence == AVSEEK_SIZE)
        return range->to - range->from;
    switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
        range->at = range->from + offset;
        break;
    case SEEK_CUR:
        range->at += offset;
        break;
    default:
        range->at = range->to + offset;
    }
    return range->at < range->from ? AVERROR(EINVAL) : range->at - range->from;
}

static int refuse_open(AVFormatContext *file, AVIOContext **io, const char *url, int flags,
                       AVDictionary **options)
{
    (void)file, (void)io, (void)url, (void)flags, (void)options;
    return AVERROR(EACCES);
}

static bool has_picture(AVFormatContext *file)
{
    g_autoptr(AVPacket) packet = av_packet_alloc();
    bool found = false;
    for (int i = 0; i < MOST_PACKETS && !found && av_read_frame(file, packet) >= 0; i++) {
        const AVStream *stream = file->streams[packet->stream_index];
        found = packet->size > 0 && stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
                !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC);
        av_packet_unref(packet);
    }
    return found;
}

static bool gives_pictures(int fd, int64_t from, int64_t to, const char *format)
{
    Range range = {fd, from, to, from};
    AVIOContext *io =
        avio_alloc_context(av_malloc(SUB_BUFFER), SUB_BUFFER, 0, &range, read_range, NULL, seek_range);
    AVFormatContext *file = avformat_alloc_context();
    file->pb = io;
    file->io_open = refuse_open;
    file->protocol_whitelist = av_strdup("none");
    bool found = false;
    if (avformat_open_input(&file, NULL, av_find_input_format(format), NULL) >= 0) {
        found = has_picture(file);
        avformat_close_input(&file);
    }
    av_freep(&io->buffer);
    avio_context_free(&io);
    return found;
}

/* ---- looking for one */

typedef struct {
    int64_t at; /* its first byte; -1 = there is none */
    const char *format;
} Film;

static Film find_film(const Demuxer *demuxer, int64_t from, int64_t to)
{
    const char *format = NULL;
    for (int64_t at = from;
         (at = coverage_find_beginning(demuxer->fd, demuxer->file->iformat->name, at, to, &format)) >= 0;
         at++)
        if (gives_pictures(demuxer->fd, at, to, format))
            return (Film){at, format};
    return (Film){-1, NULL};
}

bool joined_judge(const Demuxer *demuxer, GError **error)
{
    const Coverage *coverage = &demuxer->coverage;
    if (demuxer->fd < 0 || coverage->end_pos <= 0)
        return true;
    AvListener *const before = av_listen(NULL); /* what is no film may be complained of at length */
    Film film = {-1, NULL};
    int64_t to = 0;
    for (int i = 0; i <= coverage->hole_count && film.at < 0; i++) {
        const bool tail = i == coverage->hole_count;
        to = tail ? demuxer->size : coverage->holes[i].to;
        film = find_film(demuxer, tail ? coverage->end_pos : coverage->holes[i].from, to);
    }
    /* fragments of the second film may point at pictures of the first */
    if (film.at < 0 && coverage->back)
        film = find_film(demuxer, 1, to);
    av_listen(before);
    if (film.at < 0)
        return true;
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
        "%s: found another film (%s) that begins at byte %" PRId64 ": %" PRId64 " of the file's %" PRId64
        " bytes hold pictures that cannot be read with the first, expected one film in a file; cut the "
        "file there in two and list both under “files” of the clip",
        demuxer->path, film.format, film.at, to - film.at, demuxer->size);
    return false;
}

static bool may_be_joined(const char *path)
{
    Demuxer demuxer;
    const DemuxerRequest plain = {0};
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    const bool opened = demuxer_open(&demuxer, path, &plain, remarks, NULL);
    bool may = false;
    if (opened && demuxer.fd >= 0) {
        AvListener *const before = av_listen(NULL);
        may = find_film(&demuxer, 1, demuxer.size).at >= 0;
        av_listen(before);
    }
    demuxer_close(&demuxer);
    return may;
}

bool joined_check(const char *path, GError **error)
{
    if (!may_be_joined(path))
        return true;
    Demuxer demuxer;
    const DemuxerRequest plain = {0};
    g_autoptr(GPtrArray) remarks = g_ptr_array_new_with_free_func(g_free);
    bool fine = true;
    if (demuxer_open(&demuxer, path, &plain, remarks, NULL)) {
        AvListener *const before = av_listen(NULL);
        g_autoptr(AVPacket) packet = av_packet_alloc();
        while (av_read_frame(demuxer.file, packet) >= 0) {
            coverage_note(&demuxer.coverage, demuxer.fd, demuxer.file, packet);
            av_packet_unref(packet);
        }
        av_listen(before);
        fine = joined_judge(&demuxer, error);
    }
    demuxer_close(&demuxer);
    return fine;
}
