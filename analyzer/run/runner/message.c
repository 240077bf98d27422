/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/message.h"

#include <math.h>

/* ---- building */

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

static json_t *number_or_null(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

static json_t *time_or_null(int64_t t_us)
{
    return t_us != TIME_UNKNOWN ? json_integer(t_us) : json_null();
}

static json_t *alert_to_json(const Alert *alert)
{
    json_t *json = json_object();
    json_object_set_new(json, "behaviour", json_string(alert->behaviour));
    json_object_set_new(json, "label", text_or_null(alert->label));
    json_object_set_new(json, "onset_us", json_integer(alert->onset_us));
    json_object_set_new(json, "decided_us", json_integer(alert->decided_us));
    json_object_set_new(json, "end_us", time_or_null(alert->end_us));
    json_object_set_new(json, "confidence", number_or_null(alert->confidence));
    json_object_set_new(json, "note", text_or_null(alert->note));
    json_object_set_new(json, "box",
                        geometry_box_is_none(alert->box)
                            ? json_null()
                            : json_pack("[f,f,f,f]", alert->box.x, alert->box.y, alert->box.w, alert->box.h));
    json_t *ids = json_null();
    if (alert->track_ids != NULL) {
        ids = json_array();
        for (guint i = 0; i < alert->track_ids->len; i++)
            json_array_append_new(ids, json_integer(g_array_index(alert->track_ids, int64_t, i)));
    }
    json_object_set_new(json, "track_ids", ids);
    return json;
}

static json_t *look_to_json(const LookRecord *look)
{
    json_t *alerts = json_array();
    for (guint i = 0; i < look->alerts->len; i++)
        json_array_append_new(alerts, alert_to_json(g_ptr_array_index(look->alerts, i)));
    json_t *json = json_pack("{s:s,s:s,s:o,s:o,s:O,s:o}", "scenario", look->scenario, "system", look->system,
                             "reason", text_or_null(look->reason), "alerts", alerts, "counters",
                             look->counters, "series", count_samples_to_json(look->series));
    if (look->said != NULL)
        json_object_set(json, "said", look->said);
    return json;
}

json_t *message_build(const JobRecord *record, const GPtrArray *looks)
{
    json_t *list = json_array();
    for (guint i = 0; i < looks->len; i++)
        json_array_append_new(list, look_to_json(g_ptr_array_index(looks, i)));
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "quality", clip_quality_to_json(record->quality),
                     "duration_us", time_or_null(record->duration_us), "aspect",
                     number_or_null(record->aspect), "file_sha256", text_or_null(record->file_sha256),
                     "observations", text_or_null(record->observations), "looks", list);
}

/* ---- parsing: false or NULL when it is not what was built above */

static int64_t time_of(const json_t *json)
{
    return json_is_integer(json) ? json_integer_value(json) : TIME_UNKNOWN;
}

static double number_of(const json_t *json)
{
    return json_is_number(json) ? json_number_value(json) : (double)NAN;
}

static Alert *alert_from_json(const json_t *json)
{
    const char *behaviour = json_string_value(json_object_get(json, "behaviour"));
    const json_t *onset = json_object_get(json, "onset_us"), *decided = json_object_get(json, "decided_us");
    const json_t *box = json_object_get(json, "box"), *ids = json_object_get(json, "track_ids");
    if (behaviour == NULL || !json_is_integer(onset) || !json_is_integer(decided))
        return NULL;
    Alert *alert = alert_new(behaviour, json_integer_value(onset), json_integer_value(decided));
    alert->label = g_strdup(json_string_value(json_object_get(json, "label")));
    alert->note = g_strdup(json_string_value(json_object_get(json, "note")));
    alert->end_us = time_of(json_object_get(json, "end_us"));
    alert->confidence = number_of(json_object_get(json, "confidence"));
    if (json_array_size(box) == 4)
        alert->box = (Box){.x = number_of(json_array_get(box, 0)),
                           .y = number_of(json_array_get(box, 1)),
                           .w = number_of(json_array_get(box, 2)),
                           .h = number_of(json_array_get(box, 3))};
    if (json_is_array(ids)) {
        alert->track_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
        size_t i;
        json_t *item;
        json_array_foreach(ids, i, item)
        {
            const int64_t id = json_integer_value(item);
            g_array_append_val(alert->track_ids, id);
        }
    }
    return alert;
}

static LookRecord *look_from_json(const json_t *json)
{
    const char *scenario = json_string_value(json_object_get(json, "scenario"));
    const char *system = json_string_value(json_object_get(json, "system"));
    json_t *counters = json_object_get(json, "counters");
    const json_t *alerts = json_object_get(json, "alerts");
    if (scenario == NULL || system == NULL || !json_is_object(counters) || !json_is_array(alerts))
        return NULL;
    g_autoptr(LookRecord) look = look_record_new(scenario, system);
    look->reason = g_strdup(json_string_value(json_object_get(json, "reason")));
    json_decref(look->counters);
    look->counters = json_incref(counters);
    look->said = json_incref(json_object_get(json, "said"));
    if (!count_samples_from_json(json_object_get(json, "series"), &look->series))
        return NULL;
    size_t i;
    json_t *item;
    json_array_foreach(alerts, i, item)
    {
        Alert *alert = alert_from_json(item);
        if (alert == NULL)
            return NULL;
        g_ptr_array_add(look->alerts, alert);
    }
    return g_steal_pointer(&look);
}

static bool fail(GError **error)
{
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "the worker sent a result that cannot be read");
    return false;
}

bool message_parse(const json_t *message, JobRecord *record, GPtrArray *looks, GError **error)
{
    const json_t *list = json_object_get(message, "looks");
    g_autoptr(ClipQuality) quality = clip_quality_from_json(json_object_get(message, "quality"), NULL);
    if (quality == NULL || !json_is_array(list))
        return fail(error);
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        LookRecord *look = look_from_json(item);
        if (look == NULL)
            return fail(error);
        g_ptr_array_add(looks, look);
    }
    record->status = JOB_DONE;
    record->quality = g_steal_pointer(&quality);
    record->duration_us = time_of(json_object_get(message, "duration_us"));
    record->aspect = number_of(json_object_get(message, "aspect"));
    record->file_sha256 = g_strdup(json_string_value(json_object_get(message, "file_sha256")));
    record->observations = g_strdup(json_string_value(json_object_get(message, "observations")));
    return true;
}

json_t *message_build_late(guint place, const char *reason)
{
    return json_pack("{s:i,s:s}", "late", (int)place, "reason", reason);
}

const char *message_late(const json_t *message, guint *place)
{
    const json_t *late = json_object_get(message, "late");
    *place = (guint)json_integer_value(late);
    return late != NULL ? json_string_value(json_object_get(message, "reason")) : NULL;
}
