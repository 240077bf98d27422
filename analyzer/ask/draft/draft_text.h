/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two kinds of draft share. Inside config/ only. */
#ifndef VSAUDIT_DRAFT_DRAFT_TEXT_H
#define VSAUDIT_DRAFT_DRAFT_TEXT_H

#include "yaml/yaml_table.h"

#include <glib.h>

/* Appends the text as a YAML scalar in double quotes. */
void draft_append_quoted(GString *out, const char *text);
/* What a phrase, which is taken over, says, as two lines below a key. */
void draft_append_pair(GString *out, Phrase *phrase);
/* An id out of any words: “Vendor X (2)” gives Vendor-X-2. Caller frees. */
char *draft_make_id(const char *words);
/* Takes “name=file” or “file” apart: the id (caller frees) and, in `path`, where the file's name begins. */
char *draft_split_log(const char *argument, const char **path);
/* The head of a scenario up to and with “dataset:”. */
void draft_append_scenario_head(GString *out, const char *behaviour);
/* A mapping to fill in, as comments: each key with what may stand there and what it is. */
void draft_append_keys(GString *out, const char *name, const YamlTable *table);
/* Where the footage is from and who marked it, as comments of a data set. */
void draft_append_provenance(GString *out);
/* An example of a claim, as comments. */
extern const char draft_claim_example[];

#endif
