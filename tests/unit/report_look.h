/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of reports look for. */
#ifndef VSAUDIT_TESTS_REPORT_LOOK_H
#define VSAUDIT_TESTS_REPORT_LOOK_H

/* How many nodes of a well-formed page the XPath names. */
double count_nodes(const char *page, const char *path);
void assert_contains(const char *text, const char *part);
void assert_lacks(const char *text, const char *part);

#endif
