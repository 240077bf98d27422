/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of results.json as the reports print them. */
#ifndef VSAUDIT_REPORT_FIGURES_H
#define VSAUDIT_REPORT_FIGURES_H

#include "language/texts.h"
#include "results/document.h"

/* Lets the texts name the level of the intervals that the results were made with (the protocol's parameter;
 * several when scenarios differ) in place of the usual one. */
void figures_set_level(Texts *texts, const Results *results);
/* A rate object; percent when its unit is not an hour, a day, a passage or a ratio. */
void figures_rate(const Texts *texts, const ResultsRate *rate, NumberText *out);

#endif
