/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/linewalk.h"

#include <math.h>

void line_walk_follow(LineWalk *walk, Segment line, Point point, int64_t t_us)
{
    const double distance = geometry_side(line, point);
    if (distance == 0) { /* not yet across */
        walk->touched = true;
        walk->touch_us = t_us;
        walk->touch_at = point;
        return;
    }
    const int side = distance > 0 ? 1 : -1;
    if (walk->side != 0 && side != walk->side && geometry_segments_meet(line, walk->last, point)) {
        if (walk->crossing) {
            walk->crossing = false; /* came back before it was settled */
        } else if (walk->touched) {
            walk->crossing = true;
            walk->cross_us = walk->touch_us;
            walk->cross_at = walk->touch_at;
        } else {
            const double before = fabs(geometry_side(line, walk->last));
            const double share = before / (before + fabs(distance));
            walk->crossing = true;
            walk->cross_us = walk->last_us + (int64_t)llround(share * (double)(t_us - walk->last_us));
            walk->cross_at = (Point){walk->last.x + share * (point.x - walk->last.x),
                                     walk->last.y + share * (point.y - walk->last.y)};
        }
    }
    walk->touched = false;
    walk->side = side;
    walk->last = point;
    walk->last_us = t_us;
}
