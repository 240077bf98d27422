/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short clips of false alerts and misses, masked as the stills are. */
#include "evidence/evidence_clip.h"
#include "media/writer.h"
#include "runner/clip_request.h"

enum { pictures_a_second = 10 };
/* So long before and after the moment. */
static const int64_t reach_us = 5 * US_PER_SECOND;
/* People are looked for this often; what is found then is masked until it was looked twice again. */
static const int64_t look_us = US_PER_SECOND / 2;

typedef struct {
    const EvidenceTask *task;
    const EvidenceShot *shot;
    const char *path;
    int64_t first_us;
    GPtrArray *looks; /* of GArray * of Box: what the detector found every look_us from first_us */
    EvidenceMask *mask;
    Writer *writer;
    int width, height;
} Film;

static bool look(Still *still, size_t index, void *user, GError **error)
{
    Film *film = user;
    g_ptr_array_set_size(film->looks, (gint)index);
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    g_ptr_array_add(film->looks, boxes);
    return evidence_mask_detect(still, boxes, error);
}

/* What was found at the looks just before and just after the picture. */
static GArray *boxes_around(const Film *film, int64_t t_us)
{
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(Box));
    const int64_t step = (t_us - film->first_us) / look_us;
    for (int64_t k = MAX(step - 1, 0); k <= step + 1 && k < (int64_t)film->looks->len; k++) {
        const GArray *found = g_ptr_array_index(film->looks, (guint)k);
        g_array_append_vals(boxes, found->data, found->len);
    }
    return boxes;
}

static bool add(Still *still, size_t index, void *user, GError **error)
{
    Film *film = user;
    if (index == 0) { /* the visit may begin again */
        writer_abort(film->writer);
        film->writer = NULL;
    }
    g_autoptr(GArray) found = boxes_around(film, still->t_us);
    g_autoptr(Still) small = evidence_develop(film->mask, still, found, error);
    if (small == NULL)
        return false;
    evidence_label(small, film->task, film->shot);
    if (film->writer == NULL) {
        film->width = small->width & ~1;
        film->height = small->height & ~1;
        film->writer = writer_open(film->path, film->width, film->height, pictures_a_second, 1, error);
    }
    if (film->writer == NULL)
        return false;
    /* A clip whose picture size changes on the way keeps the first one's. */
    return small->width < film->width || small->height < film->height ||
           writer_add_bgrx(film->writer, small->pixels, small->stride, error);
}

static int64_t *list_times(int64_t from_us, int64_t to_us, int64_t step_us, size_t *count)
{
    *count = (size_t)((to_us - from_us) / step_us) + 1;
    int64_t *times = g_new(int64_t, *count);
    for (size_t i = 0; i < *count; i++)
        times[i] = from_us + (int64_t)i * step_us;
    return times;
}

static bool film_shot(const EvidenceTask *task, const EvidenceShot *shot, GError **error)
{
    g_autofree char *file = g_strconcat(shot->name, ".mp4", NULL);
    g_autofree char *path = g_build_filename(task->folder, "evidence", file, NULL);
    g_autoptr(EvidenceMask) mask = evidence_mask_new(task->blur, task->observations);
    g_autoptr(GPtrArray) looks = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    const int64_t from = MAX(shot->t_us[MOMENT_AT] - reach_us, 0);
    const int64_t to = MAX(MIN(shot->t_us[MOMENT_AT] + reach_us, shot->end_us), from);
    Film film = {.task = task, .shot = shot, .path = path, .first_us = from, .looks = looks, .mask = mask};
    const char *clip = task->clip->path;
    ReplayRequest request = {.condition = task->filter, .steady_clock = task->steady_clock};
    g_auto(ClipRequest) files;
    clip_request_init(&files, task->clip, &request);
    size_t count;
    g_autofree int64_t *rare = list_times(from, to, look_us, &count);
    if (evidence_mask_wants_people(mask) && !still_visit(clip, &request, rare, count, look, &film, error))
        return false;
    g_autofree int64_t *often = list_times(from, to, US_PER_SECOND / pictures_a_second, &count);
    if (!still_visit(clip, &request, often, count, add, &film, error)) {
        writer_abort(film.writer);
        return false;
    }
    return writer_close(film.writer, error);
}

bool evidence_film(const EvidenceTask *task, GError **error)
{
    for (guint i = 0; i < task->shots->len; i++) {
        const EvidenceShot *shot = g_ptr_array_index(task->shots, i);
        if (shot->film && !film_shot(task, shot, error))
            return false;
    }
    return true;
}
