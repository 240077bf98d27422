/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence/evidence_clip.h"

#include "evidence/evidence_mask.h"
#include "media/writer.h"
#include "records/save.h"
#include "runner/clip_request.h"

#include <string.h>

/* Width of a picture in the report, and the JPEG quality (2 best … 31 worst). */
enum { picture_width = 480, picture_quality = 7 };

const char *evidence_moment_name(EvidenceMoment moment)
{
    static const char *const names[] = {"before", "at", "after"};
    return names[moment];
}

char *evidence_file_name(const EvidenceShot *shot, EvidenceMoment moment)
{
    if (moment == MOMENT_AT)
        return g_strconcat(shot->name, ".jpg", NULL);
    return g_strconcat(shot->name, ".", evidence_moment_name(moment), ".jpg", NULL);
}

/* One picture that is wanted. */
typedef struct {
    int64_t t_us;
    guint shot;
    EvidenceMoment moment;
} View;

typedef struct {
    const EvidenceTask *task;
    GArray *views; /* of View, by time */
    EvidenceMask *mask;
    Still *latest; /* masked and scaled, without labels; alerts of several systems share their pictures */
    json_t *times;
} Session;

static int compare_views(gconstpointer a, gconstpointer b)
{
    const View *x = a, *y = b;
    if (x->t_us != y->t_us)
        return x->t_us < y->t_us ? -1 : 1;
    if (x->shot != y->shot)
        return x->shot < y->shot ? -1 : 1;
    return (int)x->moment - (int)y->moment;
}

void evidence_label(Still *still, const EvidenceTask *task, const EvidenceShot *shot)
{
    g_autofree char *clock = time_format_clock(still->t_us);
    g_autofree char *caption = g_strdup_printf("%s  %s", task->clip->id, clock);
    g_autoptr(GPtrArray) zones = g_ptr_array_new();
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Segment));
    /* Sorted by name: a hash table's own order is not the same everywhere. */
    g_autoptr(GList) zone_names =
        g_list_sort(g_hash_table_get_keys(task->clip->scene->zones), (GCompareFunc)g_strcmp0);
    g_autoptr(GList) line_names =
        g_list_sort(g_hash_table_get_keys(task->clip->scene->lines), (GCompareFunc)g_strcmp0);
    for (const GList *name = zone_names; name != NULL; name = name->next)
        if (g_hash_table_contains(shot->places, name->data))
            g_ptr_array_add(zones, g_hash_table_lookup(task->clip->scene->zones, name->data));
    for (const GList *name = line_names; name != NULL; name = name->next)
        if (g_hash_table_contains(shot->places, name->data))
            g_array_append_vals(lines, g_hash_table_lookup(task->clip->scene->lines, name->data), 1);
    const Labels labels = {.caption = caption,
                           .box = shot->box,
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
    return save_file(path, bytes, (gssize)size, error);
}

Still *evidence_develop(EvidenceMask *mask, Still *still, const GArray *found, GError **error)
{
    return evidence_mask_apply(mask, still, found, error) ? still_scale(still, picture_width, error) : NULL;
}

static bool develop(Session *session, Still *still, GError **error)
{
    if (session->latest != NULL && session->latest->t_us == still->t_us)
        return true;
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(Box));
    if (evidence_mask_wants_people(session->mask) && !evidence_mask_detect(still, people, error))
        return false;
    still_free(session->latest);
    session->latest = evidence_develop(session->mask, still, people, error);
    return session->latest != NULL;
}

static bool take(Still *still, size_t index, void *user, GError **error)
{
    Session *session = user;
    const View *view = &g_array_index(session->views, View, index);
    const EvidenceShot *shot = g_ptr_array_index(session->task->shots, view->shot);
    if (!develop(session, still, error))
        return false;
    g_autoptr(Still) copy = still_scale(session->latest, 0, error);
    if (copy == NULL)
        return false;
    evidence_label(copy, session->task, shot);
    g_autofree char *file = evidence_file_name(shot, view->moment);
    json_array_set_new(json_array_get(session->times, view->shot), (size_t)view->moment,
                       json_integer(still->t_us));
    return save(copy, session->task->folder, file, error);
}

json_t *evidence_photograph(const EvidenceTask *task, GError **error)
{
    g_autoptr(GArray) views = g_array_new(FALSE, FALSE, sizeof(View));
    json_t *times = json_array();
    for (guint i = 0; i < task->shots->len; i++) {
        const EvidenceShot *shot = g_ptr_array_index(task->shots, i);
        json_t *row = json_array();
        for (int m = 0; m < MOMENT_COUNT; m++) {
            const View view = {shot->t_us[m], i, (EvidenceMoment)m};
            g_array_append_val(views, view);
            json_array_append_new(row, json_null());
        }
        json_array_append_new(times, row);
    }
    g_array_sort(views, compare_views);
    g_autofree int64_t *wanted = g_new(int64_t, views->len);
    for (guint i = 0; i < views->len; i++)
        wanted[i] = g_array_index(views, View, i).t_us;
    g_autoptr(EvidenceMask) mask = evidence_mask_new(task->blur, task->observations);
    Session session = {.task = task, .views = views, .mask = mask, .times = times};
    ReplayRequest request = {.condition = task->filter, .steady_clock = task->steady_clock};
    g_auto(ClipRequest) files;
    clip_request_init(&files, task->clip, &request);
    const bool fine = still_visit(task->clip->path, &request, wanted, views->len, take, &session, error);
    still_free(session.latest);
    if (!fine || !evidence_film(task, error)) {
        json_decref(times);
        return NULL;
    }
    return json_pack("{s:o}", "times", times);
}
