/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files a system that runs may be given. What it reads it may print, and the report goes to the public;
 * and what it is asked it must not be told. */
#ifndef VSAUDIT_CONFIG_SYSTEM_FILES_H
#define VSAUDIT_CONFIG_SYSTEM_FILES_H

#include "config/scenario.h"

/* Whether a file that is named at `node` may be given: it lies in the file's folder or in one that --allow
 * names, and holds no secret key. Else false, with a problem. */
bool system_file_may_be_given(YamlReader *reader, const YamlNode *node, const char *path);

/* Once all is loaded: a problem for every file given to a system that is an answer to what is asked: truth,
 * a manifest, a clip, another system's log, a scenario or the audit; by its place, and truth and
 * manifests also as a copy. */
void system_files_check(const Audit *audit, Problems *problems);

#endif
