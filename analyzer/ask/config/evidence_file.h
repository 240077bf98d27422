/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that an audit names as evidence: they must be there, and are known by their hash. */
#ifndef VSAUDIT_CONFIG_EVIDENCE_FILE_H
#define VSAUDIT_CONFIG_EVIDENCE_FILE_H

#include "config/dossier.h"

/* Words of a file that is printed whole: more than this stays a file that is named. */
#define EVIDENCE_TEXT_MAX (200 * 1024)

/* Reads a path, hashes the file and takes its words; reports at the node what is wrong. False: *file is
 * empty. */
bool evidence_file_read(YamlReader *reader, const YamlNode *node, EvidenceFile *file);
void evidence_file_clear(EvidenceFile *file);

#endif
