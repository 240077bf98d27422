/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The evidence pictures of a run: which records are shown (a random sample by a seed, evaluate/sample.h), and
 * which of their pictures fit into one file.
 *
 * A record has a strip of pictures, or in older documents one. When not all strips fit, the choice is
 * nobody's: they are taken in the order in which the sample was drawn, false alerts and misses in turn. */
#ifndef VSAUDIT_REPORT_EXHIBITS_H
#define VSAUDIT_REPORT_EXHIBITS_H

#include "evaluate/sample.h"

typedef struct Exhibits Exhibits;

/* Draws the samples and finds the pictures that results.json names for them in run_dir; run_dir may be NULL:
 * none. A name that leads out of run_dir, or that is no JPEG, counts as not there. The document and
 * its detail (NULL: it has all) must outlive the pictures. */
Exhibits *exhibits_new(const json_t *results, const Detail *detail, const char *run_dir);
void exhibits_free(Exhibits *pictures); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Exhibits, exhibits_free)
/* What they were made from; NULL: the document has all. */
const Detail *exhibits_detail(const Exhibits *pictures);
/* Which records are shown. */
const Sample *exhibits_sample(const Exhibits *pictures, SampleList list);
/* Says that the report lies in run_dir itself, so that it may link to pictures that are not embedded. */
void exhibits_set_linked(Exhibits *pictures, bool linked);
/* The place to link to, relative to the report; NULL when it is not there or must not be linked. */
const char *exhibits_link(const Exhibits *pictures, const char *name);
/* Chooses what may be embedded: at most `budget` bytes of data: URIs in all. */
void exhibits_choose(Exhibits *pictures, gsize budget);
typedef enum { EXHIBIT_ABSENT, EXHIBIT_LEFT_OUT, EXHIBIT_CHOSEN } ExhibitState;
/* Of a picture of a sampled record; EXHIBIT_ABSENT for all others. */
ExhibitState exhibits_state(const Exhibits *pictures, const char *name);
/* The data: URI of a chosen picture; NULL else. Caller frees. */
char *exhibits_uri(const Exhibits *pictures, const char *name);
gsize exhibits_count(const Exhibits *pictures, ExhibitState state);
gsize exhibits_total(const Exhibits *pictures); /* that the sampled records name */

#endif
