/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Following a point across a line: where and when it goes from one side to the other.
 *
 * A point on the infinite line is on neither side, so it can neither cross nor lose a crossing there. The way
 * must meet the segment itself. A crossing that is undone before it is settled has not taken place. */
#ifndef VSAUDIT_BEHAVIOURS_LINEWALK_H
#define VSAUDIT_BEHAVIOURS_LINEWALK_H

#include "records/geometry.h"

#include <stdint.h>

/* Zeroed memory is a walk of which nothing is known. */
typedef struct {
    int side;   /* 1 right of the walker from a to b, -1 left, 0 not known yet */
    Point last; /* last point that was off the line */
    int64_t last_us;
    bool touched; /* it has been on the line since */
    Point touch_at;
    int64_t touch_us; /* for the last time */
    bool crossing;    /* the line was crossed; whoever takes note of it sets this false */
    int64_t cross_us; /* when it left the line, or met it on the straight way between two pictures */
    Point cross_at;
} LineWalk;

void line_walk_follow(LineWalk *walk, Segment line, Point point, int64_t t_us);

#endif
