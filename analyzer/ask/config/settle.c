/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/settle.h"

#include "config/dataset_internal.h"
#include "config/settle_clock.h"
#include "records/error.h"

int64_t settle_length_us(const ClipQuality *quality)
{
    const GArray *lost = quality->undecoded.spans;
    const int64_t lost_us = lost->len > 0 ? g_array_index(lost, Span, lost->len - 1).end_us : 0;
    return MAX(quality->duration_us, lost_us);
}

/* From picture to picture, over the time that they vouch for; 0 = not known. */
static int64_t picture_us(const ClipQuality *quality)
{
    const int64_t watched_us = quality->watched_us > 0 ? quality->watched_us : quality->duration_us;
    return quality->frames > 0 ? watched_us / quality->frames : 0;
}

static bool has(const char *const *behaviours, const char *id)
{
    return g_strv_contains(behaviours, id);
}

static bool fail(const Dataset *dataset, const Clip *clip, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static bool fail(const Dataset *dataset, const Clip *clip, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s:%d:1: clip “%s”: %s", dataset->file,
                clip->line, clip->id, message);
    return false;
}

/* ---- the stated length */

static int64_t length_slack_us(const Clip *clip, const ClipQuality *quality)
{
    return MAX(MAX(CLIP_LENGTH_SLACK_US, CLIP_LENGTH_SLACK_PICTURES * picture_us(quality)),
               clip->duration_us / CLIP_LENGTH_SLACK_PART);
}

/* How far the truth goes, in the clip's time: on the file's clock as its last stretch goes on. */
static int64_t truth_end_us(const Clip *clip, const ClipQuality *quality, const char *const *behaviours)
{
    int64_t end_us = 0, shift_us = 0;
    for (guint i = 0; i < clip->events->len; i++) {
        const Event *event = g_ptr_array_index(clip->events, i);
        if (has(behaviours, event->behaviour))
            end_us = MAX(end_us, event->end_us);
    }
    if (clip->times == TIMES_FILE_CLOCK && !clip->settled && quality->clock->len > 0) {
        const ClockPiece *last = &g_array_index(quality->clock, ClockPiece, quality->clock->len - 1);
        shift_us = last->t_us - last->player_us;
    }
    return end_us + shift_us;
}

static void note_tail(ClipQuality *quality, int64_t length_us, const char *what)
{
    const int64_t known_us = settle_length_us(quality);
    if (length_us <= known_us)
        return;
    g_autofree char *decoded = time_format_seconds(quality->duration_us);
    g_autofree char *length = time_format_seconds(length_us);
    span_list_add(&quality->undecoded, MAX(known_us, quality->duration_us), length_us);
    g_ptr_array_add(quality->remarks,
                    g_strdup_printf("%s %s s, %s s could be decoded: what is missing is not scored", what,
                                    length, decoded));
}

bool settle_check_length(const Dataset *dataset, const Clip *clip, const char *const *behaviours,
                         ClipQuality *quality, GError **error)
{
    const int64_t stated_us = clip->duration_us, decoded_us = quality->duration_us;
    if (stated_us > 0) {
        const int64_t slack_us = length_slack_us(clip, quality);
        const bool shorter = decoded_us < stated_us - slack_us;
        if (decoded_us > stated_us + slack_us || (shorter && !quality->truncated)) {
            g_autofree char *decoded = time_format_seconds(decoded_us);
            g_autofree char *stated = time_format_seconds(stated_us);
            g_autofree char *slack = time_format_seconds(slack_us);
            return fail(
                dataset, clip, error,
                "found %s s from the first picture to the end of the last, expected the %s s that "
                "duration_s states (to within %s s): its truth may be that of another cut of the clip. "
                "Take the file that the truth was made for, or correct duration_s%s",
                decoded, stated, slack,
                quality->synthetic_times && clip->rate == 0
                    ? ", or state the rate: these pictures have no clock of their own"
                    : "");
        }
        if (shorter)
            note_tail(quality, stated_us, "duration_s states");
    }
    if (quality->truncated)
        note_tail(quality, truth_end_us(clip, quality, behaviours), "the truth goes on to");
    return true;
}

/* ---- ends beyond the clip */

typedef struct {
    const Dataset *dataset;
    const Clip *clip;
    const ClipQuality *quality;
    const char *const *behaviours;
    int64_t length_us, slack_us;
    SettleCuts cuts;
} Settling;

static void note_cut(Settling *settling, int64_t by_us)
{
    settling->cuts.ends_cut++;
    settling->cuts.ends_cut_us = MAX(settling->cuts.ends_cut_us, by_us);
}

/* An event on the clip's own time, cut to the clip. */
static bool fit_event(Settling *settling, Event *event, GError **error)
{
    const int64_t before_us = -event->start_us, beyond_us = event->end_us - settling->length_us;
    if (!has(settling->behaviours, event->behaviour) || (before_us <= 0 && beyond_us <= 0))
        return true;
    g_autofree char *start = time_format_seconds(event->start_us);
    g_autofree char *end = time_format_seconds(event->end_us);
    if (before_us > settling->slack_us || event->end_us <= 0) {
        g_autofree char *first = time_format_seconds(settling->quality->first_picture_us);
        return fail(
            settling->dataset, settling->clip, error,
            "found a true event %s that begins %.3f s before the first picture, which stands at %s s on "
            "the file’s clock, expected it to begin with the pictures",
            event->behaviour, time_to_seconds(before_us), first);
    }
    if (beyond_us > settling->slack_us || event->start_us >= settling->length_us) {
        g_autofree char *length = time_format_seconds(settling->length_us);
        return fail(
            settling->dataset, settling->clip, error,
            "found a true event %s from %s s to %s s, expected it to end within the clip, which lasts "
            "%s s",
            event->behaviour, start, end, length);
    }
    if (before_us > 0)
        event->start_us = 0;
    if (beyond_us > 0)
        event->end_us = settling->length_us;
    note_cut(settling, MAX(before_us, beyond_us));
    return true;
}

/* ---- each kind of truth. All give copies; the caller decides whether to keep them. */

static bool on_file_clock(const Settling *settling)
{
    return settling->clip->times == TIMES_FILE_CLOCK && !settling->clip->settled;
}

static GPtrArray *settle_events(Settling *settling, const GPtrArray *events, GError **error)
{
    g_autoptr(GPtrArray) settled = event_array_new();
    for (guint i = 0; i < events->len; i++) {
        Event *event = event_copy(g_ptr_array_index(events, i));
        g_ptr_array_add(settled, event);
        g_autofree char *what = g_strdup_printf("a true event %s", event->behaviour);
        Span span = {event->start_us, event->end_us};
        if (on_file_clock(settling)) {
            g_autofree char *fault = settle_clock_span(settling->quality, what, &span);
            if (fault != NULL) {
                fail(settling->dataset, settling->clip, error, "%s", fault);
                return NULL;
            }
        }
        event->start_us = span.start_us;
        event->end_us = span.end_us;
        if (!fit_event(settling, event, error))
            return NULL;
    }
    g_ptr_array_sort(settled, event_compare);
    return g_steal_pointer(&settled);
}

static void span_list_free(gpointer data)
{
    span_list_clear(data);
    g_free(data);
}

static GHashTable *settle_coverage(const Settling *settling, GHashTable *coverage, GError **error)
{
    g_autoptr(GHashTable) settled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, span_list_free);
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, coverage);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        SpanList *spans = g_new0(SpanList, 1);
        span_list_init(spans);
        span_list_copy(spans, value);
        g_hash_table_insert(settled, g_strdup(key), spans);
        if (!on_file_clock(settling) || spans->spans->len == 0)
            continue; /* the whole clip is the whole clip on any clock */
        g_autofree char *fault = settle_clock_spans(settling->quality, settling->length_us, spans);
        if (fault != NULL) {
            fail(settling->dataset, settling->clip, error, "coverage of %s: %s", (const char *)key, fault);
            return NULL;
        }
        /* An empty list would say “all”. */
        if (spans->spans->len == 0) {
            fail(settling->dataset, settling->clip, error,
                 "coverage of %s: found no span that any picture lies in, expected spans on the file’s clock",
                 (const char *)key);
            return NULL;
        }
    }
    return g_steal_pointer(&settled);
}

static GHashTable *settle_counts(const Settling *settling, GError **error)
{
    g_autoptr(GHashTable) settled =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    GHashTableIter iter;
    gpointer key = NULL, value = NULL;
    g_hash_table_iter_init(&iter, settling->clip->counts);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        GArray *counts = g_array_copy(value);
        g_hash_table_insert(settled, g_strdup(key), counts);
        for (guint i = 0; i < counts->len && on_file_clock(settling); i++) {
            CountSpan *count = &g_array_index(counts, CountSpan, i);
            g_autofree char *what = g_strdup_printf("a count of %s", (const char *)key);
            g_autofree char *fault = settle_clock_span(settling->quality, what, &count->span);
            if (fault != NULL) {
                fail(settling->dataset, settling->clip, error, "%s", fault);
                return NULL;
            }
        }
    }
    return g_steal_pointer(&settled);
}

/* ---- the whole */

static void replace_events(GPtrArray *events, GPtrArray *settled)
{
    gsize count = 0;
    gpointer *before = g_ptr_array_steal(events, &count);
    for (gsize i = 0; i < count; i++)
        event_free(before[i]); /* a list that was read from YAML does not free its members itself */
    g_free(before);
    g_ptr_array_extend_and_steal(events, settled);
}

/* What single people saw, and the truth of before. */
static bool settle_readings(Settling *settling, const GPtrArray *readings, bool apply, GError **error)
{
    for (guint i = 0; i < readings->len; i++) {
        const TruthReading *reading = g_ptr_array_index(readings, i);
        ReadingClip *read = g_hash_table_lookup(reading->clips, settling->clip->id);
        if (read == NULL)
            continue;
        g_autoptr(GPtrArray) events = settle_events(settling, read->events, error);
        g_autoptr(GHashTable) coverage =
            events != NULL ? settle_coverage(settling, read->coverage, error) : NULL;
        if (coverage == NULL) {
            g_prefix_error(error, "“%s”: ", reading->id);
            return false;
        }
        if (!apply)
            continue;
        replace_events(read->events, g_steal_pointer(&events));
        g_hash_table_unref(read->coverage);
        read->coverage = g_steal_pointer(&coverage);
    }
    return true;
}

bool settle_truth(const Dataset *dataset, Clip *clip, const ClipQuality *quality,
                  const char *const *behaviours, bool apply, SettleCuts *cuts, GError **error)
{
    Settling settling = {
        dataset, clip, quality, behaviours, settle_length_us(quality), clip_end_slack_us(picture_us(quality)),
        {0, 0}};
    g_autoptr(GPtrArray) events = settle_events(&settling, clip->events, error);
    g_autoptr(GHashTable) coverage =
        events != NULL ? settle_coverage(&settling, clip->coverage, error) : NULL;
    g_autoptr(GHashTable) counts = coverage != NULL ? settle_counts(&settling, error) : NULL;
    if (counts == NULL || !settle_readings(&settling, dataset->annotators, apply, error) ||
        !settle_readings(&settling, dataset->earlier_truth, apply, error))
        return false;
    if (cuts != NULL)
        *cuts = settling.cuts;
    if (!apply)
        return true;
    replace_events(clip->events, g_steal_pointer(&events));
    g_hash_table_unref(clip->coverage);
    clip->coverage = g_steal_pointer(&coverage);
    g_hash_table_unref(clip->counts);
    clip->counts = g_steal_pointer(&counts);
    clip->settled = true;
    return true;
}

GPtrArray *settle_alerts(const Dataset *dataset, const Clip *clip, const ClipQuality *quality,
                         const GPtrArray *alerts, const char *system, GError **error)
{
    g_autoptr(GPtrArray) settled = alert_array_new();
    for (guint i = 0; i < alerts->len; i++) {
        Alert *alert = alert_copy(g_ptr_array_index(alerts, i));
        g_ptr_array_add(settled, alert);
        g_autofree char *what = g_strdup_printf("an alert of “%s”", system);
        const int64_t latest_us = MAX(alert->decided_us, alert->end_us); /* an unknown end is below all */
        Span span = {alert->onset_us, latest_us};
        g_autofree char *fault = settle_clock_span(quality, what, &span);
        if (fault != NULL) {
            fail(dataset, clip, error, "%s", fault);
            return NULL;
        }
        const int64_t shift_us = span.start_us - alert->onset_us;
        alert->onset_us = span.start_us;
        alert->decided_us =
            latest_us == alert->decided_us ? span.end_us : MIN(alert->decided_us + shift_us, span.end_us);
        if (alert->end_us != TIME_UNKNOWN)
            alert->end_us =
                latest_us == alert->end_us ? span.end_us : MIN(alert->end_us + shift_us, span.end_us);
    }
    return g_steal_pointer(&settled);
}
