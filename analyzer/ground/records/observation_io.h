/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observations on disk: a text file of JSON lines, gzip'ed when its name ends in ".gz".
 *
 * The first line is the header, each further line one observation, in strictly rising order of t_us:
 *
 *   {"schema":"vsaudit/observations/2","clip":"a04","condition":"as-recorded","aspect":1.3333,"perception":"5f…"}
 *   {"t_us":80000,"duration_us":80000,"signal":true,"quality":{"luma":0.41,…},"motion":{"flow_speed":0.1,…},
 *    "tracks":[{"id":1,"class":"person","state":"confirmed","box":[x,y,w,h],"foot":[x,y],"velocity":[vx,vy],
 *               "first_us":0,"seen_us":80000,"count":1}],
 *    "statics":[{"id":1,"box":[x,y,w,h],"removed":false,"since_us":0,"seen_us":80000}],
 *    "fires":[{"id":1,"kind":"flame","box":[x,y,w,h],"area":0.001,"share":0.6,"flicker":0.08,"since_us":0}]}
 *
 * The file may be written by hand: only "schema" and "t_us", and in a track or static "id" and "box" (in a
 * fire also "kind"), must be there. What is absent is taken as follows: header   clip "", condition
 * "as-recorded", aspect 16/9, perception ""; line     signal true, quality and motion not measured (NAN, like
 * a null), no tracks, no statics; duration_us the step to the next line, for the last line the step before it
 * (0 when alone); track    class "unknown", state "confirmed", foot the middle of the box's bottom edge,
 * velocity [0,0], count 1, first_us the first line in which the id stands, seen_us the last line in which it
 * was not coasting; fires    absent or null: nobody looked for fire, which is another thing than an empty
 * list; in a fire area, share and flicker not measured, since_us the first line in which the id stands;
 *   static   removed false, since_us the first line in which the id stands, seen_us the line's t_us.
 * Unknown keys are errors. Empty lines are skipped. Doubles read back exactly as written. The bytes are the
 * same for the same observations. Schema "vsaudit/observations/1" is the same without "fires"; it is read,
 * not written. */
#ifndef VSAUDIT_RECORDS_OBSERVATION_IO_H
#define VSAUDIT_RECORDS_OBSERVATION_IO_H

#include "records/observation.h"

#define OBSERVATION_SCHEMA "vsaudit/observations/2"
#define OBSERVATION_SCHEMA_BEFORE "vsaudit/observations/1"

typedef struct ObservationWriter ObservationWriter;
/* Begins a file. It appears under `path` only when observation_writer_finish has succeeded. HARNESS error
 * when it cannot be made. */
ObservationWriter *observation_writer_open(const char *path, const ObservationHeader *header, GError **error);
/* t_us must rise from call to call (assertion). HARNESS error when the disk is full. */
bool observation_writer_add(ObservationWriter *writer, const Observation *observation, GError **error);
/* Flushes and puts the file in place; the writer must still be freed. */
bool observation_writer_finish(ObservationWriter *writer, GError **error);
void observation_writer_free(ObservationWriter *writer); /* NULL is fine; an unfinished file is removed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ObservationWriter, observation_writer_free)

typedef enum { OBSERVATION_READ, OBSERVATION_END, OBSERVATION_DAMAGED } ObservationReadStatus;

typedef struct ObservationReader ObservationReader;
/* Opens a file and reads its header line. INPUT error with file and line otherwise. */
ObservationReader *observation_reader_open(const char *path, GError **error);
const ObservationHeader *observation_reader_header(const ObservationReader *reader); /* owned by the reader */
/* The next observation; it is initialised by the callee on OBSERVATION_READ only, and the caller clears it
 * then. OBSERVATION_DAMAGED sets an INPUT error "file:line: …"; nothing can be read after it. */
ObservationReadStatus observation_reader_next(ObservationReader *reader, Observation *observation,
                                              GError **error);
void observation_reader_free(ObservationReader *reader); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ObservationReader, observation_reader_free)

#endif
