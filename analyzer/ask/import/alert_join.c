/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_join.h"

#include "records/free.h"

#include <string.h>

const char *const alert_state_names[] = {"whole", "new", "update", "end", NULL};

int alert_state_named(const char *name)
{
    for (int i = 0; i < ALERT_STATES; i++)
        if (strcmp(alert_state_names[i], name) == 0)
            return i;
    return -1;
}

typedef struct {
    guint alert;
    bool begun; /* a message began it; else only its end was seen */
    AlertState last;
} Entry;

struct AlertJoin {
    GHashTable *entries; /* key -> Entry * */
    guint count, open;
};

AlertJoin *alert_join_new(void)
{
    AlertJoin *join = g_new0(AlertJoin, 1);
    join->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return join;
}

DEFINE_FREE(alert_join_free, AlertJoin, join, g_hash_table_unref(join->entries))

guint alert_join_open(const AlertJoin *join)
{
    return join->open;
}

static Joined begin(AlertJoin *join, Entry *entry, AlertState state)
{
    entry->alert = join->count++;
    entry->begun = true;
    entry->last = state;
    join->open++;
    return (Joined){JOIN_OPENED, entry->alert, false};
}

Joined alert_join_add(AlertJoin *join, const char *key, bool by_id, AlertState state)
{
    if (state == ALERT_WHOLE)
        return (Joined){JOIN_OPENED, join->count++, false};
    Entry *entry = g_hash_table_lookup(join->entries, key);
    const bool is_new = entry == NULL;
    if (is_new) {
        entry = g_new0(Entry, 1);
        g_hash_table_insert(join->entries, g_strdup(key), entry);
    }
    const AlertState last = entry->last;
    const bool ended = !is_new && last == ALERT_END;
    if (!entry->begun && state == ALERT_END) {
        entry->last = state;
        return (Joined){JOIN_ALONE, 0, ended};
    }
    if (!entry->begun || (ended && state == ALERT_NEW) || (ended && state == ALERT_UPDATE && !by_id))
        return begin(join, entry, state);
    const bool doubled = state == last && state != ALERT_UPDATE;
    if (state == ALERT_END && !ended) {
        entry->last = state;
        join->open--;
        return (Joined){JOIN_ENDED, entry->alert, false};
    }
    if (!ended)
        /* A NEW that was followed by updates is the same state once more. */
        entry->last = state == ALERT_UPDATE && last == ALERT_NEW ? ALERT_NEW : state;
    return (Joined){JOIN_CONTINUED, entry->alert, doubled};
}
