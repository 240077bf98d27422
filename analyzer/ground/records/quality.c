/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/quality.h"

#include "records/error.h"
#include "records/free.h"

ClipQuality *clip_quality_new(void)
{
    ClipQuality *quality = g_new0(ClipQuality, 1);
    quality->frames_promised = -1;
    quality->duration_promised_us = TIME_UNKNOWN;
    span_list_init(&quality->undecoded);
    span_list_init(&quality->unseen);
    quality->first_picture_us = quality->first_stamp_us = TIME_UNKNOWN;
    quality->clock = g_array_new(FALSE, FALSE, sizeof(ClockPiece));
    quality->findings = g_array_new(FALSE, FALSE, sizeof(ClockFinding));
    quality->remarks = g_ptr_array_new_with_free_func(g_free);
    return quality;
}

DEFINE_FREE(clip_quality_free, ClipQuality, quality, g_free(quality->container), g_free(quality->codec),
            g_free(quality->pixel_format), g_free(quality->luma_chain), g_free(quality->stream_reason),
            span_list_clear(&quality->undecoded), span_list_clear(&quality->unseen),
            g_array_unref(quality->clock), g_array_unref(quality->findings),
            g_ptr_array_unref(quality->remarks))

void clip_quality_find(ClipQuality *quality, ClockFinding finding)
{
    if (quality->findings->len < QUALITY_MOST_FINDINGS)
        g_array_append_val(quality->findings, finding);
    ClockTotal *total = &quality->totals[finding.kind];
    total->count++;
    total->by_us += ABS(finding.by_us);
    total->pictures += finding.pictures;
    quality->clock_mended = quality->clock_mended || clock_kind_mends(finding.kind);
}

static json_t *spans_to_json(const SpanList *list)
{
    json_t *spans = json_array();
    for (guint i = 0; i < list->spans->len; i++) {
        const Span *span = &g_array_index(list->spans, Span, i);
        json_array_append_new(spans,
                              json_pack("[I,I]", (json_int_t)span->start_us, (json_int_t)span->end_us));
    }
    return spans;
}

static json_t *time_or_null(int64_t t_us)
{
    return t_us == TIME_UNKNOWN ? json_null() : json_integer(t_us);
}

/* What the clock and the streams add to the record. */
static json_t *clock_to_json(const ClipQuality *quality)
{
    return json_pack(
        "{s:o,s:I,s:I,s:o,s:o,s:o,s:o,s:o,s:b,s:i,s:i,s:s?}", "unseen", spans_to_json(&quality->unseen),
        "unseen_us", (json_int_t)span_list_total(&quality->unseen), "watched_us",
        (json_int_t)quality->watched_us, "first_picture_us", time_or_null(quality->first_picture_us),
        "first_stamp_us", time_or_null(quality->first_stamp_us), "clock",
        clock_pieces_to_json(quality->clock), "findings", clock_findings_to_json(quality->findings),
        "finding_totals", clock_totals_to_json(quality->totals), "clock_mended", quality->clock_mended,
        "video_streams", quality->video_streams, "stream", quality->stream, "stream_reason",
        quality->stream_reason);
}

json_t *clip_quality_to_json(const ClipQuality *quality)
{
    json_t *remarks = json_array();
    for (guint i = 0; i < quality->remarks->len; i++)
        json_array_append_new(remarks, json_string(g_ptr_array_index(quality->remarks, i)));
    json_t *json = json_pack(
        "{s:s?,s:s?,s:s?,s:i,s:i,s:i,s:I,s:o,s:I,s:o,s:b,s:b,s:I,s:I,s:I,s:I,s:I,s:I,s:b,s:o,s:I,s:s?,s:o}",
        "container", quality->container, "codec", quality->codec, "pixel_format", quality->pixel_format,
        "width", quality->width, "height", quality->height, "rotation", quality->rotation, "frames",
        (json_int_t)quality->frames, "frames_promised",
        quality->frames_promised < 0 ? json_null() : json_integer(quality->frames_promised), "duration_us",
        (json_int_t)quality->duration_us, "duration_promised_us", time_or_null(quality->duration_promised_us),
        "synthetic_times", quality->synthetic_times, "variable_rate", quality->variable_rate, "gaps",
        (json_int_t)quality->gaps, "gap_us", (json_int_t)quality->gap_us, "backward_pts",
        (json_int_t)quality->backward_pts, "duplicate_pts", (json_int_t)quality->duplicate_pts,
        "corrupt_frames", (json_int_t)quality->corrupt_frames, "decode_errors",
        (json_int_t)quality->decode_errors, "truncated", quality->truncated, "undecoded",
        spans_to_json(&quality->undecoded), "undecoded_us", (json_int_t)span_list_total(&quality->undecoded),
        "luma_chain", quality->luma_chain, "remarks", remarks);
    json_t *clock = clock_to_json(quality);
    json_object_update(json, clock);
    json_decref(clock);
    return json;
}

static void spans_from_json(const json_t *json, SpanList *list)
{
    size_t i;
    json_t *item;
    json_array_foreach(json, i, item) span_list_add(list, json_integer_value(json_array_get(item, 0)),
                                                    json_integer_value(json_array_get(item, 1)));
}

static int64_t time_from_json(const json_t *json)
{
    return json_is_integer(json) ? json_integer_value(json) : TIME_UNKNOWN;
}

/* Records of before the clock was judged have none of this: all that was decoded counted as watched. */
static void clock_from_json(const json_t *json, ClipQuality *quality)
{
    spans_from_json(json_object_get(json, "unseen"), &quality->unseen);
    const json_t *watched = json_object_get(json, "watched_us");
    quality->watched_us =
        json_is_integer(watched)
            ? json_integer_value(watched)
            : quality->duration_us - span_list_overlap(&quality->undecoded, 0, quality->duration_us);
    quality->first_picture_us = time_from_json(json_object_get(json, "first_picture_us"));
    quality->first_stamp_us = time_from_json(json_object_get(json, "first_stamp_us"));
    clock_pieces_from_json(json_object_get(json, "clock"), quality->clock);
    clock_findings_from_json(json_object_get(json, "findings"), quality->findings);
    clock_totals_from_json(json_object_get(json, "finding_totals"), quality->totals);
    quality->clock_mended = json_is_true(json_object_get(json, "clock_mended"));
    quality->video_streams = (int)json_integer_value(json_object_get(json, "video_streams"));
    quality->stream = (int)json_integer_value(json_object_get(json, "stream"));
    quality->stream_reason = g_strdup(json_string_value(json_object_get(json, "stream_reason")));
}

ClipQuality *clip_quality_from_json(const json_t *json, GError **error)
{
    g_autoptr(ClipQuality) quality = clip_quality_new();
    json_t *container = NULL, *codec = NULL, *pixel_format = NULL, *chain = NULL;
    json_t *frames_promised = NULL, *duration_promised = NULL, *undecoded = NULL, *remarks = NULL;
    json_int_t frames = 0, duration = 0, gaps = 0, gap_us = 0, backward = 0, duplicate = 0, corrupt = 0,
               errors = 0;
    int synthetic = 0, variable = 0, truncated = 0;
    json_error_t why;
    if (json_unpack_ex(
            (json_t *)json, &why, 0,
            "{s:o,s:o,s:o,s:i,s:i,s:i,s:I,s:o,s:I,s:o,s:b,s:b,s:I,s:I,s:I,s:I,s:I,s:I,s:b,s:o,s:o,s:o}",
            "container", &container, "codec", &codec, "pixel_format", &pixel_format, "width", &quality->width,
            "height", &quality->height, "rotation", &quality->rotation, "frames", &frames, "frames_promised",
            &frames_promised, "duration_us", &duration, "duration_promised_us", &duration_promised,
            "synthetic_times", &synthetic, "variable_rate", &variable, "gaps", &gaps, "gap_us", &gap_us,
            "backward_pts", &backward, "duplicate_pts", &duplicate, "corrupt_frames", &corrupt,
            "decode_errors", &errors, "truncated", &truncated, "undecoded", &undecoded, "luma_chain", &chain,
            "remarks", &remarks) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "data-quality record is damaged: %s",
                    why.text);
        return NULL;
    }
    quality->container = g_strdup(json_string_value(container));
    quality->codec = g_strdup(json_string_value(codec));
    quality->pixel_format = g_strdup(json_string_value(pixel_format));
    quality->luma_chain = g_strdup(json_string_value(chain));
    quality->frames = frames;
    quality->frames_promised = json_is_integer(frames_promised) ? json_integer_value(frames_promised) : -1;
    quality->duration_us = duration;
    quality->duration_promised_us = time_from_json(duration_promised);
    quality->synthetic_times = synthetic;
    quality->variable_rate = variable;
    quality->gaps = gaps;
    quality->gap_us = gap_us;
    quality->backward_pts = backward;
    quality->duplicate_pts = duplicate;
    quality->corrupt_frames = corrupt;
    quality->decode_errors = errors;
    quality->truncated = truncated;
    spans_from_json(undecoded, &quality->undecoded);
    clock_from_json(json, quality);
    size_t i;
    json_t *item;
    json_array_foreach(remarks, i, item) g_ptr_array_add(quality->remarks, g_strdup(json_string_value(item)));
    return g_steal_pointer(&quality);
}
