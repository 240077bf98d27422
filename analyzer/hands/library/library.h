/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The face for programs: what the files behind analyzer/include/vsaudit/ share. They check all that a program
 * gives, carry it into the records of the house and call the same functions as the commands do; they reckon
 * nothing themselves. Behind the checks no assertion can fail. */
#ifndef VSAUDIT_LIBRARY_LIBRARY_H
#define VSAUDIT_LIBRARY_LIBRARY_H

#include "records/event.h"
#include "records/option.h"
#include "scoring/protocol.h"

#include <vsaudit/vsaudit.h>

/* Fills the error, if there is one, and returns `status`. */
VsauditStatus library_fail(VsauditError *error, VsauditStatus status, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* "found 5, expected …" of a number, whatever the locale. Caller frees. */
char *library_number(double value);

/* Whether a caller's struct is one that this library knows: not smaller than the first version of its kind,
 * not larger than the newest. Fails with VSAUDIT_MISUSE, also for a NULL struct; `what` names it. */
VsauditStatus library_check_size(const void *given, size_t size, size_t first, size_t newest,
                                 const char *what, VsauditError *error);

/* The options as the tables of the house take them. Caller frees *params, which is left alone on failure. */
VsauditStatus library_params(const VsauditOption *options, size_t count, ParamList **params,
                             VsauditError *error);
/* What options_apply() or a behaviour's open() said of them. */
VsauditStatus library_params_fault(const OptionRow *table, const ParamList *params, const GError *fault,
                                   VsauditError *error);
/* An option that protocols refuse to go without: it has no default and no word for "not given". */
bool library_must_be_given(const OptionSpec *spec);

/* Text from a program; NULL is fine. `where` names its place in messages. */
VsauditStatus library_check_text(const char *text, const char *where, const char *field, VsauditError *error);
/* A box within `low` to `high`, of which both sides are more than 0, or 0 or more where `empty`. */
VsauditStatus library_check_box(const VsauditBox *box, double low, double high, bool empty, const char *where,
                                VsauditError *error);
/* `count` structs of `size` bytes each into records: *out is a GPtrArray of Event * (Alert *), left alone on
 * failure. Caller unrefs. */
VsauditStatus library_events(const VsauditEvent *events, size_t count, size_t size, const char *where,
                             GPtrArray **out, VsauditError *error);
VsauditStatus library_alerts(const VsauditAlert *alerts, size_t count, size_t size, const char *where,
                             GPtrArray **out, VsauditError *error);

/* The ids that such a function gives, in one line. Caller frees. */
char *library_ids(const char *(*id)(size_t index));
/* The protocol of that id, for scenarios or not; NULL when there is none. */
const Protocol *library_find_protocol(const char *id);

/* GSL ends the process when one of its functions fails, unless it is told not to. It is told so for the time
 * of a call, whatever the number of threads that are in one, and then what the program had set comes back. */
void library_quiet_begin(void);
void library_quiet_end(void);

#endif
