/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence/evidence_mask.h"

#include "perception/perception.h"
#include "records/free.h"
#include "records/observation_io.h"

/* A tracked box is made larger by this share on every side: heads stick out of boxes. */
static const double margin = 0.15;
/* An observation this much older or younger than the picture still tells where people are. */
static const int64_t near_us = US_PER_SECOND / 5;

typedef struct {
    int64_t t_us;
    Box box;
} Sighting;

struct EvidenceMask {
    EvidenceBlur blur;
    char *path; /* of the observations, or NULL */
    ObservationReader *reader;
    GArray *recent;  /* of Sighting, by time: what was read and is not yet too old */
    int64_t read_us; /* time of the latest observation */
    int64_t last_us; /* time of the latest picture */
    bool ended;
};

EvidenceMask *evidence_mask_new(EvidenceBlur blur, const char *observations)
{
    EvidenceMask *mask = g_new0(EvidenceMask, 1);
    mask->blur = blur == EVIDENCE_BLUR_PERSONS && observations == NULL ? EVIDENCE_BLUR_ALL : blur;
    mask->path = g_strdup(observations);
    mask->recent = g_array_new(FALSE, FALSE, sizeof(Sighting));
    return mask;
}

DEFINE_FREE(evidence_mask_free, EvidenceMask, mask, observation_reader_free(mask->reader),
            g_array_unref(mask->recent), g_free(mask->path))

bool evidence_mask_wants_people(const EvidenceMask *mask)
{
    return mask->blur == EVIDENCE_BLUR_PERSONS;
}

static Box widen(Box box)
{
    return (Box){box.x - margin * box.w, box.y - margin * box.h, box.w * (1 + 2 * margin),
                 box.h * (1 + 2 * margin)};
}

/* Reads on until the observations around t_us are known. Only what is surely a vehicle stays readable. */
static bool read_until(EvidenceMask *mask, int64_t t_us, GError **error)
{
    if (mask->reader == NULL || t_us < mask->last_us) {
        observation_reader_free(mask->reader);
        mask->reader = observation_reader_open(mask->path, error);
        if (mask->reader == NULL)
            return false;
        g_array_set_size(mask->recent, 0);
        mask->read_us = INT64_MIN;
        mask->ended = false;
    }
    mask->last_us = t_us;
    guint old = 0;
    while (old < mask->recent->len && g_array_index(mask->recent, Sighting, old).t_us < t_us - near_us)
        old++;
    g_array_remove_range(mask->recent, 0, old);
    while (!mask->ended && mask->read_us <= t_us + near_us) {
        g_auto(Observation) observation = {0};
        const ObservationReadStatus status = observation_reader_next(mask->reader, &observation, error);
        if (status != OBSERVATION_READ) {
            mask->ended = true;
            return status == OBSERVATION_END;
        }
        mask->read_us = observation.t_us;
        for (size_t k = 0; k < observation.track_count && observation.t_us >= t_us - near_us; k++) {
            const TrackObservation *track = &observation.tracks[k];
            const Sighting sighting = {observation.t_us, widen(track->box)};
            if (track->class != OBJECT_VEHICLE)
                g_array_append_val(mask->recent, sighting);
        }
    }
    return true;
}

bool evidence_mask_detect(const Still *still, GArray *boxes, GError **error)
{
    const size_t width = (size_t)still->width, height = (size_t)still->height;
    g_autofree uint8_t *luma = g_malloc(width * height);
    for (size_t y = 0; y < height; y++) {
        const uint8_t *row = still->pixels + y * (size_t)still->stride;
        for (size_t x = 0; x < width; x++)
            luma[y * width + x] =
                (uint8_t)((299 * row[4 * x + 2] + 587 * row[4 * x + 1] + 114 * row[4 * x] + 500) / 1000);
    }
    const ReplayFrame frame = {.t_us = still->t_us,
                               .width = still->width,
                               .height = still->height,
                               .luma = luma,
                               .luma_stride = still->width};
    return perception_find_people(&frame, boxes, error);
}

/* The whole picture in blocks: nobody can be recognised wherever they stand. */
static void hide_all(Still *still)
{
    /* A tile of this share of the picture's height becomes about 8 blocks across. */
    const double tile_h = 0.25, tile_w = tile_h * still->height / still->width;
    for (double y = 0; y < 1; y += tile_h) {
        for (double x = 0; x < 1; x += tile_w)
            still_pixelate(still->pixels, still->stride, still->width, still->height,
                           (Box){x, y, tile_w, tile_h});
    }
}

bool evidence_mask_apply(EvidenceMask *mask, Still *still, const GArray *found, GError **error)
{
    if (mask->blur == EVIDENCE_BLUR_NONE)
        return true;
    if (mask->blur == EVIDENCE_BLUR_ALL) {
        hide_all(still);
        return true;
    }
    if (!read_until(mask, still->t_us, error))
        return false;
    /* No tracker and no detector finds everybody: what they miss is at least too coarse to be recognised. */
    still_coarsen(still->pixels, still->stride, still->width, still->height);
    for (guint i = 0; i < mask->recent->len; i++) {
        const Sighting *sighting = &g_array_index(mask->recent, Sighting, i);
        if (ABS(still->t_us - sighting->t_us) <= near_us)
            still_pixelate(still->pixels, still->stride, still->width, still->height, sighting->box);
    }
    for (guint i = 0; found != NULL && i < found->len; i++)
        still_pixelate(still->pixels, still->stride, still->width, still->height,
                       g_array_index(found, Box, i));
    return true;
}
