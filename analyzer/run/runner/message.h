/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker sends to the parent when its job is done: the job's results as JSON, and back to records.
 * Numbers read back exactly as sent; unknown is null. */
#ifndef VSAUDIT_RUNNER_MESSAGE_H
#define VSAUDIT_RUNNER_MESSAGE_H

#include "store/store.h"

/* The results of a done job: quality, duration, aspect, file hash, observations file, and its looks (of
 * LookRecord *). Caller owns. */
json_t *message_build(const JobRecord *record, const GPtrArray *looks);
/* The inverse: fills the record (which is pending) and makes it done; `looks` gets LookRecord *. False with a
 * HARNESS error when the message is not such a one; the record is then unchanged. */
bool message_parse(const json_t *message, JobRecord *record, GPtrArray *looks, GError **error);

/* What a worker sends of a chain whose process said something about a clip after its end, and is shown
 * nothing more: the place of that clip among the orders, and the sentence. Caller owns. */
json_t *message_build_late(guint place, const char *reason);
/* The sentence of such a message (borrowed), with the place; NULL: it is another one. */
const char *message_late(const json_t *message, guint *place);

#endif
