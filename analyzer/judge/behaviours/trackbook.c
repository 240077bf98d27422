/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/trackbook.h"

#include "records/free.h"

#include <math.h>

/* A new track takes over the memory of a lost one that was no further than this away, in box heights. */
#define SUCCESSION_REACH 1.0

typedef struct {
    int64_t id;
    Point foot;
} Birth;

DEFINE_DESTROY(memory_free, TrackMemory, memory, g_array_unref(memory->trail))

void track_book_init(TrackBook *book, size_t size, double aspect, int64_t trail_us, int64_t gap_us)
{
    g_assert(size >= sizeof(TrackMemory));
    *book = (TrackBook){.size = size, .trail_us = trail_us, .gap_us = gap_us, .aspect = aspect};
    book->births = g_array_new(FALSE, FALSE, sizeof(Birth));
    book->tracks = g_ptr_array_new_with_free_func(memory_free);
    book->dropped = g_ptr_array_new_with_free_func(memory_free);
}

void track_book_clear(TrackBook *book)
{
    g_clear_pointer(&book->births, g_array_unref);
    g_clear_pointer(&book->tracks, g_ptr_array_unref);
    g_clear_pointer(&book->dropped, g_ptr_array_unref);
}

static TrackMemory *find(const TrackBook *book, int64_t id)
{
    for (guint i = 0; i < book->tracks->len; i++) {
        TrackMemory *memory = g_ptr_array_index(book->tracks, i);
        if (memory->id == id)
            return memory;
    }
    return NULL;
}

static bool one_kind(ObjectClass a, ObjectClass b)
{
    return a == b || a == OBJECT_UNKNOWN || b == OBJECT_UNKNOWN;
}

/* The lost track that this new one continues, or NULL. */
static TrackMemory *find_predecessor(const TrackBook *book, const TrackObservation *track, int64_t t_us)
{
    TrackMemory *nearest = NULL;
    double least = INFINITY;
    for (guint i = 0; i < book->tracks->len; i++) {
        TrackMemory *memory = g_ptr_array_index(book->tracks, i);
        if (memory->seen || t_us - memory->seen_us > book->gap_us || !one_kind(memory->class, track->class))
            continue;
        const double distance = geometry_distance(memory->foot, track->foot, book->aspect);
        if (distance <= SUCCESSION_REACH * memory->box.h && distance < least) {
            least = distance;
            nearest = memory;
        }
    }
    return nearest;
}

static void remember(const TrackBook *book, TrackMemory *memory, const TrackObservation *track, int64_t t_us)
{
    memory->seen = true;
    memory->seen_us = t_us;
    if (track->class != OBJECT_UNKNOWN)
        memory->class = track->class;
    memory->box = track->box;
    memory->foot = track->foot;
    memory->count = track->count;
    const TrackSample sample = {t_us, track->foot, track->box.h};
    g_array_append_val(memory->trail, sample);
    guint old = 0;
    while (t_us - g_array_index(memory->trail, TrackSample, old).t_us > book->trail_us)
        old++;
    g_array_remove_range(memory->trail, 0, old);
}

/* Keeps the first places of the tracks that are there but not believed; those of all others go. */
static void note_births(TrackBook *book, const Observation *observation)
{
    GArray *births = g_array_new(FALSE, FALSE, sizeof(Birth));
    for (size_t i = 0; i < observation->track_count; i++) {
        const TrackObservation *track = &observation->tracks[i];
        if (track->state != TRACK_TENTATIVE)
            continue;
        Birth birth = {track->id, track->foot};
        for (guint j = 0; j < book->births->len; j++) {
            const Birth *known = &g_array_index(book->births, Birth, j);
            if (known->id == track->id)
                birth.foot = known->foot;
        }
        g_array_append_val(births, birth);
    }
    g_array_unref(book->births);
    book->births = births;
}

static Point find_birth(const TrackBook *book, const TrackObservation *track)
{
    for (guint i = 0; i < book->births->len; i++) {
        const Birth *birth = &g_array_index(book->births, Birth, i);
        if (birth->id == track->id)
            return birth->foot;
    }
    return track->foot;
}

static void enter(TrackBook *book, const TrackObservation *track, int64_t t_us)
{
    TrackMemory *memory = find_predecessor(book, track, t_us);
    if (memory == NULL) {
        memory = g_malloc0(book->size);
        memory->class = track->class;
        memory->first_us = t_us;
        memory->born = find_birth(book, track);
        memory->trail = g_array_new(FALSE, FALSE, sizeof(TrackSample));
        g_ptr_array_add(book->tracks, memory);
    }
    memory->id = track->id;
    remember(book, memory, track, t_us);
}

void track_book_observe(TrackBook *book, const Observation *observation)
{
    const int64_t t_us = observation->t_us;
    for (guint i = 0; i < book->tracks->len; i++) {
        TrackMemory *memory = g_ptr_array_index(book->tracks, i);
        memory->seen = memory->predicted = false;
    }
    /* The known ones first, so that a new track never takes over the memory of one that is there. */
    for (size_t i = 0; i < observation->track_count; i++) {
        const TrackObservation *track = &observation->tracks[i];
        TrackMemory *memory = track->state != TRACK_TENTATIVE ? find(book, track->id) : NULL;
        if (memory != NULL && track->state == TRACK_CONFIRMED)
            remember(book, memory, track, t_us);
        else if (memory != NULL)
            memory->predicted = true;
    }
    for (size_t i = 0; i < observation->track_count; i++) {
        const TrackObservation *track = &observation->tracks[i];
        if (track->state == TRACK_CONFIRMED && find(book, track->id) == NULL)
            enter(book, track, t_us);
    }
    note_births(book, observation);
    g_ptr_array_set_size(book->dropped, 0);
    for (guint i = 0; i < book->tracks->len;) {
        const TrackMemory *memory = g_ptr_array_index(book->tracks, i);
        if (t_us - memory->seen_us > book->gap_us)
            g_ptr_array_add(book->dropped, g_ptr_array_steal_index(book->tracks, i));
        else
            i++;
    }
}

bool track_velocity(const TrackMemory *track, int64_t end_us, int64_t window_us, double aspect, double *vx,
                    double *vy)
{
    const TrackSample *first = NULL, *last = NULL;
    for (guint i = 0; i < track->trail->len; i++) {
        const TrackSample *sample = &g_array_index(track->trail, TrackSample, i);
        if (sample->t_us < end_us - window_us || sample->t_us > end_us)
            continue;
        first = first == NULL ? sample : first;
        last = sample;
    }
    *vx = *vy = (double)NAN;
    if (first == NULL || last->t_us - first->t_us < MAX(window_us / 2, 1) || first->height <= 0)
        return false;
    const double seconds = time_to_seconds(last->t_us - first->t_us);
    const double height = (first->height + last->height) / 2;
    *vx = (last->foot.x - first->foot.x) * aspect / height / seconds;
    *vy = (last->foot.y - first->foot.y) / height / seconds;
    return true;
}

bool track_is_fast(const TrackMemory *track, int64_t end_us, int64_t window_us, double speed, double aspect)
{
    const int64_t half_us = window_us / 2;
    const struct {
        int64_t end_us, window_us;
        double least;
    } spans[] = {
        {end_us, window_us, speed}, {end_us, half_us, speed / 2}, {end_us - half_us, half_us, speed / 2}};
    for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
        double vx = 0, vy = 0;
        if (!track_velocity(track, spans[i].end_us, spans[i].window_us, aspect, &vx, &vy) ||
            hypot(vx, vy) < spans[i].least)
            return false;
    }
    return true;
}

double line_distance(Segment line, Point point, double aspect)
{
    const double dx = (line.b.x - line.a.x) * aspect, dy = line.b.y - line.a.y;
    const double length = hypot(dx, dy);
    const double px = (point.x - line.a.x) * aspect, py = point.y - line.a.y;
    return length > 0 ? fabs(dx * py - dy * px) / length : hypot(px, py);
}

static void add_track(GArray *ids, const TrackMemory *memory)
{
    g_array_append_val(ids, memory->id);
}

static Box box_around(Box a, Box b)
{
    const double x = MIN(a.x, b.x), y = MIN(a.y, b.y);
    return (Box){x, y, MAX(a.x + a.w, b.x + b.w) - x, MAX(a.y + a.h, b.y + b.h) - y};
}

Alert *alert_raise(GPtrArray *alerts, const char *behaviour, const char *label, int64_t onset_us,
                   int64_t decided_us, const TrackMemory *first, const TrackMemory *second)
{
    Alert *alert = alert_new(behaviour, onset_us, decided_us);
    alert->label = g_strdup(label);
    if (first != NULL) {
        alert->track_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
        add_track(alert->track_ids, first);
        alert->box = first->box;
    }
    if (first != NULL && second != NULL) {
        add_track(alert->track_ids, second);
        alert->box = box_around(first->box, second->box);
    }
    g_ptr_array_add(alerts, alert);
    return alert;
}
