/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things left and taken, and fires. */
#include "synth/truth_internal.h"

#include <math.h>

#define NEAR_HEIGHTS 1.5 /* of a person as seen: nearer is with the thing */
#define PASSING_S 4.0    /* who is near for no longer than this only passes */
#define UNATTENDED_S 8.0
#define STAY_S 10.0
#define GONE_S 10.0

/* Whether the thing is there and nobody is with it. Distances are in the picture, as the rule has them. */
static bool is_alone(const Script *script, const void *subject, double t_s)
{
    const Item *item = subject;
    if (t_s < item->from_s || (!isnan(item->until_s) && t_s >= item->until_s))
        return false;
    const double aspect = script->view.width / script->view.height;
    for (guint i = 0; i < script->actors->len; i++) {
        const Actor *actor = truth_actor(script, i);
        PathState state;
        if (actor->kind != ACTOR_PERSON || !path_state(&actor->path, t_s, &state))
            continue;
        const double tall =
            actor->height * view_pixels_per_metre(&script->view, state.at.z) / script->view.height;
        if (geometry_distance(view_point(&script->view, state.at), item->at, aspect) <= NEAR_HEIGHTS * tall)
            return false;
    }
    return true;
}

static void add_left(const Script *script, GPtrArray *events, const Item *item)
{
    g_autoptr(GArray) spans = truth_spans(script, is_alone, item, PASSING_S, UNATTENDED_S);
    for (guint i = 0; i < spans->len; i++) {
        const Stay span = g_array_index(spans, Stay, i);
        if (span.end_s - item->from_s >= STAY_S)
            truth_add(script, events, "abandoned-object", span.start_s, span.end_s, "abandoned", item->id);
    }
}

void truth_add_things(const Script *script, GPtrArray *events)
{
    for (guint i = 0; i < script->items->len; i++) {
        const Item *item = g_ptr_array_index(script->items, i);
        if (!isnan(item->from_s))
            add_left(script, events, item);
        else if (!isnan(item->until_s) && item->until_s + GONE_S <= script->duration_s)
            truth_add(script, events, "removed-object", item->until_s, script->duration_s, "removed",
                      item->id);
    }
    for (guint i = 0; i < script->blazes->len; i++) {
        const Blaze *blaze = g_ptr_array_index(script->blazes, i);
        if (blaze->kind == BLAZE_FLAME || blaze->kind == BLAZE_SMOKE)
            truth_add(script, events, "fire-start", blaze->start_s, blaze->end_s,
                      blaze->kind == BLAZE_FLAME ? "flame" : "smoke", NULL);
    }
}
