/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Human-made tracks of the CAVIAR project, as rows of facts, become observations and truth.
 *
 *   coord|FROM_MS|TO_MS|true|PERSON|X|Y                where a person is, pixels of a picture of 384x288
 *   walking|FROM_MS|TO_MS|true|PERSON                  what the person does: walking, active, inactive,
 * running, abrupt
 *
 * Several films stand behind each other in one file, and a person's name is used again in the next: a name
 * that was away for more than 0.2 s, or that jumps by more than 20 pixels from row to row, is another track.
 * The rows give no height, and all rules measure in heights: how tall a person looks at each height of the
 * picture is taken from how fast those look who walk, 0.85 heights a second (people walk at 0.6 to 1.1). Who
 * runs has no part in it.
 *
 * Truth: somebody “running”; and loitering, somebody “inactive” or “active” (moving on the spot) for at least
 * 15 s, breaks of up to 2 s aside. Events of several persons that overlap or touch are one. */
#ifndef VSAUDIT_IMPORT_CAVIAR_H
#define VSAUDIT_IMPORT_CAVIAR_H

#include "records/span.h"

typedef struct Caviar Caviar;

/* Reads the rows; NULL with an INPUT error "file:line: …". */
Caviar *caviar_load(const char *path, GError **error);
void caviar_free(Caviar *caviar); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Caviar, caviar_free)
int64_t caviar_duration(const Caviar *caviar); /* from the first row to the end of the last, µs */
int64_t caviar_tracks(const Caviar *caviar);   /* how many */
/* Write the observations, as records/observation_io.h has them, and a truth file (CSV) about the clip. */
bool caviar_write_observations(const Caviar *caviar, const char *clip, const char *path, GError **error);
bool caviar_write_truth(const Caviar *caviar, const char *clip, const char *path, GError **error);

#endif
