/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the instances is scored. */
#include "truth/actev_parts.h"

#include <math.h>

static gint compare_confidences(gconstpointer a, gconstpointer b)
{
    const ActevRecord *left = *(ActevRecord *const *)a, *right = *(ActevRecord *const *)b;
    return left->confidence > right->confidence ? -1 : left->confidence < right->confidence;
}

/* The lowest confidence that is kept of the activity; INFINITY: none. */
static double find_cut(const ActevSet *set, int activity, int64_t most)
{
    g_autoptr(GPtrArray) own = g_ptr_array_new();
    for (guint i = 0; i < set->systems->len; i++)
        if (((const ActevRecord *)g_ptr_array_index(set->systems, i))->activity == activity)
            g_ptr_array_add(own, g_ptr_array_index(set->systems, i));
    g_ptr_array_sort(own, compare_confidences);
    double cut = INFINITY;
    int64_t frames = 0;
    for (guint i = 0; i < own->len; i++) {
        const ActevRecord *record = g_ptr_array_index(own, i);
        const ActevRecord *next = i + 1 < own->len ? g_ptr_array_index(own, i + 1) : NULL;
        frames += span_list_total(&record->on);
        if ((next == NULL || next->confidence != record->confidence) && frames < most)
            cut = record->confidence;
    }
    return cut;
}

void actev_prune(const ActevDocument *document, ActevSet *set, double share)
{
    int64_t frames = 0;
    for (guint i = 0; i < set->files->len; i++) {
        const Span *first =
            &g_array_index(((const ActevIndexed *)g_ptr_array_index(set->files, i))->selected.spans, Span, 0);
        frames += first->end_us - first->start_us + 1;
    }
    const int64_t most = (int64_t)((double)frames * share);
    g_autofree double *cuts = g_new(double, set->activities->len);
    for (guint i = 0; i < set->activities->len; i++)
        cuts[i] = find_cut(set, (int)i, most);
    const guint before = set->systems->len;
    for (guint i = set->systems->len; i-- > 0;) {
        const ActevRecord *record = g_ptr_array_index(set->systems, i);
        if (record->confidence < cuts[record->activity])
            g_ptr_array_remove_index(set->systems, i);
    }
    g_ptr_array_add(
        set->remarks,
        g_strdup_printf("%s: %u of %u system instances pruned: of each activity the surest are kept "
                        "while they are on for less than %" PRId64 " frames",
                        document->path, before - set->systems->len, before, most));
}

void actev_drop_unreferenced(ActevSet *set)
{
    g_autofree int *place = g_new0(int, set->activities->len + 1);
    for (guint i = 0; i < set->references->len; i++)
        place[((const ActevRecord *)g_ptr_array_index(set->references, i))->activity] = 1;
    GPtrArray *kept = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) dropped = g_string_new(NULL);
    for (guint i = 0; i < set->activities->len; i++) {
        const char *name = g_ptr_array_index(set->activities, i);
        if (place[i] == 0)
            g_string_append_printf(dropped, "%s%s", dropped->len > 0 ? ", " : "", name);
        else
            g_ptr_array_add(kept, g_strdup(name));
        place[i] = place[i] == 0 ? -1 : (int)kept->len - 1;
    }
    for (guint i = 0; i < set->references->len; i++) {
        ActevRecord *record = g_ptr_array_index(set->references, i);
        record->activity = place[record->activity];
    }
    int64_t lost = 0;
    for (guint i = set->systems->len; i-- > 0;) {
        ActevRecord *record = g_ptr_array_index(set->systems, i);
        record->activity = place[record->activity];
        if (record->activity < 0) {
            g_ptr_array_remove_index(set->systems, i);
            lost++;
        }
    }
    if (dropped->len > 0)
        g_ptr_array_add(set->remarks,
                        g_strdup_printf("activities without a reference that counts, left out with %" PRId64
                                        " system instances: %s (--actev-all-activities scores them)",
                                        lost, dropped->str));
    g_ptr_array_unref(set->activities);
    set->activities = kept;
}
