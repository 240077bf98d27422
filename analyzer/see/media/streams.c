/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/streams.h"

#include <string.h>

typedef struct {
    int64_t packets, first_pos, last_pos;
    bool read;
} StreamCount;

void streams_init(Streams *streams)
{
    *streams = (Streams){.counts = g_array_new(FALSE, TRUE, sizeof(StreamCount)), .chosen = -1};
}

void streams_clear(Streams *streams)
{
    g_clear_pointer(&streams->counts, g_array_unref);
}

static bool is_video(const AVStream *stream)
{
    return stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
           !(stream->disposition & AV_DISPOSITION_ATTACHED_PIC);
}

static StreamCount *count_of(const Streams *streams, guint index)
{
    if (index >= streams->counts->len)
        g_array_set_size(streams->counts, index + 1);
    return &g_array_index(streams->counts, StreamCount, index);
}

/* Only MPEG-TS changes its streams on the way, and has places to jump to. */
static bool may_change(const AVFormatContext *file)
{
    return strcmp(file->iformat->name, "mpegts") == 0;
}

static bool go_to(AVFormatContext *file, int64_t pos)
{
    return av_seek_frame(file, -1, pos, AVSEEK_FLAG_BYTE) >= 0;
}

void streams_note(Streams *streams, const AVFormatContext *file, const AVPacket *packet)
{
    /* after a jump back to where another stream begins, all others have been counted */
    if (!is_video(file->streams[packet->stream_index]) ||
        (streams->several && packet->stream_index != streams->now))
        return;
    StreamCount *count = count_of(streams, (guint)packet->stream_index);
    if (count->packets++ == 0)
        count->first_pos = packet->pos;
    count->last_pos = MAX(packet->pos, count->last_pos);
}

/* Reads the whole file, to learn which stream is where. */
static bool scan(Streams *streams, AVFormatContext *file)
{
    g_autoptr(AVPacket) packet = av_packet_alloc();
    while (av_read_frame(file, packet) >= 0) {
        streams_note(streams, file, packet);
        av_packet_unref(packet);
    }
    return go_to(file, 0);
}

static int first_before(const Streams *streams, const AVFormatContext *file, int index)
{
    for (bool found = true; found;) {
        found = false;
        for (guint i = 0; i < file->nb_streams && i < streams->counts->len; i++) {
            const StreamCount *one = count_of(streams, i), *now = count_of(streams, (guint)index);
            if ((int)i == index || !is_video(file->streams[i]) || one->packets == 0 ||
                one->last_pos >= now->first_pos)
                continue;
            index = (int)i;
            found = true;
        }
    }
    return index;
}

AVStream *streams_choose(Streams *streams, AVFormatContext *file)
{
    int best = av_find_best_stream(file, AVMEDIA_TYPE_VIDEO, -1, -1, NULL, 0);
    if (best < 0 || !is_video(file->streams[best]))
        return NULL;
    if (may_change(file) && streams_count(file) > 1) {
        if (!scan(streams, file))
            return NULL;
        best = first_before(streams, file, best);
        g_array_set_size(streams->counts, 0);
    }
    for (unsigned i = 0; i < file->nb_streams; i++)
        if (!is_video(file->streams[i]))
            file->streams[i]->discard = AVDISCARD_ALL;
    streams->chosen = best;
    return file->streams[best];
}

AVStream *streams_follow(Streams *streams, AVFormatContext *file, const AVStream *now)
{
    count_of(streams, (guint)now->index)->read = true;
    if (!may_change(file))
        return NULL;
    const int64_t end = count_of(streams, (guint)now->index)->last_pos;
    int next = -1;
    for (guint i = 0; i < file->nb_streams && i < streams->counts->len; i++) {
        const StreamCount *one = count_of(streams, i);
        if (is_video(file->streams[i]) && !one->read && one->packets > 0 && one->first_pos > end &&
            (next < 0 || one->first_pos < count_of(streams, (guint)next)->first_pos))
            next = (int)i;
    }
    if (next < 0 || avcodec_find_decoder(file->streams[next]->codecpar->codec_id) == NULL ||
        !go_to(file, count_of(streams, (guint)next)->first_pos))
        return NULL;
    streams->several = true;
    streams->now = next;
    *count_of(streams, (guint)next) = (StreamCount){0};
    return file->streams[next];
}

int streams_count(const AVFormatContext *file)
{
    return streams_order(file, (int)file->nb_streams);
}

int streams_order(const AVFormatContext *file, int index)
{
    int count = 0;
    for (int i = 0; i < index; i++)
        count += is_video(file->streams[i]);
    return count;
}

static void describe(GString *text, const AVFormatContext *file, int index)
{
    const AVCodecParameters *about = file->streams[index]->codecpar;
    g_string_append_printf(text, "stream %d (", streams_order(file, index) + 1);
    if (about->width > 0)
        g_string_append_printf(text, "%dx%d, ", about->width, about->height);
    g_string_append_printf(text, "%s)", avcodec_get_name(about->codec_id));
}

char *streams_reason(const Streams *streams, const AVFormatContext *file)
{
    const int count = streams_count(file);
    if (count < 2 || streams->chosen < 0)
        return NULL;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "the file has %d video streams; ", count);
    describe(text, file, streams->chosen);
    g_string_append(text, streams->several ? " was read first, then those that begin where it ends"
                                           : " was read, the one that libav takes for the main one");
    for (guint i = 0; i < file->nb_streams; i++) {
        const StreamCount *one = i < streams->counts->len ? count_of(streams, i) : NULL;
        if (!is_video(file->streams[i]) || (int)i == streams->chosen || (one != NULL && one->read))
            continue;
        g_string_append(text, "; not read: ");
        describe(text, file, (int)i);
        const int64_t packets = one != NULL ? one->packets : 0;
        g_string_append_printf(text, ", %" PRId64 " picture%s", packets, packets == 1 ? "" : "s");
    }
    return g_string_free(text, FALSE);
}
