/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be written over in a folder: only what an earlier call of the same kind wrote there, which a file
 * “.vsaudit” in it says. */
#ifndef VSAUDIT_CLI_OUTPUT_H
#define VSAUDIT_CLI_OUTPUT_H

#include "config/scenario.h"

/* Whether `work` ("run", "score" or "report") may write into the folder. `of`: a path that must be the same
 * as the last time, or NULL. Refuses (USAGE) a folder with an input file of the audit (may be NULL = not
 * known), one with files of somebody else under the names that are to be written, and one of other work. */
bool output_check(const char *folder, const char *work, const char *of, const Audit *audit, GError **error);
/* Makes the folder and leaves the mark. */
bool output_mark(const char *folder, const char *work, const char *of, GError **error);
/* Both. */
bool output_claim(const char *folder, const char *work, const char *of, const Audit *audit, GError **error);
/* Refuses a folder in which this input lies. */
bool output_check_input(const char *folder, const char *file, GError **error);

#endif
