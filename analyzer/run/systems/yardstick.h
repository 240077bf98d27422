/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds random and always: controls that look at no picture. */
#ifndef VSAUDIT_SYSTEMS_YARDSTICK_H
#define VSAUDIT_SYSTEMS_YARDSTICK_H

#include "systems/source.h"

/* Alerts at random moments of the watched time (scoring/chance.h). What is drawn depends on the clip's id,
 * the behaviour and the seed alone: it is the same for any number of workers, any order and under every
 * condition. */
bool random_collect(const SystemQuestion *question, SystemOutput *output, GError **error);
/* An alert at the begin of each watched stretch and then every so many seconds, or one for the whole clip. */
bool always_collect(const SystemQuestion *question, SystemOutput *output, GError **error);

#endif
