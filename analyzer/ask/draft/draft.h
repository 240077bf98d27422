/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An audit in YAML made from a truth file and alert logs alone: what `vsaudit score --truth` scores, and a
 * start for an audit of one's own.
 *
 * The truth file's coverage rows say which clips there are and which time was watched; there is one scenario
 * for each behaviour that they name. The files are copied beside the YAML, so that the folder can be passed
 * on. */
#ifndef VSAUDIT_DRAFT_DRAFT_H
#define VSAUDIT_DRAFT_DRAFT_H

#include "records/error.h"

typedef struct {
    char *audit;                   /* path of the audit's YAML */
    GPtrArray *notes;              /* of char *: sentences about what does not count */
    GPtrArray *copies, *originals; /* of char *: paths, in the same order */
} Draft;

/* Writes audit.yaml, dataset.yaml, a scenario for each behaviour and the copies into `folder` (made if need
 * be; what is there is written over only when it is a draft). `alerts` (ended by NULL) are “file” or
 * “name=file”. NULL with an error: INPUT for what is wrong in the files, which then keep their own names in
 * the message. */
Draft *draft_write(const char *truth, const char *const *alerts, const char *folder, GError **error);
/* Puts the names of the user's files where a message names their copies. */
void draft_name_originals(const Draft *draft, GError *error);
void draft_free(Draft *draft); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Draft, draft_free)

#endif
