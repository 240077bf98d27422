/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a check that writes every report and table again from the bundle's results.json. */
#ifndef VSAUDIT_BUNDLE_VERIFY_REPORTS_H
#define VSAUDIT_BUNDLE_VERIFY_REPORTS_H

#include "bundle/maker.h"
#include "bundle/verify.h"

/* `data`: the bag's data folder; `scratch`: for what is written. Names of the files that are written from
 * results (of char *, relative to data); NULL with an error. */
GPtrArray *verify_reports(const char *data, const json_t *stored, const Maker *maker, const char *scratch,
                          VerifyReport *report, GError **error);

#endif
