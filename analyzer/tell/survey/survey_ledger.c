/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey/survey_ledger.h"

#include "records/error.h"
#include "records/free.h"
#include "records/save.h"
#include "results/fields.h"

#include <errno.h>
#include <string.h>

char *survey_ledger_path(const char *log)
{
    return g_strconcat(log, ".draws", NULL);
}

static void unref_line(gpointer line)
{
    json_decref(line);
}

DEFINE_FREE(survey_ledger_free, SurveyLedger, ledger, g_array_unref(ledger->draws),
            g_ptr_array_unref(ledger->lines), g_free(ledger->text))

static const char *text_of(const json_t *line, const char *key)
{
    return json_string_value(json_object_get(line, key));
}

/* `at`: how many bytes stand before the line. */
static bool add_line(SurveyLedger *ledger, const char *path, const char *text, gsize at, GError **error)
{
    const guint number = ledger->lines->len + 1;
    json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const char *before = text_of(line, "before");
    const ResultsSurveyEarlier draw = {.sha256 = text_of(line, "draw"),
                                       .date = text_of(line, "date"),
                                       .seed = text_of(line, "seed"),
                                       .again = text_of(line, "again")};
    g_ptr_array_add(ledger->lines, line);
    if (before == NULL || draw.sha256 == NULL || draw.date == NULL || draw.seed == NULL) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT,
                    "%s:%u: found no record of a draw, expected one a line", path, number);
        return false;
    }
    g_autofree char *sha256 =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)ledger->text, at);
    if (strcmp(sha256, before) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INTEGRITY,
                    "%s:%u: found other lines before it than when it was written, expected the record of "
                    "draws as vsaudit left it",
                    path, number);
        return false;
    }
    g_array_append_val(ledger->draws, draw);
    return true;
}

SurveyLedger *survey_ledger_read(const char *log, GError **error)
{
    g_autofree char *path = survey_ledger_path(log);
    g_autoptr(SurveyLedger) ledger = g_new0(SurveyLedger, 1);
    ledger->draws = g_array_new(FALSE, FALSE, sizeof(ResultsSurveyEarlier));
    ledger->lines = g_ptr_array_new_with_free_func(unref_line);
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &ledger->text, NULL, &cause)) {
        ledger->text = g_strdup("");
        if (g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return g_steal_pointer(&ledger);
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_INPUT, "%s: cannot be read: %s", path,
                    cause->message);
        return NULL;
    }
    const char *at = ledger->text;
    while (*at != '\0') {
        const gsize length = strcspn(at, "\n");
        g_autofree char *line = g_strndup(at, length);
        if (!add_line(ledger, path, line, (gsize)(at - ledger->text), error))
            return NULL;
        at += length + (at[length] == '\n');
    }
    return g_steal_pointer(&ledger);
}

bool survey_ledger_add(const SurveyLedger *ledger, const char *log, const ResultsSurveyEarlier *draw,
                       GError **error)
{
    g_autofree char *path = survey_ledger_path(log);
    const bool ended = *ledger->text == '\0' || g_str_has_suffix(ledger->text, "\n");
    g_autofree char *so_far = g_strconcat(ledger->text, ended ? "" : "\n", NULL);
    g_autofree char *before = g_compute_checksum_for_string(G_CHECKSUM_SHA256, so_far, -1);
    json_t *line = json_pack("{s:s,s:s,s:s,s:s*,s:s}", "draw", draw->sha256, "date", draw->date, "seed",
                             draw->seed, "again", draw->again, "before", before);
    char *dumped = json_dumps(line, JSON_COMPACT);
    g_autofree char *all = g_strconcat(so_far, dumped, "\n", NULL);
    free(dumped);
    json_decref(line);
    return save_file(path, all, -1, error);
}

int64_t survey_ledger_later(const SurveyLedger *ledger, const char *sha256)
{
    for (guint i = 0; i < ledger->draws->len; i++)
        if (strcmp(g_array_index(ledger->draws, ResultsSurveyEarlier, i).sha256, sha256) == 0)
            return (int64_t)ledger->draws->len - 1 - (int64_t)i;
    return -1;
}
