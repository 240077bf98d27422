/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle/verify_looks.h"

#include "bundle/bag.h"
#include "config/look_log.h"
#include "results/document.h"
#include "results/fields.h"

#include <inttypes.h>

#define PLACE "data/" LOOK_FILE

static bool is_in_place(const LookLog *log, const ResultsLookLog *said, VerifyReport *report)
{
    const size_t place = (size_t)said->before;
    const char *head = said->head != NULL ? said->head : "";
    if (place >= look_log_count(log)) {
        bag_fault(report->faults, PLACE,
                  PLACE ": found %zu lines, expected more than %" PRId64
                        ": results.json says that so many came before its own",
                  look_log_count(log), said->before);
        return false;
    }
    g_autofree char *look = look_log_digest_at(log, place);
    if (g_strcmp0(look_log_head(log, place), head) == 0 && g_strcmp0(look, said->look) == 0)
        return true;
    bag_fault(report->faults, PLACE,
              PLACE ": line %zu: found another look than the one that results.json speaks of, or behind "
                    "another line",
              place + 1);
    return false;
}

void verify_looks(const char *data, const json_t *stored, VerifyReport *report)
{
    g_autoptr(Results) results = results_load(stored);
    const ResultsLookLog *said = &results->look_log;
    if (said->look == NULL || said->before < 0)
        return;
    g_autofree char *path = g_build_filename(data, LOOK_FILE, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        bag_fault(report->faults, PLACE, PLACE ": missing: results.json says that it counts the looks");
        return;
    }
    g_autoptr(GError) cause = NULL;
    g_autoptr(LookLog) log = look_log_read(path, &cause);
    if (log == NULL)
        return; /* scoring again tells it */
    if (!is_in_place(log, said, report))
        return;
    verify_say(report->checked,
               "Looks: %zu %s of " PLACE " follow on each other; this look is in line %" PRId64 ".",
               look_log_count(log), look_log_count(log) == 1 ? "line" : "lines", said->before + 1);
    verify_say(report->unchecked, "Looks that were never written down, in a copy that was thrown away or with a "
                                  "log that was begun anew: no program can show them.");
}
