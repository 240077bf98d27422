/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frigate: what it remembers of an object, picture by picture at the rate at which it detects. Boxes are
 * whole pixels of the picture that it detects on; times are counts of pictures; an object that is no longer
 * detected stays where it was for detect.max_disappeared pictures, which count like any other; the picture
 * that registers an object is not looked at (frigate/camera/state.py). Scores are not reproduced, as
 * observations have none, nor the classifier that looks at the pixels of what stands; review items, which
 * bundle what several objects do, are not either: an alert is one object's. */
#ifndef VSAUDIT_BEHAVIOURS_PRODUCTS_FRIGATE_H
#define VSAUDIT_BEHAVIOURS_PRODUCTS_FRIGATE_H

#include "behaviours/products/idbook.h"

#define FRIGATE_SOURCE(commit, file) \
    "https://github.com/blakeblackshear/frigate/blob/" commit "/frigate/track/" file

typedef struct {
    WatchSettings watch; /* zone, classes; on_delay is the time of loitering or of standing */
    int64_t inertia, max_disappeared, detect_height;
    double detect_fps;
} FrigateSettings;

/* Corners, as in a box of Frigate; whole numbers but for means and percentiles. */
typedef struct {
    double xmin, ymin, xmax, ymax;
} FrigateBox;

typedef struct {
    Sighted sighted; /* first: see idbook.h */
    bool registered; /* on an earlier picture */
    FrigateBox box;  /* where it was last detected */
    int64_t entered_us;
} FrigateObject;

typedef struct {
    IdBook book; /* of objects that begin with a FrigateObject */
    const FrigateSettings *settings;
    bool everywhere;
    Polygon zone; /* in pixels; owned */
    PixelFrame frame;
    int64_t taken; /* pictures so far */
} FrigateState;

/* What is told of an object on a picture that is looked at: whether the state holds, and since when. */
typedef bool (*FrigateRule)(const FrigateState *state, FrigateObject *object, int64_t t_us);

bool frigate_open(FrigateState *state, const BehaviourInput *input, size_t object_size, GError **error);
void frigate_close(void *state);
/* Takes in a picture, if it is one of those that are looked at, and tells each object's state. A rule is
 * asked of every object but those that the picture registers; these are given to `enter`, which may be NULL.
 */
void frigate_observe(FrigateState *state, const Observation *observation, FrigateRule enter, FrigateRule rule,
                     const char *behaviour, const char *label, GPtrArray *alerts);
/* Whether the object counts and the middle of its lower edge is in the zone, border included. */
bool frigate_is_inside(const FrigateState *state, const FrigateObject *object);
/* How many pictures a time is, rounded up. */
int64_t frigate_pictures(const FrigateState *state, int64_t us);

extern const OptionRow frigate_options[]; /* inertia detect_fps max_disappeared detect_height */

#endif
