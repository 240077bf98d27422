/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "behaviours/semantics.h"

#include <string.h>

extern const Semantics semantics_onvif_abandoned_object, semantics_onvif_intrusion,
    semantics_onvif_line_crossing, semantics_onvif_loitering, semantics_onvif_removed_object,
    semantics_deepstream_crowd_limit, semantics_deepstream_intrusion, semantics_deepstream_line_crossing,
    semantics_deepstream_stopped_vehicle, semantics_deepstream_wrong_way, semantics_dlstreamer_intrusion,
    semantics_dlstreamer_line_crossing, semantics_dlstreamer_loitering, semantics_frigate_intrusion,
    semantics_frigate_loitering, semantics_frigate_stopped_vehicle, semantics_frigate_0_13_stopped_vehicle;

const Semantics *const semantics_registry[] = {
    &semantics_onvif_abandoned_object,   &semantics_deepstream_crowd_limit,
    &semantics_deepstream_intrusion,     &semantics_dlstreamer_intrusion,
    &semantics_frigate_intrusion,        &semantics_onvif_intrusion,
    &semantics_deepstream_line_crossing, &semantics_dlstreamer_line_crossing,
    &semantics_onvif_line_crossing,      &semantics_dlstreamer_loitering,
    &semantics_frigate_loitering,        &semantics_onvif_loitering,
    &semantics_onvif_removed_object,     &semantics_deepstream_stopped_vehicle,
    &semantics_frigate_stopped_vehicle,  &semantics_frigate_0_13_stopped_vehicle,
    &semantics_deepstream_wrong_way,     NULL,
};

const char *const semantics_ids[] = {SEMANTICS_OWN,  "deepstream", "dlstreamer", "frigate",
                                     "frigate-0.13", "onvif",      NULL};

const Semantics *semantics_find(const char *behaviour, const char *id)
{
    for (const Semantics *const *place = semantics_registry; *place != NULL; place++) {
        if (strcmp((*place)->rule.id, behaviour) == 0 && strcmp((*place)->rule.wording, id) == 0)
            return *place;
    }
    return NULL;
}

const Behaviour *semantics_rule(const char *behaviour, const char *id)
{
    if (id == NULL || strcmp(id, SEMANTICS_OWN) == 0)
        return behaviour_find(behaviour);
    const Semantics *semantics = semantics_find(behaviour, id);
    return semantics != NULL ? &semantics->rule : NULL;
}

char *semantics_names(const char *behaviour)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; semantics_ids[i] != NULL; i++) {
        if (semantics_rule(behaviour, semantics_ids[i]) != NULL)
            g_ptr_array_add(names, (gpointer)semantics_ids[i]);
    }
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(text, "%s%s",
                               i == 0               ? ""
                               : i + 1 < names->len ? ", "
                                                    : " and ",
                               (const char *)g_ptr_array_index(names, i));
    return g_string_free(text, FALSE);
}
