/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libvsaudit: the two pure halves of vsaudit for other programs. Conventions are in base.h, how to use it in
 * README.md beside this folder. */
#ifndef VSAUDIT_VSAUDIT_VSAUDIT_H
#define VSAUDIT_VSAUDIT_VSAUDIT_H

#include <vsaudit/base.h>
#include <vsaudit/rule.h>
#include <vsaudit/score.h>

#endif
