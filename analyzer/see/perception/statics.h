/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things that stand still and do not belong to the background, or that are missing from it.
 *
 * Two backgrounds are compared: the slow one (perception/foreground.h) says that a pixel is not what it
 * used to be, a fast one that it no longer changes. Where both hold for `static_delay` on a connected area,
 * and no believed track of a person stands there or moves, there is a static object. It is "removed" when the
 * outline of the area was an edge in the background and is none now. */
#ifndef VSAUDIT_PERCEPTION_STATICS_H
#define VSAUDIT_PERCEPTION_STATICS_H

#include "perception/foreground.h"

typedef struct {
    int64_t id;
    VisionRect box; /* pixels of the working picture */
    bool removed;
    int64_t since_us, seen_us;
} StaticThing;

typedef struct StaticFinder StaticFinder;

StaticFinder *static_finder_new(const PerceptionSettings *settings, GError **error); /* NULL with an error */
void static_finder_free(StaticFinder *finder);                                       /* NULL is fine */
/* `tracks` of Track *. */
bool static_finder_update(StaticFinder *finder, const VisionImage *grey, const Foreground *foreground,
                          const GPtrArray *tracks, int64_t t_us, GError **error);
/* Of StaticThing, sorted by id; owned by the finder. */
const GArray *static_finder_found(const StaticFinder *finder);
/* Appends the boxes (VisionRect) that must stay foreground for the things to be seen on. */
void static_finder_add_held(const StaticFinder *finder, GArray *boxes, int64_t t_us);

#endif
