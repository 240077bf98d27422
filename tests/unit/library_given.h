/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of libvsaudit give it. */
#ifndef VSAUDIT_TESTS_LIBRARY_GIVEN_H
#define VSAUDIT_TESTS_LIBRARY_GIVEN_H

#include "records/span.h"

#include <vsaudit/vsaudit.h>

#define S(seconds) ((int64_t)((seconds)*US_PER_SECOND))

VsauditEvent event_at(int64_t start_us, int64_t end_us);
VsauditAlert alert_at(int64_t onset_us);
/* The clip "c" of one hour; the arrays must outlive it. */
VsauditClip clip_of(const VsauditEvent *events, size_t event_count, const VsauditAlert *alerts,
                    size_t alert_count);
/* Fails unless that is how a call failed, with this in its message. */
void check_refused(VsauditStatus status, VsauditStatus expected, const VsauditError *error,
                   const char *message);

#endif
