/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_reports.h"

#include "bundle/bag.h"
#include "bundle/cells.h"
#include "bundle/tree.h"
#include "bundle/wording.h"
#include "evaluate/results.h"
#include "records/error.h"
#include "report/report.h"
#include "results/document.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What every report has; a PDF, which must be asked for, is made by another program, whose bytes are its own. */
static char **list_formats(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const ReportFormat *const *format = report_formats; *format != NULL; format++)
        if (!(*format)->on_request)
            g_ptr_array_add(names, g_strdup((*format)->name));
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

/* Into a folder that looks like the bag's: a report links to pictures only beside itself, and has its date
 * from run.json. Both are taken away afterwards. */
static bool write_reports(const char *data, const char *folder, const json_t *stored, GError **error)
{
    g_auto(GStrv) formats = list_formats();
    g_autofree char *pictures = g_build_filename(data, "evidence", NULL);
    g_autofree char *target = g_canonicalize_filename(pictures, NULL);
    g_autofree char *link = g_build_filename(folder, "evidence", NULL);
    g_autofree char *facts = g_build_filename(data, "run.json", NULL);
    g_autofree char *facts_copy = g_build_filename(folder, "run.json", NULL);
    if (!tree_copy(facts, folder, "run.json", NULL, error))
        return false;
    if (g_file_test(pictures, G_FILE_TEST_IS_DIR) && symlink(target, link) != 0) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_HARNESS, "%s: cannot be made: %s", link,
                    g_strerror(errno));
        return false;
    }
    /* In a form that we do not know, what it shares with ours can be written all the same. */
    json_t *ours = json_copy((json_t *)stored);
    json_object_set_new(ours, "schema", json_string(RESULTS_SCHEMA));
    const bool written = report_write(ours, folder, folder, NULL, (const char *const *)formats, error);
    json_decref(ours);
    unlink(link);
    unlink(facts_copy);
    return written;
}

/* ---- by another version, or another build of this one: words are its own, numbers are not */

static bool read_file(const char *path, char **text)
{
    return g_file_get_contents(path, text, NULL, NULL);
}

/* True when the file is all right, or at fault and told; false when it is worded otherwise: `why` (caller
 * frees) then says where, when that is known. */
static bool check_table(const char *file, const char *there, const char *again, const Maker *maker,
                        char **why, VerifyReport *report)
{
    g_autofree char *found = NULL, *expected = NULL, *name = g_path_get_basename(there);
    g_auto(CellsDifference) difference = {0};
    if (!read_file(there, &found) || !read_file(again, &expected))
        return false;
    cells_compare(name, found, expected, maker->known_form, &difference);
    if (difference.place != NULL)
        bag_fault(report->faults, file, "%s: %s: says %s where results.json gives %s", file, difference.place,
                  difference.found, difference.expected);
    *why = g_strdup(difference.other);
    return difference.place != NULL || difference.others == 0;
}

static bool check_text(const char *file, const char *there, const char *again, VerifyReport *report)
{
    g_autofree char *found = NULL, *expected = NULL;
    if (!wording_numbers_differ(there, again, &found, &expected))
        return false;
    bag_fault(report->faults, file, "%s: says %s where results.json gives %s, in the same words", file, found,
              expected);
    return true;
}

static void check_loosely(const char *file, const char *there, const char *again, const Maker *maker,
                          VerifyReport *report)
{
    g_autofree char *why = NULL, *made_by = maker_name(maker);
    const bool is_table = g_str_has_suffix(file, ".csv");
    if (is_table ? check_table(file, there, again, maker, &why, report)
                 : check_text(file, there, again, report))
        return;
    verify_note_unverified(report, file);
    verify_say(report->unchecked,
               "%s: %s%s%s by %s; that it says what results.json says was not checked: rely on results.json, "
               "or write it again with “vsaudit report”.",
               file, g_file_test(there, G_FILE_TEST_EXISTS) ? "is worded otherwise" : "is not written",
               why != NULL ? ", first at " : "", why != NULL ? why : "", made_by);
}

static void check_exactly(const char *file, const char *there, VerifyReport *report)
{
    if (g_file_test(there, G_FILE_TEST_EXISTS))
        bag_fault(report->faults, file, "%s: is not what results.json gives", file);
    else
        bag_fault(report->faults, file, "%s: missing", file);
}

GPtrArray *verify_reports(const char *data, const json_t *stored, const Maker *maker, const char *scratch,
                          VerifyReport *report, GError **error)
{
    g_autofree char *folder = g_build_filename(scratch, "reports", NULL);
    g_autoptr(GPtrArray) names = write_reports(data, folder, stored, error) ? tree_list(folder, error) : NULL;
    if (names == NULL)
        return NULL;
    guint same = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *again = g_build_filename(folder, name, NULL);
        g_autofree char *there = g_build_filename(data, name, NULL);
        g_autofree char *file = g_strconcat("data/", name, NULL);
        if (tree_is_same_file(again, there))
            same++;
        else if (maker->exact)
            check_exactly(file, there, report);
        else
            check_loosely(file, there, again, maker, report);
    }
    if (same == names->len)
        verify_say(report->checked,
                   "Reports and tables: written again from results.json; all %u files are the same, byte "
                   "for byte.",
                   same);
    return g_steal_pointer(&names);
}
