/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The evidence pictures of a run: which records are shown (a random sample by a seed, evaluate/sample.h), and
 * which of their pictures fit into one file.
 *
 * A record has a strip of pictures, or in older documents one. When not all strips fit, the choice is
 * nobody's: they are taken in the order in which the sample was drawn, false alerts and misses in turn. */
#ifndef VSAUDIT_REPORT_PICTURES_H
#define VSAUDIT_REPORT_PICTURES_H

#include "evaluate/sample.h"

typedef struct Pictures Pictures;

/* Draws the samples and finds the pictures that results.json names for them in run_dir; run_dir may be NULL:
 * none. A name that leads out of run_dir, or that is no JPEG, counts as not there. The document and
 * its detail (NULL: it has all) must outlive the pictures. */
Pictures *pictures_new(const json_t *results, const Detail *detail, const char *run_dir);
void pictures_free(Pictures *pictures); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pictures, pictures_free)
/* What they were made from; NULL: the document has all. */
const Detail *pictures_detail(const Pictures *pictures);
/* Which records are shown. */
const Sample *pictures_sample(const Pictures *pictures, SampleList list);
/* Says that the report lies in run_dir itself, so that it may link to pictures that are not embedded. */
void pictures_set_linked(Pictures *pictures, bool linked);
/* The place to link to, relative to the report; NULL when it is not there or must not be linked. */
const char *pictures_link(const Pictures *pictures, const char *name);
/* Chooses what may be embedded: at most `budget` bytes of data: URIs in all. */
void pictures_choose(Pictures *pictures, gsize budget);
typedef enum { PICTURE_ABSENT, PICTURE_LEFT_OUT, PICTURE_CHOSEN } PictureState;
/* Of a picture of a sampled record; PICTURE_ABSENT for all others. */
PictureState pictures_state(const Pictures *pictures, const char *name);
/* The data: URI of a chosen picture; NULL else. Caller frees. */
char *pictures_uri(const Pictures *pictures, const char *name);
gsize pictures_count(const Pictures *pictures, PictureState state);
gsize pictures_total(const Pictures *pictures); /* that the sampled records name */

#endif
