/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder for what the tests of a file write. */
#ifndef VSAUDIT_TESTS_SCRATCH_H
#define VSAUDIT_TESTS_SCRATCH_H

/* Removes a file, or a folder with all that is in it. Links are removed, not followed. */
void scratch_remove(const char *path);

/* For UNIT_TESTS: makes the folder, with a cache of its own and no data of anybody's, and removes it. */
int scratch_make(void **state);
int scratch_drop(void **state);
extern char *scratch_folder;          /* meanwhile */
char *scratch_path(const char *name); /* of a file in it; caller frees */
/* Writes that file, and the folders above it. Its path; caller frees. */
char *scratch_write(const char *name, const char *text);

#endif
