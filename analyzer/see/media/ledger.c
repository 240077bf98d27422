/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/ledger.h"

#include "records/free.h"

#include <string.h>

/* Steps between pictures are counted in bins of 1 ms up to 10 s, so that the median needs no list. */
#define STEP_BINS 10001
#define MAX_WAITING 64
/* A packet's picture comes out at most 16 pictures late; the books are a little more patient. */
#define PATIENCE 40
#define PLACED 128 /* pictures whose places are kept; PATIENCE and TIMELINE_AHEAD must fit well */
#define LATE_US (10 * US_PER_SECOND)
#define SLOW_STEP (2 * US_PER_SECOND) /* so rare pictures are remarked upon */

typedef struct {
    int64_t stamp_us, duration_us, number;
} Waiting;

typedef struct {
    int64_t stamp_us, t_us;
} Placed;

struct Ledger {
    ClipQuality *quality;
    int64_t nominal_step;
    int64_t steps[STEP_BINS];    /* how many */
    int64_t step_sum[STEP_BINS]; /* their sum, µs */
    int64_t step_count, step_min, step_max;
    Waiting waiting[MAX_WAITING]; /* packets whose picture has not come yet, in the order of decoding */
    int waiting_count;
    Placed placed[PLACED]; /* the last ones of this file, a ring */
    int64_t placed_count;
    int64_t packets, idle_packets; /* of this file */
    int64_t file_start;            /* t of its origin */
    bool started;
    int64_t last_t, last_duration; /* of the last picture; duration 0 = unknown */
    int64_t last_usual;
    PictureState last_state;
    bool last_again;
    ClockFinding again;   /* pictures shown again, one after the other; pictures 0 = none */
    int64_t spread;       /* pictures predicted from damaged ones */
    int64_t lost_packets; /* packets without a picture */
    bool last_packet_cut;
    char *first_error;
};

Ledger *ledger_new(ClipQuality *quality)
{
    Ledger *ledger = g_new0(Ledger, 1);
    ledger->quality = quality;
    ledger->step_min = INT64_MAX;
    return ledger;
}

void ledger_set_nominal(Ledger *ledger, int64_t step_us)
{
    ledger->nominal_step = step_us;
}

DEFINE_FREE(ledger_free, Ledger, ledger, g_free(ledger->first_error))

int64_t ledger_file_start(const Ledger *ledger)
{
    return ledger->file_start;
}

int64_t ledger_step(const Ledger *ledger)
{
    if (ledger->step_count == 0)
        return ledger->nominal_step > 0 ? ledger->nominal_step : 40000;
    /* the bin of the median step; within the bin, the mean */
    int64_t below = 0;
    for (int i = 0; i < STEP_BINS; i++) {
        below += ledger->steps[i];
        if (2 * below >= ledger->step_count && ledger->steps[i] > 0)
            return (ledger->step_sum[i] + ledger->steps[i] / 2) / ledger->steps[i];
    }
    return 40000;
}

int64_t ledger_end(const Ledger *ledger)
{
    if (!ledger->started)
        return 0;
    const int64_t length = ledger->last_duration > 0 ? ledger->last_duration : ledger_step(ledger);
    /* a picture that the file holds for ten minutes does not vouch for them */
    return ledger->last_t +
           (length > ledger->last_usual + ledger->last_usual / 2 ? ledger->last_usual : length);
}

/* ---- packets without pictures */

/* Where in t a picture with this stamp would stand, by its neighbours; TIME_UNKNOWN = between none. */
static int64_t locate(const Ledger *ledger, int64_t stamp_us)
{
    const int64_t kept = MIN(ledger->placed_count, PLACED);
    const Placed *after = NULL;
    for (int64_t back = 1; back <= kept; back++) {
        const Placed *picture = &ledger->placed[(ledger->placed_count - back) % PLACED];
        const int64_t t_us = picture->t_us + (stamp_us - picture->stamp_us);
        const bool follows = stamp_us > picture->stamp_us;
        if (follows && after == NULL)
            return stamp_us - picture->stamp_us <= LATE_US ? t_us : TIME_UNKNOWN;
        if (follows && stamp_us < after->stamp_us)
            return t_us < after->t_us ? t_us : TIME_UNKNOWN;
        if (back == ledger->placed_count && stamp_us < picture->stamp_us) /* before the first */
            return t_us >= ledger->file_start - LATE_US ? t_us : TIME_UNKNOWN;
        after = picture;
    }
    return TIME_UNKNOWN;
}

/* The oldest packet that waits has given no picture. */
static void lose_oldest(Ledger *ledger)
{
    const Waiting packet = ledger->waiting[0];
    memmove(ledger->waiting, ledger->waiting + 1,
            sizeof ledger->waiting[0] * (size_t)--ledger->waiting_count);
    ledger->lost_packets++;
    const int64_t t_us = locate(ledger, packet.stamp_us);
    if (t_us == TIME_UNKNOWN)
        return;
    const int64_t usual = ledger_step(ledger);
    const bool said = packet.duration_us > 0 && packet.duration_us <= usual + usual / 2;
    span_list_add(&ledger->quality->undecoded, MAX(t_us, 0), t_us + (said ? packet.duration_us : usual));
}

void ledger_expect(Ledger *ledger, int64_t stamp_us, int64_t duration_us)
{
    ledger->last_packet_cut = false;
    if (ledger->waiting_count == MAX_WAITING)
        lose_oldest(ledger);
    ledger->waiting[ledger->waiting_count++] = (Waiting){stamp_us, duration_us, ledger->packets++};
}

void ledger_expect_untimed(Ledger *ledger, bool idle)
{
    ledger->packets++;
    ledger->idle_packets += idle;
    ledger->last_packet_cut = false;
}

void ledger_forget(Ledger *ledger)
{
    ledger->waiting_count = 0;
    ledger->placed_count = 0;
}

void ledger_cut_packet(Ledger *ledger)
{
    ledger->last_packet_cut = true;
}

void ledger_errors(Ledger *ledger, int64_t count, const char *why)
{
    ledger->quality->decode_errors += count;
    if (ledger->first_error == NULL && why != NULL && *why != '\0')
        ledger->first_error = g_strdup(why);
}

void ledger_decoded(Ledger *ledger, int64_t stamp_us)
{
    int at = 0;
    while (at < ledger->waiting_count && ledger->waiting[at].stamp_us != stamp_us)
        at++;
    if (at == ledger->waiting_count)
        return;
    const int64_t number = ledger->waiting[at].number;
    ledger->waiting_count--;
    memmove(ledger->waiting + at, ledger->waiting + at + 1,
            sizeof ledger->waiting[0] * (size_t)(ledger->waiting_count - at));
    while (ledger->waiting_count > 0 && ledger->waiting[0].number < number - PATIENCE)
        lose_oldest(ledger);
}

/* ---- pictures */

static void count_step(Ledger *ledger, int64_t step)
{
    const int64_t bin = MIN(step / 1000, STEP_BINS - 1);
    ledger->steps[bin]++;
    ledger->step_sum[bin] += step;
    ledger->step_count++;
    ledger->step_min = MIN(ledger->step_min, step);
    ledger->step_max = MAX(ledger->step_max, step);
}

/* What is shown again ends here. */
static void tell_again(Ledger *ledger)
{
    if (ledger->again.pictures > 0)
        clip_quality_find(ledger->quality, ledger->again);
    ledger->again = (ClockFinding){.kind = CLOCK_SHOWN_AGAIN};
}

/* The last picture was shown before, and stands until end_us. */
static void book_again(Ledger *ledger, int64_t end_us)
{
    if (!ledger->last_again)
        return;
    span_list_add(&ledger->quality->unseen, ledger->last_t, end_us);
    if (ledger->again.pictures++ == 0)
        ledger->again = (ClockFinding){CLOCK_SHOWN_AGAIN, ledger->last_t, 0, 1};
    ledger->again.by_us += end_us - ledger->last_t;
}

void ledger_placed(Ledger *ledger, TimelinePlace place, const LedgerPicture *picture)
{
    ClipQuality *quality = ledger->quality;
    quality->frames++;
    if (picture->state == PICTURE_DAMAGED)
        quality->corrupt_frames++;
    else if (picture->state == PICTURE_SPREAD)
        ledger->spread++;
    const bool jumped_back = ledger->started && place.t_us <= ledger->last_t; /* for pictures of evidence */
    if (ledger->started && !jumped_back) {
        const int64_t step = place.t_us - ledger->last_t;
        const int64_t usual = ledger_step(ledger);
        const bool next = step <= place.usual_us + place.usual_us / 2;
        count_step(ledger, step);
        book_again(ledger, next ? place.t_us : ledger->last_t + place.usual_us);
        if (!picture->again)
            tell_again(ledger);
        if (ledger->last_state != PICTURE_SOUND)
            span_list_add(&quality->undecoded, ledger->last_t,
                          next ? place.t_us : ledger->last_t + place.usual_us);
        if (picture->after_loss && step > usual + usual / 2)
            span_list_add(&quality->undecoded, ledger->last_t + usual, place.t_us);
    }
    if (ledger->placed_count == 0)
        ledger->file_start = place.t_us - (picture->stamp_us != TIME_UNKNOWN ? picture->stamp_us : 0);
    if (picture->stamp_us != TIME_UNKNOWN)
        ledger->placed[ledger->placed_count++ % PLACED] = (Placed){picture->stamp_us, place.t_us};
    ledger->started = true;
    ledger->last_t = place.t_us;
    ledger->last_duration = picture->duration_us;
    ledger->last_usual = place.usual_us;
    ledger->last_state = picture->state;
    ledger->last_again = picture->again;
}

/* ---- the end */

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

static const char *are(int64_t count)
{
    return count == 1 ? "is" : "are";
}

G_GNUC_PRINTF(2, 3) static void remark(ClipQuality *quality, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(quality->remarks, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void count_gaps(Ledger *ledger)
{
    ClipQuality *quality = ledger->quality;
    const int64_t usual = ledger_step(ledger);
    for (int i = 0; i < STEP_BINS; i++) {
        if (ledger->steps[i] == 0)
            continue;
        /* the bin that holds the limit itself is judged by its mean */
        if (ledger->step_sum[i] / ledger->steps[i] > 3 * usual) {
            quality->gaps += ledger->steps[i];
            quality->gap_us += ledger->step_sum[i] - ledger->steps[i] * usual;
        }
    }
    /* Time stamps in milliseconds make steps of 33 and 34 ms: no variable rate. */
    if (ledger->step_count > 0)
        quality->variable_rate = ledger->step_max - ledger->step_min > MAX(2000, usual / 10);
}

/* Whether all is there, so that a longer time is no more than a false number: the last picture's length, or a
 * tag. */
static bool is_whole(const Ledger *ledger, const LedgerPromise *promise)
{
    if (promise->tail_missing || promise->place_lost || ledger->last_packet_cut)
        return false;
    return promise->frames >= 0 ? ledger->packets >= promise->frames : promise->whole;
}

/* Whether the file is cut, by what it promises of itself. */
static void judge_end(Ledger *ledger, const LedgerPromise *promise, int64_t end)
{
    ClipQuality *quality = ledger->quality;
    const int64_t usual = ledger_step(ledger);
    const int64_t promised = promise->duration_us;
    const bool few = promise->frames >= 0 && ledger->packets < promise->frames;
    const bool promises_more = promised != TIME_UNKNOWN && promised - end > MAX(3 * usual, 100000);
    const bool short_time = promises_more && !is_whole(ledger, promise);
    const bool short_step = promised != TIME_UNKNOWN && promised - end > usual / 2;
    if (promise->tail_missing) {
        remark(quality, "the file ends before its own structure says it does");
        quality->truncated = true;
    }
    if (ledger->last_packet_cut) {
        remark(quality, "the file ends in the middle of a picture");
        quality->truncated = true;
    }
    if (!quality->truncated && promise->frames < 0 && promised == TIME_UNKNOWN &&
        ledger->last_state == PICTURE_DAMAGED) {
        remark(quality, "the last picture is damaged: the file seems to be cut off");
        quality->truncated = true;
    }
    if (few && (short_step || promised == TIME_UNKNOWN || promise->place_lost)) {
        remark(quality, "the container promises %" PRId64 " picture%s, %" PRId64 " %s there", promise->frames,
               plural(promise->frames), ledger->packets, are(ledger->packets));
        quality->truncated = true;
    } else if (few)
        remark(quality,
               "the container promises %" PRId64 " picture%s, %" PRId64 " %s there, over the whole length",
               promise->frames, plural(promise->frames), ledger->packets, are(ledger->packets));
    if (promise->frames >= 0 && ledger->packets > promise->frames &&
        quality->totals[CLOCK_SHOWN_AGAIN].count == 0)
        remark(quality, "the container promises %" PRId64 " picture%s, %" PRId64 " %s there", promise->frames,
               plural(promise->frames), ledger->packets, are(ledger->packets));
    if (promises_more && !short_time)
        remark(quality,
               "the container promises %.3f s, its pictures end at %.3f s and none is missing: the promise "
               "is not believed",
               (double)promised / 1e6, (double)end / 1e6);
    if (short_time) {
        remark(quality, "the container promises %.3f s, %.3f s could be decoded", (double)promised / 1e6,
               (double)end / 1e6);
        quality->truncated = true;
    }
}

static int64_t sum_or_unknown(bool first, int64_t sum, int64_t more, int64_t unknown)
{
    if (first)
        return more;
    return sum == unknown || more == unknown ? unknown : sum + more;
}

void ledger_end_file(Ledger *ledger, const LedgerPromise *promise, bool last)
{
    ClipQuality *quality = ledger->quality;
    while (ledger->waiting_count > 0)
        lose_oldest(ledger);
    const bool first = quality->duration_us == 0;
    quality->duration_us = ledger_end(ledger);
    if (ledger->last_state != PICTURE_SOUND)
        span_list_add(&quality->undecoded, ledger->last_t, quality->duration_us);
    book_again(ledger, quality->duration_us);
    tell_again(ledger);
    ledger->last_again = false;
    const int64_t frames = promise->frames < 0 ? -1 : MAX(promise->frames - ledger->idle_packets, 0);
    quality->frames_promised = sum_or_unknown(first, quality->frames_promised, frames, -1);
    quality->duration_promised_us =
        sum_or_unknown(first, quality->duration_promised_us, promise->duration_us, TIME_UNKNOWN);
    /* the file may hold its last picture for longer than that vouches: this is no cut */
    const int64_t held = ledger->last_t + ledger->last_duration;
    judge_end(ledger, promise, MAX(quality->duration_us, held) - ledger->file_start);
    const int64_t promised_end = promise->duration_us != TIME_UNKNOWN && !is_whole(ledger, promise)
                                     ? ledger->file_start + promise->duration_us
                                     : quality->duration_us;
    if (last && quality->truncated && promised_end > MAX(quality->duration_us, held))
        span_list_add(&quality->undecoded, quality->duration_us, promised_end);
    ledger->packets = ledger->idle_packets = ledger->placed_count = 0;
    ledger->last_packet_cut = false;
}

/* What no picture vouches for is told once: undecoded or unseen. */
static void settle_watched(Ledger *ledger)
{
    ClipQuality *quality = ledger->quality;
    span_list_subtract_list(&quality->unseen, &quality->undecoded);
    quality->watched_us = quality->duration_us -
                          span_list_overlap(&quality->unseen, 0, quality->duration_us) -
                          span_list_overlap(&quality->undecoded, 0, quality->duration_us);
}

void ledger_settle(Ledger *ledger)
{
    ClipQuality *quality = ledger->quality;
    count_gaps(ledger);
    settle_watched(ledger);
    if (ledger->lost_packets > 0)
        remark(quality, "%" PRId64 " picture%s of the file could not be decoded", ledger->lost_packets,
               plural(ledger->lost_packets));
    if (quality->corrupt_frames > 0)
        remark(quality, "%" PRId64 " picture%s %s damaged; the decoder painted over the damage",
               quality->corrupt_frames, plural(quality->corrupt_frames), are(quality->corrupt_frames));
    if (ledger->spread > 0)
        remark(quality, "%" PRId64 " picture%s predicted from damaged ones %s counted as not decoded",
               ledger->spread, plural(ledger->spread), are(ledger->spread));
    if (ledger_step(ledger) > SLOW_STEP)
        remark(quality, "a picture comes only every %.3f s; each is taken to vouch until the next",
               (double)ledger_step(ledger) / 1e6);
    if (quality->gaps > 0)
        remark(quality, "%" PRId64 " gap%s in the time stamps, %.3f s beyond the usual step of %.3f s",
               quality->gaps, plural(quality->gaps), (double)quality->gap_us / 1e6,
               (double)ledger_step(ledger) / 1e6);
    if (ledger->first_error != NULL)
        remark(quality, "%" PRId64 " error%s while reading and decoding%s: %s", quality->decode_errors,
               plural(quality->decode_errors), quality->decode_errors == 1 ? "" : ", the first",
               ledger->first_error);
}
