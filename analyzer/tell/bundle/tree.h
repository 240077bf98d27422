/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of files that somebody else may have made: what is in them, by names that lead nowhere else. */
#ifndef VSAUDIT_BUNDLE_TREE_H
#define VSAUDIT_BUNDLE_TREE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* No bundle has more files or more bytes, no manifest more bytes; beyond that it is refused rather than read.
 */
#define TREE_MAX_FILES 200000
#define TREE_MAX_BYTES (INT64_C(64) << 30)
#define TREE_MAX_MANIFEST (64 * 1024 * 1024)

/* Why a name within a folder cannot be trusted ("leads out of the bag"), or NULL when it can: relative,
 * UTF-8, no empty part, ".", "..", backslash or control character, at most 4096 bytes. */
const char *tree_explain_name(const char *name, size_t length);

/* Names of all regular files below the folder, relative, sorted by bytes: of char *; caller unrefs. NULL with
 * an INTEGRITY error that names it when there is a link, a device or a name that cannot be trusted. */
GPtrArray *tree_list(const char *folder, GError **error);
/* The same; `empty` (of char *, may be NULL) gets the names of folders in which there is nothing. */
GPtrArray *tree_list_all(const char *folder, GPtrArray *empty, GError **error);
/* SHA-256 in hex (caller frees) and size of a regular file; a link is not followed. NULL with INTEGRITY. */
char *tree_hash(const char *path, int64_t *size, GError **error);
/* The same of a file below a folder. */
char *tree_hash_in(const char *folder, const char *name, int64_t *size, GError **error);

/* Makes folders as needed. HARNESS errors. */
bool tree_write(const char *folder, const char *name, const void *bytes, size_t length, GError **error);
/* Copies; with `sha256` (may be NULL) the copy must have it, else INTEGRITY. */
bool tree_copy(const char *from, const char *folder, const char *name, const char *sha256, GError **error);
/* Removes a folder and all in it; links are removed, not followed. A path that is not there is fine. */
void tree_remove(const char *path);
/* A new empty folder for ourselves. Caller removes it and frees. */
char *tree_make_temporary(GError **error);

/* A folder that is removed when it goes out of scope. */
typedef char TreeTemporary;
void tree_temporary_free(TreeTemporary *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TreeTemporary, tree_temporary_free)

/* Whether both are there and have the same SHA-256. */
bool tree_is_same_file(const char *a, const char *b);

#endif
