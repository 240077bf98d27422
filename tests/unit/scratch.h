/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VSAUDIT_TESTS_SCRATCH_H
#define VSAUDIT_TESTS_SCRATCH_H

/* Removes a file, or a folder with all that is in it. Links are removed, not followed. */
void scratch_remove(const char *path);

#endif
