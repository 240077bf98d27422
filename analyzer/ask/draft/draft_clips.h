/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dataset and the truth file of a draft. Inside config/ only. */
#ifndef VSAUDIT_DRAFT_DRAFT_CLIPS_H
#define VSAUDIT_DRAFT_DRAFT_CLIPS_H

#include "draft/draft_folder.h"

/* From the folder's files to `path`: short when it lies inside, else whole. Caller frees. */
char *draft_refer(const DraftRequest *request, const char *path);
void draft_append_dataset(GString *out, const DraftRequest *request);
void draft_append_truth(GString *out, const DraftRequest *request);

#endif
