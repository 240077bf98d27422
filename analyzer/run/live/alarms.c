/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/alarms.h"

#include "records/free.h"
#include "records/span.h"

#include <inttypes.h>
#include <math.h>

#define FAULTS_MOST 5

struct Alarms {
    const char *const *behaviours;
    GHashTable *whole; /* set of char *: what alarms told whole have said */
    AlarmCounts counts;
    GPtrArray *alerts;   /* of Alert *, of the clip that is shown */
    GHashTable *open;    /* alert's number + 1 -> Alert *: told in several messages, and not ended */
    GHashTable *outside; /* set of numbers + 1: began in no clip */
    GPtrArray *faults;
};

Alarms *alarms_new(const char *const *behaviours)
{
    Alarms *alarms = g_new0(Alarms, 1);
    alarms->behaviours = behaviours;
    alarms->whole = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    alarms->alerts = alert_array_new();
    alarms->open = g_hash_table_new(NULL, NULL);
    alarms->outside = g_hash_table_new(NULL, NULL);
    alarms->faults = g_ptr_array_new_with_free_func(g_free);
    return alarms;
}

DEFINE_FREE(alarms_free, Alarms, alarms, g_ptr_array_unref(alarms->alerts), g_hash_table_unref(alarms->open),
            g_hash_table_unref(alarms->outside), g_hash_table_unref(alarms->whole),
            g_ptr_array_unref(alarms->faults))

static bool in_clip(const Arrived *arrived)
{
    return arrived->when == ARRIVED_IN_CLIP || arrived->when == ARRIVED_LATE;
}

static gpointer key_of(const MappedAlert *mapped)
{
    return GUINT_TO_POINTER(mapped->joined.alert + 1);
}

static void learn(Alert *alert, const MappedAlert *mapped)
{
    if (!isnan(mapped->confidence))
        alert->confidence = fmax(mapped->confidence, isnan(alert->confidence) ? 0 : alert->confidence);
    if (mapped->label != NULL) {
        g_free(alert->label);
        alert->label = g_strdup(mapped->label);
    }
    if (mapped->note != NULL) {
        g_free(alert->note);
        alert->note = g_strdup(mapped->note);
    }
}

/* Whether all that it says was said before. One that states neither an id nor a time is always another. */
static bool is_told_again(Alarms *alarms, const MappedAlert *mapped)
{
    if (mapped->state != ALERT_WHOLE || (mapped->id == NULL && mapped->time_us == TIME_UNKNOWN))
        return false;
    char *said = g_strdup_printf("%s\t%s\t%s\t%s\t%s\t%" PRId64 "\t%" PRId64 "\t%.9g", mapped->behaviour,
                                 mapped->id, mapped->camera, mapped->label, mapped->note, mapped->time_us,
                                 mapped->end_us, mapped->confidence);
    return !g_hash_table_add(alarms->whole, said);
}

static void begin(Alarms *alarms, const MappedAlert *mapped, const Arrived *arrived)
{
    if (!in_clip(arrived)) {
        alarms->counts.outside++;
        if (mapped->state != ALERT_WHOLE)
            g_hash_table_add(alarms->outside, key_of(mapped));
        return;
    }
    if (alarms_flooded(alarms))
        return;
    Alert *alert = alert_new(mapped->behaviour, arrived->onset_us, arrived->decided_us);
    alert->end_us = TIME_UNKNOWN;
    learn(alert, mapped);
    g_ptr_array_add(alarms->alerts, alert);
    alarms->counts.late += arrived->when == ARRIVED_LATE;
    if (mapped->state != ALERT_WHOLE)
        g_hash_table_insert(alarms->open, key_of(mapped), alert);
}

static void go_on(Alarms *alarms, const MappedAlert *mapped, const Arrived *arrived)
{
    Alert *alert = g_hash_table_lookup(alarms->open, key_of(mapped));
    if (alert != NULL)
        learn(alert, mapped);
    /* It says that one begins, and the end of the one before got lost. */
    else if (in_clip(arrived) && mapped->state == ALERT_NEW)
        begin(alarms, mapped, arrived);
    /* Once alone: it is no longer before the clip. */
    else if (in_clip(arrived) && g_hash_table_remove(alarms->outside, key_of(mapped)))
        alarms->counts.on_before++;
}

static void end(Alarms *alarms, const MappedAlert *mapped, const Arrived *arrived)
{
    Alert *alert = g_hash_table_lookup(alarms->open, key_of(mapped));
    go_on(alarms, mapped, arrived);
    if (alert != NULL && arrived->when == ARRIVED_IN_CLIP) {
        alert->end_us = MAX(arrived->decided_us, alert->decided_us);
        g_hash_table_remove(alarms->open, key_of(mapped));
    }
    g_hash_table_remove(alarms->outside, key_of(mapped));
}

static void add_alert(Alarms *alarms, const MappedAlert *mapped, const Arrived *arrived)
{
    alarms->counts.doubled += mapped->joined.doubled;
    alarms->counts.disordered += mapped->disordered;
    switch (mapped->joined.outcome) {
    case JOIN_OPENED:
        begin(alarms, mapped, arrived);
        break;
    case JOIN_CONTINUED:
        go_on(alarms, mapped, arrived);
        break;
    case JOIN_ENDED:
        end(alarms, mapped, arrived);
        break;
    case JOIN_ALONE:
        alarms->counts.alone++;
        break;
    }
}

guint alarms_add(Alarms *alarms, const GPtrArray *mapped, const Arrived *arrived)
{
    alarms->counts.messages++;
    alarms->counts.retained += mapped == NULL;
    return alarms_add_more(alarms, mapped, arrived);
}

guint alarms_add_more(Alarms *alarms, const GPtrArray *mapped, const Arrived *arrived)
{
    guint began = 0;
    for (guint i = 0; mapped != NULL && i < mapped->len; i++) {
        const MappedAlert *row = g_ptr_array_index(mapped, i);
        alarms->counts.ignored += row->kind == MAPPED_IGNORED;
        alarms->counts.nothing += row->kind == MAPPED_NOTHING;
        alarms->counts.wrong += row->kind == MAPPED_WRONG;
        if (row->kind == MAPPED_WRONG && alarms->faults->len < FAULTS_MOST)
            g_ptr_array_add(alarms->faults, g_strdup(row->why));
        if (row->kind != MAPPED_ALERT)
            continue;
        if (!g_strv_contains(alarms->behaviours, row->behaviour)) {
            alarms->counts.unasked++;
            continue;
        }
        if (is_told_again(alarms, row)) {
            alarms->counts.doubled++;
            continue;
        }
        began += row->joined.outcome == JOIN_OPENED;
        add_alert(alarms, row, arrived);
    }
    return began;
}

GPtrArray *alarms_take(Alarms *alarms, int64_t duration_us, AlarmCounts *counts)
{
    GPtrArray *alerts = alarms->alerts;
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, alarms->open);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        Alert *alert = value;
        alert->end_us = MAX(duration_us, alert->decided_us);
        g_hash_table_add(alarms->outside, key); /* of the next clip it is none */
    }
    g_hash_table_remove_all(alarms->open);
    g_ptr_array_sort(alerts, alert_compare);
    *counts = alarms->counts;
    alarms->counts = (AlarmCounts){0};
    alarms->alerts = alert_array_new();
    return alerts;
}

bool alarms_flooded(const Alarms *alarms)
{
    return alarms->alerts->len >= ALARMS_MOST;
}

GPtrArray *alarms_faults(Alarms *alarms)
{
    GPtrArray *faults = alarms->faults;
    alarms->faults = g_ptr_array_new_with_free_func(g_free);
    return faults;
}
