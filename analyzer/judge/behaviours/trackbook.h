/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the track-based behaviours remember of each track: its recent path, and a state of their own.
 *
 * A behaviour embeds TrackMemory as the first member of its own struct and gives the book that struct's
 * size. A track that is lost and reappears under a new number near the same place within the gap is the same
 * object: it keeps its memory. */
#ifndef VSAUDIT_BEHAVIOURS_TRACKBOOK_H
#define VSAUDIT_BEHAVIOURS_TRACKBOOK_H

#include "records/event.h"
#include "records/observation.h"

typedef struct {
    int64_t t_us;
    Point foot;
    double height; /* of the box */
} TrackSample;

typedef struct {
    int64_t id; /* the present number of the track */
    ObjectClass class;
    bool seen;        /* really seen on the picture at hand */
    bool predicted;   /* on the picture at hand only as a prediction */
    int64_t first_us; /* first believed */
    Point born;       /* where it was first seen, believed or not */
    int64_t seen_us;  /* last really seen */
    Box box;          /* when last really seen */
    Point foot;
    int64_t count;
    GArray *trail; /* of TrackSample, really seen, the last trail_us */
} TrackMemory;

typedef struct {
    size_t size;        /* of the behaviour's struct */
    int64_t trail_us;   /* length of the paths that are kept */
    int64_t gap_us;     /* a track that is not seen for longer is dropped */
    double aspect;      /* picture width / height */
    GPtrArray *tracks;  /* of TrackMemory *, in order of first appearance */
    GArray *births;     /* where tracks that are not believed yet were first seen */
    GPtrArray *dropped; /* of TrackMemory *, by the last observe; valid until the next */
} TrackBook;

void track_book_init(TrackBook *book, size_t size, double aspect, int64_t trail_us, int64_t gap_us);
void track_book_clear(TrackBook *book); /* zeroed memory is fine */
/* Takes in one picture's tracks; tentative ones are not believed. */
void track_book_observe(TrackBook *book, const Observation *observation);
/* Mean velocity of the foot over the window that ends at end_us, in box heights per second. Both are NAN, and
 * the result false, while less than half of the window has been seen. */
bool track_velocity(const TrackMemory *track, int64_t end_us, int64_t window_us, double aspect, double *vx,
                    double *vy);
/* Whether the foot moved at `speed` box heights per second or faster over the window that ends at end_us, and
 * at half of that or faster in each half of it, or one misplaced box would look like a run. */
bool track_is_fast(const TrackMemory *track, int64_t end_us, int64_t window_us, double speed, double aspect);
/* Distance from the infinite line through `line`, in picture heights, >= 0. */
double line_distance(Segment line, Point point, double aspect);

/* Appends an alert about these tracks (the second may be NULL) and returns it; `alerts` owns it. */
Alert *alert_raise(GPtrArray *alerts, const char *behaviour, const char *label, int64_t onset_us,
                   int64_t decided_us, const TrackMemory *first, const TrackMemory *second);

#endif
