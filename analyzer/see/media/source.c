/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/source.h"

#include "media/joined.h"
#include "media/reader.h"
#include "records/error.h"
#include "records/free.h"

#include <libavutil/imgutils.h>
#include <string.h>

/* Pictures that wait take at most so much; at least two are looked at together. */
#define MAX_AHEAD_BYTES (INT64_C(256) << 20)
/* Starts are stated in whole seconds: the file before may last so much longer. */
#define START_SLACK_US US_PER_SECOND

typedef struct {
    AVFrame *frame;
    LedgerPicture picture;
} Slot;

struct Source {
    char *path;
    ReplayRequest kept; /* its lists are ours */
    Reader *reader;
    Timeline *timeline;
    Ledger *ledger;
    ClipQuality *quality;
    size_t file_count;
    size_t file;     /* which is open */
    bool file_begun; /* its first picture was decoded */
    bool draining;   /* the stream or the file has no more */
    bool file_ended;
    bool ended;
    int64_t leaps; /* and strays, found before this file */
    int width, height;
    Slot slots[TIMELINE_AHEAD];
    int waiting;
    GPtrArray *digests; /* of char *, one for each file opened; NULL entries */
};

static size_t count_files(const ReplayRequest *request)
{
    size_t count = 0;
    while (request->files != NULL && request->files[count] != NULL)
        count++;
    return MAX(count, 1);
}

static const char *file_path(const Source *source, size_t n)
{
    return source->kept.files != NULL && source->kept.files[0] != NULL ? source->kept.files[n] : source->path;
}

static char **copy_paths(const char *const *list, size_t count)
{
    char **copy = g_new0(char *, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = g_strdup(list[i]);
    return copy;
}

static void keep(Source *source, const ReplayRequest *request)
{
    const size_t count = count_files(request);
    source->kept = *request;
    if (request->files != NULL)
        source->kept.files = (const char *const *)g_strdupv((char **)(uintptr_t)request->files);
    if (request->starts_us != NULL)
        source->kept.starts_us = g_memdup2(request->starts_us, count * sizeof(int64_t));
    if (request->sha256 != NULL)
        source->kept.sha256 = (const char *const *)copy_paths(request->sha256, count);
    source->file_count = count;
}

static void forget(Source *source)
{
    g_strfreev((char **)(uintptr_t)source->kept.files);
    g_free((int64_t *)(uintptr_t)source->kept.starts_us);
    for (size_t i = 0; source->kept.sha256 != NULL && i < source->file_count; i++)
        g_free((char *)(uintptr_t)source->kept.sha256[i]);
    g_free((char **)(uintptr_t)source->kept.sha256);
}

/* ---- files */

static bool check_size(Source *source, GError **error)
{
    const AVCodecParameters *about = reader_demuxer(source->reader)->stream->codecpar;
    if (source->file == 0) {
        source->width = about->width;
        source->height = about->height;
        return true;
    }
    if (about->width == source->width && about->height == source->height)
        return true;
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
        "%s: found pictures of %d x %d, expected %d x %d as in “%s”: files that follow each other show "
        "one camera at one size",
        file_path(source, source->file), about->width, about->height, source->width, source->height,
        file_path(source, 0));
    return false;
}

static bool open_file(Source *source, GError **error)
{
    const char *const *sha256 = source->kept.sha256;
    const DemuxerRequest how = {
        .rate = source->kept.rate,
        .hash = source->kept.hash || (sha256 != NULL && sha256[source->file] != NULL),
        .sha256 = sha256 != NULL ? sha256[source->file] : NULL,
    };
    g_clear_pointer(&source->reader, reader_close);
    source->reader =
        reader_open(file_path(source, source->file), &how, source->quality, source->ledger, error);
    if (source->reader == NULL || !check_size(source, error))
        return false;
    g_ptr_array_add(source->digests, g_strdup(reader_demuxer(source->reader)->sha256));
    source->file_begun = source->draining = source->file_ended = false;
    return true;
}

Source *source_open(const char *path, const ReplayRequest *request, ClipQuality *quality, GError **error)
{
    av_quiet();
    g_autoptr(Source) source = g_new0(Source, 1);
    source->path = g_strdup(path);
    keep(source, request);
    source->quality = quality;
    source->digests = g_ptr_array_new_with_free_func(g_free);
    source->ledger = ledger_new(quality);
    source->timeline = timeline_new(quality);
    for (int i = 0; i < TIMELINE_AHEAD; i++)
        source->slots[i].frame = av_frame_alloc();
    if (!open_file(source, error))
        return NULL;
    const Demuxer *demuxer = reader_demuxer(source->reader);
    quality->container = g_strdup(demuxer->file->iformat->name);
    quality->codec = g_strdup(avcodec_get_name(demuxer->codec->codec_id));
    quality->synthetic_times = demuxer->no_times || demuxer->sequence != NULL;
    quality->stream = streams_order(demuxer->file, demuxer->stream->index);
    if (demuxer->rate.num > 0)
        ledger_set_nominal(source->ledger, av_rescale(US_PER_SECOND, demuxer->rate.den, demuxer->rate.num));
    return g_steal_pointer(&source);
}

static void clear_source(Source *source)
{
    reader_close(source->reader);
    ledger_free(source->ledger);
    timeline_free(source->timeline);
    for (int i = 0; i < TIMELINE_AHEAD; i++)
        av_frame_free(&source->slots[i].frame);
    g_clear_pointer(&source->digests, g_ptr_array_unref);
    forget(source);
    g_free(source->path);
}

DEFINE_FREE(source_close, Source, source, clear_source(source))

static int64_t stated_start(const Source *source)
{
    const int64_t *starts = source->kept.starts_us;
    if (starts == NULL || starts[source->file] == TIME_UNKNOWN)
        return TIME_UNKNOWN;
    return starts[source->file] - (starts[0] != TIME_UNKNOWN ? starts[0] : 0);
}

/* The first picture of a file is there: its clock is known. */
static bool begin_file(Source *source, GError **error)
{
    const Reader *reader = source->reader;
    const int64_t origin_us = reader_origin_us(reader), player_us = reader_player_us(reader);
    const int64_t start_us = stated_start(source), before_us = ledger_end(source->ledger);
    if (source->file > 0 && start_us != TIME_UNKNOWN && start_us < before_us - START_SLACK_US) {
        g_autofree char *found = time_format_seconds(start_us);
        g_autofree char *expected = time_format_seconds(before_us);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s: found a start at %s s, expected %s s or later, where “%s” ends",
                    file_path(source, source->file), found, expected, file_path(source, source->file - 1));
        return false;
    }
    const TimelineRules rules = reader_rules(reader);
    timeline_begin_file(source->timeline, (int)source->file, &rules, origin_us, player_us, start_us);
    source->file_begun = true;
    return true;
}

static int64_t count_leaps(const ClipQuality *quality)
{
    return quality->totals[CLOCK_LEAP_FORWARD].count + quality->totals[CLOCK_LEAP_BACK].count +
           quality->totals[CLOCK_RESTART].count + quality->totals[CLOCK_STRAY].count +
           quality->totals[CLOCK_NEXT_STREAM].count;
}

static void remark_rate(const Source *source)
{
    const Demuxer *demuxer = reader_demuxer(source->reader);
    GPtrArray *remarks = source->quality->remarks;
    const double own = av_q2d(demuxer->own_rate), taken = av_q2d(demuxer->rate);
    const double stated = demuxer->stated_rate;
    if (demuxer->no_times || demuxer->sequence != NULL) {
        const bool differs = demuxer->no_times && demuxer->rate_taken && demuxer->own_rate.num > 0 &&
                             ABS(own / taken - 1) > 0.01;
        g_autofree char *itself = differs ? g_strdup_printf(" (the stream itself says %.6g)", own) : NULL;
        g_ptr_array_add(remarks,
                        g_strdup_printf("no time stamps: times are counted at %.6g pictures per second%s%s",
                                        taken, demuxer->rate_taken ? ", as stated" : "",
                                        itself != NULL ? itself : ""));
    } else if (demuxer->rate_taken && ABS(own / taken - 1) > 0.01) {
        g_ptr_array_add(remarks, g_strdup_printf("the container counts its pictures at %.6g per second; the "
                                                 "stated %.6g per second are taken",
                                                 own, taken));
    } else if (stated > 0 && !demuxer->rate_taken) {
        const double measured = 1e6 / (double)ledger_step(source->ledger);
        if (ABS(measured / stated - 1) > 0.1)
            g_ptr_array_add(
                remarks, g_strdup_printf("the dataset states %.6g pictures per second, the file's own time "
                                         "stamps give %.6g; the time stamps are taken",
                                         stated, measured));
    }
}

static void remark_findings(const ClipQuality *quality)
{
    static const struct {
        const char *one, *many;
    } words[CLOCK_KINDS] = {
        [CLOCK_PAUSE] = {"pause without pictures", "pauses without pictures"},
        [CLOCK_LEAP_FORWARD] = {"leap forward of the clock", "leaps forward of the clock"},
        [CLOCK_LEAP_BACK] = {"leap back of the clock", "leaps back of the clock"},
        [CLOCK_RESTART] = {"restart of the clock", "restarts of the clock"},
        [CLOCK_STRAY] = {"stray from the clock", "strays from the clock"},
        [CLOCK_REPEAT] = {"repeat of a time stamp", "repeats of a time stamp"},
        [CLOCK_UNTIMED] = {"stretch without time stamps", "stretches without time stamps"},
        [CLOCK_SHOWN_AGAIN] = {"stretch shown again by the file's own word, which nobody filmed twice",
                               "stretches shown again by the file's own word, which nobody filmed twice"},
        [CLOCK_DISORDER] = {"stretch with time stamps in another order",
                            "stretches with time stamps in another order"},
    };
    for (int k = 0; k < CLOCK_KINDS; k++) {
        const int64_t count = quality->totals[k].count;
        if (count == 0 || words[k].one == NULL)
            continue;
        GString *text = g_string_new(NULL);
        g_string_printf(text, "%" PRId64 " %s", count, count == 1 ? words[k].one : words[k].many);
        if (count > 1 && quality->totals[k].by_us > 0)
            g_string_append_printf(text, ", together %.3f s", (double)quality->totals[k].by_us / 1e6);
        for (guint i = 0; i < quality->findings->len; i++) {
            const ClockFinding *first = &g_array_index(quality->findings, ClockFinding, i);
            if ((int)first->kind != k)
                continue;
            /* a leap's own word says which way */
            const int64_t by_us = k == CLOCK_STRAY ? first->by_us : ABS(first->by_us);
            g_string_append_printf(text, "%s at %.3f s, by %.3f s", count == 1 ? "," : "; the first",
                                   (double)first->at_us / 1e6, (double)by_us / 1e6);
            break;
        }
        g_ptr_array_add(quality->remarks, g_string_free(text, FALSE));
    }
}

/* All pictures of the file are placed. False with an error: it holds more than could be read. */
static bool end_file(Source *source, GError **error)
{
    ClipQuality *quality = source->quality;
    const Demuxer *demuxer = reader_demuxer(source->reader);
    const bool last = source->file + 1 == source->file_count;
    if (!joined_judge(demuxer, error))
        return false;
    const bool leaps = count_leaps(quality) > source->leaps;
    const int64_t length_us = ledger_end(source->ledger) - ledger_file_start(source->ledger);
    const LedgerPromise promise = reader_promise(source->reader, length_us, leaps);
    ledger_end_file(source->ledger, &promise, last);
    source->leaps = count_leaps(quality);
    quality->video_streams = MAX(quality->video_streams, streams_count(demuxer->file));
    if (quality->stream_reason == NULL) {
        quality->stream_reason = streams_reason(&demuxer->streams, demuxer->file);
        if (quality->stream_reason != NULL)
            g_ptr_array_add(quality->remarks, g_strdup(quality->stream_reason));
    }
    if (!last)
        return true;
    timeline_end(source->timeline, quality->duration_us);
    ledger_settle(source->ledger);
    remark_findings(quality);
    remark_rate(source);
    return true;
}

/* ---- pictures */

static int depth(const Source *source)
{
    if (source->waiting == 0)
        return 1;
    const AVFrame *frame = source->slots[0].frame;
    /* by the picture, not by its buffers, which are larger on some processors: how far ahead one looks may
     * decide how a clock is judged */
    const int64_t bytes = MAX(av_image_get_buffer_size(frame->format, frame->width, frame->height, 1), 1);
    return (int)CLAMP(MAX_AHEAD_BYTES / bytes, 2, TIMELINE_AHEAD);
}

/* Reads ahead. False with an error. */
static bool fill(Source *source, GError **error)
{
    while (!source->draining && source->waiting < depth(source)) {
        Slot *slot = &source->slots[source->waiting];
        switch (reader_next(source->reader, slot->frame, &slot->picture, error)) {
        case READER_ERROR:
            return false;
        case READER_END:
            source->file_ended = true;
            source->draining = true;
            break;
        case READER_STREAM:
            source->draining = true;
            break;
        case READER_FRAME:
            if (!source->file_begun && !begin_file(source, error))
                return false;
            timeline_add(source->timeline, slot->picture.stamp_us);
            source->waiting++;
            break;
        }
    }
    return true;
}

/* The stream that was read has ended, and so have its pictures. */
static bool go_on(Source *source, GError **error)
{
    source->draining = false;
    if (!source->file_ended) {
        timeline_begin_stream(source->timeline);
        return true;
    }
    if (!end_file(source, error))
        return false;
    if (source->file + 1 == source->file_count) {
        source->ended = true;
        return true;
    }
    source->file++;
    return open_file(source, error);
}

SourceStatus source_next(Source *source, AVFrame *frame, SourceFrame *about, GError **error)
{
    av_frame_unref(frame);
    while (!source->ended) {
        if (!fill(source, error) || (source->waiting == 0 && !go_on(source, error))) {
            source->ended = true;
            return SOURCE_ERROR;
        }
        if (source->waiting == 0)
            continue;
        Slot first = source->slots[0];
        const TimelinePlace place = timeline_take(source->timeline);
        ledger_placed(source->ledger, place, &first.picture);
        *about = (SourceFrame){place.t_us, first.picture.state != PICTURE_SOUND};
        av_frame_move_ref(frame, first.frame);
        memmove(source->slots, source->slots + 1, sizeof source->slots[0] * (size_t)--source->waiting);
        source->slots[source->waiting].frame = first.frame;
        return SOURCE_FRAME;
    }
    return SOURCE_END;
}

bool source_seek(Source *source, int64_t t_us)
{
    if (!source->kept.steady_clock || source->file_count > 1 || source->ended || source->draining ||
        !reader_seek(source->reader, t_us))
        return false;
    for (int i = 0; i < source->waiting; i++)
        av_frame_unref(source->slots[i].frame);
    source->waiting = 0;
    timeline_seek(source->timeline);
    ledger_forget(source->ledger);
    return true;
}

const char *source_sha256(const Source *source, size_t n)
{
    return n < source->digests->len ? g_ptr_array_index(source->digests, n) : NULL;
}

int64_t source_end(const Source *source)
{
    return ledger_end(source->ledger);
}

AVRational source_pixel_aspect(const Source *source, const AVFrame *frame)
{
    Demuxer *demuxer = reader_demuxer(source->reader);
    const AVRational aspect =
        av_guess_sample_aspect_ratio(demuxer->file, demuxer->stream, (AVFrame *)(uintptr_t)frame);
    return aspect.num > 0 && aspect.den > 0 ? aspect : (AVRational){1, 1};
}

const int32_t *source_matrix(const Source *source)
{
    size_t size = 0;
    const uint8_t *bytes =
        av_stream_says(reader_demuxer(source->reader)->stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return bytes != NULL && size >= 9 * sizeof(int32_t) ? (const int32_t *)(const void *)bytes : NULL;
}
