/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The evidence bundle of a run: a bag (RFC 8493) with everything that its numbers rest on but the clips.
 *
 *   data/            as the run's folder: results.json, run.json, reports, tables, evidence/, inputs/,
 * replays.jsonl attestation/     what is signed, and the signature (bundle/statement.h) README.txt       how
 * to check it with tools that everybody has
 *
 * The same run and key give the same bytes. */
#ifndef VSAUDIT_BUNDLE_BUNDLE_H
#define VSAUDIT_BUNDLE_BUNDLE_H

#include "keys/keys.h"

/* Writes the bundle of the run in `run` to `out`, a new folder or a new tar file. `key` may be NULL:
 * unsigned. The numbers are scored again on the way; a results.json that does not follow is INTEGRITY. `out`
 * appears only when it is complete; one that is there is a USAGE error. */
bool bundle_write(const char *run, const char *out, bool as_tar, const SecretKey *key, GError **error);

#endif
