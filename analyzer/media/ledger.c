/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/ledger.h"

#include <math.h>

/* Steps between pictures are counted in bins of 1 ms up to 10 s, so that the median needs no list. */
#define STEP_BINS 10001
#define MAX_WAITING 64

typedef struct {
    int64_t t_us, duration_us;
} Waiting;

struct Ledger {
    ClipQuality *quality;
    int64_t nominal_step;
    int64_t steps[STEP_BINS];    /* how many */
    int64_t step_sum[STEP_BINS]; /* their sum, µs */
    int64_t step_count, step_min, step_max;
    Waiting waiting[MAX_WAITING]; /* packets whose picture has not come yet, by time */
    int waiting_count;
    int64_t packets, idle_packets;
    bool started;
    int64_t last_t, last_duration; /* of the last picture shown; duration 0 = unknown */
    PictureState last_state;
    int64_t spread;       /* pictures predicted from damaged ones */
    int64_t lost_packets; /* packets without a picture */
    bool place_lost;      /* since the last picture */
    bool last_packet_cut;
    char *first_error;
};

Ledger *ledger_new(ClipQuality *quality, int64_t nominal_step_us)
{
    Ledger *ledger = g_new0(Ledger, 1);
    ledger->quality = quality;
    ledger->nominal_step = nominal_step_us;
    ledger->step_min = INT64_MAX;
    return ledger;
}

void ledger_free(Ledger *ledger)
{
    if (ledger == NULL)
        return;
    g_free(ledger->first_error);
    g_free(ledger);
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
    return ledger->last_t + (ledger->last_duration > 0 ? ledger->last_duration : ledger_step(ledger));
}

static void lose(Ledger *ledger, Waiting packet)
{
    ledger->lost_packets++;
    const int64_t start = MAX(packet.t_us, 0);
    const int64_t length = packet.duration_us > 0 ? packet.duration_us : ledger_step(ledger);
    span_list_add(&ledger->quality->undecoded, start, packet.t_us + length);
}

void ledger_expect(Ledger *ledger, int64_t t_us, int64_t duration_us)
{
    ledger->packets++;
    ledger->last_packet_cut = false;
    if (ledger->waiting_count == MAX_WAITING) {
        lose(ledger, ledger->waiting[0]);
        ledger->waiting_count--;
        for (int i = 0; i < ledger->waiting_count; i++)
            ledger->waiting[i] = ledger->waiting[i + 1];
    }
    int at = ledger->waiting_count++;
    for (; at > 0 && ledger->waiting[at - 1].t_us > t_us; at--)
        ledger->waiting[at] = ledger->waiting[at - 1];
    ledger->waiting[at] = (Waiting){t_us, duration_us};
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

void ledger_lose_place(Ledger *ledger)
{
    ledger->place_lost = true;
}

/* Strikes out the packet of the picture at t; those before it have given none. */
static void strike_out(Ledger *ledger, int64_t t_us)
{
    int gone = 0;
    while (gone < ledger->waiting_count && ledger->waiting[gone].t_us <= t_us) {
        if (ledger->waiting[gone].t_us < t_us)
            lose(ledger, ledger->waiting[gone]);
        gone++;
    }
    ledger->waiting_count -= gone;
    for (int i = 0; i < ledger->waiting_count; i++)
        ledger->waiting[i] = ledger->waiting[i + gone];
}

bool ledger_picture(Ledger *ledger, int64_t t_us, int64_t duration_us, PictureState state)
{
    ClipQuality *quality = ledger->quality;
    quality->frames++;
    if (state == PICTURE_DAMAGED)
        quality->corrupt_frames++;
    else if (state == PICTURE_SPREAD)
        ledger->spread++;
    if (ledger->started && t_us <= ledger->last_t) {
        if (t_us == ledger->last_t)
            quality->duplicate_pts++;
        else
            quality->backward_pts++;
        return false;
    }
    strike_out(ledger, t_us);
    if (ledger->started) {
        const int64_t step = t_us - ledger->last_t;
        const int64_t bin = MIN(step / 1000, STEP_BINS - 1);
        const int64_t usual = ledger_step(ledger);
        ledger->steps[bin]++;
        ledger->step_sum[bin] += step;
        ledger->step_count++;
        ledger->step_min = MIN(ledger->step_min, step);
        ledger->step_max = MAX(ledger->step_max, step);
        if (ledger->last_state != PICTURE_SOUND)
            span_list_add(&quality->undecoded, ledger->last_t, t_us);
        else if (ledger->place_lost && step > usual + usual / 2)
            span_list_add(&quality->undecoded, ledger->last_t + usual, t_us);
    }
    ledger->started = true;
    ledger->place_lost = false;
    ledger->last_t = t_us;
    ledger->last_duration = duration_us;
    ledger->last_state = state;
    return true;
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

static void settle_tail(Ledger *ledger, int64_t promised_frames, int64_t promised_us, bool tail_missing)
{
    ClipQuality *quality = ledger->quality;
    const int64_t end = quality->duration_us;
    const int64_t usual = ledger_step(ledger);
    quality->frames_promised = promised_frames < 0 ? -1 : MAX(promised_frames - ledger->idle_packets, 0);
    quality->duration_promised_us = promised_us;
    const bool few = promised_frames >= 0 && ledger->packets < promised_frames;
    const bool short_time = promised_us != TIME_UNKNOWN && promised_us - end > MAX(3 * usual, 100000);
    const bool short_step = promised_us != TIME_UNKNOWN && promised_us - end > usual / 2;
    if (tail_missing) {
        remark(quality, "the file ends before its own structure says it does");
        quality->truncated = true;
    }
    if (ledger->last_packet_cut) {
        remark(quality, "the file ends in the middle of a picture");
        quality->truncated = true;
    }
    if (!quality->truncated && promised_frames < 0 && promised_us == TIME_UNKNOWN &&
        ledger->last_state == PICTURE_DAMAGED) {
        remark(quality, "the last picture is damaged: the file seems to be cut off");
        quality->truncated = true;
    }
    if (few && (short_step || promised_us == TIME_UNKNOWN || ledger->place_lost)) {
        remark(quality, "the container promises %" PRId64 " pictures, %" PRId64 " are there", promised_frames,
               ledger->packets);
        quality->truncated = true;
    } else if (few)
        remark(quality,
               "the container promises %" PRId64 " pictures, %" PRId64 " are there, over the whole length",
               promised_frames, ledger->packets);
    if (short_time) {
        remark(quality, "the container promises %.3f s, %.3f s could be decoded", (double)promised_us / 1e6,
               (double)end / 1e6);
        quality->truncated = true;
    }
    if (promised_us != TIME_UNKNOWN && promised_us > end && (quality->truncated || short_time))
        span_list_add(&quality->undecoded, end, promised_us);
}

void ledger_settle(Ledger *ledger, int64_t promised_frames, int64_t promised_us, bool tail_missing)
{
    ClipQuality *quality = ledger->quality;
    for (int i = 0; i < ledger->waiting_count; i++)
        lose(ledger, ledger->waiting[i]);
    ledger->waiting_count = 0;
    quality->duration_us = ledger_end(ledger);
    if (ledger->last_state != PICTURE_SOUND)
        span_list_add(&quality->undecoded, ledger->last_t, quality->duration_us);
    count_gaps(ledger);
    settle_tail(ledger, promised_frames, promised_us, tail_missing);
    if (ledger->lost_packets > 0)
        remark(quality, "%" PRId64 " pictures of the file could not be decoded", ledger->lost_packets);
    if (quality->corrupt_frames > 0)
        remark(quality, "%" PRId64 " pictures are damaged; the decoder painted over the damage",
               quality->corrupt_frames);
    if (ledger->spread > 0)
        remark(quality,
               "%" PRId64 " pictures were predicted from damaged ones and are counted as not decoded",
               ledger->spread);
    quality->watched_us =
        quality->duration_us - span_list_overlap(&quality->undecoded, 0, quality->duration_us);
    if (quality->backward_pts + quality->duplicate_pts > 0)
        remark(quality, "%" PRId64 " pictures whose time stamps do not advance were left out",
               quality->backward_pts + quality->duplicate_pts);
    if (quality->gaps > 0)
        remark(quality, "%" PRId64 " gaps in the time stamps, %.3f s beyond the usual step of %.3f s",
               quality->gaps, (double)quality->gap_us / 1e6, (double)ledger_step(ledger) / 1e6);
    if (ledger->first_error != NULL)
        remark(quality, "%" PRId64 " errors while reading and decoding, the first: %s",
               quality->decode_errors, ledger->first_error);
}
