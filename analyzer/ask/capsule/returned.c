/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capsule/returned.h"

#include "config/dataset.h"
#include "import/alert_map.h"
#include "records/file_hash.h"
#include "records/free.h"

#include <string.h>

/* Times in logs are rounded: an alert may begin this much after the clip's end. */
#define END_SLACK_US (US_PER_SECOND / 2)

static void check_row(const char *path, const AlertRow *row, const Seal *seal, Problems *problems)
{
    const SealedClip *clip = seal_find(seal, row->clip);
    if (clip == NULL)
        problems_add(problems, path, row->line, row->clip_column, "clip",
                     "found “%s”, expected a clip of the capsule, %s to %s", row->clip,
                     ((const SealedClip *)g_ptr_array_index(seal->clips, 0))->name,
                     ((const SealedClip *)g_ptr_array_index(seal->clips, seal->clips->len - 1))->name);
    else if (row->alert->onset_us < 0 || row->alert->onset_us > clip->duration_us + END_SLACK_US)
        problems_add(problems, path, row->line, row->onset_column, "onset_s",
                     "found %.3f s, expected a time in clip %s, which lasts %.3f s",
                     time_to_seconds(row->alert->onset_us), clip->name, time_to_seconds(clip->duration_us));
    else if (strcmp(row->condition, "as-recorded") != 0)
        problems_add(problems, path, row->line, row->condition_column, "condition",
                     "found “%s”, expected none: the clips were handed over as recorded", row->condition);
}

/* What became of the rows of a mapped log that are in no alert; NULL: there is none. Caller frees. */
static char *describe_left_out(const AlertMapCount *count)
{
    const guint ignored = count->ignored + count->ignored_places;
    if (ignored + count->elsewhere + count->alone == 0)
        return NULL;
    return g_strdup_printf("of %u rows %u are to be ignored by the map, %u lie outside of every clip and %u "
                           "end an alert that none began",
                           count->rows, ignored, count->elsewhere, count->alone);
}

/* `left_out`: set to what describe_left_out says. */
static AlertLog *read_log(const char *path, const char *map, const char *dataset_path, const Seal *seal,
                          char **left_out, Problems *problems)
{
    if (map == NULL) {
        g_autoptr(GPtrArray) behaviours = g_ptr_array_new();
        for (guint i = 0; i < seal->behaviours->len; i++)
            g_ptr_array_add(behaviours, g_ptr_array_index(seal->behaviours, i));
        g_ptr_array_add(behaviours, NULL);
        return alert_log_load(path, (const char *const *)behaviours->pdata, problems);
    }
    g_autoptr(Dataset) dataset = dataset_read(dataset_path, problems);
    if (dataset == NULL)
        return NULL;
    AlertMapCount count = {0};
    AlertLog *log = alert_map_read(map, path, dataset, &count, problems);
    *left_out = describe_left_out(&count);
    alert_map_count_clear(&count);
    return log;
}

Returned *returned_read(const char *id, const char *path, const char *map, const char *dataset,
                        const Seal *seal, Problems *problems)
{
    g_autoptr(Returned) returned = g_new0(Returned, 1);
    const guint before = problems_count(problems);
    returned->id = g_strdup(id);
    returned->file = g_path_get_basename(path);
    g_autofree char *left_out = NULL, *repeats = NULL;
    returned->log = read_log(path, map, dataset, seal, &left_out, problems);
    if (returned->log == NULL)
        return NULL;
    returned->sha256 = file_hash(path, NULL);
    if (map == NULL)
        alert_log_collapse(returned->log);
    repeats = alert_log_describe_repeats(returned->log);
    returned->remark = left_out != NULL && repeats != NULL ? g_strjoin("; ", left_out, repeats, NULL)
                                                           : g_strdup(left_out != NULL ? left_out : repeats);
    for (guint i = 0; i < returned->log->rows->len; i++)
        check_row(path, &g_array_index(returned->log->rows, AlertRow, i), seal, problems);
    return problems_count(problems) == before ? g_steal_pointer(&returned) : NULL;
}

DEFINE_FREE(returned_free, Returned, returned, g_free(returned->id), g_free(returned->file),
            g_free(returned->sha256), g_free(returned->remark), alert_log_free(returned->log))

AlertLog *returned_turn_back(const Returned *returned, const Seal *seal, int64_t appearance)
{
    AlertLog *log = alert_log_new();
    for (guint i = 0; i < returned->log->rows->len; i++) {
        const AlertRow *row = &g_array_index(returned->log->rows, AlertRow, i);
        const SealedClip *clip = seal_find(seal, row->clip);
        if (clip == NULL || clip->clip == NULL)
            continue;
        const SealedClip *wanted = seal_appearance(seal, clip, appearance);
        if (wanted == clip || (wanted == NULL && clip->appearance == 1))
            alert_log_add(log, clip->clip, NULL, alert_copy(row->alert));
    }
    return log;
}
