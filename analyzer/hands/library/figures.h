/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a score tells, carried out of the records of the house. */
#ifndef VSAUDIT_LIBRARY_FIGURES_H
#define VSAUDIT_LIBRARY_FIGURES_H

#include "scoring/panel.h"

#include <vsaudit/score.h>

/* Array of VsauditFigure, in the order of the header; all text is static. `row` NULL: of eval-1 or eval-2,
 * else of the protocol that made it. Caller unrefs. */
GArray *figures_list(const EvalFigures *figures, const PanelRow *row, double level);
VsauditCounts figures_counts(const EvalFigures *figures, const PanelRow *row);

#endif
