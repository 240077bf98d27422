/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/demuxer.h"

#include "media/sequence.h"
#include "media/tail.h"
#include "records/error.h"
#include "records/span.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BUFFER 65536

/* ---- reading: through our own descriptor, so that no demuxer can open anything else */

static int read_bytes(void *opaque, uint8_t *buffer, int size)
{
    const Demuxer *demuxer = opaque;
    const ssize_t got = read(demuxer->fd, buffer, (size_t)size);
    if (got == 0)
        return AVERROR_EOF;
    return got < 0 ? AVERROR(errno) : (int)got;
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence)
{
    const Demuxer *demuxer = opaque;
    if (whence == AVSEEK_SIZE) {
        struct stat status;
        return fstat(demuxer->fd, &status) == 0 ? status.st_size : AVERROR(errno);
    }
    const off_t at = lseek(demuxer->fd, offset, whence & ~AVSEEK_FORCE);
    return at < 0 ? AVERROR(errno) : at;
}

static int refuse_open(AVFormatContext *file, AVIOContext **io, const char *url, int flags,
                       AVDictionary **options)
{
    (void)file, (void)io, (void)url, (void)flags, (void)options;
    return AVERROR(EACCES);
}

static bool input_error(GError **error, const char *path, const char *what)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: %s", path, what);
    return false;
}

/* Playlists would play other files, text art would make a video of any text. */
static bool format_is_refused(const char *name)
{
    static const char *const refused[] = {"concat", "hls",  "dash", "imf", "webm_dash_manifest",
                                          "sdp",    "rtsp", "tty",  "bin", "xbin",
                                          "adf",    "idf"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (strcmp(name, refused[i]) == 0)
            return true;
    return false;
}

static bool open_descriptor(Demuxer *demuxer, GError **error)
{
    demuxer->fd = open(demuxer->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (demuxer->fd < 0 || fstat(demuxer->fd, &status) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot open the clip: %s", demuxer->path,
                    g_strerror(errno));
        return false;
    }
    if (S_ISDIR(status.st_mode))
        return input_error(error, demuxer->path,
                           "is a folder; expected a video file or a pattern such as folder/frame%04d.jpg");
    if (!S_ISREG(status.st_mode))
        return input_error(error, demuxer->path, "is not a regular file");
    if (status.st_size == 0)
        return input_error(error, demuxer->path, "the clip is empty (zero bytes)");
    return true;
}

/* Hash and decoding share one descriptor: what is reported is what was decoded, whatever happens to the name.
 */
static bool hash_file(Demuxer *demuxer, const char *expected, GError **error)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *buffer = g_malloc(READ_BUFFER);
    ssize_t got;
    while ((got = read(demuxer->fd, buffer, READ_BUFFER)) > 0)
        g_checksum_update(sum, buffer, got);
    if (got < 0 || lseek(demuxer->fd, 0, SEEK_SET) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read (%s)", demuxer->path,
                    g_strerror(errno));
        return false;
    }
    demuxer->sha256 = g_strdup(g_checksum_get_string(sum));
    if (expected == NULL || g_ascii_strcasecmp(expected, demuxer->sha256) == 0)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                "%s: found a file with SHA-256 %s, expected %s as the manifest says", demuxer->path,
                demuxer->sha256, expected);
    return false;
}

static bool open_file(Demuxer *demuxer, const DemuxerRequest *request, GError **error)
{
    if (!open_descriptor(demuxer, error) || (request->hash && !hash_file(demuxer, request->sha256, error)))
        return false;
    uint8_t *buffer = av_malloc(READ_BUFFER);
    demuxer->io = avio_alloc_context(buffer, READ_BUFFER, 0, demuxer, read_bytes, NULL, seek_bytes);
    demuxer->file = avformat_alloc_context();
    demuxer->file->pb = demuxer->io;
    demuxer->file->io_open = refuse_open;
    demuxer->file->protocol_whitelist = av_strdup("none");
    /* The name is only looked at for its extension. */
    g_autofree char *name = g_path_get_basename(demuxer->path);
    const int code = avformat_open_input(&demuxer->file, name, NULL, NULL);
    if (code < 0) { /* frees demuxer->file */
        g_autofree char *words = av_describe(code);
        if (tail_looks_like_mp4(demuxer->fd))
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: the MP4 file is cut off or damaged: its index (moov) cannot be read: %s",
                        demuxer->path, words);
        else
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: not a video that can be read: %s",
                        demuxer->path, words);
        return false;
    }
    if (format_is_refused(demuxer->file->iformat->name)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: not a video that can be read: a playlist or text (%s)", demuxer->path,
                    demuxer->file->iformat->name);
        return false;
    }
    return true;
}

static bool open_sequence(Demuxer *demuxer, GPtrArray *remarks, GError **error)
{
    Sequence found;
    if (!sequence_find(demuxer->path, &found, error))
        return false;
    demuxer->promised_frames = found.last - found.first + 1;
    if (found.count < demuxer->promised_frames)
        g_ptr_array_add(remarks,
                        g_strdup_printf("%" PRId64 " of the pictures numbered %" PRId64 " to %" PRId64
                                        " are missing; reading stops at the first gap",
                                        demuxer->promised_frames - found.count, found.first, found.last));
    demuxer->file = avformat_alloc_context();
    demuxer->file->protocol_whitelist = av_strdup("file");
    AVDictionary *options = NULL;
    g_autofree char *first = g_strdup_printf("%" PRId64, found.first);
    av_dict_set(&options, "start_number", first, 0);
    av_dict_set(&options, "start_number_range", "1", 0);
    av_dict_set(&options, "pattern_type", "sequence", 0);
    g_autofree char *rate = g_strdup_printf("%.6f", demuxer->assumed_rate > 0 ? demuxer->assumed_rate : 25.0);
    g_strdelimit(rate, ",", '.'); /* whatever the locale */
    av_dict_set(&options, "framerate", rate, 0);
    const int code =
        avformat_open_input(&demuxer->file, demuxer->path, av_find_input_format("image2"), &options);
    av_dict_free(&options);
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: the pictures cannot be read: %s",
                    demuxer->path, words);
        return false;
    }
    return true;
}

static bool find_video(Demuxer *demuxer, GError **error)
{
    AVFormatContext *file = demuxer->file;
    AVDictionary **options = g_new0(AVDictionary *, MAX(file->nb_streams, 1));
    const unsigned count = file->nb_streams;
    for (unsigned i = 0; i < count; i++) {
        av_dict_set(&options[i], "threads", "1", 0);
        av_dict_set_int(&options[i], "max_pixels", MEDIA_MAX_PIXELS, 0);
    }
    const int code = avformat_find_stream_info(file, count > 0 ? options : NULL);
    for (unsigned i = 0; i < count; i++)
        av_dict_free(&options[i]);
    g_free(options);
    if (code < 0)
        return input_error(error, demuxer->path, "not a video that can be read: its streams make no sense");
    const int best = av_find_best_stream(file, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    if (best < 0 || (file->streams[best]->disposition & AV_DISPOSITION_ATTACHED_PIC))
        return input_error(error, demuxer->path, "there is no video stream in the file");
    demuxer->stream = file->streams[best];
    for (unsigned i = 0; i < file->nb_streams; i++)
        if ((int)i != best)
            file->streams[i]->discard = AVDISCARD_ALL;
    return true;
}

static bool open_decoder(Demuxer *demuxer, GError **error)
{
    const AVCodecParameters *parameters = demuxer->stream->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
    if (codec == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: there is no decoder for its codec (%s)",
                    demuxer->path, avcodec_get_name(parameters->codec_id));
        return false;
    }
    if (parameters->width > MEDIA_MAX_SIDE || parameters->height > MEDIA_MAX_SIDE) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found pictures of %d x %d, expected at most %d on a side", demuxer->path,
                    parameters->width, parameters->height, MEDIA_MAX_SIDE);
        return false;
    }
    demuxer->codec = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(demuxer->codec, parameters);
    demuxer->codec->thread_count = 1;
    av_decoder_settle(demuxer->codec);
    demuxer->codec->max_pixels = MEDIA_MAX_PIXELS;
    demuxer->codec->pkt_timebase = demuxer->stream->time_base;
    const int code = avcodec_open2(demuxer->codec, codec, NULL);
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: the decoder (%s) cannot be opened: %s",
                    demuxer->path, codec->name, words);
        return false;
    }
    return true;
}

/* Bare streams of a codec: what time stamps libav makes up for them are guesses (often in the wrong order),
 * whatever the format's flags say. */
static bool format_has_no_times(const AVInputFormat *format)
{
    static const char *const bare[] = {"avs2", "avs3", "cavsvideo", "dirac", "dnxhd", "h261",      "h263",
                                       "h264", "hevc", "m4v",       "mjpeg", "obu",   "mpegvideo", "vc1"};
    for (size_t i = 0; i < G_N_ELEMENTS(bare); i++)
        if (strcmp(format->name, bare[i]) == 0)
            return true;
    return (format->flags & AVFMT_NOTIMESTAMPS) != 0 || g_str_has_suffix(format->name, "_pipe");
}

static bool sane(AVRational rate)
{
    return rate.num > 0 && rate.den > 0 && av_q2d(rate) >= 0.001 && av_q2d(rate) <= 10000.0;
}

/* The nominal rate. Of a stream without time stamps the codec's own header is believed before the demuxer's
 * default. */
void demuxer_find_rate(Demuxer *demuxer)
{
    const AVStream *stream = demuxer->stream;
    demuxer->no_times = demuxer->fd >= 0 && format_has_no_times(demuxer->file->iformat);
    demuxer->rate = sane(stream->avg_frame_rate) ? stream->avg_frame_rate : stream->r_frame_rate;
    if (demuxer->no_times) {
        if (demuxer->assumed_rate > 0)
            demuxer->rate = av_d2q(demuxer->assumed_rate, 100000);
        else if (sane(demuxer->codec->framerate))
            demuxer->rate = demuxer->codec->framerate;
        else
            demuxer->rate = (AVRational){25, 1};
    }
    if (!sane(demuxer->rate))
        demuxer->rate = (AVRational){0, 1};
}

static void find_promise(Demuxer *demuxer)
{
    if (demuxer->promised_frames < 0 && demuxer->stream->nb_frames > 0) {
        demuxer->promised_frames = demuxer->stream->nb_frames;
        /* AVI counts repeats of a picture, which take no room; its index lists only what does. */
        const int indexed = avformat_index_get_entries_count(demuxer->stream);
        const char *name = demuxer->file->iformat->name;
        if (strcmp(name, "avi") == 0 && indexed > 0 && !tail_is_missing(demuxer->fd, name))
            demuxer->promised_frames = MIN(demuxer->promised_frames, indexed);
    }
}

bool demuxer_open(Demuxer *demuxer, const char *path, const DemuxerRequest *request, GPtrArray *remarks,
                  GError **error)
{
    *demuxer =
        (Demuxer){.path = g_strdup(path), .fd = -1, .assumed_rate = request->rate, .promised_frames = -1};
    struct stat status;
    const bool pattern = stat(path, &status) != 0 && sequence_is_pattern(path);
    AvListener *const before = av_listen(NULL); /* what is said while probing is said again while reading */
    const bool opened =
        (pattern ? open_sequence(demuxer, remarks, error) : open_file(demuxer, request, error)) &&
        find_video(demuxer, error) && open_decoder(demuxer, error);
    av_listen(before);
    if (!opened)
        return false;
    demuxer_find_rate(demuxer);
    find_promise(demuxer);
    return true;
}

void demuxer_close(Demuxer *demuxer)
{
    avcodec_free_context(&demuxer->codec);
    avformat_close_input(&demuxer->file);
    if (demuxer->io != NULL) {
        av_freep(&demuxer->io->buffer);
        avio_context_free(&demuxer->io);
    }
    if (demuxer->fd >= 0)
        close(demuxer->fd);
    g_clear_pointer(&demuxer->path, g_free);
    g_clear_pointer(&demuxer->sha256, g_free);
}

int64_t demuxer_promised_us(const Demuxer *demuxer)
{
    const AVFormatContext *file = demuxer->file;
    const AVStream *stream = demuxer->stream;
    if (demuxer->fd < 0) /* an image sequence promises all its numbers */
        return av_rescale(demuxer->promised_frames, US_PER_SECOND * demuxer->rate.den,
                          MAX(demuxer->rate.num, 1));
    if (demuxer->no_times || file->duration_estimation_method != AVFMT_DURATION_FROM_STREAM)
        return TIME_UNKNOWN;
    /* libav shortens an AVI's length to what the file's size allows; the header's count is the promise */
    if (strcmp(file->iformat->name, "avi") == 0 && stream->nb_frames > 0 && demuxer->rate.num > 0)
        return av_rescale(stream->nb_frames, US_PER_SECOND * demuxer->rate.den, demuxer->rate.num);
    const AVDictionaryEntry *tag = av_dict_get(stream->metadata, "DURATION", NULL, 0);
    int hours, minutes;
    double seconds;
    if (tag != NULL && sscanf(tag->value, "%d:%d:%lf", &hours, &minutes, &seconds) == 3)
        return (int64_t)hours * US_PER_HOUR + (int64_t)minutes * 60 * US_PER_SECOND +
               time_from_seconds(seconds);
    if (stream->duration > 0)
        return av_rescale_q(stream->duration, stream->time_base, MICROSECONDS);
    return file->nb_streams == 1 && file->duration > 0 ? file->duration : TIME_UNKNOWN;
}
