/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans from a file's own clock, as a player shows it, to a clip's time. Inside config/settle.c. */
#ifndef VSAUDIT_CONFIG_SETTLE_CLOCK_H
#define VSAUDIT_CONFIG_SETTLE_CLOCK_H

#include "records/quality.h"

/* Changes the span of `what` ("a true event running"). What lies before the first picture or behind the last
 * goes on at the same pace. NULL, or what is wrong with it as "found …, expected …": caller frees. Of a clip
 * without a clock (raw streams, numbered pictures, observations) both times are the same. */
char *settle_clock_span(const ClipQuality *quality, const char *what, Span *span);
/* Changes a list of spans, which may fall into several; beyond the pictures it reaches to `length_us`. */
char *settle_clock_spans(const ClipQuality *quality, int64_t length_us, SpanList *spans);

#endif
