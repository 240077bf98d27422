/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time, and sets of time spans.
 *
 * Every time in the program is an int64 number of microseconds from the clip's first frame (PTS), never a
 * frame number. A span is half open: [start, end). A SpanList keeps its spans sorted, disjoint and not empty,
 * whatever is added. */
#ifndef VSAUDIT_RECORDS_SPAN_H
#define VSAUDIT_RECORDS_SPAN_H

#include <glib.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_HOUR INT64_C(3600000000)
#define TIME_UNKNOWN INT64_MIN /* a time that is not known; never used for zero */

typedef struct {
    int64_t start_us;
    int64_t end_us; /* > start_us */
} Span;

typedef struct {
    GArray *spans; /* of Span, sorted and disjoint */
} SpanList;

void span_list_init(SpanList *list);
void span_list_clear(SpanList *list); /* frees what it holds; the list may be initialised again */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpanList, span_list_clear)

/* Adds [start, end), joining spans that touch. An empty or backward span adds nothing. */
void span_list_add(SpanList *list, int64_t start_us, int64_t end_us);
/* Takes [start, end) out. */
void span_list_subtract(SpanList *list, int64_t start_us, int64_t end_us);
/* list := list minus other; list := list and other. */
void span_list_subtract_list(SpanList *list, const SpanList *other);
void span_list_intersect_list(SpanList *list, const SpanList *other);
void span_list_copy(SpanList *to, const SpanList *from); /* `to` must be initialised; its old content goes */
bool span_list_contains(const SpanList *list, int64_t t_us);
/* How much of [start, end) the list covers, in microseconds. */
int64_t span_list_overlap(const SpanList *list, int64_t start_us, int64_t end_us);
int64_t span_list_total(const SpanList *list);

/* Seconds in text ("12", "12.5", "-3.000001") to microseconds, exactly: decimal digits only, at most six
 * after the point, no rounding. False when the text is anything else or does not fit. */
bool time_parse_seconds(const char *text, int64_t *out_us);
/* "12.500000" without trailing zeros beyond the millisecond ("12.500"); unknown prints as "". Caller frees.
 */
char *time_format_seconds(int64_t t_us);
/* For people: "1:02:03.4" or "2:03.4" (tenths, cut off, not rounded). Caller frees. */
char *time_format_clock(int64_t t_us);
/* Seconds as a double to microseconds, rounded to nearest; for settings and drawing, not for truth. */
int64_t time_from_seconds(double seconds);
double time_to_seconds(int64_t t_us);

#endif
