/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pixels belong to things that are not the background, and the blobs they form.
 *
 * The model (perception/mixture.h, on the smoothed colour picture) is shown the picture with its overall
 * brightness brought to that of the background, so that an automatic exposure does not make everything
 * foreground. Shadows and patches of light are taken out (perception/light.h). What the caller protects
 * (things that came in and now stand) is hidden from the model, so it is not absorbed. When most of the
 * picture changes at once, the model starts anew and there are no blobs. */
#ifndef VSAUDIT_PERCEPTION_FOREGROUND_H
#define VSAUDIT_PERCEPTION_FOREGROUND_H

#include "perception/components.h"
#include "perception/settings.h"
#include "records/observation.h"

typedef struct {
    VisionRect box;    /* pixels of the working picture */
    int64_t area;      /* foreground pixels */
    double cx, cy;     /* centre of mass, pixels */
    ObjectClass class; /* what a detector takes it for; unknown when none has looked */
} Blob;

typedef struct Foreground Foreground;

/* The settings must outlive it. */
Foreground *foreground_new(const PerceptionSettings *settings);
void foreground_free(Foreground *foreground); /* NULL is fine */
/* Finds the foreground of one colour picture. Pictures of one stream have one size; times rise. */
bool foreground_find(Foreground *foreground, const VisionImage *colour, int64_t t_us, GError **error);
/* The blobs of the last picture, of Blob, in the order of their first pixels; owned by the foreground. */
const GArray *foreground_blobs(const Foreground *foreground);
/* 255 where there is foreground, else 0; owned. */
const VisionImage *foreground_mask(const Foreground *foreground);
double foreground_share(const Foreground *foreground); /* of the picture */
/* The last picture was a change of light (or of view): nothing can be said about blobs. */
bool foreground_is_unsettled(const Foreground *foreground);
/* The last picture as it was compared with the background, colour; owned. */
const VisionImage *foreground_picture(const Foreground *foreground);
/* The background as it is thought to look, colour; owned. */
const VisionImage *foreground_background(const Foreground *foreground);
/* Learns the last picture, except the foreground inside the `count` protected boxes. */
void foreground_learn(Foreground *foreground, const VisionRect *boxes, size_t count);
/* Takes what the last picture shows as foreground inside the box for background from now on. */
void foreground_forget(Foreground *foreground, const VisionRect *box);
/* Moves the background by whole pixels, to follow a camera that drifts; between two pictures. */
void foreground_move(Foreground *foreground, int dx, int dy);

#endif
