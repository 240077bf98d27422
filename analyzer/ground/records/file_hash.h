/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of files, read piece by piece, whatever their size. In lower-case hex; the caller frees.
 *
 * No sentence is made here: NULL (or -1) leaves the reason in errno, and only the caller knows whose fault it
 * is. What was parsed from memory is hashed there (g_compute_checksum_for_data), so that what is said to have
 * been read is what was. */
#ifndef VSAUDIT_RECORDS_FILE_HASH_H
#define VSAUDIT_RECORDS_FILE_HASH_H

#include <stdint.h>

/* Of a regular file; links are followed. `size` may be NULL: its bytes. */
char *file_hash(const char *path, int64_t *size);
/* Of what is left to read of a descriptor; what is read is written to `to` as well, unless that is -1. Both
 * stay open. */
char *file_hash_stream(int from, int to, int64_t *size);
/* A descriptor to read a regular file by, never waiting as a pipe would make it; EINVAL where it is none. */
int file_hash_open(const char *path);

#endif
