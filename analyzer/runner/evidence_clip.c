/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/evidence_clip.h"

#include "media/still.h"
#include "media/writer.h"
#include "perception/perception.h"
#include "records/observation_io.h"

/* Width of a picture in the report, and the JPEG quality (2 best … 31 worst). */
enum { picture_width = 640, picture_quality = 6 };
/* A tracked box is made larger by this share on every side: heads stick out of boxes. */
static const double margin = 0.15;
/* An observation this much older or younger than the picture still tells where people are. */
static const int64_t near_us = US_PER_SECOND / 5;

static Box widen(Box box)
{
    return (Box){box.x - margin * box.w, box.y - margin * box.h, box.w * (1 + 2 * margin),
                 box.h * (1 + 2 * margin)};
}

/* Adds to boxes[i] what was tracked around the i-th time. Only what is surely a vehicle stays readable. */
static bool add_tracked(const char *path, const GPtrArray *stills, GArray **boxes, GError **error)
{
    g_autoptr(ObservationReader) reader = observation_reader_open(path, error);
    if (reader == NULL)
        return false;
    for (;;) {
        g_auto(Observation) observation = {0};
        const ObservationReadStatus status = observation_reader_next(reader, &observation, error);
        if (status != OBSERVATION_READ)
            return status == OBSERVATION_END;
        for (guint i = 0; i < stills->len; i++) {
            const Still *still = g_ptr_array_index(stills, i);
            if (ABS(still->t_us - observation.t_us) > near_us)
                continue;
            for (size_t k = 0; k < observation.track_count; k++) {
                const TrackObservation *track = &observation.tracks[k];
                if (track->class == OBJECT_VEHICLE)
                    continue;
                const Box box = widen(track->box);
                g_array_append_val(boxes[i], box);
            }
        }
    }
}

/* The people detector looks at brightness and colour in its own layout. */
static bool add_detected(const Still *still, GArray *boxes, GError **error)
{
    const size_t pixels = (size_t)still->width * (size_t)still->height;
    g_autofree uint8_t *bgr = g_malloc(pixels * 3), *luma = g_malloc(pixels);
    for (int y = 0; y < still->height; y++) {
        const uint8_t *row = still->pixels + (size_t)y * (size_t)still->stride;
        for (int x = 0; x < still->width; x++) {
            const size_t at = (size_t)y * (size_t)still->width + (size_t)x;
            const uint8_t blue = row[4 * x], green = row[4 * x + 1], red = row[4 * x + 2];
            bgr[3 * at] = blue;
            bgr[3 * at + 1] = green;
            bgr[3 * at + 2] = red;
            luma[at] = (uint8_t)((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }
    }
    const ReplayFrame frame = {.t_us = still->t_us,
                               .width = still->width,
                               .height = still->height,
                               .luma = luma,
                               .luma_stride = still->width,
                               .bgr = bgr,
                               .bgr_stride = 3 * still->width};
    return perception_find_people(&frame, boxes, error);
}

/* The whole picture in blocks: nobody can be recognised wherever they stand. */
static void coarsen(Still *still)
{
    /* A tile of this share of the picture's height becomes about 8 blocks across. */
    const double tile_h = 0.25, tile_w = tile_h * still->height / still->width;
    for (double y = 0; y < 1; y += tile_h) {
        for (double x = 0; x < 1; x += tile_w)
            still_pixelate(still->pixels, still->stride, still->width, still->height,
                           (Box){x, y, tile_w, tile_h});
    }
}

static bool blur(Still *still, EvidenceBlur how, GArray *boxes, GError **error)
{
    if (how == EVIDENCE_BLUR_NONE)
        return true;
    if (how == EVIDENCE_BLUR_ALL) {
        coarsen(still);
        return true;
    }
    if (!add_detected(still, boxes, error))
        return false;
    /* No tracker and no detector finds everybody: what they miss is at least too coarse to be recognised. */
    still_coarsen(still->pixels, still->stride, still->width, still->height);
    for (guint i = 0; i < boxes->len; i++)
        still_pixelate(still->pixels, still->stride, still->width, still->height,
                       g_array_index(boxes, Box, i));
    return true;
}

static void label(Still *still, const EvidenceTask *task, const EvidenceShot *shot)
{
    g_autofree char *clock = time_format_clock(shot->t_us);
    g_autofree char *caption = g_strdup_printf("%s  %s", task->clip->id, clock);
    g_autoptr(GPtrArray) zones = g_ptr_array_new();
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Segment));
    /* Sorted by name: a hash table's own order is not the same everywhere. */
    g_autoptr(GList) zone_names =
        g_list_sort(g_hash_table_get_keys(task->clip->scene->zones), (GCompareFunc)g_strcmp0);
    g_autoptr(GList) line_names =
        g_list_sort(g_hash_table_get_keys(task->clip->scene->lines), (GCompareFunc)g_strcmp0);
    for (const GList *name = zone_names; name != NULL; name = name->next)
        g_ptr_array_add(zones, g_hash_table_lookup(task->clip->scene->zones, name->data));
    for (const GList *name = line_names; name != NULL; name = name->next)
        g_array_append_vals(lines, g_hash_table_lookup(task->clip->scene->lines, name->data), 1);
    const Labels labels = {.caption = caption,
                           .box = shot->box,
                           .box_label = shot->caption,
                           .zones = (const Polygon *const *)zones->pdata,
                           .zone_count = zones->len,
                           .lines = (const Segment *)(const void *)lines->data,
                           .line_count = lines->len};
    still_draw(still->pixels, still->stride, still->width, still->height, &labels);
}

static bool save(const Still *still, const char *folder, const char *file, GError **error)
{
    g_autoptr(GBytes) jpeg =
        writer_encode_jpeg(still->pixels, still->stride, still->width, still->height, picture_quality, error);
    if (jpeg == NULL)
        return false;
    g_autofree char *path = g_build_filename(folder, "evidence", file, NULL);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(jpeg, &size);
    return g_file_set_contents(path, bytes, (gssize)size, error);
}

json_t *evidence_photograph(const EvidenceTask *task, GError **error)
{
    const guint count = task->shots->len;
    g_autofree int64_t *times = g_new(int64_t, count);
    g_autofree GArray **boxes = g_new(GArray *, count);
    for (guint i = 0; i < count; i++)
        times[i] = ((const EvidenceShot *)g_ptr_array_index(task->shots, i))->t_us;
    g_autoptr(GPtrArray) stills =
        still_fetch(task->clip->path, task->filter, 0, picture_width, times, count, error);
    if (stills == NULL)
        return NULL;
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < count; i++) {
        boxes[i] = g_array_new(FALSE, FALSE, sizeof(Box));
        g_ptr_array_add(owned, boxes[i]);
    }
    const EvidenceBlur how =
        task->blur == EVIDENCE_BLUR_PERSONS && task->observations == NULL ? EVIDENCE_BLUR_ALL : task->blur;
    if (how == EVIDENCE_BLUR_PERSONS && !add_tracked(task->observations, stills, boxes, error))
        return NULL;
    json_t *written = json_array();
    for (guint i = 0; i < count; i++) {
        Still *still = g_ptr_array_index(stills, i);
        const EvidenceShot *shot = g_ptr_array_index(task->shots, i);
        if (!blur(still, how, boxes[i], error)) {
            json_decref(written);
            return NULL;
        }
        label(still, task, shot);
        if (!save(still, task->folder, shot->file, error)) {
            json_decref(written);
            return NULL;
        }
        json_array_append_new(written, json_true());
    }
    return json_pack("{s:o}", "written", written);
}
