/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what a run decodes and looks: the libraries that were loaded, the compiler, the kind of processor. Other
 * ones may give other pixels, and so other observations, of the same clip. Never part of a result: it stands
 * in run.json. */
#ifndef VSAUDIT_RUNNER_ENVIRONMENT_H
#define VSAUDIT_RUNNER_ENVIRONMENT_H

#include <jansson.h>

/* {"libavcodec": "59.37.100", …, "processor": "x86_64 GenuineIntel family 6, avx2, fma"}. Caller owns. */
json_t *environment_describe(void);
/* Why the run of `facts` (run.json) cannot be expected to be repeated here bit for bit, in words: “libavcodec
 * 59.37.100 then, 61.3.100 here”, or that it is not known. NULL: it can. Caller frees. */
char *environment_explain_difference(const json_t *facts);

#endif
