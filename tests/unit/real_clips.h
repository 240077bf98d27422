/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real clips for tests, from the folder VSAUDIT_DATA. */
#ifndef VSAUDIT_TESTS_REAL_CLIPS_H
#define VSAUDIT_TESTS_REAL_CLIPS_H

/* The path of a clip; skips the test, and says so, where the folder is not given or has no such clip. Nothing is held
 * when it skips, but what the caller holds: call it first. Caller frees. */
char *real_clip(const char *file);

#endif
