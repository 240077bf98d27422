/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the footage is from, who marked it and who had a stake in the test, line by line, for every format.
 * What is blank is told as not filled in by the audit. */
#ifndef VSAUDIT_REPORT_PROVENANCE_H
#define VSAUDIT_REPORT_PROVENANCE_H

#include "language/texts.h"
#include "results/document.h"

/* `name` in the reader's words; `value` NULL: not filled in by the audit. */
typedef void (*ProvenanceLine)(const char *name, const char *value, void *user);
void provenance_tell_sampling(const ResultsSampling *sampling, const Texts *texts, ProvenanceLine line,
                              void *user);
void provenance_tell_annotation(const ResultsAnnotation *annotation, const Texts *texts, ProvenanceLine line,
                                void *user);
void provenance_tell_interests(const ResultsInterests *interests, const Texts *texts, ProvenanceLine line,
                               void *user);

/* "certainty.level.low"; NULL where the claim has no level. */
const char *provenance_certainty_word(const ResultsClaim *claim, const Texts *texts);

#endif
