/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plan_scope.h"

#include "scoring/scope.h"

#include <stdio.h>

/* Clips that name no camera may all be from one, and count as one. */
static guint count_cameras(const Scenario *scenario)
{
    g_autoptr(GHashTable) cameras = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) clips = scenario_clips(scenario);
    for (guint i = 0; i < clips->len; i++) {
        const Clip *clip = g_ptr_array_index(clips, i);
        g_hash_table_add(cameras, clip->camera_unnamed ? (char *)"" : clip->camera);
    }
    return g_hash_table_size(cameras);
}

void plan_scope(const Scenario *scenario, const Claim *claim, json_t *record)
{
    const guint cameras = count_cameras(scenario);
    const bool places = claim->scope == CLAIM_OF_PLACES;
    if (record != NULL) {
        json_object_set_new(record, "scope", json_string(scope_names[claim->scope]));
        json_object_set_new(record, "cameras", json_integer(cameras));
        json_object_set_new(record, "cameras_at_least", places ? json_integer(PLACES_LEAST) : json_null());
    } else if (!places) {
        printf("  It is to speak of these clips alone.\n");
    } else if (cameras < PLACES_LEAST) {
        printf(
            "  It is to speak of places like these: that takes at least %d cameras as well, and there %s %u. "
            "With fewer it is not established, whatever comes out.\n",
            PLACES_LEAST, cameras == 1 ? "is" : "are", cameras);
    } else {
        printf("  It is to speak of places like these (%u cameras): where cameras differ it takes more than "
               "this.\n",
               cameras);
    }
}
