/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One alert that a log holds more than once. */
#include "truth/truth.h"

#include <math.h>
#include <string.h>

static bool same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static bool same_box(Box a, Box b)
{
    if (geometry_box_is_none(a) || geometry_box_is_none(b))
        return geometry_box_is_none(a) == geometry_box_is_none(b);
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

/* A log keeps each of its names once. */
static gboolean same_moment(gconstpointer a, gconstpointer b)
{
    const AlertRow *x = a, *y = b;
    return x->clip == y->clip && x->condition == y->condition && x->alert->onset_us == y->alert->onset_us &&
           strcmp(x->alert->behaviour, y->alert->behaviour) == 0;
}

/* Apart from what same_moment looks at. */
static bool same_rest(const Alert *a, const Alert *b)
{
    return a->decided_us == b->decided_us && a->end_us == b->end_us &&
           same_number(a->confidence, b->confidence) && g_strcmp0(a->label, b->label) == 0 &&
           g_strcmp0(a->note, b->note) == 0 && same_box(a->box, b->box);
}

static gboolean same_row(gconstpointer a, gconstpointer b)
{
    return same_moment(a, b) && same_rest(((const AlertRow *)a)->alert, ((const AlertRow *)b)->alert);
}

static guint hash_moment(gconstpointer key)
{
    const AlertRow *row = key;
    return g_int64_hash(&row->alert->onset_us) * 31 + g_direct_hash(row->clip) * 17 +
           g_str_hash(row->alert->behaviour);
}

void alert_log_collapse(AlertLog *log)
{
    log->repeats = (AlertRepeats){0};
    /* With room for all: the tables below hold places in it. */
    GArray *kept = g_array_sized_new(FALSE, FALSE, sizeof(AlertRow), log->rows->len);
    g_autoptr(GHashTable) rows = g_hash_table_new(hash_moment, same_row);
    g_autoptr(GHashTable) moments = g_hash_table_new(hash_moment, same_moment);
    for (guint i = 0; i < log->rows->len; i++) {
        AlertRow *row = &g_array_index(log->rows, AlertRow, i);
        AlertRow *earlier = g_hash_table_lookup(rows, row);
        if (earlier != NULL) {
            if (log->repeats.repeated++ == 0)
                log->repeats.line = row->line;
            earlier->copies++;
            log->repeats.differing += row->source != earlier->source;
            alert_free(row->alert);
            continue;
        }
        g_array_append_val(kept, *row);
        AlertRow *place = &g_array_index(kept, AlertRow, kept->len - 1);
        g_hash_table_add(rows, place);
        if (g_hash_table_contains(moments, place))
            log->repeats.alike++;
        else
            g_hash_table_add(moments, place);
    }
    g_array_unref(log->rows);
    log->rows = kept;
}

char *alert_log_describe_repeats(const AlertLog *log)
{
    const AlertRepeats *repeats = &log->repeats;
    if (repeats->repeated + repeats->alike == 0)
        return NULL;
    GString *text = g_string_new(NULL);
    if (repeats->repeated > 0) {
        g_string_append_printf(text, "%u row%s an earlier row in %s", repeats->repeated,
                               repeats->repeated == 1 ? " repeats" : "s repeat",
                               repeats->differing == 0 ? "every cell" : "all that is read of it");
        if (repeats->line > 0 && repeats->repeated == 1)
            g_string_append_printf(text, " (line %d)", repeats->line);
        else if (repeats->line > 0)
            g_string_append_printf(text, " (the first in line %d)", repeats->line);
        g_string_append(text, ": what is repeated is counted once");
    }
    if (repeats->alike > 0)
        g_string_append_printf(
            text,
            "%s%u row%s the clip, the behaviour and the onset of an earlier one and differ%s in something "
            "else: counted as %s",
            repeats->repeated > 0 ? "; " : "", repeats->alike, repeats->alike == 1 ? " has" : "s have",
            repeats->alike == 1 ? "s" : "",
            repeats->alike == 1 ? "an alert of its own" : "alerts of their own");
    return g_string_free(text, FALSE);
}

/* The names of two logs have two addresses. */
static guint hash_text(gconstpointer key)
{
    const AlertRow *row = key;
    return g_int64_hash(&row->alert->onset_us) * 31 + g_str_hash(row->clip) * 17 +
           g_str_hash(row->alert->behaviour);
}

static gboolean same_text(gconstpointer a, gconstpointer b)
{
    const AlertRow *x = a, *y = b;
    return strcmp(x->clip, y->clip) == 0 && strcmp(x->condition, y->condition) == 0 &&
           x->alert->onset_us == y->alert->onset_us &&
           strcmp(x->alert->behaviour, y->alert->behaviour) == 0 && same_rest(x->alert, y->alert);
}

bool alert_log_same(const AlertLog *a, const AlertLog *b)
{
    if (a->rows->len != b->rows->len || a->rows->len == 0)
        return false;
    g_autoptr(GHashTable) rows = g_hash_table_new(hash_text, same_text);
    for (guint i = 0; i < a->rows->len; i++)
        g_hash_table_add(rows, &g_array_index(a->rows, AlertRow, i));
    for (guint i = 0; i < b->rows->len; i++) {
        if (!g_hash_table_contains(rows, &g_array_index(b->rows, AlertRow, i)))
            return false;
    }
    return true;
}
