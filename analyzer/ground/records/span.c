/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/span.h"

#include <math.h>

void span_list_init(SpanList *list)
{
    list->spans = g_array_new(FALSE, FALSE, sizeof(Span));
}

void span_list_clear(SpanList *list)
{
    g_clear_pointer(&list->spans, g_array_unref);
}

/* The first span that ends at `t_us` or later; the list is sorted and disjoint, so ends rise too. */
static guint first_ending_from(const SpanList *list, int64_t t_us)
{
    guint low = 0, high = list->spans->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(list->spans, Span, middle).end_us < t_us)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void span_list_add(SpanList *list, int64_t start_us, int64_t end_us)
{
    if (end_us <= start_us)
        return;
    const guint first = first_ending_from(list, start_us);
    guint last = first;
    Span joined = {start_us, end_us};
    while (last < list->spans->len && g_array_index(list->spans, Span, last).start_us <= end_us) {
        const Span *touching = &g_array_index(list->spans, Span, last);
        joined.start_us = MIN(joined.start_us, touching->start_us);
        joined.end_us = MAX(joined.end_us, touching->end_us);
        last++;
    }
    if (last > first)
        g_array_remove_range(list->spans, first, last - first);
    g_array_insert_val(list->spans, first, joined);
}

void span_list_subtract(SpanList *list, int64_t start_us, int64_t end_us)
{
    if (end_us <= start_us)
        return;
    for (guint i = 0; i < list->spans->len;) {
        const Span span = g_array_index(list->spans, Span, i);
        if (span.end_us <= start_us || span.start_us >= end_us) {
            i++;
            continue;
        }
        g_array_remove_index(list->spans, i);
        if (span.start_us < start_us) {
            const Span left = {span.start_us, start_us};
            g_array_insert_val(list->spans, i, left);
            i++;
        }
        if (span.end_us > end_us) {
            const Span right = {end_us, span.end_us};
            g_array_insert_val(list->spans, i, right);
            i++;
        }
    }
}

void span_list_subtract_list(SpanList *list, const SpanList *other)
{
    for (guint i = 0; i < other->spans->len; i++) {
        const Span *span = &g_array_index(other->spans, Span, i);
        span_list_subtract(list, span->start_us, span->end_us);
    }
}

void span_list_intersect_list(SpanList *list, const SpanList *other)
{
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(Span));
    guint i = 0, j = 0;
    while (i < list->spans->len && j < other->spans->len) {
        const Span *a = &g_array_index(list->spans, Span, i);
        const Span *b = &g_array_index(other->spans, Span, j);
        const Span both = {MAX(a->start_us, b->start_us), MIN(a->end_us, b->end_us)};
        if (both.start_us < both.end_us)
            g_array_append_val(kept, both);
        if (a->end_us < b->end_us)
            i++;
        else
            j++;
    }
    g_array_unref(list->spans);
    list->spans = kept;
}

void span_list_copy(SpanList *to, const SpanList *from)
{
    g_array_set_size(to->spans, 0);
    if (from->spans->len > 0)
        g_array_append_vals(to->spans, from->spans->data, from->spans->len);
}

bool span_list_contains(const SpanList *list, int64_t t_us)
{
    guint low = 0, high = list->spans->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        const Span *span = &g_array_index(list->spans, Span, middle);
        if (t_us < span->start_us)
            high = middle;
        else if (t_us >= span->end_us)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

int64_t span_list_overlap(const SpanList *list, int64_t start_us, int64_t end_us)
{
    int64_t total = 0;
    for (guint i = first_ending_from(list, start_us); i < list->spans->len; i++) {
        const Span *span = &g_array_index(list->spans, Span, i);
        if (span->start_us >= end_us)
            break;
        total += MAX(0, MIN(span->end_us, end_us) - MAX(span->start_us, start_us));
    }
    return total;
}

int64_t span_list_total(const SpanList *list)
{
    int64_t total = 0;
    for (guint i = 0; i < list->spans->len; i++) {
        const Span *span = &g_array_index(list->spans, Span, i);
        total += span->end_us - span->start_us;
    }
    return total;
}

bool time_parse_seconds(const char *text, int64_t *out_us)
{
    const bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    int64_t whole = 0;
    int64_t micro = 0;
    int digits = 0;
    for (; g_ascii_isdigit(*text); text++, digits++) {
        if (whole > (INT64_MAX / US_PER_SECOND - 9) / 10)
            return false;
        whole = whole * 10 + (*text - '0');
    }
    if (*text == '.') {
        text++;
        int64_t unit = US_PER_SECOND / 10;
        for (; g_ascii_isdigit(*text); text++, digits++) {
            if (unit == 0 && *text != '0')
                return false;
            micro += unit * (*text - '0');
            unit /= 10;
        }
    }
    if (digits == 0 || *text != '\0')
        return false;
    *out_us = (whole * US_PER_SECOND + micro) * (negative ? -1 : 1);
    return true;
}

char *time_format_seconds(int64_t t_us)
{
    if (t_us == TIME_UNKNOWN)
        return g_strdup("");
    const char *sign = t_us < 0 ? "-" : "";
    const int64_t magnitude = t_us < 0 ? -t_us : t_us;
    const int64_t whole = magnitude / US_PER_SECOND, micro = magnitude % US_PER_SECOND;
    if (micro % 1000 == 0)
        return g_strdup_printf("%s%" PRId64 ".%03" PRId64, sign, whole, micro / 1000);
    return g_strdup_printf("%s%" PRId64 ".%06" PRId64, sign, whole, micro);
}

char *time_format_clock(int64_t t_us)
{
    if (t_us == TIME_UNKNOWN)
        return g_strdup("");
    const char *sign = t_us < 0 ? "-" : "";
    const int64_t tenths = (t_us < 0 ? -t_us : t_us) / (US_PER_SECOND / 10);
    const int64_t seconds = tenths / 10;
    if (seconds >= 3600)
        return g_strdup_printf("%s%" PRId64 ":%02" PRId64 ":%02" PRId64 ".%" PRId64, sign, seconds / 3600,
                               seconds / 60 % 60, seconds % 60, tenths % 10);
    return g_strdup_printf("%s%" PRId64 ":%02" PRId64 ".%" PRId64, sign, seconds / 60, seconds % 60,
                           tenths % 10);
}

int64_t time_from_seconds(double seconds)
{
    return (int64_t)llround(seconds * (double)US_PER_SECOND);
}

double time_to_seconds(int64_t t_us)
{
    return (double)t_us / (double)US_PER_SECOND;
}
