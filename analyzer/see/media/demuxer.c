/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/demuxer.h"

#include "media/promise.h"
#include "media/tail.h"
#include "records/error.h"
#include "records/file_hash.h"
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
    demuxer->size = status.st_size;
    demuxer->changed = status.st_mtim;
    if (status.st_size == 0)
        return input_error(error, demuxer->path, "the clip is empty (zero bytes)");
    return true;
}

/* Hash and decoding share one descriptor: what is reported is what was decoded, whatever happens to the name.
 */
static bool hash_file(Demuxer *demuxer, const char *expected, GError **error)
{
    demuxer->sha256 = file_hash_stream(demuxer->fd, -1, NULL);
    if (demuxer->sha256 == NULL || lseek(demuxer->fd, 0, SEEK_SET) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read (%s)", demuxer->path,
                    g_strerror(errno));
        return false;
    }
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
    /* a clock that steps back is judged here (media/timeline.h), not bent by 2^33 */
    demuxer->file->correct_ts_overflow = 0;
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

/* Opens a stretch of numbers without a hole. libav may look over a small hole for the last number, and then
 * calls every picture in the hole an error: numbers_left tells where the stretch ends. */
static bool open_numbers(Demuxer *demuxer, guint from, GError **error)
{
    const GArray *numbers = demuxer->sequence->numbers;
    const int64_t number = g_array_index(numbers, int64_t, from);
    demuxer->next_numbers = from + 1;
    while (demuxer->next_numbers < numbers->len &&
           g_array_index(numbers, int64_t, demuxer->next_numbers) == number + demuxer->next_numbers - from)
        demuxer->next_numbers++;
    demuxer->numbers_left = demuxer->next_numbers - from;
    demuxer->pts_offset = number - demuxer->sequence->first;
    demuxer->file = avformat_alloc_context();
    demuxer->file->protocol_whitelist = av_strdup("file");
    AVDictionary *options = NULL;
    g_autofree char *first = g_strdup_printf("%" PRId64, number);
    av_dict_set(&options, "start_number", first, 0);
    av_dict_set(&options, "start_number_range", "1", 0);
    av_dict_set(&options, "pattern_type", "sequence", 0);
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

static bool open_sequence(Demuxer *demuxer, GPtrArray *remarks, GError **error)
{
    demuxer->sequence = sequence_find(demuxer->path, error);
    if (demuxer->sequence == NULL)
        return false;
    const Sequence *found = demuxer->sequence;
    const int64_t missing =
        found->last - found->first + 1 - (int64_t)found->numbers->len - (int64_t)found->empty->len;
    if (missing > 0) {
        g_autoptr(GArray) numbers = sequence_missing(found, 6);
        g_autofree char *list = sequence_list(numbers);
        g_ptr_array_add(remarks,
                        g_strdup_printf("%" PRId64 " of the pictures numbered %" PRId64 " to %" PRId64
                                        " %s missing (%s); %s time was not seen",
                                        missing, found->first, found->last, missing == 1 ? "is" : "are", list,
                                        missing == 1 ? "its" : "their"));
    }
    if (found->empty->len > 0) {
        g_autofree char *list = sequence_list(found->empty);
        g_ptr_array_add(remarks, g_strdup_printf("%u of the pictures numbered %" PRId64 " to %" PRId64
                                                 " %s empty (%s; 0 bytes); %s time was not seen",
                                                 found->empty->len, found->first, found->last,
                                                 found->empty->len == 1 ? "is" : "are", list,
                                                 found->empty->len == 1 ? "its" : "their"));
    }
    return open_numbers(demuxer, 0, error);
}

bool demuxer_next_numbers(Demuxer *demuxer, GError **error)
{
    if (demuxer->sequence == NULL || demuxer->next_numbers >= demuxer->sequence->numbers->len)
        return false;
    avformat_close_input(&demuxer->file);
    if (!open_numbers(demuxer, demuxer->next_numbers, error))
        return false;
    demuxer->stream = demuxer->file->streams[0];
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
    demuxer->stream = streams_choose(&demuxer->streams, file);
    return demuxer->stream != NULL ||
           input_error(error, demuxer->path, "there is no video stream in the file");
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

static const AVRational usual_rate = {25, 1};

#define MOST_ENTRIES 4096

static int compare_steps(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* How many numbers apart the pictures of an AVI usually are, by its index: 2 where every second place is
 * empty, as a recorder writes that films at half the rate. 1 where there is no index. */
static int64_t usual_numbers_apart(AVStream *stream)
{
    const int count = MIN(avformat_index_get_entries_count(stream), MOST_ENTRIES);
    if (count < 2)
        return 1;
    g_autofree int64_t *steps = g_new(int64_t, count - 1);
    for (int i = 1; i < count; i++)
        steps[i - 1] = avformat_index_get_entry(stream, i)->timestamp -
                       avformat_index_get_entry(stream, i - 1)->timestamp;
    qsort(steps, (size_t)(count - 1), sizeof steps[0], compare_steps);
    return CLAMP(steps[(count - 2) / 2], 1, 1000);
}

/* The nominal rate. Of a stream without time stamps the codec's own header is believed before the demuxer's
 * default, and a stated rate before both; AVI only counts its pictures, and the places that it left empty. */
void demuxer_find_rate(Demuxer *demuxer)
{
    AVStream *const stream = demuxer->stream;
    const bool sequence = demuxer->sequence != NULL;
    demuxer->no_times = !sequence && format_has_no_times(demuxer->file->iformat);
    demuxer->own_rate = sane(stream->avg_frame_rate) ? stream->avg_frame_rate : stream->r_frame_rate;
    if (demuxer->no_times)
        demuxer->own_rate = sane(demuxer->codec->framerate) ? demuxer->codec->framerate : usual_rate;
    if (sequence || !sane(demuxer->own_rate))
        demuxer->own_rate = sequence ? usual_rate : (AVRational){0, 1};
    demuxer->rate = demuxer->own_rate;
    demuxer->time_base = sequence ? av_inv_q(usual_rate) : stream->time_base;
    const bool counts = strcmp(demuxer->file->iformat->name, "avi") == 0 && demuxer->own_rate.num > 0 &&
                        av_cmp_q(av_inv_q(demuxer->own_rate), stream->time_base) == 0;
    if (demuxer->stated_rate > 0 && (sequence || demuxer->no_times || counts)) {
        const double apart = counts ? (double)usual_numbers_apart(stream) : 1;
        demuxer->own_rate = av_d2q(av_q2d(demuxer->own_rate) / apart, 10000000);
        demuxer->rate = av_d2q(demuxer->stated_rate, 10000000);
        demuxer->time_base = av_inv_q(av_d2q(demuxer->stated_rate * apart, 10000000));
        demuxer->rate_taken = true;
    }
}

bool demuxer_open(Demuxer *demuxer, const char *path, const DemuxerRequest *request, GPtrArray *remarks,
                  GError **error)
{
    *demuxer = (Demuxer){.path = g_strdup(path), .fd = -1, .stated_rate = request->rate};
    streams_init(&demuxer->streams);
    struct stat status;
    const bool pattern = stat(path, &status) != 0 && sequence_is_pattern(path);
    AvListener *const before = av_listen(NULL); /* what is said while probing is said again while reading */
    const bool opened =
        (pattern ? open_sequence(demuxer, remarks, error) : open_file(demuxer, request, error)) &&
        find_video(demuxer, error) && open_decoder(demuxer, error);
    av_listen(before);
    if (opened)
        demuxer_find_rate(demuxer);
    return opened;
}

AVStream *demuxer_next_stream(Demuxer *demuxer)
{
    AVStream *const before = demuxer->stream;
    AVStream *const next = streams_follow(&demuxer->streams, demuxer->file, before);
    if (next == NULL)
        return NULL;
    AVCodecContext *codec = demuxer->codec;
    demuxer->stream = next;
    demuxer->codec = NULL;
    if (!open_decoder(demuxer, NULL)) {
        avcodec_free_context(&demuxer->codec);
        demuxer->codec = codec;
        demuxer->stream = before;
        return NULL;
    }
    avcodec_free_context(&codec);
    return next;
}

bool demuxer_is_unchanged(const Demuxer *demuxer, GError **error)
{
    struct stat status;
    if (demuxer->fd < 0 || (fstat(demuxer->fd, &status) == 0 && status.st_size == demuxer->size &&
                            status.st_mtim.tv_sec == demuxer->changed.tv_sec &&
                            status.st_mtim.tv_nsec == demuxer->changed.tv_nsec))
        return true;
    return input_error(error, demuxer->path, "the file was changed while it was read");
}

int64_t demuxer_begin_us(const Demuxer *demuxer)
{
    return demuxer->file->start_time != AV_NOPTS_VALUE ? demuxer->file->start_time : TIME_UNKNOWN;
}

void demuxer_close(Demuxer *demuxer)
{
    streams_clear(&demuxer->streams);
    g_clear_pointer(&demuxer->sequence, sequence_free);
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
