/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a score is made of; answers.c gives it out. */
#ifndef VSAUDIT_LIBRARY_ANSWERS_H
#define VSAUDIT_LIBRARY_ANSWERS_H

#include "scoring/eval.h"

#include <vsaudit/score.h>

struct VsauditScore {
    EvalResult *result;
    bool peer; /* counts and figures are those of one of the field's protocols */
    VsauditCounts counts;
    GArray *figures; /* of VsauditFigure */
};

#endif
