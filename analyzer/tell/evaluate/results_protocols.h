/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field's protocols side by side with the scenario's, added to results that are built or were read back.
 */
#ifndef VSAUDIT_EVALUATE_RESULTS_PROTOCOLS_H
#define VSAUDIT_EVALUATE_RESULTS_PROTOCOLS_H

#include "evaluate/detail.h"
#include "scoring/panel.h"

#include <jansson.h>

/* Sets `protocols` in every evaluation, but not for the system that never alerts. */
void results_add_protocols(json_t *results, const Detail *detail, const PanelChoices *choices);

#endif
