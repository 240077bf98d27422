/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluate/results_footage.h"

#include "language/phrase.h"

/* What two replays have in common when their pictures are the same; NULL when it is not known. */
static const char *pictures_of(const JobRecord *job)
{
    if (job->status != JOB_DONE)
        return NULL;
    if (job->quality != NULL && job->quality->luma_chain != NULL)
        return job->quality->luma_chain;
    return job->file_sha256;
}

int64_t results_count_copies(const Scored *scored, int64_t *out_us)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) clips = g_hash_table_new(NULL, NULL);
    int64_t copies = 0;
    *out_us = 0;
    for (guint i = 0; i < scored->facts->len; i++) {
        const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
        if (!clip_facts_failed(facts))
            g_hash_table_add(clips, (gpointer)facts->clip);
    }
    for (guint i = 0; i < scored->facts->len; i++) {
        const ClipFacts *facts = &g_array_index(scored->facts, ClipFacts, i);
        const char *pictures = pictures_of(facts->job);
        if (clip_facts_failed(facts))
            continue;
        const bool replayed_before = pictures != NULL && !g_hash_table_add(known, (char *)pictures);
        if (!replayed_before &&
            (facts->clip->copy_of == NULL || !g_hash_table_contains(clips, facts->clip->copy_of)))
            continue;
        copies++;
        *out_us += MAX(clip_facts_duration(facts), 0);
    }
    return copies;
}

void results_append_copies(const GPtrArray *jobs, json_t *limits)
{
    enum { MOST_NAMES = 10 };
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < jobs->len; i++) {
        JobRecord *job = g_ptr_array_index(jobs, i);
        const char *pictures = pictures_of(job);
        if (pictures == NULL)
            continue;
        g_autofree char *key = g_strdup_printf("%s\1%s\1%s", job->dataset, job->condition, pictures);
        const JobRecord *first = g_hash_table_lookup(known, key);
        if (first == NULL) {
            g_hash_table_insert(known, g_steal_pointer(&key), job);
            continue;
        }
        Phrase *name = phrase_own(phrase_new("limit.clip_copy"), "clip", job->clip);
        g_ptr_array_add(names, phrase_own(name, "original", first->clip));
    }
    g_autoptr(Phrase) limit = phrase_names(phrase_new("limit.copies"), "clips", names, MOST_NAMES);
    if (names->len > 0)
        json_array_append_new(limits, phrase_json(limit));
}
