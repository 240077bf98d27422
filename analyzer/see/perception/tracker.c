/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perception/tracker.h"

#include "assignment/assignment.h"
#include "records/free.h"

#include <math.h>
#include <string.h>

#define COST_UNMATCHED 1.6 /* of leaving a track without a blob; see match_cost */
#define REACH 1.2          /* a blob's centre may be this many mean diagonals from the prediction */
#define SIZE_GAIN 0.3      /* share of a new size that is believed at once */
#define MEASURE 0.06       /* standard deviation of a measured position, in sizes */
#define ACCELERATE 2.5     /* standard deviation of acceleration, sizes per second squared */
#define START_SPEED 2.0    /* standard deviation of a new track's speed, sizes per second */
#define EDGE_MEASURE 0.15  /* of a position taken from a group's edge, in sizes */
#define CLAIM 0.5          /* share of a track's box inside a blob for it to be in that blob */
#define STEP 0.35          /* sizes: a move of this much is a real move */
#define BELIEVED_REACH 0.6 /* sizes that a track must have come from where it began; leaves only sway */
#define BELIEVED_HITS 3    /* pictures */
#define TENTATIVE_MISSES 2 /* pictures after which a tentative track is given up */
#define STANDS_US (US_PER_SECOND / 2)  /* without a step for this long: it stands */
#define GROUP_FILL 0.6                 /* members that fill less of their blob's box than this grow */
#define GROUP_GROWTH 1.04              /* a picture */
#define SLOWING_US (US_PER_SECOND / 2) /* a coasting track loses its speed with this time constant */

struct Tracker {
    const PerceptionSettings *settings;
    int width, height;
    int64_t next_id, last_us;
    bool started;
    GPtrArray *tracks; /* of Track *, sorted by id */
};

Tracker *tracker_new(const PerceptionSettings *settings, int width, int height)
{
    Tracker *tracker = g_new0(Tracker, 1);
    tracker->settings = settings;
    tracker->width = width;
    tracker->height = height;
    tracker->next_id = 1;
    tracker->tracks = g_ptr_array_new_with_free_func(g_free);
    return tracker;
}

DEFINE_FREE(tracker_free, Tracker, tracker, g_ptr_array_unref(tracker->tracks))

const GPtrArray *tracker_tracks(const Tracker *tracker)
{
    return tracker->tracks;
}

static double track_size(const Track *track)
{
    return sqrt(track->w * track->h);
}

VisionRect track_box(const Track *track, int width, int height)
{
    const double left = CLAMP(track->x.x - track->w / 2, 0, width);
    const double right = CLAMP(track->x.x + track->w / 2, 0, width);
    const double top = CLAMP(track->foot.x - track->h, 0, height);
    const double bottom = CLAMP(track->foot.x, 0, height);
    return (VisionRect){(int)lround(left), (int)lround(top), (int)lround(right - left),
                        (int)lround(bottom - top)};
}

bool track_is_held(const Track *track, const PerceptionSettings *settings, int64_t t_us)
{
    const int64_t still_us = t_us - track->anchor_us;
    return track->state != TRACK_TENTATIVE && still_us >= STANDS_US && still_us < settings->hold_us;
}

static double overlap(const Track *track, const VisionRect *box)
{
    const double left = fmax(track->x.x - track->w / 2, box->x);
    const double right = fmin(track->x.x + track->w / 2, box->x + box->w);
    const double top = fmax(track->foot.x - track->h, box->y), bottom = fmin(track->foot.x, box->y + box->h);
    return fmax(0, right - left) * fmax(0, bottom - top);
}

/* Distance of centres in mean diagonals, plus how much the areas differ, less for overlap. */
static double match_cost(const Track *track, const Blob *blob)
{
    const VisionRect *box = &blob->box;
    const double dx = box->x + box->w / 2.0 - track->x.x;
    const double dy = box->y + box->h / 2.0 - (track->foot.x - track->h / 2);
    const double diagonal = (hypot(box->w, box->h) + hypot(track->w, track->h)) / 2;
    const double distance = hypot(dx, dy) / diagonal;
    const double common = overlap(track, box), area = (double)box->w * box->h;
    if (distance > REACH && common <= 0)
        return INFINITY;
    const double iou = common / (track->w * track->h + area - common);
    return distance + 0.3 * fabs(log(area / (track->w * track->h))) + 0.5 * (1 - iou);
}

static void predict(Tracker *tracker, int64_t t_us)
{
    const double dt = time_to_seconds(t_us - tracker->last_us);
    for (guint i = 0; i < tracker->tracks->len; i++) {
        Track *track = g_ptr_array_index(tracker->tracks, i);
        if (track->misses > 0) {
            const double kept = exp(-(double)(t_us - tracker->last_us) / (double)SLOWING_US);
            track->x.v *= kept;
            track->foot.v *= kept;
        }
        kalman_predict(&track->x, dt, ACCELERATE * track_size(track));
        kalman_predict(&track->foot, dt, ACCELERATE * track_size(track));
    }
}

static void set_seen(Track *track, const Blob *blob, bool alone, int64_t t_us)
{
    track->blob = *blob;
    track->alone = alone;
    track->hits++;
    track->misses = 0;
    track->seen_us = t_us;
}

static void see_alone(Track *track, const Blob *blob, int64_t t_us)
{
    const double size = fmax(2, track_size(track));
    kalman_correct(&track->x, blob->box.x + blob->box.w / 2.0, MEASURE * size);
    kalman_correct(&track->foot, blob->box.y + blob->box.h, MEASURE * size);
    const double gain = track->hits < 3 ? 0.6 : SIZE_GAIN;
    track->w += gain * (blob->box.w - track->w);
    track->h += gain * (blob->box.h - track->h);
    set_seen(track, blob, true, t_us);
}

/* An edge that lies far from where the track should reach is another's. */
static void correct_edge(Kalman *k, double measured, double deviation)
{
    if (fabs(measured - k->x) <= 2 * deviation)
        kalman_correct(k, measured, deviation);
}

/* Corrects the members of a group by the edges of its blob: whoever is predicted furthest left touches its
 * left edge, and so on. The others only stay inside. */
static void see_group(GPtrArray *members, const Blob *blob, int64_t t_us)
{
    const double left = blob->box.x, right = left + blob->box.w, top = blob->box.y,
                 bottom = top + blob->box.h;
    Track *leftmost = g_ptr_array_index(members, 0), *rightmost = leftmost;
    Track *lowest = leftmost, *highest = leftmost;
    for (guint i = 1; i < members->len; i++) {
        Track *track = g_ptr_array_index(members, i);
        leftmost = track->x.x - track->w / 2 < leftmost->x.x - leftmost->w / 2 ? track : leftmost;
        rightmost = track->x.x + track->w / 2 > rightmost->x.x + rightmost->w / 2 ? track : rightmost;
        lowest = track->foot.x > lowest->foot.x ? track : lowest;
        highest = track->foot.x - track->h < highest->foot.x - highest->h ? track : highest;
    }
    double filled = 0;
    for (guint i = 0; i < members->len; i++) {
        const Track *track = g_ptr_array_index(members, i);
        filled += track->w * track->h;
    }
    const bool loose = filled < GROUP_FILL * blob->box.w * blob->box.h;
    for (guint i = 0; i < members->len; i++) {
        Track *track = g_ptr_array_index(members, i);
        if (loose) { /* they come closer to the camera while they are together */
            track->w *= GROUP_GROWTH;
            track->h *= GROUP_GROWTH;
        }
        const double deviation = EDGE_MEASURE * fmax(2, track_size(track));
        track->w = fmin(track->w, blob->box.w);
        track->h = fmin(track->h, blob->box.h);
        if (track == leftmost && track != rightmost)
            correct_edge(&track->x, left + track->w / 2, deviation);
        if (track == rightmost && track != leftmost)
            correct_edge(&track->x, right - track->w / 2, deviation);
        if (track == lowest)
            correct_edge(&track->foot, bottom, deviation);
        else if (track == highest)
            correct_edge(&track->foot, top + track->h, deviation);
        track->x.x = CLAMP(track->x.x, left + track->w / 2, right - track->w / 2);
        track->foot.x = CLAMP(track->foot.x, top + track->h, bottom);
        set_seen(track, blob, false, t_us);
    }
}

/* Notes real movement, and decides whether the track is believed. */
static void judge(Tracker *tracker, Track *track, int64_t t_us)
{
    const double size = fmax(2, track_size(track)), y = track->foot.x - track->h / 2;
    const double moved = hypot(track->x.x - track->anchor_x, y - track->anchor_y) / size;
    if (moved >= STEP && track->misses == 0) {
        track->anchor_x = track->x.x;
        track->anchor_y = y;
        track->anchor_us = t_us;
    }
    if (track->misses == 0) {
        const double away = hypot(track->x.x - track->start_x, y - track->start_y) / size;
        track->reach = fmax(track->reach, away);
    }
    if (track->misses > 0) {
        if (track->state == TRACK_CONFIRMED)
            track->state = TRACK_COASTING;
        return;
    }
    const bool moves = track->reach >= BELIEVED_REACH || track->votes.finds > 0;
    const bool long_enough =
        track->hits >= BELIEVED_HITS && t_us - track->first_us >= tracker->settings->confirm_us;
    if (track->state != TRACK_TENTATIVE || (moves && long_enough))
        track->state = TRACK_CONFIRMED;
}

static bool is_over(const Tracker *tracker, const Track *track, int64_t t_us)
{
    if (track->misses == 0)
        return false;
    if (track->state == TRACK_TENTATIVE)
        return track->misses > TENTATIVE_MISSES;
    const double y = track->foot.x - track->h / 2;
    const bool outside = track->x.x < 0 || y < 0 || track->x.x > tracker->width || y > tracker->height;
    return outside || t_us - track->seen_us > tracker->settings->coast_us;
}

/* Something new beside a track that was thought to hold several: one of them has parted. */
static void part_from_group(Tracker *tracker, const Blob *blob)
{
    for (guint i = 0; i < tracker->tracks->len; i++) {
        Track *track = g_ptr_array_index(tracker->tracks, i);
        const int margin = (int)(track->w / 4) + 2;
        const VisionRect near = {blob->box.x - margin, blob->box.y - margin, blob->box.w + 2 * margin,
                                 blob->box.h + 2 * margin};
        if (track->count < 2 || overlap(track, &near) <= 0)
            continue;
        track->count--;
        track->votes.people = (double)track->count;
        return;
    }
}

static void start_track(Tracker *tracker, const Blob *blob, int64_t t_us)
{
    part_from_group(tracker, blob);
    Track *track = g_new0(Track, 1);
    track->id = tracker->next_id++;
    track->w = blob->box.w;
    track->h = blob->box.h;
    const double size = track_size(track);
    track->x = kalman_start(blob->box.x + track->w / 2, MEASURE * size, START_SPEED * size);
    track->foot = kalman_start(blob->box.y + track->h, MEASURE * size, START_SPEED * size);
    track->anchor_x = track->start_x = track->x.x;
    track->anchor_y = track->start_y = track->foot.x - track->h / 2;
    track->anchor_us = track->first_us = t_us;
    track->count = 1;
    track->votes.looked_us = TIME_UNKNOWN;
    set_seen(track, blob, true, t_us);
    g_ptr_array_add(tracker->tracks, track);
}

/* Puts together the pieces of one believed track that no other track lies in: a car broken by its windows. */
static GArray *join_pieces(const Tracker *tracker, const GArray *blobs)
{
    GArray *joined = g_array_new(FALSE, FALSE, sizeof(Blob));
    g_autofree guint *owner = g_new0(guint, blobs->len); /* track index + 1; 0 none, G_MAXUINT several */
    for (guint b = 0; b < blobs->len; b++) {
        const Blob *blob = &g_array_index(blobs, Blob, b);
        for (guint i = 0; i < tracker->tracks->len; i++) {
            const Track *track = g_ptr_array_index(tracker->tracks, i);
            if (track->state == TRACK_TENTATIVE || overlap(track, &blob->box) <= 0)
                continue;
            const bool inside = overlap(track, &blob->box) >= 0.6 * blob->box.w * blob->box.h;
            owner[b] = owner[b] == 0 && inside ? i + 1 : G_MAXUINT;
        }
    }
    g_autofree guint *place =
        g_new0(guint, tracker->tracks->len + 1); /* of the owner's blob in joined, + 1 */
    for (guint b = 0; b < blobs->len; b++) {
        const Blob blob = g_array_index(blobs, Blob, b);
        const bool owned = owner[b] != 0 && owner[b] != G_MAXUINT;
        if (!owned || place[owner[b]] == 0) {
            g_array_append_val(joined, blob);
            if (owned)
                place[owner[b]] = joined->len;
            continue;
        }
        Blob *whole = &g_array_index(joined, Blob, place[owner[b]] - 1);
        const int right = MAX(whole->box.x + whole->box.w, blob.box.x + blob.box.w);
        const int bottom = MAX(whole->box.y + whole->box.h, blob.box.y + blob.box.h);
        whole->box.x = MIN(whole->box.x, blob.box.x);
        whole->box.y = MIN(whole->box.y, blob.box.y);
        whole->box.w = right - whole->box.x;
        whole->box.h = bottom - whole->box.y;
        const double weight = (double)blob.area / (double)(whole->area + blob.area);
        whole->cx += weight * (blob.cx - whole->cx);
        whole->cy += weight * (blob.cy - whole->cy);
        whole->area += blob.area;
    }
    return joined;
}

/* The believed tracks in a blob: the one assigned to it, and those without a blob that lie in it and are not
 * merely hidden in a blob that is no larger than the assigned track alone. Only the first `rows` tracks have
 * been assigned: those behind them began in this very picture. */
static GPtrArray *find_members(const Tracker *tracker, const Blob *blob, size_t b, const size_t *assigned,
                               size_t rows)
{
    GPtrArray *members = g_ptr_array_new();
    double held = 0;
    for (guint i = 0; i < rows; i++) {
        Track *track = g_ptr_array_index(tracker->tracks, i);
        if (assigned[i] != b)
            continue;
        g_ptr_array_add(members, track);
        held = track->w * track->h;
    }
    const bool roomy = (double)blob->box.w * blob->box.h > 1.25 * held;
    for (guint i = 0; i < rows; i++) {
        Track *track = g_ptr_array_index(tracker->tracks, i);
        if (assigned[i] != ASSIGNMENT_NONE || track->state == TRACK_TENTATIVE || track->misses > 3)
            continue;
        if (overlap(track, &blob->box) >= CLAIM * track->w * track->h && (roomy || !track->alone))
            g_ptr_array_add(members, track);
    }
    return members;
}

static void see_blobs(Tracker *tracker, const GArray *blobs, int64_t t_us)
{
    const size_t rows = tracker->tracks->len, columns = blobs->len;
    g_autofree double *cost = g_new(double, rows *columns + 1);
    g_autofree size_t *assigned = g_new(size_t, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        for (size_t b = 0; b < columns; b++) {
            const Track *track = g_ptr_array_index(tracker->tracks, i);
            const double extra = track->state == TRACK_TENTATIVE ? 0.3 : 0;
            cost[i * columns + b] = match_cost(track, &g_array_index(blobs, Blob, b)) + extra;
        }
    }
    assignment_solve_table(cost, rows, columns, COST_UNMATCHED, assigned);
    for (size_t i = 0; i < rows; i++)
        ((Track *)g_ptr_array_index(tracker->tracks, i))->misses++;
    for (size_t b = 0; b < columns; b++) {
        const Blob *blob = &g_array_index(blobs, Blob, b);
        g_autoptr(GPtrArray) members = find_members(tracker, blob, b, assigned, rows);
        if (members->len == 0)
            start_track(tracker, blob, t_us);
        else if (members->len == 1)
            see_alone(g_ptr_array_index(members, 0), blob, t_us);
        else
            see_group(members, blob, t_us);
    }
}

void tracker_update(Tracker *tracker, const GArray *blobs, int64_t t_us)
{
    if (tracker->started)
        predict(tracker, t_us);
    tracker->started = true;
    tracker->last_us = t_us;
    if (blobs != NULL) {
        g_autoptr(GArray) whole = join_pieces(tracker, blobs);
        see_blobs(tracker, whole, t_us);
    } else {
        for (guint i = 0; i < tracker->tracks->len; i++)
            ((Track *)g_ptr_array_index(tracker->tracks, i))->misses++;
    }
    for (guint i = tracker->tracks->len; i > 0; i--) {
        Track *track = g_ptr_array_index(tracker->tracks, i - 1);
        judge(tracker, track, t_us);
        if (is_over(tracker, track, t_us))
            g_ptr_array_remove_index(tracker->tracks, i - 1);
    }
}
