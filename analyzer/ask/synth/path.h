/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How something moves over the ground: straight legs with start, cruise and braking, and waits between them.
 * Everything is in closed form, so that the time at which a line is crossed is exact and not sampled. */
#ifndef VSAUDIT_SYNTH_PATH_H
#define VSAUDIT_SYNTH_PATH_H

#include "synth/view.h"

#include <glib.h>
#include <stdbool.h>

typedef struct {
    double start_s, end_s; /* >= start_s */
    Ground from, to;       /* equal for a wait */
    double length;         /* metres; 0 for a wait */
    double speed_in, cruise, speed_out;
    double gain, brake; /* m/s²; INFINITY: at once */
} Leg;

typedef struct {
    GArray *legs; /* of Leg, in order of time, without gaps */
} Path;

/* One place on the way, as a script says it. */
typedef struct {
    Point to;       /* normalised picture point */
    double wait_s;  /* stands there so long; 0 = passes */
    double until_s; /* or until this time of the clip; NAN = not given */
    double speed;   /* of the leg that leads here, m/s; NAN = the path's own */
    double brake;   /* of that leg, m/s²; NAN = the path's own */
} PathStop;

typedef struct {
    Ground at;
    double heading_x, heading_z; /* unit vector; of the last leg walked when standing */
    double speed;                /* m/s */
    double walked;               /* metres since the start: drives the gait */
} PathState;

/* `stops` has at least one. A wait that ends before it is reached lasts no time. */
void path_build(Path *path, const View *view, const PathStop *stops, guint count, double start_s,
                double speed, double gain, double brake);
void path_clear(Path *path);
double path_start(const Path *path);
double path_end(const Path *path);
/* False when the path has not begun or has ended. */
bool path_state(const Path *path, double t_s, PathState *state);
/* The time at which the leg has covered `distance` metres. */
double leg_time_at(const Leg *leg, double distance);
double leg_distance_at(const Leg *leg, double t_s);

typedef struct {
    double t_s;
    bool right;   /* from the line's left side to its right, walked from a to b (geometry_side turns positive)
                   */
    double place; /* 0 at the line's a, 1 at b */
} Crossing;

/* Crossings of the segment, in order of time: array of Crossing, caller unrefs. */
GArray *path_crossings(const Path *path, const View *view, Segment line);

typedef struct {
    double start_s, end_s;
} Stay;

/* When the foot is inside the polygon: array of Stay, sorted and disjoint, caller unrefs. */
GArray *path_stays(const Path *path, const View *view, const Polygon *zone);

#endif
