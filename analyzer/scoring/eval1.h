/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of before, until nobody uses them. */
#ifndef VSAUDIT_SCORING_EVAL1_H
#define VSAUDIT_SCORING_EVAL1_H

#include "scoring/eval.h"

#define Eval1Settings EvalSettings
#define Eval1Clip EvalClip
#define Eval1ClipResult EvalClipResult
#define Eval1Result EvalResult
#define Eval1Figures EvalFigures
#define Eval1Stratum EvalStratum
#define eval1_evaluate eval_evaluate
#define eval1_result_free eval_result_free
#define eval1_figures eval_figures
#define eval1_passages eval_passages

#endif
