/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an audit says besides its scenarios, for results.json: "audit" with its evidence files, and
 * "catalogue". */
#ifndef VSAUDIT_EVALUATE_RESULTS_DOSSIER_H
#define VSAUDIT_EVALUATE_RESULTS_DOSSIER_H

#include "config/scenario.h"

#include <jansson.h>

/* All return new references. */
json_t *results_describe_audit(const Audit *audit);
json_t *results_describe_catalogue(const Catalogue *catalogue);

#endif
