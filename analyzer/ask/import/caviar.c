/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/caviar.h"

#include "records/error.h"
#include "records/free.h"
#include "records/observation_io.h"
#include "truth/truth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 384
#define HEIGHT 288
#define STEP_US (40 * US_PER_SECOND / 1000)
#define AWAY_US (US_PER_SECOND / 5) /* a name that was away for longer is another track */
#define JUMP 20.0                   /* pixels from row to row: likewise */
#define BAND 32                     /* rows of the picture that share a scale */
#define BANDS (HEIGHT / BAND)
#define WALK_US (8 * US_PER_SECOND / 10) /* the speed of a walk is that over this time */
#define WALK_SPEED 0.85                  /* heights a second */
#define WALK_LEAST 100                   /* measurements that a band needs */
#define BODY_WIDTH 0.4                   /* of a person's height */
#define RUN_GAP_US (US_PER_SECOND / 2)   /* breaks that one run may have */
#define STAND_US (15 * US_PER_SECOND)    /* standing about that is called loitering */
#define STAND_GAP_US (2 * US_PER_SECOND) /* breaks that it may have */

typedef enum {
    DOING_UNKNOWN,
    DOING_WALKING,
    DOING_ACTIVE,
    DOING_INACTIVE,
    DOING_RUNNING,
    DOING_ABRUPT
} Doing;
static const char *const doing_names[] = {"", "walking", "active", "inactive", "running", "abrupt"};

typedef struct {
    int64_t t_us; /* from the first row */
    int64_t track;
    double x, y; /* pixels */
    bool placed; /* x and y are known */
    Doing doing;
} Sample;

struct Caviar {
    GPtrArray *tracks; /* of GArray of Sample, each in order of time */
    GArray *samples;   /* of Sample, by time, then track */
    double heights[BANDS];
    int64_t duration_us;
};

DEFINE_FREE(caviar_free, Caviar, caviar, g_ptr_array_unref(caviar->tracks), g_array_unref(caviar->samples))

int64_t caviar_duration(const Caviar *caviar)
{
    return caviar->duration_us;
}

int64_t caviar_tracks(const Caviar *caviar)
{
    return caviar->tracks->len;
}

/* ---- reading */

static bool refuse(const char *path, size_t line, const char *found, GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s:%zu: found “%s”, expected coord|ms|ms|true|person|x|y or "
                "walking, active, inactive, running or abrupt|ms|ms|true|person, in order of time",
                path, line, found);
    return false;
}

static bool parse_number(const char *text, double *out)
{
    char *end = NULL;
    *out = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*out) && fabs(*out) < 1e9;
}

static Doing find_doing(const char *name)
{
    for (size_t i = 1; i < G_N_ELEMENTS(doing_names); i++) {
        if (strcmp(doing_names[i], name) == 0)
            return (Doing)i;
    }
    return DOING_UNKNOWN;
}

/* The rows about one person at one time are one sample of `people` (name -> GArray of Sample). */
static Sample *sample_of(GHashTable *people, const char *name, int64_t t_us)
{
    GArray *samples = g_hash_table_lookup(people, name);
    if (samples == NULL) {
        samples = g_array_new(FALSE, TRUE, sizeof(Sample));
        g_hash_table_insert(people, g_strdup(name), samples);
    }
    Sample *last = samples->len > 0 ? &g_array_index(samples, Sample, samples->len - 1) : NULL;
    if (last != NULL && last->t_us == t_us)
        return last;
    const Sample fresh = {.t_us = t_us};
    g_array_append_val(samples, fresh);
    return &g_array_index(samples, Sample, samples->len - 1);
}

static bool read_row(GHashTable *people, const char *row, int64_t *first_us, int64_t *last_us)
{
    g_auto(GStrv) fields = g_strsplit(row, "|", -1);
    const guint count = g_strv_length(fields);
    double t_ms = 0, x = 0, y = 0;
    const bool place = count == 7 && strcmp(fields[0], "coord") == 0;
    const Doing doing = count == 5 ? find_doing(fields[0]) : DOING_UNKNOWN;
    if ((!place && doing == DOING_UNKNOWN) || !parse_number(fields[1], &t_ms) || t_ms < 0 ||
        *fields[4] == '\0' || (place && (!parse_number(fields[5], &x) || !parse_number(fields[6], &y))))
        return false;
    const int64_t t_us = (int64_t)llround(t_ms * 1000);
    if (*first_us == TIME_UNKNOWN)
        *first_us = t_us;
    if (*last_us != TIME_UNKNOWN && t_us < *last_us)
        return false;
    *last_us = t_us;
    if (strcmp(fields[3], "true") != 0)
        return true;
    Sample *sample = sample_of(people, fields[4], t_us - *first_us);
    if (place) {
        sample->placed = true;
        sample->x = x;
        sample->y = y;
    } else {
        sample->doing = doing;
    }
    return true;
}

/* ---- tracks */

/* Cuts what one name did into tracks. */
static void cut(GPtrArray *tracks, const GArray *samples)
{
    GArray *track = NULL;
    const Sample *last = NULL;
    for (guint i = 0; i < samples->len; i++) {
        const Sample *sample = &g_array_index(samples, Sample, i);
        if (!sample->placed)
            continue;
        if (last == NULL || sample->t_us - last->t_us > AWAY_US ||
            hypot(sample->x - last->x, sample->y - last->y) > JUMP) {
            track = g_array_new(FALSE, FALSE, sizeof(Sample));
            g_ptr_array_add(tracks, track);
        }
        g_array_append_vals(track, sample, 1);
        last = sample;
    }
}

static int compare_tracks(gconstpointer a, gconstpointer b)
{
    const GArray *const *first = a, *const *second = b;
    const Sample *x = &g_array_index(*first, Sample, 0), *y = &g_array_index(*second, Sample, 0);
    const int later = (x->t_us > y->t_us) - (x->t_us < y->t_us);
    return later != 0 ? later : (x->x > y->x) - (x->x < y->x);
}

static int compare_samples(gconstpointer a, gconstpointer b)
{
    const Sample *x = a, *y = b;
    const int later = (x->t_us > y->t_us) - (x->t_us < y->t_us);
    return later != 0 ? later : (x->track > y->track) - (x->track < y->track);
}

static void order(Caviar *caviar)
{
    g_ptr_array_sort(caviar->tracks, compare_tracks);
    for (guint i = 0; i < caviar->tracks->len; i++) {
        GArray *track = g_ptr_array_index(caviar->tracks, i);
        for (guint k = 0; k < track->len; k++)
            g_array_index(track, Sample, k).track = i + 1;
        g_array_append_vals(caviar->samples, track->data, track->len);
    }
    g_array_sort(caviar->samples, compare_samples);
}

/* ---- scale */

static int compare_doubles(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int band_of(double y)
{
    return CLAMP((int)(y / BAND), 0, BANDS - 1);
}

static void add_walks(const GArray *track, GArray *const *speeds)
{
    guint from = 0;
    for (guint i = 0; i < track->len; i++) {
        const Sample *now = &g_array_index(track, Sample, i);
        while (now->t_us - g_array_index(track, Sample, from).t_us > WALK_US)
            from++;
        const Sample *then = &g_array_index(track, Sample, from);
        if (now->t_us - then->t_us != WALK_US || now->doing != DOING_WALKING || then->doing != DOING_WALKING)
            continue;
        const double speed = hypot(now->x - then->x, now->y - then->y) / time_to_seconds(WALK_US);
        g_array_append_val(speeds[band_of((now->y + then->y) / 2)], speed);
    }
}

/* The median walker goes WALK_SPEED of his heights a second. Nobody looks smaller nearer to the camera. */
static bool take_scale(Caviar *caviar)
{
    GArray *speeds[BANDS];
    for (int band = 0; band < BANDS; band++)
        speeds[band] = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < caviar->tracks->len; i++)
        add_walks(g_ptr_array_index(caviar->tracks, i), speeds);
    double least = 0, first = 0;
    for (int band = 0; band < BANDS; band++) {
        GArray *values = speeds[band];
        if (values->len >= WALK_LEAST) {
            g_array_sort(values, compare_doubles);
            least = fmax(least, g_array_index(values, double, values->len / 2) / WALK_SPEED);
            first = first > 0 ? first : least;
        }
        caviar->heights[band] = least;
        g_array_unref(values);
    }
    for (int band = 0; band < BANDS && caviar->heights[band] <= 0; band++)
        caviar->heights[band] = first;
    return first > 0;
}

/* Between the middles of two bands, in proportion. */
static double height_at(const Caviar *caviar, double y)
{
    const double at = CLAMP(y / BAND - 0.5, 0, BANDS - 1);
    const int band = MIN((int)at, BANDS - 2);
    return caviar->heights[band] + (at - band) * (caviar->heights[band + 1] - caviar->heights[band]);
}

Caviar *caviar_load(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, NULL, &cause)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read (%s)", path,
                    cause->message);
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GHashTable) people =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    int64_t first_us = TIME_UNKNOWN, last_us = TIME_UNKNOWN;
    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *row = g_strchomp(lines[i]);
        if (*row != '\0' && !read_row(people, row, &first_us, &last_us)) {
            refuse(path, i + 1, row, error);
            return NULL;
        }
    }
    g_autoptr(Caviar) caviar = g_new0(Caviar, 1);
    caviar->tracks = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    caviar->samples = g_array_new(FALSE, FALSE, sizeof(Sample));
    caviar->duration_us = last_us - first_us + STEP_US;
    GHashTableIter iter;
    gpointer samples = NULL;
    g_hash_table_iter_init(&iter, people);
    while (g_hash_table_iter_next(&iter, NULL, &samples))
        cut(caviar->tracks, samples);
    order(caviar);
    if (take_scale(caviar))
        return g_steal_pointer(&caviar);
    g_set_error(
        error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
        "%s: found too few people who walk, expected at least %d measurements of a walk to tell how tall "
        "people look",
        path, WALK_LEAST);
    return NULL;
}

/* ---- observations */

static TrackObservation observe(const Caviar *caviar, const Sample *sample)
{
    const double height = height_at(caviar, sample->y) / HEIGHT;
    const double width = BODY_WIDTH * height * HEIGHT / WIDTH;
    const Point foot = {sample->x / WIDTH, sample->y / HEIGHT};
    const GArray *track = g_ptr_array_index(caviar->tracks, sample->track - 1);
    return (TrackObservation){.id = sample->track,
                              .class = OBJECT_PERSON,
                              .state = TRACK_CONFIRMED,
                              .box = {foot.x - width / 2, foot.y - height, width, height},
                              .foot = foot,
                              .first_us = g_array_index(track, Sample, 0).t_us,
                              .seen_us = sample->t_us,
                              .count = 1};
}

bool caviar_write_observations(const Caviar *caviar, const char *clip, const char *path, GError **error)
{
    const ObservationHeader header = {.clip = (char *)clip,
                                      .condition = (char *)"as-recorded",
                                      .aspect = (double)WIDTH / HEIGHT,
                                      .perception = (char *)"people"};
    g_autoptr(ObservationWriter) writer = observation_writer_open(path, &header, error);
    guint next = 0;
    for (int64_t t_us = 0; writer != NULL && t_us < caviar->duration_us; t_us += STEP_US) {
        g_auto(Observation) observation;
        observation_init(&observation, t_us);
        observation.duration_us = STEP_US;
        g_autoptr(GArray) tracks = g_array_new(FALSE, FALSE, sizeof(TrackObservation));
        for (; next < caviar->samples->len; next++) {
            const Sample *sample = &g_array_index(caviar->samples, Sample, next);
            if (sample->t_us >= t_us + STEP_US)
                break;
            const TrackObservation track = observe(caviar, sample);
            g_array_append_val(tracks, track);
        }
        observation.track_count = tracks->len;
        observation.tracks = g_memdup2(tracks->data, tracks->len * sizeof(TrackObservation));
        if (!observation_writer_add(writer, &observation, error))
            return false;
    }
    return writer != NULL && observation_writer_finish(writer, error);
}

/* ---- truth */

/* Adds the spans of the track in which the person does one of the two for at least `least_us`. */
static void add_spans(const GArray *track, Doing one, Doing other, int64_t gap_us, int64_t least_us,
                      SpanList *spans)
{
    int64_t start_us = TIME_UNKNOWN, last_us = 0;
    for (guint i = 0; i <= track->len; i++) {
        const Sample *sample = i < track->len ? &g_array_index(track, Sample, i) : NULL;
        const bool doing = sample != NULL && (sample->doing == one || sample->doing == other);
        const bool over =
            start_us != TIME_UNKNOWN && (sample == NULL || (doing && sample->t_us - last_us > gap_us));
        if (over && last_us - start_us >= least_us)
            span_list_add(spans, start_us, last_us);
        if (doing && (over || start_us == TIME_UNKNOWN))
            start_us = sample->t_us;
        if (doing)
            last_us = sample->t_us + STEP_US;
    }
}

static void add_events(Truth *truth, const char *clip, const char *behaviour, const SpanList *spans)
{
    for (guint i = 0; i < spans->spans->len; i++) {
        const Span *span = &g_array_index(spans->spans, Span, i);
        truth_add_event(truth, clip, event_new(behaviour, span->start_us, span->end_us));
    }
}

bool caviar_write_truth(const Caviar *caviar, const char *clip, const char *path, GError **error)
{
    g_auto(SpanList) runs, stands;
    span_list_init(&runs);
    span_list_init(&stands);
    for (guint i = 0; i < caviar->tracks->len; i++) {
        const GArray *track = g_ptr_array_index(caviar->tracks, i);
        add_spans(track, DOING_RUNNING, DOING_RUNNING, RUN_GAP_US, 0, &runs);
        add_spans(track, DOING_INACTIVE, DOING_ACTIVE, STAND_GAP_US, STAND_US, &stands);
    }
    g_autoptr(Truth) truth = truth_new();
    truth_add_coverage(truth, clip, "running", (Span){0, caviar->duration_us});
    truth_add_coverage(truth, clip, "loitering", (Span){0, caviar->duration_us});
    add_events(truth, clip, "running", &runs);
    add_events(truth, clip, "loitering", &stands);
    return truth_write_csv(truth, path, error);
}
