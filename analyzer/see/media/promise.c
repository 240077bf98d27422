/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/promise.h"

#include "media/tail.h"
#include "records/span.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_US (INT64_C(1) << 53) /* 285 years: no length */
#define WHOLE_US (US_PER_SECOND / 10)
/* A clock that begins later than so is one of the wall, or of a whole recording. */
#define LATE_START_US (10 * US_PER_SECOND)

static bool is(const Demuxer *demuxer, const char *format)
{
    return strcmp(demuxer->file->iformat->name, format) == 0;
}

int64_t promise_frames(const Demuxer *demuxer)
{
    if (demuxer->sequence != NULL)
        return (int64_t)demuxer->sequence->numbers->len;
    int64_t frames = demuxer->stream->nb_frames > 0 ? demuxer->stream->nb_frames : -1;
    /* AVI counts repeats of a picture, which take no room; its index lists only what does. */
    const int indexed = avformat_index_get_entries_count(demuxer->stream);
    if (is(demuxer, "avi") && frames > 0 && indexed > 0 && !tail_is_missing(demuxer->fd, "avi"))
        frames = MIN(frames, indexed);
    return frames;
}

/* All ones in 32 or 64 bits mean that the length is not known (ISO 14496-12). libav hands on the first, and
 * may have turned it into the unit of the file's header. */
static bool is_all_ones(const AVStream *stream)
{
    return stream->duration == UINT32_MAX || stream->duration == INT64_MAX || stream->duration < 0;
}

/* A length, unless it is the end on the file's clock: where that comes nearer to what was decoded (`always`),
 * or the clock begins late), or where it makes the file whole. */
static int64_t length_or_end(int64_t length_us, int64_t first_us, int64_t end_us, bool always)
{
    if (length_us <= 0 || length_us > LONGEST_US)
        return TIME_UNKNOWN;
    const int64_t other_us = length_us - first_us;
    if (first_us <= 0 || other_us <= 0)
        return length_us;
    if (!always && first_us < LATE_START_US)
        return ABS(other_us - end_us) <= WHOLE_US ? other_us : length_us;
    return ABS(other_us - end_us) < ABS(length_us - end_us) ? other_us : length_us;
}

int64_t promise_duration(const Demuxer *demuxer, int64_t first_us, int64_t end_us)
{
    const AVFormatContext *file = demuxer->file;
    const AVStream *stream = demuxer->stream;
    if (demuxer->sequence != NULL) /* an image sequence promises all its numbers */
        return av_rescale_q(demuxer->sequence->last - demuxer->sequence->first + 1, demuxer->time_base,
                            MICROSECONDS);
    if (demuxer->no_times || file->duration_estimation_method != AVFMT_DURATION_FROM_STREAM)
        return TIME_UNKNOWN;
    /* libav shortens an AVI's length to what the file's size allows; the header's count is the promise */
    if (is(demuxer, "avi") && stream->nb_frames > 0 && demuxer->rate_taken)
        return av_rescale_q(stream->nb_frames, demuxer->time_base, MICROSECONDS);
    if (is(demuxer, "avi") && stream->nb_frames > 0 && demuxer->rate.num > 0)
        return av_rescale(stream->nb_frames, US_PER_SECOND * demuxer->rate.den, demuxer->rate.num);
    /* libav writes the end into Matroska's tag, other programs the length */
    const AVDictionaryEntry *tag = av_dict_get(stream->metadata, "DURATION", NULL, 0);
    int hours, minutes;
    double seconds;
    if (tag != NULL && sscanf(tag->value, "%d:%d:%lf", &hours, &minutes, &seconds) == 3)
        return length_or_end((int64_t)hours * US_PER_HOUR + (int64_t)minutes * 60 * US_PER_SECOND +
                                 time_from_seconds(CLAMP(seconds, 0, 60)),
                             first_us, end_us, true);
    if (stream->duration != AV_NOPTS_VALUE && is_all_ones(stream))
        return TIME_UNKNOWN;
    if (stream->duration > 0) {
        const int64_t length_us = av_rescale_q(stream->duration, stream->time_base, MICROSECONDS);
        /* fragments count from the clock of the whole recording; a plain MP4 lists each picture */
        return stream->nb_frames > 0 ? length_us : length_or_end(length_us, first_us, end_us, false);
    }
    return file->nb_streams == 1 && file->duration > 0
               ? length_or_end(file->duration, first_us, end_us, is(demuxer, "matroska,webm"))
               : TIME_UNKNOWN;
}
