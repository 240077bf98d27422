/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of the section “For specialists”. Inside report/ only. */
#ifndef VSAUDIT_REPORT_HTML_SCIENCE_H
#define VSAUDIT_REPORT_HTML_SCIENCE_H

#include "report/html/sections.h"

/* One evaluation's curve with its table, or why there is none. */
void html_curve(Page *page, const ResultsScenario *scenario, const ResultsEvaluation *evaluation);

#endif
