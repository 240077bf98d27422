/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alert logs that came after an audit was written: they take the place of the systems that it names. */
#ifndef VSAUDIT_CONFIG_HANDED_H
#define VSAUDIT_CONFIG_HANDED_H

#include "config/scenario.h"

typedef struct {
    char *id;   /* of the system */
    char *path; /* of its log, in a native form */
} HandedLog;

HandedLog *handed_log_new(const char *id, const char *path);
void handed_log_free(HandedLog *log);

/* Gives every scenario a system of kind alerts for each log (of HandedLog *), in place of the one of that id
 * where there is one, whose title it keeps. Systems that need video go, and so do conditions other than as
 * recorded of which no claim speaks: whoever sent the logs had the clips as they are. */
void handed_take(const Audit *audit, const GPtrArray *logs);

#endif
