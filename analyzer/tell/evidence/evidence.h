/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evidence pictures: a strip of three stills for every false alert, repeated alert and missed event: before,
 * at the decision (of a miss: in its middle), after.
 *
 * People are made unrecognisable before a picture is written. By default the whole picture is first reduced
 * to a grain at which neither a face in an ordinary view nor a number plate can be read; then a much coarser
 * mosaic that cannot be undone goes over every tracked object that is not surely a vehicle and over
 * everything that a people detector set to miss few finds. EVIDENCE_BLUR_ALL gives the whole picture that
 * coarse mosaic; it is also what happens when a clip has no saved observations. */
#ifndef VSAUDIT_EVIDENCE_EVIDENCE_H
#define VSAUDIT_EVIDENCE_EVIDENCE_H

#include "config/scenario.h"
#include "store/store.h"

typedef enum { EVIDENCE_BLUR_PERSONS, EVIDENCE_BLUR_ALL, EVIDENCE_BLUR_NONE } EvidenceBlur;

/* Takes the pictures that `results` (a results.json document) calls for, of a random sample where there are
 * very many false alerts (evaluate/sample.h), and writes them to FOLDER/evidence/. Puts "picture" (the middle
 * one, "evidence/….jpg") and "strip" (all three with their times) where they could be taken, and on top
 * "pictures": {"blur": …}. With `films` also a short clip ("film": "evidence/….mp4") of what a report shows.
 * A clip that fails has no pictures; that is no error. Clips are read in worker processes. The files are the
 * same bytes on every run. */
gboolean evidence_write(const Audit *audit, Store *store, const char *folder, EvidenceBlur blur, bool films,
                        int64_t workers, json_t *results, GError **error);

#endif
