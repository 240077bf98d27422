/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that lie elsewhere than what names them, and that --allow let into a run: whoever makes a bundle of
 * it must allow them again, since the bundle goes to the public. */
#ifndef VSAUDIT_BUNDLE_ALLOWED_H
#define VSAUDIT_BUNDLE_ALLOWED_H

#include "config/scenario.h"

/* Writes FOLDER/allowed.json, their real places on this machine; removes it when there are none. It lies
 * beside the copies, not among them, and goes into no bundle. */
bool allowed_note(const char *folder, const Audit *audit, GError **error);
/* INPUT when one of the run's lies in no folder that was given with --allow to this process. */
bool allowed_check(const char *run, GError **error);

#endif
