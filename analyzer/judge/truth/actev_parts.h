/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of ActEV's files share. Inside truth/actev*.c only. */
#ifndef VSAUDIT_TRUTH_ACTEV_PARTS_H
#define VSAUDIT_TRUTH_ACTEV_PARTS_H

#include "truth/actev_json.h"
#include "truth/files.h"

#include <jansson.h>

/* A file, its text for the places of errors, and what was in it. */
typedef struct {
    const char *path;
    char *buffer;
    const char *bytes;
    json_t *root;
    Problems *problems;
} ActevDocument;

/* A problem of a member of the file's object; of activities[index]. */
void actev_report_key(const ActevDocument *document, const char *key, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void actev_report_activity(const ActevDocument *document, size_t index, const char *key, const char *format,
                           ...) G_GNUC_PRINTF(4, 5);

/* What is wrong with the signal, for “found %s, ” ACTEV_SIGNAL; NULL when it is fine. Caller frees. */
char *actev_read_signal(const json_t *signal, SpanList *on);
#define ACTEV_SIGNAL "expected frames at which it begins (1) and ends (0), like {\"3100\": 1, \"3120\": 0}"

int actev_find_file(const ActevSet *set, const char *name); /* -1: not there */
void actev_record_free(gpointer record);

/* The files that the system says it processed; each that the index has and it has not, and the other way
 * round, is a problem unless ignored. Of char *. */
GHashTable *actev_read_processed(const ActevDocument *system, const ActevSource *source, ActevSet *set);
/* Fills set->references or set->systems. */
void actev_read_instances(const ActevDocument *document, const ActevSource *source, GHashTable *processed,
                          bool system, ActevSet *set);

void actev_prune(const ActevDocument *document, ActevSet *set, double share);
/* Leaves out the activities without a reference that counts, like newer versions of the public scorer. */
void actev_drop_unreferenced(ActevSet *set);

#endif
