/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VSAUDIT_SCORING_VERDICT_H
#define VSAUDIT_SCORING_VERDICT_H

typedef enum {
    VERDICT_SUPPORTED,
    VERDICT_REFUTED,
    VERDICT_NOT_ESTABLISHED,
    VERDICT_NOT_TESTABLE,
} Verdict;

const char *verdict_name(Verdict verdict); /* "supported", "refuted", "not_established", "not_testable" */
/* Of the word for people, "verdict.refuted": “not established”, « non établie ». */
const char *verdict_key(Verdict verdict);

#endif
