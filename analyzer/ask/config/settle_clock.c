/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/settle_clock.h"

/* An end may fall on the first moment of a leap: two stamps are apart by a rounding. */
static const int64_t rounding_us = 1000;

static const ClockPiece *piece_at(const ClipQuality *quality, guint i)
{
    return &g_array_index(quality->clock, ClockPiece, i);
}

static const ClockPiece *last_piece(const ClipQuality *quality)
{
    return piece_at(quality, quality->clock->len - 1);
}

static char *explain_many(const ClipQuality *quality)
{
    return quality->clock->len >= QUALITY_MOST_PIECES
               ? g_strdup_printf("found a clock that leaps %d times or more, expected “times: "
                                 "from_first_picture” for such a clip",
                                 QUALITY_MOST_PIECES - 1)
               : NULL;
}

/* All times of the clip at which its clock shows `file_us`: "5.000, 12.000". */
static char *list_places(const ClipQuality *quality, int64_t file_us)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < quality->clock->len; i++) {
        const ClockPiece *piece = piece_at(quality, i);
        const int64_t into_us = file_us - piece->player_us;
        if (into_us < 0 || into_us > piece->length_us)
            continue;
        g_autofree char *t = time_format_seconds(piece->t_us + into_us);
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", t);
    }
    return g_string_free(text, FALSE);
}

static bool is_outside(const ClipQuality *quality, int64_t file_us, bool *before)
{
    bool after_all = true, before_all = true;
    for (guint i = 0; i < quality->clock->len; i++) {
        const ClockPiece *piece = piece_at(quality, i);
        before_all = before_all && file_us < piece->player_us;
        after_all = after_all && file_us > piece->player_us + piece->length_us;
    }
    *before = before_all;
    return before_all || after_all;
}

/* One moment; NULL, or what is wrong. */
static char *convert(const ClipQuality *quality, const char *what, int64_t file_us, int64_t *t_us)
{
    g_autofree char *shown = time_format_seconds(file_us);
    bool before = false;
    switch (clock_to_clip(quality->clock, CLOCK_PLAYER, -1, file_us, t_us)) {
    case CLOCK_FOUND:
        return NULL;
    case CLOCK_AMBIGUOUS: {
        g_autofree char *places = list_places(quality, file_us);
        return g_strdup_printf(
            "found %s at %s s of the file’s clock, which it shows more than once (at %s s from "
            "the first picture), expected “times: from_first_picture” for such a clip",
            what, shown, places);
    }
    case CLOCK_NOWHERE:
        break;
    }
    if (!is_outside(quality, file_us, &before))
        return g_strdup_printf(
            "found %s at %s s of the file’s clock, which leaps over this time, expected a time "
            "that the clock shows",
            what, shown);
    const ClockPiece *edge = before ? piece_at(quality, 0) : last_piece(quality);
    *t_us = edge->t_us + (file_us - edge->player_us);
    return NULL;
}

char *settle_clock_span(const ClipQuality *quality, const char *what, Span *span)
{
    if (quality->clock->len == 0)
        return NULL;
    char *fault = explain_many(quality);
    int64_t start_us = 0, end_us = 0;
    if (fault == NULL)
        fault = convert(quality, what, span->start_us, &start_us);
    if (fault == NULL && span->end_us == span->start_us)
        end_us = start_us;
    else if (fault == NULL)
        fault = convert(quality, what, span->end_us, &end_us);
    if (fault == NULL && end_us < start_us) {
        g_autofree char *start = time_format_seconds(span->start_us);
        g_autofree char *end = time_format_seconds(span->end_us);
        fault =
            g_strdup_printf("found %s from %s s to %s s of the file’s clock, which has stepped back between, "
                            "expected “times: from_first_picture” for such a clip",
                            what, start, end);
    }
    if (fault == NULL)
        *span = (Span){start_us, end_us};
    return fault;
}

/* Whether two pieces show some time of the span. */
static char *explain_overlap(const ClipQuality *quality, const Span *span)
{
    g_auto(SpanList) shown;
    span_list_init(&shown);
    for (guint i = 0; i < quality->clock->len; i++) {
        const ClockPiece *piece = piece_at(quality, i);
        const int64_t from_us = MAX(span->start_us, piece->player_us);
        const int64_t to_us = MIN(span->end_us, piece->player_us + piece->length_us);
        if (to_us - from_us <= rounding_us)
            continue;
        if (span_list_overlap(&shown, from_us + rounding_us, to_us) > 0) {
            g_autofree char *from = time_format_seconds(from_us);
            return g_strdup_printf(
                "found a span over %s s of the file’s clock, which it shows more than once, "
                "expected “all”, or “times: from_first_picture” for such a clip",
                from);
        }
        span_list_add(&shown, from_us, to_us);
    }
    return NULL;
}

char *settle_clock_spans(const ClipQuality *quality, int64_t length_us, SpanList *spans)
{
    if (quality->clock->len == 0)
        return NULL;
    char *fault = explain_many(quality);
    g_auto(SpanList) settled;
    span_list_init(&settled);
    for (guint s = 0; s < spans->spans->len && fault == NULL; s++) {
        const Span *span = &g_array_index(spans->spans, Span, s);
        fault = explain_overlap(quality, span);
        for (guint i = 0; i < quality->clock->len && fault == NULL; i++) {
            const ClockPiece *piece = piece_at(quality, i);
            /* Behind the last picture goes what a cut file no longer has. */
            const int64_t reach_us = piece == last_piece(quality)
                                         ? MAX(piece->length_us, length_us - piece->t_us)
                                         : piece->length_us;
            const int64_t from_us = MAX(span->start_us - piece->player_us, 0);
            const int64_t to_us = MIN(span->end_us - piece->player_us, reach_us);
            if (to_us > from_us)
                span_list_add(&settled, piece->t_us + from_us, piece->t_us + to_us);
        }
    }
    if (fault == NULL)
        span_list_copy(spans, &settled);
    return fault;
}
