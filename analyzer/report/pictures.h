/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The evidence pictures of a run, and which of them fit into one file.
 *
 * When not all fit, the choice is nobody's: names are taken in the order of their SHA-256. */
#ifndef VSAUDIT_REPORT_PICTURES_H
#define VSAUDIT_REPORT_PICTURES_H

#include "evaluate/model.h"

typedef struct Pictures Pictures;

/* Finds the pictures that results.json names (alerts and events) in run_dir; run_dir may be NULL: none. A
 * name that leads out of run_dir, or that is no JPEG, counts as not there. */
Pictures *pictures_new(const json_t *results, const char *run_dir);
void pictures_free(Pictures *pictures); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pictures, pictures_free)
/* Chooses what may be embedded: at most `budget` bytes of data: URIs in all. */
void pictures_choose(Pictures *pictures, gsize budget);
typedef enum { PICTURE_ABSENT, PICTURE_LEFT_OUT, PICTURE_CHOSEN } PictureState;
PictureState pictures_state(const Pictures *pictures, const char *name);
/* The data: URI of a chosen picture; NULL else. Caller frees. */
char *pictures_uri(const Pictures *pictures, const char *name);
gsize pictures_count(const Pictures *pictures, PictureState state);

#endif
