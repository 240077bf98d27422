/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "systems/program_book.h"

#include "records/free.h"

#include <math.h>
#include <string.h>

ProgramBook *program_book_new(const char *const *behaviours)
{
    ProgramBook *book = g_new0(ProgramBook, 1);
    book->behaviours = g_ptr_array_new_with_free_func(g_free);
    for (; *behaviours != NULL; behaviours++)
        g_ptr_array_add(book->behaviours, g_strdup(*behaviours));
    book->alerts = alert_array_new();
    book->open = g_hash_table_new(g_str_hash, g_str_equal);
    book->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return book;
}

DEFINE_FREE(program_book_free, ProgramBook, book, g_hash_table_unref(book->open),
            g_hash_table_unref(book->ids), g_ptr_array_unref(book->alerts),
            g_ptr_array_unref(book->behaviours))

static bool check_time(const char *key, int64_t t_us, int64_t from_us, int64_t now_us, GError **error)
{
    if (t_us >= from_us && t_us <= now_us)
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "%s: found %" PRId64 ", expected a time from %" PRId64 " to %" PRId64
                ", where the clip has been shown so far",
                key, t_us, from_us, now_us);
    return false;
}

static bool check_behaviour(const ProgramBook *book, const char *behaviour, GError **error)
{
    if (g_ptr_array_find_with_equal_func(book->behaviours, behaviour, g_str_equal, NULL))
        return true;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < book->behaviours->len; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(book->behaviours, i));
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "alert.behaviour: found “%.80s”, expected one that was asked for: %s", behaviour, names->str);
    return false;
}

static bool check_confidence(double confidence, GError **error)
{
    if (isnan(confidence) || (confidence >= 0 && confidence <= 1))
        return true;
    g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                "alert.confidence: found %g, expected a number from 0 to 1", confidence);
    return false;
}

static Box box_of(const ProgramLine *line)
{
    const json_t *box = json_object_get(line->json, "box");
    if (!json_is_array(box))
        return BOX_NONE;
    return (Box){json_number_value(json_array_get(box, 0)), json_number_value(json_array_get(box, 1)),
                 json_number_value(json_array_get(box, 2)), json_number_value(json_array_get(box, 3))};
}

static bool take_alert(ProgramBook *book, const ProgramLine *line, int64_t now_us, GError **error)
{
    const char *behaviour = program_line_text(line, "behaviour"), *id = program_line_text(line, "id");
    const int64_t onset_us = program_line_int(line, "onset_us", 0);
    const int64_t end_us = program_line_int(line, "end_us", TIME_UNKNOWN);
    const double confidence = program_line_number(line, "confidence", (double)NAN);
    if (!check_behaviour(book, behaviour, error) || !check_confidence(confidence, error) ||
        !check_time("alert.onset_us", onset_us, 0, now_us, error) ||
        (end_us != TIME_UNKNOWN && !check_time("alert.end_us", end_us, onset_us, now_us, error)))
        return false;
    if (id != NULL && g_hash_table_contains(book->ids, id)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "alert.id: found “%.80s” a second time, expected each id once in a clip", id);
        return false;
    }
    Alert *alert = alert_new(behaviour, onset_us, now_us);
    alert->label = g_strdup(program_line_text(line, "label"));
    alert->confidence = confidence;
    alert->box = box_of(line);
    alert->end_us = end_us; /* what it alerts on may be over before it is sure of it, as in a log */
    g_ptr_array_add(book->alerts, alert);
    if (id == NULL)
        return true;
    char *kept = g_strdup(id);
    g_hash_table_add(book->ids, kept);
    if (end_us == TIME_UNKNOWN)
        g_hash_table_insert(book->open, kept, alert);
    return true;
}

static bool take_end(ProgramBook *book, const ProgramLine *line, int64_t now_us, GError **error)
{
    const char *id = program_line_text(line, "id");
    const int64_t end_us = program_line_int(line, "end_us", 0);
    Alert *alert = g_hash_table_lookup(book->open, id);
    if (alert == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "alert-end.id: found “%.80s”, expected the id of an alert that has not ended", id);
        return false;
    }
    if (!check_time("alert-end.end_us", end_us, alert->onset_us, now_us, error))
        return false;
    alert->end_us = end_us;
    g_hash_table_remove(book->open, id);
    return true;
}

bool program_book_take(ProgramBook *book, const ProgramLine *line, int64_t now_us, GError **error)
{
    if (now_us < 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "found an alert before the first picture, expected none");
        return false;
    }
    return line->type == LINE_ALERT ? take_alert(book, line, now_us, error)
                                    : take_end(book, line, now_us, error);
}

void program_book_close(ProgramBook *book, int64_t end_us)
{
    for (guint i = 0; i < book->alerts->len; i++) {
        Alert *alert = g_ptr_array_index(book->alerts, i);
        if (alert->end_us == TIME_UNKNOWN)
            alert->end_us = MAX(end_us, alert->decided_us);
        alert->onset_us = alert_onset_within(alert->onset_us, end_us, INT64_MAX);
    }
}
