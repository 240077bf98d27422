/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/engine_said.h"

#include "systems/program_hello.h"

json_t *engine_said(const TalkHello *hello, const TalkCounts *counts, int width, int height)
{
    const bool shown = counts->pictures > 0 || counts->dropped > 0; /* else it was handed the file */
    return json_pack("{s:s,s:o,s:o,s:i,s:i,s:o,s:I,s:I,s:o}", "name", hello->name, "version",
                     hello->version != NULL ? json_string(hello->version) : json_null(), "format",
                     shown ? json_string(program_hello_format(hello->format)) : json_null(), "width", width,
                     "height", height, "rate", hello->rate > 0 ? json_real(hello->rate) : json_null(),
                     "pictures", (json_int_t)counts->pictures, "dropped", (json_int_t)counts->dropped,
                     "remarks", json_deep_copy(counts->remarks));
}

GPtrArray *engine_said_restarted(const PlanJob *job, const char *reason)
{
    GPtrArray *looks = g_ptr_array_new_with_free_func((GDestroyNotify)look_record_free);
    for (guint i = 0; i < job->looks->len; i++) {
        const PlanLook *planned = &g_array_index(job->looks, PlanLook, i);
        LookRecord *look = look_record_new(planned->scenario->id, planned->system->id);
        look->reason = g_strdup(reason);
        look->said = json_pack("{s:b}", "restarted", 1);
        g_ptr_array_add(looks, look);
    }
    return looks;
}

char *engine_said_command(const json_t *description)
{
    g_autoptr(GString) text = g_string_new(NULL);
    size_t i;
    json_t *word;
    json_array_foreach(json_object_get(description, "command"), i, word)
    {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", json_string_value(word));
    }
    return g_strdup(text->str);
}
