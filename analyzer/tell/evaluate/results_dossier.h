/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an audit says besides its scenarios, for results.json: "audit" with its evidence files, and
 * "catalogue". */
#ifndef VSAUDIT_EVALUATE_RESULTS_DOSSIER_H
#define VSAUDIT_EVALUATE_RESULTS_DOSSIER_H

#include "config/scenario.h"

#include "results/record_audit.h"

#include <jansson.h>

/* All return new references. */
json_t *results_describe_audit(const Audit *audit);
/* What a data set says of where its footage is from and who marked it, else the audit; nothing of a drawn
 * one. Texts are new references, for results_dump_taking(). */
ResultsSampling results_sampling(const Dataset *dataset, const Dossier *dossier);
ResultsAnnotation results_annotation(const Dataset *dataset, const Dossier *dossier);
json_t *results_describe_catalogue(const Catalogue *catalogue);

#endif
