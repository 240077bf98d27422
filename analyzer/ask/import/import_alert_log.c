/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/alert_map.h"
#include "import/importer.h"
#include "import/log_origin.h"
#include "records/error.h"

/* The sum of the rows: what became of every one of them. */
static void tell_count(const ImportRequest *request, const AlertMapCount *count, const AlertLog *log)
{
    GString *told = request->told;
    g_string_append_printf(told, "%s: %u row%s: %u alert%s, %u of a kind to ignore, %u outside of every clip",
                           request->to, count->rows, count->rows == 1 ? "" : "s", count->taken,
                           count->taken == 1 ? "" : "s", count->ignored, count->elsewhere);
    if (count->ignored_places > 0)
        g_string_append_printf(told, ", %u of a clip or a camera to ignore", count->ignored_places);
    if (log->repeats.repeated > 0)
        g_string_append_printf(told, ", %u that repeat%s another", log->repeats.repeated,
                               log->repeats.repeated == 1 ? "s" : "");
    if (count->joined > 0)
        g_string_append_printf(told, ", %u that go on with another or end it", count->joined);
    if (count->alone > 0)
        g_string_append_printf(told, ", %u that end%s an alert that none began", count->alone,
                               count->alone == 1 ? "s" : "");
    g_string_append_c(told, '\n');
    if (count->barren > 0)
        g_string_append_printf(told, "  %u document%s without a row\n", count->barren,
                               count->barren == 1 ? "" : "s");
    if (count->endless > 0)
        g_string_append_printf(told, "  %u alert%s that began and did not end in the log\n", count->endless,
                               count->endless == 1 ? "" : "s");
    for (guint i = 0; i < count->notes->len; i++)
        g_string_append_printf(told, "  %s\n", (const char *)g_ptr_array_index(count->notes, i));
    if (count->elsewhere > count->notes->len)
        g_string_append_printf(told, "  and %u more\n", count->elsewhere - count->notes->len);
}

/* What whoever reads the alerts must know. */
static void warn(const ImportRequest *request, const AlertMapCount *count, const AlertLog *log)
{
    GPtrArray *warnings = request->warnings;
    char *repeats = alert_log_describe_repeats(log);
    if (repeats != NULL)
        g_ptr_array_add(warnings, repeats);
    if (log->repeats.differing > 0)
        g_ptr_array_add(
            warnings,
            g_strdup_printf(
                "%u of the repeated rows %s not the same in the log: what the map reads of them says the "
                "same "
                "in other words, or they differ in columns that it passes over. If they are alerts of their "
                "own, name the column that tells them apart under columns (note: …)",
                log->repeats.differing, log->repeats.differing == 1 ? "is" : "are"));
    if (count->doubled > 0)
        g_ptr_array_add(
            warnings, g_strdup_printf("%u row%s the state once more that a row of the same alert said before",
                                      count->doubled, count->doubled == 1 ? " says" : "s say"));
    if (count->disordered > 0)
        g_ptr_array_add(warnings,
                        g_strdup_printf("warning: %u row%s earlier than a row of the same alert before",
                                        count->disordered, count->disordered == 1 ? " is" : "s are"));
    if (count->shown_twice > 0)
        g_ptr_array_add(
            warnings,
            g_strdup_printf(
                "warning: %u row%s in an hour that the change of clocks repeats: such a time is taken as the "
                "first of the two that lies in a clip; a log that writes the offset from UTC (%%z in the "
                "map’s time) leaves no doubt",
                count->shown_twice, count->shown_twice == 1 ? " lies" : "s lie"));
    if (count->suspicion.suspected) {
        g_autoptr(Phrase) said = shift_sentence(&count->suspicion, SHIFT_INTO_CLIPS);
        g_autofree char *warning = phrase_render(said, texts_of("en"));
        g_ptr_array_add(warnings, g_strconcat("warning: ", warning, NULL));
    }
    if (count->taken == 0)
        g_ptr_array_add(warnings,
                        g_strdup_printf("warning: no row became an alert: %s is the log of a system that "
                                        "never alerts; is the export complete?",
                                        request->to));
}

static bool convert(const ImportRequest *request, GError **error)
{
    if (request->map == NULL || request->dataset == NULL) {
        g_set_error_literal(
            error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
            "an alert log needs --map FILE, which says what its columns or paths are, and --dataset FILE, "
            "whose clips it is about");
        return false;
    }
    g_autoptr(Problems) problems = problems_new();
    g_autoptr(Dataset) dataset = dataset_read(request->dataset, problems);
    if (!problems_to_error(problems, error))
        return false;
    AlertMapCount count;
    g_autoptr(AlertLog) log = alert_map_read(request->map, request->from, dataset, &count, problems);
    const bool good = problems_first_to_error(problems, error) &&
                      alert_log_write_csv(log, request->to, error) &&
                      log_origin_write(request->to, request->from, request->map, &count, log, error);
    if (good) {
        tell_count(request, &count, log);
        warn(request, &count, log);
    }
    alert_map_count_clear(&count);
    return good;
}

extern const Importer importer_alert_log;
const Importer importer_alert_log = {
    "alert-log",
    "a vendor’s own log of alerts (CSV with any columns, JSON, JSON by lines, XML) into an alert log;\n"
    "--map says what its columns or paths, times and words mean (format: scenarios/README.md, “alert map”)",
    convert};
