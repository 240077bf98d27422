/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/source.h"

#include "media/ledger.h"
#include "media/sequence.h"
#include "media/tail.h"
#include "records/error.h"

#include <errno.h>
#include <fcntl.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BUFFER 65536
#define MAX_READ_ERRORS 64 /* in a row, after which the demuxer is believed to have lost the file */
#define MAX_MARKED 64      /* damaged packets whose pictures have not come out yet */

struct Source {
    char *path;
    int fd; /* -1 for an image sequence */
    AVIOContext *io;
    AVFormatContext *file;
    AVStream *stream;
    AVCodecContext *codec;
    AVPacket *packet;
    bool packet_held; /* read, not yet sent */
    bool ended;
    ClipQuality *quality;
    Ledger *ledger;
    AvListener listener;
    int read_errors; /* in a row */

    bool no_times;         /* times from the rate */
    AVRational rate;       /* the nominal one; 0 = unknown */
    double assumed_rate;   /* by the caller; 0 = none */
    int64_t counted;       /* pictures decoded, for no_times */
    bool first_packet_key; /* the first packet that should give a picture is a key picture … */
    int64_t first_packet;  /* … at this time (stream's base); AV_NOPTS_VALUE before */
    int64_t base;          /* stream's base time of t = 0; AV_NOPTS_VALUE before it is known */
    int64_t last_raw;      /* of the last picture */
    bool wrong_times;      /* the packets' PTS contradict the order of the pictures */
    int64_t last_sent;     /* packet_key of the last packet the decoder took */
    int64_t marked[MAX_MARKED];
    int marked_count;
    bool spreads; /* pictures from spread_from on are predicted from a damaged one, until the next key picture
                   */
    int64_t spread_from;
    int64_t promised_frames;
};

/* ---- reading: through our own descriptor, so that no demuxer can open anything else */

static int read_bytes(void *opaque, uint8_t *buffer, int size)
{
    const Source *source = opaque;
    const ssize_t got = read(source->fd, buffer, (size_t)size);
    if (got == 0)
        return AVERROR_EOF;
    return got < 0 ? AVERROR(errno) : (int)got;
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence)
{
    const Source *source = opaque;
    if (whence == AVSEEK_SIZE) {
        struct stat status;
        return fstat(source->fd, &status) == 0 ? status.st_size : AVERROR(errno);
    }
    const off_t at = lseek(source->fd, offset, whence & ~AVSEEK_FORCE);
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

static bool open_descriptor(Source *source, GError **error)
{
    source->fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (source->fd < 0 || fstat(source->fd, &status) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot open the clip: %s", source->path,
                    g_strerror(errno));
        return false;
    }
    if (S_ISDIR(status.st_mode))
        return input_error(error, source->path,
                           "is a folder; expected a video file or a pattern such as folder/frame%04d.jpg");
    if (!S_ISREG(status.st_mode))
        return input_error(error, source->path, "is not a regular file");
    if (status.st_size == 0)
        return input_error(error, source->path, "the clip is empty (zero bytes)");
    return true;
}

static bool open_file(Source *source, GError **error)
{
    if (!open_descriptor(source, error))
        return false;
    uint8_t *buffer = av_malloc(READ_BUFFER);
    source->io = avio_alloc_context(buffer, READ_BUFFER, 0, source, read_bytes, NULL, seek_bytes);
    source->file = avformat_alloc_context();
    source->file->pb = source->io;
    source->file->io_open = refuse_open;
    source->file->protocol_whitelist = av_strdup("none");
    /* The name is only looked at for its extension. */
    g_autofree char *name = g_path_get_basename(source->path);
    const int code = avformat_open_input(&source->file, name, NULL, NULL);
    if (code < 0) { /* frees source->file */
        g_autofree char *words = av_describe(code);
        if (tail_looks_like_mp4(source->fd))
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                        "%s: the MP4 file is cut off or damaged: its index (moov) cannot be read: %s",
                        source->path, words);
        else
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: not a video that can be read: %s",
                        source->path, words);
        return false;
    }
    if (format_is_refused(source->file->iformat->name)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: not a video that can be read: a playlist or text (%s)", source->path,
                    source->file->iformat->name);
        return false;
    }
    return true;
}

static bool open_sequence(Source *source, GError **error)
{
    Sequence found;
    if (!sequence_find(source->path, &found, error))
        return false;
    source->promised_frames = found.last - found.first + 1;
    if (found.count < source->promised_frames)
        g_ptr_array_add(source->quality->remarks,
                        g_strdup_printf("%" PRId64 " of the pictures numbered %" PRId64 " to %" PRId64
                                        " are missing; reading stops at the first gap",
                                        source->promised_frames - found.count, found.first, found.last));
    source->file = avformat_alloc_context();
    source->file->protocol_whitelist = av_strdup("file");
    AVDictionary *options = NULL;
    g_autofree char *first = g_strdup_printf("%" PRId64, found.first);
    av_dict_set(&options, "start_number", first, 0);
    av_dict_set(&options, "start_number_range", "1", 0);
    av_dict_set(&options, "pattern_type", "sequence", 0);
    g_autofree char *rate = g_strdup_printf("%.6f", source->assumed_rate > 0 ? source->assumed_rate : 25.0);
    g_strdelimit(rate, ",", '.'); /* whatever the locale */
    av_dict_set(&options, "framerate", rate, 0);
    const int code =
        avformat_open_input(&source->file, source->path, av_find_input_format("image2"), &options);
    av_dict_free(&options);
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: the pictures cannot be read: %s",
                    source->path, words);
        return false;
    }
    return true;
}

static bool find_video(Source *source, GError **error)
{
    AVFormatContext *file = source->file;
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
        return input_error(error, source->path, "not a video that can be read: its streams make no sense");
    const int best = av_find_best_stream(file, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    if (best < 0 || (file->streams[best]->disposition & AV_DISPOSITION_ATTACHED_PIC))
        return input_error(error, source->path, "there is no video stream in the file");
    source->stream = file->streams[best];
    for (unsigned i = 0; i < file->nb_streams; i++)
        if ((int)i != best)
            file->streams[i]->discard = AVDISCARD_ALL;
    return true;
}

static bool open_decoder(Source *source, GError **error)
{
    const AVCodecParameters *parameters = source->stream->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
    if (codec == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: there is no decoder for its codec (%s)",
                    source->path, avcodec_get_name(parameters->codec_id));
        return false;
    }
    if (parameters->width > MEDIA_MAX_SIDE || parameters->height > MEDIA_MAX_SIDE) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found pictures of %d x %d, expected at most %d on a side", source->path,
                    parameters->width, parameters->height, MEDIA_MAX_SIDE);
        return false;
    }
    source->codec = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(source->codec, parameters);
    source->codec->thread_count = 1;
    source->codec->max_pixels = MEDIA_MAX_PIXELS;
    source->codec->pkt_timebase = source->stream->time_base;
    const int code = avcodec_open2(source->codec, codec, NULL);
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: the decoder (%s) cannot be opened: %s",
                    source->path, codec->name, words);
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
static void find_rate(Source *source)
{
    const AVStream *stream = source->stream;
    source->no_times = source->fd >= 0 && format_has_no_times(source->file->iformat);
    source->rate = sane(stream->avg_frame_rate) ? stream->avg_frame_rate : stream->r_frame_rate;
    if (source->no_times) {
        if (source->assumed_rate > 0)
            source->rate = av_d2q(source->assumed_rate, 100000);
        else if (sane(source->codec->framerate))
            source->rate = source->codec->framerate;
        else
            source->rate = (AVRational){25, 1};
    }
    if (!sane(source->rate))
        source->rate = (AVRational){0, 1};
}

Source *source_open(const char *path, double assumed_rate, ClipQuality *quality, GError **error)
{
    av_quiet();
    g_autoptr(Source) source = g_new0(Source, 1);
    source->path = g_strdup(path);
    source->fd = -1;
    source->quality = quality;
    source->assumed_rate = assumed_rate;
    source->promised_frames = -1;
    source->first_packet = source->base = source->last_raw = AV_NOPTS_VALUE;
    AvListener *const before = av_listen(NULL); /* what is said while probing is said again while reading */
    struct stat status;
    const bool pattern = stat(path, &status) != 0 && sequence_is_pattern(path);
    const bool opened = (pattern ? open_sequence(source, error) : open_file(source, error)) &&
                        find_video(source, error) && open_decoder(source, error);
    av_listen(before);
    if (!opened)
        return NULL;
    find_rate(source);
    source->packet = av_packet_alloc();
    if (source->promised_frames < 0 && source->stream->nb_frames > 0) {
        source->promised_frames = source->stream->nb_frames;
        /* AVI counts repeats of a picture, which take no room; its index lists only what does. */
        const int indexed = avformat_index_get_entries_count(source->stream);
        const char *name = source->file->iformat->name;
        if (strcmp(name, "avi") == 0 && indexed > 0 && !tail_is_missing(source->fd, name))
            source->promised_frames = MIN(source->promised_frames, indexed);
    }
    quality->container = g_strdup(source->file->iformat->name);
    quality->codec = g_strdup(avcodec_get_name(source->codec->codec_id));
    quality->synthetic_times = source->no_times || source->fd < 0;
    const int64_t step =
        source->rate.num > 0 ? av_rescale(US_PER_SECOND, source->rate.den, source->rate.num) : 0;
    source->ledger = ledger_new(quality, step);
    return g_steal_pointer(&source);
}

void source_close(Source *source)
{
    if (source == NULL)
        return;
    avcodec_free_context(&source->codec);
    avformat_close_input(&source->file);
    if (source->io != NULL) {
        av_freep(&source->io->buffer);
        avio_context_free(&source->io);
    }
    av_packet_free(&source->packet);
    if (source->fd >= 0)
        close(source->fd);
    ledger_free(source->ledger);
    g_free(source->path);
    g_free(source);
}

/* ---- time */

/* Time in the stream's base -> µs from the first picture. */
static int64_t to_us(const Source *source, int64_t raw)
{
    return av_rescale_q(raw - source->base, source->stream->time_base, MICROSECONDS);
}

static int64_t counted_us(const Source *source, int64_t n)
{
    return av_rescale(n, US_PER_SECOND * source->rate.den, source->rate.num);
}

/* Packets before the base is known are few; their time is measured from the first one. */
static void enter_packet(Source *source)
{
    const AVPacket *packet = source->packet;
    const enum AVCodecID id = source->codec->codec_id;
    const bool hidden_pictures = id == AV_CODEC_ID_VP8 || id == AV_CODEC_ID_VP9 || id == AV_CODEC_ID_AV1;
    const bool idle = packet->size == 0 || (packet->flags & AV_PKT_FLAG_DISCARD) != 0;
    if (idle || packet->pts == AV_NOPTS_VALUE || source->no_times || source->wrong_times || hidden_pictures) {
        ledger_expect_untimed(source->ledger, idle);
    } else {
        if (source->first_packet == AV_NOPTS_VALUE) {
            source->first_packet = packet->pts;
            source->first_packet_key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
        }
        const int64_t base = source->base != AV_NOPTS_VALUE ? source->base : source->first_packet;
        if (source->base != AV_NOPTS_VALUE || source->first_packet_key)
            ledger_expect(source->ledger,
                          av_rescale_q(packet->pts - base, source->stream->time_base, MICROSECONDS),
                          av_rescale_q(packet->duration, source->stream->time_base, MICROSECONDS));
        else
            ledger_expect_untimed(source->ledger, false);
    }
    if (packet->flags & AV_PKT_FLAG_CORRUPT) {
        ledger_errors(source->ledger, 1, "a packet is cut short or damaged");
        ledger_cut_packet(source->ledger);
    }
}

/* t = 0 is the first picture of the file, also when just that one does not decode. */
static void find_base(Source *source, int64_t first_picture)
{
    source->base = first_picture;
    if (source->first_packet != AV_NOPTS_VALUE && source->first_packet_key) {
        source->base = MIN(first_picture, source->first_packet);
        if (source->base != source->first_packet)
            ledger_forget(source->ledger);
    }
}

/* ---- damage */

static int64_t packet_key(const AVPacket *packet)
{
    return packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
}

static void spread_damage(Source *source, int64_t from)
{
    const AVCodecDescriptor *descriptor = avcodec_descriptor_get(source->codec->codec_id);
    if (descriptor == NULL || (descriptor->props & AV_CODEC_PROP_INTRA_ONLY))
        return;
    source->spread_from = source->spreads ? MIN(source->spread_from, from) : from;
    source->spreads = true;
}

static void mark_packet(Source *source, int64_t key)
{
    if (source->marked_count == MAX_MARKED)
        memmove(source->marked, source->marked + 1,
                sizeof source->marked[0] * (size_t)--source->marked_count);
    source->marked[source->marked_count++] = key;
}

static bool take_mark(Source *source, int64_t key)
{
    for (int i = 0; i < source->marked_count; i++) {
        if (source->marked[i] != key)
            continue;
        source->marked[i] = source->marked[--source->marked_count];
        return true;
    }
    return false;
}

static PictureState judge(Source *source, const AVFrame *frame)
{
    const int64_t key = frame->pts != AV_NOPTS_VALUE ? frame->pts : frame->pkt_dts;
    const bool marked = take_mark(source, key);
    const bool damaged =
        marked || frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
    if (source->spreads && frame->key_frame && key > source->spread_from)
        source->spreads = false;
    const bool spread = source->spreads && key >= source->spread_from;
    if (damaged && frame->pict_type != AV_PICTURE_TYPE_B)
        spread_damage(source, key);
    return damaged ? PICTURE_DAMAGED : (spread ? PICTURE_SPREAD : PICTURE_SOUND);
}

/* ---- the loop: read, send, receive */

/* Books what libav said since the last call; returns how much it was. */
static int64_t take_errors(Source *source)
{
    const int64_t count = source->listener.errors;
    if (count > 0)
        ledger_errors(source->ledger, count, source->listener.first);
    source->listener.errors = 0;
    return count;
}

static int64_t promised_us(const Source *source)
{
    const AVFormatContext *file = source->file;
    const AVStream *stream = source->stream;
    if (source->fd < 0) /* an image sequence promises all its numbers */
        return av_rescale(source->promised_frames, US_PER_SECOND * source->rate.den,
                          MAX(source->rate.num, 1));
    if (source->no_times || file->duration_estimation_method != AVFMT_DURATION_FROM_STREAM)
        return TIME_UNKNOWN;
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

static void settle(Source *source)
{
    ledger_settle(source->ledger, source->promised_frames, promised_us(source),
                  tail_is_missing(source->fd, source->file->iformat->name));
    if (source->wrong_times)
        g_ptr_array_add(
            source->quality->remarks,
            g_strdup("the file's time stamps contradict the order of its pictures; some times are "
                     "guessed"));
    if (source->no_times || source->fd < 0)
        g_ptr_array_add(source->quality->remarks,
                        g_strdup_printf("no time stamps: times are counted at %.6g pictures per second",
                                        av_q2d(source->rate)));
}

/* Reads the next packet of the stream and hands it to the decoder. */
static void feed(Source *source)
{
    while (!source->packet_held) {
        const int code = av_read_frame(source->file, source->packet);
        if (take_errors(source) > 0)
            ledger_lose_place(source->ledger);
        if (code == AVERROR_EOF || (code < 0 && ++source->read_errors >= MAX_READ_ERRORS)) {
            avcodec_send_packet(source->codec, NULL);
            return;
        }
        if (code < 0) {
            g_autofree char *words = av_describe(code);
            ledger_errors(source->ledger, 1, words);
            ledger_lose_place(source->ledger);
            continue;
        }
        source->read_errors = 0;
        if (source->packet->stream_index != source->stream->index) {
            av_packet_unref(source->packet);
            continue;
        }
        enter_packet(source);
        if (source->packet->size == 0) /* the decoder would take it for the end */
            av_packet_unref(source->packet);
        else
            source->packet_held = true;
    }
    const int code = avcodec_send_packet(source->codec, source->packet);
    if (code == AVERROR(EAGAIN))
        return;
    const int64_t key = packet_key(source->packet);
    const bool complained = take_errors(source) > 0;
    if (code < 0) {
        g_autofree char *words = av_describe(code);
        ledger_errors(source->ledger, complained ? 0 : 1, words);
        spread_damage(source, key);
    }
    if (complained || (source->packet->flags & AV_PKT_FLAG_CORRUPT))
        mark_packet(source, key);
    source->last_sent = key;
    source->packet_held = false;
    av_packet_unref(source->packet);
}

/* Fills in the times and the books of a decoded picture. */
static void book(Source *source, AVFrame *frame, SourceFrame *about)
{
    const int64_t step = ledger_step(source->ledger);
    int64_t duration = 0;
    if (source->no_times) {
        about->t_us = counted_us(source, source->counted);
        duration = counted_us(source, source->counted + 1) - about->t_us;
    } else {
        int64_t raw = frame->best_effort_timestamp;
        if (raw == AV_NOPTS_VALUE)
            raw = source->last_raw == AV_NOPTS_VALUE
                      ? 0
                      : source->last_raw + av_rescale_q(step, MICROSECONDS, source->stream->time_base);
        if (source->base == AV_NOPTS_VALUE)
            find_base(source, raw);
        const bool backward = source->last_raw != AV_NOPTS_VALUE && raw < source->last_raw;
        if (!source->wrong_times && (backward || (frame->pts != AV_NOPTS_VALUE && frame->pts != raw))) {
            source->wrong_times = true; /* what came cannot be matched with what was expected any more */
            ledger_forget(source->ledger);
        }
        source->last_raw = raw;
        about->t_us = to_us(source, raw);
        if (frame->pkt_duration > 0)
            duration = to_us(source, raw + frame->pkt_duration) - about->t_us;
    }
    source->counted++;
    const PictureState state = judge(source, frame);
    about->damaged = state != PICTURE_SOUND;
    about->shown = ledger_picture(source->ledger, about->t_us, duration, state);
}

SourceStatus source_next(Source *source, AVFrame *frame, SourceFrame *about, GError **error)
{
    (void)error;
    if (source->ended)
        return SOURCE_END;
    AvListener *const before = av_listen(&source->listener);
    SourceStatus status = SOURCE_END;
    for (;;) {
        av_frame_unref(frame);
        const int code = avcodec_receive_frame(source->codec, frame);
        if (take_errors(source) > 0) {
            mark_packet(source, source->last_sent);
        }
        if (code >= 0) {
            book(source, frame, about);
            status = SOURCE_FRAME;
            break;
        }
        if (code == AVERROR_EOF) {
            source->ended = true;
            settle(source);
            break;
        }
        if (code == AVERROR(EAGAIN)) {
            feed(source);
            continue;
        }
        g_autofree char *words = av_describe(code);
        ledger_errors(source->ledger, 1, words);
        spread_damage(source, source->last_sent);
        if (code == AVERROR(ENOMEM)) {
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: no memory left to decode with",
                        source->path);
            status = SOURCE_ERROR;
            source->ended = true;
            break;
        }
    }
    av_listen(before);
    return status;
}

bool source_seek(Source *source, int64_t t_us)
{
    if (source->no_times || source->fd < 0 || source->base == AV_NOPTS_VALUE || source->ended)
        return false;
    const int64_t raw =
        source->base + av_rescale_q_rnd(t_us, MICROSECONDS, source->stream->time_base, AV_ROUND_DOWN);
    if (av_seek_frame(source->file, source->stream->index, raw, AVSEEK_FLAG_BACKWARD) < 0)
        return false;
    avcodec_flush_buffers(source->codec);
    av_packet_unref(source->packet);
    source->packet_held = false;
    source->marked_count = 0;
    source->spreads = false;
    ledger_forget(source->ledger);
    return true;
}

int64_t source_end(const Source *source)
{
    return ledger_end(source->ledger);
}

AVRational source_pixel_aspect(const Source *source, const AVFrame *frame)
{
    const AVRational aspect =
        av_guess_sample_aspect_ratio(source->file, source->stream, (AVFrame *)(uintptr_t)frame);
    return aspect.num > 0 && aspect.den > 0 ? aspect : (AVRational){1, 1};
}

const int32_t *source_matrix(const Source *source)
{
    size_t size = 0;
    const uint8_t *bytes = av_stream_get_side_data(source->stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return bytes != NULL && size >= 9 * sizeof(int32_t) ? (const int32_t *)(const void *)bytes : NULL;
}
