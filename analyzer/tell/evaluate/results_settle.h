/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of the clips only once they were replayed, before anything is scored: their truth is brought
 * to their own time and length (config/settle.h), and what a reader must know of it becomes a limit. */
#ifndef VSAUDIT_EVALUATE_RESULTS_SETTLE_H
#define VSAUDIT_EVALUATE_RESULTS_SETTLE_H

#include "config/scenario.h"
#include "store/store.h"

#include <jansson.h>

/* Changes the truth of the audit's clips, once; INPUT error where truth does not fit a clip. `jobs`: of
 * JobRecord *. Ends that were cut are told in `limits`. */
bool results_settle_truth(const Audit *audit, const GPtrArray *jobs, json_t *limits, GError **error);
/* Names the clips in whose time no picture is, and those whose clock had to be put right. */
void results_append_clock_limits(const GPtrArray *jobs, json_t *limits);
/* The files of a clip that is several: [{"file", "sha256"}], hashes as replayed (parted by blanks; NULL: as
 * stated). Caller owns. */
json_t *results_describe_files(const Clip *clip, const char *file_sha256);

#endif
