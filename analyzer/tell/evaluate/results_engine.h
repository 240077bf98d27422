/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be said of a system that ran: what it is, how it was fed, where it failed. */
#ifndef VSAUDIT_EVALUATE_RESULTS_ENGINE_H
#define VSAUDIT_EVALUATE_RESULTS_ENGINE_H

#include "evaluate/detail.h"

#include <jansson.h>

/* “engine” of an evaluation; NULL for a system that does not run. Caller owns. */
json_t *results_engine(const Scored *scored);

#endif
